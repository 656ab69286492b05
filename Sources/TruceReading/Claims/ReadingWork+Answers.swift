// What one sentence says of the claims before it: a denial, a responsibility claimed.
internal import TruceModel

extension ReadingWork {
  /// "Armenia issued a denial", "the ministry rejected that claim": the claim denied once more, by who denies it.
  mutating func deny(_ scene: Scene, _ speeches: [Speech], from first: Int) {
    // Mostly nothing is denied.
    guard scene.units.contains(where: { isDenial($0.word) || ReadingWork.denials.contains(scene.tokens[Int($0.first)].form) })
    else { return }
    for at in scene.chunks.indices where scene.chunks[at].kind == .verb {
      // "neither confirmed nor denied involvement", "did not deny": no denial.
      if scene.chunks[at].isNegated || scene.chunks[at].isNegative || isNeither(scene, before: at) { continue }
      let object = scene.clauses.arguments(at).object.first
      guard scene.cues(at).contains(.denial) || object.map({ ReadingWork.denials.contains(scene.chunks[$0.noun].headForm) }) ?? false,
        let subject = scene.clauses.subject(of: at).first
      else { continue }
      // "denied it passage": no word of what was told.
      if let object, scene.chunks[object.noun].kinds.contains(.it), object.end < scene.chunks.count, scene.chunks[object.end].kind == .noun
      {
        continue
      }
      let start = scene.span(scene.chunks[at].first..<scene.chunks[at].end).start
      if let object, isAccusation(scene.chunks[object.noun]), opensClause(scene, object.end) {
        denyReports(scene, of: object, from: first, after: at, by: subject)
        return
      }
      // What the sentence told before, else the sentence before it: "The army rejected the accusation and said that ...".
      let own = (first..<claims.count).last {
        (claims[$0].trigger?.start ?? .max) < start && claims[$0].modality != .denied
          && claims[$0].isDeniable(outlet: publication.outlet)
      }
      let isOfBefore = own == nil
      let isOfDeed = isOfInvolvement(scene, after: at)
      guard let denied = own ?? lastDeniable(before: scene.sentence.span) ?? (isOfDeed ? lastTold(before: scene.sentence.span) : nil) else {
        continue
      }
      // "Both countries deny it.", "The army rejected the accusation."
      if isOfBefore, !(object.map { isAccusation(scene.chunks[$0.noun]) } ?? false), !isOfDeed { continue }
      guard let speaker = mentions(scene).speaker(scene.filler(subject)),
        speaker.party == nil || speaker.party != claims[denied].speaker?.party
      else { continue }
      // All that the sentence says on the same word: the shots and whom they hit.
      let trigger = scene.span(scene.chunks[at].first..<scene.chunks[at].end)
      for index in claims.indices.prefix(denied + 1).drop(while: { claims[$0].span != claims[denied].span })
      where claims[index].speakers == claims[denied].speakers
        && (isOfDeed && own == nil ? claims[index].isFighting : claims[index].isDeniable(outlet: publication.outlet))
      {
        var copy = claims[index]
        // "denied responsibility": for its own deed.
        if isOfDeed, copy.who.isEmpty { copy.who = [Mention(speaker.text, span: speaker.span, party: speaker.party)] }
        copy.modality = .denied
        if isOfBefore {
          copy.span = scene.sentence.span
          copy.trigger = trigger
        }
        add(copy, by: speaker, "denial", .init(what: "denied", how: "who denies says so of the claim before", span: trigger))
      }
      return
    }
  }

  /// The last claim that somebody else than the outlet made in the sentence or two before a sentence.
  private func lastDeniable(before sentence: ByteSpan) -> Int? {
    for index in claims.indices.reversed() {
      guard sentence.start - claims[index].span.end < 200 else { return nil }
      if claims[index].span.end <= sentence.start, claims[index].isDeniable(outlet: publication.outlet) { return index }
    }
    return nil
  }

  /// The last fighting told in the sentence or two before a sentence.
  private func lastTold(before sentence: ByteSpan) -> Int? {
    for index in claims.indices.reversed() {
      guard sentence.start - min(claims[index].span.end, sentence.start) < 200 else { return nil }
      if claims[index].span.end <= sentence.start, claims[index].isFighting { return index }
    }
    return nil
  }

  /// "Officials blamed the rebels": they did what was just told, where the text left out who did it.
  mutating func takeBlame(_ scene: Scene, _ mentions: Mentions, from first: Int) {
    for at in scene.chunks.indices where scene.chunks[at].kind == .verb && scene.verb(at)?.lemma == "blame" {
      let arguments = scene.clauses.arguments(at)
      // "an attack blamed on the rebels".
      let on = arguments.after.first { $0.form == FrameMatcher.on }?.elements.first
      guard let object = on ?? (scene.chunks[at].isPassive ? nil : arguments.object.first),
        !scene.clauses.isEachOther(scene.chunks[object.noun]), !scene.kinds(object).isDisjoint(with: [.force, .party])
      else { continue }
      // "for the failure of the talks" is no deed of war.
      if let reason = arguments.after.first(where: { $0.form == UnitBuilder.for })?.elements.first,
        scene.chunks[reason.noun].kinds.isDisjoint(with: [.event, .dead])
      {
        continue
      }
      // "for provoking the clash" is another deed.
      if object.end + 1 < scene.chunks.count, scene.chunks[object.end].form == UnitBuilder.for, scene.chunks[object.end + 1].kind == .verb {
        continue
      }
      let who = mentions.parties(scene.filler(object))
      let trigger = scene.span(scene.chunks[at].first..<scene.chunks[at].end)
      var told: Int?
      for index in claims.indices.reversed() {
        guard scene.sentence.span.start - min(claims[index].span.end, scene.sentence.span.start) < 200 else { break }
        guard claims[index].who.isEmpty, claims[index].isFighting || claims[index].type == .casualties && claims[index].act == "kill",
          claims[index].polarity == .positive
        else { continue }
        if index < first {
          // In a sentence of its own, the word of who blames.
          if told == nil, claims[index].isFighting { told = index }
          continue
        }
        guard claims[index].trigger.map({ $0.start < trigger.start }) ?? false else { continue }
        claims[index].who = who
        if claims[index].isFighting { claims[index].modality = .alleged }
        note(index, .init(what: "who", how: "who is blamed for it", span: scene.sentence.span))
      }
      guard let told, !claims[first...].contains(where: { $0.isFighting }), let subject = scene.clauses.subject(of: at).first,
        let speaker = mentions.speaker(scene.filler(subject))
      else { continue }
      var copy = claims[told]
      copy.who = who
      copy.modality = .alleged
      copy.span = scene.sentence.span
      copy.trigger = trigger
      add(copy, by: speaker, "blame", .init(what: "who", how: "who is blamed for what was told before", span: trigger))
      return
    }
  }

  /// Adds what somebody says of a claim that was told.
  private mutating func add(_ claim: Claim, by speaker: Speaker, _ origin: String, _ step: Derivation.Step) {
    claims.append(claim)
    claims[claims.count - 1].speakers = (publication.outlet.map { [$0] } ?? []) + [speaker]
    if isExplained { derivations.append(Derivation(frame: claim.frame, origin: origin, steps: [step])) }
  }

  private func isNeither(_ scene: Scene, before verb: Int) -> Bool {
    let first = scene.chunks[verb].first
    return first > 0 && ReadingWork.nor.contains(scene.form(first - 1))
  }

  private static let nor = FormSet(["nor", "neither"])

  /// Whether "that" or "of" follows what is denied: "denied reports that ...".
  private func opensClause(_ scene: Scene, _ at: Int) -> Bool {
    at < scene.chunks.count && scene.chunks[at].kind == .subordinator && scene.chunks[at].form == Clauses.that
  }

  /// "The army denied rebel reports that jets had bombed the town": what the reports say, and that it is denied.
  private mutating func denyReports(_ scene: Scene, of reports: Element, from first: Int, after verb: Int, by subject: Element) {
    let mentions = mentions(scene)
    guard let speaker = mentions.speaker(scene.filler(subject)) else { return }
    let author = FrameMatcher(scene).owner(reports.noun).first.flatMap(mentions.speaker)
    let start = scene.span(scene.chunks[verb].first..<scene.chunks[verb].end).end
    let outlet = publication.outlet.map { [$0] } ?? []
    for index in first..<claims.count
    where claims[index].polarity == .positive && (claims[index].trigger?.start ?? 0) > start
      && [.hostilities, .ceasefireViolation, .casualties, .controlChange].contains(claims[index].type)
    {
      // Alleged by whose reports they are, and denied.
      var copy = claims[index]
      claims[index].modality = .alleged
      claims[index].speakers = outlet + (author.map { [$0] } ?? [])
      copy.modality = .denied
      add(copy, by: speaker, "denial", .init(what: "denied", how: "who denies the reports of it", span: copy.trigger))
    }
  }

  private func isAccusation(_ chunk: Chunk) -> Bool { chunk.kinds.contains(.it) || ReadingWork.accusations.contains(chunk.headForm) }

  /// "denied that his men were involved", "denied any responsibility".
  private func isOfInvolvement(_ scene: Scene, after verb: Int) -> Bool {
    scene.units[scene.chunks[verb].end...].indices.contains { ReadingWork.involvement.contains(scene.form($0)) }
  }

  private func isDenial(_ word: Word) -> Bool { core.cues(verb: word.verb).contains(.denial) }

  private static let denials = FormSet(["denial", "denials", "refutation"])
  private static let involvement = FormSet(["involved", "involvement", "responsible", "responsibility", "role", "part", "hand", "blame"])

  private static let accusations = FormSet(
    ["accusation", "accusations", "allegation", "allegations", "charge", "charges", "claim", "claims", "report", "reports"])

  /// "X and Y claimed responsibility": the attacks before it in the paragraph, whose doer the text left out, are theirs.
  mutating func takeResponsibility(_ scene: Scene, _ mentions: Mentions, before end: Int) {
    for at in scene.chunks.indices where scene.chunks[at].kind == .verb && scene.chunks[at].verb >= 0 {
      guard scene.cues(at).contains(.allegation), let object = scene.clauses.arguments(at).object.first,
        scene.chunks[object.noun].headForm == ReadingWork.responsibility
      else { continue }
      let subject = scene.clauses.subject(of: at)
      if subject.isEmpty { continue }
      let who = subject.flatMap { mentions.parties(scene.filler($0)) }
      for index in (0..<end).reversed() {
        guard scene.sentence.span.start - claims[index].span.end < 600 else { return }
        guard claims[index].who.isEmpty, claims[index].type == .hostilities || claims[index].type == .ceasefireViolation else { continue }
        claims[index].who = who
        note(index, .init(what: "who", how: "claimed responsibility afterwards", span: scene.sentence.span))
      }
    }
  }

  private static let responsibility = Form("responsibility")

  func mentions(_ scene: Scene) -> Mentions { Mentions(scene: scene, discourse: discourse) }
}

extension Claim {
  /// Whether it tells of fighting that took place.
  fileprivate var isFighting: Bool {
    (type == .hostilities || type == .ceasefireViolation && act != "observe") && polarity == .positive && modality != .denied
  }

  /// Whether somebody else than the outlet says that it was so.
  @inline(__always) fileprivate func isDeniable(outlet: Speaker?) -> Bool {
    guard polarity == .positive else { return false }
    switch type {
    case .hostilities, .ceasefireViolation, .controlChange, .casualties:
      return modality == .alleged || modality == .happened && speakers.count > (outlet == nil ? 0 : 1)
    default: return false
    }
  }
}
