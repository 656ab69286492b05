// The word for a commitment: total, unambiguous, and never more than the sources gave; every combination of its inputs.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct CommitmentWordTests {
  static func at(_ day: Int) -> Instant { Instant(seconds: Int64(day) * 86_400) }

  /// Every state over small sets of values, with every moment that makes a difference.
  static func everyState(_ body: (CommitmentState, Instant) -> Void) {
    let performances: [CommitmentState.Performance] = [
      .noInformation, .none, .begun, .partly(1, of: nil), .partly(1, of: 3), .done(at(1)..<at(2)), .done(at(4)..<at(6)),
      .done(at(6)..<at(7)),
      .done(at(9)..<at(10)), .done(.distantPast..<at(9)), .undone(by: ["X"]), .undone(by: []), .refused(by: ["X"]), .refused(by: []),
    ]
    let forces: [CommitmentState.Force] = [.inForce, .suspended, .discharged, .superseded, .void, .withdrawn(by: "X")]
    let breaches: [CommitmentState.Breach] = [.none, .incident, .broken(by: ["X"]), .broken(by: [])]
    let limits: [Instant?] = [nil, at(5)]
    for kind in Provision.Kind.allCases {
      for force in forces {
        for performance in performances {
          for breach in breaches {
            for (from, late) in [(limits[0], limits[0]), (at(2), nil), (nil, at(5)), (at(2), at(5))] {
              for (isRevised, revised) in [(false, nil), (true, nil), (true, at(8))] as [(Bool, Instant?)] {
                for flags in 0..<8 {
                  let state = CommitmentState(
                    kind: kind, from: from, dueFrom: late?.adding(seconds: -86_400), late: late, isRevised: isRevised, revisedLate: revised,
                    performance: performance, isPerformersWord: flags & 1 != 0, isDisputed: flags & 2 != 0, breach: breach,
                    isWatched: flags & 4 != 0, force: force)
                  for day in [0, 3, 4, 5, 7, 8, 12] { body(state, at(day)) }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Every word for which a state qualifies, written as a list of separate conditions that share nothing with the function: one must be left.
  static func qualifying(_ s: CommitmentState, _ now: Instant) -> [String] {
    var words: [String] = []
    let isGone = s.force == .void || s.force == .superseded
    var withdrawn: String?
    if case .withdrawn(let by) = s.force { withdrawn = by }
    let binds = !isGone && withdrawn == nil && s.force != .suspended
    var done: Range<Instant>?
    if case .done(let window) = s.performance { done = window }
    var part: String?
    if case .partly(let k, let n) = s.performance { part = n.map { "partly kept (\(k) of \($0))" } ?? "partly kept (\(k))" }
    var undoneBy: [String] = []
    if case .undone(let by) = s.performance { undoneBy = by }
    var refusedBy: [String] = []
    if case .refused(let by) = s.performance { refusedBy = by }
    var brokenBy: [String] = []
    if case .broken(let by) = s.breach { brokenBy = by }
    let isMaintain = s.kind == .maintain
    if isGone { words.append("void") }
    if let withdrawn { words.append("withdrawn by \(withdrawn)") }
    if s.force == .suspended { words.append("suspended") }
    let starts = isMaintain && binds && s.from.map { now >= $0 } ?? true
    if binds, isMaintain, !starts { words.append("pending") }
    if binds, isMaintain, starts {
      let accusers = !brokenBy.isEmpty ? brokenBy : s.breach == .none ? (undoneBy.isEmpty ? refusedBy : undoneBy) : []
      if !accusers.isEmpty, s.isDisputed { words.append("disputed") }
      if !accusers.isEmpty, !s.isDisputed { words.append("broken according to \(accusers.joined(separator: ", "))") }
      if s.breach != .none, brokenBy.isEmpty { words.append("incident reported") }
      if s.breach == .none, accusers.isEmpty, !s.isWatched { words.append("unobserved") }
      if s.breach == .none, accusers.isEmpty, s.isWatched { words.append(s.force == .discharged ? "kept" : "holding") }
    }
    if binds, !isMaintain {
      if s.isDisputed, done != nil || part != nil || !undoneBy.isEmpty { words.append("disputed") }
      if !s.isDisputed, let part { words.append(part) }
      if !s.isDisputed, !undoneBy.isEmpty { words.append("broken according to \(undoneBy.joined(separator: ", "))") }
      if !s.isDisputed, let done {
        if s.isPerformersWord {
          words.append("reported kept")
        } else if s.late.map({ done.upperBound <= $0 }) ?? true {
          words.append("kept")
        } else if done.lowerBound < s.late! {
          words.append("kept, day unknown")
        } else if s.isRevised, let revised = s.revisedLate, done.upperBound <= revised {
          words.append("kept on the revised date")
        } else {
          words.append("kept late")
        }
      }
      if done == nil, part == nil, undoneBy.isEmpty {
        let limit = s.isRevised ? s.revisedLate : s.late
        if s.force == .discharged {
          words.append("void")
        } else if limit == nil || now < limit!.adding(seconds: -86_400) {
          words.append("pending")
        } else if now < limit! {
          words.append("due")
        } else {
          words.append(s.performance == .noInformation ? "no information" : "overdue")
        }
      }
    }
    return words
  }

  @Test("Every state has exactly one word, the one that its conditions leave")
  func total() {
    var count = 0
    var wrong: [String] = []
    CommitmentWordTests.everyState { state, now in
      count += 1
      let word = CommitmentWord(state, at: now).description
      let expected = CommitmentWordTests.qualifying(state, now)
      if expected != [word], wrong.count < 5 { wrong.append("\(state) at \(now): \(word), expected \(expected)") }
    }
    #expect(count > 400_000)
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test("Broken always names a source, and nothing is kept or holding that nobody told or watched")
  func honest() {
    var faults = 0
    CommitmentWordTests.everyState { state, now in
      let word = CommitmentWord(state, at: now)
      if case .broken(let sources) = word, sources.isEmpty { faults += 1 }
      if word == .holding, !state.isWatched { faults += 1 }
      if [.kept, .keptLate, .keptOnRevisedDate, .keptDayUnknown, .reportedKept].contains(word) {
        let isOver = state.kind == .maintain && state.force == .discharged && state.isWatched
        if case .done = state.performance {} else if !isOver { faults += 1 }
      }
      if word == .overdue, state.performance == .noInformation { faults += 1 }
    }
    #expect(faults == 0)
  }

  @Test("A missed achieve that is done afterwards is kept late, not lost")
  func afterwards() {
    let late = CommitmentState(kind: .achieve, late: CommitmentWordTests.at(5), performance: .none)
    #expect(CommitmentWord(late, at: CommitmentWordTests.at(6)) == .overdue)
    var done = late
    done.performance = .done(CommitmentWordTests.at(6)..<CommitmentWordTests.at(7))
    #expect(CommitmentWord(done, at: CommitmentWordTests.at(8)) == .keptLate)
  }

  @Test(
    "'By', 'before' and 'until' 20 November decide whether 20 November itself is late",
    arguments: [("by", "kept"), ("before", "kept late"), ("until", "kept")])
  func words(word: String, expected: String) throws {
    let file = try small(terms: [Provision.Term(Deadline.Word(rawValue: word)!, when: day("2020-11-20", .due))])
    var book = Book()
    book.tell("a", "entered", who: "AZE", at: "village", "2020-11-20", by: [azeMinistry], said: "2020-11-20")
    let commitment = book.index(file).situation(Query(on: instant("2020-12-01T00:00:00+04:00"))).commitments[0]
    #expect(commitment.word == expected)
    #expect(commitment.days == (expected == "kept" ? nil : 1))
  }
}

/// A case of one village, two sides and one point.
func small(terms: [Provision.Term], kind: Provision.Kind = .achieve, act: String = "hand-over", rules: [EvidenceRule] = []) throws -> Case {
  let provision = Provision(
    id: "deal/1", article: "1", title: "The village is handed over", kind: kind, who: ["ARM"], whom: ["AZE"], act: act, place: "village",
    terms: terms)
  let agreement = Agreement(
    id: "deal", title: "Deal", signed: day("2020-11-10"), signatories: [], parties: ["ARM", "AZE"], zone: baku, provisions: [provision])
  var file = Case(
    id: "small", title: "Small", zone: baku,
    parties: [
      Party(id: "ARM", role: .side, names: [Name("Armenia")]), Party(id: "AZE", role: .side, names: [Name("Azerbaijan")]),
      Party(id: "RUS", role: .third, names: [Name("Russia")]),
    ], sources: [Source(id: "wire", names: [Name("Wire")])],
    places: [Place(id: "village", kind: .settlement, names: [Name("Village")], initialHolder: "ARM")], agreements: [agreement],
    digest: Digest(of: "small"))
  file.rules = rules
  return file
}
