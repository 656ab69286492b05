// The parts of a shape, and how its edges are made fine enough for a plane.
internal import Foundation

extension Geometry {
  /// The rings of each polygon; none for points and lines.
  public var polygons: [[[Position]]] {
    switch self {
    case .point, .line: []
    case .polygon(let rings): [rings]
    case .multiPolygon(let polygons): polygons
    }
  }

  /// A polygon, or several.
  public init(polygons: [[[Position]]]) {
    self = polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
  }

  /// Every position, in order.
  public var positions: [Position] {
    switch self {
    case .point(let position): [position]
    case .line(let positions): positions
    case .polygon(let rings): rings.flatMap { $0 }
    case .multiPolygon(let polygons): polygons.flatMap { $0.flatMap { $0 } }
    }
  }

  /// The box around it; nil for an empty one.
  public var box: Extent? { Extent(around: positions) }
}

/// Positions in a projection's plane, with further ones set along their geodesics, so that straight edges stay within a centimetre of them.
///
/// The sagitta of a geodesic against its chord in transverse Mercator is about L² x / 8R² at x metres from the meridian.
func planeLine(_ positions: [Position], in projection: Projection, toleranceMetres: Double = 0.01) -> [PlanePoint] {
  guard let first = positions.first else { return [] }
  var from = projection.project(first)
  var line = [from]
  line.reserveCapacity(positions.count)
  for (start, end) in zip(positions, positions.dropFirst()) {
    let to = projection.project(end)
    let length = ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
    let reach = max(abs(from.x), abs(to.x), 1)
    let longest = max(200, 6_371_000 * (8 * toleranceMetres / reach).squareRoot())
    if length > longest {
      let pieces = min(10_000, Int(length / longest) + 1)
      let geodesic = Geodesic(from: start, to: end)
      for piece in 1..<pieces {
        line.append(projection.project(geodesic.position(atMetres: geodesic.lengthMetres * Double(piece) / Double(pieces))))
      }
    }
    line.append(to)
    from = to
  }
  return line
}
