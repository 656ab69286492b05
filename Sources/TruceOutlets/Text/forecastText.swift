// The forecast in a terminal: each departure's least time, what holds it back, and whether its deadlines can be met.
internal import TruceModel
public import TruceSituation

/// The outlooks as a table, and each in a sentence below it.
///
/// - Parameters:
///   - width: cells across, at least 40.
///   - colour: whether to use ANSI colours; words say everything that colours say.
public func forecastText(_ outlooks: [Outlook], width: Int = 100, colour: Bool = false) -> String {
  guard !outlooks.isEmpty else { return "Nothing to forecast: the case names no departure, or what depends on one was done.\n" }
  var table = Table(headings: ["From", "To", "Least time", "Bottleneck", "Deadline", "Verdict"])
  for outlook in outlooks {
    let clearance = outlook.clearance
    var isFirst = true
    for deadline in lines(of: outlook) {
      table.rows.append([
        Cell(isFirst ? clearance.names.from : ""), Cell(isFirst ? clearance.names.to : ""), Cell(isFirst ? leastTime(clearance) : ""),
        Cell(isFirst ? bottleneck(clearance) : ""), Cell(deadline.words), Cell(deadline.verdict?.rawValue ?? "", ink(deadline.verdict)),
      ])
      isFirst = false
    }
  }
  var out = table.render(width: width, colour: colour)
  for outlook in outlooks { out += "\n" + forecastText(outlook.clearance, width: width) }
  return out
}

/// One clearance in sentences: the least time, what holds it back, and what was taken for granted.
public func forecastText(_ clearance: Clearance, width: Int = 100) -> String {
  var out = wrap(terminalSafe(clearance.sentence), width: max(40, width)).map { $0 + "\n" }.joined()
  for assumption in clearance.assumptions { out += "  " + terminalSafe(assumption) + "\n" }
  return out
}

/// Deadlines of one word, day and verdict are one line, whichever texts have them.
private func lines(of outlook: Outlook) -> [(words: String, verdict: Clearance.Verdict?)] {
  var lines: [(words: String, verdict: Clearance.Verdict?)] = []
  for deadline in outlook.deadlines {
    let day = deadline.when.map { HumanTime.when($0, isBrief: true) } ?? "moved, date not given"
    let left = deadline.hours.map { $0 > 0 ? ", \(Clearance.length($0)) left" : "" } ?? ""
    let line = (words: "\(deadline.word.rawValue) \(day)\(left)", verdict: deadline.verdict)
    if !lines.contains(where: { $0 == line }) { lines.append(line) }
  }
  return lines.isEmpty ? [("none", nil)] : lines
}

private func leastTime(_ clearance: Clearance) -> String {
  guard let best = clearance.best else { return "no open road" }
  guard let worst = clearance.worst else { return Clearance.length(best.hours) + ", no upper bound" }
  let (low, high) = (Clearance.length(best.hours), Clearance.length(worst.hours))
  return low == high ? low : "\(low) to \(high)"
}

private func bottleneck(_ clearance: Clearance) -> String {
  guard let road = clearance.bottleneck else { return "" }
  return clearance.bridges.contains(road) ? road + ", the only road" : road
}

private func ink(_ verdict: Clearance.Verdict?) -> Ink {
  switch verdict {
  case .feasible: .good
  case .atRisk: .warning
  case .infeasible: .bad
  case .past, nil: .faint
  }
}
