// What the grammar around a trigger says of its event: planned, possible, tried, refused, denied, conditional.
internal import TruceModel

/// How the words around a verb put its event.
struct Mood: Sendable {
  var isPlanned = false
  /// A prediction, a wish, a call or a purpose: no claim of the event.
  var isUnreal = false
  var isNegative = false
  /// Tried and not done, so far as the words go: "tried to retake the town".
  var isTried = false
  /// Tried and not achieved: "tried and failed to retake the town".
  var isInVain = false
  var isConditional = false
  var isHedged = false
  var isPerfect = false
  var isPast = false
  var isPresent = false
  /// What governs it, for the derivation: "refused or failed", and the chunk whose words say so.
  var notes: [(rule: String, chunk: Int)] = []
}

extension Scene {
  static let from = Form("from")
  private static let `for` = Form("for")
  static let against = Form("against")
  static let until = Form("until")
  private static let onsets = FormSet(["when", "once", "after", "while"])
  private static let goals = FormSet(["toward", "towards"])
  static let threats = FormSet(["if", "unless"])
  static let conditions = FormSet(["if", "unless", "whether", "lest", "provided", "providing", "assuming"])

  /// The mood of the event at a verb chunk, up through the verbs that govern it.
  func mood(_ verb: Int) -> Mood {
    var mood = Mood()
    guard verb >= 0 else { return mood }
    var at = verb
    var depth = 0
    while at >= 0, depth < 8 {
      let chunk = chunks[at]
      if chunk.isPlanned { mood.isPlanned = true }
      // "shots could be heard": they were.
      if chunk.isPossible, !(chunk.isPassive && cues(at).contains(.sense)) { mood.isUnreal = true }
      if chunk.isNegated { mood.isNegative.toggle() }
      // "were to have signed the accord": and did not.
      if chunk.isPerfect, chunk.isPlanned, form(chunk.first) == Scene.were || form(chunk.first) == Scene.was { mood.isNegative.toggle() }
      if chunk.isHedged { mood.isHedged = true }
      if chunk.governor < 0 || chunk.isFinite {
        mood.isPerfect = mood.isPerfect || chunk.isPerfect
        mood.isPast = mood.isPast || chunk.isPast
        mood.isPresent = mood.isPresent || (chunk.isFinite && !chunk.isPast && !chunk.isPerfect)
      }
      if chunk.isGerund, depth == 0, at > 0, chunks[at - 1].form == Chunker.without { mood.isNegative = true }
      // "without either side leaving".
      if chunk.isGerund, depth == 0, chunk.governor < 0, at > 1, chunks[at - 1].kind == .noun, chunks[at - 2].form == Chunker.without {
        mood.isNegative = true
      }
      if chunk.isGerund, depth == 0, chunk.governor < 0, isTopic(at) { mood.isUnreal = true }
      // "agreed to make a zone by pulling back": owed as well.
      if chunk.isGerund, depth == 0, at > 1, chunks[at - 1].form == Clauses.by,
        let before = chunks[..<(at - 1)].lastIndex(where: { $0.kind == .verb }), chunks[before].isInfinitive, self.mood(before).isPlanned
      {
        mood.isPlanned = true
      }
      // "progress towards ending the war".
      if chunk.isGerund, at > 0, Scene.goals.contains(chunks[at - 1].form) { mood.isUnreal = true }
      // "the deadline for leaving the town".
      if chunk.isGerund, at > 1, chunks[at - 1].form == Scene.for, !chunks[at - 2].kinds.isDisjoint(with: [.date, .agreement]) {
        mood.isUnreal = true
      }
      // "with the intention of taking Orlin".
      if chunk.isGerund, at > 1, chunks[at - 1].form == Clauses.of, Scene.purposes.contains(chunks[at - 2].headForm) {
        mood.isUnreal = true
      }
      // "Tarn, accused of sending troops, ...".
      if chunk.isGerund, at > 1, chunks[at - 1].form == Clauses.of, chunks[at - 2].kind == .verb, cues(at - 2).contains(.allegation) {
        mood.isHedged = true
      }
      if chunk.isGerund, at > 0, chunks[at - 1].form == Scene.from || chunks[at - 1].form == Scene.against {
        // "prevent rebels from entering", "warned against sending troops"; "prevented them from entering": they did not.
        if isPrevented(at) { mood.isNegative.toggle() } else { mood.isUnreal = true }
      }
      if chunk.governor >= 0 {
        let cues = chunks[chunk.governor].verb >= 0 ? lexicon.verbs[Int(chunks[chunk.governor].verb)].cues : []
        let isCopula = chunks[chunk.governor].verb == reader.chunker.auxiliaries.be
        if chunk.isInfinitive, Scene.attempts.contains(chunks[at - 1].headForm), chunks[at - 1].kind == .noun {
          // "was an attempt to make them leave".
          mood.isTried = true
        } else if cues.contains(.negative) {
          mood.isNegative.toggle()
          mood.isInVain = isTriedBefore(chunk.governor)
          mood.notes.append(("refused or failed", chunk.governor))
        } else if cues.contains(.planned) || isCopula && chunk.isInfinitive && !isLast(at)
          || chunk.isInfinitive && isBound(chunk.governor, at)
        {
          mood.isPlanned = true
          mood.notes.append(("owed or planned", chunk.governor))
        } else if chunk.isPerfect, chunk.isInfinitive, !cues.isDisjoint(with: [.speech, .allegation]) {
          // "claimed to have destroyed five tanks".
          mood.isHedged = true
        } else if cues.contains(.speech), chunks[chunk.governor].isPassive, !cues.contains(.attempt) {
          // "were reported to have come under attack".
          mood.isHedged = true
        } else if cues.contains(.seeming) {
          mood.isHedged = true
        } else if cues.contains(.tried),
          chunks[chunk.governor].isPast || chunks[chunk.governor].isPerfect || chunks[chunk.governor].isGerund
        {
          mood.isTried = true
        } else if cues.contains(.attempt) || cues.contains(.calls) {
          // "The deal calls on both sides to withdraw": laid down, and no wish.
          // "were to be permitted to go": owed to them.
          let isGranted = chunks[chunk.governor].isPassive && cues.contains(.grant) && isBinding(chunk.governor)
          if isLaw(chunk.governor) || isGranted { mood.isPlanned = true } else { mood.isUnreal = true }
        } else if isCopula, chunk.isInfinitive, isLast(at) {
          // "is the fifth town to fall": it fell.
        } else if chunk.isInfinitive, chunks[chunk.governor].isProgressive, self.verb(chunk.governor)?.lemma == "go" {
          // "are going to leave".
          mood.isPlanned = true
          mood.notes.append(("to come", chunk.governor))
        } else if cues.contains(.aspect) {
          if cues.contains(.ended), !chunks[chunk.governor].isNegated { mood.isNegative = true }
        } else if chunk.isInfinitive, chunks[chunk.governor].verb == reader.chunker.auxiliaries.have, isYet(chunk.governor, at) {
          // "have yet to leave".
          mood.isNegative.toggle()
          mood.isPerfect = true
          mood.notes.append(("not yet", chunk.governor))
        } else if chunk.isInfinitive, chunks[chunk.governor].verb == reader.chunker.auxiliaries.have, chunks[chunk.governor].isFinite,
          !chunks[chunk.governor].isPast || isLaidDown(at)
        {
          mood.isPlanned = true
          mood.notes.append(("owed", chunk.governor))
        } else if chunk.isInfinitive || chunk.isGerund, isProviding(chunk.governor) {
          // "provides for 1,000 prisoners | to be freed".
          mood.isPlanned = true
          mood.notes.append(("laid down", chunk.governor))
        } else if chunk.isInfinitive, cues.contains(.grant), hasTerm(chunk.governor..<at) {
          // "gave them two days to leave".
          mood.isPlanned = true
          mood.notes.append(("owed", chunk.governor))
        } else if chunk.isInfinitive, isCeremony(at, chunk.governor) {
          // "are to meet in May to sign the accord", "met in May to sign it": as the meeting is.
          mood.isPlanned = mood.isPlanned || chunks[chunk.governor].isPlanned || self.mood(chunk.governor).isPlanned
        } else if chunk.isInfinitive, chunks[chunk.governor].verb != reader.chunker.auxiliaries.have {
          // A purpose: "to prevent militants from firing".
          mood.isUnreal = true
        }
      } else if chunk.isInfinitive, isAttendant(at) || bond(at) != nil {
        mood.isPlanned = true
      } else if chunk.isInfinitive, isAttempt(at) {
        mood.isTried = true
      } else if chunk.isInfinitive, !isLast(at) {
        mood.isUnreal = true
      }
      at = chunk.governor
      depth += 1
    }
    // "observers saw the columns leave": what is seen has happened.
    if isSeen(verb) {
      mood.isPresent = false
      mood.isPast = true
    }
    // "an accord to let | peacekeepers | patrol the zone": as what lets them.
    if let letting = letting(verb) { return self.mood(letting) }
    // "The deal will see | 900 prisoners | freed": as it will see it.
    if let seeing = seeing(verb) { mood.isPlanned = mood.isPlanned || chunks[seeing].isPlanned || self.mood(seeing).isPlanned }
    // "ensure that they respect the truce": a clause under a verb that is itself unreal.
    if let outer = clauseVerb(verb) {
      let cues = chunks[outer].verb >= 0 ? lexicon.verbs[Int(chunks[outer].verb)].cues : []
      if cues.isDisjoint(with: [.speech, .denial]) {
        let above = self.mood(outer)
        if !cues.isDisjoint(with: [.attempt, .calls]), isLaw(outer) {
          mood.isPlanned = true
        } else if cues.contains(.planned), isBareBe(verb) {
          // "requires that all hostages be freed".
          mood.isPlanned = true
        } else if above.isUnreal || !cues.isDisjoint(with: [.attempt, .calls]) {
          mood.isUnreal = true
        }
      }
    }
    if isInverted(verb) { mood.isNegative.toggle() }
    // "had destroyed two tanks and | shot down a helicopter".
    if !mood.isPerfect, let first = sharedAuxiliary(verb) {
      mood.isPerfect = true
      mood.isPast = chunks[first].isPast
      mood.isPresent = false
    }
    // "if", "unless" before the clause.
    var head = verb
    while chunks[head].governor >= 0 { head = chunks[head].governor }
    var before = head - 1
    while before >= 0, chunks[before].kind != .comma, chunks[before].kind != .verb, chunks[before].kind != .semicolon {
      if chunks[before].kind == .subordinator {
        if Scene.conditions.contains(chunks[before].form) { mood.isConditional = true }
        // "is to be taken when the rebels begin to leave": still to come.
        if Scene.onsets.contains(chunks[before].form), mood.isPresent || mood.isPerfect && !mood.isPast, isPlanned(before: before) {
          mood.isPlanned = true
        }
        // "until the last soldier has left": still to come.
        if chunks[before].form == Scene.until, mood.isPresent || mood.isPerfect && !mood.isPast || isPlanned(before: before) {
          mood.isConditional = true
        }
      }
      before -= 1
    }
    return mood
  }

  /// Whether somebody meets or travels in order to sign.
  private func isCeremony(_ signing: Int, _ verb: Int) -> Bool {
    Scene.meeting.contains(self.verb(verb)?.lemma ?? "")
      && self.verb(signing)?.triggers.contains { lexicon.frames[Int($0.frame)].type == .agreementSigned && $0.words.isEmpty } ?? false
  }

  private static let meeting: Set<String> = ["meet", "gather", "travel", "fly", "return", "convene", "go", "arrive", "come", "assemble"]

  /// The perfect verb before "and" whose auxiliary a participle after it shares.
  private func sharedAuxiliary(_ verb: Int) -> Int? {
    guard chunks[verb].isBare, verb > 1, [.conjunction, .contrast].contains(chunks[verb - 1].kind),
      units[chunks[verb].main].word.shape.contains(.participle)
    else { return nil }
    var at = verb - 2
    // "has taken Orlin, the centre of the mines, | but lost Tarn".
    let isBut = chunks[verb - 1].kind == .contrast
    while at > 0, [.noun, .preposition, .adverb].contains(chunks[at].kind) || isBut && chunks[at].kind == .comma { at -= 1 }
    guard chunks[at].kind == .verb, chunks[at].isPerfect, chunks[at].isFinite else { return nil }
    // "have been found or freed", and not "have been attacked and | lost men".
    if chunks[at].isPassive, verb + 1 < chunks.count, chunks[verb + 1].kind == .noun { return nil }
    return at
  }

  /// "tried and | failed".
  private func isTriedBefore(_ verb: Int) -> Bool {
    verb > 1 && chunks[verb - 1].kind == .conjunction && chunks[verb - 2].kind == .verb && cues(verb - 2).contains(.tried)
  }

  private static let purposes = FormSet(["intention", "aim", "goal", "purpose", "objective", "hope", "hopes", "view"])

  /// "are | to be allowed", "agreed | to be allowed", "will be allowed".
  private func isBinding(_ verb: Int) -> Bool {
    chunks[verb].isPlanned || chunks[verb].isInfinitive && chunks[verb].governor >= 0 && mood(verb).isPlanned
  }

  /// "provides | for | lifting the siege".
  func isProvided(_ gerund: Int) -> Bool {
    chunks[gerund].isGerund && chunks[gerund].governor >= 0 && isProviding(chunks[gerund].governor)
  }

  /// An agreement's word for what it lays down.
  func isProviding(_ verb: Int) -> Bool {
    chunks[verb].isFinite && !chunks[verb].isPassive && cues(verb).contains(.provision) && isLaw(verb)
  }

  /// Whether a time is that at which something begins: "from midnight", "as of Friday", "effective Sunday".
  func isOnset(_ time: Int) -> Bool {
    guard time > 0, chunks[time].time >= 0 else { return false }
    return times[Int(chunks[time].time)].word == .from || chunks[time - 1].kind == .preposition && chunks[time - 1].form == Scene.as
      || chunks[time - 1].kind == .adverb && form(chunks[time - 1].end - 1) == Scene.effective
  }

  private static let `as` = Form("as")

  private static let effective = Form("effective")

  /// "(that) the hostages | be freed".
  private func isBareBe(_ verb: Int) -> Bool { form(chunks[verb].first) == Scene.be && chunks[verb].isPassive }

  private static let be = Form("be")
  private static let was = Form("was")
  private static let were = Form("were")

  /// Whether a length of time stands in a range.
  func hasTerm(_ range: Range<Int>) -> Bool {
    // "gave them until noon to leave".
    range.contains {
      // "gave them a three-week deadline to leave".
      chunks[$0].kind == .time && (times[Int(chunks[$0].time)].type == .duration || times[Int(chunks[$0].time)].limit == .until)
        || Scene.deadlines.contains(chunks[$0].headForm)
    }
  }

  private static let deadlines = FormSet(["deadline", "ultimatum"])

  /// "Establishing checkpoints is not part of the deal": spoken of, and not told.
  private func isTopic(_ gerund: Int) -> Bool {
    guard gerund == 0 || [.openQuote, .subordinator, .conjunction].contains(chunks[gerund - 1].kind) else { return false }
    var at = gerund + 1
    while at < chunks.count,
      [.noun, .preposition, .adverb, .conjunction, .time].contains(chunks[at].kind)
        || chunks[at].kind == .comma && chunks[at - 1].kind == .noun && at + 1 < chunks.count && chunks[at + 1].kind == .noun
    { at += 1 }
    return at > gerund + 1 && at < chunks.count && chunks[at].kind == .verb && chunks[at].isFinite
      && chunks[at].verb == reader.chunker.auxiliaries.be && !chunks[gerund..<at].contains { $0.kind == .comma && $0.first == 0 }
  }

  /// "prevented the rebels | from | entering".
  private func isPrevented(_ gerund: Int) -> Bool {
    var at = gerund - 2
    guard chunks[gerund - 1].form == Scene.from else { return false }
    while at > 0, [.noun, .preposition, .adverb].contains(chunks[at].kind) { at -= 1 }
    return at >= 0 && chunks[at].kind == .verb && chunks[at].isPast && chunks[at].isFinite && !chunks[at].isNegated
      && cues(at).contains(.hinder)
  }

  /// "nor has the air force struck": a negation before the auxiliary.
  private func isInverted(_ verb: Int) -> Bool {
    var at = verb - 1
    while at > 0, [.noun, .preposition, .adverb].contains(chunks[at].kind) { at -= 1 }
    guard at > 0, chunks[at].kind == .verb, chunks[at].end - chunks[at].first == 1, UnitBuilder.auxiliaries.contains(form(chunks[at].first))
    else { return false }
    return Scene.nor.contains(form(chunks[at].first - 1))
  }

  private static let nor = FormSet(["nor", "neither", "never"])

  /// Whether a bare form stands behind a verb of seeing and its object.
  private func isSeen(_ verb: Int) -> Bool {
    let chunk = chunks[verb]
    guard chunk.end - chunk.first == 1, units[chunk.main].word.shape.contains(.base), verb > 1, chunks[verb - 1].kind == .noun else {
      return false
    }
    var at = verb - 1
    while at > 0, [.noun, .preposition, .adverb, .conjunction].contains(chunks[at].kind) { at -= 1 }
    return chunks[at].kind == .verb && chunks[at].isPast && cues(at).contains(.sense)
  }

  /// The verb of letting before the noun before a bare form.
  private func letting(_ verb: Int) -> Int? {
    guard verb > 1, chunks[verb].end - chunks[verb].first == 1, units[chunks[verb].main].word.shape.contains(.base),
      chunks[verb - 1].kind == .noun, chunks[verb - 2].kind == .verb, self.verb(verb - 2)?.lemma == "let"
    else { return nil }
    return verb - 2
  }

  /// The verb of seeing before the noun before a bare participle.
  private func seeing(_ verb: Int) -> Int? {
    guard verb > 1, chunks[verb].isBare, chunks[verb - 1].kind == .noun, units[chunks[verb].main].word.shape.contains(.participle) else {
      return nil
    }
    var at = verb - 1
    while at > 0, [.noun, .preposition, .adverb, .conjunction].contains(chunks[at].kind) { at -= 1 }
    return chunks[at].kind == .verb && self.verb(at)?.lemma == "see" && !chunks[at].isPast ? at : nil
  }

  /// "An agreement was reached to withdraw", "had an obligation to leave": what a noun of binding says is owed.
  private func isBound(_ governor: Int, _ infinitive: Int) -> Bool {
    func binds(_ at: Int) -> Bool {
      chunks[at].kind == .noun && (chunks[at].kinds.contains(.agreement) || Scene.bonds.contains(chunks[at].headForm))
    }
    if chunks[governor].isPassive { return clauses.subject(of: governor).contains { binds($0.noun) } }
    return binds(infinitive - 1) || bond(infinitive) != nil
  }

  /// The noun of binding before an infinitive that says what is owed: "his promise | to leave", "a pledge | by the army | to leave".
  func bond(_ infinitive: Int) -> Int? {
    guard infinitive > 0, chunks[infinitive].isInfinitive, chunks[infinitive - 1].kind == .noun else { return nil }
    var at = infinitive - 1
    if at > 1, chunks[at - 1].kind == .preposition, chunks[at - 1].form == Clauses.by || chunks[at - 1].form == Scene.from { at -= 2 }
    return chunks[at].kind == .noun && Scene.vows.contains(chunks[at].headForm) ? at : nil
  }

  /// What one accepts, and what it asks: "accepted an appeal to leave".
  static let appeals = FormSet(["appeal", "offer", "proposal", "request", "demand", "call", "invitation", "ultimatum", "deadline"])
  static let bonds = FormSet(["obligation", "commitment", "duty", "pledge", "promise", "undertaking", "order", "orders", "assurances"])
  private static let vows = FormSet([
    "obligation", "commitment", "duty", "pledge", "promise", "undertaking", "assurance", "assurances", "promises", "vow", "pledges",
    "commitments",
  ])

  private func isYet(_ governor: Int, _ verb: Int) -> Bool {
    (chunks[governor].first..<max(chunks[verb].first, chunks[verb].main)).contains { form($0) == UnitBuilder.yet }
  }

  /// "would go on until they were freed".
  private func isPlanned(before subordinator: Int) -> Bool {
    guard let verb = chunks[..<subordinator].lastIndex(where: { $0.kind == .verb }) else { return false }
    // "have two days to complete it once the troops have left".
    return chunks[verb].isPlanned || chunks[verb].isInfinitive && mood(verb).isPlanned
  }

  /// "the last soldiers to leave": they left.
  private func isLast(_ verb: Int) -> Bool {
    verb > 0 && chunks[verb - 1].kind == .noun
      && (chunks[verb - 1].first..<chunks[verb - 1].end).contains {
        Scene.lasts.contains(form($0)) || reader.builder.lexicon.times.ordinal(form($0)) != nil
      }
  }

  /// "Under the accord both sides had to leave by March 7": owed, and not done.
  private func isLaidDown(_ verb: Int) -> Bool {
    followsAgreement && hasDeadline(clauses.arguments(verb)) || isUnderAgreement(verb)
  }

  /// "Under the accord, signed in May, the rebels had to ...".
  private func isUnderAgreement(_ verb: Int) -> Bool {
    chunks[..<verb].indices.dropLast().contains {
      chunks[$0].kind == .preposition && chunks[$0].form == Scene.under && chunks[$0 + 1].kind == .noun
        && !chunks[$0 + 1].kinds.isDisjoint(with: [.agreement, .ceasefire])
    }
  }

  private static let under = Form("under")

  /// "... by 22 December", with the verb or with what governs it.
  func hasDeadline(_ arguments: Arguments) -> Bool {
    arguments.times.contains { at in
      let time = chunks[at].time
      return time >= 0 && times[Int(time)].limit != nil
    }
  }

  /// "..., with heavy weapons to be withdrawn", "with all troops to leave by May": laid down beside the clause.
  func isAttendant(_ verb: Int) -> Bool {
    guard chunks[verb].isPassive || hasDeadline(clauses.arguments(verb)), let noun = clauses.subject(of: verb).first?.noun else {
      return false
    }
    return noun > 0 && chunks[noun - 1].kind == .preposition && chunks[noun - 1].form == Clauses.with
  }

  /// "An attempt to seize the town failed": tried, where no preposition puts it beside something else.
  func isAttempt(_ verb: Int) -> Bool {
    verb > 0 && chunks[verb - 1].kind == .noun && Scene.attempts.contains(chunks[verb - 1].headForm)
      && (verb == 1 || ![.preposition, .verb].contains(chunks[verb - 2].kind))
  }

  static let attempts = FormSet(["attempt", "attempts", "bid", "effort", "efforts"])

  private static let lasts = FormSet(["last", "latest", "only"])

  /// Whether an agreement or a resolution is the subject of a verb.
  func isLaw(_ verb: Int) -> Bool {
    clauses.subject(of: verb).first.map {
      !chunks[$0.noun].kinds.isDisjoint(with: [.agreement, .ceasefire])
        || chunks[$0.noun].kinds.contains(.it) && followsAgreement && chunks[verb].verb != reader.chunker.auxiliaries.be
          && !isOfSpeaker($0.noun)
    } ?? false
  }

  /// "The army said it ...": who says so, and no agreement.
  private func isOfSpeaker(_ pronoun: Int) -> Bool {
    var before = pronoun - 1
    if before > 0, chunks[before].kind == .subordinator, chunks[before].form == Clauses.that { before -= 1 }
    return before > 0 && chunks[before].kind == .verb && cues(before).contains(.speech)
      && clauses.subject(of: before).first.map { chunks[$0.noun].kinds.isDisjoint(with: [.agreement, .ceasefire]) } ?? false
  }

  /// The verb that a "that" clause completes.
  private func clauseVerb(_ verb: Int) -> Int? {
    var at = verb - 1
    // "demanded that the rebels be disarmed and | leave the city".
    if at > 0, chunks[at].kind == .conjunction, !chunks[verb].isPast, !chunks[verb].isPerfect, chunks[verb].governor < 0,
      let first = chunks[..<at].lastIndex(where: { $0.kind == .verb }), isBareBe(first)
    {
      at = first - 1
    }
    while at > 0 {
      switch chunks[at].kind {
      case .subordinator: return chunks[at].form == Clauses.that && chunks[at - 1].kind == .verb ? at - 1 : nil
      case .verb, .semicolon, .comma: return nil
      default: at -= 1
      }
    }
    return nil
  }

  func text(_ chunk: Int) -> String { text(span(chunks[chunk].first..<chunks[chunk].end)) }
}
