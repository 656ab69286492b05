// What a ledger's claims come to beside control, by a naive account of the rules' text: voices, exchanges, numbers.
import TruceModel

/// Answers about the claims that count.
struct NaiveAccount {
  let claims: [NaiveTold]
  let on: Int64
  let rule: String
  let signed: Int64
  let model: (String) -> NaiveModel

  func side(_ party: String) -> String { party == "NKR" ? "ARM" : party }
  func isAsserted(_ told: NaiveTold) -> Bool { !told.claim.denies }
  func isDated(_ claim: NaiveClaim) -> Bool { claim.from > -62_000_000_000_000 && claim.until - claim.from <= 31 * 86_400_000 }
  func overlap(_ a: NaiveClaim, _ b: NaiveClaim) -> Bool { a.from < b.until && b.from < a.until }
  func bySaid(_ a: NaiveTold, _ b: NaiveTold) -> Bool {
    a.claim.saidFrom != b.claim.saidFrom ? a.claim.saidFrom < b.claim.saidFrom : a.claim.id < b.claim.id
  }
  func byTime(_ a: NaiveTold, _ b: NaiveTold) -> Bool {
    if a.claim.until != b.claim.until { return a.claim.until < b.claim.until }
    return a.claim.from != b.claim.from ? a.claim.from < b.claim.from : a.claim.id < b.claim.id
  }
  func label(_ told: NaiveTold) -> String { told.claim.party ?? told.outlet }

  /// alleged 0, claimed 1, attested 2, conceded 3, agreed 4.
  private func rank(_ told: NaiveTold, gain: Set<String>, lose: Set<String>) -> Int {
    guard !told.claim.isAlleged, let party = told.claim.party.map(side) else { return 0 }
    return gain.contains(party) ? (lose.contains(party) ? 4 : 1) : lose.contains(party) ? 3 : 2
  }

  func admitted(_ list: [NaiveTold], gain: Set<String>, lose: Set<String>) -> [NaiveTold] {
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
        group.contains {
          isDated($0.claim) && isDated(told.claim) && overlap($0.claim, told.claim) && $0.claim.who == told.claim.who
            && $0.object == told.object
        }
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
    let counted = claims.filter { ["exchange", "displacement"].contains($0.type) && isAsserted($0) && !$0.when.isEmpty }
    for told in counted.sorted(by: bySaid) {
      for quantity in told.quantities {
        last["\(told.claim.speaker) \(told.type) \(told.claim.who) \(quantity.what)", default: [:]][told.when] = (told, quantity.count)
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
}
