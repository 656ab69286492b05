// The way to a watch: the ledger's file, or the desk that holds it.
import Foundation
import TruceDesk
import TruceLedger
import TruceModel
import TruceWire

/// Where records and alerts go.
enum WatchDoor {
  case desk(String)
  case ledger(WatchRoom, Ledger)

  /// A door: the desk of an address, else the ledger's file, and where a desk holds that, the desk.
  static func open(_ options: CaseOptions, server: String?, settings: WatchSettings = WatchSettings()) async throws -> WatchDoor {
    if let server { return .desk(server) }
    let path = try options.ledgerPath()
    do {
      let ledger = try await Ledger.open(at: path, mode: .readWrite, now: clock)
      let room = WatchRoom(case: try options.load(), ledger: ledger, settings: settings, clock: clock)
      try await room.catchUp()
      return .ledger(room, ledger)
    } catch let error as LedgerError where error.code == .locked {
      guard let address = await DeskAddress.read(ledger: path) else { throw error }
      return .desk(address)
    }
  }

  /// Sends records; one answer for each.
  ///
  /// - Throws: `Unreachable` where the desk does not answer: the records have to be sent again.
  func take(_ records: [WatchEnvelope]) async throws -> [JSON] {
    switch self {
    case .ledger(let room, _): return try await room.take(records).map(\.json)
    case .desk(let address):
      let body = records.map { $0.json.text }.joined(separator: "\n")
      let answer = try await WatchDoor.call("POST", address + "/api/watch/records", body: Array(body.utf8), type: "application/x-ndjson")
      return answer["records"]?.array ?? []
    }
  }

  func close() async throws { if case .ledger(_, let ledger) = self { try await ledger.close() } }

  /// No answer, or one that says to come again.
  struct Unreachable: Error, CustomStringConvertible {
    var description: String
  }

  /// Asks a desk.
  static func call(_ method: String, _ address: String, body: [UInt8] = [], type: String = "application/json") async throws -> JSON {
    let answer: CallAnswer
    do {
      answer = try await Caller(timeoutSeconds: 60).call(
        method, address, headers: body.isEmpty ? [] : [(name: "Content-Type", value: type)], body: body)
    } catch {
      throw Unreachable(description: "\(error)")
    }
    guard answer.status < 500 else { throw Unreachable(description: "\(address): answered \(answer.status)") }
    guard let json = try? JSON(parsing: answer.body) else {
      throw Failure("\(address): answered \(answer.status) with something that is no JSON")
    }
    guard (200..<300).contains(answer.status) else { throw Failure(json["detail"]?.string ?? "\(address): answered \(answer.status)") }
    return json
  }
}

/// A text as a value in an address's query.
func queryEscaped(_ text: String) -> String {
  let kept = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
  return text.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
}

/// Where the desk that holds a ledger answers: a line in a file beside the ledger, there while the desk runs.
enum DeskAddress {
  private static func file(_ ledger: String) -> String { ledger + "-desk" }

  static func write(_ address: String, ledger: String) {
    FileManager.default.createFile(atPath: file(ledger), contents: Data((address + "\n").utf8), attributes: [.posixPermissions: 0o600])
  }

  static func remove(ledger: String) { try? FileManager.default.removeItem(atPath: file(ledger)) }

  /// The address of the desk that holds a ledger; nil where none answers.
  static func read(ledger: String) async -> String? {
    guard let bytes = try? Input.file(file(ledger), limit: 4096) else { return nil }
    let address = String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self)
    guard Fetcher.isAddress(address), let answer = try? await Caller(timeoutSeconds: 5).call("GET", address + "/healthz"),
      answer.status == 200
    else { return nil }
    return address
  }
}
