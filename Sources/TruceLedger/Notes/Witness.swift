// A witness: cosigns other logs' checkpoints, each only as a continuation of the last one (C2SP tlog-cosignature).
internal import Foundation
public import TruceModel

/// Remembers the last checkpoint of each log that it watches, in a folder of its own.
public struct Witness: Sendable {
  private let key: SigningKey
  private let folder: String

  /// What others verify the cosignatures with.
  public var verifier: VerifierKey { key.verifier }

  /// Opens a witness's folder; its key is made where there is none.
  ///
  /// - Throws: `LedgerError.invalid` where the folder holds another kind of key.
  public init(folder: String, name: String) throws {
    self.folder = folder
    let path = folder + "/witness.key"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if let text = try? String(contentsOfFile: path, encoding: .utf8) {
      guard let key = SigningKey(text.trimmingCharacters(in: .whitespacesAndNewlines)), key.algorithm == .cosignature, key.name == name
      else {
        throw LedgerError(.invalid, "this is not the cosigning key of '\(name)'", file: path)
      }
      self.key = key
    } else {
      key = try SigningKey(newNamed: name, algorithm: .cosignature)
      try writeDurably(Array((key.privateText + "\n").utf8), to: path, mode: 0o600)
    }
  }

  /// The size of the last checkpoint of a log that was cosigned; 0 before the first.
  public func lastSize(of log: VerifierKey) throws -> UInt64 { try last(log)?.size ?? 0 }

  /// Cosigns a checkpoint.
  ///
  /// - Parameters:
  ///   - note: The log's checkpoint.
  ///   - log: The log's key.
  ///   - proof: The consistency proof from `lastSize`.
  ///   - now: The time that stands in the cosignature.
  /// - Returns: The note with the witness's line behind the log's.
  /// - Throws: `LedgerError.refused` where the log's signature is wrong or the checkpoint is no continuation of the last.
  public func cosign(_ note: SignedNote, log: VerifierKey, proof: [Digest], now: Instant) throws -> SignedNote {
    let checkpoint = try Checkpoint(note, keys: [log])
    if let old = try last(log), old.size > 0 {
      guard
        MerkleProof.isConsistent(oldSize: old.size, oldRoot: old.root, size: checkpoint.size, root: checkpoint.root, proof: proof)
      else {
        throw LedgerError(
          .refused,
          "the checkpoint of \(checkpoint.size) entries of '\(checkpoint.origin)' is no continuation of the \(old.size) seen before")
      }
    }
    try writeDurably(note.bytes, to: path(log), mode: 0o644)
    var cosigned = note
    let seconds = UInt64(max(0, now.milliseconds / 1000))
    cosigned.signatures.append(try key.sign(note.text, time: seconds))
    return cosigned
  }

  private func path(_ log: VerifierKey) -> String { folder + "/" + Digest(of: log.description).short + ".seen" }

  private func last(_ log: VerifierKey) throws -> Checkpoint? {
    guard let data = FileManager.default.contents(atPath: path(log)) else { return nil }
    return try Checkpoint(SignedNote(parsing: Array(data)), keys: [log])
  }
}
