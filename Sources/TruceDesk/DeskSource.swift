// What the desk shows: the source of situations, reports and claims behind the HTTP interface.
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// A case with its ledger, as the desk needs it.
///
/// All calls may come at once from many connections. Instants and sizes are the ledger's own.
public protocol DeskSource: Sendable {
  /// The case; it does not change while the desk runs.
  var caseFile: Case { get }

  /// The watch over the same ledger; nil where there is none.
  var watch: WatchRoom? { get }

  /// The situation that a query asks for.
  func situation(_ query: Query) async throws -> Situation

  /// The reports in the ledger's order; `size` leaves out what stands at or after that many entries.
  func reports(size: UInt64?) async throws -> [ReportSummary]

  /// A report with the text in which its claims' spans count, and the claims of its latest reading; nil where there is none.
  func report(_ id: ReportID) async throws -> (report: Report, text: [UInt8], claims: [Claim])?

  /// A claim and the report that carries it; nil where there is none.
  func claim(_ id: ClaimID) async throws -> (claim: Claim, report: Report?)?

  /// Reads a report and appends it with its claims.
  ///
  /// - Throws: `DeskRefusal` for what the sender can mend; the ledger is unchanged then.
  func ingest(body: [UInt8], media: Report.Media, sourceName: String?, published: When?, address: String?) async throws -> IngestResult

  /// How many entries there are, and when the first and the last were recorded.
  func extent() async throws -> (size: UInt64, first: Instant?, last: Instant?)

  /// The ledger's size each time that it has grown beyond `sequence` entries; at once where it has already.
  ///
  /// A slow reader may miss sizes in between, never the last.
  func updates(after sequence: UInt64) -> AsyncStream<UInt64>

  /// For each report, in the ledger's order: its entry's sequence, and when it was recorded.
  func moments() async throws -> [(sequence: UInt64, recorded: Instant)]

  /// The entries `from..<until`, in order.
  func entries(from: UInt64, until: UInt64) async throws -> [Entry]

  /// The bytes of a file of the log (C2SP tlog-tiles): `checkpoint`, `tile/...`; nil where there is none.
  func logFile(_ path: String) async throws -> [UInt8]?
}

extension DeskSource {
  /// No watch.
  public var watch: WatchRoom? { nil }

  /// What reports tell of incidents in a time, one sighting for each matter that they tell of.
  func sightings(in window: Range<Instant>) async throws -> [Sighting] {
    var found: [Sighting] = []
    let situation = try await situation(Query(on: min(window.upperBound, Instant.distantFuture)))
    for event in situation.incidents {
      guard let when = event.when, when.earliest < window.upperBound, when.latest > window.lowerBound else { continue }
      for id in event.evidence {
        guard let claim = try await claim(id)?.claim, let sighting = Sighting(claim, origin: "report of \(id)") else { continue }
        found.append(sighting)
        break
      }
    }
    return found
  }
}

/// A report as a list shows it.
public struct ReportSummary: Sendable, Hashable {
  public var report: Report
  /// The sequence of its entry.
  public var sequence: UInt64
  public var recorded: Instant
  /// Claims of its latest reading.
  public var claims: Int

  public init(report: Report, sequence: UInt64, recorded: Instant, claims: Int) {
    self.report = report
    self.sequence = sequence
    self.recorded = recorded
    self.claims = claims
  }
}

/// What came of a report that was sent in.
public struct IngestResult: Sendable, Hashable {
  public var report: Report
  /// False where the ledger had the same report already.
  public var isNew: Bool
  public var claims: [Claim]
  public var findings: [Finding]
  /// Entries in the ledger afterwards.
  public var size: UInt64

  public init(report: Report, isNew: Bool, claims: [Claim], findings: [Finding], size: UInt64) {
    self.report = report
    self.isNew = isNew
    self.claims = claims
    self.findings = findings
    self.size = size
  }
}

/// Something that the desk will not take, in a sentence that says what would be right.
public struct DeskRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  public var message: String
  public var findings: [Finding]

  public init(_ message: String, findings: [Finding] = []) {
    self.message = message
    self.findings = findings
  }

  public var description: String { message }
}
