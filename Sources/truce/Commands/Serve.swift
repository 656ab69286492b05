// truce serve: the desk.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceLedger

struct ServeOptions: ParsableArguments {
  @Option(help: "The address to listen on; 127.0.0.1 is this machine only.") var host = "127.0.0.1"
  @Option(help: "The port, 1 to 65535; 0 for any that is free.") var port = 8080

  @Flag(help: "Serve the log's entries as they are, exact positions among them: only to those who may see them.") var logEntries = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port \(port): should be 0 to 65535") }
  }
}

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serves the desk until Ctrl-C.")

  @OptionGroup var serveOptions: ServeOptions
  @OptionGroup var settings: WatchSettingsOptions
  @OptionGroup var options: CaseOptions

  func run() async throws {
    let (workspace, ledger) = try await Open.writing(options, settings: settings.load(options))
    try await workspace.catchUp()
    try await workspace.watch?.catchUp()
    try await Serve.serve(workspace, serveOptions, ledger: ledger.path)
    try await ledger.close()
  }

  /// Serves, and says beside the ledger where, so that other commands send there what they cannot write themselves.
  static func serve(_ workspace: Workspace, _ options: ServeOptions, ledger: String) async throws {
    let pages = try Resources.pages()
    defer { DeskAddress.remove(ledger: ledger) }
    try await TruceDesk.serve(
      workspace: workspace, host: options.host, port: options.port, pages: pages, servesEntries: options.logEntries,
      now: clock
    ) { address in
      DeskAddress.write(address, ledger: ledger)
      Terminal.note("The desk is at \(address) (Ctrl-C ends it)")
    }
  }
}
