// Whom pronouns and descriptions mean: "they", "the army", "the group", "its forces", who spoke last.
internal import TruceModel

extension Mentions {
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
      if Mentions.they.contains(form), let blamed = blamed(before: filler.chunk) { return blamed }
      if let speaker = speaking(range) { return speaker }
      if Mentions.firstPerson.contains(form) { return nil }
      if Mentions.they.contains(form) {
        if let subject = nearest(head, named: false, { $0.isSubject && $0.isPlural && $0.kinds.contains(.force) }) { return subject }
        // "Warplanes bombed the post. They also hit the port": whom the sentence before is about.
        let start = scene.sentence.span.start
        if !local.contains(where: { $0.unit < head && $0.referent.isPlural && $0.referent.kinds.contains(.force) }),
          let last = discourse.last(where: { $0.isSubject && $0.isPlural }), last.kinds.contains(.equipment),
          start - last.span.end < 300
        {
          return last
        }
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
        if let subject = local.last(where: {
          $0.unit < head && ($0.referent.isNamed || !$0.referent.isPlural) && $0.referent.isSubject && fits($0.referent)
        }) {
          return subject.referent
        }
        // "The mission, which took over from a force, has 500 men. It will ...": of the sentence before, whom it is about.
        if let last = nearest(head, fits), !last.isSubject, let subject = discourse.last(where: { $0.isSubject && $0.isNamed && fits($0) }),
          subject.span.end < last.span.start, last.span.end < scene.sentence.span.start,
          !scene.hasStop(ByteSpan(subject.span.end, last.span.start))
        {
          return subject
        }
        return nearest(head, fits)
      }
      return nil
    }
    // "its forces", "his military": the possessor tells the party.
    if let possessor = possessor(range) { return possessor }
    // "The radical Palestinian movement": the armed one that the text named last.
    if Mentions.groupWords.contains(form), scene.form(range.lowerBound) == Mentions.the, names.isPeople(party(range)?.party) {
      return nearest(first) { ($0.party.map(names.rebels.contains) ?? false) && !$0.kinds.contains(.demonym) }
    }
    if hasParty(range) { return nil }
    // An acronym or a surname that the text explained, anywhere in the phrase ("the UPDF's troops").
    let isPerson = filler.kinds.contains(.someone)
    // "fighters led by Sabo": he is no other name of theirs.
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
        // "One Tarn fighter" is not all of them.
        return nearest(head) { $0.kinds.contains(.force) && !$0.kinds.contains(.number) && isRebel($0) }
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
          $0.kinds.contains(.force) && $0.kinds.isDisjoint(with: [.equipment, .office]) && !isRebel($0)
            // A people without a state has none.
            && (!isWhole || $0.party != nil && !names.isPeople($0.party))
        }
      }
      if Mentions.groupWords.contains(form), isDefinite {
        // "the alliance": one that is called so.
        if let called = nearest(first, { Form(lastWordOf: $0.text) == form }) { return called }
        return nearest(first) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.place, .demonym, .someone]) }
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
      return nearest(at, fits) ?? speaking(range)
    }
    if form == Mentions.their {
      return nearest(at) { $0.isPlural && $0.kinds.contains(.force) }
        ?? nearest(at) { !$0.kinds.isDisjoint(with: [.force, .party]) && $0.kinds.isDisjoint(with: [.place, .demonym]) } ?? speaking(range)
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
    let isQuoted = scene.tokens[Int(units[range.lowerBound].first)].quoteDepth > 0
    // "They broke the truce," the general said: whoever speaks says "we" of his own.
    if isQuoted, !isOwn { return nil }
    guard let speaker = speech?.speaker ?? (isQuoted ? discourse.speaker : nil) else { return nil }
    if !isOwn, let speech, isOther(than: speech, chunk) { return nil }
    if isOwn, let side = discourse.side(of: speaker.text) ?? employer(speaker) { return side }
    return Referent(
      text: speaker.text, span: speaker.span ?? scene.sentence.span, party: speaker.party, organ: speaker.organ, kinds: [.party, .office],
      place: nil, isPlural: true)
  }

  /// "blamed the rebels, saying they ...": the rebels.
  private func blamed(before pronoun: Int) -> Referent? {
    var verb = pronoun - 1
    while verb > 0, scene.chunks[verb].kind != .verb || scene.cues(verb).isDisjoint(with: .allegation) { verb -= 1 }
    guard verb > 0, pronoun - verb < 9, !scene.chunks[verb].isPassive, scene.chunks[verb + 1].kind == .noun,
      units[scene.chunks[verb + 1].head].word.isPlural || scene.chunks[verb + 1].kinds.contains(.party)
    else { return nil }
    let range = scene.chunks[verb + 1].first..<scene.chunks[verb + 1].end
    if let known = local.last(where: { range.contains($0.unit) }) { return known.referent }
    return Referent(
      text: text(range), span: scene.span(range), party: party(range)?.party, organ: nil, kinds: scene.chunks[verb + 1].kinds, place: nil,
      isPlural: true)
  }

  /// "The ministry said ... It said", "he told": who spoke last, where a pronoun speaks on; "the general said he would": the general.
  private func speakingOn(_ filler: Filler, _ form: Form) -> Referent? {
    let isIt = Mentions.it.contains(form)
    let isThey = form == Mentions.theyForm
    guard isIt || isThey || Mentions.he.contains(form), filler.chunk >= 0 else { return nil }
    if isThey { return speakingOnTogether(filler) }
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
          // "The army said it ...": the army.
          && !scene.clauses.subject(of: filler.chunk - 1).contains(where: {
            $0.noun < filler.chunk - 1 && !chunks[$0.noun].kinds.contains(.pronoun)
          })
    else { return nil }
    let person = discourse.aliases[Form(String(name))].map { $0.kinds.contains(.someone) } ?? false
    guard isIt != person else { return nil }
    // Whom the sentence names before it would be meant.
    if local.contains(where: { $0.unit < scene.chunks[filler.chunk].head && $0.referent.kinds.contains(.someone) != isIt }) { return nil }
    return Referent(
      text: speaker.text, span: speaker.span ?? scene.sentence.span, party: speaker.party, organ: speaker.organ,
      kinds: isIt ? [.party, .office] : [.someone], place: nil, isPlural: false)
  }

  /// "Officials said ... They added ...": the officials, where "they" speak on.
  private func speakingOnTogether(_ filler: Filler) -> Referent? {
    guard filler.chunk + 1 < scene.chunks.count, scene.chunks[filler.chunk + 1].kind == .verb,
      scene.cues(filler.chunk + 1).contains(.speech)
    else { return nil }
    let before = speeches.last { $0.verb >= 0 && $0.verb < filler.chunk }?.speaker
    // Whom the sentence names before it would be meant.
    if before == nil, local.contains(where: { $0.unit < scene.chunks[filler.chunk].head && $0.referent.isPlural }) { return nil }
    guard let speaker = before ?? discourse.speaker, isPlural(speaker.text) else { return nil }
    return Referent(
      text: speaker.text, span: speaker.span ?? scene.sentence.span, party: speaker.party, organ: speaker.organ, kinds: [.party, .office],
      place: nil, isPlural: true)
  }

  /// Whether words end in a noun of several: "military officials".
  private func isPlural(_ text: String) -> Bool {
    names.builder.lexicon.words[Form(lastWordOf: text)]?.isPlural ?? false
  }

  static let theyForm = Form("they")

  /// "said a spokesman for the Free Army": for whom a speaker without a name speaks.
  private func employer(_ speaker: Speaker) -> Referent? {
    guard let span = speaker.span, let at = scene.chunks.firstIndex(where: { $0.kind == .noun && scene.span($0.first..<$0.end) == span })
    else { return nil }
    if let own = scene.spokenFor(scene.chunks[at]) { return referent(side: own) }
    guard at + 2 < scene.chunks.count, scene.chunks[at].kinds.contains(.office), scene.chunks[at + 1].form == Mentions.forForm,
      scene.chunks[at + 2].kind == .noun, !scene.chunks[at + 2].kinds.isDisjoint(with: [.force, .party, .office])
    else { return nil }
    return referent(side: scene.chunks[at + 2].first..<scene.chunks[at + 2].end)
  }

  /// A side for which somebody speaks, by its words; a state by its name where they only say to whom he belongs.
  func referent(side range: Range<Int>) -> Referent {
    let party = party(range)
    let isDemonym =
      range.count == 1 && units[range.lowerBound].meaning >= 0
      && names.meanings[Int(units[range.lowerBound].meaning)].kinds.contains(.demonym)
    var name = isDemonym ? party?.party.flatMap(names.name(of:)) : nil
    // "rebel commander": the rebels'.
    if range.count == 1, party == nil, Mentions.rebelWords.contains(scene.form(range.lowerBound)),
      !units[range.lowerBound].word.isPlural
    {
      name = text(range).lowercased() + "s"
    }
    return Referent(
      text: name ?? text(range), span: scene.span(range), party: party?.party, organ: party?.organ, kinds: [.party, .force], place: nil,
      isPlural: true)
  }

  private static let forForm = Form("for")

  /// Whether a pronoun in what somebody says means somebody else: "it" no person and no several, "they" soldiers that the words name.
  private func isOther(than speech: Speech, _ pronoun: Int) -> Bool {
    guard let subject = scene.clauses.subject(of: speech.verb).first else { return false }
    let chunk = scene.chunks[subject.noun]
    if Mentions.it.contains(scene.form(scene.chunks[pronoun].head)) || scene.form(scene.chunks[pronoun].first) == Mentions.its {
      return chunk.kinds.contains(.someone) || !chunk.kinds.contains(.pronoun) && units[chunk.head].word.isPlural
    }
    let from = scene.chunks[speech.verb].end
    let until = scene.chunks[pronoun].first
    return local.contains { $0.unit >= from && $0.unit < until && $0.referent.isPlural && $0.referent.kinds.contains(.force) }
  }
}
