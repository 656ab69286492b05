// truce forecast: whether deadlines that depend on a road can be met, or how soon a place can be cleared.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct ForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Says how soon places can be cleared over the case's roads, and which deadlines that puts at risk.",
    discussion: """
      Without --from, every departure of the case's roads.yaml is set against the deadlines of its commitment, as known at the query's moment. \
      With --from, --to and --vehicles, one clearance of your own.
      """)

  @Option(help: "The place to be cleared: a place at a road, or a district.") var from: String?
  @Option(help: "Where the vehicles go.") var to: String?
  @Option(help: "How many vehicles: a number, or the fewest and the most as in 2000-8000.") var vehicles: String?
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one forecast a line.") var json = false

  func validate() throws {
    let given = [from, to, vehicles].compactMap { $0 }.count
    guard given == 0 || given == 3 else { throw ValidationError("--from, --to and --vehicles go together: give all three or none") }
    guard vehicles == nil || count != nil else {
      throw ValidationError("--vehicles \(vehicles ?? ""): should be a number above 0, or two of them as in 2000-8000")
    }
  }

  /// The range that --vehicles names.
  private var count: ClosedRange<Double>? {
    let parts = (vehicles ?? "").split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
    guard (1...2).contains(parts.count), let low = parts[0], let high = parts[parts.count - 1], low > 0, low <= high, high <= 1e9 else {
      return nil
    }
    return low...high
  }

  func run() async throws {
    if let from, let to, let count {
      let file = try options.load()
      let on = try query.query(in: file, now: clock()).on
      let clearance = try Forecast(case: file).clearance(from: PlaceID(from), to: PlaceID(to), vehicles: count, on: on)
      if json { return Terminal.print(clearance.json.text) }
      return Terminal.write(Array(forecastText(clearance, width: Terminal.width).utf8))
    }
    let workspace = try await Open.reading(options)
    let query = try query.query(in: workspace.caseFile, now: clock())
    let situation = try await workspace.situation(query)
    let (outlooks, findings) = Forecast(case: workspace.caseFile).outlooks(on: query.on, commitments: situation.commitments)
    if json {
      for outlook in outlooks { Terminal.print(outlook.json.text) }
    } else {
      Terminal.write(Array(forecastText(outlooks, width: Terminal.width, colour: Terminal.usesColour).utf8))
    }
    for finding in findings { Terminal.note(finding.description) }
  }
}
