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
    guard let known = store.control.place(place) else { return Judgement() }
    let initial = holding(initial)
    let holders = holders(known, initial)
    // What is told without a time can belong to any passage.
    guard known.undated == 0, holders.count <= PlaceJudge.mostHolders else { return judge(known, initial) }
    var losers = sides
    for case .party(let party) in holders where sideOf[Int(party)] < 64 { losers |= 1 << UInt64(sideOf[Int(party)]) }
    var past = Past(losers: losers, bound: bound(known, on))
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
  private struct Past {
    /// The rows and passages of one part behind the other.
    var judgement = Judgement()
    /// The passages of each part.
    var parts: [Range<Int>] = []
    /// The sides that can lose the place, as bits: those that gain and lose, and those of whoever can have held it.
    let losers: UInt64
    /// What comes next ends here.
    var bound: Int64
    /// Whether it reaches back to the first claim.
    var isWhole = false

    mutating func reserve(_ rows: Int) {
      judgement.rows.reserveCapacity(rows)
      judgement.members.reserveCapacity(rows)
      judgement.passages.reserveCapacity(rows / 2)
    }
  }

  /// Reads further back: at least so many claims that count, and at least two stretches.
  private func read(_ wanted: Int, of place: ControlTable.Place, into past: inout Past) {
    let start = past.judgement.rows.count
    if past.judgement.rows.capacity < start + wanted { past.reserve(min(start + wanted * 3, place.rows.count)) }
    var stretch = (past.judgement.rows.last?.stretch ?? 0) + 1
    let newest = stretch
    var first = Int64.max
    past.isWhole = true
    let (bound, tolerance) = (past.bound, tolerance)
    place.rows.forEachReversed(before: { $0.upper(moments) > bound }) { claim in
      guard counts(claim) else { return true }
      var row = row(claim, of: place)
      if first < .max, first - row.upper > tolerance {
        if stretch > newest, past.judgement.rows.count - start >= wanted {
          past.bound = row.upper
          past.isWhole = false
          return false
        }
        stretch += 1
      }
      first = min(first, row.lower)
      row.stretch = stretch
      past.judgement.rows.append(row)
      return true
    }
    let passages = past.judgement.passages.count
    gather(from: start, longest: place.longest, losers: past.losers, into: &past.judgement)
    past.parts.append(passages..<past.judgement.passages.count)
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
        if !passage.live.isEmpty { pass(passage, &before, initial, &past.judgement) }
      }
    }
    return nil
  }

  /// Sets who can hold a place after a passage to who can hold it before.
  private func pass(
    _ passage: Judgement.Passage, _ holders: inout [Judgement.Holding], _ initial: Judgement.Holding, _ judgement: inout Judgement
  ) {
    var count = 0
    // By index: to go through the list itself would be to copy it.
    for at in holders.indices {
      let holder = holders[at]
      let next = step(passage, before: holder, initial: initial, &judgement)?.holder ?? holder
      if !holders[..<count].contains(next) {
        holders[count] = next
        count += 1
      }
    }
    holders.removeLast(holders.count - count)
  }

  /// Whether the rule can admit of a passage, whoever of some sides lost by it.
  func canBeAdmitted(_ change: Judgement.Change, _ words: Standings.Sum, losers: UInt64) -> Bool {
    guard let admitted, !words.kinds.contains(.other), change.losingSide == ControlRow.none, change.gainingSide < 64 else { return true }
    let gaining: UInt64 = 1 << UInt64(change.gainingSide)
    let losing = losers & ~gaining
    if needsBothSides { return words.sides & gaining != 0 && words.sides & losing != 0 }
    return admitted.contains(.attested) || !Standings(words, gaining: gaining, losing: losing).intersection(admitted).isEmpty
  }
}
