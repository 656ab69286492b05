// The sixteen points of the compass, and the arcs that they stand for.

/// A point of the compass.
public enum CompassPoint: Int, Sendable, Hashable, CaseIterable {
  case north, northNorthEast, northEast, eastNorthEast, east, eastSouthEast, southEast, southSouthEast
  case south, southSouthWest, southWest, westSouthWest, west, westNorthWest, northWest, northNorthWest

  /// Degrees clockwise from north.
  public var bearing: Double { Double(rawValue) * 22.5 }

  /// How fine a compass must be to have the point: 4, 8 or 16 points.
  public var rose: Int { rawValue % 4 == 0 ? 4 : rawValue % 2 == 0 ? 8 : 16 }

  private static let letters = [
    "n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw",
  ]

  /// A point from its letters (`NE`, `N.E.`) or its words (`north-east`, `northeastern`, `east-north-east`); nil for anything else.
  public init?(_ text: String) {
    var word = String(text.lowercased().filter { $0.isLetter })
    if let index = Self.letters.firstIndex(of: word) {
      self.init(rawValue: index)
      return
    }
    for ending in ["wards", "ward", "ern", "erly"] where word.hasSuffix(ending) { word.removeLast(ending.count) }
    var short = ""
    while !word.isEmpty {
      guard let (name, letter) = [("north", "n"), ("east", "e"), ("south", "s"), ("west", "w")].first(where: { word.hasPrefix($0.0) })
      else {
        return nil
      }
      short += letter
      word.removeFirst(name.count)
    }
    guard let index = Self.letters.firstIndex(of: short) else { return nil }
    self.init(rawValue: index)
  }
}
