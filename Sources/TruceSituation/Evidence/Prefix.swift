// How much of the ledger a query counts: what was known at a moment is a prefix of the entries.
internal import TruceModel

/// The entries and words that count at a query.
struct Prefix: Sendable, Hashable {
  /// How many entries count, from the first.
  var entries: UInt32
  /// Only what had been said for certain by this moment counts; nil for all.
  var said: Instant?

  /// Whether what was said before this moment for certain had been said.
  func hears(_ saidBefore: Int64) -> Bool { said.map { saidBefore - 1 <= $0.milliseconds } ?? true }
}

/// The entries' places and moments, for turning a query into a prefix.
struct PrefixIndex: Sendable {
  private var sequences: [UInt64] = []
  /// Never falls: what an entry brings is known from the moment at which all in front of it are.
  private var recorded: [Instant] = []
  private(set) var size: UInt64 = 0

  var count: UInt32 { UInt32(sequences.count) }

  /// Takes in the next entry; returns its position.
  mutating func add(_ sequence: UInt64, _ moment: Instant) -> UInt32 {
    precondition(sequences.count < Int(UInt32.max) - 1, "A ledger of more than four thousand million entries does not fit into one index")
    sequences.append(sequence)
    recorded.append(max(moment, recorded.last ?? moment))
    size = max(size, sequence + 1)
    return UInt32(sequences.count - 1)
  }

  /// The bytes that the entries' places and moments take.
  var storageBytes: Int { (sequences.capacity + recorded.capacity) * 8 }

  func prefix(for query: Query) -> Prefix {
    var entries = sequences.count
    if let known = query.known { entries = min(entries, recorded.partition { $0 > known }) }
    if let size = query.size { entries = min(entries, sequences.partition { $0 >= size }) }
    return Prefix(entries: UInt32(entries), said: query.said)
  }
}
