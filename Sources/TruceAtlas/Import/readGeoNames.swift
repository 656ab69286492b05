// GeoNames tables to features, with the names that its second table knows by language.
internal import Foundation
internal import TruceModel

/// Whether a table is GeoNames's: no head, 19 columns, degrees in the fifth and sixth.
func isGeoNames(_ bytes: [UInt8]) -> Bool {
  var rows = CSVRows(bytes, separator: 0x09)
  guard let fields = rows.next()?.fields, fields.count == 19, UInt32(fields[0]) != nil else { return false }
  return Double(fields[4]) != nil && Double(fields[5]) != nil
}

/// The places of a GeoNames table as features: `name`, `geonames`, `alternatenames`, `population`, `feature`, `country`, `kind`.
func readGeoNamesFeatures(_ bytes: [UInt8], file: String) -> ImportedFile {
  var result = ImportedFile(name: file)
  // Quotes mean nothing in GeoNames's tables.
  for (i, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() where !line.isEmpty {
    let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    guard fields.count >= 15, let latitude = Double(fields[4]), let longitude = Double(fields[5]) else {
      result.report(.error, "a GeoNames line has 19 columns separated by tabs, latitude in the fifth", line: i + 1)
      continue
    }
    let properties = [
      (key: "name", value: fields[1]), ("geonames", fields[0]), ("alternatenames", fields[3]), ("feature", fields[6] + "." + fields[7]),
      ("country", fields[8]), ("population", fields[14]), ("kind", (fields[6] == "P" ? Place.Kind.settlement : .point).rawValue),
    ]
    result.features.append(
      ImportedFeature(
        geometry: .point(Position(longitude: longitude, latitude: latitude)), properties: properties, number: i + 1, line: i + 1))
  }
  return result
}

/// The features with the names that GeoNames's table of alternates has of them, as properties `name:xx`.
///
/// - Throws: where the table cannot be read.
func naming(_ file: ImportedFile, after path: String) throws(AtlasError) -> ImportedFile {
  let bytes: FileBytes
  do { bytes = try FileBytes(mapping: path) } catch {
    throw AtlasError("the table of alternate names cannot be read: \((error as NSError).localizedDescription)", file: path)
  }
  var features: [UInt32: Int] = [:]
  for (i, feature) in file.features.enumerated() {
    if let number = feature.property("geonames").flatMap(UInt32.init) { features[number] = i }
  }
  var result = file
  GazetteerLayer.forEachAlternate(bytes) { place, language, name in
    guard let i = features[place], !language.isEmpty else { return }
    result.features[i].properties.append(("name:" + language, String(decoding: name, as: UTF8.self)))
  }
  return result
}
