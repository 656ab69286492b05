// Fusing sightings into incidents: the likest pairs first, each joining explained, none that any two members speak against.
public import TruceModel

/// Fuses sightings into incidents under counting rules.
///
/// Two sightings can be of one thing when different observers made them, of things that can be the same, with windows and stretches that meet
/// within the tolerances. Pairs are joined likest first; a joining is made only where every member of the one can be of one thing with every
/// member of the other. Rulings come before all rules. The result does not depend on the order of the sightings.
public func fuse(_ sightings: [Sighting], rules: CountingRules = CountingRules(), rulings: [IncidentRuling] = []) -> IncidentReport {
  var sightings = sightings.sorted { ($0.window.lowerBound, $0.id) < ($1.window.lowerBound, $1.id) }
  let vague = sightings.filter { seconds($0.window) > rules.longestWindowSeconds }
  sightings.removeAll { seconds($0.window) > rules.longestWindowSeconds }
  var fusion = Fusion(sightings: sightings, rules: rules)
  fusion.rule(rulings)
  fusion.join()
  return fusion.report(vague)
}

private func seconds(_ window: Range<Instant>) -> Double { Double(window.upperBound.milliseconds - window.lowerBound.milliseconds) / 1000 }

private struct Fusion {
  let sightings: [Sighting]
  let rules: CountingRules
  /// Of each sighting, the first of its cluster's; and of each first, the cluster.
  var leader: [Int]
  var clusters: [Int: [Int]]
  var merges: [Int: [IncidentMerge]] = [:]
  var apart: Set<[Int]> = []
  var doubts: [(Int, Int)] = []
  /// Joined by a ruling: no rule speaks against it.
  var ruled: Set<[Int]> = []

  init(sightings: [Sighting], rules: CountingRules) {
    self.sightings = sightings
    self.rules = rules
    leader = Array(sightings.indices)
    clusters = Dictionary(uniqueKeysWithValues: sightings.indices.map { ($0, [$0]) })
  }

  mutating func rule(_ rulings: [IncidentRuling]) {
    let index = Dictionary(sightings.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for ruling in rulings where ruling.act == .split {
      let members = ruling.observations.compactMap { index[$0] }.sorted()
      for (i, a) in members.enumerated() { for b in members[(i + 1)...] { apart.insert([a, b]) } }
    }
    for ruling in rulings where ruling.act == .merge {
      let members = ruling.observations.compactMap { index[$0] }.sorted()
      for (a, b) in zip(members, members.dropFirst()) {
        ruled.insert([a, b])
        let reason = "\(ruling.by) ruled that they are one" + (ruling.reason.map { ": \($0)" } ?? "")
        unite(a, b, IncidentMerge(first: sightings[a].id, second: sightings[b].id, reason: reason, isCertain: true, ruling: ruling.id))
      }
    }
  }

  mutating func join() {
    let reach = Int64((rules.timeToleranceSeconds + rules.startToleranceSeconds) * 1000)
    var pairs: [(a: Int, b: Int, unlikeness: Double)] = []
    for b in sightings.indices {
      var a = b - 1
      while a >= 0, sightings[b].window.lowerBound.milliseconds - sightings[a].window.lowerBound.milliseconds <= reach {
        if let unlikeness = rules.unlikeness(sightings[a], sightings[b]) { pairs.append((a, b, unlikeness)) }
        a -= 1
      }
    }
    pairs.sort { ($0.unlikeness, $0.a, $0.b) < ($1.unlikeness, $1.a, $1.b) }
    for pair in pairs {
      let (first, second) = (leader[pair.a], leader[pair.b])
      if first == second { continue }
      let isAllowed = clusters[first]!.allSatisfy { a in clusters[second]!.allSatisfy { b in canBeOne(a, b) } }
      guard isAllowed, pair.unlikeness <= 1 else {
        // Kept apart, though the pair by itself is hardly unlike: looser rules would join them.
        if pair.unlikeness <= 1.25, !isForbidden(first, second) { doubts.append((pair.a, pair.b)) }
        continue
      }
      let (a, b) = (sightings[pair.a], sightings[pair.b])
      unite(
        pair.a, pair.b,
        IncidentMerge(first: a.id, second: b.id, reason: rules.reason(a, b), isCertain: pair.unlikeness <= rules.certain, ruling: nil))
    }
  }

  /// Whether no observer is in both clusters and no ruling keeps them apart.
  private func isForbidden(_ first: Int, _ second: Int) -> Bool {
    let observers = Set(clusters[first]!.map { sightings[$0].observer })
    return clusters[second]!.contains { b in
      observers.contains(sightings[b].observer) || clusters[first]!.contains { apart.contains([min($0, b), max($0, b)]) }
    }
  }

  private func canBeOne(_ a: Int, _ b: Int) -> Bool {
    let pair = [min(a, b), max(a, b)]
    if apart.contains(pair) { return false }
    if ruled.contains(pair) { return true }
    return rules.unlikeness(sightings[pair[0]], sightings[pair[1]]).map { $0 <= 1.25 } ?? false
  }

  private mutating func unite(_ a: Int, _ b: Int, _ merge: IncidentMerge) {
    let (first, second) = (min(leader[a], leader[b]), max(leader[a], leader[b]))
    if first != second {
      for member in clusters[second]! { leader[member] = first }
      clusters[first]! += clusters.removeValue(forKey: second)!
      merges[first, default: []] += merges.removeValue(forKey: second) ?? []
    }
    merges[first, default: []].append(merge)
  }

  func report(_ vague: [Sighting]) -> IncidentReport {
    var incidents: [Incident] = []
    var ids: [Int: IncidentID] = [:]
    for first in clusters.keys.sorted() {
      let incident = Incident(clusters[first]!.map { sightings[$0] }, merges: merges[first] ?? [], rules: rules)
      ids[first] = incident.id
      incidents.append(incident)
    }
    for sighting in vague {
      var summary = Incident([sighting], merges: [], rules: rules)
      summary.isSummary = true
      summary.tellsOf = incidents.filter { !$0.isSummary && rules.tells(sighting, of: $0) }.map(\.id)
      incidents.append(summary)
    }
    let pairs = Set(doubts.map { [min(leader[$0.0], leader[$0.1]), max(leader[$0.0], leader[$0.1])] }).filter { $0[0] != $0[1] }
    return IncidentReport(
      rules: rules, incidents: incidents.sorted { ($0.window.lowerBound, $0.id) < ($1.window.lowerBound, $1.id) },
      doubts: pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map {
        IncidentReport.Doubt(first: ids[$0[0]]!, second: ids[$0[1]]!, at: sightings[$0[1]].window.lowerBound)
      })
  }
}

extension Incident {
  fileprivate init(_ sightings: [Sighting], merges: [IncidentMerge], rules: CountingRules) {
    let sorted = sightings.sorted { $0.id < $1.id }
    let members = sorted.map(\.id)
    // What all allow, else from the first to the last that any allows.
    let low = sorted.map(\.count.minimum).max()!
    let high = sorted.map(\.count.maximum).min()!
    let isAbout = sorted.allSatisfy(\.count.isAbout)
    let count =
      low <= high
      ? Count(low, high, isAbout: isAbout)
      : Count(sorted.map(\.count.minimum).min()!, sorted.map(\.count.maximum).max()!, isAbout: true)
    let from = sorted.map(\.window.lowerBound)
    let until = sorted.map(\.window.upperBound)
    let window = from.max()! < until.min()! ? from.max()!..<until.min()! : from.min()!..<until.max()!
    let slack = Int64(rules.timeToleranceSeconds * 500)
    let stretches = sorted.compactMap(\.stretch)
    var stretch: LineStretch?
    if let line = stretches.first?.line {
      let own = stretches.filter { $0.line == line }
      let (low, high) = (own.map(\.fromKm).max()!, own.map(\.toKm).min()!)
      stretch = low <= high ? LineStretch(line, fromKm: low, toKm: high) : LineStretch(line, fromKm: high, toKm: low)
    }
    let assessments = Set(sorted.compactMap(\.assessment)).subtracting([.undetermined])
    self.init(
      id: IncidentID(Digest(of: ([rules.name] + members.map(\.rawValue)).joined(separator: "\n")).short), rules: rules.name,
      what: sorted.compactMap(\.what).min { rules.telling($0) < rules.telling($1) },
      assessment: assessments.count == 1 ? assessments.first : sorted.contains { $0.assessment != nil } ? .undetermined : nil, count: count,
      window: window, began: from.min()!.adding(milliseconds: -slack)...from.min()!.adding(milliseconds: slack), stretch: stretch,
      place: sorted.compactMap(\.place).first, members: members,
      observers: Set(sorted.map(\.observer)).sorted(), merges: merges.sorted { ($0.first, $0.second) < ($1.first, $1.second) },
      isSummary: false, tellsOf: [])
  }
}
