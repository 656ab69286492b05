// A node of the Merkle tree: 32 bytes held in place, without an allocation.
internal import TruceModel

internal import struct Crypto.SHA256

/// A SHA-256 hash in the tree (RFC 6962 section 2.1).
struct TreeHash: Sendable, Hashable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The hash of an empty tree: SHA-256 of nothing.
  static let empty = TreeHash(SHA256().finalize())

  init(_ digest: SHA256.Digest) {
    withUnsafeMutableBytes(of: &words) { target in digest.withUnsafeBytes { target.copyMemory(from: $0) } }
  }

  /// Nil unless there are 32 bytes.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 32 else { return nil }
    withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
  }

  init(_ digest: Digest) {
    withUnsafeMutableBytes(of: &words) { target in digest.bytes.withUnsafeBytes { target.copyMemory(from: $0) } }
  }

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
    var block = NodeBlock(left: left.words, right: right.words)
    var hash = SHA256()
    withUnsafeBytes(of: &block) { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[7..<72])) }
    self.init(hash.finalize())
  }

  static let leafMark: [UInt8] = [0]

  var digest: Digest { Digest(bytes: bytes)! }
  var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withUnsafeBytes(of: words, body)
  }

  static func == (left: TreeHash, right: TreeHash) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

  /// 0x01 in the last byte of the first word, then the children: hashed from byte 7 on, so that nothing is copied together.
  private struct NodeBlock {
    var mark: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0, 0, 0, 1)
    var left: (UInt64, UInt64, UInt64, UInt64)
    var right: (UInt64, UInt64, UInt64, UInt64)
  }
}
