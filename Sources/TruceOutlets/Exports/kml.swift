// KML: who holds what, for globes.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

/// A KML 2.2 document (OGC 07-147r2): a style for each party, a placemark for each place whose holder is known.
func kml(_ input: OutletInput) -> String {
  let palette = MapPalette(input.file)
  var xml = SVGWriter()
  xml.open("kml", ["xmlns": "http://www.opengis.net/kml/2.2"])
  xml.open("Document")
  xml.element("name", [:], input.file.title)
  xml.element("description", [:], situationSentence(input.situation, case: input.file))
  for party in input.file.parties {
    xml.open("Style", ["id": "party-\(party.id)"])
    xml.open("LineStyle")
    xml.element("color", [:], kmlColour(palette[party.id], opacity: "ff"))
    xml.element("width", [:], "2")
    xml.close("LineStyle")
    xml.open("PolyStyle")
    xml.element("color", [:], kmlColour(palette[party.id], opacity: "66"))
    xml.close("PolyStyle")
    xml.close("Style")
  }
  for (control, place, definition) in controlledShapes(input) {
    xml.open("Placemark", ["id": "place-\(place.id)"])
    xml.element("name", [:], place.name)
    xml.element("description", [:], controlSentence(control, place: place, case: input.file))
    if let since = control.since, since.earliest > .distantPast {
      xml.open("TimeSpan")
      xml.element("begin", [:], since.zone.text(since.earliest))
      xml.close("TimeSpan")
    }
    if case .party(let id) = control.holder { xml.element("styleUrl", [:], "#party-\(id)") }
    xml.open("ExtendedData")
    let data: KeyValuePairs = [
      "holder": control.holder.description, "standing": control.standing?.rawValue ?? "initial", "disputed": String(control.isDisputed),
      "accuracyMetres": decimal(definition.accuracyMetres, 0),
    ]
    for (name, value) in data {
      xml.open("Data", ["name": name])
      xml.element("value", [:], value)
      xml.close("Data")
    }
    xml.close("ExtendedData")
    write(definition.geometry, to: &xml)
    xml.close("Placemark")
  }
  xml.close("Document")
  xml.close("kml")
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.text
}

/// `aabbggrr` of a colour `#rrggbb`.
func kmlColour(_ colour: String, opacity: String) -> String {
  let digits = Array(colour.dropFirst().lowercased())
  guard digits.count == 6 else { return opacity + "8f8a8a" }
  return opacity + String(digits[4...5]) + String(digits[2...3]) + String(digits[0...1])
}

private func write(_ geometry: Geometry, to xml: inout SVGWriter) {
  func text(_ positions: [Position]) -> String {
    positions.map { "\(decimal($0.longitude, 6)),\(decimal($0.latitude, 6))" }.joined(separator: " ")
  }
  func polygon(_ rings: [[Position]]) {
    xml.open("Polygon")
    for (index, ring) in rings.enumerated() {
      let boundary = index == 0 ? "outerBoundaryIs" : "innerBoundaryIs"
      xml.open(boundary)
      xml.open("LinearRing")
      xml.element("coordinates", [:], text(ring))
      xml.close("LinearRing")
      xml.close(boundary)
    }
    xml.close("Polygon")
  }
  switch geometry {
  case .point(let position):
    xml.open("Point")
    xml.element("coordinates", [:], text([position]))
    xml.close("Point")
  case .line(let positions):
    xml.open("LineString")
    xml.element("coordinates", [:], text(positions))
    xml.close("LineString")
  case .polygon(let rings): polygon(rings)
  case .multiPolygon(let polygons):
    xml.open("MultiGeometry")
    polygons.forEach(polygon)
    xml.close("MultiGeometry")
  }
}
