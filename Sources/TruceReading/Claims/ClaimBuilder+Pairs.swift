// Two sides that one word names: "Israel-Hamas fighting".
internal import TruceModel

extension ClaimBuilder {
  /// "the Russia-Ukraine war", "the RFL-MDU peace deal was signed": those whose names stand glued before a noun of fighting, a truce or an
  /// agreement; none unless they are two.
  func pair(_ event: Event, _ frame: Frame) -> [Mention] {
    guard frame.type == .hostilities || frame.type == .agreementSigned || frame.type == .ceasefireStart else { return [] }
    if chunks[event.chunk].kind == .noun { return pair(within: event.chunk) }
    guard event.verb == event.chunk, frame.type != .hostilities, let subject = scene.clauses.subject(of: event.verb).first,
      !chunks[subject.noun].kinds.isDisjoint(with: [.agreement, .ceasefire])
    else { return [] }
    return pair(within: subject.noun)
  }

  private func pair(within at: Int) -> [Mention] {
    for unit in scene.units[chunks[at].first..<chunks[at].head] where unit.end - unit.first > 2 {
      let tokens = Int(unit.first)..<Int(unit.end)
      guard let hyphen = tokens.firstIndex(where: { [.hyphen, .dash].contains(scene.tokens[$0].kind) }),
        let one = side(tokens.lowerBound..<hyphen), let other = side(hyphen + 1..<tokens.upperBound), one.text != other.text
      else { continue }
      return [one, other]
    }
    return []
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
