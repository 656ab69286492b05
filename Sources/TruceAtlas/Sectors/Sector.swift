// A sector: what an observer sees between two bearings and two ranges.
internal import Foundation

/// A part of the ground seen from a place: bearings clockwise from one to another, ranges from near to far, each with its error.
public struct Sector: Sendable, Hashable {
  public let observer: Position
  /// How far the observer's place may be wrong.
  public let observerAccuracyMetres: Double
  /// Degrees clockwise from north, 0..<360: where the sector begins.
  public let startBearing: Double
  /// Degrees clockwise that it spans, 0 to 360.
  public let widthDegrees: Double
  /// How far each bearing may be wrong.
  public let bearingErrorDegrees: Double
  /// Metres, near to far.
  public let rangeMetres: ClosedRange<Double>
  /// How far each range may be wrong.
  public let rangeErrorMetres: Double

  /// - Parameters:
  ///   - startBearing, widthDegrees: a width of 360 or more sees all round.
  ///   - rangeMetres: 0 or more, up to 1,000,000.
  public init(
    observer: Position, observerAccuracyMetres: Double = 0, startBearing: Double, widthDegrees: Double, bearingErrorDegrees: Double = 0,
    rangeMetres: ClosedRange<Double>, rangeErrorMetres: Double = 0
  ) throws(AtlasError) {
    guard observer.isOnEarth, abs(observer.latitude) < 89 else {
      throw AtlasError("the observer is at no usable position", position: observer)
    }
    guard startBearing.isFinite, widthDegrees >= 0, bearingErrorDegrees >= 0, bearingErrorDegrees.isFinite, widthDegrees.isFinite else {
      throw AtlasError("a sector needs finite bearings, a width and an error of 0 or more degrees")
    }
    guard rangeMetres.lowerBound >= 0, rangeMetres.upperBound <= 1_000_000, rangeErrorMetres >= 0, rangeErrorMetres.isFinite,
      observerAccuracyMetres >= 0, observerAccuracyMetres.isFinite
    else { throw AtlasError("a sector's ranges are 0 to 1,000,000 metres, its errors 0 or more") }
    self.observer = observer
    self.observerAccuracyMetres = observerAccuracyMetres
    self.startBearing = wrappedBearing(startBearing)
    self.widthDegrees = min(widthDegrees, 360)
    self.bearingErrorDegrees = bearingErrorDegrees
    self.rangeMetres = rangeMetres
    self.rangeErrorMetres = rangeErrorMetres
  }

  /// Whether a position lies in the sector, as far as observer, bearings and ranges can tell.
  public func contains(_ position: Position) -> Containment {
    let path = Geodesic(from: observer, to: position)
    let distance = path.lengthMetres
    let error = rangeErrorMetres + observerAccuracyMetres
    let ranges = side(distance, rangeMetres.lowerBound, rangeMetres.upperBound, error)
    if ranges == .outside { return .outside }
    guard widthDegrees < 360 else { return ranges }
    // What the observer's own error turns a bearing by; close to him any bearing is possible.
    let turn = distance > observerAccuracyMetres ? asin(observerAccuracyMetres / distance) / radiansPerDegree : 180
    let slack = bearingErrorDegrees + turn
    let offset = wrappedBearing(path.startBearing - startBearing)
    let within = offset <= widthDegrees
    // Degrees to the nearer edge, the short way round.
    let toEdge = min(abs(wrappedDegrees(offset)), abs(wrappedDegrees(offset - widthDegrees)))
    let bearings: Containment = toEdge <= slack && slack > 0 ? .tooCloseToTell : within ? .inside : .outside
    if bearings == .outside { return .outside }
    return ranges == .inside && bearings == .inside ? .inside : .tooCloseToTell
  }

  private func side(_ value: Double, _ low: Double, _ high: Double, _ error: Double) -> Containment {
    if value < low - error || value > high + error { return .outside }
    // Nobody is nearer than 0: that edge cannot be crossed.
    let isPastLow = low == 0 || value >= low + error
    return isPastLow && value <= high - error ? .inside : .tooCloseToTell
  }

  /// How far the outline may be wrong at most, metres: range and observer's error, and the bearing's at the far end.
  public var errorMetres: Double {
    let across = widthDegrees < 360 ? rangeMetres.upperBound * min(bearingErrorDegrees, 90) * radiansPerDegree : 0
    return (rangeErrorMetres * rangeErrorMetres + across * across).squareRoot() + observerAccuracyMetres
  }

  /// The sector's outline: arcs of geodesic distance, a ring with a hole where it sees all round.
  ///
  /// - Parameter stepDegrees: between two positions of an arc.
  public func outline(stepDegrees: Double = 2) -> Geometry {
    let steps = max(2, Int((widthDegrees / max(stepDegrees, 0.1)).rounded(.up)))
    func arc(_ metres: Double) -> [Position] {
      (0...steps).map { observer.moved(metres: metres, bearing: startBearing + widthDegrees * Double($0) / Double(steps)) }
    }
    // Bearings run clockwise; an outer ring runs the other way.
    let far = Array(arc(rangeMetres.upperBound).reversed())
    if widthDegrees >= 360 {
      let outer = Array(far.dropLast()) + [far[0]]
      guard rangeMetres.lowerBound > 0 else { return .polygon([outer]) }
      let near = arc(rangeMetres.lowerBound)
      return .polygon([outer, Array(near.dropLast()) + [near[0]]])
    }
    let near = rangeMetres.lowerBound > 0 ? arc(rangeMetres.lowerBound) : [observer]
    return .polygon([far + near + [far[0]]])
  }
}
