// What OpenStreetMap's tags say, in the words of a case.
internal import TruceModel

/// The named features of an OSM file with a kind each: roads of one name in one piece as far as they meet, settlements, boundaries.
///
/// What has neither a name nor a road's number is left out, and how many they were is told once.
func osmFeatures(_ file: ImportedFile) -> ImportedFile {
  var result = ImportedFile(name: file.name, findings: file.findings)
  var roads: [String: (properties: [(key: String, value: String)], number: Int, lines: [[Position]])] = [:]
  var order: [String] = []
  var nameless = 0
  for feature in file.features {
    guard let name = feature.property("name", "ref", "name:en"), let geometry = feature.geometry else {
      nameless += 1
      continue
    }
    // `place` names a case's place elsewhere; here it says that something is a village.
    var properties = feature.properties.map { (key: $0.key == "place" || $0.key == "id" ? "osm:" + $0.key : $0.key, value: $0.value) }
    properties.append(("name", name))
    if let kind = kind(feature, geometry) { properties.append(("kind", kind.rawValue)) }
    if feature.property("highway") != nil, case .line(let line) = geometry {
      if roads[name] == nil {
        order.append(name)
        roads[name] = (properties, feature.number, [])
      }
      roads[name]?.lines.append(line)
      continue
    }
    result.features.append(ImportedFeature(geometry: geometry, properties: properties, number: feature.number))
  }
  for name in order {
    guard let road = roads[name] else { continue }
    for line in joinedLines(road.lines) {
      result.features.append(ImportedFeature(geometry: .line(line), properties: road.properties, number: road.number))
    }
  }
  if nameless > 0 { result.report(.note, "left out for want of a name: \(nameless)") }
  return result
}

private func kind(_ feature: ImportedFeature, _ geometry: Geometry) -> Place.Kind? {
  switch geometry {
  case .point:
    guard let place = feature.property("place") else { return nil }
    let settled: Set<String> = ["city", "town", "village", "hamlet", "isolated_dwelling", "borough", "suburb"]
    return settled.contains(place) ? .settlement : nil
  case .line: return feature.property("highway") != nil ? .road : nil
  case .polygon, .multiPolygon:
    guard feature.property("boundary") == "administrative", let level = feature.property("admin_level").flatMap(Int.init) else {
      return nil
    }
    return level <= 2 ? .country : level <= 4 ? .region : .district
  }
}
