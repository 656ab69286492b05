// The verifier in Python, which shares no code with the ledger, over the ledger's own exports.
import Foundation
import Testing
import TruceLedger
import TruceModel

private let script = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("tools/verify.py").path

/// Runs a Python program; its output and whether it ended well.
private func python(_ arguments: [String]) throws -> (text: String, isDone: Bool) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3"] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (text, process.terminationStatus == 0)
}

@Suite(.enabled(if: (try? python(["-c", "import cryptography"]).isDone) == true, "python3 with `cryptography` is not installed"))
struct StandaloneVerifierTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  /// A signed ledger with one report and two claims of it, exported.
  func log() async throws -> (log: String, key: VerifierKey, claims: [ClaimID]) {
    let signer = try Signer.create(at: folder.file("log.key"), name: "truce.example/log")
    let text = "The northern post was handed over at noon. The é road stays open."
    let report = Report(body: Array(text.utf8), sourceName: "An Agency", captured: Instant("2020-12-01T06:00:00Z")!)
    let claims = [(0, 42), (43, 66)].map { start, end in
      Claim(report: report.id, type: .access, act: "open", span: ByteSpan(start, end), frame: "test")
    }
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    let witness = try Witness(folder: folder.file("witness"), name: "witness.example")
    _ = try await ledger.append(
      [Draft(id: EntryID(report.id.rawValue), kind: .report, key: report.id.rawValue, content: report.json)]
        + claims.map { Draft(id: EntryID($0.id.rawValue), kind: .claim, key: report.id.rawValue, content: $0.json) },
      bodies: [Array(text.utf8)])
    let note = try await ledger.sign(with: signer)
    _ = try await ledger.attach(witness.cosign(note, log: signer.verifier, proof: [], now: TestClock().now()), from: [witness.verifier])
    try write(Array(note.bytes), "old.txt")
    try write(Array(witness.verifier.description.utf8), "witness.vkey")
    _ = try await ledger.append((0..<300).map { draft($0) })
    _ = try await ledger.sign(with: signer)
    try write(try await ledger.proof(of: EntryID(claims[1].id.rawValue)).json.bytes, "proof.json")
    var bytes: [UInt8] = []
    _ = try await ledger.exportLog { bytes += $0 }
    try write(bytes, "log.ndjson")
    try await ledger.close()
    return (folder.file("log.ndjson"), signer.verifier, claims.map(\.id))
  }

  func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name))) }

  @Test("It follows a bulletin's number to the bytes of the report, and refuses changed logs, keys, proofs and forks")
  func follows() async throws {
    let (log, key, claims) = try await log()
    let bulletin: JSON = ["numbers": [["number": "1.2", "evidence": .array(claims.map { JSON($0) })]]]
    try write(bulletin.bytes, "bulletin.json")
    let arguments = [script, log, "--key", key.description, "--key", folder.file("witness.vkey"), "--old", folder.file("old.txt")]
    let good = try python(arguments + ["--bulletin", folder.file("bulletin.json")])
    #expect(good.isDone, "\(good.text)")
    #expect(good.text.contains("1.2: claim \(claims[0]) (entry 1), An Agency, bytes 0 to 42: The northern post was handed over at noon."))
    #expect(good.text.contains("bytes 43 to 66: The é road stays open."))
    #expect(good.text.contains("3 entries: signed by truce.example/log, witness.example"))
    #expect(try !python(arguments + ["--claim", "no-such-claim"]).isDone)
    let other = try SigningKeyText.another(named: key.name)
    #expect(try !python([script, log, "--key", other]).isDone)
    #expect(try python([script, "--proof", folder.file("proof.json"), "--key", key.description]).isDone)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: log)))
    var random = SeededNumbers(state: 9)
    for _ in 0..<12 {
      var changed = bytes
      changed[Int(random.next() % UInt64(bytes.count))] ^= 1 << UInt8(random.next() % 8)
      try write(changed, "changed.ndjson")
      #expect(try !python([script, folder.file("changed.ndjson"), "--key", key.description, "--key", folder.file("witness.vkey")]).isDone)
    }
    let proof = String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.file("proof.json"))), as: UTF8.self)
    try write(Array(proof.replacingOccurrences(of: "open", with: "shut").utf8), "changed.json")
    #expect(try !python([script, "--proof", folder.file("changed.json"), "--key", key.description]).isDone)
    // A fork: another log under the same key, against the checkpoint that was kept.
    let fork = try await Ledger.open(at: folder.file("fork.db"), mode: .readWrite, now: TestClock().now)
    _ = try await fork.append((0..<5).map { draft($0) })
    var forked: [UInt8] = []
    _ = try await fork.exportLog { forked += $0 }
    try write(forked, "fork.ndjson")
    let refused = try python([script, folder.file("fork.ndjson"), "--key", key.description, "--old", folder.file("old.txt")])
    #expect(!refused.isDone && refused.text.contains("does not continue"))
  }

  @Test("It has at most 200 lines")
  func lines() throws {
    #expect(try String(contentsOfFile: script, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).count <= 201)
  }
}

private enum SigningKeyText {
  /// Another key's public text under the same name.
  static func another(named name: String) throws -> String {
    let folder = try Folder()
    return try Signer.create(at: folder.file("key"), name: name).verifier.description
  }
}
