// Reads `places.yaml`: places with their names, and their definitions with the shapes checked.
internal import TruceModel
internal import Yams

extension CaseReader {
  func places(_ fields: Fields) -> [Place] {
    defer { fields.finish() }
    let places = fields.mappings("places", required: true).compactMap(place)
    checkNesting(places)
    return places
  }

  private func place(_ fields: Fields) -> Place? {
    defer { fields.finish() }
    let id = declare(.place, in: fields)
    let kind = fields.word("kind", Place.Kind.self, required: true)
    let names = names(fields)
    let within = refer(.place, "within", in: fields)
    let seat = refer(.place, "seat", in: fields)
    let holder = refer(.party, "initialHolder", in: fields)
    let along = refer(.place, "along", in: fields)
    let halfWidth = fields.number("halfWidthMetres", in: 1...100_000, unit: "metres")
    let excludes = referAll(.place, "excludes", in: fields)
    let through = referAll(.place, "through", in: fields)
    let period = edtf("period", in: fields)
    let definitions = fields.mappings("definitions").compactMap(definition)
    guard let id, let kind else { return nil }
    if kind == .corridor {
      if along == nil { fields.error("a corridor needs `along`, the road or line along which it runs") }
      if halfWidth == nil, !fields.has("halfWidthMetres") {
        fields.error("a corridor needs `halfWidthMetres`: how far it reaches each side")
      }
    } else if along != nil || halfWidth != nil || !excludes.isEmpty {
      fields.error("`along`, `halfWidthMetres` and `excludes` are a corridor's; this place is of kind `\(kind.rawValue)`")
    }
    if !through.isEmpty, kind != .corridor, kind != .zone {
      fields.error("`through` is of a corridor or a zone; this place is of kind `\(kind.rawValue)`", "through")
    }
    return Place(
      id: PlaceID(id), kind: kind, names: names, definitions: definitions, within: within.map { PlaceID($0) },
      seat: seat.map { PlaceID($0) },
      initialHolder: holder.map { PartyID($0) }, halfWidthMetres: halfWidth, excludes: excludes.map { PlaceID($0) },
      along: along.map { PlaceID($0) }, period: period, through: through.map { PlaceID($0) })
  }

  /// Reports places that lie within themselves, over however many steps.
  private func checkNesting(_ places: [Place]) {
    let outer = Dictionary(places.compactMap { place in place.within.map { (place.id, $0) } }, uniquingKeysWith: { first, _ in first })
    for place in places {
      var at = outer[place.id]
      var steps = 0
      while let next = at, next != place.id, steps <= outer.count { (at, steps) = (outer[next], steps + 1) }
      if at == place.id, let spot = spot(of: .place, place.id.rawValue) {
        findings.error("`\(place.id)` lies within itself; mend `within` of one of the places on the way", at: spot)
      }
    }
  }

  private func definition(_ fields: Fields) -> Place.Definition? {
    defer { fields.finish() }
    let accuracy = fields.number("accuracyMetres", in: 0...1_000_000, unit: "metres", required: true)
    let source = fields.string("source", required: true)
    let licence = fields.string("licence", required: true)
    let period = edtf("period", in: fields)
    let isSchematic = fields.bool("schematic") ?? false
    let keys = ["point", "line", "polygon", "multiPolygon"]
    let given = keys.filter { fields.has($0) }
    guard given.count == 1, let key = given.first, let node = fields.value(key) else {
      if given.count != 1 { fields.error("a definition has one shape: one of \(Fields.list(keys)); this one has \(given.count)") }
      return nil
    }
    let shape = ShapeReader(fields: fields, path: fields.at(key))
    let geometry: Geometry? =
      switch key {
      case "point": shape.position(node, fields.at(key)).map { .point($0) }
      case "line": shape.line(node, fields.at(key)).map { .line($0) }
      case "polygon": shape.polygon(node, fields.at(key)).map { .polygon($0) }
      default: shape.multiPolygon(node, fields.at(key)).map { .multiPolygon($0) }
      }
    guard let geometry, let accuracy, let source, let licence else { return nil }
    return Place.Definition(
      geometry: geometry, accuracyMetres: accuracy, source: source, licence: licence, period: period, isSchematic: isSchematic)
  }
}
