// The second half of a judgement: which passages a rule admits, who held the place after each, and which exclude each other.
internal import TruceAtlas
internal import TruceModel

extension PlaceJudge {
  /// Makes the steps of a place's history out of its passages.
  func weigh(_ initial: Judgement.Holding, _ judgement: inout Judgement) {
    judgement.steps.reserveCapacity(judgement.passages.count)
    var before = initial
    /// Where the steps begin that exclude each other and are of one time.
    var group = 0
    for at in judgement.passages.indices where !judgement.passages[at].live.isEmpty {
      guard let step = step(judgement.passages[at], before: before, initial: initial, &judgement) else { continue }
      before = step.holder
      if !(group..<judgement.steps.count).contains(where: { conflicts(step, judgement.steps[$0]) }) {
        settle(from: group, &judgement)
        group = judgement.steps.count
      }
      judgement.steps.append(step)
    }
    settle(from: group, &judgement)
  }

  /// Where steps of the same time exclude each other the stronger holds, disputed; of equals neither.
  private func settle(from first: Int, _ judgement: inout Judgement) {
    guard judgement.steps.count - first > 1 else { return }
    let group = Array(judgement.steps[first...])
    let strongest = group.map(\.standing).max()!
    let winner = group.firstIndex { $0.standing == strongest }!
    var step = group[winner]
    let rivals = Int32(judgement.rivals.count)
    judgement.rivals += group.indices.filter { $0 != winner }.map { group[$0] }
    step.against = rivals..<Int32(judgement.rivals.count)
    step.isDisputed = true
    if rule != .best || group.count(where: { $0.standing == strongest }) > 1 { step.holder = .contested }
    judgement.steps.removeLast(judgement.steps.count - first)
    judgement.steps.append(step)
  }

  private func conflicts(_ one: Judgement.Step, _ other: Judgement.Step) -> Bool {
    one.passage.lower < other.passage.upper && other.passage.lower < one.passage.upper && one.passage.isAnchored
      && other.passage.isAnchored && !one.passage.change.isCompatible(with: other.passage.change)
  }

  /// A passage under the rule; nil where it admits too little of it.
  private func step(
    _ passage: Judgement.Passage, before: Judgement.Holding, initial: Judgement.Holding, _ judgement: inout Judgement
  ) -> Judgement.Step? {
    let stakes = stakes(passage.change, before: before)
    var evidence = passage.live
    var found = Standings()
    var isWhole = true
    // By index: a collection of rows would be counted in and out for each passage.
    for at in Int(passage.live.lowerBound)..<Int(passage.live.upperBound) {
      let row = judgement.rows[Int(judgement.members[at])]
      let standing = standing(row, stakes)
      if admits(standing, row) { found.insert(standing) } else { isWhole = false }
    }
    guard let standing = found.combined else { return nil }
    if !isWhole {
      let first = Int32(judgement.members.count)
      for at in Int(passage.live.lowerBound)..<Int(passage.live.upperBound) {
        let row = judgement.rows[Int(judgement.members[at])]
        if admits(self.standing(row, stakes), row) { judgement.members.append(judgement.members[at]) }
      }
      evidence = first..<Int32(judgement.members.count)
    }
    guard isMet(evidence, found, judgement) else { return nil }
    var admitted = passage
    if !isWhole { describe(&admitted, by: evidence, judgement) }
    let isDisputed = !passage.denials.isEmpty && judgement.rows(passage.denials).contains { speakers[$0.speaker].worth != .nobody }
    return Judgement.Step(
      passage: admitted, evidence: evidence, against: 0..<0, stakes: stakes, before: before,
      holder: holder(admitted, before: before, initial: initial), standing: standing, isDisputed: isDisputed)
  }

  // MARK: - Standing

  /// The standings of some evidence, as a set.
  private struct Standings {
    private static let byRank = Standing.allCases
    private var bits: UInt8 = 0

    func contains(_ standing: Standing) -> Bool { bits & (1 << standing.rank) != 0 }

    mutating func insert(_ standing: Standing) { bits |= 1 << standing.rank }

    /// Whether a gaining and a losing side both say it.
    var isAgreed: Bool { contains(.agreed) || contains(.claimed) && contains(.conceded) }

    /// The standing of the fact; nil for no evidence.
    var combined: Standing? {
      if contains(.observed) { return .observed }
      if isAgreed { return .agreed }
      return bits == 0 ? nil : Standings.byRank[7 - bits.leadingZeroBitCount]
    }
  }

  /// Who gains and who loses: the claims' own parties, else the holder before, else every other side.
  private func stakes(_ change: Judgement.Change, before: Judgement.Holding) -> (losing: UInt16, gaining: UInt16) {
    var losing = change.losingSide
    if losing == ControlRow.none {
      switch before {
      case .party(let party), .left(let party):
        let side = party == ControlRow.none ? party : sideOf[Int(party)]
        if side != change.gainingSide { losing = side }
      case .contested, .unknown: break
      }
    }
    return (losing, change.gainingSide)
  }

  /// What one claim's word is worth.
  @inline(__always)
  func standing(_ row: ControlRow, _ stakes: (losing: UInt16, gaining: UInt16)) -> Standing {
    if row.isAlleged { return .alleged }
    switch speakers[row.speaker].worth {
    case .post: return .observed
    case .nobody: return .alleged
    case .side(let side): return worth(gains(side, stakes), loses(side, stakes))
    case .severalSides:
      let sides = speakers[row.speaker].sides
      return worth(sides.contains { gains($0, stakes) }, sides.contains { loses($0, stakes) })
    }
  }

  private func worth(_ gains: Bool, _ loses: Bool) -> Standing {
    if gains { return loses ? .agreed : .claimed }
    return loses ? .conceded : .attested
  }

  private func gains(_ side: UInt16, _ stakes: (losing: UInt16, gaining: UInt16)) -> Bool {
    stakes.gaining != ControlRow.none ? side == stakes.gaining : isSide[Int(side)] && side != stakes.losing
  }

  private func loses(_ side: UInt16, _ stakes: (losing: UInt16, gaining: UInt16)) -> Bool {
    if stakes.losing != ControlRow.none { return side == stakes.losing }
    return stakes.gaining != ControlRow.none && isSide[Int(side)] && side != stakes.gaining
  }

  @inline(__always)
  private func admits(_ standing: Standing, _ row: ControlRow) -> Bool {
    if admitsAll { return true }
    switch rule {
    case .anyone, .best: return true
    case .party: return asked != ControlRow.none && speakers[row.speaker].parties.contains(asked)
    case .againstInterest: return standing == .conceded || standing == .agreed
    case .thirdParty: return standing == .attested
    case .bothSides: return standing == .claimed || standing == .conceded || standing == .agreed
    case .observed: return standing == .observed
    case .own:
      let context = store.context(Int(row.span))
      return rule.admits(standing, context.origin, context.source)
    }
  }

  private func isMet(_ evidence: Judgement.Stretch, _ found: Standings, _ judgement: Judgement) -> Bool {
    if admitsAll { return true }
    switch rule {
    case .bothSides: return found.isAgreed
    case .own(let own):
      return Set(judgement.rows(evidence).map(origin)).count >= own.origins && (!own.needsBothSides || found.isAgreed)
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
    if case .party(let party) = next, sideOf[Int(party)] == sideOf[Int(first)] { return next }
    return initial
  }

  private func next(_ change: Judgement.Change, before: Judgement.Holding) -> Judgement.Holding {
    if change.gainer != ControlRow.none { return .party(change.gainer) }
    if change.loser != ControlRow.none {
      // Who loses what another holds changes nothing.
      if case .party(let holder) = before, sideOf[Int(holder)] != change.losingSide { return before }
      return .left(change.loser)
    }
    // Handed over, and nobody says between whom: out of the hands of whoever held it.
    if case .party(let holder) = before { return .left(holder) }
    return before
  }
}
