// OpenStreetMap files through the tools that read them, where one is installed.
internal import Foundation

/// The named features of an `.osm` or `.pbf` file: `osmium export`, or `ogr2ogr`, turns it into GeoJSON.
///
/// - Throws: where neither tool is installed or the tool fails.
func readOSM(path: String, file: String) throws(AtlasError) -> ImportedFile {
  if let osmium = tool("osmium") {
    return osmFeatures(try readGeoJSON(run(osmium, ["export", "--output-format=geojson", "--output=-", path], path), file: file))
  }
  if let ogr2ogr = tool("ogr2ogr") {
    // Its GeoJSON holds one layer at a time.
    var all = ImportedFile(name: file)
    for layer in ["lines", "points", "multipolygons"] {
      let part = try readGeoJSON(run(ogr2ogr, ["-f", "GeoJSON", "-t_srs", "EPSG:4326", "/vsistdout/", path, layer], path), file: file)
      all.features += part.features
      all.findings += part.findings
    }
    return osmFeatures(all)
  }
  throw AtlasError("OSM files need `osmium` (package osmium-tool) or `ogr2ogr` (package gdal-bin); neither is installed", file: path)
}

private func tool(_ name: String) -> String? {
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { $0 + "/" + name }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}

private func run(_ tool: String, _ arguments: [String], _ path: String) throws(AtlasError) -> [UInt8] {
  let process = Process()
  let output = Pipe()
  let errors = Pipe()
  process.executableURL = URL(fileURLWithPath: tool)
  process.arguments = arguments
  process.standardOutput = output
  process.standardError = errors
  do {
    try process.run()
    // What the tool says is short: it fits the pipe while its output is read.
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw AtlasError("\(tool) failed: \(String(decoding: said.prefix(500), as: UTF8.self))", file: path)
    }
    return [UInt8](bytes)
  } catch let error as AtlasError { throw error } catch {
    throw AtlasError("\(tool) could not be run: \(error.localizedDescription)", file: path)
  }
}
