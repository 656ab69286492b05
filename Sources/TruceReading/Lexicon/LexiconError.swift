// What is wrong with a lexicon file, and where.

/// An error in a lexicon's file: it names the file, the line and what would be right.
public struct LexiconError: Error, Sendable, CustomStringConvertible {
  public let file: String
  /// From 1; 0 where the file itself is what is wrong.
  public let line: Int
  public let message: String

  public var description: String { line > 0 ? "\(file):\(line): error: \(message)" : "\(file): error: \(message)" }
}
