// truce read: the claims of a report, nothing stored; and the worker that reads a stream of reports.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceReading

struct Read: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the claims read from reports, each with its quote, bytes and speakers; stores nothing.",
    discussion: """
      Names come from --case (may be repeated; the folder that one stands in if it is a case); without any, from the world layer: countries, \
      capitals, titles, international organisations; places also from gazetteers that `truce import gazetteer` took in. With --json, \
      standard input may be NDJSON reports, \
      {"id", "text" or "html", "published", "source", "language"} a line; claims come out in order, a line each, over all cores.
      """)

  @Argument(help: ArgumentHelp("Files, http(s) addresses, or - for standard input.", valueName: "report")) var names: [String] = ["-"]
  @Option(name: .customLong("case"), help: "A built-in case's name or a case's folder; may be repeated.") var cases: [String] = []
  @OptionGroup var reportOptions: ReportOptions
  @Flag(help: "Print NDJSON, one claim a line.") var json = false
  @Flag(help: "Print how each claim was derived.") var why = false
  @Flag(help: "Read NDJSON {doc, dct, text} and print each time expression as {doc, start, end, type, value} (TIMEX3).") var timex = false

  func validate() throws {
    if why, json || timex { throw ValidationError("--why goes with neither --json nor --timex") }
    if timex, json { throw ValidationError("--timex and --json are two different outputs; name one") }
  }

  func run() async throws {
    if timex {
      let words = try TimeLexicon(Input.file(Resources.lexicons() + "/time.txt"), file: "time.txt")
      return try await stream(names) { line, number in
        do {
          return Array(try TruceReading.timex(line, lexicon: words).map { $0 + "\n" }.joined().utf8)
        } catch {
          return errorLine(number, "\(error)")
        }
      }
    }
    // Both are read from files at once: together they are most of what a short run takes.
    async let words = Open.lexicon()
    let cases = try loadCases()
    let zone = cases.count == 1 ? cases[0].zone : .utc
    let sources = SourceIndex(cases.flatMap(\.sources))
    var reader = Reader(lexicon: try await words, cases: cases)
    let named = try self.cases.map { try CaseOptions.folder($0) }
    let gazetteer = try Open.gazetteer(cases, folders: named.isEmpty && !cases.isEmpty ? [CaseOptions.folder(nil)] : named)
    if !gazetteer.layers.isEmpty { reader.gazetteer = gazetteer }
    if json, names == ["-"] {
      return try await stream(names) { [reader] line, number in readLine(line, number: number, reader: reader, sources: sources, zone: zone)
      }
    }
    for name in names {
      for incoming in try await Input.reports(name, options: reportOptions, zone: zone) {
        if let fault = incoming.fault { throw fault }
        let prepared = prepareReport(incoming, captured: clock(), reader: reader, sources: sources, zone: zone, explained: why)
        for finding in prepared.reading.findings {
          var finding = finding
          finding.file = finding.file ?? incoming.name
          Terminal.note(terminalSafe(finding.description))
        }
        if json {
          for claim in prepared.claims { Terminal.print(claim.json.text) }
        } else {
          show(prepared)
        }
      }
    }
  }

  private func loadCases() throws -> [Case] {
    if cases.isEmpty {
      let here = FileManager.default.currentDirectoryPath
      return FileManager.default.fileExists(atPath: here + "/case.yaml") ? [try Case.load(folder: here)] : []
    }
    return try cases.map { try Case.load(folder: CaseOptions.folder($0).path) }
  }

  private func show(_ prepared: Prepared) {
    let report = prepared.report
    Terminal.print(
      terminalSafe("\(prepared.incoming.name): \(report.sourceName ?? "unknown source"), \(report.published?.edtf ?? "undated")"))
    if prepared.claims.isEmpty { Terminal.print("  no claim read") }
    for (number, claim) in prepared.claims.enumerated() {
      Terminal.print("")
      Terminal.print(claimText(claim, number: number + 1, text: prepared.reading.text, width: Terminal.width))
      if why, let lines = prepared.why(claim) { for line in lines { Terminal.print("     why: " + terminalSafe(line)) } }
    }
  }
}

/// The answer to one line of a stream of reports: a line for each claim, or one that says what was wrong.
@Sendable func readLine(_ line: [UInt8], number: Int, reader: Reader, sources: SourceIndex, zone: Zone) -> [UInt8] {
  do {
    let read = try Incoming.line(line, name: "line \(number)", zone: zone)
    if let fault = read.incoming.fault { return errorLine(number, fault.message) }
    let claims = readClaims(read.incoming, reader: reader, sources: sources, zone: zone)
    var out = JSONWriter(canonical: false)
    for index in claims.indices {
      claims[index].write(into: &out, report: read.id)
      out.append(raw: "\n")
    }
    return out.withBytes { Array($0) }
  } catch {
    return errorLine(number, "\(error)")
  }
}

/// A line of output that stands for a line of input which could not be read.
@Sendable func errorLine(_ number: Int, _ message: String) -> [UInt8] {
  let object: JSON = ["error": .object([JSON.Member("line", JSON(number)), JSON.Member("message", JSON(message))])]
  return object.bytes + [0x0A]
}
