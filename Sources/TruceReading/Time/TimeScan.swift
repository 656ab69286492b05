// A document's tokens with their meanings as words of time, and the look-ups that all rules use.
internal import TruceModel

/// What the rules look at. A rule gets a token's index and returns where its match ends; nothing recurses. A class, because resolver and
/// writer hold it too.
final class TimeScan {
  let tokens: [Token]
  let bytes: [UInt8]
  let lexicon: TimeLexicon
  /// Each token's place in the lexicon's meanings, or -1.
  let slots: [Int32]
  /// The classes of each token's meanings.
  let bits: [UInt64]
  /// The classes that can open a time expression: kept here, since it is asked of every word.
  let openers = TimeLexicon.openers

  static let been = Form("been")
  static let past = Form("past")
  static let than = Form("than")
  static let time = Form("time")
  static let since = Form("since")
  static let following = Form("following")
  static let after = Form("after")
  static let adjacent = FormSet(["following", "previous", "preceding"])

  init(_ document: Document, _ lexicon: TimeLexicon) {
    tokens = document.tokens
    bytes = document.bytes
    self.lexicon = lexicon
    var slots = [Int32](repeating: -1, count: document.tokens.count)
    var bits = [UInt64](repeating: 0, count: document.tokens.count)
    for index in tokens.indices where tokens[index].kind == .word || tokens[index].kind == .mixed {
      let slot = lexicon.slot(of: tokens[index].form)
      guard slot >= 0 else { continue }
      slots[index] = Int32(slot)
      var next = index + 1
      if next < tokens.count, tokens[next].kind == .hyphen { next += 1 }
      bits[index] = lexicon.bits[slot].before(next < tokens.count ? tokens[next].form : .none)
    }
    self.slots = slots
    self.bits = bits
  }

  var count: Int { tokens.count }

  /// A word or phrase of a class that starts at a token; the longest there is.
  func meaning(_ at: Int, _ kind: TimeLexicon.Class) -> (meaning: TimeLexicon.Meaning, next: Int)? {
    guard at < bits.count, bits[at] & kind.bit != 0 else { return nil }
    let slot = Int(slots[at])
    let isPhrase = lexicon.bits[slot].phrases & kind.bit != 0
    for index in lexicon.meanings.values[slot].indices where lexicon.meanings.values[slot][index].kind == kind {
      if let next = isPhrase ? matched(slot, index, at) : at + 1 { return (lexicon.meanings.values[slot][index], next) }
    }
    return nil
  }

  /// The token after the word or phrase of a class that starts at a token; nil where none does.
  func end(_ at: Int, _ kind: TimeLexicon.Class) -> Int? {
    guard at < bits.count, bits[at] & kind.bit != 0 else { return nil }
    let slot = Int(slots[at])
    if lexicon.bits[slot].phrases & kind.bit == 0 { return at + 1 }
    for index in lexicon.meanings.values[slot].indices where lexicon.meanings.values[slot][index].kind == kind {
      if let next = matched(slot, index, at) { return next }
    }
    return nil
  }

  /// True where a word or phrase of a class starts at a token.
  @inline(__always)
  func has(_ at: Int, _ kind: TimeLexicon.Class) -> Bool {
    guard at >= 0, at < bits.count, bits[at] & kind.bit != 0 else { return false }
    let slot = Int(slots[at])
    if lexicon.bits[slot].alone & kind.bit != 0 { return true }
    for index in lexicon.meanings.values[slot].indices where lexicon.meanings.values[slot][index].kind == kind {
      if matched(slot, index, at) != nil { return true }
    }
    return false
  }

  private func matched(_ slot: Int, _ index: Int, _ at: Int) -> Int? {
    var next = at + 1
    for form in lexicon.meanings.values[slot][index].rest {
      if next < tokens.count, tokens[next].kind == .hyphen { next += 1 }
      guard next < tokens.count, tokens[next].form == form, tokens[next].sentence == tokens[at].sentence else { return nil }
      next += 1
    }
    return next
  }

  func kind(_ at: Int) -> Token.Kind? { at >= 0 && at < tokens.count ? tokens[at].kind : nil }

  /// True where both tokens stand in one sentence.
  func together(_ one: Int, _ other: Int) -> Bool { other < tokens.count && tokens[one].sentence == tokens[other].sentence }

  func byte(_ at: Int) -> UInt8 { bytes[Int(tokens[at].start)] }

  func length(_ at: Int) -> Int { Int(tokens[at].end - tokens[at].start) }

  /// The value of a number token that has digits only, with at most `digits` of them.
  func integer(_ at: Int, digits: ClosedRange<Int> = 1...9) -> Int? {
    guard at < tokens.count, tokens[at].kind == .number, !tokens[at].flags.contains(.decimal), digits.contains(length(at)) else {
      return nil
    }
    var value = 0
    for index in Int(tokens[at].start)..<Int(tokens[at].end) {
      let byte = bytes[index]
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// The digits at the head of an ordinal or mixed token ("15th"), and how many there are.
  func leadingDigits(_ at: Int) -> (value: Int, digits: Int) {
    var value = 0
    var digits = 0
    for index in Int(tokens[at].start)..<Int(tokens[at].end) {
      let byte = bytes[index]
      guard byte >= 0x30, byte <= 0x39, digits < 9 else { break }
      value = value * 10 + Int(byte - 0x30)
      digits += 1
    }
    return (value, digits)
  }

  /// Past a full stop that belongs to the abbreviation before it.
  func pastPeriod(_ at: Int) -> Int {
    guard at < tokens.count, tokens[at].kind == .period, tokens[at].isGlued else { return at }
    if tokens[at].flags.contains(.abbreviates) || (at + 1 < tokens.count && together(at, at + 1)) { return at + 1 }
    return at
  }

  func isHyphen(_ at: Int) -> Bool { kind(at) == .hyphen }

  /// A hyphen, dash or slash between two numbers or dates.
  func isJoint(_ at: Int) -> Bool { kind(at) == .hyphen || kind(at) == .dash }

  /// A month at a token: its number and the token after it, an abbreviation's full stop included.
  func month(_ at: Int) -> (number: Int, next: Int, isAmbiguous: Bool)? {
    guard at < tokens.count, slots[at] >= 0, let (meaning, next) = meaning(at, .month) else { return nil }
    guard tokens[at].isCapitalised || tokens[at].isAllCaps else { return nil }
    let isShort = length(at) <= 4
    return (meaning.number, isShort ? pastAbbreviation(next) : next, meaning.isAmbiguous)
  }

  /// Past the full stop of "Nov.": one that abbreviates or that a number follows.
  private func pastAbbreviation(_ at: Int) -> Int {
    guard at < tokens.count, tokens[at].kind == .period, tokens[at].isGlued else { return at }
    return tokens[at].flags.contains(.abbreviates) || (at + 1 < tokens.count && together(at, at + 1)) ? at + 1 : at
  }

  /// A day of the month in digits ("5", "15th") or as a word after "the" ("fifth").
  func dayNumber(_ at: Int) -> (day: Int, next: Int)? {
    guard at < tokens.count else { return nil }
    if let day = integer(at, digits: 1...2), (1...31).contains(day) { return (day, at + 1) }
    if tokens[at].kind == .ordinal {
      let (day, digits) = leadingDigits(at)
      return digits <= 2 && (1...31).contains(day) ? (day, at + 1) : nil
    }
    if let (meaning, next) = meaning(at, .ordinal), (1...31).contains(meaning.number) { return (meaning.number, next) }
    return nil
  }

  /// A year in four digits.
  func year(_ at: Int) -> Int? {
    guard let year = integer(at, digits: 4...4), (1000...2199).contains(year) else { return nil }
    return year
  }

  /// True where a number is glued to what makes it no number of a date: "$2000", "A-2000", "2000%".
  func isBound(_ at: Int) -> Bool {
    if at > 0, tokens[at].isGlued {
      switch tokens[at - 1].kind {
      case .symbol, .period, .colon: return true
      case .hyphen: return at > 1 && tokens[at - 2].kind != .number && !(slots[at - 2] >= 0) && tokens[at - 1].isGlued
      default: break
      }
    }
    if at + 1 < tokens.count, tokens[at + 1].isGlued, tokens[at + 1].kind == .symbol { return true }
    return false
  }

  /// True where a token stands among the first few of its sentence.
  func startsSentence(_ at: Int, within steps: Int) -> Bool {
    let back = at - steps
    return back < 0 || tokens[back].sentence != tokens[at].sentence
  }

  /// True after "until": what it says lies ahead, unless the sentence denies it.
  func isUntil(_ at: Int) -> Bool { at > 0 && meaning(at - 1, .governor)?.meaning.text == "until" }
}
