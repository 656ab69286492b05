// truce map: the situation as a map, without a browser.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct MapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "map", abstract: "Draws the situation as an SVG map.")

  @Option(name: .shortAndLong, help: "The file to write, or - for standard output.") var output = "-"
  @Option(help: "The map's width in pixels, 320 to 8000.") var width = 960
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions

  func validate() throws {
    guard (320...8000).contains(width) else { throw ValidationError("--width \(width): should be 320 to 8000") }
  }

  func run() async throws {
    let workspace = try await Open.reading(options)
    let query = try query.query(in: workspace.caseFile, now: clock())
    let situation = try await workspace.situation(query)
    let svg = mapSVG(situation: situation, case: workspace.caseFile, options: MapOptions(width: Double(width)))
    if output == "-" {
      Terminal.print(svg)
    } else {
      do {
        try Data(svg.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
      } catch {
        throw Failure("\(output): cannot be written: \((error as NSError).localizedDescription)")
      }
    }
  }
}
