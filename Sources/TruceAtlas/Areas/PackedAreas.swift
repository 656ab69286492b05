// Many small areas in one row of numbers, so that a question about one of them reads a few neighbouring lines of memory and no more.

/// Small areas laid one behind the other: each its projection's few terms, then its corners.
///
/// A tree of cells answers one area faster, but ten thousand trees do not fit the processor's cache; these do.
struct PackedAreas: Sendable {
  /// Corners that an area has at most, those included that were set along its edges: to look at more takes longer than a tree.
  static var cornerLimit: Int { 96 }

  private static var latitudeTerms: Int { 4 }
  private static var longitudeTerms: Int { 2 }
  /// Numbers before the corners: longitude and latitude of the origin, squared accuracy, how many corners, the terms of x and of y.
  private static var headCount: Int { 20 }

  private var numbers: [Double] = []

  /// Takes an area in.
  ///
  /// - Returns: where it stands; nil where it has too many corners or so few terms do not meet its projection within half a millimetre.
  mutating func add(_ area: PreparedArea) -> Int32? {
    let edges = area.tree.rule.edges
    guard !edges.isEmpty, edges.count <= Self.cornerLimit, numbers.count < 2_000_000_000 else { return nil }
    let exact = area.tree.projection.exact
    let box = area.extent
    let offset = abs(wrappedDegrees(box.centre.longitude - exact.centre.longitude))
    let (halfWidth, halfHeight) = (offset + box.width / 2, (box.north - box.south) / 2)
    guard halfWidth > 0, halfWidth < 1, halfHeight > 0, halfHeight < 1 else { return nil }
    let latitude = (box.south + box.north) / 2
    let start = numbers.count
    var (x, y) = LocalProjection.fitted(exact, latitude, halfWidth, halfHeight, Self.latitudeTerms, Self.longitudeTerms)
    for power in 0..<Self.longitudeTerms {
      var scale = power == 0 ? 1 : 1 / (halfWidth * halfWidth)
      for term in 0..<Self.latitudeTerms {
        x[power * Self.latitudeTerms + term] *= scale
        y[power * Self.latitudeTerms + term] *= scale
        scale /= halfHeight
      }
    }
    numbers += [exact.centre.longitude, latitude, area.accuracyMetres * area.accuracyMetres, 0] + x + y
    for column in 0...4 {
      for row in 0...4 {
        let position = Position(
          longitude: wrappedDegrees(exact.centre.longitude + Double(column) / 4 * halfWidth),
          latitude: latitude + (Double(row) / 2 - 1) * halfHeight)
        let (here, there) = (numbers.withUnsafeBufferPointer { Self.project(position, $0, start) }, exact.project(position))
        guard abs(here.x - there.x) < LocalProjection.toleranceMetres, abs(here.y - there.y) < LocalProjection.toleranceMetres else {
          numbers.removeSubrange(start...)
          return nil
        }
      }
    }
    // Rings follow each other with a gap that is no number between them: no edge to or from it is ever crossed or near.
    var last: PlanePoint?
    for edge in edges {
      if edge.from != last {
        if last != nil { numbers += [.nan, .nan] }
        numbers += [edge.from.x, edge.from.y]
      }
      numbers += [edge.to.x, edge.to.y]
      last = edge.to
    }
    numbers[start + 3] = Double((numbers.count - start - Self.headCount) / 2)
    return Int32(start)
  }

  @inline(__always)
  private static func project(_ position: Position, _ n: UnsafeBufferPointer<Double>, _ start: Int) -> PlanePoint {
    let lambda = wrappedDegrees(position.longitude - n[start])
    let s = lambda * lambda
    let t = position.latitude - n[start + 1]
    @inline(__always)
    func row(_ at: Int) -> Double { n[at] + t * (n[at + 1] + t * (n[at + 2] + t * n[at + 3])) }
    return PlanePoint(x: lambda * (row(start + 4) + s * row(start + 8)), y: row(start + 12) + s * row(start + 16))
  }

  /// Whether a position of the area's extent lies in the area that stands at `start`.
  @inline(__always)
  func contains(_ position: Position, at start: Int32) -> Containment {
    numbers.withUnsafeBufferPointer { n in
      let start = Int(start)
      let point = Self.project(position, n, start)
      let first = start + Self.headCount
      let end = first + 2 * Int(n[start + 3])
      if n[start + 2] > 0, Self.isNear(point, n, first, end, square: n[start + 2]) { return .tooCloseToTell }
      var isInside = false
      var x = n[first] - point.x
      var y = n[first + 1] - point.y
      for at in stride(from: first + 2, to: end, by: 2) {
        let nextX = n[at] - point.x
        let nextY = n[at + 1] - point.y
        // Even-odd along the ray to the east, half-open at both ends; the sign of the product tells the side without a division.
        let crosses = (y > 0) != (nextY > 0)
        let side = x * nextY - nextX * y
        isInside = isInside != (crosses && (side > 0) == (nextY > 0) && side == side)
        (x, y) = (nextX, nextY)
      }
      return isInside ? .inside : .outside
    }
  }

  private static func isNear(_ point: PlanePoint, _ n: UnsafeBufferPointer<Double>, _ first: Int, _ end: Int, square: Double) -> Bool {
    for at in stride(from: first + 2, to: end, by: 2) {
      let from = PlanePoint(x: n[at - 2], y: n[at - 1])
      let to = PlanePoint(x: n[at], y: n[at + 1])
      if squaredDistance(point.x, point.y, from, to) <= square { return true }
    }
    return false
  }
}
