// What is appended: claims as a reader makes them, and reports that carry them.
import CZlib
import TruceModel

/// Seeded noise: the same run from the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private let places = ["north-gate", "mill-district", "old-road", "east-ridge", "lake-corridor", "salt-village", "upper-post", "bridge-3"]
private let acts = ["handed-over", "entered", "withdrew", "deploy", "exchange", "hold-positions"]
private let parties = ["AAA", "BBB", "CCC"]

/// A claim as an entry, of the size that real claims have.
func claimDraft(_ number: Int, _ random: inout SeededNumbers, of report: ReportID? = nil) -> Draft {
  let zone = Zone(offsetSeconds: 14_400)
  let report = report ?? ReportID(Digest(of: "report \(number / 12)").short)
  let start = Int.random(in: 0..<9000, using: &random)
  let place = places.randomElement(using: &random)!
  let party = parties.randomElement(using: &random)!
  let day = CivilDate(daysSinceEpoch: 18_560 + number % 60)
  let claim = Claim(
    report: report, type: .controlChange, act: acts.randomElement(using: &random)!, span: ByteSpan(start, start + 180),
    frame: "control.handed",
    trigger: ByteSpan(start + 40, start + 51),
    who: [Mention("the units of \(party)", span: ByteSpan(start, start + 12), party: PartyID(party))],
    whom: [Mention("the other side", span: ByteSpan(start + 60, start + 74), party: "DDD")],
    places: [PlaceMention(place, span: ByteSpan(start + 90, start + 101), place: PlaceID(place))],
    when: When(day, zone: zone, rule: "day"),
    speakers: [
      Speaker("An Agency", source: "agency"),
      Speaker("the ministry's press service", span: ByteSpan(start, start + 20), party: PartyID(party)),
    ],
    quantities: number % 4 == 0 ? [Quantity("posts", Double(number % 30))] : [])
  return Draft(id: EntryID(claim.id.rawValue + "-\(number)"), kind: .claim, key: report.rawValue, content: claim.json)
}

/// A report with twelve claims and its reading, as the desk appends them.
func reportDrafts(_ number: Int, _ text: [UInt8], _ random: inout SeededNumbers) -> [Draft] {
  let zone = Zone(offsetSeconds: 14_400)
  let day = CivilDate(daysSinceEpoch: 18_560 + number / 14 % 400)
  let report = Report(
    body: text, source: "agency", sourceName: "An Agency", published: When(day, zone: zone), captured: zone.instant(day, hour: 20))
  let claims = (0..<12).map { claimDraft(number + $0, &random, of: report.id) }
  let ids = claims.compactMap { $0.content["id"] }
  return [Draft(id: EntryID("report/\(report.id)"), kind: .report, key: report.id.rawValue, content: report.json)] + claims + [
    Draft(
      id: EntryID("reading/\(report.id)/\(number)"), kind: .reading, key: report.id.rawValue,
      content: .compact(["report": JSON(report.id), "reader": "bench", "count": JSON(ids.count), "claims": .array(ids)]))
  ]
}

/// A report's text, about 4 kB of words.
func body(_ random: inout SeededNumbers) -> [UInt8] {
  let words = [
    "the", "sides", "agreed", "that", "posts", "along", "line", "were", "handed", "over", "on", "morning", "according", "to", "ministry",
    "and", "no",
    "shots", "heard", "district", "road", "opened", "column", "observers", "reported", "prisoners", "returned", "bodies", "exchange",
    "deadline",
  ]
  var text = "Report \(random.next())\n"
  while text.utf8.count < 4000 { text += words.randomElement(using: &random)! + (Int.random(in: 0..<9, using: &random) == 0 ? ". " : " ") }
  return Array(text.utf8)
}

/// The bytes of a body compressed where that pays, as `gzip -6` would.
func storedSize(_ body: [UInt8]) -> Int {
  var length = compressBound(uLong(body.count))
  var target = [UInt8](repeating: 0, count: Int(length))
  compress2(&target, &length, body, uLong(body.count), 6)
  return min(Int(length), body.count)
}
