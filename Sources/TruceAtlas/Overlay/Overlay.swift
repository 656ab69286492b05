// Union, intersection, difference and buffer of shapes on the Earth: GEOS's overlay in a local projection.
internal import Foundation

/// Overlay of shapes within one region, at most 20 degrees of longitude from its middle.
///
/// Edges are geodesics: they are made fine enough that the projection's straight edges lie within a centimetre of them. Results are
/// closed rings wound as RFC 7946 wants.
public struct Overlay: Sendable {
  /// What both shapes cover.
  public static func intersection(_ left: Geometry, _ right: Geometry) throws(AtlasError) -> Geometry? {
    try combine(left, right) { (a, b) throws(AtlasError) in try a.intersection(b) }
  }

  /// What either shape covers.
  public static func union(_ left: Geometry, _ right: Geometry) throws(AtlasError) -> Geometry? {
    try combine(left, right) { (a, b) throws(AtlasError) in try a.union(b) }
  }

  /// What the first covers and the second does not.
  public static func difference(_ left: Geometry, _ right: Geometry) throws(AtlasError) -> Geometry? {
    try combine(left, right) { (a, b) throws(AtlasError) in try a.difference(b) }
  }

  /// Everything within a distance of a shape.
  ///
  /// - Parameters:
  ///   - metres: 0 or more, up to 200,000.
  ///   - quadrantSegments: straight pieces in each quarter of a round corner; 16 is smooth on a screen, 128 holds a circle's area to
  ///     a part in 40,000.
  public static func buffer(_ geometry: Geometry, metres: Double, quadrantSegments: Int = 16) throws(AtlasError) -> Geometry? {
    let projection = try Overlay.projection(around: [geometry])
    let shape = try Overlay.shape(geometry, in: projection, GEOSContext())
    return Overlay.geometry(try shape.buffered(metres, quadrantSegments: quadrantSegments), in: projection)
  }

  private static func combine(
    _ left: Geometry, _ right: Geometry, _ how: (GEOSShape, GEOSShape) throws(AtlasError) -> GEOSShape
  ) throws(AtlasError) -> Geometry? {
    let projection = try Overlay.projection(around: [left, right])
    let context = GEOSContext()
    let made = try how(try shape(left, in: projection, context), try shape(right, in: projection, context))
    return geometry(made, in: projection)
  }

  static func projection(around geometries: [Geometry]) throws(AtlasError) -> Projection {
    guard let box = Extent(around: geometries.flatMap(\.positions)) else { throw AtlasError("an empty shape has no place") }
    guard box.south > -89, box.north < 89 else {
      throw AtlasError("the shape comes within a degree of a pole, where the overlay does not work", position: box.centre)
    }
    guard box.width <= 40 else {
      throw AtlasError("the shapes span \(Int(box.width)) degrees of longitude; the overlay works within 40", position: box.centre)
    }
    return Projection(centre: box.centre)
  }

  static func shape(_ geometry: Geometry, in projection: Projection, _ context: GEOSContext) throws(AtlasError) -> GEOSShape {
    func plane(_ positions: [Position]) -> [PlanePoint] { planeLine(positions, in: projection) }
    switch geometry {
    case .point(let position): return try context.point(projection.project(position))
    case .line(let positions): return try context.line(plane(positions))
    case .polygon(let rings): return try context.polygon(rings.map(plane))
    case .multiPolygon(let polygons): return try context.multiPolygon(polygons.map { $0.map(plane) })
    }
  }

  static func geometry(_ shape: GEOSShape, in projection: Projection) -> Geometry? {
    let polygons = shape.polygons().map { rings in
      rings.enumerated().map { i, ring in wound(ring.map(projection.unproject), anticlockwise: i == 0) }
    }
    return polygons.isEmpty ? nil : Geometry(polygons: polygons)
  }

  /// The ring in the wanted direction.
  static func wound(_ ring: [Position], anticlockwise: Bool) -> [Position] {
    (signedRingArea(ring) >= 0) == anticlockwise ? ring : ring.reversed()
  }
}
