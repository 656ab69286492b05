// The suite of prepared areas, label points and overlay, against GEOS and exhaustive search.
import CGEOS
import Foundation
import Testing
import TruceAtlas

@Suite struct AreaTests {
  /// GEOS's answer in the plane of longitude and latitude, for rings small enough that geodesics are straight there.
  private func geosContains(_ polygons: [[[Position]]], _ positions: [Position]) -> [Bool] {
    let handle = GEOS_init_r()
    defer { GEOS_finish_r(handle) }
    func ring(_ ring: [Position]) -> OpaquePointer? {
      let sequence = GEOSCoordSeq_create_r(handle, UInt32(ring.count), 2)
      for (i, p) in ring.enumerated() { _ = GEOSCoordSeq_setXY_r(handle, sequence, UInt32(i), p.longitude, p.latitude) }
      return GEOSGeom_createLinearRing_r(handle, sequence)
    }
    var parts: [OpaquePointer?] = polygons.map { rings in
      var holes = rings.dropFirst().map(ring)
      return GEOSGeom_createPolygon_r(handle, ring(rings[0]), &holes, UInt32(holes.count))
    }
    let shape = GEOSGeom_createCollection_r(handle, Int32(GEOS_MULTIPOLYGON.rawValue), &parts, UInt32(parts.count))
    defer { GEOSGeom_destroy_r(handle, shape) }
    return positions.map { position in
      let point = GEOSGeom_createPointFromXY_r(handle, position.longitude, position.latitude)
      defer { GEOSGeom_destroy_r(handle, point) }
      return GEOSContains_r(handle, shape, point) == 1
    }
  }

  @Test("Containment agrees with GEOS for polygons with holes and several parts", arguments: 0..<12)
  func againstGEOS(seed: Int) throws {
    var random = Seeded(UInt64(100 + seed))
    let centre = Position(longitude: Double.random(in: -170...170, using: &random), latitude: Double.random(in: -70...70, using: &random))
    let corners = Int.random(in: 3...400, using: &random)
    let outer = star(around: centre, corners: corners, metres: 4_000...9_000, using: &random)
    let hole = star(around: centre, corners: 20, metres: 800...1_500, using: &random)
    let other = star(around: Karney.direct(centre, 25_000, 70), corners: 17, metres: 2_000...6_000, using: &random)
    let polygons = [[outer, Array(hole.reversed())], [other]]
    let area = try PreparedArea(.multiPolygon(polygons), accuracyMetres: 0)
    let points = (0..<3000).map { _ in
      Karney.direct(centre, Double.random(in: 0...32_000, using: &random), Double.random(in: 0..<360, using: &random))
    }
    for (point, expected) in zip(points, geosContains(polygons, points)) where (area.contains(point) == .inside) != expected {
      // Geodesics and straight lines in degrees part by metres on edges of kilometres.
      #expect(abs(area.signedDistanceMetres(to: point)) < 8)
    }
  }

  @Test("Within the boundary's accuracy the answer is too close to tell, elsewhere it is sure")
  func accuracyBand() throws {
    var random = Seeded(7)
    let centre = Position(longitude: 46.7, latitude: 39.8)
    let ring = star(around: centre, corners: 300, metres: 8_000...12_000, using: &random)
    let area = try PreparedArea(.polygon([ring]), accuracyMetres: 500)
    for _ in 0..<4000 {
      let point = Karney.direct(centre, Double.random(in: 0...14_000, using: &random), Double.random(in: 0..<360, using: &random))
      let depth = area.signedDistanceMetres(to: point)
      if abs(abs(depth) - 500) < 0.1 { continue }
      let expected: Containment = abs(depth) < 500 ? .tooCloseToTell : depth > 0 ? .inside : .outside
      #expect(area.contains(point) == expected)
    }
  }

  @Test("A position known to 2 km near a boundary known to 500 m is too close to tell where both reach")
  func positionAccuracy() throws {
    let ring = [(46.0, 39.0), (47.0, 39.0), (47.0, 40.0), (46.0, 40.0), (46.0, 39.0)].map { Position(longitude: $0.0, latitude: $0.1) }
    let area = try PreparedArea(.polygon([ring]), accuracyMetres: 500)
    let edge = Position(longitude: 46, latitude: 39.5)
    #expect(area.contains(edge.moved(metres: 2400, bearing: 90), accuracyMetres: 2000) == .tooCloseToTell)
    #expect(area.contains(edge.moved(metres: 2600, bearing: 90), accuracyMetres: 2000) == .inside)
    #expect(area.contains(edge.moved(metres: 2600, bearing: 270), accuracyMetres: 2000) == .outside)
  }

  @Test("Polygons across the antimeridian and near 84 degrees north hold their middle and not their far side")
  func edgesOfTheWorld() throws {
    var random = Seeded(8)
    for centre in [
      Position(longitude: 180, latitude: 10), Position(longitude: -179.99, latitude: 84), Position(longitude: 12, latitude: -84),
    ] {
      let ring = star(around: centre, corners: 24, metres: 20_000...30_000, using: &random)
      let area = try PreparedArea(.polygon([ring]), accuracyMetres: 0)
      for _ in 0..<500 {
        let bearing = Double.random(in: 0..<360, using: &random)
        #expect(area.contains(Karney.direct(centre, Double.random(in: 0...18_000, using: &random), bearing)) == .inside)
        #expect(area.contains(Karney.direct(centre, Double.random(in: 31_000...90_000, using: &random), bearing)) == .outside)
      }
    }
  }

  @Test("What is no area gets an error that says where")
  func badAreas() {
    let three = [Position(longitude: 1, latitude: 1), Position(longitude: 2, latitude: 1), Position(longitude: 1, latitude: 1)]
    #expect(throws: AtlasError.self) { try PreparedArea(.polygon([three]), accuracyMetres: 0) }
    #expect(throws: AtlasError.self) { try PreparedArea(.multiPolygon([]), accuracyMetres: 0) }
    var ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)].map { Position(longitude: $0.0, latitude: $0.1) }
    ring[1].latitude = .nan
    do {
      _ = try PreparedArea(.polygon([ring]), accuracyMetres: 0)
      Issue.record("a ring with a position that is not a number was taken")
    } catch { #expect(error.position != nil) }
  }

  @Test("The label point lies inside, even in a crescent, and as deep as a search finds")
  func labels() throws {
    var crescent: [Position] = []
    let centre = Position(longitude: 46, latitude: 40)
    for i in 0...30 { crescent.append(centre.moved(metres: 20_000, bearing: Double(i) * 10)) }
    for i in (0...30).reversed() { crescent.append(centre.moved(metres: 15_000, bearing: Double(i) * 10)) }
    crescent.append(crescent[0])
    crescent.reverse()
    let shape = Geometry.polygon([crescent])
    let label = try #require(labelPoint(shape))
    let area = try PreparedArea(shape, accuracyMetres: 0)
    let depth = area.signedDistanceMetres(to: label)
    #expect(depth > 2300)
    var random = Seeded(9)
    for _ in 0..<2000 {
      let other = centre.moved(
        metres: Double.random(in: 15_000...20_000, using: &random), bearing: Double.random(in: 0..<360, using: &random))
      #expect(area.signedDistanceMetres(to: other) < depth + 200)
    }
  }

  @Test("Areas of intersection, union and differences add up")
  func overlay() throws {
    var random = Seeded(10)
    for _ in 0..<20 {
      let centre = Position(longitude: Double.random(in: -180...180, using: &random), latitude: Double.random(in: -80...80, using: &random))
      let a = Geometry.polygon([star(around: centre, corners: 40, metres: 10_000...40_000, using: &random)])
      let b = Geometry.polygon([star(around: Karney.direct(centre, 20_000, 33), corners: 9, metres: 10_000...30_000, using: &random)])
      func area(_ geometry: Geometry?) -> Double { geometry.map { areaSquareMetres($0) } ?? 0 }
      let both = area(try Overlay.intersection(a, b))
      let either = area(try Overlay.union(a, b))
      let left = area(try Overlay.difference(a, b))
      let right = area(try Overlay.difference(b, a))
      #expect(both > 0)
      #expect(abs(left + right + both - either) < either * 1e-6)
      #expect(abs(left + both - area(a)) < area(a) * 1e-6)
    }
  }

  /// GEOS's shape of a ring in an equal-area plane, its edges divided along Karney's geodesics.
  private func equalArea(_ ring: [Position], _ projection: ProjOracle, _ handle: GEOSContextHandle_t?) -> OpaquePointer? {
    var points: [PlanePoint] = []
    for (from, to) in zip(ring, ring.dropFirst()) {
      let (metres, bearing, _) = Karney.inverse(from, to)
      let pieces = Int(metres / 100) + 1
      points += (0..<pieces).map { projection.project(Karney.direct(from, metres * Double($0) / Double(pieces), bearing)) }
    }
    points.append(points[0])
    let sequence = GEOSCoordSeq_create_r(handle, UInt32(points.count), 2)
    for (i, p) in points.enumerated() { _ = GEOSCoordSeq_setXY_r(handle, sequence, UInt32(i), p.x, p.y) }
    return GEOSGeom_createPolygon_r(handle, GEOSGeom_createLinearRing_r(handle, sequence), nil, 0)
  }

  @Test("Areas of overlays agree within a part in a million with GEOS's in PROJ's equal-area projection", arguments: 0..<24)
  func overlayAreas(seed: Int) throws {
    var random = Seeded(UInt64(500 + seed))
    let longitude = seed % 3 == 0 ? 179.98 : Double.random(in: -180...180, using: &random)
    let centre = Position(longitude: longitude, latitude: Double.random(in: -84...84, using: &random))
    let size = exp(Double.random(in: log(500.0)...log(60_000), using: &random))
    let a = star(around: centre, corners: 30, metres: size / 3...size, using: &random)
    let b = star(around: Karney.direct(centre, size / 2, 200), corners: 11, metres: size / 3...size, using: &random)
    let handle = GEOS_init_r()
    defer { GEOS_finish_r(handle) }
    let plane = ProjOracle(centre: centre, isEqualArea: true)
    let (x, y) = (equalArea(a, plane, handle), equalArea(b, plane, handle))
    for (ours, theirs) in [
      (try Overlay.intersection(.polygon([a]), .polygon([b])), GEOSIntersection_r(handle, x, y)),
      (try Overlay.union(.polygon([a]), .polygon([b])), GEOSUnion_r(handle, x, y)),
      (try Overlay.difference(.polygon([a]), .polygon([b])), GEOSDifference_r(handle, x, y)),
    ] {
      var expected = 0.0
      #expect(GEOSArea_r(handle, theirs, &expected) == 1 && expected > 0)
      let area = try areaSquareMetres(#require(ours))
      #expect(abs(area - expected) <= expected * 1e-6, "\(area) and \(expected)")
    }
  }
}
