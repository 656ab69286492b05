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
/// So at most one thread of the tasks' is held up; where commits are long, a thread of the writer's own makes them.
final class Writer: Sendable {
  /// The most entries that one commit takes, so that a reader of receipts does not wait without end.
  static let maximumGroup = 100_000
  /// The longest commits, in microseconds, that are made on a caller's thread.
  static let longestOnCaller: Int64 = 10_000
  /// Of commits in a row for one call each, every how many-th lets other callers run first: that costs a change of threads.
  static let loneCommits = 16

  private enum Turn: Sendable {
    case stored([Receipt])
    /// Nobody has stored it: the caller leads now.
    case lead
  }

  private struct Waiting: Sendable {
    var batch: Batch
    var continuation: CheckedContinuation<Turn, any Error>
  }

  private struct State: Sendable {
    var waiting: [Waiting] = []
    /// Whether one of the callers leads.
    var isLed = false
    /// Commits in a row that nobody came along to.
    var lone = 0
    /// A recent commit's length in microseconds, smoothed.
    var recentCommit: Int64 = 0
    /// Other work that has or waits for the thread.
    var performing = 0
    var isClosed = false
    var closing: [CheckedContinuation<Void, Never>] = []
    /// After a failed write of the disk, what is on it is known only when the file is opened anew.
    var broken: LedgerError?
  }

  private let state = Mutex(State())
  private let tail: Mutex<Tail>
  /// Nil when the writer is closed.
  private let lookups: Mutex<Lookups?>
  private let thread = DispatchQueue(label: "ledger.writer", qos: .userInitiated)
  private let pool: DatabasePool
  private let path: String
  private let now: @Sendable () -> Instant

  init(pool: DatabasePool, path: String, tail: Tail, lookups: Lookups, now: @escaping @Sendable () -> Instant) {
    self.pool = pool
    self.path = path
    self.tail = Mutex(tail)
    self.lookups = Mutex(lookups)
    self.now = now
  }

  /// Stores a batch; returns when it is durable.
  func append(_ batch: Batch) async throws -> [Receipt] {
    if try takeLead() { return try await lead(batch) }
    let turn = try await withCheckedThrowingContinuation { continuation in
      let leads = state.withLock { state in
        defer { state.isLed = true }
        if state.isLed { state.waiting.append(Waiting(batch: batch, continuation: continuation)) }
        return !state.isLed
      }
      if leads { continuation.resume(returning: Turn.lead) }
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
    // Callers that are ready run first, and come along: on a busy machine this thread can be the only one that they have.
    if state.withLock({ $0.lone % Writer.loneCommits == 0 }) { await Task.yield() }
    let (others, isShort) = state.withLock { state in
      (Writer.takeGroup(&state), state.recentCommit <= Writer.longestOnCaller && state.performing == 0)
    }
    let batches = [batch] + others.map(\.batch)
    // Drafts that are still being made ready are waited for, which no thread of the tasks' may do: they are what makes them.
    let isOnCaller = isShort && batches.allSatisfy(\.drafts.isReady)
    let results = isOnCaller ? thread.sync { commit(batches) } : await offThread { self.commit(batches) }
    for (waiting, result) in zip(others, results.dropFirst()) { waiting.continuation.resume(with: result.map { .stored($0) }) }
    passLead()
    return try results[0].get()
  }

  private static func takeGroup(_ state: inout State) -> [Waiting] {
    var entries = 0
    let count = state.waiting.prefix { waiting in
      defer { entries += waiting.batch.drafts.drafts }
      return entries < Writer.maximumGroup
    }.count
    state.lone = count == 0 ? state.lone + 1 : 0
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
      guard let lookups, self.state.withLock({ $0.broken }) == nil else { return }
      // What fails here is made good at the next opening.
      try? self.pool.writeWithoutTransaction { database in
        try lookups.finish(database)
        // While others still read, the log beside the file stays.
        _ = try database.checkpoint(.truncate)
      }
    }
  }

  /// Commits batches, and keeps how long it took; a result for each.
  private func commit(_ batches: [Batch]) -> [Result<[Receipt], any Error>] {
    let start = DispatchTime.now().uptimeNanoseconds
    defer {
      let microseconds = Int64((DispatchTime.now().uptimeNanoseconds - start) / 1000)
      state.withLock { $0.recentCommit = ($0.recentCommit * 7 + microseconds) / 8 }
    }
    do { return try store(batches) } catch { return batches.map { _ in .failure(error) } }
  }

  /// Commits batches; those that turn out to be refused are left out, and their results say why.
  ///
  /// - Throws: What befell the commit itself, as one of the ledger's errors: then nothing of any batch is stored.
  private func store(_ batches: [Batch]) throws -> [Result<[Receipt], any Error>] {
    if let broken = state.withLock({ $0.broken }) { throw broken }
    guard let lookups = lookups.withLock({ $0 }) else { throw LedgerError(.closed, "the ledger is closed", file: path) }
    let statements = lookups.statements
    var refused: [Int: any Error] = [:]
    return try tail.withLock { tail in
      while true {
        var current = 0
        do {
          let results = try pool.writeWithoutTransaction { database -> [Result<[Receipt], any Error>] in
            try statements.begin.run()
            do {
              var insertion = Insertion(lookups, tail: tail, recorded: max(now(), tail.recorded))
              var results: [Result<[Receipt], any Error>] = []
              for (number, batch) in batches.enumerated() {
                current = number
                results.append(try refused[number].map { .failure($0) } ?? .success(insertion.store(batch)))
              }
              try insertion.storeHead()
              try statements.commit.run()
              tail = insertion.tail
              lookups.settle()
              return results
            } catch {
              if database.isInsideTransaction { try? RawStatement(database, "ROLLBACK").run() }
              lookups.remove(from: tail.size)
              throw error
            }
          }
          return results
        } catch {
          let error = ledgerError(error, file: path)
          if let known = error as? LedgerError, known.code == .invalid {
            // One call's fault; the others are stored without it.
            refused[current] = error
            if refused.count < batches.count { continue }
            return batches.indices.map { .failure(refused[$0]!) }
          }
          if let known = error as? LedgerError, known.code == .inputOutput || known.code == .damaged {
            state.withLock {
              $0.broken = LedgerError(known.code, "writing failed before (\(known.message)); open the ledger anew", file: path)
            }
          }
          throw error
        }
      }
    }
  }
}
