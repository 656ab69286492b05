// Finds the frames that a sentence's verbs and nouns trigger, and fills their roles.
internal import TruceModel

/// Matches frames in one sentence; a class, because each role that it looks for would else count references to all that it holds.
final class FrameMatcher {
  let scene: Scene
  let chunks: [Chunk]
  let units: [Unit]
  /// The words that `isWord` finds in the sentence.
  private let words: FormSieve
  /// Who promises what an infinitive says, where no subject does.
  var promiser: [Filler] = []
  /// The first verb by which an agreement lays things down as nouns: "provides | for".
  private(set) lazy var law: Int? = chunks.indices.first { chunks[$0].kind == .verb && chunks[$0].isFinite && scene.isProviding($0) }
  var lexicon: ReaderCore { scene.reader }

  init(_ scene: Scene) {
    self.scene = scene
    chunks = scene.chunks
    units = scene.units
    var words = FormSieve()
    for unit in units.indices {
      words.insert(scene.form(unit))
      let lemma = units[unit].word.nounLemma
      if lemma >= 0 { words.insert(scene.reader.nounHeads[Int(lemma)]) }
    }
    self.words = words
  }

  /// All events of the sentence, in the order of their triggers.
  func events() -> [Event] {
    var events: [Event] = []
    for at in chunks.indices {
      switch chunks[at].kind {
      case .verb:
        let event = lexicon.isTrigger(verb: chunks[at].verb) ? verb(at) : nil
        // "undertook to clear mines": owed, whatever the words mean together.
        // "is to guard the road": a duty, before what is told.
        let isIdiom = event.map { lexicon.frames[$0.frame].flags.contains(.idiom) || lexicon.frames[$0.frame].act == "guard" } ?? true
        if let event = isIdiom ? owed(at) ?? event : event { events.append(event) }
      case .noun:
        let lemma = units[chunks[at].head].word.nounLemma
        if let event = modifier(at) { events.append(event) }
        if units[chunks[at].head].tag != .number, lexicon.isTrigger(noun: lemma), let event = noun(at) {
          events.append(event)
        } else if let event = provided(at) ?? datedName(at) {
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
    if isLeftOver(at) { return nil }
    // "were killed in looting": whose deed that was nobody says.
    if chunks[at].isGerund, arguments.object.isEmpty, at > 0, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.in {
      arguments.subject = []
    }
    if arguments.object.isEmpty, let other = sharer(of: at) { arguments.object = scene.clauses.arguments(other).object }
    attachSubjectsComplements(&arguments, at)
    bind(at, &arguments)
    defer { promiser = [] }
    if isBesideCaptives(at) { return nil }
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
    // "Rebels in the hills shot down a helicopter near Orlin, killing the pilot": near Orlin.
    if chunks[verb].isGerund, chunks[subject.end..<verb].contains(where: { $0.kind == .verb && $0.isFinite }) { return }
    var own = Arguments()
    scene.clauses.complements(after: subject.end, &own, isBeforeVerb: true)
    guard own.object.isEmpty, own.end <= verb else { return }
    // "troops from Orlin had withdrawn from Tarn": out of Tarn.
    let isMoved = arguments.after.contains { $0.form == Scene.from }
    let isEvent = chunks[subject.noun].kinds.contains(.event) && !chunks[verb].isPassive
    // "militants from the Tarn group took Orlin": their own.
    let isOfGroup = !isEvent && !chunks[subject.noun].kinds.isDisjoint(with: [.force, .person])
    let after = own.after.filter {
      ($0.form != Clauses.by || isEvent) && !(isMoved && $0.form == Scene.from)
        && !(isOfGroup && $0.form == Scene.from && $0.elements.allSatisfy { !chunks[$0.noun].kinds.contains(.place) })
    }
    // "A ceasefire in Orlin begins today, a month after talks in Tarn": in Orlin.
    if chunks[subject.noun].kinds.contains(.ceasefire) {
      arguments.after.insert(contentsOf: after, at: 0)
    } else {
      arguments.after += after
    }
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
      let triggers = lexicon.verbs[Int(chunks[at].verb)].triggers
      for index in triggers.indices where words.mayHold(triggers[index].sieve) {
        let trigger = triggers[index]
        let frame = lexicon.frames[Int(trigger.frame)]
        if frame.flags.contains(.passive), !passive { continue }
        if frame.flags.contains(.intransitive), !passive, !arguments.object.isEmpty || isBeforeLength(at) { continue }
        if frame.flags.contains(.joint), !isJoint(at, arguments) { continue }
        guard let consumed = consume(trigger, at, arguments, passive) else { continue }
        if frame.type == .hostilities, frame.act == "attack", isReproof(arguments) { return nil }
        if frame.type == .ceasefireStart || frame.type == .hostilities && frame.act == "stop", isOtherStop(at, consumed.chunk, frame) {
          continue
        }
        // Where the verb alone tells, its arguments are the event's as they stand.
        let found =
          trigger.words.isEmpty
          ? event(at, trigger, frame, consumed, arguments, of: arguments, passive)
          : event(at, trigger, frame, consumed, beyond(consumed, at, arguments, passive), of: arguments, passive)
        if let found { return found }
      }
    }
    return nil
  }

  /// The arguments of a verb with the words of a trigger: what follows the last of them, "pulled out | of the town".
  private func beyond(_ consumed: (chunk: Int, isObject: Bool), _ at: Int, _ arguments: Arguments, _ passive: Bool) -> Arguments {
    var own = arguments
    if consumed.chunk > at {
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
    // "Control of the crossing was transferred": what the trigger's noun is of.
    if passive, consumed.chunk == at, let subject = own.subject.first, subject.hasInner {
      own.after.append((Clauses.of, scene.clauses.innerElements(subject)))
    }
    return own
  }

  /// The event of a verb by one trigger; nil where its frame's roles have no fillers.
  private func event(
    _ at: Int, _ trigger: Trigger, _ frame: Frame, _ consumed: (chunk: Int, isObject: Bool), _ own: Arguments, of arguments: Arguments,
    _ passive: Bool
  ) -> Event? {
    // "put the army's losses at ten", "the Taliban truce began".
    let things = passive || frame.flags.contains(.intransitive) || own.object.isEmpty ? own.subject : own.object
    let possessed =
      consumed.chunk > at && chunks[consumed.chunk].kind == .noun && isOwned(consumed.chunk)
      ? consumed.chunk
      : things.first.flatMap { isOwned($0.noun) ? $0.noun : scene.clauses.inner($0).first(where: isOwned) }
    // "An attempt to seize the town failed": nobody's.
    let isAttempt = chunks[at].isInfinitive && frame.type == .controlChange && scene.isAttempt(at)
    guard let roles = fill(frame, own, passive: passive, owner: possessed, verb: at, isModifier: isAttempt) else { return nil }
    if frame.flags.contains(.counted), !isCounted(frame, roles) { return nil }
    if frame.flags.contains(.timed), own.times.isEmpty { return nil }
    // "looted furniture": fighting has somebody or some place.
    if frame.type == .hostilities, roles[.who] == nil, roles[.whom] == nil, roles[.place] == nil,
      trigger.words.isEmpty || !isNegated(arguments, frame)
    {
      return nil
    }
    var event = Event(
      frame: Int(trigger.frame), chunk: at, trigger: chunks[at].first..<chunks[at].end, verb: at, roles: roles, times: own.times)
    event.isNegated = isNegated(arguments, frame) || isNegated(own, frame)
    event.consumed = consumed.chunk
    if frame.type == .hostilities || frame.type == .controlChange {
      event.isBreach = isDefiant(own, orDespite: frame.type == .hostilities || ClaimBuilder.taking.contains(frame.act))
    }
    if frame.roles.contains(where: { $0.slot == .place }) { event.ellipses = ellipses(own.end) + gap(own, frame) }
    let parts = event.ellipses.isEmpty ? parts(own.end) : []
    if !parts.isEmpty { event.roles[.place] = parts }
    return event
  }

  /// "halted an attack by the rebels", "it has begun withdrawing", "a deal to end the war": no truce that starts.
  private func isOtherStop(_ at: Int, _ noun: Int, _ frame: Frame) -> Bool {
    // "announced an end to its campaign" is one.
    if noun > at, chunks[noun].kind == .noun, FrameMatcher.articles.contains(scene.form(chunks[noun].first)) {
      return !ClaimBuilder.ends.contains(chunks[noun].headForm)
    }
    if chunks[at].isInfinitive, frame.roles.contains(where: { $0.slot == .reason && $0.isRequired }) { return true }
    return noun == at && chunks.indices.contains { chunks[$0].governor == at && chunks[$0].isGerund }
  }

  static let articles = FormSet(["a", "an"])

  /// "promised to free all prisoners and | abducted | women": which women, and nothing that was done.
  private func isBesideCaptives(_ at: Int) -> Bool {
    guard chunks[at].isBare, at > 2, at + 1 < chunks.count, chunks[at - 1].kind == .conjunction, chunks[at - 2].kind == .noun,
      chunks[at + 1].kind == .noun, let verb = chunks[..<at].last(where: { $0.kind == .verb }), verb.isInfinitive, verb.governor >= 0
    else { return false }
    let opening = units[chunks[at + 1].first]
    return opening.tag == .nominal && !opening.isCapitalised && units[chunks[at + 1].head].word.isPlural
  }

  /// "attacked the minister | for | failing": with words.
  private func isReproof(_ arguments: Arguments) -> Bool {
    guard var at = arguments.object.last?.end else { return false }
    // "attacked Kenya | on | Tuesday | for | hosting".
    while at + 1 < chunks.count, chunks[at].kind == .time || chunks[at + 1].kind == .time { at += 1 }
    return at + 1 < chunks.count && chunks[at].kind == .preposition && chunks[at].form == FrameMatcher.for && chunks[at + 1].isGerund
  }

  /// Several parties as subject, and an infinitive that the verb governs.
  private func isJoint(_ at: Int, _ arguments: Arguments) -> Bool {
    // "have agreed to leave": what they owe, and no agreement with a day, a place or talks of its own.
    let isToldOfItself = !arguments.times.isEmpty || arguments.after.contains { FrameMatcher.talks.contains($0.form) }
    // "agreed to extend the truce": that it is moved says it.
    let isOfDate = chunks.indices.contains { chunks[$0].governor == at && chunks[$0].isInfinitive && isMoving($0) }
    guard !chunks[at].isPerfect || isToldOfItself, !isOfDate,
      opensPromise(at)
        || chunks.indices.contains(where: { chunks[$0].kind == .verb && chunks[$0].governor == at && chunks[$0].isInfinitive })
    else { return false }
    let parties = arguments.subject.filter {
      !scene.kinds($0).isDisjoint(with: [.party, .force, .office, .someone]) || FrameMatcher.leaders.contains(chunks[$0.noun].headForm)
    }
    return parties.count > 1 || parties.first.map(isOfBoth) ?? false
      || parties.first.map { scene.clauses.inner($0).count > 1 && chunks[$0.noun].kinds.contains(.person) } ?? false
      // "Leaders of the two main factions".
      || parties.first.map { FrameMatcher.leaders.contains(chunks[$0.noun].headForm) && scene.clauses.inner($0).contains(where: isPair) }
        ?? false
      || parties.first.map { Mentions.side.contains(chunks[$0.noun].headForm) } ?? false
  }

  /// "the two main factions", "rival groups".
  private func isPair(_ noun: Int) -> Bool {
    units[chunks[noun].head].word.isPlural && !chunks[noun].kinds.isDisjoint(with: [.force, .party, .office])
      && (chunks[noun].first..<chunks[noun].head).contains { FrameMatcher.pairing.contains(scene.form($0)) }
  }

  private static let pairing = FormSet(["two", "both", "rival", "warring", "opposing"])

  /// "The commanders", "presidents of the region": leaders in the plural, of no one side.
  private func isOfBoth(_ element: Element) -> Bool {
    let chunk = chunks[element.noun]
    return units[chunk.head].word.isPlural && FrameMatcher.leaders.contains(chunk.headForm) && !chunk.kinds.contains(.party)
      && chunk.owner.isEmpty && !element.hasInner
  }

  /// A verb by which deadlines are moved, and of truces and handovers.
  private func isMoving(_ verb: Int) -> Bool {
    scene.clauses.tells(.deadlineRevised, chunks[verb].verb)
      && scene.clauses.arguments(verb).object.contains { !scene.kinds($0).isDisjoint(with: [.date, .ceasefire, .agreement]) }
  }

  private static let talks = FormSet(["in", "at", "during", "after", "following"])

  private static let leaders = FormSet(
    ["commanders", "leaders", "presidents", "ministers", "negotiators", "delegations", "generals", "delegates"])

  /// "agreed on Sunday that the truce should be extended": "that", and what is to be.
  private func opensPromise(_ verb: Int) -> Bool {
    var next = verb + 1
    while next < chunks.count,
      [.time, .adverb, .preposition].contains(chunks[next].kind) || chunks[next].kind == .noun && chunks[next - 1].kind == .preposition
    { next += 1 }
    guard next < chunks.count, chunks[next].kind == .subordinator, chunks[next].form == Clauses.that else { return false }
    return chunks[next...].first { $0.kind == .verb }?.isPlanned ?? false
  }

  /// "fired on the post despite the truce"; who only leaves despite one breaks nothing.
  private func isDefiant(_ arguments: Arguments, orDespite: Bool) -> Bool {
    arguments.after.contains { form, elements in
      FrameMatcher.defiance.contains(form) && (orDespite || form != FrameMatcher.despite)
        && elements.contains { !chunks[$0.noun].kinds.isDisjoint(with: [.ceasefire, .agreement]) }
    }
  }

  static let despite = Form("despite")
  private static let defiance = FormSet(["despite", "violating", "breaking"])

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

  /// "killing, | wounding or | capturing | 40 soldiers": the verb whose object others of its list share, where it tells of another matter.
  private func sharer(of at: Int) -> Int? {
    guard chunks[at].isGerund, scene.clauses.tells(.casualties, chunks[at].verb) else { return nil }
    var next = at + 1
    while next + 1 < chunks.count, [.comma, .conjunction].contains(chunks[next].kind), chunks[next + 1].kind == .verb,
      chunks[next + 1].isGerund
    {
      if !scene.clauses.arguments(next + 1).object.isEmpty {
        return scene.clauses.tells(.casualties, chunks[next + 1].verb) ? nil : next + 1
      }
      next += 2
    }
    return nil
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
    if let whole = scene.clauses.whole(of: before) { before = whole }
    return [scene.clauses.element(before)]
  }

  /// Whether the words of a trigger follow the verb; the chunk of the last one.
  private func consume(_ trigger: Trigger, _ at: Int, _ arguments: Arguments, _ passive: Bool) -> (chunk: Int, isObject: Bool)? {
    guard let first = trigger.words.first else { return (at, false) }
    if passive, trigger.words.count == 1, let subject = arguments.subject.first, isWord(chunks[subject.noun].head, first) {
      return (at, false)
    }
    // "Offices will be set up".
    if passive, trigger.words.count == 2, let subject = arguments.subject.first, isWord(chunks[subject.noun].head, trigger.words[1]),
      chunks[at].end < units.count, scene.form(chunks[at].end) == trigger.words[0]
    {
      return (at, false)
    }
    var unit = chunks[at].end
    var word = 0
    var skipped = 0
    let limit = trigger.isSeparable ? 10 : 4
    let isIdiom = lexicon.frames[Int(trigger.frame)].flags.contains(.idiom)
    while unit < units.count {
      // "agreed | to extend the truce": no "agreed to the truce".
      if units[unit].tag == .infinitive { return nil }
      if isWord(unit, trigger.words[word]) {
        word += 1
        if word == trigger.words.count {
          let chunk = chunks.indices.first { chunks[$0].first <= unit && unit < chunks[$0].end } ?? at
          let isLast = chunks[chunk].kind == .noun || chunks[chunk].kind == .preposition
          return (chunk, isLast && (!trigger.isSeparable || trigger.words[word - 1] == FrameMatcher.into))
        }
      } else {
        switch units[unit].tag {
        case .determiner, .nominal, .adverb, .number, .clitic, .time, .pronoun: skipped += 1
        case .conjunction, .comma, .preposition:
          guard trigger.isSeparable, !isIdiom || units[unit].tag == .preposition else { return nil }
          skipped += 1
        default: return nil
        }
        if skipped > limit { return nil }
      }
      unit += 1
    }
    return nil
  }

  /// Whether a unit is a word of a trigger; of a phrase, its last: "launched | a rocket attack".
  func isWord(_ unit: Int, _ form: Form) -> Bool {
    // "was flying | in support of the rebels": no "in".
    if units[unit].end - units[unit].first > 2, units[unit].tag == .preposition { return false }
    let lemma = units[unit].word.nounLemma
    return scene.form(unit) == form || lemma >= 0 && lexicon.nounHeads[Int(lemma)] == form
  }

  /// "There are no soldiers left in the town", "had no tanks left": nobody left it.
  private func isLeftOver(_ verb: Int) -> Bool {
    guard chunks[verb].isBare, scene.form(chunks[verb].main) == FrameMatcher.left, verb > 1, chunks[verb - 1].kind == .noun else {
      return false
    }
    return chunks[verb - 2].verb == lexicon.chunker.auxiliaries.have || chunks[verb - 2].form == Clauses.with
      || chunks[..<(verb - 1)].contains { $0.kind == .verb && $0.isThere }
  }

  private static let left = Form("left")

  /// "Orlin, | the second largest city of the north, | Tarn and Vale": what the name before it is, and no place beside it.
  func isApposition(_ filler: Filler) -> Bool {
    let at = filler.chunk
    guard at > 1, chunks[at].kinds.contains(.area), units[chunks[at].first].tag == .determiner, !units[chunks[at].head].isCapitalised,
      chunks[at - 1].kind == .comma, chunks[at - 2].kind == .noun, units[chunks[at - 2].head].isCapitalised
    else { return false }
    return FrameMatcher.seats.contains(chunks[at].headForm)
      || (chunks[at].first..<chunks[at].head).contains { FrameMatcher.ranks.contains(scene.form($0)) }
  }

  private static let seats = FormSet(["capital", "seat", "birthplace", "hometown"])
  private static let ranks = FormSet(["largest", "biggest", "second", "third", "main", "most", "last", "only", "principal", "chief"])

  /// "ended | eight days | of fighting": a length of something that the verb governs.
  private func isBeforeLength(_ verb: Int) -> Bool {
    verb + 2 < chunks.count && chunks[verb + 1].kind == .time && chunks[verb + 2].form == Clauses.of
  }
}
