// A naive model of control at one place, written from the rules' text and sharing no code with the fold: slow, plain, on strings and numbers.
import TruceModel

/// One claim as the model sees it.
struct NaiveClaim {
  var id: String
  var report: String
  var recorded: Int64
  var act: String
  var who: String
  /// "AZE/aze-mod-press", or the outlet's name.
  var speaker: String
  var party: String?
  var from: Int64
  var until: Int64
  var saidFrom: Int64
  var saidUntil: Int64
  var denies: Bool
  var isAlleged: Bool
}

struct NaiveControl: Equatable, CustomStringConvertible {
  var holder: String
  var standing: String?
  var isDisputed: Bool
  var evidence: Set<String>
  var origins: Int

  var description: String { "\(holder) \(standing ?? "-") \(isDisputed ? "disputed " : "")\(evidence.sorted()) \(origins)" }
}

struct NaiveModel {
  let day: Int64 = 86_400_000
  /// Who held the place at first.
  let initial: String
  let tolerance: Int64
  /// When the agreement was signed, its first moment.
  let signed: Int64
  let isOwed: Bool

  func side(_ party: String) -> String { party == "NKR" ? "ARM" : party }

  func parties(_ claim: NaiveClaim) -> (String?, String?) {
    switch claim.act {
    case "entered", "captured": (nil, claim.who)
    default: (claim.who, nil)
    }
  }

  func fits(_ a: (String?, String?), _ b: (String?, String?)) -> Bool {
    if let x = a.0, let y = b.0, side(x) != side(y) { return false }
    if let x = a.1, let y = b.1, side(x) != side(y) { return false }
    if let x = a.0, let y = b.1, side(x) == side(y) { return false }
    if let x = a.1, let y = b.0, side(x) == side(y) { return false }
    return true
  }

  func isBounded(_ claim: NaiveClaim) -> Bool { claim.from > -62_000_000_000_000 && claim.until - claim.from <= 31 * day }

  func distance(_ a: (Int64, Int64), _ b: (Int64, Int64)) -> Int64 { max(0, b.0 - a.1, a.0 - b.1) }

  struct Passage {
    var claims: [NaiveClaim]
    var denials: [NaiveClaim] = []
    var who: (String?, String?)
    var hull: (Int64, Int64)
  }

  /// - Parameters:
  ///   - rule: `anyone`, `best`, `party:X`, `against-interest`, `third-party`, `both-sides`.
  func control(_ all: [NaiveClaim], on: Int64, known: Int64, said: Int64, rule: String) -> NaiveControl {
    answer(history(all, known: known, said: said, rule: rule), on: on)
  }

  /// Every step of the place's history.
  func history(_ all: [NaiveClaim], known: Int64, said: Int64, rule: String) -> [Step] {
    let claims = all.filter { $0.recorded <= known && $0.saidUntil - 1 <= said }
    func earlier(_ a: NaiveClaim, _ b: NaiveClaim) -> Bool {
      a.until != b.until ? a.until < b.until : a.from != b.from ? a.from < b.from : a.id < b.id
    }
    var passages: [Passage] = []
    func join(_ claim: NaiveClaim, _ at: Int, widens: Bool) {
      passages[at].claims.append(claim)
      let told = parties(claim)
      passages[at].who = (passages[at].who.0 ?? told.0, passages[at].who.1 ?? told.1)
      if widens { passages[at].hull = (min(passages[at].hull.0, claim.from), max(passages[at].hull.1, claim.until)) }
    }
    let positive = claims.filter { !$0.denies }.sorted(by: earlier)
    for claim in positive where isBounded(claim) {
      var home: Int?
      for (i, passage) in passages.enumerated()
      where fits(passage.who, parties(claim)) && distance(passage.hull, (claim.from, claim.until)) <= tolerance {
        home = i
      }
      if let home {
        join(claim, home, widens: true)
      } else {
        passages.append(Passage(claims: [claim], who: parties(claim), hull: (claim.from, claim.until)))
      }
    }
    passages.sort { earlier($0.claims[0], $1.claims[0]) }
    for claim in positive where !isBounded(claim) {
      var home: Int?
      for (i, passage) in passages.enumerated()
      where fits(passage.who, parties(claim)) && passage.hull.0 < claim.until && claim.from < passage.hull.1 {
        home = i
      }
      guard let home else {
        passages.append(Passage(claims: [claim], who: parties(claim), hull: (claim.from, claim.until)))
        continue
      }
      let isLoose = !(passages[home].hull.0 > -62_000_000_000_000 && passages[home].hull.1 - passages[home].hull.0 <= 31 * day)
      join(claim, home, widens: false)
      if isLoose { passages[home].hull = (max(passages[home].hull.0, claim.from), min(passages[home].hull.1, claim.until)) }
    }
    for claim in claims.filter(\.denies).sorted(by: earlier) {
      var home: Int?
      for (i, passage) in passages.enumerated()
      where fits(passage.who, parties(claim)) && distance(passage.hull, (claim.from, claim.until)) <= tolerance
        && passage.hull.0 < claim.saidUntil
      {
        home = i
      }
      if let home { passages[home].denials.append(claim) }
    }
    return fold(passages, rule: rule)
  }

  /// A passage with what counts of it.
  struct Step {
    var evidence: [NaiveClaim]
    var standing: Int
    var who: (String?, String?)
    var window: (Int64, Int64)
    var holder: String
    var isDisputed: Bool
    var first: String

    /// In words that the fold's answer is put into as well.
    var text: String {
      let words = ["alleged", "claimed", "attested", "conceded", "agreed"]
      return "\(holder) \(words[standing]) \(isDisputed ? "disputed " : "")\(window.0)..\(window.1) \(evidence.map(\.id).sorted())"
    }
  }

  private func time(_ claims: [NaiveClaim]) -> (Int64, Int64) {
    var windows: [(Int64, Int64)] = []
    for claim in claims where isBounded(claim) {
      let isLast = !claims.contains { isBounded($0) && $0.speaker == claim.speaker && $0.saidFrom > claim.saidFrom }
      if isLast { windows.append((claim.from, claim.until)) }
    }
    if windows.isEmpty { windows = claims.map { ($0.from, $0.until) } }
    let (low, high) = (windows.map(\.0).max()!, windows.map(\.1).min()!)
    return low < high ? (low, high) : (windows.map(\.0).min()!, windows.map(\.1).max()!)
  }

  private func merged(_ claims: [NaiveClaim]) -> (String?, String?) {
    var who: (String?, String?) = (nil, nil)
    for claim in claims { who = (who.0 ?? parties(claim).0, who.1 ?? parties(claim).1) }
    return who
  }

  private func fold(_ passages: [Passage], rule: String) -> [Step] {
    struct Live {
      var claims: [NaiveClaim]
      var denials: [NaiveClaim]
      var who: (String?, String?)
      var window: (Int64, Int64)
    }
    func live(_ claims: [NaiveClaim], _ denials: [NaiveClaim]) -> Live {
      let kept = claims.filter { claim in !denials.contains { $0.speaker == claim.speaker && $0.saidFrom > claim.saidFrom } }
      let standing = denials.filter { denial in !claims.contains { $0.speaker == denial.speaker && $0.saidFrom > denial.saidFrom } }
      let shown = kept.isEmpty ? claims : kept
      return Live(claims: kept, denials: standing, who: merged(shown), window: time(shown))
    }
    func order(_ a: Live, _ b: Live) -> Bool {
      func bySaid(_ claims: [NaiveClaim]) -> String? {
        claims.min { $0.saidFrom != $1.saidFrom ? $0.saidFrom < $1.saidFrom : $0.id < $1.id }?.id
      }
      if a.window.1 != b.window.1 { return a.window.1 < b.window.1 }
      if a.window.0 != b.window.0 { return a.window.0 < b.window.0 }
      return (bySaid(a.claims) ?? "") < (bySaid(b.claims) ?? "")
    }
    var steps: [Step] = []
    var before = initial
    for passage in passages.map({ live($0.claims, $0.denials) }).filter({ !$0.claims.isEmpty }).sorted(by: order) {
      var (gain, lose): (Set<String>, Set<String>) = ([], [])
      let sides: Set<String> = ["AZE", "ARM"]
      let bare = before.hasPrefix("not-") ? String(before.dropFirst(4)) : before
      let holder = ["contested", "unknown"].contains(before) ? nil : side(bare)
      switch (passage.who.0.map(side), passage.who.1.map(side)) {
      case (let from, let to?):
        gain = [to]
        lose = from.map { [$0] } ?? (holder != nil && holder != to ? [holder!] : sides.subtracting([to]))
      case (let from?, nil): (gain, lose) = (sides.subtracting([from]), [from])
      case (nil, nil): (gain, lose) = (holder.map { (sides.subtracting([$0]), [$0]) } ?? (sides, []))
      }
      func rank(_ claim: NaiveClaim) -> Int {
        guard !claim.isAlleged, let party = claim.party else { return 0 }
        return gain.contains(side(party)) ? 1 : lose.contains(side(party)) ? 3 : 2
      }
      let evidence = passage.claims.filter { claim in
        switch rule {
        case "against-interest": rank(claim) == 3
        case "third-party": rank(claim) == 2
        case "both-sides": rank(claim) == 1 || rank(claim) == 3
        case "anyone", "best": true
        default: claim.party == String(rule.dropFirst(6))
        }
      }
      let ranks = Set(evidence.map(rank))
      if evidence.isEmpty || (rule == "both-sides" && !(ranks.contains(1) && ranks.contains(3))) { continue }
      let standing = ranks.contains(1) && ranks.contains(3) ? 4 : ranks.max()!
      let counted = evidence.count < passage.claims.count ? live(evidence, passage.denials) : passage
      var next = before
      if let to = counted.who.1 {
        next = to
      } else if let from = counted.who.0 {
        if before.hasPrefix("not-") || before == "unknown" || before == "contested" || side(before) == side(from) { next = "not-\(from)" }
      }
      if counted.window.1 <= signed, side(next) != side(initial) { next = initial }
      steps.append(
        Step(
          evidence: evidence, standing: standing, who: counted.who, window: counted.window, holder: next,
          isDisputed: counted.denials.contains { $0.party != nil }, first: evidence[0].id))
      before = next
    }
    return weigh(steps, rule)
  }

  private func isAnchored(_ window: (Int64, Int64)) -> Bool { window.0 > -62_000_000_000_000 && window.1 - window.0 <= 31 * day }

  private func weigh(_ steps: [Step], _ rule: String) -> [Step] {
    var rest = steps
    var result: [Step] = []
    while !rest.isEmpty {
      var group = [rest.removeFirst()]
      while let next = rest.first,
        group.contains(where: { other in
          next.window.0 < other.window.1 && other.window.0 < next.window.1 && isAnchored(next.window) && isAnchored(other.window)
            && !fits(next.who, other.who)
        })
      {
        group.append(rest.removeFirst())
      }
      guard group.count > 1 else {
        result.append(group[0])
        continue
      }
      let best = group.map(\.standing).max()!
      let winners = group.filter { $0.standing == best }
      var winner = winners[0]
      winner.isDisputed = true
      if rule != "best" || winners.count > 1 { winner.holder = "contested" }
      result.append(winner)
    }
    return result
  }

  func answer(_ steps: [Step], on: Int64) -> NaiveControl {
    var control = NaiveControl(holder: initial, standing: nil, isDisputed: false, evidence: [], origins: 0)
    let words = ["alleged", "claimed", "attested", "conceded", "agreed"]
    for step in steps {
      let isCertain = step.window.1 - 1 <= on || (step.window.0 < on && step.window.1 - step.window.0 <= 25 * 3_600_000)
      let isPossible = step.window.0 < on && isOwed && signed < on
      guard isCertain || isPossible else { continue }
      control = NaiveControl(
        holder: isCertain ? step.holder : "unknown", standing: words[step.standing], isDisputed: isCertain && step.isDisputed,
        evidence: Set(step.evidence.map(\.id)), origins: Set(step.evidence.map(\.speaker)).count)
    }
    return control
  }
}
