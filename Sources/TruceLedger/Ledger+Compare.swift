// Two ledgers side by side: how far they are the same log, and where they part.
public import TruceModel

/// How two ledgers stand to each other.
public struct LedgerComparison: Sendable, Hashable {
  public enum Relation: Sendable, Hashable {
    case same
    /// The first is the beginning of the second.
    case behind
    /// The second is the beginning of the first.
    case ahead
    /// Both go on, differently.
    case fork(first: Entry, second: Entry)
  }

  /// Entries that both begin with.
  public var common: UInt64
  public var firstSize: UInt64
  public var secondSize: UInt64
  public var relation: Relation

  /// One sentence for a terminal.
  public var summary: String {
    switch relation {
    case .same: "the same log: \(common) entries"
    case .behind: "the first is the beginning of the second: \(firstSize) of \(secondSize) entries"
    case .ahead: "the second is the beginning of the first: \(secondSize) of \(firstSize) entries"
    case .fork(let first, let second):
      "a fork behind \(common) entries: it goes on with '\(first.id)' (\(first.kind.rawValue), recorded \(first.recorded)) in the first, "
        + "'\(second.id)' (\(second.kind.rawValue), recorded \(second.recorded)) in the second"
    }
  }
}

extension Ledger {
  /// Finds how far this ledger and another are the same, by the roots of their beginnings: few reads, however long they are.
  public func compare(with other: Ledger) async throws -> LedgerComparison {
    let (firstSize, secondSize) = (try await size(), try await other.size())
    var low: UInt64 = 0
    var high = min(firstSize, secondSize)
    while low < high {
      let middle = low + (high - low + 1) / 2
      if try await root(size: middle) == other.root(size: middle) { low = middle } else { high = middle - 1 }
    }
    let relation: LedgerComparison.Relation
    if low == firstSize {
      relation = low == secondSize ? .same : .behind
    } else if low == secondSize {
      relation = .ahead
    } else {
      guard let first = try await entry(at: low), let second = try await other.entry(at: low) else {
        throw LedgerError(.damaged, "entry \(low) is missing in one of the ledgers; `truce verify` names what else is")
      }
      relation = .fork(first: first, second: second)
    }
    return LedgerComparison(common: low, firstSize: firstSize, secondSize: secondSize, relation: relation)
  }
}
