// The suite of the zone index, against asking every zone.
import Testing
import TruceAtlas

@Suite struct ZoneIndexTests {
  @Test("The index finds what asking every zone finds, across the antimeridian too", arguments: [0, 1, 7, 8, 9, 300])
  func exhaustive(count: Int) throws {
    var random = Seeded(UInt64(20 + count))
    let areas = try (0..<count).map { _ in
      let centre = Position(
        longitude: wrapped(180 + Double.random(in: -1...1, using: &random)), latitude: Double.random(in: 60...61, using: &random))
      // Few corners and many, holes, second parts: those that are packed and those that are not.
      let outer = star(
        around: centre, corners: Bool.random(using: &random) ? 12 : Int.random(in: 3...300, using: &random), metres: 3_000...15_000,
        using: &random)
      var polygons = [[outer]]
      if Bool.random(using: &random) {
        polygons[0].append(star(around: centre, corners: 5, metres: 500...2_500, using: &random).reversed())
      }
      if Bool.random(using: &random) {
        polygons.append([star(around: Karney.direct(centre, 40_000, 90), corners: 9, metres: 3_000...9_000, using: &random)])
      }
      return try PreparedArea(
        .multiPolygon(polygons), accuracyMetres: Bool.random(using: &random) ? 0 : Double.random(in: 0...500, using: &random))
    }
    let index = ZoneIndex(areas)
    var asked: [Position] = []
    var answers: [[ZoneIndex.Hit]] = []
    for _ in 0..<2000 {
      let position = Position(
        longitude: wrapped(180 + Double.random(in: -1.3...1.3, using: &random)), latitude: Double.random(in: 59.8...61.2, using: &random))
      let expected = areas.enumerated().compactMap { number, area -> ZoneIndex.Hit? in
        let containment = area.contains(position)
        return containment == .outside ? nil : .init(zone: number, containment: containment)
      }
      #expect(index.zones(at: position) == expected)
      asked.append(position)
      answers.append(expected)
    }
    var together = [[ZoneIndex.Hit]](repeating: [], count: asked.count)
    index.forEachHit(of: asked) { together[$0].append($1) }
    #expect(together.map { $0.sorted { $0.zone < $1.zone } } == answers)
    #expect(index.zones(at: Position(longitude: .nan, latitude: 60)).isEmpty)
  }

  private func wrapped(_ longitude: Double) -> Double { longitude > 180 ? longitude - 360 : longitude }
}
