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

func format(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
