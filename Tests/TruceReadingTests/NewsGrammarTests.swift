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

  @Test("What a relative clause denies or rejects does not reach the main verb")
  func relativeSpeech() {
    Snippets.check(
      "Eastlanders who rejected the accord killed three soldiers in Orlin on March 4.",
      [Expected(type: .casualties, act: "kill", place: "orlin", when: "2021-03-04")])
  }

  @Test("Who is told to leave has not left; what follows \"once\" is still to come where the rest is")
  func told() {
    Snippets.check("Westlandic militias were told to leave Orlin within 48 hours.", [])
    Snippets.check(
      "The two sides have two days to finish the exchange once Westlandic forces have left Orlin.",
      [Expected(type: .commitment, act: "withdraw", who: ["WST"], place: "orlin", modality: .planned)])
  }

  @Test("A subject reaches over what its vehicles carry, and no further than a phrase at the head of the sentence")
  func subjects() {
    Snippets.check(
      "The convoy carrying fighters and members of their families has left Orlin.",
      [Expected(type: .controlChange, act: "withdrew", place: "orlin")])
    Snippets.check(
      "After two weeks of fighting, Eastland and Westland signed an accord on March 4.",
      [
        Expected(type: .hostilities, act: "clash", when: "2021-02-18/2021-03-04"),
        Expected(type: .agreementSigned, act: "sign", who: ["EST", "WST"], when: "2021-03-04"),
      ])
  }

  @Test("The soldiers of whom a spokesman tells are his side's; who loses men loses his own")
  func ownSoldiers() throws {
    let soldiers = try #require(Snippets.claims("Westland's army said two soldiers were killed in Orlin.").first)
    #expect(soldiers.whom.map(\.party) == ["WST"])
    let men = try #require(Snippets.claims("Westland lost three men in Orlin.").first)
    #expect(men.whom.map(\.party) == ["WST"])
  }

  @Test("\"Between\" two days, \"shortly after\" an hour and \"by nightfall\" are read for what they mean")
  func closeTimes() {
    Snippets.check(
      "Five people were killed in Orlin between Friday and Sunday.",
      [Expected(type: .casualties, act: "kill", place: "orlin", when: "2021-03-05/2021-03-07")])
    Snippets.check(
      "Westlandic troops entered Orlin shortly after 2 a.m. on March 4.",
      [Expected(type: .controlChange, act: "entered", who: ["WST"], place: "orlin", when: "2021-03-04T02:00:00+03:00")])
  }

  @Test("A distance in brackets says how to find a place, and not where something was")
  func measured() throws {
    let heard = try #require(
      Snippets.claims("The mission heard 31 explosions while in army-controlled Kelm (16km north-east of Orlin) on March 4.").first)
    #expect(heard.places.map(\.text) == ["Kelm"] && heard.when?.edtf == "2021-03-04")
  }

  @Test("Guns are no captives, and whoever leaves an accord leaves no place")
  func noPlaces() {
    Snippets.check(
      "Westlandic rebels handed over 225 guns on March 4.", [Expected(type: .controlChange, act: "handed-over", when: "2021-03-04")])
    Snippets.check(
      "Westland withdrew from the accord on March 4.", [Expected(type: .statement, act: "left", who: ["WST"], when: "2021-03-04")])
  }

  @Test("Freed soldiers who are flown home are not deployed; taken-up posts are no conquest")
  func noConquest() {
    Snippets.check("Westland flew 37 freed soldiers to Orlin on March 4.", [Expected(type: .exchange, act: "return", when: "2021-03-04")])
    Snippets.check(
      "Westlandic police have taken up posts around Orlin.", [Expected(type: .deployment, act: "deploy", who: ["WST"], place: "orlin")])
  }

  @Test("What follows from a deed lies where the deed does")
  func consequences() {
    Snippets.check(
      "Westlandic rebels in Kelm shot down a helicopter near Orlin on March 4, killing the pilot.",
      [
        Expected(type: .hostilities, act: "shoot-down", who: ["WST"], place: "orlin", when: "2021-03-04"),
        Expected(type: .casualties, act: "kill", who: ["WST"], place: "orlin", when: "2021-03-04"),
      ])
  }

  @Test("The day after a deed, and the days that follow one, count from it")
  func countedDays() {
    Snippets.check(
      "On March 4, the day after Eastland began bombing Orlin, Westlandic forces entered Tarn district.",
      [
        Expected(type: .hostilities, act: "attack", who: ["EST"], place: "orlin", when: "2021-03-03"),
        Expected(type: .controlChange, act: "entered", who: ["WST"], place: "tarn-district", when: "2021-03-04"),
      ])
  }

  @Test("A titled speaker, what clauses list, and whose words a possessive's are")
  func titledSpeakers() throws {
    let taken = try #require(Snippets.claims("Westland's prime minister said Westlandic troops had taken Orlin.").first)
    #expect(taken.who.map(\.text) == ["Westlandic troops"])
    let left = Snippets.claims("Westland completed the withdrawal of its troops from Orlin, and Eastlandic soldiers were greeted in Kins.")
    #expect(left.filter { $0.act == "withdrew" }.count == 1)
    let regained = try #require(Snippets.claims("Eastland regained control of Orlin, its deputy minister said.").first)
    #expect(regained.speakers.last?.text.contains("minister") ?? false)
  }

  @Test("Who ends an occupation leaves; who flees leaves; a truce from a weekday is to come")
  func endings() {
    Snippets.check(
      "Westland ended its occupation of Orlin on March 4.",
      [Expected(type: .controlChange, act: "withdrew", who: ["WST"], place: "orlin", when: "2021-03-04")])
    #expect(Snippets.claims("Eastland took Orlin as Westlandic soldiers fled.").contains { $0.act == "withdrew" })
    #expect(Snippets.claims("Westland declared a truce from Friday.").first?.when?.edtf == "2021-03-12")
  }

  @Test("A clause of time between two verbs, what is told beside a report, what only dates")
  func beside() throws {
    let taken = Snippets.claims("Westlandic fighters entered Orlin after the president left the country, and took over the palace.")
    #expect(taken.last { $0.act == "captured" }?.who.first?.party == "WST")
    let killed = Snippets.claims("The mission reported 14 violations, and two soldiers were killed in Orlin.")
    #expect(killed.last { $0.type == .casualties }?.speakers.last?.text != "mission")
    #expect(!Snippets.claims("The first truce since the conflict began took effect on March 4.").contains { $0.type == .hostilities })
    #expect(Snippets.claims("Shelling of Orlin resumed on March 4 after the truce expired.").first?.type == .hostilities)
    #expect(
      Snippets.claims("The sides agreed to create a zone by pulling their troops back from Orlin.").allSatisfy {
        $0.type != .controlChange
      })
  }
}
