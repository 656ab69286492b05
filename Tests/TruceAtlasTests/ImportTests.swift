// The suite of imports: each file form, what the checks find, what a plan would change.
import CSQLite
import Foundation
import Testing
import TruceAtlas
import TruceModel

@Suite struct ImportTests {
  private let square = "[[[46,39],[46.2,39],[46.2,39.2],[46,39.2],[46,39]]]"

  private func collection(_ features: String...) -> [UInt8] {
    Array("{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}".utf8)
  }

  private func feature(_ name: String, _ type: String, _ coordinates: String, _ more: String = "") -> String {
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"\(name)\"\(more)},\"geometry\":{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}}"
  }

  @Test("GeoJSON's shapes are read with their properties, multi-points and multi-lines one by one")
  func geoJSON() throws {
    let file = try readGeoJSON(
      collection(
        feature("A", "Polygon", square), feature("B", "Point", "[46,39]"), feature("C", "MultiPoint", "[[1,2],[3,4]]"),
        feature("D", "MultiLineString", "[[[1,2],[3,4]],[[5,6],[7,8]]]"), feature("E", "MultiPolygon", "[\(square)]")), file: "x.geojson")
    #expect(file.findings.isEmpty)
    #expect(file.features.map(\.label) == ["A", "B", "C", "C", "D", "D", "E"])
    #expect(file.features[1].geometry == .point(Position(longitude: 46, latitude: 39)))
    #expect(file.features[6].geometry?.polygons.count == 1)
  }

  @Test("What is no GeoJSON is refused, what is wrong with one feature is told and the others stay")
  func wrongGeoJSON() throws {
    #expect(throws: AtlasError.self) { try readGeoJSON(Array("{\"type\":\"Topology\"}".utf8), file: "x") }
    #expect(throws: AtlasError.self) { try readGeoJSON(Array("{\n\n\"a\":".utf8), file: "x") }
    let file = try readGeoJSON(
      collection(feature("A", "Point", "[\"x\",1]"), feature("B", "Circle", "[1,1]"), feature("C", "Point", "[1,1]")), file: "x")
    #expect(file.features.map(\.label) == ["C"])
    #expect(file.findings.count == 2)
    #expect(file.findings[0].field == "features[0].geometry.coordinates")
    let other = Array("{\"type\":\"Point\",\"coordinates\":[500000,4400000],\"crs\":{\"properties\":{\"name\":\"EPSG:32638\"}}}".utf8)
    #expect(try readGeoJSON(other, file: "x").findings.first?.field == "crs")
  }

  @Test(
    "A shape that cannot be used is told with its name and where",
    arguments: [
      ("[[[0,0],[1,1],[1,0],[0,1],[0,0]]]", "not valid", true), ("[[[0,0],[1,0],[0,0]]]", "at least four", true),
      ("[[[0,0],[1,0],[1,1],[0,1]]]", "not closed", true), ("[[[0,0],[0,1],[1,1],[1,0],[0,0]]]", "wrong way", true),
      ("[]", "empty", false), ("[[[500000,4400000],[500100,4400000],[500100,4400100],[500000,4400000]]]", "WGS 84", true),
      ("[[[39,146],[39.2,146],[39.2,146.2],[39,146]]]", "swapped", true),
    ])
  func faultsAreTold(_ coordinates: String, _ words: String, _ isPlaced: Bool) throws {
    let file = try readGeoJSON(collection(feature("Bad", "Polygon", coordinates)), file: "x")
    let found = faults(of: try #require(file.features.first?.geometry), name: "Bad")
    #expect(found.contains { $0.message.contains(words) && $0.feature == "Bad" && ($0.position != nil) == isPlaced }, "\(found)")
  }

  @Test("A ring of 200,000 positions is checked, and one that crosses itself is found in it")
  func largeRings() {
    var ring = (0..<200_000).map { i in
      let angle = Double(i) / 200_000 * 2 * Double.pi
      return Position(longitude: 46 + cos(angle), latitude: 40 + 0.7 * sin(angle))
    }
    ring.append(ring[0])
    #expect(faults(of: .polygon([ring]), name: "Large").isEmpty)
    ring.swapAt(100_000, 100_100)
    #expect(faults(of: .polygon([ring]), name: "Large").first?.position != nil)
    ring[7].latitude = .nan
    #expect(faults(of: .polygon([ring]), name: "Large").first?.message.contains("position 8") == true)
  }

  @Test("Tables are read with quotes, any separator and line numbers in what is wrong")
  func tables() throws {
    let text = "name;lat;lon;kind\n\"A; \"\"x\"\"\";39.5;46.5;settlement\nB;39,5;46.5;settlement\nC;39.5\n"
    let file = try readCSV(Array(text.utf8), file: "x.csv")
    #expect(file.features.map(\.label) == ["A; \"x\""])
    #expect(file.features[0].geometry == .point(Position(longitude: 46.5, latitude: 39.5)))
    #expect(file.findings.map(\.line) == [3, 4])
    #expect(throws: AtlasError.self) { try readCSV(Array("a,b\n1,2\n".utf8), file: "x.csv") }
  }

  @Test("A Shapefile's polygon, clockwise with a hole, comes out as RFC 7946 wants it, with its columns")
  func shapefile() throws {
    let outer: [(Double, Double)] = [(46, 39), (46, 40), (47, 40), (47, 39), (46, 39)]
    let hole: [(Double, Double)] = [(46.4, 39.4), (46.6, 39.4), (46.6, 39.6), (46.4, 39.6), (46.4, 39.4)]
    var record: [UInt8] = []
    func little(_ value: Int) { withUnsafeBytes(of: Int32(value).littleEndian) { record.append(contentsOf: $0) } }
    func little(_ value: Double) { withUnsafeBytes(of: value.bitPattern.littleEndian) { record.append(contentsOf: $0) } }
    little(5)
    for value in [46.0, 39, 47, 40] { little(value) }
    little(2)
    little(10)
    little(0)
    little(5)
    for (x, y) in outer + hole {
      little(x)
      little(y)
    }
    func big(_ value: Int) -> [UInt8] { withUnsafeBytes(of: Int32(value).bigEndian) { Array($0) } }
    let shp = big(9994) + [UInt8](repeating: 0, count: 96) + big(1) + big(record.count / 2) + record
    var dbf = [UInt8](repeating: 0, count: 32)
    dbf[0] = 3
    dbf[4] = 1
    dbf[8] = 65
    dbf[10] = 11
    dbf += Array("NAME".utf8) + [UInt8](repeating: 0, count: 7) + Array("C".utf8) + [0, 0, 0, 0, 10] + [UInt8](repeating: 0, count: 15)
    dbf += [0x0D, 0x20] + Array("Lachin    ".utf8)
    let file = try readShapefile(shp: shp, dbf: dbf, prj: Array("GEOGCS[\"GCS_WGS_1984\"]".utf8), file: "x.shp")
    #expect(file.findings.isEmpty)
    #expect(file.features.map(\.label) == ["Lachin"])
    let shape = try #require(file.features[0].geometry)
    #expect(shape.polygons.map(\.count) == [2])
    #expect(faults(of: shape, name: "x").isEmpty)
    #expect(try readShapefile(shp: shp, prj: Array("PROJCS[\"UTM\"]".utf8), file: "x.shp").findings.map(\.severity) == [.error])
    var random = Seeded(50)
    for _ in 0..<2000 {
      var damaged = shp
      for _ in 0..<3 { damaged[Int.random(in: 100..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random) { damaged.removeLast(Int.random(in: 1..<damaged.count, using: &random)) }
      _ = try? readShapefile(shp: damaged, dbf: Array(dbf.prefix(Int.random(in: 0...dbf.count, using: &random))), file: "x.shp")
    }
  }

  @Test("A GeoPackage's features are read with their columns, and another coordinate system is told")
  func geoPackage() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("truce-\(UInt64.random(in: 0...UInt64.max)).gpkg").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var database: OpaquePointer?
    #expect(sqlite3_open(path, &database) == SQLITE_OK)
    func blob(_ wkb: [UInt8]) -> String {
      // "GP", version 0, no envelope, little-endian, then the coordinate system's number.
      let bytes: [UInt8] = [0x47, 0x50, 0, 1, 0xE6, 0x10, 0, 0] + wkb
      return "X'" + bytes.map { String(format: "%02X", $0) }.joined() + "'"
    }
    func double(_ value: Double) -> [UInt8] { withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
    let point: [UInt8] = [1, 1, 0, 0, 0] + double(46.5) + double(39.5)
    let height: [UInt8] = [1, 0xE9, 3, 0, 0] + double(46.7) + double(39.7) + double(1500)
    let script = """
      CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INT, m INT);
      CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
      INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'epsg', 4326), (32638, 'EPSG', 32638);
      INSERT INTO gpkg_geometry_columns VALUES ('towns', 'geom', 'POINT', 4326, 0, 0), ('wells', 'geom', 'POINT', 32638, 0, 0);
      CREATE TABLE towns (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, people INTEGER);
      CREATE TABLE wells (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);
      INSERT INTO towns VALUES (1, \(blob(point)), 'A', 5), (2, \(blob(height)), 'B', NULL), (3, X'0102', 'Cut', 1), (4, NULL, 'None', 1);
      """
    #expect(sqlite3_exec(database, script, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(database)
    let file = try ImportedFile.read(path: path)
    #expect(file.features.filter { $0.geometry != nil }.map(\.label) == ["A", "B"])
    #expect(file.features[1].geometry == .point(Position(longitude: 46.7, latitude: 39.7)))
    #expect(file.features[0].property("people") == "5")
    #expect(file.findings.count == 3)
    #expect(file.findings.contains { $0.message.contains("32638") })
    #expect(throws: AtlasError.self) { try ImportedFile.read(path: "/nonexistent/x.gpkg") }
  }

  @Test("Neighbours that overlap, a stated area that is another, and swapped coordinates are told")
  func checks() throws {
    let file = try readGeoJSON(
      collection(
        feature("West", "Polygon", square, ",\"area_km2\":382"),
        feature("East", "Polygon", "[[[46.15,39],[46.4,39],[46.4,39.2],[46.15,39.2],[46.15,39]]]", ",\"area_km2\":900"),
        feature("Turned", "Point", "[39.1,46.1]")), file: "x.geojson")
    let extent = Extent(west: 45.5, south: 38.8, width: 2, north: 40.3)
    let messages = checkFeatures(file, extent: extent).map(\.message)
    #expect(messages.count == 3)
    #expect(messages.contains { $0.contains("East") && $0.contains("states 900") })
    #expect(messages.contains { $0.contains("overlaps West by 25") })
    #expect(messages.contains { $0.contains("Turned") && $0.contains("swapped") })
  }

  @Test("Lines are joined where two ends meet, turned where they must be, and stay apart where three meet")
  func joined() throws {
    func lines(_ coordinates: String) throws -> [[Position]] {
      try readGeoJSON(collection(feature("D", "MultiLineString", coordinates)), file: "x").features.map { $0.geometry?.positions ?? [] }
    }
    let one = try lines("[[[1,1],[2,2]],[[3,3],[2,2]],[[3,3],[4,4],[5,5]]]")
    #expect(one.map { $0.map(\.longitude) } == [[1, 2, 3, 4, 5]])
    #expect(try lines("[[[2,2],[3,3]],[[1,1],[2,2]]]").map { $0.map(\.longitude) } == [[1, 2, 3]])
    #expect(try lines("[[[1,1],[2,2]],[[2,2],[3,3]],[[2,2],[4,5]]]").count == 3)
    #expect(try lines("[[[1,1],[2,2]],[[2,2],[3,1],[1,1]]]").map(\.count) == [4])
    #expect(try lines("[[[1,1],[2,2]],[[5,5],[6,6]]]").count == 2)
  }

  @Test("A text that is no JSON is told with the feature in which it breaks", arguments: ["NaN", "Infinity", "1e999"])
  func brokenNumbers(_ number: String) throws {
    let bytes = collection(feature("A", "Point", "[46,39]"), feature("B", "Point", "[46,\(number)]"))
    let error = #expect(throws: AtlasError.self) { try readGeoJSON(bytes, file: "x") }
    #expect(error?.feature == "feature 2 (B)" && error?.line == 1)
  }

  private func path(_ name: String, _ bytes: [UInt8]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("truce-import-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: folder.appendingPathComponent(name))
    return folder.appendingPathComponent(name).path
  }

  @Test("A GeoNames table's places have the names of its table of alternates, by language")
  func alternates() throws {
    let row = "147105\tShusha\tShusha\tShushi\t39.76006\t46.74989\tP\tPPLA\tAZ\t\t\t\t\t\t5000\t\t\t\t\n"
    let names = "1\t147105\thy\tՇուշի\t\t\n2\t147105\tlink\thttps://example.org\n3\t9\taz\tX\n4\t147105\taz\tŞuşa\n"
    let table = try path("AZ.txt", Array(row.utf8))
    let file = try ImportedFile.read(path: table, alternates: path("names.txt", Array(names.utf8)))
    #expect(file.features.first?.property("name:hy") == "Շուշի")
    #expect(file.features.first?.property("name:az") == "Şuşa")
    #expect(file.features.first?.property("kind") == "settlement")
    #expect(throws: AtlasError.self) { try ImportedFile.read(path: table, alternates: "/nonexistent/names.txt") }
  }

  /// Whether a program that the machine may lack is there.
  private static func has(_ tool: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/" + tool)
    }
  }

  @Test("OSM's roads of one name are one line, its villages settlements, its nameless ways left out", .enabled(if: has("osmium")))
  func osm() throws {
    let text = """
      <?xml version='1.0' encoding='UTF-8'?>
      <osm version="0.6">
      <node id="1" lat="39.5" lon="46.4" version="1"/><node id="2" lat="39.6" lon="46.5" version="1"/>
      <node id="3" lat="39.7" lon="46.5" version="1"/>
      <node id="4" lat="39.7" lon="46.6" version="1"><tag k="place" v="village"/><tag k="name" v="Kənd"/><tag k="name:hy" v="Գյուղ"/></node>
      <way id="10" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="ref" v="M-12"/></way>
      <way id="11" version="1"><nd ref="3"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="ref" v="M-12"/></way>
      <way id="12" version="1"><nd ref="3"/><nd ref="4"/><tag k="highway" v="track"/></way>
      </osm>
      """
    let file = try ImportedFile.read(path: path("x.osm", Array(text.utf8)))
    #expect(Set(file.features.map(\.label)) == ["M-12", "Kənd"])
    let road = try #require(file.features.first { $0.label == "M-12" })
    #expect(road.property("kind") == "road" && road.geometry?.positions.count == 3)
    let village = try #require(file.features.first { $0.label == "Kənd" })
    #expect(village.property("kind") == "settlement" && village.property("place") == nil && village.property("name:hy") == "Գյուղ")
    #expect(file.findings.contains { $0.severity == .note && $0.message == "left out for want of a name: 1" })
  }
}
