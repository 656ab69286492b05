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
    let prepared = try await prepare(drafts)
    return try await writer.append(Batch(drafts: prepared, bodies: try bodies.map { try PreparedBody($0) }, personal: personal))
  }

  /// Drafts that one task makes ready; more are shared among tasks.
  private static let draftsOfOneTask = 512

  /// Checks, writes and hashes drafts: over all cores where they are many.
  private func prepare(_ drafts: [Draft]) async throws -> [PreparedDraft] {
    let step = Ledger.draftsOfOneTask
    if drafts.count <= step { return try drafts.map { try PreparedDraft($0) } }
    return try await withThrowingTaskGroup(of: (Int, [PreparedDraft]).self) { group in
      for start in stride(from: 0, to: drafts.count, by: step) {
        let part = drafts[start..<min(start + step, drafts.count)]
        group.addTask { (start / step, try part.map { try PreparedDraft($0) }) }
      }
      var parts = [[PreparedDraft]](repeating: [], count: (drafts.count + step - 1) / step)
      for try await (place, part) in group { parts[place] = part }
      return parts.flatMap { $0 }
    }
  }
}
