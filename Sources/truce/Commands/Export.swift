// truce export and import: the situation in the formats that others read, and the log as NDJSON.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceDesk
import TruceLedger
import TruceModel
import TruceOutlets
import TruceSituation

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the situation in a format that others read, or the whole log as NDJSON.",
    discussion: "Formats:\n" + Outlet.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

  @Flag(help: "Write the log: every entry and text, NDJSON; two ledgers with the same record give the same bytes.") var log = false
  @Argument(help: "The format.") var format = "json"
  @Option(name: .shortAndLong, help: "The file to write, or - for standard output.") var output = "-"
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions

  func validate() throws {
    guard Outlet.named(format) != nil else {
      throw ValidationError("\(format): is no format; it should be one of \(Outlet.all.map(\.name).joined(separator: ", "))")
    }
  }

  func run() async throws {
    if log { return try await exportLog() }
    let workspace = try await Open.reading(options)
    let query = try query.query(in: workspace.caseFile, now: clock())
    let index = try await workspace.currentIndex()
    let input = OutletInput(
      situation: index.situation(query), case: workspace.caseFile, claim: { index.claim($0) }, produced: clock())
    try Output.write(Outlet.named(format)!.render(input), to: output)
  }

  private func exportLog() async throws {
    let ledger = try await Ledger.open(at: options.ledgerPath(), mode: .readOnly, now: clock)
    let file = try Output(output)
    let result = try await ledger.exportLog { try file.write($0) }
    try file.close()
    try await ledger.close()
    Terminal.note("\(result.entries) entries, \(result.bodies) bodies, root \(result.root?.hex ?? "none")")
  }
}

/// A file being written, or standard output; a file appears whole or not at all.
final class Output {
  private let path: String
  private let temporary: String
  private let handle: FileHandle?

  init(_ path: String) throws {
    self.path = path
    temporary = path + ".part"
    guard path != "-" else {
      handle = nil
      return
    }
    guard FileManager.default.createFile(atPath: temporary, contents: nil), let handle = FileHandle(forWritingAtPath: temporary) else {
      throw Failure("\(path): cannot be written")
    }
    self.handle = handle
  }

  func write(_ bytes: [UInt8]) throws {
    guard let handle else { return Terminal.write(bytes) }
    do { try handle.write(contentsOf: bytes) } catch { throw Failure("\(path): cannot be written: \(error.localizedDescription)") }
  }

  func close() throws {
    guard let handle else { return }
    try handle.synchronize()
    try handle.close()
    guard rename(temporary, path) == 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let output = try Output(path)
    try output.write(bytes)
    if path == "-", bytes.last != 0x0A { try output.write([0x0A]) }
    try output.close()
  }
}

enum Keys {
  static func parse(_ texts: [String]) throws -> [VerifierKey] {
    try texts.map { text in
      guard let key = VerifierKey(text) else {
        throw Failure("--key \(text): should be a verifier key, NAME+HASH+BASE64 as `truce sign --new` prints it", .usage)
      }
      return key
    }
  }
}
