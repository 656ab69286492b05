// Cuts a sentence's tokens into units: names, phrases, compounds and times become one unit each.
internal import TruceModel

/// Builds the units of a sentence; a class for the reason that `Chunker` is one.
final class UnitBuilder: Sendable {
  let lexicon: Lexicon
  let names: Names
  /// Kept here, since they are asked of every word.
  let to = UnitBuilder.to
  let first = Form("first")
  let that = UnitBuilder.that
  let since = UnitBuilder.since
  let up = UnitBuilder.up
  let about = UnitBuilder.about
  let auxiliaries = UnitBuilder.auxiliaries
  let `as` = Form("as")

  init(lexicon: Lexicon, names: Names) {
    self.lexicon = lexicon
    self.names = names
  }

  private static let re = Form("re")
  static let to = Form("to")
  static let s = Form("'s")

  /// The units of a range of tokens, tagged.
  ///
  /// - Parameter times: the times of the text in it, by their first token.
  func units(_ tokens: Span<Token>, _ range: Range<Int>, times: [TimeMention], from firstTime: Int, into units: inout [Unit]) {
    units.removeAll(keepingCapacity: true)
    var at = range.lowerBound
    var time = firstTime
    var closing = -1
    let end = range.upperBound
    while at < end {
      let kind = tokens[at].kind
      if kind == .openQuote, let close = quotedName(tokens, at, end) {
        closing = close
        at += 1
        continue
      }
      if at == closing {
        at += 1
        continue
      }
      while time < times.count, times[time].tokens.lowerBound < at { time += 1 }
      if time < times.count, times[time].tokens.lowerBound == at, times[time].tokens.upperBound <= end {
        var unit = Unit(first: Int32(at), end: Int32(times[time].tokens.upperBound), tag: .time, isCapitalised: false, word: Word())
        unit.time = Int32(time)
        units.append(unit)
        at = times[time].tokens.upperBound
        continue
      }
      let token = tokens[at]
      if token.flags.contains(.abbreviates) {
        at += 1
        continue
      }
      if token.kind == .apostrophe, token.isGlued, at > range.lowerBound, tokens[at - 1].kind == .word, at + 1 < end,
        !tokens[at + 1].isGlued,
        tokens[at + 1].kind.isWordLike, token.quoteDepth == tokens[at - 1].quoteDepth
      {
        // "the insurgents' announcement".
        units.append(Unit(first: Int32(at), end: Int32(at + 1), tag: .clitic, isCapitalised: false, word: Word()))
        at += 1
        continue
      }
      if token.form == .none, token.kind != .clitic {
        units.append(Unit(first: Int32(at), end: Int32(at + 1), tag: tag(mark: token.kind), isCapitalised: false, word: Word()))
        at += 1
        continue
      }
      if token.kind == .clitic, units.last?.tag == .time {
        // "Wednesday's meeting": the time stands for itself.
        at += 1
        continue
      }
      var unit = word(tokens, at, end)
      if at + 1 < end, UnitBuilder.bearings.contains(token.form) { bearing(tokens, end, &unit, after: units.last) }
      if token.kind == .clitic, let last = units.last, isHost(last, tokens) { contract(tokens, at, end, &unit) }
      units.append(unit)
      at = Int(unit.end)
    }
    tag(&units, tokens)
  }

  /// "he", "there": after it "'s" is a verb.
  private func isHost(_ unit: Unit, _ tokens: Span<Token>) -> Bool {
    let form = tokens[Int(unit.first)].form
    return unit.end - unit.first == 1 && (unit.word.classes.contains(.pronoun) || form == Chunker.there || form == UnitBuilder.that)
  }

  /// "He's leaving", "he's left": "is", or "has" before a participle.
  private func contract(_ tokens: Span<Token>, _ at: Int, _ end: Int, _ unit: inout Unit) {
    unit.tag = .nominal
    unit.word = known(UnitBuilder.is)
    guard at + 1 < end else { return }
    let shape = known(tokens[at + 1].form).shape
    if shape.contains(.participle), !shape.contains(.gerund) { unit.word = known(UnitBuilder.has) }
  }

  private static let `is` = Form("is")
  private static let has = Form("has")

  /// Where the quotation ends that only sets off a name, "the \"LPR\"": nil for one that says more.
  private func quotedName(_ tokens: Span<Token>, _ open: Int, _ end: Int) -> Int? {
    guard open + 2 < end else { return nil }
    let first = tokens[open + 1]
    guard first.isCapitalised || first.kind == .mixed else { return nil }
    for at in open + 2..<min(end, open + 2 + UnitBuilder.longestQuotedName) {
      let kind = tokens[at].kind
      if kind == .closeQuote { return at }
      guard kind.isWordLike || kind == .hyphen else { return nil }
    }
    return nil
  }

  /// More words in quotation marks than these are what somebody says.
  private static let longestQuotedName = 4

  private func tag(mark kind: Token.Kind) -> Unit.Tag {
    switch kind {
    case .comma: .comma
    case .semicolon: .semicolon
    case .colon: .colon
    case .dash: .dash
    case .openQuote: .openQuote
    case .closeQuote: .closeQuote
    case .openBracket: .openBracket
    case .closeBracket: .closeBracket
    case .period, .terminal: .terminal
    default: .other
    }
  }

  /// The unit that starts with a word-like token.
  private func word(_ tokens: Span<Token>, _ at: Int, _ end: Int) -> Unit {
    let token = tokens[at]
    var unit = Unit(first: Int32(at), end: Int32(at + 1), tag: .nominal, isCapitalised: token.isCapitalised, word: known(token.form))
    if token.kind == .clitic {
      unit.tag = .clitic
      return unit
    }
    if token.kind == .number || token.kind == .ordinal || unit.word.classes.contains(.number) {
      unit.tag = .number
      unit.word.noun = .number
    }
    if unit.word.startsPhrase { phrase(tokens, at, end, &unit) }
    if token.isCapitalised || token.kind == .mixed { name(tokens, at, end, &unit) }
    compound(tokens, end, &unit)
    return unit
  }

  /// "a village | north of | Orlin", "20 km | south-east of | it": a preposition, other than in "the north of the land".
  private func bearing(_ tokens: Span<Token>, _ end: Int, _ unit: inout Unit, after previous: Unit?) {
    let next = Int(unit.end)
    guard next < end, !unit.isCapitalised, let previous else { return }
    let last = tokens[next - 1].form
    let of = tokens[next].form
    guard of == Clauses.of, UnitBuilder.bearings.contains(last) else { return }
    let classes = previous.word.classes
    if classes.contains(.determiner) || classes.contains(.preposition) || previous.tag == .clitic { return }
    // "the far north of the land": an adjective goes with it.
    if previous.tag == .nominal, !previous.isCapitalised, classes.isEmpty, previous.word.nounLemma < 0, previous.word.verb < 0,
      !UnitBuilder.lengths.contains(tokens[Int(previous.end) - 1].form)
    {
      return
    }
    unit.end = Int32(next + 1)
    unit.isCompound = false
    unit.word = Word()
    unit.word.classes = .preposition
  }

  static let `for` = Form("for")
  static let bearings = FormSet(["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"])

  static let lengths = FormSet([
    "km", "kms", "kilometres", "kilometers", "kilometre", "kilometer", "miles", "mile", "metres", "meters", "yards",
  ])

  private func known(_ form: Form) -> Word {
    if let word = lexicon.words[form] { return word }
    return Word()
  }

  private func phrase(_ tokens: Span<Token>, _ at: Int, _ end: Int, _ unit: inout Unit) {
    guard let match = lexicon.phrases.match(tokens, from: at, to: end), match.end > at + 1 else { return }
    let phrase = lexicon.phraseWords[Int(match.value)]
    if isInfinitive(phrase, tokens, at, match.end, end) { return }
    unit.word = phrase
    unit.end = Int32(match.end)
  }

  private func name(_ tokens: Span<Token>, _ at: Int, _ end: Int, _ unit: inout Unit) {
    guard let match = names.table.match(tokens, from: at, to: end), match.end >= Int(unit.end) else { return }
    let token = tokens[at]
    // "US" and "UN" are names, a shouted "US" of two letters only where it is listed so.
    if token.isAllCaps, token.end - token.start <= 2, !token.flags.contains(.dotted), names.meanings[Int(match.value)].text.utf8.count != 2
    {
      return
    }
    unit.meaning = match.value
    unit.end = Int32(match.end)
    if match.end > at + 1 || unit.word.classes.isEmpty { unit.word = Word() }
    unit.word.noun = names.meanings[Int(match.value)].kinds
  }

  /// "Russian-backed", "Owiny-Ki-Bul", "Ganja-Kalbajar": the parts stand glued at a hyphen.
  private func compound(_ tokens: Span<Token>, _ end: Int, _ unit: inout Unit) {
    var next = Int(unit.end)
    guard next + 1 < end else { return }
    switch tokens[next].kind {
    case .hyphen, .dash, .closeQuote: break
    default: return
    }
    var isCompound = false
    while next + 1 < end {
      // "\"DPR\"-controlled".
      if next == Int(unit.end), next + 2 < end {
        let quote = tokens[next].kind
        let hyphen = tokens[next + 1].kind
        if quote == .closeQuote, hyphen == .hyphen { next += 1 }
      }
      let mark = tokens[next]
      let part = tokens[next + 1]
      guard mark.kind == .hyphen || (mark.kind == .dash && mark.isGlued), part.isGlued, part.kind.isWordLike else { break }
      next += 2
      isCompound = unit.meaning >= 0 || !part.isCapitalised
      if part.isCapitalised, unit.word.classes.contains(.particle), !unit.isCapitalised {
        // "al-Sham": a name.
        unit.isCapitalised = true
        unit.word.classes = []
      }
    }
    guard next > Int(unit.end) + 1 else { return }
    let last = known(tokens[next - 1].form)
    unit.end = Int32(next)
    // "twenty-three".
    if unit.tag == .number, last.classes.contains(.number) { return }
    unit.meaning = -1
    unit.tag = .nominal
    let first = tokens[Int(unit.first)].form
    if last.verb >= 0, next == Int(unit.first) + 3, first == UnitBuilder.re {
      // "re-entered the town": entered it.
      unit.word = last
      return
    }
    unit.isCompound = isCompound
    unit.word = Word()
    if !isCompound, unit.isCapitalised { unit.word.noun = .name }
    if isCompound, last.nounLemma >= 0, !last.shape.contains(.participle) {
      unit.word.noun = last.noun
      unit.word.nounLemma = last.nounLemma
      unit.word.isPlural = last.isPlural
    }
  }

  /// "due to remain" is no "due to", "according to" is: what follows tells.
  private func isInfinitive(_ phrase: Word, _ tokens: Span<Token>, _ at: Int, _ next: Int, _ end: Int) -> Bool {
    guard phrase.classes.contains(.preposition), next < end, tokens[next - 1].form == UnitBuilder.to,
      let word = lexicon.words[tokens[next].form]
    else { return false }
    guard word.verb >= 0, word.shape.contains(.base) else { return false }
    if !word.shape.contains(.alsoNoun) { return true }
    // "had been due to start".
    var before = Form.none
    if at > 0 { before = tokens[at - 1].form }
    if UnitBuilder.auxiliaries.contains(before) { return true }
    // "due to hand the base over".
    guard next + 1 < end, let after = lexicon.words[tokens[next + 1].form] else { return false }
    return after.classes.contains(.determiner)
  }
}
