// Where to write a place's name: the point of a polygon that lies deepest inside it.
internal import Foundation

/// The pole of inaccessibility of a shape: the point inside it that is farthest from its boundary.
///
/// A search of ever smaller squares (Garcia-Castellanos and Lombardo 2007; the queue is Agafonkin's "polylabel"). A multipolygon is
/// labelled in its largest part, a line in its middle, a point at itself.
///
/// - Parameter precision: as a share of the shape's shorter side.
/// - Returns: nil for an empty shape.
public func labelPoint(_ geometry: Geometry, precision: Double = 0.005) -> Position? {
  switch geometry {
  case .point(let position): return position
  case .line(let positions): return (try? MeasuredLine(positions)).map { $0.position(atKilometres: $0.lengthKilometres / 2) }
  case .polygon(let rings): return labelPoint(rings: rings, precision: precision)
  case .multiPolygon(let polygons):
    let largest = polygons.max { areaSquareMetres(rings: $0) < areaSquareMetres(rings: $1) }
    return largest.flatMap { labelPoint(rings: $0, precision: precision) }
  }
}

private struct Square {
  let x: Double
  let y: Double
  let half: Double
  let depth: Double
  /// The deepest that a point of it can lie.
  var reach: Double { depth + half * 1.4143 }
}

private func labelPoint(rings: [[Position]], precision: Double) -> Position? {
  guard let outer = rings.first, let box = Extent(around: outer), outer.count >= 3 else { return nil }
  let projection = Projection(centre: box.centre)
  let plane = rings.map { $0.map(projection.project) }
  let xs = plane[0].map(\.x)
  let ys = plane[0].map(\.y)
  guard let left = xs.min(), let right = xs.max(), let bottom = ys.min(), let top = ys.max() else { return nil }
  let side = min(right - left, top - bottom)
  guard side > 0 else { return box.centre }
  func square(_ x: Double, _ y: Double, _ half: Double) -> Square { Square(x: x, y: y, half: half, depth: depth(x, y, plane)) }
  var best = square((left + right) / 2, (bottom + top) / 2, 0)
  var open: [Square] = []
  for column in 0..<min(64, Int(((right - left) / side).rounded(.up))) {
    for row in 0..<min(64, Int(((top - bottom) / side).rounded(.up))) {
      open.append(square(left + (Double(column) + 0.5) * side, bottom + (Double(row) + 0.5) * side, side / 2))
    }
  }
  /// Squares looked at, at most: enough for precision 0.005 in any shape of a map.
  let limit = 20_000
  var looked = 0
  while let next = open.indices.max(by: { open[$0].reach < open[$1].reach }), looked < limit {
    let now = open.remove(at: next)
    if now.depth > best.depth { best = now }
    if now.reach - best.depth <= precision * side { continue }
    let half = now.half / 2
    for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
      let child = square(now.x + dx, now.y + dy, half)
      if child.reach - best.depth > precision * side { open.append(child) }
    }
    looked += 4
  }
  return projection.unproject(PlanePoint(x: best.x, y: best.y))
}

/// Metres from a point to the boundary, negative outside (even-odd rule).
private func depth(_ x: Double, _ y: Double, _ rings: [[PlanePoint]]) -> Double {
  var inside = false
  var nearest = Double.infinity
  for ring in rings where ring.count > 1 {
    var previous = ring[ring.count - 1]
    for point in ring {
      if (previous.y > y) != (point.y > y),
        x < (previous.x - point.x) * (y - point.y) / (previous.y - point.y) + point.x
      {
        inside.toggle()
      }
      nearest = min(nearest, squaredDistance(x, y, previous, point))
      previous = point
    }
  }
  return (inside ? 1 : -1) * nearest.squareRoot()
}

/// The squared distance of a point from a straight edge.
@inline(__always)
func squaredDistance(_ x: Double, _ y: Double, _ from: PlanePoint, _ to: PlanePoint) -> Double {
  let dx = to.x - from.x
  let dy = to.y - from.y
  let square = dx * dx + dy * dy
  var along = square > 0 ? ((x - from.x) * dx + (y - from.y) * dy) / square : 0
  along = min(max(along, 0), 1)
  let ex = x - from.x - along * dx
  let ey = y - from.y - along * dy
  return ex * ex + ey * ey
}
