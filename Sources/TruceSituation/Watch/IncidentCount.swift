// How many incidents there were, of all kinds or of each, with the interval in which the number lies.
public import TruceModel

/// How many incidents: the number, and the interval in which it lies for what the rules cannot decide.
public struct IncidentCount: Sendable, Hashable, CustomStringConvertible {
  public var number: Int
  public var minimum: Int
  public var maximum: Int
  /// Whether there can be more than the most, because a report over hours says only "at least".
  public var isOpen = false
  public var rules: String

  public init(number: Int, minimum: Int, maximum: Int, rules: String) {
    self.number = number
    self.minimum = minimum
    self.maximum = maximum
    self.rules = rules
  }

  /// The number with its interval: "7 (5 to 9)".
  public var words: String {
    minimum == maximum && !isOpen ? "\(number)" : "\(number) (\(minimum) to \(maximum)\(isOpen ? " or more" : ""))"
  }

  public var description: String { "\(words), counted by \(rules)" }
}

/// The incidents of one kind.
public struct IncidentKind: Sendable, Hashable {
  public var what: Observation.What?
  public var assessment: Observation.Assessment?
  public var count: IncidentCount
  /// How many explosions, shots, bursts there were in those that were counted.
  public var things: Count

  /// "explosion, incoming".
  public var name: String { (what?.rawValue.replacing("-", with: " ") ?? "incident") + (assessment.map { ", \($0.rawValue)" } ?? "") }
}

extension IncidentReport {
  /// The number of incidents that began in a time, and its interval.
  ///
  /// The most there can be takes every doubtful joining apart; the least joins what was kept apart in doubt. A summary counts only in the most,
  /// and where it tells of nothing that was counted also in the number. An incident that can have begun on either side of the time's ends counts in
  /// the most and not in the least.
  public func count(in window: Range<Instant> = .distantPast..<Instant.distantFuture) -> IncidentCount { count(in: window) { _ in true } }

  /// The numbers of each kind, most first. Beside the intervals' ends they do not add up to the whole's: what is doubtful is so by itself.
  public func kinds(in window: Range<Instant> = .distantPast..<Instant.distantFuture) -> [IncidentKind] {
    struct Key: Hashable {
      var what: Observation.What?
      var assessment: Observation.Assessment?
    }
    let groups = Dictionary(grouping: incidents) { Key(what: $0.what, assessment: $0.assessment) }
    return groups.map { key, members in
      let counted = members.filter { window.contains($0.firstNoted) && !($0.isSummary && !$0.tellsOf.isEmpty) }
      let most = counted.reduce(0) { min(Count.limit, $0 + $1.count.maximum) }
      return IncidentKind(
        what: key.what, assessment: key.assessment,
        count: count(in: window) { $0.what == key.what && $0.assessment == key.assessment },
        things: Count(counted.reduce(0) { $0 + $1.count.minimum }, most))
    }
    .filter { $0.count.maximum > 0 }
    .sorted { ($1.count.number, $1.count.maximum, $0.name) < ($0.count.number, $0.count.maximum, $1.name) }
  }

  private func count(in window: Range<Instant>, where isAsked: (Incident) -> Bool) -> IncidentCount {
    var result = IncidentCount(number: 0, minimum: 0, maximum: 0, rules: rules.name)
    var asked: Set<IncidentID> = []
    for incident in incidents where isAsked(incident) {
      asked.insert(incident.id)
      guard incident.began.upperBound >= window.lowerBound, incident.began.lowerBound < window.upperBound else { continue }
      let isIn = window.contains(incident.firstNoted)
      if incident.isSummary {
        guard isIn else { continue }
        let alone = incident.tellsOf.isEmpty
        result.number += alone ? max(1, incident.count.minimum) : 0
        result.minimum += alone ? 1 : 0
        // Where only the least is known the most is no number.
        let most = incident.count.isOpen ? incident.count.minimum : incident.count.maximum
        result.maximum += max(alone ? 1 : 0, most - incident.tellsOf.count)
        result.isOpen = result.isOpen || incident.count.isOpen
        continue
      }
      let isSurelyIn = window.contains(incident.began.lowerBound) && window.contains(incident.began.upperBound)
      result.number += isIn ? 1 : 0
      result.minimum += isSurelyIn ? 1 : 0
      result.maximum += 1 + incident.merges.count { !$0.isCertain }
    }
    var joined = Set<IncidentID>()
    for doubt in doubts where window.contains(doubt.at) && asked.contains(doubt.second) {
      // A chain of doubts joins each incident once at most.
      if joined.insert(doubt.second).inserted { result.minimum -= 1 }
    }
    result.minimum = max(result.minimum, 0)
    return result
  }
}

extension IncidentCount {
  /// `{"number", "minimum", "maximum", "open", "rules"}`.
  public var json: JSON {
    .compact([
      "number": JSON(number), "minimum": JSON(minimum), "maximum": JSON(maximum), "open": isOpen ? true : JSON?.none, "rules": JSON(rules),
    ])
  }
}

extension IncidentKind {
  /// `{"what", "assessment", "count", "things"}`.
  public var json: JSON {
    .compact([
      "what": what.map { JSON($0.rawValue) }, "assessment": assessment.map { JSON($0.rawValue) }, "count": count.json,
      "things": things.json,
    ])
  }
}
