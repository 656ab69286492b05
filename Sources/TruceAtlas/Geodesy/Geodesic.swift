// Shortest paths on the ellipsoid: distances, bearings and areas, to better than a millimetre and a part in a thousand million.
internal import Foundation

/// The geodesic between two positions, on WGS 84.
///
/// Bessel's auxiliary sphere with the integrals of Karney 2013 ("Algorithms for geodesics", equations 7 and 8) taken by Gauss-Legendre
/// quadrature instead of series. Distances hold to a micrometre at any latitude below 89 degrees for positions less than 19,900 km
/// apart; for nearly antipodal ones the longitude iteration may not settle and the distance may be too short by up to 50 km.
public struct Geodesic: Sendable, Hashable {
  public let start: Position
  public let end: Position
  /// Metres along it.
  public let lengthMetres: Double
  /// Degrees clockwise from north at the start, 0..<360.
  public let startBearing: Double
  /// Degrees clockwise from north of the direction of travel at the end, 0..<360.
  public let endBearing: Double
  /// The arc on the auxiliary sphere.
  let arc: Arc

  public init(from start: Position, to end: Position) {
    self.start = start
    self.end = end
    arc = Arc(from: start, to: end)
    lengthMetres = arc.length
    startBearing = wrappedBearing(arc.bearing(atEnd: false) / radiansPerDegree)
    endBearing = wrappedBearing(arc.bearing(atEnd: true) / radiansPerDegree)
  }

  /// The position on it, or beyond its end, `metres` from its start.
  public func position(atMetres metres: Double) -> Position {
    guard lengthMetres > 0 else { return start }
    return start.moved(metres: metres, bearing: startBearing)
  }

  /// The nearest point of the geodesic to a position.
  ///
  /// - Returns: metres along it (0 to its length) and metres between the position and that point, within a tenth of a millimetre for
  ///   distances and lengths up to 1,000 km.
  public func nearest(to position: Position) -> (alongMetres: Double, distanceMetres: Double) {
    var along = 0.0
    var best = Geodesic(from: start, to: position)
    guard lengthMetres > 0 else { return (0, best.lengthMetres) }
    var heading = startBearing
    var foot = start
    // Each round steps to the foot of the perpendicular as it would be on a sphere; the error falls with the square of the distance
    // over the Earth's radius.
    for _ in 0..<12 {
      let angle = (best.startBearing - heading) * radiansPerDegree
      let spherical = best.lengthMetres / 6_371_000
      let step = 6_371_000 * atan2(sin(spherical) * cos(angle), cos(spherical))
      let next = min(max(along + step, 0), lengthMetres)
      if abs(next - along) < 1e-5 { break }
      along = next
      foot = self.position(atMetres: along)
      // At the start itself the arc back to it has no bearing.
      heading = along < 1e-3 ? startBearing : Geodesic(from: start, to: foot).endBearing
      best = Geodesic(from: foot, to: position)
    }
    return (along, best.lengthMetres)
  }
}

extension Position {
  /// Metres to another position along the geodesic.
  public func distance(to other: Position) -> Double { Arc(from: self, to: other).length }

  /// Degrees clockwise from north, 0..<360, in which another position lies.
  public func bearing(to other: Position) -> Double {
    wrappedBearing(Arc(from: self, to: other).bearing(atEnd: false) / radiansPerDegree)
  }

  /// The position reached by going so far in a direction along the geodesic.
  ///
  /// - Parameters:
  ///   - metres: 0 to 19,900,000; negative goes back.
  ///   - bearing: degrees clockwise from north.
  public func moved(metres: Double, bearing: Double) -> Position {
    let beta = atan((1 - Ellipsoid.f) * tan(latitude * radiansPerDegree))
    let alpha = bearing * radiansPerDegree
    let sinBeta = sin(beta)
    let cosBeta = cos(beta)
    let sinAlpha = sin(alpha)
    let cosAlpha = cos(alpha)
    let north = cosBeta * cosAlpha
    // Newton's method for the arc whose length is wanted.
    var sigma = metres / Ellipsoid.b
    for _ in 0..<10 {
      let error = Ellipsoid.a * Arc.integral(sigma, sinBeta, north) { $0 } - metres
      let sinEnd = sinBeta * cos(sigma) + north * sin(sigma)
      let step = error / (Ellipsoid.a * (1 - Ellipsoid.e2 * (1 - sinEnd * sinEnd)).squareRoot())
      sigma -= step
      if abs(step) < 1e-15 * max(1, abs(sigma)) { break }
    }
    let sinSigma = sin(sigma)
    let cosSigma = cos(sigma)
    let sinEnd = sinBeta * cosSigma + north * sinSigma
    let x = cosBeta * cosSigma - sinBeta * cosAlpha * sinSigma
    let y = sinAlpha * sinSigma
    let omega = atan2(y, x)
    let sinAlpha0 = sinAlpha * cosBeta
    let lambda = omega - sinAlpha0 * Ellipsoid.e2 * Arc.integral(sigma, sinBeta, north) { 1 / (1 + $0) }
    let latitude = atan2(sinEnd, (1 - Ellipsoid.f) * (x * x + y * y).squareRoot()) / radiansPerDegree
    return Position(longitude: wrappedDegrees(longitude + lambda / radiansPerDegree), latitude: latitude)
  }
}
