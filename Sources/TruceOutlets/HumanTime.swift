// Times as a person reads them: "1 December 2020", "early 1 December 2020, 00:00 to 06:00", "by 20 November 2020".
public import TruceModel

/// How times are written out.
public enum HumanTime {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
  ]

  /// A day, `1 December 2020`; brief: `1 Dec 2020`.
  public static func day(_ day: CivilDate, isBrief: Bool = false) -> String {
    "\(day.day) \(month(day.month, isBrief)) \(day.year)"
  }

  /// A moment in a zone. The last or first instant of a day is the day itself: `--on D` means the end of D.
  public static func moment(_ instant: Instant, zone: Zone, isBrief: Bool = false) -> String {
    let offset = zone.offsetSeconds(at: instant)
    let local = instant.text(offsetSeconds: offset)
    let time = local.dropFirst(11).prefix(5)
    let start = zone.instant(zone.day(at: instant))
    if instant == start { return day(zone.day(at: instant.adding(milliseconds: -1)), isBrief: isBrief) }
    if time == "23:59" { return day(zone.day(at: instant), isBrief: isBrief) }
    return "\(day(zone.day(at: instant), isBrief: isBrief)), \(time)"
  }

  /// A moment with its clock time and offset, never shortened to a day: `1 Dec 2020, 06:30 +04:00`.
  public static func stamp(_ instant: Instant, zone: Zone) -> String {
    let offset = zone.offsetSeconds(at: instant)
    let text = instant.text(offsetSeconds: offset)
    let tail = offset == 0 ? "UTC" : String(text.suffix(6))
    return "\(day(zone.day(at: instant), isBrief: true)), \(text.dropFirst(11).prefix(5)) \(tail)"
  }

  /// A time as the text supports it, never finer.
  public static func when(_ when: When, isBrief: Bool = false) -> String {
    var text = expression(when.edtf, isBrief) ?? when.edtf
    if when.grain == .time, !when.edtf.contains("T"), when.end == nil {
      // A day that the text narrows to a part of it.
      let from = clock(when.begin.lowerBound, when.zone)
      let until = clock(when.begin.upperBound, when.zone)
      text += ", \(from) to \(until == "00:00" ? "24:00" : until)"
    }
    switch when.qualifier {
    case "?": text += " (uncertain)"
    case "~": text = "about " + text
    case "%": text = "about " + text + " (uncertain)"
    default: break
    }
    return text
  }

  private static func clock(_ instant: Instant, _ zone: Zone) -> String {
    String(instant.text(offsetSeconds: zone.offsetSeconds(at: instant)).dropFirst(11).prefix(5))
  }

  private static func month(_ number: Int, _ isBrief: Bool) -> String {
    isBrief ? String(months[number - 1].prefix(3)) : months[number - 1]
  }

  private static func expression(_ edtf: String, _ isBrief: Bool) -> String? {
    guard let parsed = EDTF(edtf) else { return nil }
    guard let end = parsed.end else { return point(parsed.start, isBrief) }
    let first = point(parsed.start, isBrief)
    let last = point(end, isBrief)
    switch (first, last) {
    case (let first?, let last?): return parsed.isOneOf ? "between \(first) and \(last)" : "\(first) to \(last)"
    case (nil, let last?): return parsed.isOneOf ? "by \(last)" : "until \(last)"
    case (let first?, nil): return parsed.isOneOf ? "\(first) or later" : "since \(first)"
    default: return nil
    }
  }

  private static func point(_ point: EDTF.Point, _ isBrief: Bool) -> String? {
    switch point {
    case .open, .unknown: return nil
    case .time(let day, let hour, let minute, _, _):
      return "\(self.day(day, isBrief: isBrief)), \(twoDigits(hour)):\(twoDigits(minute))"
    case .date(let first, let last, let grain):
      switch grain {
      case .century: return "\(first.year) to \(last.year)"
      case .decade: return "the \(first.year)s"
      case .year: return String(first.year)
      case .season:
        let names = [3: "spring", 6: "summer", 9: "autumn", 12: "winter"]
        return "\(names[first.month] ?? "season") \(first.year)"
      case .month: return "\(month(first.month, isBrief)) \(first.year)"
      case .day, .time: return day(first, isBrief: isBrief)
      }
    }
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
