// --on, --known, --said and --according-to: what every query says.
import ArgumentParser
import TruceAtlas
import TruceModel
import TruceSituation

struct QueryOptions: ParsableArguments {
  @Option(help: "The day or instant asked about (default: now). A day means its end, in the case's zone.")
  var on: String?

  @Option(help: "As known then: an instant, a day, or a number of entries (default: everything recorded).")
  var known: String?

  @Option(help: "Only what had been said by then: an instant or a day (default: everything).")
  var said: String?

  @Option(help: "The rule of evidence: anyone, party:X, against-interest, third-party, both-sides, observed or best.")
  var accordingTo: String = "best"

  /// The query in a case's zone.
  func query(in case: Case, now: Instant) throws -> Query {
    guard let rule = Rule(accordingTo, in: `case`) else {
      let own = `case`.rules.map(\.id)
      throw Failure(
        "--according-to \(accordingTo): should be anyone, party:X, against-interest, third-party, both-sides, observed or best"
          + (own.isEmpty ? "" : ", or one of this case's own: \(own.joined(separator: ", "))"), .usage)
    }
    if case .party(let id) = rule, `case`.party(id) == nil {
      let parties = `case`.parties.map(\.id.rawValue).joined(separator: ", ")
      throw Failure("--according-to \(accordingTo): the case has no such party; it has \(parties)", .usage)
    }
    var query = Query(on: try on.map { try moment($0, "--on", `case`.zone) } ?? now, rule: rule)
    if let known {
      if let size = UInt64(known) { query.size = size } else { query.known = try moment(known, "--known", `case`.zone) }
    }
    query.said = try said.map { try moment($0, "--said", `case`.zone) }
    return query
  }
}

/// An instant from an option: an ISO 8601 instant with an offset, or a day, which means its last millisecond in the zone.
func moment(_ text: String, _ option: String, _ zone: Zone) throws -> Instant {
  if let day = CivilDate(text) { return zone.bounds(of: day).upperBound.adding(milliseconds: -1) }
  guard let instant = Instant(text) else {
    throw Failure(
      "\(option) \(text): should be a day such as 2020-12-01 or an instant with an offset such as 2020-12-01T06:00:00+04:00", .usage)
  }
  return instant
}
