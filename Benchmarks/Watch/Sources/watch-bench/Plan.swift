// What is sent: posts, and observations drawn from a seed.
import Foundation
import Synchronization

/// Nanoseconds of a clock that never jumps.
func now() -> UInt64 { DispatchTime.now().uptimeNanoseconds }

func text(_ value: Double) -> String { String(format: "%.1f", value) }

/// The observations of one run: each has an id of its own.
final class Plan: Sendable {
  private let state: Mutex<(random: UInt64, count: Int, zone: Int)>
  private let run: String
  /// Two weeks back from now: what pours in is a backlog.
  private let start: Double

  init(seed: UInt64) {
    state = Mutex((seed, 0, 0))
    run = "\(seed)-\(getpid())"
    start = (Date().timeIntervalSince1970 / 60).rounded(.down) * 60 - 14 * 86_400
  }

  static let posts = 27

  func openPosts(port: UInt16) throws {
    let lines = (0..<Plan.posts).map { post in
      #"{"kind":"post","id":"open-\#(run)-\#(post)","post":"post-\#(post)","act":"opened","at":"\#(moment(0))","source":"bench","stretches":[{"line":"contact-line","fromKm":\#(post * 6),"toKm":\#(post * 6 + 8)}]}"#
    }
    let connection = try Connection(port: port)
    let answer = try connection.post(lines.joined(separator: "\n"))
    guard answer.contains("\"accepted\":\(Plan.posts)") else { throw Refused(answer) }
  }

  /// The next observation as a line, and its id where it lies in the zone.
  func next() -> (line: String, zoneID: String?) {
    state.withLock { state in
      func random(_ below: UInt64) -> UInt64 {
        // SplitMix64.
        state.random &+= 0x9E37_79B9_7F4A_7C15
        var z = state.random
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return (z ^ (z >> 31)) % below
      }
      state.count += 1
      let post = Int(random(UInt64(Plan.posts)))
      // In the zone twenty minutes apart, so that none is of one incident with another; elsewhere at any minute.
      let isInZone = state.count.isMultiple(of: 1111)
      let id = "\(isInZone ? "zone" : "obs")-\(run)-\(state.count)"
      if isInZone { state.zone += 1 }
      let minute = isInZone ? state.zone * 20 : Int(random(14 * 1440))
      let km = isInZone ? 2.0 : 20 + Double(random(1400)) / 10
      let line =
        #"{"kind":"observation","id":"\#(id)","post":"post-\#(post)","observer":"patrol \#(random(4))","means":["heard"],"what":"explosion","assessment":"undetermined","count":\#(1 + random(9)),"from":"\#(moment(minute))","stretch":{"line":"contact-line","fromKm":\#(km),"toKm":\#(km + 0.5)},"sent":"\#(moment(minute + 1))","number":\#(state.count)}"#
      return (line, isInZone ? id : nil)
    }
  }

  private func moment(_ minutes: Int) -> String {
    var time = time_t(start + Double(minutes) * 60)
    var parts = tm()
    gmtime_r(&time, &parts)
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:00Z", Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour), Int(parts.tm_min))
  }
}

/// Why a run cannot go on.
struct Refused: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
