// Turns a web page into plain text, block by block, with what the page says of itself, by libxml2's HTML parser.
internal import CLibXML
internal import TruceModel

/// The text of a web page and what it says of itself.
///
/// The parser is driven by events: no tree is built, memory is the text's, nothing recurses, nothing is fetched.
struct HTMLText {
  var text: [UInt8] = []
  var title: String?
  var siteName: String?
  var language: String?
  var address: String?
  /// The publication's date as the page writes it, the most telling place first.
  var published: String?
  /// Bytes of `text` that the page marks as headings, captions and the like.
  var hints: [(span: ByteSpan, kind: Sentence.Kind)] = []
  var findings: [Finding] = []

  /// A larger page is cut there, with a finding.
  static let largest = 1 << 28

  init(_ html: [UInt8]) {
    let page = PageEvents()
    let size = min(html.count, HTMLText.largest)
    if html.count > size {
      findings.append(Finding(.warning, "The page has more than \(HTMLText.largest) bytes; what follows was not read."))
    }
    var handler = htmlSAXHandler()
    handler.startElement = { context, name, attributes in PageEvents.of(context).start(name, attributes) }
    handler.endElement = { context, name in PageEvents.of(context).end(name) }
    handler.characters = { context, text, count in PageEvents.of(context).characters(text, count) }
    handler.ignorableWhitespace = { context, text, count in PageEvents.of(context).characters(text, count) }
    handler.cdataBlock = { context, text, count in PageEvents.of(context).characters(text, count) }
    let pointer = Unmanaged.passUnretained(page).toOpaque()
    let encoding = String(validating: html[..<size], as: UTF8.self) == nil ? XML_CHAR_ENCODING_NONE : XML_CHAR_ENCODING_UTF8
    guard let parser = htmlCreatePushParserCtxt(&handler, pointer, nil, 0, nil, encoding) else { return }
    htmlCtxtUseOptions(
      parser,
      Int32(HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue))
    html.withUnsafeBytes { bytes in
      var at = 0
      while at < size {
        let count = min(65_536, size - at)
        _ = htmlParseChunk(parser, bytes.baseAddress!.advanced(by: at).assumingMemoryBound(to: CChar.self), Int32(count), 0)
        at += count
      }
    }
    _ = htmlParseChunk(parser, nil, 0, 1)
    htmlFreeParserCtxt(parser)
    withExtendedLifetime(page) {}
    let part = page.article.bytes.count >= 200 ? page.article : page.whole
    text = part.bytes
    hints = part.hints
    title = page.heading ?? page.socialTitle ?? page.title
    siteName = page.siteName
    language = page.language
    address = page.address
    published = page.dates.min { $0.rank < $1.rank }?.text
  }
}

/// One run of extracted text.
private struct Extract {
  var bytes: [UInt8] = []
  var hints: [(span: ByteSpan, kind: Sentence.Kind)] = []
  /// Line feeds that are due before the next character.
  var breaks = 0
  var isSpaced = false
  var start = 0

  mutating func put(_ byte: UInt8) {
    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
      isSpaced = true
      return
    }
    if byte == 0xA0, bytes.last == 0xC2 {
      // A space that does not break is a space.
      bytes.removeLast()
      isSpaced = true
      return
    }
    if !bytes.isEmpty {
      if breaks > 0 {
        bytes.append(contentsOf: repeatElement(0x0A, count: breaks))
      } else if isSpaced {
        bytes.append(0x20)
      }
    }
    breaks = 0
    isSpaced = false
    bytes.append(byte)
  }

  mutating func tab() {
    if breaks == 0, !bytes.isEmpty, bytes.last != 0x0A { bytes.append(0x09) }
    isSpaced = false
  }

  mutating func note(_ kind: Sentence.Kind) {
    if start < bytes.count { hints.append((ByteSpan(start, bytes.count), kind)) }
  }
}

/// What happens while a page is parsed; used by one thread, for the length of one call.
private final class PageEvents {
  var whole = Extract()
  var article = Extract()
  var title: String?
  var socialTitle: String?
  var heading: String?
  var siteName: String?
  var language: String?
  var address: String?
  var dates: [(rank: Int, text: String)] = []
  private var skipped = 0
  private var articles = 0
  private var hidden: [String] = []
  private var captured: (name: String, bytes: [UInt8])?

  static func of(_ context: UnsafeMutableRawPointer?) -> PageEvents {
    Unmanaged<PageEvents>.fromOpaque(context!).takeUnretainedValue()
  }

  private static let dropped: Set<String> = [
    "script", "style", "nav", "noscript", "template", "svg", "iframe", "footer", "aside", "form", "button", "select", "object", "canvas",
    "head", "menu", "dialog", "audio", "video",
  ]
  private static let blocks: Set<String> = [
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dd", "dt", "table",
    "blockquote", "figure", "figcaption", "pre", "hr", "address", "body", "center", "caption",
  ]
  private static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]
  /// Values of `class`, `id` and `role` that mark what is no part of a report.
  private static let asides: Set<String> = [
    "nav", "navigation", "menu", "sidebar", "footer", "comments", "share", "social", "related", "cookie", "breadcrumb", "breadcrumbs",
    "advertisement", "ad", "banner", "newsletter", "search", "skip-link", "visually-hidden", "sr-only",
  ]
  private static let void: Set<String> = [
    "br", "hr", "img", "input", "link", "meta", "area", "base", "col", "embed", "source", "track", "wbr",
  ]

  func start(_ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
    guard let name else { return }
    let element = String(cString: name)
    let values = Self.dictionary(attributes)
    switch element {
    case "html": language = values["lang"] ?? language
    case "meta": meta(values)
    case "link": if values["rel"]?.lowercased() == "canonical" { address = values["href"] }
    case "time":
      if let text = values["datetime"] { dates.append((values["itemprop"] == "datePublished" || values["pubdate"] != nil ? 1 : 4, text)) }
    case "title": if title == nil, skipped <= 1 { captured = ("title", []) }
    case "script": if values["type"]?.lowercased() == "application/ld+json" { captured = ("script", []) }
    case "h1": if heading == nil, skipped == 0 { captured = ("h1", []) }
    default: break
    }
    if skipped > 0 || Self.dropped.contains(element) || isAside(values) {
      if !Self.void.contains(element) {
        skipped += 1
        hidden.append(element)
      }
      return
    }
    if element == "article" || element == "main" { articles += 1 }
    open(element)
  }

  private func open(_ element: String) {
    change { extract in
      switch element {
      case "br": extract.breaks = max(extract.breaks, 1)
      case "li", "tr": extract.breaks = max(extract.breaks, 1)
      case "td", "th": extract.tab()
      default: if Self.blocks.contains(element) { extract.breaks = 2 }
      }
      extract.start = extract.bytes.count + (extract.bytes.isEmpty ? 0 : extract.breaks)
    }
    if element == "li" {
      characters([0xE2, 0x80, 0xA2, 0x20])
    }
  }

  func end(_ name: UnsafePointer<xmlChar>?) {
    guard let name else { return }
    let element = String(cString: name)
    if let done = captured, done.name == element {
      captured = nil
      keep(done.name, String(decoding: done.bytes, as: UTF8.self))
    }
    if skipped > 0 {
      if let match = hidden.lastIndex(of: element) {
        skipped -= hidden.count - match
        hidden.removeLast(hidden.count - match)
      }
      return
    }
    if element == "article" || element == "main" { articles = max(0, articles - 1) }
    change { extract in
      if Self.headings.contains(element) { extract.note(.headline) }
      if element == "figcaption" || element == "caption" { extract.note(.caption) }
      if element == "tr" || element == "li" { extract.breaks = max(extract.breaks, 1) }
      if Self.blocks.contains(element) { extract.breaks = 2 }
    }
  }

  func characters(_ text: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard let text, count > 0 else { return }
    characters(UnsafeBufferPointer(start: text, count: Int(count)))
  }

  private func characters(_ bytes: some Sequence<UInt8>) {
    if captured != nil, captured!.bytes.count < 65_536 { captured!.bytes.append(contentsOf: bytes) }
    guard skipped == 0 else { return }
    change { extract in for byte in bytes { extract.put(byte) } }
  }

  private func change(_ body: (inout Extract) -> Void) {
    body(&whole)
    if articles > 0 { body(&article) }
  }

  private func keep(_ element: String, _ text: String) {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty else { return }
    switch element {
    case "title": title = line
    case "h1": heading = line
    default: if let date = Self.value(of: "datePublished", in: text) { dates.append((2, date)) }
    }
  }

  private func meta(_ values: [String: String]) {
    guard let content = values["content"], let name = (values["property"] ?? values["name"] ?? values["itemprop"])?.lowercased() else {
      return
    }
    switch name {
    case "article:published_time", "og:published_time", "datepublished": dates.append((0, content))
    case "date", "pubdate", "publishdate", "publish-date", "dc.date", "dc.date.issued", "dcterms.date", "parsely-pub-date", "sailthru.date":
      dates.append((3, content))
    case "og:title": socialTitle = content
    case "og:site_name", "application-name": siteName = siteName ?? content
    case "og:url": address = address ?? content
    default: break
    }
  }

  private func isAside(_ values: [String: String]) -> Bool {
    if values["hidden"] != nil || values["aria-hidden"] == "true" { return true }
    for key in ["class", "id", "role"] {
      guard let value = values[key] else { continue }
      if value.split(whereSeparator: { $0 == " " || $0 == "\n" }).contains(where: { Self.asides.contains($0.lowercased()) }) { return true }
    }
    return false
  }

  /// The string after `"name":` in a script of linked data.
  private static func value(of name: String, in text: String) -> String? {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    guard let at = parts.firstIndex(where: { $0 == name }), at + 2 < parts.count else { return nil }
    return String(parts[at + 2])
  }

  private static func dictionary(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> [String: String] {
    guard let attributes else { return [:] }
    var values: [String: String] = [:]
    var at = 0
    while let name = attributes[at], at < 256 {
      values[String(cString: name).lowercased()] = attributes[at + 1].map { String(cString: $0) } ?? ""
      at += 2
    }
    return values
  }
}
