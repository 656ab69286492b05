// What a claim of control says by itself, as a word in the chronicle: its value, its time, and its turn.
internal import TruceModel

extension ControlTable {
  /// The chronicle's value for what a claim says of who holds its place; nil where it does not say between whom.
  static func value(of telling: Telling) -> Int32? {
    let isLoss = telling.change.gainer == ControlRow.none
    let party = isLoss ? telling.change.loser : telling.change.gainer
    return party == ControlRow.none ? nil : Int32(party) << 2 | (isLoss ? 2 : 0) | (telling.isDenial ? 1 : 0) + 1
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
}
