// The forecast: known answers, an oracle that expands the network over time step by step, and the road out of Kalbajar.
import Testing
import TruceAtlas
import TruceModel

@testable import TruceSituation

/// Roads between lettered places; a transit time of one unit is an hour.
private func network(_ roads: [(String, String, flow: Double, hours: Double)]) -> Case {
  let ids = Set(roads.flatMap { [$0.0, $0.1] }).sorted()
  return Case(
    id: "net", title: "net", zone: .utc, parties: [], places: ids.map { Place(id: PlaceID($0), kind: .point, names: [Name($0)]) },
    roads: roads.enumerated().map { index, road in
      Road(
        id: "r\(index)", from: PlaceID(road.0), to: PlaceID(road.1), lengthKilometres: 1, lanes: 2, flow: road.flow...road.flow,
        transitMinutes: road.hours * 60...road.hours * 60)
    }, digest: Digest(of: "net"))
}

private let now = Instant("2020-11-12T12:00:00+04:00")!

private func hours(_ roads: [(String, String, flow: Double, hours: Double)], _ vehicles: Double) throws -> Double? {
  try Forecast(case: network(roads)).clearance(from: "s", to: "t", vehicles: vehicles...vehicles, on: now).best?.hours
}

@Suite struct ForecastTests {
  @Test("One road of flow 3 and transit 2 clears 20 units in 8.667")
  func oneRoad() throws {
    #expect(abs(try #require(try hours([("s", "t", 3, 2)], 20)) - (2 + 20.0 / 3)) < 1e-9)
  }

  private static let twoRoadTable: [(Double, Double)] = [
    (5.0, 3.6666666666666667), (8.0, 4.6666666666666667), (9.0, 5.0), (20.0, 7.2), (100.0, 23.2),
  ]

  @Test("Of two roads the longer one helps only when there is enough to carry", arguments: twoRoadTable)
  func twoRoads(vehicles: Double, expected: Double) throws {
    #expect(abs(try #require(try hours([("s", "t", 3, 2), ("s", "t", 2, 5)], vehicles)) - expected) < 1e-9)
  }

  private static let bridgeTable: [(Double, Double)] = [(6.0, 4.6), (12.0, 5.8), (30.0, 9.4)]

  @Test("The bridge network, where the quickest flow sends over the middle road", arguments: bridgeTable)
  func bridgeNetwork(vehicles: Double, expected: Double) throws {
    let roads: [(String, String, flow: Double, hours: Double)] = [
      ("s", "u", 4, 1), ("s", "v", 2, 2), ("u", "v", 1, 1), ("u", "t", 2, 3), ("v", "t", 3, 1),
    ]
    let found = try hours(roads, vehicles)
    #expect(abs(try #require(found) - expected) < 1e-9)
  }

  @Test("More vehicles, lower flows and longer transit never shorten the time")
  func monotone() throws {
    let one = try #require(try hours([("s", "t", 3, 2), ("s", "t", 2, 5)], 20))
    #expect(try #require(try hours([("s", "t", 3, 2), ("s", "t", 2, 5)], 21)) > one)
    #expect(try #require(try hours([("s", "t", 2, 2), ("s", "t", 2, 5)], 20)) > one)
    #expect(try #require(try hours([("s", "t", 3, 2.5), ("s", "t", 2, 5)], 20)) > one)
  }

  @Test("The bottleneck is the minimum cut over time, and its shares add up to one")
  func bottleneck() throws {
    let roads = network([("s", "m", 10, 1), ("m", "t", 2, 1), ("m", "n", 1, 1), ("n", "t", 9, 1)])
    let found = try Forecast(case: roads).clearance(from: "s", to: "t", vehicles: 50...50, on: now)
    let bound = try #require(found.best)
    #expect(Set(bound.bottlenecks.map(\.road)) == ["r1", "r2"])
    #expect(found.bottleneck == "r1")
    #expect(abs(bound.bottlenecks.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    #expect(found.bridges == ["r0"])
  }

  @Test("A closed road is left out, and with the only road closed there is no way")
  func closed() throws {
    var file = network([("s", "t", 3, 2)])
    file.roads[0].closed = ["2020-11-12/2020-11-13"]
    let found = try Forecast(case: file).clearance(from: "s", to: "t", vehicles: 5...9, on: now)
    #expect(found.best == nil && found.worst == nil && found.bridges.isEmpty && found.closed == ["r0"])
    #expect(found.verdict(from: now, until: now.adding(seconds: 1_000_000)) == .infeasible)
    #expect(found.sentence == "s to t, 5 to 9 vehicles: no open road leads there.")
    let later = try Forecast(case: file).clearance(from: "s", to: "t", vehicles: 5...9, on: now.adding(seconds: 5 * 86_400))
    #expect(later.best != nil)
  }

  @Test("Where nobody observed a flow there is no upper bound, and the assumption is told")
  func unobserved() throws {
    var file = network([("s", "t", 3, 2)])
    file.roads[0].flow = nil
    file.roads[0].transitMinutes = nil
    let found = try Forecast(case: file).clearance(from: "s", to: "t", vehicles: 100...200, on: now)
    #expect(found.best != nil && found.worst == nil)
    #expect(found.assumptions.count == 2)
    #expect(found.verdict(from: now, until: now.adding(seconds: 86_400)) == .atRisk)
    #expect(found.json["hours"]?.array?.last == .null)
  }

  @Test("An unknown place, a place without a road, one place twice and a count of none are refused in words")
  func refused() throws {
    var file = network([("s", "t", 3, 2)])
    file.places.append(Place(id: "hill", kind: .point, names: [Name("Hill")]))
    let forecast = Forecast(case: file)
    #expect(throws: Finding.self) { try forecast.clearance(from: "nowhere", to: "t", vehicles: 1...1, on: now) }
    #expect(throws: Finding.self) { try forecast.clearance(from: "hill", to: "t", vehicles: 1...1, on: now) }
    #expect(throws: Finding.self) { try forecast.clearance(from: "s", to: "s", vehicles: 1...1, on: now) }
    #expect(throws: Finding.self) { try forecast.clearance(from: "s", to: "t", vehicles: 0...1, on: now) }
  }

  @Test("The road out of Kalbajar: a wide range, one bridge after another, and 15 November at risk while 25 November is not")
  func kalbajar() throws {
    let forecast = Forecast(case: try built())
    let found = try forecast.clearance(from: "kalbajar-district", to: "vardenis", vehicles: 2000...8000, on: now)
    let best = try #require(found.best)
    let worst = try #require(found.worst)
    // By hand: 87 minutes and 2,000 vehicles at 1,700 an hour; 215 minutes and 8,000 at 40.
    #expect(abs(best.hours - (87.0 / 60 + 2000.0 / 1700)) < 1e-6)
    #expect(abs(worst.hours - (215.0 / 60 + 200)) < 1e-6)
    #expect(found.bottleneck == "kalbajar-pass")
    #expect(found.bridges == ["kalbajar-pass", "pass-sotk", "sotk-vardenis"])
    #expect(
      found.sentence
        == "Kalbajar district to Vardenis, 2,000 to 8,000 vehicles: at least 2.6 hours, up to 8 days 12 hours by the lowest observed flows. "
        + "The bottleneck is the road from Kalbajar to Sotk pass, 40 to 1,700 vehicles an hour (drivers' accounts of the queue of November "
        + "2020; capacity manual, two lanes, one way); it is the only road: without it there is no way.")

    let outlook = try #require(forecast.outlooks(on: now).outlooks.first { $0.departure.id == "leaving-kalbajar" })
    #expect(outlook.verdict == .atRisk)
    #expect(Set(outlook.deadlines.map(\.word)) == [.by, .before])
    let signing = Instant("2020-11-10T00:00:00+03:00")!
    #expect(found.verdict(from: signing, until: Instant("2020-11-16T00:00:00+04:00")!) == .atRisk)
    #expect(found.verdict(from: signing, until: Instant("2020-11-26T00:00:00+04:00")!) == .feasible)
    #expect(found.verdict(from: Instant("2020-11-15T22:30:00+04:00")!, until: Instant("2020-11-16T00:00:00+04:00")!) == .infeasible)
    #expect(found.verdict(from: now, until: signing) == .past)
  }

  @Test("A revised deadline that a situation knows is judged beside the original, and what was done has no outlook")
  func revised() throws {
    let forecast = Forecast(case: try built())
    func commitment(_ done: When?) -> Situation.Commitment {
      Situation.Commitment(
        id: "nk-2020/6a", article: "6a", title: "Kalbajar", kind: .achieve, who: ["ARM"], act: "hand-over", place: "kalbajar-district",
        deadlines: [
          Situation.Commitment.Deadline(when: day("2020-11-15", .due), word: .by, by: "agreement"),
          Situation.Commitment.Deadline(when: day("2020-11-25", .due), word: .by, by: "AZE"),
        ], word: "pending", because: "", done: done)
    }
    let moment = instant("2020-11-15T20:00:00+04:00")
    let outlook = try #require(
      forecast.outlooks(on: moment, commitments: [commitment(nil)]).outlooks.first { $0.departure.id == "leaving-kalbajar" })
    #expect(outlook.deadlines.map(\.verdict) == [.atRisk, .feasible])
    #expect(outlook.verdict == .feasible)
    #expect(outlook.json["verdict"]?.string == "feasible")
    let done = forecast.outlooks(on: moment, commitments: [commitment(day("2020-11-14"))]).outlooks
    #expect(!done.contains { $0.departure.id == "leaving-kalbajar" })
  }
}
