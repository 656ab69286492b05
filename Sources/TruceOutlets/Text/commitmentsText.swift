// The commitments alone in a terminal: each with its word, its deadlines and why.
public import TruceAtlas
internal import TruceModel
public import TruceSituation

/// Every commitment with its deadlines and the derivation of its word.
///
/// - Parameters:
///   - width: cells across, at least 40.
///   - colour: whether to use ANSI colours; words say everything that colours say.
public func commitmentsText(situation: Situation, case file: Case, width: Int = 100, colour: Bool = false) -> String {
  let text = TextOutlet(situation: situation, file: file, width: width, colour: colour, claim: { _ in nil })
  var out = text.head()
  for commitment in situation.commitments {
    out += "\n"
    let article = commitment.article.isEmpty || commitment.article == "-" ? "" : commitment.article + "  "
    for line in wrap(terminalSafe(article + commitment.title), width: max(40, width)) {
      out += Ink.strong.paint(line, colour: colour) + "\n"
    }
    var word = file.wordWithNames(commitment.word)
    if let days = commitment.days { word += ", \(signedDays(days)) \(abs(days) == 1 ? "day" : "days")" }
    if let standing = commitment.standing, commitment.done != nil { word += " (\(standing.rawValue))" }
    out += row("now", word, Ink(commitment.tone), width, colour)
    if !commitment.deadlines.isEmpty {
      out += row("terms", commitment.deadlines.map { deadlineWords($0, case: file) }.joined(separator: "; "), .plain, width, colour)
    }
    out += row("why", commitment.because, .faint, width, colour)
    if let watched = commitment.watched { out += row("watched", "\(Int(watched * 100)) %", .faint, width, colour) }
  }
  return out
}

/// A labelled text, wrapped beside its label.
private func row(_ label: String, _ text: String, _ ink: Ink, _ width: Int, _ colour: Bool) -> String {
  guard !text.isEmpty else { return "" }
  let indent = 12
  var out = ""
  for (number, line) in wrap(terminalSafe(text), width: max(40, width) - indent).enumerated() {
    let head = number == 0 ? "    " + label : ""
    out += head + String(repeating: " ", count: indent - head.count) + ink.paint(line, colour: colour) + "\n"
  }
  return out
}
