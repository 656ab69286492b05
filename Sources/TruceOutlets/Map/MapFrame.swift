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

/// A rectangle of the atlas's projection around the middle of the ground, north up.
struct MapFrame: Sendable {
  let projection: Projection
  /// The plane point of the page's top left.
  let corner: PlanePoint
  let pixelsPerMetre: Double
  let width: Double
  let height: Double

  /// A frame around positions with a margin of 4 % or 5 km, at least 40 km wide and two fifths of that high; nil where there are none.
  init?(around positions: [Position], width: Double) {
    guard let projection = Projection(around: positions) else { return nil }
    let points = positions.map(projection.project)
    guard let west = points.map(\.x).min(), let east = points.map(\.x).max(), let south = points.map(\.y).min(),
      let north = points.map(\.y).max()
    else { return nil }
    let margin = max(5_000, max(north - south, east - west) * 0.04)
    let across = max((east - west) / 2 + margin, 20_000)
    let up = max((north - south) / 2 + margin, across * 0.4)
    self.projection = projection
    corner = PlanePoint(x: (west + east) / 2 - across, y: (south + north) / 2 + up)
    pixelsPerMetre = width / (2 * across)
    self.width = width
    height = 2 * up * pixelsPerMetre
  }

  func pixel(_ position: Position) -> Pixel {
    let point = projection.project(position)
    return Pixel(x: (point.x - corner.x) * pixelsPerMetre, y: (corner.y - point.y) * pixelsPerMetre)
  }

  func pixels(metres: Double) -> Double { metres * pixelsPerMetre }

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
