// Who attacked and whom, where another claim of the text tells it.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct AttackSidesTests {
  private func fights(_ text: String) -> [Claim] { Snippets.claims(text).filter { $0.type == .hostilities } }

  @Test("Who killed in clashes or shelling took part in it")
  func killers() {
    let clash = fights("Eastlandic troops killed nine rebels in recent clashes near Orlin.")
    #expect(clash.map { $0.who.map(\.text) } == [["Eastlandic troops", "nine rebels"]])
    let shelling = fights("Aid workers blamed Eastlandic forces for killing a farmer in shelling near Orlin.")
    #expect(shelling.map { $0.who.map(\.text) } == [["Eastlandic forces"]])
  }

  @Test("'The attack' is the one that the sentence before told")
  func retold() {
    let claims = fights("Gunmen attacked a base in Orlin on Tuesday. The attack took place near the airport.")
    #expect(claims.map { $0.who.map(\.text) } == [["Gunmen"], ["Gunmen"]])
  }

  @Test("Whom a bomb hurt it was aimed at, where the text says no more")
  func targets() {
    #expect(fights("Three soldiers died when a mine exploded on a road near Orlin.").map { $0.whom.map(\.text) } == [["Three soldiers"]])
  }

  @Test("Helicopters are of the state whose jets the text named, else of the only state")
  func aircraft() {
    let claims = fights("Eastlandic jets bombed Kins on Monday. Helicopters hit Geder on Tuesday.")
    #expect(claims.map { $0.who.first?.party?.rawValue } == ["EST", "EST"])
  }

  @Test("A battle that began these days is of its day, and 'by 04:15' with what went on then that day")
  func days() {
    #expect(
      Snippets.claims("Thirty gunmen have been killed in a battle that broke out in Orlin on Monday, doctors said.").first?.when?
        .edtf == "2021-03-08")
    #expect(fights("By 04:15 clashes were going on in Orlin.").first?.when?.edtf == "2021-03-10")
    #expect(Snippets.claims("On 4 and 5 March gunmen shelled Orlin. They took Kins.").last?.when?.edtf == "2021-03-05")
  }

  @Test(
    "Two names glued before a word for fighting are who fights",
    arguments: [
      ("Eastland-Westland fighting broke out in Orlin.", ["Eastland", "Westland"]),
      ("The RFL-MDU conflict flared in Orlin.", ["RFL", "MDU"]),
    ])
  func pairs(_ text: String, _ who: [String]) {
    #expect(Snippets.claims(text).first { $0.type == .hostilities }?.who.map(\.text) == who)
  }

  @Test("Who attacks the same side together is on one side, and whom they attack on the other")
  func camps() {
    let claims = Snippets.claims(
      """
      Kenyan and Ethiopian forces attacked the Shabaab near Orlin on Monday. Kenyan troops took Kins. Ethiopian jets bombed Geder. \
      Three Shabaab fighters were killed in Orlin.
      """)
    #expect(claims.map { $0.whom.first?.party?.rawValue } == ["SHB", "SHB", "SHB", "SHB"])
    #expect(claims.last?.who.map(\.isImplicit) == [true])
  }

  @Test(
    "A people's fighters are of that people, a state's rebels are not of the state",
    arguments: [
      ("Chechen rebels attacked Orlin.", "CHE2"), ("South Ossetian separatists attacked Orlin.", "OSE"),
      ("Kenyan rebels attacked Orlin.", nil),
    ])
  func peoples(_ text: String, _ party: String?) {
    #expect(fights(text).map { $0.who.first?.party?.rawValue } == [party])
  }

  @Test(
    "Nobody attacks what is his own: 'its posts' are those of who tells of it or was named before",
    arguments: [
      ("The rebels said the army bombed their positions near Orlin.", "rebels"),
      ("The army said rebels in trucks attacked its base at Orlin.", "army"),
      ("The Kenyan army killed two gunmen who had attacked one of its vehicles near Orlin.", "Kenyan army"),
    ])
  func own(_ text: String, _ owner: String) {
    #expect(fights(text).map { $0.whom.first?.standsFor } == [owner])
  }

  @Test("Of a list of states' soldiers each is named, and what belongs to a state is attacked as its own, whatever it is")
  func belonging() {
    #expect(fights("Dutch, Italian and German jets bombed depots near Orlin.").map(\.who.count) == [3])
    #expect(fights("Kenyan jets struck an Ethiopian fuel dump near Orlin.").map { $0.whom.first?.party?.rawValue } == ["ETH"])
    #expect(Snippets.claims("Several people were wounded in Orlin.").first?.whom.map(\.text) == ["Several people"])
  }

  @Test("Two names glued before an agreement or a truce are who made it")
  func glued() {
    let claims = Snippets.claims("The 1993 Kenya-Ethiopia peace deal was signed in Orlin. The RFL-MDU ceasefire took effect on Sunday.")
    #expect(claims.map { $0.who.map(\.text) } == [["Kenya", "Ethiopia"], ["RFL", "MDU"]])
  }

  @Test(
    "An armed group fights the state that it is known to fight, where the text names that state and leaves it out of the deed",
    arguments: [
      ("M23 fighters took Orlin in eastern Congo.", "COD"),
      ("The Tigers attacked Orlin. Tamil Tiger rebels held Kins in Sri Lanka.", "LKA"),
      ("RSF fighters took Orlin, a town in Sudan.", "SDN"), ("M23 fighters took Orlin.", nil),
    ])
  func knownFoes(_ text: String, _ foe: String?) {
    let claim = Snippets.claims(text).first
    #expect(claim?.whom.first?.party?.rawValue == foe)
    #expect(claim?.whom.allSatisfy { $0.isImplicit } == true)
  }

  @Test("A state's jets bombed the only group of the text that is known to fight it, and killed its fighters")
  func knownGroups() {
    let claims = Snippets.claims("Sudanese jets bombed Orlin. RSF fighters shelled Kins. Two RSF fighters were killed in Geder, in Sudan.")
    #expect(claims.map { $0.whom.first?.party?.rawValue } == ["RSF", "SDN", "RSF"])
    #expect(claims.last?.who.first?.party?.rawValue == "SDN")
  }

  @Test("An ambush which killed is nobody's who attacks elsewhere in the sentence; fire on one side kills nobody of the other")
  func elsewhere() {
    let hurt = Snippets.claims("Following an ambush which killed ten settlers in Orlin, jets bombed Kins.").first { $0.type == .casualties }
    #expect(hurt?.who.isEmpty == true)
    let other = Snippets.claims("An Ethiopian man was shot dead near Orlin as gunmen opened fire on Kenyan soldiers.").first {
      $0.type == .casualties
    }
    #expect(other?.who.isEmpty == true)
  }

  @Test("What an attack hit and whom it hurt are both whom it was on; whom a state accuses attacked it")
  func hit() {
    #expect(
      fights("Five bombers attacked an arms depot in Orlin, killing 11 soldiers.").map { $0.whom.map(\.text) } == [
        ["arms depot", "11 soldiers"]
      ])
    #expect(
      fights("Kenya accused the Reed Front of carrying out the attack in Orlin.").map { $0.whom.map(\.text) } == [["Kenya"]])
  }

  @Test("Guerrillas fighting for autonomy are who fights, and their fight is no event of its own")
  func guerrillas() {
    let claims = fights("Clashes broke out near Orlin between Kenyan troops and OLF guerrillas fighting for autonomy.")
    #expect(claims.map { $0.who.map(\.text) } == [["Kenyan troops", "OLF guerrillas"]])
  }

  @Test("Who fights alongside somebody is his ally, and 'anti-' says whom somebody fights")
  func attitudes() {
    let allied = Snippets.claims(
      "The Kenyan army, alongside the Reed Front, took Orlin. The Reed Front took Kins. Kenyan troops took Geder.")
    #expect(allied.allSatisfy { $0.whom.isEmpty })
    let helped = Snippets.claims(
      "The Kenyan army, with the help of the Reed Front, took Orlin. The Reed Front took Kins. Kenyan troops took Geder.")
    #expect(helped.allSatisfy { $0.whom.isEmpty }, "\(helped)")
    let anti = Snippets.claims("Anti-Taliban fighters took Orlin on Sunday. US jets bombed Kins.")
    #expect(anti.first?.whom.first?.party?.rawValue == "TAL")
  }

  @Test(
    "A building that is the police's by its name was whom an attack was on",
    arguments: [
      ("Two grenades were hurled at a police station in Orlin.", "police station"), ("Rebels blew up an army base in Orlin.", "army base"),
    ])
  func buildings(_ text: String, _ whom: String) {
    #expect(fights(text).map { $0.whom.map(\.text) } == [[whom]])
  }

  @Test("Whom somebody fights stands before with whom he is allied")
  func alliance() {
    #expect(fights("The army fought the rebels near Orlin in alliance with the militia.").map { $0.whom.map(\.text) } == [["rebels"]])
    #expect(
      Snippets.claims("The area near Orlin is patrolled by Dutch, Italian and German jets.").map(\.who.count) == [3])
  }

  @Test("A party or union with a land in its name is a body of its own, and suicide bombers are no state's")
  func bodies() {
    let claims = fights("The Kenyan Democratic Party attacked Orlin. Five suicide bombers attacked Kins.")
    #expect(claims.map { $0.who.first?.party } == [nil, nil])
  }

  @Test("'With both countries massing troops' is both, and a deal to put a day off is with the other who made it")
  func both() {
    let claims = Snippets.claims("Kenya and Ethiopia met. With both countries massing troops near Orlin, Kenya's minister warned of a war.")
    #expect(claims.first { $0.type == .deployment }?.who.map(\.text) == ["both countries", "both countries"])
  }

  @Test("Who is killed in a strike was killed by those whose strike it was, though only the whole text tells it")
  func strikes() {
    let claims = Snippets.claims(
      "Kenyan jets bombed Shabaab camps near Orlin. Shabaab fighters shelled Kins. Eleven people were killed in an air strike on a convoy in Geder."
    )
    #expect(claims.last { $0.type == .casualties }?.who.first?.party?.rawValue == "KEN")
  }

  @Test("A helicopter of the army is that of the state that fights, and no side by its words")
  func helicopters() {
    let claims = fights("Kenyan troops attacked Orlin. An army helicopter fired on Kins.")
    #expect(claims.last?.who.first?.party?.rawValue == "KEN")
  }

  @Test("What was shelled without a word of belonging is the foe's, if it is no aid")
  func foes() {
    let claims = fights("Ethiopian troops attacked Shabaab fighters near Orlin. Ethiopian guns shelled a depot in Kins.")
    #expect(claims.last?.whom.first?.party?.rawValue == "SHB")
    let aid = fights("Ethiopian troops attacked Shabaab fighters near Orlin. Shabaab gunmen attacked an aid convoy in Kins.")
    #expect(aid.last?.whom.map(\.party) == [nil])
  }

  @Test("'They' are whom the clause after 'while' is about")
  func contrast() {
    let claims = fights("Kenyan jets bombed Orlin, while Kenyan helicopters fired on Kins. They also hit a post in Geder.")
    #expect(claims.last?.who.map(\.text) == ["Kenyan helicopters"])
  }
}
