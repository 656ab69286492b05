// What holds of every reading, over the sample reports and seeded mutations of them: TRUCE_RUNS sets how many (300), TRUCE_SEED which.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@testable import TruceReading

/// The sample reports, and texts made of them by cutting, doubling and spoiling.
private enum Samples {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardizedFileURL

  static let reader: Reader = {
    let known = try! Case.load(folder: root.appendingPathComponent("Cases/karabakh-2020").path)
    return Reader(lexicon: try! Lexicon.load(folder: root.appendingPathComponent("Lexicons/en").path), cases: [known])
  }()

  static let reports: [[UInt8]] = {
    let folder = root.appendingPathComponent("Cases/karabakh-2020/reports")
    let names = try! FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }.sorted()
    return names.map { Array(try! Data(contentsOf: folder.appendingPathComponent($0))) }
  }()

  static var runs: Int { ProcessInfo.processInfo.environment["TRUCE_RUNS"].flatMap { Int($0) } ?? 300 }
  static var seed: UInt64 { ProcessInfo.processInfo.environment["TRUCE_SEED"].flatMap { UInt64($0) } ?? 1 }

  static func read(_ text: [UInt8]) -> Reading { reader.read(Document(plain: text, published: When("2020-12-20", zone: .utc))) }

  /// A text with pieces of the reports in it, some of them spoilt.
  static func mutated(_ random: inout SplitMix) -> [UInt8] {
    var text = reports[random.below(reports.count)]
    for _ in 0..<1 + random.below(6) {
      let at = random.below(text.count + 1)
      switch random.below(5) {
      case 0: text.removeSubrange(at..<min(text.count, at + random.below(200)))
      case 1:
        let other = reports[random.below(reports.count)]
        let start = random.below(other.count)
        text.insert(contentsOf: other[start..<min(other.count, start + random.below(400))], at: at)
      case 2: text.insert(contentsOf: Array(repeating: marks[random.below(marks.count)], count: random.below(40)), at: at)
      case 3: if at < text.count { text[at] = UInt8(random.below(256)) }
      default: text.insert(contentsOf: Array(words[random.below(words.count)].utf8), at: at)
      }
      if text.isEmpty { text = [0x41] }
    }
    return text
  }

  private static let marks: [UInt8] = [0x22, 0x28, 0x29, 0x2C, 0x2E, 0x3B, 0x0A, 0x00, 0x80, 0xE2, 0x20, 0x27]
  private static let words = [
    " and ", " of the ", " said ", " by November 15 ", " “", "” ", "\n\n", " who ", " which, ", " \u{202E}", " شوشا ", " not ", "\u{0C}",
  ]
}

/// Numbers from a seed (SplitMix64, Steele, Lea and Flood 2014).
private struct SplitMix {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ mixed >> 31) % UInt64(max(1, bound)))
  }
}

@Suite struct ReadingPropertyTests {
  @Test("Every span of a claim lies in its report, and the trigger in the claim's own")
  func spans() {
    var random = SplitMix(state: Samples.seed)
    for run in 0..<Samples.runs {
      let text = Samples.mutated(&random)
      for claim in Samples.read(text).claims {
        let parts = (claim.who + claim.whom).compactMap(\.span) + claim.places.compactMap(\.span) + claim.quantities.compactMap(\.span)
        let isInside = (parts + claim.speakers.compactMap(\.span)).allSatisfy { $0.end <= text.count } && claim.span.end <= text.count
        #expect(isInside, "seed \(Samples.seed), run \(run)")
        #expect(claim.trigger.map { claim.span.contains($0) } ?? true, "seed \(Samples.seed), run \(run)")
      }
    }
  }

  @Test("What was read before changes nothing")
  func independent() {
    let alone = Samples.reports.map { Samples.read($0).claims }
    for (text, claims) in zip(Samples.reports, alone).reversed() { #expect(Samples.read(text).claims == claims) }
  }

  @Test("Two reports joined by a form feed give the claims of each")
  func joined() {
    var random = SplitMix(state: Samples.seed &+ 1)
    for run in 0..<Samples.runs / 3 {
      let first = Samples.reports[random.below(Samples.reports.count)]
      let second = Samples.reports[random.below(Samples.reports.count)]
      let both = Samples.read(first + [0x0C] + second).claims
      let apart = Samples.read(first).claims + Samples.read(second).claims.map { moved($0, by: first.count + 1) }
      #expect(both.map(withoutID) == apart.map(withoutID), "seed \(Samples.seed), run \(run)")
    }
  }

  @Test("A claim read without its derivation is the same claim")
  func unexplained() {
    for text in Samples.reports {
      let document = Document(plain: text, published: When("2020-12-20", zone: .utc))
      let plain = Samples.reader.read(document, explained: false)
      #expect(plain.derivations.isEmpty)
      #expect(plain.claims.map { $0.carried(by: "r") } == Samples.reader.read(document).claims.map { $0.carried(by: "r") })
    }
  }

  @Test("A claim's bytes are those of its JSON form")
  func written() {
    for claim in Samples.reports.flatMap({ Samples.read($0).claims }) {
      var out: [UInt8] = []
      claim.carried(by: "r").write(into: &out)
      #expect(String(decoding: out, as: UTF8.self) == claim.carried(by: "r").json.text)
    }
  }

  @Test("Claims that say the same have one id, and others have not")
  func same() {
    for text in Samples.reports {
      let claims = Samples.read(text).claims
      for one in claims { for other in claims { #expect(one.says(theSameAs: other) == (one.id == other.id)) } }
    }
  }

  @Test(
    "No text takes long: one word, one sentence, nested quotations, text from right to left, NULs, broken UTF-8, 0.1 MB of each",
    .timeLimit(.minutes(2)),
    arguments: [
      "a", "Baku ", "said ", "of the city ", "Baku and Yerevan said that ", "attack, ", "“", "(", "\"he said ", "captured by the army of ",
      "باكو ", "\u{202E}", "\u{0}", "1 ", "on November 15 ", "the day before ", "BAKU, December 1. /TASS/. Shelling.\n\n", "- a\n",
      "a|b|c\n",
      "Armenian forces entered Lachin, ", "'", "no ", "which ", "to ", "U.N. ",
    ])
  func strange(_ piece: String) {
    let text = Array(String(repeating: piece, count: 100_000 / piece.utf8.count).utf8)
    for broken in [false, true] {
      var text = text
      if broken { for at in stride(from: 7, to: text.count, by: 97) { text[at] = 0xC3 } }
      #expect(Samples.read(text).claims.allSatisfy { $0.span.end <= text.count })
    }
  }

  private func withoutID(_ claim: Claim) -> Claim {
    var claim = claim
    claim.id = ""
    return claim
  }

  private func moved(_ claim: Claim, by offset: Int) -> Claim {
    func moved(_ span: ByteSpan) -> ByteSpan { ByteSpan(span.start + offset, span.end + offset) }
    var claim = claim
    claim.span = moved(claim.span)
    claim.trigger = claim.trigger.map(moved)
    for at in claim.who.indices { claim.who[at].span = claim.who[at].span.map(moved) }
    for at in claim.whom.indices { claim.whom[at].span = claim.whom[at].span.map(moved) }
    for at in claim.places.indices { claim.places[at].span = claim.places[at].span.map(moved) }
    for at in claim.speakers.indices { claim.speakers[at].span = claim.speakers[at].span.map(moved) }
    for at in claim.quantities.indices { claim.quantities[at].span = claim.quantities[at].span.map(moved) }
    return claim
  }
}
