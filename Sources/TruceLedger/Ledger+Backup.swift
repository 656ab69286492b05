// Backups while the ledger runs, and putting one back.
internal import Foundation
internal import GRDB
internal import Glibc
internal import TruceModel

extension Ledger {
  /// Copies the ledger as it is at one moment, while others go on writing (SQLite's online backup).
  ///
  /// - Parameter path: The copy's; there must be no file yet. After a failure there still is none.
  /// - Returns: The check of the finished copy.
  /// - Throws: `LedgerError.damaged` where the copy does not verify.
  public func backup(to path: String) async throws -> Verification {
    let pool = pool
    return try await Ledger.putInPlace(path, keys: []) { try copy(pool, to: $0) }
  }

  /// Makes a ledger from a backup.
  ///
  /// - Parameters:
  ///   - backup: What `backup(to:)` wrote.
  ///   - path: The ledger's; there must be no file yet: a ledger in use is never replaced.
  ///   - keys: The log's and witnesses' keys; without any the signatures are not checked.
  /// - Throws: `LedgerError.damaged` where the backup does not verify.
  public static func restore(from backup: String, to path: String, keys: [VerifierKey] = []) async throws -> Verification {
    guard FileManager.default.fileExists(atPath: backup) else { throw LedgerError(.missing, "there is no backup here", file: backup) }
    return try await putInPlace(path, keys: keys) { temporary in
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(10)
      let queue = try DatabaseQueue(path: backup, configuration: configuration)
      defer { try? queue.close() }
      guard case .ledger = try queue.read({ try Schema.state($0) }) else {
        throw LedgerError(.notALedger, "the backup is an empty database")
      }
      try copy(queue, to: temporary)
    }
  }

  /// Makes a ledger under another name, checks it, makes it durable and gives it its name.
  private static func putInPlace(
    _ path: String, keys: [VerifierKey], _ make: @escaping @Sendable (String) throws -> Void
  ) async throws -> Verification {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw LedgerError(.invalid, "a file is here already; it is not replaced, name a new one", file: path)
    }
    let temporary = path + ".making-\(ProcessInfo.processInfo.processIdentifier)"
    defer { for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: temporary + suffix) } }
    try await offload { do { try make(temporary) } catch { throw ledgerError(error, file: path) } }
    var result = try await verify(at: temporary, keys: keys)
    guard result.isIntact else { throw LedgerError(.damaged, "the copy does not verify: \(result.findings[0].message)", file: path) }
    try await offload {
      let descriptor = Glibc.open(temporary, O_RDWR | O_CLOEXEC)
      defer { if descriptor >= 0 { Glibc.close(descriptor) } }
      guard descriptor >= 0, fsync(descriptor) == 0 else {
        throw LedgerError(.inputOutput, "the copy cannot be made durable: \(String(cString: strerror(errno)))", file: path)
      }
      try giveName(path, to: temporary)
    }
    result.file = path
    return result
  }
}

/// Copies a database as it is at one moment into a new file, which is whole when this returns: nothing of it waits in a log beside it.
private func copy(_ source: some DatabaseReader, to path: String) throws {
  let queue = try DatabaseQueue(path: path)
  defer { try? queue.close() }
  try source.backup(to: queue)
  try queue.writeWithoutTransaction { database in try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL") }
}

/// Gives a finished file its name.
///
/// A write-ahead log that another ledger of this name left behind would be taken for the new file's own: it is put aside.
func giveName(_ path: String, to temporary: String) throws {
  for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
    guard rename(path + suffix, path + suffix + ".orphan") == 0 else {
      throw LedgerError(.inputOutput, "the file \(path + suffix) of a ledger that is gone cannot be put aside", file: path)
    }
  }
  guard rename(temporary, path) == 0 else {
    throw LedgerError(.inputOutput, "the file cannot be put in place: \(String(cString: strerror(errno)))", file: path)
  }
  try syncFolder(of: path)
}
