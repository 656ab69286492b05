// What the measurements share: a seeded generator, clocks, memory, shapes.
import Foundation
import TruceAtlas

struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The best of five runs, seconds.
func best(_ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  return (0..<5).map { _ in
    let time = clock.measure(body)
    return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
  }.min()!
}

func once(_ body: () throws -> Void) rethrows -> Double {
  let time = try ContinuousClock().measure(body)
  return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
}

/// Resident kilobytes as Linux tells them: `VmRSS` now, `VmHWM` at the highest.
func resident(_ field: String) -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
  return Int(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first ?? "") ?? 0
}

func print(_ name: String, _ value: Double, _ unit: String) {
  print(name.padding(toLength: 64, withPad: " ", startingAt: 0), String(format: "%14.3f", value), unit)
}

func star(_ centre: Position, _ corners: Int, _ metres: ClosedRange<Double>, using random: inout Seeded) -> [Position] {
  var ring = (0..<corners).map { i in
    centre.moved(metres: Double.random(in: metres, using: &random), bearing: 360 - 360 * Double(i) / Double(corners))
  }
  ring.append(ring[0])
  return ring
}
