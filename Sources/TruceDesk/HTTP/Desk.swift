// The desk: one function from a request to a reply, over a case and its ledger.
internal import NIOPosix
internal import TruceAtlas
internal import TruceModel
internal import TruceOutlets
internal import TruceSituation

/// Answers requests.
struct Desk: Sendable {
  let source: any DeskSource
  let pages: StaticPages
  let gate: Gate
  let now: @Sendable () -> Instant
  /// Whether the log's entries are served as they are: they hold exact positions.
  var servesEntries = false
  /// Told of errors that the client is not shown.
  let log: @Sendable (String) -> Void

  /// The largest report that may be sent in, in bytes.
  static let maximumReportBytes = 4 << 20

  /// The reply to a request; never throws, every error becomes a problem document.
  func reply(to request: DeskRequest) async -> DeskReply {
    var reply: DeskReply
    do {
      try gate.check(request)
      reply = try await route(request)
    } catch {
      let problem = Problem(error)
      if problem.status >= 500 { log("\(request.method) /\(request.path.joined(separator: "/")): \(error)") }
      reply = problem.reply
    }
    reply.headers += Gate.headers
    return reply
  }

  private func route(_ request: DeskRequest) async throws -> DeskReply {
    let method = request.method == "HEAD" ? "GET" : request.method
    var allowed: [String] = []
    for route in Route.all {
      guard let arguments = route.match(request.path) else { continue }
      guard route.method == method else {
        allowed.append(route.method)
        continue
      }
      return try await route.answer(self, request, arguments)
    }
    if !allowed.isEmpty { throw Problem(405, "This address answers \(allowed.joined(separator: " and ")) only.") }
    if method == "GET", request.path.first == "log", request.path.count > 1 { return try await logFile(Array(request.path.dropFirst())) }
    if method == "GET", let page = pages.reply(request.path, ifNoneMatch: request.headers["if-none-match"]) { return page }
    throw Problem(404, "There is nothing at /\(request.path.joined(separator: "/")).")
  }

  func query(_ request: DeskRequest) throws -> Query { try Query(request.query, case: source.caseFile, now: now()) }

  /// Runs work that computes for long away from the event loops.
  func offLoop<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await NIOThreadPool.singleton.runIfActive(work)
  }
}
