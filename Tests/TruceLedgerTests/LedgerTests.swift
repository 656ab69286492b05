// Opening, appending and recalling.
import Foundation
import Testing
import TruceLedger
import TruceModel

@Suite struct LedgerTests {
  let folder: Folder
  let clock = TestClock()

  init() throws { folder = try Folder() }

  func open(_ mode: Ledger.Mode = .readWrite) async throws -> Ledger {
    try await Ledger.open(at: folder.file(), mode: mode, now: clock.now)
  }

  @Test("A ledger that was closed is whole in its one file")
  func oneFile() async throws {
    let ledger = try await open()
    _ = try await ledger.append((0..<50).map { draft($0) })
    _ = try await ledger.all()
    try await ledger.close()
    try FileManager.default.copyItem(atPath: folder.file(), toPath: folder.file("alone.db"))
    let alone = try await Ledger.open(at: folder.file("alone.db"), mode: .readOnly, now: clock.now)
    #expect(try await alone.size() == 50)
  }

  @Test("What was appended is read back as it was, from this opening and the next")
  func roundTrip() async throws {
    var ledger = try await open()
    let drafts = (0..<700).map { draft($0, kind: $0 % 7 == 0 ? .report : .claim, key: "report-\($0 / 7)") }
    let receipts = try await ledger.append(drafts)
    #expect(receipts.map(\.sequence) == (0..<700).map { UInt64($0) })
    #expect(receipts.allSatisfy { $0.isNew })
    for _ in 0..<2 {
      let entries = try await ledger.all()
      #expect(entries.map(\.id) == drafts.map(\.id))
      #expect(entries.map(\.content.canonical) == drafts.map(\.content.canonical))
      #expect(zip(entries, receipts).allSatisfy { Digest(of: [0] + $0.leafBytes) == $1.leaf })
      #expect(try await ledger.size() == 700)
      #expect(try await ledger.entry("entry-512")?.sequence == 512)
      #expect(try await ledger.entry(at: 512)?.id == "entry-512")
      #expect(try await ledger.entry("entry-700") == nil)
      try await ledger.close()
      ledger = try await open(.readOnly)
    }
  }

  @Test(
    "Reading by range, kinds and key gives what a filter over everything gives", arguments: [nil, "report-3", "report-none"] as [String?])
  func selection(key: String?) async throws {
    let ledger = try await open()
    let kinds: [EntryKind] = [.report, .claim, .reading, .ruling, .claim]
    _ = try await ledger.append((0..<300).map { draft($0, kind: kinds[$0 % 5], key: "report-\($0 % 10)") })
    let all = try await ledger.all()
    for wanted: Set<EntryKind>? in [nil, [.claim], [.report], [.report, .ruling], [.claim, .reading], []] {
      for (from, until): (UInt64, UInt64?) in [(0, nil), (17, 203), (299, 300), (300, nil), (5, 5), (0, 9999)] {
        var found: [Entry] = []
        try await ledger.read(from: from, until: until, kinds: wanted, key: key) { found.append($0) }
        let expected = all.filter {
          $0.sequence >= from && $0.sequence < until ?? .max && (key == nil || $0.key == key) && (wanted?.contains($0.kind) ?? true)
        }
        #expect(found == expected)
        var decoded: [Entry] = []
        try await ledger.readDecoded(from: from, until: until, kinds: wanted, key: key) { decoded.append($0.entry) }
        #expect(decoded == expected)
      }
    }
  }

  @Test("Claims come decoded, what is no claim's form comes as JSON, and long entries come page by page in their order")
  func decoded() async throws {
    let ledger = try await open()
    let claims = (0..<40).map {
      Claim(report: "r", type: .access, act: "open", span: ByteSpan($0, $0 + 9), frame: "test", who: [Mention("the guards")])
    }
    let long = JSON(String(repeating: "x", count: 50_000))
    var drafts = claims.map { Draft(id: EntryID($0.id.rawValue), kind: .claim, key: "r", content: $0.json) }
    drafts += (0..<200).map { Draft(id: EntryID("long-\($0)"), kind: .claim, content: ["n": JSON($0), "text": long]) }
    _ = try await ledger.append(drafts)
    var entries: [DecodedEntry] = []
    try await ledger.readDecoded { entries.append($0) }
    #expect(entries.map(\.sequence) == (0..<240).map { UInt64($0) })
    #expect(entries.map(\.id) == drafts.map(\.id))
    #expect(entries[..<40].map(\.content) == claims.map { .claim($0) })
    #expect(entries[40...].map(\.content) == drafts[40...].map { .json($0.content) })
    var listed: [EntryID] = []
    try await ledger.read(key: "r") { listed.append($0.id) }
    #expect(listed == drafts[..<40].map(\.id))
  }

  @Test("The same id with the same content gives the first receipt; with other content a conflict that keeps both")
  func idempotence() async throws {
    let ledger = try await open()
    let first = try await ledger.append([draft(1)])[0]
    clock.advance(milliseconds: 5000)
    var again = try await ledger.append([draft(1), draft(2), draft(2)])
    #expect(again.map(\.isNew) == [false, true, false])
    #expect(again[0].recorded == first.recorded && again[0].leaf == first.leaf && again[2].sequence == again[1].sequence)
    again = try await ledger.append([draft(1, word: "captured")])
    #expect(again[0].conflict == 0 && again[0].isNew && again[0].sequence == 2)
    let repeated = try await ledger.append([draft(1, word: "captured")])
    #expect(repeated[0].sequence == 2 && !repeated[0].isNew && repeated[0].conflict == 0)
    #expect(try await ledger.entry("entry-1")?.content == draft(1).content)
    let conflict = try #require(try await ledger.entry(at: 2))
    #expect(conflict.kind == .conflict && conflict.key == "entry-1" && conflict.content["content"]?["act"] == "captured")
    #expect(try await ledger.append([draft(1, kind: .report)])[0].conflict == 0)
    #expect(try await ledger.append([draft(1, key: "elsewhere")])[0].conflict == 0)
  }

  @Test("Recorded time never decreases though the clock jumps back a day, and the prefix of a moment is found by it")
  func clockJumps() async throws {
    var ledger = try await open()
    for (number, jump) in [0, 1000, -86_400_000, 5, 86_401_000, -1, 0].enumerated() {
      clock.advance(milliseconds: Int64(jump))
      if number == 3 {
        try await ledger.close()
        ledger = try await open()
      }
      _ = try await ledger.append([draft(number)])
    }
    let times = try await ledger.all().map(\.recorded)
    #expect(times == times.sorted())
    for time in times + times.map({ $0.adding(milliseconds: 1) }) + times.map({ $0.adding(milliseconds: -1) }) {
      #expect(try await ledger.size(at: time) == UInt64(times.filter { $0 <= time }.count))
    }
  }

  @Test("Bodies are kept by their digest, small or large, text or noise")
  func bodies() async throws {
    let ledger = try await open()
    var random = SystemRandomNumberGenerator()
    let bodies: [[UInt8]] = [
      [], Array("short".utf8), Array(String(repeating: "The two sides exchanged prisoners. ", count: 4000).utf8),
      (0..<50_000).map { _ in random.next() },
    ]
    _ = try await ledger.append([draft(1, kind: .report)], bodies: bodies + bodies)
    for body in bodies { #expect(try await ledger.body(Digest(of: body)) == body) }
    #expect(try await ledger.body(Digest(of: "another")) == nil)
  }

  @Test("What cannot be kept is refused whole, with a sentence")
  func refusals() async throws {
    let ledger = try await open()
    var deep: JSON = 1
    for _ in 0..<Ledger.maximumDepth { deep = .array([deep]) }
    let bad: [(Draft, String)] = [
      (Draft(id: "x", kind: .claim, content: ["n": .number(.infinity)]), "not finite"),
      (Draft(id: "x", kind: .claim, content: .object([.init("a", 1), .init("a", 2)])), "twice"),
      (Draft(id: "x", kind: .claim, content: deep), "nested deeper"),
      (Draft(id: "", kind: .claim, content: nil), "0 bytes"),
      (Draft(id: "a\nb", kind: .claim, content: nil), "control characters"),
      (Draft(id: "x", kind: .conflict, content: nil), "the ledger's own"),
      (Draft(id: "x", kind: .claim, content: JSON(String(repeating: "a", count: 70_000))), "kept as a body"),
    ]
    for (draft, word) in bad {
      let error = await #expect(throws: LedgerError.self) { _ = try await ledger.append([TruceLedgerTests.draft(9), draft]) }
      #expect(error?.code == .invalid && error?.message.contains(word) == true)
    }
    // One among many: all of the call is refused.
    let many = (0..<3000).map { TruceLedgerTests.draft($0) } + [bad[0].0]
    await #expect(throws: LedgerError.self) { _ = try await ledger.append(many) }
    #expect(try await ledger.size() == 0)
    let edge = String(repeating: "\"", count: Ledger.maximumNameBytes)
    let long = Draft(id: EntryID(edge), kind: .claim, key: edge, content: JSON(String(repeating: "a", count: 50_000)))
    #expect(try await ledger.append([long])[0].isNew)
    var other = long
    other.content = JSON(String(repeating: "b", count: 50_000))
    #expect(try await ledger.append([other])[0].conflict == 0)
  }

  @Test("A second writer is refused by name while readers are let in; after closing the next writer is let in")
  func oneWriter() async throws {
    let ledger = try await open()
    _ = try await ledger.append([draft(1)])
    let error = await #expect(throws: LedgerError.self) { _ = try await open() }
    #expect(error?.code == .locked && error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
    let reader = try await open(.readOnly)
    #expect(try await reader.size() == 1)
    _ = try await ledger.append([draft(2)])
    #expect(try await reader.size() == 2)
    #expect(await #expect(throws: LedgerError.self) { _ = try await reader.append([draft(3)]) }?.code == .readOnly)
    try await ledger.close()
    #expect(await #expect(throws: LedgerError.self) { _ = try await ledger.append([draft(3)]) }?.code == .closed)
    let next = try await open()
    #expect(try await next.append([draft(3)])[0].sequence == 2)
  }

  @Test("A second look at a ledger in its writer's process lets no other program take the log from under the writer")
  func secondLook() async throws {
    let ledger = try await open()
    _ = try await ledger.append([draft(1)])
    #expect(try await Ledger.verify(at: folder.file()).isIntact)
    try await open(.readOnly).close()
    guard try sqlite3(folder.file(), "SELECT count(*) FROM entries") != nil else { return }
    #expect(FileManager.default.fileExists(atPath: folder.file() + "-wal"))
    _ = try await ledger.append([draft(2)])
    #expect(try sqlite3(folder.file(), "SELECT count(*) FROM entries") == "2")
    try await ledger.close()
  }

  @Test("What is no ledger is refused with a sentence and left as it was")
  func strangers() async throws {
    func refusal(_ mode: Ledger.Mode = .readWrite) async -> LedgerError? {
      await #expect(throws: LedgerError.self) { _ = try await open(mode) }
    }
    #expect(await refusal(.readOnly)?.code == .missing)
    try Data("%PDF-1.4 not a database at all".utf8).write(to: URL(fileURLWithPath: folder.file()))
    #expect(await refusal()?.code == .notADatabase)
    try FileManager.default.removeItem(atPath: folder.file())
    guard try sqlite3(folder.file(), "CREATE TABLE albums (name TEXT)") != nil else { return }
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
    #expect(await refusal()?.code == .notALedger)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
    try FileManager.default.removeItem(atPath: folder.file())
    let ledger = try await open()
    _ = try await ledger.append([draft(1)])
    try await ledger.close()
    _ = try sqlite3(folder.file(), "PRAGMA user_version = 3")
    for mode in [Ledger.Mode.readOnly, .readWrite] {
      let error = await refusal(mode)
      #expect(error?.code == .newer && error?.message.contains("newer truce") == true)
    }
  }

  @Test("A file whose maker was killed in the middle of making it is opened for writing as a new ledger")
  func hotJournal() async throws {
    let script = """
      import os, sqlite3, sys
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute('PRAGMA journal_mode = WAL'); c.execute('PRAGMA journal_mode = DELETE'); c.execute('PRAGMA cache_size = 2'); c.execute('BEGIN')
      c.execute('CREATE TABLE t (x)')
      for n in range(200): c.execute('INSERT INTO t VALUES (zeroblob(3000))')
      os.kill(os.getpid(), 9)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", script, folder.file()]
    guard (try? process.run()) != nil else { return }
    process.waitUntilExit()
    try #require(FileManager.default.fileExists(atPath: folder.file() + "-journal"))
    #expect(await #expect(throws: LedgerError.self) { _ = try await open(.readOnly) } != nil)
    let ledger = try await open()
    #expect(try await ledger.append([draft(1)])[0].sequence == 0)
  }

  @Test("Appends from many tasks are all there, each batch unbroken, and share commits")
  func concurrentAppends() async throws {
    let ledger = try await open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask {
          for batch in 0..<20 {
            let start = task * 1000 + batch * 3
            let receipts = try await ledger.append((start..<start + 3).map { draft($0, key: "task-\(task)") })
            #expect(receipts[1].sequence == receipts[0].sequence + 1 && receipts[2].sequence == receipts[0].sequence + 2)
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try await ledger.all()
    #expect(entries.count == 960 && Set(entries.map(\.id)).count == 960)
    for task in 0..<16 {
      var numbers: [Double] = []
      try await ledger.read(key: "task-\(task)") { numbers.append($0.content["n"]!.number!) }
      #expect(numbers == numbers.sorted() && numbers.count == 60)
    }
  }
}
