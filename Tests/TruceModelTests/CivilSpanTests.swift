// Lengths of calendar time: what is read, what is written, and where they lead on the calendar.
import Testing
import TruceModel

@Suite struct CivilSpanTests {
  @Test(
    "A length is read and written in ISO 8601",
    arguments: [
      ("P5Y", "P5Y"), ("P6M", "P6M"), ("P14M", "P1Y2M"), ("P2W", "P14D"), ("P21D", "P21D"), ("PT72H", "PT72H"), ("P1Y6M", "P1Y6M"),
      ("PT90M", "PT1H30M"), ("P1DT12H", "P1DT12H"), ("P0D", "P0D"),
    ])
  func forms(text: String, written: String) throws {
    let span = try #require(CivilSpan(text))
    #expect(span.description == written)
    #expect(CivilSpan(written) == span)
  }

  @Test(
    "What is no length is refused",
    arguments: ["", "P", "5Y", "P5", "PT", "P5YT", "P1D1Y", "PT5D", "P-1D", "P1.5D", "21 days", "P9999999999D"])
  func refused(text: String) {
    #expect(CivilSpan(text) == nil)
  }

  @Test(
    "Months count first, then days, and a month's end does not run over",
    arguments: [
      ("2020-02-29", "P14M", "2021-04-29"), ("2020-01-31", "P1M", "2020-02-29"), ("2020-01-31", "P1M1D", "2020-03-01"),
      ("2018-12-18", "P21D", "2019-01-08"), ("2020-02-29", "P1Y", "2021-02-28"),
    ])
  func counting(from: String, span: String, to: String) throws {
    let day = try #require(CivilDate(from))
    #expect(CivilSpan(span)?.added(to: day).description == to)
  }
}
