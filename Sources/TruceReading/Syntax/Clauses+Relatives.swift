// What a relative pronoun, or a clause without one, stands for.
internal import TruceModel

extension Clauses {
  /// The noun that a relative pronoun stands for.
  func antecedent(_ pronoun: Int) -> [Element] {
    var at = pronoun - 1
    // "signed a truce | on | Monday | that took effect at once": over the time.
    while at >= 0, [.comma, .preposition, .adverb, .time].contains(chunks[at].kind) { at -= 1 }
    // "under the deal | signed | on 3 May, which took effect at once": the deal.
    if at > 0, chunks[at].kind == .verb, isReduced(at) { at -= 1 }
    guard at >= 0, chunks[at].kind == .noun else { return [] }
    if at > 1, at == pronoun - 2, chunks[pronoun - 1].form == Clauses.of, chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun {
      // "Argun and Gudermes, both of which were taken": all that the list names.
      var first = at - 2
      while first >= 2, [.conjunction, .comma].contains(chunks[first - 1].kind), chunks[first - 2].kind == .noun { first -= 2 }
      return list(first, isSubject: true)
    }
    if at >= 2, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.of, chunks[at - 2].kind == .noun,
      units[chunks[at - 2].head].isCapitalised, !chunks[at - 2].kinds.isDisjoint(with: [.office, .force]),
      chunks[at].kinds.isDisjoint(with: [.force, .office])
    {
      // "the Patriotic Union of Orlin, which took ...": the union.
      return [element(at - 2)]
    }
    // "Orlin near the border, which changed hands": Orlin.
    if pronoun == at + 2, at >= 2, chunks[at + 1].kind == .comma, chunks[at - 1].kind == .preposition,
      Clauses.beside.contains(chunks[at - 1].form), chunks[at - 2].kind == .noun, units[chunks[at - 2].head].isCapitalised,
      !units[chunks[at].head].isCapitalised
    {
      return [element(at - 2)]
    }
    // "Orlin, the seat of the republic, which fell without a shot": Orlin.
    if pronoun == at + 2, chunks[at + 1].kind == .comma, chunks[pronoun].form == Clauses.which {
      let head = beforePhrases(at)
      if head < at, head >= 2, chunks[head - 1].kind == .comma, chunks[head - 2].kind == .noun,
        units[chunks[head].first].tag == .determiner,
        !units[chunks[head].head].isCapitalised, units[chunks[head - 2].head].isCapitalised,
        !chunks[head - 2].kinds.isDisjoint(with: [.place, .name])
      {
        return [element(head - 2)]
      }
    }
    if !chunks[at..<pronoun].contains(where: { $0.kind == .comma }), chunks[pronoun].form != UnitBuilder.who,
      chunks[at].kinds.isDisjoint(with: [.force, .person, .event, .agreement])
    {
      // "the war in the north | that has left thousands dead", "an attack on a bus near Orlin | that killed three".
      var event = at
      while event >= 2, chunks[event - 1].kind == .preposition, Clauses.scenes.contains(chunks[event - 1].form),
        chunks[event - 2].kind == .noun, chunks[event].kinds.isDisjoint(with: [.event, .agreement, .ceasefire])
      { event -= 2 }
      if !chunks[event].kinds.isDisjoint(with: [.event, .agreement, .ceasefire]) { at = event }
    }
    return [element(at)]
  }

  /// The noun that a clause completes whose object is left out: "two towns which it occupied", "the city it had held".
  func objectAntecedent(_ subject: Int) -> Int? {
    var at = subject - 1
    guard at > 0 else { return nil }
    if chunks[at].kind == .subordinator, isRelative(chunks[at]) {
      at -= 1
      if at > 0, chunks[at].kind == .comma { at -= 1 }
      if at >= 4, chunks[at].kind == .noun, chunks[at - 1].kind == .preposition, chunks[at - 2].kind == .noun,
        units[chunks[at - 2].first].tag == .number, chunks[at - 3].kind == .comma
      {
        // "Sake, 25 km to the west, which they captured".
        at -= 4
      }
      return chunks[at].kind == .noun ? described(at) : nil
    }
    guard chunks[at].kind == .noun else { return nil }
    return chunks[subject].kinds.contains(.pronoun) || isContact(subject + 1) ? described(at) : nil
  }

  /// "left | the town | the army | took on Friday": whether a verb without an object tells more of the noun before its subject.
  func isContact(_ verb: Int) -> Bool {
    guard verb > 2, verb < chunks.count, chunks[verb].kind == .verb, chunks[verb].isFinite, !chunks[verb].isPassive, chunks[verb].verb >= 0,
      chunks[verb - 1].kind == .noun, chunks[verb - 2].kind == .noun, verb + 1 == chunks.count || chunks[verb + 1].kind != .noun
    else { return false }
    let first = units[chunks[verb - 1].first]
    guard first.tag == .determiner || first.isCapitalised || units[chunks[verb - 1].head].word.isPlural,
      !chunks[verb - 1].kinds.isDisjoint(with: [.force, .party, .office]),
      !chunks[verb - 2].kinds.isDisjoint(with: [.place, .name, .captive, .post, .equipment, .weapon])
    else { return false }
    // "In the town the army attacked", "told the minister the army attacked".
    var main = beforePhrases(verb - 2) - 1
    if main > 0, chunks[main].kind == .preposition { main -= 1 }
    guard main >= 0, chunks[main].kind == .verb, !takesClause(chunks[main]) else { return false }
    return lexicon.verbs[Int(chunks[verb].verb)].triggers.contains { trigger in
      trigger.words.isEmpty && lexicon.frames[Int(trigger.frame)].roles.contains { $0.options.contains { $0.source == .object } }
    }
  }

  /// "Bunagana, a town on the border | which it took": the name that the description stands beside.
  private func described(_ noun: Int) -> Int {
    let at = beforePhrases(noun)
    guard at >= 2, chunks[at].kinds.contains(.area), chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun,
      !units[chunks[at].head].isCapitalised, units[chunks[at - 2].head].isCapitalised
    else { return noun }
    return at - 2
  }

  /// The nouns further left that a relative pronoun before a verb may stand for.
  func otherAntecedents(_ verb: Int) -> [Element] {
    var at = verb - 1
    while at >= 0, chunks[at].kind == .adverb || chunks[at].kind == .time { at -= 1 }
    guard at > 0, chunks[at].kind == .subordinator, isRelative(chunks[at]) else { return [] }
    at -= 1
    while at >= 0, [.comma, .time].contains(chunks[at].kind) || chunks[at].kind == .preposition && chunks[at + 1].kind == .time { at -= 1 }
    var found: [Element] = []
    while at >= 2, chunks[at].kind == .noun, chunks[at - 2].kind == .noun {
      // "a truce between A and B, which ...".
      guard [.preposition, .conjunction].contains(chunks[at - 1].kind) else { break }
      at -= 2
      if chunks[at + 1].kind == .preposition { found.append(element(at)) }
    }
    return found
  }

  private static let beside = FormSet(["near", "on", "beside", "outside"])
  /// What stands between an event and where or on whom it was.
  private static let scenes = FormSet(["in", "near", "outside", "on", "against", "at"])
}
