// A feature as a file has it: a shape, what is said of it, and where in the file it stands.
public import TruceModel

/// A feature read from a file, before anything of it is believed.
public struct ImportedFeature: Sendable, Hashable {
  /// Nil for a feature without a shape.
  public var geometry: Geometry?
  /// Columns or properties as text, in the file's order.
  public var properties: [(key: String, value: String)] {
    get { zip(keys, values).map { ($0, $1) } }
    set {
      keys = newValue.map(\.key)
      values = newValue.map(\.value)
    }
  }
  private var keys: [String]
  private var values: [String]
  /// From 1: the feature's number in the file.
  public var number: Int
  /// The line in a text file, from 1.
  public var line: Int?

  public init(geometry: Geometry?, properties: [(key: String, value: String)], number: Int, line: Int? = nil) {
    self.geometry = geometry
    keys = properties.map(\.key)
    values = properties.map(\.value)
    self.number = number
    self.line = line
  }

  /// The value of the first of some properties that is there and not empty; names compare without case.
  public func property(_ names: String...) -> String? {
    for name in names {
      for (key, value) in zip(keys, values) where key.lowercased() == name && !value.isEmpty { return value }
    }
    return nil
  }

  /// The name by which errors call it.
  public var label: String { property("name", "name_en", "name:en", "id", "shapename", "adm2_en", "adm1_en") ?? "feature \(number)" }
}

/// What a file gave: its features, and what was found about them.
public struct ImportedFile: Sendable {
  public var name: String
  public var features: [ImportedFeature]
  public var findings: [Finding]

  public init(name: String, features: [ImportedFeature] = [], findings: [Finding] = []) {
    self.name = name
    self.features = features
    self.findings = findings
  }

  /// Features that one file gives at most.
  public static let featureLimit = 5_000_000

  mutating func report(_ severity: Finding.Severity, _ message: String, line: Int? = nil, field: String? = nil) {
    findings.append(Finding(severity, message, file: name, line: line, field: field))
  }

  /// A file's features by its name's ending: `.geojson`, `.json`, `.csv`, `.tsv`, `.txt` (GeoNames), `.shp`, `.gpkg`; `.osm` and `.pbf`
  /// through `osmium` or `ogr2ogr` where one is installed.
  ///
  /// - Parameter alternates: GeoNames's table of alternate names with their languages, beside a GeoNames table; nil for none.
  /// - Throws: where the file cannot be read or its form is not known.
  public static func read(path: String, alternates: String? = nil) throws(AtlasError) -> ImportedFile {
    let lower = path.lowercased()
    let name = path.split(separator: "/").last.map(String.init) ?? path
    func bytes(_ path: String) throws(AtlasError) -> [UInt8] { try readBytes(path) }
    if lower.hasSuffix(".geojson") || lower.hasSuffix(".json") { return try readGeoJSON(bytes(path), file: name) }
    if lower.hasSuffix(".csv") { return try readCSV(bytes(path), file: name) }
    if lower.hasSuffix(".tsv") || lower.hasSuffix(".txt") {
      let table = try bytes(path)
      guard isGeoNames(table) else { return try readCSV(table, file: name) }
      let features = readGeoNamesFeatures(table, file: name)
      return try alternates.map { path throws(AtlasError) in try naming(features, after: path) } ?? features
    }
    if lower.hasSuffix(".shp") {
      let stem = String(path.dropLast(4))
      let dbf = (try? readBytes(stem + ".dbf")) ?? (try? readBytes(stem + ".DBF")) ?? []
      let prj = (try? readBytes(stem + ".prj")) ?? (try? readBytes(stem + ".PRJ"))
      return try readShapefile(shp: bytes(path), dbf: dbf, prj: prj, file: name)
    }
    if lower.hasSuffix(".gpkg") { return try readGeoPackage(path: path, file: name) }
    if lower.hasSuffix(".osm") || lower.hasSuffix(".pbf") || lower.hasSuffix(".osm.bz2") { return try readOSM(path: path, file: name) }
    throw AtlasError(
      "the form of this file is not known; GeoJSON (.geojson), GeoNames or CSV (.csv, .tsv, .txt), Shapefile (.shp), GeoPackage (.gpkg) "
        + "and OSM (.osm, .pbf) are read", file: path)
  }
}
