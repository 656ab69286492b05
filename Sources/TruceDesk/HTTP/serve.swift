// The server: carries requests from sockets to the desk and replies back.
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
public import TruceModel
internal import TruceSituation

/// Serves the desk until the process is asked to stop (SIGINT, SIGTERM).
///
/// - Parameters:
///   - workspace: the case and its ledger.
///   - host: the address to bind, `127.0.0.1` for this machine alone.
///   - port: 0 for any free one.
///   - pages: the folder of the desk's pages.
///   - hosts: further names by which clients may call the desk.
///   - servesEntries: whether `/log` serves entries as they are, with exact positions; else only the checkpoint and the tree's hashes.
///   - now: the clock.
///   - ready: called once with the desk's address, when it answers.
/// - Throws: `DeskRefusal` where the port is taken or may not be had, or the pages cannot be read.
public func serve(
  workspace: any DeskSource, host: String = "127.0.0.1", port: Int = 8080, pages: String, hosts: [String] = [],
  servesEntries: Bool = false,
  now: @escaping @Sendable () -> Instant = systemClock, ready: @escaping @Sendable (String) async -> Void = { _ in }
) async throws {
  guard (0...65_535).contains(port) else { throw DeskRefusal("Port \(port) does not exist; it should be from 0 to 65535.") }
  var logger = Logger(label: "truce.desk") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = .warning
  let log = logger
  let desk = Desk(
    source: workspace, pages: try StaticPages(folder: pages), gate: Gate(boundTo: host, hosts: hosts), now: now,
    servesEntries: servesEntries, log: { log.error("\($0)") })
  var application = Application(
    responder: CallbackResponder<BasicRequestContext> { request, _ in try await respond(to: request, desk: desk) },
    configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "truce"),
    onServerRunning: { channel in
      let name = host.contains(":") ? "[\(host)]" : host
      await ready("http://\(name):\(channel.localAddress?.port ?? port)")
    }, logger: logger)
  if let room = workspace.watch, room.keepsAlerts {
    application.addServices(
      AlertService(room: room, situation: { [now] in try await workspace.situation(Query(on: now())) }, log: logger))
  }
  do {
    try await application.runService()
  } catch {
    throw bindRefusal(error, host: host, port: port) ?? error
  }
}

/// The machine's clock, to the millisecond.
public let systemClock: @Sendable () -> Instant = { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }

/// What a failure to bind means, in a sentence; nil for other errors.
private func bindRefusal(_ error: any Error, host: String, port: Int) -> DeskRefusal? {
  if let error = error as? IOError {
    switch error.errnoCode {
    case 98: return DeskRefusal("Port \(port) on \(host) is taken. Choose another with --port, or stop the program that uses it.")
    case 13: return DeskRefusal("Port \(port) needs rights that this user does not have. Choose one from 1024 up with --port.")
    case 99: return DeskRefusal("This machine has no address '\(host)'. Bind 127.0.0.1, or one of its own addresses.")
    default: return nil
    }
  }
  if error is SocketAddressError {
    return DeskRefusal("The address '\(host)' cannot be resolved. Bind 127.0.0.1, or one of this machine's own.")
  }
  return nil
}

private func respond(to request: Request, desk: Desk) async throws -> Response {
  var headers: [String: String] = [:]
  for field in request.headers { headers[field.name.canonicalName] = field.value }
  if let authority = request.head.authority { headers["host"] = authority }
  var body: [UInt8] = []
  let method = request.method.rawValue
  if method == "POST" || method == "PUT" {
    do {
      body = Array((try await request.body.collect(upTo: Desk.maximumReportBytes)).readableBytesView)
    } catch is NIOTooManyBytesError {
      return response(Desk.tooLarge.reply, method: method)
    }
  }
  guard let parsed = DeskRequest(method: method, target: request.head.path ?? "/", headers: headers, body: body) else {
    return response(Problem(400, "The address cannot be read.").reply, method: method)
  }
  let reply = await desk.reply(to: parsed)
  if case .events(let size) = reply.body, method != "HEAD" {
    return Response(status: .ok, headers: fields(reply), body: eventBody(request, source: desk.source, after: size))
  }
  return response(reply, method: method)
}

private func response(_ reply: DeskReply, method: String) -> Response {
  let response = Response(
    status: HTTPResponse.Status(code: reply.status), headers: fields(reply), body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.bytes)))
  return method == "HEAD" ? response.createHeadResponse() : response
}

private func fields(_ reply: DeskReply) -> HTTPFields {
  var fields = HTTPFields()
  for header in reply.headers { if let name = HTTPField.Name(header.name) { fields[name] = header.value } }
  return fields
}
