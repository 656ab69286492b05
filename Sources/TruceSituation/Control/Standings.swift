// The standings that the claims of a passage have, as a set of bits: what a rule admits of them, and what they come to together.
internal import TruceModel

/// Some standings.
struct Standings: Sendable, Hashable {
  private static let byRank = Standing.allCases
  private var bits: UInt8 = 0

  init(_ standings: Standing...) { for standing in standings { insert(standing) } }

  var isEmpty: Bool { bits == 0 }

  func contains(_ standing: Standing) -> Bool { bits & (1 << standing.rank) != 0 }

  mutating func insert(_ standing: Standing) { bits |= 1 << standing.rank }

  func intersection(_ other: Standings) -> Standings {
    var both = self
    both.bits &= other.bits
    return both
  }

  /// Whether a gaining and a losing side both say it.
  var isAgreed: Bool { contains(.agreed) || contains(.claimed) && contains(.conceded) }

  /// The standing of the fact; nil for no evidence.
  var combined: Standing? {
    if contains(.observed) { return .observed }
    if isAgreed { return .agreed }
    return bits == 0 ? nil : Standings.byRank[7 - bits.leadingZeroBitCount]
  }

  /// What of some claims' words does not depend on who gains and who loses.
  struct Kind: OptionSet, Sendable {
    var rawValue: UInt8 = 0
    static let alleged = Kind(rawValue: 1)
    static let observed = Kind(rawValue: 2)
    /// Weighed by itself.
    static let other = Kind(rawValue: 4)
  }

  /// The words of some claims, added up.
  struct Sum: Sendable {
    /// The sides that assert it, as bits.
    var sides: UInt64 = 0
    var kinds = Kind()

    mutating func add(_ weight: ControlTable.Weight) {
      sides |= weight.sides
      kinds.formUnion(weight.kind)
    }
  }

  /// The standings of a sum's words, for those sides that gain and those that lose.
  init(_ sum: Sum, gaining: UInt64, losing: UInt64) {
    if sum.kinds.contains(.alleged) { insert(.alleged) }
    if sum.kinds.contains(.observed) { insert(.observed) }
    if sum.sides & gaining & losing != 0 { insert(.agreed) }
    if sum.sides & gaining & ~losing != 0 { insert(.claimed) }
    if sum.sides & losing & ~gaining != 0 { insert(.conceded) }
    if sum.sides & ~(gaining | losing) != 0 { insert(.attested) }
  }
}
