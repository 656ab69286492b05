// Whose deed a verb tells: its subject, what a relative pronoun stands for, what verbs share.
internal import TruceModel

extension Clauses {
  /// The subject of the verb group at a chunk.
  func subject(of verb: Int) -> [Element] {
    if let known = memo.subjects[verb] { return known }
    let subject = subject(verb, depth: 0)
    memo.subjects[verb] = subject
    return subject
  }

  private func subject(_ verb: Int, depth: Int) -> [Element] {
    guard depth < 8 else { return [] }
    let chunk = chunks[verb]
    if chunk.governor >= 0 {
      if chunk.isInfinitive, let own = ownSubject(verb) { return own }
      if chunk.isGerund, chunk.governor == verb - 2, let blamed = accused(verb - 1, depth) { return blamed }
      // "ordered X | to leave": X; "agreed | to leave": who agreed.
      // "agreed | to free | all prisoners | and | to leave": what stands before the first of them.
      let first = chunks[(chunk.governor + 1)...verb].firstIndex { $0.kind == .verb }!
      for at in chunk.governor + 1..<first
      where chunks[at].kind == .noun && ![.preposition, .conjunction].contains(chunks[at - 1].kind) && !chunks[chunk.governor].isPassive
        && !Scene.appeals.contains(chunks[at].headForm) && !chunks[at].kinds.contains(.agreement)
        && !Scene.bonds.contains(chunks[at].headForm) && !isPromise(chunk.governor)
      {
        return list(at, isSubject: true)
      }
      // "calls for the posts | to be removed", "calls on both sides | to leave".
      if chunk.isInfinitive, let at = chunks[chunk.governor..<verb].lastIndex(where: { Clauses.bidding.contains($0.form) }),
        chunks[at].kind == .preposition, chunks[at + 1].kind == .noun, list(at + 1, isSubject: true).last!.end == verb
      {
        return list(at + 1, isSubject: true)
      }
      return subject(chunk.governor, depth: depth + 1)
    }
    var at = verb - 1
    // "said that they would go on but | \"will not attack\"": over the quotation mark.
    while at >= 0,
      [.adverb, .time, .closeQuote].contains(chunks[at].kind)
        || chunks[at].kind == .openQuote && at > 0 && [.contrast, .conjunction, .noun].contains(chunks[at - 1].kind)
    { at -= 1 }
    // "The handover on December 1 was carried out": the preposition of a time that was stepped over.
    if at > 0, chunks[at].kind == .preposition, chunks[at + 1].kind == .time { at -= 1 }
    // "Nobody on board | was hurt".
    if at > 0, chunks[at].kind == .preposition, chunk.isFinite, !chunk.isBare, chunks[at - 1].kind == .noun { at -= 1 }
    guard at >= 0 else { return chunk.isGerund || chunk.isBare ? next(after: verb) : [] }
    if chunk.isGerund, chunks[at].form == ClaimBuilder.as, let quoted = quoted(at) { return quoted }
    switch chunks[at].kind {
    case .subordinator:
      if isRelative(chunks[at]) { return antecedent(at) }
      // "accused the rebels of stalling while shelling the town": who stalled.
      if chunk.isGerund, let other = chunks[..<at].lastIndex(where: { $0.kind == .verb && !$0.isInfinitive }), chunks[other].isGerund {
        return subject(other, depth: depth + 1)
      }
      return chunk.isGerund || chunk.isBare ? previous(verb, depth) : []
    case .noun:
      // "signed a declaration near Orlin | pledging to leave": who signed.
      if chunk.isGerund, at > 0, chunks[at - 1].kind == .preposition, isPromise(verb) { return previous(verb, depth) }
      // "passed without either side | leaving the town": either side.
      if chunk.isGerund, at > 0, chunks[at - 1].form == Chunker.without { return list(at, isSubject: true) }
      // "hit a bus near Orlin | killing five": who hit it.
      if chunk.isGerund, tells(.casualties, chunk.verb), hasFiniteVerb(before: at) { return previous(verb, depth) }
      return nouns(endingAt: at, verb)
    case .preposition, .conjunction, .contrast:
      // "accused the rebels of aggression and of shelling the town": the rebels.
      if chunk.isGerund, at >= 2, let blamed = accused(at, depth) { return blamed }
      return previous(verb, depth)
    case .closeBracket:
      while at > 0, chunks[at].kind != .openBracket { at -= 1 }
      at -= 1
      return at >= 0 && chunks[at].kind == .noun ? nouns(endingAt: at, verb) : []
    case .verb where isReduced(at):
      // "The bodies of two soldiers killed in October were returned."
      return nounBefore(at).map { nouns(endingAt: $0, verb) } ?? []
    case .verb where at > 1 && takesClause(chunks[at]) && chunks[at - 1].kind == .noun && isRelative(chunks[at - 2]):
      // "a raid which it says killed five".
      return antecedent(at - 2)
    case .verb:
      // "The troops who had refused to disarm were attacked."
      while chunks[at].isInfinitive, chunks[at].governor >= 0 { at = chunks[at].governor }
      // "The troops who had arrived on Monday were attacked."
      return describedNoun(at).map { nouns(endingAt: $0, verb) } ?? []
    case .colon where chunk.isGerund:
      return next(after: verb)
    case .comma:
      // "said that rebels, fighting a war, ...": the rebels, who have no verb before it.
      if chunk.isGerund, at > 0, chunks[at - 1].kind == .noun {
        let first = beforePhrases(at - 1)
        if first > 0,
          chunks[first - 1].kind == .subordinator && chunks[first - 1].form == Clauses.that
            || chunks[first - 1].kind == .verb && takesClause(chunks[first - 1]) && !chunks[first - 1].isPassive
        {
          return list(first, isSubject: true)
        }
      }
      // "shot down a helicopter over Orlin, near Tarn, killing five": who shot.
      // "A column, including tanks and lorries, pulled out": the column.
      if let found = beyondParenthesis(at), !chunk.isGerund || !isClause(0..<found) {
        return nouns(endingAt: whole(of: found) ?? found, verb)
      }
      return previous(verb, depth)
    case .dash:
      // "The rebels -- or what is left of them -- agreed to leave."
      guard let first = chunks[..<at].lastIndex(where: { $0.kind == .dash }), first > 0, chunks[first - 1].kind == .noun, at - first < 24
      else { return [] }
      return nouns(endingAt: first - 1, verb)
    default:
      return []
    }
  }

  /// "promised the envoy | to leave": who promised it.
  private func isPromise(_ verb: Int) -> Bool {
    lexicon.cues(verb: chunks[verb].verb).contains(.oath)
  }

  /// Whether the clause has told something before a chunk.
  func hasFiniteVerb(before chunk: Int) -> Bool {
    for at in (0..<chunk).reversed() {
      if [.subordinator, .semicolon, .colon].contains(chunks[at].kind) { return false }
      if chunks[at].kind == .verb, chunks[at].isFinite { return true }
    }
    return false
  }

  /// "quoted an official as saying": the official.
  private func quoted(_ preposition: Int) -> [Element]? {
    guard let verb = chunks[..<preposition].lastIndex(where: { $0.kind == .verb }), verb + 1 < preposition, chunks[verb + 1].kind == .noun,
      !chunks[verb].isPassive, chunks[verb].verb >= 0, Clauses.quoting.contains(lexicon.verbs[Int(chunks[verb].verb)].lemma)
    else { return nil }
    return list(verb + 1, isSubject: true)
  }

  private static let quoting: Set<String> = ["quote", "cite"]

  /// "obliges A to go back and B | to withdraw": the noun right before an infinitive that shares the governor of the one before.
  private func ownSubject(_ verb: Int) -> [Element]? {
    guard verb > 0, chunks[verb - 1].kind == .noun else { return nil }
    let first = beforePhrases(verb - 1)
    guard first >= 2, chunks[first - 1].kind == .conjunction || chunks[first - 1].kind == .comma,
      chunks[..<first].last(where: { $0.kind == .verb })?.isInfinitive ?? false
    else { return nil }
    return list(first, isSubject: true)
  }

  /// "a town | on the border | of Tarn": the noun on which the prepositions' nouns up to one hang.
  func beforePhrases(_ noun: Int) -> Int {
    var at = noun
    while at >= 2, chunks[at - 1].kind == .preposition, chunks[at - 2].kind == .noun {
      at -= 2
      // "a town | five miles | from the border".
      if isLength(at), at > 0, chunks[at - 1].kind == .noun { at -= 1 }
    }
    return at
  }

  /// Whom a verb of accusation blames for what follows a preposition, or keeps from it.
  private func accused(_ preposition: Int, _ depth: Int) -> [Element]? {
    var at = preposition - 1
    // "accused the Tarn, a militia, of ...": over an apposition too.
    while at > 0, [.noun, .conjunction, .preposition, .comma, .adverb, .time].contains(chunks[at].kind) { at -= 1 }
    guard chunks[at].kind == .verb, chunks[at].verb >= 0,
      !lexicon.verbs[Int(chunks[at].verb)].cues.isDisjoint(with: [.allegation, .hinder])
    else { return nil }
    // "Tarn's army, accused of sending troops, ...".
    if at == preposition - 1 { return chunks[at].isBare ? nounBefore(at).map { nouns(endingAt: $0, preposition + 1) } : nil }
    guard !chunks[at].isPassive, chunks[at + 1].kind == .noun else { return nil }
    // "accused each other of breaking the truce": both of both.
    if isEachOther(chunks[at + 1]) { return subject(at, depth: depth + 1) }
    return list(at + 1, isSubject: true)
  }

  /// "each other", "one another", "the other".
  func isEachOther(_ chunk: Chunk) -> Bool { chunk.end - chunk.first == 2 && Clauses.others.contains(chunk.headForm) }

  private static let others = FormSet(["other", "another"])

  private static let bidding = FormSet(["for", "on", "upon"])
  static let relatives = FormSet(["that", "which", "who", "whom"])

  func isRelative(_ chunk: Chunk) -> Bool { Clauses.relatives.contains(chunk.form) }

  /// The nouns that end at a chunk and are governed by no preposition: the head of "units of the army", the list of "A and B".
  private func nouns(endingAt last: Int, _ verb: Int) -> [Element] {
    var at = last
    var steps = 0
    while at >= 1, steps < 32 {
      steps += 1
      let before = chunks[at - 1]
      if before.kind == .preposition, at >= 2 {
        if before.form == Clauses.with, chunks[verb].isGerund || chunks[verb].isInfinitive { break }
        if chunks[at - 2].kind == .noun {
          at -= 2
          continue
        }
        var verb = at - 2
        // "the truce called | for | by the Council".
        while verb > 0, [.adverb, .time, .preposition].contains(chunks[verb].kind) { verb -= 1 }
        // "A ceasefire meant to end six weeks of fighting took effect."
        if chunks[verb].isInfinitive, chunks[verb].governor >= 0, isParticiple(chunks[verb].governor) { verb = chunks[verb].governor }
        if chunks[verb].kind == .verb, isReduced(verb) || isParticiple(verb) && chunks[verb + 1].isInfinitive, let noun = nounBefore(verb) {
          // "A ceasefire worked out by the presidents took effect."
          at = noun
          continue
        }
        if chunks[verb].kind == .verb, chunks[verb].isGerund, chunks[verb].governor < 0, verb > 0, chunks[verb - 1].kind == .noun,
          !hasFiniteVerb(before: verb)
        {
          // "Sixteen people sheltering in a school were killed."
          at = verb - 1
          continue
        }
        if let noun = describedNoun(verb) {
          // "The troops who had arrived in Orlin were attacked."
          at = noun
          continue
        }
        // "In the region forces entered": the noun belongs to the preposition.
        return []
      }
      if before.kind == .preposition { return Clauses.temporal.contains(before.form) ? list(at, isSubject: true) : [] }
      var governing = at - 1
      while governing > 0, [.adverb, .time].contains(chunks[governing].kind) { governing -= 1 }
      if let noun = describedNoun(governing) {
        // "The accord that bears the town's name was signed."
        at = noun
        continue
      }
      if before.kind == .verb, before.isInfinitive, at >= 2, chunks[at - 2].kind == .noun, before.governor < 0 {
        // "The last soldiers to leave the town arrived".
        at -= 2
        continue
      }
      if before.kind == .verb, before.isGerund, at >= 2, chunks[at - 2].kind == .noun, before.governor < 0 {
        // "three of the groups making up the alliance had signed".
        at -= 2
        continue
      }
      if before.kind == .verb, before.isGerund, at >= 3, chunks[at - 2].kind == .preposition, chunks[at - 3].kind == .noun {
        // "measures for monitoring the ceasefire".
        at -= 3
        continue
      }
      if before.kind == .verb, before.isGerund, at >= 4, chunks[at - 2].kind == .preposition, isReduced(at - 3),
        let noun = nounBefore(at - 3)
      {
        // "Men suspected of killing two soldiers fled."
        at = noun
        continue
      }
      if before.kind == .conjunction || before.kind == .comma {
        var other = at - 2
        if before.kind == .conjunction, other >= 0, chunks[other].kind == .comma { other -= 1 }
        // "landed in Orlin and nobody was hurt".
        if other >= 0, chunks[at].isNegative, !chunks[other].isNegative { break }
        // "came under fire and two were killed".
        if other > 0, before.kind == .conjunction, chunks[at].kinds == .number, !chunks[other].kinds.contains(.number),
          chunks[other - 1].kind == .preposition
        {
          break
        }
        // "was set up in Orlin and 400 troops were sent there".
        if other > 0, before.kind == .conjunction, chunks[at].kinds.contains(.force), chunks[other - 1].kind == .preposition,
          chunks[other].kinds.contains(.place), chunks[other].kinds.isDisjoint(with: [.force, .party, .office]),
          hasFiniteVerb(before: other)
        {
          break
        }
        guard other >= 0, chunks[other].kind == .noun, list(other, isSubject: true).count > 1 else { break }
        // "The convoy | carrying | fighters and their families left."
        if other >= 2, chunks[other - 1].isGerund, chunks[other - 1].governor < 0, chunks[other - 2].kind == .noun {
          at = other - 2
          continue
        }
        // "laid down | their lives and | 15 were wounded".
        var taker = other - 1
        while taker > 0, chunks[taker].kind == .adverb { taker -= 1 }
        // "Only in May did | the army and the rebels sign": both.
        let isInverted = taker >= 0 && chunks[taker].end - chunks[taker].first == 1 && chunks[taker].verb == lexicon.chunker.auxiliaries.do
        if taker >= 0, chunks[taker].kind == .verb, !takesClause(chunks[taker]), !isInverted { break }
        // "On Tarn's side, | 64 soldiers and six civilians have died."
        // "After the attack in the north, the army and the police took the town."
        if before.kind == .comma {
          let first = beforePhrases(other)
          // "The militia, backed by tanks, guns and helicopters had taken ...", "backed up by": no end.
          var backing = first - 2
          while backing > 0, chunks[backing].kind == .adverb { backing -= 1 }
          if first > 0, chunks[first - 1].kind == .preposition,
            first == 1 || chunks[first - 1].form != Clauses.by || !isReduced(backing)
          {
            break
          }
        }
        // "The army withdrew from Orlin | and the rebels took ...", "will gather its men at 20 sites | and the government pledged": the last alone.
        if before.kind == .conjunction, hasOwnVerb(before: other) { break }
        // "... to their bases, and fighters have to depart": the fighters alone.
        if other >= 1, other < at - 2, chunks[other - 1].kind == .preposition { break }
        at = other
        continue
      }
      break
    }
    return list(at, isSubject: true)
  }

  /// Whether a noun is told of by a clause's verb before it, so that it is no subject: "withdrew from | Orlin".
  private func hasOwnVerb(before noun: Int) -> Bool {
    let first = beforePhrases(noun)
    var verb = first - 1
    guard verb > 0 else { return false }
    let isGoverned = chunks[verb].kind == .preposition
    if isGoverned { verb -= 1 }
    // "was sent | on | Monday | from".
    while verb > 0, [.adverb, .time].contains(chunks[verb].kind) || chunks[verb].kind == .preposition && chunks[verb + 1].kind == .time {
      verb -= 1
    }
    // "gather | its men | at 20 sites": an object on which phrases hang.
    guard isGoverned || first < noun, chunks[verb].kind == .verb, isGoverned || !takesClause(chunks[verb]) else { return false }
    return chunks[verb].isInfinitive || chunks[verb].isFinite && !isReduced(verb) && describedNoun(verb) == nil
  }

  /// The noun that a verb's relative clause describes, where no comma sets it off: "the helicopter that had set down ...".
  private func describedNoun(_ verb: Int) -> Int? {
    guard verb >= 2, chunks[verb].kind == .verb, chunks[verb].isFinite else { return nil }
    var at = verb - 1
    while at > 0, [.adverb, .time].contains(chunks[at].kind) { at -= 1 }
    guard at > 0, chunks[at].kind == .subordinator, isRelative(chunks[at]), chunks[at - 1].kind == .noun else { return nil }
    return at - 1
  }

  /// A bare participle right after a noun: "a ceasefire meant ...".
  private func isParticiple(_ verb: Int) -> Bool {
    verb > 0 && chunks[verb].isBare && chunks[verb - 1].kind == .noun && units[chunks[verb].main].word.shape.contains(.participle)
  }

  private func nounBefore(_ verb: Int) -> Int? {
    var at = verb - 1
    while at >= 0, chunks[at].kind == .adverb || chunks[at].kind == .time || chunks[at].kind == .comma { at -= 1 }
    return at >= 0 && chunks[at].kind == .noun ? at : nil
  }

  func takesClause(_ chunk: Chunk) -> Bool {
    chunk.verb >= 0 && !lexicon.verbs[Int(chunk.verb)].cues.isDisjoint(with: [.speech, .denial])
  }

  /// The subject of the verb before, which this one shares: "entered X and took Y", "..., causing damage".
  private func previous(_ verb: Int, _ depth: Int) -> [Element] {
    let isAtPlace = verb > 2 && chunks[verb - 1].kind == .noun && chunks[verb - 2].kind == .preposition && isPromise(verb)
    if verb > 1, chunks[verb].isGerund, chunks[verb - 1].kind == .noun, !isAtPlace, !tells(.casualties, chunks[verb].verb) {
      return [element(verb - 1)]
    }
    var at = verb - 1
    if takesClause(chunks[verb]) {
      // "said that ..., and claimed that ...": the same speaker.
      while at >= 0, chunks[at].kind != .semicolon {
        if chunks[at].kind == .verb, chunks[at].isFinite, takesClause(chunks[at]) { return subject(at, depth: depth + 1) }
        at -= 1
      }
      at = verb - 1
    }
    while at >= 0 {
      if chunks[at].kind == .semicolon { return [] }
      if chunks[verb].isGerund, at > 0, chunks[at].kind == .verb, chunks[at - 1].kind == .subordinator, isRelative(chunks[at - 1]),
        chunks[verb - 1].form != Clauses.by || chunks[at..<verb].contains(where: { $0.kind == .comma })
      {
        // "fired on men who came near, killing one": who fired; "two groups, which began by seizing a port": the groups.
        at -= 2
        continue
      }
      // "pulled back from Orlin, residents said, leaving mines": who pulled back.
      if chunks[verb].isGerund, at + 2 == verb, chunks[at + 1].kind == .comma, chunks[at].kind == .verb, takesClause(chunks[at]),
        let comma = chunks[..<at].lastIndex(where: { $0.kind == .comma }),
        chunks[..<comma].contains(where: { $0.kind == .verb && $0.isFinite })
      {
        at = comma - 1
        continue
      }
      // "accused Tarn of committing crimes and launched an invasion": who accused.
      if chunks[at].isGerund, chunks[verb].isFinite, at > 0, chunks[at - 1].kind == .preposition,
        chunks[..<at].contains(where: { $0.kind == .verb && $0.isFinite })
      {
        at -= 1
        continue
      }
      if chunks[at].kind == .verb, chunks[at].isFinite || chunks[at].governor < 0, !isReduced(at), !chunks[at].isInfinitive {
        // "Shots were fired by the navy, wounding several": the navy.
        if chunks[at].isPassive, chunks[verb].isGerund {
          var own = Arguments()
          complements(after: at + 1, &own)
          if let agent = own.after.first(where: { $0.form == Clauses.by })?.elements { return agent }
        }
        // "entered the city after the president left, and took the palace": who entered it.
        if let main = mainVerb(before: at, sharedBy: verb) { return subject(main, depth: depth + 1) }
        return subject(at, depth: depth + 1)
      }
      at -= 1
    }
    return chunks[verb].isGerund || chunks[verb].isBare ? next(after: verb) : []
  }

  /// The main clause's verb before a clause of time, where a comma and a conjunction go on with the main clause after it.
  private func mainVerb(before inner: Int, sharedBy verb: Int) -> Int? {
    guard verb > 2, chunks[verb].isFinite, chunks[verb - 1].kind == .conjunction, chunks[verb - 2].kind == .comma,
      let opening = chunks[..<inner].lastIndex(where: { [.subordinator, .comma, .verb].contains($0.kind) }),
      chunks[opening].kind == .subordinator, Clauses.temporal.contains(chunks[opening].form)
    else { return nil }
    return chunks[..<opening].lastIndex { $0.kind == .verb && $0.isFinite }
  }

  /// The subject of the main clause that follows: "Greeting the crowd, the president said".
  private func next(after verb: Int) -> [Element] {
    var at = verb + 1
    while at < chunks.count {
      if chunks[at].kind == .comma, at + 1 < chunks.count, chunks[at + 1].kind == .noun { return list(at + 1, isSubject: true) }
      at += 1
    }
    return []
  }
}
