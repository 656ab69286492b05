// What kind of name each noun of a sentence is, where its own words leave it open.

extension ReadingWork {
  /// Tells the kinds of names that no layer knows by what the text says of them elsewhere.
  mutating func tellNames() {
    for at in chunks.indices.dropFirst() where chunks[at].kind == .noun && ReadingWork.banks.contains(chunks[at].headForm) {
      // "posts on the Westlandic side", "on both sides of the line": where, and not who.
      let isAbout = at + 2 < chunks.count && chunks[at + 1].form == Clauses.of && chunks[at + 2].kinds.contains(.place)
      guard chunks[at - 1].form == FrameMatcher.on,
        isAbout || at > 1 && (chunks[at - 2].kinds.contains(.post) || chunks[at - 2].kinds == .number)
      else { continue }
      chunks[at].kinds.subtract([.force, .party])
      chunks[at].kinds.formUnion(.place)
    }
    for at in chunks.indices where chunks[at].kind == .noun && chunks[at].kinds.contains(.name) {
      if at >= 2, chunks[at - 1].kind == .preposition, chunks[at - 2].kind == .noun, units[chunks[at - 2].head].isCapitalised,
        (chunks[at].first..<chunks[at].end).contains(where: { units[$0].tag == .openBracket })
      {
        // "the African Union Mission in Sudan (AMIS)": the name of an organisation, not where something was.
        chunks[at].kinds.subtract([.place])
      } else if at + 1 < chunks.count, isPersonal(at + 1) || chunks[at + 1].kind == .comma && isPersonal(at + 2) {
        // "its pilot, John Hale, whom it handed back".
        chunks[at].kinds.subtract([.place, .name])
        chunks[at].kinds.formUnion(.someone)
      } else if isAcronym(chunks[at]) {
        // "MNLA" is an organisation of some kind, never a place or a person.
        chunks[at].kinds.formUnion([.office, .force])
        chunks[at].kinds.subtract([.name, .someone])
      } else if learner.isPlace(chunks[at].headForm) {
        chunks[at].kinds.formUnion(.place)
        chunks[at].kinds.subtract([.someone])
      } else if learner.isPerson(chunks[at].headForm) {
        // "Gunmen seized Hale, who comes from Orlin": no place of that name.
        chunks[at].kinds.formUnion(.someone)
        if !chunks[at].kinds.contains(.place) { chunks[at].kinds.subtract(.name) }
      }
    }
  }

  /// "whom".
  private func isPersonal(_ at: Int) -> Bool {
    at < chunks.count && chunks[at].kind == .subordinator && chunks[at].form == ReadingWork.whom
  }

  private static let whom = Form("whom")
  private static let banks = FormSet(["side", "sides"])

  private func isAcronym(_ chunk: Chunk) -> Bool {
    let unit = units[chunk.head]
    let token = tokens[Int(unit.first)]
    return unit.end - unit.first == 1 && token.isAllCaps && token.end - token.start >= 3 && !learner.isPlace(chunk.headForm)
  }
}
