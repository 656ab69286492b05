// Verifying: a whole file, one entry against a checkpoint, a checkpoint against an older one.
internal import GRDB
public import TruceModel

/// That an entry stands in a signed log: all that one needs to check it without the log.
public struct EntryProof: Sendable, Hashable {
  public var sequence: UInt64
  /// The entry's canonical JSON.
  public var leaf: [UInt8]
  /// The subtrees beside the way from the leaf to the root, lowest first.
  public var proof: [Digest]
  public var checkpoint: SignedNote

  /// Whether the proof holds and one of the keys signed the checkpoint.
  ///
  /// - Throws: `LedgerError.refused` with what does not hold.
  public func verify(keys: [VerifierKey]) throws {
    let signed = try Checkpoint(checkpoint, keys: keys)
    let hash = TreeHash(leaf: leaf).digest
    guard MerkleProof.includes(leaf: hash, index: sequence, size: signed.size, proof: proof, root: signed.root) else {
      throw LedgerError(.refused, "entry \(sequence) is not the one that the checkpoint of \(signed.size) entries covers")
    }
  }

  /// The proof as JSON, for `tools/verify.py` and others.
  public var json: JSON {
    .object([
      JSON.Member("sequence", JSON(Int(sequence))), JSON.Member("leaf", JSON(String(decoding: leaf, as: UTF8.self))),
      JSON.Member("proof", .array(proof.map { JSON(base64($0.bytes)) })),
      JSON.Member("checkpoint", JSON(String(decoding: checkpoint.bytes, as: UTF8.self))),
    ])
  }
}

extension Ledger {
  /// Checks a whole ledger file, without changing it and without trusting anything in it.
  ///
  /// - Parameters:
  ///   - path: The ledger's file.
  ///   - keys: The log's and witnesses' keys; without any the signatures are not checked.
  ///   - derived: Also compare the lookup tables with the log, and every content with its canonical form.
  /// - Returns: What was found; a file that cannot be read at all is a finding too.
  public static func verify(at path: String, keys: [VerifierKey] = [], derived: Bool = false) async throws -> Verification {
    try await offload {
      var result = Verification(file: path)
      do {
        guard try isMade(path) else { throw LedgerError(.missing, "there is no ledger here") }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { database in
          guard case .ledger = try Schema.state(database) else { throw LedgerError(.notALedger, "this is an empty database, not a ledger") }
          var check = LedgerCheck(database, file: path, keys: keys)
          do { try check.run(derived: derived) } catch {
            check.result.add(.error, "the file cannot be read to its end: \(ledgerError(error, file: path))")
          }
          return check.result
        }
      } catch {
        result.add(.error, "the ledger cannot be opened: \(ledgerError(error, file: path))")
        return result
      }
    }
  }

  /// The proof that an entry stands in a signed checkpoint of this ledger.
  ///
  /// - Parameter checkpoint: Nil for the latest that was kept.
  /// - Throws: `LedgerError` where there is no such entry, no checkpoint, or the checkpoint does not cover the entry.
  public func proof(of id: EntryID, checkpoint: SignedNote? = nil) async throws -> EntryProof {
    var note = checkpoint
    if note == nil { note = try await latestCheckpoint() }
    guard let note else { throw LedgerError(.missing, "the ledger has no checkpoint yet; sign one first", file: path) }
    guard let entry = try await entry(id) else { throw LedgerError(.missing, "there is no entry '\(id)'", file: path) }
    let size = try Checkpoint(parsing: note.text).size
    guard entry.sequence < size else {
      throw LedgerError(.refused, "entry '\(id)' came after the checkpoint of \(size) entries; take a later one", file: path)
    }
    let proof = try await inclusionProof(of: entry.sequence, size: size)
    return EntryProof(sequence: entry.sequence, leaf: entry.leafBytes, proof: proof, checkpoint: note)
  }

  /// Checks that this ledger still is a continuation of a checkpoint that someone kept.
  ///
  /// - Parameters:
  ///   - old: The checkpoint as it was signed.
  ///   - keys: The log's key and others that are trusted.
  /// - Returns: The size that the old checkpoint covers.
  /// - Throws: `LedgerError.refused` where it is not signed, is larger than the ledger, or has another beginning.
  public func verifyContinuation(of old: SignedNote, keys: [VerifierKey]) async throws -> UInt64 {
    let checkpoint = try Checkpoint(old, keys: keys)
    let size = try await size()
    guard checkpoint.size <= size else {
      throw LedgerError(
        .refused, "the checkpoint covers \(checkpoint.size) entries, the ledger has \(size): entries were cut off", file: path)
    }
    guard try await root(size: checkpoint.size) == checkpoint.root else {
      throw LedgerError(
        .refused, "the first \(checkpoint.size) entries are not those that the checkpoint signed: the ledger was changed or is a fork",
        file: path)
    }
    return checkpoint.size
  }

  /// Checks a checkpoint against an older one by the proof between them, which this ledger makes.
  ///
  /// - Throws: `LedgerError.refused` where one is not signed or the newer does not continue the older.
  public func verify(_ new: SignedNote, continues old: SignedNote, keys: [VerifierKey]) async throws {
    let older = try Checkpoint(old, keys: keys)
    let newer = try Checkpoint(new, keys: keys)
    guard older.origin == newer.origin else {
      throw LedgerError(.refused, "the checkpoints are of two logs, '\(older.origin)' and '\(newer.origin)'", file: path)
    }
    guard older.size <= newer.size else {
      throw LedgerError(.refused, "the older checkpoint covers more entries than the newer", file: path)
    }
    if older.size == 0 { return }
    let proof = try await consistencyProof(from: older.size, to: newer.size)
    guard
      MerkleProof.isConsistent(oldSize: older.size, oldRoot: older.root, size: newer.size, root: newer.root, proof: proof)
    else {
      throw LedgerError(
        .refused,
        "the checkpoint of \(newer.size) entries is no continuation of the one of \(older.size): the log was changed between them",
        file: path)
    }
  }
}
