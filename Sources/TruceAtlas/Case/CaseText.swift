// One file of a case as YAML nodes, and the list in which everything found about the files is collected.
internal import TruceModel
internal import Yams

/// Everything that is found while a case's files are read. A class, because every reader of a field adds to the one list.
final class CaseFindings {
  /// More findings than anyone reads: the rest is counted and not listed.
  static let limit = 200

  private(set) var list: [Finding] = []
  private var dropped = 0

  var hasErrors: Bool { dropped > 0 || list.contains { $0.severity == .error } }

  func add(_ severity: Finding.Severity, _ message: String, at spot: Spot) {
    guard list.count < CaseFindings.limit else {
      dropped += 1
      return
    }
    list.append(Finding(severity, message, file: spot.file, line: spot.line, column: spot.column, field: spot.field))
  }

  func error(_ message: String, at spot: Spot) { add(.error, message, at: spot) }

  /// The findings by file, line and column.
  func sorted() -> [Finding] {
    var all = list.enumerated().sorted { left, right in
      let a = (left.element.file ?? "", left.element.line ?? 0, left.element.column ?? 0, left.offset)
      return a < (right.element.file ?? "", right.element.line ?? 0, right.element.column ?? 0, right.offset)
    }.map(\.element)
    if dropped > 0 { all.append(Finding(.error, "\(dropped) more findings are not listed; mend these first")) }
    return all
  }
}

/// A place in a case's file: where a finding points to.
struct Spot {
  var file: String
  var line: Int?
  var column: Int?
  var field: String?
}

/// One file of a case: its name, its lines and its root node.
struct CaseText {
  /// No file of a case is larger; a case is written by people.
  static let byteLimit = 16 * 1024 * 1024

  let name: String
  private let lines: [Substring]
  let root: Node?

  /// A file from its bytes. What does not parse is found, and has no root.
  init(name: String, bytes: [UInt8], findings: CaseFindings) {
    self.name = name
    guard bytes.count <= CaseText.byteLimit else {
      findings.error("the file has \(bytes.count) bytes; a case's file has at most \(CaseText.byteLimit)", at: Spot(file: name))
      (lines, root) = ([], nil)
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      findings.error("the file is not UTF-8; save it as UTF-8", at: CaseText.firstBadByte(in: bytes, file: name))
      (lines, root) = ([], nil)
      return
    }
    if let zero = bytes.firstIndex(of: 0) {
      let before = bytes[..<zero]
      let line = before.count { $0 == 0x0A } + 1
      let column = zero - (before.lastIndex(of: 0x0A) ?? -1)
      findings.error("the file holds a zero byte; it is no YAML text", at: Spot(file: name, line: line, column: column))
      (lines, root) = ([], nil)
      return
    }
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    do {
      // The basic resolver keeps every scalar a text: which text is a number or a truth value is for the field to say.
      root = try Yams.compose(yaml: text, .basic, .default, .utf8)
      if root == nil { findings.error("the file is empty; see docs/case-format.md for what it holds", at: Spot(file: name)) }
    } catch let error as YamlError {
      root = nil
      let (message, mark) = CaseText.words(for: error)
      findings.error("this is not YAML: \(message)", at: spot(mark, nil))
    } catch {
      root = nil
      findings.error("this is not YAML: \(error)", at: Spot(file: name))
    }
  }

  /// Where a node stands; columns count bytes from 1.
  func spot(_ mark: Mark?, _ field: String?) -> Spot {
    guard let mark, mark.line >= 1 else { return Spot(file: name, field: field) }
    var column = mark.column
    if mark.line <= lines.count {
      let before = lines[mark.line - 1].unicodeScalars.prefix(max(0, mark.column - 1))
      column = before.reduce(1) { $0 + UTF8.width($1) }
    }
    return Spot(file: name, line: mark.line, column: column, field: field)
  }

  private static func words(for error: YamlError) -> (String, Mark?) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return ([context?.text, problem].compactMap { $0 }.joined(separator: ", "), mark)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return ("the key \(duplicates.map { "`\($0)`" }.joined(separator: ", ")) stands twice in one mapping", context.mark)
    case .reader(let problem, _, _, _):
      return (problem, nil)
    default:
      return ("\(error)", nil)
    }
  }

  private static func firstBadByte(in bytes: [UInt8], file: String) -> Spot {
    var line = 1
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      if String(validating: bytes[start..<end], as: UTF8.self) == nil { break }
      (line, start) = (line + 1, end + 1)
    }
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
    var good = start
    for length in stride(from: 1, through: end - start, by: 1) {
      if String(validating: bytes[start..<start + length], as: UTF8.self) != nil {
        good = start + length
      } else if length + start > good + 4 {
        break
      }
    }
    return Spot(file: file, line: line, column: good - start + 1)
  }
}
