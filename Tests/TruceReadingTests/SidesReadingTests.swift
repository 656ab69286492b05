// Who and whom: what a text of two sides leaves out, and whose words of belonging are.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct SidesReadingTests {
  /// The claims of a text read with the world's names alone.
  private func claims(_ text: String, _ type: ClaimType) -> [Claim] {
    Snippets.world.read(Document(plain: Array(text.utf8), published: When("2021-03-10", zone: .utc))).claims.filter { $0.type == type }
  }

  private static let war = "Colombian troops shelled Slupcane on March 2. The rebels attacked a patrol near Vejce on March 3. "

  @Test("In a text of two sides the other one killed a side's soldiers and took what fell, and says that it is left out")
  func deeds() throws {
    let killed = try #require(claims(Self.war + "Four soldiers were killed near Orlin on March 4.", .casualties).last)
    #expect(killed.who.map(\.text) == ["rebels"])
    #expect(killed.who.allSatisfy { $0.isImplicit })
    let fell = try #require(claims(Self.war + "The rebels captured Tarn on March 5. Orlin fell on March 7.", .controlChange).last)
    #expect(fell.who.map(\.text) == ["rebels"])
    #expect(fell.whom.map(\.party) == ["COL"])
  }

  @Test("A ceasefire told without its parties binds both of a text's two sides")
  func ceasefire() throws {
    let truce = try #require(claims(Self.war + "The ceasefire came into force on March 8.", .ceasefireStart).first)
    #expect(truce.who.count == 2)
    #expect(truce.who.contains { $0.party == "COL" })
  }

  @Test("What one party to an agreement owes, it owes to the other that signed")
  func partner() throws {
    let text =
      "Sudan and the Kassala People's Liberation Movement (KPLM) signed an accord on March 1. Under it, the KPLM must leave Kassala by July."
    let owed = try #require(claims(text, .commitment).first)
    #expect(owed.who.first?.party == nil)
    #expect(owed.whom.map(\.party) == ["SDN"])
  }

  @Test("A text's army is that of the state of its headline and of whose rebels it tells, not of where they talk")
  func theatre() throws {
    let text =
      "Talks go on\n\nColombia's largest rebel group is in the Cuban capital, Havana, for talks.\n\nOn Monday the army attacked a camp near Ormel."
    let attack = try #require(claims(text, .hostilities).first)
    #expect(attack.who.map(\.party) == ["COL"])
  }

  @Test("\"Neither side\" is both")
  func neither() throws {
    let calm = try #require(Snippets.claims("Neither side broke the truce in Orlin on March 4.").first)
    #expect(calm.who.map(\.party) == ["EST", "WST"])
    #expect(calm.polarity == .negative)
  }

  @Test(
    "Who does it is found over what backs, along with and relative clauses",
    arguments: [
      ("An official said the NMLA, backed by Ugandan tanks, artillery and helicopters had captured Orlin.", ["NMLA"]),
      ("Fighters who had refused to disarm attacked Orlin.", ["Fighters"]),
      ("Somali troops, along with Kenyan soldiers, seized Orlin.", ["Somali troops", "Kenyan soldiers"]),
      ("The rival Patriotic Union of Tarn, which captured Orlin, has left.", ["rival Patriotic Union of Tarn"]),
      ("Chad accused Libya of committing crimes and attacked Orlin on 8 August.", ["Chad"]),
      ("Congo accused Rwanda and the M23 rebels of shelling Orlin.", ["Rwanda", "M23 rebels"]),
      ("India and Pakistan accused each other of shelling Orlin.", ["India", "Pakistan"]),
      ("A force of around 800 to 1,000 Chadian soldiers attacked Orlin.", ["force of around 800 to 1,000 Chadian soldiers"]),
      ("A rocket fired by Hezbollah hit Orlin.", ["Hezbollah"]),
      ("The rebels' capture of Orlin on Monday was confirmed by the UN mission.", ["rebels"]),
    ])
  func doers(_ text: String, _ who: [String]) throws {
    let claim = try #require(
      Snippets.world.read(Document(plain: Array(text.utf8), published: When("2021-03-10", zone: .utc))).claims.first {
        ![.statement, .commitment].contains($0.type)
      })
    #expect(claim.who.map(\.text) == who)
  }

  @Test("Attacks by somebody that break a truce are theirs, and a gun is whose the words before \"whose\" name")
  func owners() throws {
    let breach = try #require(claims("Attacks by the rebels broke the ceasefire on Monday.", .ceasefireViolation).first)
    #expect(breach.who.map(\.text) == ["rebels"])
    let guns = try #require(claims("He led the Libyan army, whose artillery shelled Orlin on 2 March.", .hostilities).first)
    #expect(guns.who.first?.party == "LBY")
    let men = try #require(claims("Libya completed its withdrawal of troops from the Aouzou strip on 2 March.", .controlChange).first)
    #expect(men.who.first?.party == "LBY")
  }

  @Test("Whom: in pursuit of whom, with whom a ceasefire is declared, who left when others came, to whom over what a participle tells")
  func others() throws {
    #expect(claims("Libya bombed Orlin in pursuit of rebels.", .hostilities).first?.whom.map(\.text) == ["rebels"])
    #expect(claims("The government declared a ceasefire with the guerrillas.", .ceasefireStart).first?.whom.map(\.text) == ["guerrillas"])
    let text = "Libyan forces entered Orlin on Monday after the rebels had withdrawn from Orlin."
    #expect(claims(text, .controlChange).first?.whom.map(\.text) == ["rebels"])
    let freed = "The rebels handed over Lt John Hale, captured near Orlin on Tuesday, to the Red Cross."
    #expect(claims(freed, .exchange).first?.whom.map(\.text) == ["Red Cross"])
    #expect(claims("Kenyan troops seized Barawe, a Hezbollah stronghold.", .controlChange).first?.whom.first?.party == "HZB")
  }

  @Test("Clashes of which a clause says who began them are theirs; a statement by somebody is what he says")
  func begun() throws {
    let clash = try #require(
      claims("Clashes broke out in Orlin on Monday when the militia opened fire on farmers in Orlin.", .hostilities).first)
    #expect(clash.who.map(\.text) == ["militia"])
    let told = try #require(claims("Five civilians were killed in Orlin, according to a statement by the Libyan army.", .casualties).first)
    #expect(told.speakers.last?.text == "Libyan army")
  }

  @Test("Who spoke last speaks on as \"it\" and \"he\"; in a general's words \"he\" is the general")
  func speakingOn() throws {
    let told = claims("Libya's army denied the report. It said rebels had shelled Orlin.", .hostilities)
    #expect(told.first?.speakers.last?.party == "LBY")
    let signed = try #require(claims("General John Hale said he and rebel leader Sabo signed a ceasefire.", .agreementSigned).first)
    #expect(signed.who.map(\.text) == ["General John Hale", "rebel leader Sabo"])
  }

  @Test("Who is released is whom it is done to; who frees captives captured them, who took a town fought for it")
  func released() throws {
    #expect(claims("Libya released 66 prisoners in Orlin.", .exchange).first?.whom.map(\.text) == ["66 prisoners"])
    let taken = try #require(claims("Soldiers captured in June were freed by the rebels on Monday.", .hostilities).first)
    #expect(taken.who.map(\.text) == ["rebels"])
    let fought = try #require(claims("The militia took control of Orlin in heavy fighting on Monday.", .hostilities).first)
    #expect(fought.who.map(\.text) == ["militia"])
  }

  @Test("\"The alliance\" is one that the text calls so, \"the army\" somebody's of whom it says whose")
  func called() throws {
    let text = "The Tarn Liberation Alliance seized Orlin. The White Brigade shelled Kins. The alliance captured Vale on March 2."
    let claim = try #require(claims(text, .controlChange).last)
    #expect(claim.who.first?.standsFor == "Tarn Liberation Alliance")
  }

  @Test("Prisoners told of again are freed by the same; who attacks in the sentence before killed those who do not fight")
  func before() throws {
    let freed = claims("Libya released 66 prisoners on Monday. The prisoners were flown home on Tuesday and freed in Orlin.", .exchange)
    #expect(freed.allSatisfy { $0.who.first?.party == "LBY" })
    let killed = claims("Gunmen attacked a market in Orlin on Monday. Ten people were killed.", .casualties)
    #expect(killed.first?.who.map(\.text) == ["Gunmen"])
    let later = claims("Gunmen attacked Orlin on Monday. It was raining. Ten people were killed in the attack.", .casualties)
    #expect(later.first?.who.map(\.text) == ["Gunmen"])
  }

  @Test("Rebels have no aircraft; militant rockets are the militants', and what is hit may be somebody's")
  func fromTheAir() throws {
    let strike = claims(Self.war + "An air strike destroyed a bridge in Tarn on March 4.", .hostilities).last
    #expect(strike?.who.first?.party == "COL")
    #expect(claims("Three militant rockets hit Orlin on March 4.", .hostilities).first?.who.map(\.text) == ["militants"])
    #expect(claims("An air strike hit a Hezbollah depot in Orlin on March 4.", .hostilities).first?.whom.first?.party == "HZB")
    #expect(claims("The rebels were attacked by Libyan troops deep inside Chad.", .hostilities).first?.who.first?.party == "LBY")
  }

  @Test("Whose a held place is, from which group militants are, who fled and whose men they are")
  func held() throws {
    #expect(claims("Libyan troops shelled the rebel-held town of Orlin.", .hostilities).first?.whom.map(\.text) == ["rebel"])
    #expect(
      claims("Militants from the Maute group attacked Orlin.", .hostilities).first?.who.map(\.text) == ["Militants from the Maute group"])
    let taken = claims("Rebels captured Orlin on Sunday after government troops fled.", .controlChange).first
    #expect(taken?.whom.map(\.text) == ["government troops"])
    let left = claims("Two peacekeepers were wounded. Sabo's men attacked Orlin. They left Orlin on Monday.", .controlChange).first
    #expect(left?.who.map(\.text) == ["Sabo's men"])
  }

  @Test("After what somebody agreed to do another subject begins; \"believed to be\" is nobody's word")
  func begins() throws {
    let owed = claims("The army agreed to withdraw from Abyei and the SPLA promised to hand over Bor to the police.", .commitment)
    #expect(owed.map { $0.who.first?.text } == ["army", "SPLA"])
    let attack = claims("Police said gunmen believed to be rebels attacked a hotel in Orlin.", .hostilities).first
    #expect(attack?.speakers.last?.text == "Police")
  }

  @Test("Who was hurt in a clash fought in it, who killed in an attack attacked; at whom a place is shot at is who accuses")
  func hurt() throws {
    let clash = claims("Three Libyan soldiers were wounded in a clash with Chadian troops near Orlin.", .hostilities).first
    #expect(clash?.who.first?.party == "LBY")
    let attack = claims("The rebels killed 40 soldiers in an attack on an army camp in Orlin.", .hostilities).first
    #expect(attack?.who.map(\.text) == ["rebels"])
    let shots = claims("Libya said Chad had fired at Kins.", .hostilities).first
    #expect(shots?.whom.first?.party == "LBY")
    let calm = claims("Neither Libya nor Chad fired across the line on Monday.", .hostilities).first
    #expect(calm?.who.map(\.text) == ["Libya", "Chad"])
  }
}
