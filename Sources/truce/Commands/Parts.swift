// truce commitments, incidents, exchanges, history: one part of the situation each.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

/// A command that prints one part of the situation.
protocol PartCommand: AsyncParsableCommand {
  var query: QueryOptions { get }
  var options: CaseOptions { get }
  var json: Bool { get }
  /// The part's members in the JSON form of the situation.
  static var members: [String] { get }
  func text(_ situation: Situation, _ file: Case, _ claim: @escaping ClaimLookup) -> String
}

extension PartCommand {
  func run() async throws {
    let workspace = try await Open.reading(options)
    let situation = try await workspace.situation(query.query(in: workspace.caseFile, now: clock()))
    if json {
      let whole = situation.json
      for name in Self.members {
        for element in whole[name]?.array ?? [] { Terminal.print(element.text) }
      }
    } else {
      let index = try await workspace.currentIndex()
      Terminal.write(Array(text(situation, workspace.caseFile) { index.claim($0) }.utf8))
    }
  }
}

struct Commitments: PartCommand {
  static let configuration = CommandConfiguration(abstract: "Prints every commitment with its deadlines, its word and why.")
  static let members = ["commitments"]
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one commitment a line.") var json = false

  func text(_ situation: Situation, _ file: Case, _ claim: @escaping ClaimLookup) -> String {
    commitmentsText(situation: situation, case: file, width: Terminal.width, colour: Terminal.usesColour, claim: claim)
  }
}

struct Incidents: PartCommand {
  static let configuration = CommandConfiguration(abstract: "Prints what is told to have happened along the line.")
  static let members = ["incidents"]
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one incident a line.") var json = false

  func text(_ situation: Situation, _ file: Case, _ claim: @escaping ClaimLookup) -> String {
    eventsText("Incidents", situation.incidents, case: file, width: Terminal.width, colour: Terminal.usesColour, claim: claim)
      + watchedWords(situation.coverage) + "\n"
  }
}

struct Exchanges: PartCommand {
  static let configuration = CommandConfiguration(abstract: "Prints exchanges of prisoners and bodies, with the findings on their totals.")
  static let members = ["exchanges"]
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one exchange a line.") var json = false

  func text(_ situation: Situation, _ file: Case, _ claim: @escaping ClaimLookup) -> String {
    eventsText("Exchanges", situation.exchanges, case: file, width: Terminal.width, colour: Terminal.usesColour, claim: claim)
      + situation.findings.map { terminalSafe($0.description) + "\n" }.joined()
  }
}

struct History: PartCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what is told as past: the conflict before the agreement, and the agreement.")
  static let members = ["history", "agreements"]
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one event a line.") var json = false

  func text(_ situation: Situation, _ file: Case, _ claim: @escaping ClaimLookup) -> String {
    historyText(situation: situation, case: file, width: Terminal.width, colour: Terminal.usesColour, claim: claim)
  }
}
