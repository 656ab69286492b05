// An incident: what several observers saw or heard of one thing, under declared counting rules.
public import TruceModel

extension Tags {
  public enum Incident {}
}

/// An incident: a hash of the rules' name and its members.
public typealias IncidentID = ID<Tags.Incident>

/// How observations are counted. Counts are comparable only under the same rules, so the name stands beside each.
public struct CountingRules: Sendable, Hashable {
  /// Names these very values.
  public var name = "truce-1"
  /// Two windows this near, in seconds, can be of one thing: clocks are right to half a minute and people write to the minute.
  public var timeToleranceSeconds = 120.0
  /// Two stretches this near can be of one thing.
  public var kmTolerance = 0.5
  /// Seconds from the start of one observation to that of another above which they are not of one thing, though their windows meet.
  public var startToleranceSeconds = 300.0
  /// A vaguer window than this is a summary: it is not fused, it is held against what lies in it.
  public var longestWindowSeconds = 6 * 3600.0
  /// How unlike two sightings may be, 0 to 1, and still be joined without doubt; above it, and up to 1, they are joined with doubt.
  public var certain = 0.45

  public init() {}
}

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

/// How many incidents: the number, and the interval in which it lies for what the rules cannot decide.
public struct IncidentCount: Sendable, Hashable, CustomStringConvertible {
  public var number: Int
  public var minimum: Int
  public var maximum: Int
  public var rules: String

  public var description: String { (minimum == maximum ? "\(number)" : "\(number) (\(minimum) to \(maximum))") + ", counted by \(rules)" }
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

  /// The number of incidents that began in a time, and its interval.
  ///
  /// The most there can be takes every doubtful joining apart; the least joins what was kept apart in doubt. A summary counts only in the most,
  /// and where it tells of nothing that was counted also in the number. An incident that can have begun on either side of the time's ends counts in
  /// the most and not in the least.
  public func count(in window: Range<Instant> = .distantPast..<Instant.distantFuture) -> IncidentCount {
    var result = IncidentCount(number: 0, minimum: 0, maximum: 0, rules: rules.name)
    for incident in incidents where incident.began.upperBound >= window.lowerBound && incident.began.lowerBound < window.upperBound {
      let isIn = window.contains(incident.firstNoted)
      if incident.isSummary {
        guard isIn else { continue }
        let alone = incident.tellsOf.isEmpty
        result.number += alone ? max(1, incident.count.minimum) : 0
        result.minimum += alone ? 1 : 0
        result.maximum += max(alone ? 1 : 0, incident.count.maximum - incident.tellsOf.count)
        continue
      }
      let isSurelyIn = window.contains(incident.began.lowerBound) && window.contains(incident.began.upperBound)
      result.number += isIn ? 1 : 0
      result.minimum += isSurelyIn ? 1 : 0
      result.maximum += 1 + incident.merges.count { !$0.isCertain }
    }
    var joined = Set<IncidentID>()
    for doubt in doubts where window.contains(doubt.at) {
      // A chain of doubts joins each incident once at most.
      if joined.insert(doubt.second).inserted { result.minimum -= 1 }
    }
    result.minimum = max(result.minimum, 0)
    return result
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
