// Control against the naive model, on random ledgers; a failing one is made smaller before it is shown.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct ControlOracleTests {
  static let place: PlaceID = "kalbajar-district"

  struct Told {
    var naive: NaiveClaim
    var entries: [Entry]
  }

  /// One report at random about the one place.
  static func told(_ number: Int, _ dice: inout OrderTests.Dice) -> Told {
    let said = CivilDate("2020-11-01")!.adding(days: Int.random(in: 0..<40, using: &dice))
    let happened = said.adding(days: -[0, 0, 1, 1, 2, 4, 8, 20].randomElement(using: &dice)!)
    let when = [happened.description, happened.description, happened.description, "../\(happened)", nil].randomElement(using: &dice)!
    let act = ["entered", "captured", "withdrew", "lost", "handed-over"].randomElement(using: &dice)!
    let who = ["AZE", "ARM", "NKR"].randomElement(using: &dice)!
    let modality: Modality = [.happened, .happened, .happened, .alleged, .denied].randomElement(using: &dice)!
    let speakers = [[outlet], [tass], [outlet, azeMinistry], [outlet, armMinistry], [outlet, rusCommand], [tass, armMinistry]]
      .randomElement(using: &dice)!
    var book = Book()
    let claim = book.tell(
      "report \(number)", act, who: who, at: place.rawValue, when, by: speakers, said: said.description, modality: modality)
    let recorded = instant("2021-01-01T00:00:00Z").adding(seconds: Int64(number) * 3600)
    let entries = book.entries.map {
      Entry(sequence: $0.sequence, recorded: recorded, id: $0.id, kind: $0.kind, key: $0.key, content: $0.content)
    }
    let start = baku.instant(said).milliseconds
    let end = start + 86_400_000
    let day = baku.instant(happened).milliseconds
    let isPast = modality != .denied
    let from = when == happened.description ? day : Instant.distantPast.milliseconds
    let until = when == nil ? (isPast ? end : Instant.distantFuture.milliseconds) : day + 86_400_000
    let speaker = speakers.last!
    return Told(
      naive: NaiveClaim(
        id: claim.id.rawValue, report: "", recorded: recorded.milliseconds, act: act, who: who,
        speaker: speaker.party.map { "\($0)/\(speaker.organ!)" } ?? speaker.text, party: speaker.party?.rawValue, from: from, until: until,
        saidFrom: start, saidUntil: end, denies: modality == .denied, isAlleged: modality == .alleged), entries: entries)
  }

  struct Asked: CustomStringConvertible {
    var on: Instant
    var known: Instant
    var said: Instant
    var rule: String
    var description: String { "on \(on) known \(known) said \(said) according to \(rule)" }
  }

  static func asked(_ dice: inout OrderTests.Dice, reports: Int) -> Asked {
    let rules = ["best", "best", "anyone", "party:AZE", "party:ARM", "against-interest", "third-party", "both-sides"]
    let day = CivilDate("2020-10-20")!.adding(days: Int.random(in: 0..<60, using: &dice))
    let said = CivilDate("2020-11-01")!.adding(days: Int.random(in: 10..<90, using: &dice))
    return Asked(
      on: baku.bounds(of: day).upperBound.adding(milliseconds: -1),
      known: instant("2021-01-01T00:00:00Z").adding(seconds: Int64(Int.random(in: 0...(reports * 2), using: &dice)) * 3600),
      said: baku.bounds(of: said).upperBound.adding(milliseconds: -1), rule: rules.randomElement(using: &dice)!)
  }

  /// What the fold says; in the model's terms.
  static func answer(_ all: [Told], _ asked: Asked, _ file: Case) -> NaiveControl {
    var index = SituationIndex(case: file)
    var sequence: UInt64 = 0
    for entry in all.flatMap(\.entries) {
      index.add(Entry(sequence: sequence, recorded: entry.recorded, id: entry.id, kind: entry.kind, key: entry.key, content: entry.content))
      sequence += 1
    }
    let query = Query(on: asked.on, known: asked.known, said: asked.said, rule: Rule(asked.rule)!)
    let control = index.situation(query).control.first { $0.place == place }!
    return NaiveControl(
      holder: control.holder.description, standing: control.standing?.rawValue, isDisputed: control.isDisputed,
      evidence: Set(control.evidence.map(\.rawValue)), origins: control.origins)
  }

  @Test("On random ledgers control equals the naive model's (TRUCE_RUNS ledgers, 60 where nothing is set)")
  func oracle() throws {
    let runs = ProcessInfo.processInfo.environment["TRUCE_RUNS"].flatMap { Int($0) } ?? 60
    let file = try built()
    let model = NaiveModel(
      initial: "ARM", tolerance: 3 * 86_400_000, signed: file.agreements[0].signed.earliest.milliseconds, isOwed: true)
    for seed in 1...runs {
      var dice = OrderTests.Dice(state: UInt64(seed) &* 0x2545_f491_4f6c_dd1d)
      let count = Int.random(in: 1...20, using: &dice)
      var all = (0..<count).map { told($0, &dice) }
      for _ in 0..<4 {
        let asked = ControlOracleTests.asked(&dice, reports: count)
        func differs(_ all: [Told]) -> Bool {
          let expected = model.control(
            all.map(\.naive), on: asked.on.milliseconds, known: asked.known.milliseconds, said: asked.said.milliseconds, rule: asked.rule)
          return ControlOracleTests.answer(all, asked, file) != expected
        }
        guard differs(all) else { continue }
        var at = 0
        while at < all.count {
          var fewer = all
          fewer.remove(at: at)
          if differs(fewer) { all = fewer } else { at += 1 }
        }
        let expected = model.control(
          all.map(\.naive), on: asked.on.milliseconds, known: asked.known.milliseconds, said: asked.said.milliseconds, rule: asked.rule)
        Issue.record(
          """
          seed \(seed), \(asked)
          found \(ControlOracleTests.answer(all, asked, file))
          model \(expected)
          \(all.map { "\($0.naive)" }.joined(separator: "\n"))
          """)
        return
      }
    }
  }

  private func told(_ number: Int, _ dice: inout OrderTests.Dice) -> Told { ControlOracleTests.told(number, &dice) }
}
