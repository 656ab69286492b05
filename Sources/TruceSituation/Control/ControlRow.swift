// A claim of control of one place as a row of numbers: 32 bytes, in the order in which passages are built.

/// One claim of control of one place: what a judgement asks of every claim.
///
/// Since when it counts follows from its span's number: spans are numbered in the order of the entries.
struct ControlRow: Sendable {
  /// The end of the moments at which it can have happened: milliseconds, exclusive.
  let upper: Int64
  /// The first moment at which it can have been said.
  let saidFrom: Int64
  /// What its claim comes to, by number in the store.
  let span: UInt32
  /// How long before the end they begin; of a claim that is not anchored, whether they begin at all.
  private let length: UInt32
  /// Who lost and who gained the place, by number.
  let loser: UInt16
  let gainer: UInt16
  /// The speaker's number in the table and four marks in one.
  private var packed: UInt32

  static let none = UInt16.max
  private static let unbounded = UInt32.max
  private static let loose = UInt32.max - 1

  init(
    _ window: (lower: Int64, upper: Int64), saidFrom: Int64, span: UInt32, loser: UInt16, gainer: UInt16, speaker: Int, isDenial: Bool,
    isAlleged: Bool
  ) {
    precondition(speaker < 1 << 28, "One index has fewer than two hundred million speakers")
    (upper, self.saidFrom, self.span, self.loser, self.gainer) = (window.upper, saidFrom, span, loser, gainer)
    let isAnchored = Judgement.isAnchored(window.lower, window.upper)
    length =
      isAnchored ? UInt32(window.upper - window.lower) : window.lower == Judgement.distantPast ? ControlRow.unbounded : ControlRow.loose
    packed = UInt32(speaker) << 4 | (isDenial ? 1 : 0) | (isAlleged ? 2 : 0) | (isAnchored ? 4 : 0)
  }

  /// Who speaks, by number in the table.
  var speaker: Int { Int(packed >> 4) }
  /// Whether it denies, or tells of it.
  var isDenial: Bool { packed & 1 != 0 }
  /// Told as an accusation or a rumour.
  var isAlleged: Bool { packed & 2 != 0 }
  /// Fine enough in time to tell one passage from the next.
  var isAnchored: Bool { packed & 4 != 0 }
  /// Whether there are prefixes in which it counts no more: the store knows from where on.
  var hasEnded: Bool { packed & 8 != 0 }

  mutating func end() { packed |= 8 }

  /// The first of the moments, where the row itself knows it.
  var lower: Int64? {
    if isAnchored { return upper - Int64(length) }
    return length == ControlRow.unbounded ? Judgement.distantPast : nil
  }
}
