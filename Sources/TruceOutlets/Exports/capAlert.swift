// CAP: incidents and commitments that are overdue or said to be broken, as an alert that warning systems read.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

/// An alert (OASIS CAP 1.2) with an info block for each matter; without matters it has none, and its note says so.
///
/// Certainty follows the standing: observed, then likely for what an affected or third party confirms, possible for a claim by the side
/// that gains, unknown for the rest. Severity is left unknown: no source gives it.
func capAlert(_ input: OutletInput) -> String {
  let file = input.file
  let overdue = input.situation.commitments.filter { $0.word.hasPrefix("overdue") || $0.word.hasPrefix("broken") }
  let incidents = input.situation.incidents.filter { $0.polarity == .positive && $0.modality != .denied }
  let key = "\(file.id) \(input.situation.query) \(input.situation.size) \(input.produced)"
  var xml = SVGWriter()
  xml.open("alert", ["xmlns": "urn:oasis:names:tc:emergency:cap:1.2"])
  xml.element("identifier", [:], "truce-\(Digest(of: key).short)")
  xml.element("sender", [:], "truce")
  xml.element("sent", [:], capTime(input.produced, zone: file.zone))
  xml.element("status", [:], "Actual")
  xml.element("msgType", [:], "Alert")
  xml.element("scope", [:], "Restricted")
  xml.element("restriction", [:], "For those who watch over the agreement")
  if overdue.isEmpty, incidents.isEmpty { xml.element("note", [:], "No incident is reported and no commitment is overdue.") }
  for commitment in overdue {
    info(
      event: "Commitment \(file.wordWithNames(commitment.word))", headline: commitment.title, description: commitment.because,
      urgency: "Expected",
      certainty: commitment.word.hasPrefix("overdue") ? "Likely" : "Possible", onset: nil, area: commitment.place.map(file.placeName), file,
      &xml)
  }
  for incident in incidents {
    let certainty =
      switch incident.standing {
      case .observed: "Observed"
      case .agreed, .conceded, .attested: "Likely"
      case .claimed: "Possible"
      case .alleged: "Unknown"
      }
    let words = eventWords(incident, case: file)
    let standing = standingWords(incident.standing, isDisputed: incident.isDisputed)
    let said = TextOutlet(situation: nil, file: file, width: 100, colour: false, claim: input.claim).speakers(incident.evidence)
    info(
      event: "Incident", headline: words, description: "\(words) (\(standing))" + (said.isEmpty ? "" : ", said by \(said)"),
      urgency: "Past",
      certainty: certainty, onset: incident.when?.earliest, area: incident.places.first.map { file.placeName(PlaceID($0)) }, file, &xml)
  }
  xml.close("alert")
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.text
}

private func info(
  event: String, headline: String, description: String, urgency: String, certainty: String, onset: Instant?, area: String?, _ file: Case,
  _ xml: inout SVGWriter
) {
  xml.open("info")
  xml.element("language", [:], file.language)
  xml.element("category", [:], "Security")
  xml.element("event", [:], event)
  xml.element("urgency", [:], urgency)
  xml.element("severity", [:], "Unknown")
  xml.element("certainty", [:], certainty)
  if let onset, onset > .distantPast { xml.element("onset", [:], capTime(onset, zone: file.zone)) }
  xml.element("headline", [:], headline)
  if !description.isEmpty { xml.element("description", [:], description) }
  xml.open("area")
  xml.element("areaDesc", [:], area ?? file.title)
  xml.close("area")
  xml.close("info")
}

/// CAP's time: whole seconds, an offset in digits, `-00:00` for UTC (section 3.3.2).
func capTime(_ instant: Instant, zone: Zone) -> String {
  let whole = Instant(seconds: instant.milliseconds >= 0 ? instant.milliseconds / 1000 : (instant.milliseconds - 999) / 1000)
  let text = zone.text(whole)
  return text.hasSuffix("Z") ? text.dropLast() + "-00:00" : text
}
