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

  private var units: [Unit] { scene.units }
  private var names: ReaderCore { scene.reader }

  static let both = FormSet(["both", "two", "parties", "sides", "warring"])
  static let side = FormSet(["sides", "parties", "neighbours", "neighbors", "countries", "nations", "camps", "foes", "rivals", "enemies"])
  static let they = FormSet(["they", "them", "their", "we", "themselves"])
  static let he = FormSet(["he", "she", "him", "her", "his"])
  static let it = FormSet(["it", "its", "itself"])
  static let rebelWords = FormSet(
    ["rebel", "rebels", "insurgents", "militants", "guerrillas", "separatists", "fighters", "militia"])
  static let armyWords = FormSet(["army", "military", "troops", "soldiers", "forces", "force"])
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
    // "the two sides": the sides of the case, or the last pair.
    if Mentions.side.contains(scene.form(head)), !hasParty(range) {
      if names.sides.isEmpty, !discourse.pair.isEmpty {
        let span = scene.span(range, withDeterminer: true)
        return discourse.pair.map { Mention(scene.text(span), span: scene.span(range), party: $0.party) }
      }
      if names.sides.count == 2 {
        let span = scene.span(range, withDeterminer: true)
        return names.sides.map { Mention(scene.text(span), span: span, party: $0.party) }
      }
      return [Mention(scene.text(scene.span(range, withDeterminer: true)), span: scene.span(range))]
    }
    var mention = Mention(text(range), span: scene.span(range))
    if let referent = referent(filler) {
      if units[head].tag == .pronoun || range.count == 1 && units[head].tag == .determiner { return [self.mention(referent)] }
      mention.party = referent.party
      mention.organ = referent.organ
      mention.standsFor = apposition(filler).map(text) ?? referent.text
      return [mention]
    }
    if let found = party(range) {
      mention.party = found.party
      mention.organ = found.organ
    }
    if let named = apposition(filler) {
      mention.standsFor = text(named)
      if mention.party == nil { mention.party = party(named)?.party }
    }
    return [mention]
  }

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
      !chunks[comma + 1].kinds.isDisjoint(with: [.name, .someone]), chunks[comma + 1].kinds.isDisjoint(with: [.place, .demonym]),
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
      if best == nil { best = (party, nil) }
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
      if Mentions.he.contains(form) { return nearest(head) { $0.kinds.contains(.someone) } }
      if let speaker = speaking(range) { return speaker }
      if Mentions.firstPerson.contains(form) { return nil }
      if Mentions.they.contains(form) {
        if let subject = nearest(head, named: false, { $0.isSubject && $0.isPlural && $0.kinds.contains(.force) }) { return subject }
        return nearest(head) { $0.isPlural && !$0.kinds.isDisjoint(with: [.force, .party, .person]) }
          ?? nearest(head) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.demonym, .place]) }
          ?? nearest(head) { !$0.kinds.isDisjoint(with: [.force, .party]) && !$0.kinds.contains(.demonym) }
      }
      if Mentions.it.contains(form) {
        return nearest(head) { !$0.kinds.isDisjoint(with: [.party, .force, .office]) && !$0.kinds.contains(.someone) }
      }
      return nil
    }
    // "its forces", "his military": the possessor tells the party.
    if let possessor = possessor(range) { return possessor }
    if hasParty(range) { return nil }
    // An acronym or a surname that the text explained, anywhere in the phrase ("the UPDF's troops").
    let isPerson = filler.kinds.contains(.someone)
    for unit in range where units[unit].isCapitalised && units[unit].meaning < 0 && (!isPerson || unit == head) {
      if let known = discourse.aliases[scene.form(unit)] {
        return known
      }
    }
    guard units[range.lowerBound].tag == .determiner || range.count - (head - first) <= 2 else { return nil }
    let isDefinite = scene.form(range.lowerBound) == Mentions.the
    if isDefinite || units[head].word.isPlural, head == first || units[first].word.nounLemma >= 0 {
      if Mentions.rebelWords.contains(form), isDefinite {
        return nearest(head) { $0.kinds.contains(.force) && isRebel($0) }
      }
      if Mentions.armyWords.contains(form), isDefinite {
        return nearest(head) { $0.kinds.contains(.force) && $0.kinds.isDisjoint(with: [.equipment, .office]) && !isRebel($0) }
      }
      if Mentions.groupWords.contains(form), isDefinite {
        return nearest(head) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.place, .demonym, .someone]) }
      }
    }
    return nil
  }

  static let the = Form("the")
  static let this = Form("this")
  static let its = Form("its")
  static let their = Form("their")
  static let capital = Form("capital")
  static let possessives = FormSet(["its", "his", "her", "their", "our", "my"])

  private static let rebelStems = [
    "rebel", "insurg", "militant", "guerr", "separat", "taliban", "houthi", "maoist", "hamas", "lra", "hezb", "resistance", "liberation",
    "movement",
  ]
  private static let rebelBytes = rebelStems.map { Array($0.utf8) }

  private func isRebel(_ referent: Referent) -> Bool {
    if referent.kinds.contains(.rebel) { return true }
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
    let at = range.lowerBound
    let form = scene.form(at)
    guard units[at].tag == .determiner, Mentions.possessives.contains(form), !hasParty(range) else { return nil }
    if let speaker = speaking(range), speaker.party != nil || Mentions.firstPerson.contains(form) { return speaker }
    if Mentions.firstPerson.contains(form) { return nil }
    if form == Mentions.its { return nearest(at) { $0.kinds.contains(.party) || $0.kinds.contains(.force) || $0.party != nil } }
    if form == Mentions.their {
      return nearest(at) { $0.isPlural && $0.kinds.contains(.force) }
        ?? nearest(at) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.place, .demonym]) }
    }
    return nearest(at) { $0.kinds.contains(.someone) && $0.party != nil } ?? nearest(at) { $0.party != nil }
  }

  /// The nearest thing named before, in this sentence first.
  ///
  /// - Parameter named: false where what has no name counts too, if the text spoke of it a moment ago.
  private func nearest(_ unit: Int, named: Bool = true, _ fits: (Referent) -> Bool) -> Referent? {
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
    if isOwn, speaker.party == nil, let side = discourse.side(of: speaker.text) { return side }
    return Referent(
      text: speaker.text, span: speaker.span ?? scene.sentence.span, party: speaker.party, organ: speaker.organ, kinds: [.party, .office],
      place: nil, isPlural: true)
  }

  /// Whether a pronoun in what somebody says means somebody else: "it" no person and no several, "they" soldiers that the words name.
  private func isOther(than speech: Speech, _ pronoun: Int) -> Bool {
    guard let subject = scene.clauses.subject(of: speech.verb).first else { return false }
    let chunk = scene.chunks[subject.noun]
    if Mentions.it.contains(scene.chunks[pronoun].headForm) {
      return chunk.kinds.contains(.someone) || !chunk.kinds.contains(.pronoun) && units[chunk.head].word.isPlural
    }
    let from = scene.chunks[speech.verb].end
    let until = scene.chunks[pronoun].first
    return local.contains { $0.unit >= from && $0.unit < until && $0.referent.isPlural && $0.referent.kinds.contains(.force) }
  }

  // MARK: places

  private static let classes: [Form: Set<Place.Kind>] = {
    var found: [Form: Set<Place.Kind>] = [:]
    for word in ["district", "districts", "rayon", "region", "regions", "province"] { found[Form(word)] = [.district, .region] }
    for word in ["city", "town", "village", "settlement", "towns", "villages", "cities"] { found[Form(word)] = [.settlement] }
    for word in ["corridor"] { found[Form(word)] = [.corridor] }
    for word in ["road", "highway"] { found[Form(word)] = [.road] }
    for word in ["line"] { found[Form(word)] = [.line] }
    return found
  }()

  /// The places of a filler, one for each that it names; `class` is the noun that a list shares ("the Agdam and Kalbajar districts").
  func places(_ filler: Filler, sharing shared: Form? = nil) -> [PlaceMention] {
    guard !filler.units.isEmpty else { return [] }
    let chunk = filler.chunk
    let head = chunk >= 0 ? scene.chunks[chunk].head : filler.units.upperBound - 1
    let asked = Mentions.classes[scene.form(head)] ?? shared.flatMap { Mentions.classes[$0] }
    // "the towns of A and B", "the city of A": what follows "of" is the place.
    if chunk >= 0, scene.chunks[chunk].kinds.contains(.area) {
      let element = scene.clauses.element(chunk)
      let inner = scene.clauses.inner(element).filter { at in
        !scene.chunks[at].kinds.isDisjoint(with: [.name, .place]) && scene.chunks[at].head >= 0
      }
      // "the Rodat district of Tarn province" bears its own name.
      let own = scene.chunks[chunk].first..<scene.chunks[chunk].end
      if !inner.isEmpty,
        !own.contains(where: { $0 != head && !isOwner($0, chunk) && (units[$0].meaning >= 0 && !units[$0].isCompound || isUnknownName($0)) }
        )
      {
        return inner.flatMap { at in
          places(
            Filler(units: scene.chunks[at].first..<scene.chunks[at].end, kinds: scene.chunks[at].kinds, chunk: -1),
            sharing: scene.form(head))
        }
      }
    }
    if units[head].tag == .pronoun {
      if let listed = placesBefore(chunk) { return listed }
      guard let referent = nearest(head, { $0.kinds.contains(.place) && $0.kinds.isDisjoint(with: [.demonym, .force, .someone]) }) else {
        return []
      }
      return [PlaceMention(referent.text, span: referent.span, place: referent.place)]
    }
    // "in the capital, Sanaa": the name stands beside the noun.
    if chunk >= 0, scene.chunks[chunk].kinds.contains(.area), chunk + 2 < scene.chunks.count,
      scene.chunks[chunk + 1].kind == .comma, scene.chunks[chunk + 2].kind == .noun,
      !scene.chunks[chunk + 2].kinds.isDisjoint(with: [.place, .name]), scene.chunks[chunk + 2].end - scene.chunks[chunk + 2].first == 1,
      !scene.chunks[chunk].owner.contains(head),
      !(scene.chunks[chunk].first..<head).contains(where: { units[$0].isCapitalised && units[$0].tag != .determiner })
    {
      let other = scene.chunks[chunk + 2]
      return places(Filler(units: other.first..<other.end, kinds: other.kinds, chunk: -1), sharing: shared)
    }
    var mention = PlaceMention(text(filler.units), span: scene.span(filler.units))
    for unit in filler.units where units[unit].meaning >= 0 && !units[unit].isCompound {
      let meaning = names.meanings[Int(units[unit].meaning)]
      guard !meaning.places.isEmpty else { continue }
      if let place = names.place(units[unit].meaning, asking: asked) {
        mention.place = place.id
        break
      }
      if asked == nil || mention.place == nil {
        mention.candidates = meaning.places.map { names.places[Int($0)].id }
      }
    }
    if let shared, let word = Mentions.singular[shared] {
      if scene.form(head) == shared {
        mention.text = text(filler.units.lowerBound..<head) + " " + word
      } else if Mentions.classes[scene.form(head)] == nil {
        mention.text += " " + word
      }
    }
    if let named = namesBefore(filler) ?? namesAfter(filler) ?? namesWithin(filler, head) { return named }
    let inner = mention.place == nil && mention.candidates.isEmpty ? within(filler) : nil
    if let inner {
      // "the garrison at Orlin", "a checkpoint in the village of Orlin": where it lies belongs to its name.
      mention.text = text(filler.units.lowerBound..<inner.units.upperBound)
      mention.span = scene.span(filler.units.lowerBound..<inner.units.upperBound)
      if !filler.kinds.contains(.post) { mention.place = places(inner).first?.place }
    }
    if mention.place != nil { mention.candidates = [] }
    if inner == nil, mention.place == nil, mention.candidates.isEmpty, let referent = description(filler, head) {
      mention.text = referent.text
      mention.place = referent.place
    }
    return [mention]
  }

  /// "Orlin and Tarn, two towns which ...": the names to which a description stands as apposition.
  private func namesBefore(_ filler: Filler) -> [PlaceMention]? {
    let at = filler.chunk
    guard at >= 2, scene.chunks[at - 1].kind == .comma, scene.chunks[at - 2].kind == .noun, scene.chunks[at].kinds.contains(.area),
      scene.form(filler.units.lowerBound) != Mentions.the,
      !filler.units.contains(where: { units[$0].isCapitalised }), isNamedPlace(at - 2)
    else { return nil }
    var first = at - 2
    while first >= 2, [.conjunction, .comma].contains(scene.chunks[first - 1].kind), isNamedPlace(first - 2) { first -= 2 }
    return stride(from: first, through: at - 2, by: 2).flatMap { index in
      places(Filler(units: scene.chunks[index].first..<scene.chunks[index].end, kinds: scene.chunks[index].kinds, chunk: -1))
    }
  }

  /// "Several towns, including Orlin and Tarn": the names that the description includes.
  private func namesAfter(_ filler: Filler) -> [PlaceMention]? {
    let chunks = scene.chunks
    guard isUnnamed(filler) else { return nil }
    let comma = scene.clauses.element(filler.chunk).end
    guard comma + 2 < chunks.count, chunks[comma].kind == .comma, Mentions.including.contains(chunks[comma + 1].form),
      isNamedPlace(comma + 2)
    else { return nil }
    let listed = scene.clauses.list(comma + 2, isSubject: false).filter { isNamedPlace($0.noun) }
    return listed.flatMap { places(Filler(units: scene.range($0), kinds: scene.kinds($0), chunk: -1)) }
  }

  /// "The camps at Orlin, Tarn and Vale": each by its own name.
  private func namesWithin(_ filler: Filler, _ head: Int) -> [PlaceMention]? {
    let chunks = scene.chunks
    guard isUnnamed(filler), units[head].word.isPlural, filler.kinds.contains(.place) else { return nil }
    let at = scene.clauses.element(filler.chunk).end
    guard at + 1 < chunks.count, chunks[at].kind == .preposition, ClaimBuilder.locative.contains(chunks[at].form), isNamedPlace(at + 1)
    else {
      return nil
    }
    let listed = scene.clauses.list(at + 1, isSubject: true).filter { isNamedPlace($0.noun) }
    guard listed.count > 1 else { return nil }
    return listed.flatMap { places(Filler(units: scene.range($0), kinds: scene.kinds($0), chunk: -1)) }
  }

  private func isNamedPlace(_ at: Int) -> Bool {
    let chunk = scene.chunks[at]
    return chunk.kind == .noun && !chunk.kinds.isDisjoint(with: [.place, .name]) && chunk.kinds.isDisjoint(with: [.demonym, .someone])
      && units[chunk.head].isCapitalised
  }

  /// A noun phrase of the sentence without a name in it: "the garrison", "Several towns".
  private func isUnnamed(_ filler: Filler) -> Bool {
    filler.chunk >= 0 && !filler.units.contains { units[$0].isCapitalised && units[$0].tag != .determiner }
  }

  /// The named place in which a place without a name lies, by the prepositions after it.
  private func within(_ filler: Filler) -> Filler? {
    guard isUnnamed(filler) else { return nil }
    var at = scene.clauses.element(filler.chunk).end
    var steps = 0
    while at + 1 < scene.chunks.count, steps < 3, scene.chunks[at].kind == .preposition, scene.chunks[at + 1].kind == .noun,
      ClaimBuilder.locative.contains(scene.chunks[at].form) || scene.chunks[at].form == Clauses.of
    {
      let element = scene.clauses.element(at + 1)
      let range = scene.range(element)
      if !scene.kinds(element).isDisjoint(with: [.place, .name]), range.contains(where: { units[$0].isCapitalised }) {
        return Filler(units: range, kinds: scene.kinds(element), chunk: at + 1)
      }
      at = element.end
      steps += 1
    }
    return nil
  }

  /// The places that the sentence lists before a pronoun.
  private func placesBefore(_ chunk: Int) -> [PlaceMention]? {
    var at = chunk - 1
    while at >= 0 {
      let other = scene.chunks[at]
      if other.kind == .noun, other.kinds.contains(.place), other.kinds.isDisjoint(with: [.party, .demonym, .force, .someone]) {
        var first = at
        while first >= 2, scene.chunks[first - 1].kind == .conjunction, scene.chunks[first - 2].kind == .noun,
          scene.chunks[first - 2].kinds.contains(.place)
        { first -= 2 }
        return scene.clauses.list(first, isSubject: true).flatMap { places(scene.filler($0)) }
      }
      at -= 1
    }
    return nil
  }

  private func isUnknownName(_ unit: Int) -> Bool {
    units[unit].isCapitalised && units[unit].meaning < 0 && units[unit].word.classes.isEmpty && units[unit].word.nounLemma < 0
      && units[unit].word.verb < 0 && unit > 0
  }

  private static let singular: [Form: String] = [Form("districts"): "district", Form("regions"): "region", Form("provinces"): "province"]

  private func isOwner(_ unit: Int, _ chunk: Int) -> Bool { scene.chunks[chunk].owner.contains(unit) }

  /// "The district", "the enclave", "the region": the last place of that kind.
  private func description(_ filler: Filler, _ head: Int) -> Referent? {
    let range = filler.units
    guard scene.form(range.lowerBound) == Mentions.the || scene.form(range.lowerBound) == Mentions.this,
      Mentions.regionWords.contains(scene.form(head)), range.allSatisfy({ $0 == head || units[$0].tag == .determiner || isSame($0) })
    else { return nil }
    return nearest(range.lowerBound) { isRegion($0) && ($0.party == nil || $0.place != nil) }
  }

  /// "the whole region", "the same town".
  private func isSame(_ unit: Int) -> Bool { Mentions.same.contains(scene.form(unit)) }

  private static let same = FormSet(["whole", "entire", "same", "disputed", "breakaway"])

  /// A place that "the region" or "the enclave" can mean: no country and no town by name.
  private func isRegion(_ referent: Referent) -> Bool {
    guard referent.kinds.contains(.place), referent.kinds.isDisjoint(with: [.party, .demonym, .force, .someone]) else { return false }
    guard let place = referent.place, let known = names.places.first(where: { $0.id == place }) else { return true }
    return known.kind == .region || known.kind == .district || known.kind == .zone
  }

  // MARK: speakers

  func speaker(_ filler: Filler) -> Speaker? {
    guard !filler.units.isEmpty else { return nil }
    if let referent = referent(filler) {
      return Speaker(referent.text, span: referent.span, party: referent.party, organ: referent.organ)
    }
    var speaker = Speaker(text(filler.units), span: scene.span(filler.units))
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
