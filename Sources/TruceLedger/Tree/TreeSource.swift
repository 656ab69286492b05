// Making proofs from a tree whose tile levels can be read.

/// Gives the hashes of a tree's tile levels: level 0 are the leaves, level n the roots of 2^(8n) leaves.
protocol TreeSource {
  /// Neighbouring hashes of one level, all of them.
  func hashes(level: Int, from start: UInt64, count: UInt64) throws -> [TreeHash]
}

extension TreeSource {
  /// The hash of the complete subtree of 2^height leaves at a position.
  func node(height: Int, position: UInt64) throws -> TreeHash {
    let rest = height % Frontier.tileHeight
    let width = UInt64(1) << UInt64(rest)
    var row = try hashes(level: height / Frontier.tileHeight, from: position << UInt64(rest), count: width)
    while row.count > 1 { row = stride(from: 0, to: row.count, by: 2).map { TreeHash(row[$0], row[$0 + 1]) } }
    return row[0]
  }

  /// The hash over the leaves `start..<end`, as RFC 6962 section 2.1 splits them.
  func root(_ start: UInt64, _ end: UInt64) throws -> TreeHash {
    let count = end - start
    if count == 0 { return .empty }
    let height = 63 - count.leadingZeroBitCount
    let complete = UInt64(1) << UInt64(height)
    if count == complete { return try node(height: height, position: start >> UInt64(height)) }
    return TreeHash(try root(start, start + complete), try root(start + complete, end))
  }

  /// The audit path of a leaf (RFC 6962 section 2.1.1), lowest first.
  func inclusionProof(_ index: UInt64, size: UInt64) throws -> [TreeHash] {
    precondition(index < size, "A leaf of the tree is proved")
    var start: UInt64 = 0
    var end = size
    var path: [TreeHash] = []
    while end - start > 1 {
      let middle = start + Self.split(end - start)
      if index < middle {
        path.append(try root(middle, end))
        end = middle
      } else {
        path.append(try root(start, middle))
        start = middle
      }
    }
    return path.reversed()
  }

  /// The proof that the first `oldSize` leaves are the beginning of the tree (RFC 6962 section 2.1.2), lowest first.
  func consistencyProof(from oldSize: UInt64, to size: UInt64) throws -> [TreeHash] {
    precondition(oldSize <= size, "A proof runs from the smaller tree to the larger")
    if oldSize == 0 || oldSize == size { return [] }
    var start: UInt64 = 0
    var end = size
    var isWhole = true
    var path: [TreeHash] = []
    while oldSize < end {
      let middle = start + Self.split(end - start)
      if oldSize <= middle {
        path.append(try root(middle, end))
        end = middle
      } else {
        path.append(try root(start, middle))
        start = middle
        isWhole = false
      }
    }
    if !isWhole { path.append(try root(start, end)) }
    return path.reversed()
  }

  /// The largest power of two below a count above 1.
  private static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
}
