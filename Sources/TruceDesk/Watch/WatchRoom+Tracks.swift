// What moves, against the case's corridors and zones: events for whoever asks, and for the alerts.
internal import TruceAtlas
public import TruceModel
public import TruceSituation

/// The fixes of what moves, by track, and the events that they came to; a track is worked out anew only when news of it came.
struct TrackBook {
  private var fixes: [String: [EntryID: [ZoneFix]]] = [:]
  private var track: [EntryID: String] = [:]
  private(set) var events: [String: [ZoneEvent]] = [:]
  /// What the alerts are to tell of them; nil where it has to be worked out anew.
  var conditions: [AlertCondition]?
  /// How many rulings there were when the book was last made from nothing.
  var rulings = 0

  /// Takes in what some observations tell now, in place of what they told before.
  mutating func revise(_ ids: some Sequence<EntryID>, by found: [ZoneFix], marginMetres: Double) {
    var touched: Set<String> = []
    for id in ids {
      guard let name = track.removeValue(forKey: id) else { continue }
      fixes[name]?[id] = nil
      touched.insert(name)
    }
    for fix in found {
      fixes[fix.track, default: [:]][fix.id, default: []].append(fix)
      track[fix.id] = fix.track
      touched.insert(fix.track)
    }
    if !touched.isEmpty { conditions = nil }
    for name in touched {
      events[name] = zoneEvents((fixes[name] ?? [:]).values.flatMap { $0 }, marginMetres: marginMetres)
    }
  }
}

extension WatchRoom {
  /// What came to be inside, outside or too close to a zone in a time, in the order of time.
  ///
  /// That something was outside from the start is left out: it is so of nearly every zone.
  public func zoneEvents(in window: Range<Instant>, zone: PlaceID? = nil) async throws -> [ZoneEvent] {
    try await catchUp()
    let index = index
    let (zones, place, margin) = (watchZones, places(index), settings.zoneMarginMetres)
    let events = await offActor {
      TruceSituation.zoneEvents(index.zoneFixes(of: index.placed, in: zones, place: place), marginMetres: margin)
    }
    return events.filter { event in
      window.contains(event.at) && (zone == nil || zone == event.zone)
        && !(event.word == .outside && event.isFirst)
    }
    .sorted { ($0.at, $0.track, $0.zone) < ($1.at, $1.track, $1.zone) }
  }

  /// The areas that what moves is held against.
  public func zonesOfTracks() -> [PlaceID] { watchZones.ids }

  /// What the alerts are to tell of zones' events, all of it, so that what a late fix revises is over.
  func trackConditions() -> [AlertCondition] {
    guard !settings.tracks.isEmpty else { return [] }
    if tracks.rulings != index.rulings.count {
      tracks = TrackBook()
      tracks.rulings = index.rulings.count
      revise(index.placed)
    } else {
      revise(fresh.filter { index.placed.contains($0) })
    }
    if let known = tracks.conditions { return known }
    let found = AlertCondition.zoneEvents(tracks.events.values.flatMap { $0 }, telling: settings.tracks, name: name)
      .sorted { ($0.due, $0.alert) < ($1.due, $1.alert) }
    tracks.conditions = found
    return found
  }

  private func revise(_ ids: some Collection<EntryID>) {
    guard !ids.isEmpty else { return }
    tracks.revise(ids, by: index.zoneFixes(of: Set(ids), in: watchZones, place: places(index)), marginMetres: settings.zoneMarginMetres)
  }

  /// What an event is of: the track, else what was observed.
  private func name(_ event: ZoneEvent) -> String {
    guard let observation = index.observations[event.fix]?.record, observation.track == nil else { return event.track }
    return "\(observation.count) \(observation.what.rawValue)"
  }

  /// Where observations without a measured position were: seen at a distance from where their post stands.
  private nonisolated func places(_ index: WatchIndex) -> @Sendable (Observation) -> (position: Position, accuracyMetres: Double)? {
    let phases = index.logs.mapValues { $0.phases() }
    let lines = Set(phases.values.flatMap { $0.flatMap { $0.post.stretches.map(\.line) } })
    let measured = Dictionary(uniqueKeysWithValues: lines.map { ($0, measuredLine($0)) })
    return { observation in
      guard let sector = observation.sector, let post = observation.post,
        let phase = phases[post]?.last(where: { $0.from <= observation.from }), let stands = phase.post.standsAtKm,
        let stretch = phase.post.stretches.first, let line = measured[stretch.line] ?? nil
      else { return nil }
      return sector.middle(from: line.position(atKilometres: stands))
    }
  }
}
