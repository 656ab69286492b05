// Every address of the interface: one table that routes requests and writes the OpenAPI document.
internal import TruceModel
internal import TruceOutlets

/// One address with its method.
struct Route: Sendable {
  let method: String
  /// Segments; `{id}` takes any one segment.
  let pattern: [String]
  let summary: String
  let parameters: [Parameter]
  /// The media types of a body.
  let takes: [String]
  /// The media type of the answer.
  let answers: String
  let answer: @Sendable (Desk, DeskRequest, [String]) async throws -> DeskReply

  /// A parameter of the query.
  struct Parameter: Sendable {
    var name: String
    var description: String
  }

  init(
    _ method: String, _ path: String, _ summary: String, parameters: [Parameter] = [], takes: [String] = ["text/plain", "text/html"],
    answers: String = "application/json",
    answer: @escaping @Sendable (Desk, DeskRequest, [String]) async throws -> DeskReply
  ) {
    self.method = method
    pattern = path.split(separator: "/").map(String.init)
    self.summary = summary
    self.parameters = parameters
    self.takes = takes
    self.answers = answers
    self.answer = answer
  }

  var path: String { "/" + pattern.joined(separator: "/") }

  /// The segments that the pattern leaves open; nil where the path is another.
  func match(_ path: [String]) -> [String]? {
    guard path.count == pattern.count else { return nil }
    var arguments: [String] = []
    for (segment, expected) in zip(path, pattern) {
      if expected.hasPrefix("{") {
        guard !segment.isEmpty, segment.utf8.count <= 128 else { return nil }
        arguments.append(segment)
      } else if segment != expected {
        return nil
      }
    }
    return arguments
  }

  static let asked = [
    Parameter(name: "on", description: "The moment on the ground: a date (the end of that day) or an instant; default now."),
    Parameter(name: "known", description: "What the ledger held: a date, an instant or a number of entries; default everything."),
    Parameter(name: "said", description: "What had been said by then: a date or an instant; default everything."),
    Parameter(name: "according-to", description: "best, anyone, party:ID, against-interest, third-party, both-sides or observed."),
  ]

  static let all: [Route] = watch + situation

  private static let situation: [Route] = [
    Route("GET", "/api/situation", "The situation.", parameters: asked) { desk, request, _ in try await desk.situation(request) },
    Route(
      "GET", "/api/map.svg", "The situation as a map.",
      parameters: asked + [
        Parameter(name: "width", description: "Pixels across, 320 to 4000."), Parameter(name: "title", description: "`no` leaves it out."),
        Parameter(name: "legend", description: "`no` leaves it out."),
      ], answers: "image/svg+xml"
    ) { desk, request, _ in try await desk.map(request) },
    Route(
      "GET", "/api/export/{format}", "The situation as \(Outlet.all.map(\.name).joined(separator: ", ")).", parameters: asked,
      answers: "application/octet-stream"
    ) { desk, request, arguments in try await desk.export(arguments[0], request) },
    Route("GET", "/api/case", "Names, colours and days of the case.") { desk, request, _ in try await desk.caseFile(request) },
    Route("GET", "/api/agreements", "What was agreed: each point with its terms and its differing wordings.") { desk, request, _ in
      try await desk.agreements(request)
    },
    Route(
      "GET", "/api/entries", "The ledger's entries, the newest first, at most \(Desk.maximumEntries).",
      parameters: [Parameter(name: "before", description: "Only entries with a lower number.")]
    ) { desk, request, _ in try await desk.entries(request) },
    Route("GET", "/api/extent", "The ledger's size and the moments at which reports were recorded.") { desk, request, _ in
      try await desk.extent(request)
    },
    Route("GET", "/api/reports", "The reports, in the ledger's order.", parameters: asked) { desk, request, _ in
      try await desk.reports(request)
    },
    Route(
      "POST", "/api/reports", "Sends a report in; the answer lists the claims read from it.",
      parameters: [
        Parameter(name: "source", description: "Who published it."), Parameter(name: "published", description: "When, as an EDTF date."),
        Parameter(name: "address", description: "Where it was found."),
      ]
    ) { desk, request, _ in try await desk.ingest(request) },
    Route("GET", "/api/reports/{id}", "A report with its text and claims.") { desk, _, arguments in try await desk.report(arguments[0]) },
    Route("GET", "/api/claims/{id}", "A claim with its quote.") { desk, _, arguments in try await desk.claim(arguments[0]) },
    Route(
      "GET", "/api/events", "Server-sent events: the ledger's growth (Last-Event-ID is its size), alerts and messages.",
      answers: "text/event-stream"
    ) { desk, request, _ in
      let text = request.headers["last-event-id"] ?? request.query["after"]
      if let text, let size = UInt64(text) { return DeskReply(events: size) }
      return DeskReply(events: try await desk.source.extent().size)
    },
    Route("GET", "/openapi.json", "This document.") { _, _, _ in .json(openAPI()) },
    Route("GET", "/healthz", "Whether the desk and its ledger answer.") { desk, _, _ in
      .json(["status": "ok", "size": JSON(Int(try await desk.source.extent().size))])
    },
  ]
}

/// The interface described in OpenAPI 3.1.
func openAPI() -> JSON {
  var paths: [JSON.Member] = []
  for route in Route.all {
    let inPath = route.pattern.filter { $0.hasPrefix("{") }.map { segment -> JSON in
      ["name": JSON(String(segment.dropFirst().dropLast())), "in": "path", "required": true, "schema": ["type": "string"]]
    }
    let inQuery = route.parameters.map { parameter -> JSON in
      ["name": JSON(parameter.name), "in": "query", "description": JSON(parameter.description), "schema": ["type": "string"]]
    }
    let problem: JSON = [
      "description": "A problem document (RFC 9457).",
      "content": .object([JSON.Member("application/problem+json", ["schema": ["type": "object"]])]),
    ]
    let good: JSON = [
      "description": JSON(route.summary),
      "content": .object([JSON.Member(route.answers, ["schema": ["type": route.answers == "application/json" ? "object" : "string"]])]),
    ]
    var operation: [JSON.Member] = [
      JSON.Member("summary", JSON(route.summary)), JSON.Member("parameters", .array(inPath + inQuery)),
    ]
    if route.method == "POST" {
      let content = route.takes.map { type -> JSON.Member in
        JSON.Member(type, ["schema": ["type": type.hasPrefix("text/") || type.hasSuffix("ndjson") ? "string" : "object"]])
      }
      operation.append(JSON.Member("requestBody", ["required": true, "content": .object(content)]))
      operation.append(JSON.Member("responses", ["200": good, "201": good, "default": problem]))
    } else {
      operation.append(JSON.Member("responses", ["200": good, "default": problem]))
    }
    let member = JSON.Member(route.method.lowercased(), .object(operation))
    if let index = paths.firstIndex(where: { $0.key == route.path }), case .object(let members) = paths[index].value {
      paths[index].value = .object(members + [member])
    } else {
      paths.append(JSON.Member(route.path, .object([member])))
    }
  }
  return [
    "openapi": "3.1.0",
    "info": [
      "title": "truce desk", "version": "1",
      "description": "The situation of an agreement while it is carried out, its reports and claims. Every answer says what it rests on.",
    ], "paths": .object(paths),
  ]
}
