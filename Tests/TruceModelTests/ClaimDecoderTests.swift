// Claims straight from bytes, against the way by JSON.
import Testing

@testable import TruceModel

@Suite struct ClaimDecoderTests {
  /// Seeded noise (SplitMix64).
  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  let words = [
    "", "AZE", "the army", "Şuşa", "a \"quoted\" word", "line\nbreak \\ slash", "\u{1F54A} dove", "exactly sixteen!",
    "longer than what a string holds in place", String(repeating: "words beyond the cache's longest, ", count: 6),
  ]
  let times = ["2020-12-01", "2020-11-10/..", "[..2020-12-01]", "2020-12-01T06:30", "202X", "2020-11-15~", "2020-11-10/2020-11-20"]

  func claim(_ random: inout Numbers) -> Claim {
    func maybe<Value>(_ value: () -> Value) -> Value? { Bool.random(using: &random) ? value() : nil }
    func word() -> String { words.randomElement(using: &random)! }
    func span() -> ByteSpan {
      let start = Int.random(in: 0..<20_000, using: &random)
      return ByteSpan(start, start + Int.random(in: 0..<300, using: &random))
    }
    func when(_ role: When.Role = .happened) -> When {
      let zone = [Zone("+04:00")!, .utc, Zone("Asia/Baku")!].randomElement(using: &random)!
      return When(times.randomElement(using: &random)!, zone: zone, role: role, rule: maybe(word))!
    }
    func list<Value>(_ make: () -> Value) -> [Value] { (0..<Int.random(in: 0..<3, using: &random)).map { _ in make() } }
    func mention() -> Mention {
      Mention(
        word(), span: maybe(span), party: maybe { PartyID(word()) }, organ: maybe(word), isImplicit: Bool.random(using: &random),
        standsFor: maybe(word))
    }
    let numbers: [Double] = [0, 12, 1.5, -3, 1e21, 0.001, 9_007_199_254_740_991]
    return Claim(
      id: maybe { ClaimID(word()) }, report: maybe { ReportID(word()) }, enteredBy: maybe(word),
      type: ClaimType.allCases.randomElement(using: &random)!, act: word(), span: span(), frame: word(), trigger: maybe(span),
      who: list(mention), whom: list(mention),
      places: list {
        PlaceMention(word(), span: maybe(span), place: maybe { PlaceID(word()) }, candidates: list { PlaceID(word()) })
      }, when: maybe { when() }, due: maybe { Deadline(when(.due), Deadline.Word.allCases.randomElement(using: &random)!) },
      was: maybe { when() }, becomes: maybe { when() }, modality: Modality.allCases.randomElement(using: &random)!,
      polarity: Polarity.allCases.randomElement(using: &random)!,
      speakers: list {
        Speaker(word(), span: maybe(span), party: maybe { PartyID(word()) }, organ: maybe(word), source: maybe { SourceID(word()) })
      },
      quantities: list {
        Quantity(
          word(), numbers.randomElement(using: &random)!, maybe { numbers.randomElement(using: &random)! },
          isAbout: Bool.random(using: &random), span: maybe(span))
      }, object: maybe(word), reason: maybe(word), said: maybe { when() })
  }

  @Test("Every claim in its canonical form is read, and is the one that was written")
  func canonicalForms() throws {
    var random = Numbers(state: 7)
    var decoder = ClaimDecoder()
    for round in 0..<4000 {
      let claim = claim(&random)
      let bytes = claim.json.canonical
      let decoded = decoder.claim(bytes.span)
      #expect(try decoded == Claim(json: JSON(parsing: bytes)), "round \(round)")
      #expect(decoded != nil, "round \(round): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test("Of changed bytes it reads what the way by JSON reads, or leaves them to it; it never reads what that refuses")
  func changedBytes() {
    var random = Numbers(state: 8)
    var decoder = ClaimDecoder()
    var read = 0
    for round in 0..<30_000 {
      var bytes = claim(&random).json.canonical
      for _ in 0...Int.random(in: 0..<2, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1..<40, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(Array("\"{}[],:0 n\\".utf8).randomElement(using: &random)!, at: place)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        default: bytes.removeSubrange(place..<end)
        }
        if bytes.isEmpty { bytes = [0x7B] }
      }
      guard let decoded = decoder.claim(bytes.span) else { continue }
      read += 1
      let other = (try? JSON(parsing: bytes)).flatMap { try? Claim(json: $0) }
      #expect(decoded == other, "round \(round): \(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(read > 1000)
  }

  @Test("Bytes that end anywhere are left to the way by JSON")
  func cutBytes() {
    var random = Numbers(state: 9)
    var decoder = ClaimDecoder()
    for _ in 0..<20 {
      let bytes = claim(&random).json.canonical
      #expect(decoder.claim(bytes.span) != nil)
      for end in bytes.indices { #expect(decoder.claim(bytes.span.extracting(0..<end)) == nil) }
    }
  }
}

@Suite struct CanonicalWriterTests {
  @Test("Objects of any size come out sorted by code units, whatever their order was")
  func sorting() throws {
    var random = ClaimDecoderTests.Numbers(state: 3)
    let letters = ["a", "b", "ab", "abcdefgh", "abcdefghi", "é", "\u{FFFD}", "\u{1F54A}", "z"]
    for count in [0, 1, 2, 9, 47, 48, 49, 200] {
      var names: Set<[UInt16]> = []
      while names.count < count {
        let name = (0..<Int.random(in: 1..<9, using: &random)).map { _ in letters.randomElement(using: &random)! }.joined()
        names.insert(Array(name.utf16))
      }
      let members = names.shuffled(using: &random).map { JSON.Member(String(decoding: $0, as: UTF16.self), 1) }
      let back = try JSON(parsing: JSON.object(members).canonical).members!.map { Array($0.key.utf16) }
      #expect(back == names.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  @Test("A name that stands twice, a number without end and too deep a nesting are faults; names that only look alike are not")
  func faults() throws {
    func fault(_ value: JSON, depth: Int = 100) -> JSONWriter.Fault? {
      var writer = JSONWriter(canonical: true)
      writer.append(value, depth: depth)
      return writer.fault
    }
    let twice = (0..<30).map { JSON.Member("member-\($0)", 1) } + [JSON.Member("member-7", 2)]
    #expect(fault(.object(twice)) == .doubledMember("member-7"))
    #expect(fault(["a": ["b": .number(.nan)]]) == .notFinite)
    #expect(fault([[[1]]], depth: 3) == .tooDeep)
    #expect(fault([[[1]]], depth: 4) == nil)
    let alike = JSON.object([.init("\u{E9}", 1), .init("e\u{301}", 2)])
    #expect(fault(alike) == nil)
    #expect(try JSON(parsing: alike.canonical).members?.count == 2)
  }

  @Test("Whole numbers print their digits", arguments: [0, 7, 10, 99, 100, 12_345, 999_999_999_999_999, -1, -10, -9_007_199_254_740_991])
  func wholeNumbers(value: Int) { #expect(JSON(value).text == String(value)) }
}
