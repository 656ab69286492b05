// truce rule: what a person enters and decides: a claim of one's own, and which claims count, as one, or otherwise.
public import ArgumentParser
import TruceAtlas
import TruceDesk
import TruceLedger
public import TruceModel
import TruceOutlets
import TruceSituation

struct RuleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Enters a claim by a person, or rules that claims do not count, are one, or should say something else.",
    discussion: "Nothing is deleted: a ruling is an entry with its author, and what was known before it stays as it was.",
    subcommands: [RuleEnter.self, RuleCorrect.self, RuleRetract.self, RuleMerge.self, RuleSplit.self])
}

/// Who rules, and why.
struct Author: ParsableArguments {
  @Option(help: "Who enters or rules it.") var by: String
  @Option(help: "Why.") var reason: String?
  @OptionGroup var options: CaseOptions

  /// Appends a ruling on claims that the ledger has.
  func rule(_ act: String, _ claims: [String], report: String? = nil, corrected: Claim? = nil) async throws {
    let (workspace, ledger) = try await opened()
    let index = try await workspace.currentIndex()
    for id in claims where index.claim(ClaimID(id)) == nil { throw Failure(terminalSafe("the ledger has no claim '\(id)'")) }
    let content = JSON.compact([
      "act": JSON(act), "by": JSON(by), "claims": .array(claims.map { JSON($0) }), "corrected": corrected?.json,
      "reason": reason.map { JSON($0) }, "report": report.map { JSON($0) },
    ])
    try await append(Draft(id: newRecordID(), kind: .ruling, key: by, content: content), "Ruling", to: ledger)
  }

  func append(_ draft: Draft, _ what: String, to ledger: Ledger) async throws {
    let receipt = try await ledger.append([draft])[0]
    Terminal.print(terminalSafe("\(what) \(draft.id) is entry \(receipt.sequence)."))
    try await ledger.close()
  }

  func opened() async throws -> (workspace: Workspace, ledger: Ledger) {
    guard !by.isEmpty else { throw Failure("--by: should name the person who enters or rules it", .usage) }
    return try await Open.writing(options)
  }
}

/// What a claim says, field by field; what is left out stays as it is.
struct ClaimOptions: ParsableArguments {
  @Option(help: "The claim's type, a word of docs/vocabulary.md: control_change, agreement_signed ...") var type: ClaimType?
  @Option(help: "The act, a word of its type: entered, sign, suspend, renounce, resume ...") var act: String?
  @Option(help: "A party that acts; may be repeated.") var who: [String] = []
  @Option(help: "A party to whom it is done; may be repeated.") var whom: [String] = []
  @Option(help: "A place of the case; may be repeated.") var place: [String] = []
  @Option(help: "When, as EDTF: 2020-12-01, ../2020-12-01, 2020-11-10/..") var when: String?
  @Option(help: "Of what: prisoners, posts, statement.") var object: String?
  @Option(help: "A number, as 44:prisoners; may be repeated.") var quantity: [String] = []
  @Option(help: "How it is put: happened, planned, alleged, denied, conditional.") var modality: Modality?
  @Flag(help: "That it was not so.") var negative = false
  @Option(help: "Who says so, a party or source of the case, the nearest last; may be repeated.") var speaker: [String] = []

  /// Sets the fields that are given.
  func apply(to claim: inout Claim, of file: Case) throws {
    if let type { claim.type = type }
    if let act {
      guard !act.isEmpty, act.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
        throw Failure(terminalSafe("--act \(act): should be a word of docs/vocabulary.md such as suspend"), .usage)
      }
      claim.act = act
    }
    if !who.isEmpty { claim.who = try who.map { try mention($0, "--who", file) } }
    if !whom.isEmpty { claim.whom = try whom.map { try mention($0, "--whom", file) } }
    if !place.isEmpty {
      claim.places = try place.map { id in
        guard let place = file.place(PlaceID(id)) else {
          throw Failure(terminalSafe("--place \(id): the case has no such place; `truce atlas name` finds the id of one"), .usage)
        }
        return PlaceMention(place.name, place: place.id)
      }
    }
    if let when {
      guard let time = When(when, zone: file.zone) else {
        throw Failure(terminalSafe("--when \(when): should be a time in EDTF such as 2020-12-01 or 2020-11-10/.."), .usage)
      }
      claim.when = time
    }
    if let object { claim.object = object }
    if !quantity.isEmpty { claim.quantities = try quantity.map(Self.quantity) }
    if let modality { claim.modality = modality }
    if negative { claim.polarity = .negative }
    if !speaker.isEmpty { claim.speakers = try speaker.map { try Self.speaker($0, file) } }
  }

  private func mention(_ id: String, _ option: String, _ file: Case) throws -> Mention {
    guard let party = file.party(PartyID(id)) else { throw Self.unknown(id, option, file) }
    return Mention(party.name, party: party.id)
  }

  private static func speaker(_ id: String, _ file: Case) throws -> Speaker {
    if let party = file.party(PartyID(id)) { return Speaker(party.name, party: party.id) }
    guard let source = file.source(SourceID(id)) else { throw unknown(id, "--speaker", file) }
    return Speaker(source.name, party: source.party, source: source.id)
  }

  private static func unknown(_ id: String, _ option: String, _ file: Case) -> Failure {
    let parties = file.parties.map(\.id.rawValue).joined(separator: ", ")
    return Failure(terminalSafe("\(option) \(id): the case has no such party; it has \(parties)"), .usage)
  }

  private static func quantity(_ text: String) throws -> Quantity {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let count = Double(parts[0]), count.isFinite, count >= 0, !parts[1].isEmpty else {
      throw Failure(terminalSafe("--quantity \(text): should be a number and what it counts, such as 44:prisoners"), .usage)
    }
    return Quantity(String(parts[1]), count)
  }
}

extension ClaimType: ExpressibleByArgument {}
extension Modality: ExpressibleByArgument {}

struct RuleEnter: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enter", abstract: "Enters a claim that no report carries: who says what of whom, where and when.")
  @OptionGroup var claimOptions: ClaimOptions
  @Option(help: "When it was said (default: now).") var said: String?
  @OptionGroup var author: Author

  func run() async throws {
    let file = try author.options.load()
    guard let type = claimOptions.type, let act = claimOptions.act else {
      throw Failure("a claim needs --type and --act: what it tells", .usage)
    }
    let time = said ?? file.zone.text(Instant(seconds: clock().milliseconds / 1000))
    guard let moment = When(time, zone: file.zone, role: .reported) else {
      throw Failure(terminalSafe("--said \(time): should be a time in EDTF such as 2020-12-01"), .usage)
    }
    var claim = Claim(
      enteredBy: author.by, type: type, act: act, span: ByteSpan(0, 0), frame: "entered", reason: author.reason, said: moment)
    try claimOptions.apply(to: &claim, of: file)
    claim.id = Claim.id(of: claim)
    let (_, ledger) = try await author.opened()
    try await author.append(Draft(id: EntryID(claim.id.rawValue), kind: .claim, key: author.by, content: claim.json), "Claim", to: ledger)
  }
}

struct RuleCorrect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Puts a corrected claim in a claim's place: the fields that are given change.")
  @Argument(help: "The claim's id.") var claim: String
  @OptionGroup var claimOptions: ClaimOptions
  @OptionGroup var author: Author

  func run() async throws {
    let workspace = try await Open.reading(author.options)
    guard let found = try await workspace.currentIndex().claim(ClaimID(claim)) else {
      throw Failure(terminalSafe("the ledger has no claim '\(claim)'"))
    }
    var corrected = found
    try claimOptions.apply(to: &corrected, of: workspace.caseFile)
    corrected.id = Claim.id(of: corrected)
    guard corrected.id != found.id else { throw Failure("nothing is corrected: name the fields that should be otherwise", .usage) }
    try await author.rule("correct", [claim], corrected: corrected)
  }
}

struct RuleRetract: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "retract", abstract: "Rules that claims, or all of a report, do not count.")
  @Argument(help: "The claims' ids.") var claims: [String] = []
  @Option(help: "A report's id: none of its claims counts.") var report: String?
  @OptionGroup var author: Author

  func run() async throws {
    guard !claims.isEmpty || report != nil else { throw Failure("name claims, or a report with --report", .usage) }
    try await author.rule("retract", claims, report: report)
  }
}

struct RuleMerge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "merge", abstract: "Rules that claims come from one origin.")
  @Argument(help: "The claims' ids, two or more.") var claims: [String]
  @OptionGroup var author: Author

  func run() async throws {
    guard claims.count > 1 else { throw Failure("name two claims or more", .usage) }
    try await author.rule("merge", claims)
  }
}

struct RuleSplit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "split", abstract: "Undoes a merge: each claim has its own origin again.")
  @Argument(help: "The claims' ids.") var claims: [String]
  @OptionGroup var author: Author

  func run() async throws { try await author.rule("split", claims) }
}
