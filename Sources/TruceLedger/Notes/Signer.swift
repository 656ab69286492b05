// The log's signer: a key in a file, and beside it the last head that it signed, outside the database.
internal import Foundation
internal import Glibc
internal import Synchronization
internal import TruceModel

/// Signs one log's checkpoints, and never two that contradict each other.
///
/// The head beside the key is written before a signature is handed out: a ledger that was set back to a backup, or forked, is refused.
public final class Signer: Sendable {
  /// The key's file; the head's is the same with `.head` behind it.
  public let path: String
  /// What others verify with.
  public var verifier: VerifierKey { key.verifier }
  private let key: SigningKey
  private let turn = Mutex(())

  private var headPath: String { path + ".head" }

  /// Opens a key.
  ///
  /// - Throws: `LedgerError` where the file or its head is missing, or is not what `create` wrote.
  public init(at path: String) throws {
    self.path = path
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw LedgerError(.missing, "there is no signing key here", file: path)
    }
    guard let key = SigningKey(text.trimmingCharacters(in: .whitespacesAndNewlines)), key.algorithm == .ed25519 else {
      throw LedgerError(.invalid, "this is no signing key of a log: 'PRIVATE+KEY+name+hash+base64' is right", file: path)
    }
    self.key = key
    _ = try lastHead()
  }

  /// Makes a key and its file, readable by the owner only; the head beside it starts empty.
  ///
  /// - Parameter name: The log's name, by which its checkpoints begin: `truce.example/mission`.
  public static func create(at path: String, name: String) throws -> Signer {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw LedgerError(.invalid, "a file is here already; keys are never replaced", file: path)
    }
    let key = try SigningKey(newNamed: name)
    try writeDurably(Array((key.privateText + "\n").utf8), to: path, mode: 0o600)
    try writeDurably([], to: path + ".head", mode: 0o644)
    return try Signer(at: path)
  }

  /// The last checkpoint that the key signed; nil before the first.
  ///
  /// - Throws: `LedgerError` where the head's file is missing or is not signed by the key.
  public func lastHead() throws -> SignedNote? {
    guard let data = FileManager.default.contents(atPath: headPath) else {
      throw LedgerError(
        .missing, "the head beside the key is missing; without it a ledger that was set back could be signed over", file: headPath)
    }
    if data.isEmpty { return nil }
    do {
      let note = try SignedNote(parsing: Array(data))
      _ = try Checkpoint(note, keys: [verifier])
      return note
    } catch {
      throw LedgerError(.damaged, "the head beside the key is not what the key signed (\(error))", file: headPath)
    }
  }

  /// Signs a size and root, where they are consistent with what was signed before.
  ///
  /// - Parameters:
  ///   - size: Entries.
  ///   - root: The root over them.
  ///   - proof: The consistency proof from the last signed head to them.
  /// - Throws: `LedgerError.refused` where the log is shorter than the last head or is no continuation of it.
  func sign(size: UInt64, root: Digest, proof: [Digest], since last: SignedNote?) throws -> SignedNote {
    try turn.withLock { _ in
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
        throw LedgerError(.inputOutput, "the signing key cannot be locked: \(String(cString: strerror(errno)))", file: path)
      }
      defer { close(descriptor) }
      let current = try lastHead()
      guard current == last else { throw LedgerError(.refused, "another process signed with this key meanwhile; ask again", file: path) }
      if let current {
        let old = try Checkpoint(parsing: current.text)
        guard old.size <= size else {
          throw LedgerError(
            .refused,
            "the ledger has \(size) entries, but \(old.size) were signed before: it was set back, perhaps to a backup; not signed",
            file: path)
        }
        let isContinuation =
          old.size == 0 || MerkleProof.isConsistent(oldSize: old.size, oldRoot: old.root, size: size, root: root, proof: proof)
        guard isContinuation else {
          throw LedgerError(
            .refused, "the ledger is no continuation of the head of \(old.size) entries that was signed before: it is a fork; not signed",
            file: path)
        }
        if old.size == size, old.root == root { return current }
      }
      let checkpoint = Checkpoint(origin: key.name, size: size, root: root)
      let note = SignedNote(text: checkpoint.text, signatures: [try key.sign(checkpoint.text)])
      try writeDurably(note.bytes, to: headPath, mode: 0o644)
      return note
    }
  }
}

/// Writes a file so that after a crash it is there whole or not at all.
func writeDurably(_ bytes: [UInt8], to path: String, mode: mode_t) throws {
  func failed(_ what: String) -> LedgerError {
    LedgerError(errno == ENOSPC ? .full : .inputOutput, "\(what) failed: \(String(cString: strerror(errno)))", file: path)
  }
  let temporary = path + ".new-\(getpid())"
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
  guard descriptor >= 0 else { throw failed("making the file") }
  var isDone = false
  defer { if !isDone { unlink(temporary) } }
  do {
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw failed("writing") }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw failed("making the file durable") }
  }
  guard rename(temporary, path) == 0 else { throw failed("putting the file in place") }
  isDone = true
  try syncFolder(of: path)
}
