// The times of what is promised: not the day of the promise, and how long somebody has for it.
internal import TruceModel

extension ClaimBuilder {
  /// "agreed to a ceasefire | from midnight": what was agreed begins then.
  func isTruce(_ event: Event) -> Bool { (event.roles[.what] ?? []).contains { $0.kinds.contains(.ceasefire) } }

  /// Whether a time is after the publication.
  func isAhead(_ chunk: Int) -> Bool {
    guard let published, let when = mention(chunk)?.when else { return false }
    return when.latest > published.latest
  }

  func isPromise(_ verb: Int) -> Bool {
    chunks[verb].isPast && !chunks[verb].isPassive && scene.cues(verb).contains(.promise)
  }

  /// "agreed | on | Monday | to leave": the day of the promise, and not of what is promised.
  func isOfPromise(_ time: Int, _ event: Event) -> Bool {
    guard event.verb >= 0, chunks[event.verb].isInfinitive, chunks[event.verb].governor >= 0, time < event.verb,
      mention(time)?.limit == nil
    else { return false }
    return time > chunks[event.verb].governor && isPromise(chunks[event.verb].governor)
  }

  /// "would not leave | unless they were freed": on a condition that follows, and bound by no promise.
  func isThreat(_ event: Event) -> Bool {
    guard event.verb >= 0, !matcher.isDuty(event.verb) else { return false }
    return chunks[event.verb...].contains { $0.kind == .subordinator && Scene.threats.contains($0.form) }
  }

  /// "would never surrender to them", "will surrender to the elders", "is preparing to leave": what is to come of a place, and owed to nobody.
  func isOnlyForeseen(_ event: Event, _ act: String, _ mood: Mood) -> Bool {
    guard event.verb >= 0 else { return false }
    let governor = chunks[event.verb].governor
    if governor >= 0, ClaimBuilder.preparing.contains(scene.verb(governor)?.lemma ?? "") { return true }
    // "were given a week to surrender": owed.
    if isLaidDown(event) || matcher.isDuty(event.verb) || governor >= 0 && scene.cues(governor).contains(.grant) {
      return false
    }
    return act == "lost" || mood.isNegative && act == "handed-over"
  }

  private static let preparing: Set<String> = ["prepare", "ready"]

  /// "said that it would not allow them to enter": what one refuses, and owes nobody.
  func isForbidden(_ event: Event) -> Bool {
    var at = event.verb
    while at >= 0 {
      if chunks[at].isPlanned, chunks[at].isNegated, ClaimBuilder.letting.contains(scene.verb(at)?.lemma ?? "") {
        return !matcher.isDuty(at)
      }
      at = chunks[at].governor
    }
    return false
  }

  private static let letting: Set<String> = ["allow", "permit", "let", "tolerate", "accept"]

  /// The first day of a stretch that "since" opens in the event's clause.
  func sinceWhen(_ event: Event, _ when: When?) -> When? {
    guard let when, let slash = when.edtf.firstIndex(of: "/"),
      // "ending a truce that had held since May": what ended is told, and no start.
      !scene.clauses.subject(of: event.verb).contains(where: { $0.noun > 0 && chunks[$0.noun - 1].kind == .verb }),
      event.times.contains(where: { mention($0)?.governor.contains { scene.tokens[$0].form == UnitBuilder.since } ?? false })
    else { return nil }
    return When(String(when.edtf[..<slash]), zone: when.zone, rule: when.rule ?? "since")
  }

  /// Whether who is to do something, or not to, says so himself: "the rebels said that they would leave", "the minister said the army would".
  func isOwnWord(_ who: [Mention], _ chain: [Speaker], _ event: Event) -> Bool {
    guard event.verb >= 0, chain.count > (publication.outlet == nil ? 0 : 1), let speaker = chain.last else { return false }
    if matcher.isOwnWord(event.verb) { return true }
    guard let doer = who.first else { return false }
    if let party = doer.party { return party == speaker.party }
    return speaker.party == nil
  }

  /// "promised | the envoy | that ...", "assured | the rebels", "promised | the rebels | an amnesty": to whom.
  func promisee(_ event: Event, _ mentions: Mentions, _ who: [Mention]) -> [Mention]? {
    guard event.verb >= 0 else { return nil }
    var verb = event.verb
    while chunks[verb].governor >= 0, !scene.cues(verb).contains(.oath) { verb = chunks[verb].governor }
    if !scene.cues(verb).contains(.oath) {
      guard let speech = speeches.last(where: { $0.scope.contains(event.chunk) && $0.verb >= 0 && $0.cues.contains(.oath) }) else {
        return nil
      }
      verb = speech.verb
    }
    guard !chunks[verb].isPassive, let object = scene.clauses.arguments(verb).object.first, object.noun == verb + 1 else { return nil }
    let kinds = scene.kinds(object)
    // "promised | an amnesty", "pledged | two battalions": what, and to nobody.
    let isThing = event.verb == verb && event.consumed <= object.noun
    guard !isThing, !kinds.isDisjoint(with: [.party, .person, .office, .force, .someone]) else { return nil }
    let found = mentions.parties(scene.filler(object)).filter { to in !who.contains { $0.text == to.text } }
    return found.isEmpty ? nil : found
  }

  /// "is to protect the villagers", "will not harm foreign troops": those whom it concerns, where they are none of its own.
  func concerned(_ event: Event, _ mentions: Mentions, _ who: [Mention]) -> [Mention]? {
    guard event.verb == event.chunk, !chunks[event.verb].isPassive, let what = event.roles[.what]?.first, what.chunk >= 0,
      !what.kinds.isDisjoint(with: [.party, .person, .force]), what.kinds.isDisjoint(with: [.pronoun, .event, .place]),
      what.kinds.contains(.party) || scene.units[chunks[what.chunk].head].word.isPlural, chunks[what.chunk].owner.isEmpty,
      !Mentions.possessives.contains(scene.form(chunks[what.chunk].first))
    else { return nil }
    let found = mentions.parties(what)
    let isOwn = found.contains { one in who.contains { $0.text == one.text || $0.party != nil && $0.party == one.party } }
    return found.isEmpty || isOwn ? nil : found
  }

  private func isPromised(_ verb: Int) -> Bool {
    chunks[verb].isInfinitive && chunks[verb].governor >= 0 && isPromise(chunks[verb].governor)
  }

  /// "will sign it on Thursday".
  private func isToCome(_ verb: Int) -> Bool {
    chunks[verb].isPlanned && !chunks[verb].isPast
      && (chunks[verb].first..<chunks[verb].end).contains { scene.form($0) == FrameMatcher.will }
  }

  /// "provides for joint patrols, and elections | within two years": the times of the noun itself; nil of what is no such noun.
  func ofProvision(_ event: Event) -> [Int]? {
    guard event.verb >= 0, event.chunk > event.verb, chunks[event.chunk].kind == .noun, scene.isProviding(event.verb) else { return nil }
    var at = event.chunk + 1
    var found: [Int] = []
    while at < chunks.count, [.noun, .preposition, .conjunction, .adverb, .time].contains(chunks[at].kind) {
      if chunks[at].kind == .time { found.append(at) }
      at += 1
    }
    return found
  }

  /// "have been given | another ten days | to gather": the deadline is moved.
  func isMoreTime(_ event: Event) -> Bool {
    guard event.verb >= 0, chunks[event.verb].isInfinitive, chunks[event.verb].governor >= 0,
      scene.cues(chunks[event.verb].governor).contains(.grant)
    else { return false }
    return chunks[chunks[event.verb].governor..<event.verb].contains { chunk in
      chunk.kind == .time
        && (max(0, chunk.first - 1)..<chunk.end).contains { unit in
          (scene.units[unit].first..<scene.units[unit].end).contains { ClaimBuilder.further.contains(scene.tokens[Int($0)].form) }
        }
    }
  }

  private static let further = FormSet(["another", "more", "further", "extra", "additional"])

  /// "pledged on Tuesday to leave on Thursday": the Thursday after the promise, or after the publication.
  func ahead(_ when: When, _ time: Int, _ event: Event) -> When {
    guard event.verb >= 0, time > event.verb, when.grain == .day, isPromised(event.verb) || isToCome(event.verb),
      let words = mention(time)?.tokens, words.count == 1,
      scene.tokens[words.lowerBound].isCapitalised, let day = CivilDate(when.edtf.prefix(10)),
      let base = stated(before: event.verb) ?? published, let from = CivilDate(base.edtf.prefix(10)), day < from
    else { return when }
    return When(day.adding(days: 7), zone: when.zone, rule: when.rule ?? "weekday")
  }

  /// "have two weeks to leave", "gives them 60 days to leave": the day on which the time runs out.
  func term(_ event: Event) -> When? {
    guard event.verb >= 0, chunks[event.verb].isInfinitive, chunks[event.verb].governor >= 0 else { return nil }
    for at in chunks[event.verb].governor + 1..<event.verb where chunks[at].kind == .time {
      // "to end nine days | of shelling and to meet": no term.
      guard chunks[at + 1].form != Clauses.of, let length = mention(at), length.type == .duration,
        let days = ClaimBuilder.days(length.value),
        let day = stated(before: chunks[event.verb].governor) ?? discourse.signed ?? discourse.day ?? published,
        let from = CivilDate(day.edtf.prefix(10))
      else { continue }
      return When(from.adding(days: days), zone: day.zone, rule: "term")
    }
    return nil
  }

  /// The first day that a sentence gives before a chunk.
  func stated(before chunk: Int) -> When? {
    chunks[..<chunk].indices.lazy.compactMap { self.isUsable($0) ? self.mention($0)?.when : nil }.first { $0.grain == .day }
  }
}
