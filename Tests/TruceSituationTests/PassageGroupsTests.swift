// Claims on their way to passages: the short way of plain claims comes to what the long way of all claims comes to.
import Testing

@testable import TruceSituation

@Suite struct PassageGroupsTests {
  /// A group by who gained, who says so, and its claims.
  private struct Found: Equatable {
    var gainer: UInt16
    var sides: UInt64
    var claims: [Int]
  }

  private func found(dated rows: [Judgement.Row], _ weights: [ControlTable.Weight], tolerance: Int64) -> [Found] {
    let longest = rows.map { $0.upper - $0.lower }.max() ?? 0
    return rows.withUnsafeBufferPointer { rows in
      withUnsafeTemporaryAllocation(of: PassageGroup.self, capacity: rows.count) { groups in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { next in
          var groups = PassageGroups(rows, weights, tolerance: tolerance, groups, next)
          for number in rows.indices.reversed() { groups.add(dated: number, longest: longest) }
          return (0..<groups.count).map { at in
            var claims: [Int] = []
            groups.forEach(of: groups[at]) { claims.append($0) }
            return Found(gainer: groups[at].change.gainer, sides: groups[at].words.sides, claims: claims)
          }
        }
      }
    }
  }

  private func found(plain rows: [Judgement.Row], _ weights: [ControlTable.Weight], tolerance: Int64) -> [Found] {
    withUnsafeTemporaryAllocation(of: PlainGroups.Claim.self, capacity: rows.count) { claims in
      withUnsafeTemporaryAllocation(of: PlainGroups.Group.self, capacity: 64) { open in
        var groups = PlainGroups(claims, open)
        for (number, row) in rows.enumerated() {
          var weight = weights[Int(row.telling)]
          weight.gainer = UInt8(row.change.gainingSide)
          groups.add(at: number, reach: row.lower - tolerance, upper: row.upper, stretch: 0, weight) { _, _ in true }
        }
        groups.close { _, _ in true }
        return groups.closed.map { group in
          var claims: [Int] = []
          var next = group.first
          while next >= 0 {
            claims.append(Int(groups[next].position))
            next = groups[next].next
          }
          return Found(gainer: rows[claims[0]].change.gainer, sides: group.words.sides, claims: claims)
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
      // The first claims are the last by time: groups are told apart by theirs.
      let plain = found(plain: rows, weights, tolerance: tolerance).sorted { $0.claims[0] > $1.claims[0] }
      #expect(plain == found(dated: rows, weights, tolerance: tolerance), "round \(round)")
    }
  }
}
