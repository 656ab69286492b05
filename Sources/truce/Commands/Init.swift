// truce init: a new case's folder, ready to be filled in.
import ArgumentParser
import Foundation
import TruceAtlas

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a new case: a folder of plain text with an example of every part.",
    discussion: "docs/case-format.md describes the files.")

  @Argument(help: "The folder to make; its last part is the case's id.") var folder: String

  func run() throws {
    let manager = FileManager.default
    guard !manager.fileExists(atPath: folder) else { throw Failure("\(folder): is there already; name a folder that is not") }
    let id = URL(fileURLWithPath: folder).lastPathComponent
    guard id.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }), !id.isEmpty else {
      throw Failure("\(id): a case's id should be lower-case letters, digits and hyphens, such as northern-line-2031", .usage)
    }
    let template = try Resources.root() + "/Cases/template"
    do {
      try manager.copyItem(atPath: template, toPath: folder)
      let path = folder + "/case.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: "id: template", with: "id: \(id)")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw Failure("\(folder): cannot be made: \((error as NSError).localizedDescription)")
    }
    _ = try Case.load(folder: folder)
    Terminal.print("\(folder): a new case; edit its files, then: truce ingest --case \(folder) REPORT")
  }
}
