// The first half of a judgement: the claims of a place put together to passages.
internal import TruceModel

/// Claims on their way to a passage.
private struct Group {
  var change: Judgement.Change
  var lower: Int64
  var upper: Int64
  /// Its claims, as a chain.
  var first: Int32
  var last: Int32
  /// The group before it that a further claim can still join; -1 for none.
  var older: Int32

  init(_ row: ControlRow, _ number: Int, older: Int32 = -1) {
    change = row.change
    (lower, upper) = (row.lower, row.upper)
    (first, last) = (Int32(number), Int32(number))
    self.older = older
  }

  func gap(to row: ControlRow) -> Int64 { max(0, row.lower - upper, lower - row.upper) }

  func overlaps(_ row: ControlRow) -> Bool { lower < row.upper && row.lower < upper && lower < upper && row.lower < row.upper }
}

extension PlaceJudge {
  /// Puts the claims that count together to passages, in the order of time.
  func gather(_ place: ControlTable.Place, into judgement: inout Judgement) {
    let rows = counted(place)
    judgement.rows = rows
    var groups: [Group] = []
    groups.reserveCapacity(rows.count)
    /// The next claim of the same group.
    var next = [Int32](repeating: -1, count: rows.count)
    var loose: [Int] = []
    var denials: [Int] = []
    var newest: Int32 = -1
    for number in rows.indices {
      let row = rows[number]
      if row.isDenial {
        denials.append(number)
      } else if !row.isAnchored {
        loose.append(number)
      } else {
        let reach = row.upper - place.longest - tolerance
        var at = newest
        var newer: Int32 = -1
        while at >= 0 {
          let group = groups[Int(at)]
          if group.upper < reach {
            // It ended too early for any further claim.
            if newer < 0 { newest = group.older } else { groups[Int(newer)].older = group.older }
          } else if group.gap(to: row) <= tolerance, group.change.isCompatible(with: row.change) {
            break
          } else {
            newer = at
          }
          at = group.older
        }
        if at >= 0 {
          join(row, number, &groups[Int(at)], &next)
          groups[Int(at)].lower = min(groups[Int(at)].lower, row.lower)
          groups[Int(at)].upper = max(groups[Int(at)].upper, row.upper)
        } else {
          groups.append(Group(row, number, older: newest))
          newest = Int32(groups.count - 1)
        }
      }
    }
    for number in loose {
      let row = rows[number]
      if let at = groups.lastIndex(where: { $0.overlaps(row) && $0.change.isCompatible(with: row.change) }) {
        let isLoose = !Judgement.isAnchored(groups[at].lower, groups[at].upper)
        join(row, number, &groups[at], &next)
        if isLoose {
          // Two loose times allow what both allow.
          (groups[at].lower, groups[at].upper) = (max(groups[at].lower, row.lower), min(groups[at].upper, row.upper))
        }
      } else {
        groups.append(Group(row, number))
      }
    }
    var denied: [Int: [Int32]] = [:]
    for number in denials {
      let row = rows[number]
      let until = saidUntil(row)
      let found = groups.lastIndex { $0.gap(to: row) <= tolerance && $0.lower < until && $0.change.isCompatible(with: row.change) }
      if let found { denied[found, default: []].append(Int32(number)) }
    }
    judgement.members.reserveCapacity(rows.count)
    judgement.passages.reserveCapacity(groups.count)
    for at in groups.indices {
      let group = groups[at]
      let start = Int32(judgement.members.count)
      var number = group.first
      while number >= 0 {
        judgement.members.append(number)
        number = next[Int(number)]
      }
      let end = Int32(judgement.members.count)
      let (lower, upper) = group.first == group.last ? (group.lower, group.upper) : time(of: start..<end, judgement)
      judgement.passages.append(
        Judgement.Passage(change: group.change, lower: lower, upper: upper, live: start..<end, taken: end..<end, denials: end..<end))
      if !denied.isEmpty, let denials = denied[at] { withdraw(from: judgement.passages.count - 1, denials, &judgement) }
    }
    sort(&judgement, isNearlyInOrder: loose.isEmpty)
  }

  /// The claims of a place that count.
  private func counted(_ place: ControlTable.Place) -> [ControlRow] {
    Array(unsafeUninitializedCapacity: place.rows.count) { rows, count in
      place.rows.forEachStretch { stretch in
        for row in stretch where counts(row) {
          rows.initializeElement(at: count, to: row)
          count += 1
        }
      }
    }
  }

  private func join(_ row: ControlRow, _ number: Int, _ group: inout Group, _ next: inout [Int32]) {
    next[Int(group.last)] = Int32(number)
    group.last = Int32(number)
    group.change.merge(row.change)
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
    describe(&passage, by: live.isEmpty ? passage.taken : passage.live, judgement)
    judgement.passages[number] = passage
  }

  @inline(__always)
  func origin(_ row: ControlRow) -> UInt32 { speakers[row.speaker].origin }

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

  private func time(of told: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<ControlRow>) -> (Int64, Int64) {
    var latest: [UInt32: Int64] = [:]
    let isSmall = told.count <= 16
    if !isSmall {
      for at in told where rows[Int(at)].isAnchored {
        let origin = origin(rows[Int(at)])
        latest[origin] = max(latest[origin] ?? .min, rows[Int(at)].saidFrom)
      }
    }
    func isLast(_ row: ControlRow) -> Bool {
      guard isSmall else { return latest[origin(row)] == row.saidFrom }
      for at in told where rows[Int(at)].saidFrom > row.saidFrom {
        if rows[Int(at)].isAnchored, origin(rows[Int(at)]) == origin(row) { return false }
      }
      return true
    }
    // What all allow, and what any allows.
    var (lower, upper) = (Int64.min, Int64.max)
    var (first, last) = (Int64.max, Int64.min)
    for needsAnchor in [true, false] where first == .max {
      for at in told {
        let row = rows[Int(at)]
        if needsAnchor, !(row.isAnchored && isLast(row)) { continue }
        (lower, upper) = (max(lower, row.lower), min(upper, row.upper))
        (first, last) = (min(first, row.lower), max(last, row.upper))
      }
    }
    return lower < upper ? (lower, upper) : (first, last)
  }

  // MARK: - Order

  /// By when it ended at the latest, then by when it began, then by the id of the claim that was said first.
  private func sort(_ judgement: inout Judgement, isNearlyInOrder: Bool) {
    guard isNearlyInOrder else {
      let all = judgement
      judgement.passages.sort { isEarlier($0, $1, all) }
      return
    }
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
    let first = judgement.rows(passage.live.isEmpty ? passage.taken : passage.live).min { left, right in
      if left.saidFrom != right.saidFrom { return left.saidFrom < right.saidFrom }
      return store.ids.isOrdered(claim(left), claim(right))
    }
    return first.map(claim)
  }

  private func claim(_ row: ControlRow) -> Int { Int(store.spans[Int(row.span)].claim) }
}
