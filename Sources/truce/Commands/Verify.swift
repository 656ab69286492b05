// truce verify, sign, redact, backup, restore, compare: the ledger's own affairs.
import ArgumentParser
import Foundation
import TruceLedger
import TruceModel
import TruceOutlets

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a ledger: every entry, text, tree node and checkpoint; names the first bad entry.",
    discussion:
      "With --entry it prints that entry's inclusion proof as JSON; with --since it checks that the ledger continues a checkpoint.")

  @Flag(help: "Also compare everything derived (lookup tables, canonical forms) with the log.") var derived = false
  @Option(name: .customLong("key"), help: "A verifier key; may be repeated. With keys the signatures are checked.") var keys: [String] = []
  @Option(help: "An entry's id: print the proof that the latest checkpoint covers it.") var entry: String?
  @Option(help: "A checkpoint's file: check that the ledger continues it.") var since: String?
  @Option(help: "An exported log's file: check it instead of a ledger.") var log: String?
  @OptionGroup var options: CaseOptions

  func run() async throws {
    let keys = try Keys.parse(keys)
    if let entry { return try await prove(EntryID(entry), keys) }
    if let since { return try await check(since: since, keys) }
    let result =
      if let log {
        try await Ledger.verifyLog(at: log, keys: keys)
      } else {
        try await Ledger.verify(at: options.ledgerPath(), keys: keys, derived: derived)
      }
    for finding in result.findings { Terminal.note(terminalSafe(finding.description)) }
    guard result.isIntact else { throw Failure(terminalSafe(result.summary)) }
    Terminal.print(terminalSafe(result.summary))
  }

  private func prove(_ id: EntryID, _ keys: [VerifierKey]) async throws {
    let ledger = try await Ledger.open(at: options.ledgerPath(), mode: .readOnly, now: clock)
    let proof = try await ledger.proof(of: id)
    if !keys.isEmpty { try proof.verify(keys: keys) }
    Terminal.print(proof.json.text)
    try await ledger.close()
  }

  private func check(since: String, _ keys: [VerifierKey]) async throws {
    guard !keys.isEmpty else { throw Failure("--since needs the log's --key, by which the checkpoint was signed", .usage) }
    let ledger = try await Ledger.open(at: options.ledgerPath(), mode: .readOnly, now: clock)
    let size = try await ledger.verifyContinuation(of: SignedNote(parsing: Input.file(since)), keys: keys)
    Terminal.print("\(try options.ledgerPath()): continues the checkpoint of \(size) entries")
    try await ledger.close()
  }
}

struct Sign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Signs the ledger's head and prints the checkpoint (C2SP).",
    discussion:
      "The key's file keeps the last head beside it: a ledger that was set back or forked is not signed. With --attach it adds what witnesses "
      + "signed to a checkpoint that it made before.")

  @Option(help: "The signing key's file.") var key: String?
  @Option(name: .customLong("new"), help: "Make the key first, for a log of this name, and print its verifier key on standard error.")
  var newName: String?
  @Option(help: "A checkpoint's file as witnesses gave it back, or - for standard input: keep their signatures with ours.")
  var attach: String?
  @Option(name: .customLong("witness"), help: "A witness's verifier key; may be repeated. Signatures of others are left out.")
  var witnesses: [String] = []
  @OptionGroup var options: CaseOptions

  func validate() throws {
    guard (key == nil) != (attach == nil) else { throw ValidationError("give the signing --key, or --attach a cosigned checkpoint") }
    guard attach == nil || !witnesses.isEmpty else { throw ValidationError("--attach needs a --witness whose signature is trusted") }
    guard newName == nil || key != nil else { throw ValidationError("--new makes the --key that it names") }
  }

  func run() async throws {
    if let newName, let key { Terminal.note("verifier key: \(try Signer.create(at: key, name: newName).verifier)") }
    let ledger = try await Ledger.open(at: options.ledgerPath(), mode: .readWrite, now: clock)
    if let attach {
      let note = try SignedNote(parsing: attach == "-" ? Input.standard() : Input.file(attach))
      Terminal.write(try await ledger.attach(note, from: Keys.parse(witnesses)).bytes)
    } else if let key {
      Terminal.write(try await ledger.sign(with: Signer(at: key)).bytes)
    }
    try await ledger.close()
  }
}

struct Redact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Erases a report's body or a personal text by a ruling; every proof still holds.")

  @Argument(help: "The text's digest, 64 hexadecimal digits.") var digest: String
  @Option(help: "Who rules.") var by: String
  @Option(help: "Why.") var reason: String
  @OptionGroup var options: CaseOptions

  func run() async throws {
    guard let digest = Digest(hex: digest) else { throw Failure("\(digest): should be 64 hexadecimal digits", .usage) }
    let ledger = try await Ledger.open(at: options.ledgerPath(), mode: .readWrite, now: clock)
    let receipt = try await ledger.redact(digest, by: by, reason: reason)
    Terminal.print("erased by entry \(receipt.sequence), recorded \(receipt.recorded)")
    try await ledger.close()
  }
}

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Copies the ledger while it is in use, and checks the copy.")

  @Argument(help: "The file to make.") var file: String
  @OptionGroup var options: CaseOptions

  func run() async throws {
    let ledger = try await Ledger.open(at: options.ledgerPath(), mode: .readOnly, now: clock)
    let result = try await ledger.backup(to: file)
    try await ledger.close()
    Terminal.print(terminalSafe(result.summary))
  }
}

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes the ledger from a backup, after checking it; never over a ledger that is there.")

  @Argument(help: "The backup's file.") var file: String
  @Option(name: .customLong("key"), help: "A verifier key; may be repeated.") var keys: [String] = []
  @OptionGroup var options: CaseOptions

  func run() async throws {
    let result = try await Ledger.restore(from: file, to: options.ledgerPath(), keys: Keys.parse(keys))
    Terminal.print(terminalSafe(result.summary))
  }
}

struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Compares the ledger with another, and names their fork.")

  @Argument(help: "The other ledger's file.") var other: String
  @OptionGroup var options: CaseOptions

  func run() async throws {
    let first = try await Ledger.open(at: options.ledgerPath(), mode: .readOnly, now: clock)
    let second = try await Ledger.open(at: other, mode: .readOnly, now: clock)
    Terminal.print(terminalSafe(try await first.compare(with: second).summary))
    try await first.close()
    try await second.close()
  }
}
