// Who may ask at all: the Host and Origin checks, and the headers that every reply carries.
internal import TruceModel

/// The check in front of every route.
struct Gate: Sendable {
  /// Host names by which the desk answers, in lower case, without ports.
  let hosts: Set<String>

  /// The headers that keep a browser from doing what the desk's pages never ask for.
  static let headers: [(name: String, value: String)] = [
    (
      name: "content-security-policy",
      value: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    (name: "x-content-type-options", value: "nosniff"), (name: "referrer-policy", value: "no-referrer"),
    (name: "cross-origin-opener-policy", value: "same-origin"), (name: "cross-origin-resource-policy", value: "same-origin"),
  ]

  /// A gate for the address to which the server is bound and any further names.
  init(boundTo host: String, hosts: [String] = []) {
    self.hosts = Set((["localhost", "127.0.0.1", "::1", host] + hosts).map { $0.lowercased() })
  }

  /// Refuses a name that is not ours (DNS rebinding) and a change that another site's page asks for.
  func check(_ request: DeskRequest) throws(Problem) {
    guard let host = request.headers["host"] else { throw Problem(400, "The request has no Host header.") }
    guard hosts.contains(Gate.name(ofHost: host)) else {
      throw Problem(421, "The desk does not answer by the name '\(host)'. Start it with that name to allow it.")
    }
    guard request.method != "GET", request.method != "HEAD" else { return }
    if let origin = request.headers["origin"] {
      let parts = origin.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
      guard parts.count == 2, parts[1].lowercased() == host.lowercased() else {
        throw Problem(403, "A page of another site may not change the ledger.")
      }
    } else if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" {
      throw Problem(403, "A page of another site may not change the ledger.")
    }
  }

  /// The name in a Host header, without its port: `[::1]:8080` gives `::1`.
  static func name(ofHost header: String) -> String {
    let text = header.lowercased()
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") { return String(text[text.index(after: text.startIndex)..<end]) }
    guard let colon = text.lastIndex(of: ":") else { return text }
    return String(text[..<colon])
  }
}
