// Reads the shapes of a case's places: positions as `[longitude, latitude]`, lines, rings.
internal import TruceModel
internal import Yams

/// Reads one shape and says what is wrong with it.
struct ShapeReader {
  /// Positions of one ring, at most: what a text file can still be edited with.
  static let ringLimit = 100_000
  /// Rings up to so many positions are checked for crossings pair by pair, longer ones by GEOS.
  private static let pairLimit = 200

  let fields: Fields
  let path: String

  private func error(_ message: String, _ node: Node, _ path: String) {
    fields.findings.error(message, at: fields.text.spot(node.mark, path))
  }

  func position(_ node: Node, _ path: String) -> Position? {
    guard let pair = node.sequence, pair.count == 2 else {
      error("a position is `[longitude, latitude]` in degrees", node, path)
      return nil
    }
    guard let longitude = fields.number(pair[0], in: -180...180, unit: "degrees east", path: path + "[0]"),
      let latitude = fields.number(pair[1], in: -90...90, unit: "degrees north", path: path + "[1]")
    else { return nil }
    return Position(longitude: longitude, latitude: latitude)
  }

  func line(_ node: Node, _ path: String) -> [Position]? {
    guard let line = positions(node, path) else { return nil }
    guard line.count >= 2 else {
      error("a line has at least two positions", node, path)
      return nil
    }
    return line
  }

  /// One ring, or a list of rings of which the first is the outer one.
  func polygon(_ node: Node, _ path: String) -> [[Position]]? {
    let isSingle = node.sequence?.first?.sequence?.first?.scalar != nil
    if isSingle { return ring(node, path, isOuter: true).map { [$0] } }
    guard let rings = node.sequence, !rings.isEmpty else {
      error("a polygon is a ring of positions, or a list of rings: the outer one, then its holes", node, path)
      return nil
    }
    var read: [[Position]] = []
    for (index, node) in rings.enumerated() {
      guard let ring = ring(node, "\(path)[\(index)]", isOuter: index == 0) else { return nil }
      read.append(ring)
    }
    return read
  }

  func multiPolygon(_ node: Node, _ path: String) -> [[[Position]]]? {
    guard let polygons = node.sequence, !polygons.isEmpty else {
      error("a multiPolygon is a list of polygons", node, path)
      return nil
    }
    var read: [[[Position]]] = []
    for (index, node) in polygons.enumerated() {
      guard let polygon = polygon(node, "\(path)[\(index)]") else { return nil }
      read.append(polygon)
    }
    return read
  }

  private func positions(_ node: Node, _ path: String) -> [Position]? {
    guard let nodes = node.sequence else {
      error("this must be a list of positions, `[longitude, latitude]` each", node, path)
      return nil
    }
    var read: [Position] = []
    for (index, node) in nodes.enumerated() {
      guard let position = position(node, "\(path)[\(index)]") else { return nil }
      read.append(position)
    }
    return read
  }

  private func ring(_ node: Node, _ path: String, isOuter: Bool) -> [Position]? {
    guard let ring = positions(node, path) else { return nil }
    guard ring.count >= 4, ring.count <= ShapeReader.ringLimit else {
      error("a ring has 4 to \(ShapeReader.ringLimit) positions; this one has \(ring.count)", node, path)
      return nil
    }
    guard ring.first == ring.last else {
      error("the ring is not closed; repeat its first position at the end", node, path)
      return nil
    }
    // A position written twice in a row is no side, and a ring across the antimeridian goes on beyond 180 degrees.
    let kept = ring.indices.filter { $0 == 0 || ring[$0] != ring[$0 - 1] }
    var plain = kept.map { ring[$0] }
    for i in plain.indices.dropFirst() {
      plain[i].longitude = plain[i - 1].longitude + wrappedDegrees(plain[i].longitude - plain[i - 1].longitude)
    }
    if let (i, j) = plain.count <= ShapeReader.pairLimit ? ShapeReader.crossing(plain) : ShapeReader.crossingOfMany(plain) {
      error("the ring crosses itself: the sides from position \(kept[i]) and from position \(kept[j]) meet", node, path)
      return nil
    }
    if (ShapeReader.area(plain) > 0) != isOuter {
      error(
        "\(isOuter ? "an outer ring runs anticlockwise" : "a hole runs clockwise"); write its positions the other way round", node, path)
      return nil
    }
    return ring
  }

  /// Twice the ring's area in square degrees, positive where it runs anticlockwise.
  static func area(_ ring: [Position]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.longitude * $1.1.latitude - $1.1.longitude * $1.0.latitude }
  }

  /// Two sides of a ring that meet elsewhere than where one ends and the next begins, by GEOS's check of validity.
  private static func crossingOfMany(_ ring: [Position]) -> (Int, Int)? {
    let points = ring.map { PlanePoint(x: $0.longitude, y: $0.latitude) }
    guard let shape = try? GEOSContext().polygon([points]) else { return (0, 0) }
    guard let fault = shape.invalidity() else { return nil }
    guard let at = fault.at else { return (0, 0) }
    // The nearest side, and of those that do not touch it the nearest other.
    let squares = zip(points, points.dropFirst()).map { squaredDistance(at.x, at.y, $0, $1) }
    let first = squares.indices.min { squares[$0] < squares[$1] } ?? 0
    let second = squares.indices.filter { abs($0 - first) > 1 }.min { squares[$0] < squares[$1] } ?? first
    return (min(first, second), max(first, second))
  }

  /// The first two sides of a ring that meet elsewhere than where one ends and the next begins.
  static func crossing(_ ring: [Position]) -> (Int, Int)? {
    func turn(_ a: Position, _ b: Position, _ c: Position) -> Double {
      (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude) * (c.longitude - a.longitude)
    }
    func spans(_ a: Position, _ b: Position, _ c: Position) -> Bool {
      min(a.longitude, b.longitude) <= c.longitude && c.longitude <= max(a.longitude, b.longitude)
        && min(a.latitude, b.latitude) <= c.latitude && c.latitude <= max(a.latitude, b.latitude)
    }
    let sides = ring.count - 1
    for i in 0..<sides {
      let (a, b) = (ring[i], ring[i + 1])
      if a == b { return (i, i + 1) }
      for j in (i + 1)..<max(i + 1, sides) {
        let (c, d) = (ring[j], ring[j + 1])
        if j == i + 1 {
          if turn(a, b, d) == 0, spans(a, b, d) || spans(c, d, a) { return (i, j) }
          continue
        }
        if i == 0, j == sides - 1 { continue }
        let (p, q, r, s) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b))
        let isProper = ((p > 0) != (q > 0)) && ((r > 0) != (s > 0)) && p != 0 && q != 0 && r != 0 && s != 0
        let touches = (p == 0 && spans(a, b, c)) || (q == 0 && spans(a, b, d)) || (r == 0 && spans(c, d, a)) || (s == 0 && spans(c, d, b))
        if isProper || touches { return (i, j) }
      }
    }
    return nil
  }
}
