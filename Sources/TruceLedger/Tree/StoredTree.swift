// The tree as the file keeps it: leaves in the entries, every eighth level above them in `nodes`, the rest computed.
internal import GRDB
internal import TruceModel

/// Reads hashes of the tree; used inside one access to the database.
final class StoredTree: TreeSource {
  private let leaves: RawStatement
  private let nodes: RawStatement

  init(_ database: Database) throws {
    leaves = try RawStatement(database, "SELECT sequence, leaf FROM entries WHERE sequence >= ?1 AND sequence < ?2 ORDER BY sequence")
    nodes = try RawStatement(
      database, "SELECT position, hash FROM nodes WHERE level = ?3 AND position >= ?1 AND position < ?2 ORDER BY position")
  }

  /// Neighbouring hashes of one tile level: level 0 are the leaves, level n the roots of 2^(8n) leaves.
  func hashes(level: Int, from start: UInt64, count: UInt64) throws -> [TreeHash] {
    let statement = level == 0 ? leaves : nodes
    statement.bind(1, start)
    statement.bind(2, start + count)
    if level > 0 { statement.bind(3, Int64(level)) }
    var hashes: [TreeHash] = []
    hashes.reserveCapacity(Int(count))
    defer { statement.reset() }
    while hashes.count < count, try statement.step() {
      guard statement.unsigned(0) == start + UInt64(hashes.count), let hash = statement.hash(1) else { break }
      hashes.append(hash)
    }
    guard hashes.count == count else {
      throw LedgerError(
        .damaged, "the tree's node \(start + UInt64(hashes.count)) of level \(level) is missing; `truce verify` names the place")
    }
    return hashes
  }

  /// The right edge of the tree over the first `size` entries.
  func frontier(size: UInt64) throws -> Frontier {
    var frontier = Frontier()
    for level in (0..<8).reversed() {
      let shift = UInt64(level * Frontier.tileHeight)
      let width = (size >> shift) & 255
      if width == 0 { continue }
      for hash in try hashes(level: level, from: (size >> shift) - width, count: width) {
        frontier.push(Frontier.Peak(height: level * Frontier.tileHeight, hash: hash)) { _ in }
      }
    }
    return frontier
  }
}
