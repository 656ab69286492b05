// Frames that go to the system many at a time: whoever else reads the file finds what SQLite's own layer would show.
import GRDB
import Testing

@testable import TruceLedger

@Suite struct LogLayerTests {
  @Test("A stranger sees each commit at once, fully synced or not, and nothing of a transaction that was taken back", arguments: 0...2)
  func strangers(synchronous: Int) throws {
    LogLayer.install
    let folder = try Folder()
    let queue = try DatabaseQueue(path: folder.file())
    try queue.writeWithoutTransaction { database in
      // So small a cache is spilled into the log again and again inside a transaction, and pages come there twice.
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL; PRAGMA synchronous = \(synchronous); PRAGMA cache_size = 10; PRAGMA wal_autocheckpoint = 500;
          CREATE TABLE t (n INTEGER PRIMARY KEY, k INTEGER, b BLOB); CREATE INDEX i ON t (k);
          """)
      var kept = 0
      for round in 0..<40 {
        let rows = [1, 3, 400, 1500][round % 4]
        let isTakenBack = round % 3 == 2
        try database.execute(sql: "BEGIN")
        for row in 0..<rows {
          try database.execute(
            sql: "INSERT INTO t (k, b) VALUES (?, zeroblob(?))", arguments: [(row * 7919 + round) % 5000, row % 10 == 0 ? 9000 : 60])
        }
        #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM t NOT INDEXED") == kept + rows)
        try database.execute(sql: isTakenBack ? "ROLLBACK" : "COMMIT")
        if !isTakenBack { kept += rows }
        guard let seen = try sqlite3(folder.file(), "SELECT count(*) FROM t NOT INDEXED") else { return }
        #expect(seen.contains("\(kept)"), "round \(round)")
        if round % 8 == 7 { #expect(try sqlite3(folder.file(), "PRAGMA integrity_check")!.contains("ok")) }
      }
    }
    try queue.close()
  }
}
