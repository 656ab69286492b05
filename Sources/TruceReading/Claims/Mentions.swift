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

  static let both = Set(["both", "two", "parties", "sides", "warring"].map { Form($0) })
  static let side = Set(["sides", "parties", "neighbours", "neighbors", "countries", "nations"].map { Form($0) })
  static let they = Set(["they", "them", "their", "we", "themselves"].map { Form($0) })
  static let he = Set(["he", "she", "him", "her", "his"].map { Form($0) })
  static let it = Set(["it", "its", "itself"].map { Form($0) })
  static let rebelWords = Set(
    ["rebel", "rebels", "insurgents", "militants", "guerrillas", "separatists", "fighters", "militia"].map { Form($0) })
  static let armyWords = Set(["army", "military", "troops", "soldiers", "forces", "force"].map { Form($0) })
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
        return discourse.pair.map { Mention(scene.document.text(span), span: scene.span(range), party: $0.party) }
      }
      if names.sides.count == 2 {
        let span = scene.span(range, withDeterminer: true)
        return names.sides.map { Mention(scene.document.text(span), span: span, party: $0.party) }
      }
      return [Mention(text(range), span: scene.span(range))]
    }
    if let referent = referent(filler) { return [self.mention(referent)] }
    var mention = Mention(text(range), span: scene.span(range))
    if let found = party(range) {
      mention.party = found.party
      mention.organ = found.organ
    }
    return [mention]
  }

  private func mention(_ referent: Referent) -> Mention {
    Mention(referent.text, span: referent.span, party: referent.party, organ: referent.organ)
  }

  func text(_ range: Range<Int>) -> String { scene.document.text(scene.span(range)) }

  func hasParty(_ range: Range<Int>) -> Bool { party(range) != nil }

  /// The party that some units name: an organ's name before a country's, and that before a word of belonging.
  func party(_ range: Range<Int>) -> (party: PartyID?, organ: String?)? {
    var best: (PartyID?, String?)?
    for unit in range {
      guard units[unit].meaning >= 0, !units[unit].isCompound else { continue }
      let meaning = names.meanings[Int(units[unit].meaning)]
      guard let party = meaning.party else { continue }
      if meaning.organ != nil, best?.1 == nil { return (party, meaning.organ) }
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
    if units[head].tag == .pronoun || (range.count == 1 && units[head].tag == .determiner) {
      if Mentions.he.contains(form) { return nearest(head) { $0.kinds.contains(.someone) } }
      if let speaker = speaking(range) { return speaker }
      if Mentions.they.contains(form) {
        return nearest(head) { $0.isPlural && !$0.kinds.isDisjoint(with: [.force, .party, .person]) }
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
    for unit in range where units[unit].isCapitalised && units[unit].meaning < 0 {
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
        return nearest(head) { $0.kinds.contains(.force) && !isRebel($0) }
      }
    }
    return nil
  }

  static let the = Form("the")
  static let this = Form("this")
  static let its = Form("its")
  static let their = Form("their")
  static let capital = Form("capital")
  static let possessives = Set(["its", "his", "her", "their"].map { Form($0) })

  private static let rebelStems = [
    "rebel", "insurg", "militant", "guerr", "separat", "taliban", "houthi", "maoist", "hamas", "lra", "hezb", "resistance", "liberation",
    "movement",
  ]
  private static let rebelBytes = rebelStems.map { Array($0.utf8) }

  private func isRebel(_ referent: Referent) -> Bool {
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
    let form = scene.form(range.lowerBound)
    guard units[range.lowerBound].tag == .determiner, range.count > 1, !hasParty(range) else { return nil }
    let at = range.lowerBound
    guard Mentions.possessives.contains(form) else { return nil }
    if let speaker = speaking(range), speaker.party != nil { return speaker }
    if form == Mentions.its { return nearest(at) { $0.kinds.contains(.party) || $0.kinds.contains(.force) || $0.party != nil } }
    if form == Mentions.their { return nearest(at) { $0.isPlural && $0.kinds.contains(.force) } }
    return nearest(at) { $0.kinds.contains(.someone) && $0.party != nil } ?? nearest(at) { $0.party != nil }
  }

  /// The nearest thing named before, in this sentence first.
  private func nearest(_ unit: Int, _ fits: (Referent) -> Bool) -> Referent? {
    local.last { $0.unit < unit && fits($0.referent) }?.referent ?? discourse.last(where: fits)
  }

  /// In words that somebody says, "they" and "it" are whoever says them.
  private func speaking(_ range: Range<Int>) -> Referent? {
    guard let chunk = scene.chunks.firstIndex(where: { $0.first <= range.lowerBound && range.lowerBound < $0.end }),
      let speech = speeches.last(where: { $0.scope.contains(chunk) && $0.verb >= 0 && $0.verb < chunk && !$0.isDocument })
    else { return nil }
    let speaker = speech.speaker
    return Referent(
      text: speaker.text, span: speaker.span ?? scene.sentence.span, party: speaker.party, organ: speaker.organ, kinds: [.party, .office],
      place: nil, isPlural: true)
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
    if chunk >= 0, Mentions.classes[scene.form(head)] != nil || scene.form(head) == Mentions.capital {
      let element = scene.clauses.element(chunk)
      let inner = element.inner.filter { at in
        !scene.chunks[at].kinds.isDisjoint(with: [.name, .place]) && scene.chunks[at].head >= 0
      }
      let own = scene.chunks[chunk].first..<scene.chunks[chunk].end
      if !inner.isEmpty, !own.contains(where: { units[$0].meaning >= 0 && !units[$0].isCompound && $0 != head && !isOwner($0, chunk) }) {
        return inner.flatMap { at in
          places(
            Filler(units: scene.chunks[at].first..<scene.chunks[at].end, kinds: scene.chunks[at].kinds, chunk: -1, referent: nil),
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
    if chunk >= 0, Mentions.classes[scene.form(head)] != nil || scene.form(head) == Mentions.capital, chunk + 2 < scene.chunks.count,
      scene.chunks[chunk + 1].kind == .comma, scene.chunks[chunk + 2].kind == .noun,
      !scene.chunks[chunk + 2].kinds.isDisjoint(with: [.place, .name]), scene.chunks[chunk + 2].end - scene.chunks[chunk + 2].first == 1,
      !scene.chunks[chunk].owner.contains(head),
      !(scene.chunks[chunk].first..<head).contains(where: { units[$0].isCapitalised && units[$0].tag != .determiner })
    {
      let other = scene.chunks[chunk + 2]
      return places(Filler(units: other.first..<other.end, kinds: other.kinds, chunk: -1, referent: nil), sharing: shared)
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
    if mention.place != nil { mention.candidates = [] }
    if mention.place == nil, mention.candidates.isEmpty, let referent = description(filler, head) {
      mention.text = referent.text
      mention.place = referent.place
    }
    return [mention]
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

  private static let singular: [Form: String] = [Form("districts"): "district", Form("regions"): "region", Form("provinces"): "province"]

  private func isOwner(_ unit: Int, _ chunk: Int) -> Bool { scene.chunks[chunk].owner.contains(unit) }

  /// "The district", "the enclave", "the region": the last place of that kind.
  private func description(_ filler: Filler, _ head: Int) -> Referent? {
    let range = filler.units
    guard scene.form(range.lowerBound) == Mentions.the || scene.form(range.lowerBound) == Mentions.this,
      Mentions.regionWords.contains(scene.form(head)), !range.contains(where: { units[$0].isCapitalised && $0 > range.lowerBound })
    else { return nil }
    return nearest(range.lowerBound) { isRegion($0) }
  }

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
