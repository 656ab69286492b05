// From an event of a frame to claims: one for each place, with parties, times, modality and speakers.
internal import TruceModel

/// What all claims of a document share.
final class Publication {
  let report: ReportID?
  let outlet: Speaker?
  /// Nil where the text tells of days long before it.
  let published: When?
  /// When it was said, whatever its days count from.
  let said: When?
  /// What `ClaimBuilder.upTo` gives for the publication; few texts ask for it.
  private(set) lazy var upTo = ClaimBuilder.upTo(published)
  /// Whether derivations and ids are wanted.
  let isExplained: Bool

  init(report: ReportID?, outlet: Speaker?, published: When?, isHistory: Bool, isExplained: Bool) {
    self.report = report
    self.outlet = outlet
    self.published = isHistory ? nil : published
    said = published
    self.isExplained = isExplained
  }
}

/// Builds claims from the events of one sentence.
struct ClaimBuilder {
  let scene: Scene
  /// What found the events, for what it can tell of their words.
  let matcher: FrameMatcher
  let discourse: Discourse
  let local: [(unit: Int, referent: Referent)]
  let speeches: [Speech]
  let publication: Publication

  var chunks: [Chunk] { scene.chunks }
  var outlet: Speaker? { publication.outlet }
  var published: When? { publication.published }
  private var isExplained: Bool { publication.isExplained }

  /// Adds an event's claims, and how they were read where that is wanted; none where the event is none.
  func claims(_ event: Event, into claims: inout [Claim], _ derivations: inout [Derivation]) {
    let frame = scene.lexicon.frames[event.frame]
    if frame.flags.contains(.idiom) { return }
    let mood = scene.mood(event.verb >= 0 ? event.verb : -1)
    guard !mood.isUnreal, !mood.isConditional, !isWished(event), !isUnsaid(event), !isForbidden(event) else { return }
    let background = background(event, frame.type)
    if isFlight(event, frame) || isSomebody(event, frame, mood) || isAtHome(event, frame) || isNotYet(event, frame, mood) { return }
    if background == .only || isEnded(event) || isTravel(event, frame) || isOwn(event, frame) || isOnlySince(event, frame) { return }
    // "flew the freed soldiers to the capital": brought home, and not deployed.
    if frame.type == .deployment, event.roles[.who]?.contains(where: { $0.kinds.contains(.captive) }) ?? false { return }
    // Tried and not done: an attack on the place, if it was one to be taken, or on whom one tried to kill.
    if mood.isTried, frame.type != .hostilities && !isAttack(event, frame) || event.verb != event.chunk,
      frame.type != .controlChange || !ClaimBuilder.taking.contains(frame.act)
    {
      return
    }
    let mentions = Mentions(scene: scene, discourse: discourse, local: local, speeches: speeches)
    var steps = Derivation.Steps(isKept: isExplained)
    steps.append(.init(what: "trigger", how: "the words of frame \(frame.id)", span: scene.span(event.trigger)))
    for note in mood.notes { steps.append(.init(what: "modality", how: "\(note.rule): \(scene.text(note.chunk))", span: nil)) }

    var who = (event.roles[.who] ?? []).flatMap { mentions.parties($0) }
    var whom = (event.roles[.whom] ?? []).flatMap { mentions.parties($0) }
    // "rockets at Orlin": a place, and nobody.
    if frame.type == .hostilities, !whom.isEmpty, let places = event.roles[.place] {
      whom.removeAll { victim in
        victim.party == nil && !isBuilding(victim) && places.contains { !$0.units.isEmpty && scene.span($0.units) == victim.span }
      }
    }
    // "The war has killed thousands": nobody's deed.
    if event.verb == event.chunk, warAsSubject(event.verb) != nil {
      if frame.type == .hostilities { return }
      who = []
    }
    if who.isEmpty, whom.isEmpty, !event.isInPassing { who = pair(event, frame) }
    if frame.flags.contains(.mutual) || frame.type == .deadlineRevised, whom.isEmpty, who.count == 2 { whom = [who[1]] }
    // "The camp was still held when jets bombed it": nobody does it to himself.
    if event.roles[.whom]?.allSatisfy({ $0.kinds.contains(.pronoun) }) ?? false {
      whom.removeAll { victim in who.contains { $0.text == victim.text || $0.party != nil && $0.party == victim.party } }
    }
    if frame.type == .casualties {
      whom = victims(event, whom, claims)
      if whom.contains(where: { $0.party == nil }), let side = side(mentions) { whom.belong(to: side) }
    }
    // "its withdrawal of troops": its own.
    if !who.isEmpty, who.allSatisfy({ $0.party == nil && $0.standsFor == nil }), chunks[event.chunk].kind == .noun,
      let own = matcher.owner(event.chunk).flatMap({ mentions.parties($0) }).first(where: { $0.party != nil })
    {
      who.belong(to: own)
    }
    // "The rebels brought tanks to Orlin": they.
    if frame.type == .deployment, event.verb == event.chunk, !chunks[event.chunk].isPassive,
      event.roles[.who]?.allSatisfy({ $0.kinds.contains(.equipment) && !$0.kinds.contains(.party) }) ?? false
    {
      let subject = scene.clauses.subject(of: event.verb).map(scene.filler).filter { !$0.kinds.isDisjoint(with: [.force, .party]) }
      if !subject.isEmpty { who = subject.flatMap { mentions.parties($0) } }
    }
    if frame.type == .deployment {
      let senders = senders(event, who, mentions)
      // "with both sides massing troops": they both.
      if senders.count == 1 { who.belong(to: senders[0]) } else if !senders.isEmpty { who = senders }
    }
    // "The rebels lost three men": theirs.
    if frame.type == .casualties, !frame.roles.contains(where: { $0.slot == .who }), let loser = senders(event, whom, mentions).first {
      whom.belong(to: loser)
    }
    // "was hit by mortar rounds": what with, and not who.
    if let fillers = event.roles[.who], fillers.allSatisfy({ isMissile($0.kinds) }), who.allSatisfy({ $0.party == nil }) {
      who = fillers.lazy.compactMap { shooter($0, mentions) }.first ?? []
    }
    // "A mine planted by the rebels exploded": theirs.
    if who.isEmpty, frame.act == "explode", let weapon = event.roles[.what]?.first, let owner = shooter(weapon, mentions) { who = owner }
    if who.isEmpty, let doer = doer(event, frame) ?? weaponOwner(event, mentions) { who = [doer] }
    if frame.type == .casualties, who.isEmpty, let attacker = attacker(event, whom, claims) { who = attacker }
    if frame.type == .exchange, whom.isEmpty, let home = home(event, mentions, who) { whom = [home] }
    if frame.type == .agreementSigned, who.isEmpty {
      // "The Front announced that an agreement had been reached with the army": by the Front.
      if let speaker = speeches.last(where: { $0.scope.contains(event.chunk) && $0.verb >= 0 && $0.verb != event.verb })?.speaker,
        let party = speaker.party, scene.names.isBelligerent(party), !whom.isEmpty, !whom.contains(where: { $0.party == party })
      {
        who = [Mention(speaker.text, span: speaker.span, party: party, isImplicit: true)]
      } else {
        swap(&who, &whom)
      }
    }
    if ClaimBuilder.harmful.contains(frame.type) { whom = others(event, than: who, whom) }
    for mention in who { steps.append(.init(what: "who", how: mention.text, span: mention.span)) }
    for mention in whom { steps.append(.init(what: "whom", how: mention.text, span: mention.span)) }

    if whom.isEmpty, frame.type == .hostilities || frame.type == .controlChange && ClaimBuilder.taking.contains(frame.act),
      let holder = holder(of: event, mentions)
    {
      whom = holder
      for mention in whom { steps.append(.init(what: "whom", how: "whose stronghold it was: \(mention.text)", span: mention.span)) }
    }
    // "fighting in Orlin": of two that it does not name.
    if whom.isEmpty, frame.type == .controlChange || frame.type == .hostilities && (frame.act != "clash" || !who.isEmpty),
      let other = owner(of: event, who)
    {
      whom = [other]
      steps.append(.init(what: "whom", how: "whose place it is: \(other.text)", span: other.span))
    }
    if whom.isEmpty, frame.type == .hostilities, frame.act != "clash", let building = building(event) { whom = [building] }
    if whom.isEmpty, ClaimBuilder.adversarial.contains(frame.type), frame.act != "observe", frame.act != "withdrew",
      let other = adversary(who, claims)
    {
      whom = [other]
      steps.append(.init(what: "whom", how: "the other side, left out by the text: \(other.text)", span: nil))
    }
    if frame.type == .exchange, frame.act == "return", event.roles[.whom] == nil, let freed = freed(event, mentions, by: who) {
      // "released 66 prisoners": they.
      if whom.isEmpty {
        whom = freed
      } else if whom[0].isImplicit, whom[0].span == nil {
        var freed = freed
        freed.belong(to: whom[0])
        whom = freed
      }
    }
    let chain = speakers(event)
    if whom.isEmpty, let accuser = accuser(event, frame, who, chain) {
      whom = [accuser]
      steps.append(.init(what: "whom", how: "who accuses, whom the text leaves out: \(accuser.text)", span: nil))
    }
    let isPlanned = mood.isPlanned || frame.flags.contains(.planned) || isLaidDown(event)
    var (type, act) = mood.isTried ? (.hostilities, "attack") : (frame.type, frame.act)
    // A frame for every verb: the verb says what is owed.
    let isOwed = scene.lexicon.obligations.contains(Int32(event.frame))
    if isOwed, let verb = scene.verb(event.chunk) { act = verb.lemma }
    if isPlanned, type == .access, !who.isEmpty, matcher.isDuty(event.verb) { type = .commitment }
    let isBreach = event.isBreach && frame.type == .controlChange
    if event.isBreach && !isBreach || type == .hostilities && isAfterTruce(event) { type = .ceasefireViolation }
    if type == .hostilities, isBeforeTruce(event) { discourse.beforeTruce.insert(scene.span(event.trigger).start) }
    if isPlanned, type == .exchange, !isOfSome(event), isLaidDown(event) || event.verb >= 0 && matcher.isDuty(event.verb) {
      (type, act) = (.commitment, "exchange")
    }
    // "promised to stop all operations", "agreed to halt its attacks": what one side owes, and no ceasefire of both.
    if isPlanned, type == .ceasefireStart, frame.roles.contains(where: { $0.slot == .who && $0.isRequired }), event.verb == event.chunk,
      !(isOfBoth(event) && isDated(event)), who.count == 1 || matcher.isDuty(event.verb)
    {
      (type, act) = (.commitment, "cease-fire")
    }
    // "pledged to conclude a settlement": what one side owes, and no agreement yet.
    if isPlanned, type == .agreementSigned, who.count == 1, whom.isEmpty, event.verb >= 0, matcher.isDuty(event.verb) {
      (type, act) = (.commitment, "sign")
    }
    let isOwnWord = isPlanned && isOwnWord(who, chain, event)
    if isPlanned, type == .controlChange, isOwnWord || !isScheduled(event), !isOnlyForeseen(event, act, mood) {
      type = .commitment
      act =
        ["captured": "hand-over", "handed-over": "hand-over", "entered": "hand-over", "regained": "hand-over", "withdrew": "withdraw"][act]
        ?? (frame.object == "positions" ? "hold-positions" : act)
    }
    // "agreed to extend the truce": that it is moved is decided, whatever is to come of it.
    let isDecided = type == .deadlineRevised && event.verb >= 0 && chunks[event.verb].isInfinitive && !mood.isNegative
    var modality: Modality = isPlanned && !isDecided ? .planned : .happened
    var polarity: Polarity = mood.isNegative != (event.isNegated || frame.flags.contains(.negative)) ? .negative : .positive
    if frame.flags.contains(.negative), mood.isNegative { polarity = .positive }
    if type == .commitment, frame.flags.contains(.weak), !mood.isPlanned, !isLaidDown(event) {
      if act == "disarm", event.consumed > event.chunk, !mood.isNegative {
        // "handed over 400 guns", "laid down their arms": done, and owed no longer.
        (type, act) = (.controlChange, "handed-over")
      } else if act == "assemble", !mood.isNegative, event.roles[.who]?.contains(where: { $0.kinds.contains(.force) }) ?? false {
        // "Fighters have been gathering at the two camps."
        (type, act) = (.deployment, "deploy")
      } else if !mood.isNegative {
        return
      }
      modality = .happened
    }
    let innermost = speeches.last { $0.scope.contains(event.chunk) && $0.verb >= 0 && $0.verb != event.verb }
    if let innermost, innermost.cues.contains(.denial), innermost.cues.isDisjoint(with: [.speech]), !isAside(event, innermost.verb) {
      modality = .denied
    }
    // "made no commitment to free them": denied, and not owed.
    if type == .commitment, event.verb >= 0, let bond = scene.bond(event.verb), chunks[bond].isNegative {
      (modality, polarity) = (.denied, .positive)
    }
    if modality == .happened, type != .ceasefireStart { modality = doubt(type, act, who, chain, mood) }
    if type == .casualties, modality == .planned { return }
    if modality == .planned, type == .hostilities || type == .ceasefireViolation {
      // "pledged that his army would not advance": owed; else fighting that is foretold or threatened.
      // "would honour the truce" binds, however it is said.
      guard polarity == .negative,
        ClaimBuilder.refraining.contains(frame.act) || matcher.isDuty(event.verb) || isOwnWord
      else { return }
      type = .commitment
      if ClaimBuilder.refraining.contains(frame.act) { polarity = .positive }
    }

    // "would not sign until the siege was lifted": no agreement, and none that is foreseen.
    if type == .agreementSigned, modality == .planned, polarity == .negative, !chunks[max(event.verb, 0)].isPerfect { return }
    // "would stop withdrawing if they did not come": a threat.
    if type == .commitment, polarity == .negative, isThreat(event) { return }
    // "said that it would not use force": owed; what somebody might do is not.
    if frame.act == "abstain" {
      guard polarity == .negative, isOwnWord || matcher.isDuty(event.verb) else { return }
      act = "refrain"
    }
    if type == .commitment, event.roles[.whom] == nil,
      let to = promisee(event, mentions, who) ?? (isOwed ? concerned(event, mentions, who) : nil)
    {
      whom = to
      for mention in whom { steps.append(.init(what: "whom", how: "to whom it is owed: \(mention.text)", span: mention.span)) }
    }

    // "caused no damage" tells that nobody was hurt, "caused damage" nothing of anybody.
    if frame.act == "damage" {
      guard polarity == .negative else { return }
      act = "losses"
    }
    if polarity == .negative, modality == .happened, isOnlyThen(event) { polarity = .positive }
    var (when, due, timeStep) = times(event, event.times, planned: isPlanned, mood: mood, type: type)
    // "have observed a truce since April": it began then.
    if type == .ceasefireViolation, frame.act == "observe", polarity == .negative, mood.isPerfect, let first = sinceWhen(event, when) {
      (type, act, polarity, when) = (.ceasefireStart, "ceasefire", .positive, first)
    }
    if case .counted(let day) = background {
      when = day
      timeStep = .init(what: "when", how: "counted from what it stands beside", span: nil)
    }
    // "despite a truce last Friday": it began then.
    if modality == .planned, type == .ceasefireStart, event.verb < 0, isBehind(event, when) { modality = .happened }
    if modality == .happened, let day = when, let published, day.earliest >= published.latest {
      if mood.isPast, !mood.isPerfect, day.rule?.hasPrefix("text-") ?? false {
        // "Two days later they entered": of a day that the text does not give.
        when = nil
        timeStep = nil
      } else if type == .deadlineRevised || type == .agreementSigned && (mood.isPast || mood.isPerfect) {
        // "was to begin on October 10 but was delayed": the old day, and not that of the change; "agreed to a truce from Friday".
        when = nil
        timeStep = nil
      } else {
        modality = .planned
      }
    }
    // "The ceasefire comes into effect when parliament has passed it": on a day that nobody knows.
    if modality == .happened, type == .ceasefireStart, when == nil, mood.isPresent, polarity == .positive, event.verb >= 0,
      ClaimBuilder.coming.contains(scene.verb(event.verb)?.lemma ?? "")
    {
      modality = .planned
    }
    // "The truce comes into force within 72 hours": still to come.
    if modality == .happened, type == .ceasefireStart, mood.isPresent, let day = when, day.end != nil, let published,
      day.latest > published.latest
    {
      modality = .planned
    }
    if modality == .planned, !isPlanned {
      if type == .controlChange, !isScheduled(event) { (type, act) = (.commitment, act == "withdrew" ? "withdraw" : "hand-over") }
    }
    if type == .commitment, due != nil, isMoreTime(event) { (type, act, modality) = (.deadlineRevised, "revise", .happened) }
    if let timeStep { steps.append(timeStep) }
    if let last = chain.last { steps.append(.init(what: "speaker", how: last.text, span: last.span)) }

    let objects = self.objects(event, frame)
    var quantities = self.quantities(event, frame)
    let reason = event.roles[.reason].flatMap { $0.first }.map { mentions.text($0.units) }
    if who.isEmpty, whom.isEmpty, event.roles[.place] == nil, when == nil, due == nil, !isDated, lengthOfFighting(event) == nil,
      chain.count < (outlet == nil ? 1 : 2),
      type == .hostilities || type == .controlChange
    {
      return
    }

    // "under the 1993 accord": told once, and not where its signing is.
    if event.isDatedName, claims.contains(where: { $0.type == .agreementSigned && $0.when?.edtf.prefix(4) == when?.edtf.prefix(4) }) {
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
    for (at, filler) in fillers.enumerated() {
      for place in mentions.places(filler, sharing: at <= shared.last ? shared.noun : nil) { places.append([place]) }
    }
    // "rockets at Orlin": a place, and nobody.
    if frame.type == .hostilities {
      whom.removeAll { victim in victim.party == nil && !isBuilding(victim) && places.contains { $0[0].span == victim.span } }
    }
    if places.count > 1 {
      var seen: Set<PlaceMention> = []
      places = places.filter { $0.isEmpty || seen.insert($0[0]).inserted }
    }
    guard let found = whereabouts(event, frame, (type, act, modality, who), places, mentions, claims, isOwed: isOwed, &steps) else {
      return
    }
    places = ClaimBuilder.fought.contains(type) ? sited(found, event, mentions, type) ?? found : found
    who = unique(who)
    whom = unique(whom)

    if let when, when.grain == .day || when.grain == .time {
      if type == .agreementSigned, modality == .happened { discourse.signed = when }
      if type == .ceasefireStart, frame.act != "lull", polarity == .positive { discourse.truce = when }
    }

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
        reason: reason, said: publication.said)
      claims.append(claim)
      if isExplained { derivations.append(Derivation(frame: frame.id, origin: frame.origin, steps: steps.all)) }
    }
    if ClaimBuilder.undivided.contains(type), places.count > 1 { places = [places.flatMap { $0 }] }
    if frame.type == .casualties, type == .casualties {
      if let groups = groups(event, mentions) {
        // "162 Palestinians and five Israelis were killed": two counts.
        for group in groups {
          (whom, quantities) = (group.whom, self.quantities(group.filler, event, frame))
          for place in places { add(place, when, due, objects[0]) }
        }
      } else {
        for place in places { for object in objects { add(place, when, due, object) } }
      }
      for ellipsis in event.ellipses {
        // "four soldiers in Orlin and three in Tarn": three of them.
        let (all, counts) = (whom, quantities)
        if let other = ellipsis.who { (whom, quantities) = (kin(of: whom, mentions.parties(other)), self.quantities(other, event, frame)) }
        for place in mentions.places(ellipsis.place) { add([place], when, due, objects[0]) }
        (whom, quantities) = (all, counts)
      }
      let isShot = !who.isEmpty && isShot(event, frame)
      guard polarity == .positive, isShot || isAttack(event, frame) else { return }
      (type, act, quantities) = (isAfterTruce(event) ? .ceasefireViolation : .hostilities, isShot ? "shell" : "attack", [])
      for place in places { add(place, when, due, nil) }
      return
    }
    if let parts = bothWays(event, frame, who, whom, mentions) {
      for part in parts {
        (who, whom, quantities) = (part.who, part.whom, self.quantities(part.filler, event, frame))
        for place in places { for object in objects { add(place, when, due, object) } }
      }
      return
    }
    let own = placesTimes(event, places.count)
    for (at, place) in places.enumerated() {
      var (when, due) = (when, due)
      if let time = own?[at] { (when, due, _) = times(event, [time], planned: isPlanned, mood: mood, type: type) }
      for object in objects { add(place, when, due, object) }
    }
    if isBreach, modality != .planned {
      // "seized the town in breach of the truce": that it was taken, and a breach.
      (type, act) = (.ceasefireViolation, "violation")
      for place in places { add(place, when, due, "ceasefire") }
      return
    }
    if mood.isInVain, frame.type == .controlChange, ClaimBuilder.taking.contains(act) {
      // "tried and failed to retake the town": attacked, and not taken.
      (type, act, polarity) = (.hostilities, "attack", .positive)
      for place in places { add(place, when, due, nil) }
      return
    }
    for ellipsis in event.ellipses {
      // "attacked police in Orlin and soldiers in Tarn": whom; "the army holds Orlin and the rebels Tarn": who.
      if let other = ellipsis.who {
        if frame.type == .hostilities, event.roles[.whom] != nil { whom = mentions.parties(other) } else { who = mentions.parties(other) }
      }
      let (when, due, _) = times(event, ellipsis.times, planned: isPlanned, mood: mood, type: type)
      for place in mentions.places(ellipsis.place) { for object in objects { add([place], when, due, object) } }
    }
  }

  /// "The last column is due to leave on Saturday": what will be on a day, owed to nobody.
  private func isScheduled(_ event: Event) -> Bool {
    isDated(event) && event.verb >= 0 && !scene.isUnderAgreement && !isLaidDown(event) && !matcher.isDuty(event.verb)
  }

  /// The claims of this sentence so far, last ones first.
  func ofSentence(_ claims: [Claim]) -> some Sequence<Int> {
    claims.indices.reversed().prefix { claims[$0].span == scene.sentence.span }
  }

  func isAttack(_ claim: Claim) -> Bool {
    !claim.places.isEmpty && [.hostilities, .ceasefireViolation, .controlChange].contains(claim.type)
  }

  /// "overran a post in the district and killed five": a verb that shares the subject of the one before it.
  func shares(_ event: Event) -> Bool { event.verb > 0 && chunks[event.verb - 1].kind == .conjunction }

  /// "The ministers signed": more than one, without their names.
  private func isSeveral(_ event: Event) -> Bool {
    (event.roles[.who] ?? []).contains {
      $0.chunk >= 0 && (scene.units[chunks[$0.chunk].head].word.isPlural || $0.kinds.contains(.pronoun))
    }
  }

  /// "the two sides would stop fighting at noon": both of them.
  private func isOfBoth(_ event: Event) -> Bool {
    (event.roles[.who] ?? []).contains { $0.chunk >= 0 && Mentions.side.contains(chunks[$0.chunk].headForm) }
  }

  private static let coming: Set<String> = ["come", "go", "enter", "take", "begin", "start", "commence"]
  /// "decided to stop the bombing", "will observe the truce": what is owed where it is planned.
  private static let refraining: Set<String> = ["observe", "stop"]
  static let papers: Set<String> = ["statement", "resolution", "declaration", "charter"]
  static let jointly = FormSet(
    ["joint", "trilateral", "bilateral", "tripartite", "both", "presidents", "leaders", "sides", "parties"])
  static let adversarial: ClaimTypes = [.hostilities, .ceasefireViolation, .controlChange, .exchange]
  static let harmful: ClaimTypes = [.hostilities, .ceasefireViolation, .casualties]
  /// One figure, one signing or one ceasefire over several places stays one claim.
  static let undivided: ClaimTypes = [.casualties, .agreementSigned, .ceasefireStart, .exchange, .displacement]
}
