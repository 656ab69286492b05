// Stretches of a measured line: what is watched of it, and what is not.

/// A set of stretches of one line, in kilometres along it: sorted, apart from each other.
public struct Stretches: Sendable, Hashable {
  /// Half-open, in order, no two touching.
  public private(set) var ranges: [Range<Double>] = []

  public init() {}

  public init(_ ranges: some Sequence<Range<Double>>) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound {
        self.ranges[self.ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  public var lengthKilometres: Double { ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }
  public var isEmpty: Bool { ranges.isEmpty }

  public func contains(_ kilometre: Double) -> Bool { ranges.contains { $0.contains(kilometre) } }

  public func union(_ other: Stretches) -> Stretches { Stretches(ranges + other.ranges) }

  public func intersection(_ other: Stretches) -> Stretches {
    var shared: [Range<Double>] = []
    var i = 0
    var j = 0
    while i < ranges.count, j < other.ranges.count {
      let low = max(ranges[i].lowerBound, other.ranges[j].lowerBound)
      let high = min(ranges[i].upperBound, other.ranges[j].upperBound)
      if low < high { shared.append(low..<high) }
      if ranges[i].upperBound < other.ranges[j].upperBound { i += 1 } else { j += 1 }
    }
    return Stretches(shared)
  }

  /// What of a line of so many kilometres is in none of the stretches: the gaps of the watch.
  public func gaps(ofKilometres length: Double) -> Stretches {
    var gaps: [Range<Double>] = []
    var from = 0.0
    for range in ranges {
      if range.lowerBound > from { gaps.append(from..<min(range.lowerBound, length)) }
      from = max(from, range.upperBound)
      if from >= length { break }
    }
    if from < length { gaps.append(from..<length) }
    return Stretches(gaps)
  }

  /// Checks what its type promises, for tests.
  public func _checkInvariants() {
    for range in ranges { precondition(!range.isEmpty && range.lowerBound.isFinite && range.upperBound.isFinite) }
    for (left, right) in zip(ranges, ranges.dropFirst()) { precondition(left.upperBound < right.lowerBound) }
  }
}

extension MeasuredLine {
  /// The stretches of the line where a condition holds.
  ///
  /// The line is walked in steps and each change is found to a metre by halving; what comes and goes within one step is missed.
  ///
  /// - Parameter stepMetres: 1 or more.
  public func stretches(stepMetres: Double = 50, where holds: (Position) -> Bool) -> Stretches {
    precondition(stepMetres >= 1, "steps along a line are a metre or longer")
    let steps = max(1, min(2_000_000, Int((lengthKilometres * 1000 / stepMetres).rounded(.up))))
    let step = lengthKilometres / Double(steps)
    func change(_ low: Double, _ high: Double, _ before: Bool) -> Double {
      var (low, high) = (low, high)
      while high - low > 0.001 {
        let middle = (low + high) / 2
        if holds(position(atKilometres: middle)) == before { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
    var found: [Range<Double>] = []
    var start = 0.0
    var was = holds(positions[0])
    for i in 1...steps {
      let here = i == steps ? lengthKilometres : Double(i) * step
      let now = holds(position(atKilometres: here))
      guard now != was else { continue }
      let at = change(here - step, here, was)
      if was, at > start { found.append(start..<at) }
      start = at
      was = now
    }
    if was, lengthKilometres > start { found.append(start..<lengthKilometres) }
    return Stretches(found)
  }

  /// The stretches that lie in a sector for sure, and those that may.
  public func stretches(in sector: Sector, stepMetres: Double = 50) -> (sure: Stretches, possible: Stretches) {
    (
      stretches(stepMetres: stepMetres) { sector.contains($0) == .inside },
      stretches(stepMetres: stepMetres) { sector.contains($0) != .outside }
    )
  }
}
