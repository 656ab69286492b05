// The measure: the same rows by SQLite's plain C interface, prepared, bound without a copy, with the ledger's own schema and pragmas.
import GRDBSQLite
import TruceModel

/// One row, with every value known beforehand.
struct RawRow {
  var sequence: Int64
  var recorded: Int64
  var leaf: [UInt8]
  var id: String
  var key: String
  var content: [UInt8]
  var idHash: Int64
  var keyHash: Int64
}

/// Writes rows into a file whose tables a ledger made.
final class RawWriter {
  private var connection: OpaquePointer?
  private var statements: [OpaquePointer] = []
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  /// Lookups that wait where they follow the rows: after so many, in their tables' order.
  private var waiting: (ids: [(Int64, Int64)], keys: [(Int64, Int64)], kinds: [(Int64, Int64)]) = ([], [], [])
  private let lookupsFollow: Bool
  private static let mostWaiting = 4096

  init(_ path: String, lookupsFollow: Bool) {
    self.lookupsFollow = lookupsFollow
    check(sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, "unix"))
    for pragma in [
      "journal_mode = WAL", "synchronous = FULL", "cache_size = -65536", "trusted_schema = OFF", "cell_size_check = ON",
      "secure_delete = ON", "wal_autocheckpoint = \(lookupsFollow ? 16_000 : 4000)",
    ] {
      check(sqlite3_exec(connection, "PRAGMA \(pragma)", nil, nil, nil))
    }
    statements = [
      "INSERT INTO entries (sequence, recorded, kind, leaf, id, key, content) VALUES (?, ?, 2, ?, ?, ?, ?)",
      "INSERT OR IGNORE INTO ids (hash, sequence) VALUES (?, ?)", "INSERT INTO keys (hash, sequence) VALUES (?, ?)",
      "INSERT INTO kinds (kind, sequence) VALUES (?, ?)", "UPDATE head SET size = ?, root = ? WHERE one = 1", "BEGIN IMMEDIATE", "COMMIT",
    ].map { sql in
      var statement: OpaquePointer?
      check(sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil))
      return statement!
    }
  }

  deinit {
    for statement in statements { sqlite3_finalize(statement) }
    sqlite3_close(connection)
  }

  /// One transaction.
  func write(_ rows: ArraySlice<RawRow>) {
    run(statements[5])
    for row in rows {
      let entry = statements[0]
      sqlite3_bind_int64(entry, 1, row.sequence)
      sqlite3_bind_int64(entry, 2, row.recorded)
      row.leaf.withUnsafeBufferPointer { leaf in
        row.content.withUnsafeBufferPointer { content in
          var (id, key) = (row.id, row.key)
          id.withUTF8 { id in
            key.withUTF8 { key in
              sqlite3_bind_blob(entry, 3, leaf.baseAddress, Int32(leaf.count), nil)
              bind(entry, 4, id)
              bind(entry, 5, key)
              sqlite3_bind_blob(entry, 6, content.baseAddress, Int32(content.count), nil)
              run(entry)
            }
          }
        }
      }
      if lookupsFollow {
        waiting.ids.append((row.idHash, row.sequence))
        waiting.keys.append((row.keyHash, row.sequence))
        waiting.kinds.append((2, row.sequence))
      } else {
        run(statements[1], row.idHash, row.sequence)
        run(statements[2], row.keyHash, row.sequence)
        run(statements[3], 2, row.sequence)
      }
    }
    if waiting.ids.count >= RawWriter.mostWaiting {
      for (hash, sequence) in waiting.ids.sorted(by: <) { run(statements[1], hash, sequence) }
      for (hash, sequence) in waiting.keys.sorted(by: <) { run(statements[2], hash, sequence) }
      for (kind, sequence) in waiting.kinds.sorted(by: <) { run(statements[3], kind, sequence) }
      waiting = ([], [], [])
    }
    sqlite3_bind_int64(statements[4], 1, rows.last!.sequence + 1)
    sqlite3_bind_blob(statements[4], 2, rows.last!.leaf, 32, RawWriter.copied)
    run(statements[4])
    run(statements[6])
  }

  private func bind(_ statement: OpaquePointer, _ index: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {
    _ = bytes.withMemoryRebound(to: CChar.self) { sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), nil) }
  }

  private func run(_ statement: OpaquePointer, _ number: Int64, _ sequence: Int64) {
    sqlite3_bind_int64(statement, 1, number)
    sqlite3_bind_int64(statement, 2, sequence)
    run(statement)
  }

  private func run(_ statement: OpaquePointer) {
    let code = sqlite3_step(statement)
    precondition(code == SQLITE_DONE, "SQLite refused a row: \(String(cString: sqlite3_errmsg(connection)))")
    sqlite3_reset(statement)
  }

  private func check(_ code: Int32) { precondition(code == SQLITE_OK, String(cString: sqlite3_errmsg(connection))) }
}
