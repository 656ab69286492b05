// What the part-of-speech rules ask about a unit and those beside it.
internal import TruceModel

extension UnitBuilder {
  func opensRange(_ units: [Unit], _ at: Int) -> Bool {
    at + 4 < units.count && units[at + 1].tag == .number && units[at + 2].word.classes.contains(.conjunction)
      && units[at + 3].tag == .number && units[at + 4].tag == .nominal && !units[at + 4].word.classes.contains(.preposition)
  }

  /// "had illicitly crossed", "the rebels stealthily left", "withdrew noiselessly": a word in "-ly" beside its verb, and no "the assembly voted".
  func isManner(_ units: [Unit], _ at: Int) -> Bool {
    let unit = units[at]
    guard !unit.isCapitalised, unit.end - unit.first == 1, unit.word.nounLemma < 0, at > 0 else { return false }
    let previous = units[at - 1].tag
    if [.determiner, .clitic, .number, .preposition].contains(previous) { return false }
    guard at + 1 < units.count else { return previous == .verb }
    let next = units[at + 1]
    return next.word.verb >= 0 && next.meaning < 0 || previous == .verb && !looksNominal(next)
  }

  /// Whether a unit that has no tag yet looks like the start or a part of a noun phrase.
  func looksNominal(_ unit: Unit?) -> Bool {
    guard let unit else { return false }
    if unit.tag == .number { return true }
    guard unit.tag == .nominal else { return false }
    if unit.meaning >= 0 { return true }
    let classes = unit.word.classes
    if classes.contains(.determiner) || classes.contains(.title) { return true }
    if !classes.isEmpty { return false }
    return unit.word.verb < 0 || unit.word.nounLemma >= 0 || unit.word.shape.contains(.alsoNoun)
  }

  /// Whether a participle stands after an auxiliary, adverbs between them or not.
  func follows(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    guard units[at].word.shape.contains(.participle) || units[at].word.shape.contains(.gerund) else { return false }
    var before = at - 1
    while before > 0, units[before].tag == .adverb || units[before].tag == .negation { before -= 1 }
    guard units[before].tag == .verb else { return false }
    return auxiliaries.contains(tokens[Int(units[before].first)].form)
  }

  /// "there has been | fighting".
  func isExistential(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    for unit in units[..<at].reversed() {
      if tokens[Int(unit.first)].form == Chunker.there { return true }
      if unit.tag != .verb { return false }
    }
    return false
  }

  func isAuxiliary(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    let form = tokens[Int(units[at].first)].form
    return auxiliaries.contains(form)
  }

  func isTo(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    let form = tokens[Int(units[at].first)].form
    return form == to
  }

  /// Whether the nominal there opens its clause with no verb before it: a subject.
  func isOnlyNoun(_ units: [Unit], _ at: Int) -> Bool {
    for unit in units[...at].reversed() {
      switch unit.tag {
      case .nominal, .determiner, .number, .clitic: continue
      case .subordinator, .comma, .openQuote, .conjunction, .contrast: return true
      default: return false
      }
    }
    return true
  }

  /// Whether a comma closes what was put in after an agreement: "The accord, signed by both, | provides for".
  func resumes(_ units: [Unit], _ comma: Int) -> Bool {
    guard let open = units[..<comma].lastIndex(where: { $0.tag == .comma }), open > 0, units[open - 1].tag == .nominal else { return false }
    return units[open - 1].word.noun.contains(.agreement) && !units[open - 1].word.isPlural && open + 1 < comma
      && units[open + 1].word.shape.contains(.participle)
  }

  func isThat(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    let form = tokens[Int(units[at].first)].form
    return form == that
  }

  /// Whether a word opens a clause that has a subject of its own.
  func isClauseOpener(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    let form = tokens[Int(units[at].first)].form
    return UnitBuilder.clauseOpeners.contains(form)
  }

  private static let clauseOpeners = FormSet(["where", "when", "while", "because", "although", "though", "if", "unless", "whether"])

  /// A verb that says or senses: "reported", "heard".
  func isTelling(_ unit: Unit) -> Bool {
    unit.word.verb >= 0 && !lexicon.verbs[Int(unit.word.verb)].cues.isDisjoint(with: [.speech, .sense])
  }

  /// "of shelling Orlin": a name, and no word of belonging.
  func isPlainName(_ unit: Unit) -> Bool {
    guard unit.isCapitalised, unit.tag == .nominal || unit.meaning >= 0, !unit.isCompound else { return false }
    return unit.meaning >= 0 ? !unit.word.noun.contains(.demonym) : unit.word.classes.isEmpty && unit.word.nounLemma < 0
  }

  /// "controls | about 40 villages".
  func isCounted(_ units: [Unit], _ at: Int) -> Bool {
    guard at + 1 < units.count, units[at + 1].tag == .number else { return false }
    return units[at].tag == .adverb || units[at].word.classes.contains(.adverb) || units[at].word.classes.contains(.preposition)
  }

  /// "Tarn attacks Commission": a name that goes on with a common word.
  func isNamePart(_ units: [Unit], _ at: Int) -> Bool {
    units[at].meaning < 0 && (units[at].word.nounLemma >= 0 || units[at].word.verb >= 0)
  }

  /// "shall also hand over": a modal or "to" before adverbs.
  func isGoverned(_ units: [Unit], _ last: Int) -> Bool {
    var at = last
    while at > 0, units[at].tag == .adverb || units[at].tag == .negation { at -= 1 }
    return [.infinitive, .planned, .possible].contains(units[at].tag)
  }

  /// Whether a preposition's phrase and then a modal or an auxiliary follow a word, so that it is their subject.
  func precedesFinite(_ units: [Unit], _ at: Int) -> Bool {
    guard at + 1 < units.count, units[at + 1].word.classes.contains(.preposition) else { return false }
    for next in units[(at + 2)...].prefix(8) {
      if [.comma, .semicolon, .terminal, .openQuote].contains(next.tag) { return false }
      if next.word.classes.contains(.planned) || next.word.classes.contains(.possible) { return true }
      if next.word.classes.contains(.subordinator) || next.word.classes.contains(.conjunction) { return false }
    }
    return false
  }

  /// "accused the army | of": whether a preposition brings what a verb of accusation blames somebody for.
  func isAccused(_ units: [Unit], _ preposition: Int, _ tokens: Span<Token>) -> Bool {
    guard preposition > 0, tokens[Int(units[preposition].first)].form == Clauses.of else { return false }
    for unit in units[..<preposition].reversed() {
      if unit.tag == .verb { return unit.word.verb >= 0 && lexicon.verbs[Int(unit.word.verb)].cues.contains(.allegation) }
      if ![.nominal, .determiner, .clitic, .number].contains(unit.tag) { return false }
    }
    return false
  }

  /// "after shelling rebel | positions": a plural that is no event.
  func isPluralThing(_ units: [Unit], _ at: Int) -> Bool {
    at < units.count && units[at].word.isPlural && units[at].word.nounLemma >= 0 && units[at].word.noun.isDisjoint(with: .event)
  }

  /// "at least five people", "\"a large number of civilians\"": what follows is counted or quoted.
  func opensObject(_ units: [Unit], _ at: Int) -> Bool {
    guard at + 1 < units.count else { return false }
    return (units[at].tag == .openQuote || units[at].word.classes.contains(.adverb)) && looksNominal(units[at + 1])
  }

  /// "11 people", "two", and no "10 km".
  func counts(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    guard at < units.count, units[at].tag == .number else { return false }
    guard at + 1 < units.count else { return true }
    let next = tokens[Int(units[at + 1].first)].form
    return !UnitBuilder.lengths.contains(next)
  }
}
