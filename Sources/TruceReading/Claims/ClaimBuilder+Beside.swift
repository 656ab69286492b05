// Times told by what else the text tells of: the truce beside which it stands, since what began, what hurt whom.
internal import TruceModel

extension ClaimBuilder {
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
        // "a battle with rebels | which erupted".
        at > 0, chunks[max(0, at - 3)..<at].contains(where: { $0.kind == .noun && $0.kinds.contains(.event) })
      else { continue }
      var next = verb + 1
      while next < chunks.count, [.adverb, .preposition, .noun, .time].contains(chunks[next].kind) {
        if isUsable(next), let start = mention(next)?.when, start.end == nil {
          // "a battle that broke out on Thursday": of these days.
          if start.grain == .day, published.earliest.milliseconds - start.earliest.milliseconds < 4 * 86_400_000 { return start }
          return When("\(start.edtf)/\(published.edtf.prefix(10))", zone: start.zone, rule: "conflict")
        }
        next += 1
      }
    }
    return nil
  }

  static let hours = FormSet(["hours", "hour", "minutes", "moments"])

  /// "Tensions rose in May, after a soldier was shot dead": the month or year of the main clause, where the clause after it has no time.
  func ofMainClause(_ event: Event) -> When? {
    var at = max(event.verb, event.chunk)
    while at > 0, ![.subordinator, .semicolon].contains(chunks[at].kind) { at -= 1 }
    guard at > 1, chunks[at].kind == .subordinator, chunks[at].form == ClaimBuilder.after || chunks[at].form == ClaimBuilder.when else {
      return nil
    }
    guard let main = lastTime(before: at), main.end == nil, let grain = main.grain, grain == .month || grain == .year else { return nil }
    return main
  }

  /// Whether the clause counts from something else, and gives no day of its own: "weeks before the raid", "months later".
  func isElsewhen(_ event: Event) -> Bool {
    event.times.contains { at in
      // Minutes and hours stay within the day.
      guard let mention = mention(at), mention.type == .duration, !mention.value.hasPrefix("PT"), !isUsable(at), at + 1 < chunks.count
      else {
        return false
      }
      let next = chunks[at + 1]
      // "A few days later".
      if next.kind == .adverb, ClaimBuilder.later.contains(scene.form(next.first)) { return true }
      return [.preposition, .subordinator].contains(next.kind) && (next.form == ClaimBuilder.after || next.form == ClaimBuilder.before)
    }
  }

  /// "has gone on despite | a ceasefire | last Friday": the truce's own day.
  func isOfDefiedTruce(_ time: Int) -> Bool {
    time > 1 && chunks[time - 1].kind == .noun && chunks[time - 1].kinds.contains(.ceasefire) && chunks[time - 2].kind == .preposition
      && chunks[time - 2].form == ClaimBuilder.despite
  }

  private static let despite = Form("despite")

  /// The finite verb before a gerund behind a comma.
  func mainOfGerund(_ verb: Int) -> Int? {
    guard verb > 1, chunks[verb].isGerund, chunks[verb - 1].kind == .comma else { return nil }
    return chunks[..<verb].lastIndex { $0.kind == .verb && $0.isFinite }
  }

  /// "seized Hale, who comes from Orlin, and six others in Tarn, the capital, | on 27 July": the day at the end is the main verb's.
  func lastDay(of event: Event) -> Int? {
    guard event.verb >= 0, chunks[..<event.verb].allSatisfy({ $0.kind != .verb && $0.kind != .subordinator }),
      let last = chunks.lastIndex(where: { $0.kind != .terminal && $0.kind != .closeQuote }), last > 3, chunks[last].kind == .time,
      chunks[last - 1].kind == .preposition, chunks[last - 2].kind == .comma, isUsable(last),
      chunks.indices.allSatisfy({ $0 == last || chunks[$0].kind != .time })
    else { return nil }
    return last
  }
}
