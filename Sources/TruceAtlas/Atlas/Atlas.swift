// The places of a case as shapes that can be asked: what is where, at which date, after whose definition, and how surely.
internal import Synchronization
public import TruceModel

/// A case's places with their dated, attributed definitions, ready for questions of space.
///
/// A place may have several definitions side by side. A question without a source takes the first that holds on the day; one with a
/// source takes that source's, and has no answer where the source defines nothing.
public struct Atlas: Sendable {
  /// In which the days of definitions' periods are local.
  public let zone: Zone
  let places: [PlaceID: Place]
  private let cache = Cache()

  public init(_ places: [Place], zone: Zone) {
    self.zone = zone
    self.places = Dictionary(places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public init(_ case: Case) { self.init(`case`.places, zone: `case`.zone) }

  public func place(_ id: PlaceID) -> Place? { places[id] }

  /// The definitions of a place that hold at a moment, in the case's order; all of them without one.
  public func definitions(of id: PlaceID, on: Instant? = nil, source: String? = nil) -> [Place.Definition] {
    (places[id]?.definitions ?? []).filter { definition in
      (source == nil || definition.source == source) && holds(definition.period, on)
    }
  }

  /// Whether a period, an EDTF expression or nil for always, may hold at a moment.
  func holds(_ period: String?, _ on: Instant?) -> Bool {
    guard let period, let on, let when = When(period, zone: zone) else { return true }
    return when.earliest <= on && on < when.latest
  }

  /// Whether a position lies in a place.
  ///
  /// - Parameters:
  ///   - accuracyMetres: how far the position may be wrong.
  ///   - on: the moment whose definition or corridor version is meant; nil for the first.
  ///   - source: whose definition is meant; nil for the first.
  /// - Returns: nil where the place has no area at that moment or by that source.
  /// - Throws: where its shape cannot be used, with the place's id and the position of the fault.
  public func contains(
    _ position: Position, accuracyMetres: Double = 0, in id: PlaceID, on: Instant? = nil, source: String? = nil
  ) throws(AtlasError) -> Containment? {
    if places[id]?.kind == .corridor { return try corridor(id, on: on, source: source)?.contains(position, accuracyMetres: accuracyMetres) }
    let all = places[id]?.definitions ?? []
    for (number, definition) in all.enumerated()
    where !definition.geometry.polygons.isEmpty && (source == nil || definition.source == source) && holds(definition.period, on) {
      let area = try cache.area(id, number) { () throws(AtlasError) in
        do throws(AtlasError) {
          return try PreparedArea(definition.geometry, accuracyMetres: definition.accuracyMetres)
        } catch { throw error.naming(id.rawValue) }
      }
      return accuracyMetres > 0 ? area.contains(position, accuracyMetres: accuracyMetres) : area.contains(position)
    }
    return nil
  }

  /// The versions of a corridor, one for each definition of its centre line; none where the place is no corridor.
  ///
  /// The centre line is the corridor's own line where it has one, else the road's along which it runs. A place that it leaves out is
  /// taken by its area where it has one, else as a disc around its point whose radius is the point's accuracy, in doubt by half of it.
  public func corridorVersions(_ id: PlaceID) throws(AtlasError) -> [Corridor] {
    guard let place = places[id], place.kind == .corridor else { return [] }
    return try cache.corridors(id) { () throws(AtlasError) in
      do throws(AtlasError) { return try versions(of: place) } catch { throw error.naming(id.rawValue) }
    }
  }

  private func versions(of place: Place) throws(AtlasError) -> [Corridor] {
    guard let halfWidth = place.halfWidthMetres else { throw AtlasError("a corridor needs its half width in metres") }
    let own = place.definitions.filter { if case .line = $0.geometry { true } else { false } }
    let lines = own.isEmpty ? place.along.flatMap { places[$0]?.definitions } ?? [] : own
    var versions: [Corridor] = []
    for definition in lines {
      guard case .line(let positions) = definition.geometry else { continue }
      versions.append(
        try Corridor(
          centreLine: MeasuredLine(positions), halfWidthMetres: halfWidth, accuracyMetres: definition.accuracyMetres,
          exclusions: exclusions(of: place), period: definition.period ?? place.period, source: definition.source))
    }
    return versions
  }

  private func exclusions(of place: Place) -> [Corridor.Exclusion] {
    place.excludes.compactMap { id in
      guard let excluded = places[id] else { return nil }
      if let area = excluded.definitions.first(where: { !$0.geometry.polygons.isEmpty }) {
        return .area(id, area.geometry, accuracyMetres: area.accuracyMetres)
      }
      for definition in excluded.definitions {
        if case .point(let position) = definition.geometry {
          return .disc(id, position, radiusMetres: definition.accuracyMetres, accuracyMetres: definition.accuracyMetres / 2)
        }
      }
      return nil
    }
  }

  /// The version of a corridor that holds at a moment; without one, the first.
  public func corridor(_ id: PlaceID, on: Instant? = nil, source: String? = nil) throws(AtlasError) -> Corridor? {
    try corridorVersions(id).first { (source == nil || $0.source == source) && holds($0.period, on) }
  }

  /// The shape to draw and measure: a corridor's outline, any other place's first definition; nil where it has none.
  public func outline(of id: PlaceID, on: Instant? = nil, source: String? = nil) throws(AtlasError) -> Geometry? {
    if places[id]?.kind == .corridor { return try corridor(id, on: on, source: source)?.outline() }
    return definitions(of: id, on: on, source: source).first?.geometry
  }

  /// Square kilometres of a place; nil where it has no area.
  public func areaSquareKilometres(of id: PlaceID, on: Instant? = nil, source: String? = nil) throws(AtlasError) -> Double? {
    if places[id]?.kind == .corridor {
      return try corridor(id, on: on, source: source).map { corridor throws(AtlasError) in try corridor.areaSquareMetres() / 1e6 }
    }
    let areas = definitions(of: id, on: on, source: source).filter { !$0.geometry.polygons.isEmpty }
    return areas.first.map { areaSquareMetres($0.geometry) / 1e6 }
  }

  /// A line, road or corridor's centre line with its kilometres; nil where the place has no line.
  public func line(_ id: PlaceID, on: Instant? = nil, source: String? = nil) throws(AtlasError) -> MeasuredLine? {
    if places[id]?.kind == .corridor { return try corridor(id, on: on, source: source)?.centreLine }
    for definition in definitions(of: id, on: on, source: source) {
      if case .line(let positions) = definition.geometry {
        do throws(AtlasError) { return try MeasuredLine(positions) } catch { throw error.naming(id.rawValue) }
      }
    }
    return nil
  }
}

extension Atlas {
  /// What was made ready once; shared by the copies of an atlas.
  ///
  /// Holding the lock while a shape is prepared means that no two callers prepare the same one.
  private final class Cache: Sendable {
    private struct Key: Hashable {
      let place: PlaceID
      let number: Int
    }

    private let areas = Mutex<[Key: PreparedArea]>([:])
    private let corridors = Mutex<[PlaceID: [Corridor]]>([:])

    func area(_ place: PlaceID, _ number: Int, _ make: () throws(AtlasError) -> PreparedArea) throws(AtlasError) -> PreparedArea {
      try areas.withLock { areas throws(AtlasError) in
        let key = Key(place: place, number: number)
        if let known = areas[key] { return known }
        let made = try make()
        areas[key] = made
        return made
      }
    }

    func corridors(_ place: PlaceID, _ make: () throws(AtlasError) -> [Corridor]) throws(AtlasError) -> [Corridor] {
      try corridors.withLock { corridors throws(AtlasError) in
        if let known = corridors[place] { return known }
        let made = try make()
        corridors[place] = made
        return made
      }
    }
  }
}
