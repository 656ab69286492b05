// The Extended Date/Time Format (ISO 8601-2 section 4): what truce reads and writes of it, and the days that it allows.

/// An EDTF expression of the profile that truce uses: dates of any precision, date-times, unspecified digits, seasons,
/// qualifiers, intervals with open or unknown ends, and the sets `[..D]`, `[A..B]`, `[A..]`.
public struct EDTF: Sendable, Hashable, CustomStringConvertible {
  /// How fine the expression is; of an interval, the finer end.
  public enum Grain: String, Sendable, Hashable, CaseIterable, Comparable {
    case century, decade, year, season, month, day, time

    private var rank: Int {
      switch self {
      case .century: 0
      case .decade: 1
      case .year: 2
      case .season: 3
      case .month: 4
      case .day: 5
      case .time: 6
      }
    }

    public static func < (left: Grain, right: Grain) -> Bool { left.rank < right.rank }
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
    var copy = text
    guard let read = copy.withUTF8({ EDTF.read($0[...]) }) else { return nil }
    self.text = text
    (start, end, isOneOf, qualifier) = read
  }

  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  private static func read(_ text: Bytes) -> (Point, Point?, Bool, Character?)? {
    if let slash = text.firstIndex(of: 0x2F) {
      guard let a = point(text[..<slash]), let b = point(text[(slash + 1)...]) else { return nil }
      if case .date(let first, _, _) = a.0, case .date(_, let last, _) = b.0, last < first { return nil }
      return (a.0, b.0, false, a.1 ?? b.1)
    }
    if text.count >= 2, text.first == 0x5B, text.last == 0x5D {
      let inner = text.dropFirst().dropLast()
      guard let dots = inner.indices.dropLast().first(where: { inner[$0] == 0x2E && inner[$0 + 1] == 0x2E }) else { return nil }
      let left = inner[..<dots]
      let right = inner[(dots + 2)...]
      guard let a = left.isEmpty ? (.open, nil) : point(left), let b = right.isEmpty ? (.open, nil) : point(right) else { return nil }
      return (a.0, b.0, true, a.1 ?? b.1)
    }
    guard let a = point(text), a.0 != .unknown, a.0 != .open else { return nil }
    return (a.0, nil, false, a.1)
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
    guard let first = grain(start), let last = grain(end) else { return grain(start) ?? grain(end) }
    return max(first, last)
  }

  /// The moments that a point allows in a zone, half-open; nil where it bounds nothing.
  public static func window(_ point: Point, in zone: Zone) -> Range<Instant>? {
    switch point {
    case .date(let first, let last, _):
      let start = zone.instant(first)
      return start..<max(start, zone.instant(last.adding(days: 1)))
    case .time(let day, let hour, let minute, let second, let offset):
      let zone = offset.map { Zone(offsetSeconds: $0) } ?? zone
      let from = zone.instant(day, hour: hour, minute: minute, second: max(0, second))
      return from..<from.adding(seconds: second < 0 ? 60 : 1)
    case .open, .unknown:
      return nil
    }
  }

  private static func point(_ text: Bytes) -> (Point, Character?)? {
    guard let last = text.last else { return (.unknown, nil) }
    if text.count == 2, last == 0x2E, text.first == 0x2E { return (.open, nil) }
    var text = text
    var qualifier: Character?
    switch last {
    case 0x3F: qualifier = "?"
    case 0x7E: qualifier = "~"
    case 0x25: qualifier = "%"
    default: break
    }
    if qualifier != nil { text = text.dropLast() }
    if let t = text.firstIndex(of: 0x54) {
      guard let day = CivilDate(bytes: text[..<t]) else { return nil }
      return time(day, text[(t + 1)...]).map { ($0, qualifier) }
    }
    return date(text).map { ($0, qualifier) }
  }

  private static func time(_ day: CivilDate, _ bytes: Bytes) -> Point? {
    let start = bytes.startIndex
    guard bytes.count >= 5, bytes[start + 2] == 0x3A, let hour = decimal(bytes[start..<start + 2]),
      let minute = decimal(bytes[start + 3..<start + 5]), hour < 24, minute < 60
    else { return nil }
    var at = start + 5
    var second = -1
    if bytes.count >= 8, bytes[at] == 0x3A {
      guard let value = decimal(bytes[at + 1..<at + 3]), value < 60 else { return nil }
      second = value
      at += 3
    }
    if at == bytes.endIndex { return .time(day, hour: hour, minute: minute, second: second, offsetSeconds: nil) }
    guard let offset = Instant.offset(bytes[at...]) else { return nil }
    return .time(day, hour: hour, minute: minute, second: second, offsetSeconds: offset)
  }

  private static func date(_ text: Bytes) -> Point? {
    if let day = CivilDate(bytes: text) { return .date(first: day, last: day, grain: .day) }
    let parts = text.split(separator: 0x2D, maxSplits: 3, omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].count == 4 else { return nil }
    let unspecified = parts[0].reversed().prefix { $0 == 0x58 }.count
    guard unspecified <= 2, let prefix = decimal(parts[0].dropLast(unspecified)) else { return nil }
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
    func isUnspecified(_ part: Bytes) -> Bool { part.count == 2 && part.first == 0x58 && part.last == 0x58 }
    if isUnspecified(parts[1]) { return parts.count == 2 || isUnspecified(parts[2]) ? whole : nil }
    guard parts[1].count == 2, let month = decimal(parts[1]) else { return nil }
    if (21...24).contains(month), parts.count == 2 {
      // Northern seasons by whole months: spring is March to May, winter December to February.
      let first = CivilDate(unchecked: year, (month - 21) * 3 + 3, 1)
      return .date(first: first, last: first.adding(months: 2).endOfMonth, grain: .season)
    }
    guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
    if parts.count == 2 || isUnspecified(parts[2]) { return .date(first: first, last: first.endOfMonth, grain: .month) }
    guard parts[2].count == 2, let day = decimal(parts[2]), let date = CivilDate(year: year, month: month, day: day) else { return nil }
    return .date(first: date, last: date, grain: .day)
  }
}
