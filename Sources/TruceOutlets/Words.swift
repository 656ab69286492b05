// Words for what a situation holds: holders, standings, speakers, and the sentence that a duty officer can read out.
public import TruceAtlas
public import TruceModel
public import TruceSituation

extension Case {
  /// The name of a party, its id where the case does not know it.
  public func partyName(_ id: PartyID) -> String { party(id)?.name ?? id.rawValue }

  /// The name of a place, its id where the case does not know it.
  public func placeName(_ id: PlaceID) -> String { place(id)?.name ?? id.rawValue }

  /// A holder in words: "Azerbaijan", "left by Armenia, holder not stated".
  public func holderName(_ holder: Holder) -> String {
    switch holder {
    case .party(let id): partyName(id)
    case .left(let id): "left by \(partyName(id)), new holder not stated"
    case .contested: "contested"
    case .unknown: "unknown"
    }
  }

  /// A commitment's word with the names of the parties whose ids it ends with: "broken according to Armenia".
  public func wordWithNames(_ word: String) -> String {
    for lead in ["broken according to ", "withdrawn by "] where word.hasPrefix(lead) {
      let ids = word.dropFirst(lead.count).split(separator: ",").map { $0.drop { $0 == " " } }
      return lead + ids.map { partyName(PartyID(String($0))) }.joined(separator: ", ")
    }
    return word
  }

  /// Who said a claim, outermost first: "TASS < Defense Ministry's press service".
  public func speakerChain(_ claim: Claim) -> String {
    if let person = claim.enteredBy { return "entered by \(person)" }
    return claim.speakers.map(\.text).joined(separator: " < ")
  }
}

/// The standing with what stands against it: "claimed, disputed".
public func standingWords(_ standing: Standing?, isDisputed: Bool, isWithdrawn: Bool = false) -> String {
  var words = [standing?.rawValue ?? "initial"]
  if isDisputed { words.append("disputed") }
  if isWithdrawn { words.append("withdrawn") }
  return words.joined(separator: ", ")
}

/// What a query asked for, in one line: "on 1 December 2020, as known now, according to best".
public func queryWords(_ query: Query, zone: Zone) -> String {
  var words = "On \(HumanTime.moment(query.on, zone: zone)), as known "
  if let known = query.known {
    words += "on \(HumanTime.stamp(known, zone: zone))"
  } else if let size = query.size {
    words += "after \(size) entries"
  } else {
    words += "now"
  }
  if let said = query.said { words += ", of what was said by \(HumanTime.moment(said, zone: zone))" }
  if query.rule != .best { words += ", according to \(query.rule)" }
  return words
}

/// The situation in one sentence that can be read out.
///
/// It counts what was handed over and how late, then says how the ceasefire stands, what was reported, and how much of the
/// line was watched. It says nothing that the situation does not hold.
public func situationSentence(_ situation: Situation, case file: Case) -> String {
  let lead = queryWords(situation.query, zone: file.zone)
  if situation.size == 0 { return lead + ": no report in the ledger." }
  var parts: [String] = []
  let handovers = situation.commitments.filter { $0.act == "hand-over" }
  if !handovers.isEmpty {
    let done = handovers.filter(\.isDone)
    let late = done.filter { ($0.days ?? 0) > 0 }.count
    let overdue = handovers.filter { $0.word.hasPrefix("overdue") }.count
    var text = "\(done.count) of \(handovers.count) districts handed over"
    if late > 0 { text += ", \(late) late" }
    if overdue > 0 { text += ", \(overdue) overdue" }
    let disputed = handovers.filter { $0.word.hasPrefix("disputed") }.count
    if disputed > 0 { text += ", \(disputed) disputed" }
    parts.append(text)
  }
  if let ceasefire = situation.ceasefires.last { parts.append(ceasefireWords(ceasefire, situation, case: file)) }
  return lead + ": " + (parts.isEmpty ? "nothing reported of the agreement" : parts.joined(separator: "; ")) + "."
}

private func ceasefireWords(_ ceasefire: Situation.Ceasefire, _ situation: Situation, case file: Case) -> String {
  // The commitment says more than the ceasefire alone: by whom it is said to be broken.
  let promised = situation.commitments.first { $0.act == "ceasefire" && $0.kind == .maintain }
  let word = file.wordWithNames(promised?.word ?? ceasefire.word)
  var text = word.hasPrefix("incident") ? "ceasefire in force" : "ceasefire \(word)"
  let start = ceasefire.from.begin.lowerBound
  let count = situation.incidents.filter { $0.polarity == .positive && ($0.when.map { $0.latest > start } ?? true) }.count
  text += count == 0 ? ", no incident reported" : ", \(count) \(count == 1 ? "incident" : "incidents") reported"
  return text + ", " + watchedWords(situation.coverage) + " of the line watched"
}

/// The watched share in words: "37 %"; "an unknown share" where no post is registered to watch.
public func watchedWords(_ coverage: Situation.Coverage) -> String {
  guard let watched = coverage.watched, let total = coverage.total, total > 0 else { return "an unknown share" }
  let share = watched / total * 100
  return share > 0 && share < 1 ? "less than 1 %" : "\(Int(share)) %"
}

extension Situation.Commitment {
  /// Whether what was promised was done, whoever says so.
  public var isDone: Bool { word.hasPrefix("kept") || word.hasPrefix("reported kept") }

  /// How the word should strike the eye; what only the one who owes it says is neither good nor bad.
  public var tone: Tone {
    if word.hasPrefix("kept late") || word.hasPrefix("partly") || word.hasPrefix("due") || word.hasPrefix("kept on the revised") {
      return .warning
    }
    if word.hasPrefix("overdue") || word.hasPrefix("broken") || word.hasPrefix("disputed") || word.hasPrefix("incident")
      || word.hasPrefix("withdrawn") || word.hasPrefix("refused")
    {
      return .bad
    }
    if word.hasPrefix("kept") || word.hasPrefix("holding") { return .good }
    return .neutral
  }

  /// Good, bad, in between, or not to be told.
  public enum Tone: String, Sendable, Hashable, CaseIterable { case good, warning, bad, neutral }
}
