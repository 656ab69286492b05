// The situation as a person reads it in a terminal.
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// The whole situation in a terminal's width.
///
/// - Parameters:
///   - width: cells across, at least 40.
///   - colour: whether to use ANSI colours; words say everything that colours say.
///   - claim: finds a claim, for the speakers; without it the column stays empty.
public func situationText(
  situation: Situation, case file: Case, width: Int = 100, colour: Bool = false, claim: @escaping ClaimLookup = { _ in nil }
) -> String {
  let text = TextOutlet(situation: situation, file: file, width: width, colour: colour, claim: claim)
  var out = text.head()
  out += text.section("Control", text.control())
  out += text.section("Commitments", text.commitments())
  out += text.section("Ceasefire", text.ceasefires())
  out += text.section("Incidents", text.events(situation.incidents))
  out += text.section("Posts", text.events(situation.posts))
  out += text.section("Exchanges", text.events(situation.exchanges))
  out += text.section("Other events", text.events(situation.events))
  out += text.section("Agreements", text.events(situation.agreements))
  out += text.section("History", text.events(situation.history))
  out += text.findings()
  return out
}

/// Tables of one kind of events: incidents, exchanges, posts.
public func eventsText(
  _ title: String, _ events: [Situation.Event], case file: Case, width: Int = 100, colour: Bool = false,
  claim: @escaping ClaimLookup = { _ in nil }
) -> String {
  guard !events.isEmpty else { return "\(title): none reported.\n" }
  let text = TextOutlet(situation: nil, file: file, width: width, colour: colour, claim: claim)
  return text.section(title, text.events(events))
}

/// The parts of the text.
struct TextOutlet {
  var situation: Situation?
  var file: Case
  var width: Int
  var colour: Bool
  var claim: ClaimLookup

  func head() -> String {
    guard let situation else { return "" }
    var out = Ink.strong.paint(terminalSafe(file.title), colour: colour) + "\n"
    for line in wrap(terminalSafe(situationSentence(situation, case: file)), width: max(40, width)) { out += line + "\n" }
    return out
  }

  func section(_ title: String, _ table: Table?) -> String {
    guard let table, !table.rows.isEmpty else { return "" }
    return "\n" + Ink.strong.paint(title, colour: colour) + "\n" + table.render(width: width, colour: colour)
  }

  func control() -> Table {
    var table = Table(headings: ["Place", "Holder", "Since", "Standing", "Said by"])
    for control in shownControl() {
      var place = file.placeName(control.place)
      if !control.zones.isEmpty { place += " (without " + control.zones.map(file.placeName).joined(separator: ", ") + ")" }
      let ink: Ink = control.isDisputed || control.isWithdrawn ? .warning : control.standing == nil ? .faint : .plain
      table.rows.append([
        Cell(place, .strong), Cell(file.holderName(control.holder), ink),
        Cell(control.since.map { HumanTime.when($0, isBrief: true) } ?? ""),
        Cell(standingWords(control.standing, isDisputed: control.isDisputed, isWithdrawn: control.isWithdrawn), ink),
        Cell(speakers(control.evidence), .faint),
      ])
    }
    return table
  }

  /// What control a person wants to see: areas, corridors, and settlements of which something else is told than of their district.
  private func shownControl() -> [Situation.Control] {
    let control = situation?.control ?? []
    let evidence = Set(control.filter { isArea($0.place) }.flatMap(\.evidence))
    return control.filter { isArea($0.place) || $0.standing != nil && !$0.evidence.allSatisfy(evidence.contains) }
  }

  private func isArea(_ place: PlaceID) -> Bool {
    switch file.place(place)?.kind {
    case .settlement, .point, .post: false
    default: true
    }
  }

  func commitments() -> Table {
    var table = Table(headings: ["Art.", "Commitment", "Word", "Days", "Deadlines", "Watched"])
    table.numeric = [3, 5]
    for commitment in situation?.commitments ?? [] {
      let watched = commitment.watched.map { "\(Int($0 * 100)) %" } ?? ""
      table.rows.append([
        Cell(commitment.article), Cell(commitment.title), Cell(file.wordWithNames(commitment.word), Ink(commitment.tone)),
        Cell(commitment.days.map(signedDays) ?? ""),
        Cell(commitment.deadlines.map { deadlineWords($0, case: file) }.joined(separator: "; ")),
        Cell(watched, .faint),
      ])
    }
    return table
  }

  func ceasefires() -> Table {
    var table = Table(headings: ["From", "Until", "Word", "Watched", "Said by"])
    let list = situation?.ceasefires ?? []
    for (number, ceasefire) in list.enumerated() {
      table.rows.append([
        Cell(HumanTime.when(ceasefire.from, isBrief: true)), Cell(ceasefire.until.map { HumanTime.when($0, isBrief: true) } ?? ""),
        Cell(file.wordWithNames(ceasefire.word)), Cell(number == list.count - 1 ? situation?.coverage.words ?? "" : "", .faint),
        Cell(speakers(ceasefire.evidence), .faint),
      ])
    }
    return table
  }

  func events(_ events: [Situation.Event]) -> Table {
    var table = Table(headings: ["When", "What", "Standing", "Said by"])
    for event in events {
      table.rows.append([
        Cell(event.when.map { HumanTime.when($0, isBrief: true) } ?? "no date given"), Cell(eventWords(event, case: file)),
        Cell(standingWords(event.standing, isDisputed: event.isDisputed), event.isDisputed ? .warning : .plain),
        Cell(speakers(event.evidence), .faint),
      ])
    }
    return table
  }

  func findings() -> String {
    guard let findings = situation?.findings, !findings.isEmpty else { return "" }
    var out = "\n" + Ink.strong.paint("Findings", colour: colour) + "\n"
    for finding in findings {
      let ink: Ink = finding.severity == .error ? .bad : finding.severity == .warning ? .warning : .faint
      for (index, line) in wrap(terminalSafe(finding.description), width: max(40, width) - 4).enumerated() {
        out += (index == 0 ? "  " : "    ") + ink.paint(line, colour: colour) + "\n"
      }
    }
    return out
  }

  /// The speakers of the evidence, each chain once; the count of the others where there are more than two.
  func speakers(_ evidence: [ClaimID]) -> String {
    var chains: [String] = []
    for id in evidence {
      guard let claim = claim(id) else { continue }
      let chain = file.speakerChain(claim)
      if !chain.isEmpty, !chains.contains(chain) { chains.append(chain) }
    }
    let shown = chains.prefix(2).joined(separator: "; ")
    return chains.count > 2 ? "\(shown); and \(chains.count - 2) more" : shown
  }
}

extension Ink {
  /// The ink for how a commitment's word strikes the eye.
  init(_ tone: Situation.Commitment.Tone) {
    switch tone {
    case .good: self = .good
    case .warning: self = .warning
    case .bad: self = .bad
    case .neutral: self = .plain
    }
  }
}

/// Days with their sign: `+10`.
func signedDays(_ days: Int) -> String { days > 0 ? "+\(days)" : String(days) }

/// A deadline in words: "by 15 Nov 2020"; "moved to 25 Nov 2020 (Azerbaijan, by one side: one narrow road)".
public func deadlineWords(_ deadline: Situation.Commitment.Deadline, case file: Case) -> String {
  let isRevision = deadline.by != "agreement"
  var text =
    if let when = deadline.when {
      (isRevision ? "moved to " : "\(deadline.word.rawValue) ") + HumanTime.when(when, isBrief: true)
    } else {
      isRevision ? "moved, new date not given" : "no date"
    }
  if isRevision {
    var notes = file.partyName(PartyID(deadline.by))
    switch deadline.acceptance {
    case .unilateral: notes += ", by one side"
    case .contested: notes += ", contested"
    case .agreed: notes += ", agreed"
    case .reported, nil: break
    }
    text += " (\(notes)" + (deadline.reason.map { ": \($0)" } ?? "") + ")"
  } else {
    var notes: [String] = []
    if !deadline.variants.isEmpty { notes.append("text " + deadline.variants.joined(separator: ", ")) }
    if let according = deadline.according { notes.append("counted as by \(according)") }
    if !notes.isEmpty { text += " (" + notes.joined(separator: "; ") + ")" }
  }
  return text
}
