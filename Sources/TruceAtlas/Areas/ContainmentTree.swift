// A quadtree of answers: cells that lie wholly inside or outside are answered at once, the rest by the few edges near them.
internal import Foundation

/// What a containment tree needs to know of a shape: how to judge a whole disc, and one point.
///
/// Edges are known by their numbers; a cell's candidates are the edges that can matter to a point of it.
protocol ContainmentRule: Sendable {
  /// What a cell's centre passes on to the cells in it.
  associatedtype Hint: Sendable

  /// Cells with so few candidates are not divided.
  static var fewCandidates: Int { get }
  /// Cells above this depth are always divided: a uniform cell is answered faster than the nearest edges.
  static var minimumDepth: Int { get }

  /// How many edges there are.
  var edgeCount: Int { get }

  /// The hint of the root cell.
  func rootHint(at centre: PlanePoint) -> Hint

  /// The hint of a cell within another one, of which the candidates are known.
  func hint(at centre: PlanePoint, from outer: Hint, at outerCentre: PlanePoint, candidates: [Int32]) -> Hint

  /// One answer for every point within a disc, or the candidates that matter there.
  func judge(centre: PlanePoint, radius: Double, hint: Hint, candidates: [Int32]) -> Verdict

  /// The answer for a point within a cell.
  func answer(_ point: PlanePoint, hint: Hint, centre: PlanePoint, candidates: UnsafeBufferPointer<Int32>) -> Containment
}

/// One answer for a whole cell, or the edges that matter in it.
enum Verdict: Sendable {
  case all(Containment)
  case some([Int32])
}

/// How far a cell's candidates are from its centre, squared.
struct NearEdges {
  private let candidates: [Int32]
  private let squares: [Double]
  private(set) var leastSquare = Double.infinity

  init(_ centre: PlanePoint, _ edges: [PlaneEdge], _ candidates: [Int32]) {
    self.candidates = candidates
    var least = Double.infinity
    squares = edges.withUnsafeBufferPointer { edges in
      [Double](unsafeUninitializedCapacity: candidates.count) { squares, count in
        for number in candidates {
          let edge = edges[Int(number)]
          let square = squaredDistance(centre.x, centre.y, edge.from, edge.to)
          least = min(least, square)
          squares.initializeElement(at: count, to: square)
          count += 1
        }
      }
    }
    leastSquare = least
  }

  /// The candidates that are no farther than so many metres.
  func within(_ metres: Double) -> [Int32] {
    let reach = metres * metres
    return [Int32](unsafeUninitializedCapacity: candidates.count) { kept, count in
      for i in candidates.indices where squares[i] <= reach {
        kept.initializeElement(at: count, to: candidates[i])
        count += 1
      }
    }
  }
}

/// The tree over a box of longitudes and latitudes. Outside of the box the answer is `outside`.
///
/// A class, so that asking one of ten thousand trees counts one reference and not one for each of its arrays.
final class ContainmentTree<Rule: ContainmentRule>: Sendable {
  let rule: Rule
  let projection: LocalProjection
  let box: Extent
  private let columnsPerDegree: Double
  private let rowsPerDegree: Double
  private let cells: TreeCells<Rule.Hint>

  private static var span: Double { 1_073_741_824 }

  init(_ rule: Rule, projection: Projection, box: Extent) {
    self.rule = rule
    self.projection = LocalProjection(projection, over: box)
    self.box = box
    columnsPerDegree = Self.span / max(box.width, 1e-12)
    rowsPerDegree = Self.span / max(box.north - box.south, 1e-12)
    var builder = TreeBuilder(rule, self.projection, box)
    builder.build()
    cells = builder.cells
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
    let nodes = cells.nodes
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
      let leaf = cells.leaves[Int(-4 - node)]
      let point = projection.project(position)
      return cells.candidates.withUnsafeBufferPointer { all in
        let near = UnsafeBufferPointer(rebasing: all[Int(leaf.candidates.lowerBound)..<Int(leaf.candidates.upperBound)])
        return rule.answer(point, hint: leaf.hint, centre: leaf.centre, candidates: near)
      }
    }
  }
}
