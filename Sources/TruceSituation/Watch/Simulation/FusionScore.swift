// How well sightings were put together: pairs, totals and intervals against the truth.
import TruceModel

/// What a way of counting came to against the truth.
public struct FusionScore: Sendable, Hashable {
  /// Pairs of observations that are of one incident: joined rightly, joined wrongly, left apart wrongly.
  public var joinedRightly = 0
  public var joinedWrongly = 0
  public var leftApart = 0
  /// Incidents counted, and those that at least one observation is of.
  public var counted = 0
  public var observed = 0
  /// Nights, and those on which the true number lay within the stated interval.
  public var nights = 0
  public var nightsWithin = 0
  /// The widths of the nights' intervals, added up.
  public var widths = 0

  public init() {}

  /// The harmonic mean of precision and recall over pairs; 1 where there is no pair.
  public var f1: Double {
    let total = 2 * joinedRightly + joinedWrongly + leftApart
    return total == 0 ? 1 : 2 * Double(joinedRightly) / Double(total)
  }

  /// The count's error as a share of the truth; positive for too many.
  public var totalError: Double { observed == 0 ? 0 : Double(counted - observed) / Double(observed) }

  /// The share of nights with the truth inside the interval.
  public var cover: Double { nights == 0 ? 1 : Double(nightsWithin) / Double(nights) }

  public static func += (left: inout FusionScore, right: FusionScore) {
    left.joinedRightly += right.joinedRightly
    left.joinedWrongly += right.joinedWrongly
    left.leftApart += right.leftApart
    left.counted += right.counted
    left.observed += right.observed
    left.nights += right.nights
    left.nightsWithin += right.nightsWithin
    left.widths += right.widths
  }

  /// Scores clusters of observations against their true incidents.
  init(clusters: [[EntryID]], truth: [EntryID: Int]) {
    var sizes: [Int: Int] = [:]
    for incident in truth.values { sizes[incident, default: 0] += 1 }
    for cluster in clusters {
      var parts: [Int: Int] = [:]
      for member in cluster { parts[truth[member] ?? -1, default: 0] += 1 }
      let right = parts.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
      joinedRightly += right
      joinedWrongly += cluster.count * (cluster.count - 1) / 2 - right
    }
    leftApart = sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 } - joinedRightly
    counted = clusters.count
    observed = sizes.count
  }
}

/// Sightings put together by a window of kilometres and days, as event data sets are matched: the nearest pairs of one kind by different observers
/// first, none twice by one observer.
func clusters(_ sightings: [Sighting], withinKm km: Double, days: Double) -> [[EntryID]] {
  let sorted = sightings.sorted { ($0.window.lowerBound, $0.id) < ($1.window.lowerBound, $1.id) }
  func kind(_ what: Observation.What?) -> Int { what == .flare ? 1 : 0 }
  func middle(_ sighting: Sighting) -> Double { sighting.stretch.map { ($0.fromKm + $0.toKm) / 2 } ?? 0 }
  var pairs: [(nearness: Double, a: Int, b: Int)] = []
  let longest = Int64(days * 86_400_000)
  for b in sorted.indices {
    var a = b - 1
    while a >= 0 {
      let time = sorted[b].window.lowerBound.milliseconds - sorted[a].window.lowerBound.milliseconds
      if time > longest { break }
      let space = abs(middle(sorted[a]) - middle(sorted[b]))
      if space <= km, sorted[a].observer != sorted[b].observer, kind(sorted[a].what) == kind(sorted[b].what) {
        pairs.append((space / km + Double(time) / Double(longest), a, b))
      }
      a -= 1
    }
  }
  pairs.sort { ($0.nearness, $0.a, $0.b) < ($1.nearness, $1.a, $1.b) }
  var leader = Array(sorted.indices)
  var groups = sorted.indices.map { [$0] }
  var observers = sorted.map { Set([$0.observer]) }
  for pair in pairs {
    let (a, b) = (leader[pair.a], leader[pair.b])
    if a == b || !observers[a].isDisjoint(with: observers[b]) { continue }
    for member in groups[b] { leader[member] = a }
    groups[a] += groups[b]
    groups[b] = []
    observers[a].formUnion(observers[b])
  }
  return groups.filter { !$0.isEmpty }.map { $0.map { sorted[$0].id } }
}
