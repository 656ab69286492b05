// Single flipped bits in a ledger's file and in its exported log.
import Foundation
import TruceLedger
import TruceModel

/// Flips bits in turn in the file and in the log.
///
/// A bit of the log must always be found. A bit of the file must be found, or lie where the ledger keeps nothing: then all that it gives
/// back is the same to the byte.
func flipTrial(count: Int, seed: UInt64) async throws {
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let signer = try Signer.create(at: folder + "/key", name: "truce.example/trial")
  let path = folder + "/truce.db"
  let ledger = try await Ledger.open(at: path, mode: .readWrite, now: { Instant("2020-12-01T00:00:00Z")! })
  let body = Array(String(repeating: "the body of a report, ", count: 30).utf8)
  let report = Draft(id: "report", kind: .report, content: ["sha256": JSON(Digest(of: body))])
  let personal = Personal("a name")
  _ = try await ledger.append(
    [report, Draft(id: "list", kind: .observation, content: personal.placeholder)], bodies: [body], personal: [personal])
  _ = try await ledger.append((0..<260).map { Draft(id: EntryID("e\($0)"), kind: .claim, key: "k\($0 % 3)", content: JSON($0)) })
  _ = try await ledger.sign(with: signer)
  try await ledger.close()
  let file = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  let log = try await export(path)
  let keys = [signer.verifier]
  var random = SeededNumbers(state: seed)
  var caught = 0
  var unused = 0
  for round in 0..<count {
    let isLog = round % 2 == 1
    var bytes = isLog ? log : file
    let place = Int(random.next() % UInt64(bytes.count))
    let bit = UInt8(random.next() % 8)
    bytes[place] ^= 1 << bit
    let copy = folder + (isLog ? "/copy.ndjson" : "/copy.db")
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
    try Data(bytes).write(to: URL(fileURLWithPath: copy))
    let result = try await isLog ? Ledger.verifyLog(at: copy, keys: keys) : Ledger.verify(at: copy, keys: keys, derived: true)
    if !result.isIntact {
      caught += 1
    } else if !isLog, try await export(copy) == log {
      unused += 1
    } else {
      throw Fault("seed \(seed), round \(round): bit \(bit) of byte \(place) of the \(isLog ? "log" : "file") was not found")
    }
    if (round + 1) % 10_000 == 0 { say("\(round + 1) flips, \(caught) found, \(unused) in unused bytes") }
  }
  say("done: \(count) flips, \(caught) found, \(unused) in bytes of the file that hold nothing")
}

private func export(_ path: String) async throws -> [UInt8] {
  let ledger = try await Ledger.open(at: path, mode: .readOnly, now: now)
  var bytes: [UInt8] = []
  _ = try await ledger.exportLog { bytes += $0 }
  try await ledger.close()
  return bytes
}
