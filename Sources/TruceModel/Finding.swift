// What was found about an input: returned beside the result, never thrown.

/// A remark on an input or a result, with its place in the source.
public struct Finding: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    case note, warning, error

    public static func < (left: Severity, right: Severity) -> Bool {
      allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
  }

  public var severity: Severity
  /// A sentence: what is wrong, and what would be right.
  public var message: String
  /// The file, or what stands for it ("standard input").
  public var file: String?
  /// From 1.
  public var line: Int?
  /// In bytes, from 1.
  public var column: Int?
  /// The field's path, `parties[2].names`.
  public var field: String?
  /// The claims, entries or provisions that it rests on, as ids.
  public var evidence: [String]

  public init(
    _ severity: Severity, _ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil, field: String? = nil,
    evidence: [String] = []
  ) {
    self.severity = severity
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.field = field
    self.evidence = evidence
  }

  /// One line as compilers print it: `file:line:column: error: field: message`.
  public var description: String {
    var text = ""
    if let file { text += file + ":" }
    if let line { text += "\(line):" }
    if let column { text += "\(column):" }
    if !text.isEmpty { text += " " }
    text += severity.rawValue + ": "
    if let field { text += field + ": " }
    return text + message
  }
}
