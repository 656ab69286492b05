// Makes a mention of a resolved time expression: its value, its `When`, and how the words before it bind an event.
internal import TruceModel

/// Writes mentions for one document.
struct TimeWriter {
  let scan: TimeScan
  /// Of local times for which the text names none; nil where nothing is known.
  let zone: Zone?
  let published: When?

  func mention(_ draft: TimeDraft, _ resolved: TimeResolver.Resolved, in document: Document) -> TimeMention {
    let governor = governor(draft)
    draft.qualifier = qualifier(before: draft.start)
    let start = draft.start
    let inDateline = document.datelines.contains { $0.tokens.contains(start) }
    var when = time(draft, resolved)
    let bounded: When?
    if when == nil {
      bounded = vague(resolved)
    } else {
      when!.role = role(governor.text, draft, inDateline)
      bounded = inDateline ? when : self.bounded(when!, governor.text, draft)
    }
    return TimeMention(
      span: document.span(tokens: draft.start..<draft.end), tokens: draft.start..<draft.end, type: type(draft, resolved),
      value: value(draft, resolved), when: when, bounded: bounded, word: inDateline && when != nil ? nil : word(governor.text),
      governor: governor.tokens, rule: draft.rule, isDateline: inDateline, isVague: resolved.isVague, isEnd: draft.part == .end)
  }

  // MARK: Values

  private func type(_ draft: TimeDraft, _ resolved: TimeResolver.Resolved) -> TimexType {
    if resolved.type != .date { return resolved.type }
    return draft.clock != nil || draft.dayPart != nil || draft.isNight ? .time : .date
  }

  private func value(_ draft: TimeDraft, _ resolved: TimeResolver.Resolved) -> String {
    if resolved.type != .date { return resolved.value }
    // A range's time of day is of its first day.
    if draft.rule == "night-range" { return resolved.value }
    let day = draft.clock != nil || draft.dayPart != nil || draft.isNight ? resolved.first?.description ?? resolved.value : resolved.value
    if let clock = draft.clock { return day + "T" + TimeText.clock(clock) + (draft.isUTC ? "Z" : "") }
    if let part = draft.dayPart { return day + "T" + part.code }
    if draft.isNight { return day + "TNI" }
    return resolved.value
  }

  // MARK: When

  private func time(_ draft: TimeDraft, _ resolved: TimeResolver.Resolved) -> When? {
    guard let first = resolved.first, let last = resolved.last else { return nil }
    let zone = draft.zone ?? self.zone ?? .utc
    if let clock = draft.clock, first == last || draft.isNight {
      let from = zone.instant(first, hour: clock.hour, minute: clock.minute, second: clock.second ?? 0)
      let isKnown = draft.zone != nil || self.zone != nil
      let text =
        first.description + "T" + TimeText.two(clock.hour) + ":" + TimeText.two(clock.minute) + ":" + TimeText.two(clock.second ?? 0)
      var when = When(first, zone: zone, rule: draft.rule)
      when.edtf = text + (isKnown ? String(zone.text(from).dropFirst(19)) : "")
      when.begin = from..<from.adding(seconds: clock.second == nil ? 60 : 1)
      when.grain = .time
      return qualified(when, draft.qualifier)
    }
    if draft.isNight {
      // The night before: it ends on the publication's day; of a written day, it begins there.
      let isBare = draft.rule == "overnight"
      let start = isBare ? first.adding(days: -1) : first
      let end = isBare ? first : last > first ? last : first.adding(days: 1)
      // "on the night of 6 June": of that day, as it is told.
      let isOfDay = !isBare && last == first
      var when = When(isOfDay ? first.description : start.description + "/" + end.description, zone: zone, rule: draft.rule)
      if isOfDay { return when }
      when?.begin = zone.instant(start, hour: 18)..<zone.instant(end, hour: 9)
      when?.end = zone.instant(start, hour: 18)..<zone.instant(end, hour: 9)
      when?.grain = .time
      return when
    }
    if first == last {
      var when = When(first, zone: zone, rule: draft.rule)
      if let part = draft.dayPart {
        let start = zone.instant(first).adding(seconds: Int64(part.minutes.lowerBound * 60))
        when = when.narrowed(to: start..<start.adding(seconds: Int64(part.minutes.count * 60)))
      }
      return qualified(when, draft.qualifier)
    }
    return period(draft, resolved, first, last, zone)
  }

  private func period(_ draft: TimeDraft, _ resolved: TimeResolver.Resolved, _ first: CivilDate, _ last: CivilDate, _ zone: Zone) -> When? {
    let text: String
    var isWhole: Bool { EDTF(resolved.value)?.isOneOf == false }
    if draft.last != nil || resolved.type == .duration {
      text = draft.last != nil && isWhole ? resolved.value : first.description + "/" + last.description
    } else {
      switch draft.base {
      case .decade(let digits): text = "\(digits)X"
      case .century(let digits): text = "\(digits)XX"
      case .month, .year: text = resolved.value
      case .shifted(let unit, _) where unit == .month || unit == .year: text = resolved.value
      case .fromText(let unit, _) where unit == .month || unit == .year: text = resolved.value
      case .named(let edtf): text = edtf
      // A season has a sign of its own: 2010-23.
      case .season where first.day == 1 && first.month % 3 == 0:
        text = TimeText.four(first.year) + "-\(20 + first.month / 3)"
      default: text = isWhole ? resolved.value : "[" + first.description + ".." + last.description + "]"
      }
    }
    guard var when = When(text, zone: zone, rule: draft.rule) else { return nil }
    if let part = draft.part, when.end == nil { when = narrowed(when, part, first, last, zone) }
    return qualified(when, draft.qualifier)
  }

  /// Early, middle or late: the first, second or last third of the days.
  private func narrowed(_ when: When, _ part: PeriodPart, _ first: CivilDate, _ last: CivilDate, _ zone: Zone) -> When {
    let days = last.daysSinceEpoch - first.daysSinceEpoch + 1
    let third = days / 3
    let bounds: (CivilDate, CivilDate) =
      switch part {
      case .start: (first, first.adding(days: third))
      case .mid: (first.adding(days: third), last.adding(days: 1 - third))
      case .end: (last.adding(days: 1 - third), last.adding(days: 1))
      }
    var copy = when
    let window = zone.instant(bounds.0)..<zone.instant(bounds.1)
    let clamped = copy.begin.clamped(to: window)
    if !clamped.isEmpty { copy.begin = clamped }
    return copy
  }

  private func qualified(_ when: When, _ qualifier: Character?) -> When {
    guard let qualifier, !when.edtf.utf8.contains(where: { $0 == 0x5B || $0 == 0x2F || $0 == 0x54 }) else { return when }
    var copy = when
    copy.edtf += String(qualifier)
    copy.qualifier = qualifier
    return copy
  }

  /// "about" and the like right before an expression or its governor; "reportedly" makes it uncertain as well.
  private func qualifier(before start: Int) -> Character? {
    guard start > 0 else { return nil }
    for back in 1...4 where start - back >= 0 && scan.together(start - back, start) {
      let at = start - back
      guard let (word, next) = scan.meaning(at, .about), next == start, word.text == "~" || word.text == "%" else { continue }
      if word.text == "%" || hedged(at) { return "%" }
      return "~"
    }
    return nil
  }

  private func hedged(_ at: Int) -> Bool {
    var before = at - 1
    while before >= max(0, at - 10), scan.tokens[before].sentence == scan.tokens[at].sentence {
      if scan.has(before, .hedge) { return true }
      before -= 1
    }
    return false
  }

  // MARK: Binding

  /// The word or phrase before an expression that binds an event to it.
  private func governor(_ draft: TimeDraft) -> (text: String, tokens: Range<Int>) {
    var end = draft.start
    // "by around 15 November", "by the end of": what stands between does not count.
    for _ in 0..<2 {
      guard end > 0 else { break }
      let before = end - 1
      if scan.slots[before] >= 0, scan.has(before, .determiner) { end = before; continue }
      if scan.slots[before] >= 0, let (word, _) = scan.meaning(before, .about), word.text == "~", !scan.has(before, .governor) {
        end = before
      }
    }
    for back in stride(from: 5, through: 1, by: -1) where end - back >= 0 && scan.together(end - back, end - 1) {
      guard scan.together(end - back, draft.start), let (word, next) = scan.meaning(end - back, .governor), next == end else { continue }
      return (word.text, end - back..<end)
    }
    return ("", draft.start..<draft.start)
  }

  private func word(_ text: String) -> Deadline.Word? { text.isEmpty ? nil : Deadline.Word(rawValue: text) }

  private func isNegated(_ at: Int) -> Bool {
    var before = at - 1
    while before >= max(0, at - 8), scan.tokens[before].sentence == scan.tokens[at].sentence {
      if scan.slots[before] >= 0, scan.has(before, .negation) { return true }
      before -= 1
    }
    return false
  }

  private func role(_ governor: String, _ draft: TimeDraft, _ inDateline: Bool) -> When.Role {
    if inDateline { return .reported }
    let isRevision = scan.isRevised(draft.start)
    switch governor {
    case "by", "before", "within": return .due
    case "until":
      if isRevision { return .becomes }
      return isNegated(draft.start) ? .happened : .until
    case "from": return isRevision ? .was : .from
    case "as-of": return .asOf
    default:
      if isRevision, draft.start > 0, scan.has(draft.start - 1, .to) { return .becomes }
      return .happened
    }
  }

  /// The time of an event that the words bind.
  private func bounded(_ when: When, _ governor: String, _ draft: TimeDraft) -> When? {
    let day = when.edtf
    let isPlain = !day.utf8.contains { $0 == 0x2F || $0 == 0x5B }
    func made(_ text: String) -> When? {
      guard var made = When(text, zone: when.zone, role: when.role, rule: when.rule) else { return when }
      made.qualifier = when.qualifier
      return made
    }
    if when.role == .was || when.role == .becomes { return when }
    if case .length(_, let window) = draft.base, window > 0 || governor == "within" {
      return window >= 0 ? made("[..\(when.edtf.split(separator: "/").last ?? "")]") : when
    }
    if case .fromAnchor = draft.base, isPlain { return draft.rule == "agreement-anchor" ? made("[.." + day + "]") : when }
    guard isPlain else { return when }
    switch governor {
    case "by", "before", "within": return made("[.." + day + "]")
    case "until": return isNegated(draft.start) ? when : made("../" + day)
    case "from": return made(day + "/..")
    case "after": return made("[" + day + "..]")
    default: return when
    }
  }

  /// What a word such as "earlier" bounds: not after the report.
  private func vague(_ resolved: TimeResolver.Resolved) -> When? {
    guard resolved.isVague, resolved.value == "PAST_REF", let published else { return nil }
    let day = published.zone.day(at: published.earliest)
    return When("[..\(day)]", zone: zone ?? .utc, rule: "earlier")
  }
}
