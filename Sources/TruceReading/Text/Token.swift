// A token: the smallest piece of a text that rules look at, by byte offsets and a hash of its folded form.

/// The folded form of a word (lower case, one kind of apostrophe) as a 64-bit hash, so that look-ups need no `String`.
///
/// Two texts of one form are equal for every lexicon; different forms differ but for a chance of about 1 in 10^19 a pair.
public struct Form: Sendable, Hashable {
  public let rawValue: UInt64

  @inlinable init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The form of one word; `Form("Entered") == Form("entered")`.
  public init(_ text: String) { self.init(scalars: text.unicodeScalars[...]) }

  /// The form of a name's last word: of "Reed Front" that of "front".
  init(lastWordOf text: String) {
    let scalars = text.unicodeScalars
    self.init(scalars: scalars[(text.utf8.lastIndex(of: 0x20).map { scalars.index(after: $0) } ?? scalars.startIndex)...])
  }

  private init(scalars: Substring.UnicodeScalarView) {
    var hash = FormHash()
    for scalar in scalars { hash.add(Characters.folded(scalar.value)) }
    rawValue = hash.value
  }

  /// Already a hash: it goes into tables as it is.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// What the standard library's sets and dictionaries ask for: no second hash over the first, which alone would cost more than the look-up.
  public func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: rawValue) ^ seed }

  /// No word has it.
  public static let none = Form(rawValue: 0)
}

/// The running hash of a word's folded scalars (FNV-1a over scalars, finished by a mixing multiplication).
@usableFromInline struct FormHash {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always) mutating func add(_ scalar: UInt32) { state = (state ^ UInt64(scalar)) &* 0x0000_0100_0000_01b3 }

  @inline(__always) var value: UInt64 {
    var mixed = state
    mixed ^= mixed >> 32
    mixed = mixed &* 0x9e37_79b9_7f4a_7c15
    mixed ^= mixed >> 29
    return mixed == 0 ? 1 : mixed
  }
}

/// A piece of a text: a word, a number, a mark.
public struct Token: Sendable, Hashable {
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    /// Letters, also with an apostrophe inside ("won't", "Sana'a") or dots ("U.N.", flag `.dotted`).
    case word
    /// Digits, with thousands' commas ("2,000") or a fraction ("40.5").
    case number
    /// "1st", "15th".
    case ordinal
    /// Letters and digits in one: "010430DDEC20", "1990s", "5km".
    case mixed
    /// A possessive or verb clitic, its apostrophe with it: "'s".
    case clitic
    /// A full stop.
    case period
    /// "!", "?", an ellipsis.
    case terminal
    case comma, colon, semicolon
    /// Between two pieces of one word: "Nagorno-Karabakh" is three tokens.
    case hyphen
    /// A dash of any length that stands between words, also "--" and " - ".
    case dash
    case slash
    case openQuote, closeQuote
    case apostrophe
    case openBracket, closeBracket
    case bullet
    case symbol

    /// A word, a number or what has letters and digits.
    public var isWordLike: Bool { rawValue <= Kind.mixed.rawValue }
  }

  public struct Flags: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The first letter is a capital.
    public static let capitalised = Flags(rawValue: 1)
    /// At least two letters, all of them capitals.
    public static let allCaps = Flags(rawValue: 2)
    /// The first token of its line.
    public static let startsLine = Flags(rawValue: 4)
    /// The first token after a blank line, a form feed, or of the text.
    public static let startsParagraph = Flags(rawValue: 8)
    /// No space stands before it.
    public static let glued = Flags(rawValue: 16)
    /// A word with inner full stops: "U.N.", "a.m.".
    public static let dotted = Flags(rawValue: 32)
    /// A number with a fraction.
    public static let decimal = Flags(rawValue: 64)
    /// A full stop that belongs to the abbreviation or initial before it ("Nov.", "Col.", "W."); rules step over it.
    public static let abbreviates = Flags(rawValue: 128)
    /// It stands in an aside in brackets within a quotation, that is, the outlet's own words.
    public static let aside = Flags(rawValue: 256)
    /// A word of five letters or more in "-ly".
    public static let inLy = Flags(rawValue: 512)
  }

  /// Bytes of the document's text, half-open.
  public var start: Int32
  public var end: Int32
  /// The folded form's hash; of numbers, the digits without commas; `Form.none` of marks.
  public var form: Form
  /// Index into the document's sentences.
  public var sentence: Int32
  public var flags: Flags
  public var kind: Kind
  /// How many quotations it stands in.
  public var quoteDepth: UInt8

  @inline(__always) init(start: Int32, end: Int32, form: Form, kind: Kind, flags: Flags) {
    self.start = start
    self.end = end
    self.form = form
    self.kind = kind
    self.flags = flags
    sentence = 0
    quoteDepth = 0
  }

  public var isCapitalised: Bool { flags.contains(.capitalised) }
  public var isAllCaps: Bool { flags.contains(.allCaps) }
  public var isGlued: Bool { flags.contains(.glued) }
}
