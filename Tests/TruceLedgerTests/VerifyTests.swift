// Checks of a whole file, of an entry, of a checkpoint; and what stands after a text was erased.
import Foundation
import Testing
import TruceLedger
import TruceModel

@Suite struct VerifyTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test("An intact ledger verifies, with and without what is derived, and is counted")
  func intact() async throws {
    let sample = try await SampleLedger.make(in: folder)
    let result = try await sample.verify()
    #expect(result.isIntact && result.findings.isEmpty, "\(result.findings)")
    #expect(result.entries == 45 && result.bodies == 1 && result.erased == 1 && result.personal == 1 && result.checkpoints == 2)
    #expect(result.signedSize == 45)
    #expect(result.summary.contains("intact: 45 entries"))
    let keyless = try await Ledger.verify(at: sample.path)
    #expect(keyless.isIntact && keyless.findings.map(\.severity) == [.note] && keyless.signedSize == nil)
    #expect(try await !Ledger.verify(at: folder.file("none.db")).isIntact)
  }

  @Test(
    "Each way of changing the record by a stranger's SQL is found, and the first bad entry is named",
    arguments: [
      (
        "UPDATE entries SET content = CAST(replace(CAST(content AS TEXT), 'handed-over', 'captured') AS BLOB) WHERE sequence = 17",
        "entry 17"
      ),
      ("UPDATE entries SET recorded = recorded - 1 WHERE sequence = 30", "entry 30"),
      ("UPDATE entries SET recorded = recorded - 86400000 WHERE sequence = 30", "entry 30"),
      ("UPDATE entries SET kind = 1 WHERE sequence = 12", "entry 12"), ("UPDATE entries SET kind = 99 WHERE sequence = 12", "entry 12"),
      ("UPDATE entries SET id = 'other' WHERE sequence = 5", "entry 5"), ("UPDATE entries SET key = 'other' WHERE sequence = 5", "entry 5"),
      ("UPDATE entries SET leaf = zeroblob(32) WHERE sequence = 5", "entry 5"), ("DELETE FROM entries WHERE sequence = 20", "entry 20"),
      ("DELETE FROM entries WHERE sequence = 44", "counts 45"), ("DELETE FROM entries WHERE sequence = 0", "entry 0"),
      ("DELETE FROM entries", "counts 45"),
      (
        "UPDATE entries SET sequence = -8 WHERE sequence = 8; UPDATE entries SET sequence = 8 WHERE sequence = 9; "
          + "UPDATE entries SET sequence = 9 WHERE sequence = -8",
        "root"
      ),
      ("INSERT INTO entries SELECT 45, recorded, kind, leaf, 'new', key, content FROM entries WHERE sequence = 44", "entry 45"),
      ("UPDATE head SET size = 44", "counts 44"), ("UPDATE head SET root = zeroblob(32)", "another root"), ("DELETE FROM head", "head"),
      ("UPDATE bodies SET bytes = zeroblob(9), form = 0, size = 9 WHERE form < 2", "body"),
      ("DELETE FROM bodies WHERE form < 2", "missing"),
      ("UPDATE bodies SET form = 2, size = 0, bytes = zeroblob(0)", "no ruling"), ("DELETE FROM personal", "missing"),
      ("UPDATE personal SET text = CAST('B. Prisoner, born 1990' AS BLOB)", "personal text"),
      ("UPDATE personal SET salt = zeroblob(32)", "personal text"),
      ("UPDATE personal SET salt = zeroblob(0), text = zeroblob(0)", "no ruling"),
      ("UPDATE checkpoints SET size = 3 WHERE size = 2", "checkpoint"),
      (
        "UPDATE checkpoints SET size = 3, "
          + "note = CAST(replace(CAST(note AS TEXT), char(10) || '2' || char(10), char(10) || '3' || char(10)) AS BLOB) WHERE size = 2",
        "signature"
      ),
      ("DELETE FROM ids WHERE sequence = 7", "lookup of ids"), ("DELETE FROM keys WHERE sequence = 7", "lookup of keys"),
      ("DELETE FROM kinds WHERE sequence = 7", "lookup of kinds"), ("INSERT INTO keys VALUES (1, 1)", "lookup of keys"),
      ("UPDATE ids SET sequence = 8 WHERE sequence = 7", "lookup of ids"),
      ("UPDATE head SET lookups = 44", "44 are right"), ("UPDATE head SET lookups = 46", "lookups hold 46"),
      ("INSERT INTO nodes VALUES (1, 0, zeroblob(32))", "stored nodes"),
    ])
  func strangers(sql: String, word: String) async throws {
    let sample = try await SampleLedger.make(in: folder)
    guard try sqlite3(sample.path, sql) != nil else { return }
    let result = try await sample.verify()
    #expect(!result.isIntact)
    #expect(result.findings.contains { $0.message.contains(word) }, "\(result.findings)")
  }

  @Test("A change that carries its leaf, nodes and head along is caught by the signed checkpoint")
  func rewritten() async throws {
    let sample = try await SampleLedger.make(in: folder)
    guard try sqlite3(sample.path, "SELECT 1") != nil else { return }
    // A rewritten past, made by the ledger's own code from other entries, with the old checkpoints put in.
    let forged = try await Ledger.open(at: folder.file("forged.db"), mode: .readWrite, now: TestClock().now)
    _ = try await forged.append((0..<45).map { draft($0, word: "captured") })
    try await forged.close()
    _ = try sqlite3(
      folder.file("forged.db"),
      "ATTACH '\(sample.path)' AS old; INSERT INTO checkpoints SELECT * FROM old.checkpoints; "
        + "INSERT INTO bodies SELECT * FROM old.bodies WHERE form < 2"
    )
    let result = try await Ledger.verify(at: folder.file("forged.db"), keys: [sample.key])
    #expect(result.findings.contains { $0.message.contains("checkpoint of 2 entries has another root") }, "\(result.findings)")
  }

  @Test("An entry is proved by a checkpoint offline, and no changed leaf, place or checkpoint passes")
  func entryProofs() async throws {
    let sample = try await SampleLedger.make(in: folder)
    let ledger = try await Ledger.open(at: sample.path, mode: .readOnly, now: { .distantPast })
    var proof = try await ledger.proof(of: "entry-11")
    try proof.verify(keys: [sample.key])
    let first = try #require(try await ledger.checkpoints().first)
    #expect(await #expect(throws: LedgerError.self) { _ = try await ledger.proof(of: "entry-11", checkpoint: first) }?.code == .refused)
    try await ledger.proof(of: "report-1", checkpoint: first).verify(keys: [sample.key])
    proof.sequence += 1
    #expect(throws: LedgerError.self) { try proof.verify(keys: [sample.key]) }
    proof.sequence -= 1
    proof.leaf[9] ^= 1
    #expect(throws: LedgerError.self) { try proof.verify(keys: [sample.key]) }
    #expect(await #expect(throws: LedgerError.self) { _ = try await ledger.proof(of: "nobody") }?.code == .missing)
  }

  @Test("A checkpoint that someone kept tells a continuation from a fork and from a cut")
  func continuation() async throws {
    let sample = try await SampleLedger.make(in: folder)
    let ledger = try await Ledger.open(at: sample.path, mode: .readOnly, now: { .distantPast })
    let notes = try await ledger.checkpoints()
    #expect(try await ledger.verifyContinuation(of: notes[0], keys: [sample.key]) == 2)
    #expect(try await ledger.verifyContinuation(of: notes[1], keys: [sample.key]) == 45)
    try await ledger.verify(notes[1], continues: notes[0], keys: [sample.key])
    await #expect(throws: LedgerError.self) { try await ledger.verify(notes[0], continues: notes[1], keys: [sample.key]) }
    let other = try await Ledger.open(at: folder.file("other.db"), mode: .readWrite, now: TestClock().now)
    _ = try await other.append((0..<3).map { draft($0) })
    for note in notes { await #expect(throws: LedgerError.self) { _ = try await other.verifyContinuation(of: note, keys: [sample.key]) } }
  }

  @Test("An erased text is gone from the file's bytes, is not stored again, and every proof still verifies")
  func redaction() async throws {
    let sample = try await SampleLedger.make(in: folder)
    var ledger = try await Ledger.open(at: sample.path, mode: .readWrite, now: TestClock("2021-01-01T00:00:00Z").now)
    let note = try #require(try await ledger.latestCheckpoint())
    let digest = Digest(of: sample.body)
    #expect(try await ledger.personal(sample.secret.digest) == sample.secret.text)
    #expect(try await ledger.body(digest) == sample.body)
    let receipt = try await ledger.redact(sample.secret.digest, by: "N. Officer", reason: "asked for by the family")
    #expect(try await !ledger.redact(sample.secret.digest, by: "another", reason: "again").isNew)
    _ = try await ledger.redact(digest, by: "N. Officer", reason: "names the witness")
    let ruling = try #require(try await ledger.entry(at: receipt.sequence))
    #expect(ruling.kind == .ruling && ruling.content["by"] == "N. Officer" && ruling.content["reason"] == "asked for by the family")
    #expect(
      await #expect(throws: LedgerError.self) { _ = try await ledger.redact(Digest(of: "none"), by: "a", reason: "b") }?.code == .missing)
    #expect(await #expect(throws: LedgerError.self) { _ = try await ledger.redact(digest, by: "", reason: "b") }?.code == .invalid)
    _ = try await ledger.append([], bodies: [sample.body], personal: [sample.secret])
    #expect(try await ledger.personal(sample.secret.digest) == nil)
    #expect(try await ledger.body(digest) == nil)
    #expect(try await ledger.verifyContinuation(of: note, keys: [sample.key]) == 45)
    try await ledger.proof(of: "exchange").verify(keys: [sample.key])
    try await ledger.close()
    for suffix in ["", "-wal"] {
      guard let data = FileManager.default.contents(atPath: sample.path + suffix) else { continue }
      #expect(data.range(of: Data("A. Prisoner".utf8)) == nil && data.range(of: Data(sample.secret.salt)) == nil)
    }
    let result = try await sample.verify()
    #expect(result.isIntact && result.erased == 3, "\(result.findings)")
    ledger = try await Ledger.open(at: sample.path, mode: .readOnly, now: { .distantPast })
    let log = try await sample.export()
    #expect(!String(decoding: log, as: UTF8.self).contains("A. Prisoner"))
    try await ledger.close()
  }

  @Test("Lookups that were lost are rebuilt from the log alone")
  func rebuild() async throws {
    let sample = try await SampleLedger.make(in: folder, entries: 300)
    guard try sqlite3(sample.path, "DELETE FROM ids; DELETE FROM keys WHERE sequence > 9; DELETE FROM kinds") != nil else { return }
    #expect(try await !sample.verify().isIntact)
    let ledger = try await Ledger.open(at: sample.path, mode: .readWrite, now: TestClock().now)
    try await ledger.rebuildDerived()
    #expect(try await ledger.append([draft(5, key: "report-1")])[0].isNew == false)
    try await ledger.close()
    #expect(try await sample.verify().isIntact)
  }
}
