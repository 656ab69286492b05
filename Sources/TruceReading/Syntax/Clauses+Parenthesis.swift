// What stands between commas or behind "including": the noun that it says more of.
internal import TruceModel

extension Clauses {
  /// "82 civilians, including eleven women and 13 children, | killed by ...": the whole of which an "including" names parts.
  func whole(of noun: Int) -> Int? {
    var at = noun - 1
    while at > 1, at > noun - 8 {
      if chunks[at].kind == .preposition, Mentions.including.contains(chunks[at].form) {
        return chunks[at - 1].kind == .comma && chunks[at - 2].kind == .noun ? at - 2 : nil
      }
      guard [.noun, .conjunction, .comma].contains(chunks[at].kind) || chunks[at].form == Clauses.of else { return nil }
      at -= 1
    }
    return nil
  }

  /// The noun before "..., which ..., " or an apposition that a comma closes.
  func beyondParenthesis(_ comma: Int) -> Int? {
    var at = comma - 1
    while at > 0 {
      if chunks[at].kind == .semicolon || chunks[at].kind == .colon { return nil }
      if chunks[at].kind == .comma, chunks[at - 1].kind == .noun {
        let opening = chunks[at + 1]
        // "Before his announcement, officials said ..., killing five": a clause of its own is no parenthesis.
        if opening.kind != .subordinator, opening.kind != .verb, hasMainVerb(at + 1..<comma) { return nil }
        if opening.kind == .noun, let relative = relative(before: at, until: comma) { return relative }
        if opening.kind == .preposition, at > 5, chunks[at - 2].kinds.contains(.pronoun), chunks[at - 3].form == Clauses.of,
          chunks[at - 4].kind == .noun, chunks[at - 5].kind == .comma, chunks[at - 6].kind == .noun
        {
          // "162 people, most of them civilians, including 37 children, were killed".
          return at - 6
        }
        switch opening.kind {
        case .subordinator, .noun, .preposition, .adverb: return at - 1
        // "The army, along with its allies, took the town."
        case .conjunction where units[opening.first].end - units[opening.first].first > 1: return at - 1
        // "The Orlin Liberation Front, or OLF, must leave."
        case .conjunction where at + 3 == comma && chunks[at + 2].kind == .noun: return at - 1
        case .verb: return opening.isFinite && !opening.isBare ? nil : at - 1
        default: return nil
        }
      }
      at -= 1
    }
    return nil
  }

  /// Whether a finite verb stands in a range that no relative pronoun or conjunction of time opens.
  private func hasMainVerb(_ range: Range<Int>) -> Bool {
    for at in range {
      if chunks[at].kind == .subordinator { return false }
      if chunks[at].kind == .verb, chunks[at].isFinite, !isReduced(at), !chunks[at].isBare { return true }
    }
    return false
  }

  /// "The army, which is backed by A, B and C, ...": the noun before the relative clause, where a comma is one of its list.
  private func relative(before comma: Int, until end: Int) -> Int? {
    guard chunks[comma..<end].contains(where: { $0.kind == .conjunction }), !isClause(comma..<end) else { return nil }
    var at = comma - 1
    while at > 1, [.noun, .preposition, .verb, .comma, .adverb, .time, .conjunction].contains(chunks[at].kind) { at -= 1 }
    guard at > 1, chunks[at].kind == .subordinator, isRelative(chunks[at]), chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun
    else {
      return nil
    }
    return at - 2
  }
}
