// truce ingest: reports in, claims into the ledger.
import ArgumentParser
import Foundation
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
    let opened: (workspace: Workspace, ledger: Ledger)
    do {
      opened = try await Open.writing(options)
    } catch let error as LedgerError where error.code == .locked {
      let path = try options.ledgerPath()
      guard let address = await DeskAddress.read(ledger: path) else {
        throw Failure("\(error); a desk that holds it takes reports at POST /api/reports")
      }
      return try await send(incoming, to: address)
    }
    let results = try await opened.workspace.ingest(incoming, files: Open.caseFiles(options))
    for (report, result) in zip(incoming, results) { show(result, name: report.name) }
    try await opened.ledger.close()
  }

  /// Sends reports to the desk that holds the ledger: it reads them as this command would.
  private func send(_ incoming: [Incoming], to address: String) async throws {
    Terminal.note("truce: the desk at \(address) holds this ledger; the reports are sent to it")
    for report in incoming {
      let parameters = [("source", report.sourceName), ("published", report.published?.edtf), ("address", report.address)].compactMap {
        name, value in
        value.map { "\(name)=\(queryEscaped($0))" }
      }
      let answer = try await WatchDoor.call(
        "POST", address + "/api/reports" + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")), body: report.body,
        type: report.media.rawValue)
      for finding in answer["findings"]?.array ?? [] { Terminal.note(terminalSafe(finding.string ?? "")) }
      let claims = answer["claims"]?.array?.count ?? 0
      if json {
        Terminal.print(
          JSON.compact(["report": answer["report"], "claims": JSON(claims), "new": answer["isNew"], "size": answer["size"]]).text)
        continue
      }
      let source = answer["report"]?["sourceName"]?.string ?? "unknown source"
      let day = answer["report"]?["published"]?["edtf"]?.string ?? "undated"
      let known = answer["isNew"]?.bool == false ? ", all in the ledger already" : ""
      Terminal.print(terminalSafe("\(report.name): \(source), \(day): \(claims) claims\(known)"))
    }
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
