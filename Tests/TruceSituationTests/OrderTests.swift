// The order in which entries came changes nothing but what was known when; what was known stays what it was.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct OrderTests {
  /// A generator that gives the same numbers for the same seed (SplitMix64).
  struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  /// Reports at random: a few places, days, speakers and acts, so that they meet.
  static func book(_ dice: inout Dice, reports: Int) -> Book {
    var book = Book()
    let speakers = [[outlet], [outlet, azeMinistry], [outlet, armMinistry], [outlet, rusCommand]]
    for number in 0..<reports {
      let days = (0..<30).randomElement(using: &dice)!
      let said = CivilDate("2020-11-10")!.adding(days: days)
      let happened = said.adding(days: -[0, 0, 0, 1, 2, 5, 9].randomElement(using: &dice)!)
      let when = [happened.description, happened.description, "../\(happened)", nil].randomElement(using: &dice)!
      let act = ["entered", "captured", "withdrew", "handed-over", "lost"].randomElement(using: &dice)!
      let who = ["AZE", "ARM", "NKR"].randomElement(using: &dice)!
      let where_ = ["kalbajar-district", "agdam-district", "lachin-district"].randomElement(using: &dice)!
      let modality: Modality = [.happened, .happened, .happened, .alleged, .denied].randomElement(using: &dice)!
      book.tell(
        "report \(number)", act, who: who, at: where_, when, by: speakers.randomElement(using: &dice)!, said: said.description,
        modality: modality)
    }
    return book
  }

  static func situation(_ entries: [Entry], _ file: Case, _ query: Query) -> JSON {
    var index = SituationIndex(case: file)
    for entry in entries { index.add(entry) }
    return index.situation(query).json
  }

  @Test("Any order of the same entries gives the same situation", arguments: UInt64(1)...12)
  func permutation(seed: UInt64) throws {
    let file = try built()
    var dice = Dice(state: seed)
    let book = OrderTests.book(&dice, reports: 25)
    let query = Query(on: instant("2020-12-31T00:00:00+04:00"))
    let expected = OrderTests.situation(book.entries, file, query)
    for _ in 0..<3 {
      let shuffled = book.entries.shuffled(using: &dice).enumerated().map { number, entry in
        Entry(
          sequence: UInt64(number), recorded: Instant(seconds: 1_700_000_000 + Int64(number)), id: entry.id, kind: entry.kind,
          key: entry.key,
          content: entry.content)
      }
      #expect(OrderTests.situation(shuffled, file, query) == expected, "seed \(seed)")
    }
  }

  @Test("Entries that come later never change an answer as known before them", arguments: UInt64(1)...12)
  func prefix(seed: UInt64) throws {
    let file = try built()
    var dice = Dice(state: seed &* 7919)
    let book = OrderTests.book(&dice, reports: 20)
    for size in [6, 30, 45] {
      let query = Query(on: instant("2020-12-31T00:00:00+04:00"), size: UInt64(size))
      let then = OrderTests.situation(Array(book.entries.prefix(size)), file, query)
      #expect(OrderTests.situation(book.entries, file, query) == then, "seed \(seed), size \(size)")
    }
  }
}
