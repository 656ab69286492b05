// Moving things against zones: inside, outside or too close to tell, each change an event, with hysteresis.
public import TruceModel

/// Where a track was at a moment, against one zone.
public struct ZoneFix: Sendable, Hashable {
  /// The observation that it comes from.
  public var id: EntryID
  /// What moves.
  public var track: String
  public var zone: PlaceID
  public var at: Instant
  /// Metres from the zone's edge: positive inside, negative outside.
  public var depthMetres: Double
  /// How far fix and edge together may be wrong.
  public var accuracyMetres: Double

  public init(id: EntryID, track: String, zone: PlaceID, at: Instant, depthMetres: Double, accuracyMetres: Double) {
    self.id = id
    self.track = track
    self.zone = zone
    self.at = at
    self.depthMetres = depthMetres
    self.accuracyMetres = accuracyMetres
  }
}

/// A track came to be inside, outside or too close to tell.
public struct ZoneEvent: Sendable, Hashable {
  public enum Word: String, Sendable, Hashable, CaseIterable {
    case inside, outside
    case tooClose = "too close"
  }

  public var track: String
  public var zone: PlaceID
  public var at: Instant
  public var word: Word
  /// The fix that told.
  public var fix: EntryID
  /// Whether the track was known before: its first fix tells where it is, not that it went there.
  public var isFirst: Bool

  /// The rule of the alerts that tell of such events.
  public static let rule = "zone-event"

  /// What happened, in words: "came into lachin-corridor".
  public var words: String {
    switch (word, isFirst) {
    case (.inside, true): "is inside \(zone)"
    case (.inside, false): "came into \(zone)"
    case (.outside, true): "is outside \(zone)"
    case (.outside, false): "left \(zone)"
    case (.tooClose, _): "is too close to the edge of \(zone) to tell on which side"
    }
  }
}

/// The events of some fixes, by track, zone and time.
///
/// A function of the set: a fix that comes late changes what it must, whatever came before it. A word is left at one bound and
/// entered at another: `inside` and `outside` hold until a fix lies within its error of the edge; from then on it takes a fix that is
/// clear of the error by the margin.
/// - Parameter marginMetres: how much deeper than its error a fix has to lie to leave `too close`.
public func zoneEvents(_ fixes: [ZoneFix], marginMetres: Double = 50) -> [ZoneEvent] {
  var last: ZoneEvent?
  var events: [ZoneEvent] = []
  let unique = Dictionary(fixes.map { ("\($0.id)\n\($0.zone)", $0) }, uniquingKeysWith: { first, _ in first }).values
  for fix in unique.sorted(by: { ($0.track, $0.zone, $0.at, $0.id) < ($1.track, $1.zone, $1.at, $1.id) }) {
    if last?.track != fix.track || last?.zone != fix.zone { last = nil }
    let needed = fix.accuracyMetres + (last?.word == .tooClose ? max(0, marginMetres) : 0)
    let word: ZoneEvent.Word = fix.depthMetres > needed ? .inside : fix.depthMetres < -needed ? .outside : .tooClose
    guard word != last?.word else { continue }
    let event = ZoneEvent(track: fix.track, zone: fix.zone, at: fix.at, word: word, fix: fix.id, isFirst: last == nil)
    events.append(event)
    last = event
  }
  return events
}
