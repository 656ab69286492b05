// The first half of a judgement: the claims of a place put together to passages.
internal import TruceModel

/// Claims on their way to a passage.
private struct Group {
  var change: Judgement.Change
  var lower: Int64
  var upper: Int64
  var first: Int32
  var last: Int32

  init(_ row: ControlRow, _ number: Int32, _ change: Judgement.Change) {
    self.change = change
    (lower, upper) = (row.lower, row.upper)
    (first, last) = (number, number)
  }

  func gap(to row: ControlRow) -> Int64 { max(0, row.lower - upper, lower - row.upper) }

  func overlaps(_ row: ControlRow) -> Bool { lower < row.upper && row.lower < upper && lower < upper && row.lower < row.upper }
}

extension PlaceJudge {
  /// Puts the claims that count together to passages, in the order of time.
  func gather(_ place: ControlTable.Place, into judgement: inout Judgement) {
    let rows = place.rows
    var groups: [Group] = []
    /// The next claim of the same group.
    var next = [Int32](repeating: -1, count: rows.count)
    var loose: [Int32] = []
    var denials: [Int32] = []
    groups.reserveCapacity(rows.count / 2 + 1)
    /// Groups before this one ended too early for any further claim.
    var reach = 0
    for number in 0..<Int32(rows.count) {
      let row = rows[Int(number)]
      guard counts(row) else { continue }
      if row.isDenial {
        denials.append(number)
      } else if !row.isAnchored {
        loose.append(number)
      } else {
        while reach < groups.count, groups[reach].upper + tolerance < row.upper - place.longest { reach += 1 }
        let change = change(row)
        var at = groups.count - 1
        while at >= reach, groups[at].gap(to: row) > tolerance || !groups[at].change.isCompatible(with: change) { at -= 1 }
        if at >= reach {
          join(number, change, &groups[at], &next)
          groups[at].lower = min(groups[at].lower, row.lower)
          groups[at].upper = max(groups[at].upper, row.upper)
        } else {
          groups.append(Group(row, number, change))
        }
      }
    }
    for number in loose {
      let row = rows[Int(number)]
      let told = change(row)
      if let at = groups.lastIndex(where: { $0.overlaps(row) && $0.change.isCompatible(with: told) }) {
        let isLoose = !Judgement.isAnchored(groups[at].lower, groups[at].upper)
        join(number, told, &groups[at], &next)
        if isLoose {
          // Two loose times allow what both allow.
          (groups[at].lower, groups[at].upper) = (max(groups[at].lower, row.lower), min(groups[at].upper, row.upper))
        }
      } else {
        groups.append(Group(row, number, told))
      }
    }
    var denied: [Int: [Int32]] = [:]
    for number in denials {
      let row = rows[Int(number)]
      let told = change(row)
      let found = groups.lastIndex {
        $0.gap(to: row) <= tolerance && $0.lower < row.saidUntil && $0.change.isCompatible(with: told)
      }
      if let found { denied[found, default: []].append(number) }
    }
    judgement.passages.reserveCapacity(groups.count)
    for (at, group) in groups.enumerated() {
      let start = judgement.members.count
      var number = group.first
      while number >= 0 {
        judgement.members.append(number)
        number = next[Int(number)]
      }
      judgement.passages.append(passage(start..<judgement.members.count, denied[at] ?? [], &judgement))
    }
    sort(&judgement)
  }

  private func join(_ number: Int32, _ change: Judgement.Change, _ group: inout Group, _ next: inout [Int32]) {
    next[Int(group.last)] = number
    group.last = number
    group.change.merge(change)
  }

  /// A passage of the claims of a group, less those that their origin took back.
  private func passage(_ told: Range<Int>, _ denials: [Int32], _ judgement: inout Judgement) -> Judgement.Passage {
    guard !denials.isEmpty else {
      var passage = Judgement.Passage(
        change: Judgement.Change(), lower: 0, upper: 0, live: told, taken: told.upperBound..<told.upperBound,
        denials: told.upperBound..<told.upperBound)
      describe(&passage, by: told, judgement)
      return passage
    }
    let rows = judgement.rows
    func isTakenBack(_ one: Int32, by others: some Sequence<Int32>) -> Bool {
      others.contains { rows[Int($0)].origin == rows[Int(one)].origin && rows[Int($0)].saidFrom > rows[Int(one)].saidFrom }
    }
    let all = Array(judgement.members[told])
    let live = all.filter { !isTakenBack($0, by: denials) }
    let taken = all.filter { isTakenBack($0, by: denials) }
    let standing = denials.filter { !isTakenBack($0, by: all) }
    judgement.members.replaceSubrange(told, with: live + taken + standing)
    let first = told.lowerBound + live.count
    var passage = Judgement.Passage(
      change: Judgement.Change(), lower: 0, upper: 0, live: told.lowerBound..<first, taken: first..<first + taken.count,
      denials: first + taken.count..<first + taken.count + standing.count)
    describe(&passage, by: live.isEmpty ? passage.taken : passage.live, judgement)
    return passage
  }

  /// Sets what some claims together say of a passage: between whom, and when.
  ///
  /// Where one says the side and another its ally, the word of the earlier claim by time stands, and a dated one before an undated.
  func describe(_ passage: inout Judgement.Passage, by told: Range<Int>, _ judgement: Judgement) {
    passage.change = Judgement.Change()
    for at in told { passage.change.merge(change(judgement.rows[Int(judgement.members[at])])) }
    (passage.lower, passage.upper) = time(of: told, judgement)
  }

  /// When it happened: what all claims allow; where they differ within the tolerance, from the first to the last.
  ///
  /// Of one origin's claims the last said counts.
  private func time(of told: Range<Int>, _ judgement: Judgement) -> (Int64, Int64) {
    let rows = judgement.rows
    let members = judgement.members
    if told.count == 1 {
      let row = rows[Int(members[told.lowerBound])]
      return (row.lower, row.upper)
    }
    var latest: [UInt32: Int64] = [:]
    let isSmall = told.count <= 16
    if !isSmall {
      for at in told {
        let row = rows[Int(members[at])]
        if row.isAnchored { latest[row.origin] = max(latest[row.origin] ?? .min, row.saidFrom) }
      }
    }
    func isLast(_ row: ControlRow) -> Bool {
      guard isSmall else { return latest[row.origin] == row.saidFrom }
      for at in told {
        let other = rows[Int(members[at])]
        if other.isAnchored, other.origin == row.origin, other.saidFrom > row.saidFrom { return false }
      }
      return true
    }
    // What all allow, and what any allows.
    var (lower, upper) = (Int64.min, Int64.max)
    var (first, last) = (Int64.max, Int64.min)
    for onlyAnchored in [true, false] where first == .max {
      for at in told {
        let row = rows[Int(members[at])]
        if onlyAnchored, !(row.isAnchored && isLast(row)) { continue }
        lower = max(lower, row.lower)
        upper = min(upper, row.upper)
        first = min(first, row.lower)
        last = max(last, row.upper)
      }
    }
    return lower < upper ? (lower, upper) : (first, last)
  }

  // MARK: - Order

  /// By when it ended at the latest, then by when it began, then by the id of the claim that was said first; mostly they stand so already.
  private func sort(_ judgement: inout Judgement) {
    for i in judgement.passages.indices.dropFirst() {
      let passage = judgement.passages[i]
      var at = i
      while at > 0, isEarlier(passage, judgement.passages[at - 1], judgement) {
        judgement.passages[at] = judgement.passages[at - 1]
        at -= 1
      }
      if at < i { judgement.passages[at] = passage }
    }
  }

  private func isEarlier(_ left: Judgement.Passage, _ right: Judgement.Passage, _ judgement: Judgement) -> Bool {
    if left.upper != right.upper { return left.upper < right.upper }
    if left.lower != right.lower { return left.lower < right.lower }
    guard let mine = firstSaid(left, judgement), let theirs = firstSaid(right, judgement) else { return false }
    return store.ids.isOrdered(mine, theirs)
  }

  /// The claim of a passage that was said first, by number.
  private func firstSaid(_ passage: Judgement.Passage, _ judgement: Judgement) -> Int? {
    let told = (passage.live.isEmpty ? passage.taken : passage.live).lazy.map { judgement.rows[Int(judgement.members[$0])] }
    let first = told.min { left, right in
      if left.saidFrom != right.saidFrom { return left.saidFrom < right.saidFrom }
      return store.ids.isOrdered(claim(left), claim(right))
    }
    return first.map(claim)
  }

  private func claim(_ row: ControlRow) -> Int { Int(store.spans[Int(row.span)].claim) }
}
