// truce incidents and coverage: what happened along the line, by declared counting rules, and how much of the line was watched.
import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceLedger
import TruceModel
import TruceOutlets
import TruceSituation

struct Incidents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what observers saw and heard and what reports tell, counted by declared rules, with the coverage beside it.",
    discussion:
      "Rulings (--merge, --split, --retract, with --by and --reason) join observations, keep them apart or take them out; --undo takes a ruling back."
  )
  @Option(help: "Only on this line.") var line: String?
  @OptionGroup var time: WindowOptions
  @OptionGroup var query: QueryOptions
  @OptionGroup var settings: WatchSettingsOptions
  @OptionGroup var options: CaseOptions
  @OptionGroup var ruling: RulingOptions
  @Flag(help: "Print NDJSON: an incident a line, then the count with its coverage.") var json = false

  func run() async throws {
    if let draft = try ruling.draft() { return try await ruling.record(draft, options) }
    let workspace = try await Open.reading(options)
    let file = workspace.caseFile
    let query = try query.query(in: file, now: clock())
    let index = try await workspace.currentIndex()
    let situation = index.situation(query)
    let room = WatchRoom(case: file, watch: index.watch(query), settings: try settings.load(options), clock: { query.on })
    let watched = try await observed(room, situation, query, index)
    if json {
      for event in situation.incidents { Terminal.print(event.json.text) }
      guard let watched else { return }
      for incident in watched.incidents { Terminal.print(incident.json.text) }
      Terminal.print(watched.json.text)
      return
    }
    let (width, colour) = (Terminal.width, Terminal.usesColour)
    if let watched {
      Terminal.write(
        Array(
          (observedIncidentsText(
            watched.incidents, count: watched.count, kinds: watched.kinds, rate: watched.rate, coverage: watched.coverage,
            in: watched.window, zone: file.zone,
            width: width, colour: colour) + "\n").utf8))
    }
    Terminal.write(
      Array(
        (eventsText("Told by reports", situation.incidents, case: file, width: width, colour: colour, claim: { index.claim($0) })
          + "  " + terminalSafe(situation.coverage.words) + "\n").utf8))
  }

  /// What observers tell, where there are any: with the claims of reports, under one set of rules.
  private func observed(_ room: WatchRoom, _ situation: Situation, _ query: Query, _ index: SituationIndex) async throws
    -> WatchedIncidents?
  {
    let watch = try await room.watch()
    let firsts = watch.observations.values.map(\.record.from)
    guard let first = (firsts + watch.openings).min() else { return nil }
    let window = try time.window(on: query.on, first: min(first, query.on.adding(seconds: -86_400)), zone: room.caseFile.zone)
    let claims = situation.incidents.compactMap { event in
      event.evidence.lazy.compactMap { id in index.claim(id).flatMap { Sighting($0, origin: "report of \(id)") } }.first
    }
    return try await room.incidents(of: line.map { PlaceID($0) }, in: window, claims: claims)
  }
}

struct CoverageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Prints how much of each line was watched, by which posts, and the gaps with why.")
  @Option(help: "Only of this line.") var line: String?
  @OptionGroup var time: WindowOptions
  @OptionGroup var query: QueryOptions
  @OptionGroup var settings: WatchSettingsOptions
  @OptionGroup var options: CaseOptions
  @Flag(help: "Print NDJSON, one line of the case a line.") var json = false

  func run() async throws {
    let workspace = try await Open.reading(options)
    let file = workspace.caseFile
    let query = try query.query(in: file, now: clock())
    let watch = try await workspace.currentIndex().watch(query)
    let room = WatchRoom(case: file, watch: watch, settings: try settings.load(options), clock: { query.on })
    let first = min(watch.openings.min() ?? query.on, query.on.adding(seconds: -86_400))
    let reports = try await room.coverage(of: line.map { PlaceID($0) }, in: time.window(on: query.on, first: first, zone: file.zone))
    if json {
      for report in reports { Terminal.print(report.json.text) }
    } else {
      Terminal.write(Array(coverageText(reports, zone: file.zone, width: Terminal.width, colour: Terminal.usesColour).utf8))
      for finding in watch.findings { Terminal.note(terminalSafe(finding.description)) }
    }
  }
}

/// A ruling on observations.
struct RulingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Rule that these observations are one incident; two or more ids.", valueName: "ids")) var merge: String?
  @Option(help: ArgumentHelp("Rule that no two of these observations are one incident; two or more ids.", valueName: "ids")) var split:
    String?
  @Option(help: ArgumentHelp("Rule that these observations do not count.", valueName: "ids")) var retract: String?
  @Option(help: ArgumentHelp("Take a ruling back.", valueName: "ruling")) var undo: String?
  @Option(help: "Of a ruling: the person who rules.") var by: String?
  @Option(help: "Of a ruling: why.") var reason: String?

  /// The ruling's entry, where one is asked for.
  func draft() throws -> Draft? {
    let asked = [(IncidentRuling.Act.merge, merge), (.split, split), (.retract, retract)].filter { $0.1 != nil }
    guard asked.count + (undo == nil ? 0 : 1) > 0 else { return nil }
    guard asked.count + (undo == nil ? 0 : 1) == 1 else { throw Failure("one ruling at a time", .usage) }
    guard let by, !by.isEmpty else { throw Failure("a ruling is a person's: name who rules with --by", .usage) }
    var ruling = IncidentRuling(
      id: newRecordID(), act: asked.first?.0 ?? .retract, by: by, ruling: undo.map { EntryID($0) }, reason: reason)
    ruling.observations = (asked.first?.1 ?? "").split(whereSeparator: { $0 == "," || $0 == " " }).map { EntryID(String($0)) }
    if let act = asked.first?.0, ruling.observations.count < (act == .retract ? 1 : 2) {
      throw Failure("--\(act.rawValue): should name observations by their ids, separated by commas", .usage)
    }
    return Draft(id: ruling.id, kind: .ruling, key: by, content: ruling.json)
  }

  func record(_ draft: Draft, _ options: CaseOptions) async throws {
    let (workspace, ledger) = try await Open.writing(options)
    let watch = try await workspace.watch!.watch()
    for id in draft.content["observations"]?.array ?? [] where watch.observations[EntryID(id.string ?? "")] == nil {
      throw Failure(terminalSafe("the ledger has no observation '\(id.string ?? "")'"))
    }
    if let id = draft.content["ruling"]?.string, watch.rulings[EntryID(id)] == nil {
      throw Failure(terminalSafe("the ledger has no ruling '\(id)'"))
    }
    let receipt = try await ledger.append([draft])[0]
    Terminal.print("Ruling \(draft.id) is entry \(receipt.sequence).")
    try await ledger.close()
  }
}
