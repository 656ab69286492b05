// The first half of a judgement: the claims of a place put together to passages.
internal import TruceModel

/// Claims on their way to a passage.
private struct Group {
  var change: Judgement.Change
  var lower: Int64
  var upper: Int64
  /// Its claims, as a chain.
  let first: Int32
  var last: Int32
  /// The group before it that a further claim can still join; -1 for none.
  var older: Int32

  func overlaps(_ row: Judgement.Row) -> Bool { lower < row.upper && row.lower < upper && lower < upper && row.lower < row.upper }
}

/// The groups of some rows, in the order in which they were opened.
private struct Groups {
  let rows: UnsafeBufferPointer<Judgement.Row>
  let tolerance: Int64
  /// The next claim of the same group, by row.
  let next: UnsafeMutableBufferPointer<Int32>
  private let groups: UnsafeMutableBufferPointer<Group>
  private var count = 0
  private var newest: Int32 = -1

  init(
    _ rows: UnsafeBufferPointer<Judgement.Row>, tolerance: Int64, _ groups: UnsafeMutableBufferPointer<Group>,
    _ next: UnsafeMutableBufferPointer<Int32>
  ) {
    (self.rows, self.tolerance, self.groups, self.next) = (rows, tolerance, groups, next)
  }

  var all: UnsafeMutableBufferPointer<Group>.SubSequence { groups[..<count] }

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

  private mutating func open(_ number: Int, older: Int32) {
    let row = rows[number]
    next.initializeElement(at: number, to: -1)
    groups.initializeElement(
      at: count,
      to: Group(change: row.change, lower: row.lower, upper: row.upper, first: Int32(number), last: Int32(number), older: older))
    count += 1
  }

  @inline(__always)
  private mutating func join(_ number: Int, _ at: Int32) {
    next.initializeElement(at: number, to: -1)
    next[Int(groups[Int(at)].last)] = Int32(number)
    groups[Int(at)].last = Int32(number)
    groups[Int(at)].change.merge(rows[number].change)
  }
}

/// When an origin last spoke.
private struct LastWord {
  var origin: UInt32
  var said: Int64
}

/// What some times all allow, and what any of them allows.
private struct Hull {
  var (lower, upper) = (Int64.min, Int64.max)
  var (first, last) = (Int64.max, Int64.min)

  @inline(__always)
  mutating func add(_ row: Judgement.Row) {
    (lower, upper) = (max(lower, row.lower), min(upper, row.upper))
    (first, last) = (min(first, row.lower), max(last, row.upper))
  }
}

extension PlaceJudge {
  /// Puts the rows from one on, which stand from the last back, together to passages in the order of time.
  ///
  /// - Parameter longest: the longest time of a dated claim.
  func gather(from first: Int, longest: Int64, into judgement: inout Judgement) {
    let rows = judgement.rows
    rows.withUnsafeBufferPointer { all in
      let rows = UnsafeBufferPointer(rebasing: all[first...])
      withUnsafeTemporaryAllocation(of: Group.self, capacity: rows.count) { groups in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { next in
          gather(rows, from: Int32(first), longest: longest, Groups(rows, tolerance: tolerance, groups, next), &judgement)
        }
      }
    }
  }

  private func gather(
    _ rows: UnsafeBufferPointer<Judgement.Row>, from first: Int32, longest: Int64, _ empty: Groups, _ judgement: inout Judgement
  ) {
    var groups = empty
    var loose: [Int] = []
    var denials: [Int] = []
    for number in rows.indices.reversed() {
      if rows[number].claim.isDenial {
        denials.append(number)
      } else if !rows[number].claim.isAnchored {
        loose.append(number)
      } else {
        groups.add(dated: number, longest: longest)
      }
    }
    for number in loose { groups.add(loose: number) }
    var denied: [Int: [Int32]] = [:]
    for number in denials {
      let row = rows[number]
      let until = saidUntil(row)
      let found = groups.all.lastIndex {
        row.gap(to: $0.lower, $0.upper) <= tolerance && $0.lower < until && $0.change.isCompatible(with: row.change)
      }
      if let found { denied[found, default: []].append(first + Int32(number)) }
    }
    let earlier = judgement.passages.count
    for at in groups.all.indices {
      let group = groups.all[at]
      let start = Int32(judgement.members.count)
      var words = Standings.Sum()
      var number = group.first
      while number >= 0 {
        judgement.members.append(first + number)
        let row = rows[Int(number)].claim
        words.add(weights[row.speaker], isAlleged: row.isAlleged)
        number = groups.next[Int(number)]
      }
      let end = Int32(judgement.members.count)
      let (lower, upper) = group.first == group.last ? (group.lower, group.upper) : time(of: start..<end, judgement)
      judgement.passages.append(
        Judgement.Passage(
          change: group.change, lower: lower, upper: upper, live: start..<end, taken: end..<end, denials: end..<end, words: words))
      if !denied.isEmpty, let denials = denied[at] { withdraw(from: judgement.passages.count - 1, denials, &judgement) }
    }
    sort(from: earlier, &judgement, isNearlyInOrder: loose.isEmpty)
  }

  /// The claims of a place that count, from the last back.
  func counted(_ place: ControlTable.Place) -> [Judgement.Row] {
    var rows: [Judgement.Row] = []
    rows.reserveCapacity(place.rows.count)
    place.rows.forEachReversed(before: { _ in false }) { claim in
      if counts(claim) { rows.append(row(claim, of: place)) }
      return true
    }
    return rows
  }

  /// Takes out of a passage the claims that their origin took back.
  private func withdraw(from number: Int, _ denials: [Int32], _ judgement: inout Judgement) {
    let rows = judgement.rows
    var passage = judgement.passages[number]
    func isTakenBack(_ one: Int32, by others: [Int32]) -> Bool {
      others.contains { origin(rows[Int($0)]) == origin(rows[Int(one)]) && rows[Int($0)].claim.saidFrom > rows[Int(one)].claim.saidFrom }
    }
    let told = passage.live
    let all = Array(judgement.members[Int(told.lowerBound)..<Int(told.upperBound)])
    let live = all.filter { !isTakenBack($0, by: denials) }
    let taken = all.filter { isTakenBack($0, by: denials) }
    let standing = denials.filter { !isTakenBack($0, by: all) }
    judgement.members.replaceSubrange(Int(told.lowerBound)..<Int(told.upperBound), with: live + taken + standing)
    passage.live = told.lowerBound..<told.lowerBound + Int32(live.count)
    passage.taken = passage.live.upperBound..<told.upperBound
    passage.denials = told.upperBound..<told.upperBound + Int32(standing.count)
    passage.words = Standings.Sum()
    for number in live { passage.words.add(weights[rows[Int(number)].claim.speaker], isAlleged: rows[Int(number)].claim.isAlleged) }
    describe(&passage, by: live.isEmpty ? passage.taken : passage.live, judgement)
    judgement.passages[number] = passage
  }

  /// Sets what some claims together say of a passage: between whom, and when.
  ///
  /// Where one says the side and another its ally, the word of the earlier claim by time stands, and a dated one before an undated.
  func describe(_ passage: inout Judgement.Passage, by told: Judgement.Stretch, _ judgement: Judgement) {
    passage.change = Judgement.Change()
    for row in judgement.rows(told) { passage.change.merge(row.change) }
    (passage.lower, passage.upper) = time(of: told, judgement)
  }

  /// When it happened: what all claims allow; where they differ within the tolerance, from the first to the last.
  ///
  /// Of one origin's claims the last said counts.
  private func time(of told: Judgement.Stretch, _ judgement: Judgement) -> (Int64, Int64) {
    judgement.rows.withUnsafeBufferPointer { rows in
      judgement.members.withUnsafeBufferPointer { members in
        time(of: UnsafeBufferPointer(rebasing: members[Int(told.lowerBound)..<Int(told.upperBound)]), rows)
      }
    }
  }

  private func time(of told: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<Judgement.Row>) -> (Int64, Int64) {
    var hull = Hull()
    withUnsafeTemporaryAllocation(of: LastWord.self, capacity: 64) { latest in
      /// Places in use, as bits.
      var used: UInt64 = 0
      var (isEachLast, isShared) = (true, false)
      for at in told where rows[Int(at)].claim.isAnchored {
        let row = rows[Int(at)]
        let origin = origin(row)
        let place = Int(origin & 63)
        hull.add(row)
        if used & (1 << UInt64(place)) == 0 {
          used |= 1 << UInt64(place)
          latest.initializeElement(at: place, to: LastWord(origin: origin, said: row.claim.saidFrom))
        } else if latest[place].origin != origin {
          isShared = true
        } else if latest[place].said != row.claim.saidFrom {
          isEachLast = false
          latest[place].said = max(latest[place].said, row.claim.saidFrom)
        }
      }
      if used == 0 {
        for at in told { hull.add(rows[Int(at)]) }
      } else if isShared {
        hull = self.hull(of: told, rows)
      } else if !isEachLast {
        hull = Hull()
        for at in told where rows[Int(at)].claim.isAnchored {
          let row = rows[Int(at)]
          if latest[Int(origin(row) & 63)].said == row.claim.saidFrom { hull.add(row) }
        }
      }
    }
    return hull.lower < hull.upper ? (hull.lower, hull.upper) : (hull.first, hull.last)
  }

  /// The same of dated claims by any number of origins.
  private func hull(of told: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<Judgement.Row>) -> Hull {
    let dated = told.lazy.map { rows[Int($0)] }.filter(\.claim.isAnchored)
    let latest = Dictionary(dated.map { (self.origin($0), $0.claim.saidFrom) }, uniquingKeysWith: max)
    var hull = Hull()
    for row in dated where latest[origin(row)] == row.claim.saidFrom { hull.add(row) }
    return hull
  }

  // MARK: - Order

  /// By when it ended at the latest, then by when it began, then by the id of the claim that was said first.
  private func sort(from first: Int, _ judgement: inout Judgement, isNearlyInOrder: Bool) {
    guard isNearlyInOrder else {
      let all = judgement
      judgement.passages[first...].sort { isEarlier($0, $1, all) }
      return
    }
    for i in judgement.passages.indices[first...].dropFirst() {
      let passage = judgement.passages[i]
      var at = i
      while at > first, isEarlier(passage, judgement.passages[at - 1], judgement) {
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
    return store.isOrdered(mine, theirs)
  }

  /// The claim of a passage that was said first, as what it comes to.
  private func firstSaid(_ passage: Judgement.Passage, _ judgement: Judgement) -> Int? {
    let told = judgement.rows(passage.live.isEmpty ? passage.taken : passage.live)
    return told.min(by: isSaidBefore).map { Int($0.claim.span) }
  }
}
