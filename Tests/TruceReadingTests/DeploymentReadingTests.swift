// Who sends whom where, who yields or holds a place by other words, and where it was.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct DeploymentReadingTests {
  private func claims(_ text: String) -> [Claim] {
    Snippets.world.read(Document(plain: Array(text.utf8), published: When("2021-03-28", zone: .utc))).claims
  }

  private func told(_ text: String) -> [String] {
    claims(text).map { "\($0.act) \($0.places.map(\.text).joined(separator: ", "))" }
  }

  @Test(
    "Troops that are sent, put, positioned, called up or provided for are deployed, where the words before or after say",
    arguments: [
      ("Kenya sent extra police to guard the market in Kins.", ["deploy Kins"]),
      ("Gunmen have put patrols on the road into Kins.", ["patrol road"]),
      ("The accord provides for a peacekeeping force for Kins.", ["deploy Kins"]),
      ("The army called up 9,000 reservists.", ["mobilise "]),
      ("A zone was set up in the north of Kins and some 400 Italian troops were deployed there.", ["deploy north of Kins"]),
      ("Some 500 soldiers arrived by sea at the port of Kins.", ["deploy Kins"]),
      ("The mission keeps 200 observers at nine team sites in Kins.", ["present nine team sites in Kins"]),
      ("Residents complained of the army's heavy presence in Kins.", ["present Kins"]),
      ("Kenya has a strong presence in Kins.", ["present Kins"]),
      ("Hundreds of fighters positioned outside Kins blocked the way.", ["deploy Kins"]),
      ("Dozens of soldiers were standing along the road.", ["deploy road"]),
      ("The villagers stood by their soldiers in Kins.", []),
      ("The aircraft landed safely near Kins.", []),
      ("The jet flew in support of allied forces south of Kins.", []),
      ("A committee monitoring the ceasefire in Kins will meet on Sunday.", ["cooperate "]),
    ])
  func deployed(_ text: String, _ expected: [String]) { #expect(told(text) == expected) }

  @Test("Patrols that are suspended are none, \"no more than\" counts and denies nothing, and both who mass troops do so")
  func manner() {
    let patrol = claims("The mission suspended patrols in Kins.").first
    #expect(patrol?.type == .deployment && patrol?.polarity == .negative)
    let kept = claims("No more than 500 peacekeepers will be stationed in Kins.").first
    #expect(kept?.polarity == .positive && kept?.modality == .planned)
    let both = claims("Tensions rose, with Kenya and Uganda massing troops along their border.").first
    #expect(both?.who.map(\.text) == ["Kenya", "Uganda"])
  }

  @Test(
    "Who is brought under control, restored to somebody, cut off, yielded or held by other words",
    arguments: [
      ("The army brought the port under its control on Sunday.", ["captured port"]),
      ("The region was restored to Kenyan control on 3 March.", ["regained region"]),
      ("Rebels cut the road linking Kins to Geder.", ["captured road"]),
      ("The gunmen overran about a third of the country in May.", ["captured about a third of the country"]),
      ("Kins was captured on Sunday, and Bolan was captured the same afternoon.", ["captured Kins", "captured Bolan"]),
      ("Dozens of soldiers surrendered.", ["lost "]),
      ("The general surrendered his corps to the Kenyan army in the village of Kins.", ["lost Kins"]),
      ("The deal leaves Kenya in control of half of Kins.", ["control half of Kins"]),
      ("The fighting saw troops of the Emirate capture several posts in Kins.", ["captured posts in Kins"]),
      ("Troops tried and failed to retake Kins.", ["regained Kins", "attack Kins"]),
      ("The garrison had no guns left in the valley.", []),
      ("Marines landed near Kins with the intention of taking Geder.", ["deploy Kins"]),
      ("The deadline passed without either side leaving Kins.", ["withdrew Kins"]),
    ])
  func held(_ text: String, _ expected: [String]) { #expect(told(text) == expected) }

  @Test(
    "What a name is called is no place beside it, a clause tells of the name, and what is left is where it was taken",
    arguments: [
      (
        "Rebels took Kins, the second largest city of the north, the town of Geder and Argun.",
        ["captured Kins", "captured Geder", "captured Argun"]
      ),
      ("The brigade advanced on Kins, the seat of the self-proclaimed republic, which fell at once.", ["attack Kins", "fell Kins"]),
      ("Rebels took the city of Kins after soldiers abandoned their posts.", ["captured Kins", "withdrew Kins"]),
      ("Soldiers withdrew from Kins toward the east, including Geder.", ["withdrew Kins"]),
    ])
  func named(_ text: String, _ expected: [String]) { #expect(told(text) == expected) }

  @Test(
    "Who is there, guards, gathers or brings somebody is deployed; who is at home somewhere is not",
    arguments: [
      ("There are also 23,000 Kenyan troops in Kins.", ["present Kins"]),
      ("The union has a total of 5,000 soldiers on the ground in Kins.", ["present Kins"]),
      ("Some 3,400 peacekeepers are guarding the airport.", ["guard airport"]),
      ("Fighters have been gathering at Kins.", ["deploy Kins"]),
      ("The army said it had shifted 1,700 soldiers from the north to Kins.", ["deploy Kins"]),
      ("The mission moved 100 soldiers to Kins and opened a base there.", ["deploy Kins", "set-up Kins"]),
      ("An exile group based in Kins vowed on Thursday to go on.", []),
      ("A reporter entered Kins on Saturday.", []),
      ("Mines had been removed from the road.", []),
      ("The troops are searching the hills around Kins.", ["search Kins"]),
      ("Kenyan aircraft have protected civilians in Kins since May.", ["protect Kins"]),
      ("The army failed to protect villagers in Kins.", []),
      ("The fighters failed to surrender.", []),
    ])
  func present(_ text: String, _ expected: [String]) { #expect(told(text) == expected) }

  @Test(
    "Who acts behind what backs or follows it, who is seized is no place, and what lies around besieges nobody",
    arguments: [
      ("A militia backed up by Kenyan guns, jets and trucks had taken control of Kins.", "militia"),
      ("A column of 40 vehicles, including tanks, armoured carriers and lorries, pulled out of Kins.", "column of 40 vehicles"),
      ("The rebels retreated from Kins to surrounding villages.", "rebels"),
    ])
  func actors(_ text: String, _ who: String) {
    let claims = claims(text)
    #expect(claims.count == 1)
    #expect(claims.first?.who.map(\.text) == [who])
    #expect(claims.first?.places.map(\.text) == ["Kins"])
    let seized = self.claims("Gunmen seized Hale, who comes from Kins, and six others in Geder.")
    #expect(seized.allSatisfy { $0.type != .controlChange })
  }

  @Test("Whose headquarters are seized is whom it is done to, and a convoy that left is not")
  func owners() {
    #expect(claims("Kasim's men seized Salim's headquarters on Sunday.").first?.whom.map(\.text) == ["Salim"])
    let taken = claims("The convoy left Kins and the army regained control of the port.").first { $0.act == "regained" }
    #expect(taken?.whom.isEmpty == true)
  }
}
