// truce ingest: reports in, claims into the ledger.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceLedger
import TruceModel
import TruceOutlets

struct Ingest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reads reports and appends them and their claims to the ledger.",
    discussion: "Where one report of several is unfit, none is taken in. The same report twice is harmless.")

  @Argument(help: ArgumentHelp("Files (text, HTML, NDJSON), http(s) addresses, or - for standard input.", valueName: "report"))
  var names: [String]

  @OptionGroup var reportOptions: ReportOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one object a report.") var json = false

  func run() async throws {
    let zone = try options.load().zone
    var incoming: [Incoming] = []
    for name in names { incoming += try await Input.reports(name, options: reportOptions, zone: zone) }
    for report in incoming { if let fault = report.fault { throw fault } }
    guard !incoming.isEmpty else { throw Failure("no report in \(names.joined(separator: ", "))") }
    let (workspace, ledger) = try await Open.writing(options)
    let results = try await workspace.ingest(incoming, files: Open.caseFiles(options))
    for (report, result) in zip(incoming, results) { show(result, name: report.name) }
    try await ledger.close()
  }

  private func show(_ result: Ingested, name: String) {
    for finding in result.findings {
      var finding = finding
      finding.file = finding.file ?? name
      Terminal.note(terminalSafe(finding.description))
    }
    if result.report.published == nil {
      Terminal.note(terminalSafe("\(name): warning: no publication date in the report or its name; --published DATE gives one"))
    }
    if json {
      let object = JSON.compact([
        "report": result.report.json, "claims": JSON(result.claims.count), "new": .bool(result.isNew),
        "copyOf": result.copyOf.isEmpty ? nil : .array(result.copyOf.map { JSON($0) }), "size": JSON(Int(result.size)),
      ])
      Terminal.print(object.text)
      return
    }
    let source = result.report.sourceName ?? "unknown source"
    let day = result.report.published?.edtf ?? "undated"
    var line = "\(name): \(source), \(day): \(result.claims.count) claims"
    if !result.isNew { line += ", all in the ledger already" }
    if !result.copyOf.isEmpty { line += ", a copy of \(result.copyOf.map(\.rawValue).joined(separator: ", "))" }
    Terminal.print(terminalSafe(line))
  }
}
