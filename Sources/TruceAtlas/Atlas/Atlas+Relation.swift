// How two places lie to each other: how far apart, how much of one is in the other, and whether the accuracies can tell.
internal import Foundation
public import TruceModel

/// How one area lies to another, as far as their accuracies can tell.
public enum Relation: String, Sendable, Hashable, CaseIterable {
  case disjoint, within, contains, overlaps
  case tooCloseToTell = "too-close-to-tell"
}

/// How much two areas share.
public struct Overlap: Sendable, Hashable {
  public var relation: Relation
  /// What both cover, square metres.
  public var sharedSquareMetres: Double
  /// Of the first area, 0 to 1.
  public var shareOfFirst: Double
  /// Of the second area, 0 to 1.
  public var shareOfSecond: Double
}

extension Atlas {
  /// Kilometres between two places' nearest points: the measured value, and the range that the accuracies allow.
  ///
  /// - Returns: nil where one of them has no shape; 0 where they touch.
  public func distanceKilometres(
    _ left: PlaceID, _ right: PlaceID, on: Instant? = nil
  ) throws(AtlasError) -> (measured: Double, range: ClosedRange<Double>)? {
    guard let a = try shape(left, on), let b = try shape(right, on) else { return nil }
    let metres: Double
    if case .point(let from) = a.geometry, case .point(let to) = b.geometry {
      metres = from.distance(to: to)
    } else {
      let projection = try Overlay.projection(around: [a.geometry, b.geometry])
      let context = GEOSContext()
      let nearest = try Overlay.shape(a.geometry, in: projection, context)
        .nearestPoints(Overlay.shape(b.geometry, in: projection, context))
      metres = projection.unproject(nearest.0).distance(to: projection.unproject(nearest.1))
    }
    let error = a.accuracyMetres + b.accuracyMetres
    return (metres / 1000, max(0, metres - error) / 1000...(metres + error) / 1000)
  }

  /// What two places' areas share; nil where one of them has no area.
  public func overlap(_ left: PlaceID, _ right: PlaceID, on: Instant? = nil) throws(AtlasError) -> Overlap? {
    guard let a = try shape(left, on), let b = try shape(right, on), !a.geometry.polygons.isEmpty, !b.geometry.polygons.isEmpty else {
      return nil
    }
    return try TruceAtlas.overlap(a.geometry, a.accuracyMetres, b.geometry, b.accuracyMetres)
  }

  private func shape(_ id: PlaceID, _ on: Instant?) throws(AtlasError) -> (geometry: Geometry, accuracyMetres: Double)? {
    if places[id]?.kind == .corridor {
      guard let corridor = try corridor(id, on: on), let outline = try corridor.outline(quadrantSegments: 64) else { return nil }
      return (outline, corridor.accuracyMetres)
    }
    return definitions(of: id, on: on).first.map { ($0.geometry, $0.accuracyMetres) }
  }
}

/// What two areas share, given how far each boundary may be wrong, in metres.
///
/// They are disjoint where even the grown shapes do not meet, one is within the other where even the grown one lies in the shrunk
/// other, they overlap where even the shrunk ones meet and neither holds the other; everything else is too close to tell.
public func overlap(
  _ first: Geometry, _ firstAccuracy: Double, _ second: Geometry, _ secondAccuracy: Double
) throws(AtlasError) -> Overlap {
  let projection = try Overlay.projection(around: [first, second])
  let context = GEOSContext()
  let a = try Overlay.shape(first, in: projection, context)
  let b = try Overlay.shape(second, in: projection, context)
  let shared = Overlay.geometry(try a.intersection(b), in: projection).map { areaSquareMetres($0) } ?? 0
  let slack = firstAccuracy + secondAccuracy
  let relation: Relation
  if try a.nearestDistance(b) > slack {
    relation = .disjoint
  } else if try a.difference(b.buffered(-slack, quadrantSegments: 8)).isEmpty {
    relation = .within
  } else if try b.difference(a.buffered(-slack, quadrantSegments: 8)).isEmpty {
    relation = .contains
  } else {
    let core = try a.buffered(-firstAccuracy, quadrantSegments: 8).intersection(b.buffered(-secondAccuracy, quadrantSegments: 8))
    let outA = try a.difference(b.buffered(slack, quadrantSegments: 8))
    let outB = try b.difference(a.buffered(slack, quadrantSegments: 8))
    relation = core.polygons().isEmpty || outA.isEmpty || outB.isEmpty ? .tooCloseToTell : .overlaps
  }
  let areas = (areaSquareMetres(first), areaSquareMetres(second))
  return Overlap(
    relation: relation, sharedSquareMetres: shared, shareOfFirst: areas.0 > 0 ? min(1, shared / areas.0) : 0,
    shareOfSecond: areas.1 > 0 ? min(1, shared / areas.1) : 0)
}
