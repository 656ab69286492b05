// The log as NDJSON: exported, verified, imported byte for byte, and two ledgers compared.
internal import Foundation
internal import GRDB
internal import TruceModel

extension Ledger {
  /// Writes the ledger as it is now as NDJSON: two ledgers with the same record give the same bytes.
  ///
  /// - Parameter write: Takes the next bytes.
  /// - Returns: Counts and the root of what was written.
  public func exportLog(_ write: ([UInt8]) throws -> Void) async throws -> Verification {
    let (size, root) = try await access { database in try storedHead(database) }
    var writer = LogWriter(file: path)
    var out: [UInt8] = []
    writer.append(.header(entries: size, root: root.digest), to: &out)
    var texts = try await companions(until: size)[...]
    func writeTexts(of sequence: UInt64) async throws {
      while let next = texts.first, next.sequence == sequence {
        texts.removeFirst()
        writer.append(try await line(next), to: &out)
      }
    }
    var start: UInt64 = 0
    while start < size {
      // Texts are few beside entries: each stretch without one is written in a go.
      try await writeTexts(of: start)
      let end = min(texts.first?.sequence ?? size, size)
      try await readRaw(from: start, until: end) { entry in
        writer.appendEntry(entry.leafBytes, to: &out)
        if out.count > 1 << 20 {
          try write(out)
          out.removeAll(keepingCapacity: true)
        }
      }
      start = end
    }
    try await writeTexts(of: size)
    writer.result.entries = size
    writer.result.root = root.digest
    writer.appendEnd(to: &out)
    try write(out)
    return writer.result
  }

  /// Checks an exported log without importing it.
  ///
  /// - Parameters:
  ///   - log: The file, or `-` for standard input.
  ///   - keys: The log's and witnesses' keys; without any the signatures are not checked.
  public static func verifyLog(at log: String, keys: [VerifierKey] = []) async throws -> Verification {
    try await offload {
      var reader = LogReader(file: log, keys: keys)
      do {
        var lines = try LineSource(log)
        while let line = try lines.next() { _ = try reader.take(line) }
        try reader.end()
      } catch let error as LedgerError {
        if reader.result.isIntact { reader.result.add(.error, error.message) }
      }
      return reader.result
    }
  }

  /// Makes a new ledger from an exported log: entries, times, texts and checkpoints as they were, byte for byte.
  ///
  /// - Parameters:
  ///   - log: The file, or `-` for standard input.
  ///   - path: The new ledger's; there must be no file yet. After a failure there still is none.
  ///   - keys: The log's and witnesses' keys; without any the signatures are not checked.
  /// - Throws: `LedgerError.invalid` with the first line that does not hold.
  public static func importLog(from log: String, to path: String, keys: [VerifierKey] = []) async throws -> Verification {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw LedgerError(.invalid, "a file is here already; a log is imported into a new ledger", file: path)
    }
    let temporary = path + ".importing-\(ProcessInfo.processInfo.processIdentifier)"
    defer { for suffix in ["", "-wal", "-shm", "-lock"] { try? FileManager.default.removeItem(atPath: temporary + suffix) } }
    let ledger = try await open(at: temporary, mode: .readWrite, now: { .distantPast })
    let result = try await ledger.writer!.perform { try importLines(log, keys: keys, $0) }
    try await ledger.close()
    try await offload { try giveName(path, to: temporary) }
    return result
  }

  /// Entries of one import transaction.
  private static let importBatch = 20_000

  private static func importLines(_ log: String, keys: [VerifierKey], _ database: Database) throws -> Verification {
    var reader = LogReader(file: log, keys: keys)
    var lines = try LineSource(log)
    let lookups = try Lookups(InsertStatements(database))
    var tail = Tail()
    var isEnded = false
    while !isEnded {
      try database.inTransaction(.immediate) {
        var insertion = Insertion(lookups, tail: tail, recorded: .distantPast)
        for _ in 0..<importBatch {
          guard let line = try lines.next() else {
            isEnded = true
            break
          }
          switch try reader.take(line) {
          case .header, .end: break
          case .checkpoint(let size, let note): try keep(SignedNote(parsing: note), size: size, database)
          case .body(_, let bytes): try insertion.store(PreparedBody(bytes))
          case .personal(let item): try insertion.store(item)
          case .erased(let digest, let isBody): try insertion.storeErased(digest, isBody: isBody)
          case .entry(let draft, let recorded, _): try insertion.store(draft, recorded: recorded)
          }
        }
        if isEnded { try reader.end() }
        try insertion.storeHead()
        tail = insertion.tail
        return .commit
      }
      lookups.settle()
    }
    try lookups.finish(database)
    return reader.result
  }

  private struct Companion: Sendable {
    enum Kind: Int64, Sendable { case checkpoint = 1, body, personal }
    var sequence: UInt64
    var kind: Kind
    var digest: Digest?
    var row: Int64
  }

  /// What stands between the entries of an exported log, in its order.
  ///
  /// Where a text stands follows from the entries alone: in front of the first that names it, or behind the last where none does.
  private func companions(until size: UInt64) async throws -> [Companion] {
    var log = LogCheck()
    var unheeded = Verification(file: path)
    try await readRaw(until: size) {
      log.take(sequence: $0.sequence, recorded: $0.recorded, kind: $0.kind, content: $0.content, into: &unheeded)
    }
    let named = (bodies: log.namedBodies, personal: log.namedPersonal)
    return try await access { database in
      let statement = try RawStatement(
        database,
        """
        SELECT size, 1 AS kind, NULL AS digest, rowid FROM checkpoints WHERE size <= ?1
        UNION ALL SELECT sequence, 2, digest, rowid FROM bodies
        UNION ALL SELECT sequence, 3, digest, rowid FROM personal
        """)
      statement.bind(1, size)
      var found: [Companion] = []
      while try statement.step() {
        let kind = Companion.Kind(rawValue: statement.integer(1))!
        var sequence = statement.unsigned(0)
        var digest: Digest?
        if kind != .checkpoint {
          digest = Digest(bytes: statement.array(2))
          let place = digest.flatMap { kind == .body ? named.bodies[$0] : named.personal[$0] }
          // A text that came with later entries is theirs.
          guard place != nil || sequence <= size else { continue }
          sequence = place ?? size
        }
        found.append(Companion(sequence: sequence, kind: kind, digest: digest, row: statement.integer(3)))
      }
      return found.sorted { left, right in
        if left.sequence != right.sequence { return left.sequence < right.sequence }
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        guard let first = left.digest, let second = right.digest else { return left.digest == nil && right.digest != nil }
        return first < second
      }
    }
  }

  private func line(_ companion: Companion) async throws -> LogLine {
    try await access { database in
      let sql =
        switch companion.kind {
        case .checkpoint: "SELECT size, note FROM checkpoints WHERE rowid = ?"
        case .body: "SELECT digest, form, size, bytes FROM bodies WHERE rowid = ?"
        case .personal: "SELECT digest, salt, text FROM personal WHERE rowid = ?"
        }
      let statement = try RawStatement(database, sql)
      statement.bind(1, companion.row)
      guard try statement.step() else { throw LedgerError(.damaged, "a text that belongs to entry \(companion.sequence) is missing") }
      defer { statement.reset() }
      if companion.kind == .checkpoint { return .checkpoint(size: statement.unsigned(0), note: statement.array(1)) }
      guard let digest = Digest(bytes: statement.array(0)) else { throw LedgerError(.damaged, "a text's digest has not 32 bytes") }
      if companion.kind == .personal {
        if statement.bytes(1).isEmpty { return .erased(digest, isBody: false) }
        guard let item = Personal(statement.string(2), salt: statement.array(1)), item.digest == digest else {
          throw LedgerError(.damaged, "the personal text \(digest) does not have this digest")
        }
        return .personal(item)
      }
      if statement.integer(1) == BodyForm.erased.rawValue { return .erased(digest, isBody: true) }
      let bytes = bodyBytes(form: statement.integer(1), size: statement.integer(2), stored: statement.bytes(3))
      guard let bytes, Digest(of: bytes) == digest else { throw LedgerError(.damaged, "the body \(digest) does not have this digest") }
      return .body(digest, bytes: bytes)
    }
  }
}
