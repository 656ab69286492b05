// Who moved and who holds what: places left under force, keepers told beside a place, days of a narrative that goes on.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct MovesReadingTests {
  private func claims(_ text: String) -> [Claim] {
    Snippets.world.read(Document(plain: Array(text.utf8), published: When("2021-03-28", zone: .utc))).claims
  }

  @Test(
    "Who is forced to leave has left, and a place that a pronoun stands for is left",
    arguments: [
      ("Rebels overran Kins on March 4, forcing soldiers to flee.", "soldiers", "Kins"),
      ("Observers were forced to withdraw from Kins on March 4.", "Observers", "Kins"),
      ("Rebels entered Kins on March 4. Soldiers had abandoned it a day earlier.", "Soldiers", "Kins"),
      ("Soldiers dismantled six checkpoints around Kins on March 4.", "Soldiers", "Kins"),
    ])
  func left(_ text: String, _ who: String, _ place: String) {
    let left = claims(text).first { $0.act == "withdrew" }
    #expect(left?.who.map(\.text) == [who])
    #expect(left?.places.map(\.text) == [place])
  }

  @Test(
    "Who held a place by the words beside it lost it",
    arguments: [
      ("The army took Kins on Sunday, the last town held by the Westers.", "Westers"),
      ("The army retook Kins, the capital of Geder province, from fighters loyal to John Hale.", "fighters loyal to John Hale"),
      ("The army retook the Wester-held town of Kins.", "Wester"),
    ])
  func keeper(_ text: String, _ whom: String) {
    #expect(claims(text).first?.whom.map(\.text) == [whom])
    #expect(claims(text).first?.places.map(\.text) == ["Kins"])
  }

  @Test(
    "A narrative's days go on from the last that it named",
    arguments: [
      ("Rebels took Kins on 2 March. On the 4th they entered Geder.", "2021-03-04"),
      ("Rebels took Kins on 2 March. A week later they entered Geder.", "2021-03-09"),
      ("Rebels took Kins on 2 March. The night before they had entered Geder.", "2021-03-01"),
      ("Rebels took Kins on 2 March and entered Geder early the next day.", "2021-03-03"),
      ("Rebels took Kins on 2 February. By the end of the month they held Geder.", "2021-02"),
    ])
  func days(_ text: String, _ day: String) { #expect(claims(text).last?.when?.edtf == day) }

  @Test("A day before the next clause is not that of the clause before it")
  func nextDay() {
    let claims = claims("Rebels took Kins on 2 March. Later they entered Geder and on the 5th the army fled Argun.")
    #expect(claims.map { $0.when?.edtf }.last == "2021-03-05")
    #expect(claims.dropLast().allSatisfy { $0.when?.edtf != "2021-03-05" })
  }

  @Test("Who moves in enters what others left, and 'the city' is a town that the world knows by name")
  func town() {
    let moved = claims("Soldiers left Kins and Geder on Sunday; militiamen moved in hours later.").filter { $0.act == "entered" }
    #expect(moved.map { $0.places.map(\.text) } == [["Kins"], ["Geder"]])
    #expect(claims("Troops entered Mogadishu on Sunday. On Monday the city fell.").last?.places.map(\.text) == ["Mogadishu"])
    #expect(claims("The rebels now control Kins.").first?.places.map(\.text) == ["Kins"])
    #expect(claims("A battalion was deployed to Kins, in Geder district, on Sunday.").first?.places.map(\.text) == ["Kins"])
  }

  @Test("A headline that ends in a full stop above a byline is a headline")
  func stopped() {
    let text = "Westlandic troops now hold Kins.\n\nJohn Hale\n\nTROOPS left the town of Geder on March 4.\n\nIt rained."
    #expect(claims(text).map { $0.places.map(\.text) } == [["Geder"]])
  }

  @Test("A day told in passing is not that of what the paragraph goes on to tell")
  func passing() {
    let text = "On Sunday troops entered Kins, the town that rebels had taken on 2 March. They set up a checkpoint in Geder."
    #expect(claims(text).last?.when?.edtf == "2021-03-28")
    #expect(claims("Rebels seized Kins in 2007, two years after the army left it.").last?.when?.edtf == "2005")
  }

  @Test("An armed group holds a place by its letters, men are sent, and monitors that reach a town hold nothing")
  func letters() {
    #expect(claims("The RCL controls Kins, while the army holds Geder.").map { $0.places.map(\.text) } == [["Kins"], ["Geder"]])
    #expect(claims("France has sent 600 men to Kins airport.").map(\.type) == [.deployment])
    #expect(claims("Monitors reached Kins on Sunday.").isEmpty)
    #expect(claims("Rebels took Sheikh Kins, Geder and Argun.").count == 3)
  }

  @Test(
    "Who held what was taken, by whose hands it was in, and what is declared secure, reached or taken without a doer",
    arguments: [
      ("The army took Kins, the last town in rebel hands.", "captured", "Kins", ["rebel"]),
      ("Troops entered Kins, the last town under rebel control.", "entered", "Kins", ["rebel"]),
      ("The army declared Kins fully secured.", "regained", "Kins", []),
      ("Kins was taken on March 4.", "captured", "Kins", []),
    ])
  func hands(_ text: String, _ act: String, _ place: String, _ whom: [String]) {
    #expect(claims(text).map(\.act) == [act])
    #expect(claims(text).first?.places.map(\.text) == [place])
    #expect(claims(text).first?.whom.map(\.text) == whom)
  }

  @Test("Who is taken hostage is no place, and a train takes none")
  func nobody() {
    #expect(claims("Hale was taken hostage on March 4.").allSatisfy { $0.type != .controlChange })
    #expect(claims("The train left Kins at noon.").isEmpty)
    #expect(claims("Snow fell in Kins on March 4.").isEmpty)
  }

  @Test("Offices that will be set up, and a duty that shares its verb")
  func duties() {
    #expect(claims("Joint offices will be set up in Kins.").map(\.type) == [.postEstablished])
    let owed = claims("Under the accord, rebels have to stop taking tolls and leave their camps.")
    #expect(owed.allSatisfy { $0.modality == .planned })
  }
}
