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

/// Where a bit lies.
private struct Bit: Sendable {
  var isLog: Bool
  var place: UInt32
  var number: UInt8
}

/// Flips the bits of a ledger's file and of its log, each once, in an order that the seed chooses, until `count` of them lay in bytes that
/// hold something; each gets the whole check. When a ledger's bits are used up, it goes on with another.
///
/// A bit of the log must always be found. A bit of the file must be found, or lie where the ledger keeps nothing: then all that it gives
/// back is the same to the byte, and the flip is not counted. Bytes of a page that SQLite's format leaves to nobody are not flipped.
func flipTrial(count: Int, seed: UInt64, workers: Int) async throws {
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  var random = SeededNumbers(state: seed)
  var tally = Tally()
  var number = 0
  while tally.found < count {
    let home = folder + "/\(number)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let ledger = try await TrialLedger.make(in: home, number: number)
    let bits = allBits(of: ledger, &random)
    say(
      "ledger \(number): a file of \(ledger.file.count) bytes, a log of \(ledger.log.count), \(ledger.entries) entries, "
        + "\(bits.count) bits, \(workers) workers")
    let (rest, name) = (count - tally.found, "seed \(seed), ledger \(number)")
    tally =
      try await withThrowingTaskGroup(of: Tally.self) { group in
        for worker in 0..<workers {
          let share = rest * (worker + 1) / workers - rest * worker / workers
          let own = stride(from: worker, to: bits.count, by: workers).map { bits[$0] }
          group.addTask { try await flip(ledger, own, share, home + "/\(worker)", name) }
        }
        return try await group.reduce(tally, +)
      }
    number += 1
  }
  say(
    "done: \(tally.found) flips in bytes that hold something, every one found (\(tally.file) in the file, \(tally.log) in the log; "
      + "\(number) ledgers, no bit twice); \(tally.unused) more in bytes of the file that hold nothing")
}

private func allBits(of ledger: TrialLedger, _ random: inout SeededNumbers) -> [Bit] {
  var bits: [Bit] = []
  func add(_ place: Int, isLog: Bool) {
    for number: UInt8 in 0..<8 { bits.append(Bit(isLog: isLog, place: UInt32(place), number: number)) }
  }
  let unallocated = ledger.unallocated
  for place in ledger.file.indices where !unallocated.contains(place) { add(place, isLog: false) }
  for place in ledger.log.indices { add(place, isLog: true) }
  return bits.shuffled(using: &random)
}

private func flip(_ ledger: TrialLedger, _ bits: [Bit], _ count: Int, _ path: String, _ name: String) async throws -> Tally {
  let file = try PatchedFile(path + ".db", ledger.file)
  let log = try PatchedFile(path + ".ndjson", ledger.log)
  var tally = Tally()
  for (round, bit) in bits.enumerated() {
    if tally.found == count { break }
    let copy = bit.isLog ? log : file
    try copy.flip(bit: Int(bit.number), of: Int(bit.place))
    let result =
      try await bit.isLog
      ? Ledger.verifyLog(at: copy.path, keys: [ledger.key]) : Ledger.verify(at: copy.path, keys: [ledger.key], derived: true)
    if !result.isIntact {
      if bit.isLog { tally.log += 1 } else { tally.file += 1 }
    } else if !bit.isLog, try await exported(copy.path) == ledger.log {
      tally.unused += 1
    } else {
      throw Fault("\(name): bit \(bit.number) of byte \(bit.place) of the \(bit.isLog ? "log" : "file") was not found")
    }
    try copy.restore(Int(bit.place))
    if (round + 1) % 20_000 == 0 { say("\(round + 1) flips of a worker, \(tally.found) found, \(tally.unused) in unused bytes") }
  }
  guard try file.isRestored(), try log.isRestored() else { throw Fault("a check changed what it checked") }
  return tally
}
