// The writer's own rules: durability's setting, and what callers that come together share.
import Foundation
import GRDB
import Synchronization
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

  @Test("What was committed goes into the file while the writer goes on, and erasing empties the log all the same")
  func transfer() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    let text = JSON(String(repeating: "long ", count: 11_000))
    func size(_ suffix: String) -> Int {
      (try? FileManager.default.attributesOfItem(atPath: folder.file() + suffix))?[.size] as? Int ?? 0
    }
    let body = Array("a body that is taken back".utf8)
    _ = try await ledger.append([draft(1, kind: .report)], bodies: [body])
    // Some 14 pages each, 100 a commit: past the pages at which the writer copies what is left, twice.
    for batch in 0..<25 {
      let long = (0..<100).map { Draft(id: EntryID("long-\(batch)-\($0)"), kind: .claim, content: text) }
      _ = try await ledger.append(long)
    }
    _ = try await ledger.redact(Digest(of: body), by: "duty officer", reason: "names")
    #expect(size("-wal") == 0)
    #expect(size("") > 100_000_000)
    _ = try await ledger.append((0..<100).map { Draft(id: EntryID("last-\($0)"), kind: .claim, content: text) })
    #expect(size("-wal") > 1_000_000)
    try await ledger.close()
    #expect(size("-wal") == 0)
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
  }

  @Test("Callers in a loop share commits where these take a while: sixteen of them need not half of one each")
  func sharedCommits() async throws {
    let folder = try Folder()
    let looks = Looks()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: looks.now)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask { for number in 0..<50 { _ = try await ledger.append([draft(task * 100 + number)]) } }
      }
      try await group.waitForAll()
    }
    #expect(try await ledger.size() == 800)
    #expect(looks.count < 400)
    try await ledger.close()
  }

  @Test("A long call that turns out to be refused takes nothing with it: those that share its commit are stored")
  func refusedAmongOthers() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    let bad = (0..<3000).map { draft(10_000 + $0) } + [Draft(id: "x", kind: .claim, content: ["n": .number(.nan)])]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for number in 0..<40 { _ = try await ledger.append([draft(task * 100 + number)]) }
        }
      }
      for _ in 0..<3 {
        group.addTask {
          let error = await #expect(throws: LedgerError.self) { _ = try await ledger.append(bad) }
          #expect(error?.code == .invalid)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await ledger.size() == 320)
    let long = (0..<5000).map { draft(20_000 + $0) }
    #expect(try await ledger.append(long).map(\.sequence) == (320..<5320).map { UInt64($0) })
    try await ledger.close()
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
  }
}

/// A clock that counts how often it was looked at: once for each commit, which takes as long as on a slow disk, so that on a busy machine
/// too the callers have come before it ends.
private final class Looks: Sendable {
  private let looks = Mutex(0)

  var count: Int { looks.withLock { $0 } }

  func now() -> Instant {
    looks.withLock { $0 += 1 }
    Thread.sleep(forTimeInterval: 0.02)
    return Instant(seconds: 1_606_780_800)
  }
}
