// A claim as a person reads it in a terminal: what it says, who says it, and the quote with its bytes.
public import TruceModel

/// One claim in a few lines.
///
/// - Parameters:
///   - number: printed in front.
///   - text: the report's text, in which the claim's span counts.
///   - width: cells across; the quote is wrapped to it.
public func claimText(_ claim: Claim, number: Int, text: [UInt8], width: Int = 100) -> String {
  func list(_ mentions: [Mention]) -> String {
    mentions.map { mention in
      let name = mention.isImplicit ? "(\(mention.text))" : mention.text
      return mention.party.map { "\($0) \"\(name)\"" } ?? "\"\(name)\""
    }.joined(separator: ", ")
  }
  var head = "\(number). \(claim.type.rawValue)"
  if !claim.act.isEmpty { head += " / \(claim.act)" }
  head += ", \(claim.modality.rawValue)"
  if claim.polarity == .negative { head += ", negative" }
  var lines = [terminalSafe(head)]
  func row(_ label: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    lines.append("     " + label.padding(to: 8) + terminalSafe(value))
  }
  row("who", list(claim.who))
  row("whom", list(claim.whom))
  row("object", claim.object)
  row("where", claim.places.map { place in place.place.map { "\($0) \"\(place.text)\"" } ?? "\"\(place.text)\"" }.joined(separator: ", "))
  row("when", claim.when.map(whenWords))
  row("due", claim.due.map { "\($0.word.rawValue) \($0.when.edtf)" })
  row("was", claim.was?.edtf)
  row("becomes", claim.becomes?.edtf)
  row("reason", claim.reason)
  row("numbers", claim.quantities.map { "\($0.hedgedFigure) \($0.what)" }.joined(separator: ", "))
  row("said by", claim.speakers.isEmpty ? "the report's author" : claim.speakers.map(\.text).joined(separator: " < "))
  let start = min(claim.span.start, text.count)
  let quote = String(decoding: text[start..<min(claim.span.end, text.count)], as: UTF8.self)
  row("bytes", "\(claim.span.start)-\(claim.span.end)")
  for line in wrapped("\u{201C}" + terminalSafe(quote) + "\u{201D}", width: max(20, width - 6)) { lines.append("     " + line) }
  return lines.joined(separator: "\n")
}

/// A time with the hours that it was narrowed to, where it was.
private func whenWords(_ when: When) -> String {
  guard when.grain == .time, !when.edtf.contains("T") else { return when.edtf }
  return "\(when.edtf) (between \(when.zone.text(when.earliest)) and \(when.zone.text(when.latest)))"
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

/// A text cut at spaces into lines of at most `width` cells; a longer word stands alone.
private func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var cells = 0
  for word in text.split(whereSeparator: \.isWhitespace) {
    let wide = terminalWidth(word)
    if cells > 0, cells + 1 + wide > width {
      lines.append(line)
      line = ""
      cells = 0
    }
    line += (cells > 0 ? " " : "") + word
    cells += wide + (cells > 0 ? 1 : 0)
  }
  if cells > 0 { lines.append(line) }
  return lines
}
