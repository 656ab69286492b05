// What was done of a point: a place that changed hands, something that was carried out, kept up, or owed again and again.
internal import TruceAtlas
internal import TruceModel

extension CommitmentFold {
  /// Of a place that changes hands: the first passage after the signing that the rule admits.
  func transfer(_ provision: Provision, _ agreement: Agreement?, _ state: inout CommitmentState) -> Performance {
    guard let place = provision.place else { return Performance() }
    let wanted = Passage(from: provision.who.first, to: provision.whom.first)
    let signed = agreement?.dated.earliest ?? .distantPast
    let judgement = places.fold.judgement(of: place)
    let passages = judgement.steps.filter { step in
      let passage = Passage(from: places.fold.party(step.passage.change.loser), to: places.fold.party(step.passage.change.gainer))
      return passage.isCompatible(with: wanted, in: index) && step.passage.upper > signed.milliseconds
        && step.passage.isEffective(on: query.on)
    }
    // Into the right hands counts before out of the wrong ones.
    let found = passages.first { $0.passage.change.gainer != ControlRow.none } ?? passages.first
    guard let step = found.map({ places.fold.step($0, of: place, judgement) }) else {
      return Performance()
    }
    let window = max(step.transition.window.lowerBound, signed)..<step.transition.window.upperBound
    let debtors = Set(provision.who.map(index.side))
    let speakers = step.evidence.flatMap { $0.fact.origin.parties }
    state.performance = .done(window)
    state.isPerformersWord = !speakers.isEmpty && speakers.allSatisfy { debtors.contains(index.side($0)) }
    state.isDisputed = step.isDisputed
    var performance = Performance(
      evidence: step.evidence.map { $0.fact.id }, done: step.transition.since, because: sentence(step.evidence), standing: step.standing)
    if case .party(let holder) = step.holder, let promised = provision.whom.first, holder != promised {
      performance.correspondence = "promised to \(index.name(promised)), held by \(index.name(holder))"
    }
    // Taken back by the one who owed it.
    let back = judgement.steps.first { later in
      guard later.passage.upper > step.transition.window.upperBound.milliseconds, later.passage.isEffective(on: query.on),
        case .party(let holder) = places.fold.holder(later.holder)
      else {
        return false
      }
      return debtors.contains(index.side(holder))
    }
    if let back = back.map({ places.fold.step($0, of: place, judgement) }) {
      state.performance = .undone(by: Set(back.evidence.map(\.fact.origin.label)).sorted())
      performance.because += "; taken back: " + sentence(back.evidence)
      performance.evidence += back.evidence.map { $0.fact.id }
    }
    return performance
  }

  /// Of everything else: what is told as having been done since the signing.
  func generic(
    _ provision: Provision, _ agreement: Agreement?, _ about: [Fact], until: Instant?, _ state: inout CommitmentState
  ) -> Performance {
    let debtors = Set(provision.who.map(index.side))
    let stakes = Stakes(gain: debtors, lose: index.sideParties.subtracting(debtors))
    // By a breach its author loses.
    let harm = Stakes(gain: stakes.lose, lose: stakes.gain)
    let told = query.rule.evidence(
      breaches(of: provision, about, from: state.from ?? agreement?.dated.earliest ?? .distantPast, until: until), harm, in: index)
    if !told.isEmpty {
      let named = told.map { $0.fact }.filter { fact in
        !fact.origin.parties.isEmpty && fact.claim.who.contains { $0.party.map { debtors.contains(index.side($0)) } ?? false }
      }
      state.breach = named.isEmpty ? .incident : .broken(by: Set(named.map(\.origin.label)).sorted())
      if provision.kind == .maintain {
        return Performance(
          evidence: told.map { $0.fact.id }, because: sentence(told), standing: Stakes.combined(told.map { $0.standing }))
      }
    }
    let done = about.filter {
      $0.isAsserted && $0.claim.type != .commitment && $0.claim.type != .deadlineRevised && !$0.isClosure
        && $0.window.lowerBound < query.on
    }
    let evidence = query.rule.evidence(done.sorted(by: Fact.bySaid), stakes, in: index)
    state.isWatched = isWatched(provision, evidence: evidence.map { $0.fact })
    let denied = about.filter {
      $0.isDenial && $0.claim.type != .ceasefireViolation && !$0.origin.parties.isEmpty && $0.window.lowerBound < query.on
    }
    if evidence.isEmpty { return refusal(of: debtors, about, &state) }
    let speakers = evidence.flatMap { $0.fact.origin.parties }
    state.isPerformersWord = !speakers.isEmpty && speakers.allSatisfy { debtors.contains(index.side($0)) } && !debtors.isEmpty
    let window = evidence.map { $0.fact.window }.min { $0.upperBound < $1.upperBound }!
    // What was denied before it was done was true then.
    state.isDisputed = denied.contains { $0.said.upperBound > window.lowerBound && $0.said.upperBound >= window.upperBound }
    let first = evidence.map { $0.fact }.min(by: Fact.order)!
    let family = ActFamily(provision.act)
    if family == .exchange || family == .displaced {
      let counted = evidence.flatMap { $0.fact.claim.quantities }.map { Int($0.maximum) }.max() ?? 0
      let whole = provision.quantities.first.map { Int($0.maximum) }
      state.performance = whole.map { counted >= $0 } ?? false ? .done(window) : .partly(counted, of: whole)
    } else {
      state.performance = .done(
        max(window.lowerBound, min(agreement?.dated.earliest ?? .distantPast, window.upperBound))..<window.upperBound)
    }
    return Performance(
      evidence: evidence.map { $0.fact.id }, done: first.claim.when, because: sentence(evidence),
      standing: Stakes.combined(evidence.map { $0.standing }), correspondence: extent(provision, evidence.map { $0.fact }))
  }

  /// Where nothing was done: whether those who owe it say that they will not.
  private func refusal(of debtors: Set<PartyID>, _ about: [Fact], _ state: inout CommitmentState) -> Performance {
    let refused = about.filter { fact in
      fact.claim.type == .commitment && fact.claim.polarity == .negative && fact.isPlanned
        && fact.origin.parties.contains { debtors.contains(index.side($0)) }
    }
    guard !refused.isEmpty else { return Performance() }
    state.performance = .refused(by: Set(refused.map(\.origin.label)).sorted())
    return Performance(
      evidence: refused.map(\.id),
      because: "refused by "
        + Set(refused.map { "\($0.origin.name) (\($0.citation.publisher) \($0.citation.day))" }).sorted()
        .joined(separator: ", "))
  }

  /// How the numbers that were told compare with those that the point fixes.
  private func extent(_ provision: Provision, _ facts: [Fact]) -> String? {
    let told = facts.flatMap(\.claim.quantities)
    let parts = provision.quantities.compactMap { promised -> String? in
      let most = told.filter { $0.what == promised.what }.map(\.maximum).max()
      return most.flatMap {
        $0 == promised.maximum ? nil : "\(Quantity.figure($0)) of \(Quantity.figure(promised.maximum)) \(promised.what)"
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Whether somebody watched what is to be maintained: a ceasefire and positions by any watch, a place by posts there, and
  /// everything else only by what is told of it.
  private func isWatched(_ provision: Provision, evidence: [Fact]) -> Bool {
    switch ActFamily(provision.act) {
    case .ceasefire, .positions: watch.isWatched
    case .control, .deployment: !evidence.isEmpty || (provision.place.map(watch.places.contains) ?? false)
    default: !evidence.isEmpty
    }
  }

  /// Claims against what the point keeps up since it binds: fire, broken positions, a closed road.
  private func breaches(of provision: Provision, _ about: [Fact], from start: Instant, until: Instant?) -> [Fact] {
    let candidates: [Fact]
    switch ActFamily(provision.act) {
    case .ceasefire: candidates = fire
    case .positions: candidates = seizures
    case .passage, .transport: candidates = about.filter { $0.isClosure && $0.isAsserted && $0.claim.when != nil }.sorted(by: Fact.bySaid)
    default: return []
    }
    let end = min(until ?? query.on, query.on)
    return candidates.filter { $0.window.lowerBound >= start && $0.window.lowerBound < end }
  }

  /// Of a point that is owed again and again: in how many of its periods it was done.
  func recurring(
    _ provision: Provision, _ agreement: Agreement?, _ terms: Terms, _ about: [Fact], _ standings: Standings,
    _ state: inout CommitmentState
  ) -> Performance {
    guard let agreement, let every = provision.every, every.isWholeDays else {
      return generic(provision, agreement, about, until: nil, &state)
    }
    var performance = generic(provision, agreement, about, until: nil, &state)
    guard provision.requires.allSatisfy(standings.isMet) else { return performance }
    let begun = provision.requires.compactMap { standings.done[$0] }.max { $0.latest < $1.latest }
    let start = agreement.zone.day(at: (begun ?? terms.from ?? agreement.starts).earliest)
    // The first moments of the periods: the last one is still running.
    var bounds: [Instant] = []
    for count in 0..<CommitmentFold.mostPeriods {
      let day = CivilSpan(months: every.months * count, days: every.days * count).added(to: start)
      bounds.append(agreement.zone.instant(day))
      if bounds.last! > query.on { break }
    }
    let counted = Set(performance.evidence)
    let times = about.filter { counted.contains($0.id) }.map(\.window)
    let owed = max(0, bounds.count - 2)
    let kept = (0..<owed).filter { period in times.contains { $0.overlaps(bounds[period]..<bounds[period + 1]) } }
    state.late = bounds.count > 1 ? bounds[1] : nil
    state.dueFrom = state.late?.adding(seconds: -86_400)
    if owed > 0 {
      performance.correspondence = "\(kept.count) of \(owed) periods"
      if kept.isEmpty {
        state.performance = about.isEmpty ? .noInformation : .none
        performance.done = nil
      } else if kept.count < owed {
        state.performance = .partly(kept.count, of: owed)
      }
    }
    return performance
  }

  /// No recurring point is followed for more periods than this.
  static let mostPeriods = 20_000
}

extension Fact {
  /// Says that a way was closed.
  var isClosure: Bool { claim.type == .access && (claim.act == "close" || claim.act == "block") }
}
