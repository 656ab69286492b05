// Tests of what sides owe, exchange and sign in the words of news: who, to whom, by when.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct OathTests {
  private func owed(_ text: String) -> [Claim] { Snippets.claims(text).filter { $0.type == .commitment } }

  @Test("What an accord provides for is owed as any noun, each of a list with its own deadline")
  func provisions() {
    let claims = owed(
      "The accord provides for an interim government; for the disarmament of all militias within six months; and for reforms of the police."
    )
    #expect(claims.count == 3, "\(claims)")
    #expect(claims.filter { $0.due != nil }.count == 1)
    let listed = owed("The accord provides for joint patrols, and elections within two years.")
    #expect(listed.filter { $0.due != nil }.count == 1, "\(listed)")
  }

  @Test("The terms of an accord go on in the sentences after it, in nobody's words")
  func terms() {
    let claims = owed(
      "Under the deal, Westland is to leave Orlin. A joint committee is also to be established to watch the pullout. The monitors will be paid."
    )
    #expect(claims.map(\.act) == ["withdraw", "establish", "pay"], "\(claims)")
  }

  @Test("To whom it is promised, and whom it concerns, is whom it is owed to")
  func whom() {
    #expect(owed("Westland promised the elders that its troops would leave Orlin by March 20.").first?.whom.first?.text == "elders")
    #expect(owed("The king promised the rebels an amnesty.").first?.whom.first?.text == "rebels")
    #expect(owed("Both armies promised not to harm foreign doctors in Orlin.").first?.whom.first?.text == "foreign doctors")
  }

  @Test(
    "What a side says that it will not do, or will do with its own, is owed; on a condition it is a threat",
    arguments: [
      ("Westland said that it would not use force in Orlin.", true),
      ("Westland announced that its troops would leave Orlin at midnight.", true),
      ("Westland said that it would stop withdrawing from Orlin if nobody came.", false),
      ("Westland said it would not sign a truce until the siege was lifted.", false),
      ("Westland vowed to avenge the killing of its general.", false),
    ])
  func ownWord(_ text: String, isOwed: Bool) {
    let claims = Snippets.claims(text).filter { $0.type != .statement }
    #expect(claims.contains { $0.type == .commitment } == isOwed, "\(claims)")
    #expect(!claims.contains { $0.type == .agreementSigned })
  }

  @Test("A day of a promise's deed lies after the promise; who agreed that something will be done does it")
  func promised() {
    // The Thursday after the Tuesday, whenever the text was published.
    let claim = owed("Westland agreed on Tuesday to hand over Orlin on Thursday.").first
    #expect(claim.flatMap { $0.when?.edtf }.map { $0 > "2021-03-10" } ?? false, "\(claim as Any)")
    let agreed = owed("\"Westland and Eastland have agreed that the valley will be cleared,\" the envoy said.").first
    #expect(agreed?.who.first?.party == "WST", "\(agreed as Any)")
  }

  @Test("Of those freed together each side's are freed by the other, and so are those given in return")
  func bothWays() {
    let freed = Snippets.claims("Westland released 40 Eastlandic soldiers in return for nine rebels.").filter { $0.type == .exchange }
    #expect(freed.count == 2, "\(freed)")
    #expect(freed.last?.whom.first?.text == "nine rebels")
    let together = Snippets.claims("Forty Eastlandic soldiers and 30 Westlandic soldiers were freed on Friday.").filter {
      $0.type == .exchange
    }
    #expect(Set(together.compactMap { $0.who.first?.party }) == ["EST", "WST"], "\(together)")
  }

  @Test("A truce observed since a day began on it; who stops another's attack starts none, nor does a deal to end a war")
  func starts() {
    let observed = Snippets.claims("Westland and Eastland have observed a truce since April 2020.").first
    #expect(observed?.type == .ceasefireStart && observed?.when?.edtf == "2020-04", "\(observed as Any)")
    let relative = Snippets.claims("The truce between Westland and Eastland, which went into force on March 3, is being observed.")
    #expect(relative.contains { $0.type == .ceasefireStart && $0.when?.edtf == "2021-03-03" }, "\(relative)")
    #expect(Snippets.claims("Westland and Eastland agreed to an immediate ceasefire.").contains { $0.type == .ceasefireStart })
    #expect(!Snippets.claims("Westland's troops halted an attack by hundreds of rebels.").contains { $0.type == .ceasefireStart })
    #expect(!Snippets.claims("A deal to end the war was signed in Orlin on March 3.").contains { $0.type == .ceasefireStart })
  }

  @Test("What sides have agreed to do is owed, and an agreement where a day, a place or talks are told of it")
  func agreed() {
    func signed(_ text: String) -> Bool { Snippets.claims(text).contains { $0.type == .agreementSigned } }
    #expect(!signed("Westland and Eastland have agreed to clear the mines."))
    #expect(signed("In May Westland and Eastland agreed to clear the mines together."))
    #expect(signed("The leaders of Westland and Eastland are to meet in Orlin on March 20 to sign an accord."))
    #expect(signed("Westland and Eastland agreed to the second phase of a truce plan."))
    #expect(Snippets.claims("Westland and Eastland were to have signed the accord on March 3.").first?.polarity == .negative)
    #expect(Snippets.claims("Westland did not meet the deadline.").first?.polarity == .negative)
  }

  @Test("A dated accord that is only named was signed then; one that the sentence tells of is told once")
  func named() {
    let named = Snippets.claims("The court was set up under the 1988 peace deal between Westland and Eastland.")
    #expect(named.contains { $0.type == .agreementSigned && $0.when?.edtf == "1988" }, "\(named)")
    let told = Snippets.claims("Westland and Eastland signed the 1993 accord in Orlin.").filter { $0.type == .agreementSigned }
    #expect(told.count == 1, "\(told)")
    let both = Snippets.claims("The accord was signed by John Hale for Westland and Joseph Reed for Eastland.").first
    #expect(both?.who.count == 2, "\(both as Any)")
  }

  @Test("More time is a deadline moved, to extend a truce is no agreement beside it, 'not only' denies nothing")
  func moved() {
    let given = Snippets.claims("The rebels have been given another ten days to gather in Orlin.").first
    #expect(given?.type == .deadlineRevised && given?.due != nil, "\(given as Any)")
    #expect(Snippets.claims("Westland and Eastland agreed to extend the truce until March 20.").map(\.type) == [.deadlineRevised])
    #expect(Snippets.claims("Westland has not only signed an accord with Eastland but kept it.").first?.polarity == .positive)
    let listed = owed("Westland agreed to respect the ceasefire and not attack Orlin.")
    #expect(listed.contains { $0.polarity == .negative && $0.who.first?.party == "WST" }, "\(listed)")
  }

  @Test("Guns bind whose they are, dashes set off who promises, what a deal will see done is to come")
  func bound() {
    let guns = owed("Under the accord, Westland's guns will be locked in depots.").first
    #expect(guns?.who.first?.text == "Westland", "\(guns as Any)")
    let dashed = owed("The rebels -- or what is left of them -- promised to leave Orlin by March 20.").first
    #expect(dashed?.who.first?.text == "rebels", "\(dashed as Any)")
    let seen = Snippets.claims("The deal will see 900 prisoners freed from jails in return for 40 soldiers.").filter {
      $0.type == .exchange
    }
    #expect(seen.count == 2 && seen.allSatisfy { $0.modality == .planned }, "\(seen)")
  }
}
