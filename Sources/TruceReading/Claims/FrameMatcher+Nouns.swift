// Events told by nouns: what verb says that they take place, and when a bare one tells.
internal import TruceModel

extension FrameMatcher {
  /// "The transferred bodies", "newly captured villages": a participle before the noun that it acts on.
  func modifier(_ at: Int) -> Event? {
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
        // "the vacated areas": told before.
        if frame.type == .controlChange, !(roles[.place]?.contains(where: isNamed) ?? false) { continue }
        return Event(frame: Int(trigger.frame), chunk: at, trigger: unit..<unit + 1, verb: -1, roles: roles, times: [])
      }
    }
    return nil
  }

  func noun(_ at: Int) -> Event? {
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
      if frame.type == .hostilities, isOnlyNamed(at, context) || context.isBare && isPending(at) { continue }
      var arguments = Arguments()
      arguments.subject = context.subject
      if element.hasInner { arguments.after.append((Clauses.of, scene.clauses.innerElements(element))) }
      var own = Arguments()
      scene.clauses.complements(after: element.end, &own, isBeforeVerb: context.isSubject)
      arguments.after += own.object.isEmpty ? own.after : []
      arguments.times = own.object.isEmpty ? own.times : []
      arguments.end = own.end
      // "The clashes follow a ruling last Monday": what they follow says nothing of them.
      let isWar = context.isBare && ClaimBuilder.wars.contains(chunks[at].headForm)
      if let verb = context.verb, !isWar, !(context.isSubject && scene.verb(verb)?.lemma == FrameMatcher.follow) {
        let outer = scene.clauses.arguments(verb)
        if context.isSubject {
          // "The rebels' capture of the town was confirmed by the mission": it confirms.
          let isSaid = chunks[verb].isPassive && scene.cues(verb).contains(.speech)
          arguments.after += isSaid ? outer.after.filter { $0.form != Clauses.by } : outer.after
          // "The siege cost the lives of ten": no siege of lives.
          if let object = outer.object.first, !FrameMatcher.lives.contains(chunks[object.noun].headForm) {
            arguments.after.append((FrameMatcher.on, outer.object))
          }
          arguments.end = outer.end
        } else {
          // "the withdrawal of A from Orlin and the withdrawal of B from Tarn": its own "from"; "From Orlin the mission heard shots": where it was.
          let isSensed = scene.cues(verb).contains(.sense)
          arguments.after += outer.after.filter { phrase in
            !own.after.contains { $0.form == phrase.form } && !(isSensed && phrase.form == Scene.from)
          }
        }
        arguments.times += outer.times.filter { !arguments.times.contains($0) && !isOfLaterProvision($0, at, verb) }
        // "The army repelled an attack", "was beaten back by the army": it was attacked.
        if frame.type == .hostilities, isRepelled(verb) {
          let attacked = chunks[verb].isPassive ? agent(verb) : scene.clauses.subject(of: verb)
          arguments.after.removeAll { chunks[verb].isPassive && $0.form == Clauses.by && $0.elements.first?.noun == attacked.first?.noun }
          if !attacked.isEmpty { arguments.after.append((Scene.against, attacked)) }
        }
      }
      guard let roles = fill(frame, arguments, passive: false, owner: at, verb: context.verb ?? -1) else { continue }
      if isRecalled(at, frame, roles, own, context.isSubject) { continue }
      let isWithout = before == Chunker.without && frame.flags.contains(.weak)
      var isInPassing = false
      if frame.flags.contains(.weak), context.isBare, !isWithout { continue }
      if isWithout {
        // "without any incidents": told where it is denied.
      } else if frame.flags.contains(.timed) {
        if let start = startTime(at, own) {
          arguments.times = [start]
        } else {
          // "agreed on an immediate ceasefire".
          guard (chunks[at].first..<chunks[at].head).contains(where: { ClaimBuilder.immediate.contains(scene.form($0)) }),
            at > 0, chunks[at - 1].kind == .preposition || chunks[at - 1].kind == .verb,
            let verb = chunks[..<at].last(where: { $0.kind == .verb }),
            lexicon.cues(verb: verb.verb).isDisjoint(with: [.calls, .attempt])
          else { continue }
        }
      } else if context.isBare, !frame.flags.contains(.bare), !(before == Chunker.inReturn && frame.type == .exchange),
        !isTold(at, frame, roles, own), !isCounted(frame, roles)
      {
        guard isGoingOn(at, frame, roles) else { continue }
        isInPassing = isWar
      }
      var event = Event(
        frame: Int(trigger.frame), chunk: at, trigger: chunks[at].first..<chunks[at].end, verb: context.verb ?? -1, roles: roles,
        times: arguments.times)
      // "attended a ceremony to mark the signing": it was signed.
      if frame.type == .agreementSigned { event.verb = -1 }
      if frame.type == .agreementSigned, roles[.what] == nil, hasDate(chunks[at]) {
        event.roles[.what] = [scene.filler(element)]
        event.isDatedName = true
      }
      event.isInPassing = isInPassing
      event.isNegated = chunks[at].isNegative || before == Chunker.without || isNegated(arguments, frame)
      // "The fighting did not stop": it went on.
      if let verb = context.verb, happening(verb) == .ends, chunks[verb].isNegated { event.isNegated.toggle() }
      let parts = parts(arguments.end)
      if !parts.isEmpty { event.roles[.place] = parts }
      return event
    }
    return nil
  }

  static let lives = FormSet(["lives", "life"])

  static let amid = FormSet(["after", "following", "in", "during", "amid", "despite"])
  private static let gains: Set<String> = ["captured", "regained"]
  private static let sharing = FormSet(["part", "scene", "site"])
  private static let follow = "follow"
  /// "a ceasefire in force since noon".
  private static let force = FormSet(["force", "effect", "place"])
  static let on = Form("on")
  static let into = Form("into")

  /// The time from which a noun's state holds: "a ceasefire from 26 October", "... starting on November 10".
  private func startTime(_ at: Int, _ own: Arguments) -> Int? {
    func isStart(_ chunk: Int) -> Bool {
      let time = chunks[chunk].time
      guard time >= 0 else { return false }
      // "a ceasefire effective Sunday", "a ceasefire as of midnight".
      if scene.isOnset(chunk), scene.times[Int(time)].word != .from { return true }
      guard scene.times[Int(time)].word == .from else { return false }
      if own.after.contains(where: { $0.elements.contains { FrameMatcher.force.contains(chunks[$0.noun].headForm) } }) { return true }
      // "violations of the truce since February": since then, and not its beginning.
      return !scene.times[Int(time)].governor.contains { scene.tokens[$0].form == UnitBuilder.since }
    }
    // "breaching the truce from the first hours".
    if let verb = governing(at).flatMap(scene.verb), verb.triggers.contains(where: { isViolation(lexicon.frames[Int($0.frame)]) }) {
      return nil
    }
    if let time = own.times.first(where: isStart) { return time }
    // "agreed on a ceasefire within three days".
    if let time = own.times.first(where: { scene.times[Int(chunks[$0].time)].limit == .within }) { return time }
    // "before a ceasefire on Aug. 12", "despite a ceasefire last Friday".
    if at > 0, [.preposition, .subordinator].contains(chunks[at - 1].kind),
      Clauses.temporal.contains(chunks[at - 1].form) || chunks[at - 1].form == FrameMatcher.despite,
      let time = own.times.first(where: isDate)
    {
      return time
    }
    // "a truce in and around the city, | starting on Monday".
    let onset = own.end < chunks.count && chunks[own.end].kind == .comma ? own.end + 1 : own.end
    guard onset < chunks.count, chunks[onset].kind == .verb, chunks[onset].isGerund || chunks[onset].isInfinitive, happening(onset) != nil
    else { return nil }
    return scene.clauses.arguments(onset).times.first { $0 > onset }
  }

  private func isViolation(_ frame: Frame) -> Bool { frame.type == .ceasefireViolation && frame.act == "violation" }

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
      // "with ground fighting | reported | in Orlin".
      let isBeside = verb == element.end && scene.clauses.isReduced(verb)
      guard isBeside || scene.clauses.subject(of: verb).contains(where: { $0.noun == at || isStage($0, of: at) }) else { continue }
      if frame.type == .hostilities, frame.act != "clash", chunks[verb].isFinite, !chunks[verb].isPassive, isHarm(verb) {
        // "A strike on the convoy killed five": it took place.
        return (verb, true, [], false)
      }
      if let kind = happening(verb) {
        // "The hostilities ended on Friday."
        if kind == .ends, frame.type == .hostilities, !chunks[verb].isNegated { return nil }
        if kind == .makes, !chunks[verb].isPassive, !scene.clauses.isReduced(verb) { break }
        // "The conflict is a dispute over land" tells what it is, not that it takes place.
        if chunks[verb].verb == lexicon.chunker.auxiliaries.be, !scene.clauses.arguments(verb).object.isEmpty { break }
        return (verb, true, isRepelled(verb) ? [] : agent(verb), false)
      }
      // "No attacks by units controlled by Tarn | were recorded."
      if scene.clauses.isReduced(verb) { continue }
      break
    }
    if at > 1, chunks[at - 1].kind == .preposition, chunks[at - 1].form == FrameMatcher.into, chunks[at - 2].kind == .verb,
      happening(at - 2) != nil
    {
      // "tensions exploded into military action".
      return (at - 2, false, [], false)
    }
    if let blamed = blamed(at) { return (blamed.verb, false, blamed.doer, false) }
    if frame.type == .hostilities, let answering = answering(at) { return (nil, false, answering, false) }
    if frame.type == .hostilities, let verb = rocking(at) { return (verb, false, [], false) }
    if let verb = governing(at) {
      if chunks[verb].verb == lexicon.chunker.auxiliaries.be,
        chunks[verb].isThere
          || verb > 0 && chunks[verb - 1].kind == .adverb && scene.form(chunks[verb - 1].end - 1) == Chunker.there
      {
        // "There was fighting near the town."
        return (verb, false, [], false)
      }
      if frame.type == .hostilities, scene.cues(verb).contains(.denial), !chunks[verb].isPassive {
        // "denied any air raids", "denied the bombing": its own.
        return (nil, false, scene.clauses.subject(of: verb), false)
      }
      if happening(verb) == .makes || happening(verb) == .starts || scene.isProviding(verb), !chunks[verb].isPassive {
        let cues = lexicon.verbs[Int(chunks[verb].verb)].cues
        // "The minister called for the release of all prisoners": a wish; what an accord calls for is laid down.
        if cues.contains(.calls), cues.isDisjoint(with: [.speech]), !scene.isLaw(verb) { return nil }
        // "The mission heard 31 explosions": who tells of it, and not who did it.
        let isSpeech = !cues.isDisjoint(with: [.speech, .calls, .sense, .oversee])
        let subject = scene.clauses.subject(of: verb)
        // "Both have reported breaches": of each other. An accord that provides for something does none of it.
        let isOfBoth =
          !cues.contains(.oversee) && subject.count > 1 || subject.first.map { Mentions.side.contains(chunks[$0.noun].headForm) } ?? false
        // "The Front announced the capture of the city": its own.
        let isOwn =
          frame.type == .controlChange && FrameMatcher.gains.contains(frame.act) && cues.isDisjoint(with: [.sense, .oversee])
          && subject.contains { !chunks[$0.noun].kinds.isDisjoint(with: [.force, .party]) }
        // "The town was the scene of clashes": where, and not who.
        let isNobodys = scene.isLaw(verb) || isRepelled(verb) || chunks[verb].verb == lexicon.chunker.auxiliaries.be
        return (verb, false, isSpeech && !isOfBoth && !isOwn || isNobodys ? [] : subject, false)
      }
      // "fear violence", "to avoid a war": what has not happened; "called the raid illegal", "halted an attack by the rebels": it took place.
      let cues = scene.cues(verb)
      if frame.type == .hostilities, happening(verb) != .ends, !cues.isDisjoint(with: [.calls, .attempt, .hinder]),
        cues.isDisjoint(with: [.speech, .tried, .provision]), !isByOthers(element.end)
      {
        return nil
      }
      // "halted their advance", "attacked a patrol": what is ended, or only named.
      if happening(verb) == .ends && frame.type == .hostilities || frame.type == .deployment {
        // "halted an attack by the rebels": theirs, and it took place.
        return frame.type == .hostilities && isByOthers(element.end) ? (verb, false, [], false) : nil
      }
      return (verb, false, [], true)
    }
    return (nil, false, [], true)
  }

  /// "an attack | by the rebels": whether what follows says whose it was.
  func isByOthers(_ end: Int) -> Bool {
    end + 1 < chunks.count && chunks[end].kind == .preposition && chunks[end].form == Clauses.by && chunks[end + 1].kind == .noun
  }

  /// "repelled an attack", "beat off a raid": whose doer is not who did that.
  func isRepelled(_ verb: Int) -> Bool {
    FrameMatcher.repelling.contains(scene.verb(verb)?.lemma ?? "") && happening(verb) == .makes
  }

  private static let repelling: Set<String> = [
    "repel", "repulse", "beat", "fend", "ward", "push", "throw", "drive", "turn", "hold", "withstand", "face", "suffer", "receive",
    "endure",
  ]

  /// "The first phase of the withdrawal began."
  private func isStage(_ subject: Element, of event: Int) -> Bool {
    subject.firstInner == event && FrameMatcher.stages.contains(chunks[subject.noun].headForm)
  }

  static let stages = FormSet(
    [
      "phase", "stage", "part", "round", "leg", "start", "beginning", "completion", "implementation", "resumption", "series", "wave",
      "string",
      "spate", "number",
    ])

  /// Whether a verb tells that people or things were hit.
  private func isHarm(_ verb: Int) -> Bool {
    lexicon.verbs[Int(chunks[verb].verb)].triggers.contains {
      let frame = lexicon.frames[Int($0.frame)]
      return frame.type == .casualties || frame.type == .hostilities && frame.act == "destroy"
    } && !scene.clauses.arguments(verb).object.isEmpty
  }

  /// Who does what a passive verb tells.
  func agent(_ verb: Int) -> [Element] {
    scene.clauses.arguments(verb).after.first { $0.form == Clauses.by }?.elements ?? []
  }

  /// The verb whose object a noun is.
  func governing(_ at: Int) -> Int? {
    var before = at - 1
    // "staged | a series of | attacks", "sparked | four days of | clashes".
    if before > 1, chunks[before].kind == .preposition, chunks[before].form == Clauses.of {
      if chunks[before - 1].kind == .noun, FrameMatcher.stages.contains(chunks[before - 1].headForm) { return governing(before - 1) }
      if chunks[before - 1].kind == .time, chunks[before - 2].kind == .verb, happening(before - 2) == .starts { return before - 2 }
    }
    // "took part in | Tuesday's | advance".
    if before > 0, chunks[before].kind == .time, chunks[before - 1].kind == .preposition, chunks[before - 1].form == Clauses.in {
      before -= 1
    }
    let first = before
    while before >= 0 {
      switch chunks[before].kind {
      case .preposition where before == first:
        // "pressed on with an offensive".
        var verb = before - 1
        if let law = furtherProvision(before) { return law }
        if verb > 0, [.adverb, .preposition].contains(chunks[verb].kind) { verb -= 1 }
        // "took | part | in the attack", "was | the scene | of clashes".
        if verb > 0, chunks[verb].kind == .noun, FrameMatcher.sharing.contains(chunks[verb].headForm), chunks[verb - 1].kind == .verb {
          verb -= 1
        }
        return verb >= 0 && chunks[verb].kind == .verb && happening(verb) == .makes ? verb : nil
      case .preposition where isListed(at, after: before): return before - 1
      case .adverb, .noun, .conjunction, .comma: before -= 1
      case .preposition where chunks[before].form == Clauses.of || chunks[before].form == Scene.from: before -= 1
      // "provides for a zone on both banks, | the withdrawal of ...": what the list's first noun has beside it.
      case .preposition where before > 0 && [.comma, .conjunction].contains(chunks[at - 1].kind) && chunks[before - 1].kind == .noun:
        before -= 1
      // "provides for a truce within a week and | the withdrawal of ...".
      case .time,
        .preposition
      where [.comma, .conjunction].contains(chunks[at - 1].kind) && (chunks[before].kind == .time || chunks[before + 1].kind == .time):
        before -= 1
      case .verb: return scene.clauses.arguments(before).object.contains { $0.noun == at } ? before : nil
      default: return nil
      }
    }
    return nil
  }

  /// "It provides for the lifting of the siege, | the withdrawal of the army and ...": a noun of the list after a verb's preposition.
  private func isListed(_ at: Int, after preposition: Int) -> Bool {
    guard preposition > 0, preposition < at - 1, chunks[preposition - 1].kind == .verb, happening(preposition - 1) == .makes,
      [.comma, .conjunction].contains(chunks[at - 1].kind)
    else { return false }
    return chunks[preposition + 1..<at].allSatisfy { [.noun, .preposition, .comma, .conjunction, .adverb, .time].contains($0.kind) }
  }

  func happening(_ verb: Int) -> Lexicon.Happening.Kind? {
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
