// Tests of promises, lists of duties, and the days of what was agreed.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct PromiseTests {
  private func owed(_ text: String) -> [Claim] { Snippets.claims(text).filter { $0.type == .commitment } }

  @Test(
    "A promise binds whoever's it is, by a noun or to somebody",
    arguments: [
      "Westland's promise to leave Orlin by March 20 was welcomed.",
      "A pledge by Westland to leave Orlin by March 20 was welcomed.",
      "Westland promised the envoy to withdraw its tanks from Orlin by March 20.",
    ])
  func nouns(_ text: String) throws {
    let claim = try #require(owed(text).first, "\(text)")
    #expect(claim.who.first?.party == "WST")
    #expect(claim.due?.when.edtf == "2021-03-20")
  }

  @Test("A commitment that somebody says he has not made is denied")
  func disowned() { #expect(owed("Westland made no commitment to leave Orlin.").first?.modality == .denied) }

  @Test("Troops that somebody offers or promises are owed by him")
  func offered() {
    #expect(owed("Eastland offered two battalions for the force.").first?.who.first?.party == "EST")
    #expect(owed("Eastland's promise of 200 soldiers was welcomed.").first?.act == "promise")
  }

  @Test("Verbs of a list share what binds the first, the promiser and the deadline; what one is not to do negates no other")
  func lists() {
    let claims = owed("Westland undertook to end its patrols, leave Orlin and hand its guns over by March 20.")
    #expect(Set(claims.map(\.act)).isSuperset(of: ["withdraw", "disarm"]), "\(claims)")
    #expect(claims.allSatisfy { $0.who.first?.party == "WST" })
    let both = owed("Westland agreed to free all captives without delay and to leave Orlin.")
    #expect(both.contains { $0.act == "withdraw" && $0.who.first?.party == "WST" })
    let mixed = owed("Westland agreed not to attack Orlin and to open the road to Tarn.")
    #expect(mixed.contains { $0.polarity == .negative } && mixed.contains { $0.polarity == .positive })
  }

  @Test("An agreement about a later day has been reached, and a promise has no day but that of its deed")
  func days() {
    let agreed = Snippets.claims("Eastland and Westland have agreed to a ceasefire from midnight on March 14.")
    #expect(agreed.contains { $0.type == .agreementSigned && $0.modality == .happened && $0.when?.edtf != "2021-03-14" })
    #expect(owed("Westland agreed on Monday to leave Orlin.").first?.when == nil)
  }

  @Test("What somebody calls for is no claim, what an accord requires to be done is owed")
  func required() {
    #expect(Snippets.claims("The minister called for the release of all prisoners.").allSatisfy { $0.type != .exchange })
    #expect(Snippets.claims("He demanded that the rebels be disarmed and leave Orlin.").allSatisfy { $0.type != .controlChange })
    #expect(owed("The accord requires that Westlandic troops be withdrawn from Orlin.").first?.places.first?.place == "orlin")
  }

  @Test("A ceasefire starts when what stands beside it says, and each clause has its own doer and deadline")
  func starts() {
    let claims = Snippets.claims("Eastland and Westland agreed to a ceasefire effective Friday.")
    #expect(claims.contains { $0.type == .ceasefireStart && $0.modality == .planned && $0.when != nil })
    #expect(claims.contains { $0.type == .agreementSigned && $0.when == nil })
    #expect(Snippets.claims("The truce comes into force when both sides have signed it.").first?.modality == .planned)
    let both = owed("Under the deal Westlandic police will withdraw from Orlin and protesters will hand in their weapons within ten days.")
    #expect(both.contains { $0.act == "disarm" && $0.who.first?.text == "protesters" && $0.due != nil })
    #expect(both.contains { $0.act == "withdraw" && $0.due == nil })
  }

  @Test("What shall be done is owed, also where its words mean something else together")
  func shall() {
    #expect(owed("Westland shall store its arms in seven depots.").first?.who.first?.party == "WST")
    #expect(owed("Westland undertook to clear mines.").first?.act == "clear")
    let accord = owed("The accord provides for the disbanding of all militias within six months and the withdrawal of Westlandic troops.")
    #expect(Set(accord.map(\.act)) == ["dismantle", "withdraw"], "\(accord)")
  }

  @Test("What an accord provides for is owed, be it a gerund, an infinitive or that somebody is let go")
  func provided() {
    #expect(owed("The accord provides for withdrawing all troops from Orlin by March 20.").first?.due?.when.edtf == "2021-03-20")
    #expect(owed("The text provides for the prisoners to be released by March 20.").first?.act == "exchange")
    let allowed = owed("A deal was struck under which 700 villagers were to be allowed to leave Orlin and the Tarn district.")
    #expect(allowed.compactMap { $0.places.first?.place } == ["orlin", "tarn-district"])
  }

  @Test("What a promise dates is owed by who promised it, each deed for itself")
  func dated() {
    let claims = owed(
      "Westland promised Eastland that the pullout would begin at noon on March 18 and that it would be finished by March 22.")
    #expect(claims.map(\.act) == ["begin", "finish"], "\(claims)")
    #expect(claims.allSatisfy { $0.who.first?.party == "WST" })
  }

  @Test("A signing that somebody hails has taken place, one that somebody calls for has not; a truce starts days after it was signed")
  func signing() {
    let hailed = Snippets.claims("The mediators welcomed the signing of a truce between Eastland and Westland.")
    #expect(hailed.first { $0.type == .agreementSigned }?.who.count == 2)
    #expect(Snippets.claims("The mediators called for the signing of a truce.").isEmpty)
    let later = Snippets.claims(
      "Under the truce agreement signed on March 3, which took effect two days later, Westland is to leave Orlin.")
    #expect(later.first { $0.type == .ceasefireStart }?.when?.edtf == "2021-03-05")
    #expect(later.first { $0.type == .commitment }?.when == nil)
  }

  @Test("The duties of an accord are not where it was signed, and an ultimatum's day is a deadline")
  func afterSigning() {
    let claims = owed("Eastland and Westland signed an accord in Orlin on March 3. Eastland will demobilise its fighters by March 20.")
    #expect(claims.first?.places.isEmpty ?? false, "\(claims)")
    let given = owed("The army gave the Westlandic rebels until March 20 to quit Orlin.")
    #expect(given.first?.due?.word == .until)
    let both = owed("Under the truce, Westland will pull back its forces north of Orlin and Eastlandic police will guard the line.")
    #expect(both.contains { $0.act == "guard" && $0.who.first?.party == "EST" }, "\(both)")
  }
}
