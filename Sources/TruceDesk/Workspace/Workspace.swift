// The workspace: a case, its ledger and the reader over them; the one place where reports become entries.
public import TruceAtlas
public import TruceLedger
public import TruceModel
public import TruceReading
public import TruceSituation

/// A case at work: takes reports in, answers questions, tells who listens.
public actor Workspace {
  /// The case.
  public nonisolated let caseFile: Case
  nonisolated let readers: ReaderOnDemand
  nonisolated let sources: SourceIndex
  let ledger: Ledger?
  var index: SituationIndex
  /// Entries folded so far.
  var indexed: UInt64 = 0
  var arrivals: [Arrival] = []
  /// The watch over the same ledger.
  public nonisolated let watch: WatchRoom?
  private nonisolated let hub: Hub
  private let now: @Sendable () -> Instant
  var firstRecorded: Instant?
  var lastRecorded: Instant?

  /// A report that the ledger holds.
  struct Arrival: Sendable {
    var sequence: UInt64
    var recorded: Instant
    var report: Report
    var claims: Int
  }

  /// A workspace over a ledger.
  ///
  /// - Parameters:
  ///   - ledger: nil where there is none yet: the case alone is shown, and nothing can be taken in.
  ///   - lexicon: opened when the first report comes in, and never where only questions are asked.
  ///   - settings: the watch's.
  ///   - now: the clock by which reports are captured and the watch is kept.
  public init(
    case caseFile: Case, ledger: Ledger?, lexicon: @escaping @Sendable () throws -> Lexicon, settings: WatchSettings = WatchSettings(),
    now: @escaping @Sendable () -> Instant
  ) {
    self.caseFile = caseFile
    self.ledger = ledger
    self.now = now
    hub = Hub()
    watch = WatchRoom(case: caseFile, ledger: ledger, settings: settings, hub: hub, clock: now)
    readers = ReaderOnDemand(lexicon: lexicon, case: caseFile)
    sources = SourceIndex(caseFile.sources)
    index = SituationIndex(case: caseFile)
  }

  /// A workspace whose lexicon is open already.
  public init(case caseFile: Case, ledger: Ledger?, lexicon: Lexicon, now: @escaping @Sendable () -> Instant) {
    self.init(case: caseFile, ledger: ledger, lexicon: { lexicon }, now: now)
  }

  /// Folds what the ledger has gained; returns its size.
  @discardableResult public func catchUp() async throws -> UInt64 {
    guard let ledger else { return 0 }
    let size = try await ledger.size()
    while indexed < size {
      // Reading suspends: another call may have gone on meanwhile, so only the entry that comes next is folded.
      let from = indexed
      try await ledger.readDecoded(from: from, until: size) { entry in
        if entry.sequence == indexed { try fold(entry) }
      }
      guard indexed > from else { throw WorkspaceError("the ledger ends at entry \(indexed), before its size \(size)") }
    }
    hub.announce(indexed)
    return size
  }

  private func fold(_ entry: DecodedEntry) throws {
    if case .json(let content) = entry.content {
      switch entry.kind {
      case .casefile:
        if let id = content["case"]?.string, id != caseFile.id {
          throw WorkspaceError("the ledger belongs to the case \(id), not to \(caseFile.id); name it with --case \(id)")
        }
      case .report:
        arrivals.append(Arrival(sequence: entry.sequence, recorded: entry.recorded, report: try Report(json: content), claims: 0))
      case .reading:
        if let last = arrivals.lastIndex(where: { $0.report.id.rawValue == entry.key }) {
          arrivals[last].claims = content["count"]?.integer ?? 0
        }
      default: break
      }
    }
    index.add(entry)
    firstRecorded = firstRecorded ?? entry.recorded
    lastRecorded = entry.recorded
    indexed = entry.sequence + 1
  }

  /// The situation that a query asks for.
  public func situation(_ query: Query) async throws -> Situation {
    try await catchUp()
    return index.situation(query)
  }

  /// The index, caught up, for the questions that only it answers.
  public func currentIndex() async throws -> SituationIndex {
    try await catchUp()
    return index
  }

  /// The day of the newest report, or of the clock where no report has one: what a page opens at.
  public func latestDay() async throws -> CivilDate {
    try await catchUp()
    let last = arrivals.compactMap { $0.report.published?.earliest }.max()
    return caseFile.zone.day(at: last ?? now())
  }

  /// The size of the ledger after each change from now on, and at once if it lies beyond `sequence` already.
  ///
  /// A slow listener loses sizes that a later one replaces, never the last.
  public nonisolated func updates(after sequence: UInt64) -> AsyncStream<UInt64> { hub.updates(after: sequence) }

  func capturedNow() -> Instant { now() }
}

/// Values on their way from the ledger's thread to the workspace; used by one call at a time.
final class Collected<Value: Sendable>: @unchecked Sendable {
  // The ledger's `read` calls its closure one entry at a time and has returned before the values are looked at.
  var values: [Value] = []
}

/// Why the workspace cannot go on, in a sentence.
public struct WorkspaceError: Error, Sendable, CustomStringConvertible {
  public let message: String

  public init(_ message: String) { self.message = message }

  public var description: String { message }
}
