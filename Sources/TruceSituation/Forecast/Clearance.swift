// What a forecast answers: the least time that clearing a place takes, as a range, and what holds it back.
public import TruceModel

/// The least time in which a number of vehicles can go from one place to another over the case's roads.
public struct Clearance: Sendable, Hashable {
  /// A road that holds the flow back, and its part in that, 0 to 1.
  public struct Bottleneck: Sendable, Hashable {
    public var road: String
    public var share: Double

    public init(road: String, share: Double) {
      self.road = road
      self.share = share
    }
  }

  /// One end of the range.
  public struct Bound: Sendable, Hashable {
    /// From the first departure to the last arrival.
    public var hours: Double
    public var vehicles: Double
    /// Arrivals once all ways flow.
    public var vehiclesAnHour: Double
    /// The roads of the minimum cut, the strongest first.
    public var bottlenecks: [Bottleneck]
    /// The roads that carry something.
    public var roads: [String]

    public init(hours: Double, vehicles: Double, vehiclesAnHour: Double, bottlenecks: [Bottleneck], roads: [String]) {
      self.hours = hours
      self.vehicles = vehicles
      self.vehiclesAnHour = vehiclesAnHour
      self.bottlenecks = bottlenecks
      self.roads = roads
    }
  }

  public var from: PlaceID
  public var to: PlaceID
  public var vehicles: ClosedRange<Double>
  /// The moment for which open and closed roads were told apart.
  public var on: Instant
  /// The fewest vehicles, the highest flows, the shortest transit times; nil where no open road leads there.
  public var best: Bound?
  /// The most vehicles, the lowest flows, the longest transit times; nil where the lowest flows let nothing through.
  public var worst: Bound?
  /// Open roads without any one of which there is no way: bridges of the graph.
  public var bridges: [String]
  public var closed: [String]
  /// What was taken for granted where the case is silent.
  public var assumptions: [String]
  /// The bottleneck between its places' names, and who observed its flow.
  public var bottleneckName: String?
  public var bottleneckSource: String?
  /// The places by the names to show.
  public var names: (from: String, to: String) { (fromName, toName) }
  private var fromName: String
  private var toName: String

  public init(
    from: PlaceID, to: PlaceID, names: (from: String, to: String), vehicles: ClosedRange<Double>, on: Instant, best: Bound?, worst: Bound?,
    bridges: [String], closed: [String] = [], assumptions: [String] = []
  ) {
    self.from = from
    self.to = to
    (fromName, toName) = names
    self.vehicles = vehicles
    self.on = on
    self.best = best
    self.worst = worst
    self.bridges = bridges
    self.closed = closed
    self.assumptions = assumptions
  }

  /// The road that holds back most: of the slow end, else of the quick one.
  public var bottleneck: String? { (worst ?? best)?.bottlenecks.first?.road }

  /// Whether a deadline can be met.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// Even the slow end of the range is in time.
    case feasible
    /// The quick end is in time, the slow end is not.
    case atRisk = "at risk"
    /// Not even the quick end is in time.
    case infeasible
    /// It has run out already.
    case past
  }

  /// Whether clearing can be done between two moments.
  public func verdict(from start: Instant, until end: Instant) -> Verdict {
    guard start < end else { return .past }
    let hours = Double(end.milliseconds - start.milliseconds) / 3_600_000
    guard let best, best.hours <= hours else { return .infeasible }
    guard let worst, worst.hours <= hours else { return .atRisk }
    return .feasible
  }

  /// The answer in a sentence.
  public var sentence: String {
    let count =
      Clearance.count(vehicles.lowerBound)
      + (vehicles.lowerBound == vehicles.upperBound ? "" : " to " + Clearance.count(vehicles.upperBound))
    var text = "\(fromName) to \(toName), \(count) vehicles: "
    guard let best else { return text + "no open road leads there." }
    text += "at least " + Clearance.length(best.hours)
    if let worst {
      let (low, high) = (Clearance.length(best.hours), Clearance.length(worst.hours))
      if low != high { text += ", up to " + high + " by the lowest observed flows" }
    } else {
      text += "; no upper bound, because nobody observed the flow of every road"
    }
    text += "."
    if let bottleneck {
      // The slow end first; where its flow is not known, what is known of the quick one.
      let rates = [worst, best].compactMap { $0.map { Clearance.count($0.vehiclesAnHour) } }
      text +=
        " The bottleneck is \(bottleneckName ?? bottleneck), " + (rates.first == rates.last ? rates[0] : rates.joined(separator: " to "))
      text += " vehicles an hour" + (bottleneckSource.map { " (\($0))" } ?? "")
      text += bridges.contains(bottleneck) ? "; it is the only road: without it there is no way." : "."
    }
    return text
  }

  /// Hours below two days, else days and hours: `2.9 hours`, `8 days 9 hours`.
  public static func length(_ hours: Double) -> String {
    if hours < 10 {
      let tenths = (hours * 10).rounded() / 10
      return tenths == tenths.rounded() ? (tenths == 1 ? "1 hour" : "\(Int(tenths)) hours") : "\(tenths) hours"
    }
    if hours > 1e6 { return "more than a century" }
    let whole = Int(hours.rounded())
    if whole < 48 { return "\(whole) hours" }
    let rest = whole % 24
    return "\(whole / 24) days" + (rest == 0 ? "" : rest == 1 ? " 1 hour" : " \(rest) hours")
  }

  /// A whole number in groups of three digits.
  public static func count(_ number: Double) -> String {
    guard number < 1e15 else { return "\(number)" }
    var digits = String(Int(number.rounded()))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits = String(digits.dropLast(3))
    }
    return ([digits] + groups).joined(separator: ",")
  }
}

extension Clearance {
  /// The answer as an object; an end of the range that has no bound is null.
  public var json: JSON {
    .compact([
      "from": JSON(from), "to": JSON(to), "on": JSON(on), "vehicles": [.number(vehicles.lowerBound), .number(vehicles.upperBound)],
      "hours": [best.map { .number($0.hours) } ?? .null, worst.map { .number($0.hours) } ?? .null], "best": best?.json,
      "worst": worst?.json, "bottleneck": bottleneck.map { JSON($0) }, "bridges": .array(bridges.map { JSON($0) }),
      "closed": closed.isEmpty ? nil : .array(closed.map { JSON($0) }),
      "assumptions": assumptions.isEmpty ? nil : .array(assumptions.map { JSON($0) }), "sentence": JSON(sentence),
    ])
  }
}

extension Clearance.Bound {
  public var json: JSON {
    .compact([
      "hours": .number(hours), "vehicles": .number(vehicles), "vehiclesAnHour": .number(vehiclesAnHour),
      "bottlenecks": .array(bottlenecks.map { ["road": JSON($0.road), "share": .number($0.share)] }),
      "roads": .array(roads.map { JSON($0) }),
    ])
  }
}
