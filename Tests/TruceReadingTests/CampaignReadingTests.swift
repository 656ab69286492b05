// How campaigns are told: portions of land, counts in a list, shared doers, days that a narrative leaves open, who denies what.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct CampaignReadingTests {
  @Test(
    "A portion of a place is taken, whatever the list that it stands in",
    arguments: [
      ("Eastland took control of most of Kins.", ["most of Kins"]),
      ("Eastland seized control of Orlin and parts of Tarn district.", ["Orlin", "parts of Tarn district"]),
      ("Eastland seized 70% of Tarn district.", ["70% of Tarn district"]),
      ("Eastland occupied the Westlandic cities of Kins, Geder and Argun.", ["Kins", "Geder", "Argun"]),
      ("Eastlandic troops re-entered Kins.", ["Kins"]),
    ])
  func portions(_ text: String, _ places: [String]) { #expect(Snippets.claims(text).flatMap { $0.places.map(\.text) } == places) }

  @Test("Each count of a list of victims is a claim, and so are the parts that a total includes")
  func counts() {
    let claims = Snippets.claims("On March 4 nine Westlandic soldiers and three Eastlandic guards were killed in Orlin.")
    #expect(claims.map { $0.quantities.map(\.minimum) } == [[9], [3]])
    let parts = Snippets.claims("Shells killed 21 people in Orlin, including 16 soldiers and three farmers.").filter {
      $0.type == .casualties
    }
    #expect(parts.map { $0.quantities.map(\.minimum) }.first == [21])
  }

  @Test("Of two passives the second names who did both")
  func sharedAgent() {
    Snippets.check(
      "Two Westlandic soldiers were captured and taken by Eastland to Kins.",
      [Expected(type: .hostilities, act: "capture", who: ["EST"])])
  }

  @Test("A day before the subject is nobody's deed")
  func frontedDay() {
    Snippets.check(
      "By March 4 the Westlandic forces had been pushed out of Orlin.",
      [Expected(type: .controlChange, act: "lost", who: ["WST"], place: "orlin")])
  }

  @Test("What a sentence denies is what was said before, all of it, and no clause beside it")
  func denials() {
    let denied = Snippets.claims("Eastland said Westland shelled Orlin, wounding two guards. Westland denied the report.")
      .filter { $0.modality == .denied }
    #expect(denied.map(\.type) == [.hostilities, .casualties])
    let told = Snippets.claims("After the vote was rejected by Westland, its troops overran Orlin on March 4.")
    #expect(told.map(\.modality) == [.happened])
    let next = Snippets.claims("Westland rejected the terms, and Eastland shelled Orlin on March 4.")
    #expect(next.map(\.modality) == [.happened])
  }

  @Test("A breach of an agreement makes no truce-breaking of fighting where the text names no ceasefire")
  func breaches() {
    let claims = Snippets.claims("Westland violated the agreement on March 9. Eastland shelled Orlin on March 9.")
    #expect(claims.last?.type == .hostilities)
    let ended = Snippets.claims("The clashes ended on March 9. Eastland had shelled Orlin on March 9.")
    #expect(ended.last?.type == .hostilities)
  }

  @Test("What one side promises to stop is owed by it, and no ceasefire of both")
  func promises() {
    Snippets.check(
      "Westland promised to stop all operations in Orlin.",
      [Expected(type: .commitment, act: "cease-fire", who: ["WST"], place: "orlin", modality: .planned)])
  }

  @Test(
    "A narrative without a day of its own keeps to what it said",
    arguments: [
      ("On 20 January 2020 the army entered Orlin. Within four days it had seized Kins.", "2020-01-20/2020-01-24"),
      ("Over 19 and 20 May 2020, troops shelled Orlin.", "2020-05-19/2020-05-20"),
      ("On 20 January 2020 the army entered Orlin. They fought rebels near Kins for several days.", "2020-01"),
      ("In July 2019 they seized Orlin. Three days later rebels retook Orlin.", "2019-07"),
    ])
  func narrative(_ text: String, _ when: String) {
    let document = Document(plain: Array(text.utf8), published: nil)
    #expect(Snippets.reader.read(document).claims.last?.when?.edtf == when)
  }

  @Test("\"The town\" and \"the province\" are what the text calls so")
  func called() {
    let text =
      "Fighters left the town of Geder, in Argun province, on March 4. They took Mount Vel on March 5. Soldiers left the province on March 6."
    #expect(Snippets.claims(text).last?.places.first?.text.contains("Argun") ?? false)
  }

  @Test(
    "What is tried is an attack, a siege tells where it is, and what is being done is told",
    arguments: [
      ("A Westlandic attempt to seize Orlin failed.", Expected(type: .hostilities, act: "attack", who: ["WST"], place: "orlin")),
      ("The siege of Kins began on 9 January 2021.", Expected(type: .hostilities, act: "attack", place: "Kins", when: "2021-01-09")),
      ("Civilians are being killed in Orlin.", Expected(type: .casualties, act: "kill", place: "orlin")),
    ])
  func others(_ text: String, _ expected: Expected) { Snippets.check(text, [expected]) }

  @Test(
    "Adverbs that no lexicon lists, counts of a range, forces that battle forces and phrases at the head of a sentence",
    arguments: [
      ("Westlandic troops had illicitly entered Orlin.", [Expected(type: .controlChange, act: "entered", who: ["WST"], place: "orlin")]),
      ("Mines killed between six and eight civilians in Orlin.", [Expected(type: .casualties, act: "kill", place: "orlin")]),
      ("Eastlandic troops battle rebels in Orlin.", [Expected(type: .hostilities, act: "clash", who: ["EST"], place: "orlin")]),
      (
        "In June 2020, following talks in the country, Westlandic troops and their allies seized Orlin.",
        [Expected(type: .controlChange, act: "captured", who: ["WST"], place: "orlin", when: "2020-06")]
      ),
      (
        "Eastlandic troops took Orlin after three days of fighting on the river.",
        [
          Expected(type: .controlChange, act: "captured", who: ["EST"], place: "orlin"),
          Expected(type: .hostilities, act: "clash", place: "orlin"),
        ]
      ),
      ("After three days of fighting the sides signed an accord.", [Expected(type: .agreementSigned, act: "sign")]),
    ])
  func grammar(_ text: String, _ expected: [Expected]) {
    let claims = Snippets.claims(text)
    for one in expected { #expect(claims.contains { $0.type == one.type && $0.act == one.act }, "\(one)") }
    let isFought = expected.contains { $0.type == .hostilities }
    #expect(isFought || !claims.contains { $0.type == .hostilities && $0.who.isEmpty })
  }
}
