// When check-ins are due: through changes of clock, against a walk over every minute.
import Foundation
import Testing
import TruceModel

@Suite struct ScheduleTests {
  @Test(
    "A time of day is due when the wall clock first shows it, or first has passed it",
    arguments: [
      ("Europe/Berlin", "2020-10-23T00:00:00Z"), ("Europe/Berlin", "2021-03-26T00:00:00Z"), ("America/New_York", "2020-10-30T00:00:00Z"),
      ("Australia/Lord_Howe", "2020-10-02T00:00:00Z"), ("Australia/Lord_Howe", "2021-04-02T00:00:00Z"),
      ("Asia/Baku", "2015-10-23T00:00:00Z"),
      ("Asia/Baku", "2020-11-10T00:00:00Z"),
    ]) func timesOfDay(_ name: String, _ start: String) throws
  {
    let zone = try #require(Zone(name))
    let from = try #require(Instant(start))
    let times = ["00:30", "01:45", "02:00", "02:15", "02:30", "03:00", "12:00", "23:59"].map { TimeOfDay($0)! }
    let schedule = try #require(Schedule(.times(times), zone: zone))
    // The oracle walks over the minutes of five days by Foundation's calendar.
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: name))
    var expected: Set<Instant> = []
    var seen: Set<String> = []
    var firstDay: String?
    for minute in 0..<(5 * 1440) {
      let at = from.adding(seconds: Int64(minute) * 60)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(at.milliseconds) / 1000))
      let day = "\(parts.year!)-\(parts.month!)-\(parts.day!)"
      if firstDay == nil { firstDay = day }
      for time in times where parts.hour! * 60 + parts.minute! >= time.minutes {
        if seen.insert("\(day) \(time)").inserted, day != firstDay { expected.insert(at) }
      }
    }
    let second = try #require(expected.min())
    let due = schedule.dues(after: second.adding(milliseconds: -1), through: from.adding(seconds: 5 * 86_400 - 60), anchor: .distantPast)
    #expect(due == expected.sorted())
  }

  @Test("Minutes are counted as they pass, also over a change of clock") func minutes() throws {
    let zone = try #require(Zone("Europe/Berlin"))
    let anchor = try #require(Instant("2020-10-25T00:10:00+02:00"))
    let schedule = try #require(Schedule(.every(minutes: 45), zone: zone))
    let due = schedule.dues(after: anchor, through: anchor.adding(seconds: 5 * 3600), anchor: anchor)
    #expect(due == (1...6).map { anchor.adding(seconds: Int64($0) * 2700) })
    #expect(schedule.next(after: .distantPast, anchor: anchor) == due[0])
  }

  @Test("Schedules out of bounds are refused with what would be right") func bounds() {
    #expect(Schedule(.every(minutes: 0), zone: .utc) == nil)
    #expect(Schedule(.times([]), zone: .utc) == nil)
    #expect(Schedule(.every(minutes: 10), zone: .utc, graceSeconds: 601) == nil)
    #expect(throws: FormError.self) { try Schedule(json: ["every": 30, "times": ["06:00"]]) }
    #expect(throws: FormError.self) { try Schedule(json: ["times": ["6:00"]]) }
  }
}
