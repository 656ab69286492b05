// Incidents in zones: what came in since the last step, fused with what was near it in time, and told once.
internal import TruceModel
internal import TruceSituation

/// Sightings in zones by the ten minutes in which they began, so that a step looks at few.
struct ZoneSightings {
  static let bucketMilliseconds: Int64 = 600_000

  private var buckets: [Int64: [EntryID: Sighting]] = [:]
  private var filed: [EntryID: Int64] = [:]

  /// Files a sighting under its time; one that was filed under another, its clock not yet put right, is moved.
  mutating func file(_ sighting: Sighting) {
    let bucket = bucket(sighting.window.lowerBound)
    if let old = filed.updateValue(bucket, forKey: sighting.id), old != bucket { buckets[old]?[sighting.id] = nil }
    buckets[bucket, default: [:]][sighting.id] = sighting
  }

  /// The sightings that began in a time, and some around it.
  func around(_ from: Instant, _ until: Instant) -> [Sighting] {
    (bucket(from) - 1...bucket(until) + 1).flatMap { buckets[$0].map { Array($0.values) } ?? [] }
  }

  private func bucket(_ moment: Instant) -> Int64 {
    Int64((Double(moment.milliseconds) / Double(ZoneSightings.bucketMilliseconds)).rounded(.down))
  }
}

extension WatchRoom {
  /// The incidents in zones of which the new observations are part and that no alert has told yet.
  func zoneConditions() -> [AlertCondition] {
    guard !settings.zones.isEmpty, !fresh.isEmpty else { return [] }
    let near = settings.zones.values.flatMap { $0 }.map {
      LineStretch($0.line, fromKm: $0.fromKm - rules.kmTolerance, toKm: $0.toKm + rules.kmTolerance)
    }
    let new = index.sightings(of: Set(fresh), locate: located).filter { sighting in
      guard let at = sighting.stretch else { return false }
      return near.contains { $0.line == at.line && $0.fromKm <= at.toKm && at.fromKm <= $0.toKm }
    }
    .sorted { ($0.window.lowerBound, $0.id) < ($1.window.lowerBound, $1.id) }
    let ids = Set(new.map(\.id))
    for sighting in new { zoned.file(sighting) }
    var found: [AlertCondition] = []
    var start = 0
    while start < new.count {
      // Sightings of one stretch of time are fused together, those far apart by themselves.
      var end = start + 1
      while end < new.count,
        new[end].window.lowerBound.milliseconds - new[end - 1].window.lowerBound.milliseconds < 2 * ZoneSightings.bucketMilliseconds
      {
        end += 1
      }
      let around = zoned.around(new[start].window.lowerBound, new[end - 1].window.lowerBound)
      let incidents = fuse(around, rules: rules, rulings: index.standingRulings).incidents.filter { !ids.isDisjoint(with: $0.members) }
      for (zone, stretches) in settings.zones.sorted(by: { $0.key < $1.key }) {
        let untold = incidents.filter { incident in
          incident.stretch.map { at in stretches.contains { $0.line == at.line && $0.fromKm <= at.toKm && at.fromKm <= $0.toKm } } ?? false
            && !incident.members.contains { toldInZones[zone]?.contains($0.rawValue) ?? false }
        }
        found += AlertCondition.incidents(untold.map(\.coarse), in: [zone: stretches])
      }
      start = end
    }
    return found
  }

  /// The observations whose time another than the last step puts elsewhere: news of their post's clock came since.
  ///
  /// One that was taken for part of an incident, by a clock not yet put right, can be an incident by itself that nobody was told of.
  func moved() -> [EntryID] {
    guard !settings.zones.isEmpty || !settings.tracks.isEmpty else { return [] }
    var found: [EntryID] = []
    for (post, log) in index.logs {
      let offsets = log.clockOffsets
      guard let known = judgedClocks.updateValue(offsets, forKey: post), known != offsets else { continue }
      for (clock, offset) in offsets where known[clock] ?? 0 != offset { found += log.observations(clock: clock) }
    }
    return found
  }
}
