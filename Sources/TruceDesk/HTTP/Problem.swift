// Errors over HTTP: problem documents (RFC 9457), made here and nowhere else.
internal import TruceModel

/// What went wrong with a request, for the client to show.
struct Problem: Error, Sendable {
  var status: Int
  var detail: String
  var findings: [Finding] = []

  init(_ status: Int, _ detail: String, findings: [Finding] = []) {
    self.status = status
    self.detail = detail
    self.findings = findings
  }

  /// The problem of an error that something threw: what the sender can mend is said, anything else stays in the log.
  init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let refusal as DeskRefusal: self.init(422, refusal.message, findings: refusal.findings)
    default: self.init(500, "The desk could not answer this. The server's log says why.")
    }
  }

  var title: String {
    switch status {
    case 400: "Bad request"
    case 403: "Forbidden"
    case 404: "Not found"
    case 405: "Method not allowed"
    case 413: "Too large"
    case 415: "Unsupported media type"
    case 421: "Misdirected request"
    case 422: "Cannot be read"
    default: "Internal error"
    }
  }

  /// The document, `application/problem+json`.
  var reply: DeskReply {
    let findings = findings.map { finding in
      JSON.compact([
        "severity": JSON(finding.severity.rawValue), "message": JSON(finding.message), "line": finding.line.map { JSON($0) },
        "column": finding.column.map { JSON($0) }, "field": finding.field.map { JSON($0) },
      ])
    }
    let document = JSON.compact([
      "type": "about:blank", "title": JSON(title), "status": JSON(status), "detail": JSON(detail),
      "findings": findings.isEmpty ? nil : .array(findings),
    ])
    return DeskReply(
      status: status, type: "application/problem+json; charset=utf-8", bytes: document.bytes,
      headers: [(name: "cache-control", value: "no-store")])
  }
}
