// truce export: the situation in the formats that other programs read.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the situation in a format that other programs read.",
    discussion: Outlet.all.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))

  @Argument(help: "The format.") var format: String
  @Option(name: .shortAndLong, help: "The file to write, or - for standard output.") var output = "-"
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions

  func validate() throws {
    guard Outlet.named(format) != nil else {
      throw ValidationError("\(format): should be one of \(Outlet.all.map(\.name).joined(separator: ", "))")
    }
  }

  func run() async throws {
    guard let outlet = Outlet.named(format) else { return }
    let workspace = try await Open.reading(options)
    let now: Instant = clock()
    let situation = try await workspace.situation(query.query(in: workspace.caseFile, now: now))
    var claims: [ClaimID: Claim] = [:]
    for id in situation.evidence { claims[id] = try await workspace.claim(id)?.claim }
    let found = claims
    let bytes = outlet.render(OutletInput(situation: situation, case: workspace.caseFile, claim: { found[$0] }, produced: now))
    if output == "-" {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } else {
      do {
        try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
      } catch {
        throw Failure("\(output): cannot be written: \((error as NSError).localizedDescription)")
      }
    }
  }
}
