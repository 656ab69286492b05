// GEOS behind small Swift types: a context that owns its messages, and geometries that own their memory.
internal import CGEOS

/// A GEOS context with the last message of its errors.
///
/// Not Sendable: a context and what it made stay within one call.
final class GEOSContext {
  let handle: GEOSContextHandle_t
  private(set) var message = ""

  init() {
    handle = GEOS_init_r()
    GEOSContext_setErrorMessageHandler_r(
      handle,
      { text, owner in
        guard let text, let owner else { return }
        Unmanaged<GEOSContext>.fromOpaque(owner).takeUnretainedValue().message = String(cString: text)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { GEOS_finish_r(handle) }

  /// Takes over what a GEOS call returned.
  func own(_ made: OpaquePointer?) throws(AtlasError) -> GEOSShape {
    guard let made else { throw AtlasError("the overlay failed: \(message)") }
    return GEOSShape(self, made)
  }

  private func sequence(_ points: [PlanePoint]) throws(AtlasError) -> OpaquePointer {
    guard let sequence = GEOSCoordSeq_create_r(handle, UInt32(points.count), 2) else {
      throw AtlasError("the overlay failed: \(message)")
    }
    for (i, point) in points.enumerated() {
      _ = GEOSCoordSeq_setXY_r(handle, sequence, UInt32(i), point.x, point.y)
    }
    return sequence
  }

  func line(_ points: [PlanePoint]) throws(AtlasError) -> GEOSShape {
    try own(GEOSGeom_createLineString_r(handle, try sequence(points)))
  }

  func point(_ point: PlanePoint) throws(AtlasError) -> GEOSShape {
    try own(GEOSGeom_createPointFromXY_r(handle, point.x, point.y))
  }

  /// A polygon of closed rings, the outer one first.
  func polygon(_ rings: [[PlanePoint]]) throws(AtlasError) -> GEOSShape {
    var made: [OpaquePointer?] = []
    for ring in rings {
      guard let linear = GEOSGeom_createLinearRing_r(handle, try sequence(ring)) else {
        for done in made { GEOSGeom_destroy_r(handle, done) }
        throw AtlasError("a ring cannot be used: \(message)")
      }
      made.append(linear)
    }
    guard let shell = made.first else { throw AtlasError("a polygon without a ring") }
    var holes = Array(made.dropFirst())
    return try own(GEOSGeom_createPolygon_r(handle, shell, &holes, UInt32(holes.count)))
  }

  func multiPolygon(_ polygons: [[[PlanePoint]]]) throws(AtlasError) -> GEOSShape {
    var made: [OpaquePointer?] = []
    for rings in polygons { made.append(try polygon(rings).release()) }
    return try own(GEOSGeom_createCollection_r(handle, Int32(GEOS_MULTIPOLYGON.rawValue), &made, UInt32(made.count)))
  }
}

/// A GEOS geometry, destroyed with its last reference.
final class GEOSShape {
  let context: GEOSContext
  private var pointer: OpaquePointer?

  init(_ context: GEOSContext, _ pointer: OpaquePointer) {
    self.context = context
    self.pointer = pointer
  }

  deinit { if let pointer { GEOSGeom_destroy_r(context.handle, pointer) } }

  /// Gives the geometry to a GEOS call that keeps it.
  func release() -> OpaquePointer? {
    defer { pointer = nil }
    return pointer
  }

  func buffered(_ metres: Double, quadrantSegments: Int) throws(AtlasError) -> GEOSShape {
    try context.own(GEOSBuffer_r(context.handle, pointer, metres, Int32(quadrantSegments)))
  }

  func union(_ other: GEOSShape) throws(AtlasError) -> GEOSShape {
    try context.own(GEOSUnion_r(context.handle, pointer, other.pointer))
  }

  func intersection(_ other: GEOSShape) throws(AtlasError) -> GEOSShape {
    try context.own(GEOSIntersection_r(context.handle, pointer, other.pointer))
  }

  func difference(_ other: GEOSShape) throws(AtlasError) -> GEOSShape {
    try context.own(GEOSDifference_r(context.handle, pointer, other.pointer))
  }

  var isEmpty: Bool { GEOSisEmpty_r(context.handle, pointer) == 1 }

  /// The points of two shapes that are nearest to each other.
  func nearestPoints(_ other: GEOSShape) throws(AtlasError) -> (PlanePoint, PlanePoint) {
    guard let sequence = GEOSNearestPoints_r(context.handle, pointer, other.pointer) else {
      throw AtlasError("an empty shape is near nothing")
    }
    defer { GEOSCoordSeq_destroy_r(context.handle, sequence) }
    var a = PlanePoint(x: 0, y: 0)
    var b = a
    _ = GEOSCoordSeq_getXY_r(context.handle, sequence, 0, &a.x, &a.y)
    _ = GEOSCoordSeq_getXY_r(context.handle, sequence, 1, &b.x, &b.y)
    return (a, b)
  }

  /// Metres of the plane between two shapes.
  func nearestDistance(_ other: GEOSShape) throws(AtlasError) -> Double {
    var metres = 0.0
    guard GEOSDistance_r(context.handle, pointer, other.pointer, &metres) == 1 else {
      throw AtlasError("the distance could not be measured: \(context.message)")
    }
    return metres
  }

  /// What keeps the shape from being valid, with the point where; nil where it is valid.
  func invalidity() -> (reason: String, at: PlanePoint?)? {
    var reason: UnsafeMutablePointer<CChar>?
    var place: OpaquePointer?
    let answer = GEOSisValidDetail_r(context.handle, pointer, 0, &reason, &place)
    defer {
      if let reason { GEOSFree_r(context.handle, reason) }
      if let place { GEOSGeom_destroy_r(context.handle, place) }
    }
    guard answer != 1 else { return nil }
    var at: PlanePoint?
    if let place {
      var x = 0.0
      var y = 0.0
      if GEOSGeomGetX_r(context.handle, place, &x) == 1, GEOSGeomGetY_r(context.handle, place, &y) == 1 { at = PlanePoint(x: x, y: y) }
    }
    return (reason.map { String(cString: $0) } ?? context.message, at)
  }

  /// The polygons of the shape, each its closed rings, the outer one first; points and lines are left out.
  func polygons() -> [[[PlanePoint]]] {
    guard let pointer else { return [] }
    return polygons(of: pointer)
  }

  private func polygons(of part: OpaquePointer) -> [[[PlanePoint]]] {
    let handle = context.handle
    let kind = GEOSGeomTypeId_r(handle, part)
    if kind == Int32(GEOS_POLYGON.rawValue) {
      guard GEOSisEmpty_r(handle, part) == 0, let outer = GEOSGetExteriorRing_r(handle, part) else { return [] }
      var rings = [points(of: outer)]
      for i in 0..<max(0, GEOSGetNumInteriorRings_r(handle, part)) {
        if let hole = GEOSGetInteriorRingN_r(handle, part, i) { rings.append(points(of: hole)) }
      }
      return [rings]
    }
    guard kind == Int32(GEOS_MULTIPOLYGON.rawValue) || kind == Int32(GEOS_GEOMETRYCOLLECTION.rawValue) else { return [] }
    var all: [[[PlanePoint]]] = []
    for i in 0..<max(0, GEOSGetNumGeometries_r(handle, part)) {
      if let inner = GEOSGetGeometryN_r(handle, part, i) { all += polygons(of: inner) }
    }
    return all
  }

  private func points(of line: OpaquePointer) -> [PlanePoint] {
    guard let sequence = GEOSGeom_getCoordSeq_r(context.handle, line) else { return [] }
    var count: UInt32 = 0
    _ = GEOSCoordSeq_getSize_r(context.handle, sequence, &count)
    return (0..<count).map { i in
      var x = 0.0
      var y = 0.0
      _ = GEOSCoordSeq_getXY_r(context.handle, sequence, i, &x, &y)
      return PlanePoint(x: x, y: y)
    }
  }
}
