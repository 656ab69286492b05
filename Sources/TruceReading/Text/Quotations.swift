// Finds what stands between quotation marks, nested, across sentences, and the outlet's asides within.

/// Pairs quotation marks with a bounded stack; a mark that pairs with nothing is left alone.
struct Quotations {
  /// Quotations nested deeper than this count as this deep.
  static let deepest = 8

  private(set) var found: [Quotation] = []
  private var open: [(token: Int, isSingle: Bool)] = []

  /// Finds all quotations; sets each token's `quoteDepth` and the `aside` flag.
  mutating func run(_ tokens: inout [Token], _ bytes: [UInt8]) {
    var bracket: Int?
    for index in tokens.indices {
      if tokens[index].flags.contains(.startsParagraph), !open.isEmpty {
        close(all: index, tokens)
        bracket = nil
      }
      switch tokens[index].kind {
      case .openQuote: push(index, single: false)
      case .closeQuote: pop(index, single: false, tokens)
      case .apostrophe: single(index, tokens, bytes)
      case .openBracket where !open.isEmpty: bracket = index
      case .closeBracket:
        if let start = bracket, !open.isEmpty, isAside(start..<index, tokens) {
          for inner in start...index { tokens[inner].flags.insert(.aside) }
        }
        bracket = nil
      default: break
      }
      if !open.isEmpty { tokens[index].quoteDepth = UInt8(open.count) }
    }
    close(all: tokens.count, tokens)
    found.sort { ($0.tokens.lowerBound, $0.depth) < ($1.tokens.lowerBound, $1.depth) }
  }

  private mutating func push(_ index: Int, single: Bool) {
    guard open.count < Quotations.deepest else { return }
    open.append((index, single))
  }

  private mutating func pop(_ index: Int, single: Bool, _ tokens: [Token]) {
    guard let match = open.lastIndex(where: { $0.isSingle == single }) else { return }
    while open.count > match {
      let depth = open.count
      let start = open.removeLast().token + 1
      found.append(Quotation(tokens: start..<index, depth: depth, isClosed: open.count == match))
    }
  }

  private mutating func close(all index: Int, _ tokens: [Token]) {
    while let last = open.popLast() {
      // A single mark that nothing closes was an apostrophe.
      if last.isSingle { continue }
      found.append(Quotation(tokens: last.token + 1..<index, depth: open.count + 1, isClosed: false))
    }
  }

  /// A single mark: opens after a space and before a word where another mark of its kind may close it, closes after a word.
  private mutating func single(_ index: Int, _ tokens: [Token], _ bytes: [UInt8]) {
    let token = tokens[index]
    let isNextGlued = index + 1 < tokens.count && tokens[index + 1].isGlued && tokens[index + 1].kind.isWordLike
    if !token.isGlued, isNextGlued {
      push(index, single: true)
    } else if token.isGlued, !isNextGlued, open.last?.isSingle == true {
      pop(index, single: true, tokens)
    }
  }

  /// An aside ends with a dash and a name in capitals: "(in the early hours - TASS)".
  private func isAside(_ range: Range<Int>, _ tokens: [Token]) -> Bool {
    guard range.count >= 3 else { return false }
    var at = range.upperBound - 1
    var names = 0
    while at > range.lowerBound, tokens[at].kind == .word || tokens[at].kind == .period {
      names += 1
      at -= 1
    }
    return names >= 1 && names <= 4 && tokens[at].kind == .dash && tokens[at + 1].isCapitalised
  }
}
