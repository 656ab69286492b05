// The second half of a judgement: which passages a rule admits, who held the place after each, and which exclude each other.
internal import TruceAtlas
internal import TruceModel

extension PlaceJudge {
  /// Makes the steps of a place's history out of its passages.
  func weigh(_ initial: Judgement.Holding, _ judgement: inout Judgement) {
    var all: [Judgement.Step] = []
    all.reserveCapacity(judgement.passages.count)
    var before = initial
    for passage in judgement.passages where !passage.live.isEmpty {
      guard let step = step(passage, before: before, initial: initial, &judgement) else { continue }
      all.append(step)
      before = step.holder
    }
    // Where two steps of the same time exclude each other the stronger holds, disputed; of equals neither.
    judgement.steps.reserveCapacity(all.count)
    var at = 0
    while at < all.count {
      var end = at + 1
      while end < all.count, (at..<end).contains(where: { conflicts(all[end], all[$0]) }) { end += 1 }
      let group = at..<end
      at = end
      if group.count == 1 {
        judgement.steps.append(all[group.lowerBound])
        continue
      }
      let strongest = group.map { all[$0].standing }.max()!
      let winners = group.filter { all[$0].standing == strongest }
      var step = all[winners[0]]
      let first = judgement.rivals.count
      judgement.rivals += group.filter { $0 != winners[0] }.map { all[$0] }
      step.against = first..<judgement.rivals.count
      step.isDisputed = true
      if rule != .best || winners.count > 1 { step.holder = .contested }
      judgement.steps.append(step)
    }
  }

  private func conflicts(_ one: Judgement.Step, _ other: Judgement.Step) -> Bool {
    let (a, b) = (one.passage, other.passage)
    return a.lower < b.upper && b.lower < a.upper && a.isAnchored && b.isAnchored && !a.change.isCompatible(with: b.change)
  }

  /// A passage under the rule; nil where it admits too little of it.
  private func step(
    _ passage: Judgement.Passage, before: Judgement.Holding, initial: Judgement.Holding, _ judgement: inout Judgement
  ) -> Judgement.Step? {
    let stakes = stakes(passage.change, before: before)
    var evidence = passage.live
    var found = Standings()
    var isWhole = true
    for at in passage.live {
      let standing = standing(judgement.rows[Int(judgement.members[at])], stakes)
      if admits(standing, judgement.members[at], judgement) { found.insert(standing) } else { isWhole = false }
    }
    if !isWhole {
      let first = judgement.members.count
      for at in passage.live {
        let standing = standing(judgement.rows[Int(judgement.members[at])], stakes)
        if admits(standing, judgement.members[at], judgement) { judgement.members.append(judgement.members[at]) }
      }
      evidence = first..<judgement.members.count
    }
    guard let standing = found.combined, isMet(evidence, found, judgement) else { return nil }
    var admitted = passage
    if !isWhole { describe(&admitted, by: evidence, judgement) }
    let isDisputed = passage.denials.contains { judgement.rows[Int(judgement.members[$0])].speech != .nobody }
    return Judgement.Step(
      passage: admitted, evidence: evidence, standing: standing, stakes: stakes, before: before,
      holder: holder(admitted, before: before, initial: initial), isDisputed: isDisputed, against: 0..<0)
  }

  // MARK: - Standing

  /// The standings of some evidence, as a set.
  private struct Standings {
    private var bits: UInt8 = 0

    func contains(_ standing: Standing) -> Bool { bits & (1 << standing.rank) != 0 }

    mutating func insert(_ standing: Standing) { bits |= 1 << standing.rank }

    /// Whether a gaining and a losing side both say it.
    var isAgreed: Bool { contains(.agreed) || contains(.claimed) && contains(.conceded) }

    /// The standing of the fact; nil for no evidence.
    var combined: Standing? {
      if contains(.observed) { return .observed }
      if isAgreed { return .agreed }
      return Standing.allCases.last { contains($0) }
    }
  }

  /// Who gains and who loses: the claims' own parties, else the holder before, else every other side.
  private func stakes(_ change: Judgement.Change, before: Judgement.Holding) -> (losing: UInt16, gaining: UInt16) {
    var losing = change.losingSide
    if losing == ControlRow.none {
      switch before {
      case .party(let party), .left(let party):
        let side = party == ControlRow.none ? party : table.sideOf[Int(party)]
        if side != change.gainingSide { losing = side }
      case .contested, .unknown: break
      }
    }
    return (losing, change.gainingSide)
  }

  /// What one claim's word is worth.
  func standing(_ row: ControlRow, _ stakes: (losing: UInt16, gaining: UInt16)) -> Standing {
    if row.isAlleged { return .alleged }
    switch row.speech {
    case .post: return .observed
    case .nobody: return .alleged
    case .oneParty: return worth(gains(row.side, stakes), loses(row.side, stakes))
    case .severalParties:
      let sides = table.voices[Int(row.voice)].sides
      return worth(sides.contains { gains($0, stakes) }, sides.contains { loses($0, stakes) })
    }
  }

  private func worth(_ gains: Bool, _ loses: Bool) -> Standing {
    if gains { return loses ? .agreed : .claimed }
    return loses ? .conceded : .attested
  }

  private func gains(_ side: UInt16, _ stakes: (losing: UInt16, gaining: UInt16)) -> Bool {
    stakes.gaining != ControlRow.none ? side == stakes.gaining : table.isSide[Int(side)] && side != stakes.losing
  }

  private func loses(_ side: UInt16, _ stakes: (losing: UInt16, gaining: UInt16)) -> Bool {
    if stakes.losing != ControlRow.none { return side == stakes.losing }
    return stakes.gaining != ControlRow.none && table.isSide[Int(side)] && side != stakes.gaining
  }

  private func admits(_ standing: Standing, _ row: Int32, _ judgement: Judgement) -> Bool {
    switch rule {
    case .anyone, .best: return true
    case .party: return asked != ControlRow.none && table.voices[Int(judgement.rows[Int(row)].voice)].parties.contains(asked)
    case .againstInterest: return standing == .conceded || standing == .agreed
    case .thirdParty: return standing == .attested
    case .bothSides: return standing == .claimed || standing == .conceded || standing == .agreed
    case .observed: return standing == .observed
    case .own:
      let context = store.context(Int(judgement.rows[Int(row)].span))
      return rule.admits(standing, context.origin, context.source)
    }
  }

  private func isMet(_ evidence: Range<Int>, _ found: Standings, _ judgement: Judgement) -> Bool {
    switch rule {
    case .bothSides: return found.isAgreed
    case .own(let own):
      let origins = Set(evidence.map { judgement.rows[Int(judgement.members[$0])].origin })
      return origins.count >= own.origins && (!own.needsBothSides || found.isAgreed)
    default: return true
    }
  }

  // MARK: - Holders

  /// Who holds the place after a passage.
  ///
  /// The case's initial holder is who held it when the agreement took effect: what is told of earlier times does not unsay it.
  private func holder(_ passage: Judgement.Passage, before: Judgement.Holding, initial: Judgement.Holding) -> Judgement.Holding {
    let next = next(passage.change, before: before)
    guard case .party(let first) = initial, passage.upper <= signed else { return next }
    if case .party(let party) = next, table.sideOf[Int(party)] == table.sideOf[Int(first)] { return next }
    return initial
  }

  private func next(_ change: Judgement.Change, before: Judgement.Holding) -> Judgement.Holding {
    if change.gainer != ControlRow.none { return .party(change.gainer) }
    if change.loser != ControlRow.none {
      // Who loses what another holds changes nothing.
      if case .party(let holder) = before, table.sideOf[Int(holder)] != change.losingSide { return before }
      return .left(change.loser)
    }
    // Handed over, and nobody says between whom: out of the hands of whoever held it.
    if case .party(let holder) = before { return .left(holder) }
    return before
  }
}
