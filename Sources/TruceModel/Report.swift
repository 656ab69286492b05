// A report: an immutable document with its origin.

/// Bytes of a text, `start..<end`, from 0.
public struct ByteSpan: Sendable, Hashable, Comparable {
  public var start: Int
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    precondition(start >= 0 && start <= end, "A span runs forward from a byte that there is")
    self.start = start
    self.end = end
  }

  public var range: Range<Int> { start..<end }
  public func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
  public func overlaps(_ other: ByteSpan) -> Bool { start < other.end && other.start < end }
  public static func < (left: ByteSpan, right: ByteSpan) -> Bool { (left.start, left.end) < (right.start, right.end) }
}

/// A document as it came in: what is known of it beside its text.
///
/// The text itself is kept by its digest; a claim's span counts bytes of it.
public struct Report: Sendable, Hashable {
  public enum Media: String, Sendable, Hashable, CaseIterable {
    case plain = "text/plain"
    case html = "text/html"
    case feed = "application/atom+xml"
  }

  public var id: ReportID
  /// The source by the case's own id, where it is one of the case's.
  public var source: SourceID?
  /// The source as the report names itself: "TASS".
  public var sourceName: String?
  /// When it was published: a day or an instant; nil where neither the text nor the sender says so.
  public var published: When?
  /// When truce received it.
  public var captured: Instant
  /// BCP 47.
  public var language: String
  /// Where it was fetched or the file that it was read from, as the user named it.
  public var address: String?
  public var title: String?
  public var media: Media
  /// SHA-256 of the body's bytes.
  public var sha256: Digest
  /// Bytes of the body.
  public var size: Int
  /// SHA-256 of the text extracted from the body, in which spans count; nil where the body is the text.
  public var text: Digest?

  init(
    id: ReportID, source: SourceID?, sourceName: String?, published: When?, captured: Instant, language: String, address: String?,
    title: String?, media: Media, sha256: Digest, size: Int, text: Digest?
  ) {
    self.id = id
    self.source = source
    self.sourceName = sourceName
    self.published = published
    self.captured = captured
    self.language = language
    self.address = address
    self.title = title
    self.media = media
    self.sha256 = sha256
    self.size = size
    self.text = text
  }

  /// A report of a body that has just come in.
  ///
  /// - Parameters:
  ///   - body: its bytes, as they came.
  ///   - text: the text extracted from them, where the body is not the text itself.
  public init(
    body: [UInt8], text: [UInt8]? = nil, source: SourceID? = nil, sourceName: String? = nil, published: When? = nil, captured: Instant,
    language: String = "en",
    address: String? = nil, title: String? = nil, media: Media = .plain
  ) {
    sha256 = Digest(of: body)
    size = body.count
    self.text = text.map { Digest(of: $0) }
    self.source = source
    self.sourceName = sourceName
    self.published = published
    self.captured = captured
    self.language = language
    self.address = address
    self.title = title
    self.media = media
    id = Report.id(sha256: sha256, source: source?.rawValue ?? sourceName, published: published?.edtf)
  }

  /// The id of a document: the same text from the same source of the same date is the same report, whoever captured it when.
  public static func id(sha256: Digest, source: String?, published: String?) -> ReportID {
    ReportID(Digest(of: "report\n\(source ?? "")\n\(published ?? "")\n\(sha256.hex)").short)
  }
}
