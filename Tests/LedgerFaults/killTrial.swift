// Writers ended at random moments by SIGKILL.
import Foundation
import TruceLedger
import TruceModel

/// Four tasks that append until the process is ended; each acknowledgement is said at once.
func writeWithoutEnd(_ path: String, seed: UInt64) async throws {
  let ledger = try await Ledger.open(at: path, mode: .readWrite, now: now)
  say("open")
  try await withThrowingTaskGroup(of: Void.self) { group in
    for task in 0..<4 {
      group.addTask {
        var random = SeededNumbers(state: seed &* 4 &+ UInt64(task))
        var number = 0
        while true {
          // Some calls are long: the lookups, which follow when many entries wait for them, follow at random moments too.
          let count = random.next() % 8 == 0 ? 400 : Int(random.next() % 5)
          let drafts = (0...count).map { makeDraft("\(seed)-\(task)-\(number)-\($0)", Int(random.next() % 1000)) }
          let bodies = number % 20 == 0 ? [Array("body \(seed) \(task) \(number)".utf8)] : []
          let receipts = try await ledger.append(drafts, bodies: bodies)
          for (draft, receipt) in zip(drafts, receipts) { say(Acknowledged.line(draft.id, receipt)) }
          number += 1
        }
      }
    }
    try await group.waitForAll()
  }
}

/// Ends a writer at random moments, on one ledger for every twenty kills, and checks it after each.
func killTrial(count: Int, seed: UInt64) async throws {
  var random = SeededNumbers(state: seed)
  var kept: [Acknowledged] = []
  var folder = try makeFolder()
  var total = 0
  for round in 0..<count {
    if round % 20 == 0, round > 0 {
      try FileManager.default.removeItem(atPath: folder)
      folder = try makeFolder()
      kept = []
    }
    let path = folder + "/truce.db"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["write", path, String(seed &* 1_000_003 &+ UInt64(round))]
    // Acknowledgements go to a file: they are there even when this process is slow to read.
    let output = folder + "/acknowledged"
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    process.standardOutput = FileHandle(forWritingAtPath: output)
    try process.run()
    // From before the file is made to well into the writing.
    usleep(UInt32(random.next() % 150_000))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let said = try String(contentsOfFile: output, encoding: .utf8)
    if said.contains("error") { throw Fault("round \(round): \(said.suffix(300))") }
    let new = Acknowledged.all(in: said)
    total += new.count
    kept += new
    guard FileManager.default.fileExists(atPath: path) else { continue }
    let size = try await checkUnlessEmpty(path, kept, "kill \(round) of seed \(seed)")
    if (round + 1) % 50 == 0 { say("\(round + 1) kills, \(total) acknowledged entries, the last ledger has \(size)") }
  }
  try FileManager.default.removeItem(atPath: folder)
  say("done: \(count) kills, \(total) acknowledged entries, none lost")
}

/// A process may end before the ledger's first table is there: such a file has acknowledged nothing and is opened as a new one.
func checkUnlessEmpty(_ path: String, _ acknowledged: [Acknowledged], _ what: String) async throws -> UInt64 {
  if acknowledged.isEmpty { try await Ledger.open(at: path, mode: .readWrite, now: now).close() }
  return try await checkAfter(path, acknowledged, what)
}
