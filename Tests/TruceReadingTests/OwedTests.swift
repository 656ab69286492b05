// Tests of what somebody owes, of times counted from other events, of victims that only a number names, and of lists of places.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct OwedTests {
  private func read(_ text: String, _ type: ClaimType) -> [Claim] { Snippets.claims(text).filter { $0.type == type } }

  @Test(
    "A promise, a duty under an agreement and a duty with a deadline are commitments, whatever the verb",
    arguments: [
      ("Eastland has undertaken to publish the names of the missing.", "publish", nil),
      ("Under the accord, Westland must dismantle its radar near Orlin.", "dismantle", nil),
      ("The Eastlandic parliament must pass a law on returns by March 31.", "pass", "2021-03-31"),
      ("The two sides agreed that Westland would repair the dam by the end of May.", "repair", "2021-05-31"),
      ("The truce obliges Eastland to unblock the canal within ten days.", "unblock", "2021-03-20"),
    ] as [(String, String, String?)])
  func owed(_ text: String, _ act: String, _ due: String?) throws {
    let claim = try #require(read(text, .commitment).first { $0.act == act || act == "unblock" }, "\(text)")
    #expect(claim.modality == .planned)
    #expect(claim.due?.when.edtf == due)
  }

  @Test(
    "A forecast, a hope and a purpose are no commitments",
    arguments: [
      "Westland will repair the dam, an engineer said.", "Eastland hopes to sell the harbour by June.",
      "The corridor, which will connect the two towns, is long.",
    ])
  func free(_ text: String) { #expect(read(text, .commitment).isEmpty) }

  @Test("Two verbs share a modal and the deadline after the second")
  func shared() {
    let claims = read("Under the accord, Eastland must remove its mines from Orlin and dismantle its masts before May 28.", .commitment)
    #expect(claims.count == 2)
    #expect(claims.allSatisfy { $0.due?.when.edtf == "2021-05-28" })
  }

  @Test("A window of days runs from the signing that the text dates")
  func window() {
    let text = "Eastland and Westland signed a truce on March 1. Under the truce, Westland must quit Orlin within 14 days."
    #expect(read(text, .commitment).first?.due?.when.edtf == "2021-03-15")
  }

  @Test(
    "A time is counted from what an event follows, or is that on which its clause hangs",
    arguments: [
      ("On Monday Westlandic troops took control of Orlin, a day after seizing Tarn.", 1, "2021-03-07"),
      ("Eastland has held Orlin since June 2019, when its army overran Tarn.", 1, "2019-06"),
      ("Some 900 people have been killed since the war began in 2014.", 0, "2014/2021-03-10"),
    ])
  func counted(_ text: String, _ index: Int, _ when: String) throws {
    let claims = Snippets.claims(text)
    try #require(claims.count > index, "\(claims)")
    #expect(claims[index].when?.edtf == when, "\(claims)")
  }

  @Test("A bare number of victims stands for those named before it, and who attacked in the sentence hurt them")
  func victims() throws {
    let claims = read("Six Westlandic soldiers were killed and three injured when Eastlandic troops shelled Orlin.", .casualties)
    try #require(claims.count == 2)
    #expect(claims[1].whom.first?.standsFor == "Six Westlandic soldiers")
    #expect(claims.allSatisfy { $0.who.first?.party == "EST" })
    #expect(claims.map { $0.quantities.first?.minimum } == [6, 3])
  }

  @Test("People driven from their homes are counted")
  func displaced() throws {
    let claim = try #require(read("The fighting has driven 140,000 people from their homes.", .displacement).first)
    #expect(claim.act == "displace")
    #expect(claim.quantities.first?.what == "displaced")
  }

  @Test(
    "The places of a list are told each, with what they lie in and with days of their own",
    arguments: [
      (
        "Westland shelled Kins in Orlin district, Jurin in Tarn district, and the western suburbs of Orlin.",
        ["Kins", "Jurin", "Orlin"]
      ),
      ("Half of the land was handed over overnight to Eastland, including the towns of Qal and Ghan.", ["Qal", "Ghan"]),
      ("The fighting spread to Argun and Geder, both of which were taken by Westland.", ["Argun", "Geder"]),
    ])
  func listed(_ text: String, _ places: [String]) {
    let found = Snippets.claims(text).filter { $0.type != .hostilities || $0.act == "shell" }.flatMap { $0.places.map(\.text) }
    #expect(found == places)
  }

  @Test(
    "An accord to do something, an obligation to do it, and what one says he will not do are owed",
    arguments: [
      ("An agreement was reached in May to withdraw Westlandic troops from Orlin.", Polarity.positive),
      ("Westland had an obligation to withdraw its forces from Orlin.", .positive),
      ("Westland said it would not attack Orlin.", .negative),
    ])
  func bound(_ text: String, _ polarity: Polarity) {
    #expect(Snippets.claims(text).contains { $0.type == .commitment && $0.polarity == polarity && $0.places.first?.place == "orlin" })
  }

  @Test("A time between the words of a verb leaves the verb whole")
  func timeWithin() {
    Snippets.check(
      "Westland's troops were soon encircled in Orlin.", [Expected(type: .hostilities, act: "attack", whom: ["WST"], place: "orlin")])
  }

  @Test(
    "What a deal calls for is owed by whom it calls on",
    arguments: [
      "The deal calls for Westlandic troops to be pulled out of Orlin by March 20.",
      "The plan calls on Westland to withdraw from Orlin by March 20.",
      "The accord calls for the withdrawal of Westlandic troops from Orlin by March 20.",
    ])
  func calledFor(_ text: String) {
    #expect(
      Snippets.claims(text).contains { $0.type == .commitment && $0.due?.when.edtf == "2021-03-20" && $0.places.first?.place == "orlin" })
  }

  @Test("Who pulls out of talks or a deal has left no place, and who leaves despite a truce breaks nothing")
  func pulledOut() {
    for text in ["Westland pulled out of the talks in Orlin.", "Westland pulled out of the deal."] {
      #expect(!Snippets.claims(text).contains { $0.type == .controlChange })
    }
    #expect(
      !Snippets.claims("Westlandic troops pulled out of Orlin despite a ceasefire.").contains { $0.type == .ceasefireViolation })
  }

  @Test("What takes effect on a weekday is still to come; what was over by a month lies behind")
  func present() {
    #expect(Snippets.claims("The truce takes effect on Friday.").first?.when?.edtf == "2021-03-12")
    #expect(Snippets.claims("By the end of July Westland had captured Orlin.").first?.when?.edtf == "[..2020-07]")
  }

  @Test("What two verbs of one promise name is owed, and what stands beside it with a term; a duty holds in the paragraph after the accord")
  func coordinated() {
    let both = Snippets.claims("Under the accord, Westland committed to reducing its forces within 30 days and withdrawing from Orlin.")
    #expect(both.contains { $0.type == .commitment && $0.act == "withdraw" && $0.places.first?.place == "orlin" })
    let attendant = Snippets.claims(
      "Westland will free its captives under the accord, with all Westlandic troops to leave Orlin by March 20.")
    #expect(attendant.contains { $0.type == .commitment && $0.due?.when.edtf == "2021-03-20" })
    let after = Snippets.claims(
      "The sides signed a truce on March 1.\n\nWestland, for its part, was to allow Eastlandic convoys into Orlin.")
    #expect(after.contains { $0.type == .commitment && $0.who.first?.party == "WST" })
  }

  @Test("A duty whose verb is the last of its text is read, whatever stands around it")
  func endsText() {
    let text =
      Array("The guard \0\0\0\0".utf8) + [UInt8](repeating: 0x21, count: 60) + Array("\0obliged Armenia to return \u{C}on mmaio r".utf8)
    _ = Snippets.world.read(Document(plain: text + [0xFA] + Array("eAja\r\0\0p Ar".utf8), published: When("2020-12-01", zone: .utc)))
    #expect(read("Under the accord Westland is obliged to return", .commitment).count < 2)
  }
}
