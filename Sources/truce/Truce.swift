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
      Demo.self, Init.self, Read.self, Ingest.self, SituationCommand.self, Commitments.self, Incidents.self, CoverageCommand.self,
      Tracks.self, Exchanges.self, History.self, RuleCommand.self,
      ForecastCommand.self, Diff.self, MapCommand.self, AtlasCommand.self, Export.self, Import.self, Post.self, WatchCommand.self,
      Alerts.self, Verify.self, Sign.self, Redact.self, Backup.self,
      Restore.self, Compare.self, Simulate.self, Serve.self,
    ])
}

@main struct Main {
  static func main() async {
    do {
      var command = try parsed()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Terminal.exit(for: error)
    }
  }

  private static func parsed() throws -> any ParsableCommand {
    if let command = direct() { return command }
    return try Truce.parseAsRoot()
  }

  /// The command that the first argument names, parsed by itself: laying out all commands takes longer than reading a report.
  ///
  /// - Returns: nil where it names none of the common ones, or the rest does not parse (a mistake, a call for help): the whole parser
  ///   then says what there is to say.
  private static func direct() -> (any ParsableCommand)? {
    let arguments = CommandLine.arguments.dropFirst()
    let command: (any ParsableCommand.Type)? =
      switch arguments.first {
      case "read": Read.self
      case "ingest": Ingest.self
      case "situation": SituationCommand.self
      case "map": MapCommand.self
      case "diff": Diff.self
      case "export": Export.self
      default: nil
      }
    return try? command?.parseAsRoot(Array(arguments.dropFirst()))
  }
}
