// truce import observations: tables of what monitors saw and heard into the ledger.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct ImportObservations: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "observations", abstract: "Takes a table of observations in: one row a sighting, as monitoring missions publish them.",
    discussion: """
      Columns: observer_position, start, count and description; and where there are such: report, position_control, position_ref, event_bearing, \
      distance_km, end, means, observation, weapon. A row with an error is told and left out. The same table again is harmless.
      """)
  @Argument(help: "The CSV file, or - for standard input.") var file: String
  @Option(help: "The zone of the table's local times (default: the case's).") var zone: String?
  @Flag(help: "Print the observations as NDJSON and change nothing.") var dry = false
  @OptionGroup var serverOptions: ServerOptions
  @OptionGroup var options: CaseOptions

  func run() async throws {
    let caseZone = try options.load().zone
    guard let zone = zone.map({ Zone($0) }) ?? caseZone else {
      throw Failure("--zone \(zone ?? ""): should be an offset such as +04:00 or a name such as Europe/Kyiv", .usage)
    }
    let name = file == "-" ? "standard input" : file
    let table = importObservations(csv: try file == "-" ? Input.standard() : Input.file(file), file: name, zone: zone)
    for finding in table.findings { Terminal.note(terminalSafe(finding.description)) }
    guard !table.observations.isEmpty else { throw Failure("\(name): no observation of it can be taken") }
    if dry {
      for observation in table.observations { Terminal.print(WatchEnvelope(observation).json.text) }
      return
    }
    let door = try await WatchDoor.open(options, server: serverOptions.address)
    let envelopes = table.observations.map { WatchEnvelope($0) }
    var fresh = 0
    var problems = 0
    for start in stride(from: 0, to: envelopes.count, by: 2000) {
      for answer in try await door.take(Array(envelopes[start..<min(start + 2000, envelopes.count)])) {
        if answer["new"]?.bool == true { fresh += 1 }
        if let problem = answer["problem"]?.string {
          problems += 1
          Terminal.note(terminalSafe("\(name): \(answer["id"]?.string ?? ""): \(problem)"))
        }
      }
    }
    try await door.close()
    let rows = Set(table.findings.filter { $0.severity == .error }.compactMap(\.line)).count
    Terminal.print(
      "\(table.observations.count - problems) observations, \(fresh) of them new; \(rows) rows left out. Only their observers are known to have watched: no coverage."
    )
    if problems > 0 { throw Failure("\(problems) observations were refused") }
  }
}
