// Where events happened, by the words around them: bearings, lists, what was taken before, what a description holds.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct WhereaboutsTests {
  /// The places of each claim of a type, one claim after the other.
  private func places(_ text: String, _ type: ClaimType) -> [[String]] {
    Snippets.claims(text).filter { $0.type == type }.map { $0.places.map(\.text) }
  }

  @Test(
    "'North of' says where as 'near' does",
    arguments: [
      ("The brigade opened its attack north of Velgrad on March 4.", "Velgrad"),
      ("Rebels attacked a convoy 20 km south-east of Velgrad.", "Velgrad"),
      ("Rebels attacked the village of Kins, 20 km south-east of Velgrad.", "Kins"),
      ("Rebels attacked the far north of Westland.", "far north of Westland"),
    ])
  func bearings(_ text: String, _ place: String) { #expect(places(text, .hostilities) == [[place]]) }

  @Test(
    "A list of what was taken gives a claim for each place",
    arguments: [
      ("The rebels took Kins on March 3, followed by Velgrad on March 6.", ["Kins", "Velgrad"]),
      (
        "Rebels seized most of Sorin province, including the towns of Kins, Geder and half of Argun.",
        ["most of Sorin province", "Kins", "Geder", "half of Argun"]
      ),
      ("Rebels captured parts of Sorin and Belt provinces and Kins.", ["parts of Sorin province", "Belt province", "Kins"]),
    ])
  func lists(_ text: String, _ expected: [String]) { #expect(places(text, .controlChange) == expected.map { [$0] }) }

  @Test(
    "Who withdrew left the place that is taken in the sentence, and not where he goes",
    arguments: [
      "Soldiers entered Kins on March 3 after the rebels withdrew towards the hills around Velgrad.",
      "Kins fell on March 3 after its garrison had withdrawn without a fight.",
    ])
  func left(_ text: String) { #expect(places(text, .controlChange) == [["Kins"], ["Kins"]]) }

  @Test(
    "What the text says elsewhere of a place tells which is meant",
    arguments: [
      ("Rebels retook Kins and Geder on March 4 after clashes in both towns.", [["Kins"], ["Geder"]]),
      ("The president left Bamako. Rebels attacked the capital on March 4.", [["Bamako"]]),
      ("They launched an offensive on the central highlands.", [["central highlands"]]),
      ("There was fighting between Kins and Geder.", [["Kins and Geder"]]),
      ("Rebels bombed Kins on March 3. On March 4 the army shelled the besieged town.", [["Kins"], ["Kins"]]),
      ("Rebels advanced towards Velgrad on March 3. On March 4 shells hit Velgrad.", [["Velgrad"], ["Velgrad"]]),
    ])
  func meant(_ text: String, _ expected: [[String]]) { #expect(places(text, .hostilities) == expected) }

  @Test(
    "An accord was signed where the text says that it was, or that the talks were",
    arguments: [
      ("The rebels and the army signed a truce on March 3.\n\nTalks in Velgrad had gone on for weeks.", "Velgrad"),
      ("The rebels and the army signed a truce on March 3.\n\nThe deal was signed in the town of Kins by their leaders.", "Kins"),
      ("The rebels and the army signed a truce on March 3 at talks which opened a week ago in Velgrad.", "Velgrad"),
    ])
  func signings(_ text: String, _ place: String) {
    #expect(places(text, .agreementSigned).allSatisfy { $0 == [place] } && !places(text, .agreementSigned).isEmpty)
  }

  @Test(
    "What bears somebody's name lies in the town that is named; towns of a region are each one; two places say between what",
    arguments: [
      ("In Kins, helicopters blasted a building of the Reed movement.", [["building of the Reed movement in Kins"]]),
      ("Gunmen raided a Reed Company warehouse in Kins.", [["Kins"]]),
      ("The army shelled the Aleppo towns of Kins and Geder.", [["Kins"], ["Geder"]]),
      ("Helicopters fired rockets on offices in Kins and on the Aleppo towns of Geder and Argun.", [["Kins"], ["Geder"], ["Argun"]]),
      (
        "Gunmen opened fire at a car between the settlements of Kins and Geder, on the edge of the Belt desert.",
        [["settlements of Kins and Geder"]]
      ),
    ])
  func named(_ text: String, _ expected: [[String]]) { #expect(places(text, .hostilities) == expected) }

  @Test("A list of places at the head of a sentence is where all of it was")
  func head() {
    #expect(places("At Kins and Geder, soldiers who had been withdrawn in May have returned.", .controlChange) == [["Kins"], ["Geder"]])
  }

  @Test("A dateline on a line of its own says where 'this city' is")
  func lineAlone() {
    let text =
      "Three killed in feud\n\nVELGRAD, Westland 2001-05-03\n\nThree people were killed in a battle in this northern city, police said."
    #expect(places(text, .casualties) == [["Velgrad"]])
  }

  @Test("A side of a line is where something is, and what is counted there no doer")
  func sides() {
    #expect(
      places("The mission opened 14 posts on the Westlandic side and 12 on the Eastlandic side.", .postEstablished) == [
        ["Westlandic side"], ["Eastlandic side"],
      ])
  }

  @Test("What is counted beside a count has a place of its own")
  func counts() {
    let claims = Snippets.claims("Four soldiers were killed in the village of Kins and three near Geder.")
    #expect(claims.map { $0.places.map(\.text) } == [["Kins"], ["Geder"]])
    #expect(claims.map { $0.whom.map { $0.standsFor ?? $0.text } } == [["Four soldiers"], ["Four soldiers"]])
    #expect(claims.map { $0.quantities.map(\.minimum) } == [[4], [3]])
  }

  @Test(
    "A way, a list after a colon and what stands behind a number are places",
    arguments: [
      ("Rebels ambushed a patrol on the road between Kins and Geder.", [["road between Kins and Geder"]]),
      ("Rebels attacked at three points: Kins, Geder and Argun.", [["Kins"], ["Geder"], ["Argun"]]),
      ("Jets bombed an airfield near the capital, Velgrad.", [["airfield near the capital, Velgrad"]]),
      ("At Velgrad, where the army has a base, rebels attacked a convoy.", [["Velgrad"]]),
      ("Rebels fought for control of Velgrad.", [["Velgrad"]]),
    ])
  func described(_ text: String, _ expected: [[String]]) { #expect(places(text, .hostilities) == expected) }

  @Test("Who flees has left what was taken, and not where he goes")
  func fled() {
    #expect(places("Rebels recaptured Kins on March 3. The army fled west to Geder.", .controlChange) == [["Kins"], ["Kins"]])
    #expect(places("Rebels withdrew from Kins on March 1 and from Geder on March 2.", .controlChange) == [["Kins"], ["Geder"]])
  }

  @Test(
    "Dead who are counted place by place share the verb, each count with its own place",
    arguments: [
      "Eight of the rebels were killed in Orlin province, five in Tarn and four in Kins.",
      "Soldiers killed eight rebels in Orlin province, five in Tarn and four in Kins.",
    ])
  func counted(_ text: String) {
    let killed = Snippets.claims(text).filter { $0.type == .casualties }
    #expect(killed.map { $0.quantities.map(\.minimum) } == [[8], [5], [4]])
    #expect(killed.map { $0.places.map(\.text) } == [["Orlin province"], ["Tarn"], ["Kins"]])
  }

  @Test("A place before the word for a blow is where it fell, and nobody who struck it")
  func scars() {
    let raid = Snippets.claims("Jets hit Gaza after gunmen killed ten men in the West Bank raid.").first { $0.type == .casualties }
    #expect(raid?.places.map(\.text) == ["West Bank"])
    let bombing = Snippets.claims("Ten soldiers died in the Beirut bombing.").first { $0.type == .casualties }
    #expect(bombing?.who.isEmpty == true)
    #expect(bombing?.places.map(\.text) == ["Beirut"])
  }

  @Test("Fighting goes on where the text last told of fighting, not at the last state that it names")
  func field() {
    let text = "Rebels attacked Kins on March 4.\n\nThe president flew to talks with the United States.\n\nHeavy fighting went on at dawn."
    #expect(Snippets.claims(text).last { $0.type == .hostilities }?.places.map(\.text) == ["Kins"])
  }
}
