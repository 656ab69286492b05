// The manners of news: what shares a verb, what stands between commas, whom "they" and "the army" mean, what a truce makes of fighting.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct NewsMannerTests {
  @Test(
    "An adverb between the words of a verb leaves the verb whole",
    arguments: [
      ("The fighting has since killed 40 people.", Expected(type: .casualties, act: "kill")),
      (
        "Under the accord, Westland shall also hand over maps of its minefields.",
        Expected(type: .commitment, act: "hand", who: ["WST"], modality: .planned)
      ),
      (
        "Westland had been due to hand both bases over to Eastland.",
        Expected(type: .commitment, act: "hand-over", who: ["WST"], whom: ["EST"], place: "bases", modality: .planned)
      ),
    ])
  func adverbs(_ text: String, _ expected: Expected) { Snippets.check(text, [expected]) }

  @Test("A second doer and place share the verb and its deadline")
  func gap() {
    Snippets.check(
      "One Eastlandic battalion is to be deployed to Orlin, and one Westlandic battalion to Kins, by the end of March.",
      [
        Expected(type: .deployment, act: "deploy", who: ["EST"], place: "orlin", due: "2021-03-31", modality: .planned),
        Expected(type: .deployment, act: "deploy", who: ["WST"], place: "Kins", due: "2021-03-31", modality: .planned),
      ])
  }

  @Test(
    "Each place of a list is told, wherever the list stands",
    arguments: [
      ("Eastlandic forces have taken control of the settlements of Kins, Vel Sul and Geder in the north.", ["Kins", "Vel Sul", "Geder"]),
      ("The camps at Kins, Geder and Argun were handed over to Eastland in January.", ["Kins", "Geder", "Argun"]),
      ("Monitors registered six cases of firing on Monday: three in Tarn district and two in Kins.", ["Tarn district", "Kins"]),
      ("Eastlandic troops are to deploy on Friday at Kins and on the outskirts of Geder.", ["Kins", "outskirts of Geder"]),
    ])
  func lists(_ text: String, _ places: [String]) { #expect(Snippets.claims(text).flatMap { $0.places.map(\.text) } == places) }

  @Test("What stands between commas gives the verb neither its subject nor its time")
  func parenthesis() {
    Snippets.check(
      "The mission, whose strength was raised by a decision of last September, will set up posts in Orlin within two weeks.",
      [Expected(type: .postEstablished, act: "set-up", place: "orlin", due: "2021-03-24", modality: .planned)])
    Snippets.check(
      "Westland, which is backed by Sund, Vard and the Isles, launched an assault on Orlin on March 4.",
      [Expected(type: .hostilities, act: "attack", who: ["WST"], place: "orlin", when: "2021-03-04")])
  }

  @Test("Those who were the last to leave have left")
  func lastToLeave() throws {
    let claim = try #require(Snippets.claims("The last Westlandic soldiers to leave Orlin have arrived in Kins.").first)
    #expect(Snippets.difference(claim, Expected(type: .controlChange, act: "withdrew", who: ["WST"], place: "orlin")) == nil)
  }

  @Test("A clause that hangs on the object without a pronoun does not end the sentence")
  func contactClause() {
    Snippets.check(
      "Westland handed over a base it captured last year in the east to Eastland.",
      [
        Expected(type: .controlChange, act: "handed-over", who: ["WST"], whom: ["EST"], place: "base"),
        Expected(type: .controlChange, act: "captured", who: ["WST"], place: "base", when: "2020"),
      ])
  }

  @Test("'They' are those whom the last clause is about, with a name or without")
  func they() throws {
    let claims = Snippets.claims(
      "Eastland agreed to the plan. Forty unarmed monitors reached Kins on Sunday. They will then be based in Orlin.")
    let claim = try #require(claims.last { $0.type == .deployment })
    #expect(claim.who.first?.text.contains("monitors") ?? false, "\(claims)")
  }

  @Test("'It' in somebody's words is no person and not several")
  func it() throws {
    let text = "Eastland has pulled back. Mr John Hale, an envoy of the mission, said it had not vacated Orlin."
    let claim = try #require(Snippets.claims(text).last)
    #expect(claim.who.first?.party == "EST")
    #expect(claim.polarity == .negative)
  }

  @Test("The army of a text about one state is that state's, and rebels are no part of what they fight")
  func theatre() throws {
    let text = "Sudan is tense. Sudan's rebels said on Monday that the army had shelled Kins. Sudan denied it."
    let claim = try #require(Snippets.world.read(Document(plain: Array(text.utf8), published: When("2021-03-10", zone: .utc))).claims.first)
    #expect(claim.who.first?.party == "SDN")
    #expect(claim.speaker?.party == nil)
  }

  @Test("An acronym stands for the words that begin with its letters")
  func acronym() throws {
    let text = "The Monitoring Mission in Orlin and Tarn (MMOT) arrived in Kins. MMOT opened a post in Geder on Monday."
    let claim = try #require(Snippets.claims(text).last { $0.type == .postEstablished })
    #expect(
      claim.who.first?.text == "Monitoring Mission in Orlin and Tarn"
        || claim.who.first?.standsFor == "Monitoring Mission in Orlin and Tarn")
  }

  @Test(
    "A day counted from another one dates what it counts to",
    arguments: [
      ("Two days after a ceasefire meant to end weeks of fighting came into force, Eastland shelled Orlin on Sunday.", "2021-03-05"),
      ("Sixty people died in the fighting, which broke out in April 2014.", "2014-04/2021-03-10"),
      ("He was captured in Orlin on March 2 in a firefight in which another soldier was killed.", "2021-03-02"),
    ])
  func counted(_ text: String, _ when: String) {
    #expect(Snippets.claims(text).contains { $0.when?.edtf == when }, "\(Snippets.claims(text).map { $0.when?.edtf ?? "-" })")
  }

  @Test(
    "A deadline lies on the nearer side of the publication, 'since' always before it",
    arguments: [
      ("Westland undertook to leave Orlin by March 18.", "2021-03-18"), ("Westland has pledged to leave Orlin by Thursday.", "2021-03-11"),
    ])
  func deadlines(_ text: String, _ due: String) { #expect(Snippets.claims(text).first?.due?.when.edtf == due) }

  @Test("Shooting under a truce is a breach of it until somebody calls the truce off")
  func callOff() {
    let before = "A ceasefire came into force on January 12. On February 2 Westland shelled Orlin."
    #expect(Snippets.claims(before).last?.type == .ceasefireViolation)
    let after =
      "A ceasefire came into force on January 12. Westland called the ceasefire off on February 1. On February 2 Westland shelled Orlin."
    #expect(Snippets.claims(after).last?.type == .hostilities)
  }

  @Test(
    "What was tried, heard, seen or never done is told as such",
    arguments: [
      ("Westland tried to retake Orlin on March 4.", Expected(type: .hostilities, act: "attack", who: ["WST"], place: "orlin")),
      (
        "Neither Westland nor Eastland had pulled back from Orlin.",
        Expected(type: .controlChange, act: "withdrew", place: "orlin", polarity: .negative)
      ),
      ("There were no provocations from the Westlandic side.", Expected(type: .ceasefireViolation, act: "violation", polarity: .negative)),
      (
        "Eastland pledged that its army would not advance on Orlin.",
        Expected(type: .commitment, act: "attack", place: "orlin", modality: .planned, polarity: .negative)
      ),
    ])
  func moods(_ text: String, _ expected: Expected) { Snippets.check(text, [expected]) }

  @Test("A threat of fighting and the wait for an event are no claims")
  func threats() {
    #expect(Snippets.claims("Westland would hit back if Eastland returned to Orlin.").isEmpty)
    #expect(Snippets.claims("Flights would go on until the two soldiers were freed.").isEmpty)
  }

  @Test("Of two sides the text leaves out one, and the claim says that it is left out")
  func sides() throws {
    let text = "Westland shelled Orlin on March 2. Eastlandic troops captured Kins on March 4."
    let claim = try #require(Snippets.claims(text).last)
    #expect(claim.whom.first?.party == "WST")
    #expect(claim.whom.first?.isImplicit ?? false)
  }

  @Test("Who held a place stands beside its name")
  func stronghold() {
    Snippets.check(
      "Eastlandic troops captured Kins, a rebel stronghold, on March 4.",
      [Expected(type: .controlChange, act: "captured", who: ["EST"], place: "Kins", when: "2021-03-04")])
    #expect(Snippets.claims("Eastlandic troops captured Kins, a rebel stronghold, on March 4.").first?.whom.first?.text == "rebel")
  }

  @Test(
    "A length of time that somebody has, and what a resolution demands, are owed",
    arguments: [
      ("Westland has two weeks to surrender its weapons.", "disarm", "2021-03-24"),
      ("The resolution demands that Westland disarm by May 1.", "disarm", "2021-05-01"),
    ])
  func terms(_ text: String, _ act: String, _ due: String) throws {
    let claim = try #require(Snippets.claims(text).first { $0.type == .commitment })
    #expect(claim.act == act)
    #expect(claim.due?.when.edtf == due)
  }

  @Test("All of a list do it, each of its own kind")
  func mixedList() throws {
    let claim = try #require(Snippets.claims("Westland and the separatists withdrew from Orlin.").first)
    #expect(claim.who.map(\.text) == ["Westland", "separatists"])
  }

  @Test("Fighting that the sentence sets against a truce is a breach of it")
  func defied() {
    for text in ["Westland shelled Orlin despite the truce.", "Gunfire was heard in Orlin hours after the truce took hold."] {
      #expect(Snippets.claims(text).first?.type == .ceasefireViolation, "\(text)")
    }
  }

  @Test("A minister's journey and a warning against a step are no movements of forces")
  func journeys() {
    #expect(Snippets.claims("The president left the country on Friday for a state visit.").isEmpty)
    #expect(Snippets.claims("Eastland warned Westland against sending troops into Orlin.").isEmpty)
  }

  @Test("What is past never becomes a plan by a day that is only counted")
  func later() throws {
    let claim = try #require(Snippets.claims("Two days later the rebels entered Orlin.").first)
    #expect(claim.modality == .happened)
    #expect(claim.when == nil)
  }

  @Test(
    "A passive without its doer is told, and a claim of having done it is alleged",
    arguments: [
      ("Orlin was recaptured on March 4.", Expected(type: .controlChange, act: "regained", place: "orlin", when: "2021-03-04")),
      (
        "Eastland claimed to have destroyed five tanks.",
        Expected(type: .hostilities, act: "destroy", who: ["EST"], modality: .alleged)
      ),
    ])
  func passives(_ text: String, _ expected: Expected) { Snippets.check(text, [expected]) }
}
