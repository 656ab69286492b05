// When a noun that no verb of happening stands beside tells its event all the same.
internal import TruceModel

extension FrameMatcher {
  private static let standing = FormSet(["under", "after", "following", "since", "despite", "by"])
  private static let war = Form("war")

  /// "to shield them from any attack", "since the Gulf War": what has not happened, or only dates another event.
  func isOnlyNamed(_ at: Int, _ context: (verb: Int?, isSubject: Bool, subject: [Element], isBare: Bool)) -> Bool {
    if scene.form(chunks[at].first) == FrameMatcher.any {
      return !chunks.contains { $0.kind == .verb && ($0.isNegated || scene.reader.cues(verb: $0.verb).contains(.denial)) }
    }
    // "A fire at a hotel killed ten": no gunfire.
    if chunks[at].headForm == FrameMatcher.fire, FrameMatcher.articles.contains(scene.form(chunks[at].first)) { return true }
    // "the war on terror": of words.
    if chunks[at].headForm == FrameMatcher.war, at + 2 < chunks.count, chunks[at + 1].form == FrameMatcher.on, chunks[at + 2].kind == .noun,
      chunks[at + 2].kinds.isDisjoint(with: [.place, .party, .force, .name])
    {
      return true
    }
    guard context.isBare, at > 0, chunks[at - 1].kind == .preposition else { return false }
    if chunks[at - 1].form == Scene.against { return scene.form(chunks[at].first) != Mentions.the }
    // "the Gulf War", "the 1951 Inland Sea war": a war by its name.
    return chunks[at].headForm == FrameMatcher.war
      && (chunks[at].first...chunks[at].head).contains {
        units[$0].isCapitalised
          && (units[$0].meaning < 0 || scene.names.meanings[Int(units[$0].meaning)].party == nil)
      }
  }

  private static let any = Form("any")
  private static let fire = Form("fire")

  /// "a threatened assault": what has not happened.
  func isPending(_ at: Int) -> Bool {
    (chunks[at].first..<chunks[at].head).contains { units[$0].word.classes.contains(.pending) }
  }

  /// "The attacks were condemned": told before, and nothing new with it.
  func isRecalled(_ at: Int, _ frame: Frame, _ roles: Roles, _ own: Arguments, _ isSubject: Bool) -> Bool {
    guard frame.type == .hostilities, !isSubject || isEquated(at), scene.form(chunks[at].first) == Mentions.the, own.times.isEmpty else {
      return false
    }
    return roles[.who] == nil && roles[.whom] == nil && roles[.place] == nil
  }

  /// "The attack was in retaliation for ...": what it was, and not that it took place.
  private func isEquated(_ at: Int) -> Bool {
    let verb = scene.clauses.element(at).end
    guard verb + 1 < chunks.count, chunks[verb].kind == .verb, chunks[verb].verb == lexicon.chunker.auxiliaries.be, !chunks[verb].isPassive
    else { return false }
    return chunks[verb + 1].kind == .preposition
  }

  /// A noun in passing tells an event only where its doer and its place or time stand with it.
  func isTold(_ at: Int, _ frame: Frame, _ roles: Roles, _ own: Arguments) -> Bool {
    // "shelling was heard, but no casualties", "with no injuries".
    if frame.type == .casualties, chunks[at].isNegative, roles[.whom] == nil { return isBareNegative(at) }
    guard frame.flags.contains(.nominal) else { return false }
    // "marked the signing of an accord with the rebels", "since the signing of the truce on 4 May".
    // "under an accord between the army and the rebels".
    if frame.type == .agreementSigned, at > 0, chunks[at - 1].kind == .preposition, FrameMatcher.standing.contains(chunks[at - 1].form),
      let parties = roles[.who], parties.count > 1
    {
      return true
    }
    if frame.type == .agreementSigned { return own.times.contains(where: isDate) || at > 0 && isMarked(at - 1) }
    // "the fall of the town on 4 May", "the capture of the town by rebels".
    if frame.type == .controlChange { return roles[.place] != nil && (roles[.who] != nil || !own.times.isEmpty) }
    // "took hold after eight days of conflict", "ended 17 days of fighting".
    if frame.type == .hostilities, FrameMatcher.length(scene, of: at) != nil { return true }
    // "took the town after two weeks of fighting", "was hit in the battle for the pass", "were killed in a gun battle".
    if frame.type == .hostilities, !ClaimBuilder.wars.contains(chunks[at].headForm), isAmid(at) { return true }
    // "after a war in 1992-93".
    if chunks[at].headForm == FrameMatcher.war, own.times.contains(where: isDate) { return true }
    let isDated = own.times.contains(where: isDate) || isDatedWithin(at)
    if roles[.who] == nil { return (roles[.place] != nil || roles[.whom] != nil) && (isDated || isOfSeveral(at)) }
    // "behind a wave of bombings by militants".
    if isOfSeveral(at), frame.type == .hostilities { return true }
    // "a reference to fighting between the rebels and the army".
    return roles[.place] != nil || roles[.whom] != nil || !own.times.isEmpty
      || frame.type == .hostilities && roles[.who]!.count > 1 && frame.flags.contains(.mutual)
  }

  /// "refugees from the war in Orlin", "in response to the army's attack", "after a raid on Tarn": fighting that is named with its place or
  /// its doer. The toll of a war tells whom it killed, and not the war once more.
  func isGoingOn(_ at: Int, _ frame: Frame, _ roles: Roles) -> Bool {
    guard frame.type == .hostilities else { return false }
    let isPlaced = roles[.place]?.contains(where: isNamed) ?? false
    let isWithin = at > 0 && ClaimBuilder.within.contains(chunks[at - 1].form)
    guard isPlaced || roles[.who] != nil && !frame.flags.contains(.mutual) && !isWithin else { return false }
    guard ClaimBuilder.wars.contains(chunks[at].headForm) else { return true }
    return !chunks.indices.contains { verb in
      guard chunks[verb].kind == .verb, chunks[verb].verb >= 0,
        lexicon.verbs[Int(chunks[verb].verb)].triggers.contains(where: { lexicon.frames[Int($0.frame)].type == .casualties })
      else { return false }
      return isWithin || scene.clauses.subject(of: verb).contains { $0.noun == at }
    }
  }

  /// "..., but no casualties", "with no injuries": said of what the sentence tells, and of no verb's.
  private func isBareNegative(_ at: Int) -> Bool {
    at > 0 && ([.contrast, .comma].contains(chunks[at - 1].kind) || chunks[at - 1].form == Clauses.with)
  }

  /// Whether what a verb marks, hails or follows has taken place.
  private func isMarked(_ verb: Int) -> Bool {
    guard chunks[verb].kind == .verb, !chunks[verb].isNegated, !scene.mood(verb).isPlanned else { return false }
    return FrameMatcher.marking.contains(scene.verb(verb)?.lemma ?? "")
  }

  private static let marking: Set<String> = [
    "mark", "celebrate", "welcome", "hail", "witness", "attend", "follow", "announce", "praise", "confirm", "oversee", "condemn",
    "denounce",
  ]

  /// Whether a noun tells what went on before or during a deed of war, also as "days of fighting".
  private func isAmid(_ at: Int) -> Bool {
    var before = at - 1
    if before > 1, chunks[before].kind == .preposition, chunks[before].form == Clauses.of, chunks[before - 1].kind != .verb { before -= 2 }
    // "died in Monday's attack".
    if before > 0, chunks[before].kind == .time, chunks[before - 1].kind == .preposition { before -= 1 }
    guard before >= 0, chunks[before].kind == .preposition, FrameMatcher.amid.contains(chunks[before].form) else { return false }
    let verb = chunks[..<before].lastIndex { $0.kind == .verb } ?? chunks[at...].firstIndex { $0.kind == .verb }
    guard let verb, chunks[verb].verb >= 0 else { return false }
    // "The truce took effect after a week of fighting."
    if scene.clauses.subject(of: verb).contains(where: { !chunks[$0.noun].kinds.isDisjoint(with: [.ceasefire, .agreement]) }) {
      return false
    }
    return lexicon.verbs[Int(chunks[verb].verb)].triggers.contains {
      [.controlChange, .casualties, .hostilities].contains(lexicon.frames[Int($0.frame)].type)
    }
  }

  /// "after eight days of conflict", "halted 17 days of fighting": the time chunk that says how long it had gone on.
  static func length(_ scene: Scene, of noun: Int) -> Int? {
    guard noun > 2, scene.chunks[noun - 1].kind == .preposition, scene.chunks[noun - 1].form == Clauses.of else { return nil }
    let time = scene.chunks[noun - 2].time
    guard time >= 0, scene.times[Int(time)].type == .duration else { return nil }
    let before = scene.chunks[noun - 3]
    let isAfter = before.kind == .preposition && FrameMatcher.beside.contains(before.form)
    return isAfter || before.kind == .verb && !before.isGerund ? noun - 2 : nil
  }

  private static let beside = FormSet(["after", "following", "despite", "amid", "during"])

  /// "the bloody December 13 raid".
  private func isDatedWithin(_ at: Int) -> Bool {
    (chunks[at].first..<chunks[at].head).contains { isDate(time: units[$0].time) }
  }

  func isDate(_ chunk: Int) -> Bool { isDate(time: chunks[chunk].time) }

  private func isDate(time: Int32) -> Bool {
    time >= 0 && scene.times[Int(time)].type == .date && !scene.times[Int(time)].isVague
  }

  /// "The deaths of 400 people": the number tells.
  func isCounted(_ frame: Frame, _ roles: Roles) -> Bool {
    frame.flags.contains(.counted)
      && ((roles[.whom] ?? []) + (roles[.what] ?? []) + (frame.type == .deployment ? roles[.who] ?? [] : [])).contains {
        // "the death of a soldier": one.
        $0.kinds.contains(.number) || $0.units.contains { units[$0].tag == .number }
          || frame.type == .casualties && $0.chunk >= 0 && FrameMatcher.articles.contains(scene.form(chunks[$0.chunk].first))
      }
  }
}
