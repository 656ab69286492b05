// truce demo: the built-in case with its sample reports: the situation in the terminal, then the desk.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceDesk
import TruceLedger
import TruceModel
import TruceOutlets
import TruceSituation

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Opens a built-in case with its sample reports, prints the situation and serves the desk.",
    discussion: "The ledger is demo.db in your data folder unless --ledger names one; the samples are taken in once.")

  @Flag(inversion: .prefixedNo, help: "Serve the desk after the situation is printed.") var serve = true
  @OptionGroup var serveOptions: ServeOptions
  @OptionGroup var options: CaseOptions

  func run() async throws {
    var options = options
    options.caseName = options.caseName ?? "karabakh-2020"
    let (folder, builtIn) = try CaseOptions.folder(options.caseName)
    options.ledger = try options.ledger ?? Resources.dataFolder(builtIn ?? "demo") + "/demo.db"
    let samples = folder + "/reports"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: samples)) ?? []).filter { $0.hasSuffix(".txt") }.sorted()
    guard !names.isEmpty else { throw Failure("\(samples): holds no sample reports; a demonstration needs some") }
    let (workspace, ledger) = try await Open.writing(options)
    let incoming = try names.map { Incoming(name: $0, body: try Input.file(samples + "/" + $0), address: "samples/" + $0) }
    // One by one, as a wire brings them: the desk's slider can then go back through what was known.
    var results = try await workspace.ingest(Array(incoming.prefix(1)), files: Open.caseFiles(options))
    for sample in incoming.dropFirst() { results += try await workspace.ingest([sample]) }
    let day = try await workspace.latestDay()
    let on = workspace.caseFile.zone.bounds(of: day).upperBound.adding(milliseconds: -1)
    try await SituationCommand.show(workspace, Query(on: on), json: false)
    let claims = results.reduce(0) { $0 + $1.claims.count }
    Terminal.print("\n\(results.count) sample reports, \(claims) claims, in \(try options.ledgerPath()).")
    Terminal.print("Ask further: truce situation --ledger \(try options.ledgerPath()) --on 2020-11-24 --according-to party:ARM")
    if serve { try await Serve.serve(workspace, serveOptions, ledger: ledger.path) }
    try await ledger.close()
  }
}
