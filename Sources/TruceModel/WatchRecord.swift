// What a post sends: a record with an id that its sender makes, signed by the post's key where it has one.
internal import Crypto
internal import Foundation

/// A record of the watch: a post's change, a check-in, an observation.
public protocol WatchRecord: Sendable, Hashable {
  /// The kind of its ledger entry.
  static var kind: EntryKind { get }
  /// Made by the sender and kept by it until it has the receipt.
  var id: EntryID { get }
  /// What its entry is looked up by: the post.
  var key: String { get }
  var sending: Sending { get set }
  var json: JSON { get }
}

extension WatchRecord {
  /// The record as the ledger takes it.
  public var draft: Draft { Draft(id: id, kind: Self.kind, key: key, content: json) }

  /// The bytes that a signature is over: the canonical JSON without the signature.
  public var signedBytes: [UInt8] {
    var copy = self
    copy.sending.signature = nil
    return copy.json.canonical
  }

  /// Signs the record (Ed25519, RFC 8032).
  ///
  /// - Parameter privateKey: 32 bytes.
  /// - Throws: `FormError` where the key is none.
  public mutating func sign(privateKey: [UInt8]) throws(FormError) {
    sending.signature = try signature(over: signedBytes, privateKey: privateKey)
  }

  /// Whether the signature is the given key's over this record.
  ///
  /// - Parameter publicKey: 64 hexadecimal digits.
  public func isSigned(by publicKey: String) -> Bool {
    sending.signature.map { isSignature($0, over: signedBytes, publicKey: publicKey) } ?? false
  }
}

extension AlertChange {
  /// The bytes that signatures are over: the canonical JSON without them.
  public var signedBytes: [UInt8] {
    var copy = self
    copy.signatures = []
    return copy.json.canonical
  }

  /// Adds a signature: of a hand-over, first of the one who hands over, then of the one who takes over.
  public mutating func sign(privateKey: [UInt8]) throws(FormError) {
    signatures.append(try signature(over: signedBytes, privateKey: privateKey))
  }

  /// Whether each of the keys (64 hexadecimal digits) signed it, in this order.
  public func isSigned(by publicKeys: [String]) -> Bool {
    signatures.count == publicKeys.count
      && zip(signatures, publicKeys).allSatisfy { isSignature($0, over: signedBytes, publicKey: $1) }
  }
}

private func signature(over bytes: [UInt8], privateKey: [UInt8]) throws(FormError) -> String {
  do {
    return hexadecimal(try Curve25519.Signing.PrivateKey(rawRepresentation: Data(privateKey)).signature(for: Data(bytes)))
  } catch {
    throw FormError(field: "key", message: "should be the 32 bytes of an Ed25519 private key")
  }
}

private func isSignature(_ signature: String, over signed: [UInt8], publicKey: String) -> Bool {
  guard let signature = bytes(hexadecimal: signature), let raw = bytes(hexadecimal: publicKey),
    let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(raw))
  else { return false }
  return key.isValidSignature(Data(signature), for: Data(signed))
}

/// A post's Ed25519 key: what it keeps, and what it registers.
public struct PostKey: Sendable, Hashable {
  /// 32 bytes, the post's own.
  public let privateKey: [UInt8]
  /// 64 hexadecimal digits, for the post's record.
  public let publicKey: String

  /// A new key from the system's random source.
  public init() {
    let key = Curve25519.Signing.PrivateKey()
    privateKey = Array(key.rawRepresentation)
    publicKey = hexadecimal(key.publicKey.rawRepresentation)
  }

  /// The key of some 32 private bytes; nil where they are none.
  public init?(privateKey: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Data(privateKey)) else { return nil }
    self.privateKey = privateKey
    publicKey = hexadecimal(key.publicKey.rawRepresentation)
  }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

private func bytes(hexadecimal text: String) -> [UInt8]? {
  let digits = text.utf8.map { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") ? $0 - 48 : $0 >= 97 && $0 <= 102 ? $0 - 87 : 255 }
  guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 < 16 }) else { return nil }
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
