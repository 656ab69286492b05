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
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let trimmed = Substring(line).trimmed
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
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last) else { return self }
    var view = utf8
    while let first = view.first, isSpace(first) { view = view.dropFirst() }
    while let last = view.last, isSpace(last) { view = view.dropLast() }
    return Substring(view)
  }

  /// The fields between separators (ASCII), trimmed, empty ones as well.
  func fields(_ separator: Character) -> [Substring] {
    guard let byte = separator.asciiValue else { return [] }
    return utf8.split(separator: byte, omittingEmptySubsequences: false).map { Substring($0).trimmed }
  }

  /// The words of a phrase that underscores join.
  var words: String { utf8.contains(0x5F) ? parts("_").joined(separator: " ") : String(self) }

  /// The parts between separators (ASCII), trimmed, without empty ones.
  func parts(_ separator: Character) -> [Substring] {
    guard let byte = separator.asciiValue else { return [] }
    var found: [Substring] = []
    for part in utf8.split(separator: byte) {
      let trimmed = Substring(part).trimmed
      if !trimmed.isEmpty { found.append(trimmed) }
    }
    return found
  }
}
