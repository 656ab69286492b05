// A mapping of a case's file, read field by field: each reader takes one key, checks it and says what would be right.
internal import Foundation
internal import TruceModel
internal import Yams

/// The fields of one mapping. `finish()` reports the keys that nobody read.
final class Fields {
  let text: CaseText
  let node: Node
  let path: String
  let findings: CaseFindings
  private let pairs: [(key: String, keyNode: Node, value: Node)]
  private var known: Set<String> = []

  /// The fields of a node, or nil (and a finding) where it is no mapping.
  init?(_ node: Node, path: String, text: CaseText, findings: CaseFindings) {
    self.text = text
    self.node = node
    self.path = path
    self.findings = findings
    guard let mapping = node.mapping else {
      findings.error("this must be fields, `key: value` each, not \(Fields.kind(node))", at: text.spot(node.mark, path))
      return nil
    }
    pairs = mapping.map { (key: $0.key.scalar?.string ?? "", keyNode: $0.key, value: $0.value) }
  }

  /// The path of a field.
  func at(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

  func spot(_ key: String? = nil) -> Spot {
    guard let key else { return text.spot(node.mark, path.isEmpty ? nil : path) }
    return text.spot(peek(key)?.mark ?? node.mark, at(key))
  }

  func error(_ message: String, _ key: String? = nil) { findings.error(message, at: spot(key)) }

  private func peek(_ key: String) -> Node? { pairs.first { $0.key == key }?.value }

  /// The value of a key; takes note that the key is known.
  func value(_ key: String, required: Bool = false) -> Node? {
    known.insert(key)
    let found = peek(key)
    if found == nil, required { error("the field `\(key)` is missing", nil) }
    if let scalar = found?.scalar, scalar.string.isEmpty || (scalar.style == .plain && ["~", "null"].contains(scalar.string)) {
      error("the field has no value; write one or leave the field out", key)
      return nil
    }
    return found
  }

  func has(_ key: String) -> Bool {
    known.insert(key)
    return peek(key) != nil
  }

  /// A text in Unicode's normal form C, without surrounding white space.
  func string(_ key: String, required: Bool = false) -> String? {
    guard let node = value(key, required: required) else { return nil }
    guard let scalar = node.scalar else {
      error("this must be a text, not \(Fields.kind(node))", key)
      return nil
    }
    return Fields.normalised(scalar.string)
  }

  static func normalised(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      // Nearly every text has nothing to trim; Foundation would copy it twice to find out.
      if let first = text.utf8.first, let last = text.utf8.last, first > 0x20, last > 0x20 { return text }
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return text.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A number in a range.
  func number(_ key: String, in range: ClosedRange<Double>, unit: String, required: Bool = false) -> Double? {
    guard let node = value(key, required: required) else { return nil }
    return number(node, in: range, unit: unit, path: at(key))
  }

  func number(_ node: Node, in range: ClosedRange<Double>, unit: String, path: String) -> Double? {
    guard let scalar = node.scalar,
      scalar.string.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }),
      let number = Double(scalar.string), number.isFinite
    else {
      findings.error("this must be a number of \(unit), not \(Fields.kind(node))", at: text.spot(node.mark, path))
      return nil
    }
    guard range.contains(number) else {
      let low = Fields.decimal(range.lowerBound)
      let high = Fields.decimal(range.upperBound)
      findings.error("\(scalar.string) is out of range; \(unit) here run from \(low) to \(high)", at: text.spot(node.mark, path))
      return nil
    }
    return number
  }

  func integer(_ key: String, in range: ClosedRange<Int>, unit: String, required: Bool = false) -> Int? {
    guard let number = number(key, in: Double(range.lowerBound)...Double(range.upperBound), unit: unit, required: required) else {
      return nil
    }
    guard number.rounded() == number else {
      error("this must be a whole number of \(unit)", key)
      return nil
    }
    return Int(number)
  }

  /// A number or a list of two: a range of what was measured or estimated.
  func range(_ key: String, in range: ClosedRange<Double>, unit: String, required: Bool = false) -> ClosedRange<Double>? {
    guard let node = value(key, required: required) else { return nil }
    guard let sequence = node.sequence else {
      return number(node, in: range, unit: unit, path: at(key)).map { $0...$0 }
    }
    guard sequence.count == 2 else {
      error("a range is two numbers, `[least, most]`; this list has \(sequence.count)", key)
      return nil
    }
    guard let low = number(sequence[0], in: range, unit: unit, path: at(key) + "[0]"),
      let high = number(sequence[1], in: range, unit: unit, path: at(key) + "[1]")
    else { return nil }
    guard low <= high else {
      error("the range runs backwards; write the smaller number first", key)
      return nil
    }
    return low...high
  }

  func bool(_ key: String) -> Bool? {
    guard let node = value(key) else { return nil }
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      error("this must be `true` or `false`", key)
      return nil
    }
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type, required: Bool = false) -> Word?
  where Word.RawValue == String {
    guard let text = string(key, required: required) else { return nil }
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue)
      error("`\(text)` is no word of this field; it takes \(Fields.list(words))" + Fields.suggestion(text, among: words), key)
      return nil
    }
    return word
  }

  /// The elements of a list; an absent field is an empty list.
  func list(_ key: String, required: Bool = false) -> [(node: Node, path: String)] {
    guard let node = value(key, required: required) else { return [] }
    guard let sequence = node.sequence else {
      error("this must be a list, not \(Fields.kind(node))", key)
      return []
    }
    return sequence.enumerated().map { ($0.element, at(key) + "[\($0.offset)]") }
  }

  /// The elements of a list that are mappings.
  func mappings(_ key: String, required: Bool = false) -> [Fields] {
    list(key, required: required).compactMap { Fields($0.node, path: $0.path, text: text, findings: findings) }
  }

  /// Texts: a list of them, or a single one.
  func strings(_ key: String, required: Bool = false) -> [(text: String, spot: Spot)] {
    guard let node = value(key, required: required) else { return [] }
    if let scalar = node.scalar { return [(Fields.normalised(scalar.string), text.spot(node.mark, at(key)))] }
    return list(key).compactMap { node, path in
      guard let scalar = node.scalar, !scalar.string.isEmpty else {
        findings.error("this must be a text, not \(Fields.kind(node))", at: text.spot(node.mark, path))
        return nil
      }
      return (Fields.normalised(scalar.string), text.spot(node.mark, path))
    }
  }

  /// Reports every key that no reader asked for.
  func finish() {
    for pair in pairs where !known.contains(pair.key) {
      let words = known.sorted()
      let what = pair.key.isEmpty ? "a key must be a text" : "`\(pair.key)` is no field here; the fields are \(Fields.list(words))"
      let isCutText = pair.value.scalar?.string.isEmpty == true && pair.key.contains(" ")
      let hint = isCutText ? "; inside `{ }` a text that holds a comma stands in quotes" : Fields.suggestion(pair.key, among: words)
      findings.error(what + hint, at: text.spot(pair.keyNode.mark, at(pair.key)))
    }
  }

  static func kind(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "the text `\(scalar.string.prefix(40))`"
    case .mapping: "fields"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  static func list(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }

  static func decimal(_ number: Double) -> String {
    number.rounded() == number && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }

  /// "; did you mean `x`?" where a known word is near, else nothing.
  static func suggestion(_ text: String, among words: [String]) -> String {
    let near = words.map { ($0, distance(text, $0)) }.min { $0.1 < $1.1 }
    guard let near, near.1 <= max(1, text.count / 3) else { return "" }
    return "; did you mean `\(near.0)`?"
  }

  /// Levenshtein's distance over the first 64 bytes of each.
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.lowercased().utf8.prefix(64))
    let b = Array(right.lowercased().utf8.prefix(64))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
