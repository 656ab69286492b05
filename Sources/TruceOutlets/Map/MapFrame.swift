// The part of the Earth that a map shows, and the way from degrees to its pixels.
internal import Foundation
internal import TruceAtlas

/// A point on the page, in pixels from the top left.
struct Pixel: Sendable, Hashable {
  var x: Double
  var y: Double
}

/// An upright rectangle on the page.
struct Box: Sendable, Hashable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  func overlaps(_ other: Box) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
  }

  func contains(_ other: Box) -> Bool {
    x <= other.x && y <= other.y && other.x + other.width <= x + width && other.y + other.height <= y + height
  }

  func grown(by margin: Double) -> Box {
    Box(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }
}

/// A local equirectangular projection with its standard parallel in the middle of the ground; below 0.1 % of scale error over 2 degrees.
struct MapFrame: Sendable {
  let west: Double
  let north: Double
  let middleCosine: Double
  let pixelsPerDegree: Double
  let width: Double
  let height: Double

  /// Metres of a degree of latitude, mean of WGS 84.
  static let metresPerDegree = 111_194.93

  /// A frame around positions with a margin of 5 %; nil where there are none.
  init?(around positions: [Position], width: Double) {
    guard var south = positions.map(\.latitude).min(), var north = positions.map(\.latitude).max(),
      var west = positions.map(\.longitude).min(), var east = positions.map(\.longitude).max()
    else { return nil }
    let padding = max(0.05, max(north - south, east - west) * 0.04)
    (south, north, west, east) = (south - padding, north + padding, west - padding, east + padding)
    middleCosine = max(0.05, cos((south + north) / 2 * .pi / 180))
    pixelsPerDegree = width / ((east - west) * middleCosine)
    self.west = west
    self.north = north
    self.width = width
    height = (north - south) * pixelsPerDegree
  }

  func pixel(_ position: Position) -> Pixel {
    Pixel(x: (position.longitude - west) * middleCosine * pixelsPerDegree, y: (north - position.latitude) * pixelsPerDegree)
  }

  func pixels(metres: Double) -> Double { metres / Self.metresPerDegree * pixelsPerDegree }

  var bounds: Box { Box(x: 0, y: 0, width: width, height: height) }

  /// A round length for a scale bar of about a fifth of the width: kilometres and pixels.
  var scaleBar: (kilometres: Int, pixels: Double) {
    let wanted = width / 5
    let kilometres = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].last { pixels(metres: Double($0) * 1000) <= wanted } ?? 1
    return (kilometres, pixels(metres: Double(kilometres) * 1000))
  }
}

extension Geometry {
  /// The rings of an area; empty for points and lines.
  var rings: [[Position]] {
    switch self {
    case .polygon(let rings): rings
    case .multiPolygon(let polygons): polygons.flatMap { $0 }
    case .point, .line: []
    }
  }
}

/// Whether a pixel lies in an area, by the even-odd rule.
func isInside(_ pixel: Pixel, _ rings: [[Pixel]]) -> Bool {
  var inside = false
  for ring in rings where ring.count > 2 {
    var previous = ring[ring.count - 1]
    for corner in ring {
      if (corner.y > pixel.y) != (previous.y > pixel.y) {
        let x = (previous.x - corner.x) * (pixel.y - corner.y) / (previous.y - corner.y) + corner.x
        if pixel.x < x { inside.toggle() }
      }
      previous = corner
    }
  }
  return inside
}
