// A box of longitudes and latitudes that may cross the antimeridian.

/// The smallest extent of positions, WGS 84 degrees; `east` is smaller than `west` where it crosses the antimeridian.
public struct Extent: Sendable, Hashable {
  public var west: Double
  public var south: Double
  /// Degrees east of `west`, 0 to 360.
  public var width: Double
  public var north: Double

  public init(west: Double, south: Double, width: Double, north: Double) {
    self.west = west
    self.south = south
    self.width = width
    self.north = north
  }

  /// The box of a shape's positions; nil where there are none.
  ///
  /// Longitudes are unrolled along the sequence, so a shape whose positions follow each other within 180 degrees keeps together
  /// across the antimeridian.
  public init?(around positions: some Sequence<Position>) {
    var first: Double?
    var previous = 0.0
    var low = 0.0
    var high = 0.0
    var south = Double.infinity
    var north = -Double.infinity
    for position in positions {
      south = min(south, position.latitude)
      north = max(north, position.latitude)
      guard let start = first else {
        first = position.longitude
        previous = 0
        continue
      }
      let offset = previous + wrappedDegrees(position.longitude - start - previous)
      low = min(low, offset)
      high = max(high, offset)
      previous = offset
    }
    guard let first else { return nil }
    self.init(west: wrappedDegrees(first + low), south: south, width: min(360, high - low), north: north)
  }

  public var east: Double { wrappedDegrees(west + width) }

  public var centre: Position { Position(longitude: wrappedDegrees(west + width / 2), latitude: (south + north) / 2) }

  public func contains(_ position: Position) -> Bool {
    guard position.latitude >= south, position.latitude <= north else { return false }
    let offset = wrappedDegrees(position.longitude - west)
    return (offset < 0 ? offset + 360 : offset) <= width
  }

  /// Whether two boxes have anything in common.
  public func meets(_ other: Extent) -> Bool {
    func reaches(_ one: Extent, _ other: Extent) -> Bool {
      let offset = wrappedDegrees(other.west - one.west)
      return (offset < 0 ? offset + 360 : offset) <= one.width
    }
    return south <= other.north && other.south <= north && (reaches(self, other) || reaches(other, self))
  }

  /// The box with a margin on every side, metres.
  public func expanded(byMetres margin: Double) -> Extent {
    let dy = margin / 110_500
    let top = min(89.9, max(abs(south), abs(north)) + dy)
    let dx = min(180, margin / (110_500 * cosine(ofDegrees: top)))
    return Extent(
      west: wrappedDegrees(west - dx), south: max(-90, south - dy), width: min(360, width + 2 * dx), north: min(90, north + dy))
  }
}
