// The outlets by name: each is one file and one line here.
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// What an outlet renders.
public struct OutletInput: Sendable {
  public var situation: Situation
  public var file: Case
  /// Finds a claim, for the speakers.
  public var claim: ClaimLookup
  /// When it is rendered; the formats that must state a time state this one.
  public var produced: Instant

  public init(situation: Situation, case file: Case, claim: @escaping ClaimLookup = { _ in nil }, produced: Instant) {
    self.situation = situation
    self.file = file
    self.claim = claim
    self.produced = produced
  }
}

/// A form in which a situation goes out.
public struct Outlet: Sendable {
  /// The name by which it is asked for: `geojson`.
  public let name: String
  /// What it is, in some words.
  public let summary: String
  /// RFC 6838.
  public let mediaType: String
  public let fileExtension: String
  /// A pure function: the same input gives the same bytes.
  public let render: @Sendable (OutletInput) -> [UInt8]

  /// Every outlet, by name.
  public static let all: [Outlet] = [
    Outlet(
      name: "atom", summary: "what changed and what happened, as a feed (RFC 4287)", mediaType: "application/atom+xml",
      fileExtension: "atom"
    ) {
      Array(atomFeed($0).utf8)
    },
    Outlet(
      name: "cap", summary: "incidents and overdue commitments, as an alert (CAP 1.2)", mediaType: "application/cap+xml",
      fileExtension: "xml"
    ) {
      Array(capAlert($0).utf8)
    },
    Outlet(name: "csv", summary: "every fact with its standing, a row each (RFC 4180)", mediaType: "text/csv", fileExtension: "csv") {
      Array(csvTable($0).utf8)
    },
    Outlet(
      name: "geojson", summary: "who holds what, with outlines (RFC 7946)", mediaType: "application/geo+json", fileExtension: "geojson"
    ) {
      geoJSON($0).bytes
    },
    Outlet(name: "ics", summary: "the deadlines, as a calendar (RFC 5545)", mediaType: "text/calendar", fileExtension: "ics") {
      Array(calendar($0).utf8)
    },
    Outlet(name: "json", summary: "the whole situation as one object", mediaType: "application/json", fileExtension: "json") {
      $0.situation.json.bytes
    },
    Outlet(
      name: "kml", summary: "who holds what, for globes (KML 2.2)", mediaType: "application/vnd.google-earth.kml+xml", fileExtension: "kml"
    ) {
      Array(kml($0).utf8)
    },
    Outlet(name: "svg", summary: "the map", mediaType: "image/svg+xml", fileExtension: "svg") {
      Array(mapSVG(situation: $0.situation, case: $0.file).utf8)
    },
    Outlet(name: "text", summary: "what the terminal shows", mediaType: "text/plain", fileExtension: "txt") { input in
      Array(situationText(situation: input.situation, case: input.file, width: 100, claim: input.claim).utf8)
    },
  ]

  /// The outlet of a name.
  public static func named(_ name: String) -> Outlet? { all.first { $0.name == name } }
}

extension Situation {
  /// Every claim that the situation rests on, each once, in the order of the situation's parts.
  public var evidence: [ClaimID] {
    var seen: Set<ClaimID> = []
    var all = control.flatMap { $0.evidence + $0.contradictedBy } + commitments.flatMap { $0.evidence + $0.deadlines.flatMap(\.evidence) }
    all += ceasefires.flatMap(\.evidence)
    all += (incidents + posts + exchanges + agreements + history + events).flatMap(\.evidence)
    return all.filter { seen.insert($0).inserted }
  }
}
