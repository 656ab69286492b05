// Shapes on the Earth, in WGS 84 degrees.

/// A position, WGS 84.
public struct Position: Sendable, Hashable {
  /// Degrees east, -180 to 180.
  public var longitude: Double
  /// Degrees north, -90 to 90.
  public var latitude: Double

  public init(longitude: Double, latitude: Double) {
    self.longitude = longitude
    self.latitude = latitude
  }
}

/// A shape; rings are closed (first position last again), the outer one anticlockwise (RFC 7946 section 3.1.6).
public enum Geometry: Sendable, Hashable {
  case point(Position)
  case line([Position])
  case polygon([[Position]])
  case multiPolygon([[[Position]]])
}
