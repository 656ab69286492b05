// Many areas at once: which of ten thousand zones hold this position?
internal import Foundation

/// Prepared areas in a packed tree of their extents (Leutenegger 1997, "STR: a simple and efficient algorithm for R-tree packing").
public struct ZoneIndex: Sendable {
  /// A zone that holds a position, or may.
  public struct Hit: Sendable, Hashable {
    /// The zone's number in the order given.
    public var zone: Int
    /// `inside` or `tooCloseToTell`.
    public var containment: Containment

    public init(zone: Int, containment: Containment) {
      self.zone = zone
      self.containment = containment
    }
  }

  private struct Node {
    var west: Double
    var south: Double
    var east: Double
    var north: Double
    /// Of a leaf's item the zone's number, of a branch the index of its first child.
    var first: Int32
    /// Children; 0 for an item.
    var count: Int32

    func holds(_ longitude: Double, _ latitude: Double) -> Bool {
      longitude >= west && longitude <= east && latitude >= south && latitude <= north
    }
  }

  private static let fanOut = 8
  private let areas: [PreparedArea]
  private var nodes: [Node] = []

  /// - Parameter areas: ready-made, each with its own accuracy.
  public init(_ areas: [PreparedArea]) {
    self.areas = areas
    var items: [Node] = []
    for (number, area) in areas.enumerated() {
      let extent = area.extent
      let east = extent.west + extent.width
      items.append(
        Node(west: extent.west, south: extent.south, east: east, north: extent.north, first: Int32(number), count: 0))
      // What crosses the antimeridian is there a second time, a turn to the west.
      if east > 180 {
        items.append(
          Node(
            west: extent.west - 360, south: extent.south, east: east - 360, north: extent.north, first: Int32(number), count: 0))
      }
    }
    pack(items)
  }

  private mutating func pack(_ items: [Node]) {
    var level = items
    while level.count > Self.fanOut {
      let pages = (level.count + Self.fanOut - 1) / Self.fanOut
      let perSlice = Int(Double(pages).squareRoot().rounded(.up)) * Self.fanOut
      level.sort { $0.west + $0.east < $1.west + $1.east }
      var parents: [Node] = []
      for start in stride(from: 0, to: level.count, by: perSlice) {
        let slice = level[start..<min(start + perSlice, level.count)].sorted { $0.south + $0.north < $1.south + $1.north }
        for page in stride(from: 0, to: slice.count, by: Self.fanOut) {
          parents.append(parent(of: Array(slice[page..<min(page + Self.fanOut, slice.count)])))
        }
      }
      level = parents
    }
    if !level.isEmpty {
      let root = parent(of: level)
      nodes.append(root)
    }
  }

  /// Stores children one behind the other and makes the node that holds them.
  private mutating func parent(of children: [Node]) -> Node {
    var node = children[0]
    for child in children.dropFirst() {
      node.west = min(node.west, child.west)
      node.south = min(node.south, child.south)
      node.east = max(node.east, child.east)
      node.north = max(node.north, child.north)
    }
    node.first = Int32(nodes.count)
    node.count = Int32(children.count)
    nodes += children
    return node
  }

  /// The zones that hold a position or are too close to it to tell, by number.
  public func zones(at position: Position) -> [Hit] {
    var hits: [Hit] = []
    forEachZone(at: position) { hits.append($0) }
    hits.sort { $0.zone < $1.zone }
    return hits
  }

  /// Calls with the position's number and the zone for each hit of many positions.
  ///
  /// Positions are visited along a Z-order curve, so that neighbours find the same zones in the processor's cache: for a million
  /// positions several times faster than one by one.
  public func forEachHit(of positions: [Position], _ body: (Int, Hit) -> Void) {
    precondition(positions.count < 1 << 31, "at most 2,147,483,647 positions at a time")
    guard let root = nodes.last, root.east > root.west, root.north > root.south else { return }
    let columns = 65_535 / (root.east - root.west)
    let rows = 65_535 / (root.north - root.south)
    var order: [UInt64] = []
    order.reserveCapacity(positions.count)
    for (number, position) in positions.enumerated() where root.holds(position.longitude, position.latitude) {
      let column = UInt64((position.longitude - root.west) * columns)
      let row = UInt64((position.latitude - root.south) * rows)
      order.append((Self.spread(column) | Self.spread(row) << 1) << 32 | UInt64(number))
    }
    order.sort()
    for item in order {
      let number = Int(item & 0xFFFF_FFFF)
      forEachZone(at: positions[number]) { body(number, $0) }
    }
  }

  /// The low 16 bits, a zero between each two (Morton 1966).
  private static func spread(_ bits: UInt64) -> UInt64 {
    var x = bits & 0xFFFF
    x = (x | x << 8) & 0x00FF_00FF
    x = (x | x << 4) & 0x0F0F_0F0F
    x = (x | x << 2) & 0x3333_3333
    return (x | x << 1) & 0x5555_5555
  }

  /// Calls for each zone that holds a position or is too close to it to tell, in no order.
  @inline(__always)
  public func forEachZone(at position: Position, _ body: (Hit) -> Void) {
    guard let root = nodes.last, position.isOnEarth else { return }
    // Each level leaves at most seven siblings waiting; eleven levels hold more than 2³¹ items.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 96) { waiting in
      var top = 0
      let longitude = position.longitude == 180 ? -180 : position.longitude
      guard root.holds(longitude, position.latitude) else { return }
      waiting[0] = Int32(nodes.count - 1)
      top = 1
      while top > 0 {
        top -= 1
        let node = nodes[Int(waiting[top])]
        for child in node.first..<node.first + node.count {
          let next = nodes[Int(child)]
          guard next.holds(longitude, position.latitude) else { continue }
          if next.count > 0 {
            waiting[top] = child
            top += 1
          } else {
            let containment = areas[Int(next.first)].contains(position)
            if containment != .outside { body(Hit(zone: Int(next.first), containment: containment)) }
          }
        }
      }
    }
  }
}
