// From an event of a frame to claims: one for each place, with parties, times, modality and speakers.
internal import TruceModel

/// What all claims of a document share.
final class Publication: Sendable {
  let report: ReportID?
  let outlet: Speaker?
  let published: When?
  /// What `ClaimBuilder.upTo` gives for the publication.
  let upTo: When?
  /// Whether derivations and ids are wanted.
  let isExplained: Bool

  init(report: ReportID?, outlet: Speaker?, published: When?, isExplained: Bool) {
    self.report = report
    self.outlet = outlet
    self.published = published
    self.isExplained = isExplained
    upTo = ClaimBuilder.upTo(published)
  }
}

/// Builds claims from the events of one sentence.
struct ClaimBuilder {
  let scene: Scene
  let discourse: Discourse
  let local: [(unit: Int, referent: Referent)]
  let speeches: [Speech]
  let publication: Publication

  var chunks: [Chunk] { scene.chunks }
  private var outlet: Speaker? { publication.outlet }
  var published: When? { publication.published }
  private var isExplained: Bool { publication.isExplained }

  /// Adds an event's claims, and how they were read where that is wanted; none where the event is none.
  func claims(_ event: Event, into claims: inout [Claim], _ derivations: inout [Derivation]) {
    let frame = scene.lexicon.frames[event.frame]
    if frame.flags.contains(.idiom) { return }
    let mood = scene.mood(event.verb >= 0 ? event.verb : -1)
    guard !mood.isUnreal, !mood.isConditional, !isWished(event) else { return }
    let background = background(event, frame.type)
    if background == .some(nil) || isEnded(event) || isTravel(event, frame) { return }
    // Tried and not done: an attack on the place, if it was one to be taken.
    if mood.isTried, frame.type != .controlChange || !ClaimBuilder.taking.contains(frame.act) { return }
    let mentions = Mentions(scene: scene, discourse: discourse, local: local, speeches: speeches)
    var steps = Derivation.Steps(isKept: isExplained)
    steps.append(.init(what: "trigger", how: "the words of frame \(frame.id)", span: scene.span(event.trigger)))
    for note in mood.notes { steps.append(.init(what: "modality", how: "\(note.rule): \(scene.text(note.chunk))", span: nil)) }

    var who = (event.roles[.who] ?? []).flatMap { mentions.parties($0) }
    var whom = (event.roles[.whom] ?? []).flatMap { mentions.parties($0) }
    if frame.flags.contains(.mutual), whom.isEmpty, who.count == 2 { whom = [who[1]] }
    if frame.type == .casualties {
      whom = victims(event, whom, claims)
      if whom.contains(where: { $0.party == nil }), let side = side(mentions) {
        for index in whom.indices where whom[index].party == nil {
          whom[index].party = side.party
          if whom[index].standsFor == nil { whom[index].standsFor = side.text }
        }
      }
    }
    if who.isEmpty, let doer = doer(event, frame) { who = [doer] }
    for mention in who { steps.append(.init(what: "who", how: mention.text, span: mention.span)) }
    for mention in whom { steps.append(.init(what: "whom", how: mention.text, span: mention.span)) }

    if whom.isEmpty, frame.type == .controlChange, ClaimBuilder.taking.contains(frame.act), let holder = holder(of: event, mentions) {
      whom = holder
      for mention in whom { steps.append(.init(what: "whom", how: "whose stronghold it was: \(mention.text)", span: mention.span)) }
    }
    if whom.isEmpty, frame.type == .controlChange || frame.type == .hostilities, let other = owner(of: event, who) {
      whom = [other]
      steps.append(.init(what: "whom", how: "whose place it is: \(other.text)", span: other.span))
    }
    if whom.isEmpty, ClaimBuilder.adversarial.contains(frame.type), frame.act != "observe", frame.act != "withdrew",
      let other = adversary(who)
    {
      whom = [other]
      steps.append(.init(what: "whom", how: "the other side, left out by the text: \(other.text)", span: nil))
    }
    let chain = speakers(event)
    if whom.isEmpty, let accuser = accuser(frame, who, chain) {
      whom = [accuser]
      steps.append(.init(what: "whom", how: "who accuses, whom the text leaves out: \(accuser.text)", span: nil))
    }
    let isPlanned = mood.isPlanned || frame.flags.contains(.planned) || isLaidDown(event)
    var (type, act) = mood.isTried ? (.hostilities, "attack") : (frame.type, frame.act)
    // A frame for every verb: the verb says what is owed.
    let isOwed = scene.lexicon.obligations.contains(Int32(event.frame))
    if isOwed, let verb = scene.verb(event.chunk) { act = verb.lemma }
    if isPlanned, type == .access, FrameMatcher(scene).isDuty(event.verb) { type = .commitment }
    let isBreach = event.isBreach && frame.type == .controlChange
    if event.isBreach && !isBreach || type == .hostilities && isAfterTruce(event) { type = .ceasefireViolation }
    if isPlanned, type == .controlChange, !isScheduled(event) {
      type = .commitment
      act =
        ["captured": "hand-over", "handed-over": "hand-over", "entered": "hand-over", "regained": "hand-over", "withdrew": "withdraw"][act]
        ?? (frame.object == "positions" ? "hold-positions" : act)
    }
    var modality: Modality = isPlanned ? .planned : .happened
    var polarity: Polarity = mood.isNegative != (event.isNegated || frame.flags.contains(.negative)) ? .negative : .positive
    if frame.flags.contains(.negative), mood.isNegative { polarity = .positive }
    if type == .commitment, frame.flags.contains(.weak), !mood.isPlanned {
      guard mood.isNegative else { return }
      modality = .happened
    }
    let innermost = speeches.last { $0.scope.contains(event.chunk) && $0.verb >= 0 && $0.verb != event.verb }
    if let innermost, innermost.cues.contains(.denial), innermost.cues.isDisjoint(with: [.speech]), !isAside(event, innermost.verb) {
      modality = .denied
    }
    if modality == .happened, type != .ceasefireStart { modality = doubt(type, act, who, chain, mood) }
    if type == .casualties, modality == .planned { return }
    if modality == .planned, type == .hostilities || type == .ceasefireViolation {
      // "pledged that his army would not advance": owed; else fighting that is foretold or threatened.
      // "would honour the truce" binds, however it is said.
      guard polarity == .negative, frame.act == "observe" || FrameMatcher(scene).isDuty(event.verb) else { return }
      type = .commitment
      if frame.act == "observe" { polarity = .positive }
    }

    var (when, due, timeStep) = times(event, event.times, planned: isPlanned, mood: mood, type: type)
    if let background, let day = background {
      when = day
      timeStep = .init(what: "when", how: "counted from what it stands beside", span: nil)
    }
    if modality == .happened, let day = when, let published, day.earliest >= published.latest {
      if mood.isPast, !mood.isPerfect, day.rule?.hasPrefix("text-") ?? false {
        // "Two days later they entered": of a day that the text does not give.
        when = nil
        timeStep = nil
      } else {
        modality = .planned
      }
    }
    if modality == .planned, !isPlanned {
      if type == .controlChange, !isScheduled(event) { (type, act) = (.commitment, act == "withdrew" ? "withdraw" : "hand-over") }
    }
    if let timeStep { steps.append(timeStep) }
    if let last = chain.last { steps.append(.init(what: "speaker", how: last.text, span: last.span)) }

    let objects = self.objects(event, frame)
    let quantities = self.quantities(event, frame)
    let reason = event.roles[.reason].flatMap { $0.first }.map { mentions.text($0.units) }
    if who.isEmpty, whom.isEmpty, event.roles[.place] == nil, when == nil, due == nil, !isDated,
      type == .hostilities || type == .controlChange
    {
      return
    }

    // A statement that one side alone signs is no agreement.
    if type == .agreementSigned, who.count + whom.count < 2, !isSeveral(event),
      objects.contains(where: { ClaimBuilder.papers.contains($0 ?? "") }),
      !event.roles.values.joined().contains(where: { $0.units.contains { ClaimBuilder.jointly.contains(scene.form($0)) } })
    {
      return
    }
    var places: [[PlaceMention]] = []
    let fillers = event.roles[.place] ?? []
    let shared = shared(fillers)
    for filler in fillers { for place in mentions.places(filler, sharing: shared) { places.append([place]) } }
    if places.count > 1 {
      var seen: Set<PlaceMention> = []
      places = places.filter { $0.isEmpty || seen.insert($0[0]).inserted }
    }
    if places.isEmpty, type == .casualties, event.verb >= 0, event.roles[.who] == nil || chunks[event.verb].isGerund || shares(event),
      let attack = ofSentence(claims).first(where: { isAttack(claims[$0]) })
    {
      places = [claims[attack].places]
      steps.append(.init(what: "where", how: "the place of the attack in the same sentence", span: places[0].first?.span))
    }
    if places.isEmpty, ClaimBuilder.located.contains(type) || type == .controlChange && act == "withdrew",
      let place = nearby(event, mentions, type, isInSentence: isOwed)
    {
      places = [[place]]
      steps.append(.init(what: "where", how: "the place that the sentence or the text before it names", span: place.span))
    }
    if places.isEmpty, type == .exchange, let place = nearby(event, mentions, type, isInSentence: true) {
      places = [[place]]
      steps.append(.init(what: "where", how: "the place that the sentence names", span: place.span))
    }
    if places.isEmpty, type == .controlChange, act == "lost" {
      // "captured the town but were driven out a day later".
      guard let taken = ofSentence(claims).first(where: { claims[$0].type == .controlChange && !claims[$0].places.isEmpty }) else { return }
      places = [claims[taken].places]
    }
    if places.isEmpty {
      // "were holding their positions": nobody can say where.
      if type == .controlChange, frame.object == "positions" { return }
      places = [[]]
    }
    who = unique(who)
    whom = unique(whom)

    if type == .agreementSigned, modality == .happened, let when, when.grain == .day || when.grain == .time { discourse.signed = when }

    func add(_ place: [PlaceMention], _ when: When?, _ due: Deadline?, _ object: String?) {
      var steps = steps
      for mention in place { steps.append(.init(what: "where", how: mention.text, span: mention.span)) }
      let claim = Claim(
        id: "", report: publication.report, type: type, act: act, span: scene.sentence.span, frame: frame.id,
        trigger: scene.span(event.trigger),
        who: who,
        whom: whom,
        places: place, when: when, due: due, was: type == .deadlineRevised ? moved(.was) : nil,
        becomes: type == .deadlineRevised ? moved(.becomes) : nil, modality: modality, polarity: polarity, speakers: chain,
        quantities: quantities,
        object: object,
        reason: reason, said: published)
      claims.append(claim)
      if isExplained { derivations.append(Derivation(frame: frame.id, origin: frame.origin, steps: steps.all)) }
    }
    if ClaimBuilder.undivided.contains(type), places.count > 1 { places = [places.flatMap { $0 }] }
    for place in places { for object in objects { add(place, when, due, object) } }
    if isBreach, modality != .planned {
      // "seized the town in breach of the truce": that it was taken, and a breach.
      (type, act) = (.ceasefireViolation, "violation")
      for place in places { add(place, when, due, "ceasefire") }
      return
    }
    for ellipsis in event.ellipses {
      if let other = ellipsis.who { who = mentions.parties(other) }
      let (when, due, _) = times(event, ellipsis.times, planned: isPlanned, mood: mood, type: type)
      for place in mentions.places(ellipsis.place) { for object in objects { add([place], when, due, object) } }
    }
  }

  /// Who speaks of what was done with his own forces, or will be: "promised that the pullout would be completed", "claimed that its guns
  /// had been withdrawn", where the passive names no doer.
  private func doer(_ event: Event, _ frame: Frame) -> Mention? {
    guard event.verb >= 0, chunks[event.verb].isPassive, event.verb == event.chunk,
      let speech = speeches.last(where: { $0.scope.contains(event.chunk) && $0.verb >= 0 && !$0.isDocument })
    else { return nil }
    let isOwn = speech.speaker.party.map { scene.names.isBelligerent($0) } ?? false
    let isPromised = chunks[event.verb].isPlanned && scene.cues(speech.verb).contains(.promise)
    let isMoved = isOwn && (frame.type == .controlChange && frame.act == "withdrew" || chunks[event.verb].isPlanned)
    guard isPromised || isMoved else { return nil }
    return Mention(speech.speaker.text, span: speech.speaker.span, party: speech.speaker.party, isImplicit: true)
  }

  /// "The last column is due to leave on Saturday": what will be on a day, owed to nobody.
  private func isScheduled(_ event: Event) -> Bool {
    isDated(event) && event.verb >= 0 && !scene.isUnderAgreement && !FrameMatcher(scene).isDuty(event.verb)
  }

  /// "The army accused the rebels of breaking the truce": against the army.
  private func accuser(_ frame: Frame, _ who: [Mention], _ chain: [Speaker]) -> Mention? {
    guard frame.type == .hostilities || frame.type == .ceasefireViolation, frame.act != "observe",
      let speaker = chain.last, let party = speaker.party, scene.names.isBelligerent(party),
      !who.isEmpty, who.allSatisfy({ $0.party != nil && $0.party != party && scene.names.isBelligerent($0.party!) })
    else { return nil }
    return Mention(speaker.text, span: speaker.span, party: party, isImplicit: true)
  }

  /// The claims of this sentence so far, last ones first.
  private func ofSentence(_ claims: [Claim]) -> some Sequence<Int> {
    claims.indices.reversed().prefix { claims[$0].span == scene.sentence.span }
  }

  private func isAttack(_ claim: Claim) -> Bool {
    !claim.places.isEmpty && [.hostilities, .ceasefireViolation, .controlChange].contains(claim.type)
  }

  /// "overran a post in the district and killed five": a verb that shares the subject of the one before it.
  private func shares(_ event: Event) -> Bool { event.verb > 0 && chunks[event.verb - 1].kind == .conjunction }

  /// What a bare count of victims stands for: "two soldiers were killed and three injured", "21 of them", "firing on men, killing one".
  private func victims(_ event: Event, _ whom: [Mention], _ claims: [Claim]) -> [Mention] {
    guard let filler = event.roles[.whom]?.first, event.roles[.whom]?.count == 1, whom.count == 1, whom[0].standsFor == nil,
      filler.chunk >= 0, isCount(filler.chunk)
    else { return whom }
    var whom = whom
    let inner = scene.clauses.element(filler.chunk).firstInner
    if let inner, let referent = scene.pronouns[inner] {
      whom[0].standsFor = referent.text
      whom[0].party = referent.party
      return whom
    }
    guard inner == nil,
      let other = ofSentence(claims).first(where: {
        claims[$0].polarity == .positive && [.casualties, .hostilities, .ceasefireViolation].contains(claims[$0].type)
          && !claims[$0].whom.isEmpty
      })
    else { return whom }
    whom[0].standsFor = claims[other].whom[0].standsFor ?? claims[other].whom[0].text
    whom[0].party = claims[other].whom[0].party
    return whom
  }

  /// "On the Israeli side 121 soldiers were killed": whose they were.
  private func side(_ mentions: Mentions) -> Mention? {
    for at in chunks.indices.dropFirst()
    where chunks[at].kind == .noun && chunks[at].headForm == ClaimBuilder.side && chunks[at].kinds.contains(.party)
      && ClaimBuilder.beside.contains(chunks[at - 1].form)
    {
      return mentions.parties(scene.filler(scene.clauses.element(at))).first { $0.party != nil }
    }
    return nil
  }

  private static let side = Form("side")
  private static let beside = FormSet(["on", "among", "from"])

  /// "three", "others", "21 of them": a number without what it counts.
  private func isCount(_ chunk: Int) -> Bool {
    (chunks[chunk].first..<chunks[chunk].end).allSatisfy { unit in
      scene.units[unit].tag == .number || scene.units[unit].tag == .determiner || scene.units[unit].tag == .adverb
        || scene.units[unit].tag == .pronoun
    }
  }

  /// "The ministers signed": more than one, without their names.
  private func isSeveral(_ event: Event) -> Bool {
    (event.roles[.who] ?? []).contains {
      $0.chunk >= 0 && (scene.units[chunks[$0.chunk].head].word.isPlural || $0.kinds.contains(.pronoun))
    }
  }

  static let papers: Set<String> = ["statement", "resolution", "declaration", "charter"]
  static let jointly = FormSet(
    ["joint", "trilateral", "bilateral", "tripartite", "both", "presidents", "leaders", "sides", "parties"])
  static let adversarial: ClaimTypes = [.hostilities, .ceasefireViolation, .controlChange, .exchange]
  /// One figure, one signing or one ceasefire over several places stays one claim.
  static let undivided: ClaimTypes = [.casualties, .agreementSigned, .ceasefireStart, .exchange, .displacement]

  /// Words that somebody only hopes, asks or orders: a statement, never the event.
  private func isWished(_ event: Event) -> Bool {
    speeches.contains { speech in
      guard speech.verb >= 0, !chunks[speech.verb].isPassive, speech.verb != event.verb, !speech.isDocument,
        // "A truce called by the mediators took effect."
        !scene.clauses.isReduced(speech.verb)
      else { return false }
      return speech.scope.contains(event.chunk) && speech.cues.contains(.calls) && speech.cues.isDisjoint(with: [.speech])
        && !isBeside(event, speech.verb)
    }
  }

  /// "He called the truce off after rebels shelled the town", "ordered the strikes to resume in April, when ...": told beside what is asked.
  private func isBeside(_ event: Event, _ verb: Int) -> Bool {
    guard verb < event.chunk else { return false }
    return chunks[verb..<event.chunk].contains { $0.kind == .subordinator && ClaimBuilder.telling.contains($0.form) }
  }

  private static let telling = FormSet(["after", "before", "since", "when", "because", "as", "while", "where"])

  /// "Gunfire was heard hours after the truce took hold", "the first shelling since the ceasefire".
  private func isAfterTruce(_ event: Event) -> Bool {
    guard event.chunk + 2 < chunks.count else { return false }
    return (event.chunk + 1..<chunks.count - 1).contains { at in
      [.subordinator, .preposition].contains(chunks[at].kind) && ClaimBuilder.onwards.contains(chunks[at].form)
        && chunks[at + 1].kind == .noun && chunks[at + 1].kinds.contains(.ceasefire)
    }
  }

  private static let onwards = FormSet(["after", "since", "during"])

  /// "The deal calls for the release of all prisoners": a noun's event that an agreement lays down.
  private func isLaidDown(_ event: Event) -> Bool {
    guard event.verb >= 0, event.verb != event.chunk, !chunks[event.verb].isPassive else { return false }
    return scene.isLaw(event.verb)
  }

  /// "Georgia rejects the zone, which was set up in May": a relative clause is not what is denied.
  private func isAside(_ event: Event, _ verb: Int) -> Bool {
    guard verb >= 0, verb < event.chunk else { return false }
    return chunks[verb..<event.chunk].contains {
      $0.kind == .subordinator && Clauses.relatives.contains($0.form) && $0.form != Clauses.that
    }
  }

  /// "A cessation of attacks", "the threat of war": what is over or only possible.
  private func isEnded(_ event: Event) -> Bool {
    let at = event.chunk
    guard at >= 2, chunks[at].kind == .noun, chunks[at - 1].form == Clauses.of, chunks[at - 2].kind == .noun else { return false }
    return ClaimBuilder.ends.contains(chunks[at - 2].headForm)
  }

  static let ends = FormSet(
    ["cessation", "end", "halt", "suspension", "threat", "risk", "possibility", "prospect", "absence", "fear"])

  /// "The president left the country": somebody travels, no force withdraws.
  private func isTravel(_ event: Event, _ frame: Frame) -> Bool {
    guard frame.type == .controlChange, frame.act == "withdrew" || frame.act == "entered", let who = event.roles[.who] else { return false }
    return who.allSatisfy { filler in
      guard filler.chunk >= 0, filler.kinds.isDisjoint(with: [.force, .party]) else { return false }
      let head = scene.units[chunks[filler.chunk].head]
      return !head.word.isPlural && (head.word.classes.contains(.title) || filler.kinds.contains(.someone))
    }
  }

  private static let taking: Set<String> = ["captured", "regained", "entered"]

  /// "hours after the ceasefire went into effect": a date for another event, no news of its own but where its own day is told.
  ///
  /// - Returns: nil for news; else the day, if the words count it ("two days after ...").
  private func background(_ event: Event, _ type: ClaimType) -> When?? {
    guard type == .ceasefireStart || type == .agreementSigned, !isDated(event) else { return nil }
    var at = event.chunk - 1
    while at >= 0, [.noun, .preposition, .adverb, .conjunction, .verb, .time].contains(chunks[at].kind),
      chunks[at].kind != .verb || chunks[at].isBare || chunks[at].isInfinitive
    { at -= 1 }
    guard at >= 0, chunks[at].kind == .subordinator, Clauses.temporal.contains(chunks[at].form), chunks[at].form != ClaimBuilder.as else {
      return nil
    }
    return .some(counted(at, sign: -1))
  }

  /// The other of two sides: those of the case, else the last pair that the text named.
  private func adversary(_ who: [Mention]) -> Mention? {
    guard let party = who.lazy.compactMap(\.party).first, who.allSatisfy({ $0.party == nil || $0.party == party }) else { return nil }
    let named = discourse.pair.compactMap { pair in pair.party.map { (party: $0, name: pair.text) } }
    for sides in [scene.names.sides, named] where sides.count == 2 && sides.contains(where: { $0.party == party }) {
      if let other = sides.first(where: { $0.party != party }) { return Mention(other.name, party: other.party, isImplicit: true) }
    }
    return nil
  }

  /// Whose the place is by its own words: "Azerbaijani territory", "southern Israel".
  private func owner(of event: Event, _ who: [Mention]) -> Mention? {
    for filler in event.roles[.place] ?? [] {
      for unit in filler.units where scene.units[unit].meaning >= 0 && !scene.units[unit].isCompound {
        let meaning = scene.names.meanings[Int(scene.units[unit].meaning)]
        guard let party = meaning.party, meaning.kinds.contains(.party), !who.contains(where: { $0.party == party }) else { continue }
        return Mention(scene.text(scene.span(unit..<unit + 1)), span: scene.span(unit..<unit + 1), party: party)
      }
    }
    return nil
  }

  /// "Orlin, a rebel stronghold": who held a place, by the words beside it.
  private func holder(of event: Event, _ mentions: Mentions) -> [Mention]? {
    for filler in event.roles[.place] ?? [] where filler.chunk >= 0 {
      let comma = scene.clauses.element(filler.chunk).end
      guard comma + 1 < chunks.count, chunks[comma].kind == .comma, chunks[comma + 1].kind == .noun,
        ClaimBuilder.strongholds.contains(chunks[comma + 1].headForm)
      else { continue }
      let description = chunks[comma + 1]
      for at in scene.clauses.inner(scene.clauses.element(comma + 1)) where !chunks[at].kinds.isDisjoint(with: .actor) {
        return mentions.parties(scene.filler(scene.clauses.element(at)))
      }
      let owner = description.owner.isEmpty ? description.first..<description.head : description.owner
      for unit in owner where !scene.units[unit].word.noun.isDisjoint(with: [.force, .party]) {
        return mentions.parties(Filler(units: unit..<unit + 1, kinds: .force, chunk: -1))
      }
    }
    return nil
  }

  private static let strongholds = FormSet(["stronghold", "bastion", "redoubt", "holdout", "headquarters", "base", "enclave", "pocket"])

  /// Claims whose place the words around them tell where their own do not.
  static let located: ClaimTypes = [
    .hostilities, .casualties, .ceasefireStart, .ceasefireViolation, .agreementSigned, .deployment, .displacement, .commitment,
    .deadlineRevised,
  ]
  static let locative = FormSet(
    ["in", "near", "at", "over", "along", "around", "on", "across", "throughout", "outside", "inside"])

  /// The place that the sentence names after a locative preposition, else any that it names, else the last that the text named.
  private func nearby(_ event: Event, _ mentions: Mentions, _ type: ClaimType, isInSentence: Bool) -> PlaceMention? {
    var best: (place: PlaceMention, score: Int)?
    let actors = [event.roles[.who], event.roles[.whom]].flatMap { $0 ?? [] }.map(\.chunk)
    // What the speaker tells of lies where his words say, before where he says them.
    let said = speeches.last { $0.verb >= 0 && $0.verb != event.verb && $0.scope.contains(event.chunk) }?.scope
    var isInBrackets = false
    for at in chunks.indices {
      // "Orlin (16 km north-east of Tarn)": how to find it.
      if chunks[at].kind == .openBracket { isInBrackets = true }
      if chunks[at].kind == .closeBracket { isInBrackets = false }
      guard chunks[at].kind == .noun, !isInBrackets, !actors.contains(at) else { continue }
      guard chunks[at].kinds.contains(.place), !chunks[at].kinds.contains(.force), chunks[at].kinds.isDisjoint(with: [.demonym, .someone])
      else {
        continue
      }
      let filler = scene.filler(scene.clauses.element(at))
      let place = mentions.places(filler).first
      guard let place, place.place != nil || scene.units[chunks[at].head].isCapitalised || place.text != mentions.text(filler.units) else {
        continue
      }
      // "arrived by boat from Orlin": not where they are now.
      if type == .deployment, at > 0, chunks[at - 1].form == Scene.from { continue }
      // "supplied by the Emirates": who did it.
      if at > 0, chunks[at - 1].form == Clauses.by, chunks[at].kinds.contains(.party) { continue }
      let isLocative = at > 0 && chunks[at - 1].kind == .preposition && ClaimBuilder.locative.contains(chunks[at - 1].form)
      if type == .agreementSigned || type == .exchange, chunks[at].kinds.contains(.party), !isLocative { continue }
      // Near the trigger, after a locative preposition rather than as a subject.
      let score =
        (isPartOfDescription(at) ? 6 : 0) + abs(at - event.chunk) + (isLocative ? 0 : 4) + (at > event.chunk ? 0 : 2)
        + (place.place == nil && !scene.units[chunks[at].head].isCapitalised ? 3 : 0) + (said?.contains(at) ?? true ? 0 : 100)
      if best == nil || score < best!.score { best = (place, score) }
    }
    if let best { return best.place }
    for unit in scene.units.indices where scene.units[unit].meaning >= 0 && !scene.units[unit].isCompound {
      let kinds = scene.names.meanings[Int(scene.units[unit].meaning)].kinds
      if type == .deployment, unit > 0, scene.form(unit - 1) == Scene.from { continue }
      if kinds.contains(.place), kinds.isDisjoint(with: [.demonym, .someone]),
        !kinds.contains(.party) || unit + 1 < scene.units.count && scene.units[unit + 1].tag == .clitic
      {
        let range = unit..<unit + 1
        return mentions.places(Filler(units: range, kinds: kinds, chunk: -1)).first
      }
    }
    // "The conflict has killed 220,000 people": all over the land.
    if isInSentence || type == .casualties && isOfWar(event) { return nil }
    if let place = discourse.place { return place }
    guard type != .commitment,
      let last = discourse.last(where: { $0.kinds.contains(.place) && $0.kinds.isDisjoint(with: [.demonym, .someone, .force]) })
    else {
      return nil
    }
    return PlaceMention(last.text, span: last.span, place: last.place)
  }

  /// Whether a war as a whole is what hurts, and no blow of it.
  private func isOfWar(_ event: Event) -> Bool {
    guard event.verb >= 0, chunks[event.verb].isPerfect, !chunks[event.verb].isPast,
      let subject = scene.clauses.subject(of: event.verb).first
    else { return false }
    return ClaimBuilder.wars.contains(chunks[subject.noun].headForm)
  }

  private static let wars = FormSet(["war", "conflict", "insurgency", "rebellion", "violence", "uprising"])

  /// "Orlin, the capital of Tarn": Tarn says where Orlin is.
  private func isPartOfDescription(_ at: Int) -> Bool {
    at >= 4 && chunks[at - 1].kind == .preposition && chunks[at - 2].kind == .noun && chunks[at - 2].kinds.contains(.place)
      && !scene.units[chunks[at - 2].head].isCapitalised && chunks[at - 3].kind == .comma && chunks[at - 4].kind == .noun
      && chunks[at - 4].kinds.contains(.place)
  }

  private func isNamed(_ range: Range<Int>) -> Bool { range.contains { scene.units[$0].isCapitalised } }

  private func unique(_ mentions: [Mention]) -> [Mention] {
    if mentions.count < 2 { return mentions }
    var kept: [Mention] = []
    for mention in mentions where !kept.contains(where: { $0.party == mention.party && $0.text == mention.text }) { kept.append(mention) }
    return kept
  }

  /// The class noun in the plural that a list of bare names shares: "the Agdam and Kalbajar districts".
  private func shared(_ fillers: [Filler]) -> Form? {
    guard fillers.count > 1, let last = fillers.last, last.chunk >= 0 else { return nil }
    let head = chunks[last.chunk].head
    return scene.units[head].word.isPlural ? scene.form(head) : nil
  }

  // MARK: speakers and doubt

  /// Outlet, then who is quoted, innermost last.
  private func speakers(_ event: Event) -> [Speaker] {
    var chain = outlet.map { [$0] } ?? []
    let token = scene.tokens[Int(scene.units[event.trigger.lowerBound].first)]
    if token.flags.contains(.aside) { return chain }
    var isQuoted = false
    // "confirmed the fall of the town": the verb tells the noun's event, and who says so.
    for speech in speeches where speech.scope.contains(event.chunk) && (speech.verb != event.verb || event.verb != event.chunk) {
      if speech.cues.isDisjoint(with: [.speech, .denial, .allegation]) { continue }
      if chain.last?.text != speech.speaker.text { chain.append(speech.speaker) }
      isQuoted = true
    }
    if !isQuoted, token.quoteDepth > 0, let speaker = discourse.speaker, chain.last?.text != speaker.text { chain.append(speaker) }
    return chain
  }

  /// An accusation against another, or a gain in combat that only the winner claims, is alleged.
  private func doubt(_ type: ClaimType, _ act: String, _ who: [Mention], _ chain: [Speaker], _ mood: Mood) -> Modality {
    if mood.isHedged
      || speeches.contains(where: { $0.cues.contains(.allegation) && $0.speaker.party == nil && $0.speaker.text == chain.last?.text })
    {
      return .alleged
    }
    guard let party = chain.last?.party, chain.count > (outlet == nil ? 0 : 1) else { return .happened }
    let isActor = who.contains { $0.party == party }
    switch type {
    case .hostilities, .ceasefireViolation: return !isActor && who.contains { $0.party != nil } ? .alleged : .happened
    case .controlChange: return (act == "captured" || act == "regained") && isActor ? .alleged : .happened
    default: return .happened
    }
  }
}
