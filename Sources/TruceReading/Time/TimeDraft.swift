// A time expression as its words have it, before it is put in its place on the calendar.
internal import TruceModel

/// Units of time, finest first.
enum TimeUnit: Int, Sendable, Comparable {
  case second, minute, hour, day, week, month, quarter, year, decade, century

  /// The unit and how many of it a lexicon's code means ("2W" is two weeks).
  static func of(_ code: String) -> (unit: TimeUnit, count: Int)? {
    switch code {
    case "TS": (.second, 1)
    case "TM": (.minute, 1)
    case "TH": (.hour, 1)
    case "D": (.day, 1)
    case "W": (.week, 1)
    case "2W": (.week, 2)
    case "M": (.month, 1)
    case "Q": (.quarter, 1)
    case "Y": (.year, 1)
    case "DE": (.decade, 1)
    case "CE": (.century, 1)
    default: nil
    }
  }

  static func < (left: TimeUnit, right: TimeUnit) -> Bool { left.rawValue < right.rawValue }
}

/// A length of time: "two and a half years", "several days".
struct Length: Sendable {
  /// Nil where the text leaves it open ("several").
  var count: Double?
  var unit: TimeUnit

  /// The window of "the following two weeks", beside -1, 0 and 1: after the day that the text last named.
  static let afterText = 2

  /// The ISO 8601 duration, `X` for an open number: `P5Y`, `PT30M`, `PXD`, decades and centuries in years.
  var value: String {
    let designator: (String, String, Double) =
      switch unit {
      case .second: ("PT", "S", 1)
      case .minute: ("PT", "M", 1)
      case .hour: ("PT", "H", 1)
      case .day: ("P", "D", 1)
      case .week: ("P", "W", 1)
      case .month: ("P", "M", 1)
      case .quarter: ("P", "Q", 1)
      case .year: ("P", "Y", 1)
      case .decade: count == nil ? ("P", "DE", 1) : ("P", "Y", 10)
      case .century: count == nil ? ("P", "CE", 1) : ("P", "Y", 100)
      }
    guard let count else { return designator.0 + "X" + designator.1 }
    let scaled = count * designator.2
    let number = scaled == scaled.rounded() && abs(scaled) < 1e12 ? String(Int(scaled)) : String(scaled)
    return designator.0 + number + designator.1
  }
}

/// Which year a date without digits of a year means.
enum YearOf: Sendable, Equatable {
  case unsaid
  case fixed(Int)
  /// So many years after the publication's.
  case relative(Int)
}

/// What the words name.
enum Base: Sendable {
  case day(YearOf, month: Int, day: Int)
  case month(YearOf, Int)
  case year(YearOf)
  /// The first three or two digits of its years.
  case decade(Int)
  case century(Int)
  /// "the 25th".
  case bareDay(Int)
  /// A weekday, in the week -1, 0, 1 or in none that is said.
  case weekday(Int, direction: Int?)
  /// So many days from the publication.
  case fromPublication(days: Int)
  /// So many units from the publication: "last week", "two years ago"; its grain is the unit.
  case shifted(TimeUnit, by: Int)
  /// So long after the last time of the text: "the next day", "ten days later".
  case fromText(TimeUnit, by: Int)
  /// "the same day".
  case textDay
  /// "since then": the last time of the text, as fine as it was.
  case textTime
  /// So long after an event of the agreement.
  case fromAnchor(String, Length, sign: Int)
  case season(YearOf, String, direction: Int?)
  case quarter(YearOf, Int)
  case half(YearOf, Int)
  case weekend(direction: Int)
  case reference(String)
  /// A length; `window` -1 reaches back from the publication, 1 forward, 0 stands by itself.
  case length(Length, window: Int)
  /// A recurrence with its TIMEX value.
  case set(String)
  case holiday(YearOf, month: Int, day: Int)
  /// An EDTF date from the lexicon.
  case named(String)
  /// A week of a month ("the last week of March"): its number from 1, or -1 for the last.
  case weekOfMonth(Int, YearOf, month: Int)
  /// Nothing but a time of day.
  case clockOnly
}

/// A time of day.
struct Clock: Sendable, Equatable {
  var hour: Int
  var minute: Int
  var second: Int?
}

/// A part of the day: its TIMEX3 code and its minutes.
struct DayPart: Sendable, Equatable {
  var code: String
  var minutes: Range<Int>
}

/// Part of a period: the start, the middle, the end.
enum PeriodPart: String, Sendable {
  case start = "START"
  case mid = "MID"
  case end = "END"
}

/// A time expression as its words have it; a class, because rules hand it on all the time and only one of them holds it.
///
/// Each property is read or set and done with at once, so that no access need be watched for.
final class TimeDraft {
  @exclusivity(unchecked) var start: Int
  /// The token after the last.
  @exclusivity(unchecked) var end: Int
  @exclusivity(unchecked) var base: Base
  /// The end of a range that the words give as one expression.
  @exclusivity(unchecked) var last: Base?
  @exclusivity(unchecked) var part: PeriodPart?
  @exclusivity(unchecked) var dayPart: DayPart?
  @exclusivity(unchecked) var clock: Clock?
  @exclusivity(unchecked) var zone: Zone?
  /// True where a zone's words say "local".
  @exclusivity(unchecked) var isLocal = false
  /// True where the zone is written as UTC.
  @exclusivity(unchecked) var isUTC = false
  /// `~`, `?` or `%`.
  @exclusivity(unchecked) var qualifier: Character?
  /// "overnight", "the night of D to D": it crosses midnight.
  @exclusivity(unchecked) var isNight = false
  @exclusivity(unchecked) var rule: String

  init(_ start: Int, _ end: Int, _ base: Base, _ rule: String) {
    self.start = start
    self.end = end
    self.base = base
    self.rule = rule
  }
}
