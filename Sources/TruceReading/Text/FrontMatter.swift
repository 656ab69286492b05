// The lines between `---` and `---` with which a report file may open: source, date, language, title, address.
internal import TruceModel

/// Front matter, read from the head of a plain text.
struct FrontMatter {
  /// Front matter has at most so many lines; a longer run is prose between rules.
  static let longest = 40

  var source: String?
  var published: When?
  var language: String?
  var title: String?
  var address: String?
  /// The first byte of the prose.
  var end = 0
  var findings: [Finding] = []

  init(_ text: ArraySlice<UInt8>, zone: Zone) {
    end = text.startIndex
    var line = 0
    var at = text.startIndex
    var fields: [(String, String, Int)] = []
    while at < text.endIndex, line <= FrontMatter.longest {
      let stop = text[at...].prefix(2048).firstIndex(of: 0x0A) ?? min(text.endIndex, at + 2048)
      let row = trimmed(text[at..<stop])
      at = min(stop + 1, text.endIndex)
      line += 1
      if line == 1 {
        guard row == "---" else { return }
        continue
      }
      if row == "---" {
        end = at
        break
      }
      guard let colon = row.firstIndex(of: ":") else {
        if row.isEmpty { continue }
        return
      }
      let value = row[row.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      fields.append((row[..<colon].lowercased(), unquoted(String(value)), line))
    }
    guard end > text.startIndex else { return }
    for (key, value, line) in fields { take(key, value, line, zone) }
  }

  private mutating func take(_ key: String, _ value: String, _ line: Int, _ zone: Zone) {
    switch key {
    case "source": source = value
    case "language": language = value
    case "title": title = value
    case "address": address = value
    case "published":
      published = When(value, zone: zone, role: .reported, rule: "front-matter")
      if published == nil {
        findings.append(
          Finding(
            .error, "'\(value)' is no date: write a day as 2020-12-01 or a moment as 2020-12-01T06:30:00+04:00.", line: line,
            field: "published"))
      }
    default:
      findings.append(
        Finding(.note, "No such field; the front matter has source, published, language, title and address.", line: line, field: key))
    }
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var slice = bytes
    if slice.starts(with: [0xEF, 0xBB, 0xBF]) { slice = slice.dropFirst(3) }
    while let last = slice.last, isSpace(last) { slice = slice.dropLast() }
    while let first = slice.first, isSpace(first) { slice = slice.dropFirst() }
    return String(decoding: slice, as: UTF8.self)
  }

  private func unquoted(_ text: String) -> String {
    guard text.utf8.count >= 2, text.first == "\"", text.last == "\"" else { return text }
    return String(text.dropFirst().dropLast())
  }
}
