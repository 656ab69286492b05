// Tables for a terminal: aligned columns that wrap within a width, whatever script the cells are written in.

/// How many cells of a terminal a text takes: 0 for marks that join, 2 for wide East Asian letters and emoji, else 1.
///
/// Source: Unicode Standard Annex 11, wide and fullwidth ranges of the blocks in use.
public func terminalWidth(_ text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
}

private func width(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

/// What a cell's text means to the eye; colours are optional and never the only sign.
enum Ink: Sendable, Hashable {
  case plain, strong, faint, good, warning, bad

  var code: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .faint: "2"
    case .good: "32"
    case .warning: "33"
    case .bad: "31"
    }
  }

  func paint(_ text: String, colour: Bool) -> String {
    guard colour, let code, !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

/// One cell of a table.
struct Cell: Sendable, Hashable {
  var text: String
  var ink: Ink

  /// A cell; its text is made safe for a terminal.
  init(_ text: String, _ ink: Ink = .plain) {
    self.text = terminalSafe(text)
    self.ink = ink
  }
}

/// A table of cells with a heading.
struct Table {
  var headings: [String]
  /// Columns whose text stands at the right.
  var numeric: Set<Int> = []
  var rows: [[Cell]] = []

  /// The table's lines, indented by two, each at most `width` cells wide where the columns' least widths allow.
  func render(width: Int, colour: Bool) -> String {
    let widths = columnWidths(available: max(40, width) - 2 - 2 * (headings.count - 1))
    var out = renderRow(headings.map { Cell($0, .faint) }, widths, colour: colour)
    for row in rows { out += renderRow(row, widths, colour: colour) }
    return out
  }

  private func columnWidths(available: Int) -> [Int] {
    var natural = headings.map { terminalWidth($0) }
    for row in rows {
      for (index, cell) in row.enumerated() { natural[index] = max(natural[index], terminalWidth(cell.text)) }
    }
    let least = natural.map { min($0, 10) }
    // The widest column gives way first, one cell at a time.
    while natural.reduce(0, +) > available {
      let shrinkable = natural.indices.filter { natural[$0] > least[$0] }
      guard let widest = shrinkable.max(by: { natural[$0] < natural[$1] }) else { break }
      natural[widest] -= 1
    }
    return natural
  }

  private func renderRow(_ cells: [Cell], _ widths: [Int], colour: Bool) -> String {
    let wrapped = cells.enumerated().map { wrap($0.element.text, width: widths[$0.offset]) }
    let height = wrapped.map(\.count).max() ?? 1
    var out = ""
    for line in 0..<height {
      var text = " "
      for (index, cell) in cells.enumerated() {
        let part = line < wrapped[index].count ? wrapped[index][line] : ""
        let space = String(repeating: " ", count: max(0, widths[index] - terminalWidth(part)))
        let inked = cell.ink.paint(part, colour: colour)
        text += index == 0 ? " " : "  "
        text += numeric.contains(index) ? space + inked : inked + (index == cells.count - 1 ? "" : space)
      }
      while text.last == " " { text.removeLast() }
      out += text + "\n"
    }
    return out
  }
}

/// A text in lines of at most `width` cells, broken between words, and within a word only where it is longer than a line.
func wrap(_ text: String, width: Int) -> [String] {
  guard terminalWidth(text) > width, width > 0 else { return [text] }
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if line.isEmpty {
      line = String(word)
    } else if terminalWidth(line) + 1 + terminalWidth(word) <= width {
      line += " " + word
    } else {
      lines.append(line)
      line = String(word)
    }
    while terminalWidth(line) > width {
      var head = ""
      while let first = line.first, terminalWidth(head) + terminalWidth(String(first)) <= width || head.isEmpty {
        head.append(first)
        line.removeFirst()
      }
      lines.append(head)
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines.isEmpty ? [""] : lines
}
