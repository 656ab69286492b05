// A checkpoint: a log's name, size and root, as a note's text (C2SP tlog-checkpoint).
public import TruceModel

/// What a log says of itself at one size.
public struct Checkpoint: Sendable, Hashable {
  /// The log's name; the same as its key's.
  public var origin: String
  /// Entries.
  public var size: UInt64
  public var root: Digest
  /// Further lines; empty mostly.
  public var extensions: [String]

  public init(origin: String, size: UInt64, root: Digest, extensions: [String] = []) {
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// The note's text: origin, size and root, a line each.
  public var text: String { ([origin, String(size), base64(root.bytes)] + extensions).map { $0 + "\n" }.joined() }

  /// The checkpoint in a note's text.
  ///
  /// - Throws: `LedgerError.refused` where the lines are not as C2SP tlog-checkpoint wants them.
  public init(parsing text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 4, lines.last == "", !lines[0].isEmpty else {
      throw LedgerError(.refused, "malformed checkpoint: an origin, a size and a root stand on a line each")
    }
    guard let size = UInt64(lines[1]), String(size) == lines[1], size <= UInt64(Int64.max) else {
      throw LedgerError(.refused, "malformed checkpoint: its size reads '\(lines[1])', a decimal number without leading zeros is right")
    }
    guard let root = bytesOfBase64(lines[2]).flatMap({ Digest(bytes: $0) }) else {
      throw LedgerError(.refused, "malformed checkpoint: its root reads '\(lines[2])', 32 bytes in base64 are right")
    }
    let extensions = Array(lines[3..<(lines.count - 1)])
    guard !extensions.contains("") else { throw LedgerError(.refused, "malformed checkpoint: an extension line is empty") }
    self.init(origin: lines[0], size: size, root: root, extensions: extensions)
  }

  /// The checkpoint of a note that a log's key signed.
  ///
  /// - Throws: `LedgerError.refused` where the note is malformed, none of the keys signed it, or the log's own signature is not among theirs.
  public init(_ note: SignedNote, keys: [VerifierKey]) throws {
    let signers = try note.verified(by: keys)
    try self.init(parsing: note.text)
    guard signers.contains(where: { $0.algorithm == .ed25519 && $0.name == origin }) else {
      throw LedgerError(.refused, "the checkpoint of '\(origin)' is not signed by a known key of that name")
    }
  }
}
