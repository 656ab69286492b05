// Whose a place or a building is that is attacked or taken, by the words that name it.
internal import TruceModel

extension ClaimBuilder {
  /// Whose the place is by its own words: "Azerbaijani territory", "southern Israel".
  func owner(of event: Event, _ who: [Mention]) -> Mention? {
    // "A strike hit a Hezbollah depot in the town": what was hit, before where.
    let hit =
      event.verb >= 0 && event.verb != event.chunk && scene.lexicon.frames[event.frame].type == .hostilities
      ? scene.clauses.arguments(event.verb).object.map(scene.filler) : []
    for filler in hit + (event.roles[.place] ?? []) {
      // "on the Albanian border": of two lands.
      if filler.chunk >= 0, ClaimBuilder.borders.contains(chunks[filler.chunk].headForm) { continue }
      // "the rebel-held town".
      for unit in filler.units where scene.units[unit].isCompound && isHeld(unit) {
        // "the LRA-held town": the LRA.
        let tokens = Int(scene.units[unit].first)..<Int(scene.units[unit].end)
        var span = scene.span(unit..<unit + 1)
        if let hyphen = tokens.last(where: { scene.tokens[$0].kind == .hyphen }), hyphen > tokens.lowerBound {
          span = ByteSpan(span.start, Int(scene.tokens[hyphen - 1].end))
        }
        let party = scene.units[unit].meaning >= 0 ? scene.names.meanings[Int(scene.units[unit].meaning)].party : nil
        guard party == nil || !who.contains(where: { $0.party == party }) else { continue }
        return Mention(scene.text(span), span: span, party: party, standsFor: party.flatMap(scene.names.name(of:)))
      }
      for unit in filler.units where scene.units[unit].meaning >= 0 && !scene.units[unit].isCompound {
        let meaning = scene.names.meanings[Int(scene.units[unit].meaning)]
        // A capital is where it happened, and no more.
        guard let party = meaning.party, meaning.kinds.contains(.party), meaning.isCountry || !meaning.kinds.contains(.place),
          !who.contains(where: { $0.party == party })
        else { continue }
        let span = scene.span(unit..<unit + 1)
        return Mention(scene.text(span), span: span, party: party, standsFor: scene.names.name(of: party))
      }
      // "the headquarters of the 25th Brigade".
      guard filler.chunk >= 0, let inner = scene.clauses.element(filler.chunk).firstInner, chunks[inner].kinds.contains(.force),
        chunks[inner].kinds.isDisjoint(with: [.place, .equipment])
      else { continue }
      let span = scene.span(chunks[inner].first..<chunks[inner].end)
      return Mention(scene.text(span), span: span)
    }
    return nil
  }

  /// "Grenades were hurled at a police station": those whose by its name a building is that was hit, in its own words.
  func building(_ event: Event) -> Mention? {
    for filler in event.roles[.place] ?? [] where filler.chunk >= 0 {
      if let building = building(filler.chunk) { return building }
    }
    guard event.verb >= 0 else { return nil }
    for (form, elements) in scene.clauses.arguments(event.verb).after where ClaimBuilder.hitting.contains(form) {
      for element in elements {
        if let building = building(element.noun) { return building }
      }
    }
    return nil
  }

  private func building(_ at: Int) -> Mention? {
    let chunk = chunks[at]
    guard !scene.units[chunk.head].isCapitalised, chunk.kinds.contains(.place), !chunk.kinds.contains(.area), chunk.owner.isEmpty else {
      return nil
    }
    let tokens = Int(scene.units[chunk.first].first)..<Int(scene.units[chunk.head].end)
    guard tokens.dropLast().contains(where: { ClaimBuilder.bodies.contains(scene.tokens[$0].form) }) else { return nil }
    let span = scene.span(chunk.first..<chunk.end)
    return Mention(scene.text(span), span: span)
  }

  private static let hitting = FormSet(["at", "on", "outside", "inside", "into", "against"])
  private static let bodies = FormSet(["police", "army", "military", "government", "navy", "militia", "rebel", "guard", "security"])

  /// "rebel-held", "government-controlled".
  private func isHeld(_ unit: Int) -> Bool {
    scene.tokens[Int(scene.units[unit].first)..<Int(scene.units[unit].end)].contains { ClaimBuilder.holding.contains($0.form) }
      || ClaimBuilder.holds.contains { scene.text(scene.span(unit..<unit + 1)).hasSuffix($0) }
  }

  private static let borders = FormSet(["border", "frontier", "borders", "boundary"])
  private static let holds = ["-held", "-controlled", "-occupied"]

  /// "Orlin, a rebel stronghold": who held a place, by the words beside it.
  func holder(of event: Event, _ mentions: Mentions) -> [Mention]? {
    for filler in event.roles[.place] ?? [] where filler.chunk >= 0 {
      let comma = scene.clauses.element(filler.chunk).end
      // "the gorge held by Tarn".
      if comma + 2 < chunks.count, chunks[comma].kind == .verb, scene.clauses.isReduced(comma), chunks[comma + 1].form == Clauses.by,
        ClaimBuilder.holding.contains(scene.form(chunks[comma].main)), chunks[comma + 2].kind == .noun
      {
        return mentions.parties(scene.filler(scene.clauses.element(comma + 2)))
      }
      if scene.lexicon.frames[event.frame].type == .controlChange {
        if let owner = hands(after: comma) { return mentions.parties(owner) }
        if let keeper = keeper(after: comma) { return mentions.parties(scene.filler(scene.clauses.element(keeper))) }
      }
      // "seized Hale's headquarters", "the army's base": whose they were.
      if scene.lexicon.frames[event.frame].type == .controlChange, let owner = possessor(of: filler.chunk) {
        return mentions.parties(owner)
      }
      // "an offensive on rebel strongholds"; "Orlin, a rebel stronghold".
      let isOwn = ClaimBuilder.strongholds.contains(chunks[filler.chunk].headForm)
      guard
        isOwn
          || comma + 1 < chunks.count && chunks[comma].kind == .comma && chunks[comma + 1].kind == .noun
            && ClaimBuilder.strongholds.contains(chunks[comma + 1].headForm)
      else { continue }
      let place = isOwn ? filler.chunk : comma + 1
      let description = chunks[place]
      // "the enclave of Orlin" is nobody's by that.
      for at in scene.clauses.inner(scene.clauses.element(place))
      where !chunks[at].kinds.isDisjoint(with: .actor) && chunks[at].kinds.isDisjoint(with: [.place, .name]) {
        return mentions.parties(scene.filler(scene.clauses.element(at)))
      }
      let owner = description.owner.isEmpty ? description.first..<description.head : description.owner
      for unit in owner where scene.units[unit].meaning >= 0 && scene.names.meanings[Int(scene.units[unit].meaning)].party != nil {
        return mentions.parties(Filler(units: unit..<unit + 1, kinds: .party, chunk: -1))
      }
      for unit in owner where !scene.units[unit].word.noun.isDisjoint(with: [.force, .party]) {
        return mentions.parties(Filler(units: unit..<unit + 1, kinds: .force, chunk: -1))
      }
    }
    return nil
  }

  /// "Hale's headquarters", "the army's base": somebody's, who fights; "Orlin's airport" is no such.
  private func possessor(of place: Int) -> Filler? {
    guard !chunks[place].owner.isEmpty, let owner = matcher.owner(place).first, !owner.kinds.contains(.place) else {
      return nil
    }
    if !owner.kinds.isDisjoint(with: [.force, .person, .office, .someone, .party]) { return owner }
    return owner.kinds.contains(.name) && ClaimBuilder.seats.contains(chunks[place].headForm) ? owner : nil
  }

  private static let seats = FormSet([
    "headquarters", "base", "bases", "camp", "camps", "residence", "positions", "position", "stronghold", "hideout", "barracks",
  ])

  /// "took Orlin, the last town in | rebel hands", "the last one under | their control": whose.
  private func hands(after end: Int) -> Filler? {
    guard end + 3 < chunks.count, chunks[end].kind == .comma, chunks[end + 1].kind == .noun, chunks[end + 1].kinds.contains(.place) else {
      return nil
    }
    var at = scene.clauses.element(end + 1).end
    while at + 1 < chunks.count, at < end + 8, chunks[at].kind == .preposition, chunks[at + 1].kind == .noun {
      if ClaimBuilder.handsForms.contains(chunks[at + 1].headForm) { return matcher.owner(at + 1).first }
      at += 2
    }
    return nil
  }

  private static let handsForms = FormSet(["hands", "control", "occupation", "rule"])

  /// "took Orlin on Sunday, the last town held by the | rebels", "Orlin, which had been held by | rebels": who held it.
  private func keeper(after end: Int) -> Int? {
    var at = end
    while at < chunks.count, at < end + 8, [.time, .adverb, .preposition, .comma, .noun, .subordinator].contains(chunks[at].kind) {
      // "before", "where": of something else.
      if chunks[at].kind == .subordinator, at == 0 || chunks[at - 1].kind != .comma || !Clauses.relatives.contains(chunks[at].form) {
        return nil
      }
      let isInPassing = chunks[at].kind == .noun && chunks[at - 1].kind == .preposition
      if chunks[at].kind == .noun, !isInPassing, !chunks[at].kinds.contains(.place) || chunks[at - 1].kind != .comma { return nil }
      at += 1
    }
    guard at > end, at + 2 < chunks.count, chunks[at].kind == .verb, chunks[end..<at].contains(where: { $0.kind == .comma }),
      scene.clauses.isReduced(at) || chunks[at].isPassive, ClaimBuilder.holding.contains(scene.form(chunks[at].main))
    else { return nil }
    while at + 2 < chunks.count, chunks[at + 1].kind == .adverb { at += 1 }
    return chunks[at + 1].form == Clauses.by && chunks[at + 2].kind == .noun ? at + 2 : nil
  }

  private static let holding = FormSet(["held", "controlled", "defended", "occupied", "manned", "ruled"])
  private static let strongholds = FormSet([
    "stronghold", "strongholds", "bastion", "redoubt", "holdout", "headquarters", "base", "bases", "enclave", "pocket", "hideouts",
  ])
}
