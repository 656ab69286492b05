// GeoPackage (OGC 12-128) to features: tables of an SQLite file, shapes as well-known binary.
internal import CSQLite
internal import TruceModel

/// The features of a GeoPackage's feature tables.
///
/// - Throws: where the file is no GeoPackage.
public func readGeoPackage(path: String, file: String) throws(AtlasError) -> ImportedFile {
  var database: OpaquePointer?
  defer { sqlite3_close_v2(database) }
  guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
    throw AtlasError("the file cannot be opened as a GeoPackage", file: path)
  }
  var result = ImportedFile(name: file)
  do throws(AtlasError) {
    // A system's number is the file's own affair; the authority's stands in `gpkg_spatial_ref_sys`.
    let query = """
      SELECT g.table_name, g.column_name, upper(s.organization) || ':' || s.organization_coordsys_id
      FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s USING (srs_id) ORDER BY g.table_name
      """
    var tables: [(table: String, column: String, system: String)] = []
    try rows(database, query) { statement throws(AtlasError) in
      tables.append((text(statement, 0), text(statement, 1), text(statement, 2)))
    }
    for (table, column, system) in tables {
      if system != "EPSG:4326", system != "EPSG:4979", system != "OGC:84" {
        let name = system.isEmpty ? "an unknown coordinate system" : "coordinate system \(system)"
        result.report(.error, "table `\(table)` is in \(name), not in WGS 84 degrees (EPSG:4326); reproject it first")
      }
      try readTable(database, table, column, into: &result)
    }
  } catch { throw AtlasError(error.message, file: path) }
  return result
}

private func readTable(_ database: OpaquePointer?, _ table: String, _ column: String, into result: inout ImportedFile) throws(AtlasError) {
  func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
  var features: [ImportedFeature] = []
  var findings: [(String, String, Int)] = []
  var number = 0
  try rows(database, "SELECT * FROM \(quoted(table))") { statement throws(AtlasError) in
    number += 1
    var feature = ImportedFeature(geometry: nil, properties: [], number: number)
    var properties: [(key: String, value: String)] = []
    var blob: [UInt8]?
    for i in 0..<sqlite3_column_count(statement) {
      let name = sqlite3_column_name(statement, i).map { String(cString: $0) } ?? ""
      if name == column {
        if let start = sqlite3_column_blob(statement, i) {
          blob = [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, i))))
        }
      } else if sqlite3_column_type(statement, i) != SQLITE_BLOB {
        properties.append((name, text(statement, i)))
      }
    }
    feature.properties = properties
    guard features.count < ImportedFile.featureLimit else { throw AtlasError("more than \(ImportedFile.featureLimit) features") }
    guard let blob else {
      findings.append((feature.label, "has no geometry", number))
      return
    }
    var reader: BinaryReader
    do throws(AtlasError) {
      reader = try geoPackageBody(blob)
      let shapes = try wellKnownBinary(&reader)
      if shapes.isEmpty { findings.append((feature.label, "has an empty geometry", number)) }
      for shape in shapes {
        feature.geometry = shape
        features.append(feature)
      }
    } catch { findings.append((feature.label, error.message, number)) }
  }
  result.features += features
  for (label, message, number) in findings { result.report(.error, "\(label): \(message)", field: "feature \(number) of \(table)") }
}

/// Skips a GeoPackage geometry's own head (clause 2.1.3).
private func geoPackageBody(_ blob: [UInt8]) throws(AtlasError) -> BinaryReader {
  guard blob.count >= 8, blob[0] == 0x47, blob[1] == 0x50 else { throw AtlasError("its geometry does not begin with `GP`") }
  let envelope = [0, 32, 48, 48, 64][min(4, Int(blob[3] >> 1 & 7))]
  guard blob.count >= 8 + envelope else { throw AtlasError("its geometry is cut off") }
  return BinaryReader(blob[(8 + envelope)...])
}

/// The shapes of well-known binary (OGC 06-103r4, clause 8.2), heights left out; multi-lines joined where they meet, multi-points one by one.
func wellKnownBinary(_ reader: inout BinaryReader, depth: Int = 0) throws(AtlasError) -> [Geometry] {
  guard depth < 8 else { throw AtlasError("collections within collections, deeper than 8") }
  reader.isLittleEndian = try reader.byte() == 1
  let code = try reader.uint32()
  // ISO codes count dimensions in thousands (1001, 2001, 3001), the extended form in the three uppermost bits.
  let base = code & 0x0FFF_FFFF
  let extra = [0, 1, 1, 2][min(3, base / 1000)]
  if code >> 29 & 1 == 1 { _ = try reader.uint32() }
  let dimensions = 2 + max(extra, (code >> 31 & 1) + (code >> 30 & 1))
  let kind = base % 1000
  func positions(_ reader: inout BinaryReader) throws(AtlasError) -> [Position] {
    var all: [Position] = []
    for _ in 0..<(try reader.count(ofBytes: 8 * dimensions)) {
      all.append(Position(longitude: try reader.double(), latitude: try reader.double()))
      for _ in 2..<dimensions { _ = try reader.double() }
    }
    return all
  }
  switch kind {
  case 1:
    let position = Position(longitude: try reader.double(), latitude: try reader.double())
    for _ in 2..<dimensions { _ = try reader.double() }
    return position.longitude.isNaN && position.latitude.isNaN ? [] : [.point(position)]
  case 2:
    let line = try positions(&reader)
    return line.isEmpty ? [] : [.line(line)]
  case 3:
    var rings: [[Position]] = []
    for _ in 0..<(try reader.count(ofBytes: 4)) { rings.append(try positions(&reader)) }
    return rings.isEmpty ? [] : [.polygon(rings)]
  case 4, 5, 6, 7:
    var parts: [Geometry] = []
    for _ in 0..<(try reader.count(ofBytes: 5)) { parts += try wellKnownBinary(&reader, depth: depth + 1) }
    if kind == 5 { return joinedLines(parts.map(\.positions)).map { .line($0) } }
    guard kind == 6 else { return parts }
    return parts.isEmpty ? [] : [.multiPolygon(parts.flatMap(\.polygons))]
  default: throw AtlasError("geometry type \(kind) is not read; points, lines and polygons are")
  }
}

private func rows(
  _ database: OpaquePointer?, _ query: String, _ body: (OpaquePointer?) throws(AtlasError) -> Void
) throws(AtlasError) {
  var statement: OpaquePointer?
  defer { sqlite3_finalize(statement) }
  guard sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK else {
    throw AtlasError("this is no GeoPackage: \(String(cString: sqlite3_errmsg(database)))")
  }
  while true {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: try body(statement)
    case SQLITE_DONE: return
    default: throw AtlasError("the GeoPackage cannot be read: \(String(cString: sqlite3_errmsg(database)))")
    }
  }
}

private func text(_ statement: OpaquePointer?, _ column: Int32) -> String {
  sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
}
