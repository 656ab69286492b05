// An incident: what several observers saw or heard of one thing, under declared counting rules.
public import TruceModel

extension Tags {
  public enum Incident {}
}

/// An incident: a hash of the rules' name and its members.
public typealias IncidentID = ID<Tags.Incident>

/// One joining of two sightings, and why.
public struct IncidentMerge: Sendable, Hashable {
  public var first: EntryID
  public var second: EntryID
  /// In a sentence.
  public var reason: String
  /// Whether the count would be right only with it; one that is in doubt widens the count's interval.
  public var isCertain: Bool
  /// The ruling that made it.
  public var ruling: EntryID?
}

/// One thing that happened, as far as observers tell.
public struct Incident: Sendable, Hashable {
  public var id: IncidentID
  /// The name of the counting rules.
  public var rules: String
  public var what: Observation.What?
  public var assessment: Observation.Assessment?
  /// How many explosions, shots, bursts: what all its observers allow, else all that any of them allows.
  public var count: Count
  /// The time that all its observers allow, else from first to last.
  public var window: Range<Instant>
  /// When it can have begun: around the first start that anyone noted, by half the tolerance either way.
  public var began: ClosedRange<Instant>
  public var stretch: LineStretch?
  public var place: PlaceID?
  public var members: [EntryID]
  public var observers: [String]
  public var merges: [IncidentMerge]
  /// A vague report over hours: it tells of incidents in its window and is no further one if there are any.
  public var isSummary: Bool
  /// Of a summary: the incidents that it can be telling of.
  public var tellsOf: [IncidentID]

  /// One line that says it.
  public var summary: String {
    var text = "\(count) \(what?.rawValue ?? "incident")"
    if count != Count(1) { text += "s" }
    if let assessment { text += " (\(assessment.rawValue))" }
    if let stretch {
      text += " at \(stretch.line) km \(short(stretch.fromKm))-\(short(stretch.toKm))"
    } else if let place {
      text += " at \(place)"
    }
    return text + ", \(window.lowerBound), \(observers.count) observer\(observers.count == 1 ? "" : "s")"
  }

  /// The first start that anyone noted.
  var firstNoted: Instant { Instant(milliseconds: (began.lowerBound.milliseconds + began.upperBound.milliseconds) / 2) }

  private func short(_ km: Double) -> String { String(decoding: JSON.number((km * 10).rounded() / 10).bytes, as: UTF8.self) }
}

/// The incidents of some sightings.
public struct IncidentReport: Sendable, Hashable {
  public var rules: CountingRules
  /// In time's order.
  public var incidents: [Incident]
  /// Pairs that were kept apart though they could be one, by the starts of their windows.
  public var doubts: [Doubt]

  /// Two incidents that looser rules would join.
  public struct Doubt: Sendable, Hashable {
    public var first: IncidentID
    public var second: IncidentID
    public var at: Instant
  }
}

extension Incident {
  /// `{"id", "rules", "what", "count", "from", "until", "stretch", "place", "members", "observers", "merges"}`.
  public var json: JSON {
    .compact([
      "id": JSON(id), "rules": JSON(rules), "what": what.map { JSON($0.rawValue) }, "assessment": assessment.map { JSON($0.rawValue) },
      "count": count.json, "from": JSON(window.lowerBound), "until": JSON(window.upperBound), "stretch": stretch?.json,
      "place": place.map { JSON($0) }, "members": .array(members.map { JSON($0) }), "observers": .array(observers.map { JSON($0) }),
      "merges": merges.isEmpty
        ? JSON?.none
        : .array(
          merges.map {
            .compact([
              "first": JSON($0.first), "second": JSON($0.second), "reason": JSON($0.reason), "certain": JSON.bool($0.isCertain),
              "ruling": $0.ruling.map { JSON($0) },
            ])
          }),
      "isSummary": isSummary ? true : JSON?.none, "tellsOf": tellsOf.isEmpty ? JSON?.none : .array(tellsOf.map { JSON($0) }),
      "summary": JSON(summary),
    ])
  }
}
