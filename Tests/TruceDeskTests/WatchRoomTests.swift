// The watch room over a real ledger: receipts, alerts across restarts, zones, signatures of messages.
import Foundation
import Synchronization
import Testing
import TruceAtlas
import TruceLedger
import TruceModel
import TruceSituation

@testable import TruceDesk

@Suite struct WatchRoomTests {
  @Test("Each good record has a receipt, each bad one the member that is wrong, and none keeps another out")
  func answers() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    let answers = try await room.send(
      [
        opening("op-1"), #"{"kind":"check-in","post":"op-1","at":"2020-11-20T02:10:00Z"}"#, "{",
        #"{"kind":"check-in","id":"a","post":"op-1","at":"yesterday"}"#,
        #"{"kind":"check-in","id":"b","post":"op-1","at":"2020-11-20T02:10:00Z","visibility":3}"#, #"{"kind":"report","id":"c"}"#,
        heard("o-1", post: "op-1", minute: 5, km: 3),
      ].joined(separator: "\n"))
    #expect(answers.map { $0.receipt != nil } == [true, false, false, false, false, false, true])
    #expect(answers.map { $0.problem?.field } == [nil, "id", "", "at", "visibility", "kind", nil])
    #expect(try await fixture.ledger.size() == 2)
  }

  @Test("The same record again has the same receipt; another content under its id is told as a conflict")
  func again() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    let first = try await room.send(heard("o-1", post: "op-1", minute: 5, km: 3))[0]
    let second = try await room.send(heard("o-1", post: "op-1", minute: 5, km: 3))[0]
    #expect(second.receipt?.sequence == first.receipt?.sequence)
    #expect(second.receipt?.isNew == false)
    let other = try await room.send(heard("o-1", post: "op-1", minute: 6, km: 3))[0]
    #expect(other.warning?.contains("conflict") == true)
    #expect(try await room.observation("o-1")?.received.record.from == Instant("2020-11-20T02:05:00Z"))
  }

  @Test("A record that the post's key did not sign is kept with a warning and does not count")
  func signatures() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    let key = PostKey()
    try await room.send(opening("op-1", more: #","publicKey":"\#(key.publicKey)""#))
    var checkIn = CheckIn(id: "in-1", post: "op-1", at: fixture.clock.now)
    let unsigned = try await room.take([WatchEnvelope(checkIn)])[0]
    #expect(unsigned.receipt != nil)
    #expect(unsigned.warning?.contains("not signed") == true)
    checkIn.id = "in-2"
    try checkIn.sign(privateKey: key.privateKey)
    #expect(try await room.take([WatchEnvelope(checkIn)])[0].warning == nil)
  }

  @Test("A missed check-in is one alert, raised by the first step after its second, and none again after a restart")
  func oneAlert() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    try await room.send(opening("op-1"))
    let due = Instant("2020-11-20T02:10:00Z")!
    let next = try await room.step().next
    #expect(next == due.adding(milliseconds: 1))
    fixture.clock.set(due)
    _ = try await room.step()
    #expect(try await fixture.changes(.opened).isEmpty)
    fixture.clock.set(due.adding(milliseconds: 1))
    #expect(try await room.step().messages.count == 1)
    _ = try await room.step()
    try await fixture.reopen()
    let restarted = try fixture.room()
    #expect(try await restarted.step().messages.isEmpty)
    let opened = try await fixture.changes(.opened)
    #expect(opened.map(\.due) == [due])
    // Down over the next two duties: both are raised when it is up again, each once.
    fixture.clock.set(due.adding(seconds: 1300))
    let late = try fixture.room()
    _ = try await late.step()
    _ = try await late.step()
    #expect(try await fixture.changes(.opened).map(\.due) == [due, due.adding(seconds: 600), due.adding(seconds: 1200)])
  }

  @Test("A check-in that is on its way to the disk at its second is not missed")
  func onItsWay() async throws {
    let due = Instant("2020-11-20T02:10:00Z")!
    let clock = HandClock()
    let isArmed = Mutex(false)
    let isUnderWay = Mutex(false)
    let path = FileManager.default.temporaryDirectory.path + "/watch-\(UUID().uuidString).db"
    defer { for suffix in ["", "-wal", "-shm", "-lock"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    // A slow disk: the commit takes its time from the clock, and the clock goes on while it writes.
    let ledger = try await Ledger.open(at: path, mode: .readWrite) {
      let recorded = clock.now
      if isArmed.withLock({ armed in
        defer { armed = false }
        return armed
      }) {
        clock.move(seconds: 0.001)
        isUnderWay.withLock { $0 = true }
        usleep(200_000)
      }
      return recorded
    }
    let room = WatchRoom(case: WatchFixture.file, ledger: ledger, clock: { clock.now })
    try await room.send(opening("op-1"))
    clock.set(due)
    isArmed.withLock { $0 = true }
    async let arriving = room.send(#"{"kind":"check-in","id":"in-1","post":"op-1","at":"2020-11-20T02:10:00Z"}"#)
    while !isUnderWay.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    #expect(try await room.step().messages.isEmpty)
    #expect(try await arriving[0].receipt?.recorded == due)
    #expect(try await room.alerts([.open]).states.isEmpty)
    try await ledger.close()
  }

  @Test("Ten thousand alerts at once leave as at most ten messages in the ledger's entries, with nothing lost")
  func burst() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    for start in stride(from: 0, to: 10_000, by: 2500) {
      try await room.send((start..<start + 2500).map { opening("op-\($0)") }.joined(separator: "\n"))
    }
    fixture.clock.set(Instant("2020-11-20T02:10:00.001Z")!)
    var messages = try await room.step().messages
    for _ in 0..<3 {
      fixture.clock.move(seconds: 5)
      messages += try await room.step().messages
    }
    #expect(messages.count <= 10)
    #expect(Set(messages.flatMap(\.alerts)).count == 10_000)
    #expect(try await fixture.changes(.opened).count == 10_000)
    // After a restart the messages are whole again, for addresses that have not got them.
    let restarted = try fixture.room(#"{"webhooks":[]}"#)
    let hook = Webhook(name: "mission", address: "http://127.0.0.1:9/", key: .secret([1]), leastSeverity: .minor)
    let waiting = try await restarted.undelivered(to: hook)
    #expect(Set(waiting.flatMap(\.alerts)).count == 10_000)
    for message in waiting { try await restarted.record(delivered: message.id, to: "mission") }
    #expect(try await fixture.room().undelivered(to: hook).isEmpty)
  }

  @Test("An incident in a zone is one alert, also when another observer tells of it later, and after a restart")
  func zones() async throws {
    let fixture = try await WatchFixture()
    let settings = #"{"zones":{"bridge":[{"line":"contact-line","fromKm":2,"toKm":4}]}}"#
    let room = try fixture.room(settings)
    try await room.send(opening("op-1", every: "null"))
    try await room.send(heard("o-1", post: "op-1", minute: 5, km: 3.2) + "\n" + heard("far", post: "op-1", minute: 5, km: 8))
    _ = try await room.step()
    try await room.send(heard("o-2", post: "op-1", minute: 5, km: 3.3, by: "camera"))
    _ = try await room.step()
    try await fixture.reopen()
    _ = try await fixture.room(settings).step()
    let opened = try await fixture.changes(.opened)
    #expect(opened.map(\.rule) == ["incident-in-zone"])
    #expect(opened.first?.evidence == ["o-1"])
    // What is told is coarse.
    #expect(opened.first?.message?.contains("km 3-4") == true)
  }

  @Test("An observation that a wrong clock put into another incident is told by itself once its clock is known")
  func clockPutRight() async throws {
    let fixture = try await WatchFixture()
    let settings = #"{"zones":{"bridge":[{"line":"contact-line","fromKm":2,"toKm":4}]}}"#
    let room = try fixture.room(settings)
    try await room.send(opening("op-1", every: "null") + "\n" + opening("op-2", every: "null"))
    fixture.clock.set(Instant("2020-11-20T02:40:00Z")!)
    try await room.send(heard("first", post: "op-1", minute: 35, km: 3.2))
    _ = try await room.step()
    // Made a quarter of an hour before, sent first when it was made and received now: until more is known its clock seems that much behind.
    let late = heard("second", post: "op-2", minute: 20, km: 3.2).dropLast() + #","sent":"2020-11-20T02:25:00Z"}"#
    try await room.send(String(late))
    _ = try await room.step()
    #expect(try await fixture.changes(.opened).map(\.evidence) == [["first"]])
    try await room.send(
      #"{"kind":"check-in","id":"c-1","post":"op-2","at":"2020-11-20T02:40:00Z","sent":"2020-11-20T02:40:00Z","contact":true}"#)
    _ = try await room.step()
    #expect(try await fixture.changes(.opened).map(\.evidence) == [["first"], ["second"]])
    _ = try await fixture.room(settings).step()
    #expect(try await fixture.changes(.opened).count == 2)
  }

  @Test("What moves is told as it comes into a zone, and a late fix that says otherwise ends the alert")
  func tracks() async throws {
    let fixture = try await WatchFixture()
    var file = WatchFixture.file
    let square = Place.Definition(
      geometry: .polygon([
        [(46.0, 39.0), (46.2, 39.0), (46.2, 39.2), (46.0, 39.2), (46.0, 39.0)].map { Position(longitude: $0.0, latitude: $0.1) }
      ]), accuracyMetres: 100, source: "drawn", licence: "CC0-1.0", period: nil, isSchematic: true)
    file.places = [Place(id: "square", kind: .zone, names: [Name("the square", language: "en")], definitions: [square])]
    let settings = try WatchSettings(json: JSON(parsing: Array(#"{"tracks":{"square":["inside"]}}"#.utf8))) { _ in [] }
    let room = WatchRoom(case: file, ledger: fixture.ledger, settings: settings, clock: { [clock = fixture.clock] in clock.now })
    func fix(_ id: String, _ minute: Int, _ longitude: Double) -> String {
      #"{"kind":"observation","id":"\#(id)","observer":"radar","what":"drone","means":["radar"],"track":"d-7","#
        + #""from":"2020-11-20T02:\#(minute):00Z","position":{"latitude":39.1,"longitude":\#(longitude),"accuracyMetres":200}}"#
    }
    try await room.send([fix("f-1", 10, 45.9), fix("f-2", 20, 46.1)].joined(separator: "\n"))
    let told = try await room.step().messages
    #expect(told.map(\.title) == ["d-7 came into square, 2020-11-20T02:20:00Z"])
    let hour = Instant("2020-11-20T02:00:00Z")!..<Instant("2020-11-20T03:00:00Z")!
    #expect(try await room.zoneEvents(in: hour).map(\.words) == ["came into square"])
    // It had been there before.
    try await room.send(fix("f-0", 15, 46.05))
    _ = try await room.step()
    #expect(try await fixture.changes(.opened).map(\.evidence) == [["f-2"], ["f-0"]])
    #expect(try await fixture.changes(.resolved).map(\.note) == ["a later report of where it was revised it"])
    _ = try await WatchRoom(case: file, ledger: fixture.ledger, settings: settings, clock: { [clock = fixture.clock] in clock.now }).step()
    #expect(try await fixture.changes(.opened).count == 2)
  }

  @Test("A restart does not resolve what its rules have not looked at yet")
  func restartBeforeRules() async throws {
    let fixture = try await WatchFixture()
    let settings = #"{"rules":{"coverageBelow":0.9}}"#
    let room = try fixture.room(settings)
    try await room.send(opening("op-1"))
    fixture.clock.move(seconds: 3600)
    try await room.refreshConditions(nil)
    _ = try await room.step()
    #expect(try await fixture.changes(.opened).contains { $0.rule == "coverage-low" })
    let restarted = try fixture.room(settings)
    _ = try await restarted.step()
    try await restarted.refreshConditions(nil)
    _ = try await restarted.step()
    #expect(try await fixture.changes(.resolved).isEmpty)
    // A rule that is no longer set resolves what it raised.
    _ = try await fixture.room().step()
    #expect(try await fixture.changes(.resolved).count == 1)
  }

  @Test("Who acts on an alert is named, and what there is not cannot be acted on")
  func acting() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    try await room.send(opening("op-1"))
    fixture.clock.move(seconds: 601)
    _ = try await room.step()
    let id = try #require(try await room.alerts([.open]).states.first?.id)
    await #expect(throws: DeskRefusal.self) { try await room.act(.acknowledge, on: [id], by: " ", note: nil) }
    await #expect(throws: DeskRefusal.self) { try await room.act(.resolve, on: ["none"], by: "Anna", note: nil) }
    #expect(try await room.act(.acknowledge, on: [id], by: "Anna", note: "sent a car")[0].acknowledgedBy == "Anna")
    #expect(try await fixture.room().alerts([.acknowledged]).states.map(\.id) == [id])
  }

  @Test("A hand-over counts with both signatures, by the keys that are registered")
  func handOver() async throws {
    let fixture = try await WatchFixture()
    let (anna, boris) = (PostKey(), PostKey())
    let room = try fixture.room(#"{"people":{"Anna":"\#(anna.publicKey)","Boris":"\#(boris.publicKey)"}}"#)
    try await room.send(opening("op-1"))
    fixture.clock.move(seconds: 601)
    _ = try await room.step()
    var change = try await room.handOver(by: "Anna", to: "Boris", hours: 12, commitments: []).change
    #expect(change.alerts.count == 1)
    #expect(change.evidence == ["op-1"])
    try change.sign(privateKey: anna.privateKey)
    await #expect(throws: DeskRefusal.self) { try await room.record(handOver: change) }
    try change.sign(privateKey: boris.privateKey)
    #expect(try await room.record(handOver: change).isNew)
    let last = try #require(try await room.lastHandOver())
    #expect(
      last.isSigned && last.change.handOverWords(isSigned: true).hasPrefix("Boris has the watch, handed over by Anna, signed by both"))
    #expect(try await fixture.room().lastHandOver()?.isSigned == false)
    await #expect(throws: DeskRefusal.self) { try await fixture.room().record(handOver: change) }
  }

  @Test("A message's signature is that of Standard Webhooks' own example")
  func webhook() throws {
    let secret = Array(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!)
    let hook = Webhook(name: "x", address: "http://127.0.0.1/", key: .secret(secret), leastSeverity: .minor)
    let headers = try hook.headers(
      "msg_p5jXN8AQM9LWM0D4loKWxJek", body: Array(#"{"test": 2432232314}"#.utf8), at: Instant(seconds: 1_614_265_330))
    #expect(headers.first { $0.name == "webhook-signature" }?.value == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test(
    "A setting that cannot be is told with its field",
    arguments: [
      (#"{"zone":{}}"#, "zone"), (#"{"people":{"Anna":"12"}}"#, "people.Anna"), (#"{"rules":{"coverageBelow":2}}"#, "rules.coverageBelow"),
      (#"{"counting":{"kmTolerance":1}}"#, "counting"), (#"{"tracks":{"corridor":["near"]}}"#, "tracks.corridor"),
      (#"{"webhooks":[{"name":"a","url":"ftp://x"}]}"#, "webhooks[0].url"),
      (#"{"deadMan":{"url":"http://127.0.0.1/","everySeconds":1}}"#, "deadMan.everySeconds"),
    ])
  func settings(text: String, field: String) throws {
    let error = #expect(throws: FormError.self) { try WatchSettings(json: JSON(parsing: Array(text.utf8))) { _ in [] } }
    #expect(error?.field == field)
  }
}
