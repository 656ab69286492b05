// What somebody owes, by a promise, an agreement or a deadline, told by a verb that has no frame of its own.
internal import TruceModel

extension FrameMatcher {
  /// The event of a verb group without a frame, where the words around it say that it is owed.
  func owed(_ at: Int) -> Event? {
    guard !lexicon.obligations.isEmpty, chunks[at].verb >= 0, !isAuxiliary(chunks[at].verb), !chunks[at].isPossible, let duty = duty(at),
      duty == .promised || scene.cues(at).isDisjoint(with: duty == .owed ? [.speech, .calls] : [.speech, .calls, .attempt])
        || scene.hasDeadline(scene.clauses.arguments(at)),
      !governs(at, duty), !isAside(at, duty)
    else { return nil }
    var arguments = scene.clauses.arguments(at)
    if arguments.subject.isEmpty, chunks[at].governor >= 0 { arguments.subject = scene.clauses.subject(of: at) }
    bind(at, &arguments)
    // "The sides agreed that the area would be cleared": by them.
    if duty == .promised, chunks[at].isPassive, promiser.isEmpty, let promise = promise(before: at) {
      promiser = scene.clauses.subject(of: promise).map(scene.filler)
    }
    defer { promiser = [] }
    let governor = chunks[at].governor
    let isDue = scene.hasDeadline(arguments) || governor >= 0 && scene.cues(governor).contains(.grant) && scene.hasTerm(governor..<at)
    let isAgreed = isUnderAgreement(at)
    switch duty {
    case .promised: break
    case .owed:
      guard
        isDue || isAgreed || isLaidDown(chunks[at])
          || (chunks[at].isPlanned ? scene.followsAgreement : scene.isUnderAgreement) && isParty(arguments)
          || isFurtherTerm(at, arguments)
      else { return nil }
    case .foreseen:
      // "The pullout would be finished by midnight."
      guard
        isAgreed || isDue && (isParty(arguments, [.party, .force, .office]) || chunks[at].isPassive && isOfDeed(arguments))
          || isFurtherTerm(at, arguments)
      else {
        return nil
      }
    }
    for index in lexicon.obligations {
      // "their guns will be locked up": whose they are does it.
      let thing = chunks[at].isPassive ? arguments.subject.first.flatMap { isOwnThing($0) ? $0.noun : nil } : nil
      guard let roles = fill(lexicon.frames[Int(index)], arguments, passive: chunks[at].isPassive, owner: thing, verb: at),
        isDue || roles[.what] != nil || roles[.place] != nil || duty == .promised && chunks[at].isPlanned && !arguments.times.isEmpty
      else { continue }
      return Event(
        frame: Int(index), chunk: at, trigger: chunks[at].first..<chunks[at].end, verb: at, roles: roles, times: arguments.times)
    }
    return nil
  }

  /// "Under the deal the rebels are to leave. A joint commission will be set up": the terms go on, in nobody's words.
  private func isFurtherTerm(_ verb: Int, _ arguments: Arguments) -> Bool {
    scene.followsTerms
      && (chunks[verb].isPassive || isParty(arguments) && !arguments.subject.contains { chunks[$0.noun].kinds.contains(.pronoun) })
      && !chunks[..<verb].indices.contains { chunks[$0].kind == .verb && !scene.cues($0).isDisjoint(with: [.speech, .calls]) }
  }

  /// Whether another verb says what is to be done: "start | withdrawing", and not "allow the bodies | to be collected", "send 300 men | to
  /// collect the guns".
  private func governs(_ at: Int, _ duty: Duty) -> Bool {
    // "promised not to allow rebels | to enter the camp": the letting is promised.
    let isPurpose = scene.cues(at).isEmpty || duty == .promised && scene.cues(at).contains(.grant)
    let hasObject = at + 1 < chunks.count && chunks[at + 1].kind == .noun
    // "is to be set up | to watch the truce": what for.
    let isWhatFor = isPurpose && (hasObject || chunks[at].isPassive)
    return chunks.contains { $0.governor == at && !($0.isInfinitive && (isWhatFor || $0.isPassive && hasObject)) }
  }

  /// Whether an event of another frame is owed as a party's duty, so that it is a commitment.
  func isDuty(_ at: Int) -> Bool {
    guard let duty = duty(at) else { return false }
    return duty == .promised || scene.hasDeadline(scene.clauses.arguments(at)) || isUnderAgreement(at)
  }

  private enum Duty { case promised, owed, foreseen }

  /// How the words that govern a verb bind its doer.
  private func duty(_ verb: Int) -> Duty? {
    var at = verb
    var depth = 0
    while depth < 6 {
      let chunk = chunks[at]
      if chunk.isPlanned { return isFuture(chunk) ? (promise(before: at) != nil ? .promised : .foreseen) : .owed }
      if scene.bond(at) != nil || scene.isProvided(at) { return .promised }
      let governor = chunk.governor
      guard governor >= 0 else { return chunk.isInfinitive && scene.isAttendant(at) ? .owed : nil }
      let cues = scene.cues(governor)
      // "should agree to name a chairman": not yet promised.
      if cues.contains(.promise), chunks[governor].isPlanned, isAdvice(chunks[governor]) { return nil }
      if cues.contains(.promise) { return chunks[governor].isPassive ? .owed : .promised }
      if cues.contains(.planned) || (chunk.isInfinitive || chunk.isGerund) && scene.isProviding(governor)
        || cues.contains(.grant) && scene.hasTerm(governor..<at)
      {
        return .owed
      }
      let verb = chunks[governor].verb
      let auxiliaries = lexicon.chunker.auxiliaries
      // "had to respond" is done.
      if chunk.isInfinitive, verb == auxiliaries.have, chunks[governor].isPast, !scene.hasDeadline(scene.clauses.arguments(at)) {
        return nil
      }
      if chunk.isInfinitive, verb == auxiliaries.be || verb == auxiliaries.have && chunks[governor].isFinite { return .owed }
      // "were | to be allowed | to leave".
      guard cues.contains(.aspect) || cues.contains(.grant) && chunks[governor].isPassive else { return nil }
      at = governor
      depth += 1
    }
    return nil
  }

  /// "the corridor, which will connect them", "where they are supposed to gather": said in passing of something else.
  private func isAside(_ verb: Int, _ duty: Duty) -> Bool {
    var verb = verb
    while chunks[verb].governor >= 0 { verb = chunks[verb].governor }
    var at = verb - 1
    while at >= 0, chunks[at].kind != .verb, chunks[at].kind != .comma, chunks[at].kind != .semicolon {
      if chunks[at].kind == .subordinator {
        if chunks[at].form == Clauses.where { return true }
        return duty == .foreseen && at == verb - 1 && Clauses.relatives.contains(chunks[at].form)
      }
      at -= 1
    }
    return false
  }

  private func isParty(_ arguments: Arguments, _ kinds: NounKinds = [.party, .force]) -> Bool {
    arguments.subject.contains { !scene.kinds($0).isDisjoint(with: kinds) }
  }

  private func isOwnThing(_ element: Element) -> Bool {
    let chunk = chunks[element.noun]
    return !scene.kinds(element).isDisjoint(with: [.weapon, .equipment, .force])
      && (!chunk.owner.isEmpty || Mentions.possessives.contains(scene.form(chunk.first)))
  }

  private func isOfDeed(_ arguments: Arguments) -> Bool {
    arguments.subject.contains { !scene.kinds($0).isDisjoint(with: [.event, .date, .equipment, .weapon]) }
  }

  /// "will", "would": foretold, and owed only where an agreement says so.
  private func isFuture(_ chunk: Chunk) -> Bool {
    (chunk.first..<chunk.end).contains { FrameMatcher.future.contains(scene.form($0)) }
  }

  /// "shall": the word of agreements.
  private func isLaidDown(_ chunk: Chunk) -> Bool {
    chunk.isPlanned && (chunk.first..<chunk.end).contains { scene.form($0) == FrameMatcher.shall }
  }

  private func isAdvice(_ chunk: Chunk) -> Bool { scene.form(chunk.first) == FrameMatcher.should }

  private static let should = Form("should")
  private static let shall = Form("shall")
  static let will = Form("will")
  private static let future = FormSet(["will", "would", "'ll"])

  /// "agreed that the rebels would ...": the verb of promise whose "that" clause a verb stands in.
  private func promise(before verb: Int) -> Int? {
    var at = verb - 1
    while at > 0, chunks[at].kind != .verb, chunks[at].kind != .semicolon {
      if chunks[at].kind == .subordinator {
        // "assured us once again that".
        var promise = at - 1
        while promise > 0, [.noun, .adverb, .time, .preposition].contains(chunks[promise].kind) { promise -= 1 }
        let isPromise =
          chunks[at].form == Clauses.that && chunks[promise].kind == .verb && scene.cues(promise).contains(.promise)
          && !chunks[promise].isNegated
        return isPromise ? promise : nil
      }
      at -= 1
    }
    return nil
  }

  /// "The rebels said that they would not attack", "announced its soldiers would leave": who speaks says what he himself will do.
  func isOwnWord(_ verb: Int) -> Bool {
    guard let subject = scene.clauses.subject(of: verb).first?.noun, subject < verb,
      chunks[subject].kinds.contains(.pronoun) || Mentions.possessives.contains(scene.form(chunks[subject].first))
    else { return false }
    var speech = subject - 1
    if speech > 0, chunks[speech].form == Clauses.that { speech -= 1 }
    while speech > 0, [.time, .preposition, .adverb].contains(chunks[speech].kind) { speech -= 1 }
    return speech > 0 && chunks[speech].kind == .verb && chunks[speech].isFinite && !chunks[speech].isNegated
      && scene.cues(speech).contains(.speech)
      && (isParty(scene.clauses.arguments(speech)) || !chunks[subject].kinds.contains(.pronoun))
  }

  /// "Tarn's promise to leave", "a pledge by Tarn to leave": whose word it is.
  func bind(_ verb: Int, _ arguments: inout Arguments) {
    guard chunks[verb].isInfinitive, let bond = scene.bond(verb) else { return }
    var own = bond == verb - 1 ? owner(bond) : [scene.filler(scene.clauses.element(verb - 1))]
    // "accused the rebels of breaking their promise to leave": theirs who broke it.
    if bond == verb - 1, own.first?.kinds == .pronoun, let outer = chunks[..<bond].lastIndex(where: { $0.kind == .verb }),
      chunks[outer].isGerund
    {
      own = scene.clauses.subject(of: outer).map(scene.filler)
    }
    if !own.isEmpty { (promiser, arguments.subject) = (own, []) }
  }

  private func isAuxiliary(_ verb: Int32) -> Bool {
    let known = lexicon.chunker.auxiliaries
    return verb == known.be || verb == known.have || verb == known.do || verb == known.get
  }

  /// "Under the deal, ...", "the truce required the armies to ...": what an agreement lays down.
  private func isUnderAgreement(_ verb: Int) -> Bool {
    var at = verb - 1
    while at >= 0 {
      defer { at -= 1 }
      if chunks[at].kind == .semicolon { return false }
      guard chunks[at].kind == .noun, !chunks[at].kinds.isDisjoint(with: [.agreement, .ceasefire]) else { continue }
      if at > 0, chunks[at - 1].kind == .preposition, FrameMatcher.under.contains(chunks[at - 1].form) { return true }
      // "signed an accord in Orlin | under | which the army is to ...".
      if let which = chunks[at + 1..<verb].firstIndex(where: { $0.kind == .subordinator || $0.kind == .verb }),
        chunks[which].kind == .subordinator, Clauses.relatives.contains(chunks[which].form), chunks[which - 1].kind == .preposition,
        FrameMatcher.under.contains(chunks[which - 1].form)
      {
        return true
      }
      let governor = chunks[verb].governor
      if governor > at, scene.cues(governor).contains(.planned),
        scene.clauses.subject(of: governor).contains(where: { $0.noun == at })
      {
        return true
      }
    }
    return false
  }

  private static let under = FormSet(["under", "per", "according", "in", "as"])
}
