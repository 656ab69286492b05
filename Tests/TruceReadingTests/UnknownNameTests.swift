// Names that no layer knows: what the text around them tells.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct UnknownNameTests {
  /// Each claim in a line: type, act, who, places.
  private func lines(_ text: String) -> [String] {
    Snippets.claims(text).map { claim in
      let who = claim.who.map(\.text).joined(separator: ", ")
      let sign = claim.polarity == .negative ? " not" : ""
      return "\(claim.type.rawValue) \(claim.act)\(sign) | \(who) | \(claim.places.map(\.text).joined(separator: ", "))"
    }
  }

  @Test("A name stands for a place where the text says 'in' it elsewhere")
  func learned() {
    #expect(
      lines("Fighting went on in Velgrad. Rebels captured Velgrad on March 4.") == [
        "hostilities clash |  | Velgrad", "control_change captured | Rebels | Velgrad",
      ])
  }

  @Test("A plural after the last name of a list makes places of all of them")
  func list() {
    let claims = lines("Westland's army left the Sorin and Belt districts on March 4.")
    #expect(claims.count == 2, "\(claims)")
    #expect(claims.allSatisfy { $0.hasPrefix("control_change withdrew | Westland's army | ") }, "\(claims)")
  }

  @Test("A second participle shares the first one's auxiliary")
  func sharedPassive() {
    #expect(
      lines("The town of Velgrad was captured by the rebels on March 2 and retaken by government troops on March 5.") == [
        "control_change captured | rebels | Velgrad", "control_change regained | government troops | Velgrad",
      ])
    #expect(lines("Five soldiers were killed and two civilians injured in the town of Velgrad on March 4.").count == 2)
  }

  @Test("'We' is the side for which somebody speaks")
  func firstPerson() {
    let claims = Snippets.claims("\"We have left the town of Velgrad,\" said John Hale, a spokesman for the Sorin Front.")
    #expect(claims.map { $0.who.first?.text } == ["Sorin Front"])
    #expect(claims.map { $0.speaker?.text } == ["John Hale"])
  }

  @Test("What nobody suffered is negative")
  func nobody() {
    #expect(
      lines("A patrol came under fire near Sorin on March 4; nobody was hurt.") == [
        "hostilities attack |  | Sorin", "casualties kill not |  | Sorin",
      ])
  }

  @Test("A breach and what was done by it are one claim")
  func breach() {
    #expect(
      lines("Rebels violated the truce on March 4 by shelling the village of Sorin.") == ["ceasefire_violation violation | Rebels | Sorin"])
    #expect(
      lines("Violating the truce, rebels shelled the village of Sorin on March 4.") == ["ceasefire_violation shell | rebels | Sorin"])
  }

  @Test("A place without a name keeps the words that say where it lies")
  func within() {
    #expect(
      lines("Troops withdrew on March 4 from a checkpoint in the village of Sorin.") == [
        "control_change withdrew | Troops | checkpoint in the village of Sorin"
      ])
  }

  @Test("'Has to' binds for what is to come, also in its date")
  func owed() {
    let claims = Snippets.claims("Eastland has to quit the town of Orlin by April 10.")
    #expect(claims.map(\.type) == [.commitment])
    #expect(claims.map { $0.due?.when.edtf } == ["2021-04-10"])
  }
}
