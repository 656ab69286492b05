// Packed rows and moments come out as they went in, and a number table finds what was put into it.
import Testing
import TruceModel

@testable import TruceSituation

@Suite struct PackedRowsTests {
  @Test("Rows come out as they went in, whatever their columns hold, and the first from a bound on is found near any guess")
  func rows() {
    var dice = OrderTests.Dice(state: 21)
    var rows = PackedRows(columns: 5)
    var all: [[Int64]] = []
    var rising: Int64 = -5000
    for number in 0..<3000 {
      rising += Int64.random(in: 0..<3, using: &dice)
      let wide = number < 1000 ? Int64.random(in: 0..<90, using: &dice) * 1000 : Int64.random(in: .min ... .max, using: &dice)
      let row = [rising, 7, wide, Int64(number % 300), number == 700 ? .max : Int64.random(in: -70_000...70_000, using: &dice)]
      rows.append([row[0], row[1], row[2], row[3], row[4]])
      all.append(row)
    }
    #expect(rows.count == all.count)
    for (number, row) in all.enumerated() { #expect((0..<5).map { rows[number, $0] } == row) }
    for _ in 0..<500 {
      let bound = Int64.random(in: -5010...rising + 10, using: &dice)
      let guess = Int.random(in: -5..<3005, using: &dice)
      #expect(rows.first(from: bound, in: 0, near: guess) == all.firstIndex { $0[0] >= bound } ?? all.count)
    }
  }

  @Test("Moments come out as they went in: whole seconds, fractions, and those that lie far away")
  func moments() {
    var dice = OrderTests.Dice(state: 22)
    var moments = Moments()
    var told: [(moment: Int64, number: UInt32)] = []
    let edges: [Int64] = [
      0, -1, 1, 999, -1000, Instant.distantPast.milliseconds, Instant.distantFuture.milliseconds, -(1 << 30) * 1000,
      -(1 << 30) * 1000 - 1000,
      (0xF000_0000 - (1 << 30)) * 1000, (0xF000_0000 - (1 << 30) - 1) * 1000, .min, .max,
    ]
    for moment in edges + (0..<2000).map({ _ in Int64.random(in: -4_000_000_000_000...4_000_000_000_000, using: &dice) }) {
      told.append((moment, moments.number(of: moment)))
    }
    for (moment, number) in told { #expect(moments[number] == moment) }
  }

  @Test("A table finds each number by its hash, also where many share one")
  func table() {
    var table = NumberTable()
    let hashes = (0..<5000).map { $0 % 7 == 0 ? -1 : ($0 &* 0x1E37_79B9_7F4A_7C15) }
    for (number, hash) in hashes.enumerated() {
      #expect(table.number(hash) { $0 == number } == nil)
      if table.isFull { table.rebuild(hashes[..<number]) }
      table.append(hash)
    }
    for (number, hash) in hashes.enumerated() { #expect(table.number(hash) { $0 == number } == number) }
  }
}
