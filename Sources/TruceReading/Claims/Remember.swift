// What a sentence adds to the memory of its text.
internal import TruceModel

extension Scene {
  /// Adds the sentence's names to the memory.
  ///
  /// - Returns: what it names, with the unit at which each stands.
  func remember(_ discourse: Discourse) -> [(unit: Int, referent: Referent)] {
    var mentions = Mentions(scene: self, discourse: discourse)
    mentions.local.reserveCapacity(8)
    for (at, chunk) in chunks.enumerated() where chunk.kind == .noun && !chunk.kinds.contains(.pronoun) {
      var start = chunk.first
      while start < chunk.end - 1, units[start].tag == .determiner { start += 1 }
      let range = start..<chunk.end
      let party = mentions.party(range)
      for unit in range where units[unit].meaning >= 0 && !units[unit].isCompound {
        guard names.isState(meaning: units[unit].meaning), let id = names.meanings[Int(units[unit].meaning)].party,
          // "The Druze" have no land of their name.
          names.name(of: id) != nil
        else { continue }
        let isLand = names.meanings[Int(units[unit].meaning)].isCountry
        // "Colombia's largest rebel group" says where the war is; "in the Cuban capital" where it is talked about.
        let isSeat = chunk.headForm == Mentions.capital && at > 0 && chunks[at - 1].kind == .preposition
        let isWar = (unit + 1..<chunk.end).contains { Mentions.rebelWords.contains(form($0)) || isArmed(units[$0].meaning) }
        discourse.noteState(id, isLand: isLand, times: isSeat ? 0 : isWar ? 3 : 1, text(self.span(unit..<unit + 1)))
      }
      let head = units[chunk.head]
      // "The Front": a body, and no place.
      let isBody =
        head.isCapitalised && head.meaning < 0 && chunk.headForm == Scene.front
        && !(at > 0 && chunks[at - 1].kind == .preposition && ClaimBuilder.locative.contains(chunks[at - 1].form))
      // "Sabo's men": who fight for him.
      let isFollowing = chunk.headForm == Scene.men && !chunk.owner.isEmpty
      let kinds =
        isBody || chunk.kinds.contains(.agreement) ? chunk.kinds.subtracting(.place) : isFollowing ? chunk.kinds.union(.force) : chunk.kinds
      // "Tarn Liberation Alliance": a body by its name, too.
      guard
        party != nil || !kinds.isDisjoint(with: [.name, .someone, .place, .party, .force])
          || Mentions.groupWords.contains(chunk.headForm) && head.isCapitalised
      else { continue }
      let element = clauses.element(at)
      if party == nil, !kinds.contains(.place), let known = mentions.referent(Filler(units: range, kinds: kinds, chunk: at)) {
        // Named again by surname, acronym or description: the memory keeps the full name.
        mentions.local.append((start, chunk.kinds.contains(.force) ? known.being(.force) : known))
        continue
      }
      let isNamed = (chunk.first..<chunk.end).contains {
        units[$0].isCapitalised && (units[$0].meaning >= 0 || units[$0].word.classes.isEmpty) && $0 >= start
      }
      for unit in start..<chunk.end where units[unit].meaning >= 0 && !units[unit].isCompound && unit != chunk.head {
        // A place within a phrase: "the Nagorno-Karabakh leader".
        let kinds = names.meanings[Int(units[unit].meaning)].kinds
        guard kinds.contains(.place), kinds.isDisjoint(with: [.demonym]) else { continue }
        let place = mentions.places(Filler(units: unit..<unit + 1, kinds: kinds, chunk: -1)).first
        let inside = Referent(
          text: text(self.span(unit..<unit + 1)), span: self.span(unit..<unit + 1), party: nil, organ: nil, kinds: kinds,
          place: place?.place, isPlural: false)
        mentions.local.append((unit, inside))
      }
      if !isNamed, !kinds.isDisjoint(with: [.force, .person, .office]), head.word.isPlural,
        let inner = clauses.inner(element).first(where: { !chunks[$0].kinds.isDisjoint(with: [.party, .force, .name]) })
      {
        // "The last fighters of the M23 movement".
        let range = self.range(element)
        let whole = self.span(range)
        let party = mentions.party(chunks[inner].first..<chunks[inner].end)
        let group = Referent(
          text: text(whole), span: whole, party: party?.party, organ: party?.organ, kinds: kinds.union(.force), place: nil,
          isPlural: true)
        mentions.local.append((start, group))
      }
      if !isNamed, kinds.contains(.force), kinds.isDisjoint(with: [.equipment, .place, .someone]), isSubject(element) {
        // "The monitors arrived on Sunday. They ...", "The army attacked; on Sunday it ..."
        let span = self.span(self.range(element))
        mentions.local.append(
          (
            start,
            Referent(
              text: text(span), span: span, party: party?.party, organ: party?.organ, kinds: kinds, place: nil,
              isPlural: head.word.isPlural, isNamed: false, isSubject: true)
          ))
      }
      if kinds.contains(.area) { noteArea(at, discourse) }
      guard isNamed else { continue }
      let span = self.span(range)
      // "in Berlin": where it was, and nobody who acts.
      let isLocated =
        kinds.isSuperset(of: [.party, .place]) && at > 0 && chunks[at - 1].kind == .preposition
        && Clauses.sites.contains(chunks[at - 1].form)
      let place = kinds.contains(.place) ? mentions.places(Filler(units: range, kinds: kinds, chunk: at)).first?.place : nil
      let referent = Referent(
        text: text(span), span: span, party: isLocated ? nil : party?.party, organ: party?.organ,
        kinds: isLocated ? kinds.subtracting(.party) : kinds, place: place, isPlural: head.word.isPlural, isSubject: isSubject(element),
        isBearing: isBearing(at))
      mentions.local.append((start, referent))
      affiliation(at, discourse)
      acronym(range, referent, discourse)
      lastWord(chunk, referent, discourse)
      surname(range, chunk, referent, discourse)
    }
    for pair in pairs(mentions) { discourse.pair = pair }
    noteAllies(mentions)
    return mentions.local
  }

  /// A movement that fights by its name.
  private func isArmed(_ meaning: Int32) -> Bool { meaning >= 0 && names.meanings[Int(meaning)].kinds.contains(.rebel) }

  private static let front = Form("front")

  /// "Tarn province", "the town of Orlin", "Orlin, a town ...": what kind of place the name is.
  private func noteArea(_ at: Int, _ discourse: Discourse) {
    let chunk = chunks[at]
    func name(_ unit: Int) -> Form { tokens[Int(units[unit].end) - 1].form }
    if chunk.head > chunk.first, units[chunk.head - 1].isCapitalised, units[chunk.head - 1].tag == .nominal, chunk.owner.isEmpty {
      discourse.noteArea(name(chunk.head - 1), chunk.headForm)
    } else if let inner = clauses.element(at).firstInner, units[chunks[inner].head].isCapitalised {
      for other in clauses.inner(clauses.element(at)) { discourse.noteArea(name(chunks[other].head), chunk.headForm) }
    } else if at >= 2, chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun, units[chunks[at - 2].head].isCapitalised {
      discourse.noteArea(name(chunks[at - 2].head), chunk.headForm)
    }
  }

  /// "27 km west of Goma", "the capital of the province": a place beside which the text places another.
  private func isBearing(_ at: Int) -> Bool {
    if at >= 3, clauses.isLength(at - 2), [.comma, .openBracket].contains(chunks[at - 3].kind) { return true }
    // "Orlin, northwest | of Tarn".
    if at >= 2, isCompass(at - 1), chunks[at - 2].kind == .comma { return true }
    // "were sent | from | Orlin": where they came from.
    if at >= 2, chunks[at - 1].form == Scene.from, let verb = verb(at - 2), Scene.bringing.contains(verb.lemma) { return true }
    return at >= 2 && chunks[at - 1].kind == .preposition && chunks[at - 2].kind == .noun && chunks[at - 2].kinds.contains(.place)
      && !chunks[at - 2].kinds.contains(.force) && !units[chunks[at - 2].head].isCapitalised
      && (!chunks[at - 2].kinds.contains(.area) && !Scene.parts.contains(chunks[at - 2].headForm) || chunks[at - 1].form != Clauses.of)
  }

  private static let bringing: Set<String> = ["send", "come", "arrive", "fly", "bring", "dispatch", "fire", "launch", "travel", "report"]

  /// Whether a finite verb follows a noun that no preposition governs.
  private func isSubject(_ element: Element) -> Bool {
    if element.noun > 0, chunks[element.noun - 1].kind == .preposition { return false }
    // "hours after the rebels had left": who acts in the main clause is whom the text is about.
    // "..., while | helicopters hit Tarn": they as well.
    if element.noun > 1, chunks[element.noun - 1].kind == .subordinator, Scene.onset.contains(chunks[element.noun - 1].form),
      chunks[element.noun - 1].form != Scene.`while` || chunks[element.noun - 2].kind != .comma
    {
      return false
    }
    var next = element.end
    while next < chunks.count, chunks[next].kind == .adverb || chunks[next].kind == .time { next += 1 }
    // "The mission in Orlin, which took over in May, has 500 men."
    if next + 2 < chunks.count, chunks[next].kind == .preposition, chunks[next + 1].kind == .noun, chunks[next + 2].kind == .comma {
      next += 2
    }
    if next + 1 < chunks.count, chunks[next].kind == .comma, chunks[next + 1].kind == .subordinator,
      Clauses.relatives.contains(chunks[next + 1].form), let close = chunks[(next + 1)...].firstIndex(where: { $0.kind == .comma })
    {
      next = close + 1
    }
    if next < chunks.count, chunks[next].kind == .verb, chunks[next].isFinite { return true }
    // "Forces loyal to the king, backed by Tarn, launched an offensive."
    guard next < chunks.count, chunks[next].kind == .preposition || chunks[next].kind == .comma || chunks[next].kind == .noun,
      let verb = chunks[next...].firstIndex(where: { $0.kind == .verb && $0.isFinite }),
      let main = chunks[verb...].indices.first(where: { chunks[$0].kind == .verb && chunks[$0].isFinite && !clauses.isReduced($0) })
    else { return false }
    return clauses.subject(of: main).contains { $0.noun == element.noun }
  }

  /// "John Hale, a spokesman for the rebels", "the rebels' commander, John Hale".
  private func affiliation(_ at: Int, _ discourse: Discourse) {
    guard chunks[at].kinds.contains(.someone), units[chunks[at].head].isCapitalised else { return }
    let bodies: NounKinds = [.force, .party, .office]
    var side: Range<Int>?
    if at + 4 < chunks.count, chunks[at + 1].kind == .comma, chunks[at + 2].kind == .noun, chunks[at + 3].kind == .preposition,
      chunks[at + 4].kind == .noun, !chunks[at + 2].kinds.isDisjoint(with: [.office, .person]),
      !chunks[at + 4].kinds.isDisjoint(with: bodies)
    {
      side = chunks[at + 4].first..<chunks[at + 4].end
    } else if at >= 2, chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun {
      if !chunks[at - 2].owner.isEmpty, !chunks[at - 2].kinds.isDisjoint(with: [.office, .person]) {
        side = chunks[at - 2].owner
      } else if at >= 4, chunks[at - 3].kind == .preposition, chunks[at - 4].kind == .noun,
        !chunks[at - 4].kinds.isDisjoint(with: [.office, .person]), !chunks[at - 2].kinds.isDisjoint(with: bodies)
      {
        side = chunks[at - 2].first..<chunks[at - 2].end
      }
    }
    // "army spokesman John Hale", "John Hale, the army spokesman", "an army spokesman, John Hale".
    side = side ?? spokenFor(chunks[at])
    if side == nil, at + 2 < chunks.count, chunks[at + 1].kind == .comma, chunks[at + 2].kind == .noun { side = spokenFor(chunks[at + 2]) }
    if side == nil, at >= 2, chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun { side = spokenFor(chunks[at - 2]) }
    guard let side else { return }
    discourse.affiliate(
      tokens[Int(units[chunks[at].head].end) - 1].form, Mentions(scene: self, discourse: discourse).referent(side: side))
  }

  /// Those for whom a phrase says that somebody speaks or acts: "army" of "the chief army spokesman".
  func spokenFor(_ chunk: Chunk) -> Range<Int>? {
    func isBody(_ unit: Int) -> Bool {
      if units[unit].meaning >= 0 { return names.meanings[Int(units[unit].meaning)].party != nil }
      return !units[unit].word.noun.isDisjoint(with: [.force, .party, .office])
        || (tokens[Int(units[unit].first)].isAllCaps && units[unit].end - units[unit].first == 1)
    }
    for office in chunk.first..<chunk.end where Scene.offices.contains(tokens[Int(units[office].end) - 1].form) {
      if office > chunk.first, !Scene.offices.contains(form(office - 1)), isBody(office - 1) { return office - 1..<office }
      // "the Eastlandic defence | minister": whose he is.
      if let state = (chunk.first..<office).first(where: { units[$0].meaning >= 0 && isBody($0) }) { return state..<state + 1 }
    }
    return nil
  }

  /// "Uganda People's Defense Force (UPDF)".
  private func acronym(_ range: Range<Int>, _ referent: Referent, _ discourse: Discourse) {
    guard let open = range.first(where: { units[$0].tag == .openBracket }), open + 1 < range.upperBound else { return }
    let token = tokens[Int(units[open + 1].first)]
    guard token.isAllCaps else { return }
    discourse.alias(token.form, spelled(before: open, token) ?? referent)
  }

  /// "United Nations Mission in Ethiopia and Eritrea (UNMEE)": the words before it that begin with its letters, where they reach beyond the
  /// phrase; small words between do not count.
  private func spelled(before open: Int, _ acronym: Token) -> Referent? {
    let letters = text(ByteSpan(Int(acronym.start), Int(acronym.end))).uppercased().reversed().map { $0 }
    var next = 0
    var token = Int(units[open].first) - 1
    var first = -1
    while token >= 0, next < letters.count, token >= Int(units[0].first) {
      let word = tokens[token]
      if word.isCapitalised {
        guard text(ByteSpan(Int(word.start), Int(word.end))).uppercased().first == letters[next] else { return nil }
        first = token
        next += 1
      } else if word.kind != .word {
        return nil
      }
      token -= 1
    }
    guard next == letters.count, first >= 0, let start = units.firstIndex(where: { Int($0.first) == first }) else { return nil }
    let party = Mentions(scene: self, discourse: Discourse()).party(start..<start + 1)
    let span = ByteSpan(Int(tokens[first].start), Int(tokens[Int(units[open].first) - 1].end))
    return Referent(
      text: text(span), span: span, party: party?.party, organ: party?.organ, kinds: [.office, .force], place: nil, isPlural: false)
  }

  /// "Tamil Tigers": "the Tigers" from now on.
  private func lastWord(_ chunk: Chunk, _ referent: Referent, _ discourse: Discourse) {
    let head = tokens[Int(units[chunk.head].end) - 1]
    if head.isCapitalised, Scene.movements.contains(head.form), chunk.head > chunk.first, units[chunk.head - 1].isCapitalised,
      units[chunk.head - 1].tag != .determiner
    {
      // "Orlin Resistance Front": "the Front".
      discourse.alias(head.form, referent)
    }
    for at in chunk.first..<chunk.end where isArmed(units[at].meaning) && units[at].end - units[at].first > 1 {
      let last = tokens[Int(units[at].end) - 1]
      guard last.isCapitalised, reader.builder.lexicon.words.index(of: last.form) < 0,
        let party = names.meanings[Int(units[at].meaning)].party
      else { continue }
      let span = self.span(at..<at + 1)
      let known = Referent(
        text: text(span), span: span, party: party, organ: nil, kinds: [.party, .force, .rebel], place: nil, isPlural: true)
      discourse.alias(last.form, at == chunk.head ? referent : known)
    }
  }

  private static let offices = FormSet([
    "spokesman", "spokeswoman", "spokesperson", "spokesmen", "commander", "official", "officer", "leader", "chief", "general", "adviser",
    "advisor", "minister", "negotiator", "ambassador", "envoy",
  ])
  private static let `while` = Form("while")
  private static let onset = FormSet(["after", "before", "when", "while", "as"])
  private static let parts = FormSet(["outskirts", "centre", "center", "edge", "edges", "gates", "heart", "streets", "suburbs", "most"])
  private static let men = Form("men")
  private static let movements = FormSet(["front", "movement", "alliance", "league", "legion"])

  /// "President Yoweri Museveni": the last name stands for the whole from now on.
  private func surname(_ range: Range<Int>, _ chunk: Chunk, _ referent: Referent, _ discourse: Discourse) {
    guard chunk.kinds.contains(.someone), range.count >= 2, units[chunk.head].meaning < 0, units[chunk.head].isCapitalised else { return }
    // Of "al-Orlin" the name, and not the article.
    let form = tokens[Int(units[chunk.head].end) - 1].form
    if let known = discourse.aliases[form], known.text.utf8.count >= referent.text.utf8.count { return }
    discourse.alias(form, referent)
  }

  /// "The army, alongside | the militia", "rebels backed by | Tarn": who fights beside whom.
  private func noteAllies(_ mentions: Mentions) {
    guard mentions.discourse.allies.count < 32 else { return }
    for at in chunks.indices.dropFirst() where chunks[at].kind == .preposition && at + 1 < chunks.count && chunks[at + 1].kind == .noun {
      var before = at - 1
      if chunks[at].form == Clauses.by {
        guard chunks[before].kind == .verb, clauses.isReduced(before), Scene.supporting.contains(form(chunks[before].main)) else {
          continue
        }
        before -= 1
      } else if chunks[at].form != Chunker.alongside {
        continue
      }
      if before >= 0, chunks[before].kind == .comma { before -= 1 }
      guard before >= 0, chunks[before].kind == .noun, !chunks[before].kinds.isDisjoint(with: [.force, .party]),
        !chunks[at + 1].kinds.isDisjoint(with: [.force, .party, .name]), chunks[at + 1].kinds.isDisjoint(with: [.someone, .place])
      else { continue }
      func first(_ chunk: Int) -> Mention? { mentions.parties(filler(clauses.element(chunk))).first }
      if let one = first(before), let other = first(at + 1) { mentions.discourse.allies.append((one, other)) }
    }
  }

  private static let supporting = FormSet(["backed", "supported", "sponsored", "armed"])

  /// Coordinated parties: "Armenia and Azerbaijan".
  private func pairs(_ mentions: Mentions) -> [[Referent]] {
    var found: [[Referent]] = []
    var at = 0
    while at + 2 < chunks.count {
      if chunks[at].kind == .noun, chunks[at + 1].kind == .conjunction, chunks[at + 2].kind == .noun {
        let both = [at, at + 2].compactMap { index -> Referent? in
          let range = chunks[index].first..<chunks[index].end
          guard let party = mentions.party(range), let id = party.party, !chunks[index].kinds.contains(.event) else { return nil }
          return Referent(
            text: mentions.text(range), span: span(range), party: id, organ: party.organ, kinds: chunks[index].kinds, place: nil,
            isPlural: false)
        }
        if both.count == 2, both[0].party != both[1].party { found.append(both) }
      }
      at += 1
    }
    return found
  }
}
