// A moment on the UTC time line, to the millisecond.

/// A moment: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (as POSIX).
public struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }
  public init(seconds: Int64) { milliseconds = seconds * 1000 }

  /// Before and after everything that truce can say.
  public static let distantPast = Instant(milliseconds: -62_167_219_200_000)
  public static let distantFuture = Instant(milliseconds: 253_402_300_800_000)

  /// A moment written in ISO 8601 with an offset: `2020-12-01T06:30:00+04:00`, seconds and fraction optional; else nil.
  ///
  /// Strict: no 30 February, no 24:00, no :60, no missing offset.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 17, bytes.count <= 40, bytes[10] == 0x54 || bytes[10] == 0x20 || bytes[10] == 0x74,
      let day = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)), bytes[13] == 0x3A,
      let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]), hour < 24, minute < 60
    else { return nil }
    var at = 16
    var second = 0
    var fraction = 0
    if at < bytes.count, bytes[at] == 0x3A {
      guard bytes.count >= at + 3, let value = decimal(bytes[at + 1..<at + 3]), value < 60 else { return nil }
      second = value
      at += 3
      if at < bytes.count, bytes[at] == 0x2E || bytes[at] == 0x2C {
        at += 1
        var scale = 100
        let start = at
        while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 {
          fraction += Int(bytes[at] - 0x30) * scale
          scale /= 10
          at += 1
        }
        guard at > start else { return nil }
      }
    }
    guard let offset = Instant.offset(bytes[at...]) else { return nil }
    let seconds = day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
    self.init(milliseconds: Int64(seconds) * 1000 + Int64(fraction))
  }

  /// An offset from UTC in seconds: `Z`, `+04:00`, `+0400`, `+04`; else nil.
  static func offset(_ bytes: some Collection<UInt8>) -> Int? {
    guard let sign = bytes.first else { return nil }
    if bytes.count == 1, sign == 0x5A || sign == 0x7A { return 0 }
    guard sign == 0x2B || sign == 0x2D else { return nil }
    let rest = Array(bytes.dropFirst()).filter { $0 != 0x3A }
    guard rest.count == 2 || rest.count == 4, let hours = decimal(rest[0..<2]), hours <= 18 else { return nil }
    let minutes = rest.count == 4 ? decimal(rest[2..<4]) : 0
    guard let minutes, minutes < 60 else { return nil }
    return (sign == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// The moment in UTC, milliseconds only where there are any: `2020-12-01T02:30:00Z`.
  public var description: String { text(offsetSeconds: 0) }

  /// The moment as ISO 8601 at an offset from UTC, `Z` for none.
  public func text(offsetSeconds: Int) -> String {
    String(unsafeUninitializedCapacity: Instant.longestText) { write(into: $0, offsetSeconds: offsetSeconds) }
  }

  /// No moment's text has more bytes.
  static let longestText = 32

  /// Writes the same text into a buffer, which has room for the longest; returns how many bytes it has.
  func write(into buffer: UnsafeMutableBufferPointer<UInt8>, offsetSeconds: Int) -> Int {
    let local = milliseconds + Int64(offsetSeconds) * 1000
    let seconds = local >= 0 ? local / 1000 : (local - 999) / 1000
    let fraction = Int(local - seconds * 1000)
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = Int(seconds - days * 86_400)
    var text = DigitWriter(buffer)
    text.put(CivilDate(daysSinceEpoch: Int(days)))
    text.put(0x54)
    text.put(rest / 3600, 2)
    text.put(0x3A)
    text.put(rest / 60 % 60, 2)
    text.put(0x3A)
    text.put(rest % 60, 2)
    if fraction != 0 {
      text.put(0x2E)
      text.put(fraction, 3)
    }
    if offsetSeconds == 0 {
      text.put(0x5A)
    } else {
      text.put(offsetSeconds < 0 ? 0x2D : 0x2B)
      text.put(abs(offsetSeconds) / 3600, 2)
      text.put(0x3A)
      text.put(abs(offsetSeconds) / 60 % 60, 2)
    }
    return text.count
  }

  /// The civil day at an offset from UTC.
  public func day(offsetSeconds: Int) -> CivilDate {
    let local = milliseconds + Int64(offsetSeconds) * 1000
    return CivilDate(daysSinceEpoch: Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000))
  }

  public func adding(milliseconds count: Int64) -> Instant { Instant(milliseconds: milliseconds + count) }
  public func adding(seconds count: Int64) -> Instant { Instant(milliseconds: milliseconds + count * 1000) }

  public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
}
