// Lookups that follow the record: recall and idempotence at every moment between, old files, and a mark that does not fit.
import Foundation
import GRDB
import Testing
import TruceModel

@testable import TruceLedger

@Suite struct LookupsTests {
  let folder: Folder
  let clock = TestClock()
  let most = Lookups.most

  init() throws { folder = try Folder() }

  func open(_ name: String = "truce.db", _ mode: Ledger.Mode = .readWrite) async throws -> Ledger {
    try await Ledger.open(at: folder.file(name), mode: mode, now: clock.now)
  }

  /// What a process leaves that ends now: the file and the log beside it.
  func leave(_ name: String) throws {
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: folder.file() + suffix, toPath: folder.file(name) + suffix)
    }
  }

  func drafts(_ range: Range<Int>) -> [Draft] {
    range.map { draft($0, kind: [.claim, .report, .reading][$0 % 3], key: $0 % 5 == 0 ? "" : "report-\($0 % 7)") }
  }

  /// Compares recall by id, key and kind with a walk over everything.
  func checkRecall(_ ledger: Ledger) async throws {
    var all: [(sequence: UInt64, id: EntryID, key: String, kind: EntryKind)] = []
    try await ledger.readRaw { all.append(($0.sequence, $0.id, $0.key, $0.kind)) }
    for entry in all where entry.sequence % 97 == 0 || entry.sequence + 3 > UInt64(all.count) {
      let found = try #require(try await ledger.entry(entry.id))
      #expect(found.sequence == entry.sequence && found.id == entry.id)
    }
    #expect(try await ledger.entry("nobody") == nil)
    for from in [0, all.count / 2, max(1, all.count) - 1] {
      func sequences(kinds: Set<EntryKind>? = nil, key: String? = nil) async throws -> [UInt64] {
        var found: [UInt64] = []
        try await ledger.readRaw(from: UInt64(from), kinds: kinds, key: key) { found.append($0.sequence) }
        return found
      }
      for key in ["report-2", "report-6", "none"] {
        #expect(try await sequences(key: key) == all[from...].filter { $0.key == key }.map(\.sequence))
      }
      let kinds: Set<EntryKind> = [.report, .reading]
      #expect(try await sequences(kinds: kinds) == all[from...].filter { kinds.contains($0.kind) }.map(\.sequence))
    }
  }

  func end(_ ledger: Ledger) async throws -> UInt64 { try await ledger.access { try lookupsEnd($0) } }

  @Test("Recall finds every entry at every moment, in the writer and in readers, and the lookups follow when many wait")
  func recall() async throws {
    let ledger = try await open()
    var count = 0
    for (size, waiting) in [(1, 1), (most - 2, most - 1), (1, 0), (1, 1), (most + 5, 0), (7, 7)] {
      _ = try await ledger.append(drafts(count..<count + size))
      count += size
      #expect(try await UInt64(count - waiting) == end(ledger))
      let reader = try await open("truce.db", .readOnly)
      for ledger in [ledger, reader] { try await checkRecall(ledger) }
      try await reader.close()
      #expect(try await Ledger.verify(at: folder.file(), derived: true).findings.isEmpty)
    }
    try await ledger.close()
    let closed = try await open("truce.db", .readOnly)
    #expect(try await end(closed) == UInt64(count))
  }

  @Test("A writer that ended before the lookups followed loses nothing: readers find its entries, the next writer knows their ids")
  func ended() async throws {
    let ledger = try await open()
    _ = try await ledger.append(drafts(0..<most + 6))
    let tail = most + 6..<most + 106
    let first = try await ledger.append(drafts(tail))
    try leave("left.db")
    var left = try await open("left.db", .readOnly)
    #expect(try await end(left) == UInt64(tail.lowerBound))
    try await checkRecall(left)
    try await left.close()
    #expect(try await Ledger.verify(at: folder.file("left.db"), derived: true).isIntact)
    left = try await open("left.db")
    let again = try await left.append(drafts(tail) + [draft(tail.lowerBound + 9, word: "captured")])
    #expect(again[..<100].map(\.leaf) == first.map(\.leaf) && again[..<100].allSatisfy { !$0.isNew })
    #expect(again[100].conflict == UInt64(tail.lowerBound + 9))
    _ = try await left.append(drafts(2 * most..<3 * most))
    #expect(try await end(left) == left.size())
    try await checkRecall(left)
    try await left.close()
    #expect(try await Ledger.verify(at: folder.file("left.db"), derived: true).isIntact)
    try await ledger.close()
  }

  @Test("Copied, restored and imported from while its lookups wait, a ledger is whole")
  func copies() async throws {
    let ledger = try await open()
    _ = try await ledger.append(drafts(0..<300))
    #expect(try await end(ledger) == 0)
    #expect(try await ledger.backup(to: folder.file("backup.db")).isIntact)
    #expect(try await Ledger.restore(from: folder.file("backup.db"), to: folder.file("restored.db")).isIntact)
    var log: [UInt8] = []
    _ = try await ledger.exportLog { log += $0 }
    try Data(log).write(to: URL(fileURLWithPath: folder.file("log.ndjson")))
    _ = try await Ledger.importLog(from: folder.file("log.ndjson"), to: folder.file("imported.db"))
    try await ledger.rebuildDerived()
    #expect(try await end(ledger) == 300)
    for name in ["restored.db", "imported.db"] {
      #expect(try await Ledger.verify(at: folder.file(name), derived: true).isIntact)
      let copy = try await open(name)
      try await checkRecall(copy)
      #expect(try await ledger.compare(with: copy).relation == .same)
      #expect(try await copy.append([draft(7, word: "captured")])[0].conflict == 7)
      try await copy.close()
      #expect(try await Ledger.verify(at: folder.file(name), derived: true).isIntact)
    }
    try await checkRecall(ledger)
    try await ledger.close()
  }

  @Test("Any order of new, repeated and contradicting ids gives the receipts of a plain list, across calls, flushes and openings")
  func idempotence() async throws {
    var ledger = try await open()
    var random = SeededNumbers(state: 11)
    /// The first entry of an id, and of each content under it.
    var owners: [Int: String] = [:]
    var sequences: [String: UInt64] = [:]
    for round in 0..<60 {
      let size = [1, 1, 3, 40, 1500][Int(random.next() % 5)]
      let numbers = (0..<size).map { _ in (Int(random.next() % 8000), ["handed-over", "captured"][random.next() % 6 == 0 ? 1 : 0]) }
      let receipts = try await ledger.append(numbers.map { draft($0, word: $1) })
      for ((number, word), receipt) in zip(numbers, receipts) {
        let content = "\(number) \(word)"
        #expect(receipt.isNew == (sequences[content] == nil))
        if receipt.isNew { #expect(receipt.sequence == UInt64(sequences.count)) }
        #expect(receipt.sequence == sequences[content, default: receipt.sequence])
        sequences[content] = receipt.sequence
        let owner = owners[number, default: content]
        owners[number] = owner
        #expect(receipt.conflict == (owner == content ? nil : sequences[owner]))
      }
      if round % 20 == 19 {
        try await ledger.close()
        #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
        ledger = try await open()
      }
    }
    #expect(try await ledger.size() == UInt64(sequences.count))
  }

  @Test("A call that is refused leaves nothing behind in the lookups")
  func refused() async throws {
    let ledger = try await open()
    _ = try await ledger.append(drafts(0..<10))
    let bad = drafts(10..<2000) + [Draft(id: "x", kind: .claim, content: ["n": .number(.nan)])]
    await #expect(throws: LedgerError.self) { _ = try await ledger.append(bad) }
    #expect(try await ledger.append(drafts(10..<2000)).allSatisfy(\.isNew))
    try await checkRecall(ledger)
    try await ledger.close()
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
  }

  @Test("A disk that is full while the lookups follow refuses the whole call; when there is room, all goes on")
  func full() async throws {
    let ledger = try await open()
    _ = try await ledger.append(drafts(0..<most - 1))
    func limit(_ pages: String) async throws {
      try await ledger.writer!.perform { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    }
    let pages = try await ledger.access { try Int.fetchOne($0, sql: "PRAGMA page_count")! }
    try await limit("\(pages + 2)")
    for _ in 0..<2 {
      let error = await #expect(throws: LedgerError.self) { _ = try await ledger.append([draft(most)]) }
      #expect(error?.code == .full)
    }
    #expect(try await ledger.size() == UInt64(most - 1))
    try await limit("1073741823")
    #expect(try await ledger.append([draft(most)])[0].isNew)
    #expect(try await end(ledger) == UInt64(most))
    try await checkRecall(ledger)
    try await ledger.close()
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
  }

  @Test("An id whose number another id has takes the next one, before and after the lookups followed")
  func sharedNumber() async throws {
    let ledger = try await open()
    _ = try await ledger.append(drafts(0..<200))
    try await ledger.writer!.perform { database in
      try database.execute(sql: "INSERT INTO ids VALUES (?, 3)", arguments: [lookupHash("other")])
    }
    let other = Draft(id: "other", kind: .claim, content: 1)
    let receipt = try await ledger.append([other])[0]
    for _ in 0..<2 {
      #expect(try await ledger.append([other])[0].sequence == receipt.sequence)
      #expect(try await ledger.entry("other")?.sequence == receipt.sequence)
      _ = try await ledger.append(drafts(1000..<1000 + most))
    }
  }

  /// A ledger as the first layout left it.
  func makeOld() async throws -> Bool {
    let ledger = try await open()
    _ = try await ledger.append(drafts(0..<300))
    try await ledger.close()
    return try sqlite3(folder.file(), "ALTER TABLE head DROP COLUMN lookups; PRAGMA user_version = 1") != nil
  }

  @Test("A ledger of the first layout is read as it is, and brought to this one by its next writer")
  func migration() async throws {
    guard try await makeOld() else { return }
    let reader = try await open("truce.db", .readOnly)
    try await checkRecall(reader)
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
    #expect(try sqlite3(folder.file(), "PRAGMA user_version") == "1")
    let ledger = try await open()
    #expect(try await ledger.append(drafts(299..<400)).map(\.isNew) == [false] + Array(repeating: true, count: 100))
    // The reader that was there before finds what came since.
    try await checkRecall(reader)
    try await reader.close()
    try await ledger.close()
    #expect(try sqlite3(folder.file(), "PRAGMA user_version; SELECT lookups FROM head") == "2\n400")
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
  }

  @Test(
    "Lookups that end elsewhere than the head says are found, and made anew by the next writer",
    arguments: [
      ("UPDATE head SET lookups = 7", "7 are right"), ("UPDATE head SET lookups = 299", "299 are right"),
      ("UPDATE head SET lookups = 301", "says that the lookups hold 301"), ("UPDATE head SET lookups = -1", "0 are right"),
      ("DELETE FROM ids WHERE sequence = 299", "entry 299"),
      ("DELETE FROM ids WHERE sequence > 200; DELETE FROM keys WHERE sequence > 200; DELETE FROM kinds WHERE sequence > 200", "entry 201"),
    ])
  func wrongEnd(sql: String, word: String) async throws {
    var ledger = try await open()
    _ = try await ledger.append(drafts(0..<300))
    try await ledger.close()
    guard try sqlite3(folder.file(), sql) != nil else { return }
    let result = try await Ledger.verify(at: folder.file(), derived: true)
    #expect(result.findings.contains { $0.message.contains(word) }, "\(result.findings)")
    ledger = try await open()
    try await checkRecall(ledger)
    #expect(try await ledger.append(drafts(0..<300)).allSatisfy { !$0.isNew })
    try await ledger.close()
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
  }

  @Test("What the lookups lack behind their end is no fault; what they lack before it is")
  func lacking() async throws {
    let ledger = try await open()
    _ = try await ledger.append(drafts(0..<300))
    try await ledger.close()
    let cut = ["ids", "keys", "kinds"].map { "DELETE FROM \($0) WHERE sequence >= 250" }.joined(separator: "; ")
    guard try sqlite3(folder.file(), cut + "; UPDATE head SET lookups = 250") != nil else { return }
    #expect(try await Ledger.verify(at: folder.file(), derived: true).isIntact)
    let reader = try await open("truce.db", .readOnly)
    try await checkRecall(reader)
    try await reader.close()
    _ = try sqlite3(folder.file(), "DELETE FROM kinds WHERE sequence = 249")
    #expect(try await !Ledger.verify(at: folder.file(), derived: true).isIntact)
  }
}
