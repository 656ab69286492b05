// A node of the Merkle tree: 32 bytes held in place, without an allocation.
internal import TruceModel

internal import struct Crypto.SHA256

/// A SHA-256 hash in the tree (RFC 6962 section 2.1).
struct TreeHash: Sendable, Hashable {
  let digest: Digest

  /// The hash of an empty tree: SHA-256 of nothing.
  static let empty = TreeHash(SHA256().finalize())

  init(_ digest: SHA256.Digest) { self.digest = digest.withUnsafeBytes { Digest($0)! } }

  /// Nil unless there are 32 bytes.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let digest = Digest(bytes) else { return nil }
    self.digest = digest
  }

  init(_ digest: Digest) { self.digest = digest }

  /// The hash of a leaf: SHA-256 over 0x00 and the leaf's bytes.
  init(leaf: some Sequence<UInt8>) {
    var hash = SHA256()
    TreeHash.leafMark.withUnsafeBytes { hash.update(bufferPointer: $0) }
    if leaf.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
      Array(leaf).withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    self.init(hash.finalize())
  }

  /// The hash of an inner node: SHA-256 over 0x01 and its two children.
  init(_ left: TreeHash, _ right: TreeHash) {
    // The mark in the last byte of a word, so that the children lie behind it and nothing is copied together.
    var block = (UInt64(0x01).bigEndian, left.digest, right.digest)
    var hash = SHA256()
    withUnsafeBytes(of: &block) { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[7..<72])) }
    self.init(hash.finalize())
  }

  static let leafMark: [UInt8] = [0]

  var bytes: [UInt8] { digest.bytes }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result { try digest.withBytes(body) }
}
