// One commit of the writer: the batches of all that come in time, in one transaction.
internal import Dispatch
internal import GRDB
internal import Synchronization
internal import TruceModel

extension Writer {
  /// Commits a batch and others, and those that come while their rows are stored; those that turn out to be refused are left out, and
  /// their results say why.
  ///
  /// - Parameters:
  ///   - others: Grows by those that come.
  ///   - expected: Callers that can be there: so many are waited for.
  ///   - deadline: When it is waited no longer.
  /// - Returns: A result for each, the first batch's first.
  /// - Throws: What befell the commit itself, as one of the ledger's errors: then nothing of any batch is stored.
  func store(
    _ first: Batch, _ others: inout [Waiting], expected: Int, until deadline: UInt64
  ) throws -> [Result<[Receipt], any Error>] {
    if let broken = state.withLock({ $0.broken }) { throw broken }
    guard let lookups = lookups.withLock({ $0 }) else { throw LedgerError(.closed, "the ledger is closed", file: path) }
    var refused: [Int: any Error] = [:]
    return try tail.withLock { tail in
      while true {
        var current = 0
        do {
          return try pool.writeWithoutTransaction { database in
            try lookups.statements.begin.run()
            do {
              var insertion = Insertion(lookups, tail: tail, recorded: max(now(), tail.recorded))
              var results: [Result<[Receipt], any Error>] = []
              repeat {
                for number in results.count...others.count {
                  current = number
                  let batch = number == 0 ? first : others[number - 1].batch
                  results.append(try refused[number].map { .failure($0) } ?? .success(insertion.store(batch)))
                }
                others += gather(expected - results.count, until: deadline)
              } while results.count <= others.count
              try insertion.storeHead()
              try lookups.statements.commit.run()
              tail = insertion.tail
              lookups.settle()
              return results
            } catch {
              if database.isInsideTransaction { try? RawStatement(database, "ROLLBACK").run() }
              lookups.remove(from: tail.size)
              throw error
            }
          }
        } catch {
          let error = ledgerError(error, file: path)
          if let known = error as? LedgerError, known.code == .invalid {
            // One call's fault; the others are stored without it.
            refused[current] = error
            if refused.count <= others.count { continue }
            return (0...others.count).map { .failure(refused[$0]!) }
          }
          if let known = error as? LedgerError, known.code == .inputOutput || known.code == .damaged {
            state.withLock {
              $0.broken = LedgerError(known.code, "writing failed before (\(known.message)); open the ledger anew", file: path)
            }
          }
          throw error
        }
      }
    }
  }

  /// Takes callers that have come; where none has and some are expected, waits for the next.
  private func gather(_ missing: Int, until deadline: UInt64) -> [Waiting] {
    guard missing > 0 else { return [] }
    var isLate = false
    while true {
      let come = state.withLock { state in
        let come = Writer.takeGroup(&state)
        state.isGathering = come.isEmpty && !isLate
        return come
      }
      if !come.isEmpty || isLate { return come }
      isLate = arrival.wait(timeout: DispatchTime(uptimeNanoseconds: deadline)) == .timedOut
    }
  }
}
