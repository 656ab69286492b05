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

  /// A box of the tree with what it stands for: a zone, or another page.
  private struct Item {
    var west: Float
    var south: Float
    var east: Float
    var north: Float
    /// A zone's number, or 1 less than 0 less the number of a page.
    var what: Int32
    /// Where a zone stands among the packed ones; -1 where it does not.
    var start: Int32 = -1
  }

  /// Eight boxes side by side, so that one comparison asks all of them.
  ///
  /// Single precision is enough: rounding to it keeps order, so that no box loses a position that it holds.
  private struct Page {
    var west = SIMD8<Float>(repeating: .infinity)
    var south = SIMD8<Float>(repeating: .infinity)
    var east = SIMD8<Float>(repeating: -.infinity)
    var north = SIMD8<Float>(repeating: -.infinity)
    var what = SIMD8<Int32>(repeating: 0)
    var start = SIMD8<Int32>(repeating: -1)

    /// A bit for each box that holds the position.
    @inline(__always)
    func holding(_ longitude: Float, _ latitude: Float) -> Int32 {
      let x = SIMD8<Float>(repeating: longitude)
      let y = SIMD8<Float>(repeating: latitude)
      let held = (x .>= west) .& (x .<= east) .& (y .>= south) .& (y .<= north)
      return SIMD8<Int32>.zero.replacing(with: SIMD8(1, 2, 4, 8, 16, 32, 64, 128), where: held).wrappedSum()
    }
  }

  private static let fanOut = 8
  private let areas: [PreparedArea]
  private var packed = PackedAreas()
  private var pages: [Page] = []
  private var root: Item?

  /// - Parameter areas: ready-made, each with its own accuracy.
  public init(_ areas: [PreparedArea]) {
    self.areas = areas
    var items: [Item] = []
    for (number, area) in areas.enumerated() {
      let extent = area.extent
      let east = extent.west + extent.width
      let start = packed.add(area) ?? -1
      func item(_ turn: Double) -> Item {
        Item(
          west: Float(extent.west - turn), south: Float(extent.south), east: Float(east - turn), north: Float(extent.north),
          what: Int32(number), start: start)
      }
      items.append(item(0))
      // What crosses the antimeridian is there a second time, a turn to the west.
      if east > 180 { items.append(item(360)) }
    }
    pack(items)
  }

  private mutating func pack(_ items: [Item]) {
    guard !items.isEmpty else { return }
    var level = items
    while level.count > Self.fanOut {
      let count = (level.count + Self.fanOut - 1) / Self.fanOut
      let perSlice = Int(Double(count).squareRoot().rounded(.up)) * Self.fanOut
      level.sort { $0.west + $0.east < $1.west + $1.east }
      var parents: [Item] = []
      for start in stride(from: 0, to: level.count, by: perSlice) {
        let slice = level[start..<min(start + perSlice, level.count)].sorted { $0.south + $0.north < $1.south + $1.north }
        for page in stride(from: 0, to: slice.count, by: Self.fanOut) {
          parents.append(parent(of: slice[page..<min(page + Self.fanOut, slice.count)]))
        }
      }
      level = parents
    }
    root = parent(of: level[...])
  }

  /// Stores items as a page and makes the item that stands for it.
  private mutating func parent(of items: ArraySlice<Item>) -> Item {
    var page = Page()
    for (i, item) in items.enumerated() {
      (page.west[i], page.south[i], page.east[i], page.north[i]) = (item.west, item.south, item.east, item.north)
      (page.what[i], page.start[i]) = (item.what, item.start)
    }
    pages.append(page)
    return Item(west: page.west.min(), south: page.south.min(), east: page.east.max(), north: page.north.max(), what: -Int32(pages.count))
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
    guard let root, root.east > root.west, root.north > root.south else { return }
    let columns = 65_535 / (root.east - root.west)
    let rows = 65_535 / (root.north - root.south)
    var order: [UInt64] = []
    order.reserveCapacity(positions.count)
    for (number, position) in positions.enumerated() where position.isOnEarth {
      // Where it is outside of all zones its place along the curve does not matter.
      let column = UInt64(min(max((Float(position.longitude) - root.west) * columns, 0), 65_535))
      let row = UInt64(min(max((Float(position.latitude) - root.south) * rows, 0), 65_535))
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
    guard !pages.isEmpty, position.isOnEarth else { return }
    let longitude = Float(position.longitude == 180 ? -180 : position.longitude)
    let latitude = Float(position.latitude)
    // Each level leaves at most seven siblings waiting; eleven levels hold more than 2³¹ items.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 96) { waiting in
      waiting[0] = Int32(pages.count - 1)
      var top = 1
      pages.withUnsafeBufferPointer { pages in
        while top > 0 {
          top -= 1
          let page = Int(waiting[top])
          var held = pages[page].holding(longitude, latitude)
          while held != 0 {
            let i = held.trailingZeroBitCount
            held &= held - 1
            let what = pages[page].what[i]
            if what < 0 {
              waiting[top] = -1 - what
              top += 1
            } else {
              let start = pages[page].start[i]
              let containment = start >= 0 ? packed.contains(position, at: start) : areas[Int(what)].contains(position)
              if containment != .outside { body(Hit(zone: Int(what), containment: containment)) }
            }
          }
        }
      }
    }
  }
}
