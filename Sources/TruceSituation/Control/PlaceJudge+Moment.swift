// A place judged for one moment: read back only as far as decides who holds it then.
internal import TruceModel

extension PlaceJudge {
  /// Of so many possible holders each is followed, where it is not known who held a place.
  private static let mostHolders = 16

  /// Judges a place as far as it decides the last step that counts at a moment.
  ///
  /// Where for longer than the tolerance nothing is told, history parts: what lies before and what lies behind touch each other only by
  /// who held the place in between. Often that is soon certain, whoever held it earlier. The passages and steps of an answer are the
  /// last ones of the whole judgement, the last that counts among them; what comes after all that lies near the moment is left out.
  func judge(_ place: PlaceID, initial: PartyID?, on: Instant) -> Judgement {
    guard let known = rows(of: place) else { return Judgement() }
    let initial = holding(initial)
    let holders = holders(known, initial)
    // What is told without a time can belong to any passage.
    guard known.undated == 0, holders.count <= PlaceJudge.mostHolders else { return judge(known, initial) }
    var losers = sides
    for case .party(let party) in holders where sideOf[Int(party)] < 64 { losers |= 1 << UInt64(sideOf[Int(party)]) }
    var past = Past(losers: losers, bound: bound(known, on))
    past.hasLosses = known.hasLosses
    // Where every word is taken, one passage that names its gainer decides who holds the place.
    var wanted = rule == .best || rule == .anyone ? 16 : 64
    while true {
      read(wanted, of: known, into: &past)
      wanted *= 2
      guard let start = past.isWhole ? (part: past.parts.count - 1, passage: 0, before: initial) : start(&past, holders, initial) else {
        continue
      }
      var judgement = past.judgement
      judgement.passages = past.parts[...start.part].reversed().flatMap { past.judgement.passages[$0] }
      judgement.passages.removeFirst(start.passage)
      weigh(before: start.before, initial: initial, &judgement)
      if past.isWhole || judgement.steps.contains(where: { $0.passage.isEffective(on: on) }) { return judgement }
    }
  }

  /// Whoever can have held a place at any time.
  private func holders(_ place: ControlTable.Place, _ initial: Judgement.Holding) -> [Judgement.Holding] {
    var parties = place.parties
    if case .party(let party) = initial, !parties.contains(party) { parties.append(party) }
    var holders = parties.map { Judgement.Holding.party($0) }
    if place.hasLosses { holders += parties.map { .left($0) } }
    return initial == .unknown ? holders + [.unknown] : holders
  }

  /// The end of the last time that claims near a moment tell of: from there on nothing is told for longer than the tolerance.
  private func bound(_ place: ControlTable.Place, _ on: Instant) -> Int64 {
    func isBehind(_ row: ControlRow) -> Bool { row.upper(moments) - place.longest > on.milliseconds }
    var bound = Int64.min
    place.rows.forEachReversed(before: isBehind) { row in
      if counts(row) { bound = row.upper(moments) }
      return bound == .min
    }
    if bound == .min { return bound }
    place.rows.forEach(from: isBehind) { row in
      let (lower, upper) = place.window(of: row, moments)
      if upper - place.longest - tolerance > bound { return false }
      if lower - tolerance <= bound, counts(row) { bound = upper }
      return true
    }
    return bound
  }

  /// What was read of a place so far, the latest first.
  struct Past {
    /// The claims that passages were made of, and the passages, of one part behind the other.
    var judgement = Judgement()
    /// The passages of each part.
    var parts: [Range<Int>] = []
    /// The sides that can lose the place, as bits: those that gain and lose, and those of whoever can have held it; nil where all passages
    /// are wanted.
    let losers: UInt64?
    /// What comes next ends here.
    var bound: Int64
    /// Whether a claim can leave out who gained the place.
    fileprivate var hasLosses = true
    /// Whether it reaches back to the first claim.
    var isWhole = false
    /// The number of the last stretch.
    fileprivate var stretch: Int32 = 0
    /// Whether a claim was met that is not plain.
    fileprivate var isMixed = false

    init(losers: UInt64?, bound: Int64) {
      (self.losers, self.bound) = (losers, bound)
      judgement.rows.reserveCapacity(64)
      judgement.members.reserveCapacity(64)
    }

    /// Notes the end of the claim in front of which a part stops, nil for none, and the number of its last stretch.
    fileprivate mutating func stop(_ end: Int64?, _ stretch: Int32) {
      isWhole = end == nil
      bound = end ?? bound
      self.stretch = stretch
    }
  }

  /// Reads further back: at least so many claims that count, and at least two stretches.
  func read(_ wanted: Int, of place: ControlTable.Place, into past: inout Past) {
    let passages = past.judgement.passages.count
    if past.isMixed || !readPlain(wanted, of: place, into: &past) { readMixed(wanted, of: place, into: &past) }
    past.parts.append(passages..<past.judgement.passages.count)
  }

  private func readMixed(_ wanted: Int, of place: ControlTable.Place, into past: inout Past) {
    past.isMixed = true
    let start = past.judgement.rows.count
    let (bound, newest) = (past.bound, past.stretch + 1)
    var stretch = newest
    var reach = Int64.max
    var end: Int64?
    place.rows.forEachReversed(before: { $0.upper(moments) > bound }) { claim in
      guard counts(claim) else { return true }
      var row = row(claim, of: place)
      if row.upper < reach, reach < .max {
        if stretch > newest, past.judgement.rows.count - start >= wanted {
          end = row.upper
          return false
        }
        stretch += 1
      }
      reach = min(reach, row.lower - tolerance)
      row.stretch = stretch
      past.judgement.rows.append(row)
      return true
    }
    past.stop(end, stretch)
    gather(from: start, longest: place.longest, losers: past.losers, into: &past.judgement)
  }

  /// Reads claims that all are dated and name who gained and not who lost; those of passages that the rule cannot admit are not kept.
  ///
  /// - Returns: false where another claim is among them; nothing has been read then.
  private func readPlain(_ wanted: Int, of place: ControlTable.Place, into past: inout Past) -> Bool {
    withUnsafeTemporaryAllocation(of: PlainGroups.Claim.self, capacity: place.rows.count) { claims in
      withUnsafeTemporaryAllocation(of: PlainGroups.Group.self, capacity: min(64, sideOf.count)) { open in
        readPlain(wanted, of: place, PlainGroups(claims, open), into: &past)
      }
    }
  }

  private func readPlain(_ wanted: Int, of place: ControlTable.Place, _ empty: PlainGroups, into past: inout Past) -> Bool {
    var groups = empty
    let (losers, bound, newest) = (past.losers, past.bound, past.stretch + 1)
    let (weights, moments, tolerance, spans, hearsAll) = (weights, moments, tolerance, prefix.spans, prefix.said == nil)
    var stretch = newest
    var reach = Int64.max
    var end: Int64?
    var isPlain = true
    func isWanted(_ side: Int, _ words: Standings.Sum) -> Bool {
      losers.map { canBeAdmitted(words, gaining: 1 << UInt64(side), losers: $0) } ?? true
    }
    place.rows.forEachPositionReversed(before: { $0.upper(moments) > bound }) { claim, position in
      guard claim.span < spans, hearsAll && !claim.hasEnded || counts(claim) else { return true }
      let weight = weights[Int(claim.telling)]
      isPlain = claim.isAnchored && weight.gainer < 64
      guard isPlain else { return false }
      let (lower, upper) = place.window(of: claim, moments)
      if upper < reach, reach < .max {
        if stretch > newest, groups.count >= wanted {
          end = upper
          return false
        }
        stretch += 1
      }
      reach = min(reach, lower - tolerance)
      groups.add(at: position, reach: lower - tolerance, upper: upper, stretch: stretch, weight, isWanted: isWanted)
      return true
    }
    guard isPlain else { return false }
    groups.close(isWanted: isWanted)
    past.stop(end, stretch)
    gather(groups, of: place, into: &past.judgement)
    return true
  }

  /// The first passage behind a time of which nothing is told by which it is certain who held the place; nil where there is none.
  private func start(
    _ past: inout Past, _ holders: [Judgement.Holding], _ initial: Judgement.Holding
  ) -> (part: Int, passage: Int, before: Judgement.Holding)? {
    var before = holders
    var last: Int32?
    for part in past.parts.indices.reversed() {
      for at in past.parts[part] {
        let passage = past.judgement.passages[at]
        let stretch = past.judgement.rows[Int(past.judgement.members[Int(passage.live.lowerBound)])].stretch
        if before.count == 1, let last, stretch != last { return (part, at - past.parts[part].lowerBound, before[0]) }
        last = stretch
        if !passage.live.isEmpty { pass(passage, &before, initial, &past) }
      }
    }
    return nil
  }

  /// Sets who can hold a place after a passage to who can hold it before.
  private func pass(
    _ passage: Judgement.Passage, _ holders: inout [Judgement.Holding], _ initial: Judgement.Holding, _ past: inout Past
  ) {
    var count = 0
    // By index: to go through the list itself would be to copy it.
    for at in holders.indices {
      let holder = holders[at]
      let next = after(passage, before: holder, initial: initial, &past)
      if !holders[..<count].contains(next) {
        holders[count] = next
        count += 1
      }
    }
    holders.removeLast(holders.count - count)
  }

  /// Who can hold a place after a passage.
  private func after(
    _ passage: Judgement.Passage, before: Judgement.Holding, initial: Judgement.Holding, _ past: inout Past
  ) -> Judgement.Holding {
    let change = passage.change
    // Each claim names who gained, and only one party can have: by a part of them it is who it is by all, and the part is not asked for.
    if !past.hasLosses, change.losingSide == ControlRow.none, initial == .unknown, !isShared[Int(change.gainingSide)],
      let found = found(passage, stakes(change, before: before))
    {
      return isMet(by: found.admitted) ? .party(change.gainer) : before
    }
    return step(passage, before: before, initial: initial, &past.judgement)?.holder ?? before
  }

  /// Whether the rule can admit of a passage, whoever of some sides lost by it.
  func canBeAdmitted(_ change: Judgement.Change, _ words: Standings.Sum, losers: UInt64) -> Bool {
    guard change.losingSide == ControlRow.none, change.gainingSide < 64 else { return true }
    return canBeAdmitted(words, gaining: 1 << UInt64(change.gainingSide), losers: losers)
  }

  /// The same of one by which a side gained, as a bit, and that does not say who lost.
  @inline(__always)
  private func canBeAdmitted(_ words: Standings.Sum, gaining: UInt64, losers: UInt64) -> Bool {
    guard let admitted, !words.kinds.contains(.other) else { return true }
    let losing = losers & ~gaining
    if needsBothSides { return words.sides & gaining != 0 && words.sides & losing != 0 }
    return admitted.contains(.attested) || !Standings(words, gaining: gaining, losing: losing).intersection(admitted).isEmpty
  }
}
