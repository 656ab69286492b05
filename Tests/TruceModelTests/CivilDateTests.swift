// Days against Foundation's calendar.
import Foundation
import Testing

@testable import TruceModel

@Suite struct CivilDateTests {
  @Test("Every 37th day of the years 1600 to 2500 is the day that Foundation's Gregorian calendar gives")
  func againstCalendar() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    for days in stride(from: -135_000, through: 193_000, by: 37) {
      let date = CivilDate(daysSinceEpoch: days)
      let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day)
      #expect(date.weekday == (parts.weekday! + 5) % 7 + 1)
      #expect(date.daysSinceEpoch == days)
    }
  }

  @Test(
    "A day that does not exist is no date",
    arguments: ["2020-02-30", "2021-02-29", "2020-13-01", "2020-00-10", "2020-1-01", "20201-01-01", "2020-01-0x"])
  func strict(text: String) { #expect(CivilDate(text) == nil) }

  @Test("Adding months ends on the last day where the month is shorter")
  func months() {
    #expect(CivilDate("2020-01-31")!.adding(months: 1).description == "2020-02-29")
    #expect(CivilDate("2020-03-31")!.adding(months: -4).description == "2019-11-30")
    #expect(CivilDate("2020-12-15")!.adding(months: 13).description == "2022-01-15")
  }
}

@Suite struct InstantTests {
  @Test("An instant reads with its offset and prints in UTC")
  func reads() {
    #expect(Instant("2020-12-01T06:30:00+04:00")?.description == "2020-12-01T02:30:00Z")
    #expect(Instant("2020-12-01T06:30+0400")?.description == "2020-12-01T02:30:00Z")
    #expect(Instant("1969-12-31T23:59:59.250Z")?.milliseconds == -750)
    #expect(Instant("1969-12-31T23:59:59.25Z")?.description == "1969-12-31T23:59:59.250Z")
  }

  @Test(
    "What is no instant is refused",
    arguments: [
      "2020-02-30T00:00Z", "2020-12-01T24:00Z", "2020-12-01T10:60Z", "2020-12-01T10:00", "2020-12-01T10:00:60Z", "2020-12-01T10:00:00.Z",
      "2020-12-01",
    ])
  func strict(text: String) { #expect(Instant(text) == nil) }

  @Test("A day in Baku starts four hours before the day in Greenwich, before and after 2016 by the zone's own rules")
  func zones() {
    let baku = Zone("Asia/Baku")!
    #expect(baku.instant(CivilDate("2020-12-01")!).description == "2020-11-30T20:00:00Z")
    #expect(baku.instant(CivilDate("2015-07-01")!).description == "2015-06-30T19:00:00Z")
    #expect(baku.text(Instant("2020-11-30T20:00:00Z")!) == "2020-12-01T00:00:00+04:00")
    #expect(Zone("Mars/Olympus") == nil)
  }

  @Test("A time that the clock jumps over is the moment of the jump, one that it shows twice the first")
  func jumps() {
    let berlin = Zone("Europe/Berlin")!
    #expect(berlin.instant(CivilDate("2020-03-29")!, hour: 2, minute: 30).description == "2020-03-29T01:00:00Z")
    #expect(berlin.instant(CivilDate("2020-10-25")!, hour: 2, minute: 30).description == "2020-10-25T00:30:00Z")
  }
}
