// Alerts of the watch for other people's systems: CAP 1.2, one message an alert, and an Atom feed of all of them.
public import TruceModel
public import TruceSituation

/// One alert as CAP 1.2.
///
/// The first message of an alert is an `Alert`; once it was acknowledged or escalated it is an `Update`, and a resolved one is a `Cancel`, each with
/// a reference to the first (section 3.2.1).
/// - Parameters:
///   - sender: who answers for it, without spaces, commas, `<` and `&` (section 3.2.1); others are replaced by `-`.
///   - area: where it is, in words.
///   - now: when the message is made.
public func alertCAP(_ alert: AlertState, sender: String, area: String, zone: Zone, language: String = "en", now: Instant) -> String {
  let sender = capToken(sender)
  let last = alert.history.last { [.acknowledged, .escalated, .resolved, .silenced].contains($0.act) }
  let opened = alert.opened
  var xml = SVGWriter()
  xml.open("alert", ["xmlns": "urn:oasis:names:tc:emergency:cap:1.2"])
  xml.element("identifier", [:], capToken(last.map { "\(alert.id)-\($0.act.rawValue)-\($0.at.milliseconds)" } ?? alert.id.rawValue))
  xml.element("sender", [:], sender)
  xml.element("sent", [:], capTime(last?.at ?? opened.at, zone: zone))
  xml.element("status", [:], "Actual")
  xml.element("msgType", [:], alert.resolvedAt != nil ? "Cancel" : last == nil ? "Alert" : "Update")
  xml.element("scope", [:], "Restricted")
  xml.element("restriction", [:], "For those who watch over the agreement")
  let word = alert.word(at: now)
  xml.element(
    "note", [:], ([word.rawValue] + [alert.acknowledgedBy.map { "acknowledged by \($0)" }].compactMap { $0 }).joined(separator: ", "))
  if last != nil { xml.element("references", [:], "\(sender),\(capToken(alert.id.rawValue)),\(capTime(opened.at, zone: zone))") }
  xml.open("info")
  xml.element("language", [:], language)
  xml.element("category", [:], "Security")
  xml.element("event", [:], (opened.rule ?? "alert").replacing("-", with: " "))
  xml.element("responseType", [:], alert.resolvedAt == nil ? "Assess" : "AllClear")
  xml.element("urgency", [:], alert.resolvedAt == nil ? "Immediate" : "Past")
  xml.element("severity", [:], opened.severity == .severe ? "Severe" : opened.severity == .minor ? "Minor" : "Moderate")
  xml.element("certainty", [:], "Observed")
  if let due = opened.due, due > .distantPast { xml.element("onset", [:], capTime(due, zone: zone)) }
  xml.element("senderName", [:], "truce")
  xml.element("headline", [:], opened.message ?? alert.id.rawValue)
  if let note = last?.note { xml.element("description", [:], note) }
  xml.open("area")
  xml.element("areaDesc", [:], area)
  xml.close("area")
  xml.close("info")
  xml.close("alert")
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.text
}

/// Alerts as an Atom feed (RFC 4287), the latest changed first; ids stay the same from one rendering to the next.
///
/// - Parameters:
///   - id: the feed's own id, an address or URN.
///   - now: when it is made.
public func alertAtom(_ alerts: [AlertState], id: String, title: String, now: Instant) -> String {
  func updated(_ alert: AlertState) -> Instant { alert.history.last { $0.act != .notified }?.at ?? alert.opened.at }
  var xml = SVGWriter()
  xml.open("feed", ["xmlns": "http://www.w3.org/2005/Atom"])
  xml.element("id", [:], id)
  xml.element("title", [:], title)
  xml.element("updated", [:], (alerts.map(updated).max() ?? now).description)
  xml.open("author")
  xml.element("name", [:], "truce")
  xml.close("author")
  for alert in alerts.sorted(by: { (updated($1), $0.id) < (updated($0), $1.id) }) {
    xml.open("entry")
    xml.element("id", [:], "urn:truce:alert:\(alert.id)")
    xml.element("title", [:], alert.opened.message ?? alert.id.rawValue)
    xml.element("updated", [:], updated(alert).description)
    xml.element("published", [:], alert.opened.at.description)
    xml.element("category", ["term": alert.opened.rule ?? "alert"])
    var summary = alert.word(at: now).rawValue
    if let name = alert.acknowledgedBy { summary += ", acknowledged by \(name)" }
    if let until = alert.silencedUntil, until > now { summary += ", silent until \(until)" }
    if let note = alert.history.last(where: { $0.note != nil })?.note { summary += "; \(note)" }
    xml.element("summary", [:], summary)
    xml.close("entry")
  }
  xml.close("feed")
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.text
}

/// What CAP allows in identifiers and senders: no spaces, commas, `<` or `&`.
private func capToken(_ text: String) -> String {
  String(text.map { $0.isWhitespace || $0 == "," || $0 == "<" || $0 == "&" ? "-" : $0 })
}
