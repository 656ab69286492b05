// A report as one line of NDJSON: {"id", "text" or "html", "published", "source", "language", "title", "address"}.
public import TruceModel

/// A line of a stream of reports.
public struct IncomingLine: Sendable {
  /// The sender's own id, by which answers name the report; nil where the line has none.
  public var id: String?
  public var incoming: Incoming
}

extension Incoming {
  /// Reads a line.
  ///
  /// - Parameters:
  ///   - line: the bytes of one JSON object.
  ///   - name: as errors should name the line.
  ///   - zone: in which a bare publication date is a day.
  /// - Throws: `JSONError` or `FormError`: what is wrong with the line, and where.
  public static func line(_ line: [UInt8], name: String, zone: Zone) throws -> IncomingLine {
    let form = try FormReader(JSON(parsing: line))
    let html = try form.optionalString("html")
    guard let text = try form.optionalString("text") ?? html else {
      throw FormError(field: "text", message: "is missing; a report has \"text\" or \"html\"")
    }
    var incoming = Incoming(name: name, body: Array(text.utf8), media: html == nil ? .plain : .html)
    incoming.sourceName = try form.optionalString("source")
    incoming.published = try form.optionalString("published").map { text throws(FormError) in
      guard let when = published(text, zone: zone) else {
        throw FormError(field: "published", message: "'\(text)' should be an EDTF date or an instant such as 2020-12-01T06:00:00+04:00")
      }
      return when
    }
    if let language = try form.optionalString("language") { incoming.language = language }
    incoming.title = try form.optionalString("title")
    incoming.address = try form.optionalString("address")
    return IncomingLine(id: try form.optionalString("id"), incoming: incoming)
  }

  /// A publication's time: an EDTF expression or an instant.
  public static func published(_ text: String, zone: Zone) -> When? { When(text, zone: zone, role: .reported) }
}
