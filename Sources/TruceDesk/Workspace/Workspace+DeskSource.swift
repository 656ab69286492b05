// What the desk asks of a workspace.
internal import TruceLedger
public import TruceModel
internal import TruceSituation

extension Workspace: DeskSource {
  /// The reports in the ledger's order; `size` leaves out what stands at or after that many entries.
  public func reports(size: UInt64?) async throws -> [ReportSummary] {
    try await catchUp()
    return arrivals.filter { size == nil || $0.sequence < size! }
      .map { ReportSummary(report: $0.report, sequence: $0.sequence, recorded: $0.recorded, claims: $0.claims) }
  }

  /// A report with its text and the claims of its latest reading.
  public func report(_ id: ReportID) async throws -> (report: Report, text: [UInt8], claims: [Claim])? {
    try await catchUp()
    guard let ledger, let arrival = arrivals.last(where: { $0.report.id == id }),
      let text = try await ledger.body(arrival.report.text ?? arrival.report.sha256)
    else { return nil }
    let ids = Collected<ClaimID>()
    try await ledger.read(from: 0, until: nil, kinds: [.reading], key: id.rawValue) { entry in
      if entry.content["part"] == nil { ids.values.removeAll() }
      ids.values += (entry.content["claims"]?.array ?? []).compactMap { $0.string.map { ClaimID($0) } }
    }
    return (arrival.report, text, ids.values.compactMap { index.claim($0) }.sorted { ($0.span, $0.id) < ($1.span, $1.id) })
  }

  /// A claim and the report that carries it.
  public func claim(_ id: ClaimID) async throws -> (claim: Claim, report: Report?)? {
    try await catchUp()
    guard let claim = index.claim(id) else { return nil }
    return (claim, arrivals.last { $0.report.id == claim.report }?.report)
  }

  /// Takes one report in.
  public func ingest(body: [UInt8], media: Report.Media, sourceName: String?, published: When?, address: String?) async throws
    -> IngestResult
  {
    let incoming = Incoming(name: "report", body: body, media: media, sourceName: sourceName, published: published, address: address)
    do {
      let result = try await ingest([incoming])[0]
      return IngestResult(report: result.report, isNew: result.isNew, claims: result.claims, findings: result.findings, size: result.size)
    } catch let finding as Finding {
      throw DeskRefusal(finding.message, findings: [finding])
    }
  }

  /// How many entries there are, and when the first and the last were recorded.
  public func extent() async throws -> (size: UInt64, first: Instant?, last: Instant?) {
    let size = try await catchUp()
    return (size, firstRecorded, lastRecorded)
  }

  /// For each report, its entry's sequence and when it was recorded.
  public func moments() async throws -> [(sequence: UInt64, recorded: Instant)] {
    try await catchUp()
    return arrivals.map { ($0.sequence, $0.recorded) }
  }

  /// The entries `from..<until`, in order.
  public func entries(from: UInt64, until: UInt64) async throws -> [Entry] {
    let collected = Collected<Entry>()
    try await ledger?.read(from: from, until: until) { collected.values.append($0) }
    return collected.values
  }

  /// The bytes of a file of the log.
  public func logFile(_ path: String) async throws -> [UInt8]? { try await ledger?.logFile(path) }
}
