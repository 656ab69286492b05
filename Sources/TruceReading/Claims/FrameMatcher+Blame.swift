// Whose an event is by the words of who accuses or answers for it.
internal import TruceModel

extension FrameMatcher {
  /// "Haftar's side was accused of two breaches", "accused the rebels of an attack": the verb and whom it blames.
  func blamed(_ at: Int) -> (verb: Int, doer: [Element])? {
    // "for a spate | of | attacks".
    var at = isOfSeveral(at) ? at - 2 : at
    // "accused them of involvement | in | the attack".
    if at > 3, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.in, chunks[at - 2].kind == .noun,
      FrameMatcher.answers.contains(chunks[at - 2].headForm)
    {
      at -= 2
    }
    guard at > 1, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.of || chunks[at - 1].form == FrameMatcher.for else {
      return nil
    }
    var verb = at - 2
    while verb > 0, [.noun, .adverb, .conjunction].contains(chunks[verb].kind) { verb -= 1 }
    guard chunks[verb].kind == .verb, scene.cues(verb).contains(.allegation) else { return nil }
    let object = scene.clauses.arguments(verb).object
    if object.contains(where: { FrameMatcher.answers.contains(chunks[$0.noun].headForm) }) { return nil }
    // "accused each other of an attack": both of both.
    let isMutual = object.first.map { scene.clauses.isEachOther(chunks[$0.noun]) } ?? false
    return (verb, chunks[verb].isPassive || isMutual ? scene.clauses.subject(of: verb) : object)
  }

  /// "a wave | of | bombings", "a number | of | raids".
  func isOfSeveral(_ at: Int) -> Bool {
    at > 1 && chunks[at - 1].kind == .preposition && chunks[at - 1].form == Clauses.of && chunks[at - 2].kind == .noun
      && FrameMatcher.stages.contains(chunks[at - 2].headForm)
  }

  /// "The Front claimed responsibility for the attack", "denied involvement in it": whose it is by his own word, or who denies it; nobody
  /// where "no group" does.
  func answering(_ at: Int) -> [Element]? {
    var link = at - 1
    // "for | Tuesday's | attack".
    if link > 0, chunks[link].kind == .time { link -= 1 }
    guard link > 1, chunks[link].kind == .preposition, chunks[link].form == Clauses.in || chunks[link].form == FrameMatcher.for,
      chunks[link - 1].kind == .noun, FrameMatcher.answers.contains(chunks[link - 1].headForm)
    else { return nil }
    var verb = link - 2
    while verb > 0, chunks[verb].kind == .adverb { verb -= 1 }
    guard chunks[verb].kind == .verb else { return nil }
    let isTaken = FrameMatcher.taking.contains(scene.verb(verb)?.lemma ?? "") || scene.cues(verb).contains(.denial)
    guard isTaken, !chunks[verb].isPassive else { return nil }
    return chunks[verb].isNegated ? [] : scene.clauses.subject(of: verb).filter { !chunks[$0.noun].isNegative }
  }

  /// "The capital was rocked by two explosions": the verb by which they took place.
  func rocking(_ at: Int) -> Int? {
    guard at > 1, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.by, chunks[at - 2].kind == .verb,
      chunks[at - 2].isPassive, happening(at - 2) == .goes, !chunks[at - 2].isPossible
    else { return nil }
    return at - 2
  }

  private static let answers = FormSet(["responsibility", "involvement", "role", "part", "hand", "credit"])
  private static let taking: Set<String> = ["claim", "admit", "take", "accept", "acknowledge"]
  static let `for` = Form("for")
}
