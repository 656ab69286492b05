// A corridor: everything within a distance of a road's centre line, less the places that it leaves out.
internal import Foundation
public import TruceModel

/// One version of a corridor: centre line, half width, exclusions.
public struct Corridor: Sendable {
  /// A place that the corridor leaves out.
  public enum Exclusion: Sendable, Hashable {
    /// Its area, with the boundary's accuracy.
    case area(PlaceID, Geometry, accuracyMetres: Double)
    /// Known only as a point: everything within the radius is left out; what the accuracy puts in doubt is too close to tell.
    case disc(PlaceID, Position, radiusMetres: Double, accuracyMetres: Double)
  }

  public let centreLine: MeasuredLine
  public let halfWidthMetres: Double
  /// How far the centre line may lie from the truth.
  public let accuracyMetres: Double
  public let exclusions: [Exclusion]
  /// An EDTF date or interval in which this version held; nil for always.
  public let period: String?
  /// Whose centre line it is; nil where nobody is named.
  public let source: String?
  private let prepared: PreparedCorridor

  /// - Parameters:
  ///   - halfWidthMetres: metres each side of the centre line, above 0.
  /// - Throws: where an exclusion's shape cannot be used.
  public init(
    centreLine: MeasuredLine, halfWidthMetres: Double, accuracyMetres: Double, exclusions: [Exclusion] = [], period: String? = nil,
    source: String? = nil
  ) throws(AtlasError) {
    guard halfWidthMetres > 0, halfWidthMetres.isFinite, accuracyMetres >= 0, accuracyMetres.isFinite else {
      throw AtlasError("a corridor needs a half width above 0 and an accuracy of 0 or more metres")
    }
    self.centreLine = centreLine
    self.halfWidthMetres = halfWidthMetres
    self.accuracyMetres = accuracyMetres
    self.exclusions = exclusions
    self.period = period
    self.source = source
    prepared = try PreparedCorridor(
      centreLine: centreLine, halfWidthMetres: halfWidthMetres, accuracyMetres: accuracyMetres, exclusions: exclusions)
  }

  /// Whether a position lies in the corridor, by its distance from the centre line.
  ///
  /// - Parameter accuracyMetres: how far the position itself may be wrong.
  public func contains(_ position: Position, accuracyMetres: Double = 0) -> Containment {
    if accuracyMetres == 0 { return prepared.contains(position) }
    return prepared.contains(position, accuracyMetres: accuracyMetres)
  }

  /// The least and the most metres that a position can lie inside of the corridor's edge, negative outside, for how wrong centre line and
  /// exclusions may be: inside for sure above 0 and outside for sure below 0 as `contains` says.
  public func depthMetres(of position: Position) -> (least: Double, most: Double) { prepared.depth(of: position) }

  /// Whether a place lies in the corridor: an excluded one never does, whatever its position says.
  public func contains(_ place: Place) -> Containment? {
    if exclusions.contains(where: { $0.place == place.id }) { return .outside }
    guard let definition = place.definitions.first, case .point(let position) = definition.geometry else { return nil }
    return contains(position, accuracyMetres: definition.accuracyMetres)
  }

  /// The outline to draw or measure: the centre line's geodesic buffer less the exclusions; nil where nothing is left.
  ///
  /// - Parameter quadrantSegments: straight pieces in each quarter of a round corner; 16 to draw, 128 to measure.
  public func outline(quadrantSegments: Int = 16) throws(AtlasError) -> Geometry? {
    let line = Geometry.line(centreLine.positions)
    let projection = try Overlay.projection(around: [line])
    let context = GEOSContext()
    var shape = try Overlay.shape(line, in: projection, context).buffered(halfWidthMetres, quadrantSegments: quadrantSegments)
    for exclusion in exclusions {
      switch exclusion {
      case .area(let id, let geometry, _):
        do throws(AtlasError) {
          shape = try shape.difference(try Overlay.shape(geometry, in: projection, context))
        } catch { throw error.naming(id.rawValue) }
      case .disc(_, let centre, let radius, _):
        let disc = try context.point(projection.project(centre)).buffered(radius, quadrantSegments: quadrantSegments)
        shape = try shape.difference(disc)
      }
    }
    return Overlay.geometry(shape, in: projection)
  }

  /// Square metres of the outline.
  public func areaSquareMetres() throws(AtlasError) -> Double {
    try outline(quadrantSegments: 128).map { TruceAtlas.areaSquareMetres($0) } ?? 0
  }
}

extension Corridor.Exclusion {
  /// The place that is left out.
  public var place: PlaceID {
    switch self {
    case .area(let id, _, _), .disc(let id, _, _, _): id
    }
  }
}
