// The suite of projection, geodesics and areas, against PROJ and GeographicLib's geodesic.
import Foundation
import Testing
import TruceAtlas

@Suite struct GeodesyTests {
  private func somewhere(_ random: inout Seeded, latitude: Double = 84) -> Position {
    Position(longitude: Double.random(in: -180..<180, using: &random), latitude: Double.random(in: -latitude...latitude, using: &random))
  }

  @Test("The projection agrees with PROJ's within a millimetre over 3 degrees, and comes back to the same place")
  func projection() {
    var random = Seeded(1)
    var worst = 0.0
    var worstBack = 0.0
    for _ in 0..<60 {
      let centre = somewhere(&random, latitude: 80)
      let ours = Projection(centre: centre)
      let theirs = ProjOracle(centre: centre)
      for _ in 0..<50 {
        let position = Position(
          longitude: centre.longitude + Double.random(in: -3...3, using: &random),
          latitude: centre.latitude + Double.random(in: -3...3, using: &random))
        let a = ours.project(position)
        let b = theirs.project(position)
        worst = max(worst, abs(a.x - b.x), abs(a.y - b.y))
        let back = ours.unproject(a)
        let turned = abs(back.longitude - position.longitude).truncatingRemainder(dividingBy: 360)
        worstBack = max(worstBack, min(turned, 360 - turned), abs(back.latitude - position.latitude))
      }
    }
    #expect(worst < 0.001, "worst difference \(worst) m")
    #expect(worstBack < 1e-9, "worst return \(worstBack) degrees")
  }

  @Test("Distances agree with Karney's within a micrometre up to 200 km, at any latitude below 85 degrees and across the antimeridian")
  func distances() {
    var random = Seeded(2)
    var worst = 0.0
    for i in 0..<8000 {
      let (from, metres, bearing) = start(i, &random, metres: 0.01...200_000)
      let to = Karney.direct(from, metres, bearing)
      let expected = Karney.inverse(from, to).metres
      worst = max(worst, abs(from.distance(to: to) - expected), abs(to.distance(to: from) - expected))
      if metres > 10 {
        let off = abs(from.bearing(to: to) - Karney.inverse(from, to).bearing)
        #expect(min(abs(off), abs(360 - off)) * metres * .pi / 180 < 1e-6)
      }
    }
    #expect(worst < 1e-6, "worst difference \(worst) m")
  }

  @Test("A position moved along a geodesic lies within a micrometre of Karney's, up to 200 km")
  func moves() {
    var random = Seeded(12)
    var worst = 0.0
    for i in 0..<8000 {
      let (from, metres, bearing) = start(i, &random, metres: 0.01...200_000)
      worst = max(worst, Karney.inverse(from.moved(metres: metres, bearing: bearing), Karney.direct(from, metres, bearing)).metres)
    }
    #expect(worst < 1e-6, "worst difference \(worst) m")
  }

  @Test("Far distances agree with Karney's within a micrometre up to 19,000 km")
  func farDistances() {
    var random = Seeded(3)
    var worst = 0.0
    for _ in 0..<3000 {
      let from = somewhere(&random)
      let metres = Double.random(in: 200_000...19_000_000, using: &random)
      let to = Karney.direct(from, metres, Double.random(in: 0..<360, using: &random))
      worst = max(worst, abs(from.distance(to: to) - Karney.inverse(from, to).metres))
    }
    #expect(worst < 1e-6, "worst difference \(worst) m")
  }

  /// A place below 85 degrees, every fourth beside the antimeridian, a length spread evenly over its powers of ten, and a bearing.
  private func start(_ number: Int, _ random: inout Seeded, metres: ClosedRange<Double>) -> (Position, Double, Double) {
    var from = somewhere(&random, latitude: 83)
    if number % 4 == 0 { from.longitude = number % 8 == 0 ? 179.9 : -179.95 }
    let length = exp(Double.random(in: log(metres.lowerBound)...log(metres.upperBound), using: &random))
    return (from, length, Double.random(in: 0..<360, using: &random))
  }

  @Test(
    "Areas agree with Karney's within a part in a thousand million and a square centimetre, at any latitude below 85 degrees and across the antimeridian"
  )
  func areas() {
    var random = Seeded(4)
    var worst = 0.0
    for i in 0..<1500 {
      let (centre, size, _) = start(i, &random, metres: 20...200_000)
      let ring = star(around: centre, corners: Int.random(in: 3...60, using: &random), metres: size / 3...size, using: &random)
      let expected = Karney.area(ring)
      #expect(expected > 0)
      let off = abs(areaSquareMetres(.polygon([ring])) - expected)
      #expect(off <= expected * 1e-6)
      worst = max(worst, off / (expected * 1e-9 + 0.01))
    }
    #expect(worst < 1, "worst difference \(worst) of what is allowed")
  }

  @Test("A ring round a pole has the area of its cap")
  func polarCap() {
    for latitude in [70.0, -65.0] {
      var ring = (0..<12).map { Position(longitude: -180 + Double($0) * 30, latitude: latitude) }
      if latitude < 0 { ring.reverse() }
      let expected = abs(Karney.area(ring))
      ring.append(ring[0])
      #expect(abs(areaSquareMetres(.polygon([ring])) - expected) < expected * 1e-6)
    }
  }

  @Test("The nearest point of a geodesic is the least of its points' distances")
  func nearest() {
    var random = Seeded(5)
    for _ in 0..<200 {
      let from = somewhere(&random)
      let to = Karney.direct(from, Double.random(in: 1...200_000, using: &random), Double.random(in: 0..<360, using: &random))
      let point = Karney.direct(from, Double.random(in: 0...200_000, using: &random), Double.random(in: 0..<360, using: &random))
      let geodesic = Geodesic(from: from, to: to)
      let (along, distance) = geodesic.nearest(to: point)
      // Golden-section search along Karney's geodesic.
      let bearing = Karney.inverse(from, to).bearing
      var low = 0.0
      var high = geodesic.lengthMetres
      for _ in 0..<100 {
        let a = high - (high - low) * 0.6180339887
        let b = low + (high - low) * 0.6180339887
        let da = Karney.inverse(Karney.direct(from, a, bearing), point).metres
        let db = Karney.inverse(Karney.direct(from, b, bearing), point).metres
        if da < db { high = b } else { low = a }
      }
      let expected = Karney.inverse(Karney.direct(from, (low + high) / 2, bearing), point).metres
      #expect(abs(distance - expected) < 0.001)
      #expect(abs(Karney.inverse(Karney.direct(from, along, bearing), point).metres - expected) < 0.001)
    }
  }
}
