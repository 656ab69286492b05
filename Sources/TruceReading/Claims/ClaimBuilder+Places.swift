// Where it happened, by the words around the event where its own do not tell.
internal import TruceModel

/// Where the words around an event tell that it was.
struct Whereabouts {
  let place: PlaceMention
  /// The chunk of the sentence that names it; -1 where the text does.
  var chunk = -1
  /// Whether a locative preposition says so: "in Orlin".
  var isFirm = false
}

extension ClaimBuilder {
  /// Claims whose place the words around them tell where their own do not.
  static let located: ClaimTypes = [
    .hostilities, .casualties, .ceasefireStart, .ceasefireViolation, .agreementSigned, .deployment, .displacement, .commitment,
    .deadlineRevised, .postEstablished,
  ]
  /// Claims of force and of those whom it hurts: where the text goes on to tell of them, they go on where it last told of them.
  static let fought: ClaimTypes = [.hostilities, .ceasefireViolation, .casualties, .displacement]
  static let locative = FormSet(
    ["in", "near", "at", "over", "along", "around", "on", "across", "throughout", "outside", "inside", "above", "overlooking"])

  /// The place that the sentence names after a locative preposition, else any that it names, else the last that the text named.
  func nearby(_ event: Event, _ mentions: Mentions, _ type: ClaimType, isInSentence: Bool) -> Whereabouts? {
    var best: (found: Whereabouts, score: Int)?
    let actors = [event.roles[.who], event.roles[.whom]].flatMap { $0 ?? [] }.map(\.chunk)
    // What the speaker tells of lies where his words say, before where he says them.
    let said = speeches.last { $0.verb >= 0 && $0.verb != event.verb && $0.scope.contains(event.chunk) }?.scope
    var isInBrackets = false
    for at in chunks.indices {
      // "Orlin (16 km north-east of Tarn)": how to find it.
      if chunks[at].kind == .openBracket { isInBrackets = true }
      if chunks[at].kind == .closeBracket { isInBrackets = false }
      guard chunks[at].kind == .noun, !isInBrackets, !actors.contains(at) else { continue }
      let scar = scar(at)
      guard scar != nil || chunks[at].kinds.contains(.place) && chunks[at].kinds.isDisjoint(with: [.force, .demonym, .someone]) else {
        continue
      }
      // "the Islamist group Ansar": who, and not where.
      if let before = (chunks[at].first..<chunks[at].head).last(where: { !scene.units[$0].isCapitalised }),
        scene.units[before].word.noun.contains(.office) || scene.units[before].word.noun.contains(.force),
        scene.units[chunks[at].head].isCapitalised, !scene.units[before].word.noun.contains(.place)
      {
        continue
      }
      let filler = scar ?? scene.filler(scene.clauses.element(at))
      let place = mentions.places(filler).first
      guard let place, place.place != nil || scar != nil || hasOwnName(at) || place.text != mentions.text(filler.units) else {
        continue
      }
      // "Kigali says that it will withdraw": who speaks.
      if chunks[at].kinds.contains(.party), scene.clauses.isSubjectOfNext(scene.clauses.element(at).end) { continue }
      // "A spokesman in Orlin said": where he speaks.
      if speeches.contains(where: { $0.verb > at && !$0.scope.contains(at) && isOfSpeaker(at, $0.verb) }) { continue }
      // "the accord signed in Orlin": where it was signed, and not where it holds.
      if type != .agreementSigned, at > 1, chunks[at - 1].kind == .preposition, isSigning(at - 2) { continue }
      // "retreated towards Orlin": not what they left.
      if type == .controlChange, isGoal(at, of: event) { continue }
      if isHome(at) { continue }
      // "signed a statement saying that troops would leave Orlin": of the next clause.
      if type == .agreementSigned, at > event.chunk + 1,
        chunks[event.chunk + 1..<at].contains(where: { $0.kind == .subordinator || $0.isInfinitive })
      {
        continue
      }
      // "arrived by boat from Orlin": not where they are now.
      if type == .deployment, isFrom(at), !isOfOther(at, event) { continue }
      // "since independence from Portugal".
      if at > 1, chunks[at - 1].form == Scene.from, ClaimBuilder.freedom.contains(chunks[at - 2].headForm) { continue }
      // "supplied by the Emirates": who did it.
      if chunks[at].kinds.contains(.party), isAgent(at) { continue }
      let isLocative = at > 0 && chunks[at - 1].kind == .preposition && ClaimBuilder.locative.contains(chunks[at - 1].form)
      if type == .agreementSigned || type == .exchange, chunks[at].kinds.contains(.party), !isLocative { continue }
      // Near the trigger, after a locative preposition rather than as a subject.
      let score =
        (isPartOfDescription(at) ? 6 : 0) + (isCountry(at) ? 3 : 0) + abs(at - event.chunk) + (isLocative ? 0 : 4)
        + (at > event.chunk ? 0 : 2)
        + (place.place == nil && scar == nil && !scene.units[chunks[at].head].isCapitalised ? 3 : 0)
        + (said?.contains(at) ?? true ? 0 : 100)
      if best == nil || score < best!.score { best = (Whereabouts(place: place, chunk: at, isFirm: isLocative), score) }
    }
    if let best { return best.found }
    if type != .agreementSigned, type != .exchange, let stretch = stretch() { return stretch }
    if let site = site(event, mentions, type) { return Whereabouts(place: site) }
    isInBrackets = false
    for unit in scene.units.indices {
      if scene.units[unit].tag == .openBracket { isInBrackets = true }
      if scene.units[unit].tag == .closeBracket { isInBrackets = false }
      guard scene.units[unit].meaning >= 0, !scene.units[unit].isCompound, !isInBrackets else { continue }
      // "accepted Tarn's offer of a truce": whose it was.
      if type == .agreementSigned, unit + 1 < scene.units.count, scene.units[unit + 1].tag == .clitic { continue }
      let kinds = scene.names.meanings[Int(scene.units[unit].meaning)].kinds
      if let at = chunks.firstIndex(where: { $0.first <= unit && unit < $0.end }) {
        if type == .deployment, isFrom(at), !isOfOther(at, event) { continue }
        // "since independence from Portugal".
        if at > 1, chunks[at - 1].form == Scene.from, ClaimBuilder.freedom.contains(chunks[at - 2].headForm) { continue }
        if type == .controlChange, isGoal(at, of: event) { continue }
        // "the head of Tarn's council said".
        if speeches.contains(where: { isSpeaker(at, $0) }) { continue }
      }
      if kinds.contains(.place), kinds.isDisjoint(with: [.demonym, .someone]),
        !kinds.contains(.party) || unit + 1 < scene.units.count && scene.units[unit + 1].tag == .clitic
      {
        let range = unit..<unit + 1
        return mentions.places(Filler(units: range, kinds: kinds, chunk: -1)).first.map { Whereabouts(place: $0) }
      }
    }
    if isInSentence || type == .casualties && isDescribing(event) { return nil }
    // "The conflict has killed 220,000 people", "the truce took effect at noon": all over the land.
    if type == .ceasefireStart || type == .agreementSigned || type == .casualties && isOfWar(event) {
      if let land = discourse.theatre, land.kinds.contains(.place) {
        return Whereabouts(place: PlaceMention(land.text, span: nil, place: land.place))
      }
      if type == .casualties { return nil }
    }
    // Where an accord was signed is not where its duties are.
    if let place = discourse.place, !discourse.isOfSigning || type != .commitment && type != .deployment {
      return Whereabouts(place: place)
    }
    if ClaimBuilder.fought.contains(type), let field = discourse.field { return Whereabouts(place: field) }
    guard type != .commitment, type != .agreementSigned, type != .deployment || !discourse.isOfSigning,
      let last = discourse.last(where: {
        $0.kinds.contains(.place) && $0.kinds.isDisjoint(with: [.demonym, .someone, .force, .party])
      })
    else {
      return nil
    }
    return Whereabouts(place: PlaceMention(last.text, span: last.span, place: last.place))
  }

  /// "in the Orlin raid": the place by which a blow goes.
  private func scar(_ at: Int) -> Filler? {
    guard !chunks[at].kinds.contains(.place), chunks[at].head > chunks[at].first else { return nil }
    let unit = chunks[at].head - 1
    let isUnknown = scene.units[unit].meaning < 0 && scene.units[unit].isCapitalised
    guard chunks[at].kinds.contains(.event), scene.isSite(unit, of: chunks[at]) || isUnknown && known(unit).contains(.place),
      !chunks[at].owner.contains(unit)
    else { return nil }
    return Filler(units: unit..<unit + 1, kinds: .place, chunk: -1)
  }

  /// What the text made of a name that no layer knows.
  private func known(_ unit: Int) -> NounKinds {
    let name = scene.text(scene.span(unit..<unit + 1))
    return discourse.last { $0.text == name }?.kinds ?? []
  }

  /// Whether a noun stands in a list after "by".
  private func isAgent(_ at: Int) -> Bool {
    var first = at
    while first > 1, [.conjunction, .comma].contains(chunks[first - 1].kind), chunks[first - 2].kind == .noun { first -= 2 }
    return first > 0 && chunks[first - 1].form == Clauses.by
  }

  /// "The police station was hit": in the town that the text named last; nil where nothing is to be added.
  func sited(_ places: [[PlaceMention]], _ event: Event, _ mentions: Mentions, _ type: ClaimType) -> [[PlaceMention]]? {
    guard places.count == 1, places[0].count == 1, places[0][0].place == nil, isSite(places[0][0]),
      let town = nearby(event, mentions, type, isInSentence: false)?.place, town.text.first?.isUppercase ?? false
    else { return nil }
    return [[PlaceMention("\(places[0][0].text) in \(town.text)", span: places[0][0].span, place: town.place)]]
  }

  /// A building or the like that no place's name says more of: "police station", "a building of the Reed movement".
  private func isSite(_ mention: PlaceMention) -> Bool {
    if mention.text.contains(" in ") { return false }
    guard mention.text.contains(where: \.isUppercase) || mention.text.contains(" of ") else {
      return ClaimBuilder.sites.contains(Form(lastWordOf: mention.text))
    }
    guard let span = mention.span,
      let at = chunks.firstIndex(where: { $0.kind == .noun && scene.span($0.first..<$0.end).start == span.start }),
      ClaimBuilder.sites.contains(chunks[at].headForm), !scene.units[chunks[at].head].isCapitalised
    else { return false }
    return !isNamed(chunks[at].first..<chunks[at].end)
      && scene.units.indices.allSatisfy { unit in
        unit < chunks[at].end || scene.span(unit..<unit + 1).end > span.end || !scene.units[unit].isCapitalised || !isPlaceName(unit)
      }
  }

  private func isPlaceName(_ unit: Int) -> Bool {
    let meaning = scene.units[unit].meaning
    let kinds = meaning >= 0 ? scene.names.meanings[Int(meaning)].kinds : known(unit)
    return kinds.contains(.place) && !kinds.contains(.demonym)
  }

  static let sites = FormSet([
    "house", "houses", "home", "homes", "building", "buildings", "station", "stations", "courtyard", "bridge", "bridges", "hospital",
    "prison", "jail", "shop", "shops", "factory", "camp", "school", "market", "church", "mosque", "hotel", "restaurant", "barracks",
    "headquarters",
    "compound", "airport", "airstrip", "warehouse", "square", "street", "streets", "court", "palace", "checkpoint", "post", "posts", "base",
    "bunker", "tunnels", "port", "neighborhoods", "neighbourhoods",
  ])

  /// "fighting between Orlin and Tarn", "between the settlements of Orlin and Tarn": two names of places, and of nobody.
  func stretch(after first: Int = 0) -> Whereabouts? {
    for at in chunks.indices.dropLast(3) where at >= first && chunks[at].kind == .preposition && chunks[at].form == Clauses.between {
      var members = scene.clauses.list(at + 1, isSubject: false)
      let end = members[members.count - 1].end
      // "the settlements | of | Orlin and Tarn".
      if members.count == 1, members[0].hasInner, chunks[at + 1].kinds.contains(.area) { members = scene.clauses.innerElements(members[0]) }
      guard members.count == 2,
        members.allSatisfy({ chunks[$0.noun].kinds.isSubset(of: [.name, .place]) && !chunks[$0.noun].kinds.isEmpty })
      else { continue }
      let range = chunks[at + 1].first..<chunks[end - 1].end
      return Whereabouts(place: PlaceMention(scene.text(scene.span(range)), span: scene.span(range)), chunk: at + 1, isFirm: true)
    }
    return nil
  }

  /// "broke the truce by entering the villages": a place without a name, which the text knows by now.
  private func site(_ event: Event, _ mentions: Mentions, _ type: ClaimType) -> PlaceMention? {
    guard type == .hostilities || type == .ceasefireViolation else { return nil }
    for at in chunks.indices where chunks[at].kind == .noun && chunks[at].kinds.contains(.place) && chunks[at].kinds.contains(.area) {
      guard chunks[at].kinds.isDisjoint(with: [.force, .demonym, .someone, .party, .equipment, .office]),
        scene.form(chunks[at].first) == Mentions.the, !isNamed(chunks[at].first + 1..<chunks[at].end),
        !speeches.contains(where: { $0.verb > at && !$0.scope.contains(at) })
      else { continue }
      return mentions.places(scene.filler(scene.clauses.element(at))).first
    }
    return nil
  }

  /// Whether a place stands between somebody and his verb of speech.
  private func isOfSpeaker(_ place: Int, _ verb: Int) -> Bool {
    guard let speaker = scene.clauses.subject(of: verb).first, speaker.noun < place else { return false }
    return chunks[speaker.noun + 1..<verb].allSatisfy { [.noun, .preposition, .adverb, .time].contains($0.kind) }
  }

  /// "signed an agreement here": close behind the event.
  func isHere(_ event: Event) -> Bool {
    for at in chunks.indices where at > event.chunk && at < event.chunk + 5 {
      if chunks[at].kind == .adverb, scene.form(chunks[at].first) == ClaimBuilder.here { return true }
      if [.subordinator, .semicolon, .comma].contains(chunks[at].kind) { return false }
    }
    return false
  }

  private static let here = Form("here")
  private static let freedom = FormSet(["independence", "secession", "autonomy", "freedom"])

  private func isSigning(_ verb: Int) -> Bool {
    scene.clauses.tells(.agreementSigned, chunks[verb].verb)
  }

  /// "the withdrawal of the army from Orlin and | the deployment of monitors": what another noun's "from" says.
  private func isOfOther(_ place: Int, _ event: Event) -> Bool {
    guard place < event.chunk, chunks[event.chunk].kind == .noun else { return false }
    return chunks[..<place].contains { $0.kind == .noun && $0.kinds.contains(.event) }
      && chunks[place..<event.chunk].contains { $0.kind == .conjunction }
  }

  /// "set up a zone in the north, and 400 troops were deployed | there": the place that stands before it.
  func there(_ event: Event, _ mentions: Mentions) -> PlaceMention? {
    let end = min(event.chunk + 5, chunks.count)
    guard event.verb == event.chunk,
      let there = chunks[event.chunk + 1..<max(event.chunk + 1, end)].firstIndex(where: {
        $0.kind == .adverb && scene.form($0.first) == ClaimBuilder.thereWord
      }), !chunks[event.chunk + 1..<there].contains(where: { $0.kind == .verb || $0.kind == .subordinator })
    else { return nil }
    for at in chunks[..<event.chunk].indices.reversed()
    where chunks[at].kind == .noun && (chunks[at].kinds.contains(.place) || chunks[at].kinds == .name && isTowards(at)) {
      guard chunks[at].kinds.isDisjoint(with: [.force, .demonym, .someone, .party]), hasOwnName(at) || chunks[at].kinds.contains(.area)
      else { continue }
      return mentions.places(scene.filler(scene.clauses.element(at))).first
    }
    return nil
  }

  /// "moved to | Orlin and opened a base there".
  private func isTowards(_ at: Int) -> Bool {
    at > 0 && chunks[at - 1].kind == .preposition
      && (ClaimBuilder.locative.contains(chunks[at - 1].form) || ClaimBuilder.goals.contains(chunks[at - 1].form))
  }

  private static let thereWord = Form("there")

  /// "crossed from Orlin and Tarn": in a list after "from".
  private func isFrom(_ place: Int) -> Bool {
    var at = place
    while at > 1, [.conjunction, .comma].contains(chunks[at - 1].kind), chunks[at - 2].kind == .noun || chunks[at - 2].kind == .comma {
      at -= 2
    }
    return at > 0 && chunks[at - 1].form == Scene.from
  }

  /// "militiamen from the valley of | Orlin seized a post": where they come from.
  private func isHome(_ place: Int) -> Bool {
    var at = place
    while at > 1, chunks[at - 1].kind == .preposition, chunks[at - 2].kind == .noun {
      if chunks[at - 1].form == Scene.from { return !chunks[at - 2].kinds.isDisjoint(with: [.force, .person]) }
      // "according to officials in | Tarn": where who says it is.
      if chunks[at - 1].form == Clauses.according { return true }
      at -= 2
    }
    return at > 0 && chunks[at - 1].form == Clauses.according
  }

  /// Whether a chunk belongs to who says something.
  private func isSpeaker(_ at: Int, _ speech: Speech) -> Bool {
    speech.verb >= 0 && !speech.scope.contains(at) && scene.clauses.subject(of: speech.verb).contains { $0.noun <= at && at < $0.end }
  }

  static let goals = FormSet(["to", "toward", "towards", "into", "for"])

  /// Whether a place, or what it says the whereabouts of, is where somebody goes: "withdrew towards the hills around | Orlin".
  func isGoal(_ place: Int, of event: Event) -> Bool {
    // "withdrew the troops it had sent | to Orlin": where another verb's went.
    if event.verb >= 0, event.verb < place, chunks[event.verb + 1..<place].contains(where: { $0.kind == .verb && $0.isFinite }) {
      return false
    }
    var at = place
    while at > 0, chunks[at - 1].kind == .preposition {
      if ClaimBuilder.goals.contains(chunks[at - 1].form) { return true }
      // "withdrew | north of Orlin".
      if at > 1, scene.isCompass(at - 1), chunks[at - 2].kind == .verb || chunks[at - 2].kind == .adverb { return true }
      guard at > 1, chunks[at - 2].kind == .noun else { return false }
      at -= 2
    }
    return false
  }

  /// "entered Orlin after the rebels had withdrawn": what was taken, or fell, in the same sentence is what they left.
  func taken(_ claims: [Claim], before event: Event) -> [PlaceMention] {
    guard
      let taking = ofSentence(claims).first(where: {
        claims[$0].type == .controlChange && claims[$0].act != "withdrew" && claims[$0].act != "control" && claims[$0].polarity == .positive
          && !claims[$0].places.isEmpty && claims[$0].modality != .planned
      })
    else { return [] }
    return claims[taking].places
  }

  /// "its posts", "their positions": the leaver's own, without a name.
  func isOwnPost(_ filler: Filler) -> Bool {
    guard filler.chunk >= 0, filler.units.count == 2, scene.units[filler.units.lowerBound].tag == .determiner else { return false }
    return Mentions.possessives.contains(scene.form(filler.units.lowerBound))
  }

  /// "flight 17, which killed 298": said in passing of something else.
  private func isDescribing(_ event: Event) -> Bool {
    event.verb > 0 && chunks[event.verb - 1].kind == .subordinator && Clauses.relatives.contains(chunks[event.verb - 1].form)
  }

  /// Whether a war as a whole is what hurts, and no blow of it.
  private func isOfWar(_ event: Event) -> Bool {
    guard event.verb >= 0 else { return false }
    if warAsSubject(event.verb) != nil { return true }
    // "have been killed in the fighting".
    if chunks[event.verb].isPerfect, !chunks[event.verb].isPast {
      for at in event.verb + 1..<chunks.count {
        if [.subordinator, .contrast, .semicolon].contains(chunks[at].kind) { break }
        if chunks[at].kind == .noun, chunks[at - 1].form == Clauses.in,
          scene.form(chunks[at].first) == Mentions.the, ClaimBuilder.struggles.contains(chunks[at].headForm)
        {
          return true
        }
      }
    }
    // "have been killed since the war began".
    return chunks[event.verb].isPerfect
      && chunks[event.verb...].indices.dropFirst().contains {
        $0 + 1 < chunks.count && chunks[$0].form == UnitBuilder.since && ClaimBuilder.wars.contains(chunks[$0 + 1].headForm)
      }
  }

  static let struggles = FormSet(["war", "conflict", "insurgency", "rebellion", "violence", "uprising", "fighting", "fight", "struggle"])
  static let wars = FormSet(["war", "conflict", "insurgency", "rebellion", "violence", "uprising"])

  /// "Orlin, the capital of Tarn": Tarn says where Orlin is.
  private func isPartOfDescription(_ at: Int) -> Bool {
    // "Orlin in the West Bank".
    if at >= 2, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.in, chunks[at - 2].kind == .noun,
      chunks[at - 2].kinds.contains(.place), chunks[at - 2].kinds.isDisjoint(with: [.force, .someone, .demonym]),
      scene.units[chunks[at - 2].head].isCapitalised
    {
      return true
    }
    // "Orlin, on Lake Tarn".
    if at >= 3, chunks[at - 1].kind == .preposition, chunks[at - 2].kind == .comma, chunks[at - 3].kind == .noun,
      !chunks[at - 3].kinds.isDisjoint(with: [.place, .name]), chunks[at - 3].kinds.isDisjoint(with: [.force, .someone, .demonym])
    {
      return true
    }
    guard at >= 4, chunks[at - 1].kind == .preposition, chunks[at - 2].kind == .noun, chunks[at - 3].kind == .comma,
      chunks[at - 4].kind == .noun, chunks[at - 4].kinds.contains(.place)
    else { return false }
    // "Orlin, 20 km north of Tarn", too.
    return scene.clauses.isLength(at - 2) || chunks[at - 2].kinds.contains(.place) && !scene.units[chunks[at - 2].head].isCapitalised
  }

  /// A whole land, where the sentence may name a place in it.
  private func isCountry(_ at: Int) -> Bool {
    let meaning = scene.units[chunks[at].head].meaning
    return meaning >= 0 && scene.names.meanings[Int(meaning)].isCountry
  }

  private func isNamed(_ range: Range<Int>) -> Bool { range.contains { scene.units[$0].isCapitalised } }

  func unique(_ mentions: [Mention]) -> [Mention] {
    if mentions.count < 2 { return mentions }
    var kept: [Mention] = []
    for mention in mentions where !kept.contains(where: { $0.party == mention.party && $0.text == mention.text }) { kept.append(mention) }
    return kept
  }

  /// The class noun in the plural that a list of bare names shares, and the last that shares it: "the Agdam and Kalbajar districts".
  func shared(_ fillers: [Filler]) -> (noun: Form?, last: Int) {
    guard fillers.count > 1 else { return (nil, -1) }
    for (at, filler) in fillers.enumerated().reversed() where filler.chunk >= 0 && at > 0 {
      let head = chunks[filler.chunk].head
      if scene.units[head].word.isPlural { return (scene.form(head), at) }
    }
    return (nil, -1)
  }

  /// "Orlin", "Nepal's Orlin district": a name of its own, and not only an owner's or a word of belonging.
  private func hasOwnName(_ chunk: Int) -> Bool {
    if scene.units[chunks[chunk].head].isCapitalised { return true }
    return (chunks[chunk].first..<chunks[chunk].head).contains { at in
      let unit = scene.units[at]
      return unit.isCapitalised && at > 0 && unit.meaning < 0 && unit.tag == .nominal && !unit.isCompound
        && unit.word.nounLemma < 0 && unit.word.classes.isEmpty && !chunks[chunk].owner.contains(at)
    }
  }
}
