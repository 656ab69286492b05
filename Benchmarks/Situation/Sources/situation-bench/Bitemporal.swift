// The bitemporal workload: a million claims by place and source, and the same questions that databases were asked.
import Foundation
import TruceModel
import TruceSituation

/// Reads the generated tables and asks them.
struct Bitemporal {
  /// Whole numbers out of a file of tab-separated columns.
  static func table(_ path: String, columns: Int) throws -> [Int64] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var numbers: [Int64] = []
    numbers.reserveCapacity(bytes.count / 6)
    var value: Int64 = 0
    var sign: Int64 = 1
    var isOpen = false
    for byte in bytes {
      if byte >= 0x30, byte <= 0x39 {
        value = value * 10 + Int64(byte - 0x30)
        isOpen = true
      } else if byte == 0x2D {
        sign = -1
      } else if isOpen {
        numbers.append(sign * value)
        (value, sign, isOpen) = (0, 1, false)
      }
    }
    if isOpen { numbers.append(sign * value) }
    guard numbers.count % columns == 0 else { throw Failure(message: "\(path): \(numbers.count) numbers are not rows of \(columns)") }
    return numbers
  }

  /// What the workload writes for "no end".
  static let open: Int64 = 2_147_483_647

  static func load(_ folder: String) throws -> Chronicle {
    let numbers = try table(folder + "/events.tsv", columns: 7)
    let rows = numbers.count / 7
    var chronicle = Chronicle(sources: 10)
    let took = seconds {
      for i in 0..<rows {
        let at = i * 7
        let until = numbers[at + 5] == open ? Instant.distantFuture : Instant(seconds: numbers[at + 5])
        let recorded = Instant(seconds: numbers[at + 6])
        chronicle.add(
          place: Int(numbers[at + 1]) - 1, source: Int(numbers[at + 2]) - 1, value: Int32(numbers[at + 3]),
          from: Instant(seconds: numbers[at + 4]),
          until: until, said: recorded, recorded: recorded, claim: Int32(i))
      }
    }
    let memory = Double(chronicle.storageBytes) / Double(rows)
    print("load        \(rows) claims in \(format(took, 2)) s, \(Int(Double(rows) / took)) claims/s, \(format(memory, 1)) bytes a claim")
    return chronicle
  }

  static func run(_ folder: String, answers: String?) throws {
    let chronicle = try load(folder)
    try points(chronicle, folder, answers)
    try maps(chronicle, folder, answers)
    try changes(chronicle, folder, answers)
  }

  /// One place, all sources.
  private static func points(_ chronicle: Chronicle, _ folder: String, _ answers: String?) throws {
    let queries = try table(folder + "/q1.tsv", columns: 3)
    for round in 0..<2 {
      var digests: [UInt64] = []
      var times: [Double] = []
      var rows = 0
      for i in stride(from: 0, to: queries.count, by: 3) {
        let start = DispatchTime.now().uptimeNanoseconds
        var digest: UInt64 = 0
        chronicle.forEachView(of: Int(queries[i]) - 1, on: Instant(seconds: queries[i + 1]), known: Instant(seconds: queries[i + 2])) {
          source, row in
          digest &+= hash(0, Int64(source) + 1, Int64(row.value), 0)
          rows += 1
        }
        times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1000)
        digests.append(digest)
      }
      if round == 1 { try report("one place", times, rows, digests, answers, "q1") }
    }
  }

  /// The whole map.
  private static func maps(_ chronicle: Chronicle, _ folder: String, _ answers: String?) throws {
    let queries = try table(folder + "/q2.tsv", columns: 2)
    var digests: [UInt64] = []
    var times: [Double] = []
    var rows = 0
    for i in stride(from: 0, to: queries.count, by: 2) {
      let start = DispatchTime.now().uptimeNanoseconds
      var digest: UInt64 = 0
      chronicle.forEachView(on: Instant(seconds: queries[i]), known: Instant(seconds: queries[i + 1])) { place, source, value in
        digest &+= hash(Int64(place) + 1, Int64(source) + 1, Int64(value), 0)
        rows += 1
      }
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1000)
      digests.append(digest)
    }
    try report("whole map", times, rows, digests, answers, "q2")
  }

  /// What changed between two moments of knowledge: the first 150 over one day, the rest over 90.
  private static func changes(_ chronicle: Chronicle, _ folder: String, _ answers: String?) throws {
    let queries = try table(folder + "/q3.tsv", columns: 3)
    var digests: [UInt64] = []
    var times: [Double] = []
    var rows = 0
    for i in stride(from: 0, to: queries.count, by: 3) {
      let start = DispatchTime.now().uptimeNanoseconds
      var digest: UInt64 = 0
      chronicle.forEachChange(
        on: Instant(seconds: queries[i]), knownAt: Instant(seconds: queries[i + 1]), and: Instant(seconds: queries[i + 2])
      ) { place, source, before, after in
        digest &+= hash(Int64(place) + 1, Int64(source) + 1, Int64(before), Int64(after))
        rows += 1
      }
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1000)
      digests.append(digest)
    }
    try report("change 1 d", Array(times.prefix(150)), nil, [], nil, "")
    try report("change 90 d", Array(times.dropFirst(150)), rows, digests, answers, "q3")
  }

  private static func report(
    _ name: String, _ times: [Double], _ rows: Int?, _ digests: [UInt64], _ answers: String?, _ tag: String
  ) throws {
    guard !times.isEmpty else { return }
    let sorted = times.sorted()
    func at(_ share: Double) -> String { format(sorted[Int(Double(sorted.count - 1) * share)], 1) }
    let text = digests.map { hexadecimal($0) + "\n" }.joined()
    if let answers, !digests.isEmpty { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(answers).\(tag).ans")) }
    let padded = name.padding(toLength: 12, withPad: " ", startingAt: 0)
    print(
      padded + "n=\(times.count) min=\(at(0)) p50=\(at(0.5)) p90=\(at(0.9)) p99=\(at(0.99)) max=\(at(1)) microseconds"
        + (rows.map { ", \($0) rows" } ?? ""))
  }

  /// The row digest of the workload's clients: the same rows give the same sum in any order.
  private static func hash(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> UInt64 {
    func mix(_ x: UInt64) -> UInt64 {
      var x = x
      x ^= x >> 33
      x = x &* 0xff51_afd7_ed55_8ccd
      x ^= x >> 33
      x = x &* 0xc4ce_b9fe_1a85_ec53
      return x ^ (x >> 33)
    }
    var x = mix(UInt64(bitPattern: a + 1))
    x = mix(x &+ UInt64(bitPattern: b + 1))
    x = mix(x &+ UInt64(bitPattern: c + 1))
    return mix(x &+ UInt64(bitPattern: d + 1))
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
