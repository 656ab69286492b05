// Rules for times of day: clock times, military times, date-time groups, zones, parts of the day.
internal import TruceModel

extension TimeScan {
  /// A clock time, with the zone after it.
  struct ClockMatch {
    var clock: Clock
    var zone: ZoneMatch?
    var next: Int
  }

  struct ZoneMatch {
    var zone: Zone?
    var isLocal = false
    var isUTC = false
    var next: Int
  }

  /// "08:00 local time", "6:40 p.m. (GMT +8)", "7pm", "0430 hours", "10 o'clock", "noon".
  func clock(_ at: Int) -> ClockMatch? {
    guard at < count else { return nil }
    if let (noon, next) = meaning(at, .clock) {
      let isNoon = noon.text == "12:00"
      return finish(Clock(hour: isNoon ? 12 : 0, minute: 0), next)
    }
    guard !isBound(at) else { return nil }
    if tokens[at].kind == .mixed { return gluedClock(at) }
    guard tokens[at].kind == .number else { return nil }
    if tokens[at].flags.contains(.decimal) { return dottedClock(at) }
    if let hour = integer(at, digits: 1...2), hour <= 24, at + 2 < count, tokens[at + 1].kind == .colon, tokens[at + 1].isGlued,
      tokens[at + 2].isGlued
    {
      return colonClock(at, hour)
    }
    if let hour = integer(at, digits: 1...2), (1...12).contains(hour) {
      if let (half, next) = halfDay(at + 1) { return finish(Clock(hour: hour % 12 + half, minute: 0), next) }
      if let (_, next) = meaning(at + 1, .oclock) { return finish(Clock(hour: hour, minute: 0), next) }
    }
    if length(at) == 4, let digits = integer(at), digits / 100 <= 23, digits % 100 < 60 {
      let clock = Clock(hour: digits / 100, minute: digits % 100)
      if let (_, next) = meaning(at + 1, .hours) { return finish(clock, next) }
      if let zone = zone(at + 1), zone.zone != nil || zone.isLocal { return ClockMatch(clock: clock, zone: zone, next: zone.next) }
    }
    return nil
  }

  private func colonClock(_ at: Int, _ hour: Int) -> ClockMatch? {
    var minute = 0
    var half: Int?
    var next = at + 3
    if let value = integer(at + 2, digits: 2...2), value < 60 {
      minute = value
    } else if tokens[at + 2].kind == .mixed, leadingDigits(at + 2).digits == 2, leadingDigits(at + 2).value < 60 {
      minute = leadingDigits(at + 2).value
      let tail = length(at + 2) == 4 ? bytes[Int(tokens[at + 2].start) + 2] | 0x20 : 0
      guard length(at + 2) == 3 || tail == 0x70 || tail == 0x61 else { return nil }
      if tail != 0 { half = tail == 0x70 ? 12 : 0 }
    } else {
      return nil
    }
    var second: Int?
    if kind(next) == .colon, next + 1 < count, tokens[next].isGlued, let value = integer(next + 1, digits: 2...2), value < 60 {
      second = value
      next += 2
    }
    if half == nil, let (value, end) = halfDay(next) {
      half = value
      next = end
    }
    if half == nil, has(next, .hours) { next += 1 }
    let final = half.map { hour % 12 + $0 } ?? hour
    guard final <= 24 else { return nil }
    return finish(Clock(hour: final % 24, minute: minute, second: second), next)
  }

  /// "10.15 p.m.", "22.30 GMT".
  private func dottedClock(_ at: Int) -> ClockMatch? {
    let text = bytes[Int(tokens[at].start)..<Int(tokens[at].end)]
    guard let dot = text.firstIndex(of: 0x2E), text.endIndex - dot == 3, dot - text.startIndex <= 2 else { return nil }
    let hour = text[..<dot].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    let minute = text[(dot + 1)...].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    guard hour <= 23, minute < 60 else { return nil }
    if let (half, next) = halfDay(at + 1) { return finish(Clock(hour: hour % 12 + half, minute: minute), next) }
    if has(at + 1, .hours) { return finish(Clock(hour: hour, minute: minute), at + 2) }
    if let zone = zone(at + 1) { return ClockMatch(clock: Clock(hour: hour, minute: minute), zone: zone, next: zone.next) }
    return nil
  }

  /// "7pm", "0430h", "0800Z".
  private func gluedClock(_ at: Int) -> ClockMatch? {
    let (value, digits) = leadingDigits(at)
    let letters = length(at) - digits
    let first = digits < length(at) ? bytes[Int(tokens[at].start) + digits] | 0x20 : 0
    let second = digits + 1 < length(at) ? bytes[Int(tokens[at].start) + digits + 1] | 0x20 : 0
    if digits <= 2, (1...12).contains(value), letters == 2, second == 0x6D, first == 0x70 || first == 0x61 {
      return finish(Clock(hour: value % 12 + (first == 0x70 ? 12 : 0), minute: 0), at + 1)
    }
    if digits == 4, value / 100 <= 23, value % 100 < 60, letters == 1 || (letters == 3 && first == 0x68), first == 0x68 || first == 0x7A {
      let zone = first == 0x7A ? ZoneMatch(zone: .utc, isUTC: true, next: at + 1) : nil
      let clock = Clock(hour: value / 100, minute: value % 100)
      return zone.map { ClockMatch(clock: clock, zone: $0, next: at + 1) } ?? finish(clock, at + 1)
    }
    if letters == 3, digits == 4, value / 100 <= 23, value % 100 < 60, first == 0x67 || first == 0x75 {
      return ClockMatch(
        clock: Clock(hour: value / 100, minute: value % 100), zone: ZoneMatch(zone: .utc, isUTC: first == 0x75, next: at + 1), next: at + 1)
    }
    return nil
  }

  private func halfDay(_ at: Int) -> (hours: Int, next: Int)? {
    guard let (half, next) = meaning(at, .halfDay) else { return nil }
    return (half.text == "pm" ? 12 : 0, next)
  }

  private func finish(_ clock: Clock, _ next: Int) -> ClockMatch {
    let zone = zone(next)
    let end = zone?.next ?? next
    if zone?.zone == nil, let other = otherZone(clock, end) { return ClockMatch(clock: clock, zone: other, next: other.next) }
    return ClockMatch(clock: clock, zone: zone, next: end)
  }

  /// "9 p.m. (1900 GMT)", "21:00 local time (19:00 GMT)": the same moment by UTC tells how far before it the first clock is.
  private func otherZone(_ clock: Clock, _ at: Int) -> ZoneMatch? {
    guard kind(at) == .openBracket, let other = self.clock(at + 1), kind(other.next) == .closeBracket, other.zone?.zone == .utc else {
      return nil
    }
    let ahead = (clock.hour - other.clock.hour) * 60 + clock.minute - other.clock.minute
    // Clocks differ by quarters of an hour, and by less than half a day.
    let minutes = (ahead + 2160) % 1440 - 720
    guard minutes % 15 == 0 else { return nil }
    return ZoneMatch(zone: Zone(offsetSeconds: minutes * 60), next: other.next + 1)
  }

  /// "GMT", "Moscow time", "(UTC+4)", "(GMT +8)", "local time".
  func zone(_ start: Int) -> ZoneMatch? {
    guard start < count, start > 0, together(start - 1, start) else { return nil }
    var at = start
    let isBracketed = tokens[at].kind == .openBracket
    if isBracketed { at += 1 }
    guard let (word, after) = meaning(at, .zone) else { return nil }
    // Single short words of zones want capitals: "et" and "local" are words of other kinds.
    if word.rest.isEmpty, !tokens[at].isAllCaps { return nil }
    var result = ZoneMatch(zone: word.zone, next: after)
    result.isLocal = word.text == "local"
    let isUniversal = word.zone == .utc
    result.isUTC = isUniversal && word.text == "Z"
    if isUniversal, let (offset, next) = offset(after) {
      result.zone = Zone(offsetSeconds: offset)
      result.isUTC = false
      result.next = next
    }
    if isBracketed {
      guard kind(result.next) == .closeBracket else { return nil }
      result.next += 1
    }
    return result
  }

  /// "+4", " +8", "-03:30".
  private func offset(_ at: Int) -> (seconds: Int, next: Int)? {
    guard at + 1 < count else { return nil }
    let sign: Int
    switch tokens[at].kind {
    case .symbol where byte(at) == 0x2B: sign = 1
    case .hyphen, .dash: sign = -1
    default: return nil
    }
    guard tokens[at + 1].isGlued, let hours = integer(at + 1, digits: 1...4) else { return nil }
    if length(at + 1) > 2 { return hours / 100 <= 14 && hours % 100 < 60 ? (sign * (hours / 100 * 3600 + hours % 100 * 60), at + 2) : nil }
    guard hours <= 14 else { return nil }
    if kind(at + 2) == .colon, at + 3 < count, tokens[at + 2].isGlued, let minutes = integer(at + 3, digits: 2...2), minutes < 60 {
      return (sign * (hours * 3600 + minutes * 60), at + 4)
    }
    return (sign * hours * 3600, at + 2)
  }

  /// A NATO date-time group: "010430DDEC20", "010430ZDEC2020".
  func dateTimeGroup(_ at: Int) -> TimeDraft? {
    guard tokens[at].kind == .mixed, (11...14).contains(length(at)) else { return nil }
    let text = Array(bytes[Int(tokens[at].start)..<Int(tokens[at].end)])
    let (digits, count) = leadingDigits(at)
    guard count == 6, let offset = TimeScan.militaryOffset(text[6]) else { return nil }
    let form = Form(String(decoding: text[7..<10], as: UTF8.self))
    let index = lexicon.meanings.index(of: form)
    guard index >= 0, let month = lexicon.meanings.values[index].first(where: { $0.kind == .month && $0.rest.isEmpty })?.number else {
      return nil
    }
    let tail = text[10...]
    var year = YearOf.unsaid
    if !tail.isEmpty {
      guard tail.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), tail.count == 2 || tail.count == 4 else { return nil }
      let value = tail.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      year = .fixed(tail.count == 2 ? 2000 + value : value)
    }
    let (day, hour, minute) = (digits / 10_000, digits / 100 % 100, digits % 100)
    guard (1...31).contains(day), hour < 24, minute < 60 else { return nil }
    let draft = TimeDraft(at, at + 1, .day(year, month: month, day: day), "date-time-group")
    draft.clock = Clock(hour: hour, minute: minute)
    draft.zone = Zone(offsetSeconds: offset * 3600)
    return draft
  }

  /// Hours east of UTC of a military zone's letter; J, local time, has none.
  static func militaryOffset(_ letter: UInt8) -> Int? {
    switch letter & 0xDF {
    case 0x5A: 0
    case 0x41...0x49: Int(letter & 0xDF) - 0x40
    case 0x4B...0x4D: Int(letter & 0xDF) - 0x41
    case 0x4E...0x59: 0x4D - Int(letter & 0xDF)
    default: nil
    }
  }

  /// "morning", "early hours", "late evening" (its "late" included).
  func dayPart(_ at: Int) -> (part: DayPart, next: Int)? {
    var start = at
    if let (_, end) = meaning(at, .part), meaning(end, .daypart) != nil, meaning(at, .daypart) == nil { start = end }
    guard let (word, next) = meaning(start, .daypart) else { return nil }
    return (DayPart(code: word.text, minutes: word.hours), next)
  }
}
