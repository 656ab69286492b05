// SVG text, one element a line, every text and attribute escaped.

/// Builds an SVG document.
struct SVGWriter {
  private(set) var text = ""
  private var depth = 0

  /// Opens an element.
  mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    line("<\(name)\(render(attributes))>")
    depth += 1
  }

  mutating func close(_ name: String) {
    depth -= 1
    line("</\(name)>")
  }

  /// An element with text or nothing in it.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: String? = nil) {
    if let content {
      line("<\(name)\(render(attributes))>\(xmlEscaped(content))</\(name)>")
    } else {
      line("<\(name)\(render(attributes))/>")
    }
  }

  private func render(_ attributes: KeyValuePairs<String, String?>) -> String {
    attributes.reduce(into: "") { out, attribute in
      if let value = attribute.value { out += " \(attribute.key)=\"\(xmlEscaped(value))\"" }
    }
  }

  private mutating func line(_ content: String) {
    text += String(repeating: " ", count: depth) + content + "\n"
  }
}

/// The path of rings or of an open line.
func pathData(_ rings: [[Pixel]], isClosed: Bool) -> String {
  rings.map { ring in
    var points = ring
    if isClosed, points.count > 1, points.first == points.last { points.removeLast() }
    let steps = points.map { "\(decimal($0.x)) \(decimal($0.y))" }
    return "M" + steps.joined(separator: "L") + (isClosed ? "Z" : "")
  }.joined(separator: " ")
}
