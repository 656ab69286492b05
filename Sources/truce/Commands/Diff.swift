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
      truce diff --on 2020-12-01 --according-to party:AZE --against party:ARM shows where the two sides disagree.
      """)

  @Option(name: .customLong("and"), help: "The later moment of knowledge: an instant or a day (default: everything recorded).")
  var later: String?
  @Option(help: "The rule to compare with, instead of two moments of knowledge.") var against: String?
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    if against == nil, query.known == nil {
      throw ValidationError("name an earlier moment with --known, or a rule to compare with by --against")
    }
    if against != nil, later != nil { throw ValidationError("--and goes with two moments of knowledge, --against with two rules") }
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
      second.size = nil
      second.known = try later.map { try moment($0, "--and", file.zone) }
      difference = Difference(index.situation(first), index.situation(second))
    }
    if json { return Terminal.print(difference.json.text) }
    if difference.isEmpty { return Terminal.print("No difference.") }
    show(difference, file)
  }

  private func show(_ difference: Difference, _ file: Case) {
    func holder(_ control: Situation.Control?) -> String {
      guard let control else { return "not known" }
      var text = file.holderName(control.holder)
      if let since = control.since { text += " since \(since.edtf)" }
      return text + " (" + standingWords(control.standing, isDisputed: control.isDisputed, isWithdrawn: control.isWithdrawn) + ")"
    }
    for place in difference.control {
      Terminal.print(terminalSafe("\(file.placeName(place.place)): \(holder(place.first)) -> \(holder(place.second))"))
    }
    for commitment in difference.commitments {
      let title = commitment.second?.title ?? commitment.first?.title ?? commitment.id.rawValue
      Terminal.print(terminalSafe("\(title): \(commitment.first?.word ?? "not there") -> \(commitment.second?.word ?? "not there")"))
    }
    for event in difference.appeared { Terminal.print(terminalSafe("+ \(eventWords(event, case: file))")) }
    for event in difference.vanished { Terminal.print(terminalSafe("- \(eventWords(event, case: file))")) }
  }
}
