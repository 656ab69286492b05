// truce post: what a post sends: its changes, check-ins and observations, signed, kept until they have arrived.
import ArgumentParser
import Foundation
import TruceDesk
import TruceModel
import TruceOutlets

struct Post: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sends a post's changes, check-ins and observations; keeps them until they have arrived.",
    discussion: """
      With --server records go to a desk, and wait on this machine while it does not answer; the next call, or `truce post send`, sends them. Without it they \
      go into the ledger. Sent twice, they count once.
      """,
    subcommands: [
      PostOpen.self, PostMove.self, PostStandDown.self, PostClose.self, PostCheckIn.self, PostObserve.self, PostSend.self, PostMakeKey.self,
    ])
}

/// What each of the post's commands says beside its own.
struct PostOptions: ParsableArguments {
  @OptionGroup var serverOptions: ServerOptions
  @OptionGroup var options: CaseOptions
  @Option(help: "The post's private key (a file of `truce post make-key`): records are signed.") var key: String?
  @Option(help: "The person who enters the record on the post's behalf, by radio or telephone.") var by: String?
  @Option(help: "Raise it each time that this machine's clock was set.") var clock = 0
  @Option(help: "The folder in which records wait (default: posts in your data folder).") var queue: String?
  @Flag(help: "Print each answer as a line of JSON.") var json = false

  func privateKey() throws -> [UInt8]? {
    guard let key else { return nil }
    guard let bytes = TruceDesk.privateKey(in: try Input.file(key, limit: 4096)) else {
      throw Failure("\(key): should hold the 64 hexadecimal digits of an Ed25519 private key; `truce post make-key` makes one")
    }
    return bytes
  }

  /// Numbers, signs, keeps and sends a record.
  func send<Record: WatchRecord>(_ record: Record, post: PostID, _ envelope: (Record) -> WatchEnvelope) async throws {
    let queue = try PostQueue(post: post, folder: queue)
    let lock = try queue.lock()
    defer { close(lock) }
    var record = record
    record.sending = Sending(sent: truce.clock(), clock: clock, by: by)
    // Changes of a post are not of its own count: a headquarters sends them, too.
    if by == nil, Record.kind != .post { record.sending.number = try queue.nextNumber() }
    if let key = try privateKey() { try record.sign(privateKey: key) }
    try await deliver(post: post, queue, adding: [envelope(record).json])
  }

  /// Sends what waits and what is new; what has no receipt waits on.
  func deliver(post: PostID, _ queue: PostQueue, adding fresh: [JSON]) async throws {
    let before = try queue.waiting()
    let all = before + fresh
    guard !all.isEmpty else {
      if !json { Terminal.print("Nothing waits.") }
      return
    }
    try queue.keep(all)
    var sent = all
    if !before.isEmpty {
      // Records that waited say when they were first sent; one more tells what the clock reads now, and that the link carries.
      var contact = CheckIn(id: newRecordID(), post: post, at: truce.clock(), isContact: true)
      contact.sending = Sending(sent: truce.clock(), clock: clock)
      if let key = try privateKey() { try contact.sign(privateKey: key) }
      sent.append(WatchEnvelope(contact).json)
    }
    let answers: [JSON]
    do {
      let door = try await WatchDoor.open(options, server: serverOptions.address)
      answers = try await door.take(sent.map { try WatchEnvelope(json: $0) })
      try await door.close()
    } catch let error as WatchDoor.Unreachable {
      Terminal.note(terminalSafe("truce: \(error)"))
      Terminal.note("\(all.count) record\(all.count == 1 ? " waits" : "s wait") in \(queue.folder); `truce post send \(post)` sends again")
      return
    }
    guard answers.count == sent.count else {
      throw Failure("the desk answered for \(answers.count) of \(sent.count) records; they wait on")
    }
    // A problem does not go away by waiting: the record is told and dropped, and the command fails.
    try queue.keep([])
    var problems: [String] = []
    for (record, answer) in zip(sent, answers) {
      if json { Terminal.print(answer.text) }
      if let problem = answer["problem"]?.string {
        problems.append("record \(record["id"]?.string ?? "") was refused: \(answer["field"]?.string.map { $0 + ": " } ?? "")\(problem)")
      } else if let warning = answer["warning"]?.string {
        Terminal.note(terminalSafe("truce: warning: record \(record["id"]?.string ?? ""): \(warning)"))
      }
    }
    if !json, let last = answers.prefix(all.count).last(where: { $0["sequence"] != nil }) {
      let count = answers.prefix(all.count).count { $0["sequence"] != nil }
      Terminal.print(
        "\(count) record\(count == 1 ? "" : "s") recorded at \(last["recorded"]?.string ?? ""), entry \(last["sequence"]?.integer ?? 0)")
    }
    if !problems.isEmpty { throw Failure(terminalSafe(problems.joined(separator: "\n"))) }
  }
}

/// A record's id: 128 bits from the system's random source.
func newRecordID() -> EntryID {
  var generator = SystemRandomNumberGenerator()
  let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } }
  return EntryID(Digest(of: bytes).short)
}

struct PostSend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "send", abstract: "Sends what waits on this machine.")
  @Argument(help: "The post's id.") var post: String
  @OptionGroup var postOptions: PostOptions

  func run() async throws {
    let queue = try PostQueue(post: PostID(post), folder: postOptions.queue)
    let lock = try queue.lock()
    defer { close(lock) }
    try await postOptions.deliver(post: PostID(post), queue, adding: [])
  }
}

struct PostMakeKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-key", abstract: "Makes an Ed25519 key for a post or a person, and prints its public key.")
  @Argument(help: "The file for the private key; it must not be there yet.") var file: String

  func run() throws {
    let key = PostKey()
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure("\(file): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    let line = Array((Digest(bytes: key.privateKey)!.hex + "\n").utf8)
    guard line.withUnsafeBytes({ Foundation.write(descriptor, $0.baseAddress, $0.count) }) == line.count, fsync(descriptor) == 0 else {
      throw Failure("\(file): \(String(cString: strerror(errno)))")
    }
    Terminal.print(key.publicKey)
  }
}
