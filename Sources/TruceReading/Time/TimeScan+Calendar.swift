// Rules for dates of the calendar: written out, in digits, ranges, years, decades, quarters, seasons.
internal import TruceModel

/// A matched date: what it names, an end where it is a range, and the token after it.
struct CalendarMatch {
  var base: Base
  var last: Base?
  var next: Int
  var rule: String
}

extension TimeScan {
  /// A calendar date that starts at a token.
  func calendar(_ at: Int) -> CalendarMatch? {
    guard at < count else { return nil }
    switch tokens[at].kind {
    case .number, .ordinal, .mixed: return numeric(at)
    case .word: return monthFirst(at) ?? weekdayDate(at)
    default: return nil
    }
  }

  private func numeric(_ at: Int) -> CalendarMatch? {
    guard !isBound(at) else { return nil }
    return iso(at) ?? slashed(at) ?? dayFirst(at)
  }

  /// "2020-12-01".
  private func iso(_ at: Int) -> CalendarMatch? {
    guard let year = year(at), isHyphen(at + 1), let month = integer(at + 2, digits: 2...2), (1...12).contains(month) else { return nil }
    if isHyphen(at + 3), at + 4 < count, tokens[at + 4].kind == .number || tokens[at + 4].kind == .mixed {
      let (day, digits) = leadingDigits(at + 4)
      guard digits == 2, CivilDate(year: year, month: month, day: day) != nil else { return nil }
      return CalendarMatch(base: .day(.fixed(year), month: month, day: day), next: at + 5, rule: "iso")
    }
    return nil
  }

  /// "10/11/2020", "14.11.2020", "7/8/07"; which number is the day is settled where the date is resolved.
  private func slashed(_ at: Int) -> CalendarMatch? {
    guard let first = integer(at, digits: 1...2), at + 4 < count, tokens[at + 1].isGlued, tokens[at + 2].isGlued, tokens[at + 3].isGlued,
      tokens[at + 1].kind == .slash || tokens[at + 1].kind == .period || tokens[at + 1].kind == .hyphen,
      tokens[at + 3].kind == tokens[at + 1].kind, tokens[at + 4].isGlued, let second = integer(at + 2, digits: 1...2),
      let digits = integer(at + 4, digits: 2...4), length(at + 4) != 3
    else { return nil }
    let year = length(at + 4) == 2 ? (digits < 70 ? 2000 + digits : 1900 + digits) : digits
    if second > 12, (1...12).contains(first), CivilDate(year: year, month: first, day: second) != nil {
      return CalendarMatch(base: .day(.fixed(year), month: first, day: second), next: at + 5, rule: "numeric")
    }
    guard (1...12).contains(second), CivilDate(year: year, month: second, day: first) != nil else { return nil }
    let isOpen = first <= 12 && first != second && tokens[at + 1].kind == .slash
    return CalendarMatch(base: .day(.fixed(year), month: second, day: first), next: at + 5, rule: isOpen ? "numeric-open" : "numeric")
  }

  /// "25 November 2020", "15th of November", "9/10 November", "13-15 November".
  private func dayFirst(_ at: Int) -> CalendarMatch? {
    guard let (day, after) = dayNumber(at) else { return nil }
    var next = after
    var lastDay: Int?
    if next + 1 < count, let (other, end) = dayNumber(next + 1), other > day || tokens[next].kind == .slash, month(end) != nil,
      tokens[next].kind == .slash || isJoint(next) || (has(next, .and) || has(next, .to)) && opensRange(at, isBetween: has(next, .and))
        || has(next, .and) && other == day + 1
    {
      // "9/10 November", "from 5 to 9 May", "between 5 and 9 May", "on 19 and 20 May".
      lastDay = other
      next = end
    }
    if let (of, end) = meaning(next, .of), of.text == "0", kind(end) == .word { next = end }
    guard let (month, end, _) = month(next) else { return nil }
    // "5 May" is a date; "5 may" was refused as it has no capital.
    next = end
    guard day <= 31 else { return nil }
    let (year, stop) = yearAfter(next)
    let base = Base.day(year, month: month, day: day)
    guard CivilDate(year: 2020, month: month, day: min(day, 31)) != nil else { return nil }
    if let lastDay {
      return CalendarMatch(base: base, last: .day(year, month: month, day: lastDay), next: stop, rule: "day-range")
    }
    return CalendarMatch(base: base, next: stop, rule: "day-month")
  }

  /// A year after a date: ", 2020", " 2020", " of last year", " this year".
  func yearAfter(_ at: Int) -> (year: YearOf, next: Int) {
    var next = at
    if kind(next) == .comma { next += 1 }
    if let (of, end) = meaning(next, .of), of.text == "0", self.year(end) != nil { next = end }
    if let year = self.year(next), next > 0, together(at - 1, next), !isBound(next), kind(next + 1) != .hyphen || next == at {
      return (.fixed(year), next + 1)
    }
    if let (relative, end) = relativeYear(kind(at) == .comma ? at + 1 : at) { return (.relative(relative), end) }
    return (.unsaid, at)
  }

  /// "last year", "of this year", "next year".
  func relativeYear(_ at: Int) -> (offset: Int, next: Int)? {
    var at = at
    if let (_, end) = meaning(at, .of) { at = end }
    if has(at, .determiner) { at += 1 }
    guard let (direction, end) = meaning(at, .direction), let (unit, stop) = meaning(end, .unit), unit.text == "Y", length(end) == 4 else {
      return nil
    }
    return (direction.number, stop)
  }

  /// "November 9, 2020", "November 13-15", "Nov. 30 to Dec. 1", "February 1988", "May".
  private func monthFirst(_ at: Int) -> CalendarMatch? {
    guard let (month, after, isAmbiguous) = month(at) else { return nil }
    var next = after
    if has(next, .determiner), let (_, end) = dayNumber(next + 1), tokens[end - 1].kind == .ordinal { next += end > next + 1 ? 1 : 0 }
    if let (day, end) = dayNumber(next), tokens[next].kind != .word || has(next - 1, .determiner), !isClockHead(next),
      self.year(next) == nil,
      CivilDate(year: 2020, month: month, day: day) != nil, together(at, next)
    {
      if isJoint(end) || kind(end) == .slash, let (lastDay, stop) = dayNumber(end + 1), lastDay > day, tokens[end + 1].kind != .word,
        CivilDate(year: 2020, month: month, day: lastDay) != nil, self.month(stop) == nil
      {
        let (year, final) = yearAfter(stop)
        return CalendarMatch(
          base: .day(year, month: month, day: day), last: .day(year, month: month, day: lastDay), next: final, rule: "day-range")
      }
      if has(end, .and), integer(end + 1, digits: 1...2) == day + 1, CivilDate(year: 2020, month: month, day: day + 1) != nil,
        end + 2 >= count || !together(at, end + 2) || !tokens[end + 2].kind.isWordLike
      {
        let (year, final) = yearAfter(end + 2)
        return CalendarMatch(
          base: .day(year, month: month, day: day), last: .day(year, month: month, day: day + 1), next: final, rule: "day-range")
      }
      let (year, stop) = yearAfter(end)
      return CalendarMatch(base: .day(year, month: month, day: day), next: stop, rule: "month-day")
    }
    let (year, stop) = yearAfter(after)
    if year == .unsaid, isAmbiguous, !isMonthContext(at) { return nil }
    return CalendarMatch(base: .month(year, month), next: stop, rule: "month")
  }

  /// True where the number after a month is an hour: "May 10:15".
  private func isClockHead(_ at: Int) -> Bool {
    kind(at + 1) == .colon && at + 1 < count && tokens[at + 1].isGlued && kind(at + 2) == .number
  }

  /// Something before a month's name says that it is one: "in May", "last March".
  private func isMonthContext(_ at: Int) -> Bool {
    guard at > 0, tokens[at].isCapitalised else { return false }
    let before = at - 1
    guard tokens[before].sentence == tokens[at].sentence else { return false }
    if kind(before) == .hyphen, at > 1, has(at - 2, .part) { return true }
    if slots[before] < 0 { return false }
    return [.of, .governor, .direction, .part, .and, .to].contains { has(before, $0) } && !has(at + 1, .future)
  }

  /// "Friday", "Friday, March 22, 2013", "Tuesday 1 December".
  private func weekdayDate(_ at: Int) -> CalendarMatch? {
    guard let (day, after) = meaning(at, .weekday), tokens[at].isCapitalised else { return nil }
    var next = length(at) <= 5 ? pastPeriod(after) : after
    if day.isAmbiguous, next == after, !isWeekdayContext(at) { return nil }
    let plain = next
    if kind(next) == .comma { next += 1 }
    if has(next, .determiner) { next += 1 }
    if next < count, together(at, next), tokens[next].kind != .word || month(next) != nil, let date = dated(next) {
      if case .day = date.base, date.last == nil { return CalendarMatch(base: date.base, next: date.next, rule: "weekday-date") }
    }
    return CalendarMatch(base: .weekday(day.number, direction: nil), next: plain, rule: "weekday")
  }

  private func dated(_ at: Int) -> CalendarMatch? { tokens[at].kind == .word ? monthFirst(at) : numeric(at) }

  private func isWeekdayContext(_ at: Int) -> Bool {
    if kind(at + 1) == .comma, let next = calendarStart(at + 2) { return next }
    return at > 0 && (has(at - 1, .governor) || has(at - 1, .direction))
  }

  private func calendarStart(_ at: Int) -> Bool? { at < count ? (tokens[at].kind == .number || month(at) != nil) : nil }

  /// "1992-1994", "2009", "1990s", "the '80s", "'82".
  func yearExpression(_ at: Int) -> CalendarMatch? {
    guard at < count, !isBound(at) else { return nil }
    if tokens[at].kind == .mixed { return decade(at, at) }
    if tokens[at].kind == .apostrophe, at + 1 < count, tokens[at + 1].isGlued, !tokens[at].isGlued {
      let isName = at > 0 && together(at - 1, at) && tokens[at - 1].isCapitalised && slots[at - 1] < 0
      if let two = integer(at + 1, digits: 2...2), kind(at + 2) != .apostrophe, !isName {
        return CalendarMatch(base: .year(.fixed(two < 30 ? 2000 + two : 1900 + two)), next: at + 2, rule: "short-year")
      }
      if tokens[at + 1].kind == .mixed { return decade(at, at + 1) }
      return nil
    }
    guard let year = year(at), isYearContext(at) else { return nil }
    if kind(at + 1) == .clitic { return CalendarMatch(base: .decade(year / 10), next: at + 2, rule: "decade") }
    if isJoint(at + 1), let last = self.year(at + 2), last > year, last - year <= 200 {
      return CalendarMatch(base: .year(.fixed(year)), last: .year(.fixed(last)), next: at + 3, rule: "year-range")
    }
    if isJoint(at + 1) || kind(at + 1) == .slash, at + 2 < count, tokens[at + 2].isGlued, let short = integer(at + 2, digits: 2...2),
      short == (year + 1) % 100 || short > year % 100, !isJoint(at + 3)
    {
      return CalendarMatch(base: .year(.fixed(year)), last: .year(.fixed(year / 100 * 100 + short)), next: at + 3, rule: "year-range")
    }
    return CalendarMatch(base: .year(.fixed(year)), next: at + 1, rule: "year")
  }

  /// "1990s", "90s".
  private func decade(_ start: Int, _ at: Int) -> CalendarMatch? {
    let (value, digits) = leadingDigits(at)
    guard digits + 1 == length(at), bytes[Int(tokens[at].end) - 1] | 0x20 == 0x73, value % 10 == 0 else { return nil }
    if digits == 4, (1000...2190).contains(value) {
      return value % 100 == 0 && value < 2000
        ? CalendarMatch(base: .century(value / 100), next: at + 1, rule: "century")
        : CalendarMatch(base: .decade(value / 10), next: at + 1, rule: "decade")
    }
    guard digits == 2, value >= 20 else { return nil }
    return CalendarMatch(base: .decade(190 + value / 10), next: at + 1, rule: "decade")
  }

  /// Whether four digits are a year: they stand after a word of time or "the", or no counted noun follows.
  private func isYearContext(_ at: Int) -> Bool {
    guard let year = integer(at), (1400...2100).contains(year) else { return false }
    if at + 1 < count, together(at, at + 1) {
      let next = tokens[at + 1]
      if next.kind == .word, has(at + 1, .unit) || has(at + 1, .hours) || has(at + 1, .zone) { return false }
      if next.kind == .number, !next.isGlued { return false }
      if next.kind == .colon, next.isGlued, kind(at + 2) == .number { return false }
      if next.kind == .word, !next.isCapitalised, slots[at + 1] < 0, bytes[Int(next.end) - 1] == 0x73, at > 0 {
        // A plural noun follows ("2000 people" has none, "2000 troops" has): a count, but after "the" or "of" a year.
        return has(at - 1, .determiner)
          || (has(at - 1, .governor) && tokens[at - 1].kind == .word && length(at - 1) == 2 && has(at - 1, .of))
      }
      if next.kind == .word, !next.isCapitalised, slots[at + 1] < 0, year % 100 == 0, at == 0 || !has(at - 1, .governor) { return false }
    }
    if at > 0, together(at - 1, at) {
      let before = tokens[at - 1]
      if before.kind == .number && !before.isGlued { return false }
      if has(at - 1, .numbered) || before.kind == .period && before.isGlued && has(at - 2, .numbered) { return false }
      // "the Example 2000 Index": part of a name.
      if before.kind == .word, before.isCapitalised, slots[at - 1] < 0, at + 1 < count, tokens[at + 1].kind == .word,
        tokens[at + 1].isCapitalised,
        !startsSentence(at, within: 1), at > 1, together(at - 2, at)
      {
        return false
      }
      if before.kind == .word, before.isAllCaps, before.end - before.start <= 3, kind(at + 1) != .comma { return false }
      if has(at - 1, .about), !has(at - 1, .governor) { return false }
    }
    return true
  }

  /// "spring", "winter 2020", "the summer of 2019", "last autumn" (its direction comes from the caller).
  func season(_ at: Int, direction: Int? = nil, isGoverned: Bool = false) -> CalendarMatch? {
    guard let (season, after) = meaning(at, .season) else { return nil }
    let (year, next) = yearAfter(after)
    if season.isAmbiguous, direction == nil, year == .unsaid, !isGoverned { return nil }
    if direction == nil, year == .unsaid, !isGoverned { return nil }
    return CalendarMatch(base: .season(year, season.text, direction: direction), next: next, rule: "season")
  }

  /// "first quarter", "the fourth quarter of 2005", "second half of the year", "last week of March".
  func partOfYear(_ at: Int) -> CalendarMatch? {
    guard at < count else { return nil }
    var number: Int
    var next: Int
    if tokens[at].kind == .ordinal {
      number = leadingDigits(at).value
      next = at + 1
    } else if let (ordinal, end) = meaning(at, .ordinal) {
      number = ordinal.text == "last" ? -1 : ordinal.number
      next = end
    } else {
      return nil
    }
    if isHyphen(next) { next += 1 }
    if has(next, .whole) { next += 1 }
    if let (unit, end) = meaning(next, .unit), unit.text == "Q", (1...4).contains(number) || number == -1, length(next) == 7 {
      let (year, stop) = yearAfter(end)
      // "the last quarter" alone is the one before the publication.
      if number == -1, year == .unsaid { return CalendarMatch(base: .quarter(.unsaid, 0), next: end, rule: "quarter") }
      return CalendarMatch(base: .quarter(year, number == -1 ? 4 : number), next: stop, rule: "quarter")
    }
    if let (_, end) = meaning(next, .half), (1...2).contains(number) {
      let (year, stop) = yearAfter(end)
      if year == .unsaid {
        guard let (_, of) = meaning(end, .of), let (unit, last) = meaning(of, .unit), unit.text == "Y" else { return nil }
        return CalendarMatch(base: .half(.unsaid, number), next: last, rule: "half-year")
      }
      return CalendarMatch(base: .half(year, number), next: stop, rule: "half-year")
    }
    if let (unit, end) = meaning(next, .unit), unit.text == "W", let (_, of) = meaning(end, .of), let (month, after, _) = month(of) {
      let (year, stop) = yearAfter(after)
      return CalendarMatch(base: .weekOfMonth(number, year, month: month), next: stop, rule: "week-of-month")
    }
    return nil
  }
}
