// A document: a report's plain text with its tokens, sentences and structure, ready for the readers of times and claims.
public import TruceModel

/// A text as the readers see it. All offsets count bytes of `bytes`.
///
/// Made in time linear in the text; never fails: what is wrong with the input is in `findings`.
public struct Document: Sendable {
  /// The plain text; of HTML, the text that was extracted.
  public let bytes: [UInt8]
  public internal(set) var tokens: [Token]
  public internal(set) var sentences: [Sentence]
  public internal(set) var datelines: [Dateline]
  public internal(set) var quotations: [Quotation]
  /// When it was published, as the caller or the front matter says; a dateline's date is found by the reader of times.
  public internal(set) var published: When?
  /// Who published it, as the caller, the front matter or the dateline says.
  public internal(set) var sourceName: String?
  public internal(set) var title: String?
  public internal(set) var address: String?
  /// BCP 47.
  public internal(set) var language: String
  /// In which local times without a zone are local: the source's or the case's; nil where nothing is known.
  public var zone: Zone?
  public internal(set) var findings: [Finding]

  /// A document of plain text, which may open with front matter.
  ///
  /// - Parameters:
  ///   - plain: the text, UTF-8; bytes that are not become separators and a finding.
  ///   - published: overrides the front matter's.
  ///   - sourceName: overrides the front matter's.
  ///   - language: BCP 47; the front matter's overrides it.
  ///   - zone: of local times for which the text names none.
  public init(plain: [UInt8], published: When? = nil, sourceName: String? = nil, language: String = "en", zone: Zone? = nil) {
    precondition(plain.count <= Document.largest, "A document has at most \(Document.largest) bytes; split longer input first")
    let matter = FrontMatter(plain, zone: zone ?? .utc)
    self.init(
      text: plain, from: matter.end, published: published ?? matter.published, sourceName: sourceName ?? matter.source,
      language: matter.language ?? language, zone: zone, findings: matter.findings)
    if let title = matter.title { self.title = title }
    address = matter.address
  }

  /// The largest text that one document may have, in bytes: offsets are 32-bit.
  public static let largest = 1 << 30

  init(text: [UInt8], from start: Int, published: When?, sourceName: String?, language: String, zone: Zone?, findings: [Finding]) {
    let result = Tokenizer.tokens(text, in: start..<text.count)
    var tokens = result.tokens
    var structure = Structure(language: language)
    structure.run(&tokens, text)
    var quotes = Quotations()
    quotes.run(&tokens, text)
    bytes = text
    self.tokens = tokens
    sentences = structure.sentences
    datelines = structure.datelines
    quotations = quotes.found
    self.published = published
    self.language = language
    self.zone = zone
    self.findings = findings
    self.sourceName = sourceName
    if let broken = result.broken {
      let more = broken.count > 1 ? ", and \(broken.count - 1) more" : ""
      self.findings.append(
        Finding(.warning, "The text is not UTF-8 at byte \(broken.first)\(more); those bytes were read as spaces."))
    }
    title = sentences.first { $0.kind == .headline }.map { Document.text(text, $0.span) }
    if sourceName == nil, let agency = datelines.first?.agency {
      self.sourceName = Document.text(text, ByteSpan(Int(tokens[agency.lowerBound].start), Int(tokens[agency.upperBound - 1].end)))
    }
  }

  static func text(_ bytes: [UInt8], _ span: ByteSpan) -> String { String(decoding: bytes[span.range], as: UTF8.self) }

  /// The text of a span.
  public func text(_ span: ByteSpan) -> String { Document.text(bytes, span) }

  /// The text of one token.
  public func text(token index: Int) -> String { text(span(token: index)) }

  /// The text from a token to another.
  public func text(tokens range: Range<Int>) -> String { text(span(tokens: range)) }

  public func span(token index: Int) -> ByteSpan { ByteSpan(Int(tokens[index].start), Int(tokens[index].end)) }

  /// The bytes from the first token of a range to its last; an empty range has an empty span.
  public func span(tokens range: Range<Int>) -> ByteSpan {
    guard !range.isEmpty else {
      let at = range.lowerBound < tokens.count ? Int(tokens[range.lowerBound].start) : bytes.count
      return ByteSpan(at, at)
    }
    return ByteSpan(Int(tokens[range.lowerBound].start), Int(tokens[range.upperBound - 1].end))
  }

  /// The value of a number or ordinal in digits ("2,000", "40.5", "15th"); nil of other tokens or past 15 digits.
  public func number(token index: Int) -> Double? {
    let token = tokens[index]
    guard token.kind == .number || token.kind == .ordinal else { return nil }
    var value = 0.0
    var scale = 0.0
    var digits = 0
    for at in Int(token.start)..<Int(token.end) {
      let byte = bytes[at]
      if byte >= 0x30, byte <= 0x39 {
        digits += 1
        if scale > 0 {
          value += Double(byte - 0x30) * scale
          scale /= 10
        } else {
          value = value * 10 + Double(byte - 0x30)
        }
      } else if byte == 0x2E {
        scale = 0.1
      }
    }
    return digits <= 15 ? value : nil
  }
}
