// What the ledger's tests share: folders that go away, clocks, drafts, and the tree's definition as an oracle.
import Foundation
import Synchronization
import Testing
import TruceLedger
import TruceModel

/// A folder for one test, removed with the value.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String = "truce.db") -> String { path + "/" + name }
}

/// A clock that a test turns.
final class TestClock: Sendable {
  private let time: Mutex<Int64>

  init(_ text: String = "2020-12-01T06:00:00Z") { time = Mutex(Instant(text)!.milliseconds) }

  var now: @Sendable () -> Instant { { Instant(milliseconds: self.time.withLock { $0 }) } }
  func advance(milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

func draft(_ number: Int, kind: EntryKind = .claim, key: String = "", word: String = "handed-over") -> Draft {
  Draft(
    id: EntryID("entry-\(number)"), kind: kind, key: key,
    content: ["act": JSON(word), "n": JSON(number), "place": "lachin-district", "quote": JSON("item \(number) \"quoted\" é\n")])
}

/// The root of a tree by the definition of RFC 6962 section 2.1, word for word.
func definedRoot(_ leaves: ArraySlice<[UInt8]>) -> Digest {
  if leaves.isEmpty { return Digest(of: [] as [UInt8]) }
  if leaves.count == 1 { return Digest(of: [0] + leaves.first!) }
  var k = 1
  while k * 2 < leaves.count { k *= 2 }
  let middle = leaves.startIndex + k
  return Digest(of: [1] + definedRoot(leaves[..<middle]).bytes + definedRoot(leaves[middle...]).bytes)
}

extension Ledger {
  func all() async throws -> [Entry] {
    var entries: [Entry] = []
    try await read { entries.append($0) }
    return entries
  }
}

/// Runs SQL on a file by the sqlite3 program of the system, as a stranger to truce would; nil where there is none.
func sqlite3(_ path: String, _ sql: String) throws -> String? {
  let program = "/usr/bin/python3"
  guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  let script = """
    import sqlite3, sys
    c = sqlite3.connect(sys.argv[1], isolation_level=None)
    for statement in sys.argv[2].split(';'):
        for row in c.execute(statement): print('|'.join(str(v) for v in row))
    """
  process.arguments = ["-c", script, path, sql]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0)
  return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
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
