// A transverse Mercator projection over one small extent, by polynomials: ten times faster, and never more than half a millimetre off.
internal import Foundation

/// A projection over an extent. Where polynomials meet it within half a millimetre they stand for it, elsewhere it is itself.
struct LocalProjection: Sendable {
  private static let latitudeTerms = 6
  private static let longitudeTerms = 3
  static let toleranceMetres = 0.0005

  let exact: Projection
  private let latitude: Double
  private let perLatitude: Double
  private let perLongitude: Double
  /// x / λ and y as polynomials in (λ / L)² and in the latitude's offset, both scaled to the extent; the latitude runs fastest.
  /// Empty where they would not meet the projection.
  private var x: [Double] = []
  private var y: [Double] = []

  init(_ exact: Projection, over extent: Extent) {
    self.exact = exact
    latitude = (extent.south + extent.north) / 2
    let offset = abs(wrappedDegrees(extent.centre.longitude - exact.centre.longitude))
    let halfWidth = max(offset + extent.width / 2, 1e-6)
    let halfHeight = max((extent.north - extent.south) / 2, 1e-6)
    perLongitude = 1 / halfWidth
    perLatitude = 1 / halfHeight
    guard halfWidth < 3, halfHeight < 3 else { return }
    (x, y) = Self.fitted(exact, latitude, halfWidth, halfHeight, Self.latitudeTerms, Self.longitudeTerms)
    if worst(halfWidth, halfHeight) > Self.toleranceMetres {
      x = []
      y = []
    }
  }

  /// x / λ and y as polynomials in (λ / half width)² and in the latitude's offset / half height; the latitude runs fastest.
  static func fitted(
    _ exact: Projection, _ latitude: Double, _ halfWidth: Double, _ halfHeight: Double, _ latitudeTerms: Int, _ longitudeTerms: Int
  ) -> (x: [Double], y: [Double]) {
    // Chebyshev nodes: squares of the longitude in 0...1, latitudes in -1...1.
    let squares = (0..<longitudeTerms).map { (1 - cos(Double.pi * (Double($0) + 0.5) / Double(longitudeTerms))) / 2 }
    let heights = (0..<latitudeTerms).map { cos(Double.pi * (Double($0) + 0.5) / Double(latitudeTerms)) }
    var rowsX: [[Double]] = []
    var rowsY: [[Double]] = []
    for square in squares {
      let lambda = square.squareRoot() * halfWidth
      let points = heights.map { height in
        exact.project(Position(longitude: exact.centre.longitude + lambda, latitude: latitude + height * halfHeight))
      }
      rowsX.append(polynomial(through: points.map { $0.x / lambda }, at: heights))
      rowsY.append(polynomial(through: points.map(\.y), at: heights))
    }
    var x = [Double](repeating: 0, count: latitudeTerms * longitudeTerms)
    var y = x
    for term in 0..<latitudeTerms {
      for (power, value) in polynomial(through: rowsX.map { $0[term] }, at: squares).enumerated() {
        x[power * latitudeTerms + term] = value
      }
      for (power, value) in polynomial(through: rowsY.map { $0[term] }, at: squares).enumerated() {
        y[power * latitudeTerms + term] = value
      }
    }
    return (x, y)
  }

  /// The coefficients, lowest power first, of the polynomial through values at nodes (Newton's divided differences, expanded).
  private static func polynomial(through values: [Double], at nodes: [Double]) -> [Double] {
    var differences = values
    for order in 1..<nodes.count {
      for i in (order..<nodes.count).reversed() {
        differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order])
      }
    }
    var coefficients = [Double](repeating: 0, count: nodes.count)
    for i in nodes.indices.reversed() {
      for power in (1..<nodes.count).reversed() {
        coefficients[power] = coefficients[power - 1] - nodes[i] * coefficients[power]
      }
      coefficients[0] = differences[i] - nodes[i] * coefficients[0]
    }
    return coefficients
  }

  /// The largest difference from the projection on a grid over the extent, corners included, metres.
  private func worst(_ halfWidth: Double, _ halfHeight: Double) -> Double {
    var worst = 0.0
    for column in 0...6 {
      for row in 0...6 {
        let position = Position(
          longitude: wrappedDegrees(exact.centre.longitude + Double(column) / 6 * halfWidth),
          latitude: latitude + (Double(row) / 3 - 1) * halfHeight)
        let here = project(position)
        let there = exact.project(position)
        worst = max(worst, abs(here.x - there.x), abs(here.y - there.y))
      }
    }
    return worst
  }

  /// The plane point of a position of the extent.
  @inline(__always)
  func project(_ position: Position) -> PlanePoint {
    guard x.count == 18, y.count == 18 else { return exact.project(position) }
    let lambda = wrappedDegrees(position.longitude - exact.centre.longitude)
    let scaled = lambda * perLongitude
    let s = scaled * scaled
    let t = (position.latitude - latitude) * perLatitude
    return PlanePoint(x: lambda * Self.value(x, s, t), y: Self.value(y, s, t))
  }

  @inline(__always)
  private static func value(_ c: [Double], _ s: Double, _ t: Double) -> Double {
    c.withUnsafeBufferPointer { c in
      func row(_ at: Int) -> Double {
        c[at] + t * (c[at + 1] + t * (c[at + 2] + t * (c[at + 3] + t * (c[at + 4] + t * c[at + 5]))))
      }
      return row(0) + s * (row(6) + s * row(12))
    }
  }
}
