// The schematic outlines of the built-in case, checked with GEOS: valid, apart from each other, and round their seats.
import CGEOS
import Foundation
import Testing
import TruceAtlas
import TruceModel

/// What GEOS says of shapes given as WKT.
private final class Planar {
  private let context = GEOS_init_r()
  private let reader: OpaquePointer?

  init() { reader = GEOSWKTReader_create_r(context) }

  deinit {
    GEOSWKTReader_destroy_r(context, reader)
    GEOS_finish_r(context)
  }

  func with<T>(_ wkt: String, _ body: (OpaquePointer?) -> T) -> T {
    let shape = GEOSWKTReader_read_r(context, reader, wkt)
    defer { GEOSGeom_destroy_r(context, shape) }
    return body(shape)
  }

  func isValid(_ wkt: String) -> Bool { with(wkt) { GEOSisValid_r(context, $0) == 1 } }

  func covers(_ outer: String, _ inner: String) -> Bool { with(outer) { a in with(inner) { b in GEOSCovers_r(context, a, b) == 1 } } }

  func commonArea(_ left: String, _ right: String) -> Double {
    with(left) { a in
      with(right) { b in
        let both = GEOSIntersection_r(context, a, b)
        defer { GEOSGeom_destroy_r(context, both) }
        var area = -1.0
        GEOSArea_r(context, both, &area)
        return area
      }
    }
  }

  /// The count of parts and of holes of the union of some shapes.
  func union(_ shapes: [String]) -> (parts: Int32, holes: Int32) {
    let wkt = "GEOMETRYCOLLECTION(" + shapes.joined(separator: ", ") + ")"
    return with(wkt) { all in
      let union = GEOSUnaryUnion_r(context, all)
      defer { GEOSGeom_destroy_r(context, union) }
      let parts = GEOSGetNumGeometries_r(context, union)
      var holes: Int32 = 0
      for index in 0..<parts { holes += GEOSGetNumInteriorRings_r(context, GEOSGetGeometryN_r(context, union, index)) }
      return (parts, holes)
    }
  }
}

@Suite struct CaseOutlineTests {
  private static func wkt(_ ring: [Position]) -> String {
    "POLYGON((" + ring.map { "\($0.longitude) \($0.latitude)" }.joined(separator: ", ") + "))"
  }

  private func outlines() throws -> [(place: Place, wkt: String, karabakh: Case)] {
    let karabakh = try Case.load(folder: casesFolder + "/karabakh-2020")
    return karabakh.places.filter { $0.kind == .district || $0.id == "nagorno-karabakh" }.compactMap { place in
      for definition in place.definitions {
        if case .polygon(let rings) = definition.geometry { return (place, Self.wkt(rings[0]), karabakh) }
      }
      return nil
    }
  }

  @Test("Seven districts and the region have valid outlines on a grid of 0.01 degree")
  func grid() throws {
    let outlines = try outlines()
    #expect(outlines.count == 8)
    let planar = Planar()
    for outline in outlines {
      #expect(planar.isValid(outline.wkt), "\(outline.place.id)")
      guard case .polygon(let rings) = outline.place.definitions[0].geometry else { continue }
      for position in rings[0] {
        #expect(abs(position.longitude * 100 - (position.longitude * 100).rounded()) < 1e-9, "\(outline.place.id)")
        #expect(abs(position.latitude * 100 - (position.latitude * 100).rounded()) < 1e-9, "\(outline.place.id)")
        #expect((45.6...47.4).contains(position.longitude) && (38.8...40.5).contains(position.latitude), "\(outline.place.id)")
      }
    }
  }

  @Test("No two outlines overlap, and together they are one piece without a hole")
  func apart() throws {
    let outlines = try outlines()
    let planar = Planar()
    for (index, left) in outlines.enumerated() {
      for right in outlines[(index + 1)...] {
        #expect(planar.commonArea(left.wkt, right.wkt) < 1e-12, "\(left.place.id) and \(right.place.id)")
      }
    }
    #expect(planar.union(outlines.map(\.wkt)) == (1, 0))
  }

  @Test("Each settlement with a position lies in the outline that its `within` names, and in no other")
  func settlements() throws {
    let outlines = try outlines()
    let planar = Planar()
    for settlement in outlines[0].karabakh.places where settlement.kind == .settlement {
      guard case .point(let position)? = settlement.definitions.first?.geometry else { continue }
      let point = "POINT(\(position.longitude) \(position.latitude))"
      let holders = outlines.filter { planar.covers($0.wkt, point) }.map(\.place.id)
      let expected = outlines.contains { $0.place.id == settlement.within } ? [settlement.within!] : []
      #expect(holders == expected, "\(settlement.id)")
    }
  }
}
