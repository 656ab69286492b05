// The rules of whole time expressions, tried in order at each token that can start one.
internal import TruceModel

extension TimeScan {
  /// Whether a time expression can start at a token, by its kind and the classes of its word alone.
  @inline(__always)
  func canStart(_ at: Int) -> Bool {
    switch tokens[at].kind {
    case .word: bits[at] & openers != 0
    case .number, .ordinal, .mixed, .apostrophe: true
    default: false
    }
  }

  /// The time expression that starts at a token, the longest by the first rule that fits; nil where none does.
  func expression(_ at: Int) -> TimeDraft? {
    switch tokens[at].kind {
    case .number, .ordinal: return dated(at) ?? counted(at, from: at) ?? periodPart(at, from: at)
    case .mixed: return dateTimeGroup(at) ?? dated(at)
    case .apostrophe: return yearExpression(at).map { draft(at, $0) }
    case .word: return canStart(at) ? worded(at) : nil
    default: return nil
    }
  }

  func draft(_ start: Int, _ match: CalendarMatch) -> TimeDraft {
    let draft = TimeDraft(start, match.next, match.base, match.rule)
    draft.last = match.last
    return draft
  }

  /// The classes of words that open an expression by themselves, whatever they are beside.
  private static var heads: UInt64 {
    Class.nextday.bit | Class.theday.bit | Class.named.bit | Class.part.bit | Class.then.bit | Class.day.bit | Class.rest.bit
      | Class.holiday.bit | Class.ref.bit
  }

  private func worded(_ at: Int) -> TimeDraft? {
    let isHead =
      bits[at] & TimeScan.heads != 0
      && (has(at, .nextday) || has(at, .theday) || has(at, .named) || has(at, .part) || has(at, .then) || has(at, .day) || has(at, .rest)
        || has(at, .holiday) || reference(at) != nil)
    if !isHead, let next = end(at, .determiner) { return determined(at, next) }
    // A rule is asked only where a word stands with which it can open.
    let bits = bits[at]
    if bits & Opener.simple != 0, let draft = simple(at) { return draft }
    if bits & Opener.dated != 0, let draft = dated(at) { return draft }
    if bits & Opener.period != 0, let draft = periodPart(at, from: at) { return draft }
    if bits & Opener.directed != 0, let draft = directed(at, from: at) { return draft }
    if bits & Opener.narrowed != 0, let draft = narrowed(at) { return draft }
    if bits & Opener.recurring != 0, let draft = recurring(at) { return draft }
    if bits & Opener.counted != 0, let draft = counted(at, from: at) { return draft }
    if bits & Opener.named != 0, let draft = named(at) { return draft }
    return bare(at)
  }

  private typealias Class = TimeLexicon.Class

  /// The classes of words with which a rule can open.
  private enum Opener {
    static var simple: UInt64 {
      Class.day.bit | Class.tonight.bit | Class.overnight.bit | Class.nextday.bit | Class.thence.bit | Class.then.bit | Class.theday.bit
    }
    static var dated: UInt64 { Class.clock.bit | Class.month.bit | Class.weekday.bit | Class.daypart.bit }
    static var period: UInt64 { Class.ordinal.bit }
    static var directed: UInt64 { Class.direction.bit }
    static var narrowed: UInt64 { Class.part.bit | Class.earlypart.bit | Class.latepart.bit | Class.rest.bit }
    static var recurring: UInt64 { Class.set.bit | Class.times.bit | Class.every.bit }
    static var counted: UInt64 { Class.half.bit | Class.article.bit | Class.vague.bit | Class.number.bit }
    static var named: UInt64 { Class.named.bit | Class.holiday.bit | Class.season.bit | Class.weekend.bit }
  }

  /// "the" before what it belongs to.
  private func determined(_ at: Int, _ next: Int) -> TimeDraft? {
    guard next < count, together(at, next) else { return nil }
    if tokens[next].kind == .word, bits[next] & (openers | TimeLexicon.Class.whole.bit) == 0 { return nil }
    if has(at, .article), let draft = counted(at, from: at) { return draft }
    if has(at, .article) {
      // "a Friday", "a 20 year": the article stays outside.
      return periodPart(next, from: at)
    }
    if let draft = directed(next, from: at) ?? periodPart(next, from: at) {
      draft.start = at
      return draft
    }
    if let match = yearExpression(next), tokens[next].kind != .number {
      return draft(at, match)
    }
    if has(next, .part), let draft = narrowed(next) {
      draft.start = at
      return draft
    }
    if has(next, .daypart), let draft = partOfDay(next, from: at) { return draft }
    if let match = season(next, isGoverned: true), !meaning(next, .season)!.meaning.isAmbiguous || isSeason(at, match.next) {
      return draft(at, match)
    }
    if let (_, end) = meaning(next, .weekend) { return TimeDraft(at, end, .weekend(direction: 0), "weekend") }
    if tokens[next].kind == .ordinal, let (day, end) = dayNumber(next) {
      if let match = calendar(next), case .day = match.base { return draft(next, match) }
      // "the 25th" where no noun follows.
      if end >= count || !together(next, end) || tokens[end].kind != .word
        || isSubject(end, after: at)
        || (slots[end] >= 0 && (has(end, .governor) || has(end, .and) || has(end, .of))) && tokens[end].form != TimeScan.since
      {
        return TimeDraft(at, end, .bareDay(day), "bare-day")
      }
    }
    if let unit = unit(next), !unit.isPlural, unit.unit >= .week,
      has(unit.next, .before) || has(unit.next, .after) || has(unit.next, .earlier),
      unit.next + 1 >= count || !together(at, unit.next + 1) || tokens[unit.next + 1].kind != .word
    {
      return TimeDraft(at, unit.next + 1, .fromText(unit.unit, by: has(unit.next, .after) ? 1 : -1), "text-period")
    }
    if has(next, .whole), let unit = unit(next + 1), !unit.isPlural, unit.unit >= .day, !isHyphen(unit.next) {
      return TimeDraft(at, unit.next, .shifted(unit.unit, by: 0), "whole-period")
    }
    if let unit = unit(next), !unit.isPlural, unit.unit == .week || unit.unit == .month, !isHyphen(unit.next), kind(unit.next) != .clitic {
      return TimeDraft(at, unit.next, .shifted(unit.unit, by: 0), "this-period")
    }
    return nil
  }

  /// "On the 14th | they left", "| Chadian troops left", and no "25th Brigade".
  private func isSubject(_ at: Int, after start: Int) -> Bool {
    let token = tokens[at]
    if has(at, .determiner) || has(at, .past) || TimeScan.pronouns.contains(token.form) { return true }
    // "and on the 15th | stormed it".
    if token.kind == .word, !token.isCapitalised, length(at) > 4, bytes[Int(token.end) - 2] == 0x65, bytes[Int(token.end) - 1] == 0x64 {
      return true
    }
    guard start > 0, tokens[start - 1].isCapitalised, tokens[start - 1].form == FrameMatcher.on, token.isCapitalised else { return false }
    return !TimeScan.bodies.contains(token.form)
  }

  private static let pronouns = FormSet(["they", "he", "she", "it", "we", "most", "all", "both", "some"])
  private static let bodies = FormSet(["brigade", "division", "army", "battalion", "regiment", "corps", "infantry", "parallel", "fleet"])

  /// "in the fall" is a season, "the fall of the town" is none.
  private func isSeason(_ at: Int, _ next: Int) -> Bool { at > 0 && has(at - 1, .governor) && !has(next, .of) }

  /// "today", "overnight", "now": words that stand by themselves.
  private func simple(_ at: Int) -> TimeDraft? {
    if let (day, next) = meaning(at, .day) { return attach(TimeDraft(at, next, .fromPublication(days: day.number), "deictic-day")) }
    if let (_, next) = meaning(at, .tonight) {
      let draft = TimeDraft(at, next, .fromPublication(days: 0), "deictic-day")
      draft.dayPart = DayPart(code: "NI", minutes: 18 * 60..<24 * 60)
      return draft
    }
    if let (_, next) = meaning(at, .overnight) {
      let draft = TimeDraft(at, next, .fromPublication(days: 0), "overnight")
      draft.isNight = true
      return attach(draft)
    }
    if let (step, next) = nextDay(at) {
      return attach(TimeDraft(at, next, .fromText(.day, by: step.number), "text-day"))
    }
    if let (_, next) = meaning(at, .thence), at > 0, together(at - 1, at), let (word, end) = meaning(at - 1, .governor), end == at,
      ["from", "by", "until", "before", "after"].contains(word.text)
    {
      return TimeDraft(at, next, .textTime, "text-time")
    }
    if let (_, next) = meaning(at, .then) { return attach(TimeDraft(at, next, .textDay, "text-day")) }
    if let (_, next) = meaning(at, .theday), !has(next, .before), !has(next, .after), kind(next) != .word || !(has(next, .old)) {
      return TimeDraft(at, next, .fromPublication(days: 0), "the-day")
    }
    return nil
  }

  /// A date or a time of day, and what belongs to either on both sides.
  private func dated(_ at: Int) -> TimeDraft? {
    if let clock = clock(at) {
      let draft = TimeDraft(at, clock.next, .clockOnly, "clock")
      draft.clock = clock.clock
      apply(clock.zone, draft)
      return withDate(draft)
    }
    if var match = calendar(at) {
      if match.last == nil, let end = rangeEnd(at, match) {
        match.last = end.base
        match.next = end.next
        match.rule = "day-range"
        if let year = end.year { match.base = match.base.withYear(year) }
      }
      return attach(draft(at, match))
    }
    if has(at, .daypart) { return partOfDay(at, from: at) }
    if let match = yearExpression(at) { return draft(at, match) }
    return nil
  }

  /// "... to November 10, 2020" after "from September 27".
  private func rangeEnd(_ at: Int, _ match: CalendarMatch) -> (base: Base, next: Int, year: YearOf?)? {
    guard case .day(let year, let month, let day) = match.base, match.next < count, together(at, match.next) else { return nil }
    let joint = match.next
    let isDash = isJoint(joint)
    guard isDash || has(joint, .to) || has(joint, .and) else { return nil }
    var next = joint + 1
    if has(next, .determiner) { next += 1 }
    guard let end = calendar(next), end.last == nil, case .day(let lastYear, let lastMonth, let lastDay) = end.base else { return nil }
    if !isDash {
      let isBetween = has(joint, .and)
      guard opensRange(at, isBetween: isBetween) else { return nil }
    }
    var given: YearOf?
    if year == .unsaid, case .fixed(let last) = lastYear {
      given = .fixed((lastMonth, lastDay) < (month, day) ? last - 1 : last)
    }
    return (end.base, end.next, given)
  }

  /// "from" or "between" or "the night of" before a date, and no verb that moves dates before that.
  func opensRange(_ at: Int, isBetween: Bool) -> Bool {
    guard at > 0 else { return false }
    var before = at - 1
    if has(before, .determiner) { before -= 1 }
    guard before >= 0, slots[before] >= 0 else { return false }
    if isBetween { return meaning(before, .governor)?.meaning.text == "between" }
    let isNight = has(before, .of) && before > 0 && has(before - 1, .daypart)
    guard isNight || meaning(before, .governor)?.meaning.text == "from" else { return false }
    return !isRevised(before)
  }

  /// True where a verb that moves dates stands before a token in its sentence.
  func isRevised(_ at: Int) -> Bool {
    var before = at - 1
    while before >= max(0, at - 12), tokens[before].sentence == tokens[at].sentence {
      if slots[before] >= 0, has(before, .revision) { return true }
      before -= 1
    }
    return false
  }

  func apply(_ zone: ZoneMatch?, _ draft: TimeDraft) {
    guard let zone else { return }
    draft.zone = zone.zone
    draft.isLocal = zone.isLocal
    draft.isUTC = zone.isUTC
    draft.end = zone.next
  }

  /// A date after a time of day: "10:15 on Friday", "12:00 UTC Monday", "00:00 Moscow time on November 10", "9 p.m. today".
  private func withDate(_ draft: TimeDraft) -> TimeDraft {
    var next = draft.end
    if kind(next) == .comma { next += 1 }
    if let (_, end) = meaning(next, .of) { next = end } else if let (word, end) = meaning(next, .governor), word.text == "on" { next = end }
    if has(next, .determiner) { next += 1 }
    guard next < count, together(draft.start, next) else { return draft }
    if let (part, end) = dayPart(next) {
      draft.end = end
      if let clock = draft.clock, clock.hour < 12, part.minutes.lowerBound >= 12 * 60, part.minutes.upperBound <= 24 * 60 {
        draft.clock?.hour += 12
      }
      return end < count ? withDate(draft) : draft
    }
    if let (day, end) = meaning(next, .day) {
      draft.base = .fromPublication(days: day.number)
      draft.end = end
    } else if let match = calendar(next), match.last == nil {
      if case .month = match.base { return draft }
      draft.base = match.base
      draft.end = match.next
      draft.rule = "clock-date"
    } else if has(next, .direction), let date = directed(next, from: next), case .weekday = date.base {
      draft.base = date.base
      draft.end = date.end
    } else if let (step, end) = meaning(next, .nextday) {
      draft.base = .fromText(.day, by: step.number)
      draft.end = end
    } else if let (_, end) = meaning(next, .then) {
      draft.base = .textDay
      draft.end = end
    }
    if draft.zone == nil, !draft.isLocal { apply(zone(draft.end), draft) }
    return draft
  }

  /// What may follow a date: a part of the day, a time of day, a zone.
  func attach(_ draft: TimeDraft) -> TimeDraft {
    guard draft.end < count, together(draft.start, draft.end) else { return draft }
    if draft.last == nil, let (part, end) = dayPart(draft.end), draft.dayPart == nil, isDay(draft.base) {
      draft.dayPart = part
      draft.end = end
    } else if draft.last == nil, draft.end < count, draft.clock == nil, isDay(draft.base) {
      var next = draft.end
      if kind(next) == .comma { next += 1 }
      if let (word, end) = meaning(next, .governor), word.text == "on" { next = end }
      if next < count, together(draft.start, next), let clock = clock(next) {
        draft.clock = clock.clock
        draft.end = clock.next
        apply(clock.zone, draft)
        draft.rule = "date-clock"
      }
    }
    if draft.zone == nil, draft.end < count { apply(zone(draft.end), draft) }
    return draft
  }

  private func isDay(_ base: Base) -> Bool {
    switch base {
    case .day, .weekday, .fromPublication, .fromText, .textDay, .bareDay: true
    default: false
    }
  }

  /// "morning", "the early hours of December 1 Azerbaijani time", "the night of 9/10 November", "the evening".
  func partOfDay(_ at: Int, from start: Int) -> TimeDraft? {
    guard let (part, next) = dayPart(at) else { return nil }
    let draft = TimeDraft(start, next, .textDay, "part-of-day")
    draft.dayPart = part
    var date = next
    if let (_, end) = meaning(date, .of) { date = end } else if let (word, end) = meaning(date, .governor), word.text == "on" { date = end }
    if kind(date) == .comma { date += 1 }
    if has(date, .determiner) { date += 1 }
    if date > next || date < count && has(date, .weekday), date < count, together(start, date) {
      if let inner = simpleDay(date) {
        draft.base = inner.base
        draft.last = inner.last
        draft.end = inner.next
        draft.rule = "part-of-date"
        if part.code == "NI", part.minutes.upperBound > 24 * 60 { draft.isNight = true }
        if draft.isNight, inner.last != nil, inner.isShort {
          // "the night of 9/10 November" names both days, and the night is the one between.
          draft.rule = "night-range"
          draft.dayPart = nil
        }
        apply(zone(draft.end), draft)
        if draft.clock == nil, let (word, end) = meaning(draft.end, .governor), word.text == "on", let clock = clock(end) {
          draft.clock = clock.clock
          draft.end = clock.next
          apply(clock.zone, draft)
        }
        return draft
      }
    }
    if let clock = meaning(next, .governor).flatMap({ $0.meaning.text == "on" ? clock($0.next) : nil }) {
      draft.clock = clock.clock
      draft.end = clock.next
      apply(clock.zone, draft)
    }
    // Bare "morning" or "night" needs "the", "in the" or a like word before it.
    guard start < at || has(at - 1, .governor) || has(at - 1, .determiner) else { return at > 0 && length(at) > 4 ? nil : nil }
    return draft
  }

  /// "the next day", "the day after", and not "the day after the war began".
  func nextDay(_ at: Int) -> (step: TimeLexicon.Meaning, next: Int)? {
    guard let (step, next) = meaning(at, .nextday) else { return nil }
    let opensClause = tokens[next - 1].form == TimeScan.after && next < count && tokens[next].kind == .word
    return opensClause ? nil : (step, next)
  }

  private func simpleDay(_ at: Int) -> (base: Base, last: Base?, next: Int, isShort: Bool)? {
    if let (day, next) = meaning(at, .day) { return (.fromPublication(days: day.number), nil, next, false) }
    if let (step, next) = nextDay(at) { return (.fromText(.day, by: step.number), nil, next, false) }
    if let (_, next) = meaning(at, .then) { return (.textDay, nil, next, false) }
    guard let match = calendar(at) else { return nil }
    guard case .month = match.base else {
      if match.last == nil, let end = rangeEnd(at, match) {
        return (end.year.map { match.base.withYear($0) } ?? match.base, end.base, end.next, false)
      }
      return (match.base, match.last, match.next, match.last != nil)
    }
    return nil
  }

  /// Holidays, periods and events with names.
  private func named(_ at: Int) -> TimeDraft? {
    if let (word, next) = meaning(at, .named) { return TimeDraft(at, next, .named(word.text), "named") }
    if let (word, next) = meaning(at, .holiday), tokens[at].isCapitalised {
      let parts = word.text.split(separator: "-").compactMap { Int($0) }
      guard parts.count == 2 else { return nil }
      let (year, end) = yearAfter(next)
      return TimeDraft(at, end, .holiday(year, month: parts[0], day: parts[1]), "holiday")
    }
    if has(at, .season) {
      let isGoverned = at > 0 && (has(at - 1, .of) || has(at - 1, .governor))
      if let match = season(at, isGoverned: isGoverned) { return draft(at, match) }
    }
    if let (_, next) = meaning(at, .weekend), at > 0, has(at - 1, .governor) || has(at - 1, .that) {
      return TimeDraft(at, next, .weekend(direction: 0), "weekend")
    }
    return nil
  }

  /// "now", "in the past", but not "in the past 24 hours".
  private func reference(_ at: Int) -> (text: String, next: Int)? {
    guard let (word, next) = meaning(at, .ref) else { return nil }
    if !word.rest.isEmpty, has(next - 1, .direction), number(next) != nil || unit(next) != nil || has(next, .whole) { return nil }
    return (word.text, next)
  }

  /// "currently", "earlier", "years": what names no time of its own.
  private func bare(_ at: Int) -> TimeDraft? {
    if let (_, next) = meaning(at, .that), let unit = unit(next), !unit.isPlural, unit.unit >= .week, !isHyphen(unit.next) {
      return TimeDraft(at, unit.next, .fromText(unit.unit, by: 0), "text-period")
    }
    if let (text, next) = reference(at) { return TimeDraft(at, next, .reference(text), "reference") }
    if let (_, next) = meaning(at, .earlier), !isThan(next) { return TimeDraft(at, next, .reference("PAST_REF"), "earlier") }
    if let (_, next) = meaning(at, .later), !isThan(next) { return TimeDraft(at, next, .reference("FUTURE_REF"), "later") }
    if let unit = unit(at), unit.isPlural, unit.unit != .second, unit.unit != .quarter, !(at > 0 && isHyphen(at - 1)) {
      var next = unit.next
      if isHyphen(next), has(next + 1, .whole) { next += 2 }
      return TimeDraft(at, next, .length(Length(count: nil, unit: unit.unit), window: 0), "open-length")
    }
    return nil
  }
}

extension Base {
  /// The same date in a year.
  func withYear(_ year: YearOf) -> Base {
    switch self {
    case .day(_, let month, let day): .day(year, month: month, day: day)
    case .month(_, let month): .month(year, month)
    default: self
    }
  }
}
