// --case and --ledger: which conflict, and which ledger.
import ArgumentParser
import Foundation
import TruceAtlas

struct CaseOptions: ParsableArguments {
  @Option(
    name: .customLong("case"), help: "A built-in case's name or a case's folder (default: this folder if it is one, else karabakh-2020).")
  var caseName: String?

  @Option(
    help: "The ledger's file (default: $TRUCE_LEDGER, else truce.db in the case's folder, or in your data folder for a built-in case).")
  var ledger: String?

  /// The folder of a case, and whether it is built in.
  static func folder(_ name: String?) throws -> (path: String, builtIn: String?) {
    guard let name else {
      let here = FileManager.default.currentDirectoryPath
      if FileManager.default.fileExists(atPath: here + "/case.yaml") { return (here, nil) }
      return try folder("karabakh-2020")
    }
    if let folder = try Resources.builtInCase(name) { return (folder, name) }
    if FileManager.default.fileExists(atPath: name + "/case.yaml") { return (name, nil) }
    throw Failure(
      "--case \(name): is neither a folder with a case.yaml nor a built-in case (\(try Resources.builtInCases().joined(separator: ", ")))",
      .usage)
  }

  func load() throws -> Case { try Case.load(folder: CaseOptions.folder(caseName).path) }

  /// The ledger's path.
  func ledgerPath() throws -> String {
    if let ledger { return ledger }
    if let path = ProcessInfo.processInfo.environment["TRUCE_LEDGER"], !path.isEmpty { return path }
    let (folder, builtIn) = try CaseOptions.folder(caseName)
    guard let builtIn else { return folder + "/truce.db" }
    return try Resources.dataFolder(builtIn) + "/truce.db"
  }
}
