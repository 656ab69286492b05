// GeoJSON: who holds what, with the outlines and how exact they are.
public import TruceAtlas
public import TruceModel
internal import TruceSituation

/// A feature collection (RFC 7946): a feature for each place whose holder is known and that has a shape, and one for each coarsened mark of posts.
func geoJSON(_ input: OutletInput) -> JSON {
  var features: [JSON] = []
  for (control, place, definition) in controlledShapes(input) {
    let properties = JSON.compact([
      "place": JSON(place.id), "name": JSON(place.name), "kind": JSON(place.kind.rawValue), "holder": JSON(control.holder.description),
      "holderName": JSON(input.file.holderName(control.holder)), "since": control.since?.json,
      "standing": JSON(control.standing?.rawValue ?? "initial"), "disputed": .bool(control.isDisputed), "origins": JSON(control.origins),
      "evidence": .array(control.evidence.map { JSON($0) }), "accuracyMetres": .number(definition.accuracyMetres),
      "schematic": .bool(definition.isSchematic), "source": JSON(definition.source), "licence": JSON(definition.licence),
    ])
    features.append(["type": "Feature", "id": JSON(place.id), "geometry": geometryJSON(definition.geometry), "properties": properties])
  }
  for mark in postMarks(input.situation, case: input.file) {
    features.append([
      "type": "Feature", "geometry": ["type": "Point", "coordinates": coordinates(mark.position)],
      "properties": ["kind": "posts", "name": JSON(mark.words), "accuracyMetres": 10_000],
    ])
  }
  return [
    "type": "FeatureCollection", "features": .array(features),
    "truce": .compact([
      "case": JSON(input.file.id), "on": JSON(input.situation.query.on), "known": input.situation.query.known.map { JSON($0) },
      "said": input.situation.query.said.map { JSON($0) }, "accordingTo": JSON(input.situation.query.rule.description),
      "sentence": JSON(situationSentence(input.situation, case: input.file)),
    ]),
  ]
}

/// The places whose holder is known, with the shapes that maps draw; posts are never among them.
func controlledShapes(_ input: OutletInput) -> [(control: Situation.Control, place: Place, definition: Place.Definition)] {
  let on = input.situation.query.on
  let atlas = Atlas(input.file)
  return input.situation.control.compactMap { control in
    guard let place = input.file.place(control.place), place.kind != .post, place.exists(at: on, zone: input.file.zone),
      let definition = place.definition(at: on, zone: input.file.zone) ?? corridorDefinition(place, in: atlas, at: on)
    else { return nil }
    return (control, place, definition)
  }
}

/// A shape as RFC 7946 writes it.
public func geometryJSON(_ geometry: Geometry) -> JSON {
  func line(_ positions: [Position]) -> JSON { .array(positions.map(coordinates)) }
  switch geometry {
  case .point(let position): return ["type": "Point", "coordinates": coordinates(position)]
  case .line(let positions): return ["type": "LineString", "coordinates": line(positions)]
  case .polygon(let rings): return ["type": "Polygon", "coordinates": .array(rings.map(line))]
  case .multiPolygon(let polygons): return ["type": "MultiPolygon", "coordinates": .array(polygons.map { .array($0.map(line)) })]
  }
}

/// Longitude and latitude to six decimals: a tenth of a metre.
private func coordinates(_ position: Position) -> JSON {
  func rounded(_ value: Double) -> JSON { .number((value * 1e6).rounded() / 1e6) }
  return [rounded(position.longitude), rounded(position.latitude)]
}
