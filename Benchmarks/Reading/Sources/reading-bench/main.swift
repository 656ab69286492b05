// Reads the texts of some files over and over on one core and prints megabytes a second for each stage.
//
// usage: reading-bench LEXICON ROUNDS STAGE FILE...      STAGE: structure, times, claims (to their JSON) or all
// For instructions instead of time: valgrind --tool=callgrind reading-bench LEXICON 1 STAGE FILE...
import Foundation
import TruceAtlas
import TruceModel
import TruceReading

let arguments = CommandLine.arguments
guard arguments.count > 4, let rounds = Int(arguments[2]), rounds > 0 else {
  FileHandle.standardError.write(Data("usage: reading-bench LEXICON ROUNDS structure|times|claims|all FILE...\n".utf8))
  exit(2)
}
let stages = arguments[3] == "all" ? ["structure", "times", "claims"] : [arguments[3]]
let lexicon = try Lexicon.load(folder: arguments[1])
let texts = try arguments[4...].map { Array(try Data(contentsOf: URL(fileURLWithPath: $0))) }
let size = texts.reduce(0) { $0 + $1.count }
let published = When("2020-12-01", zone: .utc)
let reader = Reader(lexicon: lexicon, cases: [])
let times = TimeReader(lexicon: lexicon.times)

/// What one round of a stage found; printed so that no work can be left out.
func round(_ stage: String) -> Int {
  var found = 0
  var out: [UInt8] = []
  for text in texts {
    let document = Document(plain: text, published: published)
    switch stage {
    case "structure": found += document.sentences.count
    case "times": found += times.read(document).mentions.count
    default:
      // What the worker does with a report, the reading of its line of JSON left out.
      var claims = reader.read(document, explained: false).claims
      out.removeAll(keepingCapacity: true)
      for index in claims.indices {
        claims[index].carry(by: "report")
        claims[index].write(into: &out)
      }
      found += claims.count
    }
  }
  return found
}

for stage in stages {
  var best = Duration.seconds(1_000_000)
  var found = 0
  for _ in 0..<rounds { best = min(best, ContinuousClock().measure { found = round(stage) }) }
  let seconds = Double(best.components.seconds) + Double(best.components.attoseconds) / 1e18
  print("\(stage): \(size) bytes, \(found) found, best of \(rounds): \((Double(size) / seconds / 1e5).rounded() / 10) MB/s")
}
