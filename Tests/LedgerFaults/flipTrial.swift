// Single flipped bits in a ledger's file and in its exported log.
import Foundation
import TruceLedger
import TruceModel

/// What became of some flips.
private struct Tally: Sendable {
  /// Found by the whole check.
  var file = 0
  var log = 0
  /// In bytes of the file that hold nothing: all that the ledger gives back is the same to the byte.
  var unused = 0

  var found: Int { file + log }

  static func + (left: Tally, right: Tally) -> Tally {
    Tally(file: left.file + right.file, log: left.log + right.log, unused: left.unused + right.unused)
  }
}

/// Flips bits in turn in the file and in the log, until `count` of them lay in bytes that hold something; each gets the whole check.
///
/// A bit of the log must always be found. A bit of the file must be found, or lie where the ledger keeps nothing: then all that it gives
/// back is the same to the byte, and the flip is not counted.
func flipTrial(count: Int, seed: UInt64, workers: Int) async throws {
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let ledger = try await TrialLedger.make(in: folder)
  say("a file of \(ledger.file.count) bytes, a log of \(ledger.log.count), \(ledger.entries) entries, \(workers) workers")
  let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
    for worker in 0..<workers {
      let share = count * (worker + 1) / workers - count * worker / workers
      group.addTask { try await flip(ledger, share, seed: seed &+ UInt64(worker) &* 0x9E37_79B9, folder + "/\(worker)") }
    }
    return try await group.reduce(Tally(), +)
  }
  say(
    "done: \(tally.found) flips in bytes that hold something, every one found (\(tally.file) in the file, \(tally.log) in the log); "
      + "\(tally.unused) more in bytes of the file that hold nothing")
}

private func flip(_ ledger: TrialLedger, _ count: Int, seed: UInt64, _ path: String) async throws -> Tally {
  let file = try PatchedFile(path + ".db", ledger.file)
  let log = try PatchedFile(path + ".ndjson", ledger.log)
  var random = SeededNumbers(state: seed)
  var tally = Tally()
  var round = 0
  while tally.found < count {
    let isLog = round % 2 == 1
    let copy = isLog ? log : file
    let place = Int(random.next() % UInt64(isLog ? ledger.log.count : ledger.file.count))
    let bit = Int(random.next() % 8)
    try copy.flip(bit: bit, of: place)
    let result =
      try await isLog
      ? Ledger.verifyLog(at: copy.path, keys: [ledger.key]) : Ledger.verify(at: copy.path, keys: [ledger.key], derived: true)
    if !result.isIntact {
      if isLog { tally.log += 1 } else { tally.file += 1 }
    } else if !isLog, try await exported(copy.path) == ledger.log {
      tally.unused += 1
    } else {
      throw Fault("seed \(seed), round \(round): bit \(bit) of byte \(place) of the \(isLog ? "log" : "file") was not found")
    }
    try copy.restore(place)
    round += 1
    if round % 20_000 == 0 { say("\(round) flips of a worker, \(tally.found) found, \(tally.unused) in unused bytes") }
  }
  guard try file.isRestored(), try log.isRestored() else { throw Fault("a check changed what it checked") }
  return tally
}
