// The addresses of the watch: records in; posts, lines, incidents, coverage and alerts out.
internal import TruceModel

extension Route {
  private static let window = [
    Parameter(name: "from", description: "A date (its beginning) or an instant; default a day before `until`."),
    Parameter(name: "until", description: "A date (its end) or an instant; default now."),
  ]

  static let watch: [Route] = [
    Route(
      "POST", "/api/watch/records", "Takes post changes, check-ins and observations in; a receipt says that a record is on disk.",
      takes: ["application/json", "application/x-ndjson"]
    ) { desk, request, _ in try await desk.takeRecords(request) },
    Route("GET", "/api/posts", "The board: how each post stands.") { desk, _, _ in try await desk.posts() },
    Route("GET", "/api/lines", "The lines that posts watch, with the last day's coverage.") { desk, _, _ in try await desk.lines() },
    Route("GET", "/api/lines/{id}/strip", "A line's strip: coverage in kilometres and time, incidents, posts.", parameters: window) {
      desk, request, arguments in try await desk.strip(arguments[0], request)
    },
    Route(
      "GET", "/api/incidents", "Incidents by declared counting rules, with the coverage beside their number.",
      parameters: window + [Parameter(name: "line", description: "Only of this line.")]
    ) { desk, request, _ in try await desk.incidents(request) },
    Route("GET", "/api/coverage", "How much of each line was watched, and the gaps with why.", parameters: window) { desk, request, _ in
      try await desk.coverage(request)
    },
    Route(
      "GET", "/api/tracks", "What came to be inside, outside or too close to the case's corridors and zones.",
      parameters: window + [Parameter(name: "zone", description: "Only against this corridor or zone.")]
    ) { desk, request, _ in try await desk.tracks(request) },
    Route("GET", "/api/observations/{id}", "An observation, coarsened.") { desk, _, arguments in try await desk.observation(arguments[0]) },
    Route(
      "GET", "/api/alerts", "Alerts, the latest first.",
      parameters: [
        Parameter(name: "word", description: "open, acknowledged, silenced, resolved, separated by commas; default all but resolved.")
      ]
    ) { desk, request, _ in try await desk.alerts(request) },
    Route("POST", "/api/alerts", "Acknowledges, silences or resolves several alerts.", takes: ["application/json"]) { desk, request, _ in
      try await desk.actOnAlerts(request)
    },
    Route("GET", "/api/alerts.atom", "Alerts as an Atom feed.", answers: "application/atom+xml") { desk, _, _ in try await desk.alertFeed()
    },
    Route("GET", "/api/alerts/{id}", "An alert with all that happened to it.") { desk, _, arguments in try await desk.alert(arguments[0]) },
    Route("POST", "/api/alerts/{id}", "Acknowledges, silences or resolves an alert, by name.", takes: ["application/json"]) {
      desk, request, arguments in try await desk.actOnAlert(arguments[0], request)
    },
    Route("GET", "/api/alerts/{id}/cap.xml", "An alert as CAP 1.2.", answers: "application/cap+xml") { desk, _, arguments in
      try await desk.alertCAP(arguments[0])
    },
    Route(
      "GET", "/api/handover", "What one shift hands to the next, and the change that both sign.",
      parameters: [
        Parameter(name: "by", description: "Who hands over."), Parameter(name: "to", description: "Who takes over."),
        Parameter(name: "hours", description: "How long the next watch is, 1 to 168; default 12."),
      ]
    ) { desk, request, _ in try await desk.handOver(request) },
    Route("POST", "/api/handover", "Records a hand-over that both have signed.", takes: ["application/json"]) { desk, request, _ in
      try await desk.takeHandOver(request)
    },
  ]
}
