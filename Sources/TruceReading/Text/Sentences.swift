// Cuts tokens into lines, paragraphs and sentences, and says of what kind each is.
internal import TruceModel

/// The structure of a text: one pass over lines, one over tokens.
struct Structure {
  /// A line wider than this was not wrapped by hand.
  static let widestWrap = 120
  /// A line without a full stop and with no more words than this may be a heading.
  static let longestHeading = 32
  /// A sentence with more tokens than this is cut, where it can be at a mark: what rules do with one grows faster than its length.
  static let longestSentence = 384
  /// A dateline has no more tokens than this.
  static let longestDateline = 28

  let words: StructureWords
  /// Whether a tab or a bar stands in the text; without any, no line is a row.
  let hasCells: Bool
  private(set) var sentences: [Sentence] = []
  private(set) var datelines: [Dateline] = []
  private var paragraph = -1

  init(language: String, hasCells: Bool) {
    words = StructureWords.of(language: language)
    self.hasCells = hasCells
  }

  /// Finds all sentences; sets each token's `sentence` and the `abbreviates` flag of full stops.
  mutating func run(_ tokens: inout [Token], _ bytes: [UInt8]) {
    sentences.reserveCapacity(tokens.count / 20 + 4)
    var first = 0
    while first < tokens.count {
      var last = first + 1
      while last < tokens.count, !tokens[last].flags.contains(.startsParagraph) { last += 1 }
      paragraph += 1
      block(first..<last, &tokens, bytes)
      first = last
    }
  }

  /// A run of lines without a blank one between: cut at the line ends that no wrapping explains.
  private mutating func block(_ range: Range<Int>, _ tokens: inout [Token], _ bytes: [UInt8]) {
    var widest = 0
    var start = range.lowerBound
    for index in range where index + 1 == range.upperBound || tokens[index + 1].flags.contains(.startsLine) {
      widest = max(widest, Int(tokens[index].end - tokens[start].start))
      start = index + 1
    }
    start = range.lowerBound
    var lineStart = start
    var isFirst = true
    for index in range {
      let isLast = index + 1 == range.upperBound
      guard isLast || tokens[index + 1].flags.contains(.startsLine) else { continue }
      if !isLast, isWrapped(lineStart, index, index + 1, tokens, widest: widest, bytes) {
        lineStart = index + 1
        continue
      }
      if !isFirst { paragraph += 1 }
      isFirst = false
      segment(start..<index + 1, &tokens, bytes)
      start = index + 1
      lineStart = index + 1
    }
  }

  /// True where the line that ends before token `next` goes on there.
  private func isWrapped(_ first: Int, _ last: Int, _ next: Int, _ tokens: [Token], widest: Int, _ bytes: [UInt8]) -> Bool {
    let token = tokens[next]
    if token.kind == .bullet || isEnumerated(next, tokens) || isRow(first..<last + 1, tokens, bytes) { return false }
    let isLowerCase = token.kind == .word && !token.isCapitalised && bytes[Int(token.start)] & 0x80 == 0
    if isLowerCase, !endsSentence(tokens[last].kind) { return true }
    guard widest <= Structure.widestWrap, widest >= 40 else { return false }
    let length = Int(tokens[last].end - tokens[first].start)
    return length + 1 + Int(token.end - token.start) >= widest - 2
  }

  private func endsSentence(_ kind: Token.Kind) -> Bool { kind == .period || kind == .terminal || kind == .colon }

  /// "1." or "2)" or "(a)" at a line's head.
  private func isEnumerated(_ at: Int, _ tokens: [Token]) -> Bool {
    guard tokens[at].flags.contains(.startsLine), at + 2 < tokens.count else { return false }
    let isShort = tokens[at].end - tokens[at].start <= 3
    if isShort, tokens[at].kind == .number || tokens[at].kind == .mixed, tokens[at + 1].isGlued, !tokens[at + 2].isGlued {
      return tokens[at + 1].kind == .period || tokens[at + 1].kind == .closeBracket
    }
    return tokens[at].kind == .openBracket && tokens[at + 1].end - tokens[at + 1].start <= 3 && tokens[at + 2].kind == .closeBracket
  }

  /// Cells between bars or tabs.
  private func isRow(_ range: Range<Int>, _ tokens: [Token], _ bytes: [UInt8]) -> Bool {
    guard hasCells, range.count >= 2 else { return false }
    var bars = 0
    for index in range.dropFirst() {
      let token = tokens[index]
      if token.kind == .symbol, bytes[Int(token.start)] == 0x7C { bars += 1 }
      if !token.isGlued, token.start > 0, bytes[Int(token.start) - 1] == 0x09, !token.flags.contains(.startsLine) { bars += 1 }
    }
    return bars >= 2
  }

  /// A stretch of text that stands for itself, cut into sentences.
  private mutating func segment(_ range: Range<Int>, _ tokens: inout [Token], _ bytes: [UInt8]) {
    var start = range.lowerBound
    var body = start
    let line = dateline(range, tokens)
    if let line {
      body = line.tokens.upperBound
      for index in line.tokens where tokens[index].kind == .period { tokens[index].flags.insert(.abbreviates) }
    } else if tokens[start].kind == .bullet {
      body = start + 1
    } else if isEnumerated(start, tokens) {
      body = tokens[start].kind == .openBracket ? start + 3 : start + 2
      for index in start..<min(body, range.upperBound) where tokens[index].kind == .period { tokens[index].flags.insert(.abbreviates) }
    }
    body = min(body, range.upperBound - 1)
    let kind = self.kind(range, body: body, hasDateline: line != nil, tokens, bytes)
    var at = body
    while at < range.upperBound {
      let window = range.lowerBound..<min(range.upperBound, at + Structure.longestSentence)
      let stop = end(after: at, window, &tokens, bytes) ?? cut(at, window, range, tokens)
      if let line, start == line.tokens.lowerBound {
        datelines.append(line)
        datelines[datelines.count - 1].sentence = sentences.count
      }
      let index = Int32(sentences.count)
      for token in start..<stop { tokens[token].sentence = index }
      sentences.append(
        Sentence(
          span: ByteSpan(Int(tokens[start].start), Int(tokens[stop - 1].end)), tokens: start..<stop, body: max(start, body),
          kind: kind, paragraph: paragraph))
      start = stop
      body = stop
      at = stop
    }
  }

  /// Where a sentence without an end in its window ends: at the segment's end, or past the last mark that parts clauses.
  private func cut(_ start: Int, _ window: Range<Int>, _ range: Range<Int>, _ tokens: [Token]) -> Int {
    guard window.upperBound < range.upperBound else { return range.upperBound }
    let half = start + (window.upperBound - start) / 2
    for marks: Set<Token.Kind> in [[.semicolon, .bullet], [.comma, .colon, .dash]] {
      if let mark = (half..<window.upperBound).last(where: { marks.contains(tokens[$0].kind) }) { return mark + 1 }
    }
    return window.upperBound
  }

  /// The end of the sentence that starts at a token: past its full stop and what closes behind it; nil for the segment's end.
  private func end(after start: Int, _ range: Range<Int>, _ tokens: inout [Token], _ bytes: [UInt8]) -> Int? {
    var at = start
    while at < range.upperBound {
      // Most tokens are words without a full stop.
      if tokens[at].kind == .word, !tokens[at].flags.contains(.dotted) {
        at += 1
        continue
      }
      let token = tokens[at]
      let isDotted = token.kind == .word && token.flags.contains(.dotted) && bytes[Int(token.end) - 1] == 0x2E
      guard token.kind == .period || token.kind == .terminal || isDotted else {
        at += 1
        continue
      }
      var next = at + 1
      var closesQuote = false
      while next < range.upperBound, tokens[next].isGlued,
        [.closeQuote, .closeBracket, .apostrophe, .terminal, .period].contains(tokens[next].kind)
      {
        if tokens[next].kind == .closeQuote || tokens[next].kind == .apostrophe { closesQuote = true }
        next += 1
      }
      guard next < range.upperBound else {
        if token.kind == .period, at + 1 < range.upperBound, abbreviation(before: at, start, tokens) == .title {
          tokens[at].flags.insert(.abbreviates)
        }
        return nil
      }
      if token.kind == .period, let known = abbreviation(before: at, start, tokens), abbreviates(known, next, tokens) {
        tokens[at].flags.insert(.abbreviates)
      } else if !tokens[next].isGlued, canStart(tokens[next], bytes), !isDotted || startsAfterDotted(token, next, tokens) {
        if !(token.kind == .terminal && closesQuote && reports(next, range, tokens)) { return next }
      }
      at = next
    }
    return nil
  }

  /// A sentence may begin with this token: anything but a lower-case letter or a mark that cannot open.
  private func canStart(_ token: Token, _ bytes: [UInt8]) -> Bool {
    switch token.kind {
    case .word:
      if token.isCapitalised { return true }
      return bytes[Int(token.start)] & 0x80 != 0
    case .mixed, .number, .ordinal, .openQuote, .openBracket, .bullet, .symbol, .apostrophe, .dash: return true
    default: return false
    }
  }

  private func abbreviation(before at: Int, _ start: Int, _ tokens: [Token]) -> StructureWords.Abbreviation? {
    guard at > start, tokens[at].isGlued else { return nil }
    let word = tokens[at - 1]
    guard word.kind == .word else { return nil }
    if let known = words.abbreviations[word.form] { return known }
    // An initial: one capital letter with a capitalised word before it, or at the head.
    if word.isCapitalised, word.end - word.start == 1 {
      let isNamed = at - 1 == start || tokens[at - 2].isCapitalised || tokens[at - 2].kind == .period || tokens[at - 2].kind == .openBracket
      return isNamed ? .title : .open
    }
    return nil
  }

  private func abbreviates(_ known: StructureWords.Abbreviation, _ next: Int, _ tokens: [Token]) -> Bool {
    switch known {
    case .title: true
    case .beforeNumber: tokens[next].kind == .number || tokens[next].kind == .mixed
    case .open: !(tokens[next].isCapitalised && words.starters.contains(tokens[next].form)) && tokens[next].kind != .openQuote
    }
  }

  /// After "U.N." only a typical first word opens a sentence; after "p.m." any capitalised word that is not a zone's or a day's name.
  private func startsAfterDotted(_ token: Token, _ next: Int, _ tokens: [Token]) -> Bool {
    if words.starters.contains(tokens[next].form), tokens[next].isCapitalised { return true }
    return tokens[next].kind == .openQuote && !token.isCapitalised
  }

  /// A verb of saying follows soon: the sentence of a closed cry goes on.
  private func reports(_ next: Int, _ range: Range<Int>, _ tokens: [Token]) -> Bool {
    for index in next..<min(next + 5, range.upperBound) {
      if words.reporting.contains(tokens[index].form) { return true }
      if !tokens[index].kind.isWordLike { return false }
    }
    return false
  }

  private func kind(_ range: Range<Int>, body: Int, hasDateline: Bool, _ tokens: [Token], _ bytes: [UInt8]) -> Sentence.Kind {
    let first = tokens[range.lowerBound]
    if first.kind == .bullet || body > range.lowerBound && !hasDateline { return .listItem }
    if isRow(range, tokens, bytes) { return .tableRow }
    if words.boilerplateHeads.contains(first.form),
      words.boilerplate.contains(where: { phrase in
        phrase.count <= range.count && phrase.indices.allSatisfy { tokens[range.lowerBound + $0].form == phrase[$0] }
      }), range.count <= 14 || !hasFullStop(range, tokens)
    {
      return .boilerplate
    }
    if hasDateline { return .body }
    let head = first.kind == .openBracket && range.count > 1 ? tokens[range.lowerBound + 1] : first
    if words.captions.contains(head.form), range.count > 1 {
      let follows = tokens[min(range.lowerBound + (first.kind == .openBracket ? 2 : 1), range.upperBound - 1)]
      if first.kind == .openBracket || follows.kind == .colon || follows.kind == .dash || follows.kind == .openBracket { return .caption }
    }
    if hasFullStop(range, tokens) || tokens[range.upperBound - 1].kind == .colon { return .body }
    guard range.count <= Structure.longestHeading else { return .body }
    if words.byline.contains(first.form), range.dropFirst().allSatisfy({ tokens[$0].isCapitalised || !tokens[$0].kind.isWordLike }) {
      return .byline
    }
    return .headline
  }

  private func hasFullStop(_ range: Range<Int>, _ tokens: [Token]) -> Bool {
    var last = range.upperBound - 1
    while last > range.lowerBound, [.closeQuote, .closeBracket, .apostrophe].contains(tokens[last].kind) { last -= 1 }
    return tokens[last].kind == .period || tokens[last].kind == .terminal || tokens[last].flags.contains(.dotted)
  }
}
