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
      "Sudan and the Sudan People's Liberation Movement (SPLM) signed an accord on March 1. Under it, the SPLM must leave Kassala by July."
    let owed = try #require(claims(text, .commitment).first)
    #expect(owed.who.first?.party == nil)
    #expect(owed.whom.map(\.party) == ["SDN"])
  }

  @Test("A text's army is that of the state of its headline and of whose rebels it tells, not of where they talk")
  func theatre() throws {
    let text =
      "Talks go on\n\nColombia's largest rebel group is in the Cuban capital, Havana, for talks.\n\nOn Monday the army attacked a camp near Guapi."
    let attack = try #require(claims(text, .hostilities).first)
    #expect(attack.who.map(\.party) == ["COL"])
  }

  @Test("\"Neither side\" is both")
  func neither() throws {
    let calm = try #require(Snippets.claims("Neither side broke the truce in Orlin on March 4.").first)
    #expect(calm.who.map(\.party) == ["EST", "WST"])
    #expect(calm.polarity == .negative)
  }
}
