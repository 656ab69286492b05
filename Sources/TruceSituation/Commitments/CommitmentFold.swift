// The commitments: each point of the agreements with what was said of its terms and its performance, and those that no point knows.
internal import TruceAtlas
internal import TruceModel

struct CommitmentFold {
  let index: CaseIndex
  let facts: [Fact]
  let query: Query
  let places: PlaceFold
  let events: [Situation.Event]
  let watch: Watch

  func commitments() -> [Situation.Commitment] {
    var result: [Situation.Commitment] = []
    var matched: Set<ClaimID> = []
    let candidates = facts.filter { $0.said.lowerBound < .distantFuture }
    for agreement in index.file.agreements where agreement.signed.earliest < query.on {
      var done: [ProvisionID: When] = [:]
      let assigned = assignment(of: candidates, to: agreement)
      var shownNow: [Situation.Commitment] = []
      for provision in agreement.provisions {
        let about = assigned[provision.id] ?? []
        matched.formUnion(about.map(\.id))
        let shown = commitment(provision, agreement, about: about, done: done)
        done[provision.id] = shown.done
        shownNow.append(shown)
      }
      // A point that counts from, or waits for, one that stands after it in the text.
      for (i, provision) in agreement.provisions.enumerated() where !done.isEmpty && provision.hangsOnOthers {
        shownNow[i] = commitment(provision, agreement, about: assigned[provision.id] ?? [], done: done)
      }
      result += shownNow
    }
    return result + unprovided(candidates.filter { !matched.contains($0.id) })
  }

  /// Which claims speak of which points: each of those that it fits best.
  private func assignment(of facts: [Fact], to agreement: Agreement) -> [ProvisionID: [Fact]] {
    let matches = agreement.provisions.map { ProvisionMatch(index: index, provision: $0) }
    var result: [ProvisionID: [Fact]] = [:]
    for fact in facts {
      if fact.claim.type == .deadlineRevised {
        for provision in agreement.provisions where isRevision(fact.claim, of: provision, in: agreement) {
          result[provision.id, default: []].append(fact)
        }
        continue
      }
      if fact.isAsserted, fact.claim.when != nil, fact.window.upperBound <= agreement.signed.earliest { continue }
      let scores = matches.map { $0.score(fact.claim) }
      guard let best = scores.max(), best > 0 else {
        if let provision = excluding(fact.claim, in: agreement) { result[provision.id, default: []].append(fact) }
        continue
      }
      for (provision, score) in zip(agreement.provisions, scores) where score == best || (score > 0 && best < 4) {
        result[provision.id, default: []].append(fact)
      }
    }
    return result
  }

  /// A claim that a place is left out belongs to the point about the corridor that leaves it out.
  private func excluding(_ claim: Claim, in agreement: Agreement) -> Provision? {
    guard claim.type == .commitment, claim.polarity == .negative else { return nil }
    return agreement.provisions.first { provision in
      let excluded = provision.place.flatMap { index.places[$0]?.excludes } ?? []
      return claim.places.contains { $0.place.map(excluded.contains) ?? false }
    }
  }

  private func isRevision(_ claim: Claim, of provision: Provision, in agreement: Agreement) -> Bool {
    let limits = provision.terms.filter { $0.word != .from }
    guard !limits.isEmpty else { return false }
    let named = claim.places.compactMap(\.place)
    if !named.isEmpty { return provision.place.map(named.contains) ?? false }
    guard let was = claim.was else { return false }
    return limits.contains { $0.when.map { $0.edtf == was.edtf } ?? false }
  }

  // MARK: - One point

  private func commitment(_ provision: Provision, _ agreement: Agreement?, about: [Fact], done: [ProvisionID: When]) -> Situation.Commitment
  {
    let terms = Terms(provision, of: agreement, done: done)
    var deadlines: [Situation.Commitment.Deadline] = []
    for due in terms.original {
      let by = "agreement" + (due.according.map { ", counted as \($0)" } ?? "")
      if let same = deadlines.firstIndex(where: { $0.when == due.when && $0.word == due.word && $0.by == by && !$0.variants.isEmpty }),
        let variant = due.variant
      {
        deadlines[same].variants.append(variant)
      } else {
        deadlines.append(Situation.Commitment.Deadline(when: due.when, word: due.word, by: by, variants: due.variant.map { [$0] } ?? []))
      }
    }
    let revisions = about.filter { $0.claim.type == .deadlineRevised && $0.isAsserted && $0.window.lowerBound < query.on }
      .sorted(by: TransitionBuilder.bySaid)
    let moved = revised(revisions)
    deadlines += moved
    var state = CommitmentState(kind: provision.kind)
    state.from = terms.from?.earliest
    if let deciding = terms.deciding {
      state.late = deciding.word.late(deciding.when)
      state.dueFrom = deciding.word.dueFrom(deciding.when)
    }
    if let last = moved.last {
      state.isRevised = true
      state.revisedLate = moved.last { $0.when != nil }?.when.map { last.word.late($0) }
      if last.when == nil { state.revisedLate = nil }
    }
    var performance = Performance(evidence: [], done: nil, because: "")
    if ActFamily(provision.act) == .transfer {
      performance = transfer(provision, agreement, &state)
    } else {
      performance = generic(provision, agreement, about, &state)
    }
    if state.performance == .noInformation, !about.isEmpty { state.performance = .none }
    let waits = provision.requires.filter { done[$0] == nil }
    if !waits.isEmpty, provision.kind == .maintain, state.breach == .none { state.from = .distantFuture }
    let word = CommitmentWord(state, at: query.on)
    let days = daysLate(word, done: performance.done, terms: terms)
    var evidence: [ClaimID] = []
    for id in performance.evidence + revisions.map(\.id) + about.sorted(by: TransitionBuilder.bySaid).map(\.id) where !evidence.contains(id)
    {
      evidence.append(id)
    }
    let isMaintained = provision.kind == .maintain
    return Situation.Commitment(
      id: provision.id, article: provision.article, title: provision.title, kind: provision.kind, who: provision.who, act: provision.act,
      place: provision.place, deadlines: deadlines, word: word.description, days: days,
      because: because(word, days, state, terms, performance, moved, waits, ActFamily(provision.act)),
      watched: isMaintained ? watch.share : nil,
      done: performance.done, standing: performance.standing, isDisputed: state.isDisputed, evidence: evidence)
  }

  private struct Performance {
    var evidence: [ClaimID]
    var done: When?
    var because: String
    var standing: Standing?
  }

  /// The deadlines that were announced, one for each date that a source gave; without a date as such.
  private func revised(_ revisions: [Fact]) -> [Situation.Commitment.Deadline] {
    var result: [Situation.Commitment.Deadline] = []
    for fact in revisions {
      let when = fact.claim.becomes
      let by = fact.origin.label
      if let same = result.firstIndex(where: { $0.when?.edtf == when?.edtf && $0.by == by }) {
        result[same].evidence.append(fact.id)
        continue
      }
      result.append(
        Situation.Commitment.Deadline(
          when: when, word: fact.claim.due?.word ?? .by, by: by, reason: fact.claim.reason, known: fact.recorded, evidence: [fact.id]))
    }
    // A report that gives no date does not unsay a date that another gave.
    let dated = result.contains { $0.when != nil }
    return dated ? result.filter { $0.when == nil } + result.filter { $0.when != nil } : result
  }

  // MARK: - Performance

  /// Of a place that changes hands: the first passage after the signing that the rule admits.
  private func transfer(_ provision: Provision, _ agreement: Agreement?, _ state: inout CommitmentState) -> Performance {
    guard let place = provision.place else { return Performance(evidence: [], done: nil, because: "") }
    let wanted = Passage(from: provision.who.first, to: provision.whom.first)
    let signed = agreement?.signed.earliest ?? .distantPast
    let passages = places.steps(place).filter {
      let passage = Passage(from: $0.transition.from, to: $0.transition.to)
      return passage.isCompatible(with: wanted, in: index) && $0.transition.window.upperBound > signed
        && places.fold.isEffective($0.transition.window, on: query.on)
    }
    // Into the right hands counts before out of the wrong ones.
    let step = passages.first { $0.transition.to != nil } ?? passages.first
    guard let step else { return Performance(evidence: [], done: nil, because: "") }
    let window = max(step.transition.window.lowerBound, signed)..<step.transition.window.upperBound
    let debtors = Set(provision.who.map(index.side))
    let speakers = step.evidence.flatMap { $0.fact.origin.parties }
    state.performance = .done(window)
    state.isPerformersWord = !speakers.isEmpty && speakers.allSatisfy { debtors.contains(index.side($0)) }
    state.isDisputed = step.isDisputed
    return Performance(
      evidence: step.evidence.map(\.fact.id), done: step.transition.since, because: sentence(step.evidence), standing: step.standing)
  }

  /// Of everything else: what is told as having been done since the signing.
  private func generic(
    _ provision: Provision, _ agreement: Agreement?, _ about: [Fact], _ state: inout CommitmentState
  ) -> Performance {
    let debtors = Set(provision.who.map(index.side))
    let stakes = Stakes(gain: debtors, lose: index.sideParties.subtracting(debtors))
    func admitted(_ facts: [Fact]) -> [(fact: Fact, standing: Standing)] {
      let evidence = facts.map { (fact: $0, standing: stakes.standing($0.origin, modality: $0.claim.modality, in: index)) }
        .filter { query.rule.admits($0.standing, $0.fact) }
      return query.rule.isMet(by: evidence) ? evidence : []
    }
    let breaches = breaches(of: provision, from: state.from ?? agreement?.signed.earliest ?? .distantPast)
    if !breaches.isEmpty {
      let named = breaches.filter { fact in
        !fact.origin.parties.isEmpty && fact.claim.who.contains { $0.party.map { debtors.contains(index.side($0)) } ?? false }
      }
      state.breach = named.isEmpty ? .incident : .broken(by: Set(named.map(\.origin.label)).sorted())
      if provision.kind == .maintain {
        let told = breaches.map { (fact: $0, standing: stakes.standing($0.origin, modality: $0.claim.modality, in: index)) }
        return Performance(
          evidence: breaches.map(\.id), done: nil, because: sentence(told), standing: Stakes.combined(told.map(\.standing)))
      }
    }
    let done = about.filter {
      $0.isAsserted && $0.claim.type != .commitment && $0.claim.type != .deadlineRevised && $0.window.lowerBound < query.on
    }
    let evidence = admitted(done.sorted(by: TransitionBuilder.bySaid))
    state.isWatched = isWatched(provision, evidence: evidence.map(\.fact))
    let denied = about.filter {
      $0.isDenial && $0.claim.type != .ceasefireViolation && !$0.origin.parties.isEmpty && $0.window.lowerBound < query.on
    }
    guard !evidence.isEmpty else { return Performance(evidence: [], done: nil, because: "") }
    let speakers = evidence.flatMap { $0.fact.origin.parties }
    state.isPerformersWord = !speakers.isEmpty && speakers.allSatisfy { debtors.contains(index.side($0)) } && !debtors.isEmpty
    let window = evidence.map(\.fact.window).min { $0.upperBound < $1.upperBound }!
    // What was denied before it was done was true then.
    state.isDisputed = denied.contains { $0.said.upperBound > window.lowerBound && $0.said.upperBound >= window.upperBound }
    let first = evidence.map(\.fact).min(by: TransitionBuilder.order)!
    let family = ActFamily(provision.act)
    if family == .exchange || family == .displaced {
      let counted = evidence.flatMap { $0.fact.claim.quantities }.map { Int($0.maximum) }.max() ?? 0
      let whole = provision.quantities.first.map { Int($0.maximum) }
      state.performance = whole.map { counted >= $0 } ?? false ? .done(window) : .partly(counted, of: whole)
    } else {
      state.performance = .done(
        max(window.lowerBound, min(agreement?.signed.earliest ?? .distantPast, window.upperBound))..<window.upperBound)
    }
    return Performance(
      evidence: evidence.map(\.fact.id), done: first.claim.when, because: sentence(evidence),
      standing: Stakes.combined(evidence.map(\.standing)))
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

  /// Whether it is a matter of the line, which somebody has to watch.
  private static func isOfTheLine(_ family: ActFamily) -> Bool { family == .ceasefire || family == .positions || family == .control }

  /// Claims of fire and of broken positions since the point binds, for points that are broken by them.
  private func breaches(of provision: Provision, from start: Instant) -> [Fact] {
    let family = ActFamily(provision.act)
    guard family == .ceasefire || family == .positions else { return [] }
    return facts.filter { fact in
      guard fact.isAsserted, fact.claim.when != nil, fact.window.lowerBound >= start, fact.window.lowerBound < query.on else {
        return false
      }
      switch fact.claim.type {
      case .ceasefireViolation, .hostilities: return family == .ceasefire
      case .controlChange: return family == .positions && ["captured", "advanced"].contains(fact.claim.act)
      default: return false
      }
    }.sorted(by: TransitionBuilder.bySaid)
  }

  // MARK: - Words

  private func daysLate(_ word: CommitmentWord, done: When?, terms: Terms) -> Int? {
    guard let deciding = terms.deciding else { return nil }
    let due = deciding.when
    let last =
      deciding.word == .before ? due.zone.day(at: due.earliest).adding(days: -1) : due.zone.day(at: due.latest.adding(milliseconds: -1))
    switch word {
    case .keptLate, .keptOnRevisedDate, .disputed, .reportedKept:
      guard let done else { return nil }
      let days = done.zone.day(at: done.earliest).daysSinceEpoch - last.daysSinceEpoch
      return days > 0 ? days : nil
    case .overdue:
      return max(1, due.zone.day(at: query.on.adding(milliseconds: -1)).daysSinceEpoch - last.daysSinceEpoch)
    default: return nil
    }
  }

  private func because(
    _ word: CommitmentWord, _ days: Int?, _ state: CommitmentState, _ terms: Terms, _ performance: Performance,
    _ moved: [Situation.Commitment.Deadline], _ waits: [ProvisionID], _ family: ActFamily
  ) -> String {
    var parts: [String] = []
    if let due = terms.deciding {
      parts.append("due \(due.word.rawValue) \(due.when.edtf)" + Terms.note(due))
      parts += variants(state, terms)
    } else if state.kind != .maintain {
      parts.append("no deadline")
    }
    for move in moved {
      var text = "moved by \(move.by) " + (move.when.map { "to \($0.edtf)" } ?? "to a date that is not given")
      if let reason = move.reason { text += " (\(reason))" }
      parts.append(text)
    }
    if let done = performance.done {
      parts.append("done \(done.edtf)" + (days.map { ", \($0) days late against the original deadline" } ?? ""))
    }
    if !performance.because.isEmpty { parts.append(performance.because) }
    if !waits.isEmpty { parts.append("waits for " + waits.map(\.rawValue).joined(separator: ", ")) }
    switch word {
    case .keptDayUnknown: parts.append("the sources do not say whether that was in time")
    case .overdue: parts.append("no source says that it was done: \(days ?? 0) days overdue")
    case .noInformation: parts.append("no source speaks of it")
    case .pending where terms.deciding == nil: parts.append("nothing reported")
    case .holding where CommitmentFold.isOfTheLine(family): parts.append("no incident reported; " + watch.coverage.words)
    case .unobserved where !CommitmentFold.isOfTheLine(family): parts.append("no source speaks of it")
    case .unobserved: parts.append("no source speaks of it; " + watch.coverage.words)
    default: break
    }
    return parts.joined(separator: "; ")
  }

  /// Where the published texts differ: what each would make of the day.
  private func variants(_ state: CommitmentState, _ terms: Terms) -> [String] {
    guard case .done(let window) = state.performance, let deciding = terms.deciding else { return [] }
    return terms.original.compactMap { due in
      guard due.word != .from, due != deciding else { return nil }
      let late = due.word.late(due.when)
      guard late != deciding.word.late(deciding.when) else { return nil }
      let verdict = window.upperBound <= late ? "in time" : window.lowerBound >= late ? "late" : "not known"
      return "under '\(due.word.rawValue) \(due.when.edtf)'" + Terms.note(due) + " \(verdict)"
    }
  }

  // MARK: - Commitments that no point knows

  private func unprovided(_ facts: [Fact]) -> [Situation.Commitment] {
    struct Matter: Hashable {
      var act: String
      var who: [PartyID]
      var places: [String]
      var object: String?
      var due: String?
    }
    var groups: [Matter: [Fact]] = [:]
    for fact in facts where fact.claim.type == .commitment && fact.claim.polarity == .positive && fact.isPlanned {
      let claim = fact.claim
      let matter = Matter(
        act: claim.act, who: claim.who.compactMap(\.party).sorted(), places: claim.places.map { $0.place?.rawValue ?? $0.text }.sorted(),
        object: claim.object, due: claim.due?.when.edtf)
      groups[matter, default: []].append(fact)
    }
    return groups.values.map { group in
      let about = group.sorted(by: TransitionBuilder.bySaid)
      let claim = about[0].claim
      let id = ProvisionID("claim/\(group.map(\.id).min()!.rawValue.prefix(12))")
      let maintained: Set<String> = ["ceasefire", "hold-positions", "control"]
      let terms = claim.due.map { [Provision.Term($0.word, when: $0.when)] } ?? []
      let provision = Provision(
        id: id, article: "", title: CommitmentFold.title(claim),
        kind: maintained.contains(claim.act) && claim.due == nil ? .maintain : .achieve,
        who: claim.who.compactMap(\.party), whom: claim.whom.compactMap(\.party), act: claim.act, object: claim.object,
        place: claim.places.first?.place, terms: terms)
      var shown = commitment(provision, nil, about: about, done: [:])
      for i in shown.deadlines.indices where shown.deadlines[i].evidence.isEmpty {
        shown.deadlines[i].by = about[0].origin.label
        shown.deadlines[i].known = about[0].recorded
        shown.deadlines[i].evidence = about.map(\.id)
      }
      return shown
    }.sorted { $0.id < $1.id }
  }

  private static func title(_ claim: Claim) -> String {
    let who = claim.who.map { $0.party?.rawValue ?? $0.text }.joined(separator: ", ")
    let place = claim.places.map(\.text).joined(separator: ", ")
    let words = [who, claim.act, claim.object ?? "", place.isEmpty ? "" : "(\(place))"].filter { !$0.isEmpty }
    return words.joined(separator: " ")
  }
}
