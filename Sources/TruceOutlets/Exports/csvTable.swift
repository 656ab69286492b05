// CSV: every fact of a situation, a row each.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

/// The facts as a table (RFC 4180): a heading, then control, commitments and events.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP's "CSV Injection" advises: reports are not trusted.
func csvTable(_ input: OutletInput) -> String {
  var out = csvRow([
    "kind", "id", "name", "value", "edtf", "earliest", "latest", "days_late", "standing", "disputed", "origins", "evidence",
  ])
  func time(_ when: When?) -> [String] {
    guard let when else { return ["", "", ""] }
    func bound(_ instant: Instant) -> String { instant == .distantPast || instant == .distantFuture ? "" : when.zone.text(instant) }
    return [when.edtf, bound(when.earliest), bound(when.latest)]
  }
  func ids(_ evidence: [ClaimID]) -> String { evidence.map(\.rawValue).joined(separator: " ") }
  for control in input.situation.control {
    out += csvRow(
      ["control", control.place.rawValue, input.file.placeName(control.place), control.holder.description] + time(control.since)
        + [
          "", control.standing?.rawValue ?? "initial", control.isDisputed ? "true" : "false", String(control.origins),
          ids(control.evidence),
        ])
  }
  for commitment in input.situation.commitments {
    out += csvRow(
      ["commitment", commitment.id.rawValue, commitment.title, commitment.word] + time(commitment.done)
        + [commitment.days.map(String.init) ?? "", "", "", "", ids(commitment.evidence)])
    for deadline in commitment.deadlines {
      out += csvRow(
        ["deadline", commitment.id.rawValue, commitment.title, "\(deadline.word.rawValue), by \(deadline.by)"] + time(deadline.when)
          + ["", "", "", "", ids(deadline.evidence)])
    }
  }
  let situation = input.situation
  let lists: KeyValuePairs = [
    "incident": situation.incidents, "exchange": situation.exchanges, "post": situation.posts, "event": situation.events,
    "agreement": situation.agreements, "history": situation.history,
  ]
  for (kind, events) in lists {
    for event in events {
      out += csvRow(
        [kind, event.evidence.first?.rawValue ?? "", event.act, eventWords(event, case: input.file)] + time(event.when)
          + ["", event.standing.rawValue, event.isDisputed ? "true" : "false", String(event.origins), ids(event.evidence)])
    }
  }
  return out
}

/// One record with its line end.
func csvRow(_ fields: [String]) -> String { fields.map(csvField).joined(separator: ",") + "\r\n" }

/// A field, quoted where it must be.
func csvField(_ text: String) -> String {
  var text = text
  let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
  if isFormula, Double(text) == nil { text = "'" + text }
  guard text.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
