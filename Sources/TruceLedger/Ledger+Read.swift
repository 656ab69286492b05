// Recall: entries by sequence, kind, key and id, and how many there were at a moment.
internal import GRDB
public import TruceModel

extension Ledger {
  /// The most entries and bytes that one access copies out of the file.
  static let pageRows = 8192
  static let pageBytes = 4 << 20

  /// Hands out entries in their order.
  ///
  /// - Parameters:
  ///   - from: The first sequence.
  ///   - until: The sequence to stop before; nil for all that are there when the call begins.
  ///   - kinds: Only these kinds; nil for all.
  ///   - key: Only entries with this key; nil for all.
  ///   - body: Called for each entry; what it throws ends the reading.
  public func read(
    from: UInt64 = 0, until: UInt64? = nil, kinds: Set<EntryKind>? = nil, key: String? = nil, _ body: (Entry) throws -> Void
  ) async throws {
    try await readRaw(from: from, until: until, kinds: kinds, key: key) { try body(try $0.entry()) }
  }

  /// Hands out entries in their order as they lie in the file: what a fold over many decodes itself.
  ///
  /// The next entries are fetched while `body` works.
  public func readRaw(
    from: UInt64 = 0, until: UInt64? = nil, kinds: Set<EntryKind>? = nil, key: String? = nil, _ body: (RawEntry) throws -> Void
  ) async throws {
    let all = try await size()
    let end = min(until ?? all, all)
    guard from < end else { return }
    // Claims are the mass of a log: where they are wanted, a walk is quicker than a list.
    if key == nil, kinds?.contains(.claim) ?? true {
      try await walk(from: from, until: end, kinds: kinds, body)
    } else {
      let list = try await sequences(from: from, until: end, kinds: kinds, key: key)
      var start = 0
      while start < list.count {
        let part = list[start..<min(start + 1024, list.count)]
        let page = try await access { database in
          let statement = try RawStatement(
            database, entryColumns + "WHERE sequence = ?")
          var page = RawPage()
          for sequence in part {
            statement.bind(1, sequence)
            while try statement.step() { try page.append(statement) }
          }
          return page
        }
        try page.forEach { entry in
          if let key, !entry.keyBytes.elementsEqual(key.utf8) { return }
          if let kinds, !kinds.contains(entry.kind) { return }
          try body(entry)
        }
        start += part.count
      }
    }
  }

  private func walk(from: UInt64, until: UInt64, kinds: Set<EntryKind>?, _ body: (RawEntry) throws -> Void) async throws {
    var filter = ""
    if let kinds { filter = "AND kind IN (\(kinds.map { String(Schema.code(of: $0)) }.sorted().joined(separator: ",")))" }
    let sql =
      entryColumns + "WHERE sequence >= ? AND sequence < ? \(filter) ORDER BY sequence"
    let fetch = { @Sendable [self] (start: UInt64) async throws -> RawPage in
      try await access { database in
        let statement = try RawStatement(database, sql)
        statement.bind(1, start)
        statement.bind(2, until)
        var page = RawPage()
        page.bytes.reserveCapacity(Ledger.pageBytes + (64 << 10))
        page.rows.reserveCapacity(Ledger.pageRows)
        while page.rows.count < Ledger.pageRows, page.bytes.count < Ledger.pageBytes, try statement.step() { try page.append(statement) }
        statement.reset()
        return page
      }
    }
    var page = try await fetch(from)
    while let last = page.rows.last {
      let start = last.sequence + 1
      if start >= until { return try page.forEach(body) }
      async let next = fetch(start)
      try page.forEach(body)
      page = try await next
    }
  }

  private func sequences(from: UInt64, until: UInt64, kinds: Set<EntryKind>?, key: String?) async throws -> [UInt64] {
    try await access { database in
      var found: [UInt64] = []
      if let key {
        let statement = try RawStatement(
          database, "SELECT sequence FROM keys WHERE hash = ? AND sequence >= ? AND sequence < ? ORDER BY sequence")
        statement.bind(1, lookupHash(key))
        statement.bind(2, from)
        statement.bind(3, until)
        while try statement.step() { found.append(statement.unsigned(0)) }
        return found
      }
      let statement = try RawStatement(
        database, "SELECT sequence FROM kinds WHERE kind = ? AND sequence >= ? AND sequence < ? ORDER BY sequence")
      for kind in kinds ?? [] {
        statement.bind(1, Schema.code(of: kind))
        statement.bind(2, from)
        statement.bind(3, until)
        while try statement.step() { found.append(statement.unsigned(0)) }
      }
      return found.sorted()
    }
  }

  /// The entry of an id; nil where there is none.
  public func entry(_ id: EntryID) async throws -> Entry? {
    let name = id.rawValue
    let page = try await access { database -> RawPage in
      var page = RawPage()
      guard let sequence = try findID(name, database) else { return page }
      let statement = try RawStatement(database, entryColumns + "WHERE sequence = ?")
      statement.bind(1, sequence)
      while try statement.step() { try page.append(statement) }
      return page
    }
    return try page.first()
  }

  /// The entry of a sequence; nil where the ledger ends before it.
  public func entry(at sequence: UInt64) async throws -> Entry? {
    guard sequence <= UInt64(Int64.max) else { return nil }
    return try await access { database -> RawPage in
      var page = RawPage()
      let statement = try RawStatement(database, entryColumns + "WHERE sequence = ?")
      statement.bind(1, sequence)
      while try statement.step() { try page.append(statement) }
      return page
    }.first()
  }

  /// A body by its SHA-256; nil where there is none, or it was erased.
  ///
  /// - Throws: `LedgerError.damaged` where the bytes that are stored have another digest.
  public func body(_ digest: Digest) async throws -> [UInt8]? {
    try await access { database in
      let statement = try RawStatement(database, "SELECT form, size, bytes FROM bodies WHERE digest = ?")
      statement.bind(1, digest.bytes)
      guard try statement.step() else { return nil }
      defer { statement.reset() }
      if statement.integer(0) == BodyForm.erased.rawValue { return nil }
      let bytes = bodyBytes(form: statement.integer(0), size: statement.integer(1), stored: statement.bytes(2))
      guard let bytes, Digest(of: bytes) == digest else {
        throw LedgerError(.damaged, "the body \(digest) does not have this digest; `truce verify` names what else is damaged")
      }
      return bytes
    }
  }

  /// A personal text by its salted digest; nil where there is none, or it was erased.
  public func personal(_ digest: Digest) async throws -> String? {
    try await access { database in
      let statement = try RawStatement(database, "SELECT salt, text FROM personal WHERE digest = ?")
      statement.bind(1, digest.bytes)
      guard try statement.step() else { return nil }
      defer { statement.reset() }
      if statement.bytes(0).isEmpty { return nil }
      guard let found = Personal(statement.string(1), salt: statement.array(0)), found.digest == digest else {
        throw LedgerError(.damaged, "the personal text \(digest) does not have this digest; `truce verify` names what else is damaged")
      }
      return found.text
    }
  }

  /// How many entries there are.
  public func size() async throws -> UInt64 {
    try await access { database in
      try storedHead(database).size
    }
  }

  /// How many entries had been recorded at or before a moment: the prefix that was known then.
  public func size(at known: Instant) async throws -> UInt64 {
    try await access { database in
      var high = try storedHead(database).size
      let statement = try RawStatement(database, "SELECT recorded FROM entries WHERE sequence = ?")
      var low: UInt64 = 0
      while low < high {
        let middle = low + (high - low) / 2
        statement.bind(1, middle)
        guard try statement.step() else { throw LedgerError(.damaged, "entry \(middle) is missing; `truce verify` names what else is") }
        if statement.integer(0) <= known.milliseconds { low = middle + 1 } else { high = middle }
        statement.reset()
      }
      return low
    }
  }

  /// Reads on one of the pool's connections, in one snapshot.
  func access<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    do { return try await pool.read(work) } catch { throw ledgerError(error, file: path) }
  }
}

extension RawPage {
  fileprivate func first() throws -> Entry? {
    var found: Entry?
    try forEach { found = try $0.entry() }
    return found
  }
}

/// The sequence of an id, by the lookup table.
func findID(_ id: String, _ database: Database) throws -> UInt64? {
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
