// The parameters `on`, `known`, `said` and `according-to` of a request, read strictly.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

extension Query {
  /// A query from a request's parameters.
  ///
  /// A bare date means its whole day in the case's zone, that is the end of it; `known` may also be a number of entries.
  init(_ parameters: [String: String], case file: Case, now: Instant) throws(Problem) {
    func instant(_ name: String) throws(Problem) -> Instant? {
      guard let text = parameters[name], !text.isEmpty, text != "now" else { return nil }
      if let day = CivilDate(text) { return file.zone.bounds(of: day).upperBound.adding(milliseconds: -1) }
      if let moment = Instant(text) { return moment }
      throw Problem(
        400, "The parameter '\(name)' is '\(text)'; it should be a date such as 2020-12-01 or an instant such as 2020-12-01T06:30:00+04:00."
      )
    }
    var size: UInt64?
    var known: Instant?
    if let text = parameters["known"], !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard let count = UInt64(text) else { throw Problem(400, "The parameter 'known' counts more entries than any ledger holds.") }
      size = count
    } else {
      known = try instant("known")
    }
    let name = parameters["according-to"] ?? "best"
    guard let rule = Rule(name.isEmpty ? "best" : name, in: file) else {
      throw Problem(
        400,
        "The parameter 'according-to' is '\(name)'; it should be best, anyone, party:ID, against-interest, third-party, both-sides or observed."
      )
    }
    if case .party(let id) = rule, file.party(id) == nil {
      throw Problem(400, "The case has no party '\(id)'; it has \(file.parties.map(\.id.rawValue).joined(separator: ", ")).")
    }
    self.init(on: try instant("on") ?? now, known: known, size: size, said: try instant("said"), rule: rule)
  }
}
