// The one writer: callers that come together share a commit, so that many appends share one fsync.
internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import Synchronization
internal import TruceModel

/// One call of `append`: all of it is stored, or nothing.
struct Batch: Sendable {
  var drafts: DraftParts
  var bodies: [PreparedBody]
  var personal: [Personal]
  /// Texts to erase.
  var erased: [Digest] = []
}

/// Takes batches from any task and commits them, one group at a time.
///
/// Of the callers that are there, one leads: it commits for all that wait, then hands the lead to one of those that came meanwhile. As long
/// as commits are short the leader makes them on its own thread: a change of threads to and fro costs as much as a commit on a quick disk.
/// So at most one thread of the tasks' is held up; where commits are long, or callers come together, a thread of the writer's own makes them.
final class Writer: Sendable {
  /// The most entries that one commit takes, so that a reader of receipts does not wait without end.
  static let maximumGroup = 100_000
  /// The longest commits, in microseconds, that are made on a caller's thread.
  static let longestOnCaller: Int64 = 10_000
  /// Of commits in a row for one call each, every how many-th lets other callers run first: that costs a change of threads.
  static let loneCommits = 16
  /// The longest time, in nanoseconds, that a commit waits for callers who can be there.
  static let longestGathering: UInt64 = 300_000

  enum Turn: Sendable {
    case stored([Receipt])
    /// Nobody has stored it: the caller leads now.
    case lead
  }

  struct Waiting: Sendable {
    var batch: Batch
    var continuation: CheckedContinuation<Turn, any Error>
  }

  struct State: Sendable {
    var waiting: [Waiting] = []
    /// Whether one of the callers leads.
    var isLed = false
    /// Commits in a row that nobody came along to.
    var lone = 0
    /// Callers that can be there for the next commit: those of the last one, and those who waited meanwhile.
    var expected = 1
    /// Whether a commit waits for callers.
    var isGathering = false
    /// A recent commit's length in microseconds, smoothed.
    var recentCommit: Int64 = 0
    /// Other work that has or waits for the thread.
    var performing = 0
    var isClosed = false
    var closing: [CheckedContinuation<Void, Never>] = []
    /// After a failed write of the disk, what is on it is known only when the file is opened anew.
    var broken: LedgerError?
  }

  let state = Mutex(State())
  let tail: Mutex<Tail>
  /// Nil when the writer is closed.
  let lookups: Mutex<Lookups?>
  private let transfer: Transfer
  /// Signalled when a caller comes whom a commit waits for.
  let arrival = DispatchSemaphore(value: 0)
  private let thread = DispatchQueue(label: "ledger.writer", qos: .userInitiated)
  let pool: DatabasePool
  let path: String
  let now: @Sendable () -> Instant

  init(pool: DatabasePool, path: String, tail: Tail, lookups: Lookups, transfer: Transfer, now: @escaping @Sendable () -> Instant) {
    self.pool = pool
    self.path = path
    self.tail = Mutex(tail)
    self.lookups = Mutex(lookups)
    self.transfer = transfer
    self.now = now
  }

  /// Stores a batch; returns when it is durable.
  func append(_ batch: Batch) async throws -> [Receipt] {
    if try takeLead() { return try await lead(batch) }
    let turn = try await withCheckedThrowingContinuation { continuation in
      let (leads, isAwaited) = state.withLock { state in
        defer { state.isLed = true }
        guard state.isLed else { return (true, false) }
        state.waiting.append(Waiting(batch: batch, continuation: continuation))
        defer { state.isGathering = false }
        return (false, state.isGathering)
      }
      if leads { continuation.resume(returning: Turn.lead) }
      if isAwaited { arrival.signal() }
    }
    switch turn {
    case .stored(let receipts): return receipts
    case .lead: return try await lead(batch)
    }
  }

  /// Whether the caller leads, because nobody does.
  private func takeLead() throws -> Bool {
    try state.withLock { state in
      if let broken = state.broken { throw broken }
      if state.isClosed { throw LedgerError(.closed, "the ledger is closed", file: path) }
      defer { state.isLed = true }
      return !state.isLed
    }
  }

  /// Commits a batch and those that wait.
  private func lead(_ batch: Batch) async throws -> [Receipt] {
    let (lone, expected) = state.withLock { ($0.lone, $0.expected) }
    // Callers that are ready run first, and come along: on a busy machine this thread can be the only one that they have.
    if expected == 1, lone % Writer.loneCommits == 0 { await Task.yield() }
    let (others, isShort) = state.withLock { state in
      (Writer.takeGroup(&state), state.recentCommit <= Writer.longestOnCaller && state.performing == 0)
    }
    // Drafts that are still being made ready are waited for, which no thread of the tasks' may do: they are what makes them. So it is with
    // callers who came along the last time: they make theirs ready while the rows of the first are stored.
    let isOnCaller = isShort && expected == 1 && batch.drafts.isReady && others.allSatisfy(\.batch.drafts.isReady)
    let work = { @Sendable in self.commit(batch, others, expected: expected) }
    return try await (isOnCaller ? thread.sync(execute: work) : offThread(work)).get()
  }

  /// Commits a batch and others, tells the others, and hands on the lead.
  private func commit(_ batch: Batch, _ others: [Waiting], expected: Int) -> Result<[Receipt], any Error> {
    let start = DispatchTime.now().uptimeNanoseconds
    var others = others
    var results: [Result<[Receipt], any Error>]
    do { results = try store(batch, &others, expected: expected, until: start + Writer.longestGathering) } catch {
      results = Array(repeating: .failure(error), count: 1 + others.count)
    }
    state.withLock { state in
      state.recentCommit = (state.recentCommit * 7 + Int64((DispatchTime.now().uptimeNanoseconds - start) / 1000)) / 8
      state.expected = results.count + state.waiting.count
      state.lone = others.isEmpty ? state.lone + 1 : 0
    }
    for (waiting, result) in zip(others, results.dropFirst()) { waiting.continuation.resume(with: result.map { .stored($0) }) }
    passLead()
    return results[0]
  }

  static func takeGroup(_ state: inout State) -> [Waiting] {
    var entries = 0
    let count = state.waiting.prefix { waiting in
      defer { entries += waiting.batch.drafts.drafts }
      return entries < Writer.maximumGroup
    }.count
    defer { state.waiting.removeFirst(count) }
    return Array(state.waiting.prefix(count))
  }

  private func passLead() {
    let (next, closing) = state.withLock { state -> (Waiting?, [CheckedContinuation<Void, Never>]) in
      if !state.waiting.isEmpty { return (state.waiting.removeFirst(), []) }
      state.isLed = false
      defer { state.closing = [] }
      return (nil, state.closing)
    }
    next?.continuation.resume(returning: .lead)
    for continuation in closing { continuation.resume() }
  }

  /// Runs work on the writer's own thread.
  private func offThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      thread.async { continuation.resume(returning: work()) }
    }
  }

  /// Runs work on the writer's thread between commits.
  func perform<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    state.withLock { $0.performing += 1 }
    defer { state.withLock { $0.performing -= 1 } }
    return try await offThread {
      Swift.Result {
        if let broken = self.state.withLock({ $0.broken }) { throw broken }
        if self.state.withLock({ $0.isClosed }) { throw LedgerError(.closed, "the ledger is closed", file: self.path) }
        do { return try self.pool.writeWithoutTransaction(work) } catch { throw ledgerError(error, file: self.path) }
      }
    }.get()
  }

  /// Empties the log beside the file into it.
  ///
  /// - Throws: `LedgerError.locked` where others read for longer than one can wait.
  func emptyLog() async throws {
    try await perform { database in
      _ = try self.transfer.pausing { try database.checkpoint(.truncate) }
    }
  }

  /// Makes the lookup tables anew.
  func rebuildLookups() async throws {
    try await perform { database in
      guard let old = self.lookups.withLock({ $0 }) else { return }
      let new = try Lookups(old.statements, database, size: self.tail.withLock { $0.size }, rebuilding: true)
      self.lookups.withLock { $0 = new }
    }
  }

  /// Refuses what comes, and returns when what came is stored, looked up and in the file itself.
  func close() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        state.isClosed = true
        if state.isLed { state.closing.append(continuation) }
        return !state.isLed
      }
      if isIdle { continuation.resume() }
    }
    await offThread {
      let lookups = self.lookups.withLock { lookups in
        defer { lookups = nil }
        return lookups
      }
      // What fails here is made good at the next opening.
      try? self.pool.writeWithoutTransaction { database in
        try self.transfer.stop(database)
        guard let lookups, self.state.withLock({ $0.broken }) == nil else { return }
        try lookups.finish(database)
        // While others still read, the log beside the file stays.
        _ = try database.checkpoint(.truncate)
      }
    }
  }
}
