// One prepared statement of SQLite's C interface: the hot paths bind and step without a detour.
internal import GRDB
internal import GRDBSQLite
internal import TruceModel

/// A prepared statement on one connection; used only inside that connection's access block, finalised with the value.
final class RawStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ database: Database, _ sql: String) throws {
    guard let connection = database.sqliteConnection else { throw LedgerError(.closed, "the ledger is closed") }
    self.connection = connection
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw RawStatement.failure(connection, code) }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  /// Steps to the next row; false at the end, where the statement is ready to be bound anew.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let code:
      sqlite3_reset(handle)
      throw RawStatement.failure(connection, code)
    }
  }

  /// Runs a statement that gives no rows.
  func run() throws { while try step() {} }

  func reset() { sqlite3_reset(handle) }

  /// Rows that the last insert, update or delete changed.
  var changes: Int { Int(sqlite3_changes(connection)) }

  func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }
  func bind(_ index: Int32, _ value: UInt64) { sqlite3_bind_int64(handle, index, Int64(value)) }

  /// Binds a text; SQLite makes its own copy.
  func bind(_ index: Int32, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      if let start = bytes.baseAddress, !bytes.isEmpty {
        let characters = UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(handle, index, characters, Int32(bytes.count), RawStatement.copied)
      } else {
        sqlite3_bind_text(handle, index, "", 0, RawStatement.copied)
      }
    }
  }

  /// Binds a blob; SQLite makes its own copy.
  func bind(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
    if bytes.isEmpty {
      sqlite3_bind_zeroblob(handle, index, 0)
    } else {
      sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), RawStatement.copied)
    }
  }

  /// Binds bytes that stay where they are until the statement has run: no copy is made.
  func lend(_ index: Int32, blob bytes: UnsafeRawBufferPointer) {
    if bytes.isEmpty {
      sqlite3_bind_zeroblob(handle, index, 0)
    } else {
      sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), nil)
    }
  }

  /// Binds a text whose UTF-8 bytes stay where they are until the statement has run: no copy is made.
  func lend(_ index: Int32, text bytes: UnsafeRawBufferPointer) {
    if let start = bytes.baseAddress, !bytes.isEmpty {
      sqlite3_bind_text(handle, index, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil)
    } else {
      sqlite3_bind_text(handle, index, "", 0, RawStatement.copied)
    }
  }

  func bind(_ index: Int32, _ bytes: [UInt8]) { bytes.withUnsafeBytes { bind(index, $0) } }
  func bind(_ index: Int32, _ hash: TreeHash) { hash.withBytes { bind(index, $0) } }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  func unsigned(_ column: Int32) -> UInt64 { UInt64(bitPattern: sqlite3_column_int64(handle, column)) }

  /// A column's bytes, valid until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
  }

  func array(_ column: Int32) -> [UInt8] { Array(bytes(column)) }
  func string(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
  func hash(_ column: Int32) -> TreeHash? { TreeHash(bytes(column)) }

  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private static func failure(_ connection: OpaquePointer, _ code: Int32) -> LedgerError {
    storageError(code: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)))
  }
}

/// SQLite's result code as an error of ours.
func storageError(code: Int32, message: String, file: String? = nil) -> LedgerError {
  switch code & 0xFF {
  case SQLITE_FULL: LedgerError(.full, "the disk is full: nothing of this was stored; make room and send it again (\(message))", file: file)
  case SQLITE_IOERR:
    LedgerError(.inputOutput, "reading or writing failed: nothing of this was acknowledged (\(message), code \(code))", file: file)
  case SQLITE_CORRUPT: LedgerError(.damaged, "the file is damaged: \(message); `truce verify` names the place", file: file)
  case SQLITE_NOTADB: LedgerError(.notADatabase, "this is no SQLite database, so no ledger", file: file)
  case SQLITE_BUSY, SQLITE_LOCKED: LedgerError(.locked, "another program holds the file (\(message))", file: file)
  case SQLITE_READONLY: LedgerError(.readOnly, "the file cannot be written (\(message))", file: file)
  default: LedgerError(.inputOutput, "SQLite: \(message) (code \(code))", file: file)
  }
}

/// Any error of the storage as one of ours.
func ledgerError(_ error: any Error, file: String) -> any Error {
  switch error {
  case let error as LedgerError: error.file == nil ? LedgerError(error.code, error.message, file: file) : error
  case let error as DatabaseError:
    storageError(code: error.extendedResultCode.rawValue, message: error.message ?? error.description, file: file)
  default: error
  }
}

extension String {
  /// The string's UTF-8 bytes where they lie.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    var copy = self
    return try copy.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }
}
