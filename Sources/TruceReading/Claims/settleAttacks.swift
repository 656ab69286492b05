// Who attacked and whom, where another claim of the sentence or the one before tells it.
internal import TruceModel

extension ReadingWork {
  /// "took the town after fighting", "the town was attacked and fell to the rebels", "freed two men captured in June": who took or freed in
  /// the same sentence fought, attacked and captured.
  mutating func settleTakers() {
    for index in claims.indices where claims[index].who.isEmpty && claims[index].type == .hostilities {
      let isCapture = claims[index].act == "capture"
      guard isCapture || ReadingWork.breaches.contains(claims[index].act) else { continue }
      let sentence = sentence(of: index)
      if !isCapture, let hurt = sentence.first(where: { isHurt(in: index, $0) }) {
        if claims[index].act != "clash" {
          // "killed 40 soldiers in an attack on the camp", "killed two people in shelling": who killed.
          for side in claims[hurt].who { add(who: index, side) }
        } else if !claims[hurt].who.isEmpty, claims[index].whom.isEmpty {
          // "Soldiers killed nine rebels in clashes": they, with whom they killed.
          for side in claims[hurt].who + claims[hurt].whom { add(who: index, side) }
          claims[index].whom = claims[hurt].whom
        } else if claims[hurt].who.isEmpty || claims[hurt].who == claims[index].whom,
          claims[hurt].whom.contains(where: { Sides.fights($0.text) })
        {
          // "Three soldiers were hurt in a clash with rebels."
          for side in claims[hurt].whom { add(who: index, side) }
          if claims[hurt].who.isEmpty { for side in claims[index].whom { add(who: hurt, side) } }
        }
        if !claims[index].who.isEmpty { continue }
      }
      let takers = sentence.filter {
        !claims[$0].who.isEmpty && claims[$0].polarity == .positive
          && (claims[$0].type == .controlChange && Sides.falls.contains(claims[$0].act) || isCapture && claims[$0].type == .exchange)
      }
      guard let taker = takers.first, takers.allSatisfy({ claims[$0].who == claims[taker].who }),
        isCapture || claims[index].places.isEmpty || claims[index].places.first?.text == claims[taker].places.first?.text
      else { continue }
      for side in claims[taker].who { add(who: index, side) }
    }
  }

  /// Whether a claim tells of who was hurt in the fighting that another of its sentence tells.
  private func isHurt(in fighting: Int, _ index: Int) -> Bool {
    guard claims[index].type == .casualties, claims[index].polarity == .positive else { return false }
    if claims[fighting].act != "clash" { return !claims[index].who.isEmpty }
    if claims[fighting].whom.isEmpty {
      return !claims[index].who.isEmpty && claims[index].whom.contains { $0.party != nil || Sides.fights($0.text) }
    }
    return !claims[index].whom.contains { whom in claims[fighting].whom.contains { $0.isSame(as: whom) } }
  }

  /// "The accord, which was agreed on Monday": by those of whom the text told last that they signed one.
  mutating func settleDeals() {
    var told: Int?
    for index in claims.indices where claims[index].type == .agreementSigned && claims[index].modality != .planned {
      if claims[index].who.isEmpty, claims[index].whom.isEmpty {
        guard let told, claims[index].span.start - claims[told].span.end < 600, claims[told].span != claims[index].span else { continue }
        for side in claims[told].who { add(who: index, side) }
        claims[index].whom = claims[told].whom
      } else if claims[index].who.count + claims[index].whom.count > 1 {
        told = index
      }
    }
  }

  /// "Gunmen attacked a base. The attack took place at dawn": the same attack, by the same and on the same.
  mutating func settleRetold() {
    for index in claims.indices.dropFirst() where claims[index].isAttack && claims[index].who.isEmpty && claims[index].whom.isEmpty {
      guard isDefinite(claims[index]) else { continue }
      var before = index - 1
      while before >= 0, claims[before].span == claims[index].span { before -= 1 }
      guard before >= 0, claims[index].span.start - claims[before].span.end < 200 else { continue }
      let span = claims[before].span
      while before >= 0, claims[before].span == span, !claims[before].isAttack || claims[before].who.isEmpty { before -= 1 }
      guard before >= 0, claims[before].span == span, (claims[before].act == "clash") == (claims[index].act == "clash") else { continue }
      for side in claims[before].who { add(who: index, side) }
      claims[index].whom = claims[before].whom
    }
  }

  /// Whether "the" stands before the words of a claim.
  private func isDefinite(_ claim: Claim) -> Bool {
    guard let start = claim.trigger?.start, start >= 4 else { return false }
    let bytes = document.bytes[(start - 4)..<start]
    return bytes.last == 0x20 && bytes.dropLast().map { $0 | 0x20 } == Array("the".utf8)
  }

  /// "A bomb went off in Orlin, killing two soldiers": those whom the attack hurt, where the text says no more of whom it was on.
  ///
  /// - Parameter thatFight: true for soldiers and rebels alone, whoever else the text's sides are.
  mutating func settleTargets(thatFight: Bool) {
    for index in claims.indices where claims[index].isAttack && claims[index].act != "clash" && claims[index].whom.allSatisfy(isThing) {
      let sentence = sentence(of: index)
      let isOnly = !sentence.contains { $0 != index && claims[$0].isAttack }
      let hurt = sentence.first { isHurt($0, by: index, isOnly: isOnly) }.map { claims[$0] }
      guard let hurt, !thatFight || hurt.whom.contains(where: { Sides.fights($0.text) }) else { continue }
      claims[index].whom += hurt.whom
      note(index, .init(what: "whom", how: "whom it hurt, by the same sentence", span: hurt.trigger))
    }
  }

  /// "Eleven people were killed in an air strike": by those whose strike it was, where only the whole text tells it.
  mutating func settleKillers() {
    for index in claims.indices where claims[index].type == .casualties && claims[index].who.isEmpty && claims[index].polarity == .positive
    {
      let attacks = sentence(of: index).filter { claims[$0].isAttack && claims[$0].act != "clash" }
      guard let attack = attacks.first, attacks.allSatisfy({ claims[$0].who == claims[attack].who }),
        attacks.contains(where: { isHurt(index, by: $0, isOnly: attacks.count == 1) })
      else { continue }
      let who = claims[attack].who
      // Fire on one side kills nobody of another.
      let victims = claims[index].whom.compactMap(\.party)
      let attacked = claims[attack].whom.compactMap(\.party)
      let isUnlike = !victims.isEmpty && !attacked.isEmpty && !attacked.contains(where: victims.contains)
      guard !isUnlike, !claims[index].whom.contains(where: { whom in who.contains { $0.isSame(as: whom) } }) else { continue }
      for side in who { add(who: index, side) }
    }
  }

  /// "Positions", "a convoy", "an arms depot": what those have who fight, and whose the text does not say.
  func isMateriel(_ mention: Mention) -> Bool {
    guard mention.party == nil, mention.standsFor == nil else { return false }
    guard core.kinds(lastWordOf: mention.text).contains(.materiel) else { return false }
    // "An aid convoy" is nobody's who fights.
    let words = core.builder.lexicon.words
    return !mention.text.split(separator: " ").contains { words[Form(String($0))]?.noun.contains(.aid) ?? false }
  }

  /// "An arms depot", "a car": hit, and whose the text does not say.
  private func isThing(_ mention: Mention) -> Bool {
    guard mention.party == nil, mention.standsFor == nil else { return false }
    let kinds = core.kinds(lastWordOf: mention.text)
    return !kinds.isDisjoint(with: [.equipment, .post, .place]) && kinds.isDisjoint(with: [.force, .person, .office])
  }

  /// The claims of one sentence, which stand together.
  func sentence(of index: Int) -> Range<Int> {
    let span = claims[index].span
    var (first, end) = (index, index + 1)
    while first > 0, claims[first - 1].span == span { first -= 1 }
    while end < claims.count, claims[end].span == span { end += 1 }
    return first..<end
  }

  /// Whether a claim tells of those whom an attack of its sentence hurt; of one that is not the only one, at the same place.
  private func isHurt(_ index: Int, by attack: Int, isOnly: Bool) -> Bool {
    guard claims[index].type == .casualties, claims[index].polarity == .positive, !claims[index].whom.isEmpty else { return false }
    guard
      claims[index].who.isEmpty || claims[attack].who.isEmpty || claims[index].who.map(\.text) == claims[attack].who.map(\.text)
    else { return false }
    return isOnly || claims[index].places.isEmpty || claims[attack].places.isEmpty || claims[index].places == claims[attack].places
  }

  /// "Helicopters bombed the port": of the state whose jets the text named, else of the only state that fights in it; rebels have none.
  mutating func settleWeapons(_ state: Mention?) {
    let indices = claims.indices.filter {
      [.hostilities, .ceasefireViolation, .casualties].contains(claims[$0].type)
        && claims[$0].who.contains { $0.party == nil && core.isWarcraft($0.text) }
    }
    guard !indices.isEmpty else { return }
    let named = claims.lazy.flatMap(\.who).first { $0.party != nil && core.isWarcraft($0.text) }
      .map { Mention($0.party.flatMap(core.name(of:)) ?? $0.text, party: $0.party) }
    guard let owner = named ?? state ?? onlyFighter() else { return }
    for index in indices { claims[index].who.belong(to: owner) { core.isWarcraft($0.text) } }
  }

  /// The only state that attacks somebody or takes something in the whole text.
  private func onlyFighter() -> Mention? {
    var only: PartyID?
    for claim in claims where claim.type == .hostilities || claim.type == .casualties || claim.type == .controlChange {
      for party in claim.who.lazy.compactMap(\.party) where core.states.contains(party) && !core.isPeople(party) {
        if let only, only != party { return nil }
        only = party
      }
    }
    return only.flatMap { party in core.name(of: party).map { Mention($0, party: party) } }
  }
}

extension Claim {
  /// Whether it tells of an attack or a fight that took place.
  fileprivate var isAttack: Bool {
    (type == .hostilities || type == .ceasefireViolation) && polarity == .positive && modality != .denied && modality != .planned
      && ReadingWork.breaches.contains(act)
  }
}
