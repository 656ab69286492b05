// Whether a text tells of days long past, as an encyclopedia does, and not of the days of its publication.
internal import TruceModel

/// What a text's dates say of when it was written.
struct History {
  /// The first date whose year the text gives.
  private(set) var firstDate: CivilDate?
  /// Whether the text is such a one, if it has no dateline.
  private(set) var isOne = false

  init(_ drafts: [TimeDraft], isOfEncyclopedia: Bool, published: CivilDate?) {
    guard let published else { return }
    var isFirstOld: Bool?
    var lastYear = 0
    var isOfNews = false
    for draft in drafts {
      switch draft.base {
      case .day(let year, let month, let day):
        note(year, month, day)
        isFirstOld = isFirstOld ?? (year != .unsaid)
        if year == .unsaid, isNear(month, day, published) { isOfNews = true }
      case .month(let year, let month):
        if draft.rule.hasSuffix("-month"), draft.rule != "text-month" { isOfNews = true }
        note(year, month, 1)
        isFirstOld = isFirstOld ?? (year != .unsaid)
      case .fromPublication: isOfNews = isOfNews || !History.isOfText(draft)
      case .weekday, .weekend, .shifted(_, by: ..<0), .shifted(_, by: 1...): isOfNews = true
      case .year(.fixed(let year)): lastYear = max(lastYear, year)
      case .year(.relative), .quarter(.unsaid, ...0): isOfNews = true
      default: break
      }
      if let latest, latest.year >= published.year { isOfNews = true }
    }
    // "Amid the 1983 offensive": the year of days that the text names without one.
    if isOfEncyclopedia, firstDate == nil, count > 0, lastYear > 0 { firstDate = CivilDate(year: lastYear, month: 12, day: 31) }
    guard let firstDate else {
      // Days of years that nothing tells.
      isOne = isOfEncyclopedia && !isOfNews && count > 0
      return
    }
    isOne =
      isOfEncyclopedia
      || count >= History.several && !isOfNews && isFirstOld == true && published.daysSinceEpoch - firstDate.daysSinceEpoch > History.long
  }

  /// How many days and months the text names.
  private var count = 0
  private static let several = 3

  /// The last date whose year the text gives.
  private var latest: CivilDate?

  private mutating func note(_ year: YearOf, _ month: Int, _ day: Int) {
    count += 1
    guard case .fixed(let year) = year, let date = CivilDate(year: year, month: month, day: day) else { return }
    firstDate = firstDate ?? date
    latest = max(latest ?? date, date)
  }

  /// Days after which nobody tells news.
  private static let long = 300

  /// "overnight", "the day": of the text's days.
  private static func isOfText(_ draft: TimeDraft) -> Bool { draft.rule == "overnight" || draft.rule == "the-day" }

  /// Whether a day without a year is one of the days before the publication.
  private func isNear(_ month: Int, _ day: Int, _ published: CivilDate) -> Bool {
    guard let date = CivilDate(year: published.year, month: month, day: day) else { return false }
    return (-1..<5).contains(published.daysSinceEpoch - date.daysSinceEpoch)
  }
}
