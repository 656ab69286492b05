// truce simulate: a watched line with known truth, and how well the counting rules find it.
import ArgumentParser
import TruceModel
import TruceSituation

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulates a watched line with known incidents and scores the counting rules against its truth.",
    discussion: """
      Each world: 16 days on 180 km with 27 posts, cameras and drones, wrong clocks, gaps, 14 days of silence and a loss of 95 % of packets. \
      The simulated noise is the program's own: the figures say nothing of a real line.
      """)

  @Option(help: "The first world's seed.") var seed: UInt64 = 1
  @Option(help: "How many worlds, 1 to 100000.") var count = 10
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (1...100_000).contains(count) else { throw ValidationError("--count \(count): should be 1 to 100000") }
  }

  func run() throws {
    let report = simulate(seed: seed, count: count) { done in
      if Terminal.isInteractive, done < count { Terminal.note("\(done) of \(count)") }
    }
    Terminal.print(json ? report.json.text : report.text)
  }
}
