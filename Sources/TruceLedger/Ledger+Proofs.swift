// What the ledger proves: roots, inclusion, consistency.
internal import GRDB
public import TruceModel

extension Ledger {
  /// The root over the first `size` entries (RFC 6962 section 2.1).
  public func root(size: UInt64) async throws -> Digest {
    try await prove(size) { try $0.root(0, size).digest }
  }

  /// The proof that entry `index` stands in the tree of `size` entries, for `MerkleProof.includes`.
  public func inclusionProof(of index: UInt64, size: UInt64) async throws -> [Digest] {
    guard index < size else { throw LedgerError(.invalid, "entry \(index) is not among the first \(size)", file: path) }
    return try await prove(size) { try $0.inclusionProof(index, size: size).map(\.digest) }
  }

  /// The proof that the first `old` entries are the beginning of the first `size`, for `MerkleProof.isConsistent`.
  public func consistencyProof(from old: UInt64, to size: UInt64) async throws -> [Digest] {
    guard old <= size else { throw LedgerError(.invalid, "\(old) entries are not the beginning of \(size)", file: path) }
    return try await prove(size) { try $0.consistencyProof(from: old, to: size).map(\.digest) }
  }

  private func prove<Result: Sendable>(_ size: UInt64, _ work: @escaping @Sendable (StoredTree) throws -> Result) async throws -> Result {
    let path = path
    return try await access { database in
      let head = try storedHead(database)
      guard size <= head.size else {
        throw LedgerError(.invalid, "the ledger has \(head.size) entries, not \(size)", file: path)
      }
      return try work(StoredTree(database))
    }
  }
}

/// The size and root that were stored beside the last entry.
func storedHead(_ database: Database) throws -> (size: UInt64, root: TreeHash) {
  let statement = try RawStatement(database, "SELECT size, root FROM head WHERE one = 1")
  guard try statement.step(), let root = statement.hash(1) else { throw LedgerError(.damaged, "the ledger's head is missing") }
  defer { statement.reset() }
  return (statement.unsigned(0), root)
}
