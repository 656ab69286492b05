// The generated workload: a million claims by place and source, and the questions that databases were asked of them.
import Foundation
import TruceModel

/// The tables of a folder: `events.tsv` (the claims), `q1.tsv`, `q2.tsv`, `q3.tsv` (the questions).
struct Workload {
  /// A claim: place and source from 0, a value from 1, and its times.
  struct Told {
    var place: Int
    var source: Int
    var value: Int32
    var from: Instant
    var until: Instant
    var recorded: Instant
  }

  let folder: String
  /// Where answers are written, each query's digest a line; nil for nowhere.
  let answers: String?

  init(_ folder: String, answers: String?) {
    self.folder = folder
    self.answers = answers
  }

  func claims() throws -> [Told] {
    let numbers = try Workload.table(folder + "/events.tsv", columns: 7)
    var claims: [Told] = []
    claims.reserveCapacity(numbers.count / 7)
    for at in stride(from: 0, to: numbers.count, by: 7) {
      let until: Instant = numbers[at + 5] == Workload.open ? .distantFuture : Instant(seconds: numbers[at + 5])
      claims.append(
        Told(
          place: Int(numbers[at + 1]) - 1, source: Int(numbers[at + 2]) - 1, value: Int32(numbers[at + 3]),
          from: Instant(seconds: numbers[at + 4]), until: until, recorded: Instant(seconds: numbers[at + 6])))
    }
    return claims
  }

  /// Asks every question of a table, and takes the time of each.
  ///
  /// - Parameters:
  ///   - ask: answers one question; calls `found` with each row of the answer.
  func run(
    _ name: String, _ table: String, columns: Int, _ parts: [(name: String, count: Int)] = [],
    _ ask: (ArraySlice<Int64>, _ found: (Int64, Int64, Int64, Int64) -> Void) -> Void
  ) throws {
    let queries = try Workload.table("\(folder)/\(table).tsv", columns: columns)
    var digests: [UInt64] = []
    var samples = Samples()
    var rows = 0
    for at in stride(from: 0, to: queries.count, by: columns) {
      var digest: UInt64 = 0
      samples.time {
        ask(queries[at..<at + columns]) { a, b, c, d in
          digest &+= Workload.hash(a, b, c, d)
          rows += 1
        }
      }
      digests.append(digest)
    }
    if let answers {
      let text = digests.map { hexadecimal($0) + "\n" }.joined()
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(answers).\(table).ans"))
    }
    var rest = samples.microseconds[...]
    for part in parts {
      Samples(Array(rest.prefix(part.count))).print(part.name)
      rest = rest.dropFirst(part.count)
    }
    Samples(Array(rest)).print(name, ", \(rows) rows in all")
  }

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

  /// The row digest of the workload's clients: the same rows give the same sum in any order.
  static func hash(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> UInt64 {
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
}

private func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
