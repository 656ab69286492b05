// When a claim's event was and by when it is due: the times of its clause, of what governs it, of the text.
internal import TruceModel

extension ClaimBuilder {
  func mention(_ chunk: Int) -> TimeMention? {
    let time = chunks[chunk].time
    return time >= 0 ? scene.times[Int(time)] : nil
  }

  /// When an event was, by when it is due, and how that was read.
  typealias Told = (when: When?, due: Deadline?, step: Derivation.Step?)

  /// A time that no words of its own give.
  func told(_ when: When?, _ how: String) -> Told { (when, nil, .init(what: "when", how: how, span: nil)) }

  /// When the event was, and by when it is due.
  func times(
    _ event: Event, _ chunksOfTimes: [Int], planned: Bool, mood: Mood, type: ClaimType
  ) -> Told {
    if event.isDatedName, let dated = dateOfAgreement(event), let when = dated.when {
      return (when, nil, .init(what: "when", how: dated.rule, span: dated.span))
    }
    var own = chunksOfTimes
    // "refugees from the war in Orlin": on no day of the text's.
    if event.isInPassing, own.isEmpty { return (nil, nil, nil) }
    if let inside = timeInside(event.chunk) { own.insert(inside, at: 0) }
    if !planned, chunks[event.chunk].kind == .noun, type == .hostilities || type == .ceasefireViolation,
      let dated = dateWithin(event.chunk),
      // "since the April 8 attacks": then.
      let when = dated.when.flatMap({ $0.edtf.hasSuffix("/..") ? When(String($0.edtf.dropLast(3)), zone: $0.zone, rule: dated.rule) : $0 })
    {
      return (when, nil, .init(what: "when", how: "the date within its own words", span: dated.span))
    }
    if !planned, let window = window(own) { return told(window, "within so long of the day of which the paragraph tells") }
    own.removeAll { !isUsable($0) || isHoursEarlier($0) || planned && isOfPromise($0, event) }
    if !planned, let length = lengthOfFighting(event) ?? (own.isEmpty ? lengthBefore(event) : nil) {
      // "ended 17 days of fighting": never the day at which the text stands.
      return told(stretch(length), "so long to the day of what ended it")
    }
    if own.isEmpty, !planned, let day = besideTruce(event) { return told(day, "beside the truce of which the text gives the day") }
    // "The accord of 1 May gave them three weeks to leave".
    if planned, let due = term(event) {
      return (nil, Deadline(due, .within), .init(what: "due", how: "the length of time that they have for it", span: nil))
    }
    if !planned, let days = runningDays(event) { return told(days, "so many days to the day at which the text stands") }
    if !planned, let narrated, event.times.contains(where: isHoursEarlier) {
      return told(paragraphDay(narrated), "hours from what the paragraph tells, on its day")
    }
    if !planned, let days = daysOfFighting(event, type) { return told(days, "so long to the day at which the text stands") }
    if let day = offset(event) { return told(day, "counted from the day of what it follows") }
    if mood.isPerfect || mood.isPresent || event.verb >= 0 && chunks[event.verb].isBare, let (since, lasting) = sinceClause(event),
      own.allSatisfy({ $0 > since })
    {
      return told(lasting, "since what its clause tells, to the publication")
    }
    // "died in the nine-year-old war"; "the eight-year war ended" tells of one that is over.
    if type == .hostilities, !planned, event.chunk > 0, [.preposition, .verb].contains(chunks[event.chunk - 1].kind),
      lengthOfStruggle(event.chunk) != nil, let war = since(war: event.chunk)
    {
      return told(war, "since the war began, to the publication")
    }
    if type == .casualties, own.isEmpty || !mood.isPerfect, let war = war(event) {
      if let toll = since(war: war) { return told(toll, "since the war began, to the publication") }
      // "The war claimed thousands of lives": not on the day at which the text stands.
      if own.isEmpty, !mood.isPerfect, published != nil { return (nil, nil, nil) }
    }
    var antecedents = own.isEmpty ? governing(event.verb).filter(isUsable) : []
    if own.isEmpty, antecedents.isEmpty, !planned, let at = ofRelative(event), isUsable(at) { antecedents = [at] }
    if own.isEmpty { own = antecedents.isEmpty ? attached(event).filter(isUsable) : antecedents }
    // "signed the accord on Wednesday, committing themselves to free all prisoners": the day of the accord.
    if planned, type == .commitment, chunksOfTimes.isEmpty {
      own.removeAll { mention($0)?.limit == nil && !isAhead($0) }
    }
    // "took Orlin, undefended by then, a day later".
    if own.count > 1 { own.removeAll { chunks[$0].end - chunks[$0].first == 1 && scene.form(chunks[$0].first) == ClaimBuilder.then } }
    if own.isEmpty, let at = ofWhenClause(event) { own = [at] }
    var isOfSpeech = false
    if own.isEmpty, !planned {
      own = timesOfSpeech(event).filter(isUsable)
      isOfSpeech = !own.isEmpty
      // "have left the town, a spokesman said on October 18": by then.
      if mood.isPerfect, let first = own.first, let said = mention(first)?.when, let by = ClaimBuilder.upTo(said) {
        return (by, nil, .init(what: "when", how: "present perfect: by the day on which it was said", span: mention(first)?.span))
      }
    }
    if own.isEmpty, type == .casualties, let shared = sharedTime(event) ?? ofHarm(event).flatMap({ isUsable($0) ? $0 : nil }) {
      own = [shared]
    }
    // "during the rush hour on Friday": on Friday.
    if own.count > 1, own.contains(where: { mention($0)?.isOwnDay ?? false }) {
      own.removeAll { mention($0).map { $0.rule == "part-of-day" && !$0.isOwnDay } ?? false }
    }
    if own.isEmpty, type == .agreementSigned, !planned, let dated = dateOfAgreement(event), let when = dated.when {
      return (when, nil, .init(what: "when", how: dated.rule, span: dated.span))
    }
    for at in own {
      guard let mention = mention(at), var when = mention.when else { continue }
      if isOfSpeech || at != event.verb - 1 && at < event.chunk && scene.isOfSpeech(at) { when.rule = "speech-day" }
      // The date that was moved and the one that it was moved to are not when it was moved.
      if type == .deadlineRevised, when.role == .was || when.role == .becomes { continue }
      // "agreed to open the road by 1 March": the day of what was agreed.
      if type == .agreementSigned, !planned, mention.limit != nil || scene.isOnset(at) && isTruce(event) { continue }
      let step = Derivation.Step(what: "when", how: mention.rule, span: mention.span)
      if planned, let word = mention.limit {
        // "by 12:00 local time on Monday".
        let end = dayOfPart(at, self.mention) ?? when
        let due = word == .within ? last(of: when) : mention.isEnd ? lastDay(of: when) : end
        return (nil, Deadline(due, word), step)
      }
      // "since July 1996, when they overran it", "until June 5, when it fell": on the day itself.
      if !antecedents.isEmpty { return (when, nil, step) }
      if type == .ceasefireStart || type == .agreementSigned {
        return (dayOfPart(at, self.mention) ?? (planned ? ahead(when, at, event) : when), nil, step)
      }
      if mention.word == .from {
        // "since March 19" reaches to the publication; "from" and "effective" give the day itself.
        let isSince = mention.governor.contains { scene.tokens[$0].form == UnitBuilder.since }
        guard isSince || scene.lexicon.frames[event.frame].flags.contains(.state) else { return (when, nil, step) }
        // "since the weekend": from its first day.
        let first = when.edtf.hasPrefix("[") ? Substring(when.edtf.dropFirst().prefix(10)) : Substring(when.edtf)
        if mood.isPerfect, let published, published.grain == .day || published.grain == .time, when.end == nil,
          let closed = When(first + "/" + published.edtf.prefix(10), zone: when.zone, rule: mention.rule)
        {
          return (closed, nil, step)
        }
      }
      if let day = dayOfPart(at, self.mention) { return (day, nil, step) }
      if let range = range(from: at) ?? joined(at, self.mention) ?? joined(at - 2, self.mention) { return (range, nil, step) }
      // "by June they held only Orlin": then.
      let isState = mention.word == .by && scene.lexicon.frames[event.frame].flags.contains(.state)
      if let bounded = mention.bounded, mention.word != .on, !isState, !isAttribute(mention) {
        return (isClose(at) ? when : sameDay(mention, event) ?? bounded, nil, step)
      }
      return (planned ? ahead(when, at, event) : when, nil, step)
    }
    if own.isEmpty, !planned, let month = ofMainClause(event) { return told(month, "the month or year of the clause that it explains") }
    if planned { return (nil, nil, nil) }
    return ofContext(event, own, mood, type)
  }

  /// "between Tuesday and Friday": from the one to the other.
  private func range(from first: Int) -> When? {
    guard first + 2 < chunks.count, chunks[first + 1].kind == .conjunction, let start = mention(first), let from = start.when,
      let to = mention(first + 2)?.when, from.end == nil, to.end == nil,
      start.governor.contains(where: { scene.tokens[$0].form == Clauses.between })
    else { return nil }
    // Weekdays, each taken for its last: the first may be a week too late.
    if let first = CivilDate(from.edtf), from.earliest > to.earliest {
      return When("\(first.adding(days: -7))/\(to.edtf)", zone: from.zone, rule: "between")
    }
    guard from.earliest < to.earliest else { return nil }
    return When("\(from.edtf)/\(to.edtf)", zone: from.zone, rule: "between")
  }

  /// "Within four days they had taken three towns": from the day of which the paragraph tells.
  private func window(_ times: [Int]) -> When? {
    guard let narrated,
      let days = times.lazy.compactMap({ at in
        self.mention(at).flatMap { $0.type == .duration && $0.limit == .within ? ClaimBuilder.days($0.value) : nil }
      }).first
    else { return nil }
    return When("\(narrated.day)/\(narrated.day.adding(days: days))", zone: narrated.zone, rule: "window")
  }

  /// "Three were wounded when their car was hit on 14 August": the time of the "when" clause that follows.
  private func ofWhenClause(_ event: Event) -> Int? {
    var at = max(event.verb, event.chunk) + 1
    while at < chunks.count, [.noun, .preposition, .adverb, .conjunction].contains(chunks[at].kind) { at += 1 }
    guard at < chunks.count, chunks[at].kind == .subordinator, chunks[at].form == ClaimBuilder.when else { return nil }
    at += 1
    while at < chunks.count, ![.subordinator, .semicolon].contains(chunks[at].kind) {
      // "shelled Orlin, the capital, on 14 August".
      if chunks[at].kind == .comma, !(at + 1 < chunks.count && [.noun, .preposition, .time].contains(chunks[at + 1].kind)) { return nil }
      if chunks[at].kind == .time, isUsable(at) { return at }
      at += 1
    }
    return nil
  }

  /// "shortly after 2 a.m.", "just before noon": at about the time itself.
  private func isClose(_ time: Int) -> Bool {
    guard time >= 2, chunks[time - 1].kind == .preposition else { return false }
    let word = scene.form(chunks[time - 2].end - 1)
    // "hours before Wednesday's raid": on that day.
    return ClaimBuilder.close.contains(word) || ClaimBuilder.hours.contains(word) && mention(time)?.when?.grain == .day
  }

  private static let close = FormSet(["shortly", "just", "soon", "immediately", "right", "minutes"])

  /// "by nightfall the town had fallen", "shelled it before dawn": on that day.
  private func sameDay(_ mention: TimeMention, _ event: Event) -> When? {
    // "By 04:15 clashes were going on".
    let isGoingOn = mention.word == .by && event.verb >= 0 && chunks[event.verb].isProgressive
    guard mention.word == .by || mention.word == .before, mention.type == .time,
      isGoingOn || mention.value.dropFirst(11).first?.isLetter ?? false, let when = mention.when
    else {
      return nil
    }
    return When(String(when.edtf.prefix(10)), zone: when.zone, rule: mention.rule)
  }

  /// "a day after seizing the town", "eleven days after they entered it": counted from the day of what it follows.
  private func offset(_ event: Event) -> When? {
    guard event.verb >= 0 else { return nil }
    // "the day after they began | bombing the town".
    var head = event.verb
    while chunks[head].governor >= 0 { head = chunks[head].governor }
    var at = head - 1
    // "two days after | a convoy of its troops | came under fire".
    while at > 0,
      [.noun, .adverb, .conjunction].contains(chunks[at].kind)
        || chunks[at].kind == .preposition && chunks[at].form != ClaimBuilder.after && chunks[at].form != ClaimBuilder.before
          && chunks[at + 1].kind == .noun
    { at -= 1 }
    guard at > 0, chunks[at].kind == .preposition || chunks[at].kind == .subordinator,
      chunks[at].form == ClaimBuilder.after || chunks[at].form == ClaimBuilder.before
    else { return nil }
    return counted(at, sign: -1)
  }

  /// "1,110 were killed and 3,700 injured since 12 July": the time behind the last of several counts is that of all.
  private func sharedTime(_ event: Event) -> Int? {
    guard event.verb >= 0 else { return nil }
    var at = event.verb + 1
    while at < chunks.count,
      [.noun, .adverb, .conjunction, .preposition].contains(chunks[at].kind)
        || chunks[at].kind == .verb && chunks[at].isBare
    { at += 1 }
    return at < chunks.count && chunks[at].kind == .time && isUsable(at) ? at : nil
  }

  /// Whether the clause of an event gives its day.
  func isDated(_ event: Event) -> Bool { event.times.contains { isUsable($0) } || timeInside(event.chunk).map(isUsable) ?? false }

  /// The day that a length before "after" or "before" counts to, from the day of the clause that it stands in.
  func counted(_ subordinator: Int, sign: Int) -> When? {
    guard subordinator > 0 else { return nil }
    let base = lastTime(before: subordinator - 1)
    let start: When?
    let days: Int
    if chunks[subordinator - 1].kind == .noun, chunks[subordinator - 1].headForm == ClaimBuilder.oneDay {
      // "On 25 March, the day after the bombing began, ...".
      (start, days) = (base, 1)
    } else {
      if let years = countedYears(subordinator, base, sign) { return years }
      guard let length = mention(subordinator - 1), length.type == .duration, let count = ClaimBuilder.days(length.value),
        // "for two weeks before pulling back", "in the two days before": how long, and not how long before.
        subordinator < 2 || chunks[subordinator - 2].kind != .preposition && chunks[subordinator - 2].headForm != Mentions.the
      else { return nil }
      (start, days) = (base ?? discourse.day ?? published, count)
    }
    guard let start, let known = CivilDate(start.edtf.prefix(10)) else { return nil }
    return When(
      known.adding(days: chunks[subordinator].form == ClaimBuilder.before ? -sign * days : sign * days), zone: start.zone, rule: "counted")
  }

  /// "seized Orlin in 2007, two years after the army left": a year or a month so many before.
  private func countedYears(_ subordinator: Int, _ base: When?, _ sign: Int) -> When? {
    guard let base, base.end == nil, let length = mention(subordinator - 1), length.type == .duration, length.value.hasPrefix("P"),
      let unit = length.value.last, unit == "Y" || unit == "M", let count = Int(length.value.dropFirst().dropLast()),
      subordinator < 2 || chunks[subordinator - 2].kind != .preposition,
      let day = CivilDate(String((base.edtf.prefix(10) + "-01-01".suffix(max(0, 10 - base.edtf.utf8.count))).prefix(10)))
    else { return nil }
    let moved = day.adding(months: (chunks[subordinator].form == ClaimBuilder.before ? -sign : sign) * count * (unit == "Y" ? 12 : 1))
    let text = String(moved.description.prefix(unit == "Y" || base.edtf.utf8.count < 7 ? 4 : 7))
    return When(text, zone: base.zone, rule: "counted")
  }

  /// The last time that the sentence gives before a chunk.
  func lastTime(before chunk: Int) -> When? {
    chunks[..<chunk].indices.reversed().lazy.compactMap { self.isUsable($0) ? self.mention($0)?.when : nil }.first
  }

  static let later = FormSet(["later", "afterwards", "earlier", "before"])
  private static let oneDay = Form("day")
  static let after = Form("after")
  static let before = Form("before")

  /// Whether a time says when an event was, and not how long it took.
  func isUsable(_ chunk: Int) -> Bool {
    guard let mention = mention(chunk), !mention.isDateline, !mention.isVague || mention.bounded != nil, mention.when != nil else {
      return false
    }
    if isOfFirst(chunk, mention) { return false }
    return mention.type != .duration || mention.bounded != nil
  }

  /// The day on which a window of days ends, counted from the signing where the text gives its day: "within ten days".
  private func last(of window: When) -> When {
    let parts = window.edtf.split(separator: "/")
    guard parts.count == 2 else { return window }
    var day = String(parts[1])
    if let signed = discourse.signed, let from = CivilDate(signed.edtf.prefix(10)), let first = CivilDate(parts[0]),
      let last = CivilDate(parts[1])
    {
      day = from.adding(days: last.daysSinceEpoch - first.daysSinceEpoch).description
    }
    return When(day, zone: window.zone, role: window.role, rule: window.rule) ?? window
  }

  /// "by the end of the year": its last day.
  private func lastDay(of when: When) -> When {
    guard when.edtf.utf8.count < 10, when.end == nil else { return when }
    let day = CivilDate(daysSinceEpoch: Int((when.latest.milliseconds + 43_200_000) / 86_400_000) - 1)
    return When(day, zone: when.zone, role: when.role, rule: when.rule)
  }

  /// The old or the new date that the sentence gives of a deadline.
  func moved(_ role: When.Role) -> When? {
    chunks.indices.lazy.compactMap { mention($0)?.when }.first { $0.role == role }
  }

  /// True where the sentence gives a date, be it one whose year nothing tells.
  var isDated: Bool {
    chunks.indices.contains { at in mention(at).map { !$0.isVague && !$0.isDateline && ($0.type == .date || $0.type == .time) } ?? false }
  }

  /// A time within the trigger's own noun phrase or right after it.
  private func timeInside(_ at: Int) -> Int? {
    at + 1 < chunks.count && chunks[at + 1].kind == .time ? at + 1 : nil
  }

  /// Times that no clause of the event holds but its sentence does: at its head, with the verb of speech, or in the clause of its governor.
  private func attached(_ event: Event) -> [Int] {
    var found: [Int] = []
    if let own = ofProvision(event) { return own }
    var at = event.verb
    var isPromised = false
    while at >= 0, chunks[at].governor >= 0 {
      at = chunks[at].governor
      let times = scene.clauses.arguments(at).times
      // "On Monday they agreed to leave": the day of the promise; "agreed by May 3 to leave" still binds.
      let promises = isPromise(at)
      isPromised = isPromised || promises
      found += promises ? times.filter { mention($0)?.limit != nil } : times
    }
    if !found.isEmpty || isPromised { return found }
    // What follows the verb, up to the next one: "..., many of them civilians, since March 19".
    var index = max(event.verb, event.chunk) + 1
    while index < chunks.count, ![.subordinator, .semicolon].contains(chunks[index].kind),
      chunks[index].kind != .verb || shares(index, event)
    {
      // "landed at Orlin | and on Friday moved on": the time of the next verb.
      if chunks[index].kind == .conjunction, index + 1 < chunks.count, scene.clauses.opensDatedClause(index + 1) { break }
      if chunks[index].kind == .time, !isOfDefiedTruce(index) { found.append(index) }
      index += 1
    }
    if !found.isEmpty { return found }
    found = governing(event.verb)
    if !found.isEmpty { return found }
    for index in chunks.indices {
      if chunks[index].kind == .verb { break }
      if chunks[index].kind == .time { found.append(index) }
    }
    if !found.isEmpty { return found }
    // "on 19 June entered the town and | occupied it", "the next day were driven out and | killed": of both.
    if event.verb > 1, chunks[event.verb - 1].kind == .conjunction, isPlainPast(event.verb) || chunks[event.verb].isBare,
      let first = chunks[..<event.verb].lastIndex(where: { $0.kind == .verb }), isPlainPast(first) || chunks[first].isPassive
    {
      found = scene.clauses.arguments(first).times.filter { $0 < first }
      if !found.isEmpty { return found }
    }
    if let main = mainOfGerund(event.verb) {
      // "opened fire on them, | killing two": the day of the verb that it goes with.
      found = scene.clauses.arguments(main).times
      return found.isEmpty ? governing(main) : found
    }
    if let last = lastDay(of: event) { return [last] }
    if event.verb >= 0, scene.clauses.isReduced(event.verb) { return [] }
    // "The mission heard gunfire while in Orlin on Friday": the only day of a sentence of one clause.
    let days = chunks.indices.filter { isUsable($0) && !isOfReduced($0) }
    let isSimple = chunks.indices.filter { chunks[$0].kind == .verb && chunks[$0].isFinite && !scene.clauses.isReduced($0) }.count == 1
    guard isSimple, days.count == 1 else { return [] }
    // "agreed to a truce in Orlin starting on Monday": when it starts.
    let onset = scene.lexicon.frames[event.frame].type == .agreementSigned ? chunks[..<days[0]].lastIndex { $0.kind == .verb } : nil
    if let onset, chunks[onset].isGerund, chunks[onset].governor < 0 { return [] }
    return days
  }

  /// "breaking a truce signed in February": the time of what was signed.
  private func isOfReduced(_ time: Int) -> Bool {
    guard let verb = chunks[..<time].lastIndex(where: { $0.kind == .verb }), verb > 0 else { return false }
    return !chunks[verb - 1].kinds.isDisjoint(with: [.agreement, .ceasefire]) && scene.clauses.isReduced(verb)
  }

  /// Those beside the verb of who tells of it: "said on Friday".
  private func timesOfSpeech(_ event: Event) -> [Int] {
    var found: [Int] = []
    for speech in speeches where speech.scope.contains(event.chunk) && speech.verb >= 0 {
      let verb = speech.verb
      var index = verb + 1
      while index < chunks.count, chunks[index].kind == .time || chunks[index].kind == .adverb || chunks[index].kind == .preposition {
        if chunks[index].kind == .time { found.append(index) }
        index += 1
      }
      if verb > 0, chunks[verb - 1].kind == .time { found.append(verb - 1) }
    }
    return found
  }

  /// "must remove the mines and dismantle the posts before 28 May": a second verb with the same doer and the same time.
  private func shares(_ verb: Int, _ event: Event) -> Bool {
    guard event.verb >= 0, verb > 0 else { return false }
    // "launched an offensive to take the town in April".
    if chunks[verb].isInfinitive, chunks[verb].governor == event.verb { return scene.lexicon.frames[event.frame].type != .agreementSigned }
    // "violated the truce by leaving their camp last month".
    if chunks[verb].isGerund, chunks[verb - 1].form == Clauses.by { return true }
    let isListed = chunks[verb - 1].kind == .comma && chunks[verb].isInfinitive
    guard isListed || chunks[verb - 1].kind == .conjunction else { return false }
    // "shelled the town and launched an assault on it on Friday".
    if isPlainPast(verb), isPlainPast(event.verb) || chunks[event.verb].isPassive && chunks[verb].isBare { return true }
    let first = chunks[event.verb]
    return chunks[verb].isPlanned && first.isPlanned || chunks[verb].isInfinitive && chunks[verb].governor == first.governor
  }

  private func isPlainPast(_ verb: Int) -> Bool {
    chunks[verb].isPast && chunks[verb].isFinite && !chunks[verb].isPerfect && !chunks[verb].isPassive
  }

  /// "... resumed a month later when 200 died": the times of the clause on which a "when" hangs.
  private func governing(_ verb: Int) -> [Int] {
    var at = max(0, verb)
    while at > 0, [.noun, .adverb, .preposition, .conjunction, .verb].contains(chunks[at].kind), at > verb - 9 { at -= 1 }
    guard chunks[at].kind == .subordinator else { return [] }
    // "a firefight on 7 July in which another soldier was killed", "six years ago before an uprising began".
    let isWithin = at > 0 && chunks[at - 1].kind == .preposition && ClaimBuilder.during.contains(chunks[at - 1].form)
    guard isWithin || chunks[at].form == ClaimBuilder.when || chunks[at].form == ClaimBuilder.before else { return [] }
    var found: [Int] = []
    while at > 0, chunks[at - 1].kind != .verb {
      at -= 1
      if chunks[at].kind == .time { found.append(at) }
      if chunks[at].form == ClaimBuilder.before, chunks[at].kind == .subordinator, at > 0, chunks[at - 1].kind != .time { return [] }
    }
    return found
  }

  static let during = FormSet(["in", "during"])

  static let when = Form("when")
  static let `as` = Form("as")
  static let earlier = FormSet(["earlier", "previously", "already"])

  func isEarlier(_ event: Event) -> Bool {
    let limit = event.verb >= 0 ? event.verb : event.chunk
    for at in 0..<min(chunks.count, limit + 3) where !isHoursEarlier(at) {
      for unit in chunks[at].first..<chunks[at].end where ClaimBuilder.earlier.contains(scene.form(unit)) { return true }
    }
    return false
  }

  func upToPublication() -> When? { publication.upTo }

  /// "Has done": at any time up to a publication whose day is known.
  static func upTo(_ published: When?) -> When? {
    guard let published, let grain = published.grain, grain >= .day else { return nil }
    return When("../" + published.edtf.prefix(10), zone: published.zone, rule: "up-to-publication")
  }
}
