// The lookups' writer: they follow the record in one go for many entries, and until then the log's end is kept here.
internal import GRDB
internal import TruceModel

/// The entries that the lookup tables do not hold yet, and the way into the tables.
///
/// The lookups are derived. So a commit writes the record alone, and every `most` entries their rows are put into the tables together: in the
/// order of the tables, which makes neighbours of rows that fall on one page. `head.lookups` says where the tables end; readers walk from
/// there, and the next writer takes up from there what a process left that ended before it was put in.
///
/// Unchecked: only the writer's thread reaches the value.
final class Lookups: @unchecked Sendable {
  /// The most entries that a commit leaves to be put into the tables later: what a reader walks in place of a lookup.
  static let most = 4096
  /// Entries that are put in at a time where many are: while the tables are made anew.
  private static let mostOfRebuilding = 65_536

  /// An entry's rows but for its sequence, which follows from its place.
  private struct Rows {
    /// The number in `ids` that stands for the id: its hash, or the first behind it that no other id has.
    var slot: Int64
    var key: Int64?
    var kind: Int64
  }

  let statements: InsertStatements
  /// The tables hold the entries below this.
  private(set) var end: UInt64
  private var rows: [Rows] = []
  /// Whether the open transaction holds their rows.
  private var isStored = false
  private var sequences: [Int64: UInt64] = [:]

  /// For an empty log.
  init(_ statements: InsertStatements) {
    self.statements = statements
    end = 0
  }

  /// Takes up what the tables lack of a log of `size` entries.
  ///
  /// Tables that end elsewhere than the head says are made anew, as they are where it is asked for: they are never trusted over the log.
  /// - Throws: `LedgerError.damaged` where two entries have one id.
  init(_ statements: InsertStatements, _ database: Database, size: UInt64, rebuilding: Bool = false) throws {
    self.statements = statements
    end = try lookupsEnd(database)
    let isRight = try !rebuilding && fits(database, size: size)
    if isRight, size - end < UInt64(Lookups.most) {
      try takeUp(database, until: size)
      return
    }
    try database.inTransaction(.immediate) {
      if !isRight {
        try database.execute(sql: "DELETE FROM ids; DELETE FROM keys; DELETE FROM kinds")
        end = 0
      }
      try takeUp(database, until: size)
      try store()
      try storeEnd(database)
      return .commit
    }
    settle()
  }

  /// How many entries wait to be put into the tables.
  var count: Int { rows.count }

  /// The entry whose id has a number; nil where the number is free.
  private func sequence(at slot: Int64) throws -> UInt64? {
    if let sequence = sequences[slot] { return sequence }
    statements.taken.bind(1, slot)
    guard try statements.taken.step() else { return nil }
    defer { statements.taken.reset() }
    return statements.taken.unsigned(0)
  }

  /// The number that stands for an id, given its hash, and the entry that has the id; nil where none has it, and the number is free.
  ///
  /// - Throws: `LedgerError.damaged` where the lookup names an entry that is not there.
  func place(of id: String, hash: Int64) throws -> (slot: Int64, first: UInt64?) {
    var slot = hash
    while let sequence = try sequence(at: slot) {
      let stored = statements.stored
      stored.bind(1, sequence)
      defer { stored.reset() }
      guard try stored.step() else {
        throw LedgerError(.damaged, "the lookup of ids names entry \(sequence), which is not there; `truce verify --derived` compares it")
      }
      if stored.bytes(3).elementsEqual(id.utf8) { return (slot, sequence) }
      // Two ids with one 64-bit hash: the next number stands for the second.
      slot &+= 1
    }
    return (slot, nil)
  }

  /// Takes an entry behind those that are there, its id under a number that is free.
  func append(slot: Int64, key: Int64?, kind: Int64) {
    sequences[slot] = end + UInt64(rows.count)
    rows.append(Rows(slot: slot, key: key, kind: kind))
  }

  /// Writes the rows of all that wait into the tables; the transaction's `settle` or `remove` follows.
  func store() throws {
    let numbered = zip(rows, end...)
    try statements.id.run(numbered.map { ($0.slot, $1) }.sorted(by: <))
    try statements.key.run(numbered.compactMap { row, sequence in row.key.map { ($0, sequence) } }.sorted(by: <))
    try statements.kind.run(numbered.map { ($0.kind, $1) }.sorted(by: <))
    isStored = true
  }

  /// Puts all that wait into the tables, in a transaction of its own.
  func finish(_ database: Database) throws {
    guard count > 0 else { return }
    try database.inTransaction(.immediate) {
      try store()
      try storeEnd(database)
      return .commit
    }
    settle()
  }

  /// Leaves what was stored to the tables, when it is durable.
  func settle() {
    guard isStored else { return }
    isStored = false
    end += UInt64(rows.count)
    rows.removeAll(keepingCapacity: rows.count <= Lookups.most)
    sequences.removeAll(keepingCapacity: sequences.capacity <= 4 * Lookups.most)
  }

  /// Takes back the entries from a sequence on, which were not committed.
  func remove(from size: UInt64) {
    isStored = false
    while end + UInt64(rows.count) > size { sequences[rows.removeLast().slot] = nil }
  }

  /// Takes the entries behind those that are there; where they are many, into the tables.
  private func takeUp(_ database: Database, until size: UInt64) throws {
    let entry = try RawStatement(database, "SELECT id, key, kind FROM entries WHERE sequence >= ? AND sequence < ? ORDER BY sequence")
    entry.bind(1, end)
    entry.bind(2, size)
    while try entry.step() {
      if count == Lookups.mostOfRebuilding {
        try store()
        settle()
      }
      let id = entry.string(0)
      let (slot, first) = try place(of: id, hash: lookupHash(id))
      if first != nil { throw LedgerError(.damaged, "two entries have the id '\(id)'") }
      let key = entry.string(1)
      append(slot: slot, key: key.isEmpty ? nil : lookupHash(key), kind: entry.integer(2))
    }
  }

  /// Whether the lookup of ids ends where the head says: the entry in front of the end has its row, the one behind it has none.
  private func fits(_ database: Database, size: UInt64) throws -> Bool {
    guard end <= size else { return false }
    let entry = try RawStatement(database, "SELECT id FROM entries WHERE sequence = ?")
    func hasRow(_ sequence: UInt64) throws -> Bool {
      entry.bind(1, sequence)
      guard try entry.step() else { return false }
      defer { entry.reset() }
      return try lookedUpID(entry.string(0), database) == sequence
    }
    return try (end == 0 || hasRow(end - 1)) && !hasRow(end)
  }

  /// Says in the head that the tables hold what was stored.
  private func storeEnd(_ database: Database) throws {
    let statement = try RawStatement(database, "UPDATE head SET lookups = ? WHERE one = 1")
    statement.bind(1, end + UInt64(rows.count))
    try statement.run()
  }
}

/// The sequence at which the lookup tables end: they hold the entries below it. In a file of the first layout they hold all.
func lookupsEnd(_ database: Database) throws -> UInt64 {
  let version = try RawStatement(database, "PRAGMA user_version")
  guard try version.step() else { throw LedgerError(.damaged, "the ledger's layout version cannot be read") }
  let column = version.integer(0) == 1 ? "size" : "lookups"
  version.reset()
  let head = try RawStatement(database, "SELECT \(column) FROM head WHERE one = 1")
  guard try head.step() else { throw LedgerError(.damaged, "the ledger's head is missing") }
  defer { head.reset() }
  return UInt64(max(0, head.integer(0)))
}

/// The sequence of an id by the lookup table alone.
func lookedUpID(_ id: String, _ database: Database) throws -> UInt64? {
  var hash = lookupHash(id)
  let lookup = try RawStatement(database, "SELECT entries.sequence, entries.id FROM ids JOIN entries USING (sequence) WHERE hash = ?")
  while true {
    lookup.bind(1, hash)
    guard try lookup.step() else { return nil }
    defer { lookup.reset() }
    if lookup.bytes(1).elementsEqual(id.utf8) { return lookup.unsigned(0) }
    hash &+= 1
  }
}

/// The sequence of an id: by the lookup table, then among the entries behind it.
func findID(_ id: String, _ database: Database) throws -> UInt64? {
  if let sequence = try lookedUpID(id, database) { return sequence }
  let rest = try RawStatement(database, "SELECT sequence FROM entries WHERE sequence >= ? AND id = ?")
  rest.bind(1, try lookupsEnd(database))
  rest.bind(2, id)
  guard try rest.step() else { return nil }
  defer { rest.reset() }
  return rest.unsigned(0)
}
