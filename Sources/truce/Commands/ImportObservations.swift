// truce import observations: what monitors saw and heard into the ledger, from their tables or from the prose of their daily reports.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceReading
import TruceSituation

struct ImportObservations: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "observations",
    abstract: "Takes observations in, from a table (.csv) or from the prose of a daily report, as monitoring missions publish them.",
    discussion: """
      A text gives the observations that its sentences tell, each with its quote; --dry shows them. A sentence has to say who observed, from where \
      and when. A year that the text leaves out follows from --published or the report's own head. \
      Of a table the columns are: observer_position, start, count and description; and where there are such: report, position_control, \
      position_ref, event_bearing, distance_km, end, means, observation, weapon; of what moves track, latitude, longitude, accuracy_m. \
      A row with an error is told and left out. The same file again is harmless.
      """)
  @Argument(help: "The file: a table where its name ends in .csv, else a text or a page; - for standard input.") var file: String
  @Option(help: "What standard input is: csv or text (default: csv).") var form = "csv"
  @Option(help: "The zone of local times (default: the case's).") var zone: String?
  @OptionGroup var report: ReportOptions
  @Flag(help: "Print the observations as NDJSON and change nothing.") var dry = false
  @OptionGroup var serverOptions: ServerOptions
  @OptionGroup var options: CaseOptions

  func validate() throws {
    guard form == "csv" || form == "text" else { throw ValidationError("--form \(form): should be csv or text") }
  }

  func run() async throws {
    let caseZone = try options.load().zone
    guard let zone = zone.map({ Zone($0) }) ?? caseZone else {
      throw Failure("--zone \(zone ?? ""): should be an offset such as +04:00 or a name such as Europe/Kyiv", .usage)
    }
    let name = file == "-" ? "standard input" : file
    let bytes = try file == "-" ? Input.standard() : Input.file(file)
    let isTable = file == "-" ? form == "csv" : file.lowercased().hasSuffix(".csv")
    let table = try isTable ? importObservations(csv: bytes, file: name, zone: zone) : prose(bytes, name, zone)
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
    let left = Set(table.findings.compactMap(\.line)).count
    Terminal.print(
      "\(table.observations.count - problems) observations, \(fresh) of them new; \(left) \(isTable ? "row" : "sentence")\(left == 1 ? "" : "s") left out or doubtful. "
        + "Only their observers are known to have watched: no coverage.")
    if problems > 0 { throw Failure("\(problems) observations were refused") }
  }

  /// The observations that a text tells.
  private func prose(_ bytes: [UInt8], _ name: String, _ zone: Zone) throws -> ObservationImport {
    let folder = try Resources.lexicons()
    let words = try TimeLexicon(Input.file(folder + "/time.txt"), file: "time.txt")
    let isPage = name.lowercased().hasSuffix(".html") || name.lowercased().hasSuffix(".htm")
    let published = try report.published(zone)
    let document =
      isPage
      ? Document(html: bytes, published: published, zone: zone)
      : Document(plain: bytes, published: published, language: report.language, zone: zone)
    let reading = ObservationReader(lexicon: try WatchLexicon.load(folder: folder), times: words).read(document, file: name, zone: zone)
    return ObservationImport(observations: reading.observations.map(\.observation), findings: document.findings + reading.findings)
  }
}
