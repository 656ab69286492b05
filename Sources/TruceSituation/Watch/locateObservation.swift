// From where an observer stood and what he said of bearing and distance to the kilometres of a line.
public import TruceAtlas
public import TruceModel

extension ObservedSector {
  /// The kilometres of a line that may lie in the sector, seen from a position; nil where none does.
  ///
  /// - Parameters:
  ///   - observer: where the observer stands.
  ///   - accuracyMetres: how far that may be wrong.
  ///   - reachMetres: how far he hears or sees where the sector gives no distance.
  public func stretch(
    of line: MeasuredLine, id: PlaceID, from observer: Position, accuracyMetres: Double = 0, reachMetres: Double = 15_000
  ) -> LineStretch? {
    let arcs = bearings.isEmpty ? [Bearings(from: 0, to: 360)] : bearings
    var low: Double?
    var high: Double?
    for arc in arcs {
      let width = arc.to > arc.from ? arc.to - arc.from : arc.to - arc.from + 360
      guard
        let sector = try? Sector(
          observer: observer, observerAccuracyMetres: accuracyMetres, startBearing: arc.from, widthDegrees: width,
          rangeMetres: distanceMetres ?? 0...reachMetres, rangeErrorMetres: distanceMetres == nil ? 0 : 500)
      else { continue }
      for range in line.stretches(in: sector, stepMetres: 250).possible.ranges {
        low = min(low ?? range.lowerBound, range.lowerBound)
        high = max(high ?? range.upperBound, range.upperBound)
      }
    }
    guard let low, let high else { return nil }
    return LineStretch(id, fromKm: low, toKm: high)
  }
}
