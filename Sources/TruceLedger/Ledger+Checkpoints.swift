// The ledger's signed heads: made, kept, cosigned, checked.
internal import GRDB
internal import TruceModel

extension Ledger {
  /// Signs the ledger as it is now and keeps the checkpoint.
  ///
  /// - Throws: `LedgerError.refused` where the ledger is no continuation of what the signer signed before.
  public func sign(with signer: Signer) async throws -> SignedNote {
    let last = try signer.lastHead()
    let old = try last.map { try Checkpoint(parsing: $0.text).size } ?? 0
    let (size, root, proof) = try await access { database in
      let head = try storedHead(database)
      let proof = old <= head.size ? try StoredTree(database).consistencyProof(from: old, to: head.size) : []
      return (head.size, head.root.digest, proof.map(\.digest))
    }
    let note = try await offload { try signer.sign(size: size, root: root, proof: proof, since: last) }
    guard let writer else { return note }
    let stored = try await checkpoint(size: size)
    if let stored, stored.text == note.text { return stored }
    try await writer.perform { try keep(note, size: size, $0) }
    return note
  }

  /// The kept checkpoint of the largest size; nil where none was signed.
  public func latestCheckpoint() async throws -> SignedNote? {
    try await storedNote("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1", nil)
  }

  /// The kept checkpoint of one size.
  public func checkpoint(size: UInt64) async throws -> SignedNote? {
    try await storedNote("SELECT note FROM checkpoints WHERE size = ?", size)
  }

  /// Every kept checkpoint, by size.
  public func checkpoints() async throws -> [SignedNote] {
    try await access { database in
      let statement = try RawStatement(database, "SELECT note FROM checkpoints ORDER BY size")
      var notes: [SignedNote] = []
      while try statement.step() { notes.append(try SignedNote(parsing: statement.array(0))) }
      return notes
    }
  }

  /// Adds witnesses' signatures to a kept checkpoint (C2SP tlog-cosignature).
  ///
  /// - Parameters:
  ///   - note: The checkpoint as the witnesses gave it back.
  ///   - witnesses: The keys that are trusted; signatures of others are left out.
  /// - Returns: The checkpoint with all its signatures.
  /// - Throws: `LedgerError.refused` where the text is not that of a kept checkpoint or a signature is wrong.
  public func attach(_ note: SignedNote, from witnesses: [VerifierKey]) async throws -> SignedNote {
    guard let writer else { throw LedgerError(.readOnly, "the ledger was opened for reading", file: path) }
    let size = try Checkpoint(parsing: note.text).size
    let signers = try note.verified(by: witnesses)
    guard var kept = try await checkpoint(size: size), kept.text == note.text else {
      throw LedgerError(.refused, "the cosigned checkpoint of \(size) entries is none of this ledger's", file: path)
    }
    for signature in note.signatures where signers.contains(where: { $0.name == signature.name && $0.id == signature.keyID }) {
      kept.signatures.removeAll { $0.name == signature.name && $0.keyID == signature.keyID }
      kept.signatures.append(signature)
    }
    let merged = kept
    try await writer.perform { try keep(merged, size: size, $0) }
    return merged
  }

  private func storedNote(_ sql: String, _ size: UInt64?) async throws -> SignedNote? {
    let bytes = try await access { database -> [UInt8]? in
      let statement = try RawStatement(database, sql)
      if let size { statement.bind(1, size) }
      guard try statement.step() else { return nil }
      defer { statement.reset() }
      return statement.array(0)
    }
    return try bytes.map { try SignedNote(parsing: $0) }
  }
}

/// Stores a checkpoint, durable when it returns.
func keep(_ note: SignedNote, size: UInt64, _ database: Database) throws {
  let statement = try RawStatement(database, "INSERT OR REPLACE INTO checkpoints (size, note) VALUES (?, ?)")
  statement.bind(1, size)
  statement.bind(2, note.bytes)
  try statement.run()
}
