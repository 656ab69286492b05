// The toll of a whole war: nobody's deed, and of all the days since it began.
internal import TruceModel

extension ClaimBuilder {
  /// "The 12-year war has killed thousands", "have died in the conflict": the noun of the war that killed those of whom a verb tells.
  func war(_ event: Event) -> Int? {
    guard event.verb >= 0, scene.lexicon.frames[event.frame].type == .casualties || event.verb == event.chunk else { return nil }
    if let noun = warAsSubject(event.verb) { return noun }
    let within = scene.clauses.arguments(event.verb).after.first { ClaimBuilder.within.contains($0.form) }
    if let noun = within?.elements.first?.noun, ClaimBuilder.wars.contains(chunks[noun].headForm) { return noun }
    // "died in its nine-year-old fight for self-rule".
    for at in event.verb + 1..<min(event.verb + 6, chunks.count) {
      if [.comma, .subordinator, .verb].contains(chunks[at].kind) { break }
      if lengthOfStruggle(at) != nil { return at }
    }
    // "the 30-month war | in | which | whole villages | were burnt".
    var at = event.verb - 1
    while at > 0, [.noun, .preposition].contains(chunks[at].kind) { at -= 1 }
    guard at > 2, chunks[at].kind == .subordinator, chunks[at].form == Clauses.which, chunks[at - 1].form == Clauses.in else { return nil }
    let noun = chunks[at - 2].kind == .time ? at - 3 : at - 2
    return lengthOfStruggle(noun) == nil ? nil : noun
  }

  /// "the nine-year-old fight for self-rule": how long a struggle has lasted, as its own words say.
  func lengthOfStruggle(_ noun: Int) -> TimeMention? {
    guard chunks[noun].kind == .noun, ClaimBuilder.struggles.contains(chunks[noun].headForm) else { return nil }
    if noun > 0, chunks[noun - 1].kind == .time, let before = mention(noun - 1), before.type == .duration { return before }
    return (chunks[noun].first..<chunks[noun].head).lazy.map { self.scene.units[$0].time }.filter { $0 >= 0 }
      .map { self.scene.times[Int($0)] }.first { $0.type == .duration }
  }

  /// "The war | has killed thousands": the noun of the war that is the subject of a verb.
  func warAsSubject(_ verb: Int) -> Int? {
    scene.clauses.subject(of: verb).first.flatMap { ClaimBuilder.wars.contains(chunks[$0.noun].headForm) ? $0.noun : nil }
  }

  /// Since when a war has killed, to the publication; nil where the text does not say.
  func since(war noun: Int) -> When? {
    guard let published, published.grain == .day || published.grain == .time, let day = CivilDate(published.edtf.prefix(10)) else {
      return nil
    }
    // "the 12-year war".
    if let length = lengthOfStruggle(noun), let text = to(day, length.value, withLast: true) {
      return When(text, zone: published.zone, rule: "length-to")
    }
    guard let start = scene.beginning(of: noun).flatMap({ mention($0)?.when }) ?? discourse.warBegan, start.end == nil else { return nil }
    return When("\(start.edtf)/\(day)", zone: start.zone, rule: "conflict")
  }

  static let within = FormSet(["in", "during"])
}

extension Scene {
  /// "since the conflict erupted in June", "the war, begun in early 2003, ...", "launched their rebellion in 1998": the chunk of the time at
  /// which a war began; nil where the words around its noun tell none.
  func beginning(of noun: Int) -> Int? {
    var verb = clauses.element(noun).end
    if verb < chunks.count, chunks[verb].kind == .comma { verb += 1 }
    while verb < chunks.count, [.adverb, .preposition].contains(chunks[verb].kind) { verb += 1 }
    var before = noun - 1
    if before > 0, chunks[before].kind == .adverb { before -= 1 }
    if verb >= chunks.count || !begins(verb) {
      guard before > 0, begins(before) || chunks[noun].headForm == Scene.arms && chunks[before].kind == .verb else { return nil }
      verb = before
    }
    return clauses.arguments(verb).times.first { at in
      let mention = times[Int(chunks[at].time)]
      return mention.type == .date && !mention.isVague && mention.when != nil
    }
  }

  private func begins(_ verb: Int) -> Bool {
    guard chunks[verb].kind == .verb, let lemma = self.verb(verb)?.lemma else { return false }
    return Scene.beginnings.contains(lemma)
  }

  /// Whether a noun is one whose beginning dates a war: "took up arms", too.
  func tellsOfWar(_ noun: Int) -> Bool {
    chunks[noun].kind == .noun && (ClaimBuilder.wars.contains(chunks[noun].headForm) || chunks[noun].headForm == Scene.arms)
  }

  private static let arms = Form("arms")
  private static let beginnings: Set<String> = ["begin", "erupt", "start", "break", "launch", "flare", "rekindle"]
}

extension ReadingWork {
  /// When the war began of which the text tells.
  func noteWar(_ scene: Scene) {
    for noun in scene.chunks.indices where scene.tellsOfWar(noun) {
      guard let at = scene.beginning(of: noun), let when = times.mentions[Int(scene.chunks[at].time)].when, when.end == nil, let published,
        published.earliest.milliseconds - when.latest.milliseconds > 30 * 86_400_000
      else { continue }
      discourse.warBegan = discourse.warBegan ?? when
      return
    }
  }
}
