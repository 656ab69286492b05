// Rules for times that count from another: "last week", "two weeks ago", "ten days later", and for lengths and recurrences.
internal import TruceModel

extension TimeScan {
  /// "within 72 hours": the stretch begins with the publication.
  func openWindow(_ draft: TimeDraft) {
    guard case .length(let length, 0) = draft.base, length.count != nil, draft.start > 0, together(draft.start - 1, draft.start),
      let (word, next) = meaning(draft.start - 1, .governor), next == draft.start, word.text == "within"
    else { return }
    draft.base = .length(length, window: 1)
  }

  /// "first quarter of 2009", "the last week of March", "a second consecutive day".
  func periodPart(_ at: Int, from start: Int) -> TimeDraft? {
    if let match = partOfYear(at) { return draft(start, match) }
    guard tokens[at].kind == .ordinal || has(at, .ordinal) else { return nil }
    if let (_, next) = meaning(at + 1, .consecutive), let unit = unit(next), !unit.isPlural, unit.unit >= .day {
      return TimeDraft(start, unit.next, .shifted(unit.unit, by: 0), "consecutive")
    }
    return nil
  }

  /// "last week", "next Monday", "this morning", "the past 24 hours", "the coming days".
  func directed(_ at: Int, from start: Int) -> TimeDraft? {
    guard at < count, let (word, next) = meaning(at, .direction), next < count, together(at, next) else { return nil }
    let direction = word.number
    let isPast = tokens[at].form == TimeScan.past
    // "the next morning", "the following night": after the day that the text last named.
    if direction == 1, let (part, end) = dayPart(next), tokens[at].form == TimeScan.following || start < at {
      let draft = TimeDraft(start, end, .fromText(.day, by: 1), "text-part-of-day")
      draft.dayPart = part
      return draft
    }
    if let (part, end) = dayPart(next) {
      let draft = TimeDraft(start, end, .fromPublication(days: direction < 0 && part.code == "NI" ? -1 : direction), "directed-part-of-day")
      draft.dayPart = part
      return draft
    }
    if let (day, end) = meaning(next, .weekday), tokens[next].isCapitalised {
      return attach(TimeDraft(start, end, .weekday(day.number, direction: direction), "directed-weekday"))
    }
    if let (month, end, _) = month(next) {
      // "Following December 2013": after it.
      if tokens[at].form == TimeScan.following, start == at { return nil }
      // "the following May": after the time that the text last named.
      if tokens[at].form == TimeScan.following { return TimeDraft(start, end, .month(.unsaid, month), "text-month") }
      return TimeDraft(start, end, .month(.unsaid, month), direction == 0 ? "this-month" : direction < 0 ? "last-month" : "next-month")
    }
    if let match = season(next, direction: direction) { return draft(start, match) }
    if let (_, end) = meaning(next, .weekend) { return TimeDraft(start, end, .weekend(direction: direction), "weekend") }
    // "the following two weeks": after the day that the text last named.
    let window = tokens[at].form == TimeScan.following ? Length.afterText : direction
    if let found = length(of: next), !found.isArticle {
      // "the last day" and "the past nine days" are stretches.
      return TimeDraft(start, found.next, .length(found.length, window: window), "rolling-window")
    }
    var place = next
    while has(place, .whole) { place += 1 }
    guard let unit = unit(place) else { return nil }
    if isHyphen(unit.next) { return nil }
    if unit.isPlural { return TimeDraft(start, unit.next, .length(Length(count: nil, unit: unit.unit), window: window), "open-window") }
    let isLast = direction == -1
    if isLast, isPast || unit.unit < .week || unit.unit >= .decade {
      return TimeDraft(start, unit.next, .length(Length(count: 1, unit: unit.unit), window: window), "rolling-window")
    }
    if unit.unit == .quarter { return TimeDraft(start, unit.next, .quarter(.unsaid, direction), "quarter") }
    if unit.unit < .day {
      return direction == 0
        ? nil : TimeDraft(start, unit.next, .length(Length(count: 1, unit: unit.unit), window: window), "rolling-window")
    }
    if TimeScan.adjacent.contains(tokens[at].form) {
      return TimeDraft(start, unit.next, .fromText(unit.unit, by: direction), "text-period")
    }
    return TimeDraft(start, unit.next, .shifted(unit.unit, by: direction), "directed-period")
  }

  /// "early June", "mid-2011", "late in the day", "the end of last year", "earlier this year", "later Tuesday".
  func narrowed(_ at: Int) -> TimeDraft? {
    var part: PeriodPart?
    var next = at
    var isMoved = false
    if let (word, end) = meaning(at, .part) {
      part = PeriodPart(rawValue: word.text)
      next = end
    } else if let (_, end) = meaning(at, .earlypart) ?? meaning(at, .latepart) ?? meaning(at, .rest) {
      next = end
      isMoved = true
    } else {
      return nil
    }
    if isHyphen(next) { next += 1 }
    if let (_, end) = meaning(next, .of), part != nil || isMoved { next = end }
    if let (word, end) = meaning(next, .governor), word.text == "on" { next = end }
    if has(next, .determiner), !has(next, .article) { next += 1 }
    guard next < count, together(at, next) else { return nil }
    if !isMoved, has(next, .daypart) { return partOfDay(next, from: at) }
    var inner: TimeDraft?
    if let (day, end) = meaning(next, .day) {
      inner = TimeDraft(at, end, .fromPublication(days: day.number), "part-of-day-named")
    } else if let (step, end) = nextDay(next) {
      // "early the next day".
      inner = TimeDraft(at, end, .fromText(.day, by: step.number), "text-day")
    } else if let (_, end) = meaning(next, .then) {
      inner = TimeDraft(at, end, .textDay, "text-day")
    } else if let date = directed(next, from: at) {
      inner = date
    } else if let match = calendar(next) {
      inner = attach(draft(at, match))
    } else if let match = yearExpression(next) {
      inner = draft(at, match)
    } else if let match = season(next, isGoverned: true) {
      inner = draft(at, match)
    } else if let match = partOfYear(next) {
      inner = draft(at, match)
    } else if let (_, end) = meaning(next, .weekend) {
      inner = TimeDraft(at, end, .weekend(direction: 0), "weekend")
    } else if next > at + 1, let unit = unit(next), !unit.isPlural, unit.unit >= .day, !isHyphen(unit.next) {
      // "later in the day": the day of which the text tells.
      inner = TimeDraft(at, unit.next, unit.unit == .day ? .textDay : .shifted(unit.unit, by: 0), "this-period")
    }
    guard let draft = inner else { return nil }
    draft.start = at
    draft.part = part
    return draft
  }

  /// "daily", "every morning at 9", "each year", "twice a day", "per year".
  func recurring(_ at: Int) -> TimeDraft? {
    if let (word, next) = meaning(at, .set) { return TimeDraft(at, next, .set(word.text), "recurring") }
    if let (_, next) = meaning(at, .times), let found = length(of: next), found.isArticle {
      return TimeDraft(at, found.next, .set(found.length.value), "recurring")
    }
    guard let (_, next) = meaning(at, .every), next < count, together(at, next) else { return nil }
    if let (part, end) = dayPart(next) {
      var value = "XXXX-XX-XXT" + part.code
      var stop = end
      if let (word, after) = meaning(end, .governor), word.text == "on" {
        if let clock = clock(after) {
          value = "XXXX-XX-XXT" + TimeText.clock(clock.clock)
          stop = clock.next
        } else if let hour = integer(after, digits: 1...2), hour <= 24, kind(after + 1) != .hyphen {
          let isLater = part.minutes.lowerBound >= 12 * 60 && hour < 12
          value = "XXXX-XX-XXT" + TimeText.clock(Clock(hour: isLater ? hour + 12 : hour, minute: 0))
          stop = after + 1
        }
      }
      return TimeDraft(at, stop, .set(value), "recurring")
    }
    if let (day, end) = meaning(next, .weekday) { return TimeDraft(at, end, .set("XXXX-WXX-\(day.number)"), "recurring") }
    if let (month, end, _) = month(next) { return TimeDraft(at, end, .set("XXXX-" + TimeText.two(month)), "recurring") }
    if let unit = unit(next), !unit.isPlural {
      return TimeDraft(at, unit.next, .set(Length(count: Double(unit.count), unit: unit.unit).value), "recurring")
    }
    if let found = length(of: next), !found.isArticle { return TimeDraft(at, found.next, .set(found.length.value), "recurring") }
    return nil
  }

  /// "two weeks ago", "ten days later", "18 months", "five-day", "a year" after a number.
  func counted(_ at: Int, from start: Int) -> TimeDraft? {
    guard let found = length(of: at) else { return nil }
    var next = found.next
    let length = found.length
    if found.isCompound || isHyphen(next) {
      if isHyphen(next), has(next + 1, .old) { next += 2 }
      return TimeDraft(start, next, .length(length, window: 0), "length")
    }
    if has(next, .old) { return TimeDraft(start, next + 1, .length(length, window: 0), "age") }
    if let (_, end) = meaning(next, .ago) { return shifted(start, end, length, -1) }
    if let (_, end) = meaning(next, .hence) { return shifted(start, end, length, 1) }
    let isLater = has(next, .later) || has(next, .after)
    let isEarlier = has(next, .earlier) || has(next, .before)
    if isLater || isEarlier {
      let sign = isLater ? 1 : -1
      if let (event, end) = meaning(next + 1, .anchor) ?? (has(next + 1, .determiner) ? meaning(next + 2, .anchor) : nil) {
        return TimeDraft(start, end, .fromAnchor(event.text, length, sign: sign), "agreement-anchor")
      }
      // "three days after that".
      if has(next, .after) || has(next, .before), next + 1 < count, tokens[next + 1].form == UnitBuilder.that, length.unit >= .day,
        next + 2 >= count || tokens[next + 2].kind != .word || !together(next, next + 2), let count = length.count, count == count.rounded()
      {
        return TimeDraft(start, next + 2, .fromText(length.unit, by: sign * Int(count)), "text-offset")
      }
      if let match = calendar(next + 1), has(next, .after) || has(next, .before) {
        _ = match
        return TimeDraft(start, next, .length(length, window: 0), "length")
      }
      let isAdverb =
        has(next, .later) || has(next, .earlier) || next + 1 >= count || !together(next, next + 1) || tokens[next + 1].kind != .word
      if isAdverb, !(has(next + 1, .anchor)), let count = length.count, count == count.rounded(), length.unit >= .day,
        kind(next + 1) != .word || !isThan(next + 1)
      {
        return TimeDraft(start, next + 1, .fromText(length.unit, by: sign * Int(count)), "text-offset")
      }
      return TimeDraft(start, isAdverb ? next + 1 : next, .length(length, window: 0), "length")
    }
    if let (word, end) = meaning(next, .governor),
      word.text == "from" || word.text == "after" || word.text == "within" || word.text == "on",
      let (event, stop) = meaning(end, .anchor)
    {
      return TimeDraft(start, stop, .fromAnchor(event.text, length, sign: 1), "agreement-anchor")
    }
    if has(next, .of), let (event, stop) = meaning(next + 1, .anchor), at > 0, meaning(at - 1, .governor)?.meaning.text == "within" {
      return TimeDraft(start, stop, .fromAnchor(event.text, length, sign: 1), "agreement-anchor")
    }
    if found.isArticle, at > 0, isRate(at) { return TimeDraft(start, next, .set(length.value), "rate") }
    return TimeDraft(start, next, .length(length, window: 0), "length")
  }

  func isThan(_ at: Int) -> Bool { at < count && tokens[at].form == TimeScan.than }

  /// "15 a year": a number stands right before the article.
  private func isRate(_ at: Int) -> Bool {
    guard at > 0, together(at - 1, at) else { return false }
    if tokens[at - 1].kind == .number || has(at - 1, .number) || has(at - 1, .times) { return true }
    return at > 1 && tokens[at - 2].kind == .number && tokens[at - 1].kind == .word && slots[at - 1] < 0
  }

  private func shifted(_ start: Int, _ end: Int, _ length: Length, _ sign: Int) -> TimeDraft {
    guard let count = length.count, length.unit >= .day, abs(count) < 100_000 else {
      let isOpen = length.count == nil
      return TimeDraft(start, end, isOpen ? .reference(sign < 0 ? "PAST_REF" : "FUTURE_REF") : .length(length, window: sign), "offset")
    }
    if count != count.rounded(), length.unit == .year {
      return TimeDraft(start, end, .shifted(.month, by: sign * Int(count * 12)), "offset")
    }
    if length.unit == .week, count == 1 { return TimeDraft(start, end, .fromPublication(days: 7 * sign), "offset") }
    return TimeDraft(start, end, .shifted(length.unit, by: sign * Int(count)), "offset")
  }
}
