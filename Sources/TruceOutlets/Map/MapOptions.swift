// What a map shows beside the ground.

/// How a map is drawn.
public struct MapOptions: Sendable, Hashable {
  /// Pixels across; heights follow from the ground's shape. 320 to 4000.
  public var width: Double
  /// The case's title and what was asked, above the map.
  public var showsTitle: Bool
  /// The key to colours and signs, below the map.
  public var showsLegend: Bool

  /// Options; a width outside 320 to 4000 is brought to the nearer of the two.
  public init(width: Double = 960, showsTitle: Bool = true, showsLegend: Bool = true) {
    self.width = min(4000, max(320, width.isFinite ? width : 960))
    self.showsTitle = showsTitle
    self.showsLegend = showsLegend
  }
}
