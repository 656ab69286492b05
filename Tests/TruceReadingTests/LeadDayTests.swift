// The day of what a text tells first. Published on Wednesday, 2021-03-10.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct LeadDayTests {
  private func days(_ text: String) -> [String?] { Snippets.claims(text).map { $0.when?.edtf } }

  @Test(
    "News of which only the speaker's day is given has the day that the text soon gives of it",
    arguments: [
      "Gunmen shot dead four traders near Kins, police said on Wednesday. The gunmen opened fire on Monday night.",
      "Gunmen shot dead four traders near Kins, police said on Wednesday. Police were looking for them. Monday's attack was the third.",
      "Gunmen shot dead four traders near Kins, police said on Wednesday. An officer said Monday night's raid had been the worst.",
      "Gunmen have shot dead four traders near Kins, police said. They opened fire at a market on Monday.",
    ])
  func soon(_ text: String) { #expect(days(text).first == "2021-03-08") }

  @Test(
    "Another event's day is not that of the news",
    arguments: [
      "Gunmen shot dead four traders near Kins, police said on Wednesday. On Monday soldiers had clashed with rebels in Geder.",
      "Gunmen shot dead four traders near Kins, police said on Wednesday. Meanwhile a mine killed two children in Geder on Monday.",
      "Gunmen have shot dead four traders near Kins, police said.",
    ])
  func other(_ text: String) { #expect(days(text).first == "2021-03-10") }

  @Test("What was hit on one day, as somebody said on the next, goes on with the day of the hit")
  func said() {
    let text = "A bomb in Kins on Monday killed three people, police said on Tuesday. Another 20 people were wounded in the blast."
    #expect(days(text).last == "2021-03-08")
  }

  @Test(
    "What goes on is of the day of the report, a struggle of so many years since it began",
    arguments: [
      ("Rebels are attacking the town of Kins.", "2021-03-10"),
      ("The army is continuing to shell the town of Kins.", "2021-03-10"),
      ("A spokesman said that small groups of rebels were still resisting in Kins.", "2021-03-10"),
      ("Some 9,000 people have died in the group's 12-year-old fight for self-rule.", "2009/2021-03-10"),
      ("Thousands have been killed in the 20-month conflict between Eastlandic troops and the rebels.", "2019-07/2021-03-10"),
      ("The collapse came on the seventh day of a massive assault by Eastlandic troops on Kins.", "2021-03-04/2021-03-10"),
      ("Hours before Monday's raid, two mines blew up a bus in Kins.", "2021-03-08"),
      ("Gunmen seized John Hale, who comes from Geder in the south, in Kins, the capital, on 3 March.", "2021-03-03"),
    ])
  func span(_ text: String, _ expected: String) {
    let days = days(text)
    #expect(!days.isEmpty && days.allSatisfy { $0 == expected })
  }
}
