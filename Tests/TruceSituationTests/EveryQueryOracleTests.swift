// Every query against the naive account, on random ledgers with readings, rulings and copies; a failing ledger is made smaller.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct EveryQueryOracleTests {
  struct Asked: CustomStringConvertible {
    var on: Instant
    var known: Instant
    var earlier: Instant
    var said: Instant
    var rule: String
    var other: String
    var description: String { "on \(on) known \(known) (before \(earlier)) said \(said) according to \(rule) (against \(other))" }
  }

  static func asked(_ dice: inout OrderTests.Dice, entries: Int) -> Asked {
    let rules = ["best", "best", "anyone", "party:AZE", "party:ARM", "against-interest", "third-party", "both-sides"]
    let day = CivilDate("2020-10-20")!.adding(days: Int.random(in: 0..<60, using: &dice))
    let said = CivilDate("2020-11-01")!.adding(days: Int.random(in: 10..<90, using: &dice))
    func moment() -> Instant { RandomLedger.start.adding(seconds: Int64(Int.random(in: 0...entries, using: &dice)) * 600) }
    let (one, two) = (moment(), moment())
    return Asked(
      on: baku.bounds(of: day).upperBound.adding(milliseconds: -1), known: max(one, two), earlier: min(one, two),
      said: baku.bounds(of: said).upperBound.adding(milliseconds: -1), rule: rules.randomElement(using: &dice)!,
      other: rules.randomElement(using: &dice)!)
  }

  static func model(_ place: String, _ file: Case) -> NaiveModel {
    NaiveModel(
      initial: place == "zangilan-district" ? "AZE" : "ARM", tolerance: 3 * 86_400_000,
      signed: file.agreements[0].dated.earliest.milliseconds, isOwed: place != "zangilan-district")
  }

  static func naive(_ control: Situation.Control) -> NaiveControl {
    NaiveControl(
      holder: control.holder.description, standing: control.standing?.rawValue, isDisputed: control.isDisputed,
      evidence: Set(control.evidence.map(\.rawValue)), origins: control.origins)
  }

  /// The first query whose two answers differ, with both; nil where all are equal.
  static func difference(_ ledger: RandomLedger, _ index: SituationIndex, _ asked: Asked, _ file: Case) -> String? {
    let query = Query(on: asked.on, known: asked.known, said: asked.said, rule: Rule(asked.rule)!)
    let counted = ledger.counted(known: asked.known.milliseconds, said: asked.said.milliseconds)
    func account(_ claims: [NaiveTold], _ rule: String) -> NaiveAccount {
      NaiveAccount(
        claims: claims, on: asked.on.milliseconds, rule: rule, signed: file.agreements[0].dated.earliest.milliseconds,
        model: { model($0, file) })
    }
    func control(_ claims: [NaiveTold], _ place: String, _ rule: String) -> NaiveControl {
      let about = claims.filter { $0.type == "control_change" && $0.place == place }.map(\.claim)
      return model(place, file).control(about, on: asked.on.milliseconds, known: .max, said: .max, rule: rule)
    }
    func compare(_ name: String, _ found: String, _ expected: String) -> String? {
      found == expected ? nil : "\(name)\n  found \(found)\n  model \(expected)"
    }
    let naive = account(counted, asked.rule)
    let situation = index.situation(query)
    let before = ledger.counted(known: asked.earlier.milliseconds, said: asked.said.milliseconds)
    let changes = index.controlChanges(query, knownAt: asked.earlier, and: asked.known)
    let disagreement = index.disagreement(query, between: Rule(asked.rule)!, and: Rule(asked.other)!).control
    for place in RandomLedger.places {
      let id = PlaceID(place)
      let expected = control(counted, place, asked.rule)
      if let text = compare("control of \(place)", "\(Self.naive(index.control(of: id, query)))", "\(expected)") { return text }
      let shown = situation.control.first { $0.place == id }
      if let text = compare("\(place) in the situation", shown.map { "\(Self.naive($0))" } ?? "", "\(expected)") { return text }
      let steps = index.history(of: id, query).transitions.filter { !$0.isWithdrawn }.map { step in
        "\(step.holder) \(step.standing!.rawValue) \(step.isDisputed ? "disputed " : "")"
          + "\(step.window.lowerBound.milliseconds)..\(step.window.upperBound.milliseconds) \(step.evidence.map(\.rawValue).sorted())"
      }
      let history = model(place, file).history(
        counted.filter { $0.type == "control_change" && $0.place == place }.map(\.claim), known: .max, said: .max, rule: asked.rule)
      if let text = compare("history of \(place)", "\(steps.sorted())", "\(history.map(\.text).sorted())") { return text }
      let voices = index.voices(of: id, query).map { voice in
        let words =
          switch voice.word {
          case .holds(.left(let party)): "left by \(party)"
          case .holds(let holder): "\(holder)"
          case .denies(.left(let party)): "not left by \(party)"
          case .denies(let holder): "not \(holder)"
          }
        return "\(words) \(voice.evidence)"
      }
      if let text = compare("voices of \(place)", "\(voices.sorted())", "\(naive.voices(of: place))") { return text }
      // What changed in knowledge, and where two rules differ: by the two answers themselves.
      let pairs = [
        ("changes", changes, control(before, place, asked.rule), expected),
        ("disagreement", disagreement, expected, control(counted, place, asked.other)),
      ]
      for (name, list, first, second) in pairs {
        let found = list.first { $0.place == id }
        let isDifferent = first.holder != second.holder || first.standing != second.standing || first.isDisputed != second.isDisputed
        if isDifferent, found == nil { return "\(name) of \(place): none found\n  model \(first) -> \(second)" }
        guard let found else { continue }
        let text = compare(
          "\(name) of \(place)", "\(found.first.map(Self.naive)!) -> \(found.second.map(Self.naive)!)", "\(first) -> \(second)")
        if let text { return text }
      }
    }
    let whole = Query(on: asked.on, known: asked.known)
    let moved = index.voiceChanges(whole, knownAt: asked.earlier, and: asked.known)
    for place in RandomLedger.places {
      let (one, two) = (asked.earlier, asked.known)
      let old = account(ledger.counted(known: one.milliseconds, said: .max), "best").words(of: place).mapValues(\.word)
      let new = account(ledger.counted(known: two.milliseconds, said: .max), "best").words(of: place).mapValues(\.word)
      let differ = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.count
      let text = compare("voices of \(place) that changed", "\(moved.count { $0.place.rawValue == place })", "\(differ)")
      if let text { return text }
    }
    let found = index.exchanges(query)
    let exchanges = found.exchanges.map { exchange in
      let counts = exchange.counts.map { "\($0.what) \($0.figures.map { Int($0.quantity.maximum) }.sorted()) \($0.verdict.rawValue)" }
      return "\(exchange.givers[0]) \(exchange.evidence.map(\.rawValue).sorted()) \(counts)"
    }
    if let text = compare("exchanges", "\(exchanges.sorted())", "\(naive.exchanges())") { return text }
    let findings = found.findings.map { $0.evidence.sorted() }.sorted { $0.joined() < $1.joined() }
    if let text = compare("findings", "\(findings)", "\(naive.findings())") { return text }
    let ceasefires = situation.ceasefires.map { ceasefire in
      let window = ceasefire.from.begin
      return
        "\(window.lowerBound.milliseconds)..\(window.upperBound.milliseconds) \(ceasefire.word) \(ceasefire.evidence.map(\.rawValue).sorted())"
    }
    if let text = compare("ceasefires", "\(ceasefires.sorted())", "\(naive.ceasefires())") { return text }
    guard asked.on > file.agreements[0].dated.earliest else { return nil }
    let points = naive.points()
    let words = Dictionary(uniqueKeysWithValues: situation.commitments.map { ($0.id.rawValue, $0.word) })
    for provision in file.agreements[0].provisions {
      // Of a hand-over that was taken back the naive account does not say according to whom.
      let word = words[provision.id.rawValue].map { word in
        ["2", "6a", "6b"].contains(provision.id.rawValue.dropFirst(8)) && word.hasPrefix("broken") ? "broken" : word
      }
      let text = compare("point \(provision.id)", word ?? "none", points[String(provision.id.rawValue.dropFirst(8))] ?? "not told")
      if let text { return text }
    }
    let others = situation.commitments.filter { $0.id.rawValue.hasPrefix("claim/") }
      .map { "\($0.id) \($0.word) \($0.evidence.map(\.rawValue).sorted())" }
    if let text = compare("what no point knows", "\(others.sorted())", "\(naive.unprovided())") { return text }
    let alone = index.commitments(query).map { "\($0.id) \($0.word) \($0.evidence)" }
    return compare("commitments alone", "\(alone)", "\(situation.commitments.map { "\($0.id) \($0.word) \($0.evidence)" })")
  }

  static func index(_ ledger: RandomLedger, _ empty: SituationIndex) -> SituationIndex {
    var index = empty
    for entry in ledger.entries { index.add(entry) }
    return index
  }

  @Test("On random ledgers every query equals the naive account's (TRUCE_RUNS ledgers from TRUCE_SEED on, 60 where nothing is set)")
  func oracle() throws {
    let settings = ProcessInfo.processInfo.environment
    let runs = settings["TRUCE_RUNS"].flatMap { UInt64($0) } ?? 60
    let first = settings["TRUCE_SEED"].flatMap { UInt64($0) } ?? 1
    let file = try built()
    let empty = SituationIndex(case: file)
    for seed in first..<first + runs {
      var dice = OrderTests.Dice(state: seed &* 0x9e37_79b9_7f4a_7c15)
      // Most ledgers are small, because what goes wrong mostly goes wrong there; one in twenty goes up to 500 entries.
      let size = Int.random(in: 1...(seed % 20 == 0 ? 500 : 60), using: &dice)
      let ledger = RandomLedger(&dice, size: size)
      let index = EveryQueryOracleTests.index(ledger, empty)
      for _ in 0..<3 {
        let asked = EveryQueryOracleTests.asked(&dice, entries: ledger.entries.count)
        guard EveryQueryOracleTests.difference(ledger, index, asked, file) != nil else { continue }
        let small = ledger.shrunk { smaller in
          EveryQueryOracleTests.difference(smaller, EveryQueryOracleTests.index(smaller, empty), asked, file) != nil
        }
        let text = EveryQueryOracleTests.difference(small, EveryQueryOracleTests.index(small, empty), asked, file) ?? ""
        Issue.record("seed \(seed), \(asked)\n\(text)\n\(small.naive.map { "\($0)" }.joined(separator: "\n"))")
        return
      }
    }
  }

  @Test("Entries that come later never change an answer as known before them, rulings and readings among them", arguments: UInt64(1)...8)
  func prefix(seed: UInt64) throws {
    let file = try built()
    let empty = SituationIndex(case: file)
    var dice = OrderTests.Dice(state: seed &* 104_729)
    let ledger = RandomLedger(&dice, size: 60)
    let on = instant("2020-12-31T00:00:00+04:00")
    let all = EveryQueryOracleTests.index(ledger, empty)
    var growing = SituationIndex(case: file)
    for entry in ledger.entries {
      growing.add(entry)
      guard entry.sequence % 7 == 0 else { continue }
      let query = Query(on: on, size: entry.sequence + 1)
      #expect(all.situation(query).json == growing.situation(query).json, "seed \(seed), \(entry.sequence + 1) entries")
    }
  }

  @Test("Any order of reports and claims gives the same situation", arguments: UInt64(1)...8)
  func permutation(seed: UInt64) throws {
    let file = try built()
    let empty = SituationIndex(case: file)
    var dice = OrderTests.Dice(state: seed &* 15_485_863)
    let ledger = RandomLedger(&dice, size: 80)
    let query = Query(on: instant("2020-12-31T00:00:00+04:00"))
    let expected = EveryQueryOracleTests.index(ledger, empty).situation(query)
    // Readings of one report and rulings keep their order, because it is what they say.
    let ordered = ledger.entries.filter { $0.kind == .reading || $0.kind == .ruling }
    for _ in 0..<3 {
      var free = ledger.entries.filter { $0.kind == .report || $0.kind == .claim }.shuffled(using: &dice)[...]
      var kept = ordered[...]
      var index = SituationIndex(case: file)
      for sequence in 0..<UInt64(ledger.entries.count) {
        let takesFree = kept.isEmpty || !free.isEmpty && Bool.random(using: &dice)
        var entry = takesFree ? free.removeFirst() : kept.removeFirst()
        entry.sequence = sequence
        entry.recorded = RandomLedger.start.adding(seconds: Int64(sequence) * 600)
        index.add(entry)
      }
      var found = index.situation(query)
      // When a deadline came to be known is what the order says.
      for i in found.commitments.indices {
        for j in found.commitments[i].deadlines.indices where j < expected.commitments[i].deadlines.count {
          found.commitments[i].deadlines[j].known = expected.commitments[i].deadlines[j].known
        }
      }
      #expect(found.json == expected.json, "seed \(seed)")
      for place in RandomLedger.places {
        let voices = index.voices(of: PlaceID(place), query).map(\.evidence)
        #expect(voices == EveryQueryOracleTests.index(ledger, empty).voices(of: PlaceID(place), query).map(\.evidence), "seed \(seed)")
      }
    }
  }
}

extension RandomLedger {
  /// The ledger without what is not needed for a condition to hold.
  func shrunk(_ isStill: (RandomLedger) -> Bool) -> RandomLedger {
    var small = self
    var at = 0
    while at < small.entries.count {
      var fewer = small
      fewer.entries.remove(at: at)
      fewer.naive.remove(at: at)
      fewer.recorded.remove(at: at)
      for i in fewer.entries.indices { fewer.entries[i].sequence = UInt64(i) }
      if isStill(fewer) { small = fewer } else { at += 1 }
    }
    return small
  }
}
