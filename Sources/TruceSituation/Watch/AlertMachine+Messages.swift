// Open alerts to messages: grouped, repeated until acknowledged, never more than so many a minute, and none left out.
public import TruceModel

extension AlertMachine {
  /// The messages that are due, each with the changes that record it.
  func notifications(_ book: AlertBook, now: Instant) -> [([AlertChange], AlertMessage)] {
    let recent = book.messages.filter { $0 > now.adding(seconds: -60) }.count
    let room = min(settings.messagesPerMinute, AlertBook.messagesKept) - recent
    guard room > 0 else { return [] }
    var groups: [String: [AlertState]] = [:]
    for state in book.alerts([.open], at: now) where isTold(state, book, now: now) {
      groups["\(state.level)\n\(state.opened.group ?? "")", default: []].append(state)
    }
    // The gravest first, then the oldest; what is over the limit is told together.
    var ordered = groups.values.map { $0.sorted { ($0.opened.at, $0.id) < ($1.opened.at, $1.id) } }.sorted { left, right in
      let (a, b) = (gravest(left), gravest(right))
      return a != b ? a > b : (left[0].opened.at, left[0].id) < (right[0].opened.at, right[0].id)
    }
    if ordered.count > room { ordered = Array(ordered[..<(room - 1)]) + [ordered[(room - 1)...].flatMap { $0 }] }
    return ordered.map { message($0, now: now) }
  }

  private func isTold(_ state: AlertState, _ book: AlertBook, now: Instant) -> Bool {
    if let inhibitor = state.opened.inhibitedBy, book.unresolved.contains(inhibitor) { return false }
    guard let last = state.lastNotified else { return true }
    if now >= last.adding(seconds: settings.repeatSeconds) { return true }
    return state.history.last { $0.act == .escalated }.map { $0.at > last } ?? false
  }

  private func gravest(_ states: [AlertState]) -> AlertChange.Severity { states.map { $0.opened.severity ?? .moderate }.max() ?? .moderate }

  private func message(_ states: [AlertState], now: Instant) -> ([AlertChange], AlertMessage) {
    let level = states.map(\.level).max() ?? 0
    var names: Set<String> = []
    for above in 0...level { names.formUnion(roster.names(at: now, level: above)) }
    let to = names.isEmpty ? nil : names.sorted().joined(separator: ", ")
    var changes: [AlertChange] = []
    // An entry of the ledger holds only so much: further alerts of the same message stand in changes that continue it.
    for start in stride(from: 0, to: states.count, by: AlertMachine.alertsOfChange) {
      let ids = states[start..<min(start + AlertMachine.alertsOfChange, states.count)].map(\.id)
      changes.append(AlertChange.made(.notified, ids, at: now, by: "truce", group: changes.first?.id.rawValue, to: to))
    }
    return (changes, AlertMessage(changes[0], states))
  }

  /// The most alerts that one `notified` or `handed-over` entry names.
  public static let alertsOfChange = 1000
}

extension AlertMessage {
  /// A message from the change that records it and the alerts as they stood before it.
  init(_ change: AlertChange, _ states: [AlertState]) {
    let sentences = states.map { $0.opened.message ?? $0.id.rawValue }
    var lines = Array(sentences.prefix(AlertMachine.linesOfMessage))
    if sentences.count > lines.count { lines.append("and \(sentences.count - lines.count) more") }
    let rules = Set(states.compactMap(\.opened.rule)).sorted().joined(separator: ", ")
    self.init(
      id: change.id, at: change.at, to: change.to?.components(", ") ?? [],
      severity: states.map { $0.opened.severity ?? .moderate }.max() ?? .moderate,
      title: states.count == 1 ? sentences[0] : "\(states.count) alerts: \(rules)", lines: lines, alerts: states.map(\.id),
      isRepeated: states.allSatisfy { state in state.history.contains { $0.act == .notified && $0.at < change.at } })
  }
}

extension AlertBook {
  /// The messages of the last while that an address does not have yet, oldest first.
  ///
  /// - Parameter since: older ones are no news any more.
  public func undelivered(to address: String, since: Instant) -> [AlertMessage] {
    outbox.filter { $0.at >= since && !(delivered[$0.id]?.contains(address) ?? false) }.map { change in
      AlertMessage(change, change.alerts.compactMap { states[$0] })
    }
  }
}

extension String {
  /// The parts between a separator of several characters.
  fileprivate func components(_ separator: String) -> [String] { split(separator: separator).map(String.init) }
}
