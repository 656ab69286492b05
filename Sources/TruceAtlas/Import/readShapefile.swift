// ESRI Shapefiles (white paper of July 1998) to features.
internal import TruceModel

/// The features of a Shapefile: points, lines and polygons, their columns from the dBASE file beside it.
///
/// - Parameters:
///   - dbf: the attributes' file; empty for none.
///   - prj: the coordinate system's text; nil where there is no such file.
/// - Throws: where the main file is no Shapefile or is cut off.
public func readShapefile(shp: [UInt8], dbf: [UInt8] = [], prj: [UInt8]? = nil, file: String) throws(AtlasError) -> ImportedFile {
  var result = ImportedFile(name: file)
  if let prj {
    let text = String(decoding: prj, as: UTF8.self).uppercased()
    if text.hasPrefix("PROJCS") || text.hasPrefix("PROJCRS")
      || !(text.contains("WGS_1984") || text.contains("WGS 84") || text.contains("WGS84"))
    {
      result.report(.error, "the .prj beside it says that the coordinates are not WGS 84 degrees; reproject the file first")
    }
  } else {
    result.report(.warning, "there is no .prj beside it; the coordinates are taken as WGS 84 degrees")
  }
  let rows: [[(key: String, value: String)]]
  do throws(AtlasError) { rows = dbf.isEmpty ? [] : try readDBase(dbf) } catch {
    result.report(.error, "the .dbf beside it cannot be used: \(error.message)")
    rows = []
  }
  let records: Int
  do throws(AtlasError) { records = try readShapes(shp, rows, into: &result) } catch {
    throw AtlasError(error.message, file: file)
  }
  if !rows.isEmpty, rows.count != records {
    result.report(.error, "the .dbf has \(rows.count) rows, the .shp \(records) features; they do not belong together")
  }
  return result
}

/// Reads the records' shapes, one feature for each point and line of a multi-shape.
///
/// - Returns: how many records there are.
private func readShapes(
  _ shp: [UInt8], _ rows: [[(key: String, value: String)]], into result: inout ImportedFile
) throws(AtlasError) -> Int {
  var reader = BinaryReader(shp)
  reader.isLittleEndian = false
  guard shp.count >= 100, try reader.int32() == 9994 else { throw AtlasError("this is no Shapefile: it does not begin with 9994") }
  reader.at = 100
  var records = 0
  while reader.remaining >= 8 {
    reader.isLittleEndian = false
    let number = try reader.int32()
    let words = try reader.int32()
    guard words >= 2, words * 2 <= reader.remaining else { throw AtlasError("record \(number) is cut off at byte \(reader.at)") }
    let end = reader.at + words * 2
    var record = BinaryReader(shp[reader.at..<end])
    var feature = ImportedFeature(geometry: nil, properties: records < rows.count ? rows[records] : [], number: number)
    records += 1
    reader.at = end
    do throws(AtlasError) {
      let shapes = try shapes(&record)
      if shapes.isEmpty { result.report(.error, "\(feature.label) has no geometry", field: "feature \(number)") }
      for shape in shapes {
        feature.geometry = shape
        result.features.append(feature)
      }
    } catch { result.report(.error, "\(feature.label): \(error.message)", field: "feature \(number)") }
  }
  return records
}

private func shapes(_ record: inout BinaryReader) throws(AtlasError) -> [Geometry] {
  let type = try record.int32()
  func position(_ record: inout BinaryReader) throws(AtlasError) -> Position {
    Position(longitude: try record.double(), latitude: try record.double())
  }
  switch type {
  case 0: return []
  case 1, 11, 21: return [.point(try position(&record))]
  case 8, 18, 28:
    for _ in 0..<4 { _ = try record.double() }
    var points: [Geometry] = []
    for _ in 0..<(try record.count(ofBytes: 16)) { points.append(.point(try position(&record))) }
    return points
  case 3, 13, 23, 5, 15, 25:
    for _ in 0..<4 { _ = try record.double() }
    let partCount = try record.uint32()
    let pointCount = try record.count(ofBytes: 16)
    guard partCount <= record.remaining / 4 else { throw AtlasError("\(partCount) parts are more than the record holds") }
    var starts: [Int] = []
    for _ in 0..<partCount { starts.append(try record.uint32()) }
    var points: [Position] = []
    points.reserveCapacity(pointCount)
    for _ in 0..<pointCount { points.append(try position(&record)) }
    starts.append(pointCount)
    var parts: [[Position]] = []
    for (start, end) in zip(starts, starts.dropFirst()) {
      guard start <= end, end <= pointCount else { throw AtlasError("its parts are out of order") }
      parts.append(Array(points[start..<end]))
    }
    return type % 10 == 3 ? joinedLines(parts).map { .line($0) } : parts.isEmpty ? [] : [polygons(parts)]
  default: throw AtlasError("shape type \(type) is not read; points, lines and polygons are")
  }
}

/// Rings to polygons: in a Shapefile outer rings run clockwise and holes the other way; here they are turned to RFC 7946's way.
private func polygons(_ rings: [[Position]]) -> Geometry {
  func planeArea(_ ring: [Position]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.longitude * $1.1.latitude - $1.1.longitude * $1.0.latitude }
  }
  func holds(_ ring: [Position], _ p: Position) -> Bool {
    zip(ring, ring.dropFirst()).reduce(false) { inside, edge in
      let (a, b) = edge
      guard (a.latitude > p.latitude) != (b.latitude > p.latitude) else { return inside }
      let x = (b.longitude - a.longitude) * (p.latitude - a.latitude) / (b.latitude - a.latitude) + a.longitude
      return p.longitude < x ? !inside : inside
    }
  }
  var polygons = rings.filter { planeArea($0) <= 0 }.map { [Array($0.reversed())] }
  for hole in rings where planeArea(hole) > 0 {
    let turned = Array(hole.reversed())
    if let index = polygons.firstIndex(where: { outer in hole.first.map { holds(outer[0], $0) } ?? false }) {
      polygons[index].append(turned)
    } else {
      // A ring that runs like a hole and lies in none: told by the checks as wound wrong.
      polygons.append([turned])
    }
  }
  return Geometry(polygons: polygons)
}

/// The rows of a dBASE III table, its text as UTF-8.
func readDBase(_ bytes: [UInt8]) throws(AtlasError) -> [[(key: String, value: String)]] {
  var reader = BinaryReader(bytes)
  reader.at = 4
  let rowCount = try reader.uint32()
  let headLength = Int(try reader.unsigned(2))
  let rowLength = Int(try reader.unsigned(2))
  guard headLength >= 33, headLength <= bytes.count, rowLength > 0, rowCount <= (bytes.count - headLength) / rowLength else {
    throw AtlasError("its head does not fit its length")
  }
  var columns: [(name: String, length: Int)] = []
  var at = 32
  while at + 32 <= headLength, bytes[at] != 0x0D {
    columns.append((String(decoding: bytes[at..<at + 11].prefix { $0 != 0 }, as: UTF8.self), Int(bytes[at + 16])))
    at += 32
  }
  guard columns.reduce(1, { $0 + $1.length }) <= rowLength else { throw AtlasError("its columns are longer than its rows") }
  return (0..<rowCount).map { row in
    var at = headLength + row * rowLength + 1
    return columns.map { column in
      defer { at += column.length }
      let text = bytes[at..<at + column.length].drop { $0 == 0x20 || $0 == 0 }
      let end = text.lastIndex { $0 != 0x20 && $0 != 0 }.map { $0 + 1 } ?? text.startIndex
      return (column.name, String(decoding: text[text.startIndex..<end], as: UTF8.self))
    }
  }
}
