// Entries deleted, put into another order and back-dated, in a ledger's file and in its exported log.
import CSQLite
import Foundation
import TruceLedger
import TruceModel

/// A way of changing what was recorded.
private enum Change: CaseIterable {
  case delete, cut, swap, move, double, backdate

  /// The entries after the change; entry 0 is the first.
  func apply(to entries: [Entry], _ random: inout SeededNumbers) -> [Entry] {
    var changed = entries
    let place = Int(random.next() % UInt64(entries.count))
    switch self {
    case .delete: changed.remove(at: place)
    case .cut: changed.removeLast(entries.count - place)
    case .swap: changed.swapAt(place, (place + 1 + Int(random.next() % UInt64(entries.count - 1))) % entries.count)
    case .move:
      let entry = changed.remove(at: place)
      changed.insert(entry, at: (place + 1 + Int(random.next() % UInt64(changed.count))) % (changed.count + 1))
      if changed.map(\.id) == entries.map(\.id) { changed.swapAt(0, 1) }
    case .double:
      var entry = entries[place]
      entry.id = EntryID(entry.id.rawValue + "-again")
      changed.insert(entry, at: place)
    case .backdate: changed[place].recorded = entries[place].recorded.adding(milliseconds: -1 - Int64(random.next() % 200_000_000))
    }
    return changed
  }
}

/// How much of what is derived the forger carries along.
private enum Care: CaseIterable {
  /// Rows only, as a hand with `sqlite3` or an editor does it.
  case none
  /// The leaves too.
  case leaves
  /// Leaves, tree, head, lookups, header and digest: all but the signature.
  case everything
}

/// Makes `count` changes in the file and `count` in the log, each with every care; the check with the log's key must find each.
func changeTrial(count: Int, seed: UInt64) async throws {
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let ledger = try await TrialLedger.make(in: folder)
  var entries: [Entry] = []
  let original = try await Ledger.open(at: folder + "/trial.db", mode: .readOnly, now: now)
  try await original.read { entries.append($0) }
  try await original.close()
  var random = SeededNumbers(state: seed)
  var made = 0
  for round in 0..<count {
    let change = Change.allCases[round % Change.allCases.count]
    let care = Care.allCases[round / Change.allCases.count % Care.allCases.count]
    let changed = change.apply(to: entries, &random)
    let what = "seed \(seed), round \(round): \(change) with care for \(care)"
    let file = folder + "/copy.db"
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
    try Data(ledger.file).write(to: URL(fileURLWithPath: file))
    try rewrite(file, changed, care)
    guard try await !Ledger.verify(at: file, keys: [ledger.key]).isIntact else { throw Fault("\(what), in the file, was not found") }
    let log = folder + "/copy.ndjson"
    try Data(rewritten(ledger.log, changed, care)).write(to: URL(fileURLWithPath: log))
    guard try await !Ledger.verifyLog(at: log, keys: [ledger.key]).isIntact else { throw Fault("\(what), in the log, was not found") }
    made += 2
    if made % 2000 == 0 { say("\(made) changes, every one found") }
  }
  // The forger's care is real: without a change, what was rewritten with it is intact, signature and all.
  try Data(ledger.file).write(to: URL(fileURLWithPath: folder + "/copy.db"))
  try rewrite(folder + "/copy.db", entries, .everything)
  let same = try await Ledger.verify(at: folder + "/copy.db", keys: [ledger.key], derived: true)
  guard same.isIntact else { throw Fault("rewriting alone damages the file: \(same.summary)") }
  guard rewritten(ledger.log, entries, .everything) == ledger.log else { throw Fault("rewriting alone changes the log") }
  say("done: \(made) deletions, cuts, swaps, moves, doublings and back-datings, every one found")
}

private func leaf(_ entry: Entry) -> Digest { Digest(of: [0] + entry.leafBytes) }

/// The root over leaves, as RFC 6962 section 2.1 defines it.
private func root(_ leaves: ArraySlice<Digest>) -> Digest {
  if leaves.count <= 1 { return leaves.first ?? Digest(of: "") }
  var split = 1
  while split * 2 < leaves.count { split *= 2 }
  return Digest(of: [1] + root(leaves.prefix(split)).bytes + root(leaves.dropFirst(split)).bytes)
}

/// Puts other entries into a ledger's file, with as much care as is asked for.
private func rewrite(_ path: String, _ entries: [Entry], _ care: Care) throws {
  var connection: OpaquePointer?
  guard sqlite3_open(path, &connection) == SQLITE_OK else { throw Fault("\(path) cannot be opened") }
  defer { sqlite3_close(connection) }
  func run(_ sql: String) throws {
    guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw Fault(String(cString: sqlite3_errmsg(connection))) }
  }
  func hex(_ digest: Digest) -> String { "X'\(digest.hex)'" }
  try run("BEGIN; CREATE TEMP TABLE kept AS SELECT id, kind, leaf, content FROM entries; DELETE FROM entries")
  var sql = ""
  for (sequence, entry) in entries.enumerated() {
    let id = entry.id.rawValue.replacingOccurrences(of: "-again", with: "")
    let hash = care == .none ? "leaf" : hex(leaf(entry))
    sql +=
      "INSERT INTO entries SELECT \(sequence), \(entry.recorded.milliseconds), kind, \(hash), '\(entry.id)', '\(entry.key)', content "
      + "FROM kept WHERE id = '\(id)';"
  }
  if care == .everything {
    let leaves = entries.map(leaf)
    sql += "UPDATE head SET size = \(leaves.count), lookups = \(leaves.count), root = \(hex(root(leaves[...]))); DELETE FROM nodes;"
    for position in 0..<leaves.count / 256 {
      sql += "INSERT INTO nodes VALUES (1, \(position), \(hex(root(leaves[position * 256..<position * 256 + 256]))));"
    }
    sql += "DELETE FROM kinds; INSERT INTO kinds SELECT kind, sequence FROM entries;"
  }
  try run(sql + "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
}

/// A log with other entries: the lines around them stay where they were, or as near as they can.
private func rewritten(_ log: [UInt8], _ entries: [Entry], _ care: Care) -> [UInt8] {
  var lines = log.split(separator: 0x0A).map(Array.init)
  let isEntry = { (line: [UInt8]) in line.starts(with: Array("{\"content\":".utf8)) }
  var rest = entries[...]
  var out: [[UInt8]] = []
  for line in lines.dropLast() {
    if !isEntry(line) { out.append(line) } else if let entry = rest.popFirst() { out.append(entry.leafBytes) }
  }
  out += rest.map(\.leafBytes)
  lines = out + [lines.last!]
  if care != .none {
    let leaves = entries.map(leaf)
    lines[0] =
      JSON.object([
        .init("entries", JSON(leaves.count)), .init("format", "truce-log"), .init("root", JSON(root(leaves[...]))), .init("version", 1),
      ]).canonical
  }
  if care == .everything {
    let body = Array(lines.dropLast().joined(separator: [0x0A])) + [0x0A]
    lines[lines.count - 1] = JSON.object([.init("sha256", JSON(Digest(of: body)))]).canonical
  }
  return Array(lines.joined(separator: [0x0A])) + [0x0A]
}
