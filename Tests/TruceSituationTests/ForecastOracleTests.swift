// An oracle for the quickest flow that shares nothing with it: the network written out hour by hour, filled one unit at a time.
import Testing

@testable import TruceSituation

/// A network over whole hours: how much can have arrived by each hour, by plain depth-first search for one more way.
private struct ExpandedNetwork {
  struct Link { var from: Int, to: Int, room: Int, hours: Int }

  let nodes: Int
  let links: [Link]

  /// What can have arrived in full by an hour: copies of each place for each hour, no waiting needed at the ends.
  func arrived(by horizon: Int, from source: Int, to sink: Int) -> Int {
    let (start, stop) = (nodes * (horizon + 1), nodes * (horizon + 1) + 1)
    var room: [Int: [Int: Int]] = [:]
    func join(_ a: Int, _ b: Int, _ amount: Int) {
      room[a, default: [:]][b, default: 0] += amount
      room[b, default: [:]][a, default: 0] += 0
    }
    for hour in 0..<max(0, horizon) {
      join(start, source * (horizon + 1) + hour, 1_000_000)
      join(sink * (horizon + 1) + hour, stop, 1_000_000)
      for link in links where hour + link.hours < horizon {
        join(link.from * (horizon + 1) + hour, link.to * (horizon + 1) + hour + link.hours, link.room)
      }
    }
    var total = 0
    while true {
      var came: [Int: Int] = [start: start]
      var stack = [start]
      while let node = stack.popLast(), came[stop] == nil {
        for (next, left) in room[node] ?? [:] where left > 0 && came[next] == nil {
          came[next] = node
          stack.append(next)
        }
      }
      guard came[stop] != nil else { return total }
      var way: [(Int, Int)] = []
      var node = stop
      while node != start {
        way.append((came[node]!, node))
        node = came[node]!
      }
      let added = way.map { room[$0.0]![$0.1]! }.min()!
      for (a, b) in way {
        room[a]![b]! -= added
        room[b]![a]! += added
      }
      total += added
    }
  }

  /// When an amount has arrived: between two whole hours arrivals grow evenly, because every way takes whole hours.
  func hours(for amount: Int, from source: Int, to sink: Int, limit: Int) -> Double? {
    var before = 0
    for hour in 1...limit {
      let now = arrived(by: hour, from: source, to: sink)
      if now >= amount { return Double(hour - 1) + Double(amount - before) / Double(now - before) }
      before = now
    }
    return nil
  }
}

@Suite struct ForecastOracleTests {
  @Test("The oracle itself gives the known answers of the bridge network")
  func known() {
    let links: [(Int, Int, Int, Int)] = [(0, 1, 4, 1), (0, 2, 2, 2), (1, 2, 1, 1), (1, 3, 2, 3), (2, 3, 3, 1)]
    let oracle = ExpandedNetwork(nodes: 4, links: links.map { .init(from: $0.0, to: $0.1, room: $0.2, hours: $0.3) })
    #expect(abs(oracle.hours(for: 6, from: 0, to: 3, limit: 20)! - 4.6) < 1e-9)
    #expect(abs(oracle.hours(for: 12, from: 0, to: 3, limit: 20)! - 5.8) < 1e-9)
    #expect(abs(oracle.hours(for: 30, from: 0, to: 3, limit: 20)! - 9.4) < 1e-9)
  }

  @Test(
    "On random networks the quickest flow takes as long as the network written out hour by hour, and its cut adds up", arguments: 0..<200)
  func random(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let nodes = 3 + next(4)
    let count = 3 + next(9)
    var links: [ExpandedNetwork.Link] = []
    while links.count < count {
      let (a, b) = (next(nodes), next(nodes))
      if a != b { links.append(.init(from: a, to: b, room: 1 + next(4), hours: next(4))) }
    }
    // A way there is in any case.
    links.append(.init(from: 0, to: nodes - 1, room: 1, hours: 3 + next(5)))
    let amount = 1 + next(40)
    let network = FlowNetwork(
      nodes: nodes,
      arcs: links.enumerated().map { .init(from: $1.from, to: $1.to, capacity: Double($1.room), transit: Int64($1.hours), label: $0) })
    let oracle = ExpandedNetwork(nodes: nodes, links: links).hours(for: amount, from: 0, to: nodes - 1, limit: 60)
    let quickest = network.quickest(Double(amount), from: 0, to: nodes - 1)
    #expect(quickest != nil && oracle != nil, "seed \(seed)")
    if let quickest, let oracle {
      #expect(abs(quickest.time - oracle) < 1e-6, "seed \(seed): \(quickest.time) against \(oracle)")
      #expect(abs(quickest.cut.reduce(0, +) - 1) < 1e-6, "seed \(seed)")
    }
  }
}
