// Documents made of web pages and of entries of feeds.
internal import CLibXML
public import TruceModel

extension Document {
  /// A document of a web page: `bytes` is the text extracted from it, and all spans count there.
  ///
  /// Scripts, navigation and the like are dropped, entities decoded, blocks set apart by blank lines. Where the page marks an
  /// article, only that is read. Title, date, site and language come from the page where the caller does not give them.
  public init(html: [UInt8], published: When? = nil, sourceName: String? = nil, language: String? = nil, zone: Zone? = nil) {
    let page = HTMLText(html)
    let own = page.published.flatMap { PublicationDate.read($0, zone: zone ?? .utc) }
    self.init(
      text: page.text, from: 0, published: published ?? own, sourceName: sourceName ?? page.siteName,
      language: language ?? page.language ?? "en", zone: zone, findings: page.findings)
    title = page.title ?? title
    address = page.address
    apply(page.hints)
  }

  /// A document of one entry of an Atom or RSS feed, as its XML stands in the feed.
  ///
  /// The entry's content is read as a web page; title, date and address are the entry's.
  public init(feedEntry xml: [UInt8], published: When? = nil, sourceName: String? = nil, language: String? = nil, zone: Zone? = nil) {
    let entry = FeedEntry(xml)
    let own = entry.published.flatMap { PublicationDate.read($0, zone: zone ?? .utc) }
    self.init(html: entry.content, published: published ?? own, sourceName: sourceName, language: language, zone: zone)
    title = entry.title ?? title
    address = entry.address ?? address
    if !entry.isWellFormed { findings.append(Finding(.warning, "The entry is not well-formed XML; what could be read of it was read.")) }
  }

  /// Takes over what the page marks as headings and captions.
  private mutating func apply(_ hints: [(span: ByteSpan, kind: Sentence.Kind)]) {
    guard !hints.isEmpty else { return }
    var at = 0
    for hint in hints.sorted(by: { $0.span < $1.span }) {
      while at < sentences.count, sentences[at].span.end <= hint.span.start { at += 1 }
      var index = at
      while index < sentences.count, hint.span.contains(sentences[index].span) {
        sentences[index].kind = hint.kind
        index += 1
      }
    }
  }
}

/// The fields of one feed entry.
private struct FeedEntry {
  var title: String?
  var published: String?
  var address: String?
  var content: [UInt8] = []
  var isWellFormed = true

  init(_ xml: [UInt8]) {
    let events = FeedEvents()
    var handler = xmlSAXHandler()
    handler.startElement = { context, name, attributes in FeedEvents.of(context).start(name, attributes) }
    handler.endElement = { context, name in FeedEvents.of(context).end(name) }
    handler.characters = { context, text, count in FeedEvents.of(context).characters(text, count) }
    handler.cdataBlock = { context, text, count in FeedEvents.of(context).characters(text, count) }
    let pointer = Unmanaged.passUnretained(events).toOpaque()
    guard let parser = xmlCreatePushParserCtxt(&handler, pointer, nil, 0, nil) else { return }
    xmlCtxtUseOptions(
      parser, Int32(XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NONET.rawValue))
    let size = min(xml.count, HTMLText.largest)
    xml.withUnsafeBytes { bytes in
      var at = 0
      while at < size {
        let count = min(65_536, size - at)
        _ = xmlParseChunk(parser, bytes.baseAddress!.advanced(by: at).assumingMemoryBound(to: CChar.self), Int32(count), 0)
        at += count
      }
    }
    _ = xmlParseChunk(parser, nil, 0, 1)
    isWellFormed = parser.pointee.wellFormed != 0
    xmlFreeParserCtxt(parser)
    withExtendedLifetime(events) {}
    func text(_ names: String...) -> String? {
      for name in names {
        if let bytes = events.fields[name], !bytes.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      }
      return nil
    }
    title = text("title").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    published = text("published", "pubDate", "updated", "dc:date")
    address = events.address ?? text("link", "guid", "id")
    content = events.fields["content:encoded"] ?? events.fields["content"] ?? events.fields["description"] ?? events.fields["summary"] ?? []
  }
}

/// What happens while an entry is parsed; used by one thread, for the length of one call.
private final class FeedEvents {
  var fields: [String: [UInt8]] = [:]
  var address: String?
  private var depth = 0
  private var field: (name: String, depth: Int)?

  static func of(_ context: UnsafeMutableRawPointer?) -> FeedEvents {
    Unmanaged<FeedEvents>.fromOpaque(context!).takeUnretainedValue()
  }

  func start(_ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
    guard let name else { return }
    depth += 1
    let element = String(cString: name)
    if let field {
      // XHTML content within the entry: its elements become the page's.
      fields[field.name, default: []].append(contentsOf: Array("<\(element)>".utf8))
      return
    }
    if depth >= 2, fields[element] == nil { field = (element, depth) }
    if element == "link", let attributes {
      var at = 0
      while let key = attributes[at], at < 64 {
        if String(cString: key) == "href", let value = attributes[at + 1] { address = address ?? String(cString: value) }
        at += 2
      }
    }
  }

  func end(_ name: UnsafePointer<xmlChar>?) {
    guard let name else { return }
    if let open = field {
      if open.depth == depth {
        field = nil
      } else {
        fields[open.name, default: []].append(contentsOf: Array("</\(String(cString: name))>".utf8))
      }
    }
    depth -= 1
  }

  func characters(_ text: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard let field, let text, count > 0 else { return }
    fields[field.name, default: []].append(contentsOf: UnsafeBufferPointer(start: text, count: Int(count)))
  }
}
