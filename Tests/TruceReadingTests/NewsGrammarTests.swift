// What the grammar of news sentences makes of a claim: who is accused, what is attendant, by when something was said to be done.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct NewsGrammarTests {
  @Test("Who is accused of a deed is its doer, be it each of the other")
  func accused() {
    Snippets.check(
      "Eastland accused the Westlandic army of firing artillery shells into Orlin on March 4.",
      [Expected(type: .hostilities, act: "fire", who: ["WST"], place: "orlin", when: "2021-03-04", modality: .alleged)])
    Snippets.check(
      "Westland's army, accused of sending troops to Orlin, refused to comment.",
      [Expected(type: .deployment, act: "deploy", who: ["WST"], place: "orlin", modality: .alleged)])
    Snippets.check(
      "Eastland and Westland accused each other of violating the truce on March 4.",
      [Expected(type: .ceasefireViolation, act: "violation", who: ["EST", "WST"], when: "2021-03-04", modality: .alleged)])
  }

  @Test("What stands beside a clause with \"with\" is owed")
  func attendant() {
    Snippets.check(
      "The ceasefire will begin on March 12, with Westlandic forces to be withdrawn from Orlin by March 20.",
      [
        Expected(type: .ceasefireStart, act: "ceasefire", when: "2021-03-12", modality: .planned),
        Expected(type: .commitment, act: "withdraw", who: ["WST"], place: "orlin", due: "2021-03-20", modality: .planned),
      ])
  }

  @Test("What somebody says has been done was done by the day on which it was said")
  func saidDone() {
    Snippets.check(
      "Westlandic troops have left Orlin, a spokesman said on March 4.",
      [Expected(type: .controlChange, act: "withdrew", who: ["WST"], place: "orlin", when: "../2021-03-04")])
  }

  @Test("A list of names does not hide the verb from the day behind it")
  func dayAfterList() {
    Snippets.check(
      "Westlandic troops began leaving Orlin, Tarn district and Vale corridor on Saturday, in line with a plan.",
      ["orlin", "tarn-district", "vale-corridor"].map {
        Expected(type: .controlChange, act: "withdrew", who: ["WST"], place: $0, when: "2021-03-06")
      })
  }

  @Test("\"Since\" before a time opens no clause, and aid that gets through is access")
  func since() {
    Snippets.check(
      "The first aid convoy since February reached Orlin on March 4, the mission said.",
      [Expected(type: .access, act: "open", place: "orlin", when: "2021-03-04")])
  }

  @Test("A war that left people dead hurt them where it was fought")
  func relativeOfEvent() {
    Snippets.check(
      "The talks are to end an insurgency in Orlin that has left thousands of people dead.",
      [Expected(type: .casualties, act: "kill", place: "orlin")])
  }

  @Test("An end to a war is no fighting, and what somebody destroys of his own is none either")
  func noFighting() {
    Snippets.check("Both governments declared an end to the war on March 4.", [])
    Snippets.check("Westland destroyed the last of its missiles on March 4.", [])
    Snippets.check("Peacekeepers drove back the crowd.", [])
  }

  @Test("Sent observers are those of who sends them; a captured soldier can be returned")
  func whose() {
    Snippets.check(
      "Westland deployed 200 unarmed observers to Orlin on March 4.",
      [Expected(type: .deployment, act: "deploy", who: ["WST"], place: "orlin", when: "2021-03-04")])
    Snippets.check(
      "Eastland returned a captured Westlandic pilot on March 4.",
      [Expected(type: .exchange, act: "return", who: ["EST"], when: "2021-03-04")])
  }

  @Test("They who spoke together promise together")
  func speakersTogether() {
    Snippets.check(
      "Eastland and Westland said they would observe all agreements from March 12.",
      [Expected(type: .commitment, act: "", who: ["EST", "WST"], when: "2021-03-12", modality: .planned)])
  }

  @Test("A ceasefire that one orders begins, and several agree to one")
  func ordered() {
    Snippets.check(
      "Westland's president ordered a unilateral ceasefire on March 4.",
      [Expected(type: .ceasefireStart, act: "ceasefire", who: ["WST"], when: "2021-03-04")])
    Snippets.check(
      "On March 8 Westland declared a ceasefire from March 12.",
      [Expected(type: .ceasefireStart, act: "ceasefire", who: ["WST"], when: "2021-03-12", modality: .planned)])
    Snippets.check(
      "Eastland and Westland agreed on March 4 to a permanent cessation of hostilities.",
      [Expected(type: .agreementSigned, act: "agree", who: ["EST", "WST"], when: "2021-03-04")])
  }
}
