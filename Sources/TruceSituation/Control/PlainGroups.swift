// Claims that only name who gained a place, put together to passages while they are read from the last back.
internal import TruceModel

/// Groups of dated claims that name who gained the place and not who lost it: one of each gaining side is open.
///
/// Claims come by their ends, from the last back. A claim is of one passage with the next later one of its gainer or with none, for none of
/// that gainer ended between them.
struct PlainGroups {
  /// A claim by where its row lies in the place, and the next later one of its passage; -1 for none.
  struct Claim {
    let position: Int32
    let next: Int32
  }

  /// The claims of one passage.
  struct Group {
    /// The earliest of them, by number; -1 for none.
    var first: Int32 = -1
    /// As in `Judgement.Row`.
    var stretch: Int32 = 0
    /// A further claim of the gainer that ends in front of this is of another passage.
    var reach = Int64.min
    /// What they come to.
    var words = Standings.Sum()
  }

  private let claims: UnsafeMutableBufferPointer<Claim>
  private let open: UnsafeMutableBufferPointer<Group>
  private(set) var count = 0
  /// Whole groups that are wanted, the latest first.
  private(set) var closed: [Group] = []

  /// - Parameters:
  ///   - claims: room for all claims; `open`: for a group of each gaining side.
  init(_ claims: UnsafeMutableBufferPointer<Claim>, _ open: UnsafeMutableBufferPointer<Group>) {
    (self.claims, self.open) = (claims, open)
    open.initialize(repeating: Group())
    closed.reserveCapacity(16)
  }

  subscript(claim: Int32) -> Claim { claims[Int(claim)] }

  /// Takes in a claim.
  ///
  /// - Parameters:
  ///   - reach: where it begins, less the tolerance.
  ///   - isWanted: whether a group is kept, by the side that gains and what its claims come to.
  @inline(__always)
  mutating func add(
    at position: Int, reach: Int64, upper: Int64, stretch: Int32, _ weight: ControlTable.Weight,
    isWanted: (_ side: Int, Standings.Sum) -> Bool
  ) {
    let side = Int(weight.gainer)
    var group = open[side]
    if upper < group.reach {
      if isWanted(side, group.words) { closed.append(group) }
      group = Group()
    }
    claims.initializeElement(at: count, to: Claim(position: Int32(truncatingIfNeeded: position), next: group.first))
    group.first = Int32(truncatingIfNeeded: count)
    group.stretch = stretch
    group.reach = reach
    group.words.add(weight)
    open[side] = group
    count += 1
  }

  /// Closes all groups: no claim is to come that could be of one.
  mutating func close(isWanted: (_ side: Int, Standings.Sum) -> Bool) {
    for side in open.indices where open[side].first >= 0 && isWanted(side, open[side].words) { closed.append(open[side]) }
  }
}
