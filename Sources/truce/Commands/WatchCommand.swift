// truce watch: the posts' board and the open alerts in the terminal, live.
import ArgumentParser
import Dispatch
import Foundation
import TruceAtlas
import TruceDesk
import TruceLedger
import TruceModel
import TruceOutlets
import TruceSituation

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Shows how each post stands, and the open alerts, live until Ctrl-C.",
    discussion: "It reads the ledger's file beside whoever writes it. Into a pipe, or with --once, it prints the board once.")

  @Flag(help: "Print it once.") var once = false
  @Flag(help: "Print NDJSON: each post and each open alert.") var json = false
  @Option(help: "Seconds between two looks at the ledger, 1 to 3600.") var seconds = 1
  @OptionGroup var settings: WatchSettingsOptions
  @OptionGroup var options: CaseOptions

  func validate() throws {
    guard (1...3600).contains(seconds) else { throw ValidationError("--seconds \(seconds): should be 1 to 3600") }
  }

  func run() async throws {
    let file = try options.load()
    let path = try options.ledgerPath()
    let ledger = try await Ledger.open(at: path, mode: .readOnly, now: clock)
    let room = WatchRoom(case: file, ledger: ledger, settings: try settings.load(options), clock: clock)
    if json || once || !Terminal.isInteractive {
      try await print(room)
    } else {
      try await follow(room)
    }
    try await ledger.close()
  }

  private func print(_ room: WatchRoom) async throws {
    let now = truce.clock()
    let (_, alerts, _) = try await room.alerts([.open, .acknowledged, .silenced])
    guard json else {
      Terminal.write(Array(try await WatchCommand.text(room, now: now, rows: nil).utf8))
      return
    }
    for post in try await room.board(at: now) { Terminal.print(post.json.text) }
    for alert in alerts { Terminal.print(alert.json(at: now).text) }
  }

  /// The board, then the alerts, at most so many lines.
  private static func text(_ room: WatchRoom, now: Instant, rows: Int?) async throws -> String {
    let zone = room.caseFile.zone
    let (width, colour) = (Terminal.width, Terminal.usesColour)
    let (_, alerts, counts) = try await room.alerts([.open, .acknowledged, .silenced])
    var text = terminalSafe("\(room.caseFile.title)  \(zone.text(now).prefix(19).replacing("T", with: " "))") + "\n\n"
    text += boardText(
      try await room.board(at: now), coverage: try await room.coverage(in: now.adding(seconds: -86_400)..<now), now: now, zone: zone,
      width: width, colour: colour)
    if let (change, isSigned) = try await room.lastHandOver() {
      text +=
        terminalSafe("  \(zone.text(change.at).prefix(16).replacing("T", with: " ")): \(change.handOverWords(isSigned: isSigned))") + "\n"
    }
    let words = [AlertWord.open, .acknowledged, .silenced].compactMap { word in counts[word].map { "\($0) \(word.rawValue)" } }
    text += "\nAlerts  " + (words.isEmpty ? "none\n" : words.joined(separator: ", ") + "\n")
    if !alerts.isEmpty { text += alertsText(alerts, now: now, zone: zone, width: width, colour: colour, most: 50) }
    guard let rows else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count <= rows { return text }
    return lines.prefix(rows - 1).joined(separator: "\n") + "\n  ... a higher window shows more"
  }

  /// Draws anew each second on the terminal's other screen, which is given back however this ends.
  private func follow(_ room: WatchRoom) async throws {
    let ended = AsyncStream<Void>.makeStream()
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { ended.continuation.finish() }
      source.resume()
      return source
    }
    Terminal.write(Array("\u{1B}[?1049h\u{1B}[?25l".utf8))
    let pause = seconds
    let drawing = Task {
      defer { ended.continuation.finish() }
      while !Task.isCancelled {
        let text = try await WatchCommand.text(room, now: truce.clock(), rows: Terminal.height)
        // Each line is overwritten and its rest wiped: nothing flickers.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\u{1B}[K" }
        Terminal.write(Array(("\u{1B}[H" + lines.joined(separator: "\r\n") + "\u{1B}[J").utf8))
        try await Task.sleep(for: .seconds(pause))
      }
    }
    for await _ in ended.stream {}
    drawing.cancel()
    let result = await drawing.result
    for source in sources { source.cancel() }
    Terminal.write(Array("\u{1B}[?25h\u{1B}[?1049l".utf8))
    if case .failure(let error) = result, !(error is CancellationError) { throw error }
  }
}

extension Terminal {
  /// Lines: the terminal's, else 40.
  static var height: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 5 ? Int(size.ws_row) : 40
  }
}
