// Finds the frames that a sentence's verbs and nouns trigger, and fills their roles.
internal import TruceModel

/// Matches frames in one sentence.
struct FrameMatcher {
  let scene: Scene
  let chunks: [Chunk]
  let units: [Unit]
  var lexicon: ReaderCore { scene.reader }

  init(_ scene: Scene) {
    self.scene = scene
    chunks = scene.chunks
    units = scene.units
  }

  /// All events of the sentence, in the order of their triggers.
  func events() -> [Event] {
    var events: [Event] = []
    for at in chunks.indices {
      switch chunks[at].kind {
      case .verb:
        if let event = lexicon.isTrigger(verb: chunks[at].verb) ? verb(at) ?? owed(at) : owed(at) { events.append(event) }
      case .noun:
        let lemma = units[chunks[at].head].word.nounLemma
        if let event = modifier(at) { events.append(event) }
        if units[chunks[at].head].tag != .number, lexicon.isTrigger(noun: lemma), let event = noun(at) {
          events.append(event)
        }
      default: break
      }
    }
    return settled(events)
  }

  // MARK: verbs

  private func verb(_ at: Int) -> Event? {
    var arguments = scene.clauses.arguments(at)
    // "under the deal struck in May": after a noun that a preposition governs, a participle without a subject belongs to it.
    let isReduced =
      scene.clauses.isReduced(at)
      || chunks[at].isBare && arguments.subject.isEmpty && arguments.object.isEmpty && at > 0 && chunks[at - 1].kind == .noun
        && units[chunks[at].main].word.shape.contains(.participle)
    if isReduced { arguments.subject = reducedSubject(at) }
    attachSubjectsComplements(&arguments, at)
    if let event = verb(at, arguments, isReduced) { return event }
    // "a ceasefire along the line that came into force": the relative may stand for a noun further left.
    for other in scene.clauses.otherAntecedents(at) {
      arguments.subject = [other]
      if let event = verb(at, arguments, isReduced) { return event }
    }
    return nil
  }

  /// "A ceasefire between A and B went into effect": what follows the subject belongs to the event too.
  private func attachSubjectsComplements(_ arguments: inout Arguments, _ verb: Int) {
    guard let subject = arguments.subject.last, subject.end < verb else { return }
    var own = Arguments()
    scene.clauses.complements(after: subject.end, &own, isBeforeVerb: true)
    guard own.object.isEmpty, own.end <= verb else { return }
    arguments.after += own.after.filter { $0.form != Clauses.by }
    arguments.times += own.times.filter { !arguments.times.contains($0) }
  }

  private func verb(_ at: Int, _ arguments: Arguments, _ isReduced: Bool) -> Event? {
    var passive = chunks[at].isPassive || isReduced
    // A bare participle without an object may be a passive that no "by" shows: "villages captured on Sunday".
    let isShared = !passive && isSharedPassive(at, arguments)
    let attempts: [Bool] =
      passive
      ? [true]
      : isShared
        ? (units[chunks[at].main].word.shape.contains(.past) && !hasAgent(arguments) ? [false, true] : [true])
        : chunks[at].isBare && arguments.object.isEmpty && isAfterNoun(at) ? [false, true] : [false]
    for attempt in attempts {
      passive = attempt
      for trigger in lexicon.verbs[Int(chunks[at].verb)].triggers {
        let frame = lexicon.frames[Int(trigger.frame)]
        if frame.flags.contains(.passive), !passive { continue }
        if frame.flags.contains(.intransitive), !passive, !arguments.object.isEmpty { continue }
        if frame.flags.contains(.joint), !isJoint(at, arguments) { continue }
        guard let consumed = consume(trigger, at, arguments, passive) else { continue }
        var own = arguments
        if consumed.chunk > at {
          // What follows the trigger's last word: "pulled out | of the town".
          var rest = Arguments()
          let isNoun = chunks[consumed.chunk].kind == .noun
          let element = isNoun ? scene.clauses.element(consumed.chunk) : nil
          if let element, element.hasInner { rest.after.append((Clauses.of, scene.clauses.innerElements(element))) }
          scene.clauses.complements(after: element?.end ?? consumed.chunk + 1, &rest)
          own.after = rest.after + own.after
          own.times = rest.times + own.times.filter { !rest.times.contains($0) }
          own.end = max(own.end, rest.end)
          if consumed.isObject { own.object = rest.object } else if own.object.isEmpty { own.object = rest.object }
        }
        // "put the army's losses at ten", "the Taliban truce began".
        let things = passive || frame.flags.contains(.intransitive) || own.object.isEmpty ? own.subject : own.object
        let possessed = things.first.flatMap { scene.clauses.nouns($0).first(where: isOwned) }
        guard let roles = fill(frame, own, passive: passive, owner: possessed, verb: at) else { continue }
        if frame.flags.contains(.counted), !isCounted(frame, roles) { continue }
        // "looted furniture": fighting has somebody or some place.
        if frame.type == .hostilities, roles[.who] == nil, roles[.whom] == nil, roles[.place] == nil,
          trigger.words.isEmpty || !isNegated(arguments, frame)
        {
          continue
        }
        var event = Event(
          frame: Int(trigger.frame), chunk: at, trigger: chunks[at].first..<chunks[at].end, verb: at, roles: roles, times: own.times)
        event.isNegated = isNegated(arguments, frame) || isNegated(own, frame)
        event.consumed = consumed.chunk
        if frame.roles.contains(where: { $0.slot == .place }) { event.ellipses = ellipses(own.end) + gap(own) }
        return event
      }
    }
    return nil
  }

  /// Several parties as subject, and an infinitive that the verb governs.
  private func isJoint(_ at: Int, _ arguments: Arguments) -> Bool {
    guard
      opensPromise(at)
        || chunks.indices.contains(where: { chunks[$0].kind == .verb && chunks[$0].governor == at && chunks[$0].isInfinitive })
    else { return false }
    let parties = arguments.subject.filter { !scene.kinds($0).isDisjoint(with: [.party, .force, .office, .someone]) }
    return parties.count > 1 || parties.first.map { scene.clauses.inner($0).count > 1 && chunks[$0.noun].kinds.contains(.person) } ?? false
      || parties.first.map { Mentions.side.contains(chunks[$0.noun].headForm) } ?? false
  }

  /// "agreed on Sunday that the truce should be extended": "that", and what is to be.
  private func opensPromise(_ verb: Int) -> Bool {
    var next = verb + 1
    while next < chunks.count, [.time, .adverb, .preposition].contains(chunks[next].kind) { next += 1 }
    guard next < chunks.count, chunks[next].kind == .subordinator, chunks[next].form == Clauses.that else { return false }
    return chunks[next...].first { $0.kind == .verb }?.isPlanned ?? false
  }

  private func hasAgent(_ arguments: Arguments) -> Bool { arguments.after.contains { $0.form == Clauses.by } }

  /// "was captured by the rebels and retaken by the army", "five were killed and two injured": the second participle shares the
  /// first one's auxiliary.
  private func isSharedPassive(_ at: Int, _ arguments: Arguments) -> Bool {
    guard chunks[at].isBare, at > 1, arguments.object.isEmpty, units[chunks[at].main].word.shape.contains(.participle) else { return false }
    var before = at - 1
    if chunks[before].kind == .noun, let own = arguments.subject.first, own.noun <= before { before = own.noun - 1 }
    guard before > 0, [.conjunction, .comma].contains(chunks[before].kind) else { return false }
    before -= 1
    while before >= 0, ![.verb, .subordinator, .semicolon].contains(chunks[before].kind) { before -= 1 }
    return before >= 0 && chunks[before].kind == .verb && chunks[before].isPassive
  }

  private func isAfterNoun(_ at: Int) -> Bool {
    var before = at - 1
    while before >= 0, chunks[before].kind == .adverb { before -= 1 }
    return before >= 0 && (chunks[before].kind == .noun || chunks[before].kind == .comma)
  }

  private func reducedSubject(_ at: Int) -> [Element] {
    var before = at - 1
    while before >= 0, chunks[before].kind != .noun { before -= 1 }
    guard before >= 0 else { return [] }
    // "bodies of soldiers transferred": the head of the phrase, not its complement.
    while before >= 2, chunks[before - 1].kind == .preposition, chunks[before - 1].form == Clauses.of, chunks[before - 2].kind == .noun {
      before -= 2
    }
    return [scene.clauses.element(before)]
  }

  /// Whether the words of a trigger follow the verb; the chunk of the last one.
  private func consume(_ trigger: Trigger, _ at: Int, _ arguments: Arguments, _ passive: Bool) -> (chunk: Int, isObject: Bool)? {
    guard let first = trigger.words.first else { return (at, false) }
    if passive, trigger.words.count == 1, let subject = arguments.subject.first, isWord(chunks[subject.noun].head, first) {
      return (at, false)
    }
    var unit = chunks[at].end
    var word = 0
    var skipped = 0
    let limit = trigger.isSeparable ? 10 : 4
    while unit < units.count {
      if isWord(unit, trigger.words[word]) {
        word += 1
        if word == trigger.words.count {
          let chunk = chunks.indices.first { chunks[$0].first <= unit && unit < chunks[$0].end } ?? at
          return (chunk, !trigger.isSeparable && chunks[chunk].kind == .noun || chunks[chunk].kind == .preposition && !trigger.isSeparable)
        }
      } else {
        switch units[unit].tag {
        case .determiner, .nominal, .adverb, .number, .clitic, .time, .pronoun: skipped += 1
        case .conjunction, .comma, .preposition:
          guard trigger.isSeparable else { return nil }
          skipped += 1
        default: return nil
        }
        if skipped > limit { return nil }
      }
      unit += 1
    }
    return nil
  }

  private func isWord(_ unit: Int, _ form: Form) -> Bool { scene.form(unit) == form || scene.lemma(unit) == form }

  // MARK: nouns

  /// "The transferred bodies", "newly captured villages": a participle before the noun that it acts on.
  private func modifier(_ at: Int) -> Event? {
    let chunk = chunks[at]
    for unit in chunk.first..<chunk.head
    where units[unit].word.verb >= 0 && units[unit].word.shape.contains(.participle) && !units[unit].word.shape.contains(.gerund)
      && units[unit].meaning < 0
    {
      for trigger in lexicon.verbs[Int(units[unit].word.verb)].triggers where trigger.words.isEmpty {
        let frame = lexicon.frames[Int(trigger.frame)]
        guard frame.type == .exchange || frame.type == .controlChange && frame.act != "control" else { continue }
        var arguments = Arguments()
        arguments.subject = [scene.clauses.element(at)]
        guard let roles = fill(frame, arguments, passive: true, owner: nil, verb: -1, isModifier: true) else { continue }
        return Event(frame: Int(trigger.frame), chunk: at, trigger: unit..<unit + 1, verb: -1, roles: roles, times: [])
      }
    }
    return nil
  }

  private func noun(_ at: Int) -> Event? {
    let element = scene.clauses.element(at)
    let before = at > 0 && chunks[at - 1].kind == .preposition ? chunks[at - 1].form : nil
    for trigger in lexicon.nouns[Int(units[chunks[at].head].word.nounLemma)].triggers {
      let frame = lexicon.frames[Int(trigger.frame)]
      if trigger.isSeparable {
        guard before == trigger.words[0] else { continue }
      } else if let of = trigger.words.first {
        guard scene.clauses.inner(element).contains(where: { isWord(chunks[$0].head, of) }) else { continue }
      }
      guard let context = context(at, element, frame, trigger) else { continue }
      var arguments = Arguments()
      arguments.subject = context.subject
      if element.hasInner { arguments.after.append((Clauses.of, scene.clauses.innerElements(element))) }
      var own = Arguments()
      scene.clauses.complements(after: element.end, &own, isBeforeVerb: true)
      arguments.after += own.object.isEmpty ? own.after : []
      arguments.times = own.object.isEmpty ? own.times : []
      arguments.end = own.end
      if let verb = context.verb {
        let outer = scene.clauses.arguments(verb)
        if context.isSubject {
          arguments.after += outer.after
          if !outer.object.isEmpty { arguments.after.append((FrameMatcher.on, outer.object)) }
          arguments.end = outer.end
        } else {
          arguments.after += outer.after
        }
        arguments.times += outer.times.filter { !arguments.times.contains($0) }
      }
      guard let roles = fill(frame, arguments, passive: false, owner: at, verb: context.verb ?? -1) else { continue }
      if isRecalled(at, frame, roles, own, context.isSubject) { continue }
      let isWithout = before == Chunker.without && frame.flags.contains(.weak)
      if frame.flags.contains(.weak), context.isBare, !isWithout { continue }
      if isWithout {
        // "without any incidents": told where it is denied.
      } else if frame.flags.contains(.timed) {
        guard let start = startTime(at, own) else { continue }
        arguments.times = [start]
      } else if context.isBare, !frame.flags.contains(.bare), !isTold(at, frame, roles, own), !isCounted(frame, roles) {
        continue
      }
      var event = Event(
        frame: Int(trigger.frame), chunk: at, trigger: chunks[at].first..<chunks[at].end, verb: context.verb ?? -1, roles: roles,
        times: arguments.times)
      event.isNegated = chunks[at].isNegative || before == Chunker.without || isNegated(arguments, frame)
      return event
    }
    return nil
  }

  /// "The attacks were condemned": told before, and nothing new with it.
  private func isRecalled(_ at: Int, _ frame: Frame, _ roles: Roles, _ own: Arguments, _ isSubject: Bool) -> Bool {
    guard frame.type == .hostilities, !isSubject, scene.form(chunks[at].first) == Mentions.the, own.times.isEmpty else { return false }
    return roles[.who] == nil && roles[.whom] == nil && roles[.place] == nil
  }

  private static let there = Form("there")
  private static let war = Form("war")
  /// "a ceasefire in force since noon".
  private static let force = FormSet(["force", "effect", "place"])
  static let on = Form("on")
  static let into = Form("into")

  /// A noun in passing tells an event only where its doer and its place or time stand with it.
  private func isTold(_ at: Int, _ frame: Frame, _ roles: Roles, _ own: Arguments) -> Bool {
    guard frame.flags.contains(.nominal) else { return false }
    // "the fall of the town on 4 May", "the capture of the town by rebels".
    if frame.type == .controlChange { return roles[.place] != nil && (roles[.who] != nil || !own.times.isEmpty) }
    // "after a war in 1992-93".
    if chunks[at].headForm == FrameMatcher.war, own.times.contains(where: isDate) { return true }
    if roles[.who] == nil { return (roles[.place] != nil || roles[.whom] != nil) && own.times.contains(where: isDate) }
    return roles[.place] != nil || roles[.whom] != nil || !own.times.isEmpty
  }

  private func isDate(_ chunk: Int) -> Bool {
    let time = chunks[chunk].time
    return time >= 0 && scene.times[Int(time)].type == .date && !scene.times[Int(time)].isVague
  }

  /// "The deaths of 400 people": the number tells.
  private func isCounted(_ frame: Frame, _ roles: Roles) -> Bool {
    frame.flags.contains(.counted)
      && ((roles[.whom] ?? []) + (roles[.what] ?? [])).contains {
        $0.kinds.contains(.number) || $0.units.contains { units[$0].tag == .number }
      }
  }

  /// The time from which a noun's state holds: "a ceasefire from 26 October", "... starting on November 10".
  private func startTime(_ at: Int, _ own: Arguments) -> Int? {
    func isStart(_ chunk: Int) -> Bool {
      let time = chunks[chunk].time
      guard time >= 0, scene.times[Int(time)].word == .from else { return false }
      if own.after.contains(where: { $0.elements.contains { FrameMatcher.force.contains(chunks[$0.noun].headForm) } }) { return true }
      // "violations of the truce since February": since then, and not its beginning.
      return !scene.times[Int(time)].governor.contains { scene.tokens[$0].form == ClaimBuilder.since }
    }
    if let time = own.times.first(where: isStart) { return time }
    guard own.end < chunks.count, chunks[own.end].kind == .verb, chunks[own.end].isGerund, happening(own.end) != nil else { return nil }
    return scene.clauses.arguments(own.end).times.first { $0 > own.end }
  }

  /// The verb that tells that the event of a noun takes place; nil where another verb uses the noun otherwise.
  private func context(
    _ at: Int, _ element: Element, _ frame: Frame, _ trigger: Trigger
  ) -> (verb: Int?, isSubject: Bool, subject: [Element], isBare: Bool)? {
    if trigger.isSeparable {
      // "remained under the control of": the verb before carries the subject.
      var verb = at - 2
      while verb >= 0, chunks[verb].kind != .verb, ![.semicolon, .subordinator, .comma].contains(chunks[verb].kind) { verb -= 1 }
      guard verb >= 0, chunks[verb].kind == .verb else { return nil }
      return (verb, false, scene.clauses.subject(of: verb), false)
    }
    for verb in chunks.indices where chunks[verb].kind == .verb && chunks[verb].verb >= 0 && verb > at {
      guard scene.clauses.subject(of: verb).contains(where: { $0.noun == at }) else { continue }
      if frame.type == .hostilities, frame.act != "clash", chunks[verb].isFinite, !chunks[verb].isPassive, isHarm(verb) {
        // "A strike on the convoy killed five": it took place.
        return (verb, true, [], false)
      }
      if let kind = happening(verb) {
        if kind == .makes, !chunks[verb].isPassive, !scene.clauses.isReduced(verb) { break }
        // "The conflict is a dispute over land" tells what it is, not that it takes place.
        if chunks[verb].verb == lexicon.chunker.auxiliaries.be, !scene.clauses.arguments(verb).object.isEmpty { break }
        return (verb, true, agent(verb), false)
      }
      break
    }
    if at > 1, chunks[at - 1].kind == .preposition, chunks[at - 1].form == FrameMatcher.into, chunks[at - 2].kind == .verb,
      happening(at - 2) != nil
    {
      // "tensions exploded into military action".
      return (at - 2, false, [], false)
    }
    if let blamed = blamed(at) { return (blamed.verb, false, blamed.doer, false) }
    if let verb = governing(at) {
      if chunks[verb].verb == lexicon.chunker.auxiliaries.be,
        chunks[verb].isThere
          || verb > 0 && chunks[verb - 1].kind == .adverb && scene.form(chunks[verb - 1].end - 1) == FrameMatcher.there
      {
        // "There was fighting near the town."
        return (verb, false, [], false)
      }
      if happening(verb) == .makes || happening(verb) == .starts, !chunks[verb].isPassive {
        let cues = lexicon.verbs[Int(chunks[verb].verb)].cues
        let isSpeech = !cues.isDisjoint(with: [.speech, .calls])
        let subject = scene.clauses.subject(of: verb)
        // "Both have reported breaches": of each other.
        return (verb, false, isSpeech && subject.count < 2 ? [] : subject, false)
      }
      return (verb, false, [], true)
    }
    return (nil, false, [], true)
  }

  /// Whether a verb tells that people or things were hit.
  private func isHarm(_ verb: Int) -> Bool {
    lexicon.verbs[Int(chunks[verb].verb)].triggers.contains { lexicon.frames[Int($0.frame)].type == .casualties }
      && !scene.clauses.arguments(verb).object.isEmpty
  }

  /// "Haftar's side was accused of two breaches", "accused the rebels of an attack": the verb and whom it blames.
  private func blamed(_ at: Int) -> (verb: Int, doer: [Element])? {
    guard at > 1, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.of || chunks[at - 1].form == FrameMatcher.for else {
      return nil
    }
    var verb = at - 2
    while verb > 0, [.noun, .adverb, .conjunction].contains(chunks[verb].kind) { verb -= 1 }
    guard chunks[verb].kind == .verb, scene.cues(verb).contains(.allegation) else { return nil }
    return (verb, chunks[verb].isPassive ? scene.clauses.subject(of: verb) : scene.clauses.arguments(verb).object)
  }

  private static let `for` = Form("for")

  /// Who does what a passive verb tells.
  func agent(_ verb: Int) -> [Element] {
    scene.clauses.arguments(verb).after.first { $0.form == Clauses.by }?.elements ?? []
  }

  /// The verb whose object a noun is.
  private func governing(_ at: Int) -> Int? {
    var before = at - 1
    while before >= 0 {
      switch chunks[before].kind {
      case .preposition where before == at - 1:
        // "pressed on with an offensive".
        var verb = before - 1
        if verb > 0, chunks[verb].kind == .adverb { verb -= 1 }
        return verb >= 0 && chunks[verb].kind == .verb && happening(verb) == .makes ? verb : nil
      case .adverb, .noun, .conjunction, .comma: before -= 1
      case .verb: return scene.clauses.arguments(before).object.contains { $0.noun == at } ? before : nil
      default: return nil
      }
    }
    return nil
  }

  private func happening(_ verb: Int) -> Lexicon.Happening.Kind? {
    guard chunks[verb].verb >= 0 else { return nil }
    for happening in lexicon.happenings[Int(chunks[verb].verb)] {
      var unit = chunks[verb].end
      let fits = happening.words.allSatisfy { word in
        guard unit < units.count, scene.form(unit) == word || scene.lemma(unit) == word else { return false }
        unit += 1
        return true
      }
      if fits { return happening.kind }
    }
    return nil
  }
}
