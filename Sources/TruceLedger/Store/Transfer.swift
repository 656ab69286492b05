// What commits wrote into the log beside the file goes into the file itself, beside the writer.
internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Copies pages from the write-ahead log into the file over a connection of its own (SQLite's passive checkpoint).
///
/// SQLite begins the log anew only when all of it is in the file, and a writer that never rests is always ahead of a copy beside it. So
/// where the log has grown long the writer copies the rest itself: most of it is done by then.
final class Transfer: Sendable {
  /// New pages in the log that are worth a copy.
  static let pages = 2000
  /// Pages in the log at which the writer copies what is left.
  static let mostPages = 16_000

  private let queue: DatabaseQueue
  private let thread = DispatchQueue(label: "ledger.transfer", qos: .utility)
  /// The log's pages when the last copy began.
  private let begun = Atomic(0)
  private let isCopying = Atomic(false)
  /// Held while pages are copied.
  private let turn = Mutex(())

  /// - Parameter writer: The writer's connection; each of its commits is looked at until `stop`.
  init(path: String, writer: Database) throws {
    queue = try DatabaseQueue(path: path)
    sqlite3_wal_hook(
      writer.sqliteConnection,
      { context, connection, _, pages in
        Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue().committed(connection, pages: Int(pages))
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func committed(_ connection: OpaquePointer?, pages: Int) {
    if pages < begun.load(ordering: .relaxed) { begun.store(0, ordering: .relaxed) }
    // A copy that fails is made good by the next: the log still holds everything.
    if pages >= Transfer.mostPages {
      sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    } else if pages - begun.load(ordering: .relaxed) >= Transfer.pages, !isCopying.exchange(true, ordering: .relaxed) {
      begun.store(pages, ordering: .relaxed)
      thread.async {
        self.pausing { try? self.queue.writeWithoutTransaction { _ = try $0.checkpoint(.passive) } }
        self.isCopying.store(false, ordering: .relaxed)
      }
    }
  }

  /// Does something while nothing is copied.
  func pausing<Result>(_ work: () throws -> Result) rethrows -> Result { try turn.withLock { _ in try work() } }

  /// Ends; the writer's connection is free of it.
  func stop(_ writer: Database) throws {
    sqlite3_wal_hook(writer.sqliteConnection, nil, nil)
    // What waits for its turn finds it.
    thread.sync {}
    try queue.close()
  }
}
