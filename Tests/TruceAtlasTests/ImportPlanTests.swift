// The suite of import plans: what would change is shown first, and what is written leaves the rest of the file alone.
import Testing
import TruceAtlas
import TruceModel

@Suite struct ImportPlanTests {
  private static let places = """
    # The places of a small case.
    places:
      - id: hill
        kind: settlement
        names: [Hill, {text: Tepe, language: az}]   # said by all
        definitions:
          # GeoNames.
          - point: [46.5, 39.5]
            accuracyMetres: 500
            source: survey
            licence: CC0-1.0

      # A district with its seat.
      - id: hill-district
        kind: district
        seat: hill
        names: [Hill district]
      - id: mill
        kind: settlement
        names: [Mill]
        definitions:
        - point: [46.6, 39.5]
          accuracyMetres: 500
          source: survey
          licence: CC0-1.0
        initialHolder: AAA

    """

  private let files: [String: [UInt8]] = [
    "case.yaml": Array("id: small\ntitle: A small case\nzone: \"+04:00\"\n".utf8),
    "parties.yaml": Array("parties:\n  - id: AAA\n    role: side\n    names: [Aland]\n".utf8),
    "places.yaml": Array(places.utf8),
  ]

  private let options = ImportOptions(source: "Survey of 2021", licence: "CC-BY-4.0", accuracyMetres: 200)

  private func plan(_ features: String..., options: ImportOptions? = nil) throws -> ImportPlan {
    let text = "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    return try planImport(readGeoJSON(Array(text.utf8), file: "x.geojson"), into: files, options: options ?? self.options)
  }

  private func feature(_ properties: String, _ type: String, _ coordinates: String) -> String {
    "{\"type\":\"Feature\",\"properties\":{\(properties)},\"geometry\":{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}}"
  }

  private let ring = "[[[46.4,39.4],[46.55,39.4],[46.55,39.6],[46.4,39.6],[46.4,39.4]]]"

  @Test("Places are found by id, by any of their names, or are new; each change says what it would do")
  func matching() throws {
    let plan = try plan(
      feature("\"name\":\"TEPE\"", "Point", "[46.501,39.5]"), feature("\"name\":\"Hill district\"", "Polygon", ring),
      feature("\"id\":\"mill\"", "Point", "[46.6,39.51]"),
      feature("\"name\":\"Şuşa kəndi\",\"kind\":\"settlement\"", "Point", "[46.7,39.7]"))
    #expect(plan.findings.isEmpty, "\(plan.findings)")
    #expect(plan.changes.map(\.act) == [.addDefinition, .addDefinition, .addDefinition, .addPlace])
    #expect(plan.changes.map(\.place) == ["hill", "hill-district", "mill", "susa-kandi"])
    #expect(plan.changes[0].remark.contains("86 m from that of survey"))
    #expect(plan.hasChanges)
  }

  @Test("The new file holds the old one's lines and comments in their order, and reads back as planned")
  func writing() throws {
    let plan = try plan(
      feature("\"name\":\"Hill\"", "Point", "[46.501,39.5]"), feature("\"name\":\"Hill district\"", "Polygon", ring),
      feature("\"id\":\"mill\"", "Point", "[46.6,39.51]"),
      feature("\"name\":\"New: \\\"zone\\\"\",\"kind\":\"zone\"", "MultiPolygon", "[\(ring)]"),
      feature("\"name\":\"New road\",\"kind\":\"road\"", "LineString", "[[46.5,39.5],[46.6,39.55]]"))
    let text = String(decoding: plan.placesFile, as: UTF8.self)
    var lines = text.split(separator: "\n")[...]
    for old in Self.places.split(separator: "\n") {
      let at = try #require(lines.firstIndex(of: old), "\(old) is gone from\n\(text)")
      lines = lines[(at + 1)...]
    }
    var changed = files
    changed["places.yaml"] = plan.placesFile
    let after = try Case(files: changed)
    #expect(after.place("hill")?.definitions.map(\.source) == ["survey", "Survey of 2021"])
    #expect(after.place("hill-district")?.definitions.first?.geometry.polygons.count == 1)
    #expect(after.place("mill")?.definitions.count == 2)
    #expect(after.place("mill")?.initialHolder == "AAA")
    #expect(after.place("new-zone")?.name == "New: \"zone\"")
    #expect(after.place("new-road")?.definitions.first?.accuracyMetres == 200)
  }

  @Test("The same import a second time changes nothing")
  func again() throws {
    let features = [feature("\"name\":\"Hill\"", "Point", "[46.501,39.5]"), feature("\"name\":\"Hill district\"", "Polygon", ring)]
    let first = try plan(features[0], features[1])
    var changed = files
    changed["places.yaml"] = first.placesFile
    let text = "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    let second = try planImport(readGeoJSON(Array(text.utf8), file: "x.geojson"), into: changed, options: options)
    #expect(second.changes.map(\.act) == [.unchanged, .unchanged])
    #expect(!second.hasChanges)
    #expect(second.placesFile == first.placesFile)
  }

  @Test("A faulty feature is refused with a finding, and the file stays as it was")
  func refusing() throws {
    let plan = try plan(feature("\"name\":\"Hill district\"", "Polygon", "[[[46,39],[47,40],[47,39],[46,40],[46,39]]]"))
    #expect(plan.changes.map(\.act) == [.refuse])
    #expect(plan.findings.contains { $0.severity == .error && $0.message.contains("Hill district") })
    #expect(plan.placesFile == files["places.yaml"])
  }

  @Test("A district that would not hold its seat is told")
  func seats() throws {
    let plan = try plan(feature("\"name\":\"Hill district\"", "Polygon", "[[[46,39],[46.2,39],[46.2,39.2],[46,39.2],[46,39]]]"))
    #expect(plan.findings.contains { $0.severity == .warning && $0.message.contains("would not hold its seat hill") })
  }

  @Test("Without a source nothing is taken; a file in another coordinate system neither")
  func unusable() throws {
    var nameless = options
    nameless.source = ""
    #expect(try !plan(feature("\"name\":\"Hill\"", "Point", "[46.501,39.5]"), options: nameless).hasChanges)
    let text =
      "{\"type\":\"Feature\",\"crs\":{\"properties\":{\"name\":\"EPSG:3857\"}},\"properties\":{\"name\":\"Hill\"},"
      + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[46.5,39.5]}}"
    #expect(try !planImport(readGeoJSON(Array(text.utf8), file: "x"), into: files, options: options).hasChanges)
  }

  @Test("One wrong feature or line is refused and the others are taken; swapped coordinates are refused too")
  func someWrong() throws {
    let plan = try plan(
      feature("\"name\":\"Hill\"", "Point", "[39.5,46.501]"), feature("\"name\":\"Mill\"", "Point", "[46.61,39.5]"),
      feature("\"name\":\"Void\",\"kind\":\"zone\"", "Polygon", "[]"))
    #expect(plan.changes.map(\.act) == [.refuse, .addDefinition, .refuse])
    #expect(plan.changes[0].remark.isEmpty)
    let table = "name,lon,lat,kind\nQuarry,46.55,39.45,point\nWrong,east,39,point\n"
    let other = try planImport(readCSV(Array(table.utf8), file: "x.csv"), into: files, options: options)
    #expect(other.changes.map(\.act) == [.addPlace])
    #expect(other.findings.map(\.line) == [3])
  }

  @Test("A ring wound the wrong way is refused, and turned only where that is asked for, and then told")
  func winding() throws {
    let clockwise = "[[[46.4,39.4],[46.4,39.6],[46.55,39.6],[46.55,39.4],[46.4,39.4]]]"
    let district = feature("\"name\":\"Hill district\"", "Polygon", clockwise)
    let refused = try plan(district)
    #expect(refused.changes.map(\.act) == [.refuse])
    #expect(refused.findings.contains { $0.severity == .error && $0.message.contains("wound the wrong way") })
    var turning = options
    turning.turnsRings = true
    let turned = try plan(district, options: turning)
    #expect(turned.changes.map(\.act) == [.addDefinition])
    #expect(turned.findings.map(\.severity) == [.note])
    guard case .polygon(let rings) = turned.changes[0].definition.geometry else { return }
    #expect(rings[0][1] == Position(longitude: 46.55, latitude: 39.4))
    #expect(faults(of: turned.changes[0].definition.geometry, name: "").isEmpty)
  }

  @Test("A new place has the names that the file gives it by language")
  func names() throws {
    let plan = try plan(
      feature(
        "\"name\":\"Shusha\",\"kind\":\"settlement\",\"name:az\":\"Şuşa\",\"name:hy\":\"Շուշի\",\"name:etymology\":\"x\",\"name:en\":\"Shusha\"",
        "Point", "[46.75,39.76]"))
    var changed = files
    changed["places.yaml"] = plan.placesFile
    let place = try #require(try Case(files: changed).places.last)
    #expect(place.names.map(\.text) == ["Shusha", "Şuşa", "Շուշի"])
    #expect(place.names.dropFirst().map(\.language) == ["az", "hy"])
  }

  /// A ring around the hill as GeoJSON writes it, wound right.
  private func circle(_ count: Int, around centre: Position = Position(longitude: 46.5, latitude: 39.5), crossing: Bool = false) -> String {
    var ring = (0..<count).map { centre.moved(metres: 9_000, bearing: 360 - Double($0) * 360 / Double(count)) }
    if crossing { ring.swapAt(count / 3, count / 3 + 40) }
    ring.append(ring[0])
    return "[[" + ring.map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ",") + "]]"
  }

  @Test("An outline of thousands of positions is taken, one that crosses itself or is too long for a case is refused by name")
  func longRings() throws {
    let plan = try plan(
      feature("\"name\":\"Hill district\"", "Polygon", circle(5_000)),
      feature("\"name\":\"Crossed\",\"kind\":\"zone\"", "Polygon", circle(5_000, crossing: true)),
      feature("\"name\":\"Endless\",\"kind\":\"zone\"", "Polygon", circle(100_001)))
    #expect(plan.changes.filter { $0.act == .addDefinition }.map(\.place) == ["hill-district"])
    #expect(plan.changes.filter { $0.act == .addPlace }.isEmpty)
    #expect(plan.findings.contains { $0.message.contains("Crossed") && $0.message.contains("not valid") })
    #expect(plan.findings.contains { $0.message.contains("Endless has a ring of 100002 positions") })
    var changed = files
    changed["places.yaml"] = plan.placesFile
    #expect(try Case(files: changed).place("hill-district")?.definitions.first?.geometry.positions.count == 5_001)
  }

  @Test("An outline across the antimeridian with a position written twice is taken as it is")
  func antimeridian() throws {
    let ring = "[[[179.5,10],[-179.5,10],[-179.5,10],[-179.5,10.5],[179.5,10.5],[179.5,10]]]"
    let plan = try plan(feature("\"name\":\"Far isle\",\"kind\":\"zone\"", "Polygon", ring))
    #expect(plan.changes.map(\.act) == [.addPlace], "\(plan.findings)")
    #expect(plan.findings.allSatisfy { $0.severity == .warning })
  }
}
