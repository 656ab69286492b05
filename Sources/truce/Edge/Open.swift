// Opens what a command works on: lexicon, case, ledger, workspace.
import Foundation
import TruceAtlas
import TruceDesk
import TruceLedger
import TruceModel
import TruceReading

/// The clock, to the millisecond.
@Sendable func clock() -> Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }

enum Open {
  @Sendable static func lexicon() throws -> Lexicon { try Lexicon.load(folder: Resources.lexicons()) }

  /// A workspace that may take reports in.
  static func writing(_ options: CaseOptions, settings: WatchSettings = WatchSettings()) async throws -> (Workspace, Ledger) {
    let file = try options.load()
    let path = try options.ledgerPath()
    let ledger = try await Ledger.open(at: path, mode: .readWrite, now: clock)
    return (Workspace(case: file, ledger: ledger, lexicon: lexicon, settings: settings, now: clock), ledger)
  }

  /// A workspace that only answers; where there is no ledger yet it shows the case alone, and says so.
  static func reading(_ options: CaseOptions) async throws -> Workspace {
    let file = try options.load()
    let path = try options.ledgerPath()
    var ledger: Ledger?
    if FileManager.default.fileExists(atPath: path) {
      ledger = try await Ledger.open(at: path, mode: .readOnly, now: clock)
    } else {
      Terminal.note("truce: no ledger yet at \(path): nothing is recorded; `truce ingest FILE` takes a report in")
    }
    return Workspace(case: file, ledger: ledger, lexicon: lexicon, now: clock)
  }

  /// Where what a person adds to a case lies: the case's folder, or for a built-in case one of the data folder.
  static func ownFolder(of folder: (path: String, builtIn: String?)) throws -> String {
    try folder.builtIn.map(Resources.dataFolder) ?? folder.path
  }

  /// The names of some cases over the gazetteers that were imported into them, then over those imported for every case.
  ///
  /// - Parameter folders: the cases' folders, as `CaseOptions.folder` tells them.
  static func gazetteer(_ cases: [Case], folders: [(path: String, builtIn: String?)]) throws -> Gazetteer {
    let own = try folders.map(ownFolder) + [Resources.dataFolder("everywhere")]
    return Gazetteer(cases: cases, layers: try GazetteerLayer.load(from: own))
  }

  /// The files of a case's folder that make it what it is.
  static func caseFiles(_ options: CaseOptions) throws -> [String: [UInt8]] {
    let folder = try CaseOptions.folder(options.caseName).path
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".yaml") {
      files[name] = try Input.file(folder + "/" + name)
    }
    return files
  }
}
