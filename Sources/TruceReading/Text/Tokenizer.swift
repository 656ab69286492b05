// Cuts bytes into tokens in one pass.

/// The tokenizer: linear in the input, no recursion, no assumption that the bytes are UTF-8.
enum Tokenizer {
  /// A word longer than this is cut; no rule looks at longer ones.
  static let longestWord = 256

  /// The tokens of a part of a text, where bytes that are not UTF-8 stand (the first, and how many), and whether a tab or a bar stands in it.
  static func tokens(_ text: [UInt8], in range: Range<Int>) -> (tokens: [Token], broken: (first: Int, count: Int)?, hasCells: Bool) {
    var scan = Scan(end: range.upperBound)
    scan.tokens.reserveCapacity(range.count / 5 + 16)
    let bytes = text.span
    var at = range.lowerBound
    while at < range.upperBound { at = scan.step(bytes, at) }
    return (scan.tokens, scan.brokenCount > 0 ? (scan.firstBroken, scan.brokenCount) : nil, scan.hasCells)
  }
}

private struct Scan {
  let end: Int
  var tokens: [Token] = []
  var newlines = 2
  var spaced = true
  var firstBroken = 0
  var brokenCount = 0
  var hasCells = false

  init(end: Int) { self.end = end }

  /// Consumes the space or token at a byte; returns where the next one starts.
  @inline(__always)
  mutating func step(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let byte = bytes[at]
    switch Characters.table[Int(byte)] {
    case Characters.Class.space:
      spaced = true
      if byte == 0x09 { hasCells = true }
      return at + 1
    case Characters.Class.newline:
      spaced = true
      if byte == 0x0C { newlines += 2 } else if byte == 0x0A || at + 1 >= end || bytes[at + 1] != 0x0A { newlines += 1 }
      return at + 1
    case Characters.Class.lower, Characters.Class.upper: return word(bytes, at)
    case Characters.Class.digit: return number(bytes, at)
    case Characters.Class.mark: return mark(bytes, at)
    default: return wide(bytes, at)
    }
  }

  @inline(__always)
  mutating func put(_ start: Int, _ stop: Int, _ kind: Token.Kind, _ form: Form = .none, _ extra: Token.Flags = []) {
    var flags = extra
    if newlines > 0 {
      flags.insert(.startsLine)
      if newlines > 1 { flags.insert(.startsParagraph) }
    } else if !spaced {
      flags.insert(.glued)
    }
    newlines = 0
    spaced = false
    tokens.append(Token(start: Int32(start), end: Int32(stop), form: form, kind: kind, flags: flags))
  }

  /// A broken byte separates, and is remembered.
  mutating func broken(_ at: Int) -> Int {
    if brokenCount == 0 { firstBroken = at }
    brokenCount += 1
    spaced = true
    return at + 1
  }

  /// True where a letter or digit stands.
  func isLetter(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    guard at < end else { return false }
    switch Characters.table[Int(bytes[at])] {
    case Characters.Class.lower, Characters.Class.upper: return true
    case Characters.Class.high:
      guard let (scalar, _) = Characters.decode(bytes, at), case .letter = Characters.wide(scalar) else { return false }
      return true
    default: return false
    }
  }

  func isDigit(_ bytes: Span<UInt8>, _ at: Int) -> Bool { at < end && bytes[at] &- 0x30 < 10 }

  /// The length of an apostrophe (straight, curly, back-quote) at a byte, or 0.
  @inline(__always)
  func apostrophe(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    guard at < end else { return 0 }
    let byte = bytes[at]
    if byte == 0x27 || byte == 0x60 { return 1 }
    if byte == 0xE2, at + 2 < end, bytes[at + 1] == 0x80, bytes[at + 2] == 0x99 || bytes[at + 2] == 0x98 { return 3 }
    if byte == 0xCA, at + 1 < end, bytes[at + 1] == 0xBC || bytes[at + 1] == 0xBB { return 2 }
    return 0
  }

  /// A clitic starts at an apostrophe: "'s" before no letter.
  func isPossessive(_ bytes: Span<UInt8>, _ at: Int, _ length: Int) -> Bool {
    let letter = at + length
    guard letter < end, bytes[letter] | 0x20 == 0x73 else { return false }
    return !isLetter(bytes, letter + 1) && !isDigit(bytes, letter + 1)
  }

  mutating func word(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var hash = FormHash()
    var at = start
    var letters = 0
    var capitals = 0
    var hasDigits = false
    var isFirstCapital = false
    let limit = min(end, start + Tokenizer.longestWord)
    scanning: while at < limit {
      let byte = bytes[at]
      switch Characters.table[Int(byte)] {
      case Characters.Class.lower:
        let first = at
        repeat {
          hash.add(UInt32(bytes[at]))
          at += 1
        } while at < limit && bytes[at] &- 0x61 < 26
        letters += at - first
      case Characters.Class.upper:
        hash.add(UInt32(byte | 0x20))
        if at == start { isFirstCapital = true }
        capitals += 1
        letters += 1
        at += 1
      case Characters.Class.digit:
        hash.add(UInt32(byte))
        hasDigits = true
        at += 1
      case Characters.Class.mark:
        guard byte == 0x27 || byte == 0x60, isLetter(bytes, at + 1), !isPossessive(bytes, at, 1) else { break scanning }
        if let cut = contraction(bytes, start, at, 1, Form(rawValue: hash.value)) { return contracted(bytes, start, cut, isFirstCapital) }
        hash.add(0x27)
        at += 1
      case Characters.Class.high:
        let length = apostrophe(bytes, at)
        if length > 0 {
          guard isLetter(bytes, at + length), !isPossessive(bytes, at, length) else { break scanning }
          if let cut = contraction(bytes, start, at, length, Form(rawValue: hash.value)) {
            return contracted(bytes, start, cut, isFirstCapital)
          }
          hash.add(0x27)
          at += length
          continue
        }
        guard let (scalar, size) = Characters.decode(bytes, at) else { break scanning }
        switch Characters.wide(scalar) {
        case .letter:
          let folded = Characters.folded(scalar)
          hash.add(folded)
          letters += 1
          if folded != scalar {
            capitals += 1
            if at == start { isFirstCapital = true }
          }
          at += size
        case .ignorable: at += size
        default: break scanning
        }
      default: break scanning
      }
    }
    if at == start {
      // A lone ignorable or the like: it separates.
      spaced = true
      return start + 1
    }
    if letters == 1, !hasDigits, let stop = dotted(bytes, start, at, &hash, &capitals, &letters) {
      var flags: Token.Flags = .dotted
      if isFirstCapital { flags.insert(.capitalised) }
      if capitals == letters { flags.insert(.allCaps) }
      put(start, stop, .word, Form(rawValue: hash.value), flags)
      return stop
    }
    var flags: Token.Flags = []
    if isFirstCapital { flags.insert(.capitalised) }
    if capitals == letters, letters > 1 { flags.insert(.allCaps) }
    let stop = min(at, end)
    if letters > 4, bytes[stop - 1] == UInt8(ascii: "y"), bytes[stop - 2] == UInt8(ascii: "l") { flags.insert(.inLy) }
    put(start, stop, hasDigits ? .mixed : .word, Form(rawValue: hash.value), flags)
    // Mostly a space follows.
    if at < end, bytes[at] == 0x20 { return at }
    return clitic(bytes, at)
  }

  private static let hosts = FormSet(["i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "this", "what"])
  private static let negated = FormSet(
    ["do", "does", "did", "has", "have", "had", "is", "are", "was", "were", "wo", "would", "could", "should", "must", "need"])

  /// Where the second word of a contraction starts: "they|'re", "has|n't"; nil for an apostrophe within a name.
  private func contraction(_ bytes: Span<UInt8>, _ start: Int, _ at: Int, _ length: Int, _ before: Form) -> Int? {
    let first = at + length
    let isLast = !isLetter(bytes, first + 1)
    switch bytes[first] | 0x20 {
    case UInt8(ascii: "t") where isLast && at > start + 2 && bytes[at - 1] | 0x20 == UInt8(ascii: "n"):
      return Scan.negated.contains(folded(bytes, start..<at - 1)) ? at - 1 : nil
    case UInt8(ascii: "d"), UInt8(ascii: "m"):
      return isLast && Scan.hosts.contains(before) ? at : nil
    case UInt8(ascii: "v"), UInt8(ascii: "r"), UInt8(ascii: "l"):
      return !isLast && !isLetter(bytes, first + 2) && Scan.hosts.contains(before) ? at : nil
    default: return nil
    }
  }

  /// The two words of a contraction, the second of which starts at `cut`.
  private mutating func contracted(_ bytes: Span<UInt8>, _ start: Int, _ cut: Int, _ isCapitalised: Bool) -> Int {
    var stop = cut
    while stop < end, apostrophe(bytes, stop) > 0 || isLetter(bytes, stop) { stop += max(1, apostrophe(bytes, stop)) }
    put(start, cut, .word, folded(bytes, start..<cut), isCapitalised ? .capitalised : [])
    put(cut, stop, .word, folded(bytes, cut..<stop))
    return stop
  }

  /// The form of ASCII letters with an apostrophe among them.
  private func folded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Form {
    var hash = FormHash()
    var at = range.lowerBound
    while at < range.upperBound {
      let length = apostrophe(bytes, at)
      hash.add(length > 0 ? 0x27 : UInt32(bytes[at] | 0x20))
      at += max(1, length)
    }
    return Form(rawValue: hash.value)
  }

  /// "'s" after a word, as a token of its own.
  mutating func clitic(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let length = apostrophe(bytes, at)
    guard length > 0, isPossessive(bytes, at, length) else { return at }
    put(at, at + length + 1, .clitic)
    return at + length + 1
  }

  /// The end of an abbreviation of single letters with full stops ("U.N.", "a.m."), if one starts with this letter.
  func dotted(_ bytes: Span<UInt8>, _ start: Int, _ next: Int, _ hash: inout FormHash, _ capitals: inout Int, _ letters: inout Int) -> Int?
  {
    var at = next
    var count = 1
    while at + 1 < end, bytes[at] == 0x2E, count < 8 {
      let byte = bytes[at + 1]
      let kind = Characters.table[Int(byte)]
      guard kind == Characters.Class.upper || kind == Characters.Class.lower else { break }
      if isLetter(bytes, at + 2) || isDigit(bytes, at + 2) { break }
      hash.add(0x2E)
      hash.add(UInt32(byte | 0x20))
      if kind == Characters.Class.upper { capitals += 1 }
      letters += 1
      count += 1
      at += 2
    }
    guard count > 1 else { return nil }
    hash.add(0x2E)
    return at < end && bytes[at] == 0x2E ? at + 1 : at
  }

  mutating func number(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var hash = FormHash()
    var at = start
    let limit = min(end, start + Tokenizer.longestWord)
    while at < limit, isDigit(bytes, at) {
      hash.add(UInt32(bytes[at]))
      at += 1
    }
    var flags: Token.Flags = []
    if at - start <= 3 {
      while at + 3 < limit, bytes[at] == 0x2C, isDigit(bytes, at + 1), isDigit(bytes, at + 2), isDigit(bytes, at + 3),
        !isDigit(bytes, at + 4)
      {
        for offset in 1...3 { hash.add(UInt32(bytes[at + offset])) }
        at += 4
      }
    }
    if at + 1 < limit, bytes[at] == 0x2E, isDigit(bytes, at + 1) {
      var stop = at + 1
      while stop < limit, isDigit(bytes, stop) { stop += 1 }
      // "14.11.2020" is no fraction, nor is what stands behind a dot or before letters.
      let continues = stop + 1 < end && bytes[stop] == 0x2E && isDigit(bytes, stop + 1)
      let follows = tokens.last.map { $0.kind == .period && Int($0.end) == start } ?? false
      if !continues, !follows, stop < limit {
        for index in at..<stop { hash.add(UInt32(bytes[index])) }
        flags.insert(.decimal)
        at = stop
      } else if !continues, !follows, stop == end {
        for index in at..<stop { hash.add(UInt32(bytes[index])) }
        flags.insert(.decimal)
        at = stop
      }
    }
    guard at < limit, isLetter(bytes, at), !flags.contains(.decimal) else {
      put(start, at, .number, Form(rawValue: hash.value), flags)
      return at
    }
    return mixed(bytes, start, at, hash)
  }

  /// Digits with letters behind them: an ordinal or a mixed token.
  mutating func mixed(_ bytes: Span<UInt8>, _ start: Int, _ letters: Int, _ running: FormHash) -> Int {
    var hash = running
    var at = letters
    let limit = min(end, start + Tokenizer.longestWord)
    while at < limit {
      if let (scalar, size) = Characters.decode(bytes, at), scalar < 0x80 ? isLetter(bytes, at) || isDigit(bytes, at) : isLetter(bytes, at)
      {
        hash.add(Characters.folded(scalar))
        at += size
      } else {
        break
      }
    }
    at = min(at, end)
    if at - letters == 2 {
      let suffix = (bytes[letters] | 0x20, bytes[letters + 1] | 0x20)
      let isOrdinal = suffix == (0x73, 0x74) || suffix == (0x6E, 0x64) || suffix == (0x72, 0x64) || suffix == (0x74, 0x68)
      if isOrdinal {
        put(start, at, .ordinal, Form(rawValue: hash.value))
        return at
      }
    }
    put(start, at, .mixed, Form(rawValue: hash.value))
    return clitic(bytes, at)
  }

  mutating func mark(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let byte = bytes[at]
    let next = at + 1 < end ? bytes[at + 1] : 0x20
    switch byte {
    case 0x2E:
      if next == 0x2E {
        var stop = at
        while stop < end, bytes[stop] == 0x2E { stop += 1 }
        put(at, stop, .terminal)
        return stop
      }
      put(at, at + 1, .period)
    case 0x21, 0x3F: put(at, at + 1, .terminal)
    case 0x2C: put(at, at + 1, .comma)
    case 0x3A: put(at, at + 1, .colon)
    case 0x3B: put(at, at + 1, .semicolon)
    case 0x2D:
      if next == 0x2D {
        var stop = at
        while stop < end, bytes[stop] == 0x2D { stop += 1 }
        put(at, stop, .dash)
        return stop
      }
      let isFree = Characters.table[Int(next)] <= Characters.Class.newline
      let isFirst = newlines > 0
      put(at, at + 1, isFirst && isFree ? .bullet : isFree || spaced || isFirst ? .dash : .hyphen)
    case 0x2F: put(at, at + 1, .slash)
    case 0x28, 0x5B, 0x7B: put(at, at + 1, .openBracket)
    case 0x29, 0x5D, 0x7D: put(at, at + 1, .closeBracket)
    case 0x2A: put(at, at + 1, newlines > 0 && Characters.table[Int(next)] <= Characters.Class.newline ? .bullet : .symbol)
    case 0x22: put(at, at + 1, opensQuote(next) ? .openQuote : .closeQuote)
    case 0x27, 0x60:
      if next == byte {
        put(at, at + 2, byte == 0x60 || opensQuote(at + 2 < end ? bytes[at + 2] : 0x20) ? .openQuote : .closeQuote)
        return at + 2
      }
      put(at, at + 1, .apostrophe)
    default:
      if byte == 0x7C { hasCells = true }
      put(at, at + 1, .symbol)
    }
    return at + 1
  }

  /// A straight double quote opens where nothing but a space or an opening mark stands before it and something follows.
  func opensQuote(_ next: UInt8) -> Bool {
    let isBefore = spaced || newlines > 0 || (tokens.last.map { [.openBracket, .dash, .openQuote, .slash].contains($0.kind) } ?? true)
    return isBefore && Characters.table[Int(next)] > Characters.Class.newline
  }

  mutating func wide(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    guard let (scalar, size) = Characters.decode(bytes, at), at + size <= end else { return broken(at) }
    switch Characters.wide(scalar) {
    case .letter: return word(bytes, at)
    case .space: spaced = true
    case .newline:
      spaced = true
      newlines += 1
    case .ignorable: break
    case .apostrophe, .openSingle: put(at, at + size, .apostrophe)
    case .mark(let kind): put(at, at + size, kind)
    }
    return at + size
  }
}
