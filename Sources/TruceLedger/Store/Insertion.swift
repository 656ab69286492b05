// One commit's rows: entries, their tree nodes, bodies, and the head.
internal import GRDB
internal import TruceModel

/// The writer's prepared statements, made once for its connection.
///
/// Unchecked: only the writer's thread reaches the value, inside the connection's serialised access; `Writer.close` drops it there.
final class InsertStatements: @unchecked Sendable {
  let begin: RawStatement
  let commit: RawStatement
  let entry: RawStatement
  let id: PairsStatement
  let key: PairsStatement
  let kind: PairsStatement
  let node: RawStatement
  let body: RawStatement
  let personal: RawStatement
  let head: RawStatement
  let taken: RawStatement
  let stored: RawStatement
  let eraseBody: RawStatement
  let erasePersonal: RawStatement

  init(_ database: Database) throws {
    begin = try RawStatement(database, "BEGIN IMMEDIATE")
    commit = try RawStatement(database, "COMMIT")
    entry = try RawStatement(
      database, "INSERT INTO entries (sequence, recorded, kind, leaf, id, key, content) VALUES (?, ?, ?, ?, ?, ?, ?)")
    id = try PairsStatement(database, "ids (hash, sequence)")
    key = try PairsStatement(database, "keys (hash, sequence)")
    kind = try PairsStatement(database, "kinds (kind, sequence)")
    node = try RawStatement(database, "INSERT INTO nodes (level, position, hash) VALUES (?, ?, ?)")
    body = try RawStatement(database, "INSERT OR IGNORE INTO bodies (digest, sequence, size, form, bytes) VALUES (?, ?, ?, ?, ?)")
    personal = try RawStatement(database, "INSERT OR IGNORE INTO personal (digest, sequence, salt, text) VALUES (?, ?, ?, ?)")
    head = try RawStatement(database, "UPDATE head SET size = ?, root = ?, lookups = ? WHERE one = 1")
    taken = try RawStatement(database, "SELECT sequence FROM ids WHERE hash = ?")
    stored = try RawStatement(database, "SELECT recorded, kind, leaf, id, key, content FROM entries WHERE sequence = ?")
    eraseBody = try RawStatement(database, "UPDATE bodies SET form = 2, size = 0, bytes = zeroblob(0) WHERE digest = ?")
    erasePersonal = try RawStatement(database, "UPDATE personal SET salt = zeroblob(0), text = zeroblob(0) WHERE digest = ?")
  }
}

/// Stores batches inside one transaction.
struct Insertion {
  private(set) var tail: Tail
  private let recorded: Instant
  private let suffix: [UInt8]
  private let statements: InsertStatements
  private let lookups: Lookups

  init(_ lookups: Lookups, tail: Tail, recorded: Instant) {
    self.lookups = lookups
    statements = lookups.statements
    self.tail = tail
    self.recorded = recorded
    suffix = leafSuffix(recorded)
  }

  mutating func store(_ batch: Batch) throws -> [Receipt] {
    for item in batch.bodies { try store(item) }
    for item in batch.personal { try store(item) }
    for digest in batch.erased {
      statements.eraseBody.bind(1, digest.bytes)
      try statements.eraseBody.run()
      statements.erasePersonal.bind(1, digest.bytes)
      try statements.erasePersonal.run()
    }
    var receipts: [Receipt] = []
    receipts.reserveCapacity(batch.drafts.drafts)
    for part in 0..<batch.drafts.parts {
      let drafts = try batch.drafts.take(part)
      for place in drafts.indices { receipts.append(try store(drafts[place])) }
    }
    return receipts
  }

  /// The log's new size and root, beside its last entry: a cut end is seen. Where many entries wait for it, the lookups follow.
  func storeHead() throws {
    let isFull = lookups.count >= Lookups.most
    if isFull { try lookups.store() }
    statements.head.bind(1, tail.size)
    statements.head.bind(2, tail.frontier.root)
    statements.head.bind(3, isFull ? tail.size : lookups.end)
    try statements.head.run()
  }

  private mutating func store(_ draft: PreparedDraft) throws -> Receipt {
    switch try place(of: draft) {
    case .free(let slot): return try insert(draft, slot: slot, recorded: recorded, suffix: suffix)
    case .same(let first): return first
    case .other(let first):
      // The id is taken by something else: both are kept, the second as a conflict under an id of its own.
      var receipt = try store(try conflict(draft))
      receipt.conflict = first.sequence
      return receipt
    }
  }

  /// Stores an entry that was recorded elsewhere, under its own time.
  mutating func store(_ draft: PreparedDraft, recorded: Instant) throws {
    switch try place(of: draft) {
    case .free(let slot): _ = try insert(draft, slot: slot, recorded: recorded, suffix: leafSuffix(recorded))
    case .same(let first), .other(let first):
      throw LedgerError(.invalid, "the id '\(draft.id)' is that of entry \(first.sequence) already")
    }
  }

  /// Keeps the place of a text that was erased, so that it is not stored again.
  func storeErased(_ digest: Digest, isBody: Bool) throws {
    if isBody {
      try store(PreparedBody(erased: digest))
    } else {
      try storePersonal(digest, salt: [], text: [])
    }
  }

  private mutating func insert(_ draft: PreparedDraft, slot: Int64, recorded: Instant, suffix: [UInt8]) throws -> Receipt {
    let sequence = tail.size
    let leaf = draft.leaf(recorded: suffix)
    let entry = statements.entry
    entry.bind(1, sequence)
    entry.bind(2, recorded.milliseconds)
    entry.bind(3, Schema.code(of: draft.kind))
    try leaf.withBytes { leaf in
      try draft.id.withBytes { id in
        try draft.key.withBytes { key in
          try draft.content.withUnsafeBytes { content in
            entry.lend(4, blob: leaf)
            entry.lend(5, text: id)
            entry.lend(6, text: key)
            entry.lend(7, blob: content)
            try entry.run()
          }
        }
      }
    }
    lookups.append(slot: slot, key: draft.key.isEmpty ? nil : draft.keyHash, kind: Schema.code(of: draft.kind))
    let node = statements.node
    try tail.frontier.append(leaf) { complete in
      node.bind(1, Int64(complete.level))
      node.bind(2, complete.position)
      node.bind(3, complete.hash)
      try node.run()
    }
    tail.recorded = recorded
    return Receipt(sequence: sequence, recorded: recorded, leaf: leaf.digest, isNew: true)
  }

  /// What became of a draft's id so far.
  private enum Place {
    /// Nothing: the number stands for it in the lookup.
    case free(slot: Int64)
    /// The same draft was stored.
    case same(Receipt)
    /// Another content was.
    case other(Receipt)
  }

  private func place(of draft: PreparedDraft) throws -> Place {
    let (slot, first) = try lookups.place(of: draft.id, hash: draft.idHash)
    guard let first else { return .free(slot: slot) }
    let stored = statements.stored
    stored.bind(1, first)
    defer { stored.reset() }
    guard try stored.step(), let leaf = stored.hash(2) else {
      throw LedgerError(.damaged, "entry \(first): its leaf has not 32 bytes")
    }
    let isSame =
      stored.integer(1) == Schema.code(of: draft.kind) && stored.bytes(4).elementsEqual(draft.key.utf8)
      && stored.bytes(5).elementsEqual(draft.content)
    let receipt = Receipt(
      sequence: first, recorded: Instant(milliseconds: stored.integer(0)), leaf: leaf.digest, isNew: false)
    return isSame ? .same(receipt) : .other(receipt)
  }

  private func conflict(_ draft: PreparedDraft) throws -> PreparedDraft {
    var content: [UInt8] = Array("{\"content\":".utf8)
    content += draft.content
    content += ",\"id\":".utf8
    JSON.write(draft.id, into: &content)
    content += ",\"key\":".utf8
    JSON.write(draft.key, into: &content)
    content += ",\"kind\":\"".utf8
    content += draft.kind.rawValue.utf8
    content += "\"}".utf8
    let id = "conflict-" + Digest(of: content).short
    var preparation = Preparation()
    return try preparation.prepare(id: id, kind: .conflict, key: draft.id, content: content, limit: Ledger.maximumEntryBytes)
  }

  func store(_ item: PreparedBody) throws {
    statements.body.bind(1, item.digest.bytes)
    statements.body.bind(2, tail.size)
    statements.body.bind(3, Int64(item.size))
    statements.body.bind(4, item.form.rawValue)
    statements.body.bind(5, item.bytes)
    try statements.body.run()
  }

  func store(_ item: Personal) throws { try storePersonal(item.digest, salt: item.salt, text: Array(item.text.utf8)) }

  private func storePersonal(_ digest: Digest, salt: [UInt8], text: [UInt8]) throws {
    statements.personal.bind(1, digest.bytes)
    statements.personal.bind(2, tail.size)
    statements.personal.bind(3, salt)
    statements.personal.bind(4, text)
    try statements.personal.run()
  }
}
