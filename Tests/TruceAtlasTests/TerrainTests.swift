// The suite of elevation models and line of sight: a plain with a ridge, and GeoTIFF bytes written here.
import Foundation
import Testing
import TruceAtlas

@Suite struct TerrainTests {
  /// A plain at 100 m, 0.2 degrees each way, with a ridge of 50 m along the meridian 46.1.
  private func plain(ridge: Bool) throws -> ElevationModel {
    var heights: [Float] = []
    for _ in 0..<201 { heights += (0..<201).map { ridge && abs($0 - 100) <= 1 ? 150 : 100 } }
    return try ElevationModel(
      northWest: Position(longitude: 46, latitude: 40.2), stepEast: 0.001, stepSouth: 0.001, columns: 201, rows: 201, heights: heights)
  }

  private let west = Position(longitude: 46.05, latitude: 40.1)
  private let east = Position(longitude: 46.13, latitude: 40.1)

  @Test("Over a plain a near place is seen, behind a ridge it is hidden, from a high mast it is seen again")
  func ridge() throws {
    let lookout = Lookout(position: west, eyeMetres: 2, rangeMetres: 20_000)
    #expect(try lookout.sight(of: Position(longitude: 46.08, latitude: 40.1), over: plain(ridge: true)) == .seen)
    #expect(try lookout.sight(of: east, over: plain(ridge: true)) == .hidden)
    // The ridge stands 50 m high 4.2 km away, the target 2 m high 2.6 km behind it: an eye at 140 m looks over it.
    let mast = Lookout(position: west, eyeMetres: 140, rangeMetres: 20_000)
    #expect(try mast.sight(of: east, over: plain(ridge: true)) == .seen)
  }

  @Test("On a bare plain the Earth's curvature hides what lies beyond the horizon")
  func horizon() throws {
    let ground = try plain(ridge: false)
    let lookout = Lookout(position: Position(longitude: 46.005, latitude: 40.1), eyeMetres: 2, rangeMetres: 50_000)
    // √(2 · 6371 km · 2 m / 0.87) is 5.4 km for the eye and as much again for a target 2 m high.
    #expect(lookout.sight(of: lookout.position.moved(metres: 10_300, bearing: 90), over: ground) == .seen)
    #expect(lookout.sight(of: lookout.position.moved(metres: 11_300, bearing: 90), over: ground) == .hidden)
    #expect(lookout.sight(of: lookout.position.moved(metres: 30_000, bearing: 90), over: ground) == .unknown)
  }

  @Test("A line is seen up to the ridge, and without a model the answer is range alone and says so")
  func line() throws {
    let line = try MeasuredLine([west, east])
    let lookout = Lookout(position: west, eyeMetres: 2, rangeMetres: 5000)
    let sight = try lookout.sight(along: line, over: plain(ridge: true))
    #expect(sight.seen.ranges.count == 1)
    let ridge = west.distance(to: Position(longitude: 46.1, latitude: 40.1)) / 1000
    #expect(abs(sight.seen.lengthKilometres - ridge) < 0.3)
    let blind = lookout.sight(along: line, over: nil)
    #expect(blind.seen.isEmpty && abs(blind.unknown.lengthKilometres - 5) < 0.01 && blind.remark.contains("Range only"))
  }

  /// A GeoTIFF of 3 by 2 cells of 16-bit heights in one strip.
  private func tiff(system: Int = 4326, compression: Int = 1, isLittle: Bool = true) -> [UInt8] {
    func number(_ value: UInt64, _ count: Int) -> [UInt8] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
      return isLittle ? bytes : bytes.reversed()
    }
    func short(_ value: Int) -> [UInt8] { number(UInt64(value), 2) }
    func long(_ value: Int) -> [UInt8] { number(UInt64(value), 4) }
    let heights: [Int16] = [10, 20, 30, 40, -50, -32768]
    var body: [UInt8] = []
    func place(_ bytes: [UInt8]) -> [UInt8] {
      defer { body += bytes }
      return long(8 + body.count)
    }
    let strip = place(heights.flatMap { number(UInt64(UInt16(bitPattern: $0)), 2) })
    let scale = place([0.5, 0.25, 0].flatMap { number($0.bitPattern, 8) })
    let tie = place([0, 0, 0, 46, 40, 0].flatMap { number(Double($0).bitPattern, 8) })
    let keys = place([1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, system].flatMap(short))
    let unknown = place(Array("-32768".utf8) + [0])
    func one(_ tag: Int, _ value: Int) -> [UInt8] { short(tag) + short(3) + long(1) + short(value) + short(0) }
    let entries: [[UInt8]] = [
      one(256, 3), one(257, 2), one(258, 16), one(259, compression), short(273) + short(4) + long(1) + strip, one(277, 1), one(278, 2),
      one(339, 2), short(33550) + short(12) + long(3) + scale, short(33922) + short(12) + long(6) + tie,
      short(34735) + short(3) + long(16) + keys, short(42113) + short(2) + long(7) + unknown,
    ]
    let head: [UInt8] = isLittle ? [0x49, 0x49] : [0x4D, 0x4D]
    return head + short(42) + long(8 + body.count) + body + short(entries.count) + entries.flatMap { $0 } + long(0)
  }

  @Test("A GeoTIFF's heights lie at their cells' middles, in either byte order, and its gaps are unknown", arguments: [true, false])
  func geoTIFF(isLittle: Bool) throws {
    let model = try readGeoTIFF(tiff(isLittle: isLittle), file: "x.tif")
    #expect(model.columns == 3 && model.rows == 2)
    #expect(model.height(at: Position(longitude: 46.25, latitude: 39.875)) == 10)
    #expect(model.height(at: Position(longitude: 46.5, latitude: 39.875)) == 15)
    #expect(model.height(at: Position(longitude: 46.75, latitude: 39.625)) == -50)
    #expect(model.height(at: Position(longitude: 46.25, latitude: 39.75)) == 25)
    #expect(model.height(at: Position(longitude: 47.25, latitude: 39.625)) == nil)
    #expect(model.height(at: Position(longitude: 45.9, latitude: 39.9)) == nil)
  }

  @Test("Another coordinate system, compression and damage are refused with what would be right")
  func refused() {
    #expect(throws: AtlasError.self) { try readGeoTIFF(tiff(system: 32638), file: "x.tif") }
    #expect(throws: AtlasError.self) { try readGeoTIFF(tiff(compression: 7), file: "x.tif") }
    #expect(throws: AtlasError.self) { try readGeoTIFF(Array("GIF89a".utf8), file: "x.tif") }
    var random = Seeded(60)
    for _ in 0..<3000 {
      var damaged = tiff()
      for _ in 0..<2 { damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random) { damaged.removeLast(Int.random(in: 1..<damaged.count, using: &random)) }
      _ = try? readGeoTIFF(damaged, file: "x.tif")
    }
  }

  private static let gdal = "/usr/bin/gdal_translate"

  @Test(
    "What GDAL packs by Deflate or LZW, in strips or tiles, with any predictor and byte order, is read as it was",
    .enabled(if: FileManager.default.isExecutableFile(atPath: gdal)),
    arguments: [
      "Int16 COMPRESS=DEFLATE", "Int16 COMPRESS=DEFLATE PREDICTOR=2 TILED=YES BLOCKXSIZE=64 BLOCKYSIZE=64", "Int16 COMPRESS=LZW",
      "Int16 COMPRESS=LZW PREDICTOR=2 ENDIANNESS=BIG", "Float32 COMPRESS=DEFLATE PREDICTOR=3 TILED=YES BLOCKXSIZE=128 BLOCKYSIZE=64",
      "Float32 COMPRESS=LZW PREDICTOR=3", "Int32 COMPRESS=DEFLATE PREDICTOR=2 ENDIANNESS=BIG", "Float32 COMPRESS=NONE",
    ])
  func packed(_ words: String) throws {
    var random = Seeded(70)
    let (columns, rows) = (150, 131)
    var heights = [Double](repeating: 0, count: columns * rows)
    for i in heights.indices {
      heights[i] = (500 + 300 * sin(Double(i % columns) / 20) + 90 * cos(Double(i / columns) / 9)).rounded()
      if i % 7 == 0 { heights[i] += Double(Int.random(in: -40...40, using: &random)) }
    }
    let folder = NSTemporaryDirectory() + "truce-terrain-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var grid = "ncols \(columns)\nnrows \(rows)\nxllcorner 46\nyllcorner 39\ncellsize 0.01\nNODATA_value -9999\n"
    for row in 0..<rows { grid += heights[row * columns..<(row + 1) * columns].map { "\(Int($0))" }.joined(separator: " ") + "\n" }
    try Data(grid.utf8).write(to: URL(fileURLWithPath: folder + "/x.asc"))
    let options = words.split(separator: " ").map(String.init)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.gdal)
    process.arguments =
      ["-q", "-ot", options[0], "-a_srs", "EPSG:4326"] + options.dropFirst().flatMap { ["-co", $0] } + [
        folder + "/x.asc", folder + "/x.tif",
      ]
    try process.run()
    process.waitUntilExit()
    let model = try readGeoTIFF([UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/x.tif"))), file: "x.tif")
    #expect(model.columns == columns && model.rows == rows)
    var worst = 0.0
    for (i, height) in heights.enumerated() {
      let position = Position(
        longitude: 46.005 + Double(i % columns) * 0.01, latitude: 39 + (Double(rows - i / columns) - 0.5) * 0.01)
      let read = try #require(model.height(at: position))
      worst = max(worst, abs(read - height))
    }
    #expect(worst < 0.01)
  }
}
