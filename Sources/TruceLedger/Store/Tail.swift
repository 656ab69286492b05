// Where the log ends: all that the writer keeps in memory between commits.
internal import GRDB
internal import TruceModel

/// The log's end: its tree's right edge and its last entry's time.
struct Tail: Sendable, Hashable {
  var frontier = Frontier()
  /// The last entry's; nothing is recorded before it.
  var recorded = Instant.distantPast

  var size: UInt64 { frontier.size }

  init() {}

  /// Reads the end of a log, and compares it with the head that was stored beside the last entry.
  ///
  /// - Throws: `LedgerError.damaged` where they differ: an entry is missing at the end, or was changed.
  init(_ database: Database) throws {
    let head = try RawStatement(database, "SELECT size, root FROM head WHERE one = 1")
    guard try head.step(), let root = head.hash(1) else { throw LedgerError(.damaged, "the ledger's head is missing") }
    let size = head.unsigned(0)
    head.reset()
    let last = try RawStatement(database, "SELECT sequence, recorded FROM entries ORDER BY sequence DESC LIMIT 1")
    var found: UInt64 = 0
    if try last.step() {
      found = last.unsigned(0) + 1
      recorded = Instant(milliseconds: last.integer(1))
      last.reset()
    }
    guard found == size else {
      throw LedgerError(.damaged, "the ledger's head counts \(size) entries, the file ends after \(found); `truce verify` names the place")
    }
    frontier = try StoredTree(database).frontier(size: size)
    guard frontier.root == root else {
      throw LedgerError(.damaged, "the ledger's head does not fit its last entries; `truce verify` names the place")
    }
  }
}
