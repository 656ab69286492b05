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

/// Ways of doing the same, measured in rounds that alternate.
struct Beside {
  /// SQLite's C interface, every row with its lookups; and with lookups that follow as the ledger's do.
  var measure: [Double] = []
  var following: [Double] = []
  var own: [Double] = []

  /// Own speed as a part of the measure's, by the median of the rounds' ratios.
  var ratio: Double { median(zip(measure, own).map { $0 / $1 }) }
  var ratioToFollowing: Double { median(zip(following, own).map { $0 / $1 }) }
}

/// Entries of a round of small commits: so many that each round pays for whole turns of what comes once for many commits.
let roundOfCommits = 4096

func fileBytes(_ path: String) -> Int {
  ["", "-wal"].reduce(0) { $0 + (((try? FileManager.default.attributesOfItem(atPath: path + $1))?[.size] as? Int) ?? 0) }
}

func emptyRaw(_ name: String, lookupsFollow: Bool = false) async throws -> RawWriter {
  try await Ledger.open(at: folder + "/" + name, mode: .readWrite, now: now).close()
  return RawWriter(folder + "/" + name, lookupsFollow: lookupsFollow)
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
  let following = try await emptyRaw("raw-batch-following.db", lookupsFollow: true)
  let ledger = try await Ledger.open(at: folder + "/batch.db", mode: .readWrite, now: now)
  var beside = Beside()
  var processor = Beside()
  func measured(_ work: () async throws -> Void) async rethrows -> (seconds: Double, processor: Double) {
    let ticks = clock()
    let time = try await seconds(work)
    return (time, Double(clock() - ticks) / Double(CLOCKS_PER_SEC) / Double(batchSize) * 1e6)
  }
  for start in stride(from: 0, to: count - count % batchSize, by: batchSize) {
    let range = start..<start + batchSize
    let batch = Array(drafts[range])
    let first = await measured { plain.write(raw[range]) }
    let second = await measured { following.write(raw[range]) }
    let third = try await measured { _ = try await ledger.append(batch) }
    beside.measure.append(first.seconds)
    beside.following.append(second.seconds)
    beside.own.append(third.seconds)
    processor.measure.append(first.processor)
    processor.following.append(second.processor)
    processor.own.append(third.processor)
  }
  func line(_ times: [Double], _ processor: [Double]) -> String {
    // What comes once for several batches shows only over all of them.
    "\(rate(batchSize, median(times))), over all \(rate(batchSize * times.count, times.reduce(0, +))), "
      + "\(rounded(median(processor))) us of processor time each"
  }
  report("batch append, raw", line(beside.measure, processor.measure))
  report("batch append, raw, lookups follow", line(beside.following, processor.following))
  report("batch append, ledger", "\(line(beside.own, processor.own)), \(rounded(beside.ratio)) of raw, \(rounded(beside.ratioToFollowing))")
  try await ledger.close()
}

/// Single durable appends by one caller.
func singles() async throws {
  var random = SeededNumbers(state: seed + 1)
  let rounds = 6
  let drafts = (0..<rounds * roundOfCommits).map { claimDraft($0, &random) }
  let raw = rows(drafts)
  let plain = try await emptyRaw("raw-single.db")
  let following = try await emptyRaw("raw-single-following.db", lookupsFollow: true)
  let ledger = try await Ledger.open(at: folder + "/single.db", mode: .readWrite, now: now)
  var beside = Beside()
  for start in stride(from: 0, to: drafts.count, by: roundOfCommits) {
    let range = start..<start + roundOfCommits
    beside.measure.append(await seconds { for row in range { plain.write(raw[row...row]) } })
    beside.following.append(await seconds { for row in range { following.write(raw[row...row]) } })
    beside.own.append(try await seconds { for item in range { _ = try await ledger.append([drafts[item]]) } })
  }
  report("single durable, raw", rate(roundOfCommits, median(beside.measure)))
  report("single durable, raw, lookups follow", rate(roundOfCommits, median(beside.following)))
  report(
    "single durable, ledger",
    "\(rate(roundOfCommits, median(beside.own))), \(rounded(beside.ratio)) of raw, \(rounded(beside.ratioToFollowing))")
  try await ledger.close()
}

/// Sixteen callers at a time beside one, and sixteen raw rows a commit beside one: what sharing a commit can bring on this disk.
func callers() async throws {
  var random = SeededNumbers(state: seed + 3)
  let rounds = 6
  let lone = try await Ledger.open(at: folder + "/one.db", mode: .readWrite, now: now)
  let shared = try await Ledger.open(at: folder + "/sixteen.db", mode: .readWrite, now: now)
  let plainLone = try await emptyRaw("raw-one.db")
  let plainShared = try await emptyRaw("raw-sixteen.db")
  var beside = Beside()
  var plain = Beside()
  for round in 0..<rounds {
    let drafts = (0..<roundOfCommits).map { claimDraft(round * roundOfCommits + $0, &random) }
    let raw = rows(drafts, from: round * roundOfCommits)
    plain.measure.append(await seconds { for row in raw.indices { plainLone.write(raw[row...row]) } })
    plain.own.append(await seconds { for row in stride(from: 0, to: raw.count, by: 16) { plainShared.write(raw[row..<row + 16]) } })
    beside.measure.append(try await seconds { for draft in drafts { _ = try await lone.append([draft]) } })
    beside.own.append(
      try await seconds {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for caller in 0..<16 {
            group.addTask { for item in stride(from: caller, to: drafts.count, by: 16) { _ = try await shared.append([drafts[item]]) } }
          }
          try await group.waitForAll()
        }
      })
  }
  report("durable, 1 row a commit, raw", rate(roundOfCommits, median(plain.measure)))
  report("durable, 16 rows a commit, raw", "\(rate(roundOfCommits, median(plain.own))), \(rounded(plain.ratio)) times one")
  report("durable, 1 caller", rate(roundOfCommits, median(beside.measure)))
  report("durable, 16 callers", "\(rate(roundOfCommits, median(beside.own))), \(rounded(beside.ratio)) times one")
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
