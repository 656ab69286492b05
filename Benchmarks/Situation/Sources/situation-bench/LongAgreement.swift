// All commitments of an agreement with hundreds of points, over a ledger of ten thousand claims about them.
import TruceAtlas
import TruceModel
import TruceSituation

struct LongAgreement {
  private static let acts = [
    "withdraw", "disarm", "set-up", "report", "return-displaced", "exchange", "open", "ceasefire", "monitor", "adopt", "build-road", "talk",
  ]
  private static let types: [String: ClaimType] = [
    "withdraw": .deployment, "exchange": .exchange, "open": .access, "ceasefire": .ceasefireViolation, "monitor": .deployment,
    "build-road": .access, "return-displaced": .displacement,
  ]

  static func run(points: Int, claims: Int = 10_000) throws {
    let file = try agreement(points)
    var index = SituationIndex(case: file)
    let zone = file.zone
    let start = CivilDate(year: 2021, month: 1, day: 1)!
    for number in 0..<claims {
      let act = acts[number % acts.count]
      let day = start.adding(days: number * 700 / claims)
      index.add(
        Claim(
          id: ClaimID("claim \(number)"), enteredBy: "bench", type: types[act] ?? .cooperation, act: act == "ceasefire" ? "fire" : act,
          span: ByteSpan(0, 0), frame: "bench", who: [Mention("Side", party: number % 3 == 0 ? "ONE" : "TWO")],
          places: [PlaceMention("District", place: PlaceID("p\(number * 7 % 40)"))], when: When(day, zone: zone),
          speakers: [Speaker("Side", party: number % 2 == 0 ? "ONE" : "TWO")], said: When(day, zone: zone, role: .reported)),
        sequence: UInt64(number), recorded: Instant(seconds: 1_610_000_000 + Int64(number) * 6000))
    }
    var samples = Samples()
    var words: [String: Int] = [:]
    for round in 0..<40 {
      let on = zone.instant(start.adding(days: 30 + round * 18))
      samples.time {
        for commitment in index.commitments(Query(on: on)) { words[commitment.word, default: 0] += 1 }
      }
    }
    samples.print("\(points) points", ", \(claims) claims, \(words.count) different words")
  }

  private static func agreement(_ points: Int) throws -> Case {
    var lines = [
      "agreements:", "  - id: accord", "    title: An accord", "    signed: 2021-01-01", "    parties: [ONE, TWO]", "    provisions:",
    ]
    for number in 0..<points {
      let act = acts[number % acts.count]
      lines += [
        "      - id: accord/\(number)", "        article: \"\(number)\"", "        title: Point \(number)",
        "        kind: \(act == "ceasefire" || act == "monitor" ? "maintain" : "achieve")",
        "        who: [\(number % 2 == 0 ? "ONE" : "TWO")]",
        "        act: \(act)", "        place: p\(number % 40)",
        "        terms: [{word: by, date: \(2021 + number % 2)-0\(1 + number % 9)-15}]",
      ]
    }
    func bytes(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
    return try Case(files: [
      "case.yaml": bytes(["id: accord-case", "title: An accord", "zone: UTC"]),
      "parties.yaml": bytes(["parties:", "  - {id: ONE, role: side, names: [One]}", "  - {id: TWO, role: side, names: [Two]}"]),
      "places.yaml": bytes(["places:"] + (0..<40).map { "  - {id: p\($0), kind: district, names: [District \($0)]}" }),
      "agreement.yaml": bytes(lines),
    ])
  }
}
