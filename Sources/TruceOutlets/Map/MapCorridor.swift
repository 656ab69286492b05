// A corridor that the case gives by its road and width, made into an outline to draw.
internal import TruceAtlas
internal import TruceModel

/// The outline of a corridor without one of its own, as the atlas computes it; nil where the place is no corridor or its shape cannot be
/// made.
func corridorDefinition(_ place: Place, in atlas: Atlas, at moment: Instant) -> Place.Definition? {
  guard place.kind == .corridor, let corridor = try? atlas.corridor(place.id, on: moment), let outline = try? corridor.outline() else {
    return nil
  }
  return Place.Definition(
    geometry: outline, accuracyMetres: corridor.accuracyMetres, source: corridor.source ?? "computed along its road", licence: "",
    isSchematic: true)
}
