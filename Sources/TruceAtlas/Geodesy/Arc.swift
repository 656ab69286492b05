// A great-circle arc on Bessel's auxiliary sphere, and the integrals along it that make it a geodesic of the ellipsoid.
internal import Foundation

/// The auxiliary sphere's arc between two positions: reduced latitudes, and a longitude difference that is solved for.
struct Arc: Sendable, Hashable {
  let sinStart: Double
  let cosStart: Double
  let sinEnd: Double
  let cosEnd: Double
  /// Radians of longitude on the auxiliary sphere.
  private(set) var omega: Double
  /// Radians along the arc.
  private(set) var sigma = 0.0
  /// sin σ times the direction at the start: east and north parts.
  private var east = 0.0
  private var north = 0.0

  init(from start: Position, to end: Position) {
    let startBeta = atan((1 - Ellipsoid.f) * tan(start.latitude * radiansPerDegree))
    let endBeta = atan((1 - Ellipsoid.f) * tan(end.latitude * radiansPerDegree))
    sinStart = sin(startBeta)
    cosStart = cos(startBeta)
    sinEnd = sin(endBeta)
    cosEnd = cos(endBeta)
    let lambda = wrappedDegrees(end.longitude - start.longitude) * radiansPerDegree
    omega = lambda
    solve()
    // ω = λ + e² sin α₀ ∫ dσ / (1 + √(1 - e² cos² β)) (Karney 2013, equation 8), by fixed-point iteration.
    for _ in 0..<60 where sigma > 0 {
      let next = lambda + Ellipsoid.e2 * sinAlpha0 * integral { 1 / (1 + $0) }
      let change = abs(next - omega)
      omega = next
      solve()
      if change <= 1e-15 * abs(omega) { break }
    }
  }

  private mutating func solve() {
    let half = sin(omega / 2)
    // cos β₁ sin β₂ - sin β₁ cos β₂ cos ω, written so that close positions lose no digits.
    north = sinEnd * cosStart - cosEnd * sinStart + 2 * sinStart * cosEnd * half * half
    east = cosEnd * sin(omega)
    sigma = atan2((north * north + east * east).squareRoot(), sinStart * sinEnd + cosStart * cosEnd * cos(omega))
  }

  /// The sine of the bearing at which the arc's great circle crosses the equator.
  var sinAlpha0: Double { sigma == 0 ? 0 : east * cosStart / (north * north + east * east).squareRoot() }

  /// cos β₁ cos α₁.
  var northing: Double { sigma == 0 ? cosStart : north * cosStart / (north * north + east * east).squareRoot() }

  /// Metres along the geodesic (Karney 2013, equation 7).
  var length: Double { Ellipsoid.a * integral { $0 } }

  /// Radians clockwise from north at one end.
  func bearing(atEnd: Bool) -> Double {
    guard atEnd else { return atan2(east, north) }
    let half = sin(omega / 2)
    return atan2(cosStart * sin(omega), sinEnd * cosStart - cosEnd * sinStart - 2 * sinEnd * cosStart * half * half)
  }

  private func integral(_ of: (Double) -> Double) -> Double { Arc.integral(sigma, sinStart, northing, of) }

  /// ∫ f(√(1 - e² cos² β)) dσ from 0 to `sigma`, where sin β = `sinStart` cos σ + `north` sin σ.
  ///
  /// Five-point Gauss-Legendre panels of at most 0.4 radians: the integrand varies by less than e², so the rule's error is far below
  /// a double's last digit.
  @inline(__always)
  static func integral(_ sigma: Double, _ sinStart: Double, _ north: Double, _ of: (Double) -> Double) -> Double {
    guard sigma != 0 else { return 0 }
    return quadrature(sigma, panels: Int(abs(sigma) / 0.4) + 1) { at in
      let sinBeta = sinStart * cos(at) + north * sin(at)
      return of((1 - Ellipsoid.e2 * (1 - sinBeta * sinBeta)).squareRoot())
    }
  }

  /// The five-point Gauss-Legendre rule over 0...`end` in equal panels.
  @inline(__always)
  static func quadrature(_ end: Double, panels: Int, _ of: (Double) -> Double) -> Double {
    let half = end / Double(panels) / 2
    var sum = 0.0
    for panel in 0..<panels {
      let middle = half * Double(2 * panel + 1)
      let inner = half * 0.538_469_310_105_683_1
      let outer = half * 0.906_179_845_938_664
      sum +=
        0.568_888_888_888_888_9 * of(middle) + 0.478_628_670_499_366_5 * (of(middle - inner) + of(middle + inner))
        + 0.236_926_885_056_189_1 * (of(middle - outer) + of(middle + outer))
    }
    return sum * half
  }
}
