// Who holds a place at a moment: the latest transition that the rule admits, with its standing, disputes and derivation.
internal import TruceAtlas
internal import TruceModel

/// One step of a place's history under a rule, with its claims.
struct ControlStep {
  var transition: Transition
  /// The evidence that the rule admits, with what each is worth, in the order said.
  var evidence: [(fact: Testimony, standing: Standing)]
  var standing: Standing
  /// Who held the place before.
  var before: Holder
  /// Who holds it from then on.
  var holder: Holder
  var isDisputed: Bool
  var contradictedBy: [Testimony]
}

/// Judges places and writes out what a judgement comes to.
struct ControlFold {
  let index: CaseIndex
  let judge: PlaceJudge

  init(_ store: borrowing ClaimStore, _ query: Query, _ prefix: Prefix, in index: CaseIndex) {
    self.index = index
    judge = PlaceJudge(store, query, prefix, in: index)
  }

  func initial(_ place: PlaceID) -> Holder { index.places[place]?.initialHolder.map { .party($0) } ?? .unknown }

  func judgement(of place: PlaceID) -> Judgement { judge.judge(place, initial: index.places[place]?.initialHolder) }

  /// As much of a judgement as decides who holds the place at a moment.
  func judgement(of place: PlaceID, on: Instant) -> Judgement {
    judge.judge(place, initial: index.places[place]?.initialHolder, on: on)
  }

  // MARK: - Written out

  /// A step with its claims.
  func step(_ step: Judgement.Step, of place: PlaceID, _ judgement: Judgement) -> ControlStep {
    let told = judgement.rows(step.evidence).sorted { judge.isSaidBefore($0, $1) }
    let evidence = zip(judge.testimonies(told), told).map { (fact: $0, standing: judge.standing($1, step.stakes)) }
    let transition = transition(step.passage, of: place, told: evidence.map(\.fact), judgement)
    var against = transition.denials.filter { !$0.origin.parties.isEmpty || $0.origin.isPost }
    for rival in judgement.rivals[Int(step.against.lowerBound)..<Int(step.against.upperBound)] {
      against += testimonies(rival.evidence, judgement)
    }
    return ControlStep(
      transition: transition, evidence: evidence, standing: step.standing, before: holder(step.before), holder: holder(step.holder),
      isDisputed: step.isDisputed, contradictedBy: against)
  }

  /// A passage with its claims, as some of them tell it.
  func transition(_ passage: Judgement.Passage, of place: PlaceID, told live: [Testimony], _ judgement: Judgement) -> Transition {
    let taken = testimonies(passage.taken, judgement)
    var (window, since) = time(of: live.isEmpty ? taken : live) { judge.claims.when($0.sight) }
    if since == nil, window.upperBound < .distantFuture {
      // Told as past and without a date: not after it was said.
      since = When("../\(index.file.zone.day(at: window.upperBound.adding(milliseconds: -1)))", zone: index.file.zone)
    }
    window = Instant(milliseconds: passage.lower)..<Instant(milliseconds: passage.upper)
    return Transition(
      place: place, from: party(passage.change.loser), to: party(passage.change.gainer), window: window, since: since,
      denials: testimonies(passage.denials, judgement), withdrawn: taken)
  }

  /// The claims of a stretch, in the order said.
  private func testimonies(_ stretch: Judgement.Stretch, _ judgement: Judgement) -> [Testimony] {
    stretch.isEmpty ? [] : judge.testimonies(judgement.rows(stretch).sorted { judge.isSaidBefore($0, $1) })
  }

  func party(_ number: UInt16) -> PartyID? { number == ControlRow.none ? nil : judge.parties[Int(number)] }

  func holder(_ holding: Judgement.Holding) -> Holder {
    switch holding {
    case .party(let number): .party(judge.parties[Int(number)])
    case .left(let number): .left(judge.parties[Int(number)])
    case .contested: .contested
    case .unknown: .unknown
    }
  }

  // MARK: - At a moment

  /// Who holds the place at a moment.
  ///
  /// A passage counts from when it is certain to have happened; one that is dated to a day, from that day's start. Where a passage that an
  /// agreement promised may have happened already, the holder is unknown from the signing on.
  func control(_ place: PlaceID, _ judgement: Judgement, on: Instant) -> Situation.Control {
    var last: Judgement.Step?
    var maybe: Judgement.Step?
    let promised = index.promised[place]
    for step in judgement.steps.reversed() {
      if step.passage.isEffective(on: on) {
        last = step
        break
      }
      if maybe == nil, step.passage.lower < on.milliseconds, let promised, promised < on { maybe = step }
    }
    var control = Situation.Control(place: place, holder: last.map { holder($0.holder) } ?? initial(place), zones: [])
    if let maybe {
      let step = step(maybe, of: place, judgement)
      control.holder = .unknown
      control.because =
        "\(describe(step)), at some time before \(index.file.zone.text(step.transition.window.upperBound)): " + sentence(step.evidence)
      set(&control, by: step)
    } else if let last {
      let step = step(last, of: place, judgement)
      set(&control, by: step)
      control.since = step.transition.since
      control.isDisputed = step.isDisputed
      control.contradictedBy = step.contradictedBy.map(\.id)
      control.because = sentence(step.evidence)
      if case .contested = step.holder { control.because = "contested: " + control.because }
      if !step.contradictedBy.isEmpty { control.because += "; contradicted by " + names(step.contradictedBy) }
    } else {
      control.because = control.holder == .unknown ? "no claim and no initial holder" : "the case's initial holder"
    }
    if last == nil, let withdrawn = judgement.passages.last(where: { $0.live.isEmpty && !$0.taken.isEmpty && $0.lower < on.milliseconds }) {
      control.isWithdrawn = true
      control.contradictedBy = testimonies(withdrawn.denials, judgement).map(\.id)
      control.because += "; \(names(testimonies(withdrawn.taken, judgement))) took a claim to the contrary back"
    }
    return control
  }

  private func set(_ control: inout Situation.Control, by step: ControlStep) {
    control.evidence = step.evidence.map(\.fact.id)
    control.standing = step.standing
    control.origins = countDifferent(step.evidence.lazy.map(\.fact.originKey))
  }

  private func names(_ claims: [Testimony]) -> String { Set(claims.map(\.origin.name)).sorted().joined(separator: ", ") }

  /// The last step that counts at a moment.
  func last(_ judgement: Judgement, on: Instant) -> Judgement.Step? { judgement.steps.last { $0.passage.isEffective(on: on) } }

  private func describe(_ step: ControlStep) -> String {
    switch (step.transition.from.map(index.name), step.transition.to.map(index.name)) {
    case (let from?, let to?): "passed from \(from) to \(to)"
    case (nil, let to?): "passed to \(to)"
    case (let from?, nil): "left by \(from)"
    case (nil, nil): "handed over"
    }
  }
}

extension Duration {
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
