// What the watch answers for a time: the lines, their coverage, the incidents, each with what stands beside it.
internal import Dispatch
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// A line that posts watch.
public struct WatchedLine: Sendable, Hashable {
  public var id: PlaceID
  public var name: String
  public var lengthKm: Double
  /// Whether the case says where it runs; otherwise it is as long as the farthest stretch of a post.
  public var isMeasured: Bool
  /// Posts that were ever charged with a stretch of it.
  public var posts: [PostID]
}

/// The incidents of a time with the coverage that their number has to be read with.
public struct WatchedIncidents: Sendable {
  public var report: IncidentReport
  public var window: Range<Instant>
  public var coverage: [CoverageReport]

  public var count: IncidentCount { report.count(in: window) }
  public var kinds: [IncidentKind] { report.kinds(in: window) }

  /// Those that can have begun in the time.
  public var incidents: [Incident] {
    report.incidents.filter { $0.began.upperBound >= window.lowerBound && $0.began.lowerBound < window.upperBound }
  }

  /// So many for each watched kilometre-day; nil where nothing was watched.
  public var rate: ClosedRange<Double>? {
    let days = coverage.reduce(0) { $0 + $1.watchedKmHours } / 24
    let count = count
    return days > 0 ? Double(count.minimum) / days...Double(count.maximum) / days : nil
  }
}

extension WatchedIncidents {
  /// `{"from", "until", "rules", "count", "kinds", "rate", "coverage"}`: the number, and what it has to be read with.
  public var json: JSON {
    .compact([
      "from": JSON(window.lowerBound), "until": JSON(window.upperBound), "rules": JSON(report.rules.name), "count": count.json,
      "kinds": .array(kinds.map(\.json)), "rate": rateJSON, "coverage": JSON(CoverageReport.words(coverage)),
    ])
  }

  /// `{"minimum", "maximum", "per"}`; nil where nothing was watched.
  var rateJSON: JSON? {
    guard let rate else { return nil }
    return ["minimum": .number(rate.lowerBound), "maximum": .number(rate.upperBound), "per": "watched kilometre-day"]
  }
}

extension WatchRoom {
  /// How far beyond a time incidents are fused, so that those at its ends are whole.
  private static let marginSeconds: Int64 = 86_400

  /// The lines with stretches of posts, by id.
  public func lines() async throws -> [WatchedLine] {
    try await catchUp()
    return watchedLines
  }

  var watchedLines: [WatchedLine] {
    var posts: [PlaceID: Set<PostID>] = [:]
    var farthest: [PlaceID: Double] = [:]
    for (id, log) in index.logs {
      for stretch in log.phases().flatMap(\.post.stretches) {
        posts[stretch.line, default: []].insert(id)
        farthest[stretch.line] = max(stretch.toKm, farthest[stretch.line] ?? 0)
      }
    }
    return posts.keys.sorted().map { line in
      let measured = measuredLine(line)
      return WatchedLine(
        id: line, name: caseFile.place(line)?.name ?? line.rawValue, lengthKm: measured?.lengthKilometres ?? farthest[line]!,
        isMeasured: measured != nil, posts: posts[line]!.sorted())
    }
  }

  nonisolated func measuredLine(_ id: PlaceID) -> MeasuredLine? {
    for definition in caseFile.place(id)?.definitions ?? [] {
      if case .line(let positions) = definition.geometry { return try? MeasuredLine(positions) }
    }
    return nil
  }

  /// How each post stands.
  public func board(at now: Instant) async throws -> [PostStatus] {
    try await catchUp()
    return index.board(at: now, silentAfter: settings.alerts.silentAfter)
  }

  /// An observation, whether it counts, and the whole minutes by which its clock is put right.
  public func observation(_ id: EntryID) async throws -> (received: Received<Observation>, counts: Bool, clockMinutes: Int)? {
    try await catchUp()
    guard let received = index.observations[id] else { return nil }
    return (received, !index.sightings(of: [id]).isEmpty, Int(index.clockOffset(of: received.record) / 60_000))
  }

  /// The coverage of one line, or of all.
  public func coverage(of line: PlaceID? = nil, in window: Range<Instant>) async throws -> [CoverageReport] {
    try await catchUp()
    return coverageNow(of: line, in: window)
  }

  func coverageNow(of line: PlaceID? = nil, in window: Range<Instant>) -> [CoverageReport] {
    let now = clock()
    return watchedLines.filter { line == nil || $0.id == line }.map {
      index.coverage(of: $0.id, lengthKm: $0.lengthKm, from: window.lowerBound, until: window.upperBound, asOf: min(now, window.upperBound))
    }
  }

  /// The incidents of a time, of one line or of all, with its coverage.
  ///
  /// - Parameter claims: what reports tell, as sightings.
  public func incidents(of line: PlaceID? = nil, in window: Range<Instant>, claims: [Sighting] = []) async throws -> WatchedIncidents {
    try await catchUp()
    let wide =
      window.lowerBound.adding(seconds: -WatchRoom.marginSeconds)..<window.upperBound.adding(seconds: WatchRoom.marginSeconds)
    var sightings = index.sightings(in: wide, locate: located) + claims.filter { $0.window.overlaps(wide) }
    if let line { sightings.removeAll { $0.stretch?.line != line } }
    let rulings = index.standingRulings
    let coverage = coverageNow(of: line, in: window)
    let (all, rules) = (sightings, rules)
    // Fusing many is work for a thread of its own, not for the room.
    let report = await WatchRoom.fused(all, rules, rulings)
    return WatchedIncidents(report: report, window: window, coverage: coverage)
  }

  private nonisolated static func fused(_ sightings: [Sighting], _ rules: CountingRules, _ rulings: [IncidentRuling]) async
    -> IncidentReport
  {
    await offActor { fuse(sightings, rules: rules, rulings: rulings) }
  }

  /// Where on its post's line an observation with a sector was.
  func located(_ observation: Observation) -> LineStretch? {
    guard observation.stretch == nil, let sector = observation.sector, let post = observation.post else { return nil }
    if let known = locations[observation.id] { return known }
    let phase = index.logs[post]?.phases().last { $0.from <= observation.from }
    var found: LineStretch?
    if let stretch = phase?.post.stretches.first, let line = measuredLine(stretch.line) {
      let stands = phase?.post.standsAtKm ?? (stretch.fromKm + stretch.toKm) / 2
      found = sector.stretch(of: line, id: stretch.line, from: line.position(atKilometres: stands))
    }
    locations[observation.id] = .some(found)
    return found
  }
}

private let computing = DispatchQueue(label: "watch.computing", attributes: .concurrent)

/// Runs work that computes for long away from whichever actor asks.
func offActor<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
  await withCheckedContinuation { continuation in
    computing.async { continuation.resume(returning: work()) }
  }
}
