// Comma, semicolon or tab separated tables with columns of longitude and latitude to features.
internal import TruceModel

/// The points of a table whose first line names its columns (RFC 4180; the separator is the one that the first line has most of).
///
/// Longitude is the column `lon`, `lng`, `long`, `longitude` or `x`, latitude `lat`, `latitude` or `y`; every other one is a property.
///
/// - Throws: where the first line has no such columns.
public func readCSV(_ bytes: [UInt8], file: String) throws(AtlasError) -> ImportedFile {
  var result = ImportedFile(name: file)
  let head = bytes.prefix { $0 != 0x0A }
  let separator = [UInt8(0x2C), 0x3B, 0x09].max { a, b in head.count { $0 == a } < head.count { $0 == b } } ?? 0x2C
  var rows = CSVRows(bytes, separator: separator)
  guard let names = rows.next()?.fields.map({ $0.lowercased() }) else { throw AtlasError("the table is empty", file: file) }
  guard let x = names.firstIndex(where: { ["lon", "lng", "long", "longitude", "x"].contains($0) }),
    let y = names.firstIndex(where: { ["lat", "latitude", "y"].contains($0) })
  else {
    throw AtlasError("the first line must name the columns, among them longitude (`lon`) and latitude (`lat`)", file: file, line: 1)
  }
  var number = 0
  while let row = rows.next() {
    if row.fields == [""] { continue }
    number += 1
    guard row.fields.count == names.count else {
      result.report(.error, "this line has \(row.fields.count) fields, the first has \(names.count)", line: row.line)
      continue
    }
    guard let longitude = Double(row.fields[x]), let latitude = Double(row.fields[y]) else {
      result.report(.error, "`\(names[x])` and `\(names[y])` must be degrees as numbers", line: row.line)
      continue
    }
    let properties = zip(names, row.fields).enumerated().filter { $0.offset != x && $0.offset != y }.map { (key: $1.0, value: $1.1) }
    result.features.append(
      ImportedFeature(
        geometry: .point(Position(longitude: longitude, latitude: latitude)), properties: properties, number: number, line: row.line))
  }
  return result
}

/// The rows of a separated table, quotes and line breaks within quotes understood.
struct CSVRows {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var at = 0
  private var line = 1

  init(_ bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// The next row with the line where it begins; nil at the end.
  mutating func next() -> (fields: [String], line: Int)? {
    guard at < bytes.count else { return nil }
    let start = line
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == 0x0A { line += 1 }
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if at < bytes.count, bytes[at] == 0x22 {
          field.append(0x22)
          at += 1
        } else {
          isQuoted = false
        }
        continue
      }
      if byte == 0x22, field.isEmpty {
        isQuoted = true
      } else if byte == separator {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      } else if byte == 0x0A {
        break
      } else {
        field.append(byte)
      }
    }
    if field.last == 0x0D { field.removeLast() }
    fields.append(String(decoding: field, as: UTF8.self))
    return (fields, start)
  }
}
