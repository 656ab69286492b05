// The tables of a ledger file, and how a file is told to be one.
internal import Foundation
internal import GRDB
internal import TruceModel

/// The tables' versions: forward only, one step for each.
enum Schema {
  /// "TRCE": what `PRAGMA application_id` reads in every ledger.
  static let applicationID: Int64 = 0x5452_4345
  /// What `PRAGMA user_version` reads in a ledger of this version.
  static let version: Int64 = 2

  /// How a kind is written in the table; a number is never given to another kind.
  static func code(of kind: EntryKind) -> Int64 {
    switch kind {
    case .report: 1
    case .claim: 2
    case .reading: 3
    case .observation: 4
    case .checkIn: 5
    case .post: 6
    case .ruling: 7
    case .alert: 8
    case .casefile: 9
    case .conflict: 10
    }
  }

  private static let kinds: [EntryKind?] = (0...10).map { number in EntryKind.allCases.first { code(of: $0) == number } }

  /// The kind by its number; nil for a number that this version does not know.
  static func kind(_ code: Int64) -> EntryKind? { kinds.indices.contains(Int(code)) ? kinds[Int(code)] : nil }

  /// What one file is.
  enum State: Sendable, Hashable {
    /// An empty database: a ledger that is not made yet.
    case fresh
    /// A ledger of this version or an older one.
    case ledger(version: Int64)
  }

  /// - Throws: `LedgerError.notALedger` or `.newer`, with the sentence for the user.
  static func state(_ database: Database) throws -> State {
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let found = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if application == 0, found == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 { return .fresh }
    guard application == applicationID else {
      throw LedgerError(.notALedger, "this is a database of another program, not a ledger of truce; name a ledger or a new file")
    }
    guard found <= version else {
      throw LedgerError(
        .newer,
        "this ledger was written by a newer truce (its layout is version \(found), this program knows up to \(version)); update truce to open it"
      )
    }
    guard found >= 1 else { throw LedgerError(.damaged, "the ledger's layout version reads \(found); 1 to \(version) are right") }
    return .ledger(version: found)
  }

  /// Makes the tables in an empty database, all or nothing.
  ///
  /// `entries`, `bodies`, `personal`, `checkpoints` and `head` are the record; `ids`, `keys`, `kinds` and `nodes` are derived from it.
  static func create(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE entries (
          sequence INTEGER PRIMARY KEY, recorded INTEGER NOT NULL, kind INTEGER NOT NULL, leaf BLOB NOT NULL,
          id TEXT NOT NULL, key TEXT NOT NULL, content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE ids (hash INTEGER PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE keys (hash INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (hash, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE kinds (kind INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (kind, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE nodes (
          level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE head (
          one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL, lookups INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE bodies (
          digest BLOB NOT NULL UNIQUE, sequence INTEGER NOT NULL, size INTEGER NOT NULL, form INTEGER NOT NULL, bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE personal (digest BLOB NOT NULL UNIQUE, sequence INTEGER NOT NULL, salt BLOB NOT NULL, text BLOB NOT NULL) STRICT;
        CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;
        """)
    try database.execute(sql: "INSERT INTO head (one, size, root) VALUES (1, 0, ?)", arguments: [Data(TreeHash.empty.bytes)])
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// Brings a ledger of an older layout to this one, inside a transaction.
  static func migrate(_ database: Database) throws {
    guard case .ledger(let version) = try state(database), version < self.version else { return }
    // Layout 1 wrote the lookups with each commit: they hold all.
    try database.execute(
      sql: """
        ALTER TABLE head ADD COLUMN lookups INTEGER NOT NULL DEFAULT 0;
        UPDATE head SET lookups = size;
        PRAGMA user_version = \(self.version);
        """)
  }
}
