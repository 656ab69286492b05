// Finds a dateline at the head of a paragraph: "BAKU, December 1. /TASS/.", "GAZA, Nov. 26 (Xinhua) --".

extension Structure {
  /// The dateline with which a segment opens, if it opens with one.
  func dateline(_ range: Range<Int>, _ tokens: [Token]) -> Dateline? {
    let first = range.lowerBound
    guard tokens[first].kind == .word, tokens[first].isCapitalised, range.count > 3 else { return nil }
    let isShouted = tokens[first].isAllCaps
    let limit = min(range.upperBound, first + Structure.longestDateline)
    var shouts = true
    var at = first
    while at < limit {
      let token = tokens[at]
      switch token.kind {
      case .word:
        if token.isAllCaps || token.isCapitalised {
          shouts = shouts && token.isAllCaps
        } else if !words.placeWords.contains(token.form) {
          return nil
        }
      case .number, .ordinal, .comma, .period, .hyphen, .apostrophe, .clitic: break
      case .slash:
        if let close = agencyEnd(at, limit, tokens, closing: .slash) {
          var stop = close + 1
          if stop < limit, tokens[stop].kind == .period { stop += 1 }
          if stop < limit, tokens[stop].kind == .dash { stop += 1 }
          return make(first, head: at, agency: at + 1..<close, stop, range)
        }
      case .openBracket:
        guard let close = agencyEnd(at, limit, tokens, closing: .closeBracket), close + 1 < limit else { return nil }
        guard [.dash, .period, .colon, .hyphen].contains(tokens[close + 1].kind) else { return nil }
        return make(first, head: at, agency: at + 1..<close, close + 2, range)
      case .dash:
        guard isShouted, !token.isGlued || at - first <= 8 else { return nil }
        return make(first, head: at, agency: nil, at + 1, range)
      case .colon:
        guard isShouted, shouts, at - first <= 4, token.isGlued else { return nil }
        return make(first, head: at, agency: nil, at + 1, range)
      default: return nil
      }
      at += 1
    }
    return nil
  }

  /// The mark that closes an agency's name, at most eight tokens on.
  private func agencyEnd(_ open: Int, _ limit: Int, _ tokens: [Token], closing: Token.Kind) -> Int? {
    var at = open + 1
    while at < min(limit, open + 9) {
      if tokens[at].kind == closing { return at > open + 1 ? at : nil }
      guard tokens[at].kind.isWordLike || [.hyphen, .comma, .slash, .period, .symbol].contains(tokens[at].kind) else { return nil }
      at += 1
    }
    return nil
  }

  private func make(_ first: Int, head: Int, agency: Range<Int>?, _ stop: Int, _ range: Range<Int>) -> Dateline? {
    guard stop < range.upperBound, head > first else { return nil }
    return Dateline(tokens: first..<stop, head: first..<head, agency: agency, sentence: 0)
  }
}
