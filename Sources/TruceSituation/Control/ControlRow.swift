// A claim of control of one place as a row of numbers: 20 bytes, in the order in which passages are built.

/// One claim of control of one place: what a judgement asks of every claim.
///
/// Since when it counts follows from its span's number: spans are numbered in the order of the entries.
struct ControlRow: Sendable {
  /// The end of the moments at which it can have happened, exclusive, and the first moment at which it can have been said: numbers of the
  /// table's moments.
  let upper: UInt32
  let said: UInt32
  /// What its claim comes to, by number in the store.
  let span: UInt32
  /// How long before the end they begin, in milliseconds; of a claim that is not anchored, whether they begin at all.
  private let length: UInt32
  /// The number of its telling in the table, and whether it has ended.
  private var packed: UInt32

  static let none = UInt16.max
  private static let unbounded = UInt32.max
  private static let loose = UInt32.max - 1

  /// - Parameter window: milliseconds, of which the last is numbered `upper`.
  init(_ window: (lower: Int64, upper: Int64), upper: UInt32, said: UInt32, span: UInt32, telling: UInt32) {
    precondition(telling < 1 << 31, "One index has fewer than two thousand million ways of telling")
    (self.upper, self.said, self.span) = (upper, said, span)
    length =
      Judgement.isAnchored(window.lower, window.upper)
      ? UInt32(window.upper - window.lower) : window.lower == Judgement.distantPast ? ControlRow.unbounded : ControlRow.loose
    packed = telling << 1
  }

  /// Who says what, by number in the table.
  var telling: UInt32 { packed >> 1 }
  /// Fine enough in time to tell one passage from the next.
  var isAnchored: Bool { length < ControlRow.loose }
  /// Whether there are prefixes in which it counts no more: the store knows from where on.
  var hasEnded: Bool { packed & 1 != 0 }

  mutating func end() { packed |= 1 }

  /// The first of the moments that end at one, where the row itself knows it.
  func lower(before upper: Int64) -> Int64? {
    if isAnchored { return upper - Int64(length) }
    return length == ControlRow.unbounded ? Judgement.distantPast : nil
  }
}
