// Times told by how long fighting went on, and by the truce beside which it stands.
internal import TruceModel

extension ClaimBuilder {
  /// The rule of a time that only tells how long fighting had gone on: no truce of the text is broken by it.
  static let stretchRule = "stretch"

  /// "took hold after eight days of conflict", "halted 34 days of fighting": the time chunk that says how long; nil where none does.
  func lengthOfFighting(_ event: Event) -> Int? {
    guard chunks[event.chunk].kind == .noun else { return nil }
    return FrameMatcher.length(scene, of: event.chunk)
  }

  /// So long to the day of what ended it; nil where the sentence gives no such day.
  func stretch(_ length: Int) -> When? {
    guard let last = endOfStretch(length), var day = CivilDate(last.edtf.prefix(10)), chunks[length].time >= 0 else { return nil }
    let value = scene.times[Int(chunks[length].time)].value
    guard value.hasPrefix("P"), let unit = value.last, let count = Int(value.dropFirst().dropLast()), count > 0, count < 400 else {
      return nil
    }
    let start: String
    // Of days, the first and the last are among them; none is the day on which a truce took hold "after eight days".
    let isEnded = length > 0 && chunks[length - 1].kind == .verb
    let isBeforeTruce = !isEnded && mainVerb(around: length).map(isOfTruce) ?? false
    if unit == "D", isBeforeTruce { day = day.adding(days: -1) }
    switch unit {
    case "D": start = day.adding(days: isEnded || isBeforeTruce || count == 1 ? 1 - count : -count).description
    case "W": start = day.adding(days: -7 * count).description
    case "M":
      let months = day.year * 12 + day.month - 1 - count
      start = "\(months / 12)-\(months % 12 < 9 ? "0" : "")\(months % 12 + 1)"
    case "Y": start = String(day.year - count)
    default: return nil
    }
    let whole = start == day.description ? start : "\(start)/\(day)"
    return When(whole, zone: last.zone, rule: ClaimBuilder.stretchRule)
  }

  private func endOfStretch(_ length: Int) -> When? {
    func day(_ at: Int) -> When? {
      guard at != length, chunks[at].time >= 0 else { return nil }
      let mention = scene.times[Int(chunks[at].time)]
      guard !mention.isVague, !mention.isDateline, mention.type != .duration, let when = mention.when, when.end == nil,
        when.grain == .day || when.grain == .time
      else { return nil }
      return when
    }
    if length > 0, chunks[length - 1].kind == .verb {
      // "a truce that ended on 3 May 17 days of fighting".
      let verb = length - 1
      if let own = scene.clauses.arguments(verb).times.lazy.compactMap(day).first { return own }
      var at = verb - 1
      while at >= 0, chunks[at].kind != .verb {
        if let own = day(at) { return own }
        at -= 1
      }
      return discourse.truce
    }
    // "After two weeks of fighting, they took the town on Friday."
    guard let verb = mainVerb(around: length) else { return nil }
    if let own = scene.clauses.arguments(verb).times.lazy.compactMap(day).first { return own }
    if let own = chunks[..<length].indices.lazy.reversed().compactMap(day).first { return own }
    if let narrated = discourse.narrated, narrated.paragraph == scene.sentence.paragraph {
      return When(narrated.day, zone: narrated.zone, rule: "paragraph-day")
    }
    return isOfTruce(verb) ? discourse.truce : nil
  }

  private func mainVerb(around at: Int) -> Int? {
    chunks[..<at].lastIndex { $0.kind == .verb && $0.isFinite } ?? chunks[at...].firstIndex { $0.kind == .verb && $0.isFinite }
  }

  private func isOfTruce(_ verb: Int) -> Bool {
    scene.clauses.subject(of: verb).contains { chunks[$0.noun].kinds.contains(.ceasefire) }
  }

  /// "ended eight days of fighting in which 20 died": the length of the fighting that a relative tells more of.
  func lengthBefore(_ event: Event) -> Int? {
    guard event.verb >= 0 else { return nil }
    var at = event.verb
    while at > 0, [.noun, .adverb, .conjunction, .verb].contains(chunks[at].kind) { at -= 1 }
    guard at > 1, chunks[at].kind == .subordinator, Clauses.relatives.contains(chunks[at].form) else { return nil }
    if chunks[at - 1].kind == .preposition { at -= 1 }
    return FrameMatcher.length(scene, of: at - 1)
  }

  /// "began the offensive on 14 November with an air strike that killed ten": the last time before a relative of what hurt them.
  func ofHarm(_ event: Event) -> Int? {
    guard event.verb > 2, chunks[event.verb - 1].kind == .subordinator, Clauses.relatives.contains(chunks[event.verb - 1].form),
      chunks[event.verb - 2].kind == .noun, !chunks[event.verb - 2].kinds.isDisjoint(with: [.event, .weapon])
    else { return nil }
    return chunks[..<event.verb].lastIndex { $0.kind == .time }
  }

  /// "Hours before the truce, a bomb went off", "before the truce they traded fire daily": by the day of the text's truce.
  func besideTruce(_ event: Event) -> When? {
    guard let truce = discourse.truce, truce.edtf.utf8.count >= 10, let day = CivilDate(truce.edtf.prefix(10)) else { return nil }
    for at in chunks.indices.dropLast()
    where (chunks[at].kind == .preposition || chunks[at].kind == .subordinator) && chunks[at + 1].kind == .noun
      && chunks[at + 1].kinds.contains(.ceasefire)
    {
      let isBefore = chunks[at].form == ClaimBuilder.before
      guard isBefore || chunks[at].form == ClaimBuilder.after else { continue }
      if at > 0, chunks[at - 1].kind == .time || chunks[at - 1].kind == .noun {
        // "Hours before", "minutes after": on its day.
        guard ClaimBuilder.hours.contains(scene.form(chunks[at - 1].end - 1)) else { continue }
        return When(day, zone: truce.zone, rule: isBefore ? ClaimBuilder.stretchRule : "beside-truce")
      }
      // "Before the truce": up to it.
      if isBefore, at == 0 { return When("../\(day.adding(days: -1))", zone: truce.zone, rule: ClaimBuilder.stretchRule) }
    }
    return nil
  }

  /// "have been killed since the war began in 1983": from then to the publication.
  func sinceClause(_ event: Event) -> (since: Int, when: When)? {
    guard let published, published.grain == .day || published.grain == .time else { return nil }
    var at = max(event.verb, event.chunk) + 1
    while at < chunks.count, chunks[at].form != UnitBuilder.since || chunks[at].kind != .subordinator {
      if chunks[at].kind == .semicolon || chunks[at].kind == .verb && !chunks[at].isBare { return nil }
      at += 1
    }
    let since = at
    if since < chunks.count, isFirst(before: since) { return nil }
    while at < chunks.count, chunks[at].kind != .semicolon {
      if isUsable(at), let start = mention(at)?.when, start.end == nil {
        return When("\(start.edtf)/\(published.edtf.prefix(10))", zone: start.zone, rule: "since-clause").map { (since, $0) }
      }
      at += 1
    }
    return nil
  }

  /// "died in the fighting, which broke out in 2014": from then to the publication.
  func conflict() -> When? {
    guard let published, published.grain == .day || published.grain == .time else { return nil }
    for at in chunks.indices where chunks[at].kind == .subordinator && Clauses.relatives.contains(chunks[at].form) {
      let verb = at + 1
      guard verb < chunks.count, chunks[verb].kind == .verb, chunks[verb].verb >= 0,
        scene.lexicon.happenings[Int(chunks[verb].verb)].contains(where: { $0.kind == .starts }),
        at > 0, chunks[..<at].last(where: { $0.kind == .noun })?.kinds.contains(.event) ?? false
      else { continue }
      var next = verb + 1
      while next < chunks.count, [.adverb, .preposition, .noun, .time].contains(chunks[next].kind) {
        if isUsable(next), let start = mention(next)?.when, start.end == nil {
          return When("\(start.edtf)/\(published.edtf.prefix(10))", zone: start.zone, rule: "conflict")
        }
        next += 1
      }
    }
    return nil
  }

  private static let hours = FormSet(["hours", "hour", "minutes", "moments"])
}
