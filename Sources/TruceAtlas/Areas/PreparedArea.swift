// An area made ready for many questions: is this position in it?
internal import Foundation

/// A polygon or multipolygon with its boundary's accuracy, ready to answer millions of positions.
///
/// Edges are geodesics. The even-odd rule holds: holes are outside.
public struct PreparedArea: Sendable {
  public let accuracyMetres: Double
  let tree: ContainmentTree<AreaRule>

  /// - Parameters:
  ///   - geometry: a polygon or multipolygon at most 40 degrees of longitude wide, closed rings.
  ///   - accuracyMetres: how far its boundary may lie from the truth.
  /// - Throws: where the shape is no area or its rings cannot be used.
  public init(_ geometry: Geometry, accuracyMetres: Double) throws(AtlasError) {
    guard accuracyMetres >= 0, accuracyMetres.isFinite else { throw AtlasError("an accuracy must be 0 or more metres") }
    let rings = geometry.polygons.flatMap { $0 }
    guard !rings.isEmpty else { throw AtlasError("only a polygon can contain anything", position: geometry.positions.first) }
    for ring in rings {
      for position in ring where !position.isOnEarth {
        throw AtlasError("a position must have finite degrees, longitude -180 to 180, latitude -90 to 90", position: position)
      }
      guard ring.count >= 4, ring.first == ring.last else {
        throw AtlasError("a ring needs four positions, the last equal to the first; this has \(ring.count)", position: ring.first)
      }
    }
    let projection = try Overlay.projection(around: [geometry])
    var edges: [PlaneEdge] = []
    for ring in rings {
      let plane = planeLine(ring, in: projection)
      for (from, to) in zip(plane, plane.dropFirst()) where from != to { edges.append(PlaneEdge(from: from, to: to)) }
    }
    self.accuracyMetres = accuracyMetres
    guard let box = geometry.box?.expanded(byMetres: accuracyMetres + 1) else { throw AtlasError("an empty shape has no place") }
    tree = ContainmentTree(AreaRule(edges: edges, accuracyMetres: accuracyMetres), projection: projection, box: box)
  }

  /// Everything beyond it is outside.
  public var extent: Extent { tree.box }

  /// Whether a position lies in the area; too close to tell within the accuracy of the boundary.
  @inline(__always)
  public func contains(_ position: Position) -> Containment { tree.contains(position) }

  /// The same for a position that may itself be wrong by some metres; time grows with the number of edges.
  public func contains(_ position: Position, accuracyMetres: Double) -> Containment {
    let depth = signedDistanceMetres(to: position)
    if abs(depth) <= self.accuracyMetres + accuracyMetres && accuracyMetres + self.accuracyMetres > 0 { return .tooCloseToTell }
    return depth >= 0 ? .inside : .outside
  }

  /// Metres from a position to the boundary, negative outside; time grows with the number of edges.
  public func signedDistanceMetres(to position: Position) -> Double {
    let point = tree.projection.exact.project(position)
    var square = Double.infinity
    var inside = false
    for edge in tree.rule.edges {
      square = min(square, squaredDistance(point.x, point.y, edge.from, edge.to))
      if (edge.from.y > point.y) != (edge.to.y > point.y), point.x < edge.x(atY: point.y) { inside.toggle() }
    }
    let distance = square.squareRoot() / tree.projection.exact.scale(at: point)
    return inside ? distance : -distance
  }
}

/// A straight edge of a projection's plane.
struct PlaneEdge: Sendable, Hashable {
  let from: PlanePoint
  let to: PlanePoint

  @inline(__always)
  func x(atY y: Double) -> Double { (to.x - from.x) * (y - from.y) / (to.y - from.y) + from.x }

  @inline(__always)
  func y(atX x: Double) -> Double { (to.y - from.y) * (x - from.x) / (to.x - from.x) + from.y }
}

/// Even-odd containment with an accuracy band along the edges. The hint is whether a cell's centre is inside.
struct AreaRule: ContainmentRule {
  // Few cells: of thousands of areas at once, what stays in the processor's cache decides.
  static var fewCandidates: Int { 12 }
  static var minimumDepth: Int { 2 }
  /// Of more than so many candidates a large cell keeps those whose box it meets: the nearest of them would tell nothing yet.
  private static var manyCandidates: Int { 2_048 }

  let edges: [PlaneEdge]
  let accuracyMetres: Double

  var edgeCount: Int { edges.count }

  func rootHint(at centre: PlanePoint) -> Bool {
    var inside = false
    for edge in edges where (edge.from.y > centre.y) != (edge.to.y > centre.y) && centre.x < edge.x(atY: centre.y) {
      inside.toggle()
    }
    return inside
  }

  func hint(at centre: PlanePoint, from outer: Bool, at outerCentre: PlanePoint, candidates: [Int32]) -> Bool {
    candidates.withUnsafeBufferPointer { outer != crosses(centre, outerCentre, $0) }
  }

  /// Whether the path from one point level to another's x and then up or down to it crosses an odd number of edges.
  ///
  /// Both legs are parallel to an axis, so each edge is counted by the half-open rule and a vertex on the path counts once.
  @inline(__always)
  private func crosses(_ from: PlanePoint, _ to: PlanePoint, _ candidates: UnsafeBufferPointer<Int32>) -> Bool {
    edges.withUnsafeBufferPointer { crosses(from, to, candidates, $0) }
  }

  @inline(__always)
  private func crosses(
    _ from: PlanePoint, _ to: PlanePoint, _ candidates: UnsafeBufferPointer<Int32>, _ edges: UnsafeBufferPointer<PlaneEdge>
  ) -> Bool {
    var odd = false
    let left = min(from.x, to.x)
    let right = max(from.x, to.x)
    let low = min(from.y, to.y)
    let high = max(from.y, to.y)
    for number in candidates {
      let edge = edges[Int(number)]
      if (edge.from.y > from.y) != (edge.to.y > from.y) {
        let x = edge.x(atY: from.y)
        if x > left && x <= right { odd.toggle() }
      }
      if (edge.from.x >= to.x) != (edge.to.x >= to.x) {
        let y = edge.y(atX: to.x)
        if y > low && y <= high { odd.toggle() }
      }
    }
    return odd
  }

  func judge(centre: PlanePoint, radius: Double, hint: Bool, candidates: [Int32]) -> Verdict {
    // A cell wider than the accuracy is never too close as a whole, and one with edges in it is never all inside or outside.
    if candidates.count > Self.manyCandidates, radius > accuracyMetres {
      let near = boxed(centre, reach: accuracyMetres + radius, candidates)
      return near.isEmpty ? .all(hint ? .inside : .outside) : .some(near)
    }
    let near = NearEdges(centre, edges, candidates)
    let distance = near.leastSquare.squareRoot()
    if distance > accuracyMetres + radius { return .all(hint ? .inside : .outside) }
    if distance + radius <= accuracyMetres { return .all(.tooCloseToTell) }
    let reach = min(accuracyMetres + radius, distance + 2 * radius)
    return .some(near.within(reach))
  }

  /// The candidates whose boxes meet a square around a point.
  private func boxed(_ centre: PlanePoint, reach: Double, _ candidates: [Int32]) -> [Int32] {
    let (left, right, low, high) = (centre.x - reach, centre.x + reach, centre.y - reach, centre.y + reach)
    return edges.withUnsafeBufferPointer { edges in
      candidates.filter { number in
        let edge = edges[Int(number)]
        return max(edge.from.x, edge.to.x) >= left && min(edge.from.x, edge.to.x) <= right && max(edge.from.y, edge.to.y) >= low
          && min(edge.from.y, edge.to.y) <= high
      }
    }
  }

  @inline(__always)
  func answer(_ point: PlanePoint, hint: Bool, centre: PlanePoint, candidates: UnsafeBufferPointer<Int32>) -> Containment {
    if accuracyMetres > 0 {
      let square = accuracyMetres * accuracyMetres
      for number in candidates {
        let edge = edges[Int(number)]
        if squaredDistance(point.x, point.y, edge.from, edge.to) <= square { return .tooCloseToTell }
      }
    }
    return hint != crosses(point, centre, candidates) ? .inside : .outside
  }
}
