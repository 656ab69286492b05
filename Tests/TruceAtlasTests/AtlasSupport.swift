// What the atlas's tests share: a seeded generator, and the oracles PROJ, GeographicLib's geodesic and GEOS behind short calls.
import CGEOS
import CProj
import TruceAtlas

/// SplitMix64: the same numbers for the same seed everywhere.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Karney's geodesic routines, WGS 84.
enum Karney {
  static var ellipsoid: geod_geodesic {
    var g = geod_geodesic()
    geod_init(&g, 6_378_137, 1 / 298.257223563)
    return g
  }

  static func inverse(_ from: Position, _ to: Position) -> (metres: Double, bearing: Double, endBearing: Double) {
    var g = ellipsoid
    var s = 0.0
    var a = 0.0
    var b = 0.0
    geod_inverse(&g, from.latitude, from.longitude, to.latitude, to.longitude, &s, &a, &b)
    return (s, a, b)
  }

  static func direct(_ from: Position, _ metres: Double, _ bearing: Double) -> Position {
    var g = ellipsoid
    var lat = 0.0
    var lon = 0.0
    var end = 0.0
    geod_direct(&g, from.latitude, from.longitude, bearing, metres, &lat, &lon, &end)
    return Position(longitude: lon, latitude: lat)
  }

  /// Signed square metres, anticlockwise positive.
  static func area(_ ring: [Position]) -> Double {
    var g = ellipsoid
    var lats = ring.map(\.latitude)
    var lons = ring.map(\.longitude)
    if ring.first == ring.last {
      lats.removeLast()
      lons.removeLast()
    }
    var area = 0.0
    var perimeter = 0.0
    geod_polygonarea(&g, &lats, &lons, Int32(lats.count), &area, &perimeter)
    return area
  }
}

/// PROJ's exact transverse Mercator, or its equal-area projection.
final class ProjOracle {
  private let context = proj_context_create()
  private let transformation: OpaquePointer

  init(centre: Position, isEqualArea: Bool = false) {
    let projection = isEqualArea ? "laea" : "tmerc +algo=poder_engsager +k=1"
    let definition =
      "+proj=\(projection) +lat_0=\(centre.latitude) +lon_0=\(centre.longitude) +x_0=0 +y_0=0 +ellps=WGS84 +units=m"
    transformation = proj_create(context, definition)!
  }

  deinit {
    proj_destroy(transformation)
    proj_context_destroy(context)
  }

  func project(_ position: Position) -> PlanePoint {
    let radians = Double.pi / 180
    let out = proj_trans(transformation, PJ_FWD, proj_coord(position.longitude * radians, position.latitude * radians, 0, 0))
    return PlanePoint(x: out.xy.x, y: out.xy.y)
  }
}

/// A star-shaped ring around a centre, anticlockwise, closed: never crosses itself.
func star(around centre: Position, corners: Int, metres: ClosedRange<Double>, using random: inout Seeded) -> [Position] {
  var ring = (0..<corners).map { i in
    Karney.direct(centre, Double.random(in: metres, using: &random), -360 * Double(i) / Double(corners))
  }
  ring.append(ring[0])
  return ring
}

/// The waypoints of the road from Tegh to Stepanakert: settlement centres of GeoNames (CC BY 4.0) and Wikipedia's coordinates.
let lachinRoad: [Position] = [
  (46.48054, 39.55826), (46.54333, 39.58972), (46.54977, 39.63742), (46.64306, 39.6875), (46.67611, 39.71722), (46.73642, 39.80271),
  (46.7528, 39.8177),
].map { Position(longitude: $0.0, latitude: $0.1) }
