// Containment: the corridor beside GEOS, ten thousand zones, one ring of a million vertices.
import CGEOS
import TruceAtlas
import TruceModel

/// The corridor with its exclusion, beside GEOS's prepared contains on its outline.
func measureCorridor(_ random: inout Seeded) throws {
  let road: [Position] = [
    (46.48054, 39.55826), (46.54333, 39.58972), (46.54977, 39.63742), (46.64306, 39.6875), (46.67611, 39.71722), (46.73642, 39.80271),
    (46.7528, 39.8177),
  ].map { Position(longitude: $0.0, latitude: $0.1) }
  let town = Position(longitude: 46.74989, latitude: 39.76006)
  let exclusion = Geometry.polygon([star(town, 40, 900...1500, using: &random)])
  for accuracy in [0.0, 300] {
    let corridor = try Corridor(
      centreLine: MeasuredLine(road), halfWidthMetres: 2500, accuracyMetres: accuracy,
      exclusions: [.area("town", exclusion, accuracyMetres: accuracy)])
    let points = (0..<1_000_000).map { _ in
      Position(longitude: Double.random(in: 46.44...46.80, using: &random), latitude: Double.random(in: 39.53...39.85, using: &random))
    }
    var inside = 0
    func askOurs() {
      inside = 0
      for point in points where corridor.contains(point) == .inside { inside += 1 }
    }
    var ours = best(askOurs)
    print("corridor with exclusion, accuracy \(Int(accuracy)) m, 1 million points", 1 / ours, "million points/s")
    guard accuracy == 0, let outline = try corridor.outline(), let rings = outline.polygons.first else { continue }
    let handle = GEOS_init_r()
    func ring(_ ring: [Position]) -> OpaquePointer? {
      let sequence = GEOSCoordSeq_create_r(handle, UInt32(ring.count), 2)
      for (i, p) in ring.enumerated() { _ = GEOSCoordSeq_setXY_r(handle, sequence, UInt32(i), p.longitude, p.latitude) }
      return GEOSGeom_createLinearRing_r(handle, sequence)
    }
    var holes = rings.dropFirst().map(ring)
    let shape = GEOSGeom_createPolygon_r(handle, ring(rings[0]), &holes, UInt32(holes.count))
    let prepared = GEOSPrepare_r(handle, shape)
    var theirInside = 0
    func askTheirs() {
      theirInside = 0
      for point in points {
        let geometry = GEOSGeom_createPointFromXY_r(handle, point.longitude, point.latitude)
        if GEOSPreparedContains_r(handle, prepared, geometry) == 1 { theirInside += 1 }
        GEOSGeom_destroy_r(handle, geometry)
      }
    }
    // In turns, so that whatever else the machine does slows both.
    var theirs = Double.infinity
    for _ in 0..<9 {
      ours = min(ours, once(askOurs))
      theirs = min(theirs, once(askTheirs))
    }
    print("the same in turns with GEOS", 1 / ours, "million points/s")
    print("GEOS prepared contains, the same points", 1 / theirs, "million points/s")
    print("ratio", theirs / ours, "times")
    print("inside: ours \(inside), GEOS on the outline \(theirInside)")
  }
}

/// Ten thousand zones, a million points.
func measureZones(_ random: inout Seeded) throws {
  var areas: [PreparedArea] = []
  let zoneRings = (0..<10_000).map { i in
    star(
      Position(longitude: 30 + Double(i % 100) * 0.1, latitude: 40 + Double(i / 100) * 0.1), Int.random(in: 10...60, using: &random),
      2_000...7_000, using: &random)
  }
  let zonesReady = try once { areas = try zoneRings.map { try PreparedArea(.polygon([$0]), accuracyMetres: 0) } }
  print("10,000 zones made ready", zonesReady, "s")
  let index = ZoneIndex(areas)
  let spread = (0..<1_000_000).map { _ in
    Position(longitude: Double.random(in: 30...40, using: &random), latitude: Double.random(in: 40...50, using: &random))
  }
  var hits = 0
  let indexed = best {
    hits = 0
    for point in spread { index.forEachZone(at: point) { _ in hits += 1 } }
  }
  print("10,000 zones x 1 million points one by one (\(hits) hits)", 1 / indexed, "million points/s")
  var together = 0
  let batch = best {
    together = 0
    index.forEachHit(of: spread) { _, _ in together += 1 }
  }
  print("10,000 zones x 1 million points together (\(together) hits)", 1 / batch, "million points/s")
}

/// One ring of a million vertices.
func measureLargeRing(_ random: inout Seeded) throws {
  var hits = 0
  let large = star(Position(longitude: 46, latitude: 40), 1_000_000, 99_000...100_000, using: &random)
  var ready: PreparedArea?
  let made = try once { ready = try PreparedArea(.polygon([large]), accuracyMetres: 100) }
  print("a ring of 1 million vertices made ready", made, "s")
  let around = (0..<1_000_000).map { _ in
    Position(longitude: Double.random(in: 44.8...47.2, using: &random), latitude: Double.random(in: 39...41, using: &random))
  }
  let asked = best { for point in around where ready?.contains(point) == .inside { hits += 1 } }
  print("1 million points in it", 1 / asked, "million points/s")
}
