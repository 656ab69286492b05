// EDTF expressions and the moments that they allow.
import Testing

@testable import TruceModel

@Suite struct EDTFTests {
  static let utc = Zone.utc

  @Test(
    "An expression allows exactly its moments",
    arguments: [
      ("2020-12-01", "2020-12-01T00:00:00Z", "2020-12-02T00:00:00Z"), ("1988-02", "1988-02-01T00:00:00Z", "1988-03-01T00:00:00Z"),
      ("1992/1994", "1992-01-01T00:00:00Z", "1995-01-01T00:00:00Z"), ("199X", "1990-01-01T00:00:00Z", "2000-01-01T00:00:00Z"),
      ("19XX", "1900-01-01T00:00:00Z", "2000-01-01T00:00:00Z"), ("2020-22", "2020-06-01T00:00:00Z", "2020-09-01T00:00:00Z"),
      ("2020-24", "2020-12-01T00:00:00Z", "2021-03-01T00:00:00Z"), ("2020-11~", "2020-11-01T00:00:00Z", "2020-12-01T00:00:00Z"),
      ("2020-12-01T06:30", "2020-12-01T06:30:00Z", "2020-12-01T06:31:00Z"),
      ("[2020-11-10..2020-11-12]", "2020-11-10T00:00:00Z", "2020-11-13T00:00:00Z"),
    ])
  func bounds(edtf: String, earliest: String, latest: String) throws {
    let when = try #require(When(edtf, zone: Self.utc))
    #expect(when.earliest.description == earliest)
    #expect(when.latest.description == latest)
  }

  @Test("An open end reaches to the end of time")
  func open() throws {
    let since = try #require(When("2020-11-10/..", zone: Self.utc))
    #expect(since.earliest.description == "2020-11-10T00:00:00Z" && since.latest == .distantFuture)
    let by = try #require(When("../2020-12-01", zone: Self.utc))
    #expect(by.earliest == .distantPast && by.latest.description == "2020-12-02T00:00:00Z")
    #expect(When("[..2020-12-01]", zone: Self.utc)?.end == nil)
  }

  @Test("Each end of an interval keeps its own window")
  func ends() throws {
    let war = try #require(When("1992/1994", zone: Self.utc))
    #expect(war.begin.upperBound.description == "1993-01-01T00:00:00Z")
    #expect(war.end?.lowerBound.description == "1994-01-01T00:00:00Z")
  }

  @Test("One of some days is what its expression says", arguments: ["2020-11-25", "2020-12-01", "9999-12-31"])
  func oneOf(last: String) throws {
    let days = try #require(CivilDate("2020-11-25"))...(try #require(CivilDate(last)))
    let zone = try #require(Zone("Asia/Baku"))
    #expect(When(oneOf: days, zone: zone) == When("[2020-11-25..\(last)]", zone: zone))
  }

  @Test("A part of a day narrows it and leaves its expression")
  func narrowed() throws {
    let zone = Zone(offsetSeconds: 4 * 3600)
    let day = CivilDate("2020-12-01")!
    let early = When(day, zone: zone).narrowed(to: zone.instant(day)..<zone.instant(day, hour: 6))
    #expect(early.edtf == "2020-12-01" && zone.text(early.latest) == "2020-12-01T06:00:00+04:00")
  }

  @Test(
    "What is not of the profile is refused",
    arguments: [
      "", "2020-13", "2020-02-30", "20", "yesterday", "2020-12-01/2020-11-01", "2020-1-1", "[2020]", "2020/2019", "..", "2020-12-01T25:00",
    ])
  func refused(edtf: String) { #expect(When(edtf, zone: Self.utc) == nil) }

  @Test(
    "A time survives its JSON form", arguments: ["2020-12-01", "1992/1994", "../2020-12-01", "2020-11-10/..", "[..2020-12-01]", "2020-11~"])
  func roundTrip(edtf: String) throws {
    let when = try #require(When(edtf, zone: Zone("+04:00")!, role: .due, rule: "day"))
    #expect(try When(json: when.json) == when)
  }
}
