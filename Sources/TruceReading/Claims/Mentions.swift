// From the fillers of roles to parties, places and speakers: names, acronyms, surnames, pronouns and descriptions.
internal import TruceAtlas
internal import TruceModel

/// Resolves fillers in one sentence against the text before it.
struct Mentions {
  let scene: Scene
  let discourse: Discourse
  /// What this sentence has named, with the unit at which it stands.
  var local: [(unit: Int, referent: Referent)] = []
  var speeches: [Speech] = []

  init(scene: Scene, discourse: Discourse, local: [(unit: Int, referent: Referent)] = [], speeches: [Speech] = []) {
    self.scene = scene
    self.discourse = discourse
    self.local = local
    self.speeches = speeches
  }

  var units: [Unit] { scene.units }
  var names: ReaderCore { scene.reader }

  static let both = FormSet(["both", "two", "parties", "sides", "warring"])
  static let side = FormSet(
    [
      "sides", "parties", "neighbours", "neighbors", "countries", "nations", "camps", "foes", "rivals", "enemies", "entities",
      "belligerents", "combatants", "adversaries",
    ])
  private static let pairing = FormSet(["neither", "either"])
  private static let oneSide = Form("side")
  private static let each = FormSet(["neither", "either", "each", "no"])
  static let they = FormSet(["they", "them", "their", "we", "themselves"])
  static let he = FormSet(["he", "she", "him", "her", "his"])
  static let it = FormSet(["it", "its", "itself"])
  static let rebelWords = FormSet(
    ["rebel", "rebels", "insurgents", "militants", "guerrillas", "separatists", "fighters", "militia"])
  /// Of them, those who by the word itself fight a state; "Kenyan militia forces" may be Kenya's.
  static let againstState = FormSet([
    "rebel", "rebels", "insurgent", "insurgents", "guerrilla", "guerrillas", "separatist", "separatists", "militants",
  ])
  static let armyWords = FormSet(["army", "military", "troops", "soldiers", "forces", "force", "servicemen"])
  /// In a name, words of those who fight a state: "Sudan People's Liberation Movement".
  private static let movements = FormSet(["liberation", "resistance", "movement", "patriotic"])
  private static let unions = FormSet(["party", "union", "front", "congress", "alliance", "league"])
  static let wholeArmy = FormSet(["army", "military"])
  static let missionWords = FormSet(["force", "mission", "operation", "peacekeepers", "observers", "monitors"])
  static let groupWords = FormSet(["group", "movement", "faction", "organisation", "organization", "alliance"])
  static let regionWords = Set(
    ["region", "enclave", "area", "district", "territory", "city", "town", "village", "province", "strip", "country", "republic"].map {
      Form($0)
    })

  /// The parties of a filler: one mention for each that it names.
  func parties(_ filler: Filler) -> [Mention] {
    guard !filler.units.isEmpty else { return [] }
    let range = filler.units
    let head = filler.chunk >= 0 ? scene.chunks[filler.chunk].head : range.upperBound - 1
    // "the two sides", "neither side": the sides of the case, or the last pair.
    let isEach = scene.form(head) == Mentions.oneSide && range.contains { Mentions.each.contains(scene.form($0)) }
    if isEach || Mentions.side.contains(scene.form(head)), !hasParty(range) {
      if names.sides.isEmpty, !discourse.pair.isEmpty {
        let span = scene.span(range, withDeterminer: true)
        return discourse.pair.map { side in
          Mention(scene.text(span), span: scene.span(range), party: side.party, standsFor: side.party.flatMap(names.name(of:)) ?? side.text)
        }
      }
      if names.sides.count == 2 {
        let span = scene.span(range, withDeterminer: true)
        return names.sides.map { Mention(scene.text(span), span: span, party: $0.party, standsFor: $0.name) }
      }
      return [Mention(scene.text(scene.span(range, withDeterminer: true)), span: scene.span(range))]
    }
    // "Neither the army nor the rebels": the army.
    let isPair = range.count > 1 && Mentions.pairing.contains(scene.form(range.lowerBound))
    let words = isPair ? range.lowerBound + 1..<range.upperBound : range
    let span = scene.span(words, withDeterminer: isCounted(filler))
    var mention = Mention(scene.text(span), span: span)
    if let referent = referent(filler) {
      if units[head].tag == .pronoun || range.count == 1 && units[head].tag == .determiner {
        return speakers(filler, referent) ?? [self.mention(referent)]
      }
      mention.party = referent.party
      mention.organ = referent.organ
      mention.standsFor = apposition(filler).map(text) ?? referent.text
      return [mention]
    }
    // "their" of nobody that the text names.
    if units[head].tag == .determiner, range.count == 1 { return [] }
    if let found = party(ownRange(filler)), !isForeign(filler) {
      mention.party = found.party
      mention.organ = found.organ
    } else if Mentions.isOfState(scene, range, head), let state = discourse.theatre, !names.isPeople(state.party) {
      // "the army", "government forces": of the state that the text is about.
      mention.party = state.party
      mention.standsFor = state.text
    }
    if mention.party == nil, let own = speakersOwn(filler) {
      mention.party = own.party
      mention.standsFor = own.text
    }
    if mention.party == nil, let owner = whose(filler) {
      mention.party = party(owner)?.party
      mention.standsFor = text(owner)
    }
    if let named = apposition(filler) {
      mention.standsFor = text(named)
      if mention.party == nil { mention.party = party(named)?.party }
    }
    return [mention]
  }

  /// "several people", "many civilians": the word that says how many is all that tells them apart.
  private func isCounted(_ filler: Filler) -> Bool {
    filler.kinds.contains(.person) && filler.units.count == 2 && Mentions.several.contains(scene.form(filler.units.lowerBound))
  }

  private static let several = FormSet(["several", "many", "few", "some"])

  /// "the 9th Army, whose guns shelled the town": of whom it is told.
  private func whose(_ filler: Filler) -> Range<Int>? {
    let chunks = scene.chunks
    guard filler.chunk > 1, chunks[filler.chunk - 1].kind == .subordinator, chunks[filler.chunk - 1].form == Mentions.whoseForm else {
      return nil
    }
    var at = filler.chunk - 2
    if chunks[at].kind == .comma { at -= 1 }
    guard at >= 0, chunks[at].kind == .noun, !chunks[at].kinds.isDisjoint(with: .actor) else { return nil }
    return chunks[at].first..<chunks[at].end
  }

  private static let whoseForm = Form("whose")

  /// "129 soldiers were killed, an army spokesman said": soldiers without a word of belonging are those of the state that speaks of them,
  /// fighters those of the movement, observers those of the mission.
  private func speakersOwn(_ filler: Filler) -> Speaker? {
    guard filler.chunk >= 0, filler.units.upperBound == scene.chunks[filler.chunk].end,
      let speech = speeches.last(where: { $0.scope.contains(filler.chunk) }), !speech.isDocument, let party = speech.speaker.party
    else { return nil }
    let form = scene.form(scene.chunks[filler.chunk].head)
    let isOwn =
      names.rebels.contains(party)
      ? Mentions.fighters.contains(form)
      : names.isBelligerent(party) ? Mentions.servicemen.contains(form) : Mentions.observers.contains(form)
    let isBare =
      scene.chunks[filler.chunk].owner.isEmpty
      && (filler.units.lowerBound..<scene.chunks[filler.chunk].head).allSatisfy {
        [.number, .adverb].contains(units[$0].tag) || units[$0].tag == .determiner && scene.form($0) != Mentions.the
      }
    return isOwn && isBare ? speech.speaker : nil
  }

  private static let fighters = FormSet(["fighters", "combatants", "militants", "guerrillas"])
  private static let servicemen = FormSet([
    "servicemen", "soldiers", "troops", "policemen", "sailors", "soldier", "serviceman", "policeman",
  ])
  private static let observers = FormSet(["peacekeepers", "observers", "monitors", "peacekeeper", "observer", "monitor"])

  /// "Orlin and Tarn said they would ...": each of those who speak together.
  private func speakers(_ filler: Filler, _ referent: Referent) -> [Mention]? {
    guard let speech = speeches.last(where: { $0.verb >= 0 && $0.scope.contains(filler.chunk) }), speech.speaker.text == referent.text
    else { return nil }
    let together = scene.clauses.subject(of: speech.verb)
    guard together.count > 1 else { return nil }
    return together.flatMap { parties(scene.filler($0)) }
  }

  /// "Colombia's ELN": a body that only its letters name is not the state's in whose land it is.
  private func isForeign(_ filler: Filler) -> Bool {
    guard filler.chunk >= 0, !scene.chunks[filler.chunk].owner.isEmpty else { return false }
    let head = units[scene.chunks[filler.chunk].head]
    return head.meaning < 0 && head.end - head.first == 1 && scene.tokens[Int(head.first)].isAllCaps
  }

  /// "Soldiers backed by Ugandan gunships": whose the gunships are says nothing of the soldiers.
  private func ownRange(_ filler: Filler) -> Range<Int> {
    guard filler.chunk >= 0, let backer = scene.chunks.indices.last(where: { scene.chunks[$0].end == filler.units.upperBound }),
      backer > filler.chunk + 1, scene.chunks[backer].kinds.contains(.equipment), scene.chunks[backer - 1].form == Clauses.by
    else { return filler.units }
    return scene.chunks[filler.chunk].first..<scene.chunks[filler.chunk].end
  }

  /// The unit at which a phrase goes on with who leads or backs those whom it names; else its end.
  func ledBefore(_ filler: Filler) -> Int {
    let next = scene.clauses.element(filler.chunk).end
    guard next < scene.chunks.count, scene.chunks[next].kind == .verb else { return filler.units.upperBound }
    return scene.chunks[next].first
  }

  /// Whether words mean what belongs to a state: "the army", "government forces", "the authorities".
  private static func isOfState(_ scene: Scene, _ range: Range<Int>, _ head: Int) -> Bool {
    guard !range.contains(where: { scene.units[$0].isCapitalised && scene.units[$0].tag != .determiner && $0 > 0 }) else { return false }
    return range.contains { Mentions.stateWords.contains(scene.form($0)) }
  }

  /// The same of a mention's words.
  static func isOfState(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return words.contains { Mentions.stateWords.contains(Form(String($0))) }
      && words.dropFirst().allSatisfy { $0.first?.isLowercase ?? false }
  }

  private static let stateWords = FormSet(
    ["army", "military", "government", "navy", "authorities", "police", "parliament", "cabinet", "junta", "regime"])

  static let including = FormSet(["including", "among"])

  /// The name beside a description: "the army's chief of staff, John Hale, ...".
  private func apposition(_ filler: Filler) -> Range<Int>? {
    let chunks = scene.chunks
    guard filler.chunk >= 0, !filler.kinds.contains(.name), !filler.kinds.isDisjoint(with: [.person, .office, .force, .dead, .number])
    else { return nil }
    if let name = nameBefore(filler.chunk) { return name }
    let comma = scene.clauses.element(filler.chunk).end
    if comma + 2 < chunks.count, chunks[comma].kind == .comma, chunks[comma + 2].kind == .noun,
      Mentions.including.contains(chunks[comma + 1].form), !chunks[comma + 2].kinds.isDisjoint(with: .victim)
    {
      // "among them some 500 civilians".
      let at =
        chunks[comma + 2].kinds.contains(.pronoun) && comma + 3 < chunks.count && chunks[comma + 3].kind == .noun ? comma + 3 : comma + 2
      return chunks[at].first..<chunks[at].end
    }
    if comma + 3 < chunks.count, chunks[comma].kind == .comma, chunks[comma + 1].kind == .noun, chunks[comma + 2].form == Clauses.of,
      chunks[comma + 3].kinds.contains(.pronoun), comma + 4 < chunks.count, chunks[comma + 4].kind == .noun,
      !chunks[comma + 4].kinds.isDisjoint(with: .victim)
    {
      // "220,000 people, most of them civilians".
      return chunks[comma + 4].first..<chunks[comma + 4].end
    }
    guard comma + 1 < chunks.count, chunks[comma].kind == .comma, chunks[comma + 1].kind == .noun,
      // "the largest group, the OLF".
      !chunks[comma + 1].kinds.isDisjoint(with: [.name, .someone, .rebel])
        // "another faction, the National Liberation Front,".
        || !chunks[comma + 1].kinds.isDisjoint(with: [.force, .party]) && filler.kinds.contains(.force) && isNamed(chunks[comma + 1])
        || units[chunks[comma + 1].head].meaning < 0 && scene.tokens[Int(units[chunks[comma + 1].head].first)].isAllCaps,
      chunks[comma + 1].kinds.isDisjoint(with: [.place, .demonym]),
      comma + 2 == chunks.count || [.comma, .terminal, .verb].contains(chunks[comma + 2].kind)
    else { return nil }
    return chunks[comma + 1].first..<chunks[comma + 1].end
  }

  /// "Yusuf, a clan leader who fights the army": Yusuf.
  private func nameBefore(_ at: Int) -> Range<Int>? {
    let chunks = scene.chunks
    guard at >= 2, chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun, Mentions.articles.contains(scene.form(chunks[at].first)),
      !units[chunks[at].head].word.isPlural, !chunks[at].kinds.isDisjoint(with: [.person, .office]),
      !chunks[at - 2].kinds.isDisjoint(with: [.name, .someone]), chunks[at - 2].kinds.isDisjoint(with: [.place, .force, .event, .office]),
      units[chunks[at - 2].head].isCapitalised
    else { return nil }
    return chunks[at - 2].first..<chunks[at - 2].end
  }

  private static let articles = FormSet(["a", "an", "the"])

  /// Whether every word of a chunk is capitalised.
  private func isNamed(_ chunk: Chunk) -> Bool {
    (chunk.first...chunk.head).allSatisfy { units[$0].isCapitalised || units[$0].word.classes.contains(.determiner) }
  }

  private func mention(_ referent: Referent) -> Mention {
    Mention(referent.text, span: referent.span, party: referent.party, organ: referent.organ)
  }

  func text(_ range: Range<Int>) -> String { scene.text(scene.span(range)) }

  func hasParty(_ range: Range<Int>) -> Bool {
    range.contains { units[$0].meaning >= 0 && !units[$0].isCompound && names.meanings[Int(units[$0].meaning)].party != nil }
  }

  /// The party that some units name: an organ's name before a country's, and that before a word of belonging.
  func party(_ range: Range<Int>) -> (party: PartyID?, organ: String?)? {
    var best: (PartyID?, String?)?
    for unit in range {
      guard units[unit].meaning >= 0, !units[unit].isCompound else { continue }
      let meaning = Int(units[unit].meaning)
      guard let party = names.meanings[meaning].party else { continue }
      if best?.1 == nil, let organ = names.meanings[meaning].organ { return (party, organ) }
      // "Yemen's Houthi rebels".
      if best == nil || names.meanings[meaning].kinds.contains(.rebel) { best = (party, nil) }
    }
    // "South Sudan's rebels" are against it, and no part of it; "Chechen rebels" fight for their own. "Orlin Democratic Party", "Patriotic Union
    // of Orlin": a body of its own.
    if let party = best?.0, names.states.contains(party) {
      let isPeople = names.isPeople(party)
      for unit in range {
        let form = scene.form(unit)
        if !isPeople, Mentions.againstState.contains(form) { return nil }
        if units[unit].isCapitalised, units[unit].meaning < 0, Mentions.movements.contains(form) || Mentions.unions.contains(form) {
          return nil
        }
      }
    }
    return best
  }

  // MARK: speakers

  func speaker(_ filler: Filler) -> Speaker? {
    guard !filler.units.isEmpty else { return nil }
    if let referent = referent(filler) {
      // "Thirteen soldiers were killed, the military said", "took the region, its minister said": nobody's words but theirs.
      if units[filler.units.upperBound - 1].tag != .pronoun,
        Mentions.armyWords.contains(scene.form(filler.units.upperBound - 1))
          || filler.units.count > 1 && Mentions.possessives.contains(scene.form(filler.units.lowerBound))
      {
        return Speaker(text(filler.units), span: scene.span(filler.units), party: referent.party, organ: referent.organ)
      }
      return Speaker(referent.text, span: referent.span, party: referent.party, organ: referent.organ)
    }
    var speaker = Speaker(text(filler.units), span: scene.span(filler.units))
    if let named = apposition(filler), named.lowerBound > filler.units.lowerBound, !filler.kinds.contains(.someone) {
      // "Colombia's largest rebel group, the FARC, said".
      let whole = filler.units.lowerBound..<named.upperBound
      speaker = Speaker(text(whole), span: scene.span(whole))
      speaker.party = party(named)?.party
    }
    if let found = party(filler.units) {
      speaker.party = found.party
      speaker.organ = found.organ
    }
    for unit in filler.units where units[unit].meaning >= 0 {
      if let source = names.meanings[Int(units[unit].meaning)].source { speaker.source = source }
    }
    return speaker
  }
}
