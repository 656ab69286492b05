// ledger-bench [--count N] [--fold N] [--seed N] [--only PART] [--folder PATH]: the ledger beside SQLite, in one run.
import Foundation
import TruceLedger
import TruceModel

func option(_ name: String, _ standard: Int) -> Int {
  guard let at = CommandLine.arguments.firstIndex(of: name), at + 1 < CommandLine.arguments.count else { return standard }
  return Int(CommandLine.arguments[at + 1]) ?? standard
}

let count = option("--count", 200_000)
let folds = option("--fold", 1_000_000)
let seed = UInt64(option("--seed", 1))
let folder =
  CommandLine.arguments.firstIndex(of: "--folder").map { CommandLine.arguments[$0 + 1] } ?? NSTemporaryDirectory()
  + "ledger-bench-\(getpid())"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }
let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
let batchSize = 10_000

func seconds(_ work: () async throws -> Void) async rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try await work()
  let passed = start.duration(to: clock.now).components
  return Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
}

func report(_ name: String, _ text: String) {
  let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.prefix { $0 != " " } ?? "?"
  let line = "\(name.padding(toLength: 34, withPad: " ", startingAt: 0)) \(text)  (load \(load))\n"
  FileHandle.standardOutput.write(Data(line.utf8))
}

func rate(_ count: Int, _ seconds: Double) -> String { "\(Int(Double(count) / seconds))/s" }

func fileBytes(_ path: String) -> Int {
  ["", "-wal"].reduce(0) { $0 + (((try? FileManager.default.attributesOfItem(atPath: path + $1))?[.size] as? Int) ?? 0) }
}

func emptyRaw(_ name: String) async throws -> RawWriter {
  try await Ledger.open(at: folder + "/" + name, mode: .readWrite, now: now).close()
  return RawWriter(folder + "/" + name)
}

func rows(_ drafts: [Draft]) -> [RawRow] {
  drafts.enumerated().map { number, draft in
    let digest = Digest(of: draft.id.rawValue).bytes
    let hash = digest.withUnsafeBytes { Int64(bitPattern: $0.loadUnaligned(as: UInt64.self).bigEndian) }
    let key = Digest(of: draft.key).bytes.withUnsafeBytes { Int64(bitPattern: $0.loadUnaligned(as: UInt64.self).bigEndian) }
    return RawRow(
      sequence: Int64(number), recorded: now().milliseconds, leaf: digest, id: draft.id.rawValue, key: draft.key,
      content: draft.content.canonical,
      idHash: hash, keyHash: key)
  }
}

/// What one caller does before the writer has its turn, measured alone.
func preparation() async {
  var random = SeededNumbers(state: seed)
  let drafts = (0..<20_000).map { claimDraft($0, &random) }
  var bytes = 0
  let write = await seconds { for draft in drafts { bytes += draft.content.canonical.count } }
  report("canonical JSON", "\(rate(drafts.count, write)), \(bytes / drafts.count) bytes each, \(Int(Double(bytes) / write / 1e6)) MB/s")
}

/// Batches: rounds of the one and the other in turn, so that both meet the same load.
func batches() async throws {
  var random = SeededNumbers(state: seed)
  let drafts = (0..<count).map { claimDraft($0, &random) }
  let raw = rows(drafts)
  let plain = try await emptyRaw("raw-batch.db")
  let ledger = try await Ledger.open(at: folder + "/batch.db", mode: .readWrite, now: now)
  var rawTime = 0.0
  var ownTime = 0.0
  for start in stride(from: 0, to: count, by: batchSize) {
    let range = start..<min(start + batchSize, count)
    rawTime += await seconds { plain.write(raw[range]) }
    let batch = Array(drafts[range])
    ownTime += try await seconds { _ = try await ledger.append(batch) }
  }
  report("batch append, raw", rate(count, rawTime))
  report("batch append, ledger", "\(rate(count, ownTime)), \((rawTime / ownTime * 100).rounded() / 100) of raw")
  // Two callers keep the writer busy while the other's batch is made ready.
  let second = try await Ledger.open(at: folder + "/batch2.db", mode: .readWrite, now: now)
  let two = try await seconds {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for half in 0..<2 {
        group.addTask {
          for start in stride(from: half * batchSize, to: count, by: 2 * batchSize) {
            _ = try await second.append(Array(drafts[start..<min(start + batchSize, count)]))
          }
        }
      }
      try await group.waitForAll()
    }
  }
  report("batch append, ledger, two callers", "\(rate(count, two)), \((rawTime / two * 100).rounded() / 100) of raw")
  try await second.close()
  try await ledger.close()
}

/// Single durable appends, and sixteen at a time.
func singles() async throws {
  var random = SeededNumbers(state: seed + 1)
  let number = 4000
  let drafts = (0..<number).map { claimDraft($0, &random) }
  let raw = rows(drafts)
  let plain = try await emptyRaw("raw-single.db")
  let ledger = try await Ledger.open(at: folder + "/single.db", mode: .readWrite, now: now)
  var rawTime = 0.0
  var ownTime = 0.0
  for start in stride(from: 0, to: number, by: 200) {
    rawTime += await seconds { for row in start..<start + 200 { plain.write(raw[row...row]) } }
    ownTime += try await seconds { for item in start..<start + 200 { _ = try await ledger.append([drafts[item]]) } }
  }
  report("single durable, raw", rate(number, rawTime))
  report("single durable, ledger", "\(rate(number, ownTime)), \((rawTime / ownTime * 100).rounded() / 100) of raw")
  for callers in [1, 16] {
    let many = (0..<number * callers / 2).map { claimDraft($0, &random) }
    let path = folder + "/callers-\(callers).db"
    let shared = try await Ledger.open(at: path, mode: .readWrite, now: now)
    let time = try await seconds {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for caller in 0..<callers {
          group.addTask {
            for item in stride(from: caller, to: many.count, by: callers) { _ = try await shared.append([many[item]]) }
          }
        }
        try await group.waitForAll()
      }
    }
    report("durable, \(callers) callers", rate(many.count, time))
    try await shared.close()
  }
}

/// A log of a million entries: its size on disk, and a fold that starts cold.
func foldAndSize() async throws {
  let path = folder + "/fold.db"
  var canonical = 0
  var random = SeededNumbers(state: seed + 2)
  let ledger = try await Ledger.open(at: path, mode: .readWrite, now: now)
  for start in stride(from: 0, to: folds, by: batchSize) {
    let drafts = (start..<min(start + batchSize, folds)).map { claimDraft($0, &random) }
    let bodies = (0..<batchSize / 200).map { _ in body(&random) }
    _ = try await ledger.append(drafts, bodies: bodies)
    for draft in drafts { canonical += draft.content.canonical.count + draft.id.rawValue.utf8.count + draft.key.utf8.count + 87 }
    for body in bodies { canonical += storedSize(body) }
  }
  try await ledger.close()
  let size = fileBytes(path)
  report("size on disk", "\(size) bytes, \((Double(size) / Double(canonical) * 100).rounded() / 100) of canonical entries and bodies")
  for name in ["raw fold, cold", "raw fold, warm", "parsed fold, warm"] {
    if name.hasSuffix("cold") { dropCache(path) }
    var bytes = 0
    var members = 0
    let time = try await seconds {
      let ledger = try await Ledger.open(at: path, mode: .readOnly, now: now)
      if name.hasPrefix("raw") {
        try await ledger.readRaw { bytes += $0.content.count }
      } else {
        try await ledger.read { members += $0.content.members?.count ?? 0 }
      }
      try await ledger.close()
    }
    report(name, "\(folds) entries in \((time * 100).rounded() / 100) s")
  }
}

/// Asks the system to forget the file's pages.
func dropCache(_ path: String) {
  let descriptor = open(path, O_RDONLY)
  fsync(descriptor)
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
  close(descriptor)
}

let only = CommandLine.arguments.firstIndex(of: "--only").map { CommandLine.arguments[$0 + 1] }
if only ?? "prepare" == "prepare" { await preparation() }
if only ?? "batches" == "batches" { try await batches() }
if only ?? "singles" == "singles" { try await singles() }
if only ?? "fold" == "fold", folds > 0 { try await foldAndSize() }
