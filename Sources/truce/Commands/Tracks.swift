// truce tracks: what moved into, out of and along the corridors and zones of a case.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct Tracks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what came to be inside, outside or too close to a corridor or zone.",
    discussion: """
      Observations with a measured position, and those with a bearing and a distance from where their post stands, are held against the case's \
      corridors and zones. What comes late revises what was said before.
      """)
  @Option(help: "Only against this corridor or zone.") var zone: String?
  @OptionGroup var time: WindowOptions
  @OptionGroup var query: QueryOptions
  @OptionGroup var settings: WatchSettingsOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, an event a line.") var json = false

  func run() async throws {
    let workspace = try await Open.reading(options)
    let file = workspace.caseFile
    let query = try query.query(in: file, now: clock())
    let watch = try await workspace.currentIndex().watch(query)
    let room = WatchRoom(case: file, watch: watch, settings: try settings.load(options), clock: { query.on })
    let zones = await room.zonesOfTracks()
    if let zone, !zones.contains(PlaceID(zone)) {
      throw Failure(
        terminalSafe("--zone \(zone): the case has no such zone; it has \(zones.map(\.rawValue).joined(separator: ", "))"), .usage)
    }
    let firsts = watch.placed.compactMap { watch.observations[$0]?.record.from } + watch.openings
    let first = min(firsts.min() ?? query.on, query.on.adding(seconds: -86_400))
    let window = try time.window(on: query.on, first: first, zone: file.zone)
    let events = try await room.zoneEvents(in: window, zone: zone.map { PlaceID($0) })
    if json {
      for event in events { Terminal.print(event.json.text) }
      return
    }
    Terminal.write(
      Array(zoneEventsText(events, zones: zones, zone: file.zone, width: Terminal.width, colour: Terminal.usesColour).utf8))
    Terminal.print("  " + CoverageReport.words(try await room.coverage(in: window)))
  }
}
