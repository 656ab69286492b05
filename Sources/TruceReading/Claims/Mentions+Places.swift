// The places that a filler names: of lists, of descriptions, of pronouns.
internal import TruceAtlas
internal import TruceModel

extension Mentions {
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
    // "government-controlled Orlin": Orlin.
    if head > filler.units.lowerBound, units[filler.units.lowerBound].isCompound, units[head].isCapitalised {
      return places(
        Filler(units: filler.units.lowerBound + 1..<filler.units.upperBound, kinds: filler.kinds, chunk: chunk), sharing: shared)
    }
    // "the Tarn port city Orlin": Orlin.
    if units[head].isCapitalised, head > filler.units.lowerBound + 1, filler.units.upperBound == head + 1,
      let noun = (filler.units.lowerBound + 1..<head).last(where: {
        Mentions.described.contains(scene.form($0)) && !units[$0].isCapitalised
      })
    {
      return places(Filler(units: noun + 1..<head + 1, kinds: filler.kinds, chunk: -1), sharing: shared)
    }
    let asked = Mentions.classes[scene.form(head)] ?? shared.flatMap { Mentions.classes[$0] }
    // "the towns of A and B", "the city of A": what follows "of" is the place.
    if chunk >= 0, scene.chunks[chunk].kinds.contains(.area), !scene.reader.portions.contains(scene.form(head)) {
      let element = scene.clauses.element(chunk)
      let inner = scene.clauses.innerElements(element).filter { inner in
        !scene.kinds(inner).isDisjoint(with: [.name, .place]) && scene.chunks[inner.noun].head >= 0
      }
      // "the Rodat district of Tarn province" bears its own name.
      let own = scene.chunks[chunk].first..<scene.chunks[chunk].end
      if !inner.isEmpty,
        // "the Orlin suburb of Tarn": Tarn.
        Mentions.described.contains(scene.form(head)) && inner.allSatisfy({ units[scene.chunks[$0.noun].head].isCapitalised })
          // "the West Bank towns of Orlin and Tarn": each of them.
          || units[head].word.isPlural && !own.contains(where: isUnknownName) && inner.allSatisfy({ isNamedPlace($0.noun) })
            && (scene.lemma(head).map(Mentions.towns.contains) ?? false)
          || !own.contains(where: { $0 != head && !isOwner($0, chunk) && (isKnownName($0) || isUnknownName($0)) })
      {
        return inner.flatMap { inner in
          // "the towns of Orlin and half of Tarn".
          let isPortion = inner.hasInner && scene.reader.portions.contains(scene.chunks[inner.noun].headForm)
          let end = isPortion ? inner.end : inner.noun + 1
          return places(
            Filler(
              units: scene.chunks[inner.noun].first..<scene.chunks[end - 1].end, kinds: scene.kinds(inner), chunk: -1),
            sharing: isPortion ? nil : scene.form(head))
        }
      }
    }
    // "fought for control of Orlin": Orlin.
    if chunk >= 0, scene.form(head) == Mentions.control, scene.clauses.element(chunk).hasInner {
      return scene.clauses.innerElements(scene.clauses.element(chunk)).flatMap { places(scene.filler($0)) }
    }
    if let named = namedAs(chunk) { return places(named) }
    // "in this northern town": where the report was written.
    if let here = discourse.here, isHere(filler.units) { return [here] }
    if let both = bothPlaces(filler, head) { return both }
    if units[head].tag == .pronoun {
      if let listed = placesBefore(chunk) { return listed }
      guard let referent = nearest(head, { isPlace($0) && !$0.isBearing }) ?? nearest(head, isPlace) else { return [] }
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
    if let beyond = nameBeyond(filler, head) { return beyond }
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
    let isOpen = mention.place == nil && mention.candidates.isEmpty
    // "eleven days after they took | the city on the border": the city of which the text tells.
    let known = isOpen && Mentions.towns.contains(scene.form(head)) ? description(filler, head) : nil
    let inner = isOpen && known == nil ? within(filler) : nil
    if let inner {
      // "the garrison at Orlin", "a checkpoint in the village of Orlin": where it lies belongs to its name.
      mention.text = text(filler.units.lowerBound..<inner.units.upperBound)
      mention.span = scene.span(filler.units.lowerBound..<inner.units.upperBound)
      if !filler.kinds.contains(.post) { mention.place = places(inner).first?.place }
    }
    if mention.place != nil { mention.candidates = [] }
    if inner == nil, mention.place == nil, mention.candidates.isEmpty, let referent = known ?? description(filler, head) {
      mention.text = referent.text
      mention.place = referent.place
    }
    return [mention]
  }

  /// "this northern town", "the streets of this town".
  private func isHere(_ range: Range<Int>) -> Bool {
    Mentions.towns.contains(scene.form(range.upperBound - 1)) && range.contains { scene.form($0) == Mentions.this }
  }

  /// "the area known as the Emerald Triangle".
  private func namedAs(_ at: Int) -> Filler? {
    let chunks = scene.chunks
    guard at >= 0, at + 2 < chunks.count, chunks[at].kinds.contains(.area), chunks[at + 1].kind == .verb, chunks[at + 1].isBare,
      Mentions.naming.contains(scene.form(chunks[at + 1].main))
    else { return nil }
    let name = [.preposition, .subordinator].contains(chunks[at + 2].kind) ? at + 3 : at + 2
    guard name < chunks.count, chunks[name].kind == .noun, units[chunks[name].head].isCapitalised else { return nil }
    return Filler(units: chunks[name].first..<chunks[name].end, kinds: chunks[name].kinds.union(.place), chunk: -1)
  }

  /// "the next big city in the east, | Orlin, | the capital of Tarn": the name after where it lies.
  private func nameBeyond(_ filler: Filler, _ head: Int) -> [PlaceMention]? {
    let (chunks, at) = (scene.chunks, filler.chunk)
    guard at >= 0, Mentions.towns.contains(scene.form(head)), scene.form(chunks[at].first) == Mentions.the, isUnnamed(filler),
      at + 4 < chunks.count, chunks[at + 1].kind == .preposition, ClaimBuilder.locative.contains(chunks[at + 1].form),
      chunks[at + 2].kind == .noun, chunks[at + 3].kind == .comma, isNamedPlace(at + 4), chunks[at + 4].end - chunks[at + 4].first == 1,
      at + 5 >= chunks.count || [.comma, .terminal].contains(chunks[at + 5].kind)
    else { return nil }
    return places(Filler(units: chunks[at + 4].first..<chunks[at + 4].end, kinds: chunks[at + 4].kinds, chunk: -1))
  }

  private static let naming = FormSet(["known", "called", "named", "dubbed"])

  /// "Orlin and Tarn, two towns which ...": the names to which a description stands as apposition.
  private func namesBefore(_ filler: Filler) -> [PlaceMention]? {
    let at = filler.chunk
    guard at >= 2, scene.chunks[at - 1].kind == .comma, scene.chunks[at - 2].kind == .noun, scene.chunks[at].kinds.contains(.area),
      scene.form(filler.units.lowerBound) != Mentions.the,
      // "Orlin, Hale's home town, and Tarn".
      !filler.units.contains(where: { units[$0].isCapitalised && !isOwner($0, at) }), isNamedPlace(at - 2)
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
    guard comma + 2 < chunks.count else { return nil }
    // "at three points: Orlin, Tarn and Vale".
    let isColon = chunks[comma].kind == .colon && units[chunks[filler.chunk].head].word.isPlural
    let isIncluding = chunks[comma].kind == .comma && Mentions.including.contains(chunks[comma + 1].form)
    // "took two villages, Orlin and Tarn".
    let isCounted = chunks[comma].kind == .comma && filler.kinds.contains(.number) && filler.kinds.contains(.area)
    guard isColon || isIncluding || isCounted else { return nil }
    var first = isIncluding ? comma + 2 : comma + 1
    // "among them | Orlin".
    if isIncluding, first + 1 < chunks.count, chunks[first].kinds.contains(.pronoun) { first += 1 }
    guard isNamedPlace(first) else { return nil }
    let members = scene.clauses.list(first, isSubject: false)
    if isCounted, !isIncluding, members.count < 2 || !members.allSatisfy({ isNamedPlace($0.noun) }) { return nil }
    let listed = members.filter { isNamedPlace($0.noun) }
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
    // "left their camps in Orlin, and Task Force Tarn took ...": who acts next is no camp.
    let isAfterVerb = chunks[..<filler.chunk].contains { $0.kind == .verb && $0.isFinite }
    let listed = scene.clauses.list(at + 1, isSubject: !isAfterVerb).filter { isNamedPlace($0.noun) }
    guard listed.count > 1 else { return nil }
    return listed.flatMap { places(Filler(units: scene.range($0), kinds: scene.kinds($0), chunk: -1)) }
  }

  private func isNamedPlace(_ at: Int) -> Bool {
    let chunk = scene.chunks[at]
    // Two capitals may be a town's: "Reed Haven".
    let isPerson = chunk.kinds.contains(.someone) && !chunk.kinds.isDisjoint(with: [.person, .office])
    return chunk.kind == .noun && !chunk.kinds.isDisjoint(with: [.place, .name]) && !chunk.kinds.contains(.demonym) && !isPerson
      && (units[chunk.head].isCapitalised
        || chunk.kinds.contains(.area) && (chunk.first..<chunk.head).contains { isUnknownName($0) || units[$0].meaning >= 0 })
  }

  /// A noun phrase of the sentence without a name in it: "the garrison", "Several towns".
  private func isUnnamed(_ filler: Filler) -> Bool {
    filler.chunk >= 0
      && !filler.units.contains { units[$0].isCapitalised && units[$0].tag != .determiner && !units[$0].word.noun.contains(.demonym) }
  }

  /// "a Reed Corporation station": a building of somebody's name.
  private func isNamedSite(_ filler: Filler) -> Bool {
    guard filler.chunk >= 0, filler.units.upperBound == scene.chunks[filler.chunk].end else { return false }
    let head = scene.chunks[filler.chunk].head
    return !units[head].isCapitalised && ClaimBuilder.sites.contains(scene.form(head))
  }

  /// The named place in which a place without a name lies, by the prepositions after it.
  private func within(_ filler: Filler) -> Filler? {
    guard isUnnamed(filler) || isNamedSite(filler) else { return nil }
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
      // "an airfield near the capital, Orlin".
      if at + 1 < scene.chunks.count, scene.chunks[at].kind == .comma, scene.chunks[element.noun].headForm == Mentions.capital,
        isNamedPlace(at + 1)
      {
        return Filler(units: scene.chunks[at + 1].first..<scene.chunks[at + 1].end, kinds: scene.chunks[at + 1].kinds, chunk: at + 1)
      }
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

  /// A name that a layer knows, and no word of belonging: "the Georgian cities of Orlin and Tarn".
  private func isKnownName(_ unit: Int) -> Bool {
    units[unit].meaning >= 0 && !units[unit].isCompound && !names.meanings[Int(units[unit].meaning)].kinds.contains(.demonym)
  }

  private func isUnknownName(_ unit: Int) -> Bool {
    units[unit].isCapitalised && !units[unit].isCompound && units[unit].meaning < 0 && units[unit].word.classes.isEmpty
      && units[unit].word.nounLemma < 0
      && units[unit].word.verb < 0 && unit > 0
  }

  /// What a name after "of" or beside it is.
  private static let described = FormSet(["capital", "stronghold", "suburb", "port", "enclave", "town", "city", "hamlet"])

  private static let singular: [Form: String] = [Form("districts"): "district", Form("regions"): "region", Form("provinces"): "province"]

  private func isOwner(_ unit: Int, _ chunk: Int) -> Bool { scene.chunks[chunk].owner.contains(unit) }

  /// "The district", "the enclave", "the region": the last place of that kind.
  private func description(_ filler: Filler, _ head: Int) -> Referent? {
    let range = filler.units
    if scene.form(head) == Mentions.capital, range.count == 2, scene.form(range.lowerBound) == Mentions.the {
      return nearest(range.lowerBound, isCapital)
    }
    guard scene.form(range.lowerBound) == Mentions.the || scene.form(range.lowerBound) == Mentions.this,
      Mentions.regionWords.contains(scene.form(head)),
      range.allSatisfy({
        $0 == head || units[$0].tag == .determiner || isSame($0)
          || Mentions.towns.contains(scene.form(head)) && Mentions.epithets.contains(scene.form($0))
      })
    else { return nil }
    if scene.form(head) == Mentions.country, let state = country(before: range.lowerBound) { return state }
    let isTown = Mentions.towns.contains(scene.form(head))
    func fits(_ referent: Referent) -> Bool {
      isRegion(referent) && (referent.party == nil || referent.place != nil) || isTown && isTownByName(referent)
    }
    // "the province": one that the text calls so, before one of which it does not say what it is; "the town": either.
    func area(_ referent: Referent) -> Form? {
      discourse.areas.isEmpty ? nil : discourse.areas[Form(lastWordOf: referent.text)]
    }
    let asked = scene.form(head)
    // "the town": no "Tarn region".
    func isOfArea(_ referent: Referent) -> Bool {
      Mentions.classes[Form(lastWordOf: referent.text)]?.contains(.region) ?? false
    }
    func isCalled(_ referent: Referent) -> Bool {
      guard let known = area(referent) else { return isTown && fits(referent) && !referent.isBearing && !isOfArea(referent) }
      // "the city" is no town that the text calls a village.
      return isPlace(referent) && (known == asked || isTown && Mentions.towns.contains(known) && !isOtherTown(known, than: asked))
    }
    if let called = nearest(range.lowerBound, isCalled) {
      // A city that the world knows, before a name of which the text says nothing.
      if asked == Mentions.city, area(called) == nil, let city = nearest(range.lowerBound, isCityByName) { return city }
      return called
    }
    if let open = nearest(range.lowerBound, { fits($0) && !$0.isBearing && area($0) == nil }) { return open }
    return nearest(range.lowerBound) { fits($0) && !$0.isBearing } ?? nearest(range.lowerBound, fits)
  }

  private func isOtherTown(_ known: Form, than asked: Form) -> Bool {
    asked == Mentions.city && Mentions.small.contains(known) || Mentions.small.contains(asked) && known == Mentions.city
  }

  private static let small = FormSet(["town", "village", "hamlet", "settlement"])

  /// A city that a layer knows, and no seat of a state.
  private func isCityByName(_ referent: Referent) -> Bool {
    guard isPlace(referent), !referent.isBearing, let place = referent.place else { return false }
    return names.places.first { $0.id == place }?.kind == .settlement
  }

  private static let city = Form("city")

  /// A town that a layer knows.
  private func isTownByName(_ referent: Referent) -> Bool {
    guard isPlace(referent) else { return false }
    if let place = referent.place, let known = names.places.first(where: { $0.id == place }) { return known.kind == .settlement }
    return isCapital(referent)
  }

  /// A town that the text calls the capital, or that is a state's.
  private func isCapital(_ referent: Referent) -> Bool {
    guard isPlace(referent) else { return false }
    if discourse.areas[Form(lastWordOf: referent.text)] == Mentions.capital { return true }
    guard let meaning = names.builder.names.table[Lexicon.forms(referent.text)].map({ names.meanings[Int($0)] }) else { return false }
    return meaning.party != nil && !meaning.isCountry && meaning.kinds.isSuperset(of: [.party, .place]) && meaning.organ == nil
  }

  /// "both towns", "the two villages": the last two places that the text named together.
  private func bothPlaces(_ filler: Filler, _ head: Int) -> [PlaceMention]? {
    let range = filler.units
    guard units[head].word.isPlural, let lemma = scene.lemma(head),
      Mentions.towns.contains(lemma) || Mentions.spots.contains(lemma), range.upperBound == head + 1,
      range.count == 2 && Mentions.both.contains(scene.form(range.lowerBound))
        || range.count == 3 && scene.form(range.lowerBound) == Mentions.the && Mentions.two.contains(scene.form(range.lowerBound + 1))
    else { return nil }
    let named = (discourse.recent.suffix(Discourse.fresh) + local.lazy.filter { $0.unit < range.lowerBound }.map(\.referent)).filter {
      $0.isNamed && isPlace($0) && $0.party == nil
    }
    // "A and B", "A, B": no more than a word between them, and no third beside them.
    // "A on Sunday and B", too.
    func isBeside(_ at: Int, _ most: Int) -> Bool {
      at > 0 && (0...most).contains(named[at].span.start - named[at - 1].span.end)
    }
    guard let last = named.indices.last(where: { isBeside($0, 24) }), !isBeside(last - 1, 7) else { return nil }
    return named[last - 1...last].map { PlaceMention($0.text, span: $0.span, place: $0.place) }
  }

  private static let spots = FormSet(["place", "location", "site", "position", "post", "camp", "base", "district"])
  private static let two = FormSet(["two"])

  /// "Yemen's rebels ... in the country": the state of the sentence, else the one that the text is about.
  private func country(before unit: Int) -> Referent? {
    for at in (0..<unit).reversed() where units[at].meaning >= 0 && !units[at].isCompound {
      let meaning = names.meanings[Int(units[at].meaning)]
      guard meaning.isCountry, let party = meaning.party, names.states.contains(party), !isDoer(at) else { continue }
      let span = scene.span(at..<at + 1)
      return Referent(text: scene.text(span), span: span, party: party, organ: nil, kinds: meaning.kinds, place: nil, isPlural: false)
    }
    return discourse.theatre.flatMap { $0.kinds.contains(.place) ? $0 : nil }
  }

  /// "France will send soldiers to the country": another one.
  private func isDoer(_ unit: Int) -> Bool {
    guard let chunk = scene.chunks.firstIndex(where: { $0.first <= unit && unit < $0.end }), scene.chunks[chunk].head == unit else {
      return false
    }
    return scene.clauses.isSubjectOfNext(chunk + 1)
  }

  private static let country = Form("country")
  static let control = Form("control")

  /// "the whole region", "the same town".
  private func isSame(_ unit: Int) -> Bool { Mentions.same.contains(scene.form(unit)) }

  /// "the northern city", "the besieged town".
  private static let epithets = FormSet([
    "northern", "southern", "eastern", "western", "central", "coastal", "strategic", "key", "besieged", "port", "border", "historic",
    "ancient",
    "mountain", "oasis", "desert", "riverside", "lakeside", "industrial", "mining", "oil", "garrison", "market", "frontier", "hilltop",
    "northeastern", "northwestern", "southeastern", "southwestern",
    "embattled", "devastated", "beleaguered", "provincial",
  ])

  private static let same = FormSet(["whole", "entire", "same", "disputed", "breakaway"])

  private static let towns = FormSet(["town", "city", "village", "port", "capital", "settlement", "hamlet"])

  private func isPlace(_ referent: Referent) -> Bool {
    referent.kinds.contains(.place) && referent.kinds.isDisjoint(with: [.demonym, .force, .someone])
  }

  /// A place that "the region" or "the enclave" can mean: no country and no town by name.
  private func isRegion(_ referent: Referent) -> Bool {
    guard referent.kinds.contains(.place), referent.kinds.isDisjoint(with: [.party, .demonym, .force, .someone]) else { return false }
    guard let place = referent.place, let known = names.places.first(where: { $0.id == place }) else { return true }
    return known.kind == .region || known.kind == .district || known.kind == .zone
  }
}
