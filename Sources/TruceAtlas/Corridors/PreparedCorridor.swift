// A corridor made ready for many questions: by distance to the centre line, then by what it leaves out.
internal import TruceModel

/// The answers of one corridor version.
struct PreparedCorridor: Sendable {
  private enum Hole: Sendable {
    case area(PreparedArea)
    case disc(PlanePoint, radius: Double, accuracy: Double)
  }

  private let tree: ContainmentTree<CorridorRule>
  private let holes: [Hole]

  init(
    centreLine: MeasuredLine, halfWidthMetres: Double, accuracyMetres: Double, exclusions: [Corridor.Exclusion]
  ) throws(AtlasError) {
    let line = Geometry.line(centreLine.positions)
    let projection = try Overlay.projection(around: [line])
    let plane = planeLine(centreLine.positions, in: projection)
    let edges = zip(plane, plane.dropFirst()).filter { $0 != $1 }.map { PlaneEdge(from: $0, to: $1) }
    guard !edges.isEmpty, let box = line.box else { throw AtlasError("a corridor's centre line needs a length") }
    let rule = CorridorRule(
      edges: edges, projection: projection, sureMetres: halfWidthMetres - accuracyMetres, possibleMetres: halfWidthMetres + accuracyMetres)
    tree = ContainmentTree(rule, projection: projection, box: box.expanded(byMetres: rule.possibleMetres * 1.01 + 1))
    var holes: [Hole] = []
    for exclusion in exclusions {
      switch exclusion {
      case .area(let id, let geometry, let accuracy):
        do throws(AtlasError) {
          holes.append(.area(try PreparedArea(geometry, accuracyMetres: accuracy)))
        } catch { throw error.naming(id.rawValue) }
      case .disc(_, let centre, let radius, let accuracy):
        holes.append(.disc(projection.project(centre), radius: radius, accuracy: accuracy))
      }
    }
    self.holes = holes
  }

  @inline(__always)
  func contains(_ position: Position) -> Containment {
    let along = tree.contains(position)
    if along == .outside || holes.isEmpty { return along }
    return less(position, along)
  }

  private func less(_ position: Position, _ along: Containment) -> Containment {
    var answer = along
    for hole in holes {
      let within: Containment =
        switch hole {
        case .area(let area): area.contains(position)
        case .disc(let centre, let radius, let accuracy): disc(position, centre, radius, accuracy)
        }
      if within == .inside { return .outside }
      if within == .tooCloseToTell { answer = .tooCloseToTell }
    }
    return answer
  }

  private func disc(_ position: Position, _ centre: PlanePoint, _ radius: Double, _ accuracy: Double) -> Containment {
    let point = tree.projection.exact.project(position)
    let dx = point.x - centre.x
    let dy = point.y - centre.y
    return CorridorRule.answer((dx * dx + dy * dy).squareRoot(), sure: radius - accuracy, possible: radius + accuracy)
  }

  /// The least and the most metres inside of the edge and outside of all holes; time grows with the number of edges.
  func depth(of position: Position) -> (least: Double, most: Double) {
    let point = tree.projection.exact.project(position)
    let distance = tree.rule.distance(point)
    var least = tree.rule.sureMetres - distance
    var most = tree.rule.possibleMetres - distance
    for hole in holes {
      let outside: Double
      let accuracy: Double
      switch hole {
      case .area(let area): (outside, accuracy) = (-area.signedDistanceMetres(to: position), area.accuracyMetres)
      case .disc(let centre, let radius, let error):
        let (dx, dy) = (point.x - centre.x, point.y - centre.y)
        (outside, accuracy) = ((dx * dx + dy * dy).squareRoot() - radius, error)
      }
      least = min(least, outside - accuracy)
      most = min(most, outside + accuracy)
    }
    return (least, most)
  }

  /// The answer for a position that may be wrong by some metres; time grows with the number of edges.
  func contains(_ position: Position, accuracyMetres: Double) -> Containment {
    let rule = tree.rule
    let point = tree.projection.exact.project(position)
    let along = CorridorRule.answer(
      rule.distance(point), sure: rule.sureMetres - accuracyMetres, possible: rule.possibleMetres + accuracyMetres)
    if along == .outside { return along }
    var answer = along
    for hole in holes {
      let within: Containment =
        switch hole {
        case .area(let area): area.contains(position, accuracyMetres: accuracyMetres)
        case .disc(let centre, let radius, let accuracy): disc(position, centre, radius, accuracy + accuracyMetres)
        }
      if within == .inside { return .outside }
      if within == .tooCloseToTell { answer = .tooCloseToTell }
    }
    return answer
  }
}

/// Containment by distance to a line. Cells pass nothing on.
struct CorridorRule: ContainmentRule {
  typealias Hint = Void

  static var fewCandidates: Int { 6 }
  static var minimumDepth: Int { 7 }

  let edges: [PlaneEdge]
  let projection: Projection
  /// Within so many metres of the line: inside for sure.
  let sureMetres: Double
  /// Beyond so many: outside for sure.
  let possibleMetres: Double

  var edgeCount: Int { edges.count }

  func rootHint(at centre: PlanePoint) {}
  func hint(at centre: PlanePoint, from outer: Void, at outerCentre: PlanePoint, candidates: [Int32]) {}

  /// Metres between a point and the line, the projection's scale taken out.
  func distance(_ point: PlanePoint) -> Double {
    let square = edges.reduce(Double.infinity) { min($0, squaredDistance(point.x, point.y, $1.from, $1.to)) }
    return square.squareRoot() / projection.scale(at: point)
  }

  @inline(__always)
  static func answer(_ distance: Double, sure: Double, possible: Double) -> Containment {
    if distance <= sure { return .inside }
    return distance > possible ? .outside : .tooCloseToTell
  }

  func judge(centre: PlanePoint, radius: Double, hint: Void, candidates: [Int32]) -> Verdict {
    let near = NearEdges(centre, edges, candidates)
    let distance = near.leastSquare.squareRoot()
    // The scale may make the plane's lengths too long by this much.
    let far = PlanePoint(x: abs(centre.x) + radius, y: 0)
    let slack = possibleMetres * (projection.scale(at: far) - 1)
    if distance + radius <= sureMetres { return .all(.inside) }
    if distance - radius > possibleMetres + slack { return .all(.outside) }
    if distance - radius > sureMetres + slack, distance + radius <= possibleMetres { return .all(.tooCloseToTell) }
    return .some(near.within(distance + 2 * radius))
  }

  @inline(__always)
  func answer(_ point: PlanePoint, hint: Void, centre: PlanePoint, candidates: UnsafeBufferPointer<Int32>) -> Containment {
    var square = Double.infinity
    for number in candidates {
      let edge = edges[Int(number)]
      square = min(square, squaredDistance(point.x, point.y, edge.from, edge.to))
    }
    return CorridorRule.answer(square.squareRoot() / projection.scale(at: point), sure: sureMetres, possible: possibleMetres)
  }
}
