// The exported log, its import, comparison of ledgers, backups.
import Foundation
import Testing
import TruceLedger
import TruceModel

@Suite struct LogTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    return folder.file(name)
  }

  @Test("Export, import, export gives the same bytes, and the imported ledger verifies and goes on")
  func roundTrip() async throws {
    let sample = try await SampleLedger.make(in: folder, entries: 300)
    let log = try await sample.export()
    let file = try write(log, "log.ndjson")
    let checked = try await Ledger.verifyLog(at: file, keys: [sample.key])
    #expect(checked.isIntact && checked.entries == 305 && checked.checkpoints == 2 && checked.signedSize == 305, "\(checked.findings)")
    let imported = try await Ledger.importLog(from: file, to: folder.file("copy.db"), keys: [sample.key])
    #expect(imported.entries == 305 && imported.bodies == 1 && imported.erased == 1)
    #expect(try await sample.export(folder.file("copy.db")) == log)
    #expect(try await Ledger.verify(at: folder.file("copy.db"), keys: [sample.key], derived: true).isIntact)
    let ledger = try await Ledger.open(at: folder.file("copy.db"), mode: .readWrite, now: TestClock().now)
    let receipt = try await ledger.append([draft(1, key: "report-1"), draft(9999)])
    #expect(receipt.map(\.isNew) == [false, true] && receipt[1].sequence == 305)
    #expect(try await ledger.entry(at: 304)!.recorded <= receipt[1].recorded)
    // What was erased stays so in the copy.
    _ = try await ledger.append([], bodies: [sample.erasedBody])
    #expect(try await ledger.body(Digest(of: sample.erasedBody)) == nil)
    await #expect(throws: LedgerError.self) { _ = try await Ledger.importLog(from: file, to: folder.file("copy.db")) }
  }

  @Test("Where a text stands in the log follows from the entries: two ledgers whose senders sent the same in other batches give one log")
  func batching() async throws {
    let bodies = ["the first", "the second", "named by none"].map { Array($0.utf8) }
    let drafts = (0..<6).map { number -> Draft in
      guard number % 3 == 2 else { return Draft(id: EntryID("entry-\(number)"), kind: .claim, content: JSON(number)) }
      let content: JSON = ["sha256": JSON(Digest(of: bodies[number / 3]))]
      return Draft(id: EntryID("entry-\(number)"), kind: .report, content: content)
    }
    var logs: [[UInt8]] = []
    for size in [1, 2, 6] {
      let path = folder.file("\(size).db")
      let ledger = try await Ledger.open(at: path, mode: .readWrite, now: TestClock().now)
      if size == 1 { _ = try await ledger.append([], bodies: bodies) }
      for start in stride(from: 0, to: 6, by: size) {
        _ = try await ledger.append(Array(drafts[start..<start + size]), bodies: size == 6 ? bodies.reversed() : [])
      }
      if size == 2 { _ = try await ledger.append([], bodies: bodies) }
      var log: [UInt8] = []
      _ = try await ledger.exportLog { log += $0 }
      logs.append(log)
      let copy = folder.file("copy-\(size).db")
      #expect(try await Ledger.importLog(from: write(log, "\(size).ndjson"), to: copy).bodies == 3)
    }
    #expect(logs[0] == logs[1] && logs[1] == logs[2])
  }

  @Test("An empty ledger's log is a log")
  func emptyLog() async throws {
    try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now).close()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readOnly, now: TestClock().now)
    var log: [UInt8] = []
    _ = try await ledger.exportLog { log += $0 }
    #expect(try await Ledger.importLog(from: write(log, "log"), to: folder.file("copy.db")).entries == 0)
  }

  @Test("Lines that are deleted, doubled, swapped or cut are all caught, and nothing is left of a refused import")
  func linesMoved() async throws {
    let sample = try await SampleLedger.make(in: folder, entries: 12)
    let lines = try await sample.export().split(separator: 0x0A).map(Array.init)
    func isCaught(_ changed: [[UInt8]], ending: [UInt8] = [0x0A]) async throws -> Bool {
      let file = try write(Array(changed.joined(separator: [0x0A])) + ending, "changed.ndjson")
      let result = try await Ledger.verifyLog(at: file, keys: [sample.key])
      let refused = await #expect(throws: LedgerError.self) {
        _ = try await Ledger.importLog(from: file, to: folder.file("no.db"), keys: [sample.key])
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("no.db") }
      return !result.isIntact && refused != nil && left.isEmpty
    }
    for at in lines.indices {
      var changed = lines
      changed.remove(at: at)
      #expect(try await isCaught(changed), "without line \(at + 1)")
      changed = lines
      changed.insert(lines[at], at: at)
      #expect(try await isCaught(changed), "line \(at + 1) twice")
      if at + 1 < lines.count {
        changed = lines
        changed.swapAt(at, at + 1)
        #expect(try await isCaught(changed), "lines \(at + 1) and \(at + 2) swapped")
      }
      #expect(try await isCaught(Array(lines[..<at])), "cut before line \(at + 1)")
    }
    #expect(try await isCaught(lines, ending: []))
  }

  @Test("Two ledgers that share a beginning are compared, and their fork is named")
  func forks() async throws {
    func ledger(_ name: String, _ drafts: [Draft]) async throws -> Ledger {
      let ledger = try await Ledger.open(at: folder.file(name), mode: .readWrite, now: TestClock().now)
      _ = try await ledger.append(drafts)
      return ledger
    }
    let shared = (0..<700).map { draft($0) }
    let long = try await ledger("long.db", shared)
    let same = try await ledger("same.db", shared)
    let short = try await ledger("short.db", Array(shared[..<300]))
    let fork = try await ledger("fork.db", Array(shared[..<513]) + [draft(9000)] + Array(shared[514...]))
    #expect(try await long.compare(with: same).relation == .same)
    #expect(try await short.compare(with: long).relation == .behind)
    #expect(try await long.compare(with: short).relation == .ahead)
    let found = try await long.compare(with: fork)
    #expect(found.common == 513)
    guard case .fork(let first, let second) = found.relation else { return #expect(Bool(false), "no fork: \(found)") }
    #expect(first.id == "entry-513" && second.id == "entry-9000")
    #expect(found.summary.contains("goes on with 'entry-513'"))
  }

  @Test("The drill: a backup taken while others write is a beginning of the ledger, is restored, verifies, and is not signed over")
  func backupDrill() async throws {
    let signer = try Signer.create(at: folder.file("log.key"), name: "truce.example/log")
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    _ = try await ledger.append((0..<500).map { draft($0) }, bodies: [Array("a body".utf8)])
    _ = try await ledger.sign(with: signer)
    let writing = Task { for number in 500..<700 { _ = try await ledger.append([draft(number)]) } }
    let backup = try await ledger.backup(to: folder.file("backup.db"))
    try await writing.value
    #expect(backup.isIntact && backup.entries >= 500 && backup.bodies == 1)
    await #expect(throws: LedgerError.self) { _ = try await ledger.backup(to: folder.file("backup.db")) }
    _ = try await ledger.sign(with: signer)
    try await ledger.close()
    // The disk with the ledger is lost.
    try FileManager.default.removeItem(atPath: folder.file())
    let restored = try await Ledger.restore(from: folder.file("backup.db"), to: folder.file(), keys: [signer.verifier])
    #expect(restored.isIntact && restored.entries == backup.entries && restored.signedSize == 500)
    let again = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    #expect(try await again.all().map(\.id) == (0..<Int(restored.entries)).map { EntryID("entry-\($0)") })
    if restored.entries < 700 { await #expect(throws: LedgerError.self) { _ = try await again.sign(with: signer) } }
    // The senders kept their ids and send again: nothing is doubled.
    let receipts = try await again.append((0..<700).map { draft($0) })
    #expect(receipts.count { !$0.isNew } == Int(restored.entries))
    #expect(try await again.size() == 700)
    await #expect(throws: LedgerError.self) { _ = try await Ledger.restore(from: folder.file("backup.db"), to: folder.file()) }
  }
}
