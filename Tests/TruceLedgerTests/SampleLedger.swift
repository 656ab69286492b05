// A ledger with something of everything in it: what the tests of checks damage.
import Foundation
import TruceLedger
import TruceModel

/// A small signed ledger in a folder.
struct SampleLedger {
  let path: String
  let key: VerifierKey
  let secret = Personal("A. Prisoner, born 1990")
  let erasedBody = Array("The list of names, which was taken back.".utf8)
  let body = Array(String(repeating: "The road was opened on Tuesday. ", count: 12).utf8)

  static func make(in folder: Folder, name: String = "truce.db", entries: Int = 40) async throws -> SampleLedger {
    let clock = TestClock()
    let signer =
      try FileManager.default.fileExists(atPath: folder.file("log.key"))
      ? Signer(at: folder.file("log.key")) : Signer.create(at: folder.file("log.key"), name: "truce.example/log")
    let sample = SampleLedger(path: folder.file(name), key: signer.verifier)
    let ledger = try await Ledger.open(at: sample.path, mode: .readWrite, now: clock.now)
    for (number, text) in [sample.body, sample.erasedBody].enumerated() {
      let report = Draft(
        id: EntryID("report-\(number)"), kind: .report, key: "report-\(number)",
        content: ["sha256": JSON(Digest(of: text)), "title": "A report"])
      _ = try await ledger.append([report], bodies: [text])
    }
    _ = try await ledger.sign(with: signer)
    for start in stride(from: 0, to: entries, by: 10) {
      clock.advance(milliseconds: 1500)
      _ = try await ledger.append((start..<min(start + 10, entries)).map { draft($0, key: "report-\($0 % 2)") })
    }
    let exchange = Draft(id: "exchange", kind: .observation, content: ["who": sample.secret.placeholder, "n": 1])
    _ = try await ledger.append([exchange, draft(3, word: "captured")], personal: [sample.secret])
    _ = try await ledger.redact(Digest(of: sample.erasedBody), by: "duty officer", reason: "names of prisoners")
    _ = try await ledger.sign(with: signer)
    try await ledger.close()
    return sample
  }

  func verify(derived: Bool = true) async throws -> Verification { try await Ledger.verify(at: path, keys: [key], derived: derived) }

  func export(_ path: String? = nil) async throws -> [UInt8] {
    let ledger = try await Ledger.open(at: path ?? self.path, mode: .readOnly, now: { .distantPast })
    var bytes: [UInt8] = []
    _ = try await ledger.exportLog { bytes += $0 }
    try await ledger.close()
    return bytes
  }
}
