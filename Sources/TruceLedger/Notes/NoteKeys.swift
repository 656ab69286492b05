// Keys of signed notes in their text forms: `name+hash+base64` and `PRIVATE+KEY+name+hash+base64` (C2SP signed-note).
internal import Crypto
internal import Foundation

/// What a key signs.
public enum NoteAlgorithm: UInt8, Sendable, Hashable {
  /// A log's own signature: Ed25519 over the note's text.
  case ed25519 = 1
  /// A witness's: Ed25519 over a time and the note's text (C2SP tlog-cosignature).
  case cosignature = 4
}

/// A public key: who can verify with it what `name` signed.
public struct VerifierKey: Sendable, Hashable, CustomStringConvertible {
  public let name: String
  public let algorithm: NoteAlgorithm
  /// 32 bytes.
  public let publicKey: [UInt8]

  init(name: String, algorithm: NoteAlgorithm, publicKey: [UInt8]) {
    self.name = name
    self.algorithm = algorithm
    self.publicKey = publicKey
  }

  /// A key from its text form; nil where anything in it is not as it should be.
  public init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, isKeyName(parts[0]), let blob = bytesOfBase64(parts[2]), blob.count == 33,
      let algorithm = NoteAlgorithm(rawValue: blob[0])
    else { return nil }
    self.init(name: parts[0], algorithm: algorithm, publicKey: Array(blob[1...]))
    guard parts[1].utf8.elementsEqual(hexadecimal(id).utf8) else { return nil }
  }

  /// The first four bytes of SHA-256 over name, line end, algorithm and key.
  public var id: [UInt8] { Array(SHA256.hash(data: Array(name.utf8) + [0x0A, algorithm.rawValue] + publicKey).prefix(4)) }

  public var description: String { "\(name)+\(hexadecimal(id))+\(base64([algorithm.rawValue] + publicKey))" }

  /// Whether a signature line's bytes behind the key id are this key's signature of a text.
  public func verifies(_ signature: [UInt8], of text: String) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    switch algorithm {
    case .ed25519: return signature.count == 64 && key.isValidSignature(signature, for: Array(text.utf8))
    case .cosignature:
      guard signature.count == 72 else { return false }
      let time = signature[0..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return key.isValidSignature(Array(signature[8...]), for: cosigned(text, at: time))
    }
  }
}

/// A private key; it stays in its file and in memory.
public struct SigningKey: Sendable {
  public let name: String
  public let algorithm: NoteAlgorithm
  private let seed: [UInt8]

  /// A new key.
  ///
  /// - Throws: `LedgerError.invalid` where the name is empty or has a space or a plus sign.
  public init(newNamed name: String, algorithm: NoteAlgorithm = .ed25519) throws {
    guard isKeyName(name) else {
      throw LedgerError(.invalid, "a key's name is not empty and has no space and no '+'; '\(name)' does not fit")
    }
    self.name = name
    self.algorithm = algorithm
    seed = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
  }

  /// A key from its text form; nil where anything in it is not as it should be.
  public init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY", isKeyName(parts[2]), let blob = bytesOfBase64(parts[4]),
      blob.count == 33, let algorithm = NoteAlgorithm(rawValue: blob[0]),
      (try? Curve25519.Signing.PrivateKey(rawRepresentation: blob[1...])) != nil
    else { return nil }
    name = parts[2]
    self.algorithm = algorithm
    seed = Array(blob[1...])
    guard parts[3].utf8.elementsEqual(hexadecimal(verifier.id).utf8) else { return nil }
  }

  /// The text form, for the key's file only.
  var privateText: String { "PRIVATE+KEY+\(name)+\(hexadecimal(verifier.id))+\(base64([algorithm.rawValue] + seed))" }

  /// The public key.
  public var verifier: VerifierKey {
    VerifierKey(name: name, algorithm: algorithm, publicKey: Array(privateKey.publicKey.rawRepresentation))
  }

  /// Signs a note's text; `time` counts seconds since 1970 and stands in a cosignature only.
  func sign(_ text: String, time: UInt64 = 0) throws -> SignedNote.Signature {
    let id = verifier.id
    switch algorithm {
    case .ed25519: return SignedNote.Signature(name: name, keyID: id, bytes: Array(try privateKey.signature(for: Array(text.utf8))))
    case .cosignature:
      let signature = try privateKey.signature(for: cosigned(text, at: time))
      let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
      return SignedNote.Signature(name: name, keyID: id, bytes: stamp + Array(signature))
    }
  }

  // The seed was checked where it came in.
  private var privateKey: Curve25519.Signing.PrivateKey { try! Curve25519.Signing.PrivateKey(rawRepresentation: seed) }
}

/// What a witness signs (C2SP tlog-cosignature, "Signature format").
private func cosigned(_ text: String, at time: UInt64) -> [UInt8] { Array("cosignature/v1\ntime \(time)\n\(text)".utf8) }

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
