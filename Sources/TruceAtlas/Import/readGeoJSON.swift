// GeoJSON (RFC 7946) to features.
internal import TruceModel

/// The features of a GeoJSON text: a FeatureCollection, a Feature or a bare geometry.
///
/// - Throws: where the text is no JSON or no GeoJSON; what is wrong with single features is found, not thrown.
public func readGeoJSON(_ bytes: [UInt8], file: String) throws(AtlasError) -> ImportedFile {
  let json: JSON
  do throws(JSONError) { json = try JSON(parsing: bytes) } catch {
    let line = bytes.prefix(error.byte).reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    throw AtlasError("this is no JSON: \(error.message)", feature: nearestFeature(error.byte, bytes), file: file, line: line)
  }
  var result = ImportedFile(name: file)
  if let crs = json["crs"] {
    let name = crs["properties"]?["name"]?.string ?? ""
    if !name.hasSuffix("CRS84"), !name.hasSuffix(":4326") {
      result.report(
        .error, "the coordinates are not in WGS 84 but in \(name.isEmpty ? "another system" : name); reproject the file first", field: "crs"
      )
    }
  }
  var reader = GeoJSONReader(result: result)
  switch json["type"]?.string {
  case "FeatureCollection":
    guard let features = json["features"]?.array else { throw AtlasError("a FeatureCollection needs `features`, a list", file: file) }
    for (i, feature) in features.enumerated() { reader.feature(feature, number: i + 1, path: "features[\(i)]") }
  case "Feature": reader.feature(json, number: 1, path: "")
  case let type? where GeoJSONReader.shapes.contains(type):
    reader.add(reader.geometries(json, "", "feature 1", 0), [], 1)
  default: throw AtlasError("this is no GeoJSON: `type` must be FeatureCollection, Feature or a geometry", file: file)
  }
  result = reader.result
  return result
}

/// Which feature a byte of a text that is no JSON stands in, by its number and by its name where that comes before the byte; nil before the
/// first. What Python and others write as NaN or Infinity is no JSON, and the reader of the error has to find it.
private func nearestFeature(_ byte: Int, _ bytes: [UInt8]) -> String? {
  let head = String(decoding: bytes.prefix(byte), as: UTF8.self)
  let features = head.matches(of: /"type"\s*:\s*"Feature"/)
  guard let last = features.last else { return nil }
  let name = head[last.range.upperBound...].firstMatch(of: /"(?i:name)"\s*:\s*"([^"\\]{1,100})"/)
  return "feature \(features.count)" + (name.map { " (\($0.1))" } ?? "")
}

/// Reads features, collecting what is wrong with them.
struct GeoJSONReader {
  static let shapes: Set<String> = [
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
  ]
  /// Collections within collections, at most.
  private static let depthLimit = 8

  private(set) var result: ImportedFile

  init(result: ImportedFile) { self.result = result }

  mutating func feature(_ json: JSON, number: Int, path: String) {
    guard json["type"]?.string == "Feature" else {
      return result.report(.error, "a member of `features` must be of type Feature", field: path)
    }
    var properties: [(key: String, value: String)] = []
    if let id = json["id"] { properties.append(("id", Self.text(id))) }
    for member in json["properties"]?.members ?? [] { properties.append((member.key, Self.text(member.value))) }
    let label = ImportedFeature(geometry: nil, properties: properties, number: number).label
    guard let geometry = json["geometry"], geometry != .null else {
      result.report(.error, "\(label) has no geometry", field: path)
      return
    }
    add(geometries(geometry, path + ".geometry", label, 0), properties, number)
  }

  mutating func add(_ geometries: [Geometry], _ properties: [(key: String, value: String)], _ number: Int) {
    for geometry in geometries { result.features.append(ImportedFeature(geometry: geometry, properties: properties, number: number)) }
  }

  static func text(_ json: JSON) -> String {
    switch json {
    case .null: ""
    case .string(let text): text
    default: json.text
    }
  }

  /// The shapes of a geometry: lines of a multi-geometry joined where they meet, points one by one.
  mutating func geometries(_ json: JSON, _ path: String, _ label: String, _ depth: Int) -> [Geometry] {
    let type = json["type"]?.string ?? ""
    guard Self.shapes.contains(type), depth < Self.depthLimit else {
      result.report(.error, "\(label): `\(type)` is no geometry of RFC 7946", field: path)
      return []
    }
    if type == "GeometryCollection" {
      var all: [Geometry] = []
      for (i, part) in (json["geometries"]?.array ?? []).enumerated() {
        all += geometries(part, "\(path).geometries[\(i)]", label, depth + 1)
      }
      return all
    }
    let here = path + ".coordinates"
    guard let coordinates = json["coordinates"] else {
      result.report(.error, "\(label): a geometry needs `coordinates`", field: path)
      return []
    }
    switch type {
    case "Point": return position(coordinates, here, label).map { [.point($0)] } ?? []
    case "MultiPoint": return (positions(coordinates, here, label) ?? []).map { .point($0) }
    case "LineString": return positions(coordinates, here, label).map { [.line($0)] } ?? []
    case "MultiLineString": return joinedLines(rings(coordinates, here, label) ?? []).map { .line($0) }
    case "Polygon": return rings(coordinates, here, label).map { [.polygon($0)] } ?? []
    default:
      guard let parts = coordinates.array else {
        result.report(.error, "\(label): a list is wanted", field: here)
        return []
      }
      var polygons: [[[Position]]] = []
      for (i, part) in parts.enumerated() {
        guard let rings = rings(part, "\(here)[\(i)]", label) else { return [] }
        polygons.append(rings)
      }
      return [.multiPolygon(polygons)]
    }
  }

  private mutating func position(_ json: JSON, _ path: String, _ label: String) -> Position? {
    guard case .array(let parts) = json, parts.count >= 2, let longitude = parts[0].number, let latitude = parts[1].number else {
      result.report(.error, "\(label): a position is [longitude, latitude], two numbers", field: path)
      return nil
    }
    return Position(longitude: longitude, latitude: latitude)
  }

  private mutating func positions(_ json: JSON, _ path: String, _ label: String) -> [Position]? {
    guard case .array(let parts) = json else {
      result.report(.error, "\(label): a list of positions is wanted", field: path)
      return nil
    }
    var read: [Position] = []
    read.reserveCapacity(parts.count)
    for (i, part) in parts.enumerated() {
      guard let position = position(part, "\(path)[\(i)]", label) else { return nil }
      read.append(position)
    }
    return read
  }

  private mutating func rings(_ json: JSON, _ path: String, _ label: String) -> [[Position]]? {
    guard case .array(let parts) = json else {
      result.report(.error, "\(label): a list of rings or lines is wanted", field: path)
      return nil
    }
    var read: [[Position]] = []
    for (i, part) in parts.enumerated() {
      guard let ring = positions(part, "\(path)[\(i)]", label) else { return nil }
      read.append(ring)
    }
    return read
  }
}
