// A claim of control of one place as a row of numbers: 20 bytes, in the order in which passages are built.

/// One claim of control of one place: what a judgement asks of every claim.
///
/// Since when it counts follows from its span's number: spans are numbered in the order of the entries.
struct ControlRow: Sendable {
  /// The first of the moments at which it can have happened, of a claim that is not anchored their end: a number of the table's moments.
  let moment: UInt32
  /// The first moment at which it can have been said, likewise.
  let said: UInt32
  /// What its claim comes to, by number in the store.
  let span: UInt32
  /// How long they last, in milliseconds; of a claim that is not anchored, whether they begin at all.
  private let length: UInt32
  /// The number of its telling in the table, and whether it has ended.
  private var packed: UInt32

  static let none = UInt16.max
  private static let unbounded = UInt32.max
  private static let loose = UInt32.max - 1

  /// - Parameter window: the moments at which it can have happened: milliseconds, the end exclusive.
  init(_ window: (lower: Int64, upper: Int64), saidFrom: Int64, span: UInt32, telling: UInt32, _ moments: inout Moments) {
    precondition(telling < 1 << 31, "One index has fewer than two thousand million ways of telling")
    let isAnchored = Judgement.isAnchored(window.lower, window.upper)
    moment = moments.number(of: isAnchored ? window.lower : window.upper)
    said = moments.number(of: saidFrom)
    self.span = span
    length =
      isAnchored
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

  /// The end of the moments at which it can have happened.
  @inline(__always)
  func upper(_ moments: Moments) -> Int64 { moments[moment] + (isAnchored ? Int64(length) : 0) }

  /// The first of them, where the row itself knows it.
  @inline(__always)
  func lower(_ moments: Moments) -> Int64? {
    if isAnchored { return moments[moment] }
    return length == ControlRow.unbounded ? Judgement.distantPast : nil
  }
}
