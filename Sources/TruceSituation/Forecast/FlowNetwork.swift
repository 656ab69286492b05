// The quickest dynamic flow: how soon a number of vehicles can pass through a network whose roads have a flow and a transit time.

/// A network of one-way arcs. Amounts are real, times whole units of the caller's choice.
struct FlowNetwork {
  struct Arc {
    var from: Int
    var to: Int
    /// How much can enter in one unit of time.
    var capacity: Double
    /// Units of time from one end to the other, 0 or more.
    var transit: Int64
    /// The caller's number for the arc.
    var label: Int
  }

  /// How an amount passes soonest.
  struct Quickest {
    /// From the first departure to the last arrival, in units of time.
    var time: Double
    /// How much arrives in one unit of time once all ways flow.
    var rate: Double
    /// The static flow on each arc: repeated over time it is the quickest flow.
    var flow: [Double]
    /// The share of each arc in the minimum cut over time: which arcs hold the flow back. The shares add up to 1.
    var cut: [Double]
  }

  /// Ways that are added one after another before the search stops; each is one of finitely many at its length.
  static let stepLimit = 100_000

  var nodes: Int
  var arcs: [Arc]

  /// The quickest flow of an amount, or nil where no way leads there.
  ///
  /// Ford and Fulkerson (1958): temporally repeated flows along successive shortest ways carry the most by every horizon. A static
  /// flow of value v and cost c (the transit times of what flows) carries an amount N in (N + c) / v; another way helps as long as it is shorter
  /// than that. The cut is the dual of that flow: each node joins the source's side at a moment, and an arc counts for as long as it leads from one
  /// side to the other.
  func quickest(_ amount: Double, from source: Int, to sink: Int) -> Quickest? {
    precondition(source != sink && amount > 0, "A flow runs from one node to another and carries something")
    var residual = Residual(self)
    var value = 0.0
    var cost = 0.0
    var time = Double.infinity
    var reach = residual.reach(from: source)
    var steps = 0
    while let length = reach.distance[sink], Double(length) < time, steps < FlowNetwork.stepLimit {
      let added = residual.augment(reach, to: sink)
      value += added
      cost += added * Double(length)
      time = (amount + cost) / value
      reach = residual.reach(from: source)
      steps += 1
    }
    guard value > 0 else { return nil }
    let joined = residual.joined(from: source, to: sink, by: time)
    let cut = arcs.map { max(0, joined[$0.to] - Double($0.transit) - joined[$0.from]) * $0.capacity / amount }
    return Quickest(time: time, rate: value, flow: arcs.indices.map { residual.flow(on: $0, of: arcs[$0]) }, cut: cut)
  }
}

/// What of the arcs is left, and what can be sent back: arc `i` of the network is `2i` forwards and `2i + 1` backwards.
private struct Residual {
  /// Shortest ways from one node: in time first, then in arcs, so that a level of one length takes finitely many steps.
  struct Reach {
    var distance: [Int64?]
    var via: [Int]
  }

  private var left: [Double]
  private var transit: [Int64]
  private var heads: [Int]
  private var tails: [Int]
  private var leaving: [[Int]]
  /// What is smaller than this is rounding.
  private let least: Double

  init(_ network: FlowNetwork) {
    left = network.arcs.flatMap { [$0.capacity, 0] }
    transit = network.arcs.flatMap { [$0.transit, -$0.transit] }
    heads = network.arcs.flatMap { [$0.to, $0.from] }
    tails = network.arcs.flatMap { [$0.from, $0.to] }
    leaving = Array(repeating: [], count: network.nodes)
    for arc in heads.indices { leaving[tails[arc]].append(arc) }
    least = (network.arcs.map(\.capacity).max() ?? 0) * 1e-12
  }

  /// Bellman and Ford's shortest ways with a queue; there are no negative circles, because every way that was added was shortest.
  func reach(from source: Int) -> Reach {
    var reach = Reach(distance: Array(repeating: nil, count: leaving.count), via: Array(repeating: -1, count: leaving.count))
    var hops = Array(repeating: Int.max, count: leaving.count)
    var isQueued = Array(repeating: false, count: leaving.count)
    reach.distance[source] = 0
    hops[source] = 0
    var queue = [source]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      isQueued[node] = false
      guard let here = reach.distance[node] else { continue }
      for arc in leaving[node] where left[arc] > least {
        let (next, distance, hop) = (heads[arc], here + transit[arc], hops[node] + 1)
        if let known = reach.distance[next], (known, hops[next]) <= (distance, hop) { continue }
        reach.distance[next] = distance
        hops[next] = hop
        reach.via[next] = arc
        if !isQueued[next] {
          isQueued[next] = true
          queue.append(next)
        }
      }
    }
    return reach
  }

  /// When each node joins the source's side of the minimum cut over time: the source at 0, the sink when all has arrived, a node that
  /// neither reaches at that time too.
  func joined(from source: Int, to sink: Int, by time: Double) -> [Double] {
    var joined = Array(repeating: Double.infinity, count: leaving.count)
    joined[source] = 0
    joined[sink] = time
    // Sums of times in different orders differ by rounding; what is within it is the same moment.
    let rounding = time * 1e-12
    for _ in 0..<leaving.count {
      var isChanged = false
      for arc in heads.indices where left[arc] > least {
        let moment = joined[tails[arc]] + Double(transit[arc])
        if moment < joined[heads[arc]] - rounding {
          joined[heads[arc]] = moment
          isChanged = true
        }
      }
      if !isChanged { break }
    }
    return joined.map { min($0, time) }
  }

  /// Sends as much as the shortest way takes; returns how much.
  mutating func augment(_ reach: Reach, to sink: Int) -> Double {
    var way: [Int] = []
    var node = sink
    while reach.via[node] >= 0 {
      way.append(reach.via[node])
      node = tails[reach.via[node]]
    }
    let added = way.map { left[$0] }.min() ?? 0
    for arc in way {
      left[arc] = left[arc] - added > least ? left[arc] - added : 0
      left[arc ^ 1] += added
    }
    return added
  }

  func flow(on index: Int, of arc: FlowNetwork.Arc) -> Double { max(0, arc.capacity - left[2 * index]) }
}
