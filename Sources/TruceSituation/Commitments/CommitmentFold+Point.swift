// One point of an agreement: its terms, what was done of it, and the word for that.
internal import TruceAtlas
internal import TruceModel

extension CommitmentFold {
  /// What the claims about a point say of its being carried out.
  struct Performance {
    var evidence: [ClaimID] = []
    var done: When?
    var because = ""
    var standing: Standing?
    /// How what was done differs from what was promised; nil where it does not, or nothing can be told.
    var correspondence: String?
  }

  func commitment(
    _ provision: Provision, _ agreement: Agreement?, _ force: CommitmentState.Force, about: [Fact], _ standings: Standings
  ) -> Situation.Commitment {
    let terms = Terms(provision, of: agreement, done: standings.done)
    let revisions = about.filter { $0.claim.type == .deadlineRevised && $0.isAsserted && $0.window.lowerBound < query.on }
      .sorted(by: Fact.bySaid)
    let moved = revised(revisions, of: provision, terms, denied: about.filter { $0.claim.type == .deadlineRevised && $0.isDenial })
    var state = CommitmentState(kind: provision.kind, force: force)
    state.from = terms.from?.earliest
    if let deciding = terms.deciding {
      state.late = deciding.word.late(deciding.when)
      state.dueFrom = deciding.word.dueFrom(deciding.when)
    }
    if let last = moved.last {
      state.isRevised = true
      state.revisedLate = last.when.map { last.word.late($0) }
    }
    let until = end(of: provision, agreement, terms)
    if let until, until <= query.on, state.force == .inForce { state.force = .discharged }
    var performance = Performance()
    if ActFamily(provision.act) == .transfer {
      performance = transfer(provision, agreement, &state)
    } else if provision.kind == .recurring {
      performance = recurring(provision, agreement, terms, about, standings, &state)
    } else {
      performance = generic(provision, agreement, about, until: until, &state)
    }
    if state.performance == .noInformation, !about.isEmpty { state.performance = .none }
    // What was done before the agreement was replaced stays done.
    if state.force == .superseded, case .done = state.performance { state.force = .discharged }
    let waits = provision.requires.filter { !standings.isMet($0) }
    if !waits.isEmpty, performance.done == nil { wait(&state) }
    let word = CommitmentWord(state, at: query.on)
    let days = daysLate(word, done: performance.done, terms: terms)
    var seen = Set<ClaimID>(minimumCapacity: about.count)
    let evidence = (performance.evidence + revisions.map(\.id) + about.sorted(by: Fact.bySaid).map(\.id)).filter {
      seen.insert($0).inserted
    }
    var words = Derivation(provision: provision, agreement: agreement, terms: terms, state: state, performance: performance)
    words.moved = moved
    words.waits = waits
    words.days = days
    return Situation.Commitment(
      id: provision.id, article: provision.article, title: provision.title, kind: provision.kind, who: provision.who, act: provision.act,
      place: provision.place, deadlines: deadlines(terms, provision, agreement) + moved, word: word.description, days: days,
      because: because(word, words, standings), watched: provision.kind == .maintain ? watch.share : nil, done: performance.done,
      standing: performance.standing, isDisputed: state.isDisputed, evidence: evidence, correspondence: performance.correspondence)
  }

  /// What waits for another point is not owed yet.
  private func wait(_ state: inout CommitmentState) {
    if state.kind == .maintain {
      if state.breach == .none { state.from = .distantFuture }
    } else {
      (state.late, state.isRevised, state.revisedLate) = (nil, false, nil)
    }
  }

  /// When a point that is to be kept up runs out by its terms; nil for never, or where it renews itself.
  private func end(of provision: Provision, _ agreement: Agreement?, _ terms: Terms) -> Instant? {
    guard provision.kind == .maintain, provision.renewal == nil else { return nil }
    if let lasts = provision.lasts, let agreement {
      let from = terms.from ?? agreement.starts
      return CeasefireCalendar.end(of: from, after: lasts, zone: agreement.zone)
    }
    return terms.deciding.map { $0.word.late($0.when) }
  }

  // MARK: - Force

  /// Whether an agreement binds: a later one may have replaced it, a party may have left or suspended it.
  func force(of agreement: Agreement) -> CommitmentState.Force {
    let successor = index.file.agreements.first { $0.supersedes == agreement.id && $0.starts.earliest <= query.on }
    if successor != nil { return .superseded }
    let acts: Set<String> = ["renounce", "suspend", "resume"]
    let told = facts.filter { fact in
      acts.contains(fact.claim.act) && fact.isAsserted && fact.window.lowerBound < query.on
        && fact.window.upperBound > agreement.dated.earliest
        && fact.claim.who.contains { $0.party.map(agreement.parties.contains) ?? false }
    }
    guard let last = established(told).max(by: Fact.order) else { return .inForce }
    switch last.claim.act {
    case "renounce": return .withdrawn(by: last.claim.who.compactMap(\.party).first.map(\.rawValue) ?? last.origin.label)
    case "suspend": return .suspended
    default: return .inForce
    }
  }

  /// Those of some claims that the rule admits, where it admits enough of one party's one act.
  private func established(_ told: [Fact]) -> [Fact] {
    struct Matter: Hashable {
      var act: String
      var who: [PartyID]
    }
    let matters = Dictionary(grouping: told) {
      Matter(act: $0.claim.act, who: Set($0.claim.who.compactMap(\.party).map(index.side)).sorted())
    }
    return matters.flatMap { matter, facts in
      let actors = Set(matter.who)
      let stakes = Stakes(gain: actors, lose: index.sideParties.subtracting(actors))
      return query.rule.evidence(facts, stakes, in: index).map(\.fact)
    }
  }

  // MARK: - Deadlines

  /// The agreement's own deadlines, one for each day and word; the texts that have it so stand together.
  private func deadlines(_ terms: Terms, _ provision: Provision, _ agreement: Agreement?) -> [Situation.Commitment.Deadline] {
    var result: [Situation.Commitment.Deadline] = []
    for due in terms.original {
      let same = result.firstIndex {
        $0.when == due.when && $0.word == due.word && $0.according == due.according && !$0.variants.isEmpty
      }
      if let same, let variant = due.variant {
        result[same].variants.append(variant)
      } else {
        result.append(
          Situation.Commitment.Deadline(
            when: due.when, word: due.word, by: "agreement", according: due.according, variants: due.variant.map { [$0] } ?? []))
      }
    }
    if let lasts = provision.lasts, let agreement {
      for due in terms.original where due.word == .from {
        let end = CeasefireCalendar.end(of: due.when, after: lasts, zone: agreement.zone)
        let last = When(agreement.zone.day(at: end.adding(milliseconds: -1)), zone: agreement.zone, role: .until)
        result.append(Situation.Commitment.Deadline(when: last, word: .until, by: "agreement", according: due.according))
      }
    }
    if let term = renewal(provision, agreement) {
      result.append(
        Situation.Commitment.Deadline(when: When(term.until, zone: agreement!.zone, role: .until), word: .until, by: "agreement"))
    }
    return result
  }

  /// The running term of a point that renews itself.
  func renewal(_ provision: Provision, _ agreement: Agreement?) -> (from: CivilDate, until: CivilDate, notice: CivilDate?)? {
    guard let agreement, provision.renewal != nil else { return nil }
    let day = agreement.zone.day(at: query.on)
    return agreement.renewals(of: provision, count: 200).first { $0.until > day }
  }

  /// The deadlines that were announced, one for each date that a source gave; without a date as such.
  private func revised(_ revisions: [Fact], of provision: Provision, _ terms: Terms, denied: [Fact]) -> [Situation.Commitment.Deadline] {
    var result: [(deadline: Situation.Commitment.Deadline, facts: [Fact])] = []
    for fact in revisions {
      let when = fact.claim.becomes
      let by = fact.origin.label
      if let same = result.firstIndex(where: { $0.deadline.when?.edtf == when?.edtf && $0.deadline.by == by }) {
        result[same].deadline.evidence.append(fact.id)
        result[same].facts.append(fact)
        continue
      }
      var deadline = Situation.Commitment.Deadline(
        when: when, word: fact.claim.due?.word ?? .by, by: by, reason: fact.claim.reason, known: fact.recorded, evidence: [fact.id])
      deadline.announced = fact.said.lowerBound
      deadline.document = CommitmentFold.document(fact.claim.object)
      deadline.isAfterExpiry = terms.deciding.map { $0.word.late($0.when) <= fact.said.lowerBound } ?? false
      result.append((deadline, [fact]))
    }
    let bound = Set((provision.who + provision.whom).map(index.side))
    for i in result.indices {
      // Who announced the same date, under whatever name.
      let same = result.filter { $0.deadline.when?.edtf == result[i].deadline.when?.edtf }.flatMap(\.facts)
      let sides = Set(same.flatMap { $0.origin.parties.map(index.side) }).intersection(bound)
      let against = denied.contains { denial in denial.origin.parties.contains { bound.contains(index.side($0)) } }
      result[i].deadline.acceptance = against ? .contested : sides.count > 1 ? .agreed : sides.count == 1 ? .unilateral : .reported
    }
    let all = result.map(\.deadline)
    // A report that gives no date does not unsay a date that another gave.
    return all.filter { $0.when == nil } + all.filter { $0.when != nil }
  }

  /// What a claim names as its object, where that is a paper.
  private static func document(_ object: String?) -> String? {
    let papers: Set<String> = ["statement", "agreement", "protocol", "letter", "decree", "order", "document", "declaration", "resolution"]
    return object.flatMap { ClaimMatter.stems($0).isDisjoint(with: papers) ? nil : $0 }
  }
}
