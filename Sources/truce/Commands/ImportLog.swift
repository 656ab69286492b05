// truce import --log: a ledger from an exported log.
import ArgumentParser
import TruceLedger
import TruceModel
import TruceOutlets

struct ImportLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Makes a ledger from an exported log, byte for byte the same record.")

  @Flag(help: "The file is an exported log.") var log = false
  @Argument(help: "The file, or - for standard input.") var file: String
  @Option(name: .customLong("key"), help: "A verifier key; may be repeated. With keys the signatures are checked.") var keys: [String] = []
  @OptionGroup var options: CaseOptions

  func validate() throws { if !log { throw ValidationError("say what to import: --log FILE, places FILE or observations FILE") } }

  func run() async throws {
    let result = try await Ledger.importLog(from: file, to: options.ledgerPath(), keys: Keys.parse(keys))
    for finding in result.findings { Terminal.note(terminalSafe(finding.description)) }
    guard result.isIntact else { throw Failure(terminalSafe(result.summary)) }
    Terminal.print(terminalSafe(result.summary))
  }
}
