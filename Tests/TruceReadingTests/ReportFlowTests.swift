// What a report leaves to its dateline, to the names beside a description, and to the sentence before.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct ReportFlowTests {
  @Test("'Here' is where the dateline says that the report was written")
  func here() {
    let claims = Snippets.claims("KINS, March 9 (Wire) -- The president and the rebels on Tuesday signed a peace agreement here.")
    #expect(claims.map { $0.places.map(\.text) } == [["Kins"]])
    #expect(Snippets.claims("The president signed a peace agreement here.").map { $0.places.count } == [0])
  }

  @Test(
    "A group is called by the name beside it",
    arguments: [
      ("The main rebel group, the Free Reed Front, attacked Kins.", "Free Reed Front"),
      ("In February another faction, the Reed National Front, laid siege to Kins.", "Reed National Front"),
    ])
  func named(_ text: String, _ name: String) { #expect(Snippets.claims(text).first?.who.first?.standsFor == name) }

  @Test("'It' is whom the sentence before is about, over what stands between commas")
  func subject() {
    let claims = Snippets.claims(
      "The Reed Mission in Tarn, which took over from a coastal force on 1 March, has 400 men. It will open checkpoints near Kins.")
    #expect(claims.last { $0.type == .postEstablished }?.who.map(\.text) == ["Reed Mission"])
  }

  @Test(
    "What was signed has its own day: in its name, or behind 'signed'; what is broken has not",
    arguments: [
      ("The Feb. 18 accord was signed in Kins.", [ClaimType.agreementSigned: "2021-02-18"]),
      (
        "The army was accused of violating a ceasefire signed in Kins in February.",
        [.agreementSigned: "2021-02", .ceasefireViolation: nil]
      ),
      (
        "A ceasefire which took effect on 4 February has been broken several times.",
        [.ceasefireStart: "2021-02-04", .ceasefireViolation: "../2021-03-10"]
      ),
      ("The accord, signed in Kins by the two sides, calls for a truce to take effect Friday.", [.ceasefireStart: "2021-03-12"]),
    ])
  func days(_ text: String, _ expected: [ClaimType: String?]) {
    let claims = Snippets.claims(text)
    for (type, day) in expected {
      let days = claims.filter { $0.type == type }.map { $0.when?.edtf }
      #expect(days == [day], "\(type)")
    }
  }

  @Test(
    "Verbs that look like nouns, and nouns that look like verbs",
    arguments: [
      ("The United Nations plans to send 700 peacekeepers to Kins.", [ClaimType.deployment]),
      ("There are no soldiers left in Kins.", []),
      ("A militia known as the Reeds seized Kins from the rebels.", [.controlChange]),
      ("A monitoring mission led by Westland will be deployed in Kins.", [.deployment]),
      ("The rebels rejected the vote and went back to war.", [.hostilities]),
    ])
  func tags(_ text: String, _ expected: [ClaimType]) { #expect(Snippets.claims(text).map(\.type) == expected) }

  @Test("Two and a half years are thirty months")
  func halves() {
    Snippets.check(
      "The army must leave Kins within two and a half years.",
      [Expected(type: .commitment, act: "withdraw", due: "2023-09-10", modality: .planned)])
  }

  @Test("Two names after 'in' are two places, though what is in them could be listed too")
  func places() {
    let claims = Snippets.claims("The mission will open posts in Kins and Geder.")
    #expect(claims.map { $0.places.map(\.text) } == [["Kins"], ["Geder"]])
  }

  @Test("A name can look like a verb")
  func name() {
    #expect(
      Snippets.claims("The opposition's leader Said Reed signed the accord.").map { $0.who.map(\.text) } == [
        ["opposition's leader Said Reed"]
      ])
  }

  @Test(
    "The time of what a clause tells reaches over what stands between commas, and 'since' from its first day",
    arguments: [
      ("Some 40 people died when rebels shelled Kins, the old capital, on 4 March.", "2021-03-04"),
      ("Rebels have been deployed in Kins since the weekend.", "2021-03-06/2021-03-10"),
    ])
  func reach(_ text: String, _ expected: String) { #expect(Snippets.claims(text).first?.when?.edtf == expected) }

  @Test(
    "Who acts stands before what commas set off: another name, letters, who backs them",
    arguments: [
      ("The fighters of the Reed Liberation Front, or RLF, must leave Kins.", "RLF"),
      ("President Alan Reed, better known as Stork, signed the accord.", "Reed"),
      ("In June forces loyal to President Reed, backed by Tarn, launched an offensive. By 13 June they had seized Kins.", "Reed"),
    ])
  func doer(_ text: String, _ name: String) {
    #expect(Snippets.claims(text).last?.who.first.map { $0.text.contains(name) || $0.standsFor?.contains(name) ?? false } == true)
  }

  @Test("Of two days of a sentence the later is the text's; a day that a name bears is none")
  func laterDay() {
    let claims = Snippets.claims(
      "Tanks entered Kins on Monday and on Tuesday reached Geder. He spoke of the lines of 5 March. The army left Orlin.")
    #expect(claims.last?.when?.edtf == "2021-03-09")
  }

  @Test("Who is hurt in an attack is hurt where it was")
  func hurt() {
    let claims = Snippets.claims("Rebels attacked a post in Kins, near the Tarn border, wounding two officers.")
    #expect(claims.map { $0.places.first?.text } == ["Kins", "Kins"])
  }

  @Test("Fighting that ended in a ceasefire began one")
  func ended() { #expect(Snippets.claims("The offensive ended in a ceasefire on 2 March.").contains { $0.type == .ceasefireStart }) }

  @Test(
    "A second verb has the time before the first; 'it' is the army of the same sentence",
    arguments: [
      ("On 4 March the army entered Kins and occupied Geder.", ["2021-03-04", "2021-03-04"]),
      ("Some 60 people were driven from Kins on 3 March, and the following day ten men were led to a farm and killed.", ["2021-03-04"]),
    ])
  func shared(_ text: String, _ expected: [String]) {
    #expect(Snippets.claims(text).filter { $0.type == .controlChange || $0.act == "kill" }.suffix(2).map { $0.when?.edtf } == expected)
  }

  @Test("Who signs for a side is no side, letters before barracks are no place, posts taken up are not taken")
  func words() {
    let signed = Snippets.claims("President Alan Stork signed a truce with the rebels. The rebels shelled Kins.")
    #expect(!signed.contains { $0.whom.contains { $0.isImplicit && $0.text.contains("Stork") } })
    let lost = Snippets.claims("They besieged RLF barracks in Kins. The RLF lost 40 men.")
    #expect(!lost.contains { $0.places.contains { $0.text == "RLF" } })
    #expect(Snippets.claims("The first of them took up their posts in Kins on 4 March.").map(\.type) == [.deployment])
    let flag = Snippets.claims(
      "The Reed Front shelled Kins. In February the army launched an offensive; on 4 March it raised its flag over Kins.")
    #expect(flag.last?.who.map(\.text) == ["army"])
  }

  @Test("'Denied it passage' denies nothing that was told; who laid down his life was killed")
  func denied() {
    let claims = Snippets.claims("The army said that rebels had shelled Kins. Armed men stopped a patrol in Geder and denied it passage.")
    #expect(!claims.contains { $0.modality == .denied })
    let losses = Snippets.claims("Three soldiers laid down their lives and 15 were wounded in Kins.")
    #expect(losses.first?.whom.map(\.text) == ["Three soldiers"])
    #expect(!losses.contains { $0.whom.contains { $0.text == "lives" } })
  }

  @Test("Whom somebody is loyal to is no place, from where a mission hears shots nobody fires them, lives are not besieged")
  func bystanders() {
    let loyal = Snippets.claims("Clashes broke out between the army and militias loyal to Alan Stork.")
    #expect(!loyal.contains { $0.places.contains { $0.text.contains("Stork") } })
    #expect(Snippets.claims("From Kins the mission heard 40 explosions.").allSatisfy { $0.who.isEmpty })
    let siege = Snippets.claims("The siege cost the lives of 40 soldiers.")
    #expect(siege.flatMap { $0.whom.map(\.text) } == ["40 soldiers", "40 soldiers"])
  }
}
