// How much of the ledger a query counts: what was known at a moment is a prefix of the entries.
internal import TruceModel

/// The entries and words that count at a query.
struct Prefix: Sendable, Hashable {
  /// How many entries count, from the first.
  var entries: UInt32
  /// So many of the store's spans began to count in them: spans are numbered in the order of the entries.
  var spans = 0
  /// Only what had been said for certain by this moment counts; nil for all.
  var said: Instant?

  /// Whether what was said before this moment for certain had been said.
  func hears(_ saidBefore: Int64) -> Bool { said.map { saidBefore - 1 <= $0.milliseconds } ?? true }
}

/// The entries' places and moments, for turning a query into a prefix.
struct PrefixIndex: Sendable {
  /// Where the entries' sequences begin to follow one another without a gap.
  private var runs: [(position: UInt32, sequence: UInt64)] = []
  /// Never falls: what an entry brings is known from the moment at which all in front of it are.
  private var recorded = PackedRows(columns: 1)
  private var latest = Instant.distantPast
  /// When entries were recorded that stand behind ones that were recorded later.
  private var early: [UInt32: Instant] = [:]
  private(set) var size: UInt64 = 0

  var count: UInt32 { UInt32(recorded.count) }

  /// Takes in the next entry; returns its position.
  mutating func add(_ sequence: UInt64, _ moment: Instant) -> UInt32 {
    precondition(recorded.count < Int(UInt32.max) - 1, "A ledger of more than four thousand million entries does not fit into one index")
    let position = count
    if runs.last.map({ $0.sequence + UInt64(position - $0.position) != sequence }) ?? true { runs.append((position, sequence)) }
    if recorded.count > 0, latest > moment { early[position] = moment } else { latest = moment }
    recorded.append([latest.milliseconds])
    size = max(size, sequence + 1)
    return position
  }

  /// When an entry was recorded.
  func recorded(_ position: UInt32) -> Instant { early[position] ?? Instant(milliseconds: recorded[Int(position), 0]) }

  /// How many entries have a sequence below a size.
  private func entries(below size: UInt64) -> Int {
    let run = runs.partition { $0.sequence >= size } - 1
    guard run >= 0 else { return 0 }
    let end = run + 1 < runs.count ? Int(runs[run + 1].position) : recorded.count
    return Int(min(UInt64(end), UInt64(runs[run].position) + (size - runs[run].sequence)))
  }

  /// How many entries were known at a moment; mostly they come about evenly.
  private func entries(knownAt known: Instant) -> Int {
    guard recorded.count > 0, known < latest else { return recorded.count }
    let first = recorded[0, 0]
    guard first <= known.milliseconds else { return 0 }
    let share = Double(known.milliseconds - first) / Double(latest.milliseconds - first)
    return recorded.first(from: known.milliseconds + 1, in: 0, near: Int(share * Double(recorded.count)))
  }

  /// The bytes that the entries' places and moments take.
  var storageBytes: Int { runs.capacity * 16 + recorded.storageBytes + early.capacity * 16 }

  func prefix(for query: Query) -> Prefix {
    var entries = recorded.count
    if let known = query.known { entries = min(entries, self.entries(knownAt: known)) }
    if let size = query.size { entries = min(entries, self.entries(below: size)) }
    return Prefix(entries: UInt32(entries), said: query.said)
  }
}
