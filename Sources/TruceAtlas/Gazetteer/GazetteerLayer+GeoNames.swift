// Reads GeoNames's tab-separated dumps into a gazetteer layer.
internal import Foundation
public import TruceModel

extension GazetteerLayer {
  /// A layer from GeoNames's dumps (readme.txt of download.geonames.org/export/dump).
  ///
  /// Lines that cannot be used are left out and told, at most `findingLimit` of them one by one.
  ///
  /// - Parameters:
  ///   - table: `cities500.txt`, `allCountries.txt` or a country's: 19 columns, names in columns 2, 3 and 4.
  ///   - alternates: `alternateNamesV2.txt`: 4 columns or more, id, place, language, name; empty for none.
  ///   - origin: what the layer says of itself; its file's name stands in findings too.
  /// - Throws: where no line of the table is a place.
  public static func geoNames(
    _ table: [UInt8], alternates: [UInt8] = [], origin: Origin = Origin(file: "GeoNames table")
  ) throws(AtlasError) -> (layer: GazetteerLayer, findings: [Finding]) {
    try geoNames(FileBytes(table), FileBytes(alternates), origin)
  }

  /// The same from files, which are mapped and never wholly in memory.
  public static func geoNames(
    path: String, alternatesPath: String? = nil, origin: Origin
  ) throws(AtlasError) -> (layer: GazetteerLayer, findings: [Finding]) {
    func file(_ path: String) throws(AtlasError) -> FileBytes {
      do { return try FileBytes(mapping: path) } catch {
        throw AtlasError("the file cannot be read: \((error as NSError).localizedDescription)", file: path)
      }
    }
    return try geoNames(file(path), alternatesPath.map { path throws(AtlasError) in try file(path) } ?? FileBytes([]), origin)
  }

  private static func geoNames(
    _ table: FileBytes, _ alternates: FileBytes, _ origin: Origin
  ) throws(AtlasError) -> (layer: GazetteerLayer, findings: [Finding]) {
    var builder = GazetteerBuilder(origin)
    let file = origin.file
    var findings: [Finding] = []
    var wrong = 0
    func report(_ line: Int, _ message: String) {
      wrong += 1
      if wrong <= findingLimit { findings.append(Finding(.warning, message, file: file, line: line)) }
    }
    table.withBytes { raw in
      forEachLine(raw.bindMemory(to: UInt8.self)) { number, line in
        let fields = split(line, by: 0x09)
        if line.isEmpty { return }
        guard fields.count >= 15 else {
          return report(number, "a GeoNames line has 19 columns separated by tabs, this one has \(fields.count)")
        }
        guard let id = UInt32(text(fields[0])), !fields[1].isEmpty else {
          return report(number, "column 1 must be a number and column 2 a name")
        }
        guard let latitude = Double(text(fields[4])), let longitude = Double(text(fields[5])) else {
          return report(number, "columns 5 and 6 must be latitude and longitude in degrees")
        }
        let position = Position(longitude: longitude, latitude: latitude)
        guard position.isOnEarth else { return report(number, "no position on the Earth: \(position)") }
        let feature = text(fields[6]) + (fields[7].isEmpty ? "" : "." + text(fields[7]))
        let country = fields[8].count == 2 ? UInt16(fields[8][0]) | UInt16(fields[8][1]) << 8 : 0
        builder.add(
          number: id, name: fields[1], position: position, population: UInt32(text(fields[14])) ?? 0, feature: feature, country: country)
        if !fields[2].isEmpty { builder.addName(fields[2]) }
        for name in split(fields[3], by: 0x2C) where !name.isEmpty { builder.addName(name) }
      }
    }
    forEachAlternate(alternates) { place, language, name in _ = builder.addName(name, language: language, number: place) }
    guard builder.placeCount > 0 else {
      throw AtlasError("no line is a place; a GeoNames table has 19 columns separated by tabs, latitude in the fifth", file: file)
    }
    if wrong > findingLimit { findings.append(Finding(.warning, "\(wrong - findingLimit) more lines were left out", file: file)) }
    return (try GazetteerLayer(block: builder.block()), findings)
  }

  /// Calls with the place's number, the language (empty where none is told) and the name of each line of a table of alternates.
  static func forEachAlternate(_ alternates: FileBytes, _ body: (UInt32, String, UnsafeBufferPointer<UInt8>) -> Void) {
    alternates.withBytes { raw in
      forEachLine(raw.bindMemory(to: UInt8.self)) { _, line in
        let fields = split(line, by: 0x09)
        // Links, post codes and airport codes stand in the language's column and are no names.
        guard fields.count >= 4, let place = UInt32(text(fields[1])), fields[2].count <= 3 || fields[2].contains(0x2D) else { return }
        body(place, text(fields[2]), fields[3])
      }
    }
  }

  /// Lines told one by one, at most.
  static var findingLimit: Int { 100 }

  private static func text(_ field: UnsafeBufferPointer<UInt8>) -> String { String(decoding: field, as: UTF8.self) }

  private static func split(_ line: UnsafeBufferPointer<UInt8>, by separator: UInt8) -> [UnsafeBufferPointer<UInt8>] {
    var fields: [UnsafeBufferPointer<UInt8>] = []
    fields.reserveCapacity(19)
    var start = 0
    for i in 0...line.count where i == line.count || line[i] == separator {
      fields.append(UnsafeBufferPointer(rebasing: line[start..<i]))
      start = i + 1
    }
    return fields
  }

  private static func forEachLine(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
    var start = 0
    var number = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let last = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
      body(number, UnsafeBufferPointer(rebasing: bytes[start..<last]))
      start = end + 1
      number += 1
    }
  }
}
