// The forecast: how soon a place can be cleared over the case's roads, and whether a deadline that depends on it can be met.
public import TruceAtlas
public import TruceModel

/// Answers about the roads of a case.
///
/// It says the least time: what the roads allow when everybody drives as soon as there is room. Nothing of weather, breakdowns or traffic the
/// other way is in it but what the observed flows and transit times hold.
public struct Forecast: Sendable {
  /// What two lanes carry one way where the case gives no flow, vehicles an hour (a capacity manual's figure for rural roads).
  public static let flowOfTwoLanes = 1700.0
  /// Kilometres an hour between which transit times lie where the case gives none.
  public static let speeds = 10.0...60.0
  /// More roads than a case has any use for.
  public static let roadLimit = 5_000

  let file: Case
  private let nodes: [PlaceID: Int]

  public init(case file: Case) {
    self.file = file
    var nodes: [PlaceID: Int] = [:]
    for road in file.roads.prefix(Forecast.roadLimit) {
      for place in [road.from, road.to] where nodes[place] == nil { nodes[place] = nodes.count }
    }
    self.nodes = nodes
  }

  /// The least time in which vehicles can go from one place to another.
  ///
  /// - Parameters:
  ///   - from: a place at a road, or a district whose seat is at one.
  ///   - vehicles: how many, from the fewest to the most; above 0.
  ///   - on: for which moment roads that the case calls closed are left out, for as long as the clearing takes.
  /// - Throws: a finding where a place is unknown or at no road, or the count is none.
  public func clearance(from: PlaceID, to: PlaceID, vehicles: ClosedRange<Double>, on: Instant) throws(Finding) -> Clearance {
    let source = try node(from)
    let sink = try node(to)
    guard source != sink else { throw Finding(.error, "\(from) and \(to) are at one and the same end of a road; name two places apart") }
    guard vehicles.lowerBound > 0, vehicles.upperBound <= 1e9 else {
      throw Finding(
        .error, "the number of vehicles is \(vehicles.lowerBound) to \(vehicles.upperBound); write a number above 0 and at most 1e9")
    }
    let roads = Array(file.roads.prefix(Forecast.roadLimit))
    let open = roads.indices.filter { !isClosed(roads[$0], on: on) }
    let best = bound(vehicles.lowerBound, source, sink, roads, open) {
      ($0.flow?.upperBound ?? Forecast.manual($0), Forecast.minutes($0).lowerBound)
    }
    let worst = bound(vehicles.upperBound, source, sink, roads, open) { ($0.flow?.lowerBound ?? 0, Forecast.minutes($0).upperBound) }
    let used = Set((best?.roads ?? []) + (worst?.roads ?? []))
    var clearance = Clearance(
      from: from, to: to, names: (name(from), name(to)), vehicles: vehicles, on: on, best: best, worst: worst,
      bridges: bridges(source, sink, roads, open).map { roads[$0].id }, closed: roads.filter { isClosed($0, on: on) }.map(\.id),
      assumptions: roads.filter { used.contains($0.id) }.flatMap(Forecast.assumptions))
    if let road = roads.first(where: { $0.id == clearance.bottleneck }) {
      clearance.bottleneckName = "the road from \(name(road.from)) to \(name(road.to))"
      clearance.bottleneckSource = road.source
    }
    return clearance
  }

  // MARK: - Places and roads

  private func name(_ place: PlaceID) -> String { file.place(place)?.name ?? place.rawValue }

  private func node(_ place: PlaceID) throws(Finding) -> Int {
    if let node = nodes[place] ?? file.place(place)?.seat.flatMap({ nodes[$0] }) { return node }
    guard file.place(place) != nil else { throw Finding(.error, "`\(place)` is no place of the case \(file.id); name one of places.yaml") }
    let known = nodes.keys.sorted().map(\.rawValue).joined(separator: ", ")
    throw Finding(
      .error, "no road of the case leads to `\(place)`; " + (known.isEmpty ? "roads.yaml has no roads" : "roads lead to \(known)"))
  }

  private func isClosed(_ road: Road, on: Instant) -> Bool {
    road.closed.contains { text in When(text, zone: file.zone).map { $0.earliest <= on && on < $0.latest } ?? false }
  }

  private static func manual(_ road: Road) -> Double { flowOfTwoLanes * Double(max(2, road.lanes)) / 2 }

  private static func minutes(_ road: Road) -> ClosedRange<Double> {
    road.transitMinutes ?? (road.lengthKilometres / speeds.upperBound * 60)...(road.lengthKilometres / speeds.lowerBound * 60)
  }

  private static func assumptions(_ road: Road) -> [String] {
    var list: [String] = []
    if road.flow == nil {
      list.append("\(road.id): nobody observed the flow; at most \(Clearance.count(manual(road))) vehicles an hour by a manual")
    }
    if road.transitMinutes == nil {
      list.append("\(road.id): no transit time is given; \(Int(speeds.lowerBound)) to \(Int(speeds.upperBound)) km/h are taken")
    }
    return list
  }

  // MARK: - Flow

  /// One end of the range: the quickest flow with each road's flow an hour and minutes of transit.
  private func bound(
    _ amount: Double, _ source: Int, _ sink: Int, _ roads: [Road], _ open: [Int], _ measure: (Road) -> (flow: Double, minutes: Double)
  ) -> Clearance.Bound? {
    // In milliseconds, so that lengths of ways are compared exactly.
    let millisecondsAnHour = 3_600_000.0
    var network = FlowNetwork(nodes: nodes.count, arcs: [])
    for index in open {
      let road = roads[index]
      let (flow, minutes) = measure(road)
      guard flow > 0, let a = nodes[road.from], let b = nodes[road.to], a != b else { continue }
      for (from, to) in [(a, b), (b, a)] {
        network.arcs.append(
          FlowNetwork.Arc(
            from: from, to: to, capacity: flow / millisecondsAnHour, transit: Int64((minutes * 60_000).rounded()), label: index))
      }
    }
    guard let quickest = network.quickest(amount, from: source, to: sink) else { return nil }
    var shares: [Int: Double] = [:]
    var used: Set<Int> = []
    for (index, arc) in network.arcs.enumerated() {
      if quickest.cut[index] > 1e-9 { shares[arc.label, default: 0] += quickest.cut[index] }
      if quickest.flow[index] > quickest.rate * 1e-9 { used.insert(arc.label) }
    }
    let cut = shares.sorted { ($1.value, roads[$0.key].id) < ($0.value, roads[$1.key].id) }
    return Clearance.Bound(
      hours: quickest.time / millisecondsAnHour, vehicles: amount, vehiclesAnHour: quickest.rate * millisecondsAnHour,
      bottlenecks: cut.map { Clearance.Bottleneck(road: roads[$0.key].id, share: min(1, $0.value)) },
      roads: used.sorted().map { roads[$0].id })
  }

  /// The open roads without any one of which the two places are apart; none where they are apart already.
  private func bridges(_ source: Int, _ sink: Int, _ roads: [Road], _ open: [Int]) -> [Int] {
    var edges: [[(to: Int, road: Int)]] = Array(repeating: [], count: nodes.count)
    for index in open {
      guard let a = nodes[roads[index].from], let b = nodes[roads[index].to] else { continue }
      edges[a].append((b, index))
      edges[b].append((a, index))
    }
    /// A way as the roads that it takes, without one of them.
    func way(without left: Int?) -> [Int]? {
      var via: [(from: Int, road: Int)?] = Array(repeating: nil, count: nodes.count)
      var queue = [source]
      var head = 0
      while head < queue.count, via[sink] == nil {
        let node = queue[head]
        head += 1
        for edge in edges[node] where edge.road != left && edge.to != source && via[edge.to] == nil {
          via[edge.to] = (node, edge.road)
          queue.append(edge.to)
        }
      }
      guard via[sink] != nil else { return nil }
      var taken: [Int] = []
      var node = sink
      while let step = via[node] { (node, _) = (step.from, taken.append(step.road)) }
      return taken
    }
    // A bridge between two places lies on every way between them, so also on this one.
    guard let first = way(without: nil) else { return [] }
    return first.filter { way(without: $0) == nil }.reversed()
  }
}
