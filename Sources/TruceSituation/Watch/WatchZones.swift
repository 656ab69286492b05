// The areas that what moves is held against: a case's corridors and zones, each as it was at the moment asked for.
public import TruceAtlas
public import TruceModel

/// Corridors, zones and other areas of a case, ready for many positions.
public struct WatchZones: Sendable {
  private enum Shape: Sendable {
    case area(PreparedArea)
    case corridor(Corridor)
  }

  private struct Version: Sendable {
    var holds: Range<Instant>
    var shape: Shape
  }

  private var versions: [PlaceID: [Version]] = [:]

  /// The zones, by id.
  public var ids: [PlaceID] { versions.keys.sorted() }

  /// The corridors and zones of a case, and further places of it that have an area. A shape that cannot be used is left out.
  public init(_ file: Case, and further: some Sequence<PlaceID> = []) {
    let atlas = Atlas(file)
    let further = Set(further)
    for place in file.places where place.kind == .corridor || place.kind == .zone || further.contains(place.id) {
      var found: [Version] = []
      for corridor in (try? atlas.corridorVersions(place.id)) ?? [] {
        found.append(Version(holds: WatchZones.range(corridor.period, file.zone), shape: .corridor(corridor)))
      }
      for definition in place.definitions where !definition.geometry.polygons.isEmpty {
        guard let area = try? PreparedArea(definition.geometry, accuracyMetres: definition.accuracyMetres) else { continue }
        found.append(Version(holds: WatchZones.range(definition.period ?? place.period, file.zone), shape: .area(area)))
      }
      if !found.isEmpty { versions[place.id] = found }
    }
  }

  private static func range(_ period: String?, _ zone: Zone) -> Range<Instant> {
    guard let period, let when = When(period, zone: zone) else { return .distantPast..<Instant.distantFuture }
    return when.earliest..<when.latest
  }

  /// How deep in a zone a position lies, and how far that may be wrong; nil where there was no such zone at the moment.
  ///
  /// Deeper than the error is inside, and less deep than minus the error outside, exactly where `Corridor.contains` and
  /// `PreparedArea.contains` say so.
  func depth(of position: Position, accuracyMetres: Double, in zone: PlaceID, at moment: Instant) -> (
    metres: Double, accuracyMetres: Double
  )? {
    guard let version = versions[zone]?.first(where: { $0.holds.contains(moment) }) else { return nil }
    let (low, high): (Double, Double)
    switch version.shape {
    case .area(let area):
      let depth = area.signedDistanceMetres(to: position)
      (low, high) = (depth - area.accuracyMetres, depth + area.accuracyMetres)
    case .corridor(let corridor): (low, high) = corridor.depthMetres(of: position)
    }
    return ((low + high) / 2, (high - low) / 2 + accuracyMetres)
  }

  /// An observation's fixes, one for each zone that there was.
  ///
  /// - Parameter at: its time, the clock put right.
  func fixes(_ observation: Observation, at moment: Instant, _ place: (position: Position, accuracyMetres: Double)) -> [ZoneFix] {
    ids.compactMap { zone in
      depth(of: place.position, accuracyMetres: place.accuracyMetres, in: zone, at: moment).map {
        ZoneFix(
          id: observation.id, track: observation.track ?? observation.id.rawValue, zone: zone, at: moment, depthMetres: $0.metres,
          accuracyMetres: $0.accuracyMetres)
      }
    }
  }
}

extension WatchIndex {
  /// What some observations tell of where things were against zones; those that do not count, or cannot be placed, are left out.
  ///
  /// - Parameter place: where an observation was, for those without a measured position.
  public func zoneFixes(
    of ids: some Sequence<EntryID>, in zones: WatchZones,
    place: (Observation) -> (position: Position, accuracyMetres: Double)? = { _ in nil }
  ) -> [ZoneFix] {
    let retracted = retractedObservations
    return ids.flatMap { id -> [ZoneFix] in
      guard let observation = observations[id]?.record, !retracted.contains(id) else { return [] }
      if let post = observation.post, let log = logs[post], !log.accepts(observation) { return [] }
      let measured = observation.position.map {
        (position: Position(longitude: $0.longitude, latitude: $0.latitude), accuracyMetres: $0.accuracyMetres)
      }
      guard let place = measured ?? place(observation) else { return [] }
      return zones.fixes(observation, at: observation.from.adding(milliseconds: clockOffset(of: observation)), place)
    }
  }
}

extension ObservedSector {
  /// The middle of what an observer at a position means, and how far it may be from there; nil without a distance or with several directions.
  public func middle(from observer: Position) -> (position: Position, accuracyMetres: Double)? {
    guard let distanceMetres, bearings.count == 1, let arc = bearings.first else { return nil }
    let width = arc.to > arc.from ? arc.to - arc.from : arc.to - arc.from + 360
    guard width < 180 else { return nil }
    let distance = (distanceMetres.lowerBound + distanceMetres.upperBound) / 2
    let middle = observer.moved(metres: distance, bearing: arc.from + width / 2)
    // To the sector's farthest corner, an upper bound of which is along and across.
    let along = (distanceMetres.upperBound - distanceMetres.lowerBound) / 2
    let across = distanceMetres.upperBound * width / 360 * .pi
    return (middle, along + across)
  }
}
