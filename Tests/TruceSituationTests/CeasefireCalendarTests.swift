// The ceasefires of 1993 by their terms: each day of the year, against a list of days written out by hand.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

private func builtIn(_ name: String) throws -> Case {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Cases/" + name)
  return try Case.load(folder: folder.standardizedFileURL.path)
}

@Suite struct CeasefireCalendarTests {
  /// Days of 1993 on which one held, month and days; the first and the last of the first four by one dating only.
  private static let held: [Int: Set<Int>] = [
    7: [24, 25, 26, 27, 28, 29, 30, 31], 8: [1, 2, 3, 5, 6, 7, 17, 18, 19, 20, 21, 30, 31], 9: Set(1...12),
  ]

  @Test("Whether a ceasefire was in force is answered for every day of 1993")
  func everyDay() throws {
    let calendar = CeasefireCalendar(case: try builtIn("karabakh-1993"))
    var day = try #require(CivilDate("1993-01-01"))
    var count = 0
    while day.year == 1993 {
      let state = calendar.state(on: day)
      #expect(state.mayBeInForce == (Self.held[day.month]?.contains(day.day) ?? false), "\(day)")
      let isDoubtful = day.month == 7 && (day.day == 24 || day.day == 27)
      #expect(state.isInForce == (state.mayBeInForce && !isDoubtful), "\(day)")
      count += state.mayBeInForce ? 1 : 0
      day = day.adding(days: 1)
    }
    // 3 + 7 + 3 + 5 + 11 + 3 days, and one more because the first three are dated twice.
    #expect(count == 33)
  }

  @Test("The chain's lengths are 3, 7, 3, 5, 11 and 3 days; two of its links are taken up after a lapse, three prolong")
  func chain() throws {
    let file = try builtIn("karabakh-1993")
    #expect(file.agreements.map { $0.provisions[0].lasts?.days } == [3, 7, 3, 5, 11, 3])
    #expect(file.agreements.compactMap(\.extends) == ["ceasefire-1", "ceasefire-2", "ceasefire-5"])
    #expect(file.agreements.compactMap(\.resumes) == ["ceasefire-3", "ceasefire-4"])
    let calendar = CeasefireCalendar(case: file)
    guard case .lapsed(let spell) = calendar.state(on: try #require(CivilDate("1993-08-04"))) else {
      Issue.record("4 August is a day between two ceasefires")
      return
    }
    #expect(spell.agreement == "ceasefire-2")
    #expect(calendar.state(on: try #require(CivilDate("1993-07-23"))) == .none)
  }

  @Test("A ceasefire without an end holds from its hour on, and one of hours ends to the minute")
  func hours() throws {
    let calendar = CeasefireCalendar(case: try builtIn("karabakh-2020"))
    #expect(!calendar.state(at: instant("2020-11-09T23:59:59+03:00")).mayBeInForce)
    #expect(calendar.state(at: instant("2020-11-10T00:00:00+03:00")).isInForce)
    #expect(calendar.state(on: try #require(CivilDate("2030-01-01"))).isInForce)
    #expect(calendar.limited(by: instant("2020-12-01T00:00:00Z")).isEmpty)

    var file = try builtIn("karabakh-2020")
    file.agreements[0].provisions[0].lasts = CivilSpan(seconds: 72 * 3600)
    let short = CeasefireCalendar(case: file)
    #expect(short.state(at: instant("2020-11-12T23:59:59+03:00")).isInForce)
    #expect(!short.state(at: instant("2020-11-13T00:00:00+03:00")).mayBeInForce)
    #expect(short.limited(by: instant("2020-11-14T00:00:00Z")).map(\.word) == ["lapsed"])
  }

  @Test("An agreement that supersedes another ends it")
  func superseded() throws {
    var file = try builtIn("karabakh-1993")
    file.agreements[4].supersedes = "ceasefire-4"
    file.agreements[3].provisions[0].lasts = nil
    let calendar = CeasefireCalendar(case: file)
    #expect(calendar.state(on: try #require(CivilDate("1993-08-29"))).isInForce)
    let spell = try #require(calendar.spells.first { $0.agreement == "ceasefire-4" })
    #expect(spell.until == file.agreements[4].dated.earliest)
  }

  @Test("A situation shows the ceasefires of a few days that have begun, and which of them ran out")
  func situation() throws {
    let index = SituationIndex(case: try builtIn("karabakh-1993"))
    let found = index.situation(Query(on: instant("1993-08-06T12:00:00+04:00")))
    #expect(found.ceasefires.map(\.word).suffix(2) == ["lapsed", "in force by its terms"])
    #expect(found.ceasefires.last?.until?.edtf == "1993-08-07")
  }
}
