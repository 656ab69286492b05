// What differs between two answers, in a terminal.
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// The differences as tables: places, commitments, and events that only one of the two answers has.
public func differenceText(
  _ difference: Difference, case file: Case, width: Int = 100, colour: Bool = false, claim: @escaping ClaimLookup = { _ in nil }
) -> String {
  if difference.isEmpty { return "No difference.\n" }
  let text = TextOutlet(situation: nil, file: file, width: width, colour: colour, claim: claim)
  let headings = labels(difference, file)
  var out = ""
  func holder(_ control: Situation.Control?) -> String {
    guard let control else { return "not known" }
    var text = file.holderName(control.holder)
    if let since = control.since { text += ", \(HumanTime.when(since, isBrief: true))" }
    return text + " (" + standingWords(control.standing, isDisputed: control.isDisputed, isWithdrawn: control.isWithdrawn) + ")"
  }
  var places = Table(headings: ["Place", headings.first, headings.second])
  for place in difference.control where !goesWithItsDistrict(place) {
    places.rows.append([Cell(file.placeName(place.place), .strong), Cell(holder(place.first)), Cell(holder(place.second))])
  }
  out += text.section("Control", places)
  func word(_ commitment: Situation.Commitment?) -> Cell {
    guard let commitment else { return Cell("not known", .faint) }
    var text = file.wordWithNames(commitment.word)
    if let days = commitment.days { text += " (\(signedDays(days)) d)" }
    let moved = commitment.deadlines.last { $0.by != "agreement" }
    if let moved { text += "; " + deadlineWords(moved, case: file) }
    return Cell(text, Ink(commitment.tone))
  }
  var commitments = Table(headings: ["Art.", "Commitment", headings.first, headings.second])
  for commitment in difference.commitments {
    let shown = commitment.second ?? commitment.first
    commitments.rows.append([
      Cell(shown?.article ?? ""), Cell(shown?.title ?? commitment.id.rawValue), word(commitment.first), word(commitment.second),
    ])
  }
  out += text.section("Commitments", commitments)
  out += text.section("Only: " + headings.second, text.events(difference.appeared))
  out += text.section("Only: " + headings.first, text.events(difference.vanished))
  return out
}

/// A settlement that changes as its district does is not told twice.
private func goesWithItsDistrict(_ place: Difference.Place) -> Bool {
  let shown = [place.first, place.second].compactMap { $0 }
  return shown.contains { $0.because.hasPrefix("as part of ") }
    && shown.allSatisfy { $0.because.hasPrefix("as part of ") || $0.standing == nil }
}

/// What the two answers are called: by when they were known, what had been said, or by which rule.
private func labels(_ difference: Difference, _ file: Case) -> (first: String, second: String) {
  let (first, second) = difference.queries
  if first.rule != second.rule {
    func label(_ rule: Rule) -> String {
      if case .party(let party) = rule { return "according to \(file.partyName(party))" }
      return "by the rule \(rule)"
    }
    return (label(first.rule), label(second.rule))
  }
  if first.said != second.said {
    func label(_ query: Query) -> String {
      query.said.map { "said by " + HumanTime.moment($0, zone: file.zone, isBrief: true) } ?? "said since"
    }
    return (label(first), label(second))
  }
  func label(_ query: Query) -> String {
    if let known = query.known { return "known " + HumanTime.moment(known, zone: file.zone, isBrief: true) }
    return query.size.map { "known after \($0) entries" } ?? "known now"
  }
  return (label(first), label(second))
}
