// Who holds a place at a moment: the latest transition that the rule admits, with its standing, disputes and derivation.
internal import TruceAtlas
internal import TruceModel

/// One step of a place's history under a rule.
struct ControlStep: Sendable {
  var transition: Transition
  /// The evidence that the rule admits, with what each is worth.
  var evidence: [(fact: Fact, standing: Standing)]
  var standing: Standing
  var stakes: Stakes
  /// Who held the place before.
  var before: Holder
  /// Who holds it from then on.
  var holder: Holder
  var isDisputed: Bool
  var contradictedBy: [Fact]
  /// Transitions of the same time that say otherwise.
  var rivals: [Transition]
}

struct ControlFold {
  let index: CaseIndex
  let rule: Rule
  private var builder: TransitionBuilder { TransitionBuilder(index: index, tolerance: index.file.tolerance.milliseconds) }

  init(index: CaseIndex, rule: Rule) {
    self.index = index
    self.rule = rule
  }

  func initial(_ place: PlaceID) -> Holder { index.places[place]?.initialHolder.map { .party($0) } ?? .unknown }

  /// A place's whole history under the rule, in the order of time.
  func steps(of place: PlaceID, _ facts: [Fact]) -> [ControlStep] {
    steps(of: place, transitions: builder.transitions(of: place, facts))
  }

  func steps(of place: PlaceID, transitions all: [Transition]) -> [ControlStep] {
    var steps: [ControlStep] = []
    var before = initial(place)
    for transition in all {
      let stakes = stakes(transition, before: before)
      var evidence: [(fact: Fact, standing: Standing)] = []
      for fact in transition.assertions {
        let standing = stakes.standing(fact.origin, modality: fact.claim.modality, in: index)
        if rule.admits(standing, fact) { evidence.append((fact, standing)) }
      }
      guard rule.isMet(by: evidence), let standing = Stakes.combined(evidence.map(\.standing)) else { continue }
      var admitted = transition
      if evidence.count < transition.assertions.count {
        admitted = builder.transition(place, evidence.map(\.fact), transition.denials, withdrawn: transition.withdrawn)
      }
      let against = admitted.denials.filter { !$0.origin.parties.isEmpty || $0.origin.isPost }
      let step = ControlStep(
        transition: admitted, evidence: evidence, standing: standing, stakes: stakes, before: before,
        holder: holder(admitted, before: before, initial: initial(place)), isDisputed: !against.isEmpty, contradictedBy: against, rivals: []
      )
      steps.append(step)
      before = step.holder
    }
    return weighed(steps)
  }

  /// Who holds the place after a passage.
  ///
  /// The case's initial holder is who held it when the agreement took effect: what is told of earlier times does not unsay it.
  private func holder(_ transition: Transition, before: Holder, initial: Holder) -> Holder {
    let next = next(transition, before: before)
    guard case .party(let first) = initial, transition.window.upperBound <= index.signed else { return next }
    if case .party(let party) = next, index.same(party, first) { return next }
    return initial
  }

  private func next(_ transition: Transition, before: Holder) -> Holder {
    if let to = transition.to { return .party(to) }
    if let from = transition.from {
      // Who loses what another holds changes nothing.
      if case .party(let holder) = before, !index.same(holder, from) { return before }
      return .left(from)
    }
    // Handed over, and nobody says between whom: out of the hands of whoever held it.
    if case .party(let holder) = before { return .left(holder) }
    return before
  }

  /// Who gains and who loses: the claim's own parties, else the holder before, else every other side.
  func stakes(_ transition: Transition, before: Holder) -> Stakes {
    let sides = index.sideParties
    let to = transition.to.map(index.side)
    var from = transition.from.map(index.side)
    if from == nil, case .party(let holder) = before, index.side(holder) != to { from = index.side(holder) }
    if from == nil, case .left(let party) = before, index.side(party) != to { from = index.side(party) }
    switch (from, to) {
    case (let from?, let to?): return Stakes(gain: [to], lose: [from])
    case (nil, let to?): return Stakes(gain: [to], lose: sides.subtracting([to]))
    case (let from?, nil): return Stakes(gain: sides.subtracting([from]), lose: [from])
    case (nil, nil): return Stakes(gain: sides, lose: [])
    }
  }

  /// Where two transitions of the same time exclude each other the stronger holds, disputed; of equals neither.
  private func weighed(_ steps: [ControlStep]) -> [ControlStep] {
    var result: [ControlStep] = []
    var at = 0
    while at < steps.count {
      var group = [at]
      while group.last! + 1 < steps.count, conflicts(steps[group.last! + 1], with: group.map { steps[$0] }) {
        group.append(group.last! + 1)
      }
      at = group.last! + 1
      guard group.count > 1 else {
        result.append(steps[group[0]])
        continue
      }
      let strongest = group.map { steps[$0].standing }.max()!
      let winners = group.filter { steps[$0].standing == strongest }
      var step = steps[winners[0]]
      let others = group.filter { $0 != winners[0] }
      step.rivals = others.map { steps[$0].transition }
      step.contradictedBy += others.flatMap { steps[$0].evidence.map(\.fact) }
      step.isDisputed = true
      if rule != .best || winners.count > 1 { step.holder = .contested }
      result.append(step)
    }
    return result
  }

  private func conflicts(_ step: ControlStep, with others: [ControlStep]) -> Bool {
    others.contains { other in
      let mine = Passage(from: step.transition.from, to: step.transition.to)
      let theirs = Passage(from: other.transition.from, to: other.transition.to)
      return step.transition.window.overlaps(other.transition.window) && step.transition.window.isAnchored
        && other.transition.window.isAnchored && !mine.isCompatible(with: theirs, in: index)
    }
  }

  /// Who holds the place at a moment.
  ///
  /// A passage counts from when it is certain to have happened; one that is dated to a day, from that day's start. Where a passage
  /// may have happened already, and a known lower bound lies before the moment, the holder is unknown.
  func control(
    _ place: PlaceID, transitions: [Transition], steps: [ControlStep], on: Instant, notBefore: (Transition) -> Instant?
  ) -> Situation.Control {
    var holder = initial(place)
    var last: ControlStep?
    var maybe: ControlStep?
    let withdrawn = transitions.last { $0.assertions.isEmpty && !$0.withdrawn.isEmpty && $0.window.lowerBound < on }
    for step in steps {
      if isEffective(step.transition.window, on: on) {
        holder = step.holder
        last = step
        maybe = nil
      } else if step.transition.window.lowerBound < on, (notBefore(step.transition) ?? .distantFuture) < on {
        maybe = step
      }
    }
    var control = Situation.Control(place: place, holder: holder, zones: [])
    if let maybe {
      control.holder = .unknown
      control.because =
        "\(describe(maybe)), at some time before \(index.file.zone.text(maybe.transition.window.upperBound)): "
        + sentence(maybe.evidence)
      control.evidence = maybe.evidence.map(\.fact.id)
      control.standing = maybe.standing
      control.origins = Set(maybe.evidence.map(\.fact.origin.key)).count
    } else if let last {
      control.since = last.transition.since
      control.standing = last.standing
      control.isDisputed = last.isDisputed
      control.evidence = last.evidence.map(\.fact.id)
      control.contradictedBy = last.contradictedBy.map(\.id)
      control.origins = Set(last.evidence.map(\.fact.origin.key)).count
      control.because = sentence(last.evidence)
      if case .contested = holder { control.because = "contested: " + control.because }
      if !last.contradictedBy.isEmpty {
        let denied = Set(last.contradictedBy.map(\.origin.label)).sorted().joined(separator: ", ")
        control.because += "; contradicted by " + denied
      }
    } else {
      control.because = holder == .unknown ? "no claim and no initial holder" : "the case's initial holder"
    }
    if let withdrawn, last == nil {
      control.isWithdrawn = true
      control.contradictedBy = withdrawn.denials.map(\.id)
      control.because += "; a claim to the contrary was taken back"
    }
    return control
  }

  /// The last step that counts at a moment.
  func last(_ steps: [ControlStep], on: Instant) -> ControlStep? { steps.last { isEffective($0.transition.window, on: on) } }

  func isEffective(_ window: Range<Instant>, on: Instant) -> Bool {
    // The last moment of a window is the one in front of its bound: a day's end is asked for as that day's last millisecond.
    if window.upperBound.milliseconds - 1 <= on.milliseconds { return true }
    let length = window.upperBound.milliseconds - window.lowerBound.milliseconds
    return window.lowerBound < on && length <= 25 * 3_600_000
  }

  private func describe(_ step: ControlStep) -> String {
    switch (step.transition.from, step.transition.to) {
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
