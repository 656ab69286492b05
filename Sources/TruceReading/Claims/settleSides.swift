// Whom fighting, captures and exchanges were with, where a text leaves it out and tells of two sides only.
internal import TruceModel

extension ReadingWork {
  /// Names who or whom the text leaves out where it tells of two sides, marked as left out: the other side in fighting, in what was taken, in
  /// exchanges and in what is owed; whose deed the victims were; who took what fell; whom a ceasefire or an agreement binds.
  mutating func settleSides() {
    settlePartners()
    settleLeavers()
    settleTakers()
    settleReleases()
    var sides = Sides(core, discourse)
    for index in claims.indices where ClaimBuilder.adversarial.contains(claims[index].type) { sides.note(claims[index]) }
    if sides.count < 2 {
      for index in claims.indices where claims[index].type == .agreementSigned || claims[index].type == .ceasefireStart {
        // Who signs for a side is not the side.
        func isPerson(_ mention: Mention) -> Bool {
          mention.party == nil && learner.isPerson(Form(lastWordOf: mention.text))
        }
        var claim = claims[index]
        claim.who.removeAll(where: isPerson)
        claim.whom.removeAll(where: isPerson)
        sides.note(claim)
      }
    }
    for index in claims.indices where ReadingWork.binding.contains(claims[index].type) { sides.noteBound(claims[index]) }
    settleRetold()
    settleDeals()
    settleTargets(thatFight: true)
    let areTwo = sides.areTwo()
    settleWeapons(areTwo ? sides.onlyState : nil)
    fill(sides)
    settleTargets(thatFight: false)
    settleKillers()
  }

  private static let binding: ClaimTypes = [.agreementSigned, .ceasefireStart, .commitment]

  /// The other of two sides, wherever the text leaves it out.
  private mutating func fill(_ sides: Sides) {
    for index in claims.indices {
      claims[index].who = sides.named(claims[index].who)
      claims[index].whom = sides.named(claims[index].whom)
    }
    let onlyTaker = taker(sides)
    for index in claims.indices {
      switch claims[index].type {
      case .exchange:
        fill(who: index, sides.other(than: claims[index].whom))
        // "released 66 prisoners": the other side's.
        if let other = sides.other(than: claims[index].who), sides.index(of: claims[index].whom) == nil {
          claims[index].whom.belong(to: other) { $0.standsFor == nil }
        }
      case .casualties: fill(who: index, sides.other(than: claims[index].whom))
      case .hostilities where claims[index].who.isEmpty, .ceasefireViolation where claims[index].who.isEmpty:
        let isClash = claims[index].act == "clash"
        let hurt = claims[index].whom.isEmpty && !isClash ? victims(with: index) : claims[index].whom
        fill(who: index, sides.other(than: hurt))
        // "Air strikes hit the town": rebels have no aircraft.
        if claims[index].who.isEmpty, !isClash, isFromTheAir(claims[index]) { fill(who: index, sides.onlyState) }
        if isClash, claims[index].whom.isEmpty, sides.both.count == 2 {
          // "Fighting broke out near the town."
          for side in sides.both { add(who: index, side) }
          claims[index].whom = [claims[index].who[1]]
        }
      case .controlChange where Sides.falls.contains(claims[index].act): fill(who: index, taker(of: index, sides, onlyTaker))
      case .ceasefireStart where claims[index].who.isEmpty && claims[index].act != "lull":
        // "The truce came into force": the one of which the text told last.
        let told = claims[..<index].last { $0.type == .ceasefireStart && !$0.who.isEmpty }
        for side in told?.who ?? sides.both { add(who: index, side) }
        if let told, claims[index].whom.isEmpty { claims[index].whom = told.whom }
      case .agreementSigned where claims[index].who.isEmpty && claims[index].whom.isEmpty:
        let told = claims.first { $0.span == claims[index].span && $0.who.count == 2 && $0.type == .commitment }
        for side in told?.who ?? sides.both { add(who: index, side) }
      default: break
      }
      // A truce or an accord of two is of the one with the other.
      if claims[index].type == .ceasefireStart || claims[index].type == .agreementSigned, claims[index].whom.isEmpty,
        claims[index].who.count == 2
      {
        claims[index].whom = [claims[index].who[1]]
      }
      // "Attacked fortified positions", "shelled a convoy": the other side's.
      if claims[index].type == .hostilities || claims[index].type == .ceasefireViolation, !claims[index].whom.isEmpty,
        claims[index].whom.allSatisfy(isMateriel), let other = sides.other(than: claims[index].who)
      {
        claims[index].whom.belong(to: other)
      }
      guard claims[index].whom.isEmpty, !claims[index].who.contains(where: { isOfTwo($0.text) }) else { continue }
      let isAgainst =
        ClaimBuilder.adversarial.contains(claims[index].type) && claims[index].act != "observe" && claims[index].act != "withdrew"
      let isWith = claims[index].type == .agreementSigned || claims[index].type == .ceasefireStart && claims[index].act != "lull"
      guard isAgainst || isWith || claims[index].type == .commitment && discourse.agreement >= 0,
        // Whom somebody is known to fight need not be whom he promises something.
        let other = isAgainst ? sides.other(than: claims[index].who) : sides.partner(of: claims[index].who)
      else { continue }
      claims[index].whom = [other]
      note(index, .init(what: "whom", how: "the other of the text's two sides: \(other.text)", span: nil))
    }
  }

  /// "The army entered the town after the rebels had left": whom it took the place from.
  private mutating func settleLeavers() {
    for index in claims.indices {
      var left = claims[index]
      // "after government troops fled".
      if left.type == .displacement, left.whom.contains(where: { Sides.fights($0.text) }) { left.who = left.whom }
      guard left.type == .displacement || left.type == .controlChange && left.act == "withdrew", !left.who.isEmpty else { continue }
      for other in claims.indices where claims[other].span == left.span && claims[other].type == .controlChange {
        guard Sides.takes.contains(claims[other].act) || claims[other].act == "fell", claims[other].whom.isEmpty,
          // "The last convoy left and the army took the city": nobody's foe.
          !left.who.contains(where: { $0.party == nil && Sides.columns.contains($0.text) }),
          !left.who.contains(where: { left in claims[other].who.contains { $0.isSame(as: left) } })
        else { continue }
        claims[other].whom = left.who
        note(other, .init(what: "whom", how: "who left, by the same sentence", span: nil))
      }
    }
  }

  /// "The prisoners were flown home": by who released them, as the text told before.
  private mutating func settleReleases() {
    var who: [Mention] = []
    var trigger: ByteSpan?
    for index in claims.indices where claims[index].type == .exchange && claims[index].act == "return" {
      // "freed two soldiers in return for six rebels": those not by the same.
      if claims[index].who.isEmpty, !who.isEmpty, claims[index].trigger != trigger, claims[index].modality != .planned,
        claims[index].whom.allSatisfy({ whom in !who.contains { $0.isSame(as: whom) } })
      {
        for side in who { add(who: index, side) }
      }
      if !claims[index].who.isEmpty { (who, trigger) = (claims[index].who, claims[index].trigger) }
    }
  }

  /// "The two countries", "both sides": nobody is left beside them.
  private func isOfTwo(_ text: String) -> Bool {
    let words = text.split(separator: " ").prefix(2).map { Form(String($0)) }
    return words.first.map(Sides.pairs.contains) ?? false || words == Sides.theTwo
  }

  private mutating func fill(who index: Int, _ side: Mention?) {
    guard claims[index].who.isEmpty, let side else { return }
    add(who: index, side)
  }

  mutating func add(who index: Int, _ side: Mention) {
    var side = side
    side.isImplicit = true
    claims[index].who.append(side)
    note(index, .init(what: "who", how: "of the text's two sides: \(side.text)", span: nil))
  }

  /// "An air strike", "aerial bombing".
  private func isFromTheAir(_ claim: Claim) -> Bool {
    guard let trigger = claim.trigger else { return false }
    return Document.text(document.bytes, trigger).split(separator: " ").contains { Sides.air.contains(Form(String($0))) }
  }

  /// The side that takes places, where no other does in the whole text.
  private func taker(_ sides: Sides) -> Mention? {
    var takers: Set<Int> = []
    for claim in claims where claim.type == .controlChange && Sides.takes.contains(claim.act) && claim.polarity == .positive {
      if let index = sides.index(of: claim.who) { takers.insert(index) }
    }
    return takers.count == 1 ? sides.implicit(takers.first!) : nil
  }

  /// Whom the sentence of a claim tells to be hurt: "Four soldiers were killed in an ambush".
  private func victims(with index: Int) -> [Mention] {
    sentence(of: index).first { claims[$0].type == .casualties }.map { claims[$0].whom } ?? []
  }

  /// "The town was retaken": by the other than who took it before, else by the state.
  private func taker(of index: Int, _ sides: Sides, _ only: Mention?) -> Mention? {
    guard claims[index].act == "regained", let place = claims[index].places.first else { return only }
    let taken = (0..<index).last { other in
      claims[other].type == .controlChange && Sides.takes.contains(claims[other].act) && !claims[other].who.isEmpty
        && claims[other].places.contains { $0.text == place.text }
    }
    if let taken { return sides.other(than: claims[taken].who) }
    return only.flatMap { $0.party.map(core.states.contains) ?? false ? $0 : nil }
  }

  /// "Under the accord the rebels must leave": they owe it to the other that signed.
  private mutating func settlePartners() {
    var signed: (one: [Mention], other: [Mention])?
    for index in claims.indices {
      if claims[index].type == .agreementSigned {
        let (who, whom) = (claims[index].who, claims[index].whom)
        if who.count == 1, whom.count == 1 { signed = (who, whom) }
        if who.count == 2, whom.isEmpty || whom == [who[1]] { signed = ([who[0]], [who[1]]) }
      }
      guard let signed, claims[index].type == .commitment, claims[index].whom.isEmpty, let who = claims[index].who.first else { continue }
      let isOne = signed.one[0].isSame(as: who)
      guard isOne != signed.other[0].isSame(as: who) else { continue }
      var other = isOne ? signed.other[0] : signed.one[0]
      other.isImplicit = true
      claims[index].whom = [other]
      note(index, .init(what: "whom", how: "with whom it was agreed: \(other.text)", span: nil))
    }
  }

  /// What is owed at no place that the text names is owed in the land that the whole text is about.
  mutating func settleDuties() {
    guard let land = discourse.theatre, land.kinds.contains(.place) else { return }
    for index in claims.indices where claims[index].type == .commitment && claims[index].places.isEmpty {
      claims[index].places = [PlaceMention(land.text, span: nil, place: land.place)]
      note(index, .init(what: "where", how: "the land that the text is about: \(land.text)", span: nil))
    }
  }

  /// "The army", "government troops" of a first sentence: of the state that the whole text is about.
  mutating func settleStates() {
    guard let state = discourse.theatre, !core.isPeople(state.party) else { return }
    let owner = Mention(state.text, party: state.party)
    func isOpen(_ mention: Mention) -> Bool { mention.party == nil && Mentions.isOfState(mention.text) }
    for index in claims.indices where claims[index].who.contains(where: isOpen) || claims[index].whom.contains(where: isOpen) {
      claims[index].who.belong(to: owner, where: isOpen)
      claims[index].whom.belong(to: owner, where: isOpen)
      note(index, .init(what: "party", how: "the state that the text is about: \(state.text)", span: nil))
    }
  }
}

extension Mention {
  /// Whether it is of the same party, or of the same name.
  func isSame(as other: Mention) -> Bool {
    if let party, let its = other.party { return party == its }
    return (standsFor ?? text) == (other.standsFor ?? other.text)
  }
}
