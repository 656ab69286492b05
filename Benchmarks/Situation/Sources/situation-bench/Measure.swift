// Clocks for the benchmarks.
import Foundation

struct Failure: Error, CustomStringConvertible {
  var message: String
  var description: String { message }
}

/// Seconds of wall clock that some work takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let start = DispatchTime.now().uptimeNanoseconds
  try work()
  return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
}

/// The bytes that the process holds in memory, as Linux tells them.
func residentBytes() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
  return (Int(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first ?? "") ?? 0) * 1024
}

/// The times that one kind of question took.
struct Samples {
  private(set) var microseconds: [Double]

  init(_ microseconds: [Double] = []) { self.microseconds = microseconds }

  mutating func time(_ work: () -> Void) {
    let start = DispatchTime.now().uptimeNanoseconds
    work()
    microseconds.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1000)
  }

  /// One line: how many, and the least, middle, high and highest of them.
  func print(_ name: String, _ note: String = "") {
    guard !microseconds.isEmpty else { return }
    let sorted = microseconds.sorted()
    func at(_ share: Double) -> String { format(sorted[Int(Double(sorted.count - 1) * share)], 1) }
    let padded = name.padding(toLength: 24, withPad: " ", startingAt: 0)
    Swift.print(
      padded + "n=\(sorted.count) min=\(at(0)) p50=\(at(0.5)) p90=\(at(0.9)) p99=\(at(0.99)) max=\(at(1)) microseconds" + note)
  }
}

/// One line on how fast claims were taken in.
///
/// - Parameter bytes: what the store takes; nil where it does not say.
func printLoad(_ claims: Int, _ took: Double, bytes: Int?) {
  let rate = "\(Int(Double(claims) / took)) claims/s"
  let memory = bytes.map { ", \(format(Double($0) / Double(claims), 1)) bytes a claim" } ?? ""
  print("taking in".padding(toLength: 24, withPad: " ", startingAt: 0) + "\(claims) claims in \(format(took, 2)) s, \(rate)" + memory)
}

func format(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
