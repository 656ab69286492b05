// Who did it and to whom, where the words of the frame leave it out.
internal import TruceModel

extension ClaimBuilder {
  /// Who speaks of what was done with his own forces, or will be: "promised that the pullout would be completed", "claimed that its guns
  /// had been withdrawn", where the passive names no doer.
  func doer(_ event: Event, _ frame: Frame) -> Mention? {
    // "promised that the pullout would begin at noon".
    let isOfDeed = event.verb >= 0 && frame.type == .commitment && chunks[event.verb].isPlanned
    guard event.verb >= 0, chunks[event.verb].isPassive || isOfDeed, event.verb == event.chunk,
      let speech = speeches.last(where: { $0.scope.contains(event.chunk) && $0.verb >= 0 && !$0.isDocument })
    else { return nil }
    let isOwn = speech.speaker.party.map { scene.names.isBelligerent($0) } ?? false
    let isPromised = chunks[event.verb].isPlanned && scene.cues(speech.verb).contains(.promise)
    let isTold = speech.cues.isDisjoint(with: [.denial]) && frame.type == .controlChange
    let isMoved =
      isOwn && (isTold && ["withdrew", "captured", "regained"].contains(frame.act) || chunks[event.verb].isPlanned)
    guard isPromised || isMoved else { return nil }
    return Mention(speech.speaker.text, span: speech.speaker.span, party: speech.speaker.party, isImplicit: true)
  }

  /// "The EU mission posted 200 observers": whose those are that it sends.
  func senders(_ event: Event, _ sent: [Mention], _ mentions: Mentions) -> [Mention] {
    guard event.verb >= 0, event.verb == event.chunk, !chunks[event.verb].isPassive, !sent.isEmpty else { return [] }
    var subject = scene.clauses.subject(of: event.verb)
    // "With | both countries | massing troops".
    if subject.isEmpty, event.verb > 1, chunks[event.verb - 1].kind == .noun, chunks[event.verb - 2].kind == .preposition {
      subject = [scene.clauses.element(event.verb - 1)]
    }
    let found = subject.flatMap { mentions.parties(scene.filler($0)) }
    // "with both countries massing troops": they both, whoever they are.
    if found.count == 2, found[0].text == found[1].text { return found }
    if found.count == 1, found[0].party == nil, Mentions.side.contains(Form(lastWordOf: found[0].text)) { return found + found }
    guard sent.contains(where: { $0.party == nil }) else { return [] }
    return found.filter { $0.party != nil }
  }

  /// "The Front said that the army attacked its posts", "killed two rebels who had attacked its posts": nobody attacks what is his own, so it is
  /// whoever tells of it, else the side that the sentence named before.
  func others(_ event: Event, than who: [Mention], _ whom: [Mention]) -> [Mention] {
    guard !who.isEmpty, whom.contains(where: { isOwn($0, who) }) else { return whom }
    var owner: Mention?
    if let speaker = speeches.last(where: { $0.scope.contains(event.chunk) && !$0.isDocument })?.speaker {
      owner = Mention(speaker.text, party: speaker.party)
    }
    if owner.map({ owner in who.contains { $0.isSame(as: owner) } }) ?? true {
      let start = chunks[event.chunk].first
      owner = local.last { unit, referent in
        unit < start && referent.isNamed && !referent.kinds.isDisjoint(with: [.force, .party])
          && referent.kinds.isDisjoint(with: [.someone, .event])
          && !who.contains { $0.isSame(as: Mention(referent.text, party: referent.party)) || $0.standsFor == referent.text }
      }.map { Mention($0.referent.text, party: $0.referent.party) }
    }
    return whom.map { mention in
      guard isOwn(mention, who) else { return mention }
      var mention = mention
      (mention.party, mention.standsFor) = (owner?.party, owner.map { $0.standsFor ?? $0.text })
      return mention
    }
  }

  /// Whether "its posts" were read as those of who attacked them.
  private func isOwn(_ mention: Mention, _ who: [Mention]) -> Bool {
    guard let name = mention.standsFor, let span = mention.span else { return false }
    guard
      who.contains(where: {
        $0.text != mention.text && ($0.text == name || $0.standsFor == name || $0.party != nil && $0.party == mention.party)
      })
    else { return false }
    // Not "one of them", "the soldiers".
    return chunks.indices.contains { at in
      chunks[at].kind == .noun && scene.span(chunks[at].first..<chunks[at].end).overlaps(span)
        && (chunks[at].first..<chunks[at].end).contains { Mentions.possessives.contains(scene.form($0)) }
    }
  }

  /// What is shot, and nobody who shoots.
  func isMissile(_ kinds: NounKinds) -> Bool {
    kinds.contains(.weapon) && kinds.isSubset(of: [.weapon, .equipment, .number])
  }

  /// "A rocket fired by the rebels hit the town": who fired it.
  func shooter(_ weapon: Filler, _ mentions: Mentions) -> [Mention]? {
    guard weapon.chunk >= 0 else { return nil }
    // "the rebels' rockets", "its missiles".
    let owner = chunks[weapon.chunk].owner
    if !owner.isEmpty { return mentions.parties(Filler(units: owner, kinds: .force, chunk: -1)) }
    // "Three militant rockets": the militants'.
    for unit in chunks[weapon.chunk].first..<chunks[weapon.chunk].head {
      let isParty = scene.units[unit].meaning >= 0 && scene.names.meanings[Int(scene.units[unit].meaning)].party != nil
      guard isParty || scene.units[unit].word.noun.contains(.force) && scene.units[unit].word.nounLemma >= 0 else { continue }
      var found = mentions.parties(Filler(units: unit..<unit + 1, kinds: .force, chunk: -1))
      // "rebel rockets": the rebels'.
      if !isParty, found.count == 1, found[0].text == scene.text(scene.span(unit..<unit + 1)), !scene.units[unit].word.isPlural {
        found[0].text = Morphology.plural(found[0].text)
      }
      return found
    }
    guard weapon.chunk + 3 < chunks.count, chunks[weapon.chunk + 1].kind == .verb,
      scene.clauses.isReduced(weapon.chunk + 1),
      let agent = scene.clauses.arguments(weapon.chunk + 1).after.first(where: { $0.form == Clauses.by })
    else { return nil }
    return agent.elements.flatMap { mentions.parties(scene.filler($0)) }
  }

  /// "was brought down by a Hezbollah missile": whose it was.
  func weaponOwner(_ event: Event, _ mentions: Mentions) -> Mention? {
    guard event.verb >= 0, event.verb == event.chunk, chunks[event.verb].isPassive,
      let agent = scene.clauses.arguments(event.verb).after.first(where: { $0.form == Clauses.by })?.elements.first,
      !chunks[agent.noun].kinds.isDisjoint(with: [.weapon, .equipment, .event])
    else { return nil }
    for unit in chunks[agent.noun].first..<chunks[agent.noun].head where scene.units[unit].meaning >= 0 && !scene.units[unit].isCompound {
      guard let party = scene.names.meanings[Int(scene.units[unit].meaning)].party else { continue }
      let span = scene.span(unit..<unit + 1)
      return Mention(scene.text(span), span: span, party: party, standsFor: scene.names.name(of: party))
    }
    // "died under insurgent mortars".
    guard chunks[agent.noun].kinds.contains(.weapon) else { return nil }
    return shooter(scene.filler(agent), mentions)?.first
  }

  /// "139 Ukrainian servicemen were released": who gets back their own, where the text does not say it.
  func home(_ event: Event, _ mentions: Mentions, _ who: [Mention]) -> Mention? {
    for filler in event.roles[.what] ?? [] where filler.chunk >= 0 && !filler.kinds.isDisjoint(with: [.force, .captive, .person]) {
      guard let own = mentions.party(chunks[filler.chunk].first..<chunks[filler.chunk].end), let party = own.party,
        scene.names.isBelligerent(party), !who.contains(where: { $0.party == party })
      else { continue }
      return Mention(mentions.text(filler.units), span: scene.span(filler.units), party: party, isImplicit: true)
    }
    return nil
  }

  /// "Ten people were killed in the attack": who attacked, as the text told before.
  func attacker(_ event: Event, _ whom: [Mention], _ claims: [Claim]) -> [Mention]? {
    guard event.verb >= 0, event.verb == event.chunk,
      scene.clauses.arguments(event.verb).after.contains(where: { form, elements in
        ClaimBuilder.during.contains(form)
          && elements.contains { chunks[$0.noun].kinds.contains(.event) && ClaimBuilder.told.contains(scene.form(chunks[$0.noun].first)) }
      })
    else { return nil }
    for index in claims.indices.reversed() {
      guard scene.sentence.span.start - min(claims[index].span.end, scene.sentence.span.start) < 400 else { return nil }
      guard [.hostilities, .ceasefireViolation].contains(claims[index].type), claims[index].act != "clash", claims[index].act != "observe",
        claims[index].polarity == .positive
      else { continue }
      let who = claims[index].who
      let isSelf = whom.contains { victim in who.contains { $0.text == victim.text || $0.party != nil && $0.party == victim.party } }
      return who.isEmpty || isSelf ? nil : who
    }
    return nil
  }

  private static let told = FormSet(["the", "that", "this", "these", "those"])

  /// "the headquarters of the 25th Brigade": somebody's, where a bare name is only where it was.
  func isBuilding(_ mention: Mention) -> Bool {
    guard let first = mention.text.first, let last = mention.text.split(separator: " ").last?.first else { return false }
    return first.isLowercase && last.isUppercase && mention.text.contains(" of ")
  }

  /// Who is released, where they are people.
  func freed(_ event: Event, _ mentions: Mentions, by who: [Mention]) -> [Mention]? {
    guard let fillers = event.roles[.what], !fillers.isEmpty,
      fillers.allSatisfy({
        !$0.kinds.isDisjoint(with: [.captive, .person, .force, .someone, .pronoun, .number]) && !$0.kinds.contains(.body)
      })
    else { return nil }
    // "The rebels freed them": no rebels.
    let found = fillers.flatMap { mentions.parties($0) }.filter { freed in
      !who.contains { $0.text == freed.text || $0.party != nil && $0.party == freed.party }
    }
    return found.isEmpty ? nil : found
  }

  /// "The army accused the rebels of breaking the truce": against the army.
  func accuser(_ event: Event, _ frame: Frame, _ who: [Mention], _ chain: [Speaker]) -> Mention? {
    guard frame.type == .hostilities || frame.type == .ceasefireViolation, frame.act != "observe",
      let speaker = chain.last, let party = speaker.party, scene.names.isBelligerent(party), !who.isEmpty
    else { return nil }
    // "Kenya accused the Reed Front of the attack": a group that no layer knows, of which nobody else would be accused.
    let isCharge = speeches.last { $0.scope.contains(event.chunk) }?.cues.contains(.allegation) ?? false
    guard
      who.allSatisfy({ mention in
        mention.party.map { $0 != party && scene.names.isBelligerent($0) } ?? (isCharge && mention.text.first!.isUppercase)
      })
    else { return nil }
    return Mention(speaker.text, span: speaker.span, party: party, isImplicit: true)
  }

  /// What a bare count of victims stands for: "two soldiers were killed and three injured", "21 of them", "firing on men, killing one".
  func victims(_ event: Event, _ whom: [Mention], _ claims: [Claim]) -> [Mention] {
    guard let filler = event.roles[.whom]?.first, event.roles[.whom]?.count == 1, whom.count == 1, whom[0].standsFor == nil,
      filler.chunk >= 0, isCount(filler.chunk)
    else { return whom }
    var whom = whom
    let inner = scene.clauses.element(filler.chunk).firstInner
    if let inner, let referent = scene.pronouns[inner] {
      whom[0].standsFor = referent.text
      whom[0].party = referent.party
      return whom
    }
    func hasVictims(_ index: Int) -> Bool {
      claims[index].polarity == .positive && [.casualties, .hostilities, .ceasefireViolation].contains(claims[index].type)
        && !claims[index].whom.isEmpty
    }
    // "Three soldiers were killed. Five more died later."
    let isMore = scene.units[chunks[filler.chunk].first..<chunks[filler.chunk].end].indices.contains {
      ClaimBuilder.more.contains(scene.form($0))
    }
    let before = isMore ? claims.indices.reversed().prefix { scene.sentence.span.start - claims[$0].span.end < 200 } : [].prefix(0)
    guard inner == nil,
      let other = ofSentence(claims).first(where: hasVictims) ?? before.first(where: { hasVictims($0) && claims[$0].type == .casualties })
    else { return whom }
    whom[0].standsFor = claims[other].whom[0].standsFor ?? claims[other].whom[0].text
    whom[0].party = claims[other].whom[0].party
    return whom
  }

  /// The victims of a list that are counted each for themselves, and the parts that "including" names after them; nil for one count.
  func groups(_ event: Event, _ mentions: Mentions) -> [(filler: Filler, whom: [Mention])]? {
    guard let fillers = event.roles[.whom], let last = fillers.last, last.chunk >= 0 else { return nil }
    func isCounted(_ filler: Filler) -> Bool {
      filler.chunk >= 0
        && (scene.units[filler.units.lowerBound..<max(filler.units.lowerBound, filler.units.upperBound - 1)].contains { $0.tag == .number }
          // "three soldiers and a child".
          || fillers.count > 1 && ClaimBuilder.one.contains(scene.form(chunks[filler.chunk].first)))
    }
    // "12 soldiers and policemen": counted together with those before.
    guard isCounted(fillers[0]), fillers.allSatisfy({ isCounted($0) || !$0.kinds.isDisjoint(with: [.force, .person]) }) else { return nil }
    var at = scene.clauses.element(last.chunk).end
    while at < chunks.count, [.comma, .adverb].contains(chunks[at].kind) { at += 1 }
    if at <= event.verb {
      // "30 people were killed in the attack, | including ten soldiers".
      at = event.verb + 1
      while at < chunks.count, !Mentions.including.contains(chunks[at].form),
        [.comma, .adverb, .preposition, .noun, .time].contains(chunks[at].kind)
      { at += 1 }
    }
    let parts =
      at + 1 < chunks.count && Mentions.including.contains(chunks[at].form) && chunks[at + 1].kind == .noun
      ? scene.clauses.list(at + 1, isSubject: false).map(scene.filler).filter {
        isCounted($0) && !$0.kinds.isDisjoint(with: .victim) && !ClaimBuilder.one.contains(scene.form(chunks[$0.chunk].first))
      } : []
    var groups: [(filler: Filler, whom: [Mention])] = []
    for filler in fillers + parts {
      if isCounted(filler) {
        groups.append((filler, mentions.parties(filler)))
      } else {
        groups[groups.count - 1].whom += mentions.parties(filler)
      }
    }
    return groups.count > 1 ? groups : nil
  }

  private static let one = FormSet(["a", "an"])

  /// A bare count beside others is of their kind.
  func kin(of others: [Mention], _ counted: [Mention]) -> [Mention] {
    guard let other = others.first, counted.count == 1, counted[0].party == nil, counted[0].standsFor == nil,
      !counted[0].text.contains(" ")
    else { return counted }
    var counted = counted
    (counted[0].standsFor, counted[0].party) = (other.standsFor ?? other.text, other.party)
    return counted
  }

  /// "On the Israeli side 121 soldiers were killed": whose they were.
  func side(_ mentions: Mentions) -> Mention? {
    for at in chunks.indices.dropFirst()
    where chunks[at].kind == .noun && chunks[at].headForm == ClaimBuilder.side && chunks[at].kinds.contains(.party)
      && ClaimBuilder.beside.contains(chunks[at - 1].form)
    {
      return mentions.parties(scene.filler(scene.clauses.element(at))).first { $0.party != nil }
    }
    return nil
  }

  private static let more = FormSet(["more", "others", "another"])
  private static let side = Form("side")
  private static let beside = FormSet(["on", "among", "from"])

  /// "three", "others", "21 of them": a number without what it counts.
  private func isCount(_ chunk: Int) -> Bool {
    (chunks[chunk].first..<chunks[chunk].end).allSatisfy { unit in
      scene.units[unit].tag == .number || scene.units[unit].tag == .determiner || scene.units[unit].tag == .adverb
        || scene.units[unit].tag == .pronoun
    }
  }

  /// The other of two sides: those of the case, else the last pair that the text named, unless it told that they fought together.
  func adversary(_ who: [Mention], _ claims: [Claim]) -> Mention? {
    guard let party = who.lazy.compactMap(\.party).first, who.allSatisfy({ $0.party == nil || $0.party == party }) else { return nil }
    if scene.names.sides.count == 2, scene.names.sides.contains(where: { $0.party == party }),
      let other = scene.names.sides.first(where: { $0.party != party })
    {
      return Mention(other.name, party: other.party, isImplicit: true)
    }
    guard discourse.pair.count == 2, discourse.pair.contains(where: { $0.party == party }),
      let other = discourse.pair.first(where: { $0.party != party }), let its = other.party,
      !claims.contains(where: { claim in
        claim.act != "clash" && claim.who.contains { $0.party == party } && claim.who.contains { $0.party == its }
          && !claim.whom.contains { $0.party == party || $0.party == its }
      })
    else { return nil }
    return Mention(other.text, party: its, isImplicit: true)
  }
}

extension [Mention] {
  /// Makes those whose party nobody says somebody's, where they meet a condition.
  mutating func belong(to owner: Mention, where isMeant: (Mention) -> Bool = { _ in true }) {
    for index in indices where self[index].party == nil && isMeant(self[index]) {
      self[index].party = owner.party
      if self[index].standsFor == nil { self[index].standsFor = owner.text }
    }
  }
}
