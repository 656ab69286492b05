// Clauses within clauses, and what words mean together: whose subject, whose place and whose day each verb has.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct ClauseReadingTests {
  @Test("Quotation marks that only set off a name leave the sentence whole")
  func quotedName() {
    Snippets.check(
      "Neither Eastlandic forces nor the \"Westlandic\" army had left Orlin.",
      [Expected(type: .controlChange, act: "withdrew", who: ["EST", "WST"], place: "orlin", polarity: .negative)])
  }

  @Test("A relative clause keeps its own words, and the noun before it keeps the verb")
  func relativeClause() throws {
    let claims = Snippets.claims("A helicopter that had just set down troops near Kins was shot down by Westland over Orlin on March 4.")
    let shot = try #require(claims.first { $0.act == "shoot-down" })
    #expect(
      Snippets.difference(
        shot, Expected(type: .hostilities, act: "shoot-down", who: ["WST"], place: "orlin", when: "2021-03-04")) == nil)
    #expect(shot.whom.map(\.text) == ["helicopter"])
  }

  @Test(
    "A clause without a relative tells more of the noun before it",
    arguments: [
      ("Westlandic fighters entered the hills the army took in May.", "captured", "army", "hills"),
      ("Thousands have fled the village Eastland bombed on March 4.", "attack", "Eastland", "village"),
      ("The envoy went to the towns rebels seized on March 4.", "captured", "rebels", "towns"),
    ])
  func contactClause(_ text: String, _ act: String, _ who: String, _ place: String) {
    let told = Snippets.claims(text).filter { $0.act == act && $0.who.map(\.text) == [who] }
    #expect(told.map { $0.places.map(\.text) } == [[place]], "\(told)")
  }

  @Test("What else was hit elsewhere is told too, and no clause in what somebody was told is taken for more of him")
  func hitElsewhere() {
    let hit = Snippets.claims("Westland bombed a barracks in Orlin as well as a bridge in Kins.").filter { $0.type == .hostilities }
    #expect(hit.map { $0.places.map(\.text) } == [["Orlin"], ["Kins"]], "\(hit)")
    let both = Snippets.claims("Rebels attacked police in Orlin and soldiers in Kins.").filter { $0.type == .hostilities }
    #expect(both.map { $0.whom.map(\.text) } == [["police"], ["soldiers"]], "\(both)")
    let told = Snippets.claims("The minister told the monitors the army attacked at dawn.").filter { $0.type == .hostilities }
    #expect(told.map { $0.who.map(\.text) } == [["army"]], "\(told)")
  }

  @Test("Who is helped does what the bare verb after him says; what somebody wants of a group ends with its relative clause")
  func helped() {
    let helped = Snippets.claims("Foreign jets helped the army capture the town of Kins.").filter { $0.type == .controlChange }
    #expect(helped.map { $0.who.map(\.text) } == [["army"]], "\(helped)")
    let wanted = Snippets.claims("The group, which Westland wants to disarm, attacked Kins on March 4.").filter { $0.type == .hostilities }
    #expect(wanted.map { $0.places.map(\.text) } == [["Kins"]], "\(wanted)")
  }

  @Test("A second doer has a duty of its own")
  func secondDuty() {
    Snippets.check(
      "The accord obliges Eastlandic forces to leave Orlin and Westlandic forces to withdraw from Kins.",
      [
        Expected(type: .commitment, act: "withdraw", who: ["EST"], place: "orlin", modality: .planned),
        Expected(type: .commitment, act: "withdraw", who: ["WST"], place: "Kins", modality: .planned),
      ])
  }

  @Test("What is provided for is owed, each noun of the list")
  func providedFor() {
    Snippets.check(
      "The accord was signed on March 2. It provides for the withdrawal of Westland from Orlin and the withdrawal of Eastland from Kins.",
      [
        Expected(type: .agreementSigned, act: "sign", when: "2021-03-02"),
        Expected(type: .commitment, act: "withdraw", who: ["WST"], place: "orlin", modality: .planned),
        Expected(type: .commitment, act: "withdraw", who: ["EST"], place: "Kins", modality: .planned),
      ])
  }

  @Test("A place taken in breach of a truce is taken, and the truce is broken")
  func inBreach() {
    Snippets.check(
      "Westlandic troops seized Orlin on March 4 in breach of the truce.",
      [
        Expected(type: .controlChange, act: "captured", who: ["WST"], place: "orlin", when: "2021-03-04"),
        Expected(type: .ceasefireViolation, act: "violation", who: ["WST"], place: "orlin", when: "2021-03-04"),
      ])
  }

  @Test("Who was prevented from entering did not enter")
  func prevented() {
    Snippets.check(
      "Westland prevented Eastlandic troops from entering Orlin on March 4.",
      [Expected(type: .controlChange, act: "entered", who: ["EST"], place: "orlin", when: "2021-03-04", polarity: .negative)])
  }

  @Test(
    "Words that mean something else together tell no claim",
    arguments: [
      "Westlandic troops left the villagers in peace.", "Westlandic troops took the road to Orlin.",
      "Establishing checkpoints in Orlin is not part of the agreement.", "A spokesman said that attacks on Orlin would resume.",
      "Fighting stopped.",
    ])
  func idioms(_ text: String) { #expect(Snippets.claims(text).isEmpty) }

  @Test("Two verbs may share what they do it to")
  func sharedObject() {
    Snippets.check(
      "Westlandic troops entered or shelled Kins on March 4.",
      [
        Expected(type: .controlChange, act: "entered", who: ["WST"], place: "Kins", when: "2021-03-04"),
        Expected(type: .hostilities, act: "shell", who: ["WST"], place: "Kins", when: "2021-03-04"),
      ])
  }

  @Test("Who remains is there, and what remains in somebody's hands is held")
  func remains() {
    Snippets.check(
      "Orlin remains in the hands of Westland.", [Expected(type: .controlChange, act: "control", who: ["WST"], place: "orlin")])
    Snippets.check(
      "Some 200 Westlandic troops remain in Orlin.", [Expected(type: .deployment, act: "present", who: ["WST"], place: "orlin")])
  }

  @Test("A denial of the sentence before denies what it says")
  func denialOfBefore() {
    Snippets.check(
      "Eastland said Westlandic troops shelled Orlin on March 4. Westland denied it.",
      [
        Expected(type: .hostilities, act: "shell", who: ["WST"], place: "orlin", when: "2021-03-04", modality: .alleged),
        Expected(type: .hostilities, act: "shell", who: ["WST"], place: "orlin", when: "2021-03-04", modality: .denied),
      ])
  }

  @Test("A missile strikes for those whose it is, and the freed go home to their own")
  func whose() throws {
    Snippets.check(
      "An aircraft was brought down by a Westlandic missile over Orlin on March 4.",
      [Expected(type: .hostilities, act: "shoot-down", who: ["WST"], place: "orlin", when: "2021-03-04")])
    let freed = try #require(Snippets.claims("Five Eastlandic servicemen were released at Kins on March 4.").first)
    #expect(freed.whom.map(\.party) == ["EST"] && freed.whom.allSatisfy(\.isImplicit))
  }

  @Test("What is due on a day is scheduled; what is due by a day, or under an accord, is owed")
  func scheduled() {
    Snippets.check(
      "The last Westlandic column is due to leave Orlin on March 12.",
      [Expected(type: .controlChange, act: "withdrew", place: "orlin", when: "2021-03-12", modality: .planned)])
    Snippets.check(
      "The last Westlandic column is due to leave Orlin by March 12.",
      [Expected(type: .commitment, act: "withdraw", place: "orlin", due: "2021-03-12", modality: .planned)])
    Snippets.check(
      "The mediators gave Westlandic forces two days to leave Orlin.",
      [Expected(type: .commitment, act: "withdraw", who: ["WST"], place: "orlin", due: "2021-03-12", modality: .planned)])
  }

  @Test("An explanation has the month of what it explains")
  func explanation() {
    Snippets.check(
      "Tension rose in January, after a Westlandic soldier was shot dead in Orlin.",
      [Expected(type: .casualties, act: "kill", place: "orlin", when: "2021-01")])
  }

  @Test("Who signed, and when, stays with the signing")
  func signedBefore() {
    Snippets.check(
      "Under the deal signed on March 1 by the ministers, Westlandic forces will leave Orlin.",
      [
        Expected(type: .agreementSigned, act: "sign", when: "2021-03-01"),
        Expected(type: .commitment, act: "withdraw", who: ["WST"], place: "orlin", modality: .planned),
      ])
  }

  @Test("A word that only looks like a verb may govern a ceasefire: no start is told of it")
  func unknownVerb() {
    Snippets.check(
      "Ho losst The and [Uol-0 ll ceasefire in the area, o losses were reported.", [Expected(type: .casualties, act: "kill")])
  }

  @Test(
    "Contractions are two words",
    arguments: [
      (
        "Westland's army hasn't left Orlin.",
        Expected(type: .controlChange, act: "withdrew", who: ["WST"], place: "orlin", polarity: .negative)
      ),
      ("They’ve captured Orlin.", Expected(type: .controlChange, act: "captured", place: "orlin")),
      ("There's been fighting in Orlin.", Expected(type: .hostilities, act: "clash", place: "orlin")),
      (
        "Westland won't leave Orlin.",
        Expected(type: .commitment, act: "withdraw", who: ["WST"], place: "orlin", modality: .planned, polarity: .negative)
      ),
    ])
  func contractions(_ text: String, _ expected: Expected) { Snippets.check(text, [expected]) }

  @Test("A killing is no attack beside itself, but a breach where a truce is in force")
  func killings() {
    #expect(Set(Snippets.claims("Westlandic soldiers shot dead a farmer in Orlin on March 4.").map(\.type)) == [.casualties])
    let ambushed = Snippets.claims("Westlandic soldiers killed a farmer in an ambush in Orlin on March 4.")
    #expect(ambushed.filter { $0.type == .hostilities }.count == 1)
    #expect(Snippets.claims("A bomb killed a farmer in Orlin on March 4.").allSatisfy { $0.act != "attack" || $0.who.isEmpty })
    let text = "The truce began on March 4. Westlandic soldiers shot dead a farmer in Orlin on March 6, and two more in Kins on March 7."
    #expect(Snippets.claims(text).filter { $0.type == .ceasefireViolation }.count >= 1)
  }

  @Test(
    "What an accord calls for, what nobody is to attack, how things look",
    arguments: [
      ("The sides agreed not to attack Orlin.", ClaimType.commitment, Polarity.negative),
      ("The accord, signed in Kins in May, ended the war.", .agreementSigned, .positive),
      ("The rebels seem to have left Orlin.", .controlChange, .positive),
      ("The truce appears to be holding.", .ceasefireViolation, .negative),
      ("The toll rose to 40.", .casualties, .positive),
    ])
  func manners(_ text: String, _ type: ClaimType, _ polarity: Polarity) {
    #expect(Snippets.claims(text).contains { $0.type == type && $0.polarity == polarity })
  }

  @Test(
    "A clause that has its verb gives none of its nouns to the next, and a gerund of harm goes with who did it",
    arguments: [
      ("Guns were sent from Kins and Eastland retook Orlin.", ClaimType.controlChange, "EST"),
      ("Eastland pulled out of Kins on Monday and Westland entered Orlin.", .controlChange, "WST"),
      ("Eastland was able to recapture Orlin.", .controlChange, "EST"),
      ("Eastland ambushed a convoy near Orlin killing three soldiers.", .casualties, "EST"),
      ("Killing two soldiers and wounding five, Eastland entered Orlin.", .casualties, "EST"),
    ])
  func ownSubject(_ text: String, _ type: ClaimType, _ party: PartyID) {
    #expect(Snippets.claims(text).last { $0.type == type }?.who.compactMap(\.party) == [party])
  }

  @Test(
    "What somebody is accused of is alleged to the end of the charge, and is no part of his name",
    arguments: [
      "Eastland accused Westland of theft and of shelling Orlin.",
      "Eastland accused Westland of theft and shelling Orlin.",
      "Eastland accused Westland of moving guns towards Kins and shelling Orlin.",
      "Westland, accused of shelling Orlin, kept silent.",
    ])
  func charges(_ text: String) {
    let shelled = Snippets.claims(text).first { $0.act == "shell" }
    #expect(shelled?.who.map(\.text) == ["Westland"])
    #expect(shelled?.modality == .alleged)
  }

  @Test("Who accuses and goes on to act has acted")
  func afterCharge() {
    let claims = Snippets.claims("Eastland accused Westland of aggression and entered Orlin.")
    #expect(claims.first { $0.type == .controlChange }?.modality == .happened)
  }
}
