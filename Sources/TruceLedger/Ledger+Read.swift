// Recall: entries by sequence, kind, key and id, and how many there were at a moment.
internal import GRDB
public import TruceModel

extension Ledger {
  /// The most entries of a page, and about the bytes at which one is full.
  static let pageRows = 4096
  static let pageBytes = 4 << 20

  /// Hands out entries in their order, their contents parsed.
  ///
  /// The next entries are read and parsed over all cores while `body` works.
  ///
  /// - Parameters:
  ///   - isolation: Where `body` is called: the caller's own actor.
  ///   - from: The first sequence.
  ///   - until: The sequence to stop before; nil for all that are there when the call begins.
  ///   - kinds: Only these kinds; nil for all.
  ///   - key: Only entries with this key; nil for all.
  ///   - body: Called for each entry; what it throws ends the reading.
  public func read(
    isolation: isolated (any Actor)? = #isolation, from: UInt64 = 0, until: UInt64? = nil, kinds: Set<EntryKind>? = nil,
    key: String? = nil, _ body: (Entry) throws -> Void
  ) async throws {
    let make = { @Sendable (rows: inout EntryRows) throws -> [Entry] in
      var page: [Entry] = []
      while let entry = try rows.next() { page.append(try entry.entry()) }
      return page
    }
    try await pages(from: from, until: until, kinds: kinds, key: key, make: make) { try Ledger.handOut($0, body) }
  }

  /// Hands out entries in their order, decoded: claims as claims, the rest as JSON. What a fold over a whole ledger reads.
  ///
  /// The next entries are read and decoded over all cores while `body` works; the parameters are those of `read`.
  public func readDecoded(
    isolation: isolated (any Actor)? = #isolation, from: UInt64 = 0, until: UInt64? = nil, kinds: Set<EntryKind>? = nil,
    key: String? = nil, _ body: (DecodedEntry) throws -> Void
  ) async throws {
    let decoders = Decoders()
    let make = { @Sendable (rows: inout EntryRows) throws -> [DecodedEntry] in
      try decoders.borrow { decoder in
        var page: [DecodedEntry] = []
        page.reserveCapacity(Ledger.pageRows)
        while let entry = try rows.next() { page.append(try entry.decoded(by: &decoder)) }
        return page
      }
    }
    try await pages(from: from, until: until, kinds: kinds, key: key, make: make) { try Ledger.handOut($0, body) }
  }

  /// Hands out a page's entries where they lie; `forEach` would copy each.
  private static func handOut<Item>(_ page: [Item], _ body: (Item) throws -> Void) rethrows {
    for place in page.indices { try body(page[place]) }
  }

  /// Hands out entries in their order as they lie in the file, for a reader that decodes what it needs itself.
  ///
  /// The next entries are read while `body` works; the parameters are those of `read`.
  public func readRaw(
    isolation: isolated (any Actor)? = #isolation, from: UInt64 = 0, until: UInt64? = nil, kinds: Set<EntryKind>? = nil,
    key: String? = nil, _ body: (RawEntry) throws -> Void
  ) async throws {
    let make = { @Sendable (rows: inout EntryRows) throws -> RawPage in
      var page = RawPage()
      page.bytes.reserveCapacity(Ledger.pageBytes + (64 << 10))
      while let entry = try rows.next() { page.append(entry) }
      return page
    }
    try await pages(from: from, until: until, kinds: kinds, key: key, make: make) { try $0.forEach(body) }
  }

  /// The sequences of a key or of kinds: by the lookups, then among the entries behind them.
  func sequences(from: UInt64, until: UInt64, kinds: Set<EntryKind>?, key: String?) async throws -> [UInt64] {
    try await access { database in
      var found: [UInt64] = []
      let end = min(try lookupsEnd(database), until)
      func add(_ sql: String, _ number: Int64) throws {
        let statement = try RawStatement(database, sql)
        statement.bind(1, from)
        statement.bind(2, end)
        statement.bind(3, number)
        while try statement.step() { found.append(statement.unsigned(0)) }
      }
      if let key {
        try add("SELECT sequence FROM keys WHERE sequence >= ? AND sequence < ? AND hash = ?", lookupHash(key))
      } else {
        for kind in kinds ?? [] {
          try add("SELECT sequence FROM kinds WHERE sequence >= ? AND sequence < ? AND kind = ?", Schema.code(of: kind))
        }
      }
      let rest = try RawStatement(database, "SELECT sequence, kind, key FROM entries WHERE sequence >= ? AND sequence < ?")
      rest.bind(1, max(from, end))
      rest.bind(2, until)
      let codes = Set((kinds ?? []).map(Schema.code))
      while try rest.step() {
        let isWanted = key.map { rest.bytes(2).elementsEqual($0.utf8) } ?? codes.contains(rest.integer(1))
        if isWanted { found.append(rest.unsigned(0)) }
      }
      return found.sorted()
    }
  }

  /// The entry of an id; nil where there is none.
  public func entry(_ id: EntryID) async throws -> Entry? {
    try await access { database in
      guard let sequence = try findID(id.rawValue, database) else { return nil }
      return try storedEntry(sequence, database)
    }
  }

  /// The entry of a sequence; nil where the ledger ends before it.
  public func entry(at sequence: UInt64) async throws -> Entry? {
    guard sequence <= UInt64(Int64.max) else { return nil }
    return try await access { database in try storedEntry(sequence, database) }
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

private func storedEntry(_ sequence: UInt64, _ database: Database) throws -> Entry? {
  let statement = try RawStatement(database, entryColumns + "WHERE sequence = ?")
  statement.bind(1, sequence)
  guard try statement.step() else { return nil }
  defer { statement.reset() }
  return try RawEntry(statement).entry()
}
