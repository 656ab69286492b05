// The exchanges in a terminal: each with every party's figures, what they come to, and what does not add up.
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// Who gave whom how many, by whose count, and where the lists differ.
public func exchangesText(
  _ account: ExchangeAccount, case file: Case, width: Int = 100, colour: Bool = false, claim: @escaping ClaimLookup = { _ in nil }
) -> String {
  guard !account.exchanges.isEmpty || !account.findings.isEmpty else { return "Exchanges: none reported.\n" }
  let text = TextOutlet(situation: nil, file: file, width: width, colour: colour, claim: claim)
  var table = Table(headings: ["When", "From", "To", "What", "How many, by whom", "Lists", "Standing"])
  for exchange in account.exchanges {
    let when = exchange.when.map { HumanTime.when($0, isBrief: true) } ?? "no date given"
    func names(_ parties: [PartyID]) -> String { parties.map(file.partyName).joined(separator: ", ") }
    let counts: [ExchangeAccount.Count?] = exchange.counts.isEmpty ? [nil] : exchange.counts
    for (number, count) in counts.enumerated() {
      let isFirst = number == 0
      let figures = count?.figures.map { "\(name($0.according, file)) \($0.quantity.hedgedFigure)" }.joined(separator: ", ")
      let ink: Ink = count?.verdict == .differs ? .bad : count?.verdict == .matched ? .good : .plain
      table.rows.append([
        Cell(isFirst ? when : ""), Cell(isFirst ? names(exchange.givers) : ""), Cell(isFirst ? names(exchange.receivers) : ""),
        Cell(count?.what ?? exchange.object ?? "not said"), Cell(figures ?? "nobody says how many"),
        Cell(count.map { verdict($0, file) } ?? "", ink), Cell(isFirst ? exchange.standing.rawValue : "", .faint),
      ])
    }
  }
  var out = text.section("Exchanges", table)
  var totals = Table(headings: ["What", "By the count of", "In all"])
  totals.numeric = [2]
  for total in account.totals {
    totals.rows.append([
      Cell(total.what), Cell(name(total.according, file)), Cell(Quantity(total.what, total.minimum, total.maximum).figure),
    ])
  }
  out += text.section("Totals", totals)
  if !account.findings.isEmpty {
    out += "\n" + Ink.strong.paint("What does not add up", colour: colour) + "\n"
    for finding in account.findings {
      for (number, line) in wrap(terminalSafe(finding.message), width: max(40, width) - 4).enumerated() {
        out += (number == 0 ? "  " : "    ") + Ink.warning.paint(line, colour: colour) + "\n"
      }
    }
  }
  return out
}

private func name(_ label: String, _ file: Case) -> String { file.partyName(PartyID(label)) }

/// How the lists compare: matched, differing, or only one side's.
private func verdict(_ count: ExchangeAccount.Count, _ file: Case) -> String {
  guard count.verdict == .onlyOne, let only = count.figures.first else { return count.verdict.rawValue }
  return "only by \(name(only.according, file))"
}
