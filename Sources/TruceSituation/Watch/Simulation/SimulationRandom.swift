// The simulator's source of chance: the same seed gives the same world.

/// SplitMix64 (Steele, Lea and Flood 2014), with the draws that the simulator needs.
struct SimulationRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }
  mutating func real(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }
  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// About normal: the sum of twelve draws, never more than six deviations off.
  mutating func normal(_ deviation: Double) -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += Double.random(in: 0..<1, using: &self) }
    return sum * deviation
  }

  /// How many trials until the first success; at least 1.
  mutating func trials(success share: Double) -> Int {
    var count = 1
    while !chance(share), count < 100_000 { count += 1 }
    return count
  }
}
