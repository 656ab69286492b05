// A request and a reply as plain values: the desk answers them without a socket, and tests ask it so.
internal import TruceModel

/// A request, parsed.
struct DeskRequest: Sendable {
  var method: String
  /// The path's segments, percent-decoded.
  var path: [String]
  var query: [String: String] = [:]
  /// Names in lower case.
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  init(method: String = "GET", path: [String], query: [String: String] = [:], headers: [String: String] = [:], body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// A request from its target as it stands on the request line; nil where it is no path or holds a broken escape.
  init?(method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, first.hasPrefix("/"), target.utf8.count <= 4096 else { return nil }
    var path: [String] = []
    for segment in first.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let text = percentDecoded(segment) else { return nil }
      path.append(text)
    }
    if path == [""] { path = [] }
    var query: [String: String] = [:]
    if parts.count == 2 {
      for pair in parts[1].split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        // In a query a plus may stand for a space (HTML's forms), but here it is mostly the sign of an offset: it stays a plus.
        guard let name = percentDecoded(sides[0]), let value = percentDecoded(sides.count == 2 ? sides[1] : "") else { return nil }
        query[name] = value
      }
    }
    self.init(method: method, path: path, query: query, headers: headers, body: body)
  }
}

/// A reply.
struct DeskReply: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// Server-sent events from the ledger's size on.
    case events(after: UInt64)
  }

  var status: Int
  var headers: [(name: String, value: String)]
  var body: Body

  init(status: Int = 200, type: String, bytes: [UInt8], headers: [(name: String, value: String)] = []) {
    self.status = status
    self.headers = [(name: "content-type", value: type)] + headers
    body = .bytes(bytes)
  }

  init(events size: UInt64) {
    status = 200
    headers = [(name: "content-type", value: "text/event-stream; charset=utf-8"), (name: "cache-control", value: "no-store")]
    body = .events(after: size)
  }

  /// A JSON reply; what depends on the ledger is not kept by caches.
  static func json(_ value: JSON, status: Int = 200) -> DeskReply {
    DeskReply(
      status: status, type: "application/json; charset=utf-8", bytes: value.bytes, headers: [(name: "cache-control", value: "no-store")])
  }

  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  var bytes: [UInt8] { if case .bytes(let bytes) = body { bytes } else { [] } }
}

/// Text with its percent escapes resolved; nil where one is broken or the bytes are not UTF-8.
func percentDecoded(_ text: some StringProtocol) -> String? {
  guard text.utf8.contains(0x25) else { return String(text) }
  let bytes = Array(text.utf8)
  var out: [UInt8] = []
  var at = 0
  while at < bytes.count {
    if bytes[at] == 0x25 {
      guard at + 2 < bytes.count, let high = nibble(bytes[at + 1]), let low = nibble(bytes[at + 2]) else { return nil }
      out.append(high << 4 | low)
      at += 3
    } else {
      out.append(bytes[at])
      at += 1
    }
  }
  return String(validating: out, as: UTF8.self)
}

private func nibble(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
