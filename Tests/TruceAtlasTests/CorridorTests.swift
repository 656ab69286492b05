// The suite of corridors: membership by distance, exclusions, outline and area.
import Testing
import TruceAtlas
import TruceModel

@Suite struct CorridorTests {
  private func corridor(accuracy: Double = 0, exclusions: [Corridor.Exclusion] = []) throws -> Corridor {
    try Corridor(
      centreLine: MeasuredLine(lachinRoad), halfWidthMetres: 2500, accuracyMetres: accuracy, exclusions: exclusions)
  }

  @Test("The corridor of the road's waypoints, 2.5 km each side, covers 213.41 square kilometres")
  func area() throws {
    let squareKilometres = try corridor().areaSquareMetres() / 1e6
    #expect(abs(squareKilometres - 213.41) < 0.01, "\(squareKilometres)")
  }

  @Test("Membership is by geodesic distance to the centre line, and near the edge too close to tell")
  func membership() throws {
    var random = Seeded(6)
    let sharp = try corridor()
    let vague = try corridor(accuracy: 300)
    for _ in 0..<3000 {
      let position = Position(
        longitude: Double.random(in: 46.4...46.85, using: &random), latitude: Double.random(in: 39.5...39.87, using: &random))
      let distance = sharp.centreLine.distance(to: position)
      if abs(distance - 2500) > 0.02 { #expect(sharp.contains(position) == (distance < 2500 ? .inside : .outside)) }
      if abs(abs(distance - 2500) - 300) > 0.02 {
        let expected: Containment = abs(distance - 2500) <= 300 ? .tooCloseToTell : distance < 2500 ? .inside : .outside
        #expect(vague.contains(position) == expected)
        #expect(sharp.contains(position, accuracyMetres: 300) == expected)
      }
    }
  }

  @Test("An excluded place is outside by name and by position, and the outline has a hole there")
  func exclusions() throws {
    let town = try MeasuredLine(lachinRoad).position(atKilometres: 25)
    let with = try corridor(exclusions: [.disc("town", town, radiusMetres: 1000, accuracyMetres: 200)])
    #expect(with.contains(town) == .outside)
    #expect(try corridor().contains(town) == .inside)
    #expect(with.contains(town.moved(metres: 1100, bearing: 270)) == .tooCloseToTell)
    #expect(with.contains(town.moved(metres: 1400, bearing: 270)) == .inside)
    let place = Place(
      id: "town", kind: .settlement, names: [Name("Town")],
      definitions: [Place.Definition(geometry: .point(town), accuracyMetres: 100, source: "none", licence: "CC0")])
    #expect(with.contains(place) == .outside)
    let less = try corridor().areaSquareMetres() - with.areaSquareMetres()
    #expect(less > 2.9e6 && less < 3.15e6, "\(less)")

    let offsets: [(Double, Double)] = [(-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01), (-0.01, -0.01)]
    let ring = offsets.map { Position(longitude: town.longitude + $0.0, latitude: town.latitude + $0.1) }
    let area = try corridor(exclusions: [.area("town", .polygon([ring]), accuracyMetres: 0)])
    #expect(area.contains(town) == .outside)
    let taken = try corridor().areaSquareMetres() - area.areaSquareMetres()
    #expect(taken > 3.5e6 && taken < 3.9e6, "\(taken)")
  }

  @Test("A corridor across the antimeridian is one strip")
  func antimeridian() throws {
    let line = try MeasuredLine([Position(longitude: 179.8, latitude: 65), Position(longitude: -179.8, latitude: 65.1)])
    let corridor = try Corridor(centreLine: line, halfWidthMetres: 1000, accuracyMetres: 0)
    let middle = line.position(atKilometres: line.lengthKilometres / 2)
    #expect(corridor.contains(middle) == .inside)
    #expect(corridor.contains(Position(longitude: 0, latitude: 65)) == .outside)
    let expected = line.lengthKilometres * 2 + 3.14159
    #expect(abs(try corridor.areaSquareMetres() / 1e6 - expected) < expected * 1e-4)
  }
}
