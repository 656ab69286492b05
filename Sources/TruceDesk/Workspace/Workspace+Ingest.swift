// From incoming reports to durable entries.
public import TruceAtlas
internal import TruceLedger
public import TruceModel
public import TruceReading
internal import TruceWire

/// A report that was read, and what of it is new to the ledger.
public struct Ingested: Sendable {
  public var report: Report
  public var claims: [Claim]
  public var findings: [Finding]
  /// False where the ledger held the same report with the same claims already.
  public var isNew: Bool
  /// The reports of which it is a copy under another name.
  public var copyOf: [ReportID]
  /// The ledger's size after it.
  public var size: UInt64
}

/// A report that was read and not stored.
public struct Prepared: Sendable {
  public var incoming: Incoming
  public var report: Report
  public var reading: Reading

  /// The claims, carried by the report, in the reading's order.
  public var claims: [Claim] { reading.claims }
}

extension Workspace {
  /// The most claims that one `reading` entry lists; a longer reading takes several.
  static let claimsInReading = 1000
  /// The reader, as `reading` entries name it.
  static let readerName = "truce 0.1.0"

  /// Reads a report without storing it.
  ///
  /// - Throws: `Finding`, where it is unfit to be a report.
  public nonisolated func prepare(_ incoming: Incoming, captured: Instant) throws -> Prepared {
    if let fault = incoming.fault { throw fault }
    return prepareReport(incoming, captured: captured, reader: try readers.reader(), sources: sources, zone: caseFile.zone)
  }

  /// Takes reports in: all of them, or none where one is unfit.
  ///
  /// - Returns: one result for each, in order; every entry is durable.
  public func ingest(_ incoming: [Incoming], files: [String: [UInt8]] = [:]) async throws -> [Ingested] {
    guard let ledger else { throw WorkspaceError("there is no ledger to take reports in") }
    let captured = capturedNow()
    // Reading is work for a thread of its own, not for the actor.
    let prepared = try await Task.detached { [self] in try incoming.map { try prepare($0, captured: captured) } }.value
    try await catchUp()
    var drafts: [Draft] = []
    var bodies: [[UInt8]] = []
    if !files.isEmpty { caseEntry(files, &drafts, &bodies) }
    var results: [Ingested] = []
    for (at, item) in prepared.enumerated() {
      let copied = try await copies(of: item, among: prepared[..<at], in: ledger)
      let report = try await entries(of: item, copyOf: copied, in: ledger, &drafts, &bodies)
      results.append(
        Ingested(
          report: report, claims: item.claims, findings: item.reading.findings, isNew: true, copyOf: copied,
          size: 0))
    }
    let receipts = try await ledger.append(drafts, bodies: bodies)
    let fresh = Set(zip(drafts, receipts).filter { $1.isNew }.map { $0.0.key })
    let size = try await catchUp()
    return results.map { result in
      var result = result
      result.isNew = fresh.contains(result.report.id.rawValue)
      result.size = size
      return result
    }
  }

  /// The entries of one report: its description unless it is there, each claim, and the reading that lists them.
  private func entries(
    of item: Prepared, copyOf: [ReportID], in ledger: Ledger, _ drafts: inout [Draft], _ bodies: inout [[UInt8]]
  ) async throws -> Report {
    var report = item.report
    let key = report.id.rawValue
    let id = EntryID("report/" + key)
    if let known = try await ledger.entry(id) {
      report = try Report(json: known.content)
    } else {
      drafts.append(Draft(id: id, kind: .report, key: key, content: report.json))
      bodies.append(item.incoming.body)
      if report.text != nil { bodies.append(item.reading.text) }
    }
    for claim in item.claims { drafts.append(Draft(id: EntryID(claim.id.rawValue), kind: .claim, key: key, content: claim.json)) }
    let ids = item.claims.map(\.id)
    let digest = Digest(of: ids.map(\.rawValue).joined(separator: "\n")).short
    let parts = max(1, (ids.count + Workspace.claimsInReading - 1) / Workspace.claimsInReading)
    let reading = EntryID("reading/\(key)/\(digest)")
    // The same reading again says nothing new, whatever copies have come in since.
    if try await ledger.entry(reading) != nil { return report }
    for part in 0..<parts {
      let slice = ids[part * Workspace.claimsInReading..<min(ids.count, (part + 1) * Workspace.claimsInReading)]
      drafts.append(
        Draft(
          id: part == 0 ? reading : EntryID(reading.rawValue + "/\(part)"), kind: .reading, key: key,
          content: .compact([
            "report": JSON(report.id), "reader": JSON(Workspace.readerName), "count": JSON(ids.count), "part": part == 0 ? nil : JSON(part),
            "copyOf": copyOf.isEmpty || part > 0 ? nil : .array(copyOf.map { JSON($0) }), "claims": .array(slice.map { JSON($0) }),
          ])))
    }
    return report
  }

  /// The case's files as they stand, recorded where they differ from the last ones.
  private func caseEntry(_ files: [String: [UInt8]], _ drafts: inout [Draft], _ bodies: inout [[UInt8]]) {
    let names = files.keys.sorted()
    let list = JSON.object(names.map { JSON.Member($0, JSON(Digest(of: files[$0]!))) })
    drafts.append(
      Draft(
        id: EntryID("case/" + caseFile.digest.short), kind: .casefile, key: caseFile.id,
        content: .object([JSON.Member("case", JSON(caseFile.id)), JSON.Member("digest", JSON(caseFile.digest)), JSON.Member("files", list)])
      ))
    for name in names { bodies.append(files[name]!) }
  }

  /// Reports of the days around that carry the same dispatch under another source's name, in the ledger or before it in one batch.
  private func copies(of item: Prepared, among earlier: ArraySlice<Prepared>, in ledger: Ledger) async throws -> [ReportID] {
    guard let day = item.report.published else { return [] }
    let dispatch = Dispatch(text: item.reading.text)
    func isNear(_ other: Report) -> Bool {
      guard other.id != item.report.id, let published = other.published else { return false }
      let margin: Int64 = 2 * 86_400
      return published.earliest < day.latest.adding(seconds: margin) && day.earliest < published.latest.adding(seconds: margin)
    }
    var found: [ReportID] = []
    for arrival in arrivals where isNear(arrival.report) {
      guard let text = try await ledger.body(arrival.report.text ?? arrival.report.sha256) else { continue }
      if dispatch.isCopy(of: Dispatch(text: text)) { found.append(arrival.report.id) }
    }
    for other in earlier where isNear(other.report) && !found.contains(other.report.id) {
      if dispatch.isCopy(of: Dispatch(text: other.reading.text)) { found.append(other.report.id) }
    }
    return found
  }
}

/// Reads a report and gives its claims the report that carries them.
///
/// - Parameter explained: whether `Prepared.why` will be asked how a claim was derived.
public func prepareReport(
  _ incoming: Incoming, captured: Instant, reader: Reader, sources: SourceIndex, zone: Zone, explained: Bool = false
) -> Prepared {
  var text = readText(of: incoming, reader, sources, zone, explained: explained)
  return prepared(&text, incoming, captured: captured)
}

/// The claims of a report, for who asks for nothing else: of a text without any no report is made, whose digest costs.
public func readClaims(_ incoming: Incoming, reader: Reader, sources: SourceIndex, zone: Zone) -> [Claim] {
  var text = readText(of: incoming, reader, sources, zone, explained: false)
  return text.reading.claims.isEmpty ? [] : prepared(&text, incoming, captured: .distantPast).claims
}

/// A report's text, read.
private struct ReadText {
  var document: Document
  var source: Source?
  var reading: Reading
}

private func readText(of incoming: Incoming, _ reader: Reader, _ sources: SourceIndex, _ zone: Zone, explained: Bool) -> ReadText {
  let stated = incoming.sourceName.flatMap { sources[$0] }
  var document =
    incoming.media == .html
    ? Document(
      html: incoming.body, published: incoming.published, sourceName: incoming.sourceName, language: incoming.language,
      zone: stated?.zone ?? zone)
    : Document(
      plain: incoming.body, published: incoming.published, sourceName: incoming.sourceName, language: incoming.language,
      zone: stated?.zone ?? zone)
  let known = stated ?? document.sourceName.flatMap { sources[$0] }
  if let own = known?.zone { document.zone = own }
  return ReadText(document: document, source: known, reading: reader.read(document, explained: explained))
}

/// The report of a text that was read, its claims carried by it.
private func prepared(_ text: inout ReadText, _ incoming: Incoming, captured: Instant) -> Prepared {
  let report = Report(
    body: incoming.body, text: incoming.media == .html ? text.reading.text : nil, source: text.source?.id,
    sourceName: text.source?.name ?? text.reading.sourceName ?? text.document.sourceName,
    published: text.reading.published ?? text.document.published, captured: captured, language: text.document.language,
    address: incoming.address ?? text.document.address, title: incoming.title ?? text.reading.title, media: incoming.media)
  for index in text.reading.claims.indices { text.reading.claims[index].carry(by: report.id) }
  return Prepared(incoming: incoming, report: report, reading: text.reading)
}

extension Prepared {
  /// How one of its claims was derived, a line a step.
  public func why(_ claim: Claim) -> [String]? {
    guard let at = claims.firstIndex(where: { $0.id == claim.id }) else { return nil }
    return reading.derivations.indices.contains(at) ? reading.derivations[at].lines : nil
  }
}
