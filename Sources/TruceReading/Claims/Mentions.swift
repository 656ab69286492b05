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
  static let armyWords = FormSet(["army", "military", "troops", "soldiers", "forces", "force", "servicemen"])
  /// In a name, words of those who fight a state: "Sudan People's Liberation Movement".
  private static let movements = FormSet(["liberation", "resistance", "movement", "patriotic"])
  private static let wholeArmy = FormSet(["army", "military"])
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
    var mention = Mention(text(words), span: scene.span(words))
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
    } else if Mentions.isOfState(scene, range, head), let state = discourse.theatre {
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
  private func ledBefore(_ filler: Filler) -> Int {
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
    return words.dropFirst().allSatisfy { $0.first?.isLowercase ?? false }
      && words.contains { Mentions.stateWords.contains(Form(String($0.lowercased()))) }
  }

  private static let stateWords = FormSet(
    ["army", "military", "government", "navy", "authorities", "police", "parliament", "cabinet", "junta", "regime"])

  static let including = FormSet(["including", "among"])

  /// The name beside a description: "the army's chief of staff, John Hale, ...".
  private func apposition(_ filler: Filler) -> Range<Int>? {
    let chunks = scene.chunks
    guard filler.chunk >= 0, !filler.kinds.contains(.name), !filler.kinds.isDisjoint(with: [.person, .office, .force, .dead, .number])
    else { return nil }
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
        || units[chunks[comma + 1].head].meaning < 0 && scene.tokens[Int(units[chunks[comma + 1].head].first)].isAllCaps,
      chunks[comma + 1].kinds.isDisjoint(with: [.place, .demonym]),
      comma + 2 == chunks.count || [.comma, .terminal, .verb].contains(chunks[comma + 2].kind)
    else { return nil }
    return chunks[comma + 1].first..<chunks[comma + 1].end
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
    // "South Sudan's rebels" are against it, and no part of it.
    if let party = best?.0, names.states.contains(party),
      range.contains(where: {
        Mentions.rebelWords.contains(scene.form($0)) || units[$0].isCapitalised && Mentions.movements.contains(scene.form($0))
      })
    {
      return nil
    }
    return best
  }

  /// What a pronoun, an acronym, a surname or a description stands for.
  func referent(_ filler: Filler) -> Referent? {
    let range = filler.units
    guard !range.isEmpty else { return nil }
    var first = range.lowerBound
    while first < range.upperBound - 1, units[first].tag == .determiner { first += 1 }
    let head = filler.chunk >= 0 ? scene.chunks[filler.chunk].head : range.upperBound - 1
    let form = scene.form(head)
    if units[head].tag == .pronoun || (range.count == 1 && units[head].tag == .determiner && !Mentions.possessives.contains(form)) {
      if let speaker = speakingOn(filler, form) { return speaker }
      if Mentions.he.contains(form) { return nearest(head) { $0.kinds.contains(.someone) } }
      if let speaker = speaking(range) { return speaker }
      if Mentions.firstPerson.contains(form) { return nil }
      if Mentions.they.contains(form) {
        if let subject = nearest(head, named: false, { $0.isSubject && $0.isPlural && $0.kinds.contains(.force) }) { return subject }
        return nearest(head) { $0.isPlural && !$0.kinds.isDisjoint(with: [.force, .party, .person]) && !$0.kinds.contains(.equipment) }
          ?? nearest(head) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.demonym, .place]) }
          ?? nearest(head) { !$0.kinds.isDisjoint(with: [.force, .party]) && !$0.kinds.contains(.demonym) }
      }
      if Mentions.it.contains(form) {
        func fits(_ referent: Referent) -> Bool {
          !referent.kinds.isDisjoint(with: [.party, .force, .office]) && !referent.kinds.contains(.someone)
            // "Gunners" are no "it", "the Armed Forces" are.
            && !(referent.isPlural && referent.kinds.contains(.force) && Mentions.isCommon(referent.text))
        }
        // Whom the sentence is about, before what it does something to.
        if let subject = local.last(where: { $0.unit < head && $0.referent.isNamed && $0.referent.isSubject && fits($0.referent) }) {
          return subject.referent
        }
        return nearest(head, fits)
      }
      return nil
    }
    // "its forces", "his military": the possessor tells the party.
    if let possessor = possessor(range) { return possessor }
    if hasParty(range) { return nil }
    // An acronym or a surname that the text explained, anywhere in the phrase ("the UPDF's troops").
    let isPerson = filler.kinds.contains(.someone)
    // "fighters led by Kato": he is no other name of theirs.
    let own = filler.chunk >= 0 && filler.kinds.contains(.force) ? range.lowerBound..<min(range.upperBound, ledBefore(filler)) : range
    for unit in own where units[unit].isCapitalised && units[unit].meaning < 0 && (!isPerson || unit == head) {
      if let known = discourse.aliases[scene.tokens[Int(units[unit].end) - 1].form] {
        return known
      }
    }
    guard units[range.lowerBound].tag == .determiner || range.count - (head - first) <= 2 else { return nil }
    let isDefinite = scene.form(range.lowerBound) == Mentions.the
    if isDefinite || units[head].word.isPlural, head == first || units[first].word.nounLemma >= 0 {
      if Mentions.rebelWords.contains(form), isDefinite {
        return nearest(head) { $0.kinds.contains(.force) && isRebel($0) }
      }
      // "the force" of a text about a mission is the mission's.
      if isDefinite, Mentions.missionWords.contains(form),
        let mission = nearest(
          head, { $0.kinds.isSuperset(of: [.party, .office]) && $0.kinds.isDisjoint(with: [.place, .demonym, .someone]) })
      {
        return mission
      }
      if Mentions.armyWords.contains(form), isDefinite {
        // "the army", "the military": somebody's of whom the text says whose.
        let isWhole = Mentions.wholeArmy.contains(form)
        return nearest(head) {
          $0.kinds.contains(.force) && $0.kinds.isDisjoint(with: [.equipment, .office]) && !isRebel($0) && (!isWhole || $0.party != nil)
        }
      }
      if Mentions.groupWords.contains(form), isDefinite {
        // "the alliance": one that is called so.
        if let called = nearest(head, { $0.text.split(separator: " ").last.map { Form(String($0)) } == form }) { return called }
        return nearest(head) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.place, .demonym, .someone]) }
      }
    }
    return nil
  }

  /// Whether the last word of a text is no name's.
  private static func isCommon(_ text: String) -> Bool { text.split(separator: " ").last?.first?.isLowercase ?? true }

  static let the = Form("the")
  static let this = Form("this")
  static let its = Form("its")
  static let their = Form("their")
  static let capital = Form(capitalWord)
  static let capitalWord = "capital"
  static let possessives = FormSet(["its", "his", "her", "their", "our", "my"])

  private static let rebelStems = [
    "rebel", "insurg", "militant", "guerr", "separat", "taliban", "houthi", "maoist", "hamas", "lra", "hezb", "resistance", "liberation",
    "movement",
  ]
  private static let rebelBytes = rebelStems.map { Array($0.utf8) }

  private func isRebel(_ referent: Referent) -> Bool {
    if referent.kinds.contains(.rebel) { return true }
    if let party = referent.party, names.rebels.contains(party) { return true }
    var text = referent.text
    let plain: Bool? = text.withUTF8 { bytes in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      return bytes.indices.contains { at in
        Mentions.rebelBytes.contains { stem in
          at + stem.count <= bytes.count && stem.indices.allSatisfy { bytes[at + $0] | 0x20 == stem[$0] }
        }
      }
    }
    if let plain { return plain }
    let lower = text.lowercased()
    return Mentions.rebelStems.contains { lower.contains($0) }
  }

  private func possessor(_ range: Range<Int>) -> Referent? {
    // "nine of their soldiers", too.
    let at = range.first { units[$0].tag == .determiner && Mentions.possessives.contains(scene.form($0)) } ?? range.lowerBound
    let form = scene.form(at)
    guard units[at].tag == .determiner, Mentions.possessives.contains(form), !hasParty(range) else { return nil }
    if let speaker = speaking(range), speaker.party != nil || Mentions.firstPerson.contains(form) { return speaker }
    if Mentions.firstPerson.contains(form) { return nil }
    if form == Mentions.its {
      func fits(_ referent: Referent) -> Bool {
        // No "rebels": "its" is of one.
        referent.kinds.contains(.party) && !(referent.isPlural && referent.kinds.contains(.place) && !referent.kinds.contains(.demonym))
          || referent.kinds.contains(.force) && !referent.isPlural || referent.party != nil
      }
      // In the sentence the nearest; from further back whom a clause was about.
      if !local.contains(where: { $0.unit < at && $0.referent.isNamed && fits($0.referent) }),
        let subject = discourse.last(where: {
          $0.isSubject && $0.isNamed && !$0.kinds.contains(.someone) && ($0.party != nil || !$0.kinds.isDisjoint(with: [.force, .office]))
        })
      {
        return subject
      }
      return nearest(at, fits)
    }
    if form == Mentions.their {
      return nearest(at) { $0.isPlural && $0.kinds.contains(.force) }
        ?? nearest(at) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.place, .demonym]) }
    }
    // "Their leader, John Hale, said his men ...": the side for which he stands.
    if let person = nearest(at, { $0.kinds.contains(.someone) }), let side = discourse.side(of: person.text) { return side }
    return nearest(at) { $0.kinds.contains(.someone) && $0.party != nil } ?? nearest(at) { $0.party != nil }
  }

  /// The nearest thing named before, in this sentence first.
  ///
  /// - Parameter named: false where what has no name counts too, if the text spoke of it a moment ago.
  func nearest(_ unit: Int, named: Bool = true, _ fits: (Referent) -> Bool) -> Referent? {
    let here = local.last { $0.unit < unit && ($0.referent.isNamed || !named) && fits($0.referent) }
    if let here { return here.referent }
    return named ? discourse.last { $0.isNamed && fits($0) } : discourse.recent.suffix(Discourse.fresh).last(where: fits)
  }

  static let firstPerson = FormSet(["we", "us", "our", "ours", "ourselves"])

  /// In words that somebody says, "they" and "it" are whoever says them; "we" is the side for which somebody speaks.
  private func speaking(_ range: Range<Int>) -> Referent? {
    let isOwn = Mentions.firstPerson.contains(scene.form(range.lowerBound))
    let at = range.lowerBound
    guard let chunk = scene.chunks.indices.first(where: { scene.chunks[$0].first <= at && at < scene.chunks[$0].end }) else { return nil }
    let speech = speeches.last { $0.scope.contains(chunk) && $0.verb >= 0 && (isOwn || $0.verb < chunk) && !$0.isDocument }
    let isQuoted = isOwn && scene.tokens[Int(units[range.lowerBound].first)].quoteDepth > 0
    guard let speaker = speech?.speaker ?? (isQuoted ? discourse.speaker : nil) else { return nil }
    if !isOwn, let speech, isOther(than: speech, chunk) { return nil }
    if isOwn, speaker.party == nil, let side = discourse.side(of: speaker.text) ?? employer(speaker) { return side }
    return Referent(
      text: speaker.text, span: speaker.span ?? scene.sentence.span, party: speaker.party, organ: speaker.organ, kinds: [.party, .office],
      place: nil, isPlural: true)
  }

  /// "The ministry said ... It said", "he told": who spoke last, where a pronoun speaks on; "the general said he would": the general.
  private func speakingOn(_ filler: Filler, _ form: Form) -> Referent? {
    let isIt = Mentions.it.contains(form)
    guard isIt || Mentions.he.contains(form), filler.chunk >= 0 else { return nil }
    let chunks = scene.chunks
    if !isIt, let speech = speeches.last(where: { $0.scope.contains(filler.chunk) && $0.verb >= 0 && $0.verb < filler.chunk }),
      let subject = scene.clauses.subject(of: speech.verb).first, chunks[subject.noun].kinds.contains(.someone),
      !chunks[subject.noun].kinds.contains(.pronoun)
    {
      return nearest(chunks[subject.noun].end) { $0.kinds.contains(.someone) }
    }
    guard let speaker = discourse.speaker, let name = speaker.text.split(separator: " ").last, filler.chunk + 1 < chunks.count,
      chunks[filler.chunk + 1].kind == .verb && scene.cues(filler.chunk + 1).contains(.speech)
        || filler.chunk > 0 && chunks[filler.chunk - 1].kind == .verb && scene.cues(filler.chunk - 1).contains(.speech)
    else { return nil }
    let person = discourse.aliases[Form(String(name))].map { $0.kinds.contains(.someone) } ?? false
    guard isIt != person else { return nil }
    // Whom the sentence names before it would be meant.
    if local.contains(where: { $0.unit < scene.chunks[filler.chunk].head && $0.referent.kinds.contains(.someone) != isIt }) { return nil }
    return Referent(
      text: speaker.text, span: speaker.span ?? scene.sentence.span, party: speaker.party, organ: speaker.organ,
      kinds: isIt ? [.party, .office] : [.someone], place: nil, isPlural: false)
  }

  /// "said a spokesman for the Free Army": for whom a speaker without a name speaks.
  private func employer(_ speaker: Speaker) -> Referent? {
    guard let span = speaker.span, let at = scene.chunks.firstIndex(where: { $0.kind == .noun && scene.span($0.first..<$0.end) == span }),
      at + 2 < scene.chunks.count, scene.chunks[at].kinds.contains(.office), scene.chunks[at + 1].form == Mentions.forForm,
      scene.chunks[at + 2].kind == .noun, !scene.chunks[at + 2].kinds.isDisjoint(with: [.force, .party, .office])
    else { return nil }
    let range = scene.chunks[at + 2].first..<scene.chunks[at + 2].end
    let party = party(range)
    return Referent(
      text: text(range), span: scene.span(range), party: party?.party, organ: party?.organ, kinds: [.party, .force], place: nil,
      isPlural: true)
  }

  private static let forForm = Form("for")

  /// Whether a pronoun in what somebody says means somebody else: "it" no person and no several, "they" soldiers that the words name.
  private func isOther(than speech: Speech, _ pronoun: Int) -> Bool {
    guard let subject = scene.clauses.subject(of: speech.verb).first else { return false }
    let chunk = scene.chunks[subject.noun]
    if Mentions.it.contains(scene.form(scene.chunks[pronoun].head)) {
      return chunk.kinds.contains(.someone) || !chunk.kinds.contains(.pronoun) && units[chunk.head].word.isPlural
    }
    let from = scene.chunks[speech.verb].end
    let until = scene.chunks[pronoun].first
    return local.contains { $0.unit >= from && $0.unit < until && $0.referent.isPlural && $0.referent.kinds.contains(.force) }
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
