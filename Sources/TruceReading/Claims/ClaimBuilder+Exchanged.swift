// Exchanges that go both ways: each side's own of those freed together, and what is given for them.
internal import TruceModel

extension ClaimBuilder {
  /// One side's part of an exchange.
  struct Freed {
    var who: [Mention]
    var whom: [Mention]
    var filler: Filler
  }

  /// The parts of an exchange that goes both ways; nil where it goes one.
  func bothWays(_ event: Event, _ frame: Frame, _ who: [Mention], _ whom: [Mention], _ mentions: Mentions) -> [Freed]? {
    guard frame.type == .exchange, frame.act == "return", let first = event.roles[.what]?.first else { return nil }
    if let groups = freedGroups(event, who, mentions) { return groups }
    guard let given = givenFor(event) else { return nil }
    let giver = whom.filter { $0.party != nil || $0.standsFor != nil }.prefix(1).map(side)
    return [
      Freed(who: who, whom: whom, filler: first),
      Freed(who: giver, whom: mentions.parties(given), filler: given),
    ]
  }

  /// The side of which somebody is, left out by the text.
  private func side(_ mention: Mention) -> Mention {
    let name = mention.party.flatMap(scene.names.name(of:)) ?? mention.standsFor ?? mention.text
    return Mention(name, party: mention.party, isImplicit: true)
  }

  /// "139 soldiers and 52 rebels were freed": each side's own by the other; nil where all are of one side.
  private func freedGroups(_ event: Event, _ who: [Mention], _ mentions: Mentions) -> [Freed]? {
    guard let fillers = event.roles[.what], fillers.count > 1 else { return nil }
    let sides = fillers.map { filler in (filler, mentions.parties(filler)) }
    guard sides.count == 2, let one = sides[0].1.first, let other = sides[1].1.first, isOfOthers(one, other) else { return nil }
    return (0..<2).map { at in
      var by = who
      if by.isEmpty, let others = sides[1 - at].1.first { by = [side(others)] }
      return Freed(who: by, whom: sides[at].1, filler: sides[at].0)
    }
  }

  /// "must free all 20 hostages": so many, and no duty in general.
  func isOfSome(_ event: Event) -> Bool {
    (event.roles[.what] ?? []).contains { filler in
      !filler.kinds.isDisjoint(with: [.captive, .body]) && filler.units.contains { scene.units[$0].tag == .number }
    }
  }

  /// "139 Tarnian soldiers", "52 rebels": of two sides, so far as the words say.
  private func isOfOthers(_ one: Mention, _ other: Mention) -> Bool {
    if let party = one.party, let its = other.party { return party != its }
    if let name = one.standsFor, let its = other.standsFor { return name != its }
    return Sides.isRebel(one.text) != Sides.isRebel(other.text) && Sides.fights(one.text) && Sides.fights(other.text)
  }

  /// "freed ten soldiers in exchange for | six rebels", "..., in return for six of its own": what comes back.
  private func givenFor(_ event: Event) -> Filler? {
    guard event.verb >= 0, event.verb + 2 < chunks.count else { return nil }
    for at in event.verb + 1..<chunks.count - 1 {
      if chunks[at].kind == .semicolon || chunks[at].kind == .verb && chunks[at].isFinite { return nil }
      guard chunks[at].kind == .preposition, chunks[at].form == Chunker.inReturn, chunks[at + 1].kind == .noun else { continue }
      let given = scene.filler(scene.clauses.element(at + 1))
      let isOfPeople = !given.kinds.isDisjoint(with: [.captive, .body, .person, .force, .number, .demonym])
      return isOfPeople && given.kinds.isDisjoint(with: [.money, .weapon, .equipment]) ? given : nil
    }
    return nil
  }
}
