// The Extended Date/Time Format (ISO 8601-2 section 4): what truce reads and writes of it, and the days that it allows.

/// An EDTF expression of the profile that truce uses: dates of any precision, date-times, unspecified digits, seasons,
/// qualifiers, intervals with open or unknown ends, and the sets `[..D]`, `[A..B]`, `[A..]`.
public struct EDTF: Sendable, Hashable, CustomStringConvertible {
  /// How fine the expression is; of an interval, the finer end.
  public enum Grain: String, Sendable, Hashable, CaseIterable, Comparable {
    case century, decade, year, season, month, day, time

    public static func < (left: Grain, right: Grain) -> Bool {
      Grain.allCases.firstIndex(of: left)! < Grain.allCases.firstIndex(of: right)!
    }
  }

  /// One end of an interval, or a single date.
  public enum Point: Sendable, Hashable {
    case date(first: CivilDate, last: CivilDate, grain: Grain)
    case time(CivilDate, hour: Int, minute: Int, second: Int, offsetSeconds: Int?)
    /// `..`: no bound.
    case open
    /// Nothing: not known.
    case unknown
  }

  /// The expression as it was written.
  public let text: String
  /// The start of an interval or set, or the date itself.
  public let start: Point
  /// The end of an interval or set; nil for a single date.
  public let end: Point?
  /// `[A..B]`: one moment between A and B, not the whole stretch.
  public let isOneOf: Bool
  /// `?` uncertain, `~` approximate, `%` both; of either end.
  public let qualifier: Character?

  /// An expression of the profile, else nil.
  public init?(_ text: String) {
    guard text.utf8.count <= 80, !text.isEmpty else { return nil }
    self.text = text
    if let slash = text.firstIndex(of: "/") {
      guard let a = EDTF.point(text[..<slash]), let b = EDTF.point(text[text.index(after: slash)...]) else { return nil }
      if case .date(let first, _, _) = a.0, case .date(_, let last, _) = b.0, last < first { return nil }
      (start, end, isOneOf, qualifier) = (a.0, b.0, false, a.1 ?? b.1)
    } else if text.hasPrefix("["), text.hasSuffix("]") {
      let inner = text.dropFirst().dropLast()
      guard let dots = inner.range(of: "..") else { return nil }
      let left = inner[..<dots.lowerBound]
      let right = inner[dots.upperBound...]
      guard let a = left.isEmpty ? (.open, nil) : EDTF.point(left), let b = right.isEmpty ? (.open, nil) : EDTF.point(right) else {
        return nil
      }
      (start, end, isOneOf, qualifier) = (a.0, b.0, true, a.1 ?? b.1)
    } else {
      guard let a = EDTF.point(text[...]), a.0 != .unknown, a.0 != .open else { return nil }
      (start, end, isOneOf, qualifier) = (a.0, nil, false, a.1)
    }
  }

  public var description: String { text }

  /// The finer grain of the expression's ends; nil where neither end is bounded.
  public var grain: Grain? {
    func grain(_ point: Point?) -> Grain? {
      switch point {
      case .date(_, _, let grain): grain
      case .time: .time
      default: nil
      }
    }
    let both = [grain(start), grain(end)].compactMap { $0 }
    return both.max()
  }

  /// The moments that a point allows in a zone, half-open; nil where it bounds nothing.
  public static func window(_ point: Point, in zone: Zone) -> Range<Instant>? {
    switch point {
    case .date(let first, let last, _):
      return zone.instant(first)..<max(zone.instant(first), zone.instant(last.adding(days: 1)))
    case .time(let day, let hour, let minute, let second, let offset):
      let zone = offset.map { Zone(offsetSeconds: $0) } ?? zone
      let from = zone.instant(day, hour: hour, minute: minute, second: max(0, second))
      return from..<from.adding(seconds: second < 0 ? 60 : 1)
    case .open, .unknown:
      return nil
    }
  }

  private static func point(_ text: Substring) -> (Point, Character?)? {
    if text == ".." { return (.open, nil) }
    if text.isEmpty { return (.unknown, nil) }
    var text = text
    var qualifier: Character?
    if let last = text.last, "?~%".contains(last) {
      qualifier = last
      text = text.dropLast()
    }
    if let t = text.firstIndex(of: "T") {
      guard let day = CivilDate(text[..<t]) else { return nil }
      return time(day, Array(text[text.index(after: t)...].utf8)).map { ($0, qualifier) }
    }
    return date(text).map { ($0, qualifier) }
  }

  private static func time(_ day: CivilDate, _ bytes: [UInt8]) -> Point? {
    guard bytes.count >= 5, bytes[2] == 0x3A, let hour = decimal(bytes[0..<2]), let minute = decimal(bytes[3..<5]), hour < 24, minute < 60
    else { return nil }
    var at = 5
    var second = -1
    if bytes.count >= 8, bytes[5] == 0x3A {
      guard let value = decimal(bytes[6..<8]), value < 60 else { return nil }
      second = value
      at = 8
    }
    if at == bytes.count { return .time(day, hour: hour, minute: minute, second: second, offsetSeconds: nil) }
    guard let offset = Instant.offset(bytes[at...]) else { return nil }
    return .time(day, hour: hour, minute: minute, second: second, offsetSeconds: offset)
  }

  private static func date(_ text: Substring) -> Point? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].utf8.count == 4 else { return nil }
    let unspecified = parts[0].reversed().prefix { $0 == "X" }.count
    guard unspecified <= 2, let prefix = decimal(Array(parts[0].utf8).dropLast(unspecified)) else { return nil }
    if unspecified > 0 {
      guard parts.count == 1 else { return nil }
      let span = unspecified == 1 ? 10 : 100
      return .date(
        first: CivilDate(unchecked: prefix * span, 1, 1), last: CivilDate(unchecked: prefix * span + span - 1, 12, 31),
        grain: unspecified == 1 ? .decade : .century)
    }
    let year = prefix
    let whole = Point.date(first: CivilDate(unchecked: year, 1, 1), last: CivilDate(unchecked: year, 12, 31), grain: .year)
    guard parts.count > 1 else { return whole }
    if parts[1] == "XX" { return parts.count == 2 || parts[2] == "XX" ? whole : nil }
    guard parts[1].utf8.count == 2, let month = decimal(Array(parts[1].utf8)[...]) else { return nil }
    if (21...24).contains(month), parts.count == 2 {
      // Northern seasons by whole months: spring is March to May, winter December to February.
      let first = CivilDate(unchecked: year, (month - 21) * 3 + 3, 1)
      return .date(first: first, last: first.adding(months: 2).endOfMonth, grain: .season)
    }
    guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
    if parts.count == 2 || parts[2] == "XX" { return .date(first: first, last: first.endOfMonth, grain: .month) }
    guard parts[2].utf8.count == 2, let day = decimal(Array(parts[2].utf8)[...]), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return .date(first: date, last: date, grain: .day)
  }
}

extension Substring {
  /// Where a short text first stands, by bytes.
  fileprivate func range(of needle: String) -> Range<Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(needle) { return at..<index(at, offsetBy: needle.count) }
      at = index(after: at)
    }
    return nil
  }
}
