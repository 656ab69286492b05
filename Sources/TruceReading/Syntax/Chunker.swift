// Groups units into chunks: noun phrases with their heads and owners, verb groups with voice, tense, modality and negation.
internal import TruceModel

/// Groups the units of a sentence into chunks, left to right, without going back.
///
/// A class because it holds whole tables: passing it around must not count references to each of them.
final class Chunker: Sendable {
  let lexicon: Lexicon
  let names: Names
  let auxiliaries: (be: Int32, have: Int32, do: Int32, get: Int32)
  // Kept here, since they are asked of every chunk.
  private let over = Chunker.over
  private let men = Chunker.men

  init(lexicon: Lexicon, names: Names) {
    self.lexicon = lexicon
    self.names = names
    func verb(_ text: String) -> Int32 { lexicon.words[Form(text)]?.verb ?? -2 }
    auxiliaries = (verb("be"), verb("have"), verb("do"), verb("get"))
  }

  func chunks(_ units: [Unit], _ tokens: Span<Token>, into chunks: inout [Chunk]) {
    chunks.removeAll(keepingCapacity: true)
    var at = 0
    while at < units.count {
      switch units[at].tag {
      case .determiner, .nominal, .number, .pronoun, .clitic:
        at = noun(units, tokens, at, &chunks)
      case .verb, .planned, .possible, .infinitive:
        at = verb(units, tokens, at, &chunks)
      case .adverb, .negation:
        // Part of the verb group that follows, or nothing by itself.
        var next = at
        while next < units.count, units[next].tag == .adverb || units[next].tag == .negation { next += 1 }
        let form = tokens[Int(units[at].first)].form
        if next < units.count, [.verb, .planned, .possible, .infinitive].contains(units[next].tag) {
          at = verb(units, tokens, at, &chunks)
        } else if let last = chunks.last, last.kind == .verb, Chunker.directions.contains(form) || form == Chunker.over && takesOver(last) {
          // "sent home | 359 prisoners".
          chunks.append(Chunk(.adverb, at, at + 1))
          at += 1
        } else if next < units.count,
          units[next].tag == .number || units[next].tag == .determiner && UnitBuilder.about.contains(form)
            || units[at].tag == .negation && [.nominal, .determiner].contains(units[next].tag)
        {
          at = noun(units, tokens, at, &chunks)
        } else {
          chunks.append(Chunk(.adverb, at, next))
          at = next
        }
      default:
        var chunk = Chunk(mark(units[at].tag), at, at + 1)
        chunk.form = form(units[at], tokens)
        // "hand over | maps": the verb's particle.
        if chunk.form == over, let last = chunks.last, last.kind == .verb, takesOver(last) { chunk.kind = .adverb }
        chunk.time = units[at].time
        chunks.append(chunk)
        at += 1
      }
    }
    link(&chunks, units)
  }

  private func mark(_ tag: Unit.Tag) -> Chunk.Kind {
    switch tag {
    case .preposition: .preposition
    case .time: .time
    case .comma: .comma
    case .semicolon: .semicolon
    case .colon: .colon
    case .dash: .dash
    case .conjunction: .conjunction
    case .contrast: .contrast
    case .subordinator: .subordinator
    case .openQuote: .openQuote
    case .closeQuote: .closeQuote
    case .openBracket: .openBracket
    case .closeBracket: .closeBracket
    case .terminal: .terminal
    default: .adverb
    }
  }

  /// A preposition's form; of a phrase, its first word's ("according to").
  private func form(_ unit: Unit, _ tokens: Span<Token>) -> Form {
    if unit.end - unit.first > 1, tokens[Int(unit.first)].form == Chunker.out { return Chunker.outOf }
    let first = tokens[Int(unit.first)].form
    // "deep inside the country".
    if unit.end - unit.first == 2, first == Chunker.deep { return tokens[Int(unit.first) + 1].form }
    if unit.end - unit.first > 1, UnitBuilder.bearings.contains(first) { return Chunker.near }
    // "in breach of the truce", "in violation of the accord".
    if unit.end - unit.first == 3, Chunker.breaches.contains(tokens[Int(unit.first) + 1].form) { return Chunker.violating }
    // "in exchange for ten rebels", "in return for them".
    if unit.end - unit.first == 3, Chunker.returns.contains(tokens[Int(unit.first) + 1].form) { return Chunker.inReturn }
    // "in pursuit of the rebels".
    if unit.end - unit.first == 3, tokens[Int(unit.first) + 1].form == Chunker.pursuit { return Chunker.pursuing }
    // "on the part of the rebels", "at the hands of the army".
    if unit.end - unit.first == 4, tokens[Int(unit.end) - 1].form == Clauses.of, Chunker.doers.contains(tokens[Int(unit.end) - 2].form) {
      return Clauses.by
    }
    // "in alliance with the militia", "with the help of jets": beside them.
    if unit.end - unit.first > 2, Chunker.aid.contains(tokens[Int(unit.end) - 2].form) { return Chunker.alongside }
    // "in response to the raid", "in line with the accord": nowhere in it.
    if unit.end - unit.first == 3, first == Clauses.in, tokens[Int(unit.first) + 1].form != Chunker.front { return Chunker.inAnswer }
    return first
  }

  private static let directions = FormSet(["home", "back", "out", "away", "off", "down", "up", "abroad", "together"])
  private static let front = Form("front")
  private static let crowds = FormSet(["thousands", "hundreds", "dozens", "scores", "tens", "millions"])
  private static let breaches = FormSet(["breach", "violation", "defiance", "contravention"])
  static let violating = Form("violating")
  private static let returns = FormSet(["exchange", "return"])
  static let inReturn = Form("in return")
  private static let inAnswer = Form("in answer")
  private static let aid = FormSet(["alliance", "help", "support", "backing"])
  static let alongside = Form("alongside")
  private static let deep = Form("deep")
  private static let pursuit = Form("pursuit")
  private static let pursuing = Form("pursuing")
  private static let doers = FormSet(["part", "hands"])
  private static let over = Form("over")
  private static let near = Form("near")
  static let out = Form("out")
  static let outOf = Form("out of")
  static let s = Form("'s")
  static let those = Form("those")
  private static let several = FormSet(["several", "many", "some", "dozens", "hundreds", "thousands", "scores", "others"])
  static let it = Form("it")
  private static let most = Form("most")
  private static let scarce = FormSet(["barely", "hardly", "scarcely"])
  static let no = Form("no")
  static let only = Form("only")
  static let others = Form("others")
  private static let men = Form("men")

  private func noun(_ units: [Unit], _ tokens: Span<Token>, _ start: Int, _ chunks: inout [Chunk]) -> Int {
    var chunk = Chunk(.noun, start, start)
    var at = start
    if units[at].tag == .pronoun {
      chunk.end = at + 1
      chunk.head = at
      chunk.kinds = tokens[Int(units[at].first)].form == Chunker.it ? [.pronoun, .it] : [.pronoun]
      if units[at].word.classes.contains(.negation) {
        // "nobody was hurt".
        chunk.isNegative = true
        chunk.kinds = [.person]
      }
      chunks.append(chunk)
      return at + 1
    }
    var head = -1
    var year = -1
    var kinds: NounKinds = []
    loop: while at < units.count {
      let unit = units[at]
      // Loaded here: a span within an autoclosure of `&&` crashes the optimiser.
      let form = tokens[Int(unit.first)].form
      let isGlued = tokens[Int(unit.first)].isGlued
      switch unit.tag {
      case .determiner:
        // "the second most populous city".
        if at > start, head >= 0, form == Chunker.most, head == at - 1, units[head].word.nounLemma < 0, !units[head].isCapitalised { break }
        // "two more battalions".
        if at > start, head >= 0, !isOwnerEnd(units, at), units[head].tag != .number { break loop }
        if form == Chunker.no { chunk.isNegative = true }
      case .negation where Chunker.scarce.contains(form) && at + 1 < units.count && units[at + 1].tag == .number:
        // "barely five percent".
        break
      case .other where at > start && units[at - 1].tag == .number && isGlued:
        // "70%".
        break
      // "Orlin | never fell".
      case .negation where head >= 0 && at + 1 < units.count && units[at + 1].tag == .verb: break loop
      case .negation:
        chunk.isNegative = true
      case .adverb:
        // "some 300", "about 30", "newly captured".
        guard at + 1 < units.count,
          units[at + 1].tag == .number && (head < 0 || units[head].tag == .number || isOwnerEnd(units, at))
            || units[at + 1].tag == .determiner && at == start && UnitBuilder.about.contains(form)
            || ((head < 0 || units[head].tag == .number) && units[at + 1].tag == .nominal)
        else {
          break loop
        }
      case .number:
        if head < 0 { kinds.formUnion(.number) }
        if head >= 0, units[head].tag == .nominal, !isOwnerEnd(units, at), units[head].word.nounLemma >= 0 || units[head].meaning >= 0 {
          // "Resolution 353", "Kilo 8": a name goes on with its number.
          guard head > 0, head == at - 1, units[head].isCapitalised, units[at].word.classes.isEmpty, units[at].end - units[at].first == 1,
            tokens[Int(units[at].first)].kind == .number, at + 1 >= units.count || units[at + 1].tag != .nominal
          else { break loop }
          at += 1
          continue loop
        }
        head = at
      case .conjunction where at == start + 2 && units[start].tag == .adverb && isBetween(units, tokens, at):
        // "between 30 and 40 rebels".
        break
      case .pronoun where at > start && units[at - 1].tag == .number && form == Chunker.others:
        // "five others".
        break
      case .clitic:
        guard head >= 0 else { break loop }
        chunk.owner = start..<at
        head = -1
        kinds = []
      case .nominal:
        // "forces loyal to the president".
        if head >= 0, unit.word.classes.contains(.postnominal), unit.end - unit.first == 1, !unit.isCapitalised { break }
        if head >= 0, head == at - 1, isDoerOfContact(units, at) { break loop }
        // "Under its terms Maoist fighters ...": what happened ends a phrase before a name.
        if head >= 0, head == at - 1, unit.isCapitalised, !units[head].isCapitalised, isAfterPreposition(chunks, start),
          !units[head].word.noun.isDisjoint(with: [.agreement, .ceasefire, .date, .event])
        {
          break loop
        }
        head = at
      case .time where head < 0 && at > start && units[at - 1].tag == .determiner && at + 1 < units.count && units[at + 1].tag == .nominal:
        // "the 1994 agreement": the year stands within, and behind it for who asks.
        year = at
      case .time where head >= 0 && head == at - 1 && unit.end - unit.first > 2 && at + 1 < units.count && units[at + 1].tag == .nominal:
        // "a new two-month truce".
        guard units[start].tag == .determiner, units[head].tag == .nominal, units[head].word.nounLemma < 0, !units[head].isCapitalised,
          tokens[Int(unit.first) + 1].kind == .hyphen
        else { break loop }
      case .openBracket:
        // "(UPDF)" after a name belongs to it.
        guard at + 2 < units.count, units[at + 1].tag == .nominal, units[at + 2].tag == .closeBracket, units[at + 1].isCapitalised,
          head >= 0
        else {
          break loop
        }
        at += 3
        continue loop
      default: break loop
      }
      at += 1
      if at - start > 24 { break loop }
    }
    if at == start { at = start + 1 }
    if head < 0 { head = at - 1 }
    chunk.end = at
    chunk.head = head
    chunk.headForm = tokens[Int(units[head].end) - 1].form
    chunk.kinds = kinds.union(self.kinds(units, chunk))
    if at == start + 1, chunk.headForm == Chunker.those { chunk.kinds.formUnion(.person) }
    // "Several were killed."
    if at == start + 1, Chunker.several.contains(chunk.headForm) { chunk.kinds.formUnion(.number) }
    // "Haftar's men".
    if chunk.headForm == men {
      let opening = tokens[Int(units[start].first)].form
      if !chunk.owner.isEmpty || Mentions.possessives.contains(opening) { chunk.kinds.formUnion(.force) }
    }
    chunks.append(chunk)
    if year >= 0, chunk.kinds.contains(.event) {
      var time = Chunk(.time, year, year + 1)
      time.time = units[year].time
      chunks.append(time)
    }
    return at
  }

  /// "the village | Israel bombed", "the hills | rebels seized": who does what the clause tells of a place, and no part of its name.
  private func isDoerOfContact(_ units: [Unit], _ at: Int) -> Bool {
    guard at + 1 < units.count, units[at + 1].tag == .verb else { return false }
    let (place, doer) = (units[at - 1], units[at])
    let isPlace =
      place.meaning >= 0 ? names.meanings[Int(place.meaning)].kinds.contains(.place) : !place.word.noun.isDisjoint(with: [.area, .place])
    guard isPlace else { return false }
    if doer.meaning >= 0 {
      let kinds = names.meanings[Int(doer.meaning)].kinds
      return kinds.contains(.party) && !kinds.contains(.demonym) && !doer.isCompound
    }
    return place.word.isPlural && doer.word.isPlural && doer.word.noun.contains(.force)
  }

  private func isBetween(_ units: [Unit], _ tokens: Span<Token>, _ conjunction: Int) -> Bool {
    let opening = tokens[Int(units[conjunction - 2].first)].form
    return opening == Clauses.between && units[conjunction - 1].tag == .number && units[conjunction + 1].tag == .number
  }

  /// "handed over | 52 people": the verb's particle, and not "more than".
  private func takesOver(_ chunk: Chunk) -> Bool {
    chunk.verb >= 0 && lexicon.verbs[Int(chunk.verb)].triggers.contains { $0.words.first == Chunker.over }
  }

  private func isAfterPreposition(_ chunks: [Chunk], _ start: Int) -> Bool {
    guard let last = chunks.last else { return false }
    return last.end == start && last.kind == .preposition
  }

  private func isOwnerEnd(_ units: [Unit], _ at: Int) -> Bool { at > 0 && units[at - 1].tag == .clitic }

  /// What a noun phrase stands for: its head's kinds; a party where a name or a word of belonging stands in it.
  private func kinds(_ units: [Unit], _ chunk: Chunk) -> NounKinds {
    var kinds = units[chunk.head].word.noun
    let head = units[chunk.head]
    if head.meaning >= 0 { kinds.formUnion(names.meanings[Int(head.meaning)].kinds) }
    if head.meaning < 0, head.word.nounLemma < 0, kinds.isEmpty, head.isCapitalised, head.tag == .nominal,
      !Chunker.crowds.contains(chunk.headForm)
    {
      kinds.formUnion(.name)
    }
    var isTitled = false
    var isCalled = false
    var capitals = 0
    for at in chunk.first..<chunk.end {
      let unit = units[at]
      if unit.tag == .openBracket { break }
      if unit.word.classes.contains(.title) { isTitled = true }
      // "the Italian priest John Hale".
      if at < chunk.head, head.isCapitalised, head.word.nounLemma < 0, unit.word.noun == .person, !unit.word.isPlural, !unit.isCapitalised {
        isCalled = true
      }
      if at > chunk.first || !unit.word.classes.contains(.determiner), unit.isCapitalised { capitals += 1 }
      if unit.meaning >= 0, at != chunk.head, !unit.isCompound, names.meanings[Int(unit.meaning)].kinds.contains(.party),
        !kinds.isDisjoint(with: [.force, .office, .person, .name, .someone])
      {
        kinds.formUnion(.party)
      }
    }
    if isTitled, kinds.contains(.name) || kinds.isEmpty || head.meaning >= 0 && names.meanings[Int(head.meaning)].isPerson {
      kinds.formUnion([.someone, .office])
    }
    if isCalled, !isTitled { kinds.formUnion([.someone, .person]) }
    if !kinds.isDisjoint(with: [.force, .person]), chunk.first < chunk.head, isHeld(units[chunk.first..<chunk.head]) {
      kinds.formUnion(.captive)
    }
    // "National Liberation Front": a movement, and no line.
    if capitals >= 2, head.isCapitalised, kinds.contains(.place), chunk.headForm == Chunker.front {
      kinds.subtract(.place)
      kinds.formUnion(.force)
    }
    // "Ilham Aliyev": two capitalised words that no layer knows may be a person.
    if kinds == .name, capitals >= 2 { kinds.formUnion(.someone) }
    if units[chunk.first].tag == .number, tokensAre(units, chunk, [.number]) { kinds.formUnion(.number) }
    return kinds
  }

  /// "a captured pilot", "37 freed soldiers": a participle of a verb that tells of a capture or a release.
  private func isHeld(_ modifiers: ArraySlice<Unit>) -> Bool {
    modifiers.contains { unit in
      unit.word.verb >= 0 && unit.meaning < 0 && unit.word.shape.contains(.participle) && !unit.word.shape.contains(.gerund)
        && lexicon.verbs[Int(unit.word.verb)].triggers.contains {
          let frame = lexicon.frames[Int($0.frame)]
          let isRelease = frame.type == .exchange && frame.act == "return" && $0.words.isEmpty
          return isRelease || frame.type == .hostilities && frame.act == "capture"
        }
    }
  }

  private func tokensAre(_ units: [Unit], _ chunk: Chunk, _ tags: [Unit.Tag]) -> Bool {
    for at in chunk.first..<chunk.end where !tags.contains(units[at].tag) { return false }
    return true
  }
}
