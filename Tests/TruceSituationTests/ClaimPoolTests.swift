// Claims in the pool come out as they went in, and ids keep their numbers and their order.
import Testing
import TruceModel

@testable import TruceSituation

@Suite struct ClaimPoolTests {
  private let words = ["", "AZE", "Şuşa", "e\u{301}", "é", "a longer name than what a string holds in place", "x"]
  private let times = ["2020-12-01", "2020-11-10/..", "[..2020-12-01]", "2020-12-01T06:30", "202X", "2020-11-15~", "2020-11-10/2020-11-20"]

  private func claim(_ dice: inout OrderTests.Dice, _ number: Int) -> Claim {
    func maybe<Value>(_ value: () -> Value) -> Value? { Bool.random(using: &dice) ? value() : nil }
    func word() -> String { words.randomElement(using: &dice)! }
    func span() -> ByteSpan {
      let start = Int.random(in: 0..<20_000, using: &dice)
      return ByteSpan(start, start + Int.random(in: 0..<300, using: &dice))
    }
    func when() -> When {
      let zone = [Zone("+04:00")!, .utc, Zone("Asia/Baku")!].randomElement(using: &dice)!
      var when = When(
        times.randomElement(using: &dice)!, zone: zone, role: When.Role.allCases.randomElement(using: &dice)!, rule: maybe(word))!
      // Times that nobody else has: narrowed, or before all counting.
      if Bool.random(using: &dice) {
        when.begin = Instant(milliseconds: Int64.random(in: -9_000_000...0, using: &dice))..<Instant(seconds: 1)
      }
      return when
    }
    func list<Value>(_ make: () -> Value) -> [Value] { (0..<Int.random(in: 0..<3, using: &dice)).map { _ in make() } }
    func mention() -> Mention {
      Mention(
        word(), span: maybe(span), party: maybe { PartyID(word()) }, organ: maybe(word), isImplicit: Bool.random(using: &dice),
        standsFor: maybe(word))
    }
    let numbers: [Double] = [0, -0.0, 12, 1.5, -3, 1e21, 0.001, 9_007_199_254_740_991, 4_503_599_627_370_495, 1e300]
    return Claim(
      id: ClaimID("claim \(number)"), report: maybe { ReportID(word()) }, enteredBy: maybe(word),
      type: ClaimType.allCases.randomElement(using: &dice)!, act: word(), span: span(), frame: word(), trigger: maybe(span),
      who: list(mention),
      whom: list(mention),
      places: list { PlaceMention(word(), span: maybe(span), place: maybe { PlaceID(word()) }, candidates: list { PlaceID(word()) }) },
      when: maybe(when), due: maybe { Deadline(when(), Deadline.Word.allCases.randomElement(using: &dice)!) }, was: maybe(when),
      becomes: maybe(when), modality: Modality.allCases.randomElement(using: &dice)!,
      polarity: Polarity.allCases.randomElement(using: &dice)!,
      speakers: list {
        Speaker(word(), span: maybe(span), party: maybe { PartyID(word()) }, organ: maybe(word), source: maybe { SourceID(word()) })
      },
      quantities: list {
        Quantity(
          word(), numbers.randomElement(using: &dice)!, maybe { numbers.randomElement(using: &dice)! }, isAbout: Bool.random(using: &dice),
          span: maybe(span))
      }, object: maybe(word), reason: maybe(word), said: maybe(when))
  }

  @Test("Every claim comes out byte for byte as it went in, also with more different times than are shared")
  func roundTrip() {
    var dice = OrderTests.Dice(state: 11)
    var pool = ClaimPool()
    var told: [(claim: Claim, start: Int)] = []
    for number in 0..<28_000 {
      let claim = claim(&dice, number)
      told.append((claim, pool.add(claim).start))
    }
    #expect(pool.times.values.count == ClaimPool.sharedTimes)
    for (claim, start) in told {
      let found = pool.reader.claim(at: start, id: claim.id)
      guard found == claim, found.json.canonical == claim.json.canonical, pool.reader.when(at: start) == claim.when else {
        Issue.record("\(claim) became \(found)")
        return
      }
    }
  }

  @Test("Ids keep their numbers, whatever their form, and stand in the order of their texts")
  func numbers() {
    var dice = OrderTests.Dice(state: 12)
    var numbers = ClaimNumbers()
    var ids: [ClaimID] = [
      "", "claim 5", "ABCDEF0123456789ABCDEF0123456789", "00000000000000000000000000000000", "0000000000000000000000000000000g",
    ]
    for _ in 0..<5000 {
      let digits = (0..<32).map { _ in "0123456789abcdef".randomElement(using: &dice)! }
      ids.append(ClaimID(String(digits)))
      if Int.random(in: 0..<50, using: &dice) == 0 { ids.append(ClaimID("other \(ids.count)")) }
    }
    for (number, id) in ids.enumerated() { #expect(numbers.register(id) == number) }
    for (number, id) in ids.enumerated() {
      guard numbers.number(of: id) == number, numbers.register(id) == number, numbers.id(number) == id else {
        Issue.record("\(id) is number \(String(describing: numbers.number(of: id))), which is \(numbers.id(number))")
        return
      }
    }
    #expect(numbers.number(of: "nobody") == nil && numbers.number(of: "ffffffffffffffffffffffffffffffff") == nil)
    for _ in 0..<5000 {
      let (left, right) = (Int.random(in: 0..<ids.count, using: &dice), Int.random(in: 0..<ids.count, using: &dice))
      #expect(numbers.isOrdered(left, right) == (ids[left] < ids[right]))
    }
  }
}
