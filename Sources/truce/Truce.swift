// The command line: one command for each job, in Commands/; what they share in Options/ and Edge/.
import ArgumentParser

/// `truce`.
struct Truce: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "truce",
    abstract: "Keeps watch on an armistice: reads reports into sourced claims and works out the situation.",
    discussion: """
      Every query says for which day (--on), as known when (--known), as said by when (--said) and by which rule of evidence \
      (--according-to: anyone, party:X, against-interest, third-party, both-sides, observed, best).
      """,
    version: "0.1.0",
    subcommands: [
      Demo.self, Init.self, Read.self, Ingest.self, SituationCommand.self, Commitments.self, Incidents.self, Exchanges.self, History.self,
      ForecastCommand.self, Diff.self, MapCommand.self, Export.self, Import.self, Verify.self, Sign.self, Redact.self, Backup.self,
      Restore.self, Compare.self, Simulate.self, Serve.self,
    ])
}

@main struct Main {
  static func main() async {
    do {
      var command = try Truce.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Terminal.exit(for: error)
    }
  }
}
