// What a claim of control says by itself, as a word in the chronicle: its value, its time, and its turn.
internal import TruceModel

extension ControlTable {
  /// The chronicle's value for what a claim says of who holds its place; nil where it does not say between whom.
  static func value(of row: ControlRow) -> Int32? {
    let isLoss = row.gainer == ControlRow.none
    let party = isLoss ? row.loser : row.gainer
    return party == ControlRow.none ? nil : Int32(party) << 2 | (isLoss ? 2 : 0) | (row.isDenial ? 1 : 0) + 1
  }

  /// From when a claim says that it is so, and until when: a passage until further notice, control from one time to another until that.
  static func validity(of claim: Claim, _ meaning: ClaimStore.Meaning) -> (from: Instant, until: Instant) {
    let window = meaning.window
    var from = window.lowerBound
    // Told as past and without a day: so by the end of what its time allows, and by when it was said.
    if !window.isAnchored {
      from = window.upperBound < .distantFuture ? window.upperBound.adding(milliseconds: -1) : max(from, meaning.said.lowerBound)
    }
    let end = claim.act == "control" ? claim.when?.end?.upperBound : nil
    return (from, max(from, end ?? .distantFuture))
  }

  /// Claims of one moment are taken in the order of their ids, whichever came first: the first eight bytes of an id tell them apart.
  static func tie(_ id: ClaimID) -> UInt64 {
    var tie: UInt64 = 0
    var count = 0
    for byte in id.rawValue.utf8.prefix(8) {
      tie = tie << 8 | UInt64(byte)
      count += 1
    }
    return count == 0 ? 0 : tie << UInt64(8 * (8 - count))
  }
}
