// The area of rings and shapes whose edges are geodesics.
internal import Foundation

/// The signed area of a ring whose edges are geodesics, square metres: positive where it runs anticlockwise.
///
/// Each edge adds the area between itself and the first position's parallel: the authalic function integrated over longitude along
/// the edge. Exact to a part in 10⁹ for edges that stay below 89 degrees of latitude. A ring that goes round a pole has the area of
/// the cap that it cuts off.
///
/// - Parameter ring: positions; the closing one may be left out.
func signedRingArea(_ ring: [Position]) -> Double {
  guard ring.count >= 3, let first = ring.first else { return 0 }
  let reference = authalic(ofDegrees: first.latitude)
  var sum = 0.0
  var turned = 0.0
  for i in ring.indices {
    let next = ring[i + 1 == ring.count ? 0 : i + 1]
    if next == ring[i] { continue }
    turned += wrappedDegrees(next.longitude - ring[i].longitude)
    sum -= areaUnder(Arc(from: ring[i], to: next), above: reference)
  }
  if abs(turned) > 180 {
    // Round a pole: from the reference parallel to the pole on whose side the ring lies.
    let pole = authalic(ofDegrees: first.latitude >= 0 ? 90 : -90)
    let cap = 2 * Double.pi * abs(pole - reference)
    let eastward = turned > 0
    return first.latitude >= 0 ? (eastward ? cap + sum : sum - cap) : (eastward ? sum - cap : cap + sum)
  }
  return sum
}

/// The area of a shape on the ellipsoid, square metres; 0 for points and lines.
public func areaSquareMetres(_ geometry: Geometry) -> Double {
  switch geometry {
  case .point, .line: 0
  case .polygon(let rings): areaSquareMetres(rings: rings)
  case .multiPolygon(let polygons): polygons.reduce(0) { $0 + areaSquareMetres(rings: $1) }
  }
}

/// The area of a polygon, outer ring first, less its holes, square metres.
func areaSquareMetres(rings: [[Position]]) -> Double {
  guard let outer = rings.first else { return 0 }
  return rings.dropFirst().reduce(abs(signedRingArea(outer))) { $0 - abs(signedRingArea($1)) }
}

/// Square metres between the equator and a parallel for each radian of longitude (Snyder 1987, equation 3-12).
private func authalic(ofDegrees latitude: Double) -> Double { authalic(sine: sin(latitude * radiansPerDegree)) }

private func authalic(sine: Double) -> Double {
  let es = Ellipsoid.e * sine
  return Ellipsoid.b * Ellipsoid.b / 2 * (sine / (1 - es * es) + atanh(es) / Ellipsoid.e)
}

/// ∫ (authalic(φ) - reference) dλ along an arc.
private func areaUnder(_ arc: Arc, above reference: Double) -> Double {
  let sinAlpha0 = arc.sinAlpha0
  let northing = arc.northing
  let least = min(arc.cosStart, arc.cosEnd, max(abs(sinAlpha0), 0.01))
  guard arc.sigma > 0, least > 0 else { return 0 }
  let panels = min(10_000, Int(arc.sigma / (0.3 * least)) + 1)
  return sinAlpha0
    * Arc.quadrature(arc.sigma, panels: panels) { at in
      let sinBeta = arc.sinStart * cos(at) + northing * sin(at)
      let cos2 = max(1 - sinBeta * sinBeta, 1e-30)
      let flat = 1 - Ellipsoid.f
      let sinPhi = sinBeta / (sinBeta * sinBeta + flat * flat * cos2).squareRoot()
      return (authalic(sine: sinPhi) - reference) * (1 - Ellipsoid.e2 * cos2).squareRoot() / cos2
    }
}
