// A day of the proleptic Gregorian calendar, strict and without a time zone.

/// A calendar day; every value is a real day of years 0 to 9999.
public struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// A day that exists, else nil: `2020-02-30` does not.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1, day <= CivilDate.daysInMonth(month, of: year) else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// A day written `YYYY-MM-DD`, all ten characters of it, else nil.
  public init?(_ text: some StringProtocol) {
    if let day = text.utf8.withContiguousStorageIfAvailable({ CivilDate(bytes: $0[...]) }) {
      guard let day else { return nil }
      self = day
    } else {
      guard let day = Array(text.utf8).withUnsafeBufferPointer({ CivilDate(bytes: $0[...]) }) else { return nil }
      self = day
    }
  }

  init?(bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    let at = bytes.startIndex
    guard bytes.count == 10, bytes[at + 4] == 0x2D, bytes[at + 7] == 0x2D, let year = decimal(bytes[at..<at + 4]),
      let month = decimal(bytes[at + 5..<at + 7]), let day = decimal(bytes[at + 8..<at + 10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The day that lies so many days after 1970-01-01, clamped to years 0 to 9999.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  public init(daysSinceEpoch: Int) {
    let z = max(-719_528, min(2_932_896, daysSinceEpoch)) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    self.init(unchecked: yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
  }

  init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01 (`days_from_civil` of the same source).
  public var daysSinceEpoch: Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yoe = y - era * 400
    let doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
  }

  /// The day's weekday, 1 Monday to 7 Sunday (ISO 8601).
  public var weekday: Int { ((daysSinceEpoch + 3) % 7 + 7) % 7 + 1 }

  /// The day `count` days later (earlier when negative).
  public func adding(days count: Int) -> CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch + count) }

  /// The same day `count` months later, or the last day of that month where it has no such day.
  public func adding(months count: Int) -> CivilDate {
    let total = year * 12 + month - 1 + count
    let year = max(0, min(9999, total >= 0 ? total / 12 : (total - 11) / 12))
    let month = ((total % 12) + 12) % 12 + 1
    return CivilDate(unchecked: year, month, min(day, CivilDate.daysInMonth(month, of: year)))
  }

  /// The last day of this day's month.
  public var endOfMonth: CivilDate { CivilDate(unchecked: year, month, CivilDate.daysInMonth(month, of: year)) }

  public var description: String {
    String(unsafeUninitializedCapacity: 16) { buffer in
      var text = DigitWriter(buffer)
      text.put(self)
      return text.count
    }
  }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  public static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// The value of ASCII digits, else nil.
func decimal(_ bytes: some Collection<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
  var value = 0
  for byte in bytes {
    guard byte >= 0x30, byte <= 0x39 else { return nil }
    value = value * 10 + Int(byte - 0x30)
  }
  return value
}

/// Writes dates and times digit by digit: several times faster than strings put together.
struct DigitWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  mutating func put(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  /// The last `width` digits of a number, zeros in front.
  mutating func put(_ number: Int, _ width: Int) {
    var rest = number
    for at in (count..<count + width).reversed() {
      buffer[at] = UInt8(0x30 + rest % 10)
      rest /= 10
    }
    count += width
  }

  mutating func put(_ date: CivilDate) {
    put(date.year, 4)
    put(0x2D)
    put(date.month, 2)
    put(0x2D)
    put(date.day, 2)
  }
}

/// A number in at least `width` digits, zeros in front.
func pad(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
}
