// What is no claim of its event: wished, ended, told in passing, only laid down.
internal import TruceModel

extension ClaimBuilder {
  /// "Hale will not be captured": somebody, where a name alone is taken by nobody and has not been.
  func isSomebody(_ event: Event, _ frame: Frame, _ mood: Mood) -> Bool {
    guard frame.type == .controlChange, event.verb >= 0, chunks[event.verb].isPassive, event.roles[.who] == nil,
      let places = event.roles[.place], places.allSatisfy({ $0.kinds == .name })
    else { return false }
    // "Hale Orlin and his wife were seized": two words that the text calls no place.
    return mood.isPlanned || mood.isNegative
      || places.contains { $0.units.count > 1 || scene.units[$0.units.lowerBound].end - scene.units[$0.units.lowerBound].first > 1 }
  }

  /// "forced thousands of civilians to leave their homes": no troops that withdrew.
  func isFlight(_ event: Event, _ frame: Frame) -> Bool {
    guard frame.type == .controlChange, frame.act == "withdrew", let who = event.roles[.who], !who.isEmpty else { return false }
    return who.allSatisfy { filler in
      guard filler.chunk >= 0, filler.kinds.contains(.person), filler.kinds.isDisjoint(with: [.force, .office]) else { return false }
      let element = scene.clauses.element(filler.chunk)
      return scene.clauses.nouns(element).contains { ClaimBuilder.civilians.contains(chunks[$0].headForm) }
    }
  }

  private static let civilians = FormSet([
    "civilians", "civilian", "residents", "villagers", "people", "inhabitants", "families", "refugees", "citizens", "women", "children",
  ])

  /// "failed to protect the villagers", "would never surrender": nobody is there, and nobody yielded.
  func isNotYet(_ event: Event, _ frame: Frame, _ mood: Mood) -> Bool {
    if frame.act == "protect" { return mood.isPlanned || mood.isNegative }
    return frame.act == "lost" && mood.isNegative && event.roles[.place] == nil && event.roles[.whom] == nil && isSurrender(event)
  }

  /// "gave themselves up": who does is lost, whatever place there is.
  func isSurrender(_ event: Event) -> Bool {
    event.verb >= 0 && ClaimBuilder.yielding.contains(scene.verb(event.verb)?.lemma ?? "")
  }

  private static let yielding: Set<String> = ["surrender", "capitulate", "give", "turn"]

  /// Words that somebody only hopes, asks or orders: a statement, never the event.
  func isWished(_ event: Event) -> Bool {
    speeches.contains { speech in
      guard speech.verb >= 0, !chunks[speech.verb].isPassive, speech.verb != event.verb, !speech.isDocument,
        // "A truce called by the mediators took effect."
        !scene.clauses.isReduced(speech.verb)
      else { return false }
      return speech.scope.contains(event.chunk) && speech.cues.contains(.calls) && speech.cues.isDisjoint(with: [.speech])
        && !isBeside(event, speech.verb)
    }
  }

  /// "did not say when they fought", "it was unclear who fired": what nobody says.
  func isUnsaid(_ event: Event) -> Bool {
    guard let opening = chunks[..<event.chunk].lastIndex(where: { $0.kind == .subordinator }), opening > 0,
      ClaimBuilder.questions.contains(chunks[opening].form)
    else { return false }
    let before = scene.form(chunks[opening].first - 1)
    if before == ClaimBuilder.unclear { return true }
    guard ClaimBuilder.knowing.contains(before), let verb = chunks[..<opening].last(where: { $0.kind == .verb }) else { return false }
    return verb.isNegated
  }

  private static let questions = FormSet(["when", "who", "how", "where", "whether", "if", "why", "what", "which"])
  private static let unclear = Form("unclear")
  private static let knowing = FormSet(["clear", "known", "certain", "say", "know", "disclose", "specify", "reveal", "tell", "exactly"])

  /// "He called the truce off after rebels shelled the town", "ordered the strikes to resume in April, when ...": told beside what is asked.
  private func isBeside(_ event: Event, _ verb: Int) -> Bool {
    guard verb < event.chunk else { return false }
    return chunks[verb..<event.chunk].indices.contains { at in
      if chunks[at].kind == .subordinator { return ClaimBuilder.telling.contains(chunks[at].form) }
      // "appealed for help after | the air strikes".
      if chunks[at].kind == .preposition, chunks[at].form == ClaimBuilder.after, at + 1 == event.chunk { return true }
      // "ordered his men to cease fire and | promised to open the port".
      return chunks[at].kind == .conjunction && chunks[at + 1].kind == .verb && chunks[at + 1].isFinite && !chunks[at + 1].isInfinitive
        && chunks[at + 1].governor < 0 && !chunks[at + 1].isPlanned
    }
  }

  private static let telling = FormSet(["after", "before", "since", "when", "because", "as", "while", "where", "which", "who", "whose"])

  /// "Hours before the truce the army shelled the town", "hours earlier it had shelled the town".
  func isBeforeTruce(_ event: Event) -> Bool {
    for at in chunks.indices.dropLast() {
      let next = chunks[at + 1]
      if [.preposition, .subordinator].contains(chunks[at].kind),
        chunks[at].form == ClaimBuilder.before || chunks[at].form == Scene.until, next.kind == .noun
      {
        if next.kinds.contains(.ceasefire) || at < event.chunk && next.kinds.contains(.it) && scene.followsTruce { return true }
      }
      if isHoursEarlier(at), abs(at - event.chunk) < 4 { return true }
    }
    return false
  }

  /// "hours | earlier": on the day of which the text tells.
  func isHoursEarlier(_ at: Int) -> Bool {
    guard at > 0, chunks[at].kind == .time || chunks[at].kind == .adverb, scene.form(chunks[at].end - 1) == ClaimBuilder.earlierWord,
      let length = mention(at - 1)
    else { return false }
    return length.type == .duration && length.value.hasPrefix("PT")
  }

  private static let earlierWord = Form("earlier")

  /// "Gunfire was heard hours after the truce took hold", "the first shelling since the ceasefire".
  func isAfterTruce(_ event: Event) -> Bool {
    chunks.indices.dropLast().contains { at in
      // Before the event only a phrase of time: "In the first day after the truce shells landed near the town."
      // "Even after the truce took effect, rockets landed."
      let opensClause =
        at < event.chunk
        && !(at + 2 < chunks.count
          && (chunks[at + 2].kind == .noun || ClaimBuilder.starting.contains(scene.verb(at + 2)?.lemma ?? "")))
      return (chunks[at].kind == .preposition || chunks[at].kind == .subordinator && !opensClause)
        && ClaimBuilder.onwards.contains(chunks[at].form) && chunks[at + 1].kind == .noun && chunks[at + 1].kinds.contains(.ceasefire)
        && !(at + 2 < chunks.count && ClaimBuilder.over.contains(scene.verb(at + 2)?.lemma ?? ""))
    }
  }

  /// "after the truce expired": what says that it is over.
  private static let starting: Set<String> = ["come", "take", "go", "enter", "begin", "start"]
  private static let over: Set<String> = ["expire", "end", "collapse", "lapse", "break", "fail", "fall"]
  private static let onwards = FormSet(["after", "since", "during", "despite", "notwithstanding"])

  /// Whether a truce only dates or hinders something that the sentence tells, and lies behind.
  func isBehind(_ event: Event, _ when: When?) -> Bool {
    guard event.chunk > 0, let when, let published, when.latest < published.latest else { return false }
    let before = chunks[event.chunk - 1]
    return [.preposition, .subordinator].contains(before.kind)
      && (Clauses.temporal.contains(before.form) || before.form == FrameMatcher.despite)
  }

  /// "The deal calls for the release of all prisoners": a noun's event that an agreement lays down.
  func isLaidDown(_ event: Event) -> Bool {
    guard event.verb >= 0, event.verb != event.chunk, !chunks[event.verb].isPassive else { return false }
    // "agreed to the release of all prisoners", "promised the withdrawal of its troops".
    // "committed a breach", "undertook an attack": done.
    return scene.isLaw(event.verb)
      || scene.cues(event.verb).contains(.promise) && !chunks[event.verb].isNegated
        && !ClaimBuilder.doing.contains(scene.verb(event.verb)?.lemma ?? "")
  }

  private static let doing: Set<String> = ["commit", "undertake"]

  /// "Georgia rejects the zone, which was set up in May": a relative clause is not what is denied.
  func isAside(_ event: Event, _ verb: Int) -> Bool {
    guard verb >= 0, verb < event.chunk else { return false }
    // "After the vote was rejected by the rebels, their troops overran the town", "They rejected the terms, and the fighting went on".
    if chunks[verb].isPassive || isOfNextClause(event, after: verb) { return true }
    return chunks[verb..<event.chunk].contains {
      $0.kind == .subordinator && Clauses.relatives.contains($0.form) && $0.form != Clauses.that
    }
  }

  /// Whether an event stands in a clause of its own after a verb that has an object and no clause to govern.
  private func isOfNextClause(_ event: Event, after verb: Int) -> Bool {
    guard let object = scene.clauses.arguments(verb).object.first, object.noun == verb + 1, object.end < event.chunk else { return false }
    return chunks[object.end..<event.chunk].contains { $0.kind == .comma || $0.kind == .conjunction }
  }

  /// "A cessation of attacks", "an end to the war", "the threat of war": what is over or only possible.
  func isEnded(_ event: Event) -> Bool {
    let at = event.chunk
    guard at >= 2, chunks[at].kind == .noun, ClaimBuilder.binding.contains(chunks[at - 1].form), chunks[at - 2].kind == .noun else {
      return false
    }
    return ClaimBuilder.ends.contains(chunks[at - 2].headForm)
  }

  /// "the first truce since the war began": only a date for something else, and that date is not given.
  func isOnlySince(_ event: Event, _ frame: Frame) -> Bool {
    guard frame.type == .hostilities, event.verb >= 0, event.verb != event.chunk, event.times.isEmpty else { return false }
    let opening = chunks[..<event.chunk].last { $0.kind == .subordinator || $0.kind == .verb }
    return opening?.kind == .subordinator && opening?.form == UnitBuilder.since
  }

  private static let binding = FormSet(["of", "to"])
  static let ends = FormSet(
    ["cessation", "end", "halt", "suspension", "threat", "risk", "possibility", "prospect", "absence", "fear"])

  /// "Gunmen shot dead a policeman": who is armed and kills attacks.
  func isAttack(_ event: Event, _ frame: Frame) -> Bool {
    frame.type == .casualties && frame.act == "kill" && event.verb == event.chunk
      && (event.roles[.who] ?? []).contains { !$0.kinds.isDisjoint(with: [.force, .party]) && !$0.kinds.contains(.office) }
  }

  /// "Two farmers were hurt by insurgent mortars": a weapon that somebody fired.
  func isShot(_ event: Event, _ frame: Frame) -> Bool {
    guard frame.type == .casualties, frame.act == "kill", event.verb == event.chunk, event.verb >= 0, chunks[event.verb].isPassive,
      let agent = scene.clauses.arguments(event.verb).after.first(where: { $0.form == Clauses.by })?.elements.first
    else { return false }
    return isMissile(chunks[agent.noun].kinds)
  }

  /// "The movement destroyed the last of its missiles": its own, laid down and not fought over.
  func isOwn(_ event: Event, _ frame: Frame) -> Bool {
    guard frame.type == .hostilities, frame.act == "destroy", event.verb >= 0, !chunks[event.verb].isPassive else { return false }
    return (event.roles[.whom] ?? []).contains { filler in
      filler.units.contains { scene.units[$0].tag == .determiner && Mentions.possessives.contains(scene.form($0)) }
    }
  }

  /// "The president left the country": somebody travels, no force withdraws.
  func isTravel(_ event: Event, _ frame: Frame) -> Bool {
    // "The last units crossed the border": on their way home.
    if frame.act == "incursion", let who = event.roles[.who]?.first, who.chunk >= 0, isLast(who.chunk) { return true }
    guard frame.type == .controlChange, ["withdrew", "entered", "reached"].contains(frame.act), let who = event.roles[.who] else {
      return false
    }
    // "The monitors reached Orlin", "a convoy of ambulances left the town": nobody takes or leaves it.
    let isOfHelp = who.allSatisfy { filler in
      filler.chunk >= 0
        && (frame.act == "reached" && ClaimBuilder.watchers.contains(chunks[filler.chunk].headForm) || filler.kinds.contains(.aid)
          || filler.units.contains { ClaimBuilder.relief.contains(scene.form($0)) })
    }
    if isOfHelp, !who.isEmpty { return true }
    // "A reporter who entered the town".
    if who.contains(where: { $0.chunk >= 0 && ClaimBuilder.press.contains(chunks[$0.chunk].headForm) }) { return true }
    // "The president promised to pull troops out of the town": they leave it, and not he.
    if event.verb == event.chunk, scene.clauses.arguments(event.verb).object.contains(where: { chunks[$0.noun].kinds.contains(.force) }) {
      return false
    }
    return who.allSatisfy { filler in
      // "The Tarnish bishop left Orlin": one man, whosever he is.
      guard filler.chunk >= 0, !filler.kinds.contains(.force), !filler.kinds.contains(.party) || filler.kinds.contains(.someone) else {
        return false
      }
      let head = scene.units[chunks[filler.chunk].head]
      if ClaimBuilder.onePerson.contains(scene.form(chunks[filler.chunk].head)) { return true }
      return !head.word.isPlural && (head.word.classes.contains(.title) || filler.kinds.contains(.someone))
    }
  }

  private static let onePerson = FormSet(["he", "she"])

  private func isLast(_ chunk: Int) -> Bool {
    (chunks[chunk].first..<chunks[chunk].end).contains { scene.form($0) == ClaimBuilder.lastWord }
  }

  /// "An exile group based in Orlin said", "guerrillas based in Orlin": where they are at home, said in passing.
  func isAtHome(_ event: Event, _ frame: Frame) -> Bool {
    guard frame.act == "headquarters", event.verb >= 0, chunks[event.verb].isBare, scene.verb(event.verb)?.lemma == "base",
      let who = event.roles[.who]
    else { return false }
    return who.contains { $0.chunk >= 0 && ClaimBuilder.bands.contains(chunks[$0.chunk].headForm) }
  }

  private static let bands = FormSet([
    "group", "groups", "organisation", "organization", "movement", "faction", "factions", "guerrillas", "rebels", "opposition", "party",
    "militants", "exiles", "alliance", "coalition",
  ])
  private static let press = FormSet(["reporter", "reporters", "journalist", "journalists", "correspondent", "cameraman", "photographer"])
  private static let lastWord = Form("last")
  private static let watchers = FormSet(["monitors", "observers", "verifiers", "inspectors", "investigators"])
  private static let relief = FormSet(
    ["ambulances", "buses", "bus", "train", "trains", "tram", "ferry", "aid", "relief", "food", "supplies"])
  static let taking: Set<String> = ["captured", "regained", "entered"]

  /// "They did not leave until April": they did then.
  func isOnlyThen(_ event: Event) -> Bool {
    guard event.verb >= 0, chunks[event.verb].isNegated, chunks[event.verb].isPast else { return false }
    return event.times.contains { at in
      at > event.verb && scene.times[Int(chunks[at].time)].governor.contains { scene.tokens[$0].form == Scene.until }
    }
  }

  /// What the words make of a start or a signing that may only date another event.
  enum Background: Equatable {
    /// Told for itself.
    case news
    /// "hours after the ceasefire went into effect": only a date for another event.
    case only
    /// "two days after ...": its own day is told with it.
    case counted(When)
  }

  func background(_ event: Event, _ type: ClaimType) -> Background {
    guard type == .ceasefireStart || type == .agreementSigned, !isDated(event) else { return .news }
    var at = event.chunk - 1
    while at >= 0, [.noun, .preposition, .adverb, .conjunction, .verb, .time].contains(chunks[at].kind),
      chunks[at].kind != .verb || chunks[at].isBare || chunks[at].isInfinitive
    { at -= 1 }
    guard at >= 0, chunks[at].kind == .subordinator, Clauses.temporal.contains(chunks[at].form), chunks[at].form != ClaimBuilder.as else {
      return .news
    }
    // "The clashes ended after both sides agreed to a truce": told by the way, and told.
    let isTold =
      type == .agreementSigned && chunks[at].form == ClaimBuilder.after && (event.roles[.who] != nil || event.roles[.place] != nil)
    return counted(at, sign: -1).map(Background.counted) ?? (isTold ? .news : .only)
  }
}
