// The WGS 84 ellipsoid: its constants, and the angles that the geodesy here shares.
internal import Foundation

/// WGS 84 (NIMA TR8350.2): the one ellipsoid on which truce measures.
enum Ellipsoid {
  /// Equatorial radius, metres.
  static let a = 6_378_137.0
  static let f = 1 / 298.257223563
  /// Polar radius, metres.
  static let b = a * (1 - f)
  /// First eccentricity, squared.
  static let e2 = f * (2 - f)
  static let e = e2.squareRoot()
  /// Third flattening.
  static let n = f / (2 - f)
}

let radiansPerDegree = Double.pi / 180

/// A longitude difference or longitude in degrees, brought to -180..<180.
@inline(__always)
func wrappedDegrees(_ degrees: Double) -> Double {
  if degrees >= -180 && degrees < 180 { return degrees }
  let turned = (degrees + 180).truncatingRemainder(dividingBy: 360)
  return turned < 0 ? turned + 180 : turned - 180
}

/// A bearing in degrees, brought to 0..<360.
func wrappedBearing(_ degrees: Double) -> Double {
  let turned = degrees.truncatingRemainder(dividingBy: 360)
  let positive = turned < 0 ? turned + 360 : turned
  return positive == 360 ? 0 : positive
}

/// The cosine of an angle in degrees.
func cosine(ofDegrees degrees: Double) -> Double { cos(degrees * radiansPerDegree) }
