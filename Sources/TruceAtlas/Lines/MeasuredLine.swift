// A line measured in kilometres along its length.
internal import Foundation

/// A line of geodesic pieces with a kilometre at every point of it.
public struct MeasuredLine: Sendable, Hashable {
  public let positions: [Position]
  /// Kilometres from the start, one for each position.
  public let kilometres: [Double]
  private let projection: Projection
  private let plane: [PlanePoint]

  /// - Throws: where there are fewer than two positions, or one is no position on the Earth.
  public init(_ positions: [Position]) throws(AtlasError) {
    guard positions.count >= 2 else { throw AtlasError("a line needs two positions, this has \(positions.count)") }
    for position in positions where !position.isOnEarth {
      throw AtlasError("a position must have finite degrees, longitude -180 to 180, latitude -90 to 90", position: position)
    }
    self.positions = positions
    var kilometres = [0.0]
    kilometres.reserveCapacity(positions.count)
    for (start, end) in zip(positions, positions.dropFirst()) {
      kilometres.append(kilometres[kilometres.count - 1] + start.distance(to: end) / 1000)
    }
    self.kilometres = kilometres
    projection = Projection(around: positions) ?? Projection(centre: positions[0])
    plane = positions.map(projection.project)
  }

  public var lengthKilometres: Double { kilometres[kilometres.count - 1] }

  /// The position at a kilometre, clamped to the line.
  public func position(atKilometres kilometre: Double) -> Position {
    let at = min(max(kilometre, 0), lengthKilometres)
    let piece = self.piece(at)
    let offset = (at - kilometres[piece]) * 1000
    if offset <= 0 { return positions[piece] }
    if at >= kilometres[piece + 1] { return positions[piece + 1] }
    return Geodesic(from: positions[piece], to: positions[piece + 1]).position(atMetres: offset)
  }

  /// The index of the piece that holds a kilometre.
  private func piece(_ kilometre: Double) -> Int {
    var low = 0
    var high = kilometres.count - 2
    while low < high {
      let middle = (low + high + 1) / 2
      if kilometres[middle] <= kilometre { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The part of the line between two kilometres, in its direction; nil where it would be empty.
  public func stretch(from start: Double, to end: Double) -> MeasuredLine? {
    let low = min(max(min(start, end), 0), lengthKilometres)
    let high = min(max(max(start, end), 0), lengthKilometres)
    guard high - low > 1e-9 else { return nil }
    var part = [position(atKilometres: low)]
    for (position, kilometre) in zip(positions, kilometres) where kilometre > low + 1e-9 && kilometre < high - 1e-9 {
      part.append(position)
    }
    part.append(position(atKilometres: high))
    return try? MeasuredLine(part)
  }

  /// Where a position falls on the line.
  public struct Foot: Sendable, Hashable {
    /// Kilometres along the line.
    public var kilometre: Double
    /// Metres from the line.
    public var offsetMetres: Double
    /// Whether it lies to the left of the line's direction.
    public var isLeft: Bool
  }

  /// The nearest point of the line; of several, the first.
  public func foot(of position: Position) -> Foot {
    let point = projection.project(position)
    var squares = [Double](repeating: 0, count: plane.count - 1)
    var least = Double.infinity
    for i in squares.indices {
      squares[i] = squaredDistance(point.x, point.y, plane[i], plane[i + 1])
      least = min(least, squares[i])
    }
    // The plane's distances are wrong by its scale and by the pieces' bend: whatever may still be nearest is measured on the ellipsoid.
    let reach = least.squareRoot() * 1.02 + 50
    var best = Foot(kilometre: 0, offsetMetres: .infinity, isLeft: false)
    for i in squares.indices where squares[i] <= reach * reach {
      let (along, distance) = Geodesic(from: positions[i], to: positions[i + 1]).nearest(to: position)
      guard distance < best.offsetMetres else { continue }
      let a = plane[i]
      let b = plane[i + 1]
      let side = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
      best = Foot(kilometre: kilometres[i] + along / 1000, offsetMetres: distance, isLeft: side > 0)
    }
    return best
  }

  /// Metres between a position and the line.
  public func distance(to position: Position) -> Double { foot(of: position).offsetMetres }

  /// The positions of kilometre posts: every `step` kilometres from 0, and the end.
  public func posts(everyKilometres step: Double) -> [(kilometre: Double, position: Position)] {
    precondition(step > 0, "kilometre posts need a step above 0")
    let count = min(100_000, Int(lengthKilometres / step))
    var posts = (0...count).map { (kilometre: Double($0) * step, position: position(atKilometres: Double($0) * step)) }
    if lengthKilometres - posts[count].kilometre > 1e-6 { posts.append((lengthKilometres, positions[positions.count - 1])) }
    return posts
  }
}

extension Position {
  /// Finite, longitude -180 to 180, latitude -90 to 90.
  public var isOnEarth: Bool {
    longitude.isFinite && latitude.isFinite && abs(longitude) <= 180 && abs(latitude) <= 90
  }
}
