// truce situation: who holds what, which promise was kept, what happened.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct SituationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "situation", abstract: "Prints the situation on a day, as known on another, by a rule of evidence.")

  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() async throws {
    let workspace = try await Open.reading(options)
    let query = try query.query(in: workspace.caseFile, now: clock())
    try await SituationCommand.show(workspace, query, json: json)
  }

  static func show(_ workspace: Workspace, _ query: Query, json: Bool) async throws {
    let situation = try await workspace.situation(query)
    if json {
      Terminal.print(situation.json.text)
    } else {
      let index = try await workspace.currentIndex()
      let text = situationText(
        situation: situation, case: workspace.caseFile, width: Terminal.width, colour: Terminal.usesColour, claim: { index.claim($0) })
      Terminal.write(Array(text.utf8))
    }
  }
}
