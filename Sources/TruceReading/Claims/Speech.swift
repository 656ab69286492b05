// Who says what in a sentence: verbs of speech, "according to", and how far their words reach.
internal import TruceModel

/// A stretch of a sentence that somebody says.
struct Speech: Sendable {
  /// Chunks, half-open.
  var scope: Range<Int>
  var speaker: Speaker
  /// The verb's chunk; -1 for "according to".
  var verb: Int
  var cues: Verb.Cues
  /// True where the speaker is a document ("the agreement says").
  var isDocument = false
}

extension Scene {

  /// The speeches of the sentence, outer ones first.
  func speeches(_ discourse: Discourse, _ local: [(unit: Int, referent: Referent)]) -> [Speech] {
    var mentions = Mentions(scene: self, discourse: discourse, local: local)
    var found: [Speech] = []
    for at in chunks.indices {
      if chunks[at].kind == .preposition, chunks[at].form == Clauses.according, at + 1 < chunks.count, chunks[at + 1].kind == .noun {
        let paper = clauses.element(at + 1)
        let element = author(of: paper, before: chunks.count) ?? paper
        guard let speaker = mentions.speaker(filler(element)) else { continue }
        var bounds = clause(around: at)
        // At the end it is true of the whole sentence: "..., while no shelling was recorded there, according to him."
        if !chunks[at...].contains(where: { $0.kind == .verb }), at > 0, chunks[at - 1].kind == .comma {
          bounds = (chunks[..<at].lastIndex { $0.kind == .semicolon } ?? 0)..<bounds.upperBound
        }
        found.append(
          Speech(scope: bounds, speaker: speaker, verb: -1, cues: .speech, isDocument: kinds(element).contains(.agreement)))
        continue
      }
      guard !cues(at).isDisjoint(with: [.speech, .denial, .allegation, .calls]), let verb = verb(at) else { continue }
      guard !chunks[at].isInfinitive, let filler = speaker(at, verb) else { continue }
      // "Officials said ..., and they added": they.
      mentions.speeches = filler.chunk >= 0 && form(chunks[filler.chunk].head) == Mentions.theyForm ? found : []
      guard let speaker = mentions.speaker(filler) else { continue }
      guard let scope = scope(at, filler) else { continue }
      found.append(Speech(scope: scope, speaker: speaker, verb: at, cues: verb.cues, isDocument: filler.kinds.contains(.agreement)))
    }
    return found.count < 2 ? found : found.sorted { ($0.scope.count, $1.scope.lowerBound) > ($1.scope.count, $0.scope.lowerBound) }
  }

  /// "a statement by the army": the army; nil where no paper stands before the end, or nobody wrote it.
  private func author(of paper: Element, before end: Int) -> Element? {
    let by = paper.end
    guard by + 1 < end, chunks[by].form == Clauses.by || chunks[by].form == Scene.from,
      Scene.papers.contains(chunks[paper.noun].headForm), chunks[by + 1].kind == .noun
    else { return nil }
    return clauses.element(by + 1)
  }

  /// The subject of a verb of speech where it can speak.
  private func speaker(_ at: Int, _ verb: Verb) -> Filler? {
    var elements = clauses.subject(of: at)
    // ", said the spokesman": after the verb and before the end.
    if elements.isEmpty || at > 0 && [.comma, .closeQuote].contains(chunks[at - 1].kind), at + 1 < chunks.count,
      chunks[at + 1].kind == .noun,
      // "The war, which began in May, claimed 300 lives."
      !FrameMatcher.lives.contains(chunks[at + 1].headForm),
      !chunks[at].isPassive, verb.cues.contains(.speech), elements.isEmpty || !Scene.hearers.contains(verb.lemma),
      !chunks[at + 1].kinds.contains(.pronoun) || Scene.speakers.contains(chunks[at + 1].headForm),
      elements.isEmpty || at > 0 && chunks[at - 1].kind == .closeQuote || hasQuoteBefore(at) || isPostposed(at)
    {
      elements = [clauses.element(at + 1)]
    }
    if chunks[at].isPassive || clauses.isReduced(at) {
      elements = clauses.arguments(at).after.first { $0.form == Clauses.by }?.elements ?? []
    }
    // "Gunmen believed to be members of the group": who believes it nobody says.
    if chunks[at].isBare, at > 0, chunks[at - 1].kind == .noun, at + 1 < chunks.count, chunks[at + 1].kind == .verb,
      chunks[at + 1].isInfinitive, chunks[at + 1].governor == at, !verb.cues.contains(.calls),
      verb.cues.isDisjoint(with: [.allegation, .denial])
    {
      return nil
    }
    guard let first = elements.first else { return nil }
    var filler = self.filler(first)
    if elements.count == 1, let author = author(of: first, before: at) { filler = self.filler(author) }
    if elements.count > 1 { filler.units = range(first).lowerBound..<range(elements.last!).upperBound }
    let speaking: NounKinds = [.office, .party, .someone, .person, .force, .name, .pronoun, .agreement]
    guard !filler.kinds.isDisjoint(with: speaking), filler.kinds.isDisjoint(with: [.event, .weapon]) else { return nil }
    return filler
  }

  /// "..., said Mary Hale, a spokeswoman": a comma before the verb, and nothing said after the noun.
  private func isPostposed(_ at: Int) -> Bool {
    guard at > 0, chunks[at - 1].kind == .comma, !chunks[at + 1].kinds.isDisjoint(with: [.someone, .office, .person, .name]) else {
      return false
    }
    let end = clauses.element(at + 1).end
    return end >= chunks.count || [.comma, .terminal].contains(chunks[end].kind)
  }

  /// Verbs of speech whose object is who hears it.
  static let hearers: Set<String> = ["tell", "inform", "assure", "notify", "ask", "warn", "remind"]
  static let papers = FormSet(["statement", "statements", "report", "reports", "communique", "bulletin", "letter", "count", "tally"])
  static let speakers = FormSet(["he", "she", "it", "they"])

  private func hasQuoteBefore(_ at: Int) -> Bool { chunks[..<at].contains { $0.kind == .closeQuote || $0.kind == .openQuote } }

  /// What a verb of speech reaches: to the end of its words, or, after a comma at the end of a sentence, what stands before.
  private func scope(_ at: Int, _ filler: Filler) -> Range<Int>? {
    let bounds = clause(around: at)
    let subjectStart = filler.chunk >= 0 ? min(filler.chunk, at) : at
    var next = at + 1
    while next < bounds.upperBound,
      chunks[next].kind == .adverb || chunks[next].kind == .time
        || (chunks[next].kind == .preposition && next + 1 < bounds.upperBound && chunks[next + 1].kind == .time)
    { next += 1 }
    // Something to say after the verb: a clause, a quotation, an object.
    let hasContent =
      chunks[min(next, chunks.count)..<bounds.upperBound].contains { $0.kind == .verb }
      || chunks[min(next, chunks.count)..<bounds.upperBound].contains { $0.kind == .openQuote }
    let isTrailing =
      subjectStart > bounds.lowerBound
      && [.comma, .closeQuote].contains(chunks[max(0, subjectStart - 1)].kind)
      && chunks[bounds.lowerBound..<subjectStart].contains { $0.kind == .verb }
    if isTrailing, !hasContent || chunks[max(0, subjectStart - 1)].kind == .closeQuote || !opensContent(next, bounds) {
      return bounds.lowerBound..<max(bounds.lowerBound + 1, subjectStart)
    }
    return next..<max(next, mainVerb(after: at) ?? afterCharge(at, bounds.upperBound) ?? afterObject(next, bounds.upperBound))
  }

  /// "accused the rebels of theft | and launched an attack": where who accuses goes on to do something.
  private func afterCharge(_ verb: Int, _ end: Int) -> Int? {
    guard cues(verb).contains(.allegation), !cues(verb).contains(.speech) else { return nil }
    for at in verb + 1..<max(verb + 1, end - 1) where chunks[at].kind == .conjunction || chunks[at].kind == .contrast {
      let next = chunks[at + 1].kind == .adverb && at + 2 < end ? at + 2 : at + 1
      if chunks[next].kind == .verb, chunks[next].isFinite { return at }
    }
    return nil
  }

  /// "Both sides reported breaches, | and a woman was killed": where a clause of its own follows what a verb of speech has for its object.
  private func afterObject(_ noun: Int, _ end: Int) -> Int {
    guard noun < end, chunks[noun].kind == .noun else { return end }
    var at = clauses.element(noun).end
    while at + 1 < end,
      chunks[at].kind == .preposition && chunks[at + 1].kind == .noun || chunks[at].kind == .time || chunks[at].kind == .adverb
    {
      at = chunks[at].kind == .preposition ? clauses.element(at + 1).end : at + 1
    }
    guard at + 2 < end, chunks[at].kind == .comma, chunks[at + 1].kind == .conjunction, chunks[at + 2].kind == .noun,
      clauses.isSubjectOfNext(clauses.element(at + 2).end)
    else { return end }
    return at + 1
  }

  /// "Dissidents who rejected the accord | killed three soldiers", "the group, which the state wants to disarm, | attacked": where the clause
  /// goes on that a relative one stands in.
  private func mainVerb(after verb: Int) -> Int? {
    let opening = verb > 1 && chunks[verb - 1].kind == .noun ? verb - 2 : verb - 1
    guard opening > 0, chunks[opening].kind == .subordinator, Clauses.relatives.contains(chunks[opening].form),
      chunks[opening - 1].kind != .verb
    else { return nil }
    for at in verb + 1..<chunks.count {
      if chunks[at].kind == .subordinator { return nil }
      guard chunks[at].kind == .verb, chunks[at].isFinite, chunks[at].governor < 0, let subject = clauses.subject(of: at).first else {
        continue
      }
      return subject.noun < opening ? at : nil
    }
    return nil
  }

  private func opensContent(_ at: Int, _ bounds: Range<Int>) -> Bool {
    guard at < bounds.upperBound else { return false }
    switch chunks[at].kind {
    case .subordinator, .noun, .openQuote, .colon: return true
    default: return false
    }
  }

  /// The part of a sentence that a speaker's words can fill: up to a semicolon, "while" or "but" that opens another speaker's.
  private func clause(around at: Int) -> Range<Int> {
    var start = 0
    var end = chunks.count
    var index = at - 1
    while index > 0 {
      if isBreak(index) {
        start = index + 1
        break
      }
      index -= 1
    }
    index = at + 1
    while index < chunks.count {
      if isBreak(index) {
        end = index
        break
      }
      index += 1
    }
    return start..<end
  }

  static let breaking = FormSet(["while", "whereas", "whilst"])

  /// Whether another clause with a speaker of its own begins after a chunk.
  private func isBreak(_ at: Int) -> Bool {
    switch chunks[at].kind {
    case .semicolon: return true
    case .subordinator where Scene.breaking.contains(chunks[at].form), .contrast, .conjunction:
      if chunks[at].kind == .conjunction, at == 0 || chunks[at - 1].kind != .comma { return false }
      // A verb of speech must be the first finite verb after it.
      var next = at + 1
      while next < chunks.count {
        if chunks[next].kind == .preposition, chunks[next].form == Clauses.according { return true }
        if chunks[next].kind == .verb {
          guard chunks[next].isFinite, let verb = verb(next) else { return false }
          // Its subject opens the clause: "..., and one to Orlin by March, Mr Hale said" is no clause of his.
          guard let subject = clauses.subject(of: next).first, subject.noun <= at + 3 else { return false }
          return !verb.cues.isDisjoint(with: [.speech, .denial])
        }
        if chunks[next].kind == .subordinator { return false }
        next += 1
      }
      return false
    default: return false
    }
  }
}
