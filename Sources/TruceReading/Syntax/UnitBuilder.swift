// Cuts a sentence's tokens into units: names, phrases, compounds and times become one unit each.
internal import TruceModel

/// Builds the units of a sentence.
struct UnitBuilder {
  let lexicon: Lexicon
  let names: Names

  static let to = Form("to")
  static let s = Form("'s")

  /// The units of a range of tokens, tagged.
  ///
  /// - Parameter times: the times of the text in it, by their first token.
  func units(_ tokens: Span<Token>, _ range: Range<Int>, times: [TimeMention], from firstTime: Int, into units: inout [Unit]) {
    units.removeAll(keepingCapacity: true)
    var at = range.lowerBound
    var time = firstTime
    let end = range.upperBound
    while at < end {
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
      let unit = word(tokens, at, end)
      units.append(unit)
      at = Int(unit.end)
    }
    tag(&units, tokens)
  }

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
    var unit = Unit(
      first: Int32(at), end: Int32(at + 1), tag: .nominal, isCapitalised: token.isCapitalised, word: lexicon.words[token.form] ?? Word())
    if token.kind == .clitic {
      unit.tag = .clitic
      unit.word = Word()
      return unit
    }
    if token.kind == .number || token.kind == .ordinal {
      unit.tag = .number
      unit.word.noun = .number
    }
    if unit.word.startsPhrase, let match = lexicon.phrases.match(tokens, from: at, to: end), match.end > at + 1 {
      let phrase = lexicon.phraseWords[Int(match.value)]
      if !isInfinitive(phrase, tokens, match.end, end) {
        unit.word = phrase
        unit.end = Int32(match.end)
      }
    }
    if token.isCapitalised || token.kind == .mixed, let match = names.table.match(tokens, from: at, to: end), match.end >= Int(unit.end),
      !token.isAllCaps || token.end - token.start > 2 || token.flags.contains(.dotted)
        || names.meanings[Int(match.value)].text.utf8.count == 2
    {
      unit.meaning = match.value
      unit.end = Int32(match.end)
      unit.word = match.end > at + 1 || unit.word.classes.isEmpty ? Word() : unit.word
      unit.word.noun = names.meanings[Int(match.value)].kinds
    }
    // "Russian-backed", "Owiny-Ki-Bul", "Ganja-Kalbajar": the parts stand glued at a hyphen.
    var next = Int(unit.end)
    var joined = false
    while next + 1 < end, tokens[next].kind == .hyphen || (tokens[next].kind == .dash && tokens[next].isGlued), tokens[next + 1].isGlued,
      tokens[next + 1].kind.isWordLike
    {
      joined = true
      next += 2
      unit.isCompound = unit.meaning >= 0 || !tokens[next - 1].isCapitalised
    }
    if joined {
      unit.end = Int32(next)
      unit.meaning = -1
      unit.tag = .nominal
      let last = lexicon.words[tokens[next - 1].form]
      unit.word = Word()
      if !unit.isCompound, unit.isCapitalised { unit.word.noun = .name }
      if unit.isCompound, let last, last.nounLemma >= 0, !last.shape.contains(.participle) {
        unit.word.noun = last.noun
        unit.word.nounLemma = last.nounLemma
        unit.word.isPlural = last.isPlural
      }
    }
    return unit
  }

  /// "due to remain" is no "due to", "according to" is: what follows tells.
  private func isInfinitive(_ phrase: Word, _ tokens: Span<Token>, _ next: Int, _ end: Int) -> Bool {
    guard phrase.classes.contains(.preposition), next < end, tokens[next - 1].form == UnitBuilder.to,
      let word = lexicon.words[tokens[next].form]
    else { return false }
    return word.verb >= 0 && word.shape.contains(.base) && !word.shape.contains(.alsoNoun)
  }
}
