// Reads the dates by which pages and feeds say when they were published: ISO 8601 and RFC 5322.
internal import TruceModel

enum PublicationDate {
  /// A publication's time from its text: a day, or a moment with an offset; nil where it is neither.
  static func read(_ text: String, zone: Zone) -> When? {
    let trimmed = text.drop { $0 == " " || $0 == "\n" }.prefix(64)
    let line = String(trimmed.reversed().drop { $0 == " " || $0 == "\n" }.reversed())
    if let instant = Instant(line) { return moment(instant, offset: offset(of: line)) }
    if let when = When(line, zone: zone, role: .reported, rule: "published") { return when }
    if line.utf8.count >= 10, let day = CivilDate(line.prefix(10)) { return When(day, zone: zone, role: .reported, rule: "published") }
    return mail(line)
  }

  private static func moment(_ instant: Instant, offset: Zone) -> When? {
    let whole = Instant(seconds: instant.milliseconds / 1000)
    return When(offset.text(whole), zone: offset, role: .reported, rule: "published")
  }

  private static func offset(of line: String) -> Zone {
    guard let sign = line.lastIndex(where: { $0 == "+" || $0 == "-" }), line.distance(from: line.startIndex, to: sign) > 10 else {
      return .utc
    }
    return Zone(String(line[sign...])) ?? .utc
  }

  /// "Tue, 01 Dec 2020 06:30:00 +0400" (RFC 5322 section 3.3).
  private static func mail(_ line: String) -> When? {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    var words = line.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
    if let first = words.first, Int(first) == nil { words.removeFirst() }
    guard words.count >= 4, let day = Int(words[0]), let month = months.firstIndex(of: words[1].prefix(3).lowercased()),
      let year = Int(words[2]),
      let date = CivilDate(year: year < 100 ? 2000 + year : year, month: month + 1, day: day)
    else { return nil }
    let clock = words[3].split(separator: ":").compactMap { Int($0) }
    guard clock.count >= 2, clock[0] < 24, clock[1] < 60 else { return nil }
    let zone = words.count > 4 ? Zone(words[4]) ?? .utc : .utc
    let instant = zone.instant(date, hour: clock[0], minute: clock[1], second: clock.count > 2 ? min(59, max(0, clock[2])) : 0)
    return When(zone.text(instant), zone: zone, role: .reported, rule: "published")
  }
}
