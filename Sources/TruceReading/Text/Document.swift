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

  /// The bytes that the tokens cover: all of the text, or of a long text or several joined by form feeds the first part.
  public internal(set) var range: Range<Int>
  /// What the caller said of the whole, for the parts that follow.
  private var given = Given()

  private struct Given: Sendable {
    var published: When?
    var sourceName: String?
    var language = "en"
    var isPlain = false
  }

  /// A document of plain text, which may open with front matter.
  ///
  /// Of a text with form feeds, or one longer than `longestPart`, the document has the first part; `next` gives the others.
  ///
  /// - Parameters:
  ///   - plain: the text, UTF-8; bytes that are not become separators and a finding.
  ///   - published: overrides the front matter's.
  ///   - sourceName: overrides the front matter's.
  ///   - language: BCP 47; the front matter's overrides it.
  ///   - zone: of local times for which the text names none.
  public init(plain: [UInt8], published: When? = nil, sourceName: String? = nil, language: String = "en", zone: Zone? = nil) {
    let given = Given(published: published, sourceName: sourceName, language: language, isPlain: true)
    self.init(part: plain, from: 0, given: given, zone: zone)
  }

  private init(part text: [UInt8], from start: Int, given: Given, zone: Zone?) {
    let matter = FrontMatter(text[start...], zone: zone ?? .utc)
    self.init(
      text: text, from: matter.end, published: given.published ?? matter.published, sourceName: given.sourceName ?? matter.source,
      language: matter.language ?? given.language, zone: zone, findings: matter.findings)
    if let title = matter.title { self.title = title }
    address = matter.address
    self.given = given
  }

  /// The largest text that is read, in bytes: offsets are 32-bit. What lies beyond is left out, with a finding.
  public static let largest = 1 << 30

  /// A longer text is read part by part, so that memory stays bounded, in bytes.
  public static let longestPart = 3 << 14

  /// The document of the text's next part; nil after the last.
  ///
  /// Behind a form feed a new report begins, with what the caller said of all and its own front matter; else the same one goes on.
  ///
  /// - Parameter published: what was found out of this part's publication, for a part that goes on.
  public func next(published: When? = nil) -> Document? {
    let start = range.upperBound
    guard start < min(bytes.count, Document.largest) else { return nil }
    if bytes[start] == 0x0C {
      if given.isPlain { return Document(part: bytes, from: start + 1, given: given, zone: zone) }
      return Document(
        text: bytes, from: start + 1, published: self.published, sourceName: sourceName, language: language, zone: zone, findings: [])
    }
    var part = Document(
      text: bytes, from: start, published: self.published ?? published, sourceName: sourceName, language: language, zone: zone, findings: []
    )
    part.given = given
    part.title = title
    part.address = address
    return part
  }

  /// Where the part that starts at a byte ends: at a form feed, or where it grows too long at the end of a paragraph, line or word.
  private static func end(of text: [UInt8], from start: Int) -> Int {
    let limit = min(text.count, largest)
    let stop = min(limit, start + longestPart)
    if let feed = firstPlace(of: 0x0C, in: text[start..<stop]) { return feed }
    guard stop < limit else { return limit }
    let window = text[max(start, stop - longestPart / 4)..<stop]
    if let line = window.indices.last(where: { window[$0] == 0x0A && $0 > window.startIndex && window[$0 - 1] == 0x0A }) { return line + 1 }
    if let line = window.lastIndex(of: 0x0A) { return line + 1 }
    if let stop = window.indices.last(where: { window[$0] == 0x20 && $0 > window.startIndex && window[$0 - 1] == 0x2E }) { return stop }
    if let space = window.lastIndex(of: 0x20) { return space }
    // No place to cut: before the last character's first byte.
    return (window.suffix(4).lastIndex { $0 & 0xC0 != 0x80 }) ?? stop
  }

  init(text: [UInt8], from start: Int, published: When?, sourceName: String?, language: String, zone: Zone?, findings: [Finding]) {
    let range = start..<max(start, Document.end(of: text, from: start))
    let result = Tokenizer.tokens(text, in: range)
    var tokens = result.tokens
    var structure = Structure(language: language, hasCells: result.hasCells)
    structure.run(&tokens, text)
    var quotes = Quotations()
    quotes.run(&tokens, text)
    self.range = range
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
    if range.upperBound == Document.largest, text.count > Document.largest {
      self.findings.append(Finding(.warning, "The text has more than \(Document.largest) bytes; what follows was not read."))
    }
    if isStoppedHeadline { sentences[0].kind = .headline }
    title = sentences.first { $0.kind == .headline }.map { Document.text(text, $0.span) }
    if sourceName == nil, let agency = datelines.first?.agency {
      self.sourceName = Document.text(text, ByteSpan(Int(tokens[agency.lowerBound].start), Int(tokens[agency.upperBound - 1].end)))
    }
  }

  /// "Tarn troops now control town." above a byline or a dateline of its own line: a headline in spite of its full stop, and without articles.
  private var isStoppedHeadline: Bool {
    guard sentences.count > 2, sentences[0].kind == .body, sentences[1].kind != .body, sentences[0].paragraph != sentences[1].paragraph,
      sentences[0].bodyTokens.count <= 13
    else { return false }
    return !sentences[0].bodyTokens.contains { Document.articles.contains(tokens[$0].form) }
  }

  /// "ORLIN, Westland 2001-05-03" on a line of its own above the text: its words before the date.
  var datelineAlone: Range<Int>? {
    for sentence in sentences.prefix(5) where sentence.kind != .body && tokens[sentence.body].isAllCaps {
      let line = sentence.bodyTokens
      guard let date = line.first(where: { tokens[$0].kind == .number || tokens[$0].kind == .ordinal }),
        (1...6).contains(date - line.lowerBound),
        line.upperBound - date <= 6,
        (line.lowerBound..<date).allSatisfy({ tokens[$0].isCapitalised || [.comma, .hyphen, .period].contains(tokens[$0].kind) })
      else { continue }
      return line.lowerBound..<date
    }
    return nil
  }

  private static let articles = FormSet(["the", "a", "an"])

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
