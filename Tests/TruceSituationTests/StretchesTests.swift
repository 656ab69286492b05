// The lists that take late comers: the same order as sorting, and a chronicle and a place that grow longer than one stretch.
import Testing
import TruceAtlas
import TruceModel

@testable import TruceSituation

@Suite struct StretchesTests {
  @Test("However elements come, they stand as if sorted, those that are equal in the order in which they came", arguments: 0..<6)
  func order(_ seed: Int) {
    var dice = OrderTests.Dice(state: UInt64(seed))
    var list = Stretches<(key: Int, number: Int)>()
    var all: [(key: Int, number: Int)] = []
    for number in 0..<5000 {
      let key =
        switch seed {
        case 0: number
        case 1: -number
        case 2: number % 7
        case 3: number / 4 + Int.random(in: 0..<100, using: &dice)
        default: Int.random(in: 0..<3000, using: &dice)
        }
      list.insert((key, number)) { $0.key > key }
      all.append((key, number))
    }
    #expect(list.elements.map(\.number) == all.sorted { ($0.key, $0.number) < ($1.key, $1.number) }.map(\.number))
    #expect(list.count == 5000)
    #expect(list.older.allSatisfy { !$0.isEmpty && $0.count <= Stretches<Int>.longest })
    for (key, number) in all {
      let isFound = list.change(from: { $0.key < key }) { element in
        if element.key != key { return false }
        if element.number != number { return nil }
        element.number = -1
        return true
      }
      #expect(isFound)
    }
    #expect(list.elements.allSatisfy { $0.number == -1 })
  }

  @Test("A long chronicle in no order of saying, with words withdrawn, answers as one that is searched from end to end", arguments: 0..<3)
  func chronicle(_ seed: Int) {
    struct Told {
      var value: Int32
      var from, until, said, recorded: Int64
      var ended: Int64 = .max
    }
    var dice = OrderTests.Dice(state: UInt64(seed + 40))
    var chronicle = Chronicle()
    var all: [Told] = []
    for number in 0..<2500 {
      let from = Int64.random(in: 0..<1000, using: &dice)
      let said = seed == 0 ? Int64(number) : Int64.random(in: 0..<2500, using: &dice)
      let told = Told(
        value: Int32(Int.random(in: 0..<4, using: &dice)), from: from, until: from + Int64.random(in: 0..<60, using: &dice), said: said,
        recorded: Int64(number * 2))
      chronicle.add(
        place: 0, source: 0, value: told.value, from: Instant(milliseconds: from), until: Instant(milliseconds: told.until),
        said: Instant(milliseconds: said), recorded: Instant(milliseconds: told.recorded), claim: Int32(number), precedes: { number < $0 })
      all.append(told)
      if seed == 2, number % 9 == 5 {
        let gone = Int.random(in: 0...number, using: &dice)
        chronicle.withdraw(place: 0, source: 0, claim: Int32(gone), recorded: Instant(milliseconds: told.recorded + 1))
        all[gone].ended = told.recorded + 1
      }
    }
    func word(on: Int64, known: Int64) -> Int32? {
      let told = all.enumerated().filter {
        $0.element.recorded <= known && known < $0.element.ended && $0.element.from <= on && on < $0.element.until
      }
      let last = told.max { ($0.element.said, $0.offset) < ($1.element.said, $1.offset) }
      return last.flatMap { $0.element.value == 0 ? nil : Int32($0.offset) }
    }
    for _ in 0..<1500 {
      let (on, one, other) = (
        Int64.random(in: 0..<1060, using: &dice), Int64.random(in: 0..<5000, using: &dice), Int64.random(in: 0..<5000, using: &dice)
      )
      let moment = Instant(milliseconds: on)
      #expect(chronicle.row(place: 0, source: 0, on: moment, known: Instant(milliseconds: one))?.claim == word(on: on, known: one))
      var change: (before: Int32?, after: Int32?)?
      chronicle.forEachChange(on: moment, knownAt: Instant(milliseconds: one), and: Instant(milliseconds: other)) {
        change = ($2?.claim, $3?.claim)
      }
      let (before, after) = (word(on: on, known: one), word(on: on, known: other))
      if one < other, before.map({ all[Int($0)].value }) != after.map({ all[Int($0)].value }) {
        #expect(change?.before == before && change?.after == after && change != nil)
      } else {
        #expect(change == nil)
      }
    }
  }

  @Test("A place of which more is told than fits into one stretch has one history, in whatever order the reports come")
  func place() throws {
    let file = try built()
    var dice = OrderTests.Dice(state: 7)
    let zone = file.zone
    let claims = (0..<1800).map { number -> Claim in
      let happened = CivilDate("2000-01-01")!.adding(days: Int.random(in: 0..<7000, using: &dice))
      return Claim(
        id: ClaimID("told \(number)"), enteredBy: "test", type: .controlChange, act: "captured", span: ByteSpan(0, 0), frame: "test",
        who: [Mention("Side", party: number % 3 == 0 ? "AZE" : "ARM")],
        places: [PlaceMention("District", place: "kalbajar-district")], when: When(happened, zone: zone),
        modality: number % 11 == 0 ? .denied : .happened, speakers: [Speaker("Side", party: number % 5 == 0 ? "AZE" : "ARM")],
        said: When(happened.adding(days: number % 4), zone: zone, role: .reported))
    }
    func history(_ claims: [Claim]) -> String {
      var index = SituationIndex(case: file)
      for (number, claim) in claims.enumerated() { index.add(claim, sequence: UInt64(number), recorded: Instant(seconds: 1_700_000_000)) }
      let query = Query(on: Instant(seconds: 1_690_000_000))
      return index.history(of: "kalbajar-district", query).json.text + index.control(of: "kalbajar-district", query).json.text
    }
    let expected = history(claims.shuffled(using: &dice))
    #expect(history(claims.shuffled(using: &dice)) == expected)
    #expect(history(claims.sorted { $0.when!.earliest < $1.when!.earliest }) == expected)
  }
}
