// A place's whole history under a rule: every transition with its evidence.
internal import TruceAtlas
public import TruceModel

/// Who held a place, one after the other.
public struct PlaceHistory: Sendable, Hashable {
  public var place: PlaceID
  public var query: Query
  /// The case's initial holder.
  public var initial: Holder
  /// In the order of time; what was taken back stands among them, marked.
  public var transitions: [Transition]

  /// One passage of the place.
  public struct Transition: Sendable, Hashable {
    public var before: Holder
    public var holder: Holder
    public var since: When?
    /// The moments at which it can have happened.
    public var window: Range<Instant>
    /// Nil where all that told of it took it back, or the rule admits none of it.
    public var standing: Standing?
    public var isDisputed: Bool
    public var isWithdrawn: Bool
    public var origins: Int
    public var evidence: [ClaimID]
    public var contradictedBy: [ClaimID]
    public var because: String
  }
}

extension SituationIndex {
  /// A place's history, up to and after the query's moment, of the entries and by the rule of the query.
  public func history(of place: PlaceID, _ query: Query) -> PlaceHistory {
    let fold = ControlFold(store, query, store.prefix(for: query), in: index)
    let judgement = fold.judgement(of: place)
    var transitions = judgement.steps.map { step in
      let step = fold.step(step, of: place, judgement)
      return PlaceHistory.Transition(
        before: step.before, holder: step.holder, since: step.transition.since, window: step.transition.window, standing: step.standing,
        isDisputed: step.isDisputed, isWithdrawn: false, origins: Set(step.evidence.map(\.fact.originKey)).count,
        evidence: step.evidence.map(\.fact.id), contradictedBy: step.contradictedBy.map(\.id), because: sentence(step.evidence))
    }
    for passage in judgement.passages where passage.live.isEmpty {
      let taken = fold.transition(passage, of: place, told: [], judgement)
      transitions.append(
        PlaceHistory.Transition(
          before: .unknown, holder: taken.to.map { .party($0) } ?? taken.from.map { .left($0) } ?? .unknown, since: taken.since,
          window: taken.window, standing: nil, isDisputed: true, isWithdrawn: true, origins: Set(taken.withdrawn.map(\.originKey)).count,
          evidence: taken.withdrawn.map(\.id), contradictedBy: taken.denials.map(\.id),
          because: "taken back by " + Set(taken.withdrawn.map(\.origin.name)).sorted().joined(separator: ", ")))
    }
    transitions.sort { left, right in
      (left.window.upperBound, left.window.lowerBound, left.evidence.first ?? "")
        < (right.window.upperBound, right.window.lowerBound, right.evidence.first ?? "")
    }
    return PlaceHistory(place: place, query: query, initial: fold.initial(place), transitions: transitions)
  }
}

extension PlaceHistory {
  /// The form: place, query, initial holder, transitions.
  public var json: JSON {
    .compact([
      "place": JSON(place), "known": query.known.map { JSON($0) }, "said": query.said.map { JSON($0) },
      "accordingTo": JSON(query.rule.description), "initial": JSON(initial.description), "transitions": .array(transitions.map(\.json)),
    ])
  }
}

extension PlaceHistory.Transition {
  public var json: JSON {
    .compact([
      "before": JSON(before.description), "holder": JSON(holder.description), "since": since?.json,
      "standing": standing.map { JSON($0.rawValue) }, "disputed": .bool(isDisputed), "withdrawn": isWithdrawn ? true : nil,
      "origins": JSON(origins), "evidence": .array(evidence.map { JSON($0) }),
      "contradictedBy": contradictedBy.isEmpty ? nil : .array(contradictedBy.map { JSON($0) }), "because": JSON(because),
    ])
  }
}
