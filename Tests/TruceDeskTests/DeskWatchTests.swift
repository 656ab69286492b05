// The watch's addresses, asked without a socket.
import Testing
import TruceModel
import TruceSituation

@testable import TruceDesk

@Suite struct DeskWatchTests {
  /// Asks a desk over a room.
  private func ask(_ fixture: WatchFixture, _ room: WatchRoom, _ method: String, _ target: String, _ body: String = "") async throws
    -> DeskReply
  {
    let clock = fixture.clock
    let desk = Desk(
      source: FixtureSource(watch: room), pages: StaticPages(files: [:]), gate: Gate(boundTo: "127.0.0.1"), now: { clock.now },
      log: { _ in })
    return await desk.reply(
      to: try #require(DeskRequest(method: method, target: target, headers: ["host": "127.0.0.1"], body: Array(body.utf8))))
  }

  private func json(_ reply: DeskReply) throws -> JSON { try JSON(parsing: reply.bytes) }

  @Test("Records that are sent in are on the board, on the strip and behind their incidents, with coverage beside each number")
  func reading() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    let sent = try json(
      try await ask(
        fixture, room, "POST", "/api/watch/records",
        [opening("op-1"), heard("o-1", post: "op-1", minute: 5, km: 3.2), heard("o-2", post: "op-1", minute: 5, km: 3.3, by: "camera")]
          .joined(separator: "\n")))
    #expect(sent["accepted"]?.integer == 3)
    fixture.clock.move(seconds: 600)
    try await room.send(#"{"kind":"check-in","id":"in-1","post":"op-1","at":"2020-11-20T02:10:00Z"}"#)
    let board = try json(try await ask(fixture, room, "GET", "/api/posts"))
    #expect(board["posts"]?.array?.first?["word"]?.string == "on watch")
    #expect(board["counts"]?["on watch"]?.integer == 1)
    #expect(board["coverage"]?["words"]?.string?.contains("watched") == true)
    let strip = try json(
      try await ask(fixture, room, "GET", "/api/lines/contact-line/strip?from=2020-11-20T02:00:00Z&until=2020-11-20T02:20:00Z"))
    #expect(strip["rules"]?.string == "truce-1")
    #expect(strip["count"]?["number"]?.integer == 1)
    #expect(strip["incidents"]?.array?.first?["members"]?.array?.count == 2)
    #expect(strip["rate"]?["per"]?.string == "watched kilometre-day")
    // The rectangles tile the strip.
    var area = 0.0
    for rectangle in strip["rectangles"]?.array ?? [] {
      let height = try #require(rectangle["toKm"]?.number) - #require(rectangle["fromKm"]?.number)
      let since = try #require(rectangle["since"]?.string.flatMap { Instant($0) })
      let until = try #require(rectangle["until"]?.string.flatMap { Instant($0) })
      area += height * Double(until.milliseconds - since.milliseconds)
    }
    #expect(area == 10 * 20 * 60_000)
    for address in ["/api/lines", "/api/incidents", "/api/coverage", "/api/alerts", "/api/alerts.atom"] {
      #expect(try await ask(fixture, room, "GET", address).status == 200, "\(address)")
    }
  }

  @Test("Nothing that leaves tells where a post or an observer stands")
  func coarse() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    try await room.send(opening("op-1", km: 3...7))
    try await room.send(
      #"{"kind":"observation","id":"o-1","post":"op-1","observer":"patrol","what":"burst","from":"2020-11-20T02:05:17Z","#
        + #""stretch":{"line":"contact-line","fromKm":3.21,"toKm":3.74},"sector":{"bearings":[[80,85]],"fromMetres":2100,"toMetres":2200}}"#
    )
    fixture.clock.move(seconds: 900)
    for address in [
      "/api/posts", "/api/lines/contact-line/strip", "/api/incidents", "/api/observations/o-1", "/api/coverage", "/api/alerts",
    ] {
      let reply = try await ask(fixture, room, "GET", address)
      #expect(reply.status == 200)
      let text = String(decoding: reply.bytes, as: UTF8.self)
      for secret in ["4.27", "3.21", "3.74", "standsAtKm", "bearings", "2100", "02:05:17"] {
        #expect(!text.contains(secret), "\(address) tells \(secret)")
      }
    }
    #expect(
      Entry(sequence: 0, recorded: fixture.clock.now, id: "open-op-1", kind: .post, content: try JSON(parsing: Array(opening("op-1").utf8)))
        .coarse.content["standsAtKm"] == nil)
  }

  @Test("An alert is acknowledged by name, and told as CAP and Atom")
  func alerts() async throws {
    let fixture = try await WatchFixture()
    let room = try fixture.room()
    try await room.send(opening("op-1"))
    fixture.clock.move(seconds: 601)
    _ = try await room.step()
    let list = try json(try await ask(fixture, room, "GET", "/api/alerts"))
    let id = try #require(list["alerts"]?.array?.first?["id"]?.string)
    #expect(try await ask(fixture, room, "POST", "/api/alerts/\(id)", #"{"act":"acknowledge"}"#).status == 422)
    #expect(try await ask(fixture, room, "POST", "/api/alerts/none", #"{"act":"acknowledge","by":"Anna"}"#).status == 404)
    let answer = try await ask(fixture, room, "POST", "/api/alerts/\(id)", #"{"act":"acknowledge","by":"Anna"}"#)
    #expect(try json(answer)["acknowledgedBy"]?.string == "Anna")
    let one = try json(try await ask(fixture, room, "GET", "/api/alerts/\(id)"))
    #expect(one["history"]?.array?.compactMap { $0["act"]?.string } == ["opened", "notified", "acknowledged"])
    let cap = try await ask(fixture, room, "GET", "/api/alerts/\(id)/cap.xml")
    #expect(String(decoding: cap.bytes, as: UTF8.self).contains("<msgType>Update</msgType>"))
    #expect(cap.header("content-type")?.hasPrefix("application/cap+xml") == true)
    let many = try await ask(
      fixture, room, "POST", "/api/alerts", #"{"alerts":["\#(id)"],"act":"silence","by":"Anna","until":"2020-11-21T00:00:00Z"}"#)
    #expect(try json(many)["alerts"]?.array?.first?["word"]?.string == "silenced")
    #expect(try await ask(fixture, room, "GET", "/api/alerts?word=loud").status == 400)
  }

  @Test(
    "A body or a time that cannot be is told in a sentence",
    arguments: [
      ("POST", "/api/watch/records", ""), ("POST", "/api/watch/records", "[1,"), ("POST", "/api/watch/records", "hello"),
      ("GET", "/api/coverage?from=2020-11-21&until=2020-11-20", ""), ("GET", "/api/coverage?from=soon", ""),
      ("GET", "/api/coverage?from=2019-01-01&until=2020-11-20", ""), ("GET", "/api/handover?by=Anna", ""),
    ])
  func refused(method: String, target: String, body: String) async throws {
    let fixture = try await WatchFixture()
    let reply = try await ask(fixture, try fixture.room(), method, target, body)
    #expect(reply.status == 400)
    #expect(try json(reply)["detail"]?.string?.hasSuffix(".") == true)
  }

  @Test("Alerts come through the events beside the ledger's size, and sizes that pour in do not crowd them out")
  func events() async throws {
    let (sizes, continuation) = AsyncStream<UInt64>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let broadcast = Broadcast()
    let lines = eventLines(sizes, broadcast.events())
    for size in 1...500 { continuation.yield(UInt64(size)) }
    broadcast.send("alerts", ["changed": 1])
    for size in 501...1000 { continuation.yield(UInt64(size)) }
    var seen: [EventLine] = []
    for await line in lines {
      seen.append(line)
      if seen.contains(where: { if case .page = $0 { true } else { false } }), seen.contains(.grown(1000)) { break }
    }
    #expect(seen.count <= 4)
    #expect(seen.contains { String(decoding: $0.bytes, as: UTF8.self) == "event: alerts\ndata: {\"changed\":1}\n\n" })
  }
}
