// The sides of a text's fighting: who is on which, and what words name them.
internal import TruceModel

/// The sides of a text's fighting, by party or, for those without one, by name or as "rebels" and "army".
struct Sides {
  enum Side: Hashable {
    case party(PartyID)
    case named(Form)
    case rebels, army
  }

  /// In the order in which the text names them, with the mention that says it best.
  var found: [(side: Side, mention: Mention, count: Int)] = []
  /// Who fought whom, and who fought beside whom, as they stand in `found`.
  var foes: [(one: Int, other: Int)] = []
  var allies: [(one: Int, other: Int)] = []
  /// Those who sign, promise or keep a truce.
  var bound: Set<Int> = []
  /// The parties of truces and agreements.
  private var partners: Set<PartyID> = []
  /// For each of `found` on which of two sides it fights; nil for those on neither.
  var camps: [Int?] = []
  /// The foremost of each of the two.
  var leaders: [Int] = []
  let core: ReaderCore
  let discourse: Discourse
  private let memo = Memo()

  /// What a mention without a party is called.
  private struct Words: Hashable {
    let text: String
    let standsFor: String?
  }

  /// The sides found by words alone: a text names the same ones over and over.
  private final class Memo {
    var sides: [Words: Side?] = [:]
  }

  init(_ core: ReaderCore, _ discourse: Discourse) { (self.core, self.discourse) = (core, discourse) }

  /// A third side counts where it is named more often than once in so many times of the second.
  static let rarely = 3

  var count: Int { found.count }

  /// "The parties", "both sides", "the factions", where nothing before told who they are: each of the two; "both countries" the two states that
  /// the text names most.
  func named(_ mentions: [Mention]) -> [Mention] {
    guard mentions.count == 1, mentions[0].party == nil, mentions[0].standsFor == nil else { return mentions }
    let word = Form(lastWordOf: mentions[0].text)
    guard
      Mentions.side.contains(word) || mentions[0].text.hasSuffix(" side")
        || Sides.factions.contains(word)
          && mentions[0].text.split(separator: " ").dropLast().allSatisfy({ Sides.rival.contains(Form(String($0))) })
    else { return mentions }
    var sides = both
    let areStates = sides.allSatisfy { $0.party.map(core.states.contains) ?? false }
    if Sides.lands.contains(word), sides.isEmpty || !areStates { sides = discourse.twoMostNamed }
    guard sides.count == 2 else { return mentions }
    return sides.map { side in
      var mention = mentions[0]
      (mention.party, mention.standsFor) = (side.party, side.standsFor ?? side.text)
      return mention
    }
  }

  private static let rival = FormSet(["the", "both", "two", "rival", "warring", "opposing"])
  private static let factions = FormSet(["factions", "groups"])
  private static let lands = FormSet(["countries", "nations", "neighbours", "neighbors"])

  /// The two, where there are.
  var both: [Mention] { leaders.indices.map(implicit) }

  /// The state of the two, where the other is none.
  var onlyState: Mention? {
    let states = leaders.indices.filter { index in
      switch found[leaders[index]].side {
      case .party(let party): core.states.contains(party) && !core.peoples.contains(party)
      case .army: true
      default: false
      }
    }
    return states.count == 1 ? implicit(states[0]) : nil
  }

  /// Counts those who act or suffer in a claim.
  mutating func note(_ claim: Claim) {
    let who = note(claim.who)
    guard claim.type != .exchange else { return }
    // "in northern Iraq": where it was, and no side for that.
    let whom = note(
      claim.whom.filter { whom in
        !(whom.party.map(core.states.contains) ?? false)
          || !claim.places.contains { $0.span.map { whom.span?.overlaps($0) ?? false } ?? false }
      })
    guard foes.count < Sides.most, claim.act != "observe" else { return }
    for one in who {
      for other in whom where one != other { foes.append((one, other)) }
    }
    // Of a clash only the text's foes are told.
    guard claim.act != "clash" else { return }
    for pair in zip(who, who.dropFirst()) where pair.0 != pair.1 && !whom.contains(pair.0) && !whom.contains(pair.1) { allies.append(pair) }
  }

  /// Notes who of those that fight is bound by a claim.
  mutating func noteBound(_ claim: Claim) {
    for mention in claim.who + claim.whom {
      if let party = mention.party, claim.type != .commitment { partners.insert(party) }
      guard let side = side(mention), let index = found.firstIndex(where: { isSame($0.side, side) }) else { continue }
      bound.insert(index)
    }
  }

  /// So many fights are remembered.
  private static let most = 256

  /// - Returns: the sides of which the mentions are, as they stand in `found`.
  private mutating func note(_ mentions: [Mention]) -> [Int] {
    var noted: [Int] = []
    // No mission, no mediator.
    for mention in mentions where mention.party.map(core.isBelligerent) ?? true {
      guard !isCivilian(mention.text), let side = side(mention) else { continue }
      if let index = found.firstIndex(where: { isSame($0.side, side) || $0.mention.text == mention.text }) {
        found[index].count += 1
        noted.append(index)
        // "The government", and "government positions".
        let known = found[index].mention.text
        let bare = mention.party.flatMap(core.name(of:))
        if mention.text.count < known.count && mention.text != bare
          && (known.contains(mention.text) && (mention.party == nil || mention.text.first!.isUppercase)
            || isCounted(known) && !isCounted(mention.text))
          // "Iraq", and "Iraqi forces".
          || known == bare && mention.text.first!.isUppercase && Sides.fights(mention.text)
        {
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
        noted.append(found.count)
        found.append((side, mention, 1))
      }
    }
    return noted
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
    let kinds = core.kinds(lastWordOf: text)
    guard kinds.contains(.person),
      text[(text.utf8.lastIndex(of: 0x20).map(text.utf8.index(after:)) ?? text.startIndex)...].first?.isLowercase ?? false
    else { return false }
    return kinds.isDisjoint(with: [.force, .party, .office])
  }

  /// The other side of two, else whom the mentions are known to fight if a truce or an agreement of the text is his as well.
  func partner(of mentions: [Mention]) -> Mention? {
    if let index = index(of: mentions) { return implicit(1 - index) }
    return other(than: mentions).flatMap { $0.party.map(partners.contains) ?? false ? $0 : nil }
  }

  /// The other side of two, else whom the mentions are known to fight; nil where they are of none of the two, or of both.
  func other(than mentions: [Mention]) -> Mention? {
    if let index = index(of: mentions) { return implicit(1 - index) }
    if let foe = onlyFoe(of: mentions) { return foe }
    guard let first = mentions.first, let foe = knownFoe(of: first) else { return nil }
    return mentions.dropFirst().allSatisfy { knownFoe(of: $0)?.party == foe.party } ? foe : nil
  }

  /// The only one whom the text tells that a side fights.
  private func onlyFoe(of mentions: [Mention]) -> Mention? {
    let own = Set(mentions.compactMap { mention in side(mention).flatMap { side in found.firstIndex { isSame($0.side, side) } } })
    guard own.count == 1, let index = own.first else { return nil }
    let against = foes.compactMap { $0.one == index ? $0.other : $0.other == index ? $0.one : nil }
    guard let foe = against.first, against.allSatisfy({ $0 == foe }) else { return nil }
    // Told of once it may be in passing, where another is known.
    if against.count == 1, case .party(let party) = found[index].side, core.foes[party] != nil { return nil }
    return implicit(found[foe].mention)
  }

  /// "The Tigers" fight the state that they are known to fight where the text names it, "rebels" that which the text is about, and a state
  /// the only one of the text's groups that is known to fight it.
  private func knownFoe(of mention: Mention) -> Mention? {
    guard !isCivilian(mention.text), let side = side(mention) else { return nil }
    // "Anti-Taliban fighters": the Taliban.
    if mention.party == nil, let (party, isFoe) = core.attitude(mention.text) {
      return isFoe ? core.name(of: party).map { Mention($0, party: party, isImplicit: true) } : nil
    }
    switch side {
    case .party(let party):
      if let foes = core.foes[party] {
        guard let foe = discourse.mostNamed(of: foes), let name = core.name(of: foe) else { return nil }
        return Mention(name, party: foe, isImplicit: true)
      }
      let groups = found.filter { other in
        if other.count > 0, case .party(let other) = other.side { core.foes[other]?.contains(party) ?? false } else { false }
      }
      guard core.states.contains(party), groups.count == 1, let group = groups[0].mention.party, let name = core.name(of: group) else {
        return nil
      }
      // In the text's own words where they are few: "Al Qaeda", "the Tigers".
      let words = groups[0].mention.text
      return Mention(name, party: group, isImplicit: true, standsFor: words.split(separator: " ").count < 4 ? words : nil)
    case .rebels:
      // "Tribal fighters" are nobody's known foe.
      guard let state = discourse.theatre, let party = state.party, !core.isPeople(party),
        mention.text.split(separator: " ").contains(where: { Mentions.againstState.contains(Form(String($0))) })
      else {
        return nil
      }
      return Mention(core.name(of: party) ?? state.text, party: party, isImplicit: true)
    case .army, .named: return nil
    }
  }

  /// Which of the two sides mentions are of; nil where they are of none of them, or of both.
  func index(of mentions: [Mention]) -> Int? {
    let own = Set(
      mentions.compactMap { mention in
        side(mention).flatMap { side in found.firstIndex { $0.mention.text == mention.text || isSame($0.side, side) } }.map { camps[$0] }
      })
    return own.count == 1 ? own.first! : nil
  }

  /// One of the two, left out by the text: a state by its name, whatever of it the text names; a movement in the text's own words.
  func implicit(_ index: Int) -> Mention { implicit(found[leaders[index]].mention) }

  private func implicit(_ mention: Mention) -> Mention {
    let name = mention.party.flatMap(core.name(of:)) ?? mention.standsFor
    // "Eritrean targets" are no side by these words.
    let isThing = !core.kinds(lastWordOf: mention.text).isDisjoint(with: [.equipment, .post, .event])
    var words = name == nil || isThing ? nil : mention.text
    if words == name { words = nil }
    if let party = mention.party, let own = words { words = core.belonging(own, to: party) }
    return Mention(name ?? uncounted(mention.text), party: mention.party, isImplicit: true, standsFor: words)
  }

  /// "The rebels" are the only armed group that the text names, "the army" is the only state's.
  func isSame(_ one: Side, _ other: Side) -> Bool {
    if one == other { return true }
    switch (one, other) {
    case (.party(let party), .rebels), (.rebels, .party(let party)): return core.rebels.contains(party)
    case (.party(let party), .army), (.army, .party(let party)): return !core.rebels.contains(party) && !core.isPeople(party)
    case (.named, .rebels), (.rebels, .named): return true
    default: return false
    }
  }

  func side(_ mention: Mention) -> Side? {
    if let party = mention.party { return .party(party) }
    let words = Words(text: mention.text, standsFor: mention.standsFor)
    if let side = memo.sides[words] { return side }
    let side = sideByWords(mention)
    memo.sides[words] = side
    return side
  }

  private func sideByWords(_ mention: Mention) -> Side? {
    // "F-16s" are somebody's. "The Reed News Agency" tells of the war.
    if core.isWarcraft(mention.text) { return nil }
    let kinds = core.kinds(lastWordOf: mention.standsFor ?? mention.text)
    if kinds.contains(.teller) { return nil }
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
    // "A police post" is nobody.
    if !kinds.isDisjoint(with: [.post, .equipment]), kinds.isDisjoint(with: [.force, .office]), !Sides.fights(mention.text) { return nil }
    // "Anti-Taliban forces" are a side of their own.
    if core.attitude(mention.text) != nil { return .named(Form(mention.text)) }
    // "Rebel forces" are no army.
    let forms = mention.text.split(separator: " ").map { Form(String($0)) }
    if forms.contains(where: { Mentions.rebelWords.contains($0) || Sides.rebel.contains($0) }) { return .rebels }
    if forms.contains(where: { Mentions.armyWords.contains($0) || Sides.soldier.contains($0) }), !isName(mention.text) { return .army }
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
  private static func plain(_ name: String) -> String {
    guard let bracket = name.utf8.firstIndex(of: 0x28), bracket > name.startIndex, name.utf8[name.utf8.index(before: bracket)] == 0x20
    else { return name }
    return String(name[..<name.utf8.index(before: bracket)])
  }

  /// "Orlin Liberation Front (OLF)", and not "Rebels", "two soldiers".
  private func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first?.first, first.isUppercase else { return false }
    return words.dropFirst().contains { $0.first!.isUppercase } || words.count == 1 && core.builder.lexicon.words.index(of: Form(text)) < 0
  }
}

extension Sides {
  static let air = FormSet(["air", "airstrike", "airstrikes", "aerial", "warplanes", "jets"])
  private static let rebel = FormSet(["insurgent", "militant", "guerrilla", "guerrillas", "separatist", "fighter", "militiamen"])
  private static let soldier = FormSet(["soldier", "serviceman", "policeman", "policemen", "airmen", "servicewomen"])

  /// Acts by which somebody comes to hold a place.
  static let columns: Set<String> = ["convoy", "convoys", "last convoy", "aid convoy", "first convoy"]
  static let takes: Set<String> = ["captured", "regained", "entered"]
  /// Acts that the text may tell without who took the place.
  static let falls: Set<String> = ["captured", "regained", "fell", "entered"]
}
