// The suite of measured lines and their stretches.
import Testing
import TruceAtlas

@Suite struct LineTests {
  @Test("A line is as long as its pieces by Karney's geodesic, and a kilometre comes back to its place")
  func kilometres() throws {
    let line = try MeasuredLine(lachinRoad)
    let expected = zip(lachinRoad, lachinRoad.dropFirst()).reduce(0) { $0 + Karney.inverse($1.0, $1.1).metres } / 1000
    #expect(abs(line.lengthKilometres - expected) < 1e-6)
    for i in 0...200 {
      let kilometre = line.lengthKilometres * Double(i) / 200
      let foot = line.foot(of: line.position(atKilometres: kilometre))
      #expect(abs(foot.kilometre - kilometre) < 1e-6)
      #expect(foot.offsetMetres < 0.001)
    }
    #expect(line.position(atKilometres: -5) == lachinRoad[0])
    #expect(line.position(atKilometres: 500) == lachinRoad[6])
  }

  @Test("A position beside the line falls on it at right angles, on the side where it is")
  func feet() throws {
    let line = try MeasuredLine([Position(longitude: 46, latitude: 40), Position(longitude: 46.5, latitude: 40)])
    let middle = line.position(atKilometres: 20)
    let left = line.foot(of: middle.moved(metres: 3000, bearing: 0))
    #expect(left.isLeft && abs(left.offsetMetres - 3000) < 1 && abs(left.kilometre - 20) < 0.01)
    #expect(!line.foot(of: middle.moved(metres: 3000, bearing: 180)).isLeft)
  }

  @Test("A stretch from a to b is as long as b less a")
  func stretch() throws {
    let line = try MeasuredLine(lachinRoad)
    for (a, b) in [(0.0, 5.0), (3, 31), (31, 3), (12.5, 12.6)] {
      let part = try #require(line.stretch(from: a, to: b))
      #expect(abs(part.lengthKilometres - abs(b - a)) < 1e-6)
    }
    #expect(line.stretch(from: 4, to: 4) == nil)
    let posts = line.posts(everyKilometres: 10)
    #expect(posts.count == Int(line.lengthKilometres / 10) + 2)
    #expect(posts.last?.kilometre == line.lengthKilometres)
  }

  @Test("Unions, intersections and gaps of stretches agree with asking each metre")
  func sets() {
    var random = Seeded(40)
    for _ in 0..<200 {
      func some() -> [Range<Double>] {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          let start = Double(Int.random(in: 0...90, using: &random))
          return start..<start + Double(Int.random(in: 0...15, using: &random))
        }
      }
      let (first, second) = (some(), some())
      let (a, b) = (Stretches(first), Stretches(second))
      for set in [a, b, a.union(b), a.intersection(b), a.gaps(ofKilometres: 100)] { set._checkInvariants() }
      for i in 0..<100 {
        let at = Double(i) + 0.5
        let inFirst = first.contains { $0.contains(at) }
        let inSecond = second.contains { $0.contains(at) }
        #expect(a.contains(at) == inFirst)
        #expect(a.union(b).contains(at) == (inFirst || inSecond))
        #expect(a.intersection(b).contains(at) == (inFirst && inSecond))
        #expect(a.gaps(ofKilometres: 100).contains(at) == !inFirst)
      }
      let watched = a.intersection(Stretches([0..<100])).lengthKilometres
      #expect(abs(watched + a.gaps(ofKilometres: 100).lengthKilometres - 100) < 1e-9)
    }
  }

  @Test("A sector's stretches of a line begin and end where its range does")
  func sector() throws {
    let line = try MeasuredLine([Position(longitude: 46, latitude: 40), Position(longitude: 46.5, latitude: 40)])
    let sector = try Sector(
      observer: line.position(atKilometres: 20), startBearing: 0, widthDegrees: 360, rangeMetres: 0...5000, rangeErrorMetres: 500)
    let (sure, possible) = line.stretches(in: sector)
    #expect(sure.ranges.count == 1 && possible.ranges.count == 1)
    #expect(abs(sure.ranges[0].lowerBound - 15.5) < 0.01 && abs(sure.ranges[0].upperBound - 24.5) < 0.01)
    #expect(abs(possible.ranges[0].lowerBound - 14.5) < 0.01 && abs(possible.ranges[0].upperBound - 25.5) < 0.01)
  }

  @Test("A line of one position or of none on the Earth is refused")
  func refused() {
    #expect(throws: AtlasError.self) { try MeasuredLine([lachinRoad[0]]) }
    #expect(throws: AtlasError.self) { try MeasuredLine([lachinRoad[0], Position(longitude: .infinity, latitude: 0)]) }
    #expect(throws: AtlasError.self) { try MeasuredLine([lachinRoad[0], Position(longitude: 39, latitude: 96)]) }
  }
}
