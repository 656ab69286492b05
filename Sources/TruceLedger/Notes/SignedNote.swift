// Signed notes: a text and who signs it (C2SP signed-note).
internal import Foundation

/// A text with signature lines under it.
public struct SignedNote: Sendable, Hashable {
  /// One signature line.
  public struct Signature: Sendable, Hashable {
    public var name: String
    /// The first four bytes of the key's hash.
    public var keyID: [UInt8]
    /// What follows the key id: 64 bytes for Ed25519, 8 more in front for a cosignature.
    public var bytes: [UInt8]

    public init(name: String, keyID: [UInt8], bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }

    /// The line as it stands under the note, with its end.
    public var line: String { "— \(name) \(base64(keyID + bytes))\n" }
  }

  /// The most bytes and signatures of a note.
  public static let maximumBytes = 1_000_000
  public static let maximumSignatures = 100

  /// What is signed; it ends with a line end.
  public var text: String
  public var signatures: [Signature]

  public init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// The note as bytes: the text, an empty line, the signature lines.
  public var bytes: [UInt8] { Array((text + "\n" + signatures.map(\.line).joined()).utf8) }

  /// A note as it came from elsewhere; nothing is verified yet.
  ///
  /// - Throws: `LedgerError.refused` where it is malformed (C2SP signed-note, "Format").
  public init(parsing bytes: [UInt8]) throws {
    guard bytes.count <= SignedNote.maximumBytes else { throw SignedNote.malformed("it has more than \(SignedNote.maximumBytes) bytes") }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw SignedNote.malformed("it is not UTF-8") }
    guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }) else { throw SignedNote.malformed("it has control characters") }
    guard let blank = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }), blank > 0 else {
      throw SignedNote.malformed("no empty line stands between its text and its signatures")
    }
    text = String(decoding: bytes[...blank], as: UTF8.self)
    let lines = bytes[(blank + 2)...]
    guard lines.last == 0x0A else { throw SignedNote.malformed("its last line has no end, or it has no signatures") }
    signatures = []
    for line in lines.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
      let parts = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, parts[0].utf8.elementsEqual("—".utf8), isKeyName(parts[1]), let blob = bytesOfBase64(parts[2]),
        blob.count >= 5
      else { throw SignedNote.malformed("a signature line should read '— name base64'") }
      signatures.append(Signature(name: parts[1], keyID: Array(blob[0..<4]), bytes: Array(blob[4...])))
      guard signatures.count <= SignedNote.maximumSignatures else {
        throw SignedNote.malformed("it has more than \(SignedNote.maximumSignatures) signatures")
      }
    }
  }

  /// The keys among these that signed the note.
  ///
  /// - Throws: `LedgerError.refused` where a signature by one of the keys is wrong, two keys share a name and id, or none of them signed.
  public func verified(by keys: [VerifierKey]) throws -> [VerifierKey] {
    var found: [VerifierKey] = []
    for signature in signatures {
      let matching = keys.filter { $0.name == signature.name && $0.id == signature.keyID }
      guard let key = matching.first else { continue }
      guard matching.allSatisfy({ $0 == key }) else { throw LedgerError(.refused, "two keys of the name '\(key.name)' have one id") }
      guard key.verifies(signature.bytes, of: text) else {
        throw LedgerError(.refused, "the signature of '\(key.name)' does not fit the note: the note or the signature was changed")
      }
      if !found.contains(key) { found.append(key) }
    }
    guard !found.isEmpty else { throw LedgerError(.refused, "none of the known keys signed the note") }
    return found
  }

  private static func malformed(_ what: String) -> LedgerError { LedgerError(.refused, "malformed note: \(what)") }
}

/// Whether a text can name a key: not empty, no space of any script, no plus sign.
func isKeyName(_ name: String) -> Bool {
  !name.isEmpty && !name.unicodeScalars.contains { $0 == "+" || $0.properties.isWhitespace || $0.value < 0x20 }
}

/// Base64 (RFC 4648 section 4).
func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

/// The bytes of strict base64: padded, no stray bits, nothing around it; else nil.
func bytesOfBase64(_ text: String) -> [UInt8]? {
  guard let data = Data(base64Encoded: text) else { return nil }
  let bytes = Array(data)
  return base64(bytes).utf8.elementsEqual(text.utf8) ? bytes : nil
}
