// Fills the roles of a frame from what stands around its trigger.
internal import TruceModel

extension FrameMatcher {
  func isNegated(_ arguments: Arguments, _ frame: Frame) -> Bool {
    // "caused no damage": the negation stands with the object.
    // "Not a single unit entered", "no forces left": with the subject.
    arguments.object.contains { chunks[$0.noun].isNegative } || arguments.subject.contains { chunks[$0.noun].isNegative }
      || arguments.subject.first.map { isNeither(chunks[$0.noun].first) } ?? false
  }

  /// "Neither the army nor the rebels had pulled back."
  private func isNeither(_ unit: Int) -> Bool {
    FrameMatcher.neither.contains(scene.form(unit)) || unit > 0 && FrameMatcher.neither.contains(scene.form(unit - 1))
  }

  private static let neither = FormSet(["neither", "nor"])

  /// Fills a frame's roles; nil where one that it needs is missing.
  func fill(
    _ frame: Frame, _ arguments: Arguments, passive: Bool, owner: Int?, verb: Int, isModifier: Bool = false
  ) -> Roles? {
    var roles = Roles()
    var used: [Int] = []
    for role in frame.roles {
      for option in role.options where holds(option.source, arguments, passive: passive, owner: owner) {
        var found = find(option, arguments, passive: passive, owner: owner) { filler in
          isFree(filler, role, used) && fits(filler, option.kinds)
        }
        if !found.isEmpty, role.slot == .who || role.slot == .whom && frame.type == .casualties,
          max(arguments.subject.count, arguments.object.count) > found.count
            || passive && (arguments.after.first { $0.form == Clauses.by }?.elements.count ?? 0) > found.count
        {
          // "Ukraine and the separatists withdrew": all of a list, each of its own kind.
          let same = role.options.filter { $0.source == option.source }
          found = find(option, arguments, passive: passive, owner: owner) { filler in
            // "French, German and Dutch soldiers": soldiers all.
            isFree(filler, role, used) && (namesParty(filler) || same.contains { fits(filler, $0.kinds) })
          }
        }
        if !found.isEmpty {
          // "shelled Kins and the suburbs of Orlin": a name that no layer knows beside a place that one does.
          if role.slot == .place, option.kinds == .place || option.kinds == .name && arguments.object.count > found.count,
            let names = role.options.first(where: { $0.source == option.source && $0.kinds == .name })
          {
            found = find(option, arguments, passive: passive, owner: owner) { filler in
              isFree(filler, role, used) && (fits(filler, option.kinds) || fits(filler, names.kinds)) || isTitledPlace(filler)
            }
          }
          // "near Golweyn, in the Lower Shabelle region": of several, the place that stands first says it closest.
          if role.slot == .place, FrameMatcher.isLocative(option.source), let first = firstPlace(role, arguments, used) { found = first }
          // "sent a battalion to Koln, in the Orlin district": to Koln.
          if role.slot == .place, let goal = goal(beside: found[0], role, arguments, used) { found = goal }
          // A named place further on is better than a building without a name.
          if role.slot == .place, roles[.place] == nil, !found.contains(where: isNamed), option.kinds?.contains(.place) ?? false,
            let named = sites(of: found) ?? firstPlace(role, arguments, used, isNamed: true)
              ?? role.options.lazy.filter({ !FrameMatcher.isOrigin($0.source) }).map({
                self.find($0, arguments, passive: passive, owner: owner) { self.isNamed($0) && self.fits($0, .place) }
              })
              .first(where: { !$0.isEmpty })
          {
            roles[role.slot] = named
            break
          }
          if role.slot == .place, found.count > 1 { found.removeAll(where: isApposition) }
          roles[role.slot] = found
          for filler in found where filler.chunk >= 0 { used.append(filler.chunk) }
          break
        }
      }
      if role.isRequired, roles[role.slot] == nil, !(isModifier && role.slot == .who) { return nil }
    }
    if let described = roles[.place] {
      if !described.contains(where: isNamed), let named = included(arguments, where: isNamed) {
        roles[.place] = named
      } else if frame.type == .controlChange, described.count == 1,
        let parts = included(arguments, where: { fits($0, .place) || isNamed($0) })
      {
        // "seized most of the province, including its capital": both.
        roles[.place] = described + parts
      }
    }
    if frame.type == .hostilities, roles[.place] == nil, frame.roles.contains(where: { $0.slot == .place }) {
      // "launched an attack on the Orlin checkpoint": what is attacked, and where.
      let attacked = (roles[.whom] ?? []).filter {
        $0.kinds.contains(.place) && $0.kinds.isDisjoint(with: [.force, .demonym])
          && (isNamed($0) || $0.kinds.contains(.area) && $0.kinds.isDisjoint(with: [.party, .equipment, .post, .office, .weapon]))
      }
      if !attacked.isEmpty { roles[.place] = attacked }
    }
    if frame.flags.contains(.named), !(roles[.place]?.contains { isNamed($0) || isPrize($0) } ?? false) { return nil }
    if frame.flags.contains(.placed), roles[.place] == nil {
      // "The militants are to leave before 15 October": the day tells what no place does.
      guard let who = roles[.who]?.first, who.kinds.contains(.force), !arguments.times.isEmpty, arguments.object.isEmpty else { return nil }
    }
    return roles
  }

  /// Whether no other role has taken it; a country or capital that is attacked is where it happens too.
  private func isFree(_ filler: Filler, _ role: Frame.Role, _ used: [Int]) -> Bool {
    // "Lt Hale was handed over", "freed the priest John Hale": somebody with a rank or a calling is no place.
    if role.slot == .place, filler.kinds.contains(.someone), !filler.kinds.isDisjoint(with: [.office, .person]),
      !filler.kinds.contains(.place)
    {
      return false
    }
    // "seized Hale, who was born in the south": somebody.
    if role.slot == .place, filler.kinds.contains(.name), isWho(after: filler.chunk), filler.units.allSatisfy({ units[$0].meaning < 0 }) {
      return false
    }
    if filler.chunk < 0 || !used.contains(filler.chunk) { return true }
    return role.slot == .place
      && (filler.kinds.isSuperset(of: [.place, .party]) || filler.kinds.contains(.name) && !filler.kinds.contains(.someone))
  }

  /// Whether "who" goes on with what a chunk names.
  private func isWho(after chunk: Int) -> Bool {
    guard chunk >= 0, chunk + 2 < chunks.count else { return false }
    let at = chunks[chunk + 1].kind == .comma ? chunk + 2 : chunk + 1
    return chunks[at].kind == .subordinator && FrameMatcher.whos.contains(chunks[at].form)
  }

  private static let whos = FormSet(["who", "whom"])

  /// "to Orlin, | in the district": the name before the comma, where the place after it only says where it lies.
  private func goal(beside place: Filler, _ role: Frame.Role, _ arguments: Arguments, _ used: [Int]) -> [Filler]? {
    let at = place.chunk
    guard at >= 3, chunks[at - 1].kind == .preposition, chunks[at - 2].kind == .comma, chunks[at - 3].kind == .noun,
      let phrase = arguments.after.first(where: { $0.elements.last?.end == at - 2 }), !ClaimBuilder.locative.contains(phrase.form)
    else { return nil }
    let isTaken = role.options.contains { $0.source == .after(phrase.form) && $0.kinds == .name }
    let named = phrase.elements.map(scene.filler).filter { isFree($0, role, used) && fits($0, .name) }
    return isTaken && !named.isEmpty ? named : nil
  }

  private static func isLocative(_ source: Frame.Source) -> Bool {
    if case .after(let form) = source { return ClaimBuilder.locative.contains(form) }
    return false
  }

  /// "a bridge | in Orlin and | a barracks | near Tarn": where each of several things lies; nil where one of them does not say.
  private func sites(of things: [Filler]) -> [Filler]? {
    guard things.count > 1 else { return nil }
    var found: [Filler] = []
    for thing in things {
      guard thing.chunk >= 0, thing.chunk + 2 < chunks.count, chunks[thing.chunk + 1].kind == .preposition,
        ClaimBuilder.locative.contains(chunks[thing.chunk + 1].form), chunks[thing.chunk + 2].kind == .noun
      else { return nil }
      let site = scene.filler(scene.clauses.element(thing.chunk + 2))
      guard isNamed(site), fits(site, .place) || site.kinds.contains(.name) else { return nil }
      found.append(site)
    }
    return found
  }

  /// The first phrase after a locative preposition that the role takes.
  private func firstPlace(_ role: Frame.Role, _ arguments: Arguments, _ used: [Int], isNamed: Bool = false) -> [Filler]? {
    for (index, phrase) in arguments.after.enumerated() where ClaimBuilder.locative.contains(phrase.form) {
      let form = phrase.form
      // "3 km north of Orlin | near the village of Tarn".
      if let first = phrase.elements.first, first.noun > 0, scene.isCompass(first.noun - 1),
        arguments.after.dropFirst(index + 1).contains(where: { other in
          ClaimBuilder.locative.contains(other.form)
            && other.elements.contains { self.isNamed(scene.filler($0)) && fits(scene.filler($0), .place) }
        })
      {
        continue
      }
      // "in a market in Orlin": the one within the other; "in Orlin and in Tarn": both.
      let others = arguments.after.dropFirst(index + 1).filter { $0.form == form && isJoined($0.elements) }
      let elements = phrase.elements + others.flatMap(\.elements)
      for option in role.options where option.source == .after(form) {
        // "in the Crow's Nest and the Long Valley": a name beside a place is one.
        let fillers = elements.map(scene.filler)
        let isPlaces = elements.count > 1 && option.kinds == .place && !isNamed && fillers.contains { fits($0, .place) }
        let found = fillers.filter {
          isFree($0, role, used) && (fits($0, option.kinds) || isPlaces && fits($0, .name) && !$0.kinds.contains(.someone))
            && (!isNamed || self.isNamed($0) && fits($0, .place))
        }
        // "on offices in Orlin and on the town of Tarn": the offices are no place, and what is joined to them comes after Orlin.
        guard found.contains(where: { filler in phrase.elements.contains { $0.noun == filler.chunk } }) || phrase.elements.isEmpty else {
          continue
        }
        if !found.isEmpty { return found + joined(to: form, role, arguments, used) }
      }
    }
    return nil
  }

  /// Whether "and" stands before a phrase's preposition.
  private func isJoined(_ elements: [Element]) -> Bool {
    guard let first = elements.first, first.noun >= 2, chunks[first.noun - 1].kind == .preposition else { return false }
    return chunks[first.noun - 2].kind == .conjunction
  }

  /// "in the capital and at the seven sites": places after further prepositions, where "and" joins them to the first.
  private func joined(to form: Form, _ role: Frame.Role, _ arguments: Arguments, _ used: [Int]) -> [Filler] {
    var found: [Filler] = []
    for (other, elements) in arguments.after where other != form && ClaimBuilder.locative.contains(other) {
      guard isJoined(elements) else { continue }
      for option in role.options where option.source == .after(other) {
        found += elements.map(scene.filler).filter { filler in
          isFree(filler, role, used) && fits(filler, option.kinds) && !found.contains { $0.chunk == filler.chunk }
        }
      }
    }
    return found
  }

  /// "... left two towns overnight, including Orlin": the named places of a list that says what a description holds.
  private func included(_ arguments: Arguments, where isMeant: (Filler) -> Bool) -> [Filler]? {
    guard let at = arguments.after.firstIndex(where: { Mentions.including.contains($0.form) }) else { return nil }
    // "withdrew from Orlin toward the east, including Tarn": where they went.
    if at > 0, FrameMatcher.towards.contains(arguments.after[at - 1].form) { return nil }
    let list = arguments.after[at].elements
    let named = list.map(scene.filler).filter {
      isMeant($0) && $0.kinds.isDisjoint(with: [.force, .demonym]) && !$0.kinds.isDisjoint(with: [.place, .name])
        && !$0.kinds.contains(.someone)
    }
    return named.isEmpty ? nil : named
  }

  private static let towards = FormSet(["toward", "towards"])

  private static func isOrigin(_ source: Frame.Source) -> Bool {
    if case .after(let form) = source { return form == Scene.from }
    return false
  }

  func isNamed(_ filler: Filler) -> Bool {
    if filler.chunk >= 0, chunks[filler.chunk].kinds.contains(.area) {
      // "the settlements of Orlin and Tarn": named by what follows.
      let inner = scene.clauses.inner(scene.clauses.element(filler.chunk))
      if inner.contains(where: { chunks[$0].kinds.contains(.name) || units[chunks[$0].head].isCapitalised }) { return true }
    }
    // "a DDR camp": letters before a common noun are no name of it.
    let isCommon = filler.chunk >= 0 && !units[chunks[filler.chunk].head].isCapitalised
    return filler.units.contains {
      units[$0].isCapitalised && !(isCommon && isOwnerOnly($0))
        && ($0 > 0 || !lexicon.portions.contains(scene.form($0)))
    }
  }

  /// "held the airport", "held most of the city": what one side or the other holds, named or not.
  private func isPrize(_ filler: Filler) -> Bool {
    filler.chunk >= 0
      && (lexicon.portions.contains(scene.form(filler.units.lowerBound)) || lexicon.portions.contains(chunks[filler.chunk].headForm)
        || FrameMatcher.prizes.contains(chunks[filler.chunk].headForm) && scene.form(chunks[filler.chunk].first) == Mentions.the)
  }

  private static let prizes = FormSet([
    "suburbs", "outskirts", "centre", "center", "top", "summit", "heights", "crossing", "road", "highway", "north", "south", "east", "west",
    "airport", "airfield", "airbase", "port", "palace", "capital", "barracks", "bridge", "town", "city",
  ])

  /// "Sheikh Orlin", "General Tarn" beside places: named after somebody.
  private func isTitledPlace(_ filler: Filler) -> Bool {
    filler.kinds.contains(.someone) && filler.units.count > 1 && units[filler.units.lowerBound].isCapitalised
      && FrameMatcher.namesakes.contains(scene.form(filler.units.lowerBound))
  }

  private static let namesakes = FormSet(["sheikh", "general", "king", "queen", "khan", "saint", "st", "prince", "president", "colonel"])

  /// "a DDR camp", "a UN compound", "the Serb positions": whose it is, before a common noun, and not where.
  private func isOwnerOnly(_ unit: Int) -> Bool {
    guard units[unit].meaning >= 0 else { return scene.tokens[Int(units[unit].first)].isAllCaps }
    let meaning = scene.names.meanings[Int(units[unit].meaning)]
    return !meaning.kinds.contains(.place)
  }

  private func fits(_ filler: Filler, _ kinds: NounKinds?) -> Bool {
    guard let kinds else { return true }
    // A common noun that the lexicon does not know can be a person that is hurt.
    if filler.kinds.isEmpty {
      // "Eritrean symbols": theirs, whatever they are.
      if kinds.contains(.party), kinds.isDisjoint(with: .place), isSomebodys(filler) { return true }
      return kinds.isSuperset(of: .victim) && filler.chunk >= 0 && units[chunks[filler.chunk].head].tag == .nominal
    }
    // "handed over 225 guns": a number of things, and of nobody.
    if filler.kinds.intersection(kinds) == .number, !filler.kinds.isDisjoint(with: [.weapon, .equipment, .place, .event]) { return false }
    if !filler.kinds.isDisjoint(with: kinds) {
      // A word of belonging alone is a people or a side, never a place.
      if kinds.contains(.place), !kinds.contains(.party), filler.kinds.contains(.force), !filler.kinds.contains(.place) { return false }
      return true
    }
    return false
  }

  /// Whether some word of a filler names a party: "French", "British planes".
  private func namesParty(_ filler: Filler) -> Bool {
    units[filler.units].contains { $0.meaning >= 0 && !$0.isCompound && scene.names.meanings[Int($0.meaning)].party != nil }
  }

  /// Whether a word of belonging stands before a noun that the lexicon does not know.
  private func isSomebodys(_ filler: Filler) -> Bool {
    guard filler.chunk >= 0, chunks[filler.chunk].owner.isEmpty else { return false }
    return units[filler.units].dropLast().contains { unit in
      unit.meaning >= 0 && !unit.isCompound && scene.names.meanings[Int(unit.meaning)].kinds.contains(.demonym)
    }
  }

  /// Whether anything may stand where an option looks: mostly nothing does.
  private func holds(_ source: Frame.Source, _ arguments: Arguments, passive: Bool, owner: Int?) -> Bool {
    switch source {
    case .subject: passive ? arguments.has(Clauses.by) || !promiser.isEmpty : !arguments.subject.isEmpty || !promiser.isEmpty
    case .object: passive ? !arguments.subject.isEmpty : !arguments.object.isEmpty
    case .agent: !arguments.object.isEmpty
    case .after(let form): arguments.has(form)
    case .within: !arguments.after.isEmpty
    case .owner: owner != nil
    }
  }

  /// What stands where an option looks, as far as it is accepted.
  private func find(
    _ option: Frame.Option, _ arguments: Arguments, passive: Bool, owner: Int?, _ accepts: (Filler) -> Bool
  ) -> [Filler] {
    var found: [Filler] = []
    func add(_ elements: [Element]) {
      for element in elements {
        let filler = scene.filler(element)
        if accepts(filler) { found.append(filler) }
      }
    }
    switch option.source {
    case .subject where passive:
      if let agent = arguments.after.first(where: { $0.form == Clauses.by }) {
        add(agent.elements)
      } else {
        found = promiser.filter(accepts)
      }
    case .subject:
      add(arguments.subject)
      if arguments.subject.isEmpty, !promiser.isEmpty { found = promiser.filter(accepts) }
      // "Attacks by the rebels broke the truce": the rebels.
      if found.isEmpty, option.kinds?.contains(.party) ?? false, let subject = arguments.subject.first,
        chunks[subject.noun].kinds.contains(.event)
      {
        if let agent = arguments.after.first(where: { $0.form == Clauses.by })?.elements { add(agent) }
        if found.isEmpty { found = self.owner(subject.noun).filter(accepts) }
      }
    case .object: add(passive ? arguments.subject : arguments.object)
    case .agent:
      guard let last = arguments.object.last, last.end < chunks.count, chunks[last.end].kind == .verb, scene.clauses.isReduced(last.end)
      else { break }
      add(agent(last.end))
    case .after(let form):
      for after in arguments.after where after.form == form { add(after.elements) }
    case .within:
      for (_, elements) in arguments.after {
        for element in elements where chunks[element.noun].kinds.contains(.event) {
          let owners = self.owner(element.noun)
          if !owners.isEmpty { return owners.filter(accepts) }
        }
      }
    case .owner:
      if let owner { return self.owner(owner).filter(accepts) }
    }
    return found
  }

  /// "the army's losses", "rebel dead".
  func isOwned(_ at: Int) -> Bool { !owner(at).isEmpty }

  /// The possessor of a noun phrase, or the name or word of belonging before its head.
  func owner(_ at: Int) -> [Filler] {
    let chunk = chunks[at]
    if !chunk.owner.isEmpty {
      var kinds: NounKinds = []
      for unit in chunk.owner {
        kinds.formUnion(units[unit].word.noun)
        if units[unit].meaning >= 0 { kinds.formUnion(scene.names.meanings[Int(units[unit].meaning)].kinds) }
        if units[unit].word.noun.isEmpty, units[unit].isCapitalised { kinds.formUnion(.name) }
      }
      return [Filler(units: chunk.owner, kinds: kinds, chunk: -1)]
    }
    for unit in chunk.first..<chunk.head where units[unit].meaning >= 0 && !units[unit].isCompound && !scene.isSite(unit, of: chunk) {
      let kinds = scene.names.meanings[Int(units[unit].meaning)].kinds
      if !kinds.isDisjoint(with: [.party, .place]) { return [Filler(units: unit..<unit + 1, kinds: kinds, chunk: -1)] }
    }
    for unit in chunk.first..<chunk.head where units[unit].tag != .verb {
      // "rebel hands", "army control"; "our control".
      let kinds = units[unit].word.noun
      if !kinds.isDisjoint(with: [.force, .office, .person]), units[unit].word.nounLemma >= 0,
        // "a military offensive" is of any side.
        scene.form(unit) != FrameMatcher.military || !chunk.kinds.contains(.event)
      {
        return [Filler(units: unit..<unit + 1, kinds: kinds, chunk: -1)]
      }
      if units[unit].tag == .determiner, Mentions.possessives.contains(scene.form(unit)) {
        return [Filler(units: unit..<unit + 1, kinds: .pronoun, chunk: -1)]
      }
    }
    return []
  }

  private static let military = Form("military")
}
