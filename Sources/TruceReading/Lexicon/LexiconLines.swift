// The lines of a lexicon file, without comments.

/// One file of a lexicon, cut into lines that say something.
struct LexiconLines {
  struct Line {
    var number: Int
    var text: Substring
  }

  let file: String
  let lines: [Line]

  /// The longest file that is read, in bytes.
  static let largest = 4 << 20

  init(file: String, text: String) throws(LexiconError) {
    guard text.utf8.count <= LexiconLines.largest else {
      throw LexiconError(file: file, line: 0, message: "A lexicon file has at most \(LexiconLines.largest) bytes.")
    }
    self.file = file
    var lines: [Line] = []
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let trimmed = line.trimmed
      if trimmed.isEmpty || trimmed.utf8.first == 0x23 { continue }
      lines.append(Line(number: number, text: trimmed))
    }
    self.lines = lines
  }

  func fail(_ line: Line, _ message: String) -> LexiconError { LexiconError(file: file, line: line.number, message: message) }

  /// A line `KEY: a, b, c` as its key and parts.
  func keyed(_ line: Line) throws(LexiconError) -> (key: String, parts: [Substring]) {
    guard let colon = line.text.utf8.firstIndex(of: 0x3A) else {
      throw fail(line, "A line opens with a class and a colon, as `place: district, town`.")
    }
    return (String(line.text[..<colon].trimmed), line.text[line.text.utf8.index(after: colon)...].parts(","))
  }
}

extension Substring {
  /// Without spaces at both ends.
  var trimmed: Substring {
    var view = self
    while let first = view.utf8.first, first == 0x20 || first == 0x09 || first == 0x0D { view = view.dropFirst() }
    while let last = view.utf8.last, last == 0x20 || last == 0x09 || last == 0x0D { view = view.dropLast() }
    return view
  }

  /// The parts between separators, trimmed, without empty ones.
  func parts(_ separator: Character) -> [Substring] { split(separator: separator).map(\.trimmed).filter { !$0.isEmpty } }
}
