// How fighting is told: how long it went on, beside which truce, who is blamed for it, who answers for it.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct FightingReadingTests {
  private func claims(_ text: String, _ type: ClaimType) -> [Claim] { Snippets.claims(text).filter { $0.type == type } }

  @Test(
    "Fighting whose length alone is told reaches to the day of what ended it, and breaks no truce",
    arguments: [
      ("The truce took hold on March 4 after eight days of conflict.", "2021-02-24/2021-03-03"),
      ("A ceasefire plan halted 34 days of fighting on March 4.", "2021-01-30/2021-03-04"),
      ("Eastland took Orlin on March 4 after two months of fighting.", "2021-01/2021-03-04"),
    ])
  func lengths(_ text: String, _ when: String) {
    #expect(claims(text, .hostilities).map { $0.when?.edtf } == [when])
    #expect(claims(text, .ceasefireViolation).isEmpty)
  }

  @Test("What hurt people before a truce is no breach of it, and what hurt them after it took effect is one")
  func besideTruce() {
    let before = Snippets.claims("The truce began on March 4.\n\nHours before the truce, a bomb exploded in Orlin, wounding nine people.")
    #expect(before.filter { $0.type == .hostilities || $0.type == .casualties }.map { $0.when?.edtf } == ["2021-03-04", "2021-03-04"])
    #expect(claims("Even after the truce took effect on March 4, rockets landed in Orlin.", .ceasefireViolation).count == 1)
  }

  @Test("Who is blamed did it, and who denies responsibility denies the deed")
  func blamed() {
    let blamed = Snippets.claims("A mortar attack killed nine people in Orlin on March 4. Officials blamed Westland.")
    #expect(blamed.last?.modality == .alleged)
    #expect(blamed.last?.who.first?.party == "WST")
    #expect(claims("Officials blamed Westland, saying they fired rockets into Orlin.", .hostilities).first?.who.first?.party == "WST")
    let denied = Snippets.claims("Shells hit Orlin on March 4. Westland denied responsibility.").last
    #expect(denied?.modality == .denied)
    #expect(denied?.who.first?.party == "WST")
  }

  @Test(
    "Fighting that a sentence only names is told where it names its place or its doer too, on no day of the text's; its toll is one claim")
  func inPassing() {
    let war = claims("On Tuesday thousands of refugees from the war in Orlin reached Kins.", .hostilities)
    #expect(war.map { $0.places.map(\.text) } == [["Orlin"]] && war.allSatisfy { $0.when == nil && $0.who.isEmpty }, "\(war)")
    let answer = claims("Eastland sent more troops in response to Westland's attack.", .hostilities)
    #expect(answer.map { $0.who.first?.party } == ["WST"], "\(answer)")
    #expect(claims("He spoke of a threatened Westlandic assault on Orlin.", .hostilities).isEmpty)
    #expect(claims("More than 300 people have been killed in the war in Orlin.", .hostilities).isEmpty)
    #expect(claims("Unions called a general strike in Orlin.", .hostilities).isEmpty)
  }

  @Test("A participle between a verb and what was done says how")
  func manner() {
    let launched = claims("Westlandic rebels launched coordinated attacks in Orlin.", .hostilities)
    #expect(launched.map { $0.who.first?.party } == ["WST"], "\(launched)")
    #expect(claims("The army carried out targeted raids in Orlin.", .hostilities).map { $0.who.map(\.text) } == [["army"]])
  }

  @Test("Bombs are planted where they lie, and guns fired into the air hurt nobody")
  func planted() {
    #expect(claims("Guerrillas planted two bombs at a tax office in Orlin.", .hostilities).map(\.act) == ["plant"])
    #expect(claims("A mine planted by the rebels exploded in Orlin on March 4.", .hostilities).count == 1)
    #expect(claims("Rebels fired their rifles in the air as they drove through Orlin.", .hostilities).isEmpty)
  }

  @Test("A weapon belongs to those by whose name it goes, and a whole list of victims to its verb")
  func weaponsAndVictims() {
    #expect(claims("Two farmers were killed by rebel mortars in Orlin.", .hostilities).first?.who.map(\.text) == ["rebels"])
    let dead = claims("At least 33 policemen, four soldiers and 55 guerrillas died in Orlin.", .casualties)
    #expect(dead.map { $0.quantities.first?.minimum } == [33, 4, 55])
    let whole = claims(
      "The mission spoke of 82 civilians, including eleven women and 13 children, killed by Westland in Orlin.", .casualties)
    #expect(whole.first?.quantities.first?.minimum == 82)
  }

  @Test("One deed is told once: a rocket that was fired and hit, an offensive and the strike that began it")
  func oneDeed() {
    #expect(claims("A rocket fired from Tarn district hit Orlin on March 4.", .hostilities).map { $0.places.first?.place } == ["orlin"])
    #expect(claims("In fighting on March 4, Westlandic rockets hit Orlin.", .hostilities).count == 1)
  }

  @Test("A superlative compares and does not date; the year before a noun is its year; one side's counts are its own")
  func comparisons() {
    let first = claims("A bomb exploded in Orlin on March 4, wounding nine people, in the first such attack since 2006.", .casualties)
    #expect(first.first?.when?.edtf == "2021-03-04")
    #expect(claims("The war was brought on by the 2006 raid by Westland on Orlin.", .hostilities).first?.when?.edtf == "2006")
    #expect(claims("Westland said it had recorded nine violations of the ceasefire.", .ceasefireViolation).count == 1)
  }

  @Test("Damage is nobody's loss, and no damage says that nobody was hurt")
  func damage() {
    #expect(claims("Shells hit Orlin on March 4, causing damage to a pipeline.", .casualties).isEmpty)
    #expect(claims("Shells hit Orlin on March 4, causing no damage.", .casualties).first?.polarity == .negative)
  }

  @Test("What reports say is denied by who denies them, and what a side denies is its own")
  func denied() {
    let reports = Snippets.claims("Westland denied rebel reports that its jets bombed Orlin on March 4 and killed nine people.")
    #expect(reports.filter { $0.modality == .denied }.map(\.type) == [.hostilities, .casualties])
    let own = claims("Westland denied any air raids near Orlin.", .hostilities).first
    #expect(own?.modality == .denied)
    #expect(own?.who.first?.party == "WST")
  }

  @Test(
    "Who is hurt is found beside what they were doing, and what is counted beside its verb",
    arguments: [
      ("Sixteen people sheltering in a school in Orlin were killed on March 4.", 16.0),
      ("The death toll in the fighting in Orlin has reached 40.", 40),
      ("In Orlin 27 soldiers were reported dead.", 27),
    ])
  func victims(_ text: String, _ count: Double) { #expect(claims(text, .casualties).map { $0.quantities.first?.minimum } == [count]) }

  @Test("An attempt of nobody's is told, and nobody is hurt where nobody is")
  func nobody() {
    #expect(claims("An attempt to seize Orlin on March 4 had failed.", .hostilities).map(\.act) == ["attack"])
    #expect(claims("The aircraft landed in Orlin and nobody on board was hurt.", .casualties).map(\.polarity) == [.negative])
    #expect(claims("There were no reports of casualties in Orlin.", .casualties).map(\.polarity) == [.negative])
    #expect(claims("Two rockets landed without causing injuries in Orlin.", .casualties).map(\.polarity) == [.negative])
    #expect(claims("The mission reported shelling near Orlin, but no casualties.", .casualties).map(\.polarity) == [.negative])
  }

  @Test("Who neither confirms nor denies has denied nothing; two were killed, and not 'fire and two'")
  func neither() {
    let claims = Snippets.claims("An ambush near Orlin killed nine sailors on March 4. Westland neither confirmed nor denied involvement.")
    #expect(!claims.contains { $0.modality == .denied })
    let dead = Snippets.claims("Westlandic guards came under fire in Orlin on March 4 and two were killed.").filter {
      $0.type == .casualties
    }
    #expect(dead.map { $0.quantities.first?.minimum } == [2])
    #expect(Snippets.claims("At least 20 people died in Monday's attack on Orlin.").map(\.type) == [.casualties, .hostilities])
  }

  @Test("An attack that is beaten back was made by the other; one that killed killed for who made it")
  func repelled() {
    let attack = claims("An Eastlandic assault towards the port of Tarn was beaten back at Orlin by Westland.", .hostilities).first
    #expect(attack?.who.first?.party == "EST")
    #expect(attack?.whom.first?.party == "WST")
    #expect(attack?.places.first?.text == "Orlin")
    let dead = claims("A Westlandic attack on a bus in Orlin on March 4 that killed three was condemned.", .casualties)
    #expect(dead.flatMap(\.who).map(\.party) == ["WST"])
    #expect(claims("Rebel shells landed on a bus station in Orlin killing five people and injuring six.", .casualties).count == 2)
  }

  @Test(
    "Fighting that did not stop went on; without a shot there was none",
    arguments: [
      ("Fighting near Orlin did not stop.", Polarity.positive),
      ("The rebels moved into Orlin without a shot being fired.", .negative),
      ("In the east, where clashes between the army and the rebels in Orlin went on, many fled.", .positive),
      ("Residents reported shelling on the outskirts of Orlin.", .positive),
    ])
  func goneOn(_ text: String, _ polarity: Polarity) { #expect(claims(text, .hostilities).map(\.polarity) == [polarity]) }

  @Test("A hospital that receives bodies has them of the dead, and who lost men lost his own")
  func bodies() {
    #expect(claims("A clinic in Orlin took in the bodies of nine guards on March 4.", .casualties).count == 1)
    #expect(claims("Westland denied that it had lost any men in Orlin.", .casualties).map(\.modality) == [.denied])
  }

  @Test("While a truce is said to be kept, fire is a breach of it; before it began it is none")
  func kept() {
    let text = "The ceasefire, which began on March 3, is being observed, an observer said. On March 4 a post in Orlin came under fire."
    #expect(claims(text, .ceasefireViolation).contains { $0.act == "attack" })
    #expect(claims("Both sides held their fire in Orlin.", .hostilities).map(\.polarity) == [.negative])
  }

  @Test("Who fought in a clash is who killed and who was killed in it; each count of a list is told with its own place")
  func clashes() {
    let clash = claims("Westlandic troops killed 17 rebels in clashes in Orlin on March 4.", .hostilities).first
    #expect(clash?.who.map(\.text) == ["Westlandic troops", "17 rebels"])
    let list = claims("Eight rebels were killed in Orlin, five in Tarn and four in Vale.", .casualties)
    #expect(list.map { $0.places.first?.text } == ["Orlin", "Tarn", "Vale"])
    let dead = claims("At least 30 rebels, 11 soldiers and guards and four farmers have been killed in Orlin.", .casualties)
    #expect(dead.map { $0.quantities.first?.minimum } == [30, 11, 4])
    #expect(claims("A mine planted by Eastlandic rebels exploded in Orlin on March 4.", .hostilities).first?.who.isEmpty == false)
  }

  @Test(
    "What nobody says and what only dates or might be is no fighting",
    arguments: [
      "The radio did not say when the clashes near Orlin had begun.",
      "It was unclear how many soldiers were killed in Orlin.",
      "The planes are to shield Orlin from any attack by Westland.",
      "Tensions in Orlin have risen.",
    ])
  func unsaid(_ text: String) {
    #expect(Snippets.claims(text).allSatisfy { $0.type != .hostilities && $0.type != .casualties })
  }

  @Test(
    "A series of attacks is attacks, days of rioting are fighting, raids across two lands are in both, and who 'who' tells of is no place",
    arguments: [
      ("Westland staged a series of attacks on Orlin on March 4.", ["Orlin"]),
      ("The verdict provoked three days of rioting in Orlin.", ["Orlin"]),
      ("Westland launched massive air raids across Orlin and Tarn on March 4.", ["Orlin", "Tarn"]),
    ])
  func series(_ text: String, _ places: [String]) {
    #expect(claims(text, .hostilities).map { $0.places.first?.text ?? "" } == places)
  }

  @Test("'This town' is where the report was written; somebody who is seized is no place")
  func here() {
    let text = "ORLIN, March 4 (Reuters) - Three soldiers died in a gun battle outside this eastern town."
    #expect(claims(text, .casualties).first?.places.first?.text == "Orlin")
    #expect(claims("Gunmen seized Hale, who was born in the south, on March 4.", .controlChange).isEmpty)
  }

  @Test("A building without a name is hit in the town that the text named last")
  func sites() {
    let claims = claims("Rebels attacked Orlin on March 4. The police station was destroyed by the rebels.", .hostilities)
    #expect(claims.last?.places.first?.text == "police station in Orlin")
    #expect(Snippets.claims("Westland captured Orlin in the 1951 Inland Sea war.").map(\.type) == [.controlChange])
  }
}
