// Where a local time is local: a fixed offset or a named zone of the IANA database.
internal import Foundation
internal import Synchronization

/// A time zone: `+04:00`, `Z`, or an IANA name such as `Asia/Baku`.
public struct Zone: Sendable, Hashable, CustomStringConvertible {
  /// The zone as it was written.
  public let identifier: String
  private let fixed: Int?

  public static let utc = Zone(offsetSeconds: 0)

  /// A fixed offset from UTC in seconds, at most 18 hours either way.
  public init(offsetSeconds: Int) {
    precondition(abs(offsetSeconds) <= 18 * 3600, "An offset from UTC is at most 18 hours")
    identifier = Zone.offsetText(offsetSeconds)
    fixed = offsetSeconds
  }

  /// A zone by its offset or IANA name; nil where there is no such zone.
  public init?(_ text: String) {
    if let offset = Instant.offset(Array(text.utf8)[...]) {
      self.init(offsetSeconds: offset)
      return
    }
    if text == "UTC" || text == "GMT" {
      self = .utc
      return
    }
    guard text.utf8.contains(0x2F), NamedZone.of(text) != nil else { return nil }
    self.init(named: text)
  }

  private init(named identifier: String) {
    self.identifier = identifier
    fixed = nil
  }

  /// Seconds east of UTC at a moment.
  public func offsetSeconds(at instant: Instant) -> Int {
    if let fixed { return fixed }
    return NamedZone.of(identifier)?.offsetSeconds(at: instant) ?? 0
  }

  /// The moment at which a clock in this zone shows a day and time; where it shows it twice the first, where never the moment of the jump.
  public func instant(_ day: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0) -> Instant {
    let local = Int64(day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second)
    if let fixed { return Instant(seconds: local - Int64(fixed)) }
    let named = NamedZone.of(identifier)
    func offsetSeconds(at instant: Instant) -> Int { named?.offsetSeconds(at: instant) ?? 0 }
    let before = offsetSeconds(at: Instant(seconds: local - 86_400))
    let after = offsetSeconds(at: Instant(seconds: local + 86_400))
    let first = Instant(seconds: local - Int64(before))
    if before == after || offsetSeconds(at: first) == before { return first }
    let second = Instant(seconds: local - Int64(after))
    if offsetSeconds(at: second) == after { return second }
    // The clock jumped over this time: the jump itself, found by halving.
    var low = min(first, second).milliseconds - 1
    var high = max(first, second).milliseconds
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offsetSeconds(at: Instant(milliseconds: middle)) == before { low = middle } else { high = middle }
    }
    return Instant(milliseconds: high)
  }

  /// A day's first moment, and the next day's.
  public func bounds(of day: CivilDate) -> Range<Instant> {
    let start = instant(day)
    return start..<max(start, instant(day.adding(days: 1)))
  }

  /// The civil day in this zone at a moment.
  public func day(at instant: Instant) -> CivilDate { instant.day(offsetSeconds: offsetSeconds(at: instant)) }

  /// The moment as ISO 8601 with this zone's offset.
  public func text(_ instant: Instant) -> String { instant.text(offsetSeconds: offsetSeconds(at: instant)) }

  public var description: String { identifier }

  static func offsetText(_ seconds: Int) -> String {
    if seconds == 0 { return "Z" }
    return (seconds < 0 ? "-" : "+") + pad(abs(seconds) / 3600, 2) + ":" + pad(abs(seconds) / 60 % 60, 2)
  }
}

/// A zone of the IANA database with the offsets that were asked for, by day: the database itself answers a thousand times slower.
private final class NamedZone: Sendable {
  private let zone: TimeZone
  /// A slot for every day, taken by the last one that fell into it: the day, its offset.
  private let days = Mutex<[(day: Int64, offset: Int32)]>(Array(repeating: (Int64.min, 0), count: 2048))

  private init(_ zone: TimeZone) { self.zone = zone }

  /// The zones that were asked for, and the last of them: mostly it is asked for again.
  private static let cache = Mutex<(zones: [String: NamedZone], last: (name: String, zone: NamedZone)?)>(([:], nil))

  /// The zone of a name; nil where there is none.
  static func of(_ identifier: String) -> NamedZone? {
    cache.withLock { cache in
      if let last = cache.last, last.name == identifier { return last.zone }
      let zone = cache.zones[identifier] ?? TimeZone(identifier: identifier).map { NamedZone($0) }
      guard let zone else { return nil }
      cache.zones[identifier] = zone
      cache.last = (identifier, zone)
      return zone
    }
  }

  func offsetSeconds(at instant: Instant) -> Int {
    let day = instant.milliseconds >= 0 ? instant.milliseconds / 86_400_000 : (instant.milliseconds - 86_399_999) / 86_400_000
    let slot = Int(day & 2047)
    let known = days.withLock { $0[slot] }
    if known.day == day { return Int(known.offset) }
    let offset = asked(instant.milliseconds)
    // Kept only of a day on which the clock is not changed; no zone changes it twice in one.
    if asked(day * 86_400_000) == offset, asked(day * 86_400_000 + 86_399_999) == offset {
      days.withLock { $0[slot] = (day, Int32(offset)) }
    }
    return offset
  }

  private func asked(_ milliseconds: Int64) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
  }
}
