// The one writer: batches that wait while a commit runs share the next one, so that many appends share one fsync.
internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import Synchronization
internal import TruceModel

/// One call of `append`, ready to be stored: all of it or nothing.
struct Batch: Sendable {
  var drafts: [PreparedDraft]
  var bodies: [PreparedBody]
  var personal: [Personal]
  /// Texts to erase.
  var erased: [Digest] = []
}

/// Takes batches from any task and commits them, one group at a time, on a thread of its own.
final class Writer: Sendable {
  /// The most entries that one commit takes, so that a reader of receipts does not wait without end.
  static let maximumGroup = 100_000

  private struct Waiting: Sendable {
    var batch: Batch
    var continuation: CheckedContinuation<[Receipt], any Error>
  }

  private struct State: Sendable {
    var waiting: [Waiting] = []
    var isDraining = false
    var isClosed = false
    /// How many callers the thread waits for; 0 where it does not.
    var awaited = 0
    /// After a failed write of the disk, what is on it is known only when the file is opened anew.
    var broken: LedgerError?
  }

  private let state = Mutex(State())
  private let tail: Mutex<Tail>
  private let statements = Mutex<InsertStatements?>(nil)
  private let thread = DispatchQueue(label: "ledger.writer", qos: .userInitiated)
  private let arrival = DispatchSemaphore(value: 0)
  private let pool: DatabasePool
  private let path: String
  private let now: @Sendable () -> Instant

  init(pool: DatabasePool, path: String, tail: Tail, now: @escaping @Sendable () -> Instant) {
    self.pool = pool
    self.path = path
    self.tail = Mutex(tail)
    self.now = now
  }

  /// Stores a batch; returns when it is durable.
  func append(_ batch: Batch) async throws -> [Receipt] {
    try await withCheckedThrowingContinuation { continuation in
      let starts: Bool? = state.withLock { state in
        if let broken = state.broken {
          continuation.resume(throwing: broken)
          return nil
        }
        if state.isClosed {
          continuation.resume(throwing: LedgerError(.closed, "the ledger is closed", file: path))
          return nil
        }
        state.waiting.append(Waiting(batch: batch, continuation: continuation))
        if state.waiting.count == state.awaited { arrival.signal() }
        defer { state.isDraining = true }
        return !state.isDraining
      }
      if starts == true { thread.async { self.drain() } }
    }
  }

  /// Runs work on the writer's thread between commits.
  func perform<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      thread.async {
        continuation.resume(
          with: Swift.Result {
            if let broken = self.state.withLock({ $0.broken }) { throw broken }
            if self.state.withLock({ $0.isClosed }) { throw LedgerError(.closed, "the ledger is closed", file: self.path) }
            do { return try self.pool.writeWithoutTransaction(work) } catch { throw ledgerError(error, file: self.path) }
          })
      }
    }
  }

  /// Refuses what comes, and returns when what came is stored.
  func close() async {
    state.withLock { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      thread.async {
        self.statements.withLock { $0 = nil }
        continuation.resume()
      }
    }
  }

  private func statements(for database: Database) throws -> InsertStatements {
    if let made = statements.withLock({ $0 }) { return made }
    let made = try InsertStatements(database)
    statements.withLock { $0 = made }
    return made
  }

  private func drain() {
    var gathering = Gathering()
    while true {
      let group = takeGroup()
      if group.isEmpty { return }
      let start = ContinuousClock.now
      do {
        let receipts = try commit(group.map(\.batch))
        for (waiting, receipts) in zip(group, receipts) { waiting.continuation.resume(returning: receipts) }
      } catch {
        let error = ledgerError(error, file: path)
        for waiting in group { waiting.continuation.resume(throwing: error) }
      }
      let length = (ContinuousClock.now - start).components
      let microseconds = length.seconds * 1_000_000 + length.attoseconds / 1_000_000_000_000
      let there = state.withLock { $0.waiting.count }
      if let wait = gathering.committed(answered: group.count, waiting: there, microseconds: microseconds) {
        gather(wait)
        gathering.waited(wait, found: state.withLock { $0.waiting.count }, waitingBefore: there)
      }
    }
  }

  /// The batches of the next commit; none where nobody waits, and then the thread is done.
  private func takeGroup() -> [Waiting] {
    state.withLock { state in
      if state.waiting.isEmpty {
        state.isDraining = false
        return []
      }
      var entries = 0
      let count = state.waiting.prefix { waiting in
        defer { entries += waiting.batch.drafts.count }
        return entries < Writer.maximumGroup
      }.count
      defer { state.waiting.removeFirst(count) }
      return Array(state.waiting.prefix(count))
    }
  }

  private func gather(_ wait: Gathering.Wait) {
    let mustWait = state.withLock { state in
      guard state.waiting.count < wait.callers else { return false }
      state.awaited = wait.callers
      return true
    }
    guard mustWait else { return }
    let isTimeout = arrival.wait(timeout: .now() + .microseconds(Int(wait.microseconds))) == .timedOut
    let signalledLate = state.withLock { state in
      defer { state.awaited = 0 }
      return isTimeout && state.waiting.count >= wait.callers
    }
    if signalledLate { arrival.wait() }
  }

  private func commit(_ batches: [Batch]) throws -> [[Receipt]] {
    if let broken = state.withLock({ $0.broken }) { throw broken }
    return try tail.withLock { tail in
      let before = tail
      do {
        return try pool.writeWithoutTransaction { database in
          let statements = try statements(for: database)
          try statements.begin.run()
          do {
            var insertion = Insertion(statements, tail: tail, recorded: max(now(), tail.recorded))
            let receipts = try batches.map { try insertion.store($0) }
            try insertion.storeHead()
            try statements.commit.run()
            tail = insertion.tail
            return receipts
          } catch {
            if database.isInsideTransaction { try? RawStatement(database, "ROLLBACK").run() }
            throw error
          }
        }
      } catch {
        tail = before
        let error = ledgerError(error, file: path)
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
