// truce commitments, exchanges, history: one part of the situation each.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceModel
import TruceOutlets
import TruceSituation

struct Commitments: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints every commitment with its deadlines, its word and why.")
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one commitment a line.") var json = false

  func run() async throws {
    let workspace = try await Open.reading(options)
    let query = try query.query(in: workspace.caseFile, now: clock())
    if json {
      for commitment in try await workspace.currentIndex().commitments(query) { Terminal.print(commitment.json.text) }
    } else {
      let situation = try await workspace.situation(query)
      let text = commitmentsText(
        situation: situation, case: workspace.caseFile, width: Terminal.width, colour: Terminal.usesColour)
      Terminal.write(Array(text.utf8))
    }
  }
}

struct Exchanges: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints exchanges of prisoners and bodies: whose figures match, whose differ, and every total that does not add up.")
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() async throws {
    let workspace = try await Open.reading(options)
    let query = try query.query(in: workspace.caseFile, now: clock())
    let index = try await workspace.currentIndex()
    let account = index.exchanges(query)
    if json { return Terminal.print(account.json.text) }
    let file = workspace.caseFile
    let text = exchangesText(
      account, case: file, width: Terminal.width, colour: Terminal.usesColour, claim: { index.claim($0) })
    Terminal.write(Array(text.utf8))
  }
}

struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what is told as past; of a place, who held it one after the other, with every passage's evidence.")
  @Argument(help: "A place's id, such as lachin-district.") var place: String?
  @OptionGroup var query: QueryOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print JSON: of a place one object, else an event a line.") var json = false

  func run() async throws {
    let workspace = try await Open.reading(options)
    let file = workspace.caseFile
    let query = try query.query(in: file, now: clock())
    let index = try await workspace.currentIndex()
    guard let place else {
      let situation = index.situation(query)
      if json {
        for event in situation.history + situation.agreements { Terminal.print(event.json.text) }
      } else {
        let text = historyText(
          situation: situation, case: file, width: Terminal.width, colour: Terminal.usesColour, claim: { index.claim($0) })
        Terminal.write(Array(text.utf8))
      }
      return
    }
    guard file.place(PlaceID(place)) != nil else {
      let near = file.places.map(\.id.rawValue).filter { $0.hasPrefix(place.prefix(3)) }.sorted().joined(separator: ", ")
      throw Failure("\(place): the case has no such place" + (near.isEmpty ? "" : "; it has \(near)"), .usage)
    }
    let history = index.history(of: PlaceID(place), query)
    let voices = index.voices(of: PlaceID(place), query)
    if json {
      let more = [
        JSON.Member("now", index.control(of: PlaceID(place), query).json), JSON.Member("voices", .array(voices.map(\.json))),
      ]
      return Terminal.print(JSON.object((history.json.members ?? []) + more).text)
    }
    let text = historyText(
      history, now: index.control(of: PlaceID(place), query), voices: voices, case: file, width: Terminal.width,
      colour: Terminal.usesColour)
    Terminal.write(Array(text.utf8))
  }
}
