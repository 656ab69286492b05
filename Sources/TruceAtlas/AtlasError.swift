// Why the atlas cannot go on with a geometry, a file or a question.

/// A geometry, file or question that the atlas cannot use.
public struct AtlasError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A sentence: what is wrong, and what would be right.
  public var message: String
  /// The feature's name or id.
  public var feature: String?
  /// Where in the feature.
  public var position: Position?
  public var file: String?
  /// From 1.
  public var line: Int?

  public init(_ message: String, feature: String? = nil, position: Position? = nil, file: String? = nil, line: Int? = nil) {
    self.message = message
    self.feature = feature
    self.position = position
    self.file = file
    self.line = line
  }

  public var description: String {
    var text = ""
    if let file { text += file + ":" }
    if let line { text += "\(line):" }
    if !text.isEmpty { text += " " }
    if let feature { text += feature + ": " }
    text += message
    if let position { text += " (at \(position))" }
    return text
  }

  /// The same error about a feature.
  func naming(_ feature: String) -> AtlasError {
    var copy = self
    if copy.feature == nil { copy.feature = feature }
    return copy
  }
}

extension Position: CustomStringConvertible {
  /// Longitude and latitude in degrees to five places, about a metre: `46.55 E, 39.63742 N`.
  public var description: String {
    func text(_ degrees: Double) -> String {
      guard degrees.isFinite, abs(degrees) < 1e9 else { return "\(degrees)" }
      return "\((abs(degrees) * 100_000).rounded() / 100_000)"
    }
    return text(longitude) + (longitude < 0 ? " W, " : " E, ") + text(latitude) + (latitude < 0 ? " S" : " N")
  }
}
