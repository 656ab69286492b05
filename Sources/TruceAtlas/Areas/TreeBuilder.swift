// Builds a containment tree's cells.
internal import Foundation

/// A containment tree's cells in three arrays.
struct TreeCells<Hint: Sendable>: Sendable {
  /// A cell that is answered by its nearest edges.
  struct Leaf: Sendable {
    let hint: Hint
    let centre: PlanePoint
    /// Where its edges stand in `candidates`.
    let candidates: Range<UInt32>
  }

  /// A cell: 0 or more is the index of the first of its four quarters, -1 to -3 an answer, below that a leaf's number.
  var nodes: [Int32] = [-2]
  var leaves: [Leaf] = []
  var candidates: [Int32] = []
}

/// Divides a box into cells until each has one answer or few edges.
struct TreeBuilder<Rule: ContainmentRule> {
  /// Divisions at most: a cell of a 100 km box is then 6 metres wide.
  static var maximumDepth: Int { 14 }
  /// Cells at most, however many edges.
  static var maximumNodes: Int { 4_000_000 }

  private let rule: Rule
  private let projection: LocalProjection
  private let box: Extent
  private(set) var cells = TreeCells<Rule.Hint>()

  init(_ rule: Rule, _ projection: LocalProjection, _ box: Extent) {
    self.rule = rule
    self.projection = projection
    self.box = box
  }

  /// A cell still to be judged; `west` counts from the box's west.
  private struct Open {
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

  /// Divides cells until each has one answer or few edges.
  mutating func build() {
    let everything = (0..<Int32(rule.edgeCount)).map { $0 }
    cells.nodes = [-2]
    var open = [
      Open(
        node: 0, west: 0, south: box.south, width: box.width, height: box.north - box.south, depth: 0, hint: nil,
        outerCentre: PlanePoint(x: 0, y: 0), candidates: everything)
    ]
    while let cell = open.popLast() {
      let (centre, radius) = disc(west: cell.west, south: cell.south, width: cell.width, height: cell.height)
      let hint =
        cell.hint.map { rule.hint(at: centre, from: $0, at: cell.outerCentre, candidates: cell.candidates) }
        ?? rule.rootHint(at: centre)
      switch rule.judge(centre: centre, radius: radius, hint: hint, candidates: cell.candidates) {
      case .all(let answer): cells.nodes[cell.node] = Self.code(answer)
      case .some(let near):
        if (near.count <= Rule.fewCandidates && cell.depth >= Rule.minimumDepth) || cell.depth == Self.maximumDepth
          || cells.nodes.count > Self.maximumNodes
        {
          cells.nodes[cell.node] = Int32(-4 - cells.leaves.count)
          cells.leaves.append(
            TreeCells.Leaf(
              hint: hint, centre: centre, candidates: UInt32(cells.candidates.count)..<UInt32(cells.candidates.count + near.count)))
          cells.candidates += near
          continue
        }
        cells.nodes[cell.node] = Int32(cells.nodes.count)
        for quarter in 0..<4 {
          open.append(
            Open(
              node: cells.nodes.count, west: cell.west + (quarter & 1 == 1 ? cell.width / 2 : 0),
              south: cell.south + (quarter & 2 == 2 ? cell.height / 2 : 0), width: cell.width / 2, height: cell.height / 2,
              depth: cell.depth + 1, hint: hint, outerCentre: centre, candidates: near))
          cells.nodes.append(-2)
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
}
