// Checking proofs: pure functions of hashes, for anyone who holds a checkpoint.
public import TruceModel

/// What RFC 6962 lets one check without the log.
public enum MerkleProof {
  /// The most hashes of a proof in a tree of 2^63 leaves.
  public static let maximumLength = 64

  /// Whether a leaf stands at a place of a tree (RFC 9162 section 2.1.3.2).
  ///
  /// - Parameters:
  ///   - leaf: The leaf's hash.
  ///   - index: The leaf's place, from 0.
  ///   - size: The tree's leaves.
  ///   - proof: The hashes of the subtrees beside the way up, lowest first.
  ///   - root: The tree's root, as a checkpoint gives it.
  public static func includes(leaf: Digest, index: UInt64, size: UInt64, proof: [Digest], root: Digest) -> Bool {
    guard index < size else { return false }
    var place = index
    var last = size - 1
    var hash = TreeHash(leaf)
    for digest in proof {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        hash = TreeHash(TreeHash(digest), hash)
        while place & 1 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        hash = TreeHash(hash, TreeHash(digest))
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && hash.digest == root
  }

  /// Whether a tree is the beginning of a larger one (RFC 9162 section 2.1.4.2).
  ///
  /// A tree without leaves is the beginning of none here: such a check would say nothing.
  public static func isConsistent(oldSize: UInt64, oldRoot: Digest, size: UInt64, root: Digest, proof: [Digest]) -> Bool {
    guard oldSize > 0, oldSize <= size else { return false }
    if oldSize == size { return proof.isEmpty && oldRoot == root }
    guard !proof.isEmpty else { return false }
    let path = oldSize & (oldSize - 1) == 0 ? [oldRoot] + proof : proof
    var place = oldSize - 1
    var last = size - 1
    while place & 1 == 1 {
      place >>= 1
      last >>= 1
    }
    var old = TreeHash(path[0])
    var new = old
    for digest in path.dropFirst() {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        old = TreeHash(TreeHash(digest), old)
        new = TreeHash(TreeHash(digest), new)
        while place & 1 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        new = TreeHash(new, TreeHash(digest))
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && old.digest == oldRoot && new.digest == root
  }
}
