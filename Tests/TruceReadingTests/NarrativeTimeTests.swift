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

  @Test(
    "Fighting that took so long ends on the day that the sentence gives or at which the text stands; told of long ago it begins on its day",
    arguments: [
      ("Forty people have died in two weeks of fighting in Kins.", ["2021-02-24/2021-03-10", "2021-02-24/2021-03-10"]),
      ("Three days of clashes in Kins left 20 dead, doctors said on Tuesday.", ["2021-03-07/2021-03-09", "2021-03-07/2021-03-09"]),
      ("The army took Kins on Tuesday after a day of fighting.", ["2021-03-09", "2021-03-09"]),
      ("On 1 May 2019 rebels laid siege to Kins. For six weeks they shelled it.", ["2019-05-01", "2019-05-01/2019-06-12"]),
      ("On 1 May 2019 rebels attacked Kins. The battle went on for several days.", ["2019-05-01", "2019-05"]),
      ("Rebels left Kins on 5 January. A convoy came under fire later in the day.", ["2021-01-05", "2021-01-05"]),
    ])
  func lengths(_ text: String, _ expected: [String]) { #expect(Snippets.claims(text).map { $0.when?.edtf } == expected) }

  @Test("What came before a truce breaks none, and a truce that ended fighting has not ended itself")
  func beforeTruce() {
    let before = Snippets.claims("A truce took effect in Kins on 5 January. Hours earlier the army had shelled the town.")
    #expect(before.map(\.type) == [.ceasefireStart, .hostilities])
    #expect(before.map { $0.when?.edtf } == ["2021-01-05", "2021-01-05"])
    let ahead = Snippets.claims(
      "A truce took effect on Tuesday. Just before it began, rebels shelled Kins. The next day they shelled Geder.")
    #expect(ahead.map(\.type) == [.ceasefireStart, .hostilities, .ceasefireViolation])
    #expect(!Snippets.claims("The truce ended two weeks of fighting in Kins.").contains { $0.type == .ceasefireViolation })
  }

  @Test("The day of a clause before the main one is not the day at which the text stands")
  func dayOfClause() {
    let claims = Snippets.claims(
      "Rebels entered Kins on Wednesday. After the truce began on Monday, shells fell on Geder.\n\nThe army left Orlin.")
    #expect(claims.last?.when?.edtf == "2021-03-10")
  }

  @Test(
    "A war's toll is of the days since it began, and nobody's deed",
    arguments: [
      ("The 20-year war has killed hundreds of people in Kins.", "2001/2021-03-10"),
      ("Thousands have died in the insurgency, begun in early 2003 when Eastland shut the mines.", "2003/2021-03-10"),
      ("It is the worst fighting since the conflict erupted in June 2011. The conflict has killed 900 people.", "2011-06/2021-03-10"),
      ("The war claimed thousands of lives in Kins.", nil),
    ])
  func tolls(_ text: String, _ expected: String?) {
    let toll = Snippets.claims(text).last { $0.type == .casualties }
    #expect(toll?.when?.edtf == expected)
    #expect(toll?.who.isEmpty == true)
  }

  @Test("The date within the words of an attack is its own")
  func within() {
    let claims = Snippets.claims("Everything has changed since the February 11 attacks on Orlin.")
    #expect(claims.first?.when?.edtf == "2021-02-11")
  }
}
