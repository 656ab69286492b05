// The desk's answers, asked without a socket.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@testable import TruceDesk

@Suite struct DeskTests {
  let source = FixtureSource()
  let desk: Desk

  init() {
    desk = Desk(
      source: source, pages: StaticPages(files: ["index.html": Array("<!doctype html>".utf8), "desk.js": Array("1".utf8)]),
      gate: Gate(boundTo: "127.0.0.1"), now: { FixtureSource.start }, log: { _ in })
  }

  func ask(_ method: String = "GET", _ target: String, headers: [String: String] = [:], body: String = "") async throws -> DeskReply {
    let all = ["host": "127.0.0.1:8080"].merging(headers) { $1 }
    return await desk.reply(to: try #require(DeskRequest(method: method, target: target, headers: all, body: Array(body.utf8))))
  }

  func json(_ reply: DeskReply) throws -> JSON { try JSON(parsing: reply.bytes) }

  @discardableResult func send(_ text: String, _ parameters: String = "source=Agency&published=2020-12-01") async throws -> DeskReply {
    try await ask("POST", "/api/reports?\(parameters)", headers: ["content-type": "text/plain"], body: text)
  }

  @Test("A report that is sent in is in the list, in its own text, and behind its claim with the quote marked")
  func wire() async throws {
    let answer = try await send("Aland entered the mill. Nobody else was there.")
    #expect(answer.status == 201)
    let claims = try #require(try json(answer)["claims"]?.array)
    let claim = try #require(claims.first?["id"]?.string)
    let list = try json(try await ask("GET", "/api/reports"))
    let report = try #require(list["reports"]?.array?.first)
    #expect(report["sourceName"]?.string == "Agency")
    #expect(report["claims"]?.integer == 1)
    let id = try #require(report["id"]?.string)
    #expect(try json(try await ask("GET", "/api/reports/\(id)"))["text"]?.string == "Aland entered the mill. Nobody else was there.")
    let evidence = try json(try await ask("GET", "/api/claims/\(claim)"))
    #expect(evidence["quote"]?.string == "Aland entered the mill.")
    #expect(evidence["after"]?.string == " Nobody else was there.")
  }

  @Test("The same report again is said to be known, and changes nothing")
  func again() async throws {
    try await send("Aland entered the mill.")
    let answer = try await send("Aland entered the mill.")
    #expect(answer.status == 200)
    #expect(try json(answer)["isNew"]?.bool == false)
    #expect(source.size == 1)
  }

  @Test("The situation answers for a moment of the ledger, and carries its sentence")
  func situation() async throws {
    try await send("Aland entered the mill.")
    let now = try json(try await ask("GET", "/api/situation?on=2020-12-01"))
    #expect(now["control"]?.array?.first?["holder"]?.string == "AAA")
    #expect(now["sentence"]?.string?.hasPrefix("On 1 December 2020, as known now") == true)
    let before = try json(try await ask("GET", "/api/situation?on=2020-12-01&known=2020-12-01T07:59:59%2B04:00"))
    #expect(before["control"]?.array?.isEmpty == true)
    #expect(before["sentence"]?.string?.hasSuffix("no report in the ledger.") == true)
  }

  @Test("A bare day is asked about to its end, in the case's zone; a plus sign of an offset stays a plus sign")
  func parameters() throws {
    let file = source.caseFile
    let day = try Query(["on": "2020-12-01"], case: file, now: FixtureSource.start)
    #expect(day.on == Instant("2020-12-01T23:59:59.999+04:00"))
    let request = try #require(DeskRequest(method: "GET", target: "/api/situation?on=2020-12-01T06:30:00+04:00&known=12"))
    let query = try Query(request.query, case: file, now: FixtureSource.start)
    #expect(query.on == Instant("2020-12-01T02:30:00Z"))
    #expect(query.size == 12)
  }

  @Test(
    "A wrong parameter is told with what would be right",
    arguments: [
      ("on=yesterday", "on"), ("on=2020-02-30", "on"), ("known=2020-12-01T25:00:00Z", "known"), ("said=x", "said"),
      ("according-to=me", "according-to"), ("according-to=party:ZZZ", "AAA, BBB"), ("known=99999999999999999999999", "known"),
    ])
  func wrongParameters(parameters: String, part: String) async throws {
    let reply = try await ask("GET", "/api/situation?\(parameters)")
    #expect(reply.status == 400)
    #expect(reply.header("content-type") == "application/problem+json; charset=utf-8")
    #expect(try json(reply)["detail"]?.string?.contains(part) == true)
  }

  @Test("Every refusal is a problem document with its status")
  func problems() async throws {
    let huge = String(repeating: "a", count: Desk.maximumReportBytes + 1)
    let replies = [
      (404, try await ask("GET", "/api/claims/none")), (404, try await ask("GET", "/api/reports/none")),
      (404, try await ask("GET", "/nothing")),
      (405, try await ask("DELETE", "/api/reports")), (400, try await send("")), (413, try await send(huge)),
      (415, try await ask("POST", "/api/reports", headers: ["content-type": "image/png"], body: "x")),
      (400, try await send("text", "published=soon")), (404, try await ask("GET", "/../Package.swift")),
      (404, try await ask("GET", "/%2e%2e/x")),
    ]
    for (status, reply) in replies {
      #expect(reply.status == status)
      #expect(try json(reply)["status"]?.integer == status)
      #expect(try json(reply)["detail"]?.string?.isEmpty == false)
    }
    #expect(source.size == 0)
  }

  @Test("What the reader refuses comes back as 422 with line and column, and the ledger stays as it was")
  func unreadable() async throws {
    let request = DeskRequest(method: "POST", path: ["api", "reports"], headers: ["host": "localhost"], body: [0x61, 0xFF])
    let reply = await desk.reply(to: request)
    #expect(reply.status == 422)
    #expect(try json(reply)["findings"]?.array?.first?["column"]?.integer == 3)
    #expect(source.size == 0)
  }

  @Test(
    "A name that is not the desk's is refused, whatever it asks",
    arguments: ["evil.example", "evil.example:8080", "127.0.0.1.evil.example"])
  func rebinding(host: String) async throws {
    #expect(try await ask("GET", "/api/situation", headers: ["host": host]).status == 421)
  }

  @Test("The desk's own names are answered", arguments: ["localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST"])
  func ownNames(host: String) async throws {
    #expect(try await ask("GET", "/healthz", headers: ["host": host]).status == 200)
  }

  @Test("Another site's page cannot send a report in")
  func crossSite() async throws {
    let foreign = try await ask(
      "POST", "/api/reports", headers: ["origin": "http://evil.example", "content-type": "text/plain"], body: "Aland entered the mill.")
    #expect(foreign.status == 403)
    let hidden = try await ask("POST", "/api/reports", headers: ["sec-fetch-site": "cross-site"], body: "Aland entered the mill.")
    #expect(hidden.status == 403)
    let otherPort = try await ask("POST", "/api/reports", headers: ["origin": "http://127.0.0.1:9"], body: "Aland entered the mill.")
    #expect(otherPort.status == 403)
    #expect(source.size == 0)
    let own = try await ask("POST", "/api/reports", headers: ["origin": "http://127.0.0.1:8080"], body: "Aland entered the mill.")
    #expect(own.status == 201)
  }

  @Test("Every reply forbids inline script and sniffing")
  func headers() async throws {
    for target in ["/", "/healthz", "/nothing", "/api/map.svg"] {
      let reply = try await ask("GET", target)
      let policy = try #require(reply.header("content-security-policy"))
      #expect(policy.contains("script-src 'self'"))
      #expect(policy.contains("manifest-src 'self'"))
      #expect(!policy.contains("unsafe"))
      #expect(reply.header("x-content-type-options") == "nosniff")
    }
  }

  @Test("A page that has not changed is not sent again")
  func caching() async throws {
    let first = try await ask("GET", "/")
    let tag = try #require(first.header("etag"))
    let second = try await ask("GET", "/", headers: ["if-none-match": tag])
    #expect(second.status == 304)
    #expect(second.bytes.isEmpty)
  }

  @Test("The OpenAPI document names every route, and no other")
  func openAPIDocument() async throws {
    let document = try json(try await ask("GET", "/openapi.json"))
    #expect(document["openapi"]?.string == "3.1.0")
    let paths = try #require(document["paths"]?.members)
    let named = Set(paths.flatMap { path in (path.value.members ?? []).map { "\($0.key.uppercased()) \(path.key)" } })
    #expect(named == Set(Route.all.map { "\($0.method) \($0.path)" }))
    for path in paths { #expect(Set(path.value.members!.map(\.key)).isSubset(of: ["get", "post"])) }
  }

  @Test("The log's files are served by their C2SP names, and what there is not is not found")
  func logFiles() async throws {
    #expect(try await ask("GET", "/log/tile/0/000.p/1").bytes == [1, 2, 3])
    #expect(try await ask("GET", "/log/tile/0/000").status == 404)
    let entries = try await ask("GET", "/log/tile/entries/000")
    #expect(entries.status == 403 && String(decoding: entries.bytes, as: UTF8.self).contains("--log-entries"))
    #expect(try await ask("GET", "/log/checkpoint").status == 404)
  }

  @Test("Entries come newest first and page backwards")
  func entries() async throws {
    for index in 0..<3 { try await send("Aland entered mill number \(index).") }
    let all = try json(try await ask("GET", "/api/entries"))
    #expect(all["entries"]?.array?.compactMap { $0["sequence"]?.integer } == [2, 1, 0])
    let older = try json(try await ask("GET", "/api/entries?before=2"))
    #expect(older["entries"]?.array?.compactMap { $0["sequence"]?.integer } == [1, 0])
    #expect(try await ask("GET", "/api/entries?before=x").status == 400)
  }

  @Test("A quote's context is cut between characters, in any script")
  func context() throws {
    let lead = String(repeating: "Շուշի ", count: 100)
    let text = Array((lead + "взяли. " + String(repeating: "ш", count: 400)).utf8)
    let start = lead.utf8.count
    for shift in 0..<4 {
      let quote = try #require(Quote(ByteSpan(start + shift, start + shift + 10), of: Array(repeating: 0x61, count: shift) + text))
      #expect(quote.text == "взяли")
      #expect(!quote.before.contains("\u{FFFD}"))
      #expect(!quote.after.contains("\u{FFFD}"))
    }
    #expect(Quote(ByteSpan(0, 10), of: [1, 2]) == nil)
  }

  @Test("A quote's context leaves the front matter out")
  func frontMatter() throws {
    let text = Array("---\nsource: x\n---\n\nOne. Two.".utf8)
    let quote = try #require(Quote(ByteSpan(text.count - 4, text.count), of: text))
    #expect(quote.before == "\nOne. ")
    #expect(Quote.frontMatterEnd(Array("---\nno end".utf8)) == 0)
    #expect(Quote.frontMatterEnd(Array("---\n".utf8)) == 0)
    #expect(Quote.frontMatterEnd([]) == 0)
  }

  @Test("The feed of events starts at the size that the client has seen")
  func events() async throws {
    guard case .events(let fresh) = try await ask("GET", "/api/events").body else { return #expect(Bool(false)) }
    #expect(fresh == 0)
    guard case .events(let again) = try await ask("GET", "/api/events", headers: ["last-event-id": "7"]).body else {
      return #expect(Bool(false))
    }
    #expect(again == 7)
  }

  @Test("Growth comes through the feed with the ledger's size as its id")
  func growth() async throws {
    try await send("Aland entered the mill.")
    for await line in eventLines(source.updates(after: 0)) {
      #expect(line == .grown(1))
      #expect(String(decoding: line.bytes, as: UTF8.self) == "id: 1\nevent: ledger\ndata: {\"size\":1}\n\n")
      break
    }
  }
}
