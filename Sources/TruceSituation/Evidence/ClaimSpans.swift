// What claims come to over the prefixes of the ledger in which they count, and where what they say is found.
internal import TruceModel

/// Spans: what a claim comes to from one entry to another, in the order in which they begin.
struct ClaimSpans: Sendable {
  /// A span: what a claim comes to in prefixes of more than `from` entries.
  struct Span: Sendable, Equatable {
    /// The claim and its context, by number.
    var claim: UInt32
    var context: UInt32
    var from: UInt32
    /// When it was said, milliseconds, the end exclusive.
    var saidFrom: Int64
    var saidUntil: Int64
  }

  private enum Part {
    static let claim = 0
    static let context = 1
    static let from = 2
    static let saidFrom = 3
    static let saidLength = 4
    static let start = 5
    static let entry = 6
  }

  private(set) var ids = ClaimNumbers()
  private var rows = PackedRows(columns: 7)
  /// By claim: its last span plus one; 0 for none.
  private var last: [UInt32] = []
  /// In prefixes of more entries than these a span counts no more.
  private var ended: [UInt32: UInt32] = [:]
  /// The claims that were told and have not counted yet: where each begins in the pool, and its entry.
  private var waiting: [UInt32: (start: UInt32, entry: UInt32)] = [:]

  var count: Int { rows.count }

  // MARK: - Taking in

  /// The number of a claim's id, a new one where it was not named before.
  mutating func register(_ id: ClaimID) -> Int {
    let number = ids.register(id)
    if number == last.count {
      last.makeRoom(for: 1)
      last.append(0)
    }
    return number
  }

  /// Notes the place of a claim that was told and does not count, as long as no span of its own tells it.
  mutating func wait(_ claim: Int, at place: Place) {
    if last[claim] == 0 { waiting[UInt32(claim)] = (UInt32(place.start), place.entry) }
  }

  /// Begins a claim's next span; returns its number.
  mutating func open(_ claim: Int, at place: Place, context: UInt32, from: UInt32, said: Range<Instant>) -> Int {
    if !waiting.isEmpty { waiting[UInt32(claim)] = nil }
    last[claim] = UInt32(rows.count) + 1
    let (saidFrom, saidUntil) = (said.lowerBound.milliseconds, said.upperBound.milliseconds)
    rows.append([Int64(claim), Int64(context), Int64(from), saidFrom, saidUntil - saidFrom, Int64(place.start), Int64(place.entry)])
    return rows.count - 1
  }

  mutating func close(_ span: Int, until: UInt32) { ended[UInt32(span)] = until }

  // MARK: - Questions

  subscript(span: Int) -> Span {
    let saidFrom = rows[span, Part.saidFrom]
    return Span(
      claim: UInt32(rows[span, Part.claim]), context: context(of: span), from: from(of: span), saidFrom: saidFrom,
      saidUntil: saidFrom + rows[span, Part.saidLength])
  }

  func claim(of span: Int) -> Int { Int(rows[span, Part.claim]) }

  func context(of span: Int) -> UInt32 { UInt32(rows[span, Part.context]) }

  func from(of span: Int) -> UInt32 { UInt32(rows[span, Part.from]) }

  func saidFrom(of span: Int) -> Int64 { rows[span, Part.saidFrom] }

  func saidUntil(of span: Int) -> Int64 { rows[span, Part.saidFrom] + rows[span, Part.saidLength] }

  /// Where a span's claim begins in the pool.
  func start(of span: Int) -> Int { Int(rows[span, Part.start]) }

  /// The span of a claim that counts now.
  func open(of claim: Int) -> Int? { last[claim] > 0 && ended[last[claim] - 1] == nil ? Int(last[claim]) - 1 : nil }

  /// Where a claim begins in the pool, and the entry by which it was told.
  typealias Place = (start: Int, entry: UInt32)

  /// Where a claim begins and was told; nil as long as it is only spoken of.
  func place(of claim: Int) -> Place? {
    guard last[claim] > 0 else { return waiting[UInt32(claim)].map { (Int($0.start), $0.entry) } }
    let span = Int(last[claim]) - 1
    return (start(of: span), UInt32(rows[span, Part.entry]))
  }

  /// How many of the spans began to count in a prefix of so many of the entries.
  func count(in entries: UInt32, of all: UInt32) -> Int {
    if entries == all { return count }
    return rows.first(from: Int64(entries), in: Part.from, near: count * Int(entries) / Int(all))
  }

  func counts(_ span: Int, in prefix: Prefix) -> Bool {
    if span >= prefix.spans || !ended.isEmpty && ended[UInt32(span)].map({ $0 < prefix.entries }) ?? false { return false }
    return prefix.said == nil || prefix.hears(saidUntil(of: span))
  }

  /// Whether a span begins or ends with one of some entries.
  func isTouched(_ span: Int, by entries: Range<UInt32>) -> Bool {
    entries ~= from(of: span) || ended[UInt32(span)].map { entries ~= $0 } ?? false
  }

  /// Whether the id of one span's claim stands before another's.
  func isOrdered(_ left: Int, _ right: Int) -> Bool { ids.isOrdered(claim(of: left), claim(of: right)) }

  /// The first eight bytes of the id of a span's claim, as a number in their order.
  func head(_ span: Int) -> UInt64 { ids.head(claim(of: span)) }

  /// The bytes that it takes, with what is kept free to grow.
  var storageBytes: Int { ids.storageBytes + rows.storageBytes + last.capacity * 4 + ended.capacity * 8 + waiting.capacity * 12 }
}
