// Appending: durable when it returns, all of a call or nothing.
public import TruceModel

extension Ledger {
  /// Appends drafts in their order as one atomic batch; calls from many tasks share commits.
  ///
  /// A draft whose id is there already with the same kind, key and content gives the first receipt (`isNew` false). With another content
  /// it is kept as an entry of kind `conflict`, and its receipt names the entry that it conflicts with.
  ///
  /// - Parameters:
  ///   - drafts: What to append; each at most `maximumDraftBytes` as an entry.
  ///   - bodies: Texts that the drafts name by SHA-256, kept by it; each at most `maximumBodyBytes`.
  ///   - personal: Texts that may have to be erased, of which the drafts hold only the placeholder.
  /// - Returns: A receipt for each draft. Everything is on disk by then.
  /// - Throws: `LedgerError`: nothing of the call was acknowledged. After a failed write it may still be found when the ledger is opened
  ///   anew; sending the same ids again is harmless.
  public func append(_ drafts: [Draft], bodies: [[UInt8]] = [], personal: [Personal] = []) async throws -> [Receipt] {
    guard let writer else { throw LedgerError(.readOnly, "the ledger was opened for reading", file: path) }
    let bodies = try bodies.map { try PreparedBody($0) }
    let step = Ledger.draftsOfOneTask
    if drafts.count <= step {
      return try await writer.append(Batch(drafts: DraftParts(try Ledger.prepare(drafts[...])), bodies: bodies, personal: personal))
    }
    // The writer stores the first parts while the next are made ready over all cores.
    let parts = DraftParts(parts: (drafts.count + step - 1) / step, drafts: drafts.count)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<parts.parts {
        let range = part * step..<min((part + 1) * step, drafts.count)
        group.addTask { parts.finish(part, Result { try Ledger.prepare(drafts[range]) }) }
      }
      return try await writer.append(Batch(drafts: parts, bodies: bodies, personal: personal))
    }
  }

  /// Drafts that one task makes ready; more are shared among tasks.
  private static let draftsOfOneTask = 512

  /// Checks, writes and hashes drafts one after the other.
  static func prepare(_ drafts: ArraySlice<Draft>) throws -> [PreparedDraft] {
    var preparation = Preparation()
    var prepared: [PreparedDraft] = []
    prepared.reserveCapacity(drafts.count)
    for draft in drafts { prepared.append(try preparation.prepare(draft)) }
    return prepared
  }
}
