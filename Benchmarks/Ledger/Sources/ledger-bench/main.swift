// ledger-bench [--count N] [--fold N] [--seed N] [--only prepare|batches|singles|callers|fold] [--folds raw|decoded|JSON]
//   [--folder PATH] [--keep]
//
// The ledger beside SQLite's C interface, in one run: rounds of the one and the other in turn, and the medians over them.
import Foundation
import TruceLedger
import TruceModel

func option(_ name: String, _ standard: Int) -> Int { text(name).flatMap { Int($0) } ?? standard }

func text(_ name: String) -> String? {
  guard let at = CommandLine.arguments.firstIndex(of: name), at + 1 < CommandLine.arguments.count else { return nil }
  return CommandLine.arguments[at + 1]
}

let count = option("--count", 200_000)
let folds = option("--fold", 1_000_000)
let seed = UInt64(option("--seed", 1))
let keeps = CommandLine.arguments.contains("--keep")
let folder = text("--folder") ?? NSTemporaryDirectory() + "ledger-bench-\(getpid())"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
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
func rounded(_ value: Double) -> String { String(Double(Int(value * 100 + 0.5)) / 100) }
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Two ways of doing the same, measured in rounds that alternate.
struct Beside {
  var measure: [Double] = []
  var own: [Double] = []

  /// Own speed as a part of the measure's, by the median of the rounds' ratios.
  var ratio: Double { median(zip(measure, own).map { $0 / $1 }) }
}

func fileBytes(_ path: String) -> Int {
  ["", "-wal"].reduce(0) { $0 + (((try? FileManager.default.attributesOfItem(atPath: path + $1))?[.size] as? Int) ?? 0) }
}

func emptyRaw(_ name: String) async throws -> RawWriter {
  try await Ledger.open(at: folder + "/" + name, mode: .readWrite, now: now).close()
  return RawWriter(folder + "/" + name)
}

func rows(_ drafts: [Draft], from first: Int = 0) -> [RawRow] {
  drafts.enumerated().map { number, draft in
    let digest = Digest(of: draft.id.rawValue).bytes
    let hash = digest.withUnsafeBytes { Int64(bitPattern: $0.loadUnaligned(as: UInt64.self).bigEndian) }
    let key = Digest(of: draft.key).bytes.withUnsafeBytes { Int64(bitPattern: $0.loadUnaligned(as: UInt64.self).bigEndian) }
    return RawRow(
      sequence: Int64(first + number), recorded: now().milliseconds, leaf: digest, id: draft.id.rawValue, key: draft.key,
      content: draft.content.canonical, idHash: hash, keyHash: key)
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

/// Batches of ten thousand by one caller.
func batches() async throws {
  var random = SeededNumbers(state: seed)
  let drafts = (0..<count).map { claimDraft($0, &random) }
  let raw = rows(drafts)
  let plain = try await emptyRaw("raw-batch.db")
  let ledger = try await Ledger.open(at: folder + "/batch.db", mode: .readWrite, now: now)
  var beside = Beside()
  var processor = Beside()
  for start in stride(from: 0, to: count, by: batchSize) {
    let range = start..<min(start + batchSize, count)
    let batch = Array(drafts[range])
    var ticks = clock()
    beside.measure.append(await seconds { plain.write(raw[range]) })
    processor.measure.append(Double(clock() - ticks))
    ticks = clock()
    beside.own.append(try await seconds { _ = try await ledger.append(batch) })
    processor.own.append(Double(clock() - ticks))
  }
  func busy(_ ticks: [Double]) -> String { "\(rounded(median(ticks) / Double(CLOCKS_PER_SEC) / Double(batchSize) * 1e6)) us of processor time each" }
  report("batch append, raw", "\(rate(batchSize, median(beside.measure))), \(busy(processor.measure))")
  report("batch append, ledger", "\(rate(batchSize, median(beside.own))), \(rounded(beside.ratio)) of raw, \(busy(processor.own))")
  try await ledger.close()
}

/// Single durable appends by one caller.
func singles() async throws {
  var random = SeededNumbers(state: seed + 1)
  let number = 6000
  let round = 100
  let drafts = (0..<number).map { claimDraft($0, &random) }
  let raw = rows(drafts)
  let plain = try await emptyRaw("raw-single.db")
  let ledger = try await Ledger.open(at: folder + "/single.db", mode: .readWrite, now: now)
  var beside = Beside()
  for start in stride(from: 0, to: number, by: round) {
    beside.measure.append(await seconds { for row in start..<start + round { plain.write(raw[row...row]) } })
    beside.own.append(try await seconds { for item in start..<start + round { _ = try await ledger.append([drafts[item]]) } })
  }
  report("single durable, raw", rate(round, median(beside.measure)))
  report("single durable, ledger", "\(rate(round, median(beside.own))), \(rounded(beside.ratio)) of raw")
  try await ledger.close()
}

/// Sixteen callers at a time beside one, and sixteen raw rows a commit beside one: what sharing a commit can bring on this disk.
func callers() async throws {
  var random = SeededNumbers(state: seed + 3)
  let rounds = 30
  let ofOne = 100
  let ofMany = 100
  let lone = try await Ledger.open(at: folder + "/one.db", mode: .readWrite, now: now)
  let shared = try await Ledger.open(at: folder + "/sixteen.db", mode: .readWrite, now: now)
  let plainLone = try await emptyRaw("raw-one.db")
  let plainShared = try await emptyRaw("raw-sixteen.db")
  var beside = Beside()
  var plain = Beside()
  for round in 0..<rounds {
    let few = (0..<ofOne).map { claimDraft(round * ofOne + $0, &random) }
    let many = (0..<16 * ofMany).map { claimDraft(round * 16 * ofMany + $0, &random) }
    let (fewRows, manyRows) = (rows(few, from: round * few.count), rows(many, from: round * many.count))
    plain.measure.append(await seconds { for row in fewRows.indices { plainLone.write(fewRows[row...row]) } } / Double(few.count))
    plain.own.append(
      await seconds { for row in stride(from: 0, to: many.count, by: 16) { plainShared.write(manyRows[row..<row + 16]) } }
        / Double(many.count))
    beside.measure.append(try await seconds { for draft in few { _ = try await lone.append([draft]) } } / Double(few.count))
    beside.own.append(
      try await seconds {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for caller in 0..<16 {
            group.addTask { for item in stride(from: caller, to: many.count, by: 16) { _ = try await shared.append([many[item]]) } }
          }
          try await group.waitForAll()
        }
      } / Double(many.count))
  }
  report("durable, 1 row a commit, raw", rate(1, median(plain.measure)))
  report("durable, 16 rows a commit, raw", "\(rate(1, median(plain.own))), \(rounded(plain.ratio)) times one")
  report("durable, 1 caller", rate(1, median(beside.measure)))
  report("durable, 16 callers", "\(rate(1, median(beside.own))), \(rounded(beside.ratio)) times one")
  try await lone.close()
  try await shared.close()
}

/// A log of many entries, reports with their claims and readings: its size on disk, and folds that start cold.
func foldAndSize() async throws {
  let path = folder + "/fold.db"
  let ledger = try await Ledger.open(at: path, mode: .readWrite, now: now)
  let isKept = try await ledger.size() == UInt64(folds)
  let canonical = isKept ? 0 : try await fill(ledger)
  try await ledger.close()
  if !isKept {
    let size = fileBytes(path)
    report("size on disk", "\(size) bytes, \(rounded(Double(size) / Double(canonical))) of canonical entries and bodies")
  }
  try await fold("raw", path) { ledger in
    var seen = 0
    try await ledger.readRaw { seen += $0.content.count }
    return seen
  }
  try await fold("decoded", path) { ledger in
    var seen = 0
    try await ledger.readDecoded { if case .claim(let claim) = $0.content { seen += claim.who.count } else { seen += 1 } }
    return seen
  }
  try await fold("JSON", path) { ledger in
    var seen = 0
    try await ledger.read { seen += $0.content.members?.count ?? 0 }
    return seen
  }
}

/// Appends reports with their claims and readings; gives the bytes of the canonical entries and the stored bodies.
func fill(_ ledger: Ledger) async throws -> Int {
  var canonical = 0
  var random = SeededNumbers(state: seed + 2)
  var made = 0
  while made < folds {
    var drafts: [Draft] = []
    var bodies: [[UInt8]] = []
    while drafts.count < batchSize, made + drafts.count < folds {
      let text = body(&random)
      drafts += reportDrafts(made + drafts.count, text, &random)
      bodies.append(text)
    }
    drafts.removeLast(max(0, made + drafts.count - folds))
    made += drafts.count
    _ = try await ledger.append(drafts, bodies: bodies)
    for draft in drafts { canonical += draft.content.canonical.count + draft.id.rawValue.utf8.count + draft.key.utf8.count + 87 }
    for body in bodies { canonical += storedSize(body) }
  }
  return canonical
}

/// A fold over a whole ledger, from its opening to its closing: with the file's pages forgotten, then at once again.
func fold(_ name: String, _ path: String, _ read: (Ledger) async throws -> Int) async throws {
  for state in ["cold", "warm"] {
    guard (text("--folds") ?? name) == name else { continue }
    if state == "cold" { dropCache(path) }
    let processor = clock()
    var seen = 0
    let time = try await seconds {
      let ledger = try await Ledger.open(at: path, mode: .readOnly, now: now)
      seen = try await read(ledger)
      try await ledger.close()
    }
    let busy = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
    report("\(name) fold, \(state)", "\(folds) entries in \(rounded(time)) s, \(rounded(busy)) s of processor time, saw \(seen)")
  }
}

/// Asks the system to forget the file's pages.
func dropCache(_ path: String) {
  let descriptor = open(path, O_RDONLY)
  fsync(descriptor)
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
  close(descriptor)
}

let only = text("--only")
if only ?? "prepare" == "prepare" { await preparation() }
if only ?? "batches" == "batches" { try await batches() }
if only ?? "singles" == "singles" { try await singles() }
if only ?? "callers" == "callers" { try await callers() }
if only ?? "fold" == "fold", folds > 0 { try await foldAndSize() }
if !keeps { try? FileManager.default.removeItem(atPath: folder) }
