// A source of hand-made claims that the desk's tests ask.
import Synchronization
import TruceAtlas
import TruceDesk
import TruceModel
import TruceSituation

/// A case of one district and a ledger in memory; each report is one entry and makes one claim of its first sentence.
final class FixtureSource: DeskSource {
  let caseFile: Case
  private let stored = Mutex<[(report: Report, text: [UInt8], claim: Claim, recorded: Instant)]>([])
  private let listeners = Mutex<[AsyncStream<UInt64>.Continuation]>([])

  static let zone = Zone("+04:00")!
  static let start = Instant("2020-12-01T08:00:00+04:00")!

  /// The watch behind it, where a test has one.
  let watch: WatchRoom?

  init(watch: WatchRoom? = nil) {
    self.watch = watch
    caseFile = Case(
      id: "valley", title: "The valley", zone: FixtureSource.zone,
      parties: [Party(id: "AAA", role: .side, names: [Name("Aland")]), Party(id: "BBB", role: .side, names: [Name("Bland")])],
      places: [Place(id: "mill-district", kind: .district, names: [Name("Mill district")])], digest: Digest(of: "valley"))
  }

  var size: UInt64 { stored.withLock { UInt64($0.count) } }

  func situation(_ query: Query) async throws -> Situation {
    let known = stored.withLock { $0 }.filter { entry in query.known.map { entry.recorded <= $0 } ?? true }
    let control =
      known.first.map { entry in
        [Situation.Control(place: "mill-district", holder: .party("AAA"), standing: .claimed, origins: 1, evidence: [entry.claim.id])]
      } ?? []
    return Situation(
      query: query, size: UInt64(known.count), control: control, commitments: [], ceasefires: [], incidents: [], posts: [],
      coverage: .init(words: "no check-ins"), exchanges: [], agreements: [], history: [], events: [], findings: [])
  }

  func reports(size: UInt64?) async throws -> [ReportSummary] {
    stored.withLock { $0 }.enumerated().filter { size == nil || $0.offset < size! }.map { index, entry in
      ReportSummary(report: entry.report, sequence: UInt64(index), recorded: entry.recorded, claims: 1)
    }
  }

  func report(_ id: ReportID) async throws -> (report: Report, text: [UInt8], claims: [Claim])? {
    stored.withLock { $0 }.first { $0.report.id == id }.map { ($0.report, $0.text, [$0.claim]) }
  }

  func claim(_ id: ClaimID) async throws -> (claim: Claim, report: Report?)? {
    stored.withLock { $0 }.first { $0.claim.id == id }.map { ($0.claim, $0.report) }
  }

  func ingest(body: [UInt8], media: Report.Media, sourceName: String?, published: When?, address: String?) async throws -> IngestResult {
    guard String(validating: body, as: UTF8.self) != nil else {
      throw DeskRefusal("The report is not UTF-8.", findings: [Finding(.error, "not UTF-8", line: 1, column: 3)])
    }
    let size = size
    let recorded = FixtureSource.start.adding(seconds: Int64(size) * 60)
    let report = Report(body: body, sourceName: sourceName, published: published, captured: recorded, media: media)
    let end = body.firstIndex(of: 0x2E).map { $0 + 1 } ?? body.count
    let claim = Claim(
      report: report.id, type: .controlChange, act: "entered", span: ByteSpan(0, end), frame: "fixture",
      places: [PlaceMention("Mill", place: "mill-district")], speakers: [Speaker(sourceName ?? "nobody")])
    let isNew = stored.withLock { stored in
      if stored.contains(where: { $0.report.id == report.id }) { return false }
      stored.append((report, body, claim, recorded))
      return true
    }
    let grown = self.size
    listeners.withLock { for listener in $0 { listener.yield(grown) } }
    return IngestResult(report: report, isNew: isNew, claims: [claim], findings: [], size: grown)
  }

  func extent() async throws -> (size: UInt64, first: Instant?, last: Instant?) {
    (size, stored.withLock { $0.first?.recorded }, stored.withLock { $0.last?.recorded })
  }

  func updates(after sequence: UInt64) -> AsyncStream<UInt64> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      listeners.withLock { $0.append(continuation) }
      if size > sequence { continuation.yield(size) }
    }
  }

  func moments() async throws -> [(sequence: UInt64, recorded: Instant)] {
    stored.withLock { $0 }.enumerated().map { (UInt64($0.offset), $0.element.recorded) }
  }

  func entries(from: UInt64, until: UInt64) async throws -> [Entry] {
    stored.withLock { $0 }.enumerated().filter { from <= $0.offset && $0.offset < until }.map { index, entry in
      Entry(
        sequence: UInt64(index), recorded: entry.recorded, id: EntryID(entry.report.id.rawValue), kind: .report,
        key: entry.report.id.rawValue,
        content: entry.report.json)
    }
  }

  func logFile(_ path: String) async throws -> [UInt8]? { path == "tile/0/000.p/1" ? [1, 2, 3] : nil }
}
