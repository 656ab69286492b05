// The simulator: a contact line with known incidents, delivered in time and over a broken link, and how the watch stands up to it.
public import TruceModel

/// What one or more simulated worlds came to.
public struct SimulationReport: Sendable, Hashable {
  /// The first seed, and how many from it on.
  public var seed: UInt64
  public var worlds = 0
  /// Worlds whose late and broken delivery came to the same digest as the punctual one, and the seeds of the others.
  public var converged = 0
  public var diverged: [UInt64] = []
  /// Records that were made, that never arrived, and that counted twice.
  public var records = 0
  public var lost = 0
  public var doubled = 0
  /// Entries that the broken delivery brought, repetitions and contacts with them.
  public var entries = 0
  /// Incidents that happened, and that nobody observed.
  public var incidents = 0
  public var unobserved = 0
  /// Kilometre-hours watched, and in all.
  public var watchedKmHours = 0.0
  public var totalKmHours = 0.0
  /// The counting rules, and the windows of 1 km and 1 day, and of 5 km and 2 days, on the same observations.
  public var rules = FusionScore()
  public var window1 = FusionScore()
  public var window5 = FusionScore()
  /// The rules' name.
  public var rulesName = CountingRules().name

  public static func += (left: inout SimulationReport, right: SimulationReport) {
    left.worlds += right.worlds
    left.converged += right.converged
    left.diverged += right.diverged
    left.records += right.records
    left.lost += right.lost
    left.doubled += right.doubled
    left.entries += right.entries
    left.incidents += right.incidents
    left.unobserved += right.unobserved
    left.watchedKmHours += right.watchedKmHours
    left.totalKmHours += right.totalKmHours
    left.rules += right.rules
    left.window1 += right.window1
    left.window5 += right.window5
  }
}

/// Simulates one world: 16 days on 180 km with 27 posts, 10 cameras and 5 drones, wrong clocks, gaps, 14 days of silence and a loss of 95 %.
public func simulate(seed: UInt64, rules: CountingRules = CountingRules()) -> SimulationReport {
  var random = SimulationRandom(seed: seed)
  let world = SimulatedWorld(random: &random)
  let punctual = world.punctual(random: &random).reduce(into: WatchIndex()) { $0.add($1) }
  let entries = world.lossy(random: &random)
  let late = entries.reduce(into: WatchIndex()) { $0.add($1) }
  var report = SimulationReport(seed: seed)
  report.worlds = 1
  report.rulesName = rules.name
  func digest(_ watch: WatchIndex) -> Digest {
    watch.digest(lines: [SimulatedWorld.line: SimulatedWorld.lengthKm], from: SimulatedWorld.start, until: world.end, rules: rules)
  }
  if digest(punctual) == digest(late) { report.converged = 1 } else { report.diverged = [seed] }
  report.entries = entries.count
  report.records = world.checkIns.count + world.observations.count
  let made = Set(world.checkIns.map(\.record.id) + world.observations.map(\.record.id))
  let counted = late.logs.values.flatMap { $0.timedCheckIns.map(\.checkIn.id) } + late.accepted.map(\.record.id)
  report.lost = made.subtracting(counted).count
  report.doubled = counted.count - Set(counted).count
  report.incidents = world.incidents.count
  report.unobserved = world.incidents.count - Set(world.truth.values).count
  let coverage = late.coverage(of: SimulatedWorld.line, lengthKm: SimulatedWorld.lengthKm, from: SimulatedWorld.start, until: world.end)
  report.watchedKmHours = coverage.watchedKmHours
  report.totalKmHours = coverage.totalKmHours
  let sightings = late.sightings()
  let fused = fuse(sightings, rules: rules)
  report.rules = FusionScore(clusters: fused.incidents.map(\.members), truth: world.truth)
  report.window1 = FusionScore(clusters: clusters(sightings, withinKm: 1, days: 1), truth: world.truth)
  report.window5 = FusionScore(clusters: clusters(sightings, withinKm: 5, days: 2), truth: world.truth)
  let observed = Set(world.truth.values).sorted()
  for day in 0..<SimulatedWorld.days {
    let from = SimulatedWorld.start.adding(seconds: Int64(day) * 86_400 + 14 * 3600)
    let night = from..<from.adding(seconds: 12 * 3600)
    let truth = observed.count { night.contains(world.incidents[$0].start) }
    let count = fused.count(in: night)
    report.rules.nights += 1
    report.rules.nightsWithin += (count.minimum...count.maximum).contains(truth) ? 1 : 0
    report.rules.widths += count.maximum - count.minimum
  }
  return report
}

/// Simulates worlds with the seeds from `seed` on and adds them up.
///
/// - Parameter progress: told how many are done after each.
public func simulate(
  seed: UInt64, count: Int, rules: CountingRules = CountingRules(), progress: (Int) -> Void = { _ in }
) -> SimulationReport {
  var total = SimulationReport(seed: seed)
  total.rulesName = rules.name
  for i in 0..<max(0, count) {
    total += simulate(seed: seed &+ UInt64(i), rules: rules)
    progress(i + 1)
  }
  return total
}

extension WatchIndex {
  /// A digest over all that does not depend on when records arrived: the posts' phases and check-ins, coverage, incidents, missing numbers.
  ///
  /// Two watches that took in the same records come to the same digest, in whatever order, how late and how often they took them in.
  public func digest(
    lines: [PlaceID: Double], from: Instant, until: Instant, rules: CountingRules = CountingRules()
  ) -> Digest {
    var parts: [JSON] = []
    for post in posts {
      let log = logs[post]!
      parts.append([
        "post": JSON(post), "phases": .array(log.phases().map { ["from": JSON($0.from), "until": JSON($0.until), "post": $0.post.json] }),
        "checkIns": .array(log.timedCheckIns.map { [JSON($0.at), JSON($0.checkIn.id)] }),
        "missing": .array(log.missingNumbers.map { [JSON($0.lowerBound), JSON($0.upperBound)] }),
      ])
    }
    for (line, length) in lines.sorted(by: { $0.key < $1.key }) {
      parts.append(coverage(of: line, lengthKm: length, from: from, until: until).json)
    }
    parts += incidents(rules: rules).incidents.map(\.json)
    return Digest(of: JSON.array(parts).canonical)
  }
}

extension SimulationReport {
  /// What it came to, a line each.
  public var text: String {
    func percent(_ share: Double) -> String { fixed(share * 100, 2) + " %" }
    var lines = [
      "worlds \(worlds), seeds from \(seed): converged \(converged), diverged \(diverged.count)"
        + (diverged.isEmpty ? "" : " (seeds \(diverged.prefix(10).map { String($0) }.joined(separator: ", ")))"),
      "records \(records), lost \(lost), doubled \(doubled), entries delivered \(entries)",
      "incidents \(incidents), observed by nobody \(unobserved); watched \(percent(totalKmHours > 0 ? watchedKmHours / totalKmHours : 0)) of the line's km·h",
    ]
    for (name, score) in [(rulesName, rules), ("1 km / 1 day", window1), ("5 km / 2 days", window5)] {
      var line =
        "\(name): pairwise F1 \(fixed(score.f1, 4)), counted \(score.counted) of \(score.observed), error \(percent(score.totalError))"
      if score.nights > 0 {
        line +=
          ", truth inside the interval on \(percent(score.cover)) of \(score.nights) nights (mean width \(fixed(Double(score.widths) / Double(score.nights), 2)))"
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  public var json: JSON {
    func form(_ score: FusionScore) -> JSON {
      .compact([
        "f1": .number(score.f1), "counted": JSON(score.counted), "observed": JSON(score.observed), "totalError": .number(score.totalError),
        "nights": score.nights > 0 ? JSON(score.nights) : JSON?.none, "cover": score.nights > 0 ? JSON.number(score.cover) : JSON?.none,
      ])
    }
    return [
      "seed": .string(String(seed)), "worlds": JSON(worlds), "converged": JSON(converged),
      "diverged": .array(diverged.map { .string(String($0)) }),
      "records": JSON(records), "lost": JSON(lost), "doubled": JSON(doubled), "entries": JSON(entries), "incidents": JSON(incidents),
      "unobserved": JSON(unobserved), "watchedKmHours": .number(watchedKmHours), "totalKmHours": .number(totalKmHours),
      "rules": JSON(rulesName),
      "fused": form(rules), "window-1km-1day": form(window1), "window-5km-2days": form(window5),
    ]
  }
}

/// A number with a fixed count of decimals.
private func fixed(_ value: Double, _ decimals: Int) -> String {
  var scale = 1
  for _ in 0..<decimals { scale *= 10 }
  let whole = Int((abs(value) * Double(scale)).rounded())
  let fraction = String(whole % scale)
  let text = "\(whole / scale)." + String(repeating: "0", count: decimals - fraction.utf8.count) + fraction
  return value < 0 && whole > 0 ? "-" + text : text
}
