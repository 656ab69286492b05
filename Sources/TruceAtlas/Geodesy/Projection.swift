// A local transverse Mercator projection: degrees to metres around a centre, and back.
internal import Foundation

/// A point of a projection's plane, metres east and north of its centre.
public struct PlanePoint: Sendable, Hashable {
  /// Metres east.
  public var x: Double
  /// Metres north.
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// Transverse Mercator on WGS 84 with its central meridian and origin at a centre, scale 1 there.
///
/// Krüger's series to fourth order in the third flattening (Karney 2011, "Transverse Mercator with an accuracy of a few nanometers",
/// equations 7 to 36): within a micrometre of the exact projection up to 3 degrees from the central meridian, within a millimetre up
/// to 20. Conformal: shapes keep their angles; lengths grow by 1 + x²/2R², 3 parts in 100,000 at 50 km from the meridian.
public struct Projection: Sendable, Hashable {
  /// The position that is (0, 0).
  public let centre: Position
  private let originNorthing: Double

  /// - Parameter centre: latitude between -89 and 89 degrees.
  public init(centre: Position) {
    let unshifted = Projection(centre: centre, originNorthing: 0)
    self.init(centre: centre, originNorthing: unshifted.project(centre).y)
  }

  private init(centre: Position, originNorthing: Double) {
    self.centre = centre
    self.originNorthing = originNorthing
  }

  /// A projection around the middle of some positions' box, across the antimeridian where that is shorter; nil where there are none.
  public init?(around positions: some Sequence<Position>) {
    guard let box = Extent(around: positions) else { return nil }
    self.init(centre: box.centre)
  }

  // Karney 2011, equation 14, to n⁴.
  private static let rectifyingRadius: Double = {
    let n2 = Ellipsoid.n * Ellipsoid.n
    return Ellipsoid.a / (1 + Ellipsoid.n) * (1 + n2 / 4 + n2 * n2 / 64)
  }()
  // Karney 2011, equation 35.
  private static let alpha: (Double, Double, Double, Double) = {
    let n = Ellipsoid.n
    let n2 = n * n
    return (
      n / 2 - 2 / 3 * n2 + 5 / 16 * n2 * n + 41 / 180 * n2 * n2, 13 / 48 * n2 - 3 / 5 * n2 * n + 557 / 1440 * n2 * n2,
      61 / 240 * n2 * n - 103 / 140 * n2 * n2, 49561 / 161280 * n2 * n2
    )
  }()
  // Karney 2011, equation 36.
  private static let beta: (Double, Double, Double, Double) = {
    let n = Ellipsoid.n
    let n2 = n * n
    return (
      n / 2 - 2 / 3 * n2 + 37 / 96 * n2 * n - 1 / 360 * n2 * n2, 1 / 48 * n2 + 1 / 15 * n2 * n - 437 / 1440 * n2 * n2,
      17 / 480 * n2 * n - 37 / 840 * n2 * n2, 4397 / 161280 * n2 * n2
    )
  }()

  /// The plane point of a position; longitudes are taken the short way round from the centre.
  public func project(_ position: Position) -> PlanePoint {
    let lambda = wrappedDegrees(position.longitude - centre.longitude) * radiansPerDegree
    let phi = position.latitude * radiansPerDegree
    let sinPhi = sin(phi)
    let cosPhi = max(cos(phi), 1e-15)
    let tau = sinPhi / cosPhi
    let root = 1 / cosPhi
    let sigma = sinh(Ellipsoid.e * atanh(Ellipsoid.e * sinPhi))
    let conformal = tau * (1 + sigma * sigma).squareRoot() - sigma * root
    let cosLambda = cos(lambda)
    let xi = atan2(conformal, cosLambda)
    let eta = asinh(sin(lambda) / (conformal * conformal + cosLambda * cosLambda).squareRoot())
    let (dx, dy) = Self.series(Self.alpha, xi, eta)
    return PlanePoint(x: Self.rectifyingRadius * (eta + dx), y: Self.rectifyingRadius * (xi + dy) - originNorthing)
  }

  /// The position of a plane point, longitude in -180..<180.
  public func unproject(_ point: PlanePoint) -> Position {
    let eta0 = point.x / Self.rectifyingRadius
    let xi0 = (point.y + originNorthing) / Self.rectifyingRadius
    let (dx, dy) = Self.series(Self.beta, xi0, eta0)
    let xi = xi0 - dy
    let eta = eta0 - dx
    let sinhEta = sinh(eta)
    let cosXi = cos(xi)
    let target = sin(xi) / (sinhEta * sinhEta + cosXi * cosXi).squareRoot()
    let lambda = atan2(sinhEta, cosXi)
    // Newton's method on the conformal latitude (Karney 2011, equations 19 to 21); two rounds reach a double's last digits.
    var tau = target / (1 - Ellipsoid.e2)
    for _ in 0..<5 {
      let root = (1 + tau * tau).squareRoot()
      let sigma = sinh(Ellipsoid.e * atanh(Ellipsoid.e * tau / root))
      let now = tau * (1 + sigma * sigma).squareRoot() - sigma * root
      let step =
        (target - now) / (1 + now * now).squareRoot() * (1 + (1 - Ellipsoid.e2) * tau * tau) / ((1 - Ellipsoid.e2) * root)
      tau += step
      if abs(step) < 1e-15 * max(1, abs(tau)) { break }
    }
    return Position(longitude: wrappedDegrees(centre.longitude + lambda / radiansPerDegree), latitude: atan(tau) / radiansPerDegree)
  }

  /// By how much lengths are too long at a plane point, to second order: 1 at the central meridian.
  @inline(__always)
  func scale(at point: PlanePoint) -> Double { 1 + point.x * point.x / (2 * 6_371_000.0 * 6_371_000.0) }

  /// Σ c_j sin(2jξ) cosh(2jη) and Σ c_j cos(2jξ) sinh(2jη) by complex Clenshaw summation: (east, north).
  private static func series(_ c: (Double, Double, Double, Double), _ xi: Double, _ eta: Double) -> (Double, Double) {
    let s = sin(2 * xi)
    let k = cos(2 * xi)
    let sh = sinh(2 * eta)
    let ch = (1 + sh * sh).squareRoot()
    // w = 2 cos(2ζ), ζ = ξ + iη
    let wr = 2 * k * ch
    let wi = -2 * s * sh
    let b3r = c.2 + wr * c.3
    let b3i = wi * c.3
    let b2r = c.1 + wr * b3r - wi * b3i - c.3
    let b2i = wr * b3i + wi * b3r
    let b1r = c.0 + wr * b2r - wi * b2i - b3r
    let b1i = wr * b2i + wi * b2r - b3i
    // times sin(2ζ)
    let sr = s * ch
    let si = k * sh
    return (b1r * si + b1i * sr, b1r * sr - b1i * si)
  }
}
