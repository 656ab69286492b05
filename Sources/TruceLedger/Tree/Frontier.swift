// The right edge of the growing tree: all that the writer needs to add a leaf and to name the root.

/// The roots of the complete subtrees that make up a tree, largest first (a "compact range").
struct Frontier: Sendable, Hashable {
  /// A complete subtree of 2^height leaves.
  struct Peak: Sendable, Hashable {
    var height: Int
    var hash: TreeHash
  }

  /// A node that is stored: height 8, 16, 24 ..., as tlog-tiles cuts the tree.
  struct Stored: Sendable, Hashable {
    /// The tile level: 1 for height 8.
    var level: Int
    var position: UInt64
    var hash: TreeHash
  }

  /// Levels of the tree in one tile (C2SP tlog-tiles).
  static let tileHeight = 8

  private(set) var size: UInt64 = 0
  private(set) var peaks: [Peak] = []

  /// Adds a leaf, and hands out each node of a whole tile level that it completes.
  mutating func append(_ leaf: TreeHash, stored: (Stored) throws -> Void) rethrows {
    try push(Peak(height: 0, hash: leaf), stored: stored)
  }

  mutating func append(_ leaf: TreeHash) { append(leaf) { _ in } }

  /// Adds a complete subtree behind what is there; it must not be larger than the last peak.
  mutating func push(_ peak: Peak, stored: (Stored) throws -> Void) rethrows {
    precondition(peaks.last.map { $0.height >= peak.height } ?? true, "Subtrees are added largest first")
    size += 1 << UInt64(peak.height)
    var peak = peak
    while let last = peaks.last, last.height == peak.height {
      peaks.removeLast()
      peak = Peak(height: peak.height + 1, hash: TreeHash(last.hash, peak.hash))
      if peak.height % Frontier.tileHeight == 0 {
        let position = (size >> UInt64(peak.height)) - 1
        try stored(Stored(level: peak.height / Frontier.tileHeight, position: position, hash: peak.hash))
      }
    }
    peaks.append(peak)
  }

  /// The tree's root (RFC 6962 section 2.1).
  var root: TreeHash {
    guard var hash = peaks.last?.hash else { return .empty }
    for peak in peaks.dropLast().reversed() { hash = TreeHash(peak.hash, hash) }
    return hash
  }
}
