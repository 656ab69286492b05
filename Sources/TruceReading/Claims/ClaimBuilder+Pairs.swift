// Two sides that one word names: "Israel-Hamas fighting".
internal import TruceModel

extension ClaimBuilder {
  /// "the Russia-Ukraine war", "RFL-MDU clashes": those whose names stand glued before a noun of fighting; none unless they are two.
  func pair(_ event: Event, _ frame: Frame) -> [Mention] {
    let chunk = chunks[event.chunk]
    guard frame.type == .hostilities, chunk.kind == .noun, chunk.head > chunk.first else { return [] }
    let unit = scene.units[chunk.head - 1]
    let tokens = Int(unit.first)..<Int(unit.end)
    guard tokens.count > 2, let hyphen = tokens.firstIndex(where: { [.hyphen, .dash].contains(scene.tokens[$0].kind) }),
      let one = side(tokens.lowerBound..<hyphen), let other = side(hyphen + 1..<tokens.upperBound), one.text != other.text
    else { return [] }
    return [one, other]
  }

  /// A party that some tokens name, or letters that stand for one.
  private func side(_ tokens: Range<Int>) -> Mention? {
    guard let first = tokens.first else { return nil }
    let span = ByteSpan(Int(scene.tokens[first].start), Int(scene.tokens[tokens.upperBound - 1].end))
    let all = scene.tokens
    if let match = scene.names.builder.names.table.match(all.span, from: first, to: tokens.upperBound), match.end == tokens.upperBound,
      let party = scene.names.meanings[Int(match.value)].party
    {
      return Mention(scene.text(span), span: span, party: party, standsFor: scene.names.name(of: party))
    }
    return tokens.count == 1 && scene.tokens[first].isAllCaps ? Mention(scene.text(span), span: span) : nil
  }
}
