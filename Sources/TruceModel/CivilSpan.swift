// A length of calendar time as agreements state it: five years, six months, 21 days, 72 hours.

/// A length of calendar time: months, days and seconds apart, because a month has no fixed number of days (ISO 8601-1 section 5.5.2).
public struct CivilSpan: Sendable, Hashable, CustomStringConvertible {
  public var months: Int
  public var days: Int
  public var seconds: Int

  /// No part is above this.
  public static let limit = 1_000_000_000

  public init(months: Int = 0, days: Int = 0, seconds: Int = 0) {
    self.months = months
    self.days = days
    self.seconds = seconds
  }

  /// A length written `P5Y`, `P6M`, `P2W`, `P21D`, `PT72H`, `P1Y6M`, `PT90M`; nil for anything else and for nothing at all.
  public init?(_ text: some StringProtocol) {
    var rest = Array(text.utf8)[...]
    guard rest.count <= 40, rest.popFirst() == 0x50, !rest.isEmpty else { return nil }
    var isTime = false
    var order = 0
    var (months, days, seconds) = (0, 0, 0)
    while !rest.isEmpty {
      if rest.first == 0x54 {
        rest.removeFirst()
        guard !isTime, !rest.isEmpty else { return nil }
        isTime = true
      }
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      guard digits.count <= 9, let count = decimal(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let rank: Int
      switch (rest.popFirst(), isTime) {
      case (0x59, false): (rank, months) = (1, months + count * 12)
      case (0x4D, false): (rank, months) = (2, months + count)
      case (0x57, false): (rank, days) = (3, days + count * 7)
      case (0x44, false): (rank, days) = (4, days + count)
      case (0x48, true): (rank, seconds) = (5, seconds + count * 3600)
      case (0x4D, true): (rank, seconds) = (6, seconds + count * 60)
      case (0x53, true): (rank, seconds) = (7, seconds + count)
      default: return nil
      }
      guard rank > order, max(months, days, seconds) <= CivilSpan.limit else { return nil }
      order = rank
    }
    self.init(months: months, days: days, seconds: seconds)
  }

  /// ISO 8601: `P5Y`, `P1Y6M`, `P21D`, `PT72H`; weeks are written as days.
  public var description: String {
    var text = "P"
    if months >= 12 { text += "\(months / 12)Y" }
    if months % 12 != 0 { text += "\(months % 12)M" }
    if days != 0 { text += "\(days)D" }
    if seconds != 0 {
      text += "T"
      if seconds >= 3600 { text += "\(seconds / 3600)H" }
      if seconds / 60 % 60 != 0 { text += "\(seconds / 60 % 60)M" }
      if seconds % 60 != 0 { text += "\(seconds % 60)S" }
    }
    return text == "P" ? "P0D" : text
  }

  /// The day that lies so much later, months first, then days; the seconds are left out.
  public func added(to day: CivilDate) -> CivilDate { day.adding(months: months).adding(days: days) }

  /// The day that lies so much earlier, months first, then days; the seconds are left out.
  public func subtracted(from day: CivilDate) -> CivilDate { day.adding(months: -months).adding(days: -days) }

  /// Whether it counts in whole days, so that its end is a day and not a moment.
  public var isWholeDays: Bool { seconds == 0 }
}
