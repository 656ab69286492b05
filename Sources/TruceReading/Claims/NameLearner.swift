// What a text itself tells of names that no layer knows: "in Orlin", "the Tarn district", "Mr Hale".
internal import TruceModel

/// Learns from the words beside a name whether it is a place or a person.
///
/// One pass over a document's tokens; linear, and bounded by `most` names.
struct NameLearner {
  /// How often a name stood as a place, and how often as a person.
  private struct Votes: Sendable {
    var place: Int32 = 0
    var person: Int32 = 0
  }

  /// How many names of one document it keeps apart.
  static let most = 4096

  /// Holds the lexicon and the names, which are too large to be copied for each document.
  private let builder: UnitBuilder
  private var votes = FormTable<Votes>()

  init(_ builder: UnitBuilder) { self.builder = builder }

  private var lexicon: Lexicon { _read { yield builder.lexicon } }

  /// Whether the text uses a name, by its last word, as a place and never as a person.
  func isPlace(_ form: Form) -> Bool {
    guard form != .none, let found = votes[form] else { return false }
    return found.place > found.person * 2
  }

  /// Whether the text uses a name, by its last word, as a person's.
  func isPerson(_ form: Form) -> Bool {
    guard form != .none, let found = votes[form] else { return false }
    return found.person > 0 && found.person >= found.place
  }

  // MARK: learning

  /// Reads the names of a document.
  mutating func learn(_ document: Document) {
    let tokens = document.tokens.span
    for dateline in document.datelines {
      // "GOMA, November 20 (Reuters)".
      if let first = dateline.head.first, isUnknown(tokens[first]) {
        vote(run(tokens, first, dateline.head.upperBound), tokens) { $0.place += 1 }
      }
    }
    for sentence in document.sentences where sentence.kind != .boilerplate { learn(tokens, sentence.bodyTokens) }
  }

  private mutating func learn(_ tokens: Span<Token>, _ range: Range<Int>) {
    var at = range.lowerBound
    while at < range.upperBound {
      // Most words are told by a look: small, and no part of a name with hyphens.
      let isCapitalised = tokens[at].isCapitalised
      let isJoined = at + 1 < range.upperBound ? tokens[at + 1].kind == .hyphen : false
      guard isCapitalised || isJoined, startsName(tokens, at, range.upperBound) else {
        at += 1
        continue
      }
      let run = run(tokens, at, range.upperBound)
      if isPlace(tokens, run, range) {
        vote(run, tokens) { $0.place += 1 }
        at = list(tokens, run.upperBound, range, isOfAreas: isOfAreas(tokens, run.lowerBound, range))
      } else {
        if isPerson(tokens, run, range) { vote(run, tokens) { $0.person += 1 } }
        at = run.upperBound
      }
    }
  }

  /// Whether a name that the lexicon does not know starts at a token: "Orlin", "al-Orlin".
  private func startsName(_ tokens: Span<Token>, _ at: Int, _ end: Int) -> Bool {
    if isUnknown(tokens[at]) { return true }
    guard at + 2 < end, tokens[at + 1].kind == .hyphen, tokens[at + 2].isCapitalised, tokens[at + 2].isGlued,
      let word = lexicon.words[tokens[at].form]
    else { return false }
    return word.classes.contains(.particle)
  }

  /// A capitalised word that the lexicon does not know.
  private func isUnknown(_ token: Token) -> Bool {
    token.isCapitalised && token.kind == .word && lexicon.words.index(of: token.form) < 0
  }

  /// The tokens of the name that starts at one: unknown words, also joined by hyphens ("Tarn-Orlin").
  private func run(_ tokens: Span<Token>, _ start: Int, _ end: Int) -> Range<Int> {
    var at = start + 1
    while at < end {
      let token = tokens[at]
      if isUnknown(token) {
        at += 1
      } else if token.kind == .hyphen, token.isGlued, at + 1 < end, tokens[at + 1].isGlued, tokens[at + 1].kind == .word {
        at += 2
      } else {
        break
      }
    }
    return start..<at
  }

  private mutating func vote(_ run: Range<Int>, _ tokens: Span<Token>, _ change: (inout Votes) -> Void) {
    guard run.count <= 5, builder.names.table.match(tokens, from: run.lowerBound, to: run.upperBound)?.end != run.upperBound else { return }
    let form = tokens[run.upperBound - 1].form
    guard form != .none, votes.count < NameLearner.most || votes[form] != nil else { return }
    votes.update(form, default: Votes(), change)
  }

  // MARK: signs

  private func word(_ tokens: Span<Token>, _ at: Int, _ range: Range<Int>) -> Word? {
    guard range.contains(at), tokens[at].form != .none else { return nil }
    return lexicon.words[tokens[at].form]
  }

  /// "in Orlin", "the town of Orlin", "Orlin district".
  private func isPlace(_ tokens: Span<Token>, _ run: Range<Int>, _ range: Range<Int>) -> Bool {
    if isWho(tokens, run.upperBound, range) { return false }
    // "OLF barracks" are whose they are.
    let name = tokens[run.lowerBound]
    let isLetters = run.count == 1 && name.isAllCaps && name.end - name.start > 2
    // "a Tarn village" is one of the Tarn.
    let opening = max(run.lowerBound - 1, range.lowerBound)
    let article = tokens[opening].form
    let isOne = FrameMatcher.articles.contains(article)
    if !isLetters, !isOne, let after = word(tokens, run.upperBound, range), isArea(after), !tokens[run.upperBound].isAllCaps { return true }
    if sharesArea(tokens, run.upperBound, range) || isMeasured(tokens, run.upperBound, range) { return true }
    var before = beforeCompound(tokens, run.lowerBound - 1, range)
    // "in El Orlin".
    if let article = word(tokens, before, range), article.classes.contains(.particle), tokens[before].isCapitalised,
      !article.classes.contains(.locative) || before > range.lowerBound
    {
      before -= 1
    }
    guard let last = word(tokens, before, range) else { return false }
    if last.classes.contains(.locative) {
      // "in Olmert's office" says nothing of a place.
      guard range.contains(run.upperBound) else { return true }
      return tokens[run.upperBound].kind != .clitic
    }
    if isArea(last), run.count == 1 { return true }
    let isPossessor = range.contains(run.upperBound) ? tokens[run.upperBound].kind == .clitic : false
    if last.verb >= 0, !isPossessor, takesPlaces(last.verb) || run.count == 1 && captures(last.verb) { return true }
    if !isPossessor, NameLearner.goals.contains(tokens[before].form) { return true }
    // "withdrew from Orlin", "pulled out of Orlin".
    if !isPossessor, isLeft(tokens, before, range) { return true }
    // "Orlin fell on Friday".
    if let after = word(tokens, run.upperBound, range), after.verb >= 0, run.count == 1, after.shape.contains(.past), falls(after.verb) {
      return true
    }
    // "a raid on Orlin".
    if tokens[before].form == FrameMatcher.on, !isPossessor, let event = word(tokens, before - 1, range), isAttack(event) { return true }
    if tokens[before].form == Clauses.of, let area = word(tokens, before - 1, range) {
      // "20 km north of Orlin".
      if UnitBuilder.bearings.contains(tokens[before - 1].form) { return true }
      // "fought for control of Orlin".
      if tokens[before - 1].form == Mentions.control, !isPossessor { return true }
      return isArea(area) || !isPossessor && isTaking(area)
    }
    return false
  }

  /// "Orlin (57km north-east of Tarn)", and no age.
  private func isMeasured(_ tokens: Span<Token>, _ at: Int, _ range: Range<Int>) -> Bool {
    guard at + 2 < range.upperBound else { return false }
    let opening = tokens[at].kind
    let number = tokens[at + 1].kind
    let next = tokens[at + 2].kind
    return opening == .openBracket && (number == .number || number == .mixed) && next != .closeBracket
  }

  /// "in | government-controlled Orlin", "in | \"X\"-held Orlin": the token before a compound word that ends at one.
  private func beforeCompound(_ tokens: Span<Token>, _ last: Int, _ range: Range<Int>) -> Int {
    var at = last
    while at - 2 >= range.lowerBound {
      let part = tokens[at]
      let mark = tokens[at - 1].kind
      guard part.isGlued, mark == .hyphen else { break }
      at -= 2
      var kind = tokens[at].kind
      guard kind == .closeQuote else { continue }
      while at > range.lowerBound, kind != .openQuote, last - at < 8 {
        at -= 1
        kind = tokens[at].kind
      }
    }
    return at == last ? last : at - 1
  }

  /// "the Sorin and Belt districts": a plural after the last name of a list counts for all.
  private func sharesArea(_ tokens: Span<Token>, _ end: Int, _ range: Range<Int>) -> Bool {
    var at = end
    var names = 0
    while names < 8, at + 1 < range.upperBound, joins(tokens, at, range), startsName(tokens, at + 1, range.upperBound) {
      at = run(tokens, at + 1, range.upperBound).upperBound
      names += 1
    }
    guard names > 0, let last = word(tokens, at, range) else { return false }
    return isArea(last) && last.isPlural
  }

  private func joins(_ tokens: Span<Token>, _ at: Int, _ range: Range<Int>) -> Bool {
    if tokens[at].kind == .comma { return true }
    return word(tokens, at, range)?.classes.contains(.conjunction) ?? false
  }

  private func isArea(_ word: Word) -> Bool { word.noun.contains(.area) }

  /// "entered Orlin", "overran Orlin": a verb that is done to places, and not to people.
  private func takesPlaces(_ verb: Int32) -> Bool {
    var isOfPlaces = false
    for trigger in lexicon.verbs[Int(verb)].triggers where trigger.words.isEmpty {
      for role in lexicon.frames[Int(trigger.frame)].roles {
        for option in role.options where option.source == .object {
          if role.slot == .place, option.kinds == .name { isOfPlaces = true }
          if role.slot != .place, let kinds = option.kinds, !kinds.isDisjoint(with: [.person, .someone]) { return false }
        }
      }
    }
    return isOfPlaces
  }

  private static let goals = FormSet(["towards", "toward", "into"])

  /// "captured Orlin": done to people too, and to places more often.
  private func captures(_ verb: Int32) -> Bool {
    lexicon.verbs[Int(verb)].triggers.contains { trigger in
      let frame = lexicon.frames[Int(trigger.frame)]
      return trigger.words.isEmpty && frame.type == .controlChange && frame.act == "captured"
        && frame.roles.contains { $0.slot == .place && $0.options.contains { $0.source == .object && $0.kinds == .name } }
    }
  }

  /// "fell": what a place does.
  private func falls(_ verb: Int32) -> Bool {
    lexicon.verbs[Int(verb)].triggers.contains { trigger in
      let frame = lexicon.frames[Int(trigger.frame)]
      return trigger.words.isEmpty && frame.type == .controlChange
        && frame.roles.contains { $0.slot == .place && $0.options.contains { $0.source == .subject && $0.kinds == .name } }
    }
  }

  /// Whether a verb before a preposition tells that somebody leaves what follows.
  private func isLeft(_ tokens: Span<Token>, _ preposition: Int, _ range: Range<Int>) -> Bool {
    let form = tokens[preposition].form
    guard form == Scene.from || form == Clauses.of, let verb = word(tokens, preposition - 1, range) else { return false }
    // "out of".
    if form == Clauses.of { return tokens[preposition - 1].form == Chunker.out && word(tokens, preposition - 2, range)?.verb ?? -1 >= 0 }
    return verb.verb >= 0
      && lexicon.verbs[Int(verb.verb)].triggers.contains { trigger in
        let frame = lexicon.frames[Int(trigger.frame)]
        return trigger.words.isEmpty && frame.type == .controlChange && frame.act == "withdrew"
      }
  }

  /// "the siege of Orlin", "the fall of Orlin", "control of Orlin".
  private func isTaking(_ word: Word) -> Bool {
    word.nounLemma >= 0
      && lexicon.nouns[Int(word.nounLemma)].triggers.contains {
        let frame = lexicon.frames[Int($0.frame)]
        return [.hostilities, .controlChange].contains(frame.type)
          && frame.roles.contains { $0.slot == .place && $0.options.contains { $0.source == .after(Clauses.of) && $0.kinds == .name } }
      }
  }

  private func isAttack(_ word: Word) -> Bool {
    // "dropped bombs on Orlin".
    word.noun.contains(.weapon) && word.isPlural
      || word.nounLemma >= 0 && lexicon.nouns[Int(word.nounLemma)].triggers.contains { lexicon.frames[Int($0.frame)].type == .hostilities }
  }

  /// "Hale, who comes from Orlin, ...", "Hale, 43, ...": somebody.
  private func isWho(_ tokens: Span<Token>, _ end: Int, _ range: Range<Int>) -> Bool {
    guard end + 2 < range.upperBound, tokens[end].kind == .comma else { return false }
    let next = tokens[end + 1]
    let after = tokens[end + 2].kind
    return NameLearner.whom.contains(next.form) || next.kind == .number && next.end - next.start == 2 && after == .comma
  }

  private static let whom = FormSet(["who", "whom", "whose"])

  /// "Mr Hale", "Col. Hale".
  private func isPerson(_ tokens: Span<Token>, _ run: Range<Int>, _ range: Range<Int>) -> Bool {
    if isWho(tokens, run.upperBound, range) { return true }
    var before = run.lowerBound - 1
    if range.contains(before), tokens[before].flags.contains(.abbreviates) { before -= 1 }
    guard let last = word(tokens, before, range) else { return false }
    return last.classes.contains(.title)
  }

  /// What follows a place in a list is a place too: "in Orlin, Tarn and Vale".
  ///
  /// - Returns: the token after the list.
  private mutating func list(_ tokens: Span<Token>, _ start: Int, _ range: Range<Int>, isOfAreas: Bool) -> Int {
    var at = start
    while at + 1 < range.upperBound {
      let isComma = tokens[at].kind == .comma
      let isAnd = word(tokens, at, range)?.classes.contains(.conjunction) ?? false
      guard isComma || isAnd, startsName(tokens, at + 1, range.upperBound) else { break }
      let next = run(tokens, at + 1, range.upperBound)
      // One word, and a list that goes on or ends there: no subject of a clause of its own.
      let isOneWord = next.count == 1 ? true : tokens[next.lowerBound + 1].kind == .hyphen
      guard isOneWord || isOfAreas && next.count <= 3, endsListed(tokens, next.upperBound, range, isLast: isAnd) else { break }
      vote(next, tokens) { $0.place += 1 }
      at = next.upperBound
    }
    return at
  }

  /// "the settlements of Orlin, ...": each name of the list is a place, whatever its length.
  private func isOfAreas(_ tokens: Span<Token>, _ name: Int, _ range: Range<Int>) -> Bool {
    guard name - 2 >= range.lowerBound, tokens[name - 1].form == Clauses.of, let area = word(tokens, name - 2, range) else { return false }
    return isArea(area) && area.isPlural
  }

  private func endsListed(_ tokens: Span<Token>, _ at: Int, _ range: Range<Int>, isLast: Bool) -> Bool {
    guard at < range.upperBound else { return true }
    switch tokens[at].kind {
    case .comma, .period, .semicolon, .terminal, .closeBracket, .closeQuote: return true
    default:
      guard let next = word(tokens, at, range) else { return false }
      if next.classes.contains(.conjunction) { return !isLast }
      return isLast && (next.classes.contains(.preposition) || isArea(next))
    }
  }
}
