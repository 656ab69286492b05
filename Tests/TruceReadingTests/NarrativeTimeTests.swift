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

  @Test("A place taken is taken on one day, however the text tells it")
  func gains() {
    let claims = Snippets.claims("Soldiers entered Kins on 8 March. \"Our forces have taken full control of Kins,\" the president said.")
    #expect(claims.map { $0.when?.edtf } == ["2021-03-08", "2021-03-08"])
    let pronoun = Snippets.claims("The rebels attacked Kins on 8 March and captured it the following morning.")
    #expect(pronoun.map { $0.places.map(\.text) } == [["Kins"], ["Kins"]])
  }

  @Test("In a narrative without a date the days after a day are its month, and a toll is of all of the fighting")
  func undated() {
    let text =
      "Rebels took Kins on 16 April 2019. In the following days they shelled Geder. On 21 April 2019 the army retook Kins. The clashes left 21 dead."
    let claims = Snippets.reader.read(Document(plain: Array(text.utf8), published: nil)).claims
    #expect(claims.map { $0.when?.edtf } == ["2019-04-16", "2019-04", "2019-04-21", "2019-04-16/2019-04-21"])
  }

  @Test(
    "Days that run, and days that 'and' joins, are all of them",
    arguments: [
      ("Troops shelled Kins for a third day.", "2021-03-08/2021-03-10"),
      ("Troops shelled Kins on Monday and Tuesday.", "2021-03-08/2021-03-09"),
    ])
  func running(_ text: String, _ expected: String) { #expect(Snippets.claims(text).map { $0.when?.edtf } == [expected]) }
}
