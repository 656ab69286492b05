// truce import, and truce import places: places of a file into a case, shown before anything is changed.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceModel

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes places or a gazetteer into a case, observations into the ledger, or a ledger from an exported log (--log).",
    subcommands: [ImportPlaces.self, ImportGazetteer.self, ImportObservations.self, ImportLog.self], defaultSubcommand: ImportLog.self)
}

struct ImportPlaces: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "places",
    abstract: "Shows what a file's places would change in a case; with --write, changes it.",
    discussion: """
      Reads GeoJSON, GeoNames tables, CSV with lon and lat, Shapefiles, GeoPackages, and OSM files where osmium or ogr2ogr is installed. \
      A feature belongs to the place whose id or name it bears, else it is a new place. What a place has stays: the file's definition \
      stands beside it, with its source. Features with faults are told and left out.
      """)

  @Argument(help: "The file.") var file: String
  @Option(name: .customLong("into"), help: "The case's folder, or a built-in case's name to look only.") var caseName: String
  @Option(help: "Who made the geometry.") var source: String
  @Option(help: "Its licence, as SPDX names it: CC-BY-4.0, ODbL-1.0.") var licence: String
  @Option(help: "How far it may lie from the truth, metres.") var accuracy: Double
  @Option(help: "Of features that name none: settlement, district, region, country, line, road, zone, point.") var kind: String?
  @Option(help: "An EDTF date or interval in which it held.") var period: String?
  @Option(help: "The names' language, BCP 47.") var language: String?
  @Option(help: "Only features with this property and value, such as admin_level=6.") var only: String?
  @Option(help: "GeoNames's table of alternate names, for names by language.") var alternates: String?
  @Flag(help: "Turns rings that are wound the wrong way; without it their features are refused.") var turnRings = false
  @Flag(help: "Changes places.yaml.") var write = false
  @Flag(help: "Prints each change and finding as a line of JSON.") var json = false

  func validate() throws {
    guard kind == nil || kind.flatMap(Place.Kind.init) != nil else {
      throw ValidationError("--kind \(kind ?? ""): should be one of \(Place.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard accuracy >= 0, accuracy <= 1_000_000 else { throw ValidationError("--accuracy: should be 0 to 1000000 metres") }
    guard only == nil || only?.contains("=") == true else { throw ValidationError("--only: should be PROPERTY=VALUE") }
  }

  func run() throws {
    let (folder, builtIn) = try CaseOptions.folder(caseName)
    if write, builtIn != nil { throw Failure("\(caseName) is built in; name a case's folder of your own with --into", .usage) }
    var options = ImportOptions(
      source: source, licence: licence, accuracyMetres: accuracy, period: period, kind: kind.flatMap(Place.Kind.init), language: language)
    options.turnsRings = turnRings
    if let parts = only?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false), parts.count == 2 {
      options.only = (String(parts[0]), String(parts[1]))
    }
    let plan = try planImport(ImportedFile.read(path: file, alternates: alternates), into: ImportPlaces.files(folder), options: options)
    show(plan)
    if plan.findings.contains(where: { $0.severity == .error }), !plan.hasChanges { throw Failure("\(file): nothing of it can be taken") }
    guard plan.hasChanges else { return }
    guard write else {
      if !json { Terminal.note("Nothing was changed. Say --write to change \(folder)/places.yaml.") }
      return
    }
    let path = folder + "/places.yaml"
    do { try Data(plan.placesFile).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw Failure("\(path): cannot be written: \((error as NSError).localizedDescription)")
    }
    if !json { Terminal.note("\(path) was changed.") }
  }

  private func show(_ plan: ImportPlan) {
    for finding in plan.findings {
      guard json else {
        Terminal.note(finding.description)
        continue
      }
      let line = JSON.compact([
        "finding": JSON(finding.message), "severity": JSON(finding.severity.rawValue), "file": finding.file.map { JSON($0) },
        "line": finding.line.map { JSON($0) }, "field": finding.field.map { JSON($0) },
      ])
      Terminal.print(line.text)
    }
    for change in plan.changes {
      guard json else {
        Terminal.print(change.description)
        continue
      }
      let line = JSON.compact([
        "act": JSON(change.act.rawValue), "place": JSON(change.place), "kind": JSON(change.kind.rawValue), "name": JSON(change.name),
        "remark": JSON(change.remark),
      ])
      Terminal.print(line.text)
    }
  }

  private static func files(_ folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in ["case.yaml", "parties.yaml", "places.yaml", "agreement.yaml", "roads.yaml"] {
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path) else { continue }
      do { files[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } catch {
        throw Failure("\(path): cannot be read: \((error as NSError).localizedDescription)")
      }
    }
    return files
  }
}
