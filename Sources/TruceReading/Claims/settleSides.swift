// Whom fighting, captures and exchanges were with, where a text leaves it out and tells of two sides only.
internal import TruceModel

/// The sides of a text's fighting, by party or, for those without one, by name or as "rebels" and "army".
struct Sides {
  private enum Side: Hashable {
    case party(PartyID)
    case named(Form)
    case rebels, army
  }

  /// In the order in which the text names them, with the mention that says it best.
  private var found: [(side: Side, mention: Mention, count: Int)] = []
  private let core: ReaderCore

  init(_ core: ReaderCore) { self.core = core }

  /// Whether the text tells of two, and of others hardly ever; puts the two first.
  mutating func areTwo() -> Bool {
    // A name that no layer knows, told of once, is no side beside others.
    func isPassing(_ side: Side, _ count: Int) -> Bool { if case .named = side { count < 2 } else { false } }
    found.sort { (isPassing($1.side, $1.count) ? 1 : 0, $0.count) > (isPassing($0.side, $0.count) ? 1 : 0, $1.count) }
    guard found.count > 1 else { return false }
    guard let third = found.dropFirst(2).first(where: { !isPassing($0.side, $0.count) }) else { return true }
    return third.count * Sides.rarely <= found[1].count || third.count * 5 <= found[0].count && third.count * 2 <= found[1].count
  }

  /// A third side counts where it is named more often than once in so many times of the second.
  private static let rarely = 3

  var count: Int { found.count }

  /// "The parties", "both sides", where nothing before told who they are: each of the two.
  func named(_ mentions: [Mention]) -> [Mention] {
    guard mentions.count == 1, mentions[0].party == nil, mentions[0].standsFor == nil,
      Mentions.side.contains(Form(lastWordOf: mentions[0].text)) || mentions[0].text.hasSuffix(" side")
    else { return mentions }
    return both.map { side in
      var mention = mentions[0]
      (mention.party, mention.standsFor) = (side.party, side.standsFor ?? side.text)
      return mention
    }
  }

  /// The two, where there are.
  var both: [Mention] { (0..<min(2, found.count)).map(implicit) }

  /// The state of the two, where the other is none.
  var onlyState: Mention? {
    let states = (0..<min(2, found.count)).filter { index in
      switch found[index].side {
      case .party(let party): core.states.contains(party)
      case .army: true
      default: false
      }
    }
    return states.count == 1 ? implicit(states[0]) : nil
  }

  /// Counts those who act or suffer in a claim.
  mutating func note(_ claim: Claim) {
    note(claim.who)
    // "in northern Iraq": where it was, and no side for that.
    if claim.type != .exchange {
      note(
        claim.whom.filter { whom in
          !(whom.party.map(core.states.contains) ?? false)
            || !claim.places.contains { $0.span.map { whom.span?.overlaps($0) ?? false } ?? false }
        })
    }
  }

  private mutating func note(_ mentions: [Mention]) {
    // No mission, no mediator.
    for mention in mentions where mention.party.map(core.isBelligerent) ?? true {
      guard !isCivilian(mention.text), let side = side(mention) else { continue }
      if let index = found.firstIndex(where: { isSame($0.side, side) || $0.mention.text == mention.text }) {
        found[index].count += 1
        // "The government", and "government positions".
        let known = found[index].mention.text
        if mention.text.count < known.count, known.contains(mention.text) || isCounted(known) && !isCounted(mention.text) {
          found[index].mention.text = mention.text
        }
        // "The militants", and the movement that they are.
        switch (found[index].side, side) {
        case (.rebels, .named),
          (_, .party) where found[index].mention.party == nil:
          break
        default: continue
        }
        found[index].side = side
        found[index].mention.party = mention.party
        found[index].mention.standsFor = mention.standsFor ?? mention.text
      } else {
        var mention = mention
        if mention.party == nil, mention.standsFor == nil, let letters = Sides.letters(of: mention.text) { mention.text = letters }
        found.append((side, mention, 1))
      }
    }
  }

  /// "two other rebel groups", "one fighter": not all of them.
  private func isCounted(_ text: String) -> Bool {
    guard let first = text.split(separator: " ").first else { return false }
    if first.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2C }) { return true }
    guard let word = core.builder.lexicon.words[Form(String(first))] else { return false }
    return word.classes.contains(.number) || Sides.some.contains(Form(String(first)))
  }

  /// "At least 35 rebels", "five of the rebels": the rebels.
  private func uncounted(_ text: String) -> String {
    let words = text.split(separator: " ")
    guard
      var last = words.dropLast().lastIndex(where: {
        $0.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2C }
          || core.builder.lexicon.words[Form(String($0))]?.classes.contains(.number) ?? false
      })
    else { return text }
    while last + 2 < words.count, ["of", "the", "other", "more"].contains(words[last + 1]) { last += 1 }
    return words[(last + 1)...].joined(separator: " ")
  }

  private static let some = FormSet(["other", "another", "last", "first", "some", "several", "many", "more", "few", "suspected"])

  private static let tellers = FormSet([
    "Agency", "agency", "Observatory", "Television", "television", "TV", "Radio", "radio", "newspaper", "channel", "Channel", "News",
  ])

  static let pairs = FormSet(["both", "each"])
  static let theTwo = [Form("the"), Form("two")]

  /// Whether words name rebels.
  static func isRebel(_ text: String) -> Bool {
    text.split(separator: " ").contains { word in
      let form = Form(String(word))
      return Mentions.rebelWords.contains(form) || rebel.contains(form) || form == Form("fighters")
    }
  }

  /// Whether words name soldiers or rebels.
  static func fights(_ text: String) -> Bool {
    text.split(separator: " ").contains { word in
      let form = Form(String(word))
      return Mentions.rebelWords.contains(form) || rebel.contains(form) || Mentions.armyWords.contains(form) || soldier.contains(form)
    }
  }

  /// "A Palestinian man": hurt, and no side for that.
  private func isCivilian(_ text: String) -> Bool {
    guard let last = text.split(separator: " ").last, last.first?.isLowercase ?? false else { return false }
    guard let kinds = core.builder.lexicon.words[Form(String(last))]?.noun else { return false }
    return kinds.contains(.person) && kinds.isDisjoint(with: [.force, .party, .office])
  }

  /// The other side of two; nil where the mentions are of none of them, or of both.
  func other(than mentions: [Mention]) -> Mention? {
    guard let index = index(of: mentions) else { return nil }
    return implicit(1 - index)
  }

  /// Which of the two sides mentions are of; nil where they are of none of them, or of both.
  func index(of mentions: [Mention]) -> Int? {
    let own = Set(
      mentions.compactMap { mention in
        side(mention).flatMap { side in found.firstIndex { $0.mention.text == mention.text || isSame($0.side, side) } }
      })
    guard own.count == 1, let index = own.first, index < 2, found.count > 1 else { return nil }
    return index
  }

  /// One of the two, left out by the text: a state by its name, whatever of it the text names; a movement in the text's own words.
  func implicit(_ index: Int) -> Mention {
    let mention = found[index].mention
    let state = mention.party.flatMap { core.states.contains($0) ? core.name(of: $0) : nil }
    let name = state ?? mention.standsFor
    return Mention(name ?? uncounted(mention.text), party: mention.party, isImplicit: true, standsFor: name.map { _ in mention.text })
  }

  /// "The rebels" are the only armed group that the text names, "the army" is the only state's.
  private func isSame(_ one: Side, _ other: Side) -> Bool {
    if one == other { return true }
    switch (one, other) {
    case (.party(let party), .rebels), (.rebels, .party(let party)): return core.rebels.contains(party)
    case (.party(let party), .army), (.army, .party(let party)): return !core.rebels.contains(party)
    case (.named, .rebels), (.rebels, .named): return true
    default: return false
    }
  }

  private func side(_ mention: Mention) -> Side? {
    if let party = mention.party { return .party(party) }
    // "The Reed News Agency" tells of the war.
    if Sides.tellers.contains(Form(lastWordOf: mention.standsFor ?? mention.text)) { return nil }
    // "President Hale", of a state that no layer knows: a man, and no side.
    if mention.standsFor == nil, let title = mention.text.split(separator: " ").first,
      core.builder.lexicon.words[Form(String(title))]?.classes.contains(.title) ?? false
    {
      return nil
    }
    if let name = mention.standsFor, isName(name) { return .named(Form(Sides.plain(name))) }
    if mention.text.hasSuffix("armed group") { return .rebels }
    // "one OLF fighter": the OLF's.
    if let letters = Sides.letters(of: mention.text) { return .named(Form(letters)) }
    // "Rebel forces" are no army.
    let forms = mention.text.split(separator: " ").map { Form(String($0)) }
    if forms.contains(where: { Mentions.rebelWords.contains($0) || Sides.rebel.contains($0) }) { return .rebels }
    if forms.contains(where: { Mentions.armyWords.contains($0) || Sides.soldier.contains($0) }), !isName(mention.text) { return .army }
    if Sides.bodies.contains(Form(lastWordOf: mention.text)) { return nil }
    if isName(mention.text) { return .named(Form(Sides.plain(mention.text))) }
    return Mentions.isOfState(mention.text) ? .army : nil
  }

  /// The letters by which a text calls an armed group, within words: "OLF" of "OLF fighters".
  private static func letters(of text: String) -> String? {
    // Of most texts the first look tells: three capitals in a row.
    var capitals = 0
    guard
      text.utf8.contains(where: {
        capitals = (0x41...0x5A).contains($0) ? capitals + 1 : 0
        return capitals == 3
      })
    else { return nil }
    let words = text.split(separator: " ")
    guard words.count > 1, words.last!.first!.isLowercase else { return nil }
    return words.first { $0.utf8.count > 2 && $0.allSatisfy { $0.isUppercase } }.map(String.init)
  }

  /// "Orlin Liberation Front (OLF)" without its letters.
  private static func plain(_ name: String) -> String { name.split(separator: " (").first.map(String.init) ?? name }

  /// "Orlin Liberation Front (OLF)", and not "Rebels", "two soldiers".
  private func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first?.first, first.isUppercase else { return false }
    return words.dropFirst().contains { $0.first!.isUppercase } || words.count == 1 && core.builder.lexicon.words.index(of: Form(text)) < 0
  }
}

extension ReadingWork {
  /// Names who or whom the text leaves out where it tells of two sides, marked as left out: the other side in fighting, in what was taken, in
  /// exchanges and in what is owed; whose deed the victims were; who took what fell; whom a ceasefire or an agreement binds.
  mutating func settleSides() {
    settlePartners()
    settleLeavers()
    settleTakers()
    settleReleases()
    var sides = Sides(core)
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
    settleRetold()
    settleDeals()
    settleTargets(thatFight: true)
    let areTwo = sides.areTwo()
    settleWeapons(areTwo ? sides.onlyState : nil)
    if areTwo { fill(sides) }
    settleTargets(thatFight: false)
  }

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
        if isClash, claims[index].whom.isEmpty {
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
      guard claims[index].whom.isEmpty, !claims[index].who.contains(where: { isOfTwo($0.text) }),
        let other = sides.other(than: claims[index].who)
      else { continue }
      let isAgainst =
        ClaimBuilder.adversarial.contains(claims[index].type) && claims[index].act != "observe" && claims[index].act != "withdrew"
      let isWith = claims[index].type == .agreementSigned || claims[index].type == .ceasefireStart && claims[index].act != "lull"
      guard isAgainst || isWith || claims[index].type == .commitment && discourse.agreement >= 0 else { continue }
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
    guard let state = discourse.theatre else { return }
    let owner = Mention(state.text, party: state.party)
    func isOpen(_ mention: Mention) -> Bool { mention.party == nil && Mentions.isOfState(mention.text) }
    for index in claims.indices where claims[index].who.contains(where: isOpen) || claims[index].whom.contains(where: isOpen) {
      claims[index].who.belong(to: owner, where: isOpen)
      claims[index].whom.belong(to: owner, where: isOpen)
      note(index, .init(what: "party", how: "the state that the text is about: \(state.text)", span: nil))
    }
  }
}

extension Sides {
  static let air = FormSet(["air", "airstrike", "airstrikes", "aerial", "warplanes", "jets"])
  /// Who tells of a war, or watches it.
  private static let bodies = FormSet([
    "agency", "news", "observatory", "ministry", "radio", "television", "newspaper", "court", "mission", "commission", "office", "union",
    "council",
  ])
  private static let rebel = FormSet(["insurgent", "militant", "guerrilla", "guerrillas", "separatist", "fighter", "militiamen"])
  private static let soldier = FormSet(["soldier", "serviceman", "policeman", "policemen", "airmen", "servicewomen"])

  /// Acts by which somebody comes to hold a place.
  fileprivate static let columns: Set<String> = ["convoy", "convoys", "last convoy", "aid convoy", "first convoy"]
  fileprivate static let takes: Set<String> = ["captured", "regained", "entered"]
  /// Acts that the text may tell without who took the place.
  static let falls: Set<String> = ["captured", "regained", "fell", "entered"]
}

extension Mention {
  /// Whether it is of the same party, or of the same name.
  func isSame(as other: Mention) -> Bool {
    if let party, let its = other.party { return party == its }
    return (standsFor ?? text) == (other.standsFor ?? other.text)
  }
}
