// ledger-faults: long trials of the ledger under kills, failing disks and flipped bits; each a command with a seed and a count.
import Foundation
import TruceLedger
import TruceModel

@main struct LedgerFaults {
  static let usage = """
    usage: ledger-faults kill|shim|long-shim|flip|change [--seed N] [--count N] [--step N] [--workers N]

      kill   ends four concurrent writers at --count random moments; every acknowledged entry must be there
      shim   fails every --step-th write, sync and truncation of a run in turn: disk full, input/output error, short write
      long-shim  the same with a run of 22 MB, in which lookups follow and the log is copied beside the writer; use a --step of hundreds
      flip   flips --count single bits that hold something in a ledger's file and in its exported log; every one must be found
      change deletes, moves, doubles and back-dates entries --count times in the file and in the log; every time must be found

    write FILE SEED, script FILE, long-script FILE and recall FILE are what the trials and tests run as processes of their own.
    """

  static func main() async {
    var arguments = Array(CommandLine.arguments.dropFirst())
    func number(_ name: String, _ standard: Int) -> Int {
      guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count, let value = Int(arguments[at + 1]) else { return standard }
      arguments.removeSubrange(at...at + 1)
      return value
    }
    let seed = UInt64(number("--seed", 1))
    let count = number("--count", 100)
    let step = number("--step", 1)
    let workers = max(1, number("--workers", ProcessInfo.processInfo.activeProcessorCount))
    do {
      switch (arguments.first, arguments.count) {
      case ("kill", 1): try await killTrial(count: count, seed: seed)
      case ("shim", 1): try await shimTrial(step: step, isLong: false)
      case ("long-shim", 1): try await shimTrial(step: step, isLong: true)
      case ("flip", 1): try await flipTrial(count: count, seed: seed, workers: workers)
      case ("change", 1): try await changeTrial(count: count, seed: seed)
      case ("write", 3): try await writeWithoutEnd(arguments[1], seed: UInt64(arguments[2]) ?? 0)
      case ("script", 2): try await runScript(arguments[1], isLong: false)
      case ("long-script", 2): try await runScript(arguments[1], isLong: true)
      case ("recall", 2): say("recalled \(try await checkRecall(arguments[1], "recall"))")
      default:
        print(usage)
        exit(2)
      }
    } catch let error as LedgerError {
      say("error \(error.code.rawValue): \(error)")
      exit(3)
    } catch {
      say("failed: \(error)")
      exit(1)
    }
  }
}

/// What a trial found wrong.
struct Fault: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// Writes a line in one piece, at once.
func say(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
}

/// Seeded noise: the same run from the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

/// A folder for one trial.
func makeFolder() throws -> String {
  let path = FileManager.default.temporaryDirectory.path + "/ledger-faults-\(getpid())-\(UInt32.random(in: 0 ... .max))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}

func makeDraft(_ id: String, _ number: Int) -> Draft {
  Draft(
    id: EntryID(id), kind: number % 11 == 0 ? .report : .claim, key: "report-\(number % 9)",
    content: ["n": JSON(number), "quote": JSON(String(repeating: "words of item \(number), ", count: number % 40))])
}

/// An acknowledgement as a process said it.
struct Acknowledged {
  var sequence: UInt64
  var id: EntryID
  var leaf: Digest

  static func line(_ id: EntryID, _ receipt: Receipt) -> String { "ack \(receipt.sequence) \(id) \(receipt.leaf.hex)" }

  /// The acknowledgements in a process's output; a last line that was cut off counts for nothing.
  static func all(in output: String) -> [Acknowledged] {
    output.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ")
      guard parts.count == 4, parts[0] == "ack", let sequence = UInt64(parts[1]), let leaf = Digest(hex: String(parts[3])) else {
        return nil
      }
      return Acknowledged(sequence: sequence, id: EntryID(String(parts[2])), leaf: leaf)
    }
  }
}

/// Reads a ledger beside its writer, or as one left it, and compares recall by kind, key and id with a walk over everything.
///
/// - Returns: How many entries there are.
func checkRecall(_ path: String, _ what: String) async throws -> Int {
  let ledger = try await Ledger.open(at: path, mode: .readOnly, now: now)
  let size = try await ledger.size()
  var all: [Entry] = []
  try await ledger.read(until: size) { all.append($0) }
  func compare(_ name: String, kinds: Set<EntryKind>? = nil, key: String? = nil, _ isWanted: (Entry) -> Bool) async throws {
    var found: [EntryID] = []
    try await ledger.read(until: size, kinds: kinds, key: key) { found.append($0.id) }
    guard found == all.filter(isWanted).map(\.id) else { throw Fault("\(what): recall by \(name) is not what a walk gives") }
  }
  try await compare("kind", kinds: [.report]) { $0.kind == .report }
  for key in Set(all.map(\.key)) where !key.isEmpty { try await compare("key", key: key) { $0.key == key } }
  for entry in all.suffix(50) {
    guard try await ledger.entry(entry.id) == entry else { throw Fault("\(what): the id '\(entry.id)' does not lead to its entry") }
  }
  try await ledger.close()
  return all.count
}

/// Checks a ledger after a trial: intact, every acknowledged entry in its place, and open to new ones.
func checkAfter(_ path: String, _ acknowledged: [Acknowledged], _ what: String) async throws -> UInt64 {
  let result = try await Ledger.verify(at: path, derived: true)
  guard result.isIntact else { throw Fault("\(what): \(result.summary)") }
  _ = try await checkRecall(path, what)
  let ledger = try await Ledger.open(at: path, mode: .readWrite, now: now)
  for item in acknowledged {
    guard let entry = try await ledger.entry(item.id), entry.sequence == item.sequence, Digest(of: [0] + entry.leafBytes) == item.leaf
    else {
      throw Fault("\(what): the acknowledged entry '\(item.id)' is not at \(item.sequence)")
    }
  }
  let size = try await ledger.size()
  _ = try await ledger.append([makeDraft("after-\(size)", 1)])
  try await ledger.close()
  return size
}
