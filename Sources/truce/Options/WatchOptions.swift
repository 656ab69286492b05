// --settings and --server: how the watch is set, and where a desk that keeps it answers.
import ArgumentParser
import Foundation
import TruceDesk
import TruceModel
import TruceSituation

struct WatchSettingsOptions: ParsableArguments {
  @Option(help: "The watch's settings: roster, zones, rules, webhooks (default: watch.json in the case's folder, if there is one).")
  var settings: String?

  /// The settings; files that they name lie beside them.
  func load(_ options: CaseOptions) throws -> WatchSettings {
    let path = try settings ?? CaseOptions.folder(options.caseName).path + "/watch.json"
    guard settings != nil || FileManager.default.fileExists(atPath: path) else { return WatchSettings() }
    let bytes = try Input.file(path, limit: 4 << 20)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      let settings = try WatchSettings(json: JSON(parsing: bytes)) { name in
        try Input.file(name.hasPrefix("/") ? name : folder + "/" + name, limit: 1 << 16)
      }
      if !settings.tracks.isEmpty {
        let zones = WatchZones(try options.load(), and: settings.tracks.keys).ids
        if let unknown = settings.tracks.keys.sorted().first(where: { !zones.contains($0) }) {
          throw FormError(
            field: "tracks.\(unknown)",
            message:
              "is no place of the case that has an area; its corridors and zones are \(zones.map(\.rawValue).joined(separator: ", "))")
        }
      }
      return settings
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure("\(path): \(error)")
    }
  }
}

struct ServerOptions: ParsableArguments {
  @Option(help: "The address of a desk that keeps the watch (default: $TRUCE_SERVER, else the ledger's file).")
  var server: String?

  var address: String? {
    let text = server ?? ProcessInfo.processInfo.environment["TRUCE_SERVER"]
    return text.flatMap { $0.isEmpty ? nil : $0 }.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }
}

/// A time from options: `--from` and `--until`.
struct WindowOptions: ParsableArguments {
  @Option(help: "From then: a day (its beginning) or an instant.") var from: String?
  @Option(help: "Until then: a day (its end) or an instant (default: --on).") var until: String?

  /// The time, where either was said; `first` is where nothing begins it.
  func window(on: Instant, first: Instant, zone: Zone) throws -> Range<Instant> {
    let end = try until.map { try moment($0, "--until", zone).adding(milliseconds: 1) } ?? on
    var start = first
    if let from { start = CivilDate(from).map { zone.bounds(of: $0).lowerBound } ?? .distantPast }
    if let from, CivilDate(from) == nil { start = try moment(from, "--from", zone) }
    guard start < end else { throw Failure("--from and --until: the time is empty; it should end after it begins", .usage) }
    return start..<end
  }
}
