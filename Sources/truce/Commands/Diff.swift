// truce diff: what changed between two moments of knowledge, or where two rules disagree.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what differs: between what was known at two moments, or between two rules of evidence.",
    discussion: """
      truce diff --on 2020-12-01 --known 2020-11-30 --and 2020-12-02 compares two moments of knowledge (--and: default everything).
      truce diff --on 2020-12-01 --said 2020-11-20 --and 2020-12-02 compares what had been said by two moments, whenever the ledger learnt it.
      truce diff --on 2020-12-01 --according-to party:AZE --against party:ARM shows where the two sides disagree.
      """)

  @Option(
    name: .customLong("and"),
    help: "The later moment of knowledge, or of saying with --said alone: an instant or a day (default: everything).")
  var later: String?
  @Option(help: "The rule to compare with, instead of two moments of knowledge.") var against: String?
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    if against == nil, query.known == nil, query.said == nil {
      throw ValidationError("name an earlier moment with --known or --said, or a rule to compare with by --against")
    }
    if against != nil, later != nil { throw ValidationError("--and goes with two moments, --against with two rules") }
  }

  func run() async throws {
    let workspace = try await Open.reading(options)
    let file = workspace.caseFile
    let first = try query.query(in: file, now: clock())
    let index = try await workspace.currentIndex()
    let difference: Difference
    if let against {
      var other = query
      other.accordingTo = against
      difference = index.disagreement(first, between: first.rule, and: try other.query(in: file, now: clock()).rule)
    } else {
      var second = first
      let end = try later.map { try moment($0, "--and", file.zone) }
      if query.known == nil {
        second.said = end
      } else {
        second.size = nil
        second.known = end
      }
      difference = Difference(index.situation(first), index.situation(second))
    }
    if json { return Terminal.print(difference.json.text) }
    let text = differenceText(
      difference, case: file, width: Terminal.width, colour: Terminal.usesColour, claim: { index.claim($0) })
    Terminal.write(Array(text.utf8))
  }
}
