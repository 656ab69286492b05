// Erasing a text by a ruling that says who, when and why; the log and its proofs stay as they are.
internal import GRDB
public import TruceModel

extension Ledger {
  /// The act of a ruling that erased a text.
  public static let redactAct = "redact"

  /// Erases a report's body or a personal text, and records the ruling, both or neither.
  ///
  /// The bytes are overwritten in the file; the same text sent again is not stored again. Copies and backups elsewhere keep theirs.
  ///
  /// - Parameters:
  ///   - digest: The body's SHA-256, or the personal text's salted digest.
  ///   - by: The person who rules.
  ///   - reason: Why.
  /// - Returns: The ruling's receipt; the first one where the text was erased before.
  /// - Throws: `LedgerError.missing` where the ledger has no such text.
  public func redact(_ digest: Digest, by: String, reason: String) async throws -> Receipt {
    guard let writer else { throw LedgerError(.readOnly, "the ledger was opened for reading", file: path) }
    guard !by.isEmpty, !reason.isEmpty else {
      throw LedgerError(.invalid, "a text is erased by a named person for a stated reason", file: path)
    }
    let state = try await access { database in
      let statement = try RawStatement(
        database,
        """
        SELECT form = ?2 FROM bodies WHERE digest = ?1 UNION ALL SELECT length(salt) = 0 FROM personal WHERE digest = ?1
        """)
      statement.bind(1, digest.bytes)
      statement.bind(2, BodyForm.erased.rawValue)
      guard try statement.step() else { return nil as Bool? }
      defer { statement.reset() }
      return statement.integer(0) == 1
    }
    guard let isErased = state else { throw LedgerError(.missing, "there is no text with the digest \(digest)", file: path) }
    let id = EntryID("redact-" + digest.hex)
    if isErased, let ruling = try await entry(id) {
      return Receipt(sequence: ruling.sequence, recorded: ruling.recorded, leaf: TreeHash(leaf: ruling.leafBytes).digest, isNew: false)
    }
    let ruling = Draft(
      id: id, kind: .ruling, key: digest.hex,
      content: ["act": JSON(Ledger.redactAct), "by": JSON(by), "digest": JSON(digest), "reason": JSON(reason)])
    let drafts = DraftParts(try Ledger.prepare([ruling]))
    let receipt = try await writer.append(Batch(drafts: drafts, bodies: [], personal: [], erased: [digest]))[0]
    // What the erased pages held is in the write-ahead log too, until it is emptied.
    try await writer.emptyLog()
    return receipt
  }
}
