// What is derived and kept, against the log that it is derived from.
internal import GRDB
internal import TruceModel

/// Compares the lookup tables with what the entries say: those that the head says the tables hold, and no others.
struct DerivedCheck {
  let database: Database

  init(_ database: Database) { self.database = database }

  func run(into result: inout Verification) throws {
    let entry = try RawStatement(database, "SELECT sequence, kind, id, key, content FROM entries ORDER BY sequence")
    let id = try RawStatement(database, "SELECT sequence FROM ids WHERE hash = ?")
    let key = try RawStatement(database, "SELECT 1 FROM keys WHERE hash = ? AND sequence = ?")
    let kind = try RawStatement(database, "SELECT 1 FROM kinds WHERE kind = ? AND sequence = ?")
    let end = try lookupsEnd(database)
    var entries: Int64 = 0
    var keys: Int64 = 0
    while try entry.step() {
      let sequence = entry.unsigned(0)
      let name = entry.string(2)
      let content = Array(entry.bytes(4))
      if (try? JSON(parsing: content))?.canonical != content {
        result.add(.error, "entry \(sequence) ('\(name)'): its content is not canonical JSON (RFC 8785)", evidence: [name])
      }
      guard sequence < end else { continue }
      entries += 1
      if try find(name, sequence, id) == false {
        result.add(.error, "the lookup of ids does not lead to entry \(sequence) ('\(name)')", evidence: [name])
      }
      kind.bind(1, entry.integer(1))
      kind.bind(2, sequence)
      if try !kind.step() { result.add(.error, "the lookup of kinds lacks entry \(sequence)") }
      kind.reset()
      let word = entry.string(3)
      if !word.isEmpty {
        keys += 1
        key.bind(1, lookupHash(word))
        key.bind(2, sequence)
        if try !key.step() { result.add(.error, "the lookup of keys lacks entry \(sequence) under '\(word)'") }
        key.reset()
      }
    }
    for (table, right) in [("ids", entries), ("kinds", entries), ("keys", keys)] {
      let found = try Int64.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
      if found != right { result.add(.error, "the lookup of \(table) has \(found) rows, \(right) are right") }
    }
  }

  /// Follows the lookup as readers do: from the id's hash upwards, as long as other ids stand there.
  private func find(_ name: String, _ sequence: UInt64, _ lookup: RawStatement) throws -> Bool {
    var hash = lookupHash(name)
    for _ in 0..<64 {
      lookup.bind(1, hash)
      defer { lookup.reset() }
      guard try lookup.step() else { return false }
      if lookup.unsigned(0) == sequence { return true }
      hash &+= 1
    }
    return false
  }
}

extension Ledger {
  /// Makes the lookup tables and the tree's stored nodes anew from the entries alone.
  ///
  /// - Throws: `LedgerError.damaged` where two entries have one id.
  public func rebuildDerived() async throws {
    guard let writer else { throw LedgerError(.readOnly, "the ledger was opened for reading", file: path) }
    try await writer.perform { database in
      try database.inTransaction(.immediate) {
        try database.execute(sql: "DELETE FROM nodes")
        let entry = try RawStatement(database, "SELECT sequence, leaf FROM entries ORDER BY sequence")
        let node = try RawStatement(database, "INSERT INTO nodes (level, position, hash) VALUES (?, ?, ?)")
        var frontier = Frontier()
        while try entry.step() {
          guard let leaf = entry.hash(1) else { throw LedgerError(.damaged, "entry \(entry.unsigned(0)): its leaf has not 32 bytes") }
          try frontier.append(leaf) { complete in
            node.bind(1, Int64(complete.level))
            node.bind(2, complete.position)
            node.bind(3, complete.hash)
            try node.run()
          }
        }
        return .commit
      }
    }
    try await writer.rebuildLookups()
  }
}
