// An event in words: the field's nouns for the case's acts, names for ids, and nothing that the claims do not hold.
public import TruceAtlas
internal import TruceModel
public import TruceSituation

/// What happened, by whom, to whom and where, in one line without its date: "Return of 44 prisoners by Azerbaijan".
public func eventWords(_ event: Situation.Event, case file: Case) -> String {
  guard let noun = nouns[event.act] else { return event.summary }
  let who = event.who.map { file.partyName(PartyID($0)) }
  let whom = event.whom.map { file.partyName(PartyID($0)) }
  let places = event.places.map { file.placeName(PlaceID($0)) }
  var things = event.quantities.map(countWords)
  if let object = event.object, !things.contains(where: { $0.hasSuffix(object) }), !noun.words.contains(object) { things.append(object) }

  var text = ""
  if event.polarity == .negative { text += "no " }
  text += noun.words
  if !things.isEmpty {
    text += noun.link.isEmpty ? ": " : " \(noun.link) "
    text += listed(things)
  } else if noun.link == "of", !whom.isEmpty, !noun.isAgainst {
    text += " of \(listed(whom))"
  }
  if !who.isEmpty { text += " \(noun.by) \(listed(who))" }
  if noun.isAgainst, !whom.isEmpty { text += " on \(listed(whom))" }
  if !places.isEmpty { text += noun.place.isEmpty ? ", \(listed(places))" : " \(noun.place) \(listed(places))" }
  switch event.modality {
  case .planned: text = "planned: " + text
  case .denied: text = "denied: " + text
  case .conditional: text = "on condition: " + text
  case .happened, .alleged: break
  }
  return text.prefix(1).uppercased() + text.dropFirst()
}

/// How an act becomes a noun: its words, how what it is done with follows, and how its author does.
private struct Noun {
  var words: String
  var link = ""
  var by = "by"
  /// How the place follows; empty for a comma.
  var place = ""
  /// Whether it is done against somebody.
  var isAgainst = false

  init(_ words: String, _ link: String = "", by: String = "by", place: String = "", against: Bool = false) {
    self.words = words
    self.link = link
    self.by = by
    self.place = place
    isAgainst = against
  }
}

/// The acts of docs/vocabulary.md that are events; an act that is not here keeps its summary.
private let nouns: [String: Noun] = [
  "violation": Noun("ceasefire violation"), "attack": Noun("attack", against: true), "shell": Noun("shelling", against: true),
  "fire": Noun("fire", against: true), "clash": Noun("clashes", by: "of", against: false), "collapse": Noun("collapse of the ceasefire"),
  "capture": Noun("capture", "of"), "destroy": Noun("destruction", "of"), "explode": Noun("explosion", "of"),
  "shoot-down": Noun("shooting down", "of"), "war": Noun("war", by: "of"),
  "exchange": Noun("exchange", "of"), "return": Noun("return", "of"), "receive": Noun("receipt", "of"),
  "kill": Noun("killed"), "wound": Noun("wounded"), "losses": Noun("losses"),
  "displace": Noun("flight", "of", by: "from"), "return-displaced": Noun("return of displaced people"),
  "deploy": Noun("deployment", "of"), "withdraw": Noun("withdrawal", "of"),
  "headquarters": Noun("headquarters", "of", by: "of", place: "in"),
  "monitor": Noun("monitoring", "of"), "set-up": Noun("setting up", "of"),
  "open": Noun("opening", "of"), "close": Noun("closure", "of"), "block": Noun("blocking", "of"),
  "open-transport": Noun("opening of transport links"), "build-road": Noun("building of a road"),
  "sign": Noun("signing", "of"), "agree": Noun("agreement", "on"), "ceasefire": Noun("ceasefire in force"),
  "cooperate": Noun("cooperation", "on", by: "of"), "entered": Noun("entry", by: "of", place: "into"),
  "captured": Noun("capture", by: "by", place: "of"), "regained": Noun("retaking", by: "by", place: "of"),
  "withdrew": Noun("withdrawal", by: "of", place: "from"), "lost": Noun("loss", by: "by", place: "of"),
  "handed-over": Noun("handover", by: "by", place: "of"),
]

/// "44 prisoners", "about 200 residents", "1,000 to 1,200 people".
func countWords(_ quantity: Quantity) -> String {
  var text = quantity.isAbout ? "about " : ""
  text += grouped(quantity.minimum)
  if quantity.maximum != quantity.minimum { text += " to " + grouped(quantity.maximum) }
  return text + " " + quantity.what.replacing("-", with: " ")
}

/// Digits in groups of three.
func grouped(_ value: Double) -> String {
  let text = decimal(value, 1)
  let whole = text.prefix { $0 != "." }
  var out = ""
  for (index, digit) in whole.enumerated() {
    if index > 0, (whole.count - index) % 3 == 0, digit.isNumber, out.last != "-" { out += "," }
    out.append(digit)
  }
  return out + text.dropFirst(whole.count)
}

/// "a", "a and b", "a, b and c".
func listed(_ words: [String]) -> String {
  guard words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
}
