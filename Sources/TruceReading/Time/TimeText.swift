// Writes the values of TIMEX3: dates, weeks, quarters, times of day.
internal import TruceModel

enum TimeText {
  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  static func four(_ number: Int) -> String {
    let text = String(number)
    return text.utf8.count >= 4 ? text : String(repeating: "0", count: 4 - text.utf8.count) + text
  }

  static func clock(_ clock: Clock) -> String {
    let text = two(clock.hour) + ":" + two(clock.minute)
    return clock.second.map { text + ":" + two($0) } ?? text
  }

  /// A day's ISO 8601 week: `2020-W48`.
  static func week(_ day: CivilDate) -> String {
    let thursday = day.adding(days: 4 - day.weekday)
    let first = CivilDate(year: thursday.year, month: 1, day: 1)!
    return four(thursday.year) + "-W" + two((thursday.daysSinceEpoch - first.daysSinceEpoch) / 7 + 1)
  }
}
