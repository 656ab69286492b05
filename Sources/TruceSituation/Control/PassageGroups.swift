// Claims on their way to passages: each joins the latest group that it can be of, or opens one.
internal import TruceModel

/// Claims on their way to a passage.
struct PassageGroup {
  var change: Judgement.Change
  var lower: Int64
  var upper: Int64
  /// What its claims come to.
  var words: Standings.Sum
  /// Its claims, as a chain.
  let first: Int32
  var last: Int32
  /// The group before it that a further claim can still join; -1 for none.
  var older: Int32

  func overlaps(_ row: Judgement.Row) -> Bool { lower < row.upper && row.lower < upper && lower < upper && row.lower < row.upper }
}

/// The groups of some rows, in the order in which they were opened.
struct PassageGroups {
  let rows: UnsafeBufferPointer<Judgement.Row>
  let tolerance: Int64
  /// The next claim of the same group, by row.
  let next: UnsafeMutableBufferPointer<Int32>
  private let groups: UnsafeMutableBufferPointer<PassageGroup>
  private let weights: [ControlTable.Weight]
  private(set) var count = 0
  private var newest: Int32 = -1

  init(
    _ rows: UnsafeBufferPointer<Judgement.Row>, _ weights: [ControlTable.Weight], tolerance: Int64,
    _ groups: UnsafeMutableBufferPointer<PassageGroup>, _ next: UnsafeMutableBufferPointer<Int32>
  ) {
    (self.rows, self.weights, self.tolerance, self.groups, self.next) = (rows, weights, tolerance, groups, next)
  }

  var all: UnsafeMutableBufferPointer<PassageGroup>.SubSequence { groups[..<count] }

  subscript(at: Int) -> PassageGroup { groups[at] }

  /// Calls with the rows of a group, in the order in which they joined it.
  @inline(__always)
  func forEach(of group: PassageGroup, _ body: (Int) -> Void) {
    var number = group.first
    while number >= 0 {
      body(Int(number))
      number = next[Int(number)]
    }
  }

  /// Takes in a dated claim: with the latest group that it can be of, or by itself.
  ///
  /// - Parameter longest: how long before its end a further claim's time can begin.
  @inline(__always)
  mutating func add(dated number: Int, longest: Int64) {
    let row = rows[number]
    let reach = row.upper - longest - tolerance
    var at = newest
    var newer: Int32 = -1
    while at >= 0 {
      let group = groups[Int(at)]
      if group.upper < reach {
        // It ended too early for any further claim.
        if newer < 0 { newest = group.older } else { groups[Int(newer)].older = group.older }
      } else if group.change.isCompatible(with: row.change), row.gap(to: group.lower, group.upper) <= tolerance {
        join(number, at)
        groups[Int(at)].lower = min(group.lower, row.lower)
        groups[Int(at)].upper = max(group.upper, row.upper)
        return
      } else {
        newer = at
      }
      at = group.older
    }
    open(number, older: newest)
    newest = Int32(count - 1)
  }

  /// Takes in a claim whose time is loose: with the latest group that its time allows, or by itself.
  mutating func add(loose number: Int) {
    let row = rows[number]
    guard let at = all.lastIndex(where: { $0.overlaps(row) && $0.change.isCompatible(with: row.change) }) else {
      return open(number, older: -1)
    }
    let isLoose = !Judgement.isAnchored(groups[at].lower, groups[at].upper)
    join(number, Int32(at))
    if isLoose {
      // Two loose times allow what both allow.
      (groups[at].lower, groups[at].upper) = (max(groups[at].lower, row.lower), min(groups[at].upper, row.upper))
    }
  }

  @inline(__always)
  private mutating func open(_ number: Int, older: Int32) {
    let row = rows[number]
    next.initializeElement(at: number, to: -1)
    var words = Standings.Sum()
    words.add(weights[Int(row.telling)])
    groups.initializeElement(
      at: count,
      to: PassageGroup(
        change: row.change, lower: row.lower, upper: row.upper, words: words, first: Int32(number), last: Int32(number), older: older))
    count += 1
  }

  @inline(__always)
  private mutating func join(_ number: Int, _ at: Int32) {
    next.initializeElement(at: number, to: -1)
    next[Int(groups[Int(at)].last)] = Int32(number)
    groups[Int(at)].last = Int32(number)
    groups[Int(at)].change.merge(rows[number].change)
    groups[Int(at)].words.add(weights[Int(rows[number].telling)])
  }
}
