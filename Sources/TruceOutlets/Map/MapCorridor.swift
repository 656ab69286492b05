// A corridor that the case gives by its road and width, made into an outline to draw.
internal import TruceAtlas
internal import TruceModel

/// Metres left out around an excluded place of which the case knows only the middle: a small town and its edge.
let excludedRadiusMetres = 2000.0

/// The outline of a corridor without one of its own: the geodesic buffer of its road less the places left out; nil where the
/// case has no such road or the shape cannot be made.
func corridorDefinition(_ place: Place, in file: Case, at moment: Instant) -> Place.Definition? {
  guard place.kind == .corridor, let halfWidth = place.halfWidthMetres, let road = place.along.flatMap(file.place),
    let definition = road.definition(at: moment, zone: file.zone), case .line(let positions) = definition.geometry,
    let line = try? MeasuredLine(positions)
  else { return nil }
  let exclusions = place.excludes.compactMap { id -> Corridor.Exclusion? in
    guard let excluded = file.place(id), let shape = excluded.definition(at: moment, zone: file.zone) else { return nil }
    if case .point(let centre) = shape.geometry {
      return .disc(id, centre, radiusMetres: excludedRadiusMetres, accuracyMetres: shape.accuracyMetres)
    }
    return .area(id, shape.geometry, accuracyMetres: shape.accuracyMetres)
  }
  guard
    let corridor = try? Corridor(
      centreLine: line, halfWidthMetres: halfWidth, accuracyMetres: definition.accuracyMetres, exclusions: exclusions),
    let outline = try? corridor.outline()
  else { return nil }
  return Place.Definition(
    geometry: outline, accuracyMetres: definition.accuracyMetres, source: definition.source, licence: definition.licence,
    isSchematic: definition.isSchematic)
}
