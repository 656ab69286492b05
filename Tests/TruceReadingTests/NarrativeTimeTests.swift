// Times that a narrative leaves to its context.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct NarrativeTimeTests {
  @Test(
    "What a narrative does not date has the time of its context",
    arguments: [
      ("In July and early August 2019 the rebels took control of Kins.", ["2019-07/2019-08"]),
      ("The war ended in an offensive in June 2014, which led to the capture of Kins by the rebels.", ["2014-06"]),
      ("Rebels took Kins on 15 August 2019 and entered Geder at around midday on the 16th.", ["2019-08-15", "2019-08-16"]),
      ("In April 2019 rebels overran Kins. They entered Geder, too.", ["2019-04", "2019-04"]),
      (
        "The rebels left Kins on 8 March. A minister said that they had handed over Geder to militias.",
        ["2021-03-08", "../2021-03-10"]
      ),
    ])
  func narrated(_ text: String, _ expected: [String]) {
    #expect(Snippets.claims(text).filter { $0.type == .controlChange }.map { $0.when?.edtf } == expected)
  }

  @Test("A truce that takes effect at once begins on the day on which that is told")
  func immediate() {
    Snippets.check(
      "The ceasefire comes into force immediately.", [Expected(type: .ceasefireStart, act: "ceasefire", when: "2021-03-10")])
  }

  @Test("'Following December 2013' is after it, and 'the following December' one to come")
  func following() {
    #expect(Snippets.claims("Following December 2013, rebels shelled Kins.").first?.when?.edtf == "[2013-12..]")
  }
}
