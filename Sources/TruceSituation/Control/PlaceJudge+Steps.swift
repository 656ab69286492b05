// The second half of a judgement: which passages a rule admits, who held the place after each, and which exclude each other.
internal import TruceAtlas
internal import TruceModel

extension PlaceJudge {
  /// Makes the steps of a place's history out of its passages.
  ///
  /// - Parameter holder: who held it before the first of them.
  func weigh(before holder: Judgement.Holding, initial: Judgement.Holding, _ judgement: inout Judgement) {
    var before = holder
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
    let group = first..<judgement.steps.count
    let strongest = judgement.steps[group].max { $0.standing < $1.standing }!.standing
    let winner = group.first { judgement.steps[$0].standing == strongest }!
    var step = judgement.steps[winner]
    let rivals = Int32(judgement.rivals.count)
    for at in group where at != winner { judgement.rivals.append(judgement.steps[at]) }
    step.against = rivals..<Int32(judgement.rivals.count)
    step.isDisputed = true
    if rule != .best || group.count(where: { judgement.steps[$0].standing == strongest }) > 1 { step.holder = .contested }
    judgement.steps.removeSubrange(group)
    judgement.steps.append(step)
  }

  private func conflicts(_ one: Judgement.Step, _ other: Judgement.Step) -> Bool {
    one.passage.lower < other.passage.upper && other.passage.lower < one.passage.upper && one.passage.isAnchored
      && other.passage.isAnchored && !one.passage.change.isCompatible(with: other.passage.change)
  }

  /// A passage under the rule; nil where it admits too little of it.
  func step(
    _ passage: Judgement.Passage, before: Judgement.Holding, initial: Judgement.Holding, _ judgement: inout Judgement
  ) -> Judgement.Step? {
    let stakes = stakes(passage.change, before: before)
    guard let (standing, evidence) = evidence(passage, stakes, &judgement) else { return nil }
    var told = passage
    if evidence != passage.live { describe(&told, by: evidence, judgement) }
    let isDisputed = !passage.denials.isEmpty && judgement.rows(passage.denials).contains { speaker($0).worth != .nobody }
    return Judgement.Step(
      passage: told, evidence: evidence, against: 0..<0, stakes: stakes, before: before,
      holder: holder(told, before: before, initial: initial), standing: standing, isDisputed: isDisputed)
  }

  /// The claims of a passage that the rule admits, and what they come to; nil where they are too few.
  private func evidence(
    _ passage: Judgement.Passage, _ stakes: Judgement.Stakes, _ judgement: inout Judgement
  ) -> (standing: Standing, claims: Judgement.Stretch)? {
    if let (told, admitted) = found(passage, stakes) {
      guard let standing = admitted.combined, isMet(by: admitted) else { return nil }
      return (standing, admitted == told ? passage.live : self.admitted(passage.live, stakes, &judgement).claims)
    }
    let (found, claims) = self.admitted(passage.live, stakes, &judgement)
    guard let standing = found.combined else { return nil }
    switch rule {
    case .bothSides where !found.isAgreed: return nil
    case .own(let own):
      guard Set(judgement.rows(claims).map(origin)).count >= own.origins, !own.needsBothSides || found.isAgreed else { return nil }
      return (standing, claims)
    default: return (standing, claims)
    }
  }

  /// The standings of a passage's claims, and those of them that the rule admits; nil where claims are weighed one by one.
  func found(_ passage: Judgement.Passage, _ stakes: Judgement.Stakes) -> (told: Standings, admitted: Standings)? {
    guard let admitted, !passage.words.kinds.contains(.other) else { return nil }
    let (gaining, losing) = sides(stakes)
    let told = Standings(passage.words, gaining: gaining, losing: losing)
    return (told, told.intersection(admitted))
  }

  /// Whether what the rule admits is enough for it.
  func isMet(by admitted: Standings) -> Bool { needsBothSides ? admitted.isAgreed : !admitted.isEmpty }

  /// Those of some claims that the rule admits, one by one.
  private func admitted(
    _ told: Judgement.Stretch, _ stakes: Judgement.Stakes, _ judgement: inout Judgement
  ) -> (found: Standings, claims: Judgement.Stretch) {
    var found = Standings()
    let first = Int32(judgement.members.count)
    // By index: a collection of rows would be counted in and out for each passage.
    for at in Int(told.lowerBound)..<Int(told.upperBound) {
      let row = judgement.rows[Int(judgement.members[at])]
      let standing = standing(row, stakes)
      guard admits(standing, row) else { continue }
      found.insert(standing)
      judgement.members.append(judgement.members[at])
    }
    let claims = first..<Int32(judgement.members.count)
    if claims.count < told.count { return (found, claims) }
    judgement.members.removeLast(claims.count)
    return (found, told)
  }

  // MARK: - Standing

  /// Who gains and who loses: the claims' own parties, else the holder before, else every other side.
  func stakes(_ change: Judgement.Change, before: Judgement.Holding) -> Judgement.Stakes {
    var losing = change.losingSide
    if losing == ControlRow.none {
      switch before {
      case .party(let party), .left(let party):
        if side(party) != change.gainingSide { losing = side(party) }
      case .contested, .unknown: break
      }
    }
    return (losing, change.gainingSide)
  }

  /// The sides that gain and those that lose, as bits.
  private func sides(_ stakes: Judgement.Stakes) -> (gaining: UInt64, losing: UInt64) {
    func bit(_ side: UInt16) -> UInt64 { side < 64 ? 1 << UInt64(side) : 0 }
    if stakes.gaining == ControlRow.none { return (sides & ~bit(stakes.losing), bit(stakes.losing)) }
    return (bit(stakes.gaining), stakes.losing == ControlRow.none ? sides & ~bit(stakes.gaining) : bit(stakes.losing))
  }

  /// What one claim's word is worth.
  func standing(_ row: Judgement.Row, _ stakes: Judgement.Stakes) -> Standing {
    if tellings[Int(row.telling)].isAlleged { return .alleged }
    switch speaker(row).worth {
    case .post: return .observed
    case .nobody: return .alleged
    case .side(let side): return worth(gains(side, stakes), loses(side, stakes))
    case .severalSides:
      let sides = speaker(row).sides
      return worth(sides.contains { gains($0, stakes) }, sides.contains { loses($0, stakes) })
    }
  }

  private func worth(_ gains: Bool, _ loses: Bool) -> Standing {
    if gains { return loses ? .agreed : .claimed }
    return loses ? .conceded : .attested
  }

  private func gains(_ side: UInt16, _ stakes: Judgement.Stakes) -> Bool {
    stakes.gaining != ControlRow.none ? side == stakes.gaining : isSide[Int(side)] && side != stakes.losing
  }

  private func loses(_ side: UInt16, _ stakes: Judgement.Stakes) -> Bool {
    if stakes.losing != ControlRow.none { return side == stakes.losing }
    return stakes.gaining != ControlRow.none && isSide[Int(side)] && side != stakes.gaining
  }

  private func admits(_ standing: Standing, _ row: Judgement.Row) -> Bool {
    if let admitted { return admitted.contains(standing) }
    switch rule {
    case .party: return asked != ControlRow.none && speaker(row).parties.contains(asked)
    case .own:
      let context = claims.context(Int(row.span))
      return rule.admits(standing, context.origin, context.source)
    default: return false
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
