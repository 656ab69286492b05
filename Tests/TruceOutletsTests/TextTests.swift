// The terminal's text: aligned, within its width, harmless, and saying what the situation says.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@testable import TruceOutlets

@Suite struct TextTests {
  @Test("The sentence counts handovers, says what was late, how the ceasefire stands and how much was watched")
  func sentence() {
    #expect(
      situationSentence(Fixture.situation(), case: Fixture.file)
        == "On 1 December 2020, as known now: 2 of 2 districts handed over, 1 late; ceasefire holding, no incident reported, 0 % of the line watched."
    )
  }

  @Test("An empty ledger is said to be empty, and nothing is called kept or holding")
  func emptySentence() {
    let text = situationSentence(Fixture.situation(size: 0), case: Fixture.file)
    #expect(text == "On 1 December 2020, as known now: no report in the ledger.")
  }

  @Test("No line is wider than asked, in any script", arguments: [60, 80, 100, 140])
  func widths(width: Int) {
    var situation = Fixture.situation()
    situation.commitments[0].title = "Возвращение Кельбаджарского района в соответствии с заявлением трёх сторон и 返還する 地区"
    let text = situationText(situation: situation, case: Fixture.file, width: width)
    for line in text.split(separator: "\n") { #expect(terminalWidth(line) <= width, "\(line)") }
  }

  @Test("A column starts at the same cell in each row, wide and joining letters included")
  func alignment() {
    var table = Table(headings: ["Name", "Value"])
    table.rows = [[Cell("Şuşa"), Cell("x")], [Cell("e\u{301}te\u{301}"), Cell("x")], [Cell("返還"), Cell("x")]]
    let lines = table.render(width: 80, colour: false).split(separator: "\n").dropFirst()
    let starts = Set(lines.map { line in terminalWidth(line[..<line.lastIndex(of: "x")!]) })
    #expect(starts.count == 1)
  }

  @Test("A control list says the holder, since when, how it stands and who said so")
  func control() {
    let claims = [Fixture.entered.id: Fixture.entered, Fixture.handedOver.id: Fixture.handedOver]
    let text = situationText(situation: Fixture.situation(), case: Fixture.file, width: 160) { claims[$0] }
    let row = text.split(separator: "\n").first { $0.contains("Lachin district (without Lachin corridor)") }
    #expect(row?.contains("Azerbaijan") == true)
    #expect(row?.contains("1 Dec 2020") == true)
    #expect(row?.contains("claimed") == true)
    #expect(row?.contains("Wire agency < Ministry's press service") == true)
    #expect(text.contains("by 15 Nov 2020; moved, new date not given (Wire agency: one narrow road)"))
  }

  @Test("Nothing that a report says reaches the terminal as a control sequence")
  func hostileText() {
    var situation = Fixture.situation()
    situation.commitments[0].title = "\u{1B}]0;owned\u{7}Return\u{202E}\n of it"
    let text = situationText(situation: situation, case: Fixture.file, width: 160)
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\u{202E}"))
    #expect(text.contains("]0;ownedReturn of it"))
  }

  @Test("Colours come only when asked, and take no words away")
  func colours() {
    let plain = situationText(situation: Fixture.situation(), case: Fixture.file, colour: false)
    let painted = situationText(situation: Fixture.situation(), case: Fixture.file, colour: true)
    var stripped = painted
    while let start = stripped.firstIndex(of: "\u{1B}"), let end = stripped[start...].firstIndex(of: "m") {
      stripped.removeSubrange(start...end)
    }
    #expect(!plain.contains("\u{1B}"))
    #expect(painted.contains("\u{1B}[32m"))
    #expect(stripped == plain)
  }

  @Test(
    "Times read as the text supports them",
    arguments: [
      ("2020-12-01", "1 December 2020"), ("1988-02", "February 1988"), ("1992/1994", "1992 to 1994"),
      ("[..2020-12-01]", "by 1 December 2020"),
      ("2020-11-10/..", "since 10 November 2020"), ("2020-11~", "about November 2020"), ("199X", "the 1990s"),
      ("2020-12-01T06:30", "1 December 2020, 06:30"),
    ])
  func times(edtf: String, words: String) throws {
    #expect(HumanTime.when(try #require(When(edtf, zone: Fixture.zone))) == words)
  }

  @Test("A day narrowed to its early hours says them")
  func earlyHours() throws {
    let day = try #require(CivilDate("2020-12-01"))
    let when = When(day, zone: Fixture.zone).narrowed(to: Fixture.zone.instant(day)..<Fixture.zone.instant(day, hour: 6))
    #expect(HumanTime.when(when) == "1 December 2020, 00:00 to 06:00")
  }

  @Test("The end of a day is that day; another moment keeps its clock")
  func moments() throws {
    let day = try #require(CivilDate("2020-12-01"))
    #expect(HumanTime.moment(Fixture.zone.bounds(of: day).upperBound, zone: Fixture.zone) == "1 December 2020")
    #expect(HumanTime.moment(Fixture.zone.bounds(of: day).upperBound.adding(milliseconds: -1), zone: Fixture.zone) == "1 December 2020")
    #expect(HumanTime.moment(Fixture.zone.instant(day, hour: 6, minute: 30), zone: Fixture.zone) == "1 December 2020, 06:30")
  }
}
