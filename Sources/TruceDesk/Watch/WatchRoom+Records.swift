// Records in: all that are well formed become durable entries before anything is acknowledged.
internal import TruceLedger
public import TruceModel
internal import TruceSituation

extension WatchRoom {
  /// Takes records in.
  ///
  /// - Returns: one answer for each, in order. A receipt says that the record is on disk.
  public func take(_ records: [Result<JSON, FormError>]) async throws -> [RecordAnswer] {
    guard let ledger else { throw WorkspaceError("there is no ledger to take records in") }
    let (read, drafts) = await WatchRoom.read(records)
    var answers = read
    if !drafts.isEmpty {
      let entries = drafts.map { $0.envelope.draft }
      let receipts = try await ledger.append(entries)
      fold(entries, receipts)
      for (draft, receipt) in zip(drafts, receipts) {
        answers[draft.index].receipt = receipt
        answers[draft.index].warning = warning(draft.envelope, receipt)
      }
      growth.raise()
    }
    return answers
  }

  /// Takes envelopes of our own making in.
  public func take(_ envelopes: [WatchEnvelope]) async throws -> [RecordAnswer] { try await take(envelopes.map { .success($0.json) }) }

  /// Reads records off the actor.
  private nonisolated static func read(
    _ records: [Result<JSON, FormError>]
  ) async -> (answers: [RecordAnswer], drafts: [(index: Int, envelope: WatchEnvelope)]) {
    var answers: [RecordAnswer] = []
    var drafts: [(index: Int, envelope: WatchEnvelope)] = []
    answers.reserveCapacity(records.count)
    for (index, record) in records.enumerated() {
      var answer = RecordAnswer(index: index)
      do throws(FormError) {
        let json = try record.get()
        answer.id = json["id"]?.string.map { EntryID($0) }
        drafts.append((index, try WatchEnvelope(json: json)))
      } catch {
        answer.problem = error
      }
      answers.append(answer)
    }
    return (answers, drafts)
  }

  private func warning(_ envelope: WatchEnvelope, _ receipt: Receipt) -> String? {
    if let first = receipt.conflict {
      return "entry \(first) holds this id with another content; this one is kept as a conflict and does not count"
    }
    guard envelope.draft.kind != .post, let post = envelope.post, let log = index.logs[post] else { return nil }
    if log.refuses(envelope.draft.id) { return "is not signed by the key of post \(post): it is kept and does not count" }
    return log.phases().isEmpty ? "nobody opened post \(post): it is kept, and its check-ins are not judged" : nil
  }
}
