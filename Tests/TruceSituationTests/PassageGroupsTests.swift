// Claims on their way to passages: the short way of plain claims comes to what the long way of all claims comes to.
import Testing

@testable import TruceSituation

@Suite struct PassageGroupsTests {
  /// A group by who gained, its time, and its claims.
  private struct Found: Equatable {
    var gainer: UInt16
    var lower: Int64
    var upper: Int64
    var sides: UInt64
    var claims: [Int]
  }

  private func found(_ rows: [Judgement.Row], _ weights: [ControlTable.Weight], tolerance: Int64, isPlain: Bool) -> [Found] {
    let longest = rows.map { $0.upper - $0.lower }.max() ?? 0
    return rows.withUnsafeBufferPointer { rows in
      withUnsafeTemporaryAllocation(of: PassageGroup.self, capacity: rows.count) { groups in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { next in
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: 64) { latest in
            latest.initialize(repeating: -1)
            var groups = PassageGroups(rows, weights, tolerance: tolerance, groups, next)
            for number in rows.indices.reversed() {
              if isPlain { groups.add(plain: number, latest) } else { groups.add(dated: number, longest: longest) }
            }
            return (0..<groups.count).map { at in
              var claims: [Int] = []
              groups.forEach(of: groups[at]) { claims.append($0) }
              let group = groups[at]
              return Found(
                gainer: group.change.gainer, lower: group.lower, upper: group.upper, sides: group.words.sides, claims: claims)
            }
          }
        }
      }
    }
  }

  @Test("Claims that only name who gained a place come to the same groups by either way, whatever their times")
  func plain() {
    var dice = OrderTests.Dice(state: 31)
    let weights = (0..<8).map { ControlTable.Weight(sides: 1 << UInt64($0), origin: UInt32($0)) }
    for round in 0..<400 {
      let tolerance = Int64.random(in: 0...40, using: &dice)
      let longest = Int64.random(in: 1...(round % 2 == 0 ? 3 : 120), using: &dice)
      let count = Int.random(in: 0...60, using: &dice)
      let rows = (0..<count).map { number in
        let lower = Int64.random(in: 0...600, using: &dice)
        let gainer = UInt16.random(in: 0..<3, using: &dice)
        return Judgement.Row(
          lower: lower, upper: lower + Int64.random(in: 1...longest, using: &dice), saidFrom: 0,
          change: Judgement.Change(gainer: gainer, gainingSide: gainer), span: UInt32(number), telling: UInt32(number % 8),
          isAnchored: true, isDenial: false)
      }.sorted { ($0.upper, $0.lower, $0.span) > ($1.upper, $1.lower, $1.span) }
      #expect(rows.allSatisfy { $0.isPlain })
      #expect(
        found(rows, weights, tolerance: tolerance, isPlain: true) == found(rows, weights, tolerance: tolerance, isPlain: false),
        "round \(round)")
    }
  }
}
