// truce alerts: what is open, and what people do with it.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceDesk
import TruceLedger
import TruceModel
import TruceOutlets
import TruceSituation

struct Alerts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists alerts; acknowledges, silences and resolves them by name; hands them over between shifts.",
    discussion: "Alerts are raised by the desk while it runs (truce serve). An alert is named by its id or the id's first digits.",
    subcommands: [AlertsList.self, AlertsAcknowledge.self, AlertsSilence.self, AlertsResolve.self, AlertsHandOver.self],
    defaultSubcommand: AlertsList.self)
}

struct AlertsList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists alerts, the gravest first.")
  @Flag(help: "Those that are resolved, too.") var all = false
  @Flag(help: "Print NDJSON, one alert a line.") var json = false
  @OptionGroup var options: CaseOptions

  func run() async throws {
    let ledger = try await Ledger.open(at: options.ledgerPath(), mode: .readOnly, now: clock)
    let room = WatchRoom(case: try options.load(), ledger: ledger, clock: clock)
    let (now, alerts, counts) = try await room.alerts(all ? Set(AlertWord.allCases) : [.open, .acknowledged, .silenced])
    if json {
      for alert in alerts { Terminal.print(alert.json(at: now).text) }
    } else {
      let zone = room.caseFile.zone
      Terminal.write(Array(alertsText(alerts, now: now, zone: zone, width: Terminal.width, colour: Terminal.usesColour).utf8))
      let words = AlertWord.allCases.compactMap { word in counts[word].map { "\($0) \(word.rawValue)" } }
      let coverage = try await room.coverage(in: now.adding(seconds: -86_400)..<now)
      if !words.isEmpty { Terminal.print(words.joined(separator: ", ") + "; last day: " + CoverageReport.words(coverage)) }
    }
    try await ledger.close()
  }
}

/// Which alerts, and who acts.
struct ActOptions: ParsableArguments {
  @Argument(help: "Alerts by their ids, or the ids' first digits.") var alerts: [String]
  @Option(help: "The person who does it.") var by: String
  @Option(help: "A remark.") var note: String?
  @OptionGroup var serverOptions: ServerOptions
  @OptionGroup var options: CaseOptions

  func act(_ word: String, _ act: WatchRoom.Act, until: Instant? = nil) async throws {
    let door = try await WatchDoor.open(options, server: serverOptions.address)
    var done: [(id: String, word: String)] = []
    switch door {
    case .ledger(let room, _):
      let known = try await room.alerts(Set(AlertWord.allCases)).states.map(\.id.rawValue)
      let ids = try full(known)
      let states = try await room.act(act, on: ids.map { AlertID($0) }, by: by, note: note)
      done = states.map { ($0.id.rawValue, $0.word(at: truce.clock()).rawValue) }
    case .desk(let address):
      let list = try await WatchDoor.call("GET", address + "/api/alerts?word=open,acknowledged,silenced,resolved")
      let ids = try full((list["alerts"]?.array ?? []).compactMap { $0["id"]?.string })
      let body = JSON.compact([
        "act": JSON(word), "by": JSON(by), "note": note.map { JSON($0) }, "until": until.map { JSON($0) },
        "alerts": .array(ids.map { JSON($0) }),
      ])
      let answer = try await WatchDoor.call("POST", address + "/api/alerts", body: body.bytes)
      done = (answer["alerts"]?.array ?? []).map { ($0["id"]?.string ?? "", $0["word"]?.string ?? "") }
    }
    for alert in done { Terminal.print(terminalSafe("\(alert.id.prefix(8)) \(alert.word)")) }
    try await door.close()
  }

  private func full(_ known: [String]) throws -> [String] {
    try alerts.map { text in
      let found = known.filter { $0.hasPrefix(text.lowercased()) }
      guard found.count == 1, text.count >= 4 || found[0] == text else {
        throw Failure(
          terminalSafe(found.count > 1 ? "\(text): begins \(found.count) alerts; say more digits" : "there is no alert '\(text)'"))
      }
      return found[0]
    }
  }
}

struct AlertsAcknowledge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ack", abstract: "Acknowledges alerts: they are not told again.")
  @OptionGroup var actOptions: ActOptions
  func run() async throws { try await actOptions.act("acknowledge", .acknowledge) }
}

struct AlertsSilence: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "silence", abstract: "Silences alerts until a moment.")
  @OptionGroup var actOptions: ActOptions
  @Option(help: "Until when: a day (its end) or an instant.") var until: String

  func run() async throws {
    let moment = try moment(until, "--until", actOptions.options.load().zone)
    try await actOptions.act("silence", .silence(until: moment), until: moment)
  }
}

struct AlertsResolve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "resolve", abstract: "Resolves alerts.")
  @OptionGroup var actOptions: ActOptions
  func run() async throws { try await actOptions.act("resolve", .resolve) }
}

struct AlertsHandOver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over", abstract: "Hands the watch over: what is open, who is overdue, what falls due next, signed by both.",
    discussion: """
      The one who hands over signs first: --by A --to B --key A.key prints the change; B takes it with --accept FILE --key B.key. With both keys, \
      --key and --to-key do it at once. Public keys stand in watch.json under people.
      """)
  @Option(help: "Who hands over.") var by: String?
  @Option(help: "Who takes over.") var to: String?
  @Option(help: "The next watch's length in hours, 1 to 168.") var hours = 12
  @Option(help: "The private key of who signs.") var key: String
  @Option(help: "The private key of who takes over.") var toKey: String?
  @Option(help: "A change that the other has signed.") var accept: String?
  @OptionGroup var serverOptions: ServerOptions
  @OptionGroup var settings: WatchSettingsOptions
  @OptionGroup var options: CaseOptions

  func validate() throws {
    guard (1...168).contains(hours) else { throw ValidationError("--hours \(hours): should be 1 to 168") }
    guard accept != nil || (by != nil && to != nil) else {
      throw ValidationError("name who hands over with --by and who takes over with --to")
    }
  }

  func run() async throws {
    let door = try await WatchDoor.open(options, server: serverOptions.address, settings: settings.load(options))
    if let accept {
      let change = try AlertChange(json: JSON(parsing: Input.file(accept)))
      try await record(signed(change, key), door)
    } else {
      let change = try await made(door)
      let first = try signed(change, key)
      if let toKey { try await record(signed(first, toKey), door) } else { Terminal.print(first.json.text) }
    }
    try await door.close()
  }

  private func made(_ door: WatchDoor) async throws -> AlertChange {
    let (by, to) = (by ?? "", to ?? "")
    switch door {
    case .ledger(let room, let ledger):
      let workspace = Workspace(case: room.caseFile, ledger: ledger, lexicon: Open.lexicon, now: clock)
      let situation = try await workspace.situation(Query(on: truce.clock()))
      let handOver = try await room.handOver(by: by, to: to, hours: hours, commitments: situation.commitments)
      for post in handOver.posts { Terminal.note(terminalSafe("post \(post.post) is \(post.word.rawValue)")) }
      for alert in handOver.alerts.prefix(50) {
        Terminal.note(terminalSafe("alert \(alert.id.rawValue.prefix(8)): \(alert.opened.message ?? "")"))
      }
      for commitment in handOver.commitments { Terminal.note(terminalSafe("due in the next watch: \(commitment.title)")) }
      return handOver.change
    case .desk(let address):
      let answer = try await WatchDoor.call("GET", "\(address)/api/handover?by=\(queryEscaped(by))&to=\(queryEscaped(to))&hours=\(hours)")
      return try AlertChange(json: answer["change"] ?? .null)
    }
  }

  private func signed(_ change: AlertChange, _ path: String) throws -> AlertChange {
    guard let bytes = privateKey(in: try Input.file(path, limit: 4096)) else {
      throw Failure("\(path): should hold the 64 hexadecimal digits of an Ed25519 private key; `truce post make-key` makes one")
    }
    var change = change
    try change.sign(privateKey: bytes)
    return change
  }

  private func record(_ change: AlertChange, _ door: WatchDoor) async throws {
    var sequence = 0
    switch door {
    case .ledger(let room, _): sequence = Int(try await room.record(handOver: change).sequence)
    case .desk(let address):
      sequence = try await WatchDoor.call("POST", address + "/api/handover", body: change.json.bytes)["sequence"]?.integer ?? 0
    }
    Terminal.print(terminalSafe("\(change.by) handed over to \(change.to ?? ""): \(change.note ?? ""); entry \(sequence)"))
  }
}
