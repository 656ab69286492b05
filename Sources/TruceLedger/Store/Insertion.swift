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
  let id: RawStatement
  let key: RawStatement
  let kind: RawStatement
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
    id = try RawStatement(database, "INSERT OR IGNORE INTO ids (hash, sequence) VALUES (?, ?)")
    key = try RawStatement(database, "INSERT INTO keys (hash, sequence) VALUES (?, ?)")
    kind = try RawStatement(database, "INSERT INTO kinds (kind, sequence) VALUES (?, ?)")
    node = try RawStatement(database, "INSERT INTO nodes (level, position, hash) VALUES (?, ?, ?)")
    body = try RawStatement(database, "INSERT OR IGNORE INTO bodies (digest, sequence, size, form, bytes) VALUES (?, ?, ?, ?, ?)")
    personal = try RawStatement(database, "INSERT OR IGNORE INTO personal (digest, sequence, salt, text) VALUES (?, ?, ?, ?)")
    head = try RawStatement(database, "UPDATE head SET size = ?, root = ? WHERE one = 1")
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

  init(_ statements: InsertStatements, tail: Tail, recorded: Instant) {
    self.statements = statements
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
      for draft in try batch.drafts.take(part) { receipts.append(try store(draft)) }
    }
    return receipts
  }

  /// The log's new size and root, beside its last entry: a cut end is seen.
  func storeHead() throws {
    statements.head.bind(1, tail.size)
    statements.head.bind(2, tail.frontier.root)
    try statements.head.run()
  }

  private mutating func store(_ draft: PreparedDraft) throws -> Receipt {
    if let first = try claimID(of: draft) {
      if first.isSame { return first.receipt }
      // The id is taken by something else: both are kept, the second as a conflict under an id of its own.
      var receipt = try store(try conflict(draft))
      receipt.conflict = first.receipt.sequence
      return receipt
    }
    return try insert(draft, recorded: recorded, suffix: suffix)
  }

  /// Stores an entry that was recorded elsewhere, under its own time.
  mutating func store(_ draft: PreparedDraft, recorded: Instant) throws {
    if let first = try claimID(of: draft) {
      throw LedgerError(.invalid, "the id '\(draft.id)' is that of entry \(first.receipt.sequence) already")
    }
    _ = try insert(draft, recorded: recorded, suffix: leafSuffix(recorded))
  }

  /// Keeps the place of a text that was erased, so that it is not stored again.
  func storeErased(_ digest: Digest, isBody: Bool) throws {
    if isBody {
      try store(PreparedBody(erased: digest))
    } else {
      try storePersonal(digest, salt: [], text: [])
    }
  }

  private mutating func insert(_ draft: PreparedDraft, recorded: Instant, suffix: [UInt8]) throws -> Receipt {
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
    statements.kind.bind(1, Schema.code(of: draft.kind))
    statements.kind.bind(2, sequence)
    try statements.kind.run()
    if !draft.key.isEmpty {
      statements.key.bind(1, draft.keyHash)
      statements.key.bind(2, sequence)
      try statements.key.run()
    }
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

  /// Takes the draft's id for the next sequence; where it is taken, says by which entry and whether that is the same.
  private func claimID(of draft: PreparedDraft) throws -> (receipt: Receipt, isSame: Bool)? {
    var hash = draft.idHash
    while true {
      statements.id.bind(1, hash)
      statements.id.bind(2, tail.size)
      try statements.id.run()
      if statements.id.changes == 1 { return nil }
      statements.taken.bind(1, hash)
      guard try statements.taken.step() else {
        throw LedgerError(.damaged, "the lookup of ids does not answer; `truce verify --derived` compares it")
      }
      let sequence = statements.taken.unsigned(0)
      statements.taken.reset()
      statements.stored.bind(1, sequence)
      defer { statements.stored.reset() }
      guard try statements.stored.step(), let leaf = statements.stored.hash(2) else {
        throw LedgerError(.damaged, "the lookup of ids names entry \(sequence), which is not there; `truce verify --derived` compares it")
      }
      if statements.stored.bytes(3).elementsEqual(draft.id.utf8) {
        let isSame =
          statements.stored.integer(1) == Schema.code(of: draft.kind) && statements.stored.bytes(4).elementsEqual(draft.key.utf8)
          && statements.stored.bytes(5).elementsEqual(draft.content)
        let recorded = Instant(milliseconds: statements.stored.integer(0))
        return (Receipt(sequence: sequence, recorded: recorded, leaf: leaf.digest, isNew: false), isSame)
      }
      // Two ids with one 64-bit hash: the next number stands for the second.
      hash &+= 1
      statements.stored.reset()
    }
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
