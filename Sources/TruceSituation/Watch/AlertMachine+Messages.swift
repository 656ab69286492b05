// Open alerts to messages: grouped, repeated until acknowledged, never more than so many a minute, and none left out.
import TruceModel

extension AlertMachine {
  /// The messages that are due, each with the change that records it.
  func notifications(_ book: AlertBook, now: Instant) -> [(AlertChange, AlertMessage)] {
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

  private func message(_ states: [AlertState], now: Instant) -> (AlertChange, AlertMessage) {
    let level = states.map(\.level).max() ?? 0
    var names: Set<String> = []
    for above in 0...level { names.formUnion(roster.names(at: now, level: above)) }
    let to = names.sorted()
    let change = AlertChange.made(.notified, states.map(\.id), at: now, by: "truce", to: to.isEmpty ? nil : to.joined(separator: ", "))
    let sentences = states.map { $0.opened.message ?? $0.id.rawValue }
    var lines = Array(sentences.prefix(AlertMachine.linesOfMessage))
    if sentences.count > lines.count { lines.append("and \(sentences.count - lines.count) more") }
    let rules = Set(states.compactMap(\.opened.rule)).sorted().joined(separator: ", ")
    let message = AlertMessage(
      id: change.id, at: now, to: to, severity: gravest(states),
      title: states.count == 1 ? sentences[0] : "\(states.count) alerts: \(rules)",
      lines: lines, alerts: states.map(\.id), isRepeated: states.allSatisfy { $0.notifications > 0 })
    return (change, message)
  }
}
