// A place judged for one moment, as far back as decides it: the same answer as that of its whole history.
import Testing
import TruceAtlas
import TruceModel

@testable import TruceSituation

@Suite struct MomentTests {
  private static let rules = ["best", "anyone", "party:AZE", "against-interest", "third-party", "both-sides"]

  /// Claims that one district passed from one to the other and back, over so many days, many of them late.
  private static func index(_ dice: inout OrderTests.Dice, claims: Int, days: Int, _ file: Case) -> SituationIndex {
    var index = SituationIndex(case: file)
    let speakers = [[azeMinistry], [armMinistry], [rusCommand], [outlet], [leaders], [tass, azeMinistry], [Speaker("ARM", party: "ARM")]]
    for number in 0..<claims {
      let told = days * number / claims
      let day = max(0, Bool.random(using: &dice) ? told - Int.random(in: 0..<3, using: &dice) : Int.random(in: 0...told, using: &dice))
      let date = CivilDate("2020-06-01")!.adding(days: day)
      let month = "\(date)".prefix(7)
      let (who, whom) = [("AZE", "ARM"), ("ARM", "AZE"), ("AZE", nil), ("ARM", nil)].randomElement(using: &dice)!
      let act = ["entered", "entered", "took", "withdrew", "handed-over"].randomElement(using: &dice)!
      let isDenial = Int.random(in: 0..<12, using: &dice) == 0
      index.add(
        passage(
          nil, act, who: act == "handed-over" ? nil : who, whom: act == "withdrew" ? nil : whom, at: "kalbajar-district",
          Int.random(in: 0..<40, using: &dice) == 0 ? String(month) : "\(date)", by: speakers.randomElement(using: &dice)!,
          said: "\(CivilDate("2020-06-02")!.adding(days: max(day, told)))", modality: isDenial ? .denied : .happened, span: number,
          enteredBy: "tester"),
        sequence: UInt64(number), recorded: Instant(seconds: 1_590_000_000 + Int64(number)))
    }
    return index
  }

  @Test(
    "A judgement that reads back as far as decides a moment comes to what the whole history comes to",
    arguments: [(seed: 1, days: 900), (2, 3000), (3, 6000), (4, 200)])
  func decides(_ asked: (seed: Int, days: Int)) throws {
    let file = try built()
    var dice = OrderTests.Dice(state: UInt64(asked.seed))
    let claims = 500
    let index = MomentTests.index(&dice, claims: claims, days: asked.days, file)
    let place: PlaceID = "kalbajar-district"
    var shorter = 0
    for number in 0..<400 {
      let day = CivilDate("2020-06-01")!.adding(days: Int.random(in: 0..<asked.days, using: &dice))
      let said = number % 3 == 0 ? baku.instant(day.adding(days: Int.random(in: -30..<300, using: &dice))) : nil
      let query = Query(
        on: baku.bounds(of: day).upperBound.adding(milliseconds: -1),
        known: Instant(seconds: 1_590_000_000 + Int64.random(in: 0..<Int64(claims), using: &dice)), said: said,
        rule: Rule(MomentTests.rules[number % MomentTests.rules.count])!)
      let fold = ControlFold(index.store, query, index.store.prefix(for: query), in: index.index)
      let (whole, part) = (fold.judgement(of: place), fold.judgement(of: place, on: query.on))
      #expect(fold.control(place, part, on: query.on) == fold.control(place, whole, on: query.on), "\(query)")
      #expect(fold.last(part, on: query.on)?.passage.upper == fold.last(whole, on: query.on)?.passage.upper)
      if part.rows.count * 2 < whole.rows.count { shorter += 1 }
    }
    // Where something is told of every day there is nothing to leave out.
    #expect(asked.days == 200 || shorter > 40, "\(shorter)")
  }
}
