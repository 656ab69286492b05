// The writer's own rules: durability's setting, and how long a commit waits for callers.
import GRDB
import Testing
import TruceModel

@testable import TruceLedger

@Suite struct WriterTests {
  @Test("The writer's connection syncs fully, at the first opening and the next")
  func synchronous() async throws {
    let folder = try Folder()
    for _ in 0..<2 {
      let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
      _ = try await ledger.append([draft(1)])
      let settings = try await ledger.writer!.perform { database in
        try ["synchronous", "secure_delete"].map { try Int.fetchOne(database, sql: "PRAGMA \($0)")! }
      }
      #expect(settings == [2, 1])
      #expect(try await ledger.writer!.perform { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
      try await ledger.close()
    }
  }

  @Test("A caller alone never waits; callers in a loop are waited for; a wait in vain makes the next commits go on at once")
  func gathering() {
    var gathering = Gathering()
    for _ in 0..<5 { #expect(gathering.committed(answered: 1, waiting: 0, microseconds: 200) == nil) }
    let wait = gathering.committed(answered: 1, waiting: 15, microseconds: 200)
    #expect(wait == Gathering.Wait(callers: 16, microseconds: 200))
    gathering.waited(wait!, found: 16, waitingBefore: 15)
    let second = gathering.committed(answered: 16, waiting: 0, microseconds: 200)
    #expect(second?.callers == 16)
    gathering.waited(second!, found: 3, waitingBefore: 0)
    for _ in 0..<Gathering.pause { #expect(gathering.committed(answered: 3, waiting: 0, microseconds: 200) == nil) }
    #expect(gathering.committed(answered: 3, waiting: 0, microseconds: 900_000)!.microseconds <= Gathering.maximumWait)
  }
}
