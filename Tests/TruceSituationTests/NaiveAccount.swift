// What a ledger's claims come to beside control, by a naive account of the rules' text: voices, exchanges, numbers, commitments.
import TruceModel

/// Answers about the claims that count.
struct NaiveAccount {
  let claims: [NaiveTold]
  let on: Int64
  let rule: String
  let signed: Int64
  let model: (String) -> NaiveModel

  private func side(_ party: String) -> String { party == "NKR" ? "ARM" : party }
  private func isAsserted(_ told: NaiveTold) -> Bool { !told.claim.denies }
  private func isDated(_ claim: NaiveClaim) -> Bool { claim.from > -62_000_000_000_000 && claim.until - claim.from <= 31 * 86_400_000 }
  private func overlap(_ a: NaiveClaim, _ b: NaiveClaim) -> Bool { a.from < b.until && b.from < a.until }
  private func bySaid(_ a: NaiveTold, _ b: NaiveTold) -> Bool {
    a.claim.saidFrom != b.claim.saidFrom ? a.claim.saidFrom < b.claim.saidFrom : a.claim.id < b.claim.id
  }
  private func byTime(_ a: NaiveTold, _ b: NaiveTold) -> Bool {
    if a.claim.until != b.claim.until { return a.claim.until < b.claim.until }
    return a.claim.from != b.claim.from ? a.claim.from < b.claim.from : a.claim.id < b.claim.id
  }
  private func label(_ told: NaiveTold) -> String { told.claim.party ?? told.outlet }

  /// alleged 0, claimed 1, attested 2, conceded 3, agreed 4.
  private func rank(_ told: NaiveTold, gain: Set<String>, lose: Set<String>) -> Int {
    guard !told.claim.isAlleged, let party = told.claim.party.map(side) else { return 0 }
    return gain.contains(party) ? (lose.contains(party) ? 4 : 1) : lose.contains(party) ? 3 : 2
  }

  private func admitted(_ list: [NaiveTold], gain: Set<String>, lose: Set<String>) -> [NaiveTold] {
    func ranked(_ told: NaiveTold) -> Int { rank(told, gain: gain, lose: lose) }
    let kept = list.filter { told in
      switch rule {
      case "anyone", "best": true
      case "against-interest": ranked(told) >= 3
      case "third-party": ranked(told) == 2
      case "both-sides": [1, 3, 4].contains(ranked(told))
      default: told.claim.party == String(rule.dropFirst(6))
      }
    }
    let ranks = Set(kept.map(ranked))
    if rule == "both-sides", !ranks.contains(4), !(ranks.contains(1) && ranks.contains(3)) { return [] }
    return kept
  }

  // MARK: - Voices

  /// What each origin says of a place: "word party claim", sorted.
  func voices(of place: String) -> [String] { words(of: place).map { "\($0.value.word) \($0.value.claim)" }.sorted() }

  /// What each origin says of a place, by origin: its word, and the claim that says it.
  func words(of place: String) -> [String: (word: String, claim: String)] {
    var last: [String: NaiveTold] = [:]
    for told in claims.filter({ $0.type == "control_change" && $0.place == place }).sorted(by: bySaid) {
      let claim = told.claim
      var from = claim.from
      if !isDated(claim) { from = claim.until < 250_000_000_000_000 ? claim.until - 1 : max(claim.from, claim.saidFrom) }
      if from <= on { last[claim.speaker] = told }
    }
    return last.mapValues { told in
      let gains = ["entered", "captured"].contains(told.claim.act)
      return ("\(told.claim.denies ? "not " : "")\(gains ? "" : "left by ")\(told.claim.who)", told.claim.id)
    }
  }

  // MARK: - Exchanges and numbers

  /// Exchanges as "giver [claims] what figures verdict", sorted.
  func exchanges() -> [String] {
    var groups: [[NaiveTold]] = []
    for told in claims.filter({ $0.type == "exchange" && isAsserted($0) && $0.claim.from < on }).sorted(by: byTime) {
      let home = groups.lastIndex { group in
        group.contains { isDated($0.claim) && isDated(told.claim) && overlap($0.claim, told.claim) && $0.claim.who == told.claim.who }
      }
      if let home { groups[home].append(told) } else { groups.append([told]) }
    }
    return groups.compactMap { group -> String? in
      let kept = admitted(group, gain: [group[0].claim.who], lose: [group[0].whom]).sorted(by: bySaid)
      if kept.isEmpty { return nil }
      var figures: [String: [String: (label: String, count: Int)]] = [:]
      for told in kept {
        for quantity in told.quantities {
          figures[quantity.what, default: [:]][told.claim.speaker] = (label(told), quantity.count)
        }
      }
      let counts = figures.keys.sorted().map { what in
        let list = figures[what]!.values
        let isOne = Set(list.map(\.label)).count == 1
        let verdict = isOne ? "only one side" : Set(list.map(\.count)).count > 1 ? "differs" : "matched"
        return "\(what) \(list.map(\.count).sorted()) \(verdict)"
      }
      return "\(group[0].claim.who) \(kept.map(\.claim.id).sorted()) \(counts)"
    }.sorted()
  }

  /// The claims of each broken check, sorted.
  func findings() -> [[String]] {
    var found: [[String]] = []
    let told = claims.filter { $0.type == "exchange" }
    for one in told {
      guard let total = one.quantities.first(where: { $0.what == "returned" }) else { continue }
      if one.quantities.reduce(0, { $0 + $1.count }) != 2 * total.count { found.append([one.claim.id]) }
    }
    let dated = told.filter { isAsserted($0) && !$0.when.isEmpty }.sorted(by: bySaid)
    for (i, left) in dated.enumerated() {
      for right in dated[(i + 1)...]
      where left.claim.speaker != right.claim.speaker && left.claim.who == right.claim.who && overlap(left.claim, right.claim) {
        for one in left.quantities {
          for other in right.quantities where other.what == one.what && other.count != one.count {
            found.append([left.claim.id, right.claim.id].sorted())
          }
        }
      }
    }
    return (found + falls() + counters()).sorted { $0.joined() < $1.joined() }
  }

  /// Totals until a day below those until an earlier one, and days that come to more than a total; of one speaker, giver and thing.
  private func counters() -> [[String]] {
    var last: [String: [String: (told: NaiveTold, count: Int)]] = [:]
    for told in claims.filter({ $0.type == "exchange" && isAsserted($0) && !$0.when.isEmpty }).sorted(by: bySaid) {
      for quantity in told.quantities {
        last["\(told.claim.speaker) \(told.claim.who) \(quantity.what)", default: [:]][told.when] = (told, quantity.count)
      }
    }
    var found: [[String]] = []
    for figures in last.values {
      let totals = figures.filter { $0.key.hasPrefix("..") }.sorted { $0.key < $1.key }
      var highest: (told: NaiveTold, count: Int)?
      for (day, total) in totals {
        if let known = highest, total.count < known.count {
          found.append([known.told.claim.id, total.told.claim.id].sorted())
        } else {
          highest = total
        }
        let days = figures.filter { !$0.key.hasPrefix("..") && $0.key <= day.dropFirst(3) }.map(\.value)
        if days.map(\.count).reduce(0, +) > total.count {
          found.append(([total.told.claim.id] + days.map(\.told.claim.id)).sorted())
        }
      }
    }
    return found
  }

  /// A count of posts below an earlier one.
  private func falls() -> [[String]] {
    var groups: [String: [NaiveTold]] = [:]
    for told in claims where told.type == "post_established" && isAsserted(told) {
      groups["\(told.claim.who) \(told.place) \(told.claim.isAlleged) \(told.when)", default: []].append(told)
    }
    let sides: Set<String> = ["AZE", "ARM"]
    var events: [(first: NaiveTold, from: Int64, until: Int64, count: Int, ids: [String])] = []
    for group in groups.values where !group[0].when.isEmpty {
      let actor = side(group[0].claim.who)
      let kept = admitted(group, gain: [actor], lose: sides.subtracting([actor])).sorted(by: bySaid)
      guard let first = kept.first else { continue }
      var counts: [String: Int] = [:]
      for told in kept { counts[told.claim.speaker] = told.quantities[0].count }
      let isOpen = group[0].when.hasPrefix("..")
      let day = baku.instant(CivilDate(String(group[0].when.suffix(10)))!).milliseconds
      let from = isOpen ? Instant.distantPast.milliseconds : day
      if from < on { events.append((first, from, day + 86_400_000, counts.values.max()!, kept.map(\.claim.id))) }
    }
    events.sort { a, b in
      a.from != b.from ? a.from < b.from : a.until != b.until ? a.until < b.until : a.first.claim.id < b.first.claim.id
    }
    var found: [[String]] = []
    var highest: (count: Int, ids: [String])?
    for event in events {
      if let known = highest, event.count < known.count {
        found.append((known.ids + event.ids).sorted())
      } else {
        highest = (event.count, event.ids)
      }
    }
    return found
  }

  // MARK: - Commitments

  /// The word for a district that Armenia hands over by the end of a day.
  func handOver(of place: String, by due: String) -> String {
    let late = baku.instant(CivilDate(due)!.adding(days: 1)).milliseconds
    let moved = claims.filter { $0.type == "deadline_revised" && $0.place == place && $0.claim.from < on }.sorted(by: bySaid)
    var dates: [String] = []
    for told in moved where !dates.contains("\(told.becomes!) \(label(told))") { dates.append("\(told.becomes!) \(label(told))") }
    let revised = dates.last.map { baku.instant(CivilDate(String($0.prefix(10)))!.adding(days: 1)).milliseconds }
    let steps = model(place).history(
      claims.filter { $0.type == "control_change" && $0.place == place }.map(\.claim), known: .max, said: .max, rule: rule)
    func isEffective(_ window: (Int64, Int64)) -> Bool {
      window.1 - 1 <= on || (window.0 < on && window.1 - window.0 <= 25 * 3_600_000)
    }
    let passages = steps.filter { step in
      model(place).fits(step.who, ("ARM", "AZE")) && step.window.1 > signed && isEffective(step.window)
    }
    if let done = passages.first(where: { $0.who.1 != nil }) ?? passages.first {
      let back = steps.contains { $0.window.1 > done.window.1 && isEffective($0.window) && ["ARM", "NKR"].contains($0.holder) }
      if back { return done.isDisputed ? "disputed" : "broken" }
      if done.isDisputed { return "disputed" }
      let parties = done.evidence.compactMap(\.party)
      if !parties.isEmpty, parties.allSatisfy({ side($0) == "ARM" }) { return "reported kept" }
      let window = (max(done.window.0, signed), done.window.1)
      if window.1 <= late { return "kept" }
      if window.0 < late { return "kept, day unknown" }
      if let revised, window.1 <= revised { return "kept on the revised date" }
      return "kept late"
    }
    let end = revised ?? late
    if on >= end {
      let about = claims.contains { told in
        told.place == place && (told.type == "control_change" || told.type == "deadline_revised")
          && !(isAsserted(told) && told.type == "control_change" && !told.when.isEmpty && told.claim.until <= signed)
      }
      return about ? "overdue" : "no information"
    }
    return on >= end - 86_400_000 ? "due" : "pending"
  }

  /// The word for the ceasefire: broken according to so many, an incident, or nobody knows of one.
  func ceasefire(from start: Int64) -> String {
    let fire = claims.filter {
      $0.type == "ceasefire_violation" && isAsserted($0) && !$0.when.isEmpty && $0.claim.from >= start && $0.claim.from < on
    }
    let kept = admitted(fire, gain: [], lose: ["AZE", "ARM"])
    if on < start { return "pending" }
    if kept.isEmpty { return "quiet" }
    let named = Set(kept.compactMap(\.claim.party))
    return named.isEmpty ? "incident reported" : "broken according to " + named.sorted().joined(separator: ", ")
  }

  /// The word for the exchange of prisoners: how many were told, at most.
  func prisoners() -> String {
    let about = claims.filter { told in
      told.type == "exchange" && !(isAsserted(told) && !told.when.isEmpty && told.claim.until <= signed)
    }
    let kept = admitted(about.filter { isAsserted($0) && $0.claim.from < on }, gain: ["AZE", "ARM"], lose: [])
    guard let first = kept.sorted(by: bySaid).min(by: { $0.claim.until < $1.claim.until })?.claim else { return "pending" }
    let denied = about.contains { told in
      told.claim.denies && told.claim.party != nil && told.claim.from < on && told.claim.saidUntil > first.from
        && told.claim.saidUntil >= first.until
    }
    if denied { return "disputed" }
    return "partly kept (\(kept.flatMap(\.quantities).map(\.count).max()!))"
  }
}
