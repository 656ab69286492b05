// Elevation models out of GeoTIFF files (TIFF 6.0, OGC GeoTIFF 1.1).
internal import Foundation

/// The heights of a GeoTIFF: one band of 16- or 32-bit numbers, in strips or tiles, plain or packed by Deflate or LZW, on a grid of WGS 84
/// degrees.
///
/// - Throws: where the file is none or of another kind, with what would be right.
public func readGeoTIFF(_ bytes: [UInt8], file: String) throws(AtlasError) -> ElevationModel {
  do throws(AtlasError) {
    var reader = TIFFReader(bytes)
    return try reader.model()
  } catch { throw AtlasError(error.message, position: error.position, file: file) }
}

private struct TIFFReader {
  /// Cells that a model holds at most: 400 MB of heights.
  private static let cellLimit = 100_000_000

  private var reader: BinaryReader
  private let bytes: [UInt8]
  /// A tag's values as numbers, or as text's bytes.
  private var tags: [Int: [Double]] = [:]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = BinaryReader(bytes)
  }

  mutating func model() throws(AtlasError) -> ElevationModel {
    try readTags()
    let columns = try number(256, "width")
    let rows = try number(257, "height")
    guard columns > 0, rows > 0, columns <= Self.cellLimit / rows else { throw AtlasError("\(columns) by \(rows) cells are too many") }
    guard Int(tags[277]?.first ?? 1) == 1 else {
      throw AtlasError("an elevation model has one band, this has \(Int(tags[277]?.first ?? 0))")
    }
    try checkSystem()
    guard let scale = tags[33550], scale.count >= 2, let tie = tags[33922], tie.count >= 6 else {
      throw AtlasError("the file does not say where it lies: ModelPixelScale and ModelTiepoint are wanted")
    }
    // A height stands for its cell's area unless the file says that it stands for a point (GTRasterTypeGeoKey).
    let half = key(1025) == 2 ? 0.0 : 0.5
    let west = tie[3] + (half - tie[0]) * scale[0]
    let north = tie[4] - (half - tie[1]) * scale[1]
    let heights = try heights(columns, rows)
    return try ElevationModel(
      northWest: Position(longitude: wrappedDegrees(west), latitude: north), stepEast: scale[0], stepSouth: scale[1], columns: columns,
      rows: rows, heights: heights)
  }

  private mutating func readTags() throws(AtlasError) {
    let wrong = AtlasError("this is no TIFF file")
    guard bytes.count >= 8, bytes[0] == bytes[1], bytes[0] == 0x49 || bytes[0] == 0x4D else { throw wrong }
    reader.isLittleEndian = bytes[0] == 0x49
    reader.at = 2
    guard try reader.unsigned(2) == 42 else { throw AtlasError("this is no plain TIFF file (a BigTIFF is not read)") }
    reader.at = try reader.uint32()
    guard reader.at <= bytes.count else { throw wrong }
    for _ in 0..<(try reader.unsigned(2)) {
      let tag = Int(try reader.unsigned(2))
      let type = Int(try reader.unsigned(2))
      let count = try reader.uint32()
      let next = reader.at + 4
      guard let size = [1: 1, 2: 1, 3: 2, 4: 4, 12: 8][type] else {
        reader.at = next
        continue
      }
      if count * size > 4 { reader.at = try reader.uint32() }
      guard reader.at <= bytes.count, count <= reader.remaining / size else { throw AtlasError("tag \(tag) points beyond the file's end") }
      var values: [Double] = []
      for _ in 0..<count { values.append(type == 12 ? try reader.double() : Double(try reader.unsigned(size))) }
      tags[tag] = values
      reader.at = next
    }
  }

  private func number(_ tag: Int, _ name: String) throws(AtlasError) -> Int {
    guard let value = tags[tag]?.first, value >= 0, value < 1e9 else { throw AtlasError("the file does not state its \(name)") }
    return Int(value)
  }

  /// A short key of the GeoKeyDirectory; nil where it is not there.
  private func key(_ wanted: Int) -> Int? {
    guard let directory = tags[34735], directory.count >= 4 else { return nil }
    for at in stride(from: 4, to: directory.count - 3, by: 4) where Int(directory[at]) == wanted && directory[at + 1] == 0 {
      return Int(directory[at + 3])
    }
    return nil
  }

  private func checkSystem() throws(AtlasError) {
    // GTModelType 2 is geographic; 4326 is WGS 84, 4979 the same with heights.
    guard key(1024) == 2, let system = key(2048), system == 4326 || system == 4979 else {
      throw AtlasError("the elevation model is not in WGS 84 degrees; reproject it first: gdalwarp -t_srs EPSG:4326 IN OUT")
    }
  }

  private mutating func heights(_ columns: Int, _ rows: Int) throws(AtlasError) -> [Float] {
    let bits = Int(tags[258]?.first ?? 1)
    let format = Int(tags[339]?.first ?? 1)
    guard bits == 16 && format <= 2 || bits == 32 && format <= 3 else {
      throw AtlasError("heights of \(bits) bits in format \(format) are not read; 16- and 32-bit integers and 32-bit floats are")
    }
    let unknown = (tags[42113].map { String(decoding: $0.prefix { $0 != 0 }.map { UInt8(min(max($0, 0), 255)) }, as: UTF8.self) })
      .flatMap { Float($0.trimmingCharacters(in: .whitespaces)) }
    let isTiled = tags[324] != nil
    let width = isTiled ? try number(322, "tiles' width") : columns
    let height = isTiled ? try number(323, "tiles' height") : min(rows, Int(tags[278]?.first ?? Double(rows)))
    guard width > 0, height > 0, width <= Self.cellLimit / height, let starts = tags[isTiled ? 324 : 273] else {
      throw AtlasError("the file does not say where its heights are")
    }
    guard let packing = TIFFPacking(rawValue: Int(tags[259]?.first ?? 1)) else {
      throw AtlasError(
        "the heights are packed in a way that is not read; Deflate and LZW are: gdal_translate -co COMPRESS=DEFLATE IN OUT")
    }
    // What is not packed may leave its counts out.
    let counts = tags[isTiled ? 325 : 279]
    guard packing == .none || (counts?.count ?? 0) >= starts.count else { throw AtlasError("the blocks' lengths are missing") }
    let across = (columns + width - 1) / width
    guard starts.count >= across * ((rows + height - 1) / height) else { throw AtlasError("some strips or tiles are missing") }
    var heights = [Float](repeating: .nan, count: columns * rows)
    for (number, start) in starts.prefix(across * ((rows + height - 1) / height)).enumerated() {
      let left = number % across * width
      let top = number / across * height
      // The last strip ends with the picture, a tile does not.
      let blockRows = isTiled ? height : min(height, rows - top)
      let wanted = width * blockRows * bits / 8
      let length = packing == .none ? wanted : Int(counts?[number] ?? 0)
      guard start <= Double(bytes.count), length <= bytes.count - Int(start) else { throw AtlasError("the heights end too early") }
      // A block of no length is one of unknown heights.
      if length == 0 { continue }
      var block = try packing.unpacked(bytes[Int(start)..<Int(start) + length], count: wanted)
      try undoPredictor(
        Int(tags[317]?.first ?? 1), &block, columns: width, size: bits / 8, isLittleEndian: reader.isLittleEndian)
      var cells = BinaryReader(block)
      cells.isLittleEndian = reader.isLittleEndian
      for row in top..<min(top + height, rows) {
        cells.at = (row - top) * width * bits / 8
        for column in left..<min(left + width, columns) {
          let raw = try cells.unsigned(bits / 8)
          let value: Float =
            switch (bits, format) {
            case (16, 2): Float(Int16(truncatingIfNeeded: raw))
            case (32, 2): Float(Int32(truncatingIfNeeded: raw))
            case (32, 3): Float(bitPattern: UInt32(truncatingIfNeeded: raw))
            default: Float(raw)
            }
          heights[row * columns + column] = value == unknown ? .nan : value
        }
      }
    }
    return heights
  }
}
