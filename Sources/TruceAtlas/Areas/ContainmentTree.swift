// A quadtree of answers: cells that lie wholly inside or outside are answered at once, the rest by the few edges near them.
internal import Foundation

/// What a containment tree needs to know of a shape: how to judge a whole disc, and one point.
///
/// Edges are known by their numbers; a cell's candidates are the edges that can matter to a point of it.
protocol ContainmentRule: Sendable {
  /// What a cell's centre passes on to the cells in it.
  associatedtype Hint: Sendable

  /// How many edges there are.
  var edgeCount: Int { get }

  /// The hint of the root cell.
  func rootHint(at centre: PlanePoint) -> Hint

  /// The hint of a cell within another one, of which the candidates are known.
  func hint(at centre: PlanePoint, from outer: Hint, at outerCentre: PlanePoint, candidates: [Int32]) -> Hint

  /// One answer for every point within a disc, or the candidates that matter there.
  func judge(centre: PlanePoint, radius: Double, hint: Hint, candidates: [Int32]) -> Verdict

  /// The answer for a point within a cell.
  func answer(_ point: PlanePoint, hint: Hint, centre: PlanePoint, candidates: ArraySlice<Int32>) -> Containment
}

/// One answer for a whole cell, or the edges that matter in it.
enum Verdict: Sendable {
  case all(Containment)
  case some([Int32])
}

/// The tree over a box of longitudes and latitudes. Outside of the box the answer is `outside`.
struct ContainmentTree<Rule: ContainmentRule>: Sendable {
  private struct Leaf {
    let hint: Rule.Hint
    let centre: PlanePoint
    let candidates: Range<Int>
  }

  /// Cells with so few candidates are not divided.
  static var fewCandidates: Int { 6 }
  /// Divisions at most: a cell of a 100 km box is then 6 metres wide.
  static var maximumDepth: Int { 14 }
  /// Cells at most, however many edges.
  static var maximumNodes: Int { 4_000_000 }

  let rule: Rule
  let projection: Projection
  let box: Extent
  private let columnsPerDegree: Double
  private let rowsPerDegree: Double
  /// A cell: 0 or more is the index of the first of its four quarters, -1 to -3 an answer, below that a leaf's number.
  private var nodes: [Int32] = []
  private var leaves: [Leaf] = []
  private var candidates: [Int32] = []

  private static var span: Double { 1_073_741_824 }

  init(_ rule: Rule, projection: Projection, box: Extent) {
    self.rule = rule
    self.projection = projection
    self.box = box
    columnsPerDegree = Self.span / max(box.width, 1e-12)
    rowsPerDegree = Self.span / max(box.north - box.south, 1e-12)
    build()
  }

  /// A cell still to be judged; `west` counts from the box's west.
  private struct Cell {
    let node: Int
    let west: Double
    let south: Double
    let width: Double
    let height: Double
    let depth: Int
    let hint: Rule.Hint?
    let outerCentre: PlanePoint
    let candidates: [Int32]
  }

  private mutating func build() {
    let everything = (0..<Int32(rule.edgeCount)).map { $0 }
    nodes = [-2]
    var open = [
      Cell(
        node: 0, west: 0, south: box.south, width: box.width, height: box.north - box.south, depth: 0, hint: nil,
        outerCentre: PlanePoint(x: 0, y: 0), candidates: everything)
    ]
    while let cell = open.popLast() {
      let (centre, radius) = disc(west: cell.west, south: cell.south, width: cell.width, height: cell.height)
      let hint =
        cell.hint.map { rule.hint(at: centre, from: $0, at: cell.outerCentre, candidates: cell.candidates) }
        ?? rule.rootHint(at: centre)
      switch rule.judge(centre: centre, radius: radius, hint: hint, candidates: cell.candidates) {
      case .all(let answer): nodes[cell.node] = Self.code(answer)
      case .some(let near):
        if near.count <= Self.fewCandidates || cell.depth == Self.maximumDepth || nodes.count > Self.maximumNodes {
          nodes[cell.node] = Int32(-4 - leaves.count)
          leaves.append(Leaf(hint: hint, centre: centre, candidates: candidates.count..<candidates.count + near.count))
          candidates += near
          continue
        }
        nodes[cell.node] = Int32(nodes.count)
        for quarter in 0..<4 {
          open.append(
            Cell(
              node: nodes.count, west: cell.west + (quarter & 1 == 1 ? cell.width / 2 : 0),
              south: cell.south + (quarter & 2 == 2 ? cell.height / 2 : 0), width: cell.width / 2, height: cell.height / 2,
              depth: cell.depth + 1, hint: hint, outerCentre: centre, candidates: near))
          nodes.append(-2)
        }
      }
    }
  }

  /// A plane disc that holds a cell; `west` counts from the box's west.
  private func disc(west: Double, south: Double, width: Double, height: Double) -> (PlanePoint, Double) {
    func point(_ x: Double, _ y: Double) -> PlanePoint {
      projection.project(Position(longitude: wrappedDegrees(box.west + west + x * width), latitude: south + y * height))
    }
    let centre = point(0.5, 0.5)
    var square = 0.0
    for eighth in 0..<9 where eighth != 4 {
      let corner = point(Double(eighth % 3) / 2, Double(eighth / 3) / 2)
      let dx = corner.x - centre.x
      let dy = corner.y - centre.y
      square = max(square, dx * dx + dy * dy)
    }
    return (centre, square.squareRoot() * (width > 1 ? 1.02 : 1.001) + 0.001)
  }

  private static func code(_ answer: Containment) -> Int32 {
    switch answer {
    case .inside: -1
    case .outside: -2
    case .tooCloseToTell: -3
    }
  }

  /// The answer for a position.
  @inline(__always)
  func contains(_ position: Position) -> Containment {
    var u = position.longitude - box.west
    if u < 0 { u += 360 } else if u >= 360 { u -= 360 }
    let v = position.latitude - box.south
    // Also false for what is not a number.
    guard u >= 0, u <= box.width, v >= 0, position.latitude <= box.north else { return .outside }
    let column = UInt32(min(u * columnsPerDegree, Self.span - 1))
    let row = UInt32(min(v * rowsPerDegree, Self.span - 1))
    var shift: UInt32 = 29
    var node = nodes[0]
    while node >= 0 {
      let quarter = (column &>> shift) & 1 | ((row &>> shift) & 1) &<< 1
      node = nodes[Int(node) + Int(quarter)]
      shift &-= 1
    }
    switch node {
    case -1: return .inside
    case -2: return .outside
    case -3: return .tooCloseToTell
    default:
      let leaf = leaves[Int(-4 - node)]
      return rule.answer(projection.project(position), hint: leaf.hint, centre: leaf.centre, candidates: candidates[leaf.candidates])
    }
  }
}
