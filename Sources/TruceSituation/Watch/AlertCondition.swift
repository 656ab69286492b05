// What rules find: conditions that raise alerts, each with an identity that no restart and no repetition changes.
public import TruceModel

/// Something that an alert is raised for.
public struct AlertCondition: Sendable, Hashable {
  public var rule: String
  public var subject: String
  /// The moment that it is about; part of its identity.
  public var due: Instant
  public var severity: AlertChange.Severity
  /// A sentence.
  public var message: String
  /// Alerts of one group leave in one message.
  public var group: String
  public var evidence: [String]
  /// Whether its alert is resolved when the condition is no longer there.
  public var isLasting: Bool

  public init(
    rule: String, subject: String, due: Instant, severity: AlertChange.Severity = .moderate, message: String, group: String? = nil,
    evidence: [String] = [], isLasting: Bool = true
  ) {
    self.rule = rule
    self.subject = subject
    self.due = due
    self.severity = severity
    self.message = message
    self.group = group ?? rule
    self.evidence = evidence
    self.isLasting = isLasting
  }

  /// The alert's id: a hash of rule, subject and moment.
  public var alert: AlertID { AlertID(Digest(of: "alert\n\(rule)\n\(subject)\n\(due.milliseconds)").short) }

  /// The change that opens the alert; its id follows from the alert's.
  public func opened(at: Instant, inhibitedBy: AlertID? = nil) -> AlertChange {
    AlertChange(
      id: EntryID(alert.rawValue + "-opened"), act: .opened, alerts: [alert], at: at, by: "truce", rule: rule, subject: subject, due: due,
      severity: severity, message: message, group: group, inhibitedBy: inhibitedBy, evidence: evidence)
  }
}

extension AlertCondition {
  /// Deadlines that come within so many days, and those that have passed unmet.
  public static func deadlines(_ commitments: [Situation.Commitment], now: Instant, withinDays: Int = 3) -> [AlertCondition] {
    commitments.compactMap { commitment in
      guard commitment.done == nil, let end = commitment.deadlines.last?.when?.latest, end != .distantFuture else { return nil }
      if commitment.word.hasPrefix("overdue") {
        return AlertCondition(
          rule: "deadline-passed", subject: commitment.id.rawValue, due: end, severity: .severe,
          message: "\(commitment.article): \(commitment.title) is overdue", evidence: commitment.evidence.map(\.rawValue))
      }
      guard now < end, end <= now.adding(seconds: Int64(withinDays) * 86_400), ["pending", "due"].contains(commitment.word) else {
        return nil
      }
      let hours = (end.milliseconds - now.milliseconds) / 3_600_000
      return AlertCondition(
        rule: "deadline-near", subject: commitment.id.rawValue, due: end, severity: .moderate,
        message: "\(commitment.article): \(commitment.title) is due in \(hours >= 48 ? "\(hours / 24) days" : "\(hours) h")",
        evidence: commitment.evidence.map(\.rawValue))
    }
  }

  /// Lines of which less than a share was watched.
  public static func coverage(_ reports: [CoverageReport], below share: Double) -> [AlertCondition] {
    reports.filter { $0.totalKmHours > 0 && $0.share < share }.map { report in
      AlertCondition(
        rule: "coverage-low", subject: report.line.rawValue, due: report.from, severity: .moderate,
        message: "\(report.line): \(report.words), below \(Int((share * 100).rounded())) %")
    }
  }

  /// Incidents on stretches of lines that are zones.
  public static func incidents(_ incidents: [Incident], in zones: [String: [LineStretch]]) -> [AlertCondition] {
    incidents.flatMap { incident in
      zones.sorted { $0.key < $1.key }.compactMap { name, stretches in
        guard let at = incident.stretch,
          stretches.contains(where: { $0.line == at.line && $0.fromKm <= at.toKm && at.fromKm <= $0.toKm })
        else { return nil }
        return AlertCondition(
          rule: "incident-in-zone", subject: "\(name)/\(incident.id)", due: incident.window.lowerBound, severity: .severe,
          message: "\(name): \(incident.summary)", group: "incident-in-zone/\(name)", evidence: incident.members.map(\.rawValue),
          isLasting: false)
      }
    }
  }

  /// What came to be inside, outside or too close to a zone, where a word is told of for that zone; that something was outside from the start is no news.
  ///
  /// Raised by the minute: where a late fix puts the event elsewhere, it is another one, and the first is over.
  public static func zoneEvents(_ events: [ZoneEvent], telling words: [PlaceID: Set<ZoneEvent.Word>], name: (ZoneEvent) -> String)
    -> [AlertCondition]
  {
    events.filter { words[$0.zone]?.contains($0.word) ?? false && !($0.isFirst && $0.word == .outside) }.map { event in
      let minute = Instant(milliseconds: Int64((Double(event.at.milliseconds) / 60_000).rounded(.down)) * 60_000)
      return AlertCondition(
        rule: ZoneEvent.rule, subject: "\(event.track)/\(event.zone)/\(event.word.rawValue)", due: minute,
        severity: event.word == .inside ? .severe : .moderate, message: "\(name(event)) \(event.words), \(minute)",
        group: "\(ZoneEvent.rule)/\(event.zone)", evidence: [event.fix.rawValue])
    }
  }

  /// A number that should not fall and fell: posts reported, prisoners returned.
  public static func counterFell(_ name: String, from: Double, to: Double, at: Instant, evidence: [String] = []) -> AlertCondition? {
    guard to < from else { return nil }
    func number(_ value: Double) -> String { String(decoding: JSON.number(value).bytes, as: UTF8.self) }
    return AlertCondition(
      rule: "counter-fell", subject: name, due: at, severity: .moderate, message: "\(name) fell from \(number(from)) to \(number(to))",
      evidence: evidence, isLasting: false)
  }

  /// Numbers of posts, each from one report to the next, that fell.
  public static func fallenCounters(_ posts: [Situation.Event]) -> [AlertCondition] {
    let counts = posts.compactMap { event -> (at: Instant, low: Double, high: Double, evidence: [String])? in
      guard event.polarity == .positive, let when = event.when, when.earliest > .distantPast,
        let number = event.quantities.first(where: { $0.what == "posts" })
      else { return nil }
      return (when.earliest, number.minimum, number.maximum, event.evidence.map(\.rawValue))
    }
    .sorted { ($0.at, $0.low) < ($1.at, $1.low) }
    return zip(counts, counts.dropFirst()).compactMap { earlier, later in
      counterFell("the number of posts", from: earlier.low, to: later.high, at: later.at, evidence: earlier.evidence + later.evidence)
    }
  }

  /// Places whose control is disputed by a live contradiction.
  public static func contradictions(_ control: [Situation.Control]) -> [AlertCondition] {
    control.filter(\.isDisputed).map { control in
      AlertCondition(
        rule: "claim-contradicts", subject: control.place.rawValue, due: control.since?.earliest ?? .distantPast, severity: .moderate,
        message: "who holds \(control.place) is disputed: \(control.because)",
        evidence: (control.evidence + control.contradictedBy).map(\.rawValue))
    }
  }

  /// Times within the next day for which the roster has nobody; none where there is no roster.
  public static func uncoveredShifts(_ roster: Roster, now: Instant) -> [AlertCondition] {
    guard !roster.shifts.isEmpty else { return [] }
    // A gap that runs already keeps the moment at which it began, so that it is one alert.
    let ends = roster.shifts.map(\.until).filter { $0 <= now }
    let from = roster.names(at: now).isEmpty ? ends.max() ?? now : now
    return roster.uncovered(from: from, until: now.adding(seconds: 86_400)).map { gap in
      AlertCondition(
        rule: "uncovered-shift", subject: "roster", due: gap.lowerBound, severity: .severe,
        message: "nobody is on duty from \(gap.lowerBound)")
    }
  }
}
