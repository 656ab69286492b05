// Writes changes into `places.yaml` and leaves every other line as it is, comments too.
internal import Foundation
internal import TruceModel

/// `places.yaml` as lines, into which places and definitions are set.
struct PlacesWriter {
  private var lines: [String]
  /// Spaces before the `-` of a place.
  private var indent = 2

  /// - Throws: where the file is not laid out as a list of places, one `- id:` a line.
  init(_ bytes: [UInt8]) throws(AtlasError) {
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    if let first = lines.first(where: { $0.drop(while: { $0 == " " }).hasPrefix("- id:") }) {
      indent = first.prefix { $0 == " " }.count
    } else if let empty = lines.firstIndex(where: { $0.hasPrefix("places:") }) {
      lines[empty] = "places:"
    } else {
      throw AtlasError("the file has no `places:`; it should be a list of places")
    }
  }

  /// The file with the changes in it.
  func taking(_ changes: [PlaceChange], names: [PlaceID: [Name]]) throws(AtlasError) -> [UInt8] {
    var copy = self
    for change in changes {
      switch change.act {
      case .addPlace: copy.append(change, names: names[change.place] ?? [Name(change.name)])
      case .addDefinition: try copy.insert(change)
      case .unchanged, .refuse: break
      }
    }
    return Array((copy.lines.joined(separator: "\n") + "\n").utf8)
  }

  private mutating func append(_ change: PlaceChange, names: [Name]) {
    let space = String(repeating: " ", count: indent)
    lines += ["\(space)- id: \(change.place)", "\(space)  kind: \(change.kind.rawValue)", "\(space)  names:"]
    for name in names {
      let language = name.language.map { ", language: \(Self.quoted($0))" } ?? ""
      lines.append(
        language.isEmpty ? "\(space)    - \(Self.quoted(name.text))" : "\(space)    - {text: \(Self.quoted(name.text))\(language)}")
    }
    lines.append("\(space)  definitions:")
    lines += Self.definition(change.definition, indent: indent + 4)
  }

  /// Sets a definition behind the last that the place has.
  private mutating func insert(_ change: PlaceChange) throws(AtlasError) {
    func depth(_ line: String) -> Int? {
      let rest = line.drop { $0 == " " }
      return rest.isEmpty || rest.hasPrefix("#") ? nil : line.count - rest.count
    }
    func isPlace(_ line: String) -> Bool {
      guard depth(line) == indent, line.dropFirst(indent).hasPrefix("- id:") else { return false }
      let value = line.dropFirst(indent + 5).prefix { $0 != "#" }
      return value.trimmingCharacters(in: CharacterSet(charactersIn: " \"'")) == change.place.rawValue
    }
    guard let start = lines.firstIndex(where: isPlace) else {
      throw AtlasError("`- id: \(change.place)` does not stand on a line of its own; write each place as a block")
    }
    let end = lines[(start + 1)...].firstIndex { line in depth(line).map { $0 <= indent } ?? false } ?? lines.count
    guard let head = lines[start..<end].firstIndex(where: { depth($0) == indent + 2 && $0.dropFirst(indent + 2).hasPrefix("definitions:") })
    else {
      let last = lastWritten(start, end, depth)
      let space = String(repeating: " ", count: indent)
      lines.insert(contentsOf: ["\(space)  definitions:"] + Self.definition(change.definition, indent: indent + 4), at: last + 1)
      return
    }
    let value = lines[head].dropFirst(indent + 14).prefix { $0 != "#" }
    guard value.allSatisfy(\.isWhitespace) else {
      throw AtlasError("`definitions` of \(change.place) stand in one line; write them as a block", line: head + 1)
    }
    var stop = end
    if let next = lines[(head + 1)..<end].firstIndex(where: { line in
      guard let here = depth(line) else { return false }
      return here < indent + 2 || (here == indent + 2 && !line.dropFirst(here).hasPrefix("-"))
    }) {
      stop = next
    }
    let first = lines[(head + 1)..<stop].compactMap(depth).first ?? indent + 4
    lines.insert(contentsOf: Self.definition(change.definition, indent: first), at: lastWritten(head, stop, depth) + 1)
  }

  /// The last line that is neither empty nor a comment.
  private func lastWritten(_ start: Int, _ end: Int, _ depth: (String) -> Int?) -> Int {
    lines[start..<end].lastIndex { depth($0) != nil } ?? start
  }

  private static func definition(_ definition: Place.Definition, indent: Int) -> [String] {
    let space = String(repeating: " ", count: indent)
    var lines: [String] = []
    switch definition.geometry {
    case .point(let position): lines = ["\(space)- point: \(text(position))"]
    case .line(let line): lines = shape("line", [line], depth: 1, space)
    case .polygon(let rings): lines = shape("polygon", rings, depth: rings.count == 1 ? 1 : 2, space)
    case .multiPolygon(let polygons):
      lines = ["\(space)- multiPolygon:"]
      for rings in polygons {
        for (i, ring) in rings.enumerated() {
          let lead = i == 0 ? "    - - " : "      - "
          lines += wrapped(ring, first: space + lead, rest: space + "        ")
        }
      }
    }
    lines.append("\(space)  accuracyMetres: \(number(definition.accuracyMetres))")
    lines.append("\(space)  source: \(quoted(definition.source))")
    lines.append("\(space)  licence: \(quoted(definition.licence))")
    if let period = definition.period { lines.append("\(space)  period: \(quoted(period))") }
    if definition.isSchematic { lines.append("\(space)  schematic: true") }
    return lines
  }

  private static func shape(_ key: String, _ rings: [[Position]], depth: Int, _ space: String) -> [String] {
    var lines = ["\(space)- \(key):"]
    for ring in rings {
      lines +=
        depth == 1
        ? wrapped(ring, first: space + "    ", rest: space + "     ") : wrapped(ring, first: space + "    - ", rest: space + "       ")
    }
    return lines
  }

  /// A list of positions in lines of about 120 letters.
  private static func wrapped(_ positions: [Position], first: String, rest: String) -> [String] {
    var lines: [String] = []
    var line = first + "["
    for (i, position) in positions.enumerated() {
      let text = text(position) + (i + 1 == positions.count ? "]" : ", ")
      if line.utf8.count + text.utf8.count > 120, line.contains("],") {
        lines.append(String(line.dropLast()))
        line = rest
      }
      line += text
    }
    lines.append(line)
    return lines
  }

  /// Degrees as they were read, to the last digit.
  private static func text(_ position: Position) -> String { "[\(number(position.longitude)), \(number(position.latitude))]" }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// A text that YAML reads as this text: in double quotes with escapes, or bare where nothing in it means anything.
  static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.first!.isLetter
      && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == " " || $0 == "-" }
      && text.last != " " && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: quoted += "\\x" + String(scalar.value + 0x100, radix: 16).dropFirst()
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
