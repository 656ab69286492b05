// Puts time expressions in their place on the calendar: years from the publication or the text, weekdays by tense, offsets from anchors.
internal import TruceModel

/// What has been read so far of one document, and how a draft becomes a day.
struct TimeResolver {
  /// A stretch of days with its TIMEX3 value; the value alone where the days are not known.
  struct Resolved {
    var value: String
    var first: CivilDate?
    var last: CivilDate?
    var type: TimexType = .date
    var isVague = false
    /// False where the year had to be inferred.
    var isExplicit = true
  }

  let published: CivilDate?
  let scan: TimeScan
  /// Days of the agreement's events by name ("signing").
  let anchors: [String: CivilDate]
  let isMonthFirst: Bool?
  /// True of a text that tells of the past by its own dates: it has no dateline and no word that counts from its publication.
  let isNarrative: Bool

  /// The last day or month that the text named, and where.
  private(set) var lastDay: CivilDate?
  /// The last day that the text named as a day: "the same day" never means a month's first.
  private(set) var lastNamedDay: CivilDate?
  private var lastTime: Resolved?
  private var lastParagraph = -1
  /// The year of the last date whose year the text gave, or that was inferred from such a one.
  private var chainYear: Int?
  private var chainParagraph = -10
  /// The first date with a year in a text of days long past: those before it are of the months that lead to it.
  private let openingDate: CivilDate?

  init(
    _ scan: TimeScan, published: CivilDate?, anchors: [String: CivilDate], isMonthFirst: Bool?, isNarrative: Bool,
    openingDate: CivilDate? = nil
  ) {
    self.openingDate = openingDate
    self.isNarrative = isNarrative
    self.scan = scan
    self.published = published
    self.anchors = anchors
    self.isMonthFirst = isMonthFirst
  }

  /// Keeps what later expressions of the text refer to.
  mutating func remember(_ draft: TimeDraft, _ resolved: Resolved, paragraph: Int) {
    guard let first = resolved.first, resolved.type == .date || resolved.type == .time, !isInPassing(draft, first) else { return }
    lastTime = resolved
    switch draft.base {
    case .day(let year, _, _):
      lastDay = resolved.last ?? first
      lastNamedDay = lastDay
      lastParagraph = paragraph
      note(year, first, paragraph)
    case .month(let year, _):
      lastDay = first
      lastParagraph = paragraph
      note(year, first, paragraph)
    case .weekday, .fromText, .bareDay, .fromPublication:
      lastDay = first
      if resolved.first == resolved.last { lastNamedDay = first }
      lastParagraph = paragraph
    case .season(let year, _, _): note(year, first, paragraph)
    case .year(let year):
      // "In 1993, ..." opens a narrative; a year in passing does not.
      if chainYear == nil && published == nil || scan.startsSentence(draft.start, within: 2) { note(year, first, paragraph) }
    default: break
    }
  }

  /// "left all that they had held before 9 July 2008", in a narrative of a later year: it goes on as if that were not said.
  private func isInPassing(_ draft: TimeDraft, _ first: CivilDate) -> Bool {
    // "... had left it the previous night", "a week earlier": told in passing.
    if isNarrative, let lastNamedDay, first < lastNamedDay, case .fromText(_, by: ..<0) = draft.base { return true }
    guard isNarrative, draft.start > 0, first.year < chainYear ?? 0 || first < lastNamedDay ?? first else { return false }
    return TimeResolver.bounds.contains(scan.tokens[draft.start - 1].form) && !scan.startsSentence(draft.start, within: 2)
  }

  private mutating func note(_ year: YearOf, _ first: CivilDate, _ paragraph: Int) {
    if case .fixed = year {
      chainYear = first.year
      chainParagraph = paragraph
    } else if chainYear != nil, openingDate != nil || paragraph <= chainParagraph + 1 {
      chainYear = first.year
      chainParagraph = paragraph
    }
  }

  /// The year of a day or month for which the text gives none; nil where nothing tells it.
  private func year(month: Int, day: Int?, _ draft: TimeDraft, paragraph: Int) -> Int? {
    var governor = draft.start > 0 ? scan.tokens[draft.start - 1].form : Form.none
    // "since the April 8 attacks".
    if draft.start > 1, governor == Mentions.the { governor = scan.tokens[draft.start - 2].form }
    let isSince = governor == TimeResolver.since && (chainYear == nil || chainYear == published?.year)
    if !isSince || openingDate != nil, let chainYear, runsOn(paragraph), chainYear != published?.year || published == nil {
      // A narrative: the year runs on, over a new year where the month falls far back.
      guard let lastDay, lastDay.year == chainYear else { return chainYear }
      if lastDay.month - month >= 9 { return chainYear + 1 }
      if month - lastDay.month >= 9 { return chainYear - 1 }
      return chainYear
    }
    if let openingDate {
      let isBefore = (month, day ?? 1) <= (openingDate.month, openingDate.day)
      return chainYear ?? (isBefore ? openingDate.year : openingDate.year - 1)
    }
    guard let published else { return nil }
    let from = published.daysSinceEpoch
    func distance(_ year: Int) -> Int {
      let length = CivilDate.daysInMonth(month, of: year)
      let first = CivilDate(year: year, month: month, day: min(day ?? 1, length))!.daysSinceEpoch
      if day != nil { return first - from }
      let last = first + length - 1
      return from < first ? first - from : from > last ? last - from : 0
    }
    let years = [published.year - 1, published.year, published.year + 1]
    let tense = isSince ? .past : tense(draft)
    switch tense {
    // "undertook to leave by July 18", "by the end of March, he said": a deadline lies on either side.
    case .past where TimeResolver.deadlines.contains(governor) && !isPerfect(draft):
      return years.min { abs(distance($0)) < abs(distance($1)) }
    // "declared a truce from March 12": soon.
    case .past:
      guard let year = years.last(where: { distance($0) <= (governor == TimeResolver.from ? 14 : 1) }) else { return nil }
      // "called for a truce at midnight on 24 December", two days before: nobody leaves out the year of a day so long past.
      return day != nil && distance(year) < -335 ? year + 1 : year
    case .future: return years.first { distance($0) >= -60 }
    case .unknown: return years.min { abs(distance($0)) < abs(distance($1)) }
    }
  }

  private static let bounds = FormSet(["since", "before", "after", "until", "of"])
  private static let since = Form("since")
  private static let from = Form("from")
  private static let deadlines = FormSet(["by", "before", "until", "till"])

  /// True where a date goes on with the year of a narrative: in news only in the same paragraph.
  private func runsOn(_ paragraph: Int) -> Bool {
    openingDate != nil || paragraph <= chainParagraph + (isNarrative || published == nil ? 3 : 0)
  }

  private func fixed(_ year: YearOf, month: Int, day: Int?, _ draft: TimeDraft, _ paragraph: Int) -> Int? {
    switch year {
    case .fixed(let year): year
    case .relative(let offset): published.map { $0.year + offset }
    case .unsaid: self.year(month: month, day: day, draft, paragraph: paragraph)
    }
  }

  /// The days of a draft's first base.
  func resolve(_ draft: TimeDraft, paragraph: Int) -> Resolved {
    var result = resolve(draft.base, draft, paragraph: paragraph)
    if let last = draft.last, let start = result.first {
      let end = resolve(last.withYear(sameYear(last, as: start)), draft, paragraph: paragraph)
      if let stop = end.last, start <= stop {
        result.last = stop
        result.value += "/" + end.value
      }
    }
    return result
  }

  private func sameYear(_ base: Base, as start: CivilDate) -> YearOf {
    switch base {
    case .day(.unsaid, let month, let day): .fixed((month, day) < (start.month, start.day) ? start.year + 1 : start.year)
    case .day(let year, _, _): year
    default: .unsaid
    }
  }

  func period(_ first: CivilDate, _ last: CivilDate, _ value: String) -> Resolved {
    Resolved(value: value, first: first, last: last)
  }

  private func wholeMonth(_ year: Int, _ month: Int) -> Resolved {
    guard let first = CivilDate(year: year, month: month, day: 1) else { return Resolved(value: "XXXX-\(TimeText.two(month))") }
    return period(first, first.endOfMonth, "\(TimeText.four(year))-\(TimeText.two(month))")
  }

  private func wholeYear(_ year: Int) -> Resolved {
    guard let first = CivilDate(year: year, month: 1, day: 1) else { return Resolved(value: "XXXX") }
    return period(first, CivilDate(year: year, month: 12, day: 31)!, TimeText.four(year))
  }

  private func single(_ day: CivilDate?, _ unknown: String = "XXXX-XX-XX") -> Resolved {
    guard let day else { return Resolved(value: unknown) }
    return period(day, day, day.description)
  }

  private func resolve(_ base: Base, _ draft: TimeDraft, paragraph: Int) -> Resolved {
    switch base {
    case .day(let yearOf, let month, let day):
      var (month, day) = (month, day)
      if draft.rule == "numeric-open", case .fixed(let year) = yearOf, isMonthFirst(year, month, day) { swap(&month, &day) }
      guard let year = fixed(yearOf, month: month, day: day, draft, paragraph) else {
        return Resolved(value: "XXXX-\(TimeText.two(month))-\(TimeText.two(day))")
      }
      return single(CivilDate(year: year, month: month, day: day))
    case .month(let yearOf, let month): return self.month(yearOf, month, draft, paragraph)
    case .year(let yearOf):
      guard let year = fixed(yearOf, month: 1, day: nil, draft, paragraph) else { return Resolved(value: "XXXX") }
      return wholeYear(year)
    case .decade(let digits):
      return period(
        CivilDate(year: digits * 10, month: 1, day: 1)!, CivilDate(year: digits * 10 + 9, month: 12, day: 31)!, String(digits))
    case .century(let digits):
      return period(
        CivilDate(year: digits * 100, month: 1, day: 1)!, CivilDate(year: digits * 100 + 99, month: 12, day: 31)!, String(digits))
    case .bareDay(let day): return bareDay(day, draft)
    case .weekday(let day, let direction): return weekday(day, direction, draft)
    case .fromPublication where draft.rule == "overnight" && isNarrative:
      // The writer of "overnight" ends that night; `TimeWriter` lets it begin on the day before.
      return single(lastDay ?? published)
    case .fromPublication(let days): return single(published?.adding(days: days))
    case .textTime: return lastTime ?? Resolved(value: "PAST_REF", isVague: true)
    case .textDay: return single(lastNamedDay ?? published ?? lastDay)
    case .clockOnly: return single(clockDay(paragraph) ?? published)
    // "at the end of the month": in a text without a day of its own, of the one that it last named.
    case .shifted(let unit, let count) where isOfText(draft, count, paragraph): return shifted(lastDay, unit, count)
    case .shifted(let unit, let count): return shifted(published ?? (count == 0 ? lastDay : nil), unit, count)
    case .fromText(.day, _) where isOfMonth(lastTime): return lastTime!
    case .fromText(.week, let count) where draft.rule == "text-offset" && lastNamedDay != nil && lastTime?.first == lastNamedDay:
      // "A week later": so many days after the day.
      return single(lastNamedDay!.adding(days: 7 * count))
    case .fromText(let unit, let count):
      return shifted((unit == .day ? lastNamedDay ?? lastDay : lastTime?.first) ?? published, unit, count)
    case .fromAnchor(let event, let length, let sign): return fromAnchor(event, length, sign)
    case .season(let yearOf, let code, let direction): return season(yearOf, code, direction, draft)
    case .quarter(let yearOf, let number): return quarter(yearOf, number, draft)
    case .half(let yearOf, let number):
      guard let year = yearNumber(yearOf) ?? published?.year else { return Resolved(value: "XXXX-H\(number)") }
      let first = CivilDate(year: year, month: number * 6 - 5, day: 1)
      return Resolved(value: "\(TimeText.four(year))-H\(number)", first: first, last: first?.adding(months: 5).endOfMonth)
    case .weekend(let direction):
      guard let published else { return Resolved(value: "XXXX-WXX-WE") }
      var saturday = published.adding(days: 6 - published.weekday + 7 * direction)
      if direction == 0, saturday > published, tense(draft) == .past { saturday = saturday.adding(days: -7) }
      return period(saturday, saturday.adding(days: 1), TimeText.week(saturday) + "-WE")
    case .reference(let name): return Resolved(value: name, isVague: true)
    case .length(let length, let window): return self.length(length, window)
    case .set(let value): return Resolved(value: value, type: .set)
    case .holiday(let yearOf, let month, let day):
      guard let year = fixed(yearOf, month: month, day: day, draft, paragraph) else {
        return Resolved(value: "XXXX-\(TimeText.two(month))-\(TimeText.two(day))")
      }
      return single(CivilDate(year: year, month: month, day: day))
    case .named(let text): return named(text)
    case .weekOfMonth(let number, let yearOf, let month):
      let whole = self.month(yearOf, month, draft, paragraph)
      guard let first = whole.first, let last = whole.last else { return Resolved(value: whole.value + "-WXX") }
      let day = number > 0 ? first.adding(days: (number - 1) * 7) : last
      let monday = day.adding(days: 1 - day.weekday)
      return period(monday, monday.adding(days: 6), TimeText.week(day))
    }
  }

  /// "In the next week they took Tarn", "by the end of the month they held Tarn", where the paragraph tells of days before: of its own.
  private func isOfText(_ draft: TimeDraft, _ count: Int, _ paragraph: Int) -> Bool {
    guard let lastDay, lastParagraph == paragraph, let published, count == 1 || count == 0, (0..<draft.end).contains(draft.end - 2)
    else { return false }
    let article = count == 1 ? draft.start : draft.end - 2
    guard scan.tokens[article].form == Mentions.the, tense(draft) == .past else { return false }
    if case .shifted(.day, 0) = draft.base { return false }
    return published.daysSinceEpoch - lastDay.daysSinceEpoch > 14
  }

  /// "In July they took the town but withdrew three days later": in July, as long as the text gave no day of it.
  private func isOfMonth(_ time: Resolved?) -> Bool {
    guard let first = time?.first, let last = time?.last, first.day == 1, last == first.endOfMonth else { return false }
    return lastNamedDay.map { $0 < first || $0 > last } ?? true
  }

  /// A clock time alone is of the day that the text last named nearby, else of the publication's.
  private func clockDay(_ paragraph: Int) -> CivilDate? { lastParagraph == paragraph ? lastDay : nil }

  /// Where both orders of a numeric date are possible: the source's, else the one that lies nearer to the publication, else day first.
  private func isMonthFirst(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    if let isMonthFirst { return isMonthFirst }
    guard let published, let dayFirst = CivilDate(year: year, month: month, day: day),
      let monthFirst = CivilDate(year: year, month: day, day: month)
    else { return false }
    let from = published.daysSinceEpoch
    return abs(monthFirst.daysSinceEpoch - from) <= 14 && abs(dayFirst.daysSinceEpoch - from) > 14
  }

  private func month(_ yearOf: YearOf, _ month: Int, _ draft: TimeDraft, _ paragraph: Int) -> Resolved {
    if let published {
      if draft.rule == "last-month" {
        return wholeMonth(month < published.month ? published.year : published.year - 1, month)
      }
      if draft.rule == "next-month" {
        return wholeMonth(month > published.month ? published.year : published.year + 1, month)
      }
      if draft.rule == "this-month" { return wholeMonth(published.year, month) }
    }
    if draft.rule == "text-month", let anchor = lastTime?.first ?? published {
      return wholeMonth(month > anchor.month ? anchor.year : anchor.year + 1, month)
    }
    guard let year = fixed(yearOf, month: month, day: nil, draft, paragraph) else { return Resolved(value: "XXXX-\(TimeText.two(month))") }
    return wholeMonth(year, month)
  }

  /// "the 25th": of the month that the text last named, else the publication's, or the month before where that would be to come.
  private func bareDay(_ day: Int, _ draft: TimeDraft) -> Resolved {
    if let lastDay { return single(CivilDate(year: lastDay.year, month: lastDay.month, day: day), "XXXX-XX-\(TimeText.two(day))") }
    guard let published else { return Resolved(value: "XXXX-XX-\(TimeText.two(day))") }
    var base = published
    if day > published.day, tense(draft) != .future { base = published.adding(months: -1) }
    return single(CivilDate(year: base.year, month: base.month, day: day), "XXXX-XX-\(TimeText.two(day))")
  }

  private func weekday(_ day: Int, _ direction: Int?, _ draft: TimeDraft) -> Resolved {
    guard let published else { return Resolved(value: "XXXX-WXX-\(day)") }
    let back = (published.weekday - day + 7) % 7
    switch direction {
    case -1: return single(published.adding(days: back == 0 ? -7 : -back))
    case 1: return single(published.adding(days: back == 0 ? 7 : 7 - back))
    case 0: return single(published.adding(days: day - published.weekday))
    default:
      let tense = tense(draft)
      // "have pledged to leave by Thursday", "declared a truce from Friday": on either side, whatever the tense.
      let governor = draft.start > 0 ? scan.tokens[draft.start - 1].form : Form.none
      let isNear = tense == .past && (TimeResolver.deadlines.contains(governor) || governor == TimeResolver.from)
      let isFuture = tense == .future || scan.isUntil(draft.start) || isNear && back > 3
      return single(published.adding(days: isFuture ? (7 - back) % 7 : -back))
    }
  }

  private func shifted(_ anchor: CivilDate?, _ unit: TimeUnit, _ count: Int) -> Resolved {
    guard let anchor, abs(count) < 10_000 else { return Resolved(value: "XXXX") }
    switch unit {
    case .second, .minute, .hour, .day: return single(anchor.adding(days: unit == .day ? count : 0))
    case .week:
      let monday = anchor.adding(days: 7 * count + 1 - anchor.weekday)
      return period(monday, monday.adding(days: 6), TimeText.week(monday))
    case .month:
      let month = anchor.adding(months: count)
      return wholeMonth(month.year, month.month)
    case .quarter:
      let month = anchor.adding(months: 3 * count)
      return quarterOf(month.year, (month.month + 2) / 3)
    case .year: return wholeYear(max(0, anchor.year + count))
    case .decade:
      let digits = max(0, anchor.year / 10 + count)
      return resolveDecade(digits)
    case .century:
      let digits = max(0, anchor.year / 100 + count)
      return Resolved(value: String(digits))
    }
  }

  private func resolveDecade(_ digits: Int) -> Resolved {
    guard digits < 1000, let first = CivilDate(year: digits * 10, month: 1, day: 1) else { return Resolved(value: "XXXX") }
    return period(first, CivilDate(year: digits * 10 + 9, month: 12, day: 31)!, String(digits))
  }

  private func quarterOf(_ year: Int, _ number: Int) -> Resolved {
    let first = CivilDate(year: year, month: number * 3 - 2, day: 1)
    return Resolved(value: "\(TimeText.four(year))-Q\(number)", first: first, last: first?.adding(months: 2).endOfMonth)
  }

  private func quarter(_ yearOf: YearOf, _ number: Int, _ draft: TimeDraft) -> Resolved {
    guard let published else {
      if case .fixed(let year) = yearOf, number >= 1 { return quarterOf(year, number) }
      return Resolved(value: number >= 1 ? "XXXX-Q\(number)" : "XXXX-QX")
    }
    if number < 1 {
      let moved = published.adding(months: draft.rule == "quarter" && number == 0 && scan.has(draft.end - 2, .ordinal) ? -3 : 3 * number)
      return quarterOf(moved.year, (moved.month + 2) / 3)
    }
    if let year = yearNumber(yearOf) { return quarterOf(year, number) }
    let current = (published.month + 2) / 3
    if tense(draft) == .future { return quarterOf(number >= current ? published.year : published.year + 1, number) }
    return quarterOf(number <= current ? published.year : published.year - 1, number)
  }

  private func yearNumber(_ yearOf: YearOf) -> Int? {
    switch yearOf {
    case .fixed(let year): year
    case .relative(let offset): published.map { $0.year + offset }
    case .unsaid: nil
    }
  }

  private func season(_ yearOf: YearOf, _ code: String, _ direction: Int?, _ draft: TimeDraft) -> Resolved {
    let starts = ["SP": 3, "SU": 6, "FA": 9, "WI": 12]
    let month = starts[code] ?? 3
    func whole(_ year: Int) -> Resolved {
      guard let first = CivilDate(year: year, month: month, day: 1) else { return Resolved(value: "XXXX-\(code)") }
      return period(first, first.adding(months: 2).endOfMonth, "\(TimeText.four(year))-\(code)")
    }
    if let year = yearNumber(yearOf) { return whole(year) }
    guard let published else { return Resolved(value: "XXXX-\(code)") }
    let hasBegun = published.month >= month
    let isWithin = hasBegun && published.month <= month + 2
    switch direction {
    case -1: return whole(hasBegun && !isWithin ? published.year : published.year - 1)
    case 1: return whole(hasBegun ? published.year + 1 : published.year)
    case 0: return whole(published.year)
    default:
      if tense(draft) == .future { return whole(hasBegun && !isWithin ? published.year + 1 : published.year) }
      return whole(hasBegun ? published.year : published.year - 1)
    }
  }
}
