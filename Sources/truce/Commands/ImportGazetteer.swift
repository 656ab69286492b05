// truce import gazetteer: a GeoNames table as a layer of names beneath a case's own.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceModel
import TruceOutlets

struct ImportGazetteer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gazetteer",
    abstract: "Takes a GeoNames table as a layer of place names beneath a case's own.",
    discussion: """
      The table has GeoNames's 19 columns (cities500.txt, AZ.txt, allCountries.txt); --alternates is its alternateNamesV2.txt. The layer \
      becomes one file in the folder `gazetteers` of the case, or of your data folder for a built-in case and with --everywhere, and is \
      mapped from there. `truce atlas name NAME` tells what a name then means.
      """)

  @Argument(help: "The table.") var file: String
  @Option(help: "GeoNames's table of alternate names.") var alternates: String?
  @Option(name: .customLong("into"), help: "The case's folder, or a built-in case's name.") var caseName: String?
  @Flag(help: "For every case.") var everywhere = false
  @Option(help: "The layer's name (default: the table's).") var name: String?
  @Option(help: "Who made the table.") var source = "GeoNames"
  @Option(help: "Its licence, as SPDX names it.") var licence = "CC-BY-4.0"
  @Flag(help: "Takes the place of a layer of the same name.") var replace = false

  func validate() throws {
    guard everywhere != (caseName != nil) else { throw ValidationError("say where to: --into CASE, or --everywhere") }
    guard name.map({ !$0.isEmpty && !$0.contains("/") && !$0.hasPrefix(".") }) ?? true else {
      throw ValidationError("--name \(name ?? ""): should be a file's name without its ending")
    }
  }

  func run() throws {
    let own = try everywhere ? Resources.dataFolder("everywhere") : Open.ownFolder(of: CaseOptions.folder(caseName))
    let base = URL(fileURLWithPath: file).lastPathComponent
    let stem = name ?? (base.split(separator: ".").first.map(String.init) ?? base)
    let folder = own + "/" + GazetteerLayer.folderName
    let path = "\(folder)/\(stem).\(GazetteerLayer.fileExtension)"
    if FileManager.default.fileExists(atPath: path), !replace {
      throw Failure("\(path): is there already; say --replace to put this one in its place, or --name for another")
    }
    let (layer, findings) = try GazetteerLayer.geoNames(
      path: file, alternatesPath: alternates, origin: GazetteerLayer.Origin(source: source, licence: licence, file: base))
    for finding in findings { Terminal.note(terminalSafe(finding.description)) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try layer.write(to: path)
    } catch let error as CocoaError { throw Failure("\(path): cannot be written: \(error.localizedDescription)") }
    Terminal.print("\(layer.placeCount) places under \(layer.nameCount) names, \(layer.byteCount / 1_000_000) MB: \(path)")
  }
}
