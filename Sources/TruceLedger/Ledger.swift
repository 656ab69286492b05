// The ledger's door: a file opened for writing by one, for reading by any number.
internal import Dispatch
internal import Foundation
internal import GRDB
internal import Glibc
internal import Synchronization
public import TruceModel

/// An append-only sequence of entries in one SQLite file, each a leaf of an RFC 6962 Merkle tree.
///
/// What was known at a moment is the prefix of the ledger up to it. Nothing is changed or deleted; only bodies and personal texts can be
/// erased, by a ruling, and every proof still holds.
public final class Ledger: Sendable {
  /// What the ledger is opened for.
  public enum Mode: Sendable, Hashable {
    /// Made where there is none; one at a time.
    case readWrite
    /// Never made, never changed; any number at a time.
    case readOnly
  }

  /// The most bytes of an entry's canonical JSON: what an entry bundle of C2SP tlog-tiles can carry (a 16-bit length).
  public static let maximumEntryBytes = 65_535
  /// The most bytes of a draft as an entry: the rest is left for the frame of a conflict.
  public static let maximumDraftBytes = 60_000
  /// The most bytes of an id or a key.
  public static let maximumNameBytes = 1024
  /// The deepest nesting of an entry's content.
  public static let maximumDepth = JSON.maximumDepth - 8

  /// The file's path.
  public let path: String
  public let mode: Mode
  let pool: DatabasePool
  let writer: Writer?
  private let lock: Mutex<WriterLock?>

  private init(path: String, mode: Mode, pool: DatabasePool, writer: Writer?, lock: WriterLock?) {
    self.path = path
    self.mode = mode
    self.pool = pool
    self.writer = writer
    self.lock = Mutex(lock)
  }

  /// Opens a ledger.
  ///
  /// - Parameters:
  ///   - path: The file; for writing it is made where there is none.
  ///   - now: The clock by which entries are recorded; where it jumps back, the last entry's time is kept.
  /// - Throws: `LedgerError` with a sentence: no file, no database, another program's, a newer truce's, written to by another process,
  ///   or a head that does not fit the entries.
  public static func open(at path: String, mode: Mode, now: @escaping @Sendable () -> Instant) async throws -> Ledger {
    try await offload {
      do { return try openNow(at: path, mode: mode, now: now) } catch { throw ledgerError(error, file: path) }
    }
  }

  private static func openNow(at path: String, mode: Mode, now: @escaping @Sendable () -> Instant) throws -> Ledger {
    let exists = try isMade(path)
    if !exists, mode == .readOnly { throw LedgerError(.missing, "there is no ledger here; `truce ingest` makes one") }
    var lock: WriterLock?
    if exists {
      var state: Schema.State
      do { state = try inspect(path, isReadOnly: true) } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
        // A process ended in the middle of making the file: what it left is taken back by the next that may write.
        guard mode == .readWrite else {
          throw LedgerError(.readOnly, "a process ended while it made this file; open it for writing once, which takes the rest back")
        }
        lock = try WriterLock(ledger: path)
        state = try inspect(path, isReadOnly: false)
      }
      if state == .fresh, mode == .readOnly { throw LedgerError(.notALedger, "this is an empty database, not a ledger") }
    }
    if mode == .readWrite, lock == nil { lock = try WriterLock(ledger: path) }
    var configuration = Configuration()
    configuration.readonly = mode == .readOnly
    configuration.busyMode = .timeout(10)
    configuration.label = "ledger"
    configuration.prepareDatabase { database in
      // Readers mostly walk: a cache that stays in the processor's own is a sixth quicker than a large one, each page of which is new.
      try database.execute(
        sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -1024; PRAGMA secure_delete = ON")
    }
    let pool = try DatabasePool(path: path, configuration: configuration)
    guard mode == .readWrite else { return Ledger(path: path, mode: mode, pool: pool, writer: nil, lock: nil) }
    let writer = try pool.writeWithoutTransaction { database in
      // A pool sets NORMAL behind the preparation above; an acknowledged entry needs FULL.
      try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536")
      guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
        throw LedgerError(.inputOutput, "SQLite does not take synchronous = FULL")
      }
      let isFresh = try Schema.state(database) == .fresh
      try database.inTransaction(.immediate) {
        try isFresh ? Schema.create(database) : Schema.migrate(database)
        return .commit
      }
      if isFresh { try syncFolder(of: path) }
      let tail = try Tail(database)
      let lookups = try Lookups(InsertStatements(database), database, size: tail.size)
      let transfer = try Transfer(path: path, writer: database)
      return Writer(pool: pool, path: path, tail: tail, lookups: lookups, transfer: transfer, now: now)
    }
    return Ledger(path: path, mode: mode, pool: pool, writer: writer, lock: lock)
  }

  /// Closes the file, which is then whole by itself; what was acknowledged is on disk already.
  public func close() async throws {
    await writer?.close()
    let path = path
    let pool = pool
    try await offload { do { try pool.close() } catch { throw ledgerError(error, file: path) } }
    lock.withLock { $0 = nil }
  }

  /// Looks at a file; through a read-only connection it stays as it is.
  private static func inspect(_ path: String, isReadOnly: Bool) throws -> Schema.State {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { try Schema.state($0) }
  }

  /// False where there is no file or an empty one.
  ///
  /// The file is not opened: closing it would take from this process all its locks on it (POSIX), those of an open ledger too, and the
  /// next program that closes the database would remove the log beside it, from under the writer.
  static func isMade(_ path: String) throws -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    if status.st_mode & S_IFMT == S_IFDIR { throw LedgerError(.notADatabase, "this is a folder, not a ledger") }
    return status.st_size > 0
  }
}

/// Makes a folder's list of files durable after a file was made in it.
func syncFolder(of path: String) throws {
  let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
  let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  defer { Glibc.close(descriptor) }
  guard fsync(descriptor) == 0 else { throw LedgerError(.inputOutput, "the folder \(folder) cannot be made durable") }
}

private let blockingWork = DispatchQueue(label: "ledger.blocking", attributes: .concurrent)

/// Runs blocking work off the tasks' threads.
func offload<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    blockingWork.async { continuation.resume(with: Swift.Result { try work() }) }
  }
}
