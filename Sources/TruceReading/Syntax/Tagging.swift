// Part-of-speech rules: what a unit is, by its own forms and its neighbours.
internal import TruceModel

extension UnitBuilder {
  static let that = Form("that")
  static let yet = Form("yet")
  private static let mainly = FormSet(["mainly", "mostly", "largely", "predominantly", "overwhelmingly", "heavily", "strategically"])
  static let who = Form("who")
  static let no = Form("no")
  private static let nearby = Form("nearby")
  private static let naming = FormSet(["known", "identified", "described", "designated", "regarded", "branded", "labelled", "labeled"])
  static let floating = FormSet(["each", "both", "all"])
  /// Before a number these say "about".
  static let about = FormSet(["about", "around", "over", "under", "near"])
  static let auxiliaries = FormSet(
    ["is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "'ve", "'re", "'s", "'m"])
  static let since = Form("since")
  private static let having = FormSet(["has", "have", "had", "'ve"])

  private static func isHaving(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    let form = tokens[Int(units[at].first)].form
    return having.contains(form)
  }

  /// Sets the tags of the words; one pass, looking one unit to each side.
  func tag(_ units: inout [Unit], _ tokens: Span<Token>) {
    for at in units.indices where units[at].tag == .nominal {
      let tag = tag(units, at, tokens)
      if tag != .nominal { units[at].tag = tag }
    }
  }

  private func tag(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Unit.Tag {
    let unit = units[at]
    if unit.meaning >= 0 || unit.isCompound { return .nominal }
    let word = unit.word
    let form = tokens[Int(unit.first)].form
    // Most words are of no class and no verb: nouns and names.
    if word.classes.isEmpty, word.verb < 0, form != to, form != first {
      return tokens[Int(unit.first)].flags.contains(.inLy) && isManner(units, at) ? .adverb : .nominal
    }
    let previous = at > 0 ? units[at - 1] : nil
    let next = at + 1 < units.count ? units[at + 1] : nil
    let isSingle = unit.end - unit.first == 1
    if isSingle, form == to {
      let opens = previous.map { [.verb, .nominal, .time, .pronoun, .negation, .adverb].contains($0.tag) } ?? true
      if let next, next.word.verb >= 0, next.word.shape.contains(.base), next.meaning < 0,
        !next.word.shape.contains(.alsoNoun) || opens || at + 2 < units.count && units[at + 2].word.classes.contains(.determiner),
        !next.isCapitalised
      {
        return .infinitive
      }
      return .preposition
    }
    let classes = word.classes
    if unit.isCapitalised, at > 0, isSingle, previous?.tag != .openQuote, classes.isDisjoint(with: [.title]),
      word.verb >= 0 || !classes.isEmpty,
      word.noun.isEmpty, form != that, previous?.isCapitalised == true
    {
      return .nominal
    }
    // "They'd captured the town": had.
    if form == UnitBuilder.d, next?.word.shape.contains(.participle) ?? false { return .verb }
    if classes.contains(.planned) { return isSingle && unit.isCapitalised && at > 0 ? .nominal : .planned }
    if classes.contains(.possible) { return .possible }
    if classes.contains(.pronoun) {
      if form == UnitBuilder.who { return .subordinator }
      return .pronoun
    }
    if classes.contains(.conjunction) { return .conjunction }
    if classes.contains(.contrast) {
      // "clashes yet again continued": inside a clause it is an adverb.
      return previous == nil || [.comma, .semicolon, .openQuote].contains(previous!.tag) || form != UnitBuilder.yet ? .contrast : .adverb
    }
    if classes.contains(.negation), form != UnitBuilder.no { return .negation }
    // "a militia known as the Tigers".
    if form == self.as, at > 0 {
      let before = tokens[Int(units[at - 1].first)].form
      if UnitBuilder.naming.contains(before) { return .preposition }
    }
    if classes.contains(.subordinator) {
      // "that day", "this": a determiner before a noun without a verb between.
      return .subordinator
    }
    if classes.contains(.determiner) {
      // "The two armies each withdrew."
      if UnitBuilder.floating.contains(form), previous?.tag == .nominal, let next, next.word.verb >= 0,
        !next.word.shape.contains(.alsoNoun),
        next.word.nounLemma < 0
      {
        return .adverb
      }
      return .determiner
    }
    if classes.contains(.preposition) {
      // "has since taken the town".
      if form == since, previous?.tag == .verb, next?.word.shape.contains(.participle) ?? false,
        UnitBuilder.isHaving(units, at - 1, tokens)
      {
        return .adverb
      }
      // "up to 2,000 verifiers".
      if form == up, unit.end - unit.first == 2, next?.tag == .number { return .adverb }
      // "between 30 and 40 rebels".
      if form == Clauses.between, opensRange(units, at) { return .adverb }
      // "about 30"; "of about a quarter".
      guard about.contains(form), let next else { return .preposition }
      let isFraction = next.word.classes.contains(.determiner) && at + 2 < units.count && isFraction(units[at + 2], tokens)
      return next.tag == .number || isFraction || previous?.tag == .preposition && next.word.classes.contains(.determiner)
        ? .adverb : .preposition
    }
    // "pulled back", "set up": a particle after its verb.
    if classes.contains(.adverb), previous?.tag == .verb { return .adverb }
    // "pulled its forces back from the city".
    if classes.contains(.adverb), word.verb >= 0, previous?.tag == .nominal,
      next.map({ $0.word.classes.contains(.preposition) || [.number, .time, .comma, .terminal].contains($0.tag) }) ?? true
    {
      return .adverb
    }
    // "the surrounding villages", "to neighbouring towns".
    if word.verb >= 0, isAdjectival(units, at, tokens) { return .nominal }
    if word.verb >= 0 { return verb(units, at, previous, next, tokens) }
    // "in nearby Orlin".
    if form == UnitBuilder.nearby, next?.isCapitalised ?? false { return .nominal }
    // "most of | mainly Muslim Orlin".
    if classes.contains(.adverb), previous?.tag == .preposition, UnitBuilder.mainly.contains(form), looksNominal(next) { return .nominal }
    // "by Home Minister X".
    if classes.contains(.adverb), unit.isCapitalised, at > 0, next?.word.classes.contains(.title) ?? false { return .nominal }
    if classes.contains(.adverb) { return .adverb }
    // "breaking the truce first".
    if form == first, isSingle, previous?.tag == .nominal, !(next.map { looksNominal($0) } ?? false) { return .adverb }
    if word.nounLemma >= 0 || classes.contains(.title) || !word.noun.isEmpty { return .nominal }
    if unit.isCapitalised { return .nominal }
    return .nominal
  }

  static let up = Form("up")
  private static let d = Form("'d")
  private static let neither = Form("neither")
  private static let remaining = FormSet(["remain", "remains"])
  private static let onsets = FormSet(["beginning", "starting"])
  private static let deedPrepositions = FormSet(["by", "after", "before"])

  private func verb(_ units: [Unit], _ at: Int, _ previous: Unit?, _ next: Unit?, _ tokens: Span<Token>) -> Unit.Tag {
    let unit = units[at]
    let shape = unit.word.shape
    // "the LURD and MODEL": letters, and no verb.
    if unit.isCapitalised, at > 0, tokens[Int(unit.first)].isAllCaps, !tokens[Int(units[at - 1].first)].isAllCaps { return .nominal }
    if unit.isCapitalised, at > 0, unit.word.nounLemma >= 0 || previous?.isCapitalised == true, previous?.tag != .openQuote {
      return .nominal
    }
    // "seized Free Port".
    if unit.isCapitalised, at > 0, let next, next.isCapitalised, next.tag == .nominal,
      previous.map({ [.verb, .preposition, .determiner].contains($0.tag) }) ?? false
    {
      return .nominal
    }
    // "the opposition's leader Said Reed": a name of two words.
    if unit.isCapitalised, at > 0, shape.contains(.past), let previous, previous.tag == .nominal, let next, next.isCapitalised,
      next.tag == .nominal, next.meaning < 0, next.word.classes.isEmpty, next.word.nounLemma < 0
    {
      return .nominal
    }
    // "This is an attack": an auxiliary is a verb after anything.
    if auxiliaries.contains(tokens[Int(unit.first)].form), unit.word.nounLemma < 0 { return .verb }
    if shape.contains(.gerund), unit.word.nounLemma >= 0, isExistential(units, at, tokens) { return .nominal }
    let opensNominal = looksNominal(next)
    // "The troops remain in the town": what is left of somebody has a determiner before it.
    if UnitBuilder.remaining.contains(tokens[Int(unit.first)].form), previous?.tag == .nominal { return .verb }
    if let previous, previous.tag == .verb || previous.tag == .adverb || previous.tag == .negation, follows(units, at, tokens) {
      return .verb
    }
    // "neither side has disarmed".
    if unit.word.nounLemma >= 0, at > 0, shape.contains(.base), UnitBuilder.neither == tokens[Int(units[at - 1].first)].form {
      return .nominal
    }
    switch previous?.tag {
    case .infinitive, .planned, .possible, .pronoun, .negation: return .verb
    case .adverb where shape.contains(.base) && isGoverned(units, at - 1): return .verb
    // "will now | leave".
    case .time where shape.contains(.base) && at > 1 && [.planned, .possible].contains(units[at - 2].tag): return .verb
    default: break
    }
    // Asked here: a span within an autoclosure crashes the optimiser.
    let isBeforeThat = at + 1 < units.count ? isThat(units, at + 1, tokens) : false
    let isSubject = at + 1 < units.count ? isAuxiliary(units, at + 1, tokens) : false
    let opensDetermined = next?.word.classes.contains(.determiner) ?? false
    let afterModifier: Bool =
      switch previous?.tag {
      case .determiner, .clitic, .number: true
      case .nominal:
        previous!.word.noun.contains(.demonym) && !(opensDetermined && !isBeforeThat)
      case .preposition: true
      default: false
      }
    if shape.contains(.past) || shape.contains(.participle), !shape.contains(.base) {
      // "the disputed region", "in renewed clashes": before a noun and after what opens a noun phrase.
      let opens =
        previous == nil || previous!.tag == .determiner || previous!.tag == .clitic || previous!.tag == .preposition
        || previous!.tag == .number
        // "under which displaced civilians would return".
        || previous!.tag == .subordinator && at > 1 && units[at - 2].tag == .preposition
        || (previous!.tag == .adverb && at > 1 && [.determiner, .preposition, .number].contains(units[at - 2].tag))
        // Not "the prime minister said troops had left".
        || (previous!.tag == .nominal && previous!.word.nounLemma < 0 && previous!.meaning < 0 && !previous!.isCapitalised
          && !previous!.word.classes.contains(.title))
      // "launched coordinated attacks", "carried out targeted raids": how, before what was done.
      if shape.contains(.participle), let next, next.word.isPlural, next.word.nounLemma >= 0, !next.isCapitalised,
        isDeed(units, previous?.tag == .adverb ? at - 2 : at - 1, tokens)
      {
        return .nominal
      }
      // "The Sudanese part released 13 soldiers": before a number it is a verb.
      let isCounting = next?.tag == .number && previous?.tag == .nominal
      if opens, shape.contains(.participle), !isCounting, let next, looksNominal(next), !next.word.classes.contains(.determiner) {
        return previous == nil && next.meaning >= 0 && !next.word.noun.contains(.demonym) ? .verb : .nominal
      }
      if previous?.tag == .determiner { return .nominal }
      return .verb
    }
    if shape.contains(.gerund), !shape.contains(.base) {
      let isNoun = unit.word.nounLemma >= 0
      // "said shelling had hit the town".
      if isNoun, isSubject { return .nominal }
      // "a truce in Orlin | beginning on Monday".
      if isNoun, previous?.tag == .nominal, UnitBuilder.onsets.contains(tokens[Int(unit.first)].form), let next,
        next.tag == .time || next.word.classes.contains(.preposition)
      {
        return .verb
      }
      // "residents reported shelling on the outskirts".
      if isNoun, let previous, previous.tag == .verb, isTelling(previous), !opensNominal { return .nominal }
      if let previous, previous.tag == .verb || previous.tag == .adverb { return .verb }
      // "accused the rebels of shelling the village".
      if isNoun, previous?.tag == .preposition, let next,
        next.word.classes.contains(.determiner) || isPlainName(next) || next.tag == .number
      {
        return .verb
      }
      if isNoun, previous?.tag == .preposition, opensObject(units, at + 1) { return .verb }
      // "accused the army of firing artillery shells".
      if isNoun, previous?.tag == .preposition, opensNominal, isAccused(units, at - 1, tokens) { return .verb }
      // "by bombing residential areas", "after shelling villages": with an object, and no "by bombing raids".
      if isNoun, previous?.tag == .preposition, let next, next.tag == .nominal, next.meaning < 0,
        UnitBuilder.deedPrepositions.contains(tokens[Int(units[at - 1].first)].form),
        next.word.nounLemma < 0 || next.word.isPlural && next.word.noun.isDisjoint(with: .event)
          || next.word.noun.contains(.force) && isPluralThing(units, at + 2)
      {
        return .verb
      }
      // "with rebels shelling government positions", "guerrillas fighting for autonomy".
      if isNoun, previous?.tag == .nominal, previous!.word.isPlural, previous!.word.noun.contains(.force),
        opensNominal || next?.word.classes.contains(.preposition) ?? false
      {
        return .verb
      }
      // "the commission monitoring the truce".
      if isNoun, previous?.tag == .nominal, next?.word.classes.contains(.determiner) ?? false { return .verb }
      // "..., hitting a bridge and killing at least eight", "exploded in Orlin killing 11 people".
      if isNoun, opensObject(units, at + 1) || counts(units, at + 1, tokens),
        previous.map({ [.comma, .conjunction, .nominal, .time].contains($0.tag) }) ?? true
      {
        return .verb
      }
      if isNoun { return afterModifier || previous == nil || !opensNominal || previous!.tag == .nominal ? .nominal : .verb }
      if previous?.tag == .determiner || (previous?.tag == .clitic) { return .nominal }
      // "27 quartering areas".
      if previous?.tag == .number, let next, next.tag == .nominal, next.word.nounLemma >= 0 { return .nominal }
      if previous?.tag == .preposition, let next, next.tag == .nominal, next.meaning < 0, !next.isCapitalised, next.word.nounLemma >= 0,
        !next.word.isPlural
      {
        return .verb
      }
      return .verb
    }
    // A bare form or one in -s.
    if afterModifier { return .nominal }
    // "denied rebel reports": a singular without a determiner is no subject.
    if at > 1, let previous, previous.tag == .nominal, !previous.word.isPlural, previous.word.noun.contains(.force),
      !previous.isCapitalised,
      previous.meaning < 0, units[at - 2].tag == .verb, shape.contains(.alsoNoun) || unit.word.nounLemma >= 0
    {
      return .nominal
    }
    if opensNominal || next?.tag == .nominal && next!.isCapitalised, shape.contains(.base), !shape.contains(.past),
      isSeen(units, at)
    {
      return .verb
    }
    // "humanitarian aid": a bare form after a singular is a noun.
    if shape.contains(.base), !shape.contains(.past), let previous, previous.tag == .nominal, !previous.word.isPlural,
      shape.contains(.alsoNoun) || unit.word.nounLemma >= 0 || !previous.isCapitalised,
      !auxiliaries.contains(tokens[Int(unit.first)].form),
      previous.meaning < 0 || !(previous.word.noun.contains(.demonym) && names.meanings[Int(previous.meaning)].text.hasSuffix("s"))
    {
      return .nominal
    }
    if shape.contains(.alsoNoun) || unit.word.nounLemma >= 0 {
      // "soldiers now man 27 posts".
      if previous?.tag == .time, shape.contains(.base), next?.tag == .number || next?.word.classes.contains(.determiner) ?? false {
        return .verb
      }
      // "The rebels now control Orlin", "the army today controls Orlin".
      if previous?.tag == .time, opensNominal, at > 1, units[at - 2].tag == .nominal,
        units[at - 2].word.isPlural ? shape.contains(.base) : shape.contains(.third)
      {
        return .verb
      }
      // "set up posts": a particle, and what was set up.
      if previous?.tag == .adverb, at > 1, units[at - 2].tag == .verb { return .nominal }
      if previous?.tag == .subordinator || previous?.tag == .adverb {
        // "insisted that clashes were going on".
        if previous?.tag == .subordinator, isSubject { return .nominal }
        // "said that attacks on the town would resume".
        if previous?.tag == .subordinator, !opensNominal, precedesFinite(units, at) { return .nominal }
        // "where clashes between them went on": what stands after it is a subject.
        if previous?.tag == .subordinator, shape.contains(.third), isClauseOpener(units, at - 1, tokens) { return .nominal }
        return opensNominal || shape.contains(.third) ? .verb : .nominal
      }
      guard let previous, previous.tag == .nominal || previous.tag == .conjunction || previous.tag == .comma else { return .nominal }
      if shape.contains(.past) { return .verb }
      // "The mission plans to send monitors": no noun of another, "to" opens what is planned.
      if shape.contains(.third), previous.tag == .nominal, at + 2 < units.count, units[at + 2].word.shape.contains(.base),
        isTo(units, at + 1, tokens), isOnlyNoun(units, at - 1)
      {
        return .verb
      }
      // "The treaty, signed in the capital, calls for a truce."
      if shape.contains(.third), previous.tag == .comma, next?.word.classes.contains(.preposition) ?? false, resumes(units, at - 1) {
        return .verb
      }
      // "to leave the town and hand its guns over": a noun has no determiner after it.
      if shape.contains(.base), previous.tag == .conjunction, opensDetermined || next?.tag == .number,
        units[..<at].contains(where: { $0.tag == .infinitive || $0.tag == .planned })
      {
        return .verb
      }
      // "The accord calls for a vote."
      if shape.contains(.third), !previous.word.isPlural, previous.word.noun.contains(.agreement),
        next?.word.classes.contains(.preposition) ?? false
      {
        return .verb
      }
      // "Kyiv controls about 40 villages".
      if shape.contains(.third), previous.tag == .nominal, !previous.word.isPlural,
        previous.isCapitalised || previous.word.noun.contains(.force), isCounted(units, at + 1)
      {
        return .verb
      }
      if previous.tag == .nominal, opensNominal || next?.tag == .preposition {
        // "The rebels attack the town": a plural before a bare form, a singular before one in -s.
        let isDetermined = next?.word.classes.contains(.determiner) ?? false
        if shape.contains(.base), previous.word.isPlural, isDetermined || next?.meaning ?? -1 >= 0 { return .verb }
        // "Rebel forces hold Orlin".
        if shape.contains(.base), previous.word.isPlural, previous.word.noun.contains(.force), let next, isPlainName(next),
          !isNamePart(units, at + 1)
        {
          return .verb
        }
        // "Government troops battle rebels".
        if shape.contains(.base), previous.word.isPlural, previous.word.noun.contains(.force), let next, next.word.noun.contains(.force) {
          return .verb
        }
        if shape.contains(.third), !previous.word.isPlural, isDetermined { return .verb }
        // "The MLC holds Orlin", "the army controls Tarn".
        if shape.contains(.third), !previous.word.isPlural, at > 0, units[at - 1].isCapitalised || previous.word.noun.contains(.force),
          let next, next.tag == .number || isPlainName(next) && !isNamePart(units, at + 1)
        {
          return .verb
        }
      }
      return .nominal
    }
    return .verb
  }
}
