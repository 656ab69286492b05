// What is told as past, and a place's whole history, in a terminal.
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// What is told as past, in time's order.
public func historyText(
  situation: Situation, case file: Case, width: Int = 100, colour: Bool = false, claim: @escaping ClaimLookup = { _ in nil }
) -> String {
  let text = TextOutlet(situation: situation, file: file, width: width, colour: colour, claim: claim)
  return text.head() + text.section("History", text.events(situation.history + situation.agreements))
}

/// A place's history: who holds it and on whose word, every passage with its evidence, and what each voice says.
///
/// - Parameters:
///   - now: who holds it at the query's moment.
///   - voices: what every origin says of it then.
public func historyText(
  _ history: PlaceHistory, now: Situation.Control, voices: [Voice], case file: Case, width: Int = 100, colour: Bool = false
) -> String {
  let text = TextOutlet(situation: nil, file: file, width: width, colour: colour, claim: { _ in nil })
  var sentence = "\(file.placeName(history.place)): \(file.holderName(now.holder))"
  if let since = now.since {
    let time = HumanTime.when(since)
    let isStretch = ["between", "until", "since", "by"].contains { time.hasPrefix($0) }
    sentence += (isStretch ? ", " : " since ") + time
  }
  sentence += ": " + now.because
  if !now.zones.isEmpty { sentence += "; without " + now.zones.map(file.placeName).joined(separator: ", ") }
  var out = wrap(terminalSafe(sentence + "."), width: max(40, width)).map { $0 + "\n" }.joined()

  var passages = Table(headings: ["When", "Holder", "Standing", "Why"])
  passages.rows.append([
    Cell("at first", .faint), Cell(file.holderName(history.initial)), Cell("initial", .faint), Cell("the case says so", .faint),
  ])
  for step in history.transitions {
    passages.rows.append([
      Cell(step.since.map { HumanTime.when($0, isBrief: true) } ?? "no date given"), Cell(file.holderName(step.holder)),
      Cell(standingWords(step.standing, isDisputed: step.isDisputed, isWithdrawn: step.isWithdrawn), step.isDisputed ? .warning : .plain),
      Cell(step.because, .faint),
    ])
  }
  out += text.section("Passages", passages)

  var told = Table(headings: ["Who", "Says", "Since", "Said"])
  for voice in voices {
    let says =
      switch voice.word {
      case .holds(let holder): file.holderName(holder)
      case .denies(.party(let party)): "not \(file.partyName(party))"
      case .denies(let holder): "not " + file.holderName(holder)
      }
    told.rows.append([
      Cell(voice.name), Cell(says), Cell(voice.since.map { HumanTime.when($0, isBrief: true) } ?? "no date given", .faint),
      Cell(HumanTime.day(file.zone.day(at: voice.said), isBrief: true), .faint),
    ])
  }
  return out + text.section("Who says what", told)
}
