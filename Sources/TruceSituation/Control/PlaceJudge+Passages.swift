// The first half of a judgement: the claims of a place put together to passages.
internal import TruceModel

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
  /// - Parameters:
  ///   - longest: the longest time of a dated claim.
  ///   - losers: the sides that can lose the place, as bits. With them passages are left out that the rule admits nothing of and nobody
  ///     denies, for they change nothing; nil for all passages.
  func gather(from first: Int, longest: Int64, losers: UInt64?, into judgement: inout Judgement) {
    let rows = judgement.rows
    rows.withUnsafeBufferPointer { all in
      let rows = UnsafeBufferPointer(rebasing: all[first...])
      withUnsafeTemporaryAllocation(of: PassageGroup.self, capacity: rows.count) { groups in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { next in
          let groups = PassageGroups(rows, weights, tolerance: tolerance, groups, next)
          gather(rows, from: Int32(first), longest: longest, losers: losers, groups, &judgement)
        }
      }
    }
  }

  private func gather(
    _ rows: UnsafeBufferPointer<Judgement.Row>, from first: Int32, longest: Int64, losers: UInt64?, _ empty: PassageGroups,
    _ judgement: inout Judgement
  ) {
    var groups = empty
    var loose: [Int] = []
    var denials: [Int] = []
    for number in rows.indices.reversed() {
      if rows[number].isDenial {
        denials.append(number)
      } else if !rows[number].isAnchored {
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
    for at in 0..<groups.count {
      let group = groups[at]
      let denials = denied.isEmpty ? nil : denied[at]
      if let losers, denials == nil, !canBeAdmitted(group.change, group.words, losers: losers) { continue }
      let start = Int32(judgement.members.count)
      groups.forEach(of: group) { judgement.members.append(first + Int32($0)) }
      let end = Int32(judgement.members.count)
      let (lower, upper) = group.first == group.last ? (group.lower, group.upper) : time(of: start..<end, judgement)
      judgement.passages.append(
        Judgement.Passage(
          change: group.change, lower: lower, upper: upper, live: start..<end, taken: end..<end, denials: end..<end, words: group.words))
      if let denials { withdraw(from: judgement.passages.count - 1, denials, &judgement) }
    }
    sort(from: earlier, &judgement, isNearlyInOrder: loose.isEmpty)
  }

  /// The same of groups of plain claims.
  func gather(_ groups: PlainGroups, of place: ControlTable.Place, into judgement: inout Judgement) {
    let earlier = judgement.passages.count
    judgement.passages.reserveCapacity(earlier + groups.closed.count)
    for group in groups.closed.reversed() {
      let start = Int32(judgement.members.count)
      var number = group.first
      while number >= 0 {
        let claim = groups[number]
        var row = row(place.rows[Int(claim.position)], of: place)
        row.stretch = group.stretch
        judgement.members.append(Int32(judgement.rows.count))
        judgement.rows.append(row)
        number = claim.next
      }
      let end = Int32(judgement.members.count)
      let first = judgement.rows[Int(judgement.members[Int(start)])]
      let (lower, upper) = end - start == 1 ? (first.lower, first.upper) : time(of: start..<end, judgement)
      judgement.passages.append(
        Judgement.Passage(
          change: first.change, lower: lower, upper: upper, live: start..<end, taken: end..<end, denials: end..<end, words: group.words))
    }
    sort(from: earlier, &judgement, isNearlyInOrder: true)
  }

  /// Takes out of a passage the claims that their origin took back.
  private func withdraw(from number: Int, _ denials: [Int32], _ judgement: inout Judgement) {
    let rows = judgement.rows
    var passage = judgement.passages[number]
    func isTakenBack(_ one: Int32, by others: [Int32]) -> Bool {
      others.contains { origin(rows[Int($0)]) == origin(rows[Int(one)]) && rows[Int($0)].saidFrom > rows[Int(one)].saidFrom }
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
    for number in live { passage.words.add(weights[Int(rows[Int(number)].telling)]) }
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
      for at in told where rows[Int(at)].isAnchored {
        let row = rows[Int(at)]
        let origin = origin(row)
        let place = Int(origin & 63)
        hull.add(row)
        if used & (1 << UInt64(place)) == 0 {
          used |= 1 << UInt64(place)
          latest.initializeElement(at: place, to: LastWord(origin: origin, said: row.saidFrom))
        } else if latest[place].origin != origin {
          isShared = true
        } else if latest[place].said != row.saidFrom {
          isEachLast = false
          latest[place].said = max(latest[place].said, row.saidFrom)
        }
      }
      if used == 0 {
        for at in told { hull.add(rows[Int(at)]) }
      } else if isShared {
        hull = self.hull(of: told, rows)
      } else if !isEachLast {
        hull = Hull()
        for at in told where rows[Int(at)].isAnchored {
          let row = rows[Int(at)]
          if latest[Int(origin(row) & 63)].said == row.saidFrom { hull.add(row) }
        }
      }
    }
    return hull.lower < hull.upper ? (hull.lower, hull.upper) : (hull.first, hull.last)
  }

  /// The same of dated claims by any number of origins.
  private func hull(of told: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<Judgement.Row>) -> Hull {
    let dated = told.lazy.map { rows[Int($0)] }.filter(\.isAnchored)
    let latest = Dictionary(dated.map { (self.origin($0), $0.saidFrom) }, uniquingKeysWith: max)
    var hull = Hull()
    for row in dated where latest[origin(row)] == row.saidFrom { hull.add(row) }
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
    return claims.spans.isOrdered(mine, theirs)
  }

  /// The claim of a passage that was said first, as what it comes to.
  private func firstSaid(_ passage: Judgement.Passage, _ judgement: Judgement) -> Int? {
    let told = judgement.rows(passage.live.isEmpty ? passage.taken : passage.live)
    return told.min(by: isSaidBefore).map { Int($0.span) }
  }
}
