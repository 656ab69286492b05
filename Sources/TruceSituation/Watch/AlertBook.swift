// The alerts' book: what is open, acknowledged, silenced or resolved, and each alert's history.
public import TruceModel

/// How an alert stands.
public enum AlertWord: String, Sendable, Hashable, CaseIterable {
  case open, acknowledged, silenced, resolved
}

/// One alert with all that happened to it.
public struct AlertState: Sendable, Hashable {
  public var id: AlertID
  /// The change that opened it.
  public var opened: AlertChange
  public var acknowledgedBy: String?
  public var silencedUntil: Instant?
  public var resolvedAt: Instant?
  /// How far up the roster it went.
  public var level = 0
  public var lastNotified: Instant?
  public var notifications = 0
  public var history: [AlertChange]

  /// The word at a moment: a silence that is over leaves the alert as it was before.
  public func word(at now: Instant) -> AlertWord {
    if resolvedAt != nil { return .resolved }
    if let silencedUntil, now < silencedUntil { return .silenced }
    return acknowledgedBy == nil ? .open : .acknowledged
  }
}

/// The fold over entries of kind `alert`, in the order in which they are added: the alerts' history is the ledger's.
public struct AlertBook: Sendable {
  public private(set) var states: [AlertID: AlertState] = [:]
  /// Alerts that are not resolved.
  public private(set) var unresolved: Set<AlertID> = []
  /// Hand-overs between shifts, in order.
  public private(set) var handOvers: [AlertChange] = []
  /// When messages left, the last of them; as many as any limit needs.
  public private(set) var messages: [Instant] = []
  /// The last messages themselves, oldest first, whole: each `notified` change with the alerts of those that continue it.
  public private(set) var outbox: [AlertChange] = []
  /// By message, the addresses that have it.
  public private(set) var delivered: [EntryID: Set<String>] = [:]
  private var seen: Set<EntryID> = []

  public init() {}

  /// Takes in one change; an id counts once.
  public mutating func add(_ received: Received<AlertChange>) { add(received.record) }

  mutating func add(_ change: AlertChange) {
    guard seen.insert(change.id).inserted else { return }
    switch change.act {
    case .handedOver: handOvers.append(change)
    case .notified: note(message: change)
    case .delivered:
      if let to = change.to { for message in change.evidence { delivered[EntryID(message), default: []].insert(to) } }
    default: break
    }
    for id in change.alerts {
      guard var state = states.removeValue(forKey: id) ?? (change.act == .opened ? AlertState(id: id, opened: change, history: []) : nil)
      else {
        continue
      }
      switch change.act {
      case .opened:
        if state.history.isEmpty { unresolved.insert(id) }
      case .acknowledged: state.acknowledgedBy = change.by
      case .silenced: state.silencedUntil = change.until
      case .resolved:
        state.resolvedAt = state.resolvedAt ?? change.at
        unresolved.remove(id)
      case .escalated: state.level = max(state.level, change.level ?? state.level + 1)
      case .notified:
        state.lastNotified = change.at
        state.notifications += 1
      case .handedOver, .delivered: break
      }
      state.history.append(change)
      states[id] = state
    }
  }

  private mutating func note(message change: AlertChange) {
    if let first = change.group {
      if let at = outbox.lastIndex(where: { $0.id.rawValue == first }) { outbox[at].alerts += change.alerts }
      return
    }
    messages.append(change.at)
    if messages.count > AlertBook.messagesKept { messages.removeFirst(messages.count - AlertBook.messagesKept) }
    outbox.append(change)
    if outbox.count > AlertBook.outboxKept {
      for old in outbox.prefix(outbox.count - AlertBook.outboxKept) { delivered[old.id] = nil }
      outbox.removeFirst(outbox.count - AlertBook.outboxKept)
    }
  }

  /// How many of the last messages' moments are kept.
  static let messagesKept = 100
  /// How many of the last messages are kept for addresses that cannot be reached: more than leave in a day that is ten times as bad as any.
  static let outboxKept = 20_000

  /// The alerts with a word at a moment, the latest opened first.
  public func alerts(_ words: Set<AlertWord> = [.open, .acknowledged, .silenced], at now: Instant) -> [AlertState] {
    let ids = words.contains(.resolved) ? Array(states.keys) : Array(unresolved)
    return ids.map { states[$0]! }.filter { words.contains($0.word(at: now)) }.sorted {
      ($1.opened.at, $0.id) < ($0.opened.at, $1.id)
    }
  }
}

extension AlertState {
  /// `{"id", "word", "rule", "subject", "due", "severity", "message", "opened", "acknowledgedBy", "silencedUntil", "resolved", "level", ...}`.
  public func json(at now: Instant) -> JSON {
    .compact([
      "id": JSON(id), "word": JSON(word(at: now).rawValue), "rule": opened.rule.map { JSON($0) },
      "subject": opened.subject.map { JSON($0) },
      "due": opened.due.map { JSON($0) }, "severity": opened.severity.map { JSON($0.rawValue) }, "message": opened.message.map { JSON($0) },
      "opened": JSON(opened.at), "acknowledgedBy": acknowledgedBy.map { JSON($0) }, "silencedUntil": silencedUntil.map { JSON($0) },
      "resolved": resolvedAt.map { JSON($0) }, "inhibitedBy": opened.inhibitedBy.map { JSON($0) },
      "level": level == 0 ? JSON?.none : JSON(level),
      "notifications": JSON(notifications), "evidence": opened.evidence.isEmpty ? JSON?.none : .array(opened.evidence.map { JSON($0) }),
    ])
  }
}

extension AlertChange {
  /// A person acknowledges an alert.
  public static func acknowledge(_ alert: AlertID, by: String, at: Instant, note: String? = nil) -> AlertChange {
    made(.acknowledged, [alert], at: at, by: by, note: note)
  }

  /// A person silences an alert until a moment.
  public static func silence(_ alert: AlertID, until: Instant, by: String, at: Instant, note: String? = nil) -> AlertChange {
    made(.silenced, [alert], at: at, by: by, until: until, note: note)
  }

  /// A person, or truce, resolves an alert.
  public static func resolve(_ alert: AlertID, by: String, at: Instant, note: String? = nil) -> AlertChange {
    made(.resolved, [alert], at: at, by: by, note: note)
  }

  /// A message reached an address.
  public static func delivered(_ message: EntryID, to address: String, at: Instant) -> AlertChange {
    made(.delivered, [], at: at, by: "truce", to: address, evidence: [message.rawValue])
  }

  /// A change whose id follows from what it says, so that saying it again is harmless.
  static func made(
    _ act: Act, _ alerts: [AlertID], at: Instant, by: String, group: String? = nil, until: Instant? = nil, to: String? = nil,
    level: Int? = nil, note: String? = nil, evidence: [String] = []
  ) -> AlertChange {
    var change = AlertChange(
      id: "", act: act, alerts: alerts, at: at, by: by, group: group, until: until, to: to, level: level, note: note, evidence: evidence)
    change.id = EntryID(Digest(of: change.json.canonical).short)
    return change
  }
}
