// The suite of the atlas: definitions side by side, versions of a corridor, relations of areas.
import Testing
import TruceAtlas
import TruceModel

@Suite struct AtlasTests {
  private static func square(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Geometry {
    let corners: [(Double, Double)] = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return .polygon([corners.map { Position(longitude: $0.0, latitude: $0.1) }])
  }

  private static func definition(_ geometry: Geometry, _ accuracy: Double, _ source: String, _ period: String? = nil) -> Place.Definition {
    Place.Definition(geometry: geometry, accuracyMetres: accuracy, source: source, licence: "CC0-1.0", period: period)
  }

  private let atlas: Atlas = {
    let town = Position(longitude: 46.5, latitude: 39.75)
    let old: [Position] = [(46.4, 39.75), (46.6, 39.75)].map { Position(longitude: $0.0, latitude: $0.1) }
    let new: [Position] = [(46.4, 39.65), (46.6, 39.65)].map { Position(longitude: $0.0, latitude: $0.1) }
    return Atlas(
      [
        Place(
          id: "district", kind: .district, names: [Name("District")],
          definitions: [
            definition(square(46, 39, 47, 40), 1000, "wide"), definition(square(46, 39, 46.4, 40), 1000, "narrow"),
          ]),
        Place(id: "town", kind: .settlement, names: [Name("Town")], definitions: [definition(.point(town), 500, "wide")]),
        Place(
          id: "neighbour", kind: .district, names: [Name("Neighbour")], definitions: [definition(square(47, 39, 48, 40), 1000, "wide")]),
        Place(id: "inner", kind: .zone, names: [Name("Inner")], definitions: [definition(square(46.2, 39.2, 46.4, 39.4), 1000, "wide")]),
        Place(id: "across", kind: .zone, names: [Name("Across")], definitions: [definition(square(46.8, 39.2, 47.3, 39.4), 1000, "wide")]),
        Place(
          id: "road", kind: .road, names: [Name("Road")],
          definitions: [definition(.line(old), 100, "survey", "../2022-08-24"), definition(.line(new), 100, "survey", "2022-08-25/..")]),
        Place(
          id: "along-the-edge", kind: .road, names: [Name("Along the edge")],
          definitions: [
            definition(.line([Position(longitude: 46.99, latitude: 39.1), Position(longitude: 46.99, latitude: 39.3)]), 500, "survey")
          ]),
        Place(
          id: "through", kind: .road, names: [Name("Through")],
          definitions: [
            definition(.line([Position(longitude: 45.5, latitude: 39.5), Position(longitude: 47.5, latitude: 39.5)]), 500, "survey")
          ]),
        Place(id: "corridor", kind: .corridor, names: [Name("Corridor")], halfWidthMetres: 2500, excludes: ["town"], along: "road"),
      ], zone: Zone("Asia/Baku")!)
  }()

  @Test("Definitions stand side by side, and the question says whose is meant")
  func sources() throws {
    let town = Position(longitude: 46.5, latitude: 39.75)
    #expect(try atlas.contains(town, in: "district") == .inside)
    #expect(try atlas.contains(town, in: "district", source: "narrow") == .outside)
    #expect(try atlas.contains(town, in: "district", source: "nobody") == nil)
    #expect(try atlas.contains(town, in: "town") == nil)
    let edge = Position(longitude: 47.005, latitude: 39.5)
    #expect(try atlas.contains(edge, in: "district") == .tooCloseToTell)
    #expect(try atlas.contains(edge, in: "neighbour") == .tooCloseToTell)
  }

  @Test("A rerouted corridor is where its version of the day is")
  func versions() throws {
    #expect(try atlas.corridorVersions("corridor").count == 2)
    let before = try #require(Instant("2022-08-24T12:00:00+04:00"))
    let after = try #require(Instant("2022-08-25T12:00:00+04:00"))
    let onOld = Position(longitude: 46.45, latitude: 39.75)
    let onNew = Position(longitude: 46.45, latitude: 39.65)
    #expect(try atlas.contains(onOld, in: "corridor", on: before) == .inside)
    #expect(try atlas.contains(onOld, in: "corridor", on: after) == .outside)
    #expect(try atlas.contains(onNew, in: "corridor", on: before) == .outside)
    #expect(try atlas.contains(onNew, in: "corridor", on: after) == .inside)
    #expect(try atlas.contains(Position(longitude: 46.5, latitude: 39.75), in: "corridor", on: before) == .outside)
    let outline = try #require(try atlas.outline(of: "corridor", on: before))
    #expect(!outline.polygons.isEmpty)
    let area = try #require(try atlas.areaSquareKilometres(of: "corridor", on: after))
    let length = try #require(try atlas.line("corridor", on: after)).lengthKilometres
    #expect(abs(area - (5 * length + 3.14159 * 6.25)) < 0.02)
  }

  @Test("Areas are disjoint, within, overlapping or too close to tell")
  func relations() throws {
    #expect(try atlas.overlap("inner", "district")?.relation == .within)
    #expect(try atlas.overlap("district", "inner")?.relation == .contains)
    #expect(try atlas.overlap("across", "district")?.relation == .overlaps)
    #expect(try atlas.overlap("neighbour", "district")?.relation == .tooCloseToTell)
    #expect(try atlas.overlap("inner", "neighbour")?.relation == .disjoint)
    let share = try #require(try atlas.overlap("across", "district")).shareOfFirst
    #expect(abs(share - 0.4) < 0.001)
    #expect(try atlas.overlap("town", "district") == nil)
  }

  @Test("A road runs through what holds a part of it for sure, also between its corners; on the edge it is too close to tell")
  func crossings() throws {
    #expect(try atlas.crossing(of: "through", through: "district") == .inside)
    #expect(try atlas.crossing(of: "through", through: "neighbour") == .inside)
    #expect(try atlas.crossing(of: "along-the-edge", through: "district") == .tooCloseToTell)
    #expect(try atlas.crossing(of: "along-the-edge", through: "neighbour") == .tooCloseToTell)
    #expect(try atlas.crossing(of: "corridor", through: "district") == .inside)
    #expect(try atlas.crossing(of: "corridor", through: "neighbour") == .outside)
    #expect(try atlas.crossing(of: "across", through: "neighbour") == .inside)
    #expect(try atlas.crossing(of: "inner", through: "neighbour") == .outside)
    #expect(try atlas.crossing(of: "inner", through: "town") == .outside)
  }

  @Test("Distances carry the range that the accuracies allow")
  func distances() throws {
    let (measured, range) = try #require(try atlas.distanceKilometres("town", "neighbour"))
    let expected = Karney.inverse(Position(longitude: 46.5, latitude: 39.75), Position(longitude: 47, latitude: 39.75)).metres / 1000
    #expect(abs(measured - expected) < 0.1)
    #expect(abs(range.upperBound - range.lowerBound - 3) < 1e-9)
    #expect(try atlas.distanceKilometres("inner", "district")?.measured == 0)
  }

  @Test("A shape that cannot be used is told with its place's id")
  func naming() {
    let bad = Geometry.polygon([
      [Position(longitude: 1, latitude: 1), Position(longitude: 2, latitude: 2), Position(longitude: 1, latitude: 1)]
    ])
    let atlas = Atlas(
      [Place(id: "bad", kind: .zone, names: [Name("Bad")], definitions: [Self.definition(bad, 0, "none")])], zone: Zone("UTC")!)
    do {
      _ = try atlas.contains(Position(longitude: 1, latitude: 1), in: "bad")
      Issue.record("taken")
    } catch {
      #expect(error.feature == "bad")
      #expect(error.position != nil)
    }
  }
}
