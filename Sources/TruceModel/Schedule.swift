// When a post owes a check-in: every so many minutes, or at times of day in a zone, through changes of clock.

/// A time of day on a wall clock, to the minute.
public struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Minutes since midnight, 0 to 1,439.
  public let minutes: Int

  /// A time that a clock shows, else nil.
  public init?(hour: Int, minute: Int) {
    guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
    minutes = hour * 60 + minute
  }

  /// A time written `HH:MM`, else nil.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == 0x3A, let hour = decimal(bytes[0..<2]), let minute = decimal(bytes[3..<5]) else { return nil }
    self.init(hour: hour, minute: minute)
  }

  public var description: String { pad(minutes / 60, 2) + ":" + pad(minutes % 60, 2) }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}

/// When check-ins are due.
///
/// Times of day are those of the zone's wall clock: one that a change of clock shows twice is due the first time, one that it
/// leaves out is due at the change. Minutes are counted as they pass, whatever the clocks do.
public struct Schedule: Sendable, Hashable {
  public enum Rhythm: Sendable, Hashable {
    /// Every so many minutes, 1 to 10,080, counted from when the post was opened or moved.
    case every(minutes: Int)
    /// At these times of every day, ascending, none twice, 1 to 288 of them.
    case times([TimeOfDay])
  }

  public let rhythm: Rhythm
  public let zone: Zone
  /// How many seconds after its time a check-in still counts as made; 0 to 86,400, and no more than until the next is due.
  public let graceSeconds: Int

  /// The longest time between two check-ins that a schedule may ask for, in minutes.
  public static let maximumMinutes = 10_080
  /// The most times of day.
  public static let maximumTimes = 288

  /// A schedule; nil where it is out of the bounds above.
  public init?(_ rhythm: Rhythm, zone: Zone, graceSeconds: Int = 0) {
    guard (0...86_400).contains(graceSeconds) else { return nil }
    switch rhythm {
    case .every(let minutes):
      guard (1...Schedule.maximumMinutes).contains(minutes), graceSeconds <= minutes * 60 else { return nil }
      self.rhythm = rhythm
    case .times(let times):
      let sorted = Set(times).sorted()
      guard !sorted.isEmpty, sorted.count <= Schedule.maximumTimes else { return nil }
      self.rhythm = .times(sorted)
    }
    self.zone = zone
    self.graceSeconds = graceSeconds
  }

  /// The first moment after `instant` at which a check-in is due.
  ///
  /// - Parameter anchor: from when minutes are counted; nothing is due at the anchor itself or before it.
  public func next(after instant: Instant, anchor: Instant) -> Instant {
    let from = max(instant, anchor)
    switch rhythm {
    case .every(let minutes):
      let step = Int64(minutes) * 60_000
      return anchor.adding(milliseconds: ((from.milliseconds - anchor.milliseconds) / step + 1) * step)
    case .times(let times):
      func moment(_ day: CivilDate, _ index: Int) -> Instant {
        zone.instant(day, hour: times[index].minutes / 60, minute: times[index].minutes % 60)
      }
      // A change of clock may put a time of the day before next; within a day moments never run backwards.
      var day = zone.day(at: from).adding(days: -1)
      while moment(day, times.count - 1) <= from {
        guard day < Schedule.lastDay else { return .distantFuture }
        day = day.adding(days: 1)
      }
      var (low, high) = (0, times.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if moment(day, middle) > from { high = middle } else { low = middle + 1 }
      }
      return moment(day, low)
    }
  }

  /// The moments in `after < due <= through`, ascending, at most `limit` of them.
  public func dues(after: Instant, through: Instant, anchor: Instant, limit: Int = 1_000_000) -> [Instant] {
    var result: [Instant] = []
    var at = next(after: after, anchor: anchor)
    while at <= through, result.count < limit {
      result.append(at)
      at = next(after: at, anchor: anchor)
    }
    return result
  }

  /// The longest time between two check-ins in a row on days without a change of clock, in milliseconds.
  public var longestGapMilliseconds: Int64 {
    switch rhythm {
    case .every(let minutes): return Int64(minutes) * 60_000
    case .times(let times):
      var longest = 1_440 - times.last!.minutes + times.first!.minutes
      for (earlier, later) in zip(times, times.dropFirst()) { longest = max(longest, later.minutes - earlier.minutes) }
      return Int64(longest) * 60_000
    }
  }

  private static let lastDay = CivilDate(unchecked: 9999, 12, 30)
}

extension Schedule {
  /// `{"every": 30, "zone", "grace"}` or `{"times": ["06:00", "18:00"], "zone", "grace"}`; minutes and seconds.
  public var json: JSON {
    var every: JSON?
    var times: JSON?
    switch rhythm {
    case .every(let minutes): every = JSON(minutes)
    case .times(let list): times = .array(list.map { JSON($0.description) })
    }
    return .compact([
      "every": every, "times": times, "zone": JSON(zone.identifier), "grace": graceSeconds == 0 ? JSON?.none : JSON(graceSeconds),
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let zoneText = try form.optionalString("zone") ?? "Z"
    guard let zone = Zone(zoneText) else {
      throw FormError(field: path + ".zone", message: "'\(zoneText)' should be an offset such as +04:00 or an IANA name such as Asia/Baku")
    }
    let minutes = try form.optionalInteger("every")
    let times = try form.list("times") { json, path throws(FormError) in
      guard let time = json.string.flatMap({ TimeOfDay($0) }) else {
        throw FormError(field: path, message: "should be a time such as 06:30")
      }
      return time
    }
    guard (minutes == nil) != times.isEmpty else {
      throw FormError(field: path, message: "should have either every (minutes) or times (of day)")
    }
    let grace = try form.optionalInteger("grace") ?? 0
    guard let schedule = Schedule(minutes.map { .every(minutes: $0) } ?? .times(times), zone: zone, graceSeconds: grace) else {
      throw FormError(
        field: path,
        message: "should be every 1 to 10080 minutes or 1 to 288 times of day, with a grace of 0 to 86400 seconds within the interval")
    }
    self = schedule
  }
}
