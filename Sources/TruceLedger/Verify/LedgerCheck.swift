// The check of a whole ledger file: every entry against the tree, the tree against the heads, the texts against their digests.
internal import GRDB
internal import TruceModel

/// One pass over a file in one snapshot.
struct LedgerCheck {
  let database: Database
  let keys: [VerifierKey]
  var result: Verification
  private var log = LogCheck()

  init(_ database: Database, file: String, keys: [VerifierKey]) {
    self.database = database
    self.keys = keys
    result = Verification(file: file)
  }

  /// Runs everything; `derived` also compares what is rebuilt from the log.
  mutating func run(derived: Bool) throws {
    for row in try String.fetchAll(database, sql: "PRAGMA integrity_check") where row != "ok" {
      result.add(.error, "the file's structure is damaged: \(row)")
    }
    let checkpoints = try storedCheckpoints()
    try entries(checkpoints)
    try head()
    let (bodies, personal) = try (bodies(), personal())
    log.missing(bodies: bodies, personal: personal, into: &result)
    if derived { try DerivedCheck(database).run(into: &result) }
  }

  private struct Kept {
    var size: UInt64
    var note: SignedNote
    var root: Digest
  }

  private mutating func storedCheckpoints() throws -> [Kept] {
    var kept: [Kept] = []
    let statement = try RawStatement(database, "SELECT size, note FROM checkpoints ORDER BY size")
    while try statement.step() {
      let size = statement.unsigned(0)
      do {
        let note = try SignedNote(parsing: statement.array(1))
        let checkpoint = try keys.isEmpty ? Checkpoint(parsing: note.text) : Checkpoint(note, keys: keys)
        guard checkpoint.size == size else {
          result.add(.error, "the checkpoint of size \(size) is one of \(checkpoint.size) entries: it was changed or moved")
          continue
        }
        kept.append(Kept(size: size, note: note, root: checkpoint.root))
      } catch {
        result.add(.error, "the checkpoint of size \(size): \(error)")
      }
    }
    if keys.isEmpty, !kept.isEmpty { result.add(.note, "no key was given: the checkpoints' signatures were not checked") }
    return kept
  }

  private mutating func entries(_ checkpoints: [Kept]) throws {
    let statement = try RawStatement(database, "SELECT sequence, recorded, kind, id, key, content, leaf FROM entries ORDER BY sequence")
    let node = try RawStatement(database, "SELECT hash FROM nodes WHERE level = ? AND position = ?")
    var pending = checkpoints[...]
    var nodes: UInt64 = 0
    func compare(_ root: Digest, into result: inout Verification) {
      while let next = pending.first, next.size == result.entries {
        pending.removeFirst()
        if next.root == root {
          result.checkpoints += 1
          if !keys.isEmpty { result.signedSize = next.size }
        } else {
          result.add(
            .error, "the checkpoint of \(next.size) entries has another root: an entry before \(next.size) was changed, moved or removed")
        }
      }
    }
    compare(TreeHash.empty.digest, into: &result)
    while try statement.step() {
      let sequence = statement.unsigned(0)
      if sequence != result.entries {
        result.add(.error, "entry \(result.entries) is missing: the next in the file is \(sequence)")
        result.entries = sequence
        // Every later root would differ for this one reason.
        pending = []
      }
      let kind = Schema.kind(statement.integer(2))
      if kind == nil { result.add(.error, "entry \(sequence): its kind reads \(statement.integer(2)), which is none") }
      let recorded = Instant(milliseconds: statement.integer(1))
      let id = statement.string(3)
      let content = statement.bytes(5).bindMemory(to: UInt8.self)
      let bytes = leafBytes(
        id: id, kind: kind ?? .conflict, key: statement.string(4), recorded: recorded, content: UnsafeRawBufferPointer(content))
      let leaf = TreeHash(leaf: bytes)
      if statement.hash(6) != leaf || bytes.count > Ledger.maximumEntryBytes {
        result.add(.error, "entry \(sequence) ('\(id)') does not fit its leaf in the tree: one of the two was changed", evidence: [id])
      }
      log.take(sequence: sequence, recorded: recorded, kind: kind ?? .conflict, content: content, into: &result)
      try log.append(leaf) { complete in
        nodes += 1
        node.bind(1, Int64(complete.level))
        node.bind(2, complete.position)
        defer { node.reset() }
        guard try node.step(), node.hash(0) == complete.hash else {
          let first = complete.position << UInt64(8 * complete.level)
          let last = first + (1 << UInt64(8 * complete.level)) - 1
          result.add(
            .error, "the tree's stored node over the entries \(first) to \(last) is not theirs: one of them or the node was changed")
          return
        }
      }
      result.entries += 1
      if pending.first?.size == result.entries { compare(log.frontier.root.digest, into: &result) }
    }
    result.root = log.frontier.root.digest
    for kept in pending {
      result.add(.error, "a checkpoint covers \(kept.size) entries, the file ends after \(result.entries): entries were cut off")
    }
    let stored = try Int64.fetchOne(database, sql: "SELECT count(*) FROM nodes") ?? 0
    if UInt64(stored) != nodes { result.add(.error, "the tree has \(stored) stored nodes, \(nodes) are right") }
  }

  private mutating func head() throws {
    let (size, root) = try storedHead(database)
    if size != result.entries {
      result.add(.error, "the ledger's head counts \(size) entries, the file holds \(result.entries): entries were removed or added")
    } else if root != log.frontier.root {
      result.add(.error, "the ledger's head has another root than the entries: an entry or the head was changed")
    }
    let end = try lookupsEnd(database)
    if end > size { result.add(.error, "the ledger's head says that the lookups hold \(end) entries of \(size): it was changed") }
  }

  private mutating func bodies() throws -> Set<Digest> {
    var found: Set<Digest> = []
    let statement = try RawStatement(database, "SELECT digest, sequence, size, form, bytes FROM bodies ORDER BY rowid")
    while try statement.step() {
      guard let digest = Digest(bytes: statement.array(0)) else {
        result.add(.error, "a body's digest has \(statement.bytes(0).count) bytes; 32 are right")
        continue
      }
      if statement.unsigned(1) > result.entries {
        result.add(.error, "the body \(digest) belongs to entry \(statement.unsigned(1)), which is not there")
      }
      if statement.integer(3) == BodyForm.erased.rawValue {
        if log.erased.contains(digest), statement.bytes(4).isEmpty {
          result.erased += 1
        } else {
          result.add(.error, "the body \(digest) was erased, and no ruling says so")
        }
        continue
      }
      let bytes = bodyBytes(form: statement.integer(3), size: statement.integer(2), stored: statement.bytes(4))
      if let bytes, Digest(of: bytes) == digest {
        found.insert(digest)
        result.bodies += 1
      } else {
        result.add(.error, "the body \(digest) does not have this digest: it was changed")
      }
    }
    return found
  }

  private mutating func personal() throws -> Set<Digest> {
    var found: Set<Digest> = []
    let statement = try RawStatement(database, "SELECT digest, sequence, salt, text FROM personal ORDER BY rowid")
    while try statement.step() {
      guard let digest = Digest(bytes: statement.array(0)) else {
        result.add(.error, "a personal text's digest has \(statement.bytes(0).count) bytes; 32 are right")
        continue
      }
      if statement.unsigned(1) > result.entries {
        result.add(.error, "the personal text \(digest) belongs to entry \(statement.unsigned(1)), which is not there")
      }
      if statement.bytes(2).isEmpty {
        if log.erased.contains(digest), statement.bytes(3).isEmpty {
          result.erased += 1
        } else {
          result.add(.error, "the personal text \(digest) was erased, and no ruling says so")
        }
      } else if Digest(of: statement.array(2) + statement.array(3)) == digest, statement.bytes(2).count == Personal.saltBytes {
        found.insert(digest)
        result.personal += 1
      } else {
        result.add(.error, "the personal text \(digest) does not have this digest: it was changed")
      }
    }
    return found
  }
}
