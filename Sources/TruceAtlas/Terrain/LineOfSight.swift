// What a post sees of the ground: line of sight over an elevation model, or range alone where there is none.
internal import Foundation

/// Whether one place sees another over the ground.
public enum Sight: String, Sendable, Hashable, CaseIterable {
  case seen, hidden
  /// The elevation model does not reach that far, or has a gap on the way.
  case unknown
}

/// A post's sight along a line.
public struct LineSight: Sendable, Hashable {
  public var seen: Stretches
  /// Where the elevation model has no heights; everything within range where there is no model.
  public var unknown: Stretches
  /// A sentence that must stand beside the figure.
  public var remark: String
}

/// An observer's place and height of eye.
public struct Lookout: Sendable, Hashable {
  public var position: Position
  /// Metres of the eye above the ground.
  public var eyeMetres: Double
  /// As far as he can make anything out.
  public var rangeMetres: Double

  public init(position: Position, eyeMetres: Double = 2, rangeMetres: Double) {
    self.position = position
    self.eyeMetres = eyeMetres
    self.rangeMetres = rangeMetres
  }

  /// The share of the Earth's curvature that the air's bending of light takes away: 0.13, as surveyors take it.
  public static let refraction = 0.13

  /// Whether the observer sees a target over the ground.
  ///
  /// The ground between is sampled at half the model's resolution; each sample is lowered by the Earth's curvature less refraction.
  ///
  /// - Parameter targetMetres: height of the target above its ground.
  public func sight(of target: Position, targetMetres: Double = 2, over ground: ElevationModel) -> Sight {
    let path = Geodesic(from: position, to: target)
    let distance = path.lengthMetres
    guard let here = ground.height(at: position), let there = ground.height(at: target) else { return .unknown }
    guard distance <= rangeMetres else { return .hidden }
    func drop(_ metres: Double) -> Double { metres * metres * (1 - Self.refraction) / (2 * 6_371_000) }
    let eye = here + eyeMetres
    let steps = min(100_000, Int(distance / max(1, ground.resolutionMetres / 2)))
    guard steps > 1 else { return .seen }
    let slope = (there + targetMetres - drop(distance) - eye) / distance
    var isUnknown = false
    for step in 1..<steps {
      let along = distance * Double(step) / Double(steps)
      guard let height = ground.height(at: path.position(atMetres: along)) else {
        isUnknown = true
        continue
      }
      if height - drop(along) > eye + slope * along { return .hidden }
    }
    return isUnknown ? .unknown : .seen
  }

  /// The stretches of a line that the observer sees; without an elevation model those within range, as unknown, and the remark says so.
  public func sight(along line: MeasuredLine, targetMetres: Double = 2, over ground: ElevationModel?, stepMetres: Double = 100) -> LineSight
  {
    guard let ground else {
      let near = line.stretches(stepMetres: stepMetres) { position.distance(to: $0) <= rangeMetres }
      return LineSight(
        seen: Stretches(), unknown: near, remark: "Range only: no elevation model was given, so hills in between are not reckoned with.")
    }
    let seen = line.stretches(stepMetres: stepMetres) { sight(of: $0, targetMetres: targetMetres, over: ground) == .seen }
    let unknown = line.stretches(stepMetres: stepMetres) {
      position.distance(to: $0) <= rangeMetres && sight(of: $0, targetMetres: targetMetres, over: ground) == .unknown
    }
    let metres = Int(ground.resolutionMetres.rounded())
    return LineSight(
      seen: seen, unknown: unknown,
      remark: "Line of sight over an elevation model of \(metres) m; buildings, trees and weather are not reckoned with.")
  }
}
