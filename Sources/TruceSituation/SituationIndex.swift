// The fold: entries go in one by one, the situation comes out at any (on, known, said, according to).
public import TruceAtlas
public import TruceModel

/// Everything that the ledger's entries say of one case, ready to be asked.
///
/// A value: a copy is a snapshot. What was known at a moment is the prefix of the entries up to it; entries that come
/// later never change it. The order in which reports and claims came in changes nothing but what was known when.
public struct SituationIndex: Sendable {
  /// The case that the entries are about.
  public let caseFile: Case
  let index: CaseIndex
  var store = ClaimStore()

  public init(case file: Case) {
    caseFile = file
    index = CaseIndex(file)
  }

  /// Takes in the next entry.
  ///
  /// An entry whose content has not the form of its kind becomes a finding of every later situation and changes nothing else.
  public mutating func add(_ entry: Entry) { store.add(entry) }

  /// A claim by its id, whether it still counts or not.
  public func claim(_ id: ClaimID) -> Claim? { store.claim(id) }

  /// How many entries were taken in.
  public var size: UInt64 { store.size }

  /// The situation that a query asks for.
  public func situation(_ query: Query) -> Situation {
    SituationFold(index: index, facts: store.facts(for: query, in: index), query: query).situation(
      size: store.size(for: query), malformed: store.findings(for: query), watch: store.watch(for: query))
  }
}
