// An alert: what a rule raised, and all that was done with it until it was resolved.

extension Tags {
  public enum Alert {}
}

/// An alert: a hash of its rule, its subject and the moment that it is about, so that no restart raises it twice.
public typealias AlertID = ID<Tags.Alert>

/// One thing that happened to an alert, or to several at once.
public struct AlertChange: Sendable, Hashable {
  public enum Act: String, Sendable, Hashable, CaseIterable {
    case opened, acknowledged, silenced, resolved, escalated, notified
    case handedOver = "handed-over"
    /// A message reached an address; `to` names it, `evidence` the message.
    case delivered
  }

  public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    case minor, moderate, severe

    public static func < (left: Severity, right: Severity) -> Bool { allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)! }
  }

  public var id: EntryID
  public var act: Act
  /// The alerts that it happened to; one for all acts but `notified` and `handed-over`, none for `delivered`.
  public var alerts: [AlertID]
  public var at: Instant
  /// Who did it: a person, or `truce`.
  public var by: String
  /// Of `opened`: the rule, such as `missed-check-in`.
  public var rule: String?
  /// Of `opened`: a post, a line, a provision.
  public var subject: String?
  /// Of `opened`: the moment that it is about, for a missed check-in its due second.
  public var due: Instant?
  public var severity: Severity?
  /// Of `opened`: what it says, in a sentence.
  public var message: String?
  /// Of `opened`: alerts of one group leave in one message. Of `notified`: the message that this continues, for one entry holds only so many alerts.
  public var group: String?
  /// Of `opened`: the alert that speaks for this one; this one leaves in no message.
  public var inhibitedBy: AlertID?
  /// Of `silenced`: until when.
  public var until: Instant?
  /// Of `escalated` and `notified`: to whom; of `delivered`: the address's name; of `handed-over`: the one who takes over.
  public var to: String?
  /// Of `escalated`: how far up the roster, from 1.
  public var level: Int?
  public var note: String?
  /// What it rests on, as ids; of `handed-over`: the overdue posts and the commitments due.
  public var evidence: [String]
  /// Of `handed-over`: the signatures of both, in hexadecimal, by their keys.
  public var signatures: [String]

  public init(
    id: EntryID, act: Act, alerts: [AlertID], at: Instant, by: String, rule: String? = nil, subject: String? = nil, due: Instant? = nil,
    severity: Severity? = nil, message: String? = nil, group: String? = nil, inhibitedBy: AlertID? = nil, until: Instant? = nil,
    to: String? = nil, level: Int? = nil, note: String? = nil, evidence: [String] = [], signatures: [String] = []
  ) {
    self.id = id
    self.act = act
    self.alerts = alerts
    self.at = at
    self.by = by
    self.rule = rule
    self.subject = subject
    self.due = due
    self.severity = severity
    self.message = message
    self.group = group
    self.inhibitedBy = inhibitedBy
    self.until = until
    self.to = to
    self.level = level
    self.note = note
    self.evidence = evidence
    self.signatures = signatures
  }

  /// The change as the ledger takes it, looked up by its first alert.
  public var draft: Draft { Draft(id: id, kind: .alert, key: alerts.first?.rawValue ?? act.rawValue, content: json) }
}

extension AlertChange {
  public var json: JSON {
    .compact([
      "id": JSON(id), "act": JSON(act.rawValue), "alerts": .array(alerts.map { JSON($0) }), "at": JSON(at), "by": JSON(by),
      "rule": rule.map { JSON($0) }, "subject": subject.map { JSON($0) }, "due": due.map { JSON($0) },
      "severity": severity.map { JSON($0.rawValue) }, "message": message.map { JSON($0) }, "group": group.map { JSON($0) },
      "inhibitedBy": inhibitedBy.map { JSON($0) }, "until": until.map { JSON($0) }, "to": to.map { JSON($0) },
      "level": level.map { JSON($0) }, "note": note.map { JSON($0) },
      "evidence": evidence.isEmpty ? JSON?.none : .array(evidence.map { JSON($0) }),
      "signatures": signatures.isEmpty ? JSON?.none : .array(signatures.map { JSON($0) }),
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    self.init(
      id: EntryID(try form.string("id")), act: try form.word("act", Act.self), alerts: try form.strings("alerts").map { AlertID($0) },
      at: try form.requiredInstant("at"), by: try form.string("by"), rule: try form.optionalString("rule"),
      subject: try form.optionalString("subject"), due: try form.instant("due"), severity: try form.optionalWord("severity", Severity.self),
      message: try form.optionalString("message"), group: try form.optionalString("group"),
      inhibitedBy: try form.optionalString("inhibitedBy").map { AlertID($0) }, until: try form.instant("until"),
      to: try form.optionalString("to"), level: try form.optionalInteger("level"), note: try form.optionalString("note"),
      evidence: try form.strings("evidence"), signatures: try form.strings("signatures"))
  }
}
