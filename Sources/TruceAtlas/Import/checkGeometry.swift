// What is wrong with a shape: positions, rings, crossings. Found and told, never mended.
internal import Foundation
internal import TruceModel

/// What is wrong with a shape, each fault with its position; empty where it can be used.
///
/// - Parameter name: the feature's, for the errors.
public func faults(of geometry: Geometry, name: String) -> [AtlasError] {
  let positions = geometry.positions
  guard !positions.isEmpty else { return [AtlasError("the shape is empty", feature: name)] }
  if let wrong = positions.first(where: { !$0.longitude.isFinite || !$0.latitude.isFinite }) {
    let index = positions.firstIndex { !$0.longitude.isFinite || !$0.latitude.isFinite } ?? 0
    return [AtlasError("position \(index + 1) is no number", feature: name, position: wrong)]
  }
  if let wrong = positions.first(where: { !$0.isOnEarth }) {
    let isSwapped = positions.allSatisfy { abs($0.longitude) <= 90 && abs($0.latitude) <= 180 }
    let reason =
      isSwapped
      ? "longitude and latitude are swapped: a latitude is at most 90 degrees"
      : "the coordinates are no degrees of WGS 84; reproject the file first"
    return [AtlasError(reason, feature: name, position: wrong)]
  }
  switch geometry {
  case .point: return []
  case .line(let line):
    let isStill = line.allSatisfy { $0 == line[0] }
    return line.count < 2 || isStill ? [AtlasError("a line needs two different positions", feature: name, position: line[0])] : []
  case .polygon, .multiPolygon: return polygonFaults(geometry, name)
  }
}

/// Whether a fault is only that a ring runs the wrong way.
func isWinding(_ fault: AtlasError) -> Bool { fault.message.contains("wound the wrong way") }

extension Geometry {
  /// The shape with every ring wound as RFC 7946 wants: outer ones anticlockwise, holes clockwise.
  func rewound() -> Geometry {
    let turned = polygons.map { rings in rings.enumerated().map { Overlay.wound($1, anticlockwise: $0 == 0) } }
    return switch self {
    case .point, .line: self
    case .polygon: .polygon(turned[0])
    case .multiPolygon: .multiPolygon(turned)
    }
  }
}

private func polygonFaults(_ geometry: Geometry, _ name: String) -> [AtlasError] {
  var found: [AtlasError] = []
  for polygon in geometry.polygons {
    if polygon.isEmpty { found.append(AtlasError("a polygon without a ring", feature: name)) }
    for (i, ring) in polygon.enumerated() {
      let what = i == 0 ? "the outer ring" : "hole \(i)"
      if ring.count < 4 {
        found.append(AtlasError("\(what) has \(ring.count) positions; a ring has at least four", feature: name, position: ring.first))
      } else if ring.first != ring.last {
        found.append(AtlasError("\(what) is not closed: its last position must be its first", feature: name, position: ring.last))
      } else if (signedRingArea(ring) > 0) != (i == 0) {
        let right = i == 0 ? "anticlockwise" : "clockwise"
        found.append(AtlasError("\(what) is wound the wrong way; RFC 7946 wants it \(right)", feature: name, position: ring.first))
      }
    }
  }
  guard found.allSatisfy(isWinding) else { return found }
  do throws(AtlasError) {
    let projection = try Overlay.projection(around: [geometry])
    let context = GEOSContext()
    // As the file has them: a fault between two positions is one of the file's, not of positions set in between.
    let shape = try context.multiPolygon(geometry.polygons.map { $0.map { $0.map(projection.project) } })
    if let (reason, at) = shape.invalidity() {
      found.append(AtlasError("the shape is not valid: \(reason.lowercased())", feature: name, position: at.map(projection.unproject)))
    }
  } catch { found.append(error.naming(name)) }
  return found
}
