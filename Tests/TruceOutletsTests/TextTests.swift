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
        == "On 1 December 2020, as known now: 2 of 2 districts handed over, 1 late; ceasefire holding, no incident reported, an unknown share of the line watched."
    )
  }

  @Test("Who is said to have broken it is named, and incidents are counted")
  func brokenSentence() {
    var situation = Fixture.situation()
    situation.commitments[2].word = "broken according to ARM"
    situation.coverage.watched = 5
    situation.coverage.total = 1000
    situation.incidents = [
      Situation.Event(
        type: .ceasefireViolation, act: "attack", who: ["AZE"], places: ["lachin"], when: Fixture.when("2020-11-26"), modality: .happened,
        polarity: .positive, quantities: [], standing: .claimed, isDisputed: false, origins: 1, evidence: [], summary: "", whom: ["ARM"])
    ]
    #expect(
      situationSentence(situation, case: Fixture.file).hasSuffix(
        "ceasefire broken according to Armenia, 1 incident reported, less than 1 % of the line watched."))
    #expect(eventWords(situation.incidents[0], case: Fixture.file) == "Attack by Azerbaijan on Armenia, Lachin")
  }

  @Test(
    "Events are told by the field's nouns, with names and figures",
    arguments: [
      (
        "return", ["AZE"], [] as [String], "prisoners", [Quantity("prisoners", 44)], Polarity.positive,
        "Return of 44 prisoners by Azerbaijan"
      ),
      (
        "set-up", ["RUS"], ["contact-line"], "posts", [Quantity("observation posts", 23)], .positive,
        "Setting up of 23 observation posts by Russia, Contact line"
      ),
      ("violation", [], [], "", [], .negative, "No ceasefire violation"),
      (
        "deploy", ["RUS"], [], "", [Quantity("servicemen", 1960, isAbout: true)], .positive,
        "Deployment of about 1,960 servicemen by Russia"
      ),
      ("handed-over", ["ARM"], ["lachin-district"], "", [], .positive, "Handover by Armenia of Lachin district"),
    ])
  func events(act: String, who: [String], places: [String], object: String, quantities: [Quantity], polarity: Polarity, words: String) {
    let event = Situation.Event(
      type: .exchange, act: act, who: who, places: places, when: nil, modality: .happened, polarity: polarity, quantities: quantities,
      standing: .claimed, isDisputed: false, origins: 1, evidence: [], summary: "", object: object.isEmpty ? nil : object)
    #expect(eventWords(event, case: Fixture.file) == words)
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
