// A watch room over a ledger in a temporary folder, with a clock that the test moves.
import Foundation
import Synchronization
import TruceAtlas
import TruceLedger
import TruceModel
import TruceSituation

@testable import TruceDesk

/// A clock that stands still until it is moved.
final class HandClock: Sendable {
  private let moment = Mutex(Instant("2020-11-20T06:00:00+04:00")!)

  var now: Instant { moment.withLock { $0 } }
  func move(seconds: Double) { moment.withLock { $0 = $0.adding(milliseconds: Int64(seconds * 1000)) } }
  func set(_ instant: Instant) { moment.withLock { $0 = instant } }
}

/// A ledger's file that goes when the test ends.
final class WatchFixture {
  let clock = HandClock()
  let path: String
  private(set) var ledger: Ledger

  static let file = Case(
    id: "valley", title: "The valley", zone: Zone("+04:00")!, parties: [], places: [], digest: Digest(of: "valley"))

  init() async throws {
    path = FileManager.default.temporaryDirectory.path + "/watch-\(UUID().uuidString).db"
    ledger = try await Ledger.open(at: path, mode: .readWrite, now: { [clock] in clock.now })
  }

  deinit {
    for suffix in ["", "-wal", "-shm", "-lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }

  /// A room that knows nothing but what the ledger holds, as after a restart.
  func room(_ settings: String = "{}") throws -> WatchRoom {
    WatchRoom(
      case: WatchFixture.file, ledger: ledger, settings: try WatchSettings(json: JSON(parsing: Array(settings.utf8))) { _ in [] },
      clock: { [clock] in clock.now })
  }

  /// Closes the ledger's file and opens it anew.
  func reopen() async throws {
    try await ledger.close()
    ledger = try await Ledger.open(at: path, mode: .readWrite, now: { [clock] in clock.now })
  }

  /// The alerts' changes in the ledger, in its order.
  func changes(_ act: AlertChange.Act) async throws -> [AlertChange] {
    let found = Mutex<[AlertChange]>([])
    try await ledger.read(kinds: [.alert]) { entry in
      let change = try AlertChange(json: entry.content)
      if change.act == act { found.withLock { $0.append(change) } }
    }
    return found.withLock { $0 }
  }
}

extension WatchRoom {
  /// Takes a JSON text's records in.
  @discardableResult func send(_ text: String) async throws -> [RecordAnswer] { try await take(watchRecords(body: Array(text.utf8))) }
}

/// A post that owes a check-in every ten minutes.
func opening(_ post: String, km: ClosedRange<Int> = 0...10, every: String = #"{"every":10,"zone":"+04:00"}"#, more: String = "") -> String {
  #"{"kind":"post","id":"open-\#(post)","post":"\#(post)","act":"opened","at":"2020-11-20T02:00:00Z","source":"mission","standsAtKm":4.27,"#
    + #""stretches":[{"line":"contact-line","fromKm":\#(km.lowerBound),"toKm":\#(km.upperBound)}],"schedule":\#(every)\#(more)}"#
}

func heard(_ id: String, post: String, minute: Int, km: Double, by observer: String = "patrol") -> String {
  let minutes = (minute < 10 ? "0" : "") + String(minute)
  return
    #"{"kind":"observation","id":"\#(id)","post":"\#(post)","observer":"\#(observer)","means":["heard"],"what":"explosion","count":1,"#
    + #""from":"2020-11-20T02:\#(minutes):00Z","stretch":{"line":"contact-line","fromKm":\#(km),"toKm":\#(km + 0.4)}}"#
}
