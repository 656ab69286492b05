// Lengths of time: counted from what an agreement does, or reaching to or from the publication.
internal import TruceModel

extension TimeResolver {
  func fromAnchor(_ event: String, _ length: Length, _ sign: Int) -> Resolved {
    guard let anchor = anchors[event], let count = length.count else {
      return Resolved(value: length.value, type: .duration)
    }
    let day = moved(anchor, by: sign * Int(count), length.unit)
    return Resolved(
      value: length.unit == .year ? "\(TimeText.four(day.year))-\(TimeText.two(day.month))" : length.value, first: day, last: day)
  }

  /// A stretch that ends or begins at the publication; its days are the outermost that it can touch.
  func length(_ length: Length, _ window: Int) -> Resolved {
    var result = Resolved(value: length.value, type: .duration)
    let base = window == Length.afterText ? lastNamedDay ?? lastDay ?? published : published
    guard window != 0, let base, let count = length.count, count < 100_000 else { return result }
    // "two and a half years" are 30 months.
    let isYears = length.unit == .year && count != count.rounded()
    let whole = Int((isYears ? 12 * count : count).rounded(.up))
    let unit = isYears ? .month : length.unit
    let sign = window < 0 ? -1 : 1
    // Hours touch the days that they reach into.
    let far =
      unit == .hour ? moved(base, by: sign * ((whole + 23) / 24), .day) : moved(base, by: sign * whole, unit)
    result.first = min(far, base)
    result.last = max(far, base)
    return result
  }

  /// A day so many units before or after another; what is shorter than a day moves it by none.
  private func moved(_ day: CivilDate, by count: Int, _ unit: TimeUnit) -> CivilDate {
    switch unit {
    case .second, .minute, .hour: day
    case .day: day.adding(days: count)
    case .week: day.adding(days: 7 * count)
    case .month: day.adding(months: count)
    case .quarter: day.adding(months: 3 * count)
    case .year: day.adding(months: 12 * count)
    case .decade: day.adding(months: 120 * count)
    case .century: day.adding(months: 1200 * count)
    }
  }

  func named(_ text: String) -> Resolved {
    guard let when = When(text, zone: .utc) else { return Resolved(value: text) }
    let first = when.earliest.day(offsetSeconds: 0)
    let last = when.latest.adding(milliseconds: -1).day(offsetSeconds: 0)
    return period(first, last, text)
  }
}
