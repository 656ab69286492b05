// The index that the program asks, with the same claims as entries of a ledger: what each says, and the judgement of a place.
import Foundation
import TruceAtlas
import TruceModel
import TruceSituation

struct Index {
  static func run(_ workload: Workload) throws {
    let told = try workload.claims()
    let places = (told.map(\.place).max() ?? 0) + 1
    let sources = (told.map(\.source).max() ?? 0) + 1
    var index = SituationIndex(case: try theatre(places: places, sources: sources))
    fill(&index, told) { $0.recorded }
    func words(_ word: Voice.Word) -> Int64 {
      guard case .holds(.party(let party)) = word else { return 0 }
      return number(party.rawValue)
    }
    /// Looks at all that a voice tells.
    func tell(_ voice: Voice, _ found: (Int64, Int64, Int64, Int64) -> Void) {
      found(0, source(voice.name), words(voice.word), 0)
      if voice.evidence.rawValue.isEmpty || voice.since == nil || voice.parties.isEmpty { found(1, 1, voice.said.milliseconds, 1) }
    }
    // Asked twice: the first time warms the memory.
    for name in ["voices of a place, first", "voices of a place"] {
      try workload.run(name, "q1", columns: 3) { query, found in
        index.forEachVoice(of: place(Int(query.first!) - 1), asked(query)) { found(0, source($0), words($1), 0) }
      }
    }
    try workload.run("with their evidence", "q1", columns: 3) { query, found in
      for voice in index.voices(of: place(Int(query.first!) - 1), asked(query)) { found(0, source(voice.name), words(voice.word), 0) }
    }
    try workload.run("and each put together", "q1", columns: 3) { query, found in
      for voice in index.voices(of: place(Int(query.first!) - 1), asked(query)) { tell(voice, found) }
    }
    try workload.run("voices, whole map", "q2", columns: 2) { query, found in
      index.forEachVoice(Query(on: Instant(seconds: query.first!), known: Instant(seconds: query.last!))) { place, name, word in
        found(number(place.rawValue), source(name), words(word), 0)
      }
    }
    try workload.run("changed in 90 days", "q3", columns: 3, [("changed in a day", 150)]) { query, found in
      index.forEachVoiceChange(
        Query(on: Instant(seconds: query.first!)), knownAt: Instant(seconds: query[query.startIndex + 1]),
        and: Instant(seconds: query.last!)
      ) { place, name, before, after in
        found(number(place.rawValue), source(name), before.map(words) ?? 0, after.map(words) ?? 0)
      }
    }
    func changes(_ query: ArraySlice<Int64>) -> [VoiceChange] {
      index.voiceChanges(
        Query(on: Instant(seconds: query.first!)), knownAt: Instant(seconds: query[query.startIndex + 1]),
        and: Instant(seconds: query.last!))
    }
    try workload.run("all put together", "q3", columns: 3, [("a day put together", 150)]) { query, found in
      for change in changes(query) { for voice in [change.before, change.after] { if let voice { tell(voice, found) } } }
    }
    try workload.run("the same with evidence", "q3", columns: 3, [("a day with evidence", 150)]) { query, found in
      for change in changes(query) {
        let name = change.before?.name ?? change.after?.name ?? ""
        found(
          number(change.place.rawValue), source(name), change.before.map { words($0.word) } ?? 0,
          change.after.map { words($0.word) } ?? 0)
      }
    }
    let silent = Workload(workload.folder, answers: nil)
    for rule in [Rule.best, .againstInterest, .bothSides] {
      try silent.run("judgement, \(rule)", "q1", columns: 3) { query, found in
        let control = index.control(of: place(Int(query.first!) - 1), asked(query, rule: rule))
        found(0, Int64(control.evidence.count), 0, 0)
      }
    }
  }

  /// Claims about few places that arrive in no order of time: what each costs as the ledger grows.
  static func late(_ claims: Int) throws {
    var random = SystemRandomNumberGenerator()
    let told = (0..<claims).map { number -> Workload.Told in
      let from = Instant(seconds: 1_600_000_000 + Int64.random(in: 0..<94_000_000, using: &random))
      return Workload.Told(
        place: number % 8, source: number / 8 % 10, value: Int32(1 + number % 4), from: from,
        until: from.adding(seconds: 86_400 * Int64.random(in: 1...90, using: &random)),
        recorded: from.adding(seconds: Int64.random(in: 0..<86_400, using: &random)))
    }
    var index = SituationIndex(case: try theatre(places: 8, sources: 10))
    // They are said soon after, and come to be known in the order of the ledger.
    fill(&index, told) { _ in Instant(seconds: 1_700_000_000) }
    var samples = Samples()
    for number in 0..<8 { samples.time { _ = index.control(of: place(number), Query(on: Instant(seconds: 1_690_000_000))) } }
    samples.print("judgement of a place", ", \(claims / 8) claims each")
  }

  /// Takes claims in and prints how fast, and what they take.
  private static func fill(_ index: inout SituationIndex, _ told: [Workload.Told], recorded: (Workload.Told) -> Instant) {
    let before = residentBytes()
    var batches: [Double] = []
    var number = 0
    // Made in batches, so that only the index is timed and not the making of claims.
    while number < told.count {
      let batch = (number..<min(told.count, number + 10_000)).map { claim(told[$0], $0) }
      batches.append(
        seconds {
          for claim in batch {
            index.add(claim, sequence: UInt64(number), recorded: recorded(told[number]))
            number += 1
          }
        })
    }
    let tenth = max(1, batches.count / 10)
    func rate(_ part: ArraySlice<Double>) -> Int { Int(Double(part.count) * 10_000 / part.reduce(0, +)) }
    let grown = (residentBytes() - before) / told.count
    printLoad(told.count, batches.reduce(0, +), bytes: index.claimBytes + index.controlBytes)
    print(
      "its first tenth".padding(toLength: 24, withPad: " ", startingAt: 0)
        + "\(rate(batches.prefix(tenth))) claims/s, its last \(rate(batches.suffix(tenth)))")
    print(
      "of these".padding(toLength: 24, withPad: " ", startingAt: 0)
        + "\(index.claimBytes / told.count) for what a claim says, \(index.controlBytes / told.count) for control; grown by \(grown) bytes a claim"
    )
  }

  /// What a line of questions asks: a place, a moment, and when it was known.
  private static func asked(_ query: ArraySlice<Int64>, rule: Rule = .best) -> Query {
    Query(on: Instant(seconds: query[query.startIndex + 1]), known: Instant(seconds: query.last!), rule: rule)
  }

  private static func place(_ number: Int) -> PlaceID { PlaceID("p\(number + 1)") }

  private static func source(_ name: String) -> Int64 { number(name) }

  /// The digits of a name, so that little of the time is that of making rows to compare.
  private static func number(_ name: String) -> Int64 {
    var number: Int64 = 0
    for byte in name.utf8 where byte >= 0x30 && byte <= 0x39 { number = number * 10 + Int64(byte - 0x30) }
    return number
  }

  /// Who speaks: the first four are the sides that hold places, the others have no stake.
  private static func speaker(_ number: Int) -> PartyID { PartyID((number < 4 ? "P" : "T") + "\(number + 1)") }

  /// A case with so many districts, and so many parties that speak of them.
  private static func theatre(places: Int, sources: Int) throws -> Case {
    func bytes(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
    let parties = (0..<sources).map { number in
      "  - {id: \(speaker(number)), role: \(number < 4 ? "side" : "third"), names: [source \(number + 1)]}"
    }
    return try Case(files: [
      "case.yaml": bytes(["id: theatre", "title: A theatre", "zone: UTC"]), "parties.yaml": bytes(["parties:"] + parties),
      "places.yaml": bytes(["places:"] + (1...places).map { "  - {id: p\($0), kind: district, names: [District \($0)]}" }),
    ])
  }

  /// An id as truce makes them, 32 hexadecimal digits.
  private static func id(_ number: Int) -> ClaimID {
    func word(_ value: UInt64) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    let mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    return ClaimID(word(mixed) + word(mixed ^ mixed >> 29))
  }

  /// A claim that a side controls a place from one time to another.
  private static func claim(_ told: Workload.Told, _ number: Int) -> Claim {
    var when = When(CivilDate(year: 2020, month: 1, day: 1)!, zone: .utc)
    when.begin = told.from..<told.from.adding(milliseconds: 1)
    when.end = told.from..<told.until
    var said = When(CivilDate(year: 2020, month: 1, day: 1)!, zone: .utc, role: .reported)
    said.begin = told.recorded..<told.recorded.adding(milliseconds: 1)
    return Claim(
      id: id(number), enteredBy: "bench", type: .controlChange, act: "control", span: ByteSpan(0, 0), frame: "bench",
      who: [Mention("Side", party: PartyID("P\(told.value)"))],
      places: [PlaceMention("District", place: place(told.place))], when: when,
      speakers: [Speaker("source", party: speaker(told.source))], said: said)
  }
}
