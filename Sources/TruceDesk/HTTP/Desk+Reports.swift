// The routes of the wire: reports with their texts, claims with their quotes, and sending a report in.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

extension Desk {
  func reports(_ request: DeskRequest) async throws -> DeskReply {
    let query = try query(request)
    let all = try await source.reports(size: query.size)
    let reports = all.filter { summary in query.known.map { summary.recorded <= $0 } ?? true }.map { summary -> JSON in
      .object(
        (summary.report.json.members ?? []) + [
          JSON.Member("sequence", JSON(Int(summary.sequence))), JSON.Member("recorded", JSON(summary.recorded)),
          JSON.Member("claims", JSON(summary.claims)),
        ])
    }
    return .json(["reports": .array(reports)])
  }

  func report(_ id: String) async throws -> DeskReply {
    guard let found = try await source.report(ReportID(id)) else { throw Problem(404, "The ledger has no report '\(id)'.") }
    return .json([
      "report": found.report.json, "text": JSON(String(decoding: found.text, as: UTF8.self)),
      "textStart": JSON(Quote.frontMatterEnd(found.text)), "claims": .array(found.claims.map(\.json)),
    ])
  }

  /// A claim with its quote and the text around it.
  func claim(_ id: String) async throws -> DeskReply {
    guard let found = try await source.claim(ClaimID(id)) else { throw Problem(404, "The ledger has no claim '\(id)'.") }
    var quote: Quote?
    if let report = found.report, let document = try await source.report(report.id) { quote = Quote(found.claim.span, of: document.text) }
    return .json(
      .compact([
        "claim": found.claim.json, "report": found.report?.json, "quote": quote.map { JSON($0.text) },
        "before": quote.map { JSON($0.before) },
        "after": quote.map { JSON($0.after) },
      ]))
  }

  /// Reads and stores a report; answers with its claims.
  func ingest(_ request: DeskRequest) async throws -> DeskReply {
    guard request.body.count <= Desk.maximumReportBytes else { throw Desk.tooLarge }
    guard !request.body.isEmpty else { throw Problem(400, "The request's body is empty; it should be the report's text.") }
    let type = request.headers["content-type"].map { $0.split(separator: ";")[0].trimmed.lowercased() } ?? "text/plain"
    guard let media = Report.Media(rawValue: type) else {
      throw Problem(415, "The content type is '\(type)'; it should be text/plain or text/html.")
    }
    var published: When?
    if let text = request.query["published"], !text.isEmpty {
      published = When(text, zone: source.caseFile.zone)
      if published == nil { throw Problem(400, "The parameter 'published' is '\(text)'; it should be a date such as 2020-12-01.") }
    }
    func parameter(_ name: String) -> String? { request.query[name].flatMap { $0.isEmpty ? nil : $0 } }
    let result = try await source.ingest(
      body: request.body, media: media, sourceName: parameter("source"), published: published, address: parameter("address"))
    let findings = result.findings.map { JSON($0.description) }
    return .json(
      [
        "report": result.report.json, "isNew": .bool(result.isNew), "claims": .array(result.claims.map(\.json)),
        "findings": .array(findings),
        "size": JSON(Int(result.size)),
      ], status: result.isNew ? 201 : 200)
  }

  static let tooLarge = Problem(
    413, "The report is larger than \(maximumReportBytes >> 20) MiB; split it, or ingest it from the command line.")
}

/// A span of a text with what stands around it, cut between characters.
struct Quote: Sendable, Hashable {
  var before: String
  var text: String
  var after: String

  /// Bytes of context on each side.
  static let context = 280

  /// Where a text's own words begin: after the front matter, if it opens with one.
  static func frontMatterEnd(_ bytes: [UInt8]) -> Int {
    guard bytes.starts(with: [0x2D, 0x2D, 0x2D, 0x0A]) else { return 0 }
    // Front matter is short: what has not ended after so many bytes is text.
    for at in 4..<max(4, min(bytes.count, 4096) - 4)
    where bytes[at - 1] == 0x0A && bytes[at..<at + 4].elementsEqual([0x2D, 0x2D, 0x2D, 0x0A]) {
      return at + 4
    }
    return 0
  }

  /// Nil where the span reaches beyond the text.
  init?(_ span: ByteSpan, of bytes: [UInt8]) {
    guard span.end <= bytes.count else { return nil }
    var from = max(min(Quote.frontMatterEnd(bytes), span.start), span.start - Quote.context)
    while from < span.start, bytes[from] & 0xC0 == 0x80 { from += 1 }
    var until = min(bytes.count, span.end + Quote.context)
    while until > span.end, until < bytes.count, bytes[until] & 0xC0 == 0x80 { until -= 1 }
    before = String(decoding: bytes[from..<span.start], as: UTF8.self)
    text = String(decoding: bytes[span.range], as: UTF8.self)
    after = String(decoding: bytes[span.end..<until], as: UTF8.self)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
