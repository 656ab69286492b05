// For whom somebody speaks, and who "they" and "we" are.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct SpeakersReadingTests {
  @Test(
    "'We' is the side for which somebody speaks by his office",
    arguments: [
      ("\"We have captured Orlin,\" the chief army spokesman, Colonel Idris Bako, said.", "army"),
      ("Rebel commander Sabo Tenge said: \"We pulled out of Orlin on Tuesday.\"", "rebels"),
      ("An army officer told reporters: \"We have retaken Orlin.\"", "army"),
      ("Eastlandic Defence Minister Idris Bako said: \"We withdrew from Orlin on Monday.\"", "Eastland"),
    ])
  func we(_ text: String, _ who: String) {
    let claim = Snippets.claims(text).first { $0.type == .controlChange }
    #expect(claim?.who.first?.text == who || claim?.who.first?.standsFor == who)
  }

  @Test("'They said' is who spoke last, where several did")
  func they() {
    let claims = Snippets.claims("Aid workers said that shells hit Orlin. They said 12 people were killed.")
    #expect(claims.last?.speakers.last?.text == "Aid workers")
    let added = Snippets.claims("Police officers said rebels seized Orlin, and they added that three guards had been shot dead.")
    #expect(added.last?.speakers.last?.text == "Police officers")
  }

  @Test("The fifth town to fall fell, and what somebody is going to do is to come")
  func infinitives() {
    #expect(Snippets.claims("Kins is the third town to fall to the rebels since Sunday.").first?.modality == .happened)
    #expect(Snippets.claims("The army is going to withdraw from Orlin next week.").first?.modality == .planned)
    #expect(Snippets.claims("Six captives have been found or freed since Sunday.").first?.when?.edtf == "2021-03-07/2021-03-10")
  }

  @Test("The deal is the one that the sentence before told, by those who signed that")
  func deal() {
    let claims = Snippets.claims(
      "Eastland and the Kins Front have signed an accord. The accord, which was agreed on Monday, provides for elections.")
    #expect(
      claims.filter { $0.type == .agreementSigned }.map { $0.who.map(\.text) } == [
        ["Eastland", "Kins Front"], ["Eastland", "Kins Front"],
      ])
  }

  @Test("A state's forces stand for the state by its name")
  func states() {
    let reading = Snippets.world.read(Document(plain: Array("A Kenyan assault on Kins failed.".utf8)))
    #expect(reading.claims.first?.who.first?.standsFor == "Kenya")
  }
}
