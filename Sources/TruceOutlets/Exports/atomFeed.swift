// Atom: what changed hands and what happened, newest first, for feed readers.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

/// A feed (RFC 4287): an entry for each place that passed to another holder and each event. Ids stay the same from one rendering to the next.
func atomFeed(_ input: OutletInput) -> String {
  let file = input.file
  let text = TextOutlet(situation: nil, file: file, width: 100, colour: false, claim: input.claim)
  var entries: [(at: Instant, id: String, title: String, summary: String)] = []
  func add(_ kind: String, _ key: String, _ when: When?, _ title: String, _ standing: String, _ evidence: [ClaimID]) {
    let at = when.map(\.earliest).flatMap { $0 > .distantPast ? $0 : nil } ?? input.produced
    let said = text.speakers(evidence)
    let time = when.map { HumanTime.when($0) } ?? "no date given"
    entries.append(
      (at, "urn:truce:\(kind):\(Digest(of: key).short)", title, "\(time); \(standing)" + (said.isEmpty ? "" : "; said by \(said)")))
  }
  for control in input.situation.control where control.standing != nil {
    add(
      "control", "\(file.id) \(control.place) \(control.holder)", control.since,
      "\(file.placeName(control.place)): \(file.holderName(control.holder))",
      standingWords(control.standing, isDisputed: control.isDisputed, isWithdrawn: control.isWithdrawn), control.evidence)
  }
  let situation = input.situation
  for event in situation.incidents + situation.exchanges + situation.posts + situation.agreements + situation.events {
    add(
      "event", "\(file.id) \(event.evidence.first?.rawValue ?? event.summary)", event.when, eventWords(event, case: file),
      standingWords(event.standing, isDisputed: event.isDisputed), event.evidence)
  }
  entries.sort { ($1.at, $0.id) < ($0.at, $1.id) }

  var xml = SVGWriter()
  xml.open("feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": file.language])
  xml.element("id", [:], "urn:truce:case:\(file.id)")
  xml.element("title", [:], file.title)
  xml.element("subtitle", [:], situationSentence(situation, case: file))
  xml.element("updated", [:], input.produced.description)
  xml.open("author")
  xml.element("name", [:], "truce")
  xml.close("author")
  for entry in entries {
    xml.open("entry")
    xml.element("id", [:], entry.id)
    xml.element("title", [:], entry.title)
    xml.element("updated", [:], entry.at.description)
    xml.element("summary", [:], entry.summary)
    xml.close("entry")
  }
  xml.close("feed")
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.text
}
