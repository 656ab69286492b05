// The watch for a terminal: the posts' board, observed incidents, coverage and alerts, each number with what it has to be read with.
public import TruceModel
public import TruceSituation

/// The posts' board: a line a post, the worst first, and the last day's coverage.
///
/// - Parameters:
///   - now: the ledger's clock; times are told from it.
///   - zone: in which times of day are shown.
public func boardText(
  _ board: [PostStatus], coverage: [CoverageReport], now: Instant, zone: Zone, width: Int, colour: Bool
) -> String {
  var table = Table(headings: ["post", "stands", "since", "last heard", "next due", "watches", "remarks"])
  let order: [PostWord] = [.silent, .overdue, .due, .onWatch, .open, .stoodDown, .closed]
  let sorted = board.sorted { (order.firstIndex(of: $0.word)!, $0.post) < (order.firstIndex(of: $1.word)!, $1.post) }
  for post in sorted {
    var remarks: [String] = []
    if post.missed > 0 { remarks.append("\(post.missed) missed") }
    if let link = post.link { remarks.append("link \(link)") }
    if !post.missingNumbers.isEmpty {
      remarks.append(
        "records "
          + post.missingNumbers.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ", ")
          + " not here")
    }
    if post.clockMinutes != 0 { remarks.append("clock \(post.clockMinutes > 0 ? "behind" : "ahead") \(abs(post.clockMinutes)) min") }
    if !post.restrictions.isEmpty { remarks.append(Set(post.restrictions.map(\.kind.rawValue)).sorted().joined(separator: ", ")) }
    let ink: Ink =
      switch post.word {
      case .silent, .overdue: .bad
      case .due: .warning
      case .onWatch: .good
      default: .faint
      }
    table.rows.append([
      Cell(post.name.map { "\(post.post) \($0)" } ?? post.post.rawValue, .strong), Cell(post.word.rawValue, ink),
      Cell(post.since.map { ago($0, now) } ?? ""), Cell(post.lastArrival.map { ago($0, now) } ?? "never"),
      Cell(post.nextDue.map { "\(clock($0, zone)), \(ahead($0, now))" } ?? ""), Cell(post.stretches.map(words).joined(separator: ", ")),
      Cell(remarks.joined(separator: "; ")),
    ])
  }
  var counts: [String] = []
  for word in order {
    let count = board.count { $0.word == word }
    if count > 0 { counts.append("\(count) \(word.rawValue)") }
  }
  var text = Ink.strong.paint("Posts", colour: colour) + "  " + (counts.isEmpty ? "none" : counts.joined(separator: ", ")) + "\n"
  if !board.isEmpty { text += table.render(width: width, colour: colour) }
  return text + "  " + (coverage.isEmpty ? "no post is charged with a stretch of a line" : "last day: " + CoverageReport.words(coverage))
    + "\n"
}

/// What observers saw and heard, counted by declared rules, with the coverage and the rate.
public func observedIncidentsText(
  _ incidents: [Incident], count: IncidentCount, kinds: [IncidentKind], rate: ClosedRange<Double>?, coverage: [CoverageReport],
  in window: Range<Instant>,
  zone: Zone,
  width: Int, colour: Bool
) -> String {
  var table = Table(headings: ["when", "where", "what", "how many", "observers", "joined because"])
  for incident in incidents {
    let doubt = incident.merges.contains { !$0.isCertain } ? " (in doubt)" : ""
    let reasons = incident.merges.map(\.reason)
    table.rows.append([
      Cell(stamp(incident.window.lowerBound, zone)), Cell(incident.stretch.map(words) ?? incident.place?.rawValue ?? ""),
      Cell(
        (incident.what?.rawValue ?? "incident") + (incident.assessment.map { ", \($0.rawValue)" } ?? "")
          + (incident.isSummary ? " (summary)" : "")),
      Cell("\(incident.count)"), Cell(incident.observers.joined(separator: ", ")), Cell((reasons.first ?? "") + doubt, .faint),
    ])
  }
  let span = "\(stamp(window.lowerBound, zone)) to \(stamp(window.upperBound, zone))"
  var text = Ink.strong.paint("Observed", colour: colour) + "  incidents: \(count); \(span)\n"
  if !incidents.isEmpty { text += table.render(width: width, colour: colour) }
  if kinds.count > 1 {
    var byKind = Table(headings: ["kind", "incidents", "how many in them"], numeric: [1, 2])
    for kind in kinds { byKind.rows.append([Cell(kind.name), Cell(kind.count.words), Cell("\(kind.things)")]) }
    text += "\n" + byKind.render(width: width, colour: colour)
  }
  return text + "  " + rateWords(rate) + CoverageReport.words(coverage) + "\n"
}

/// So many for each watched kilometre-day, in words that end with a semicolon.
func rateWords(_ rate: ClosedRange<Double>?) -> String {
  guard let rate else { return "no rate, for nothing was watched; " }
  func number(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
  let text = rate.lowerBound == rate.upperBound ? number(rate.lowerBound) : "\(number(rate.lowerBound)) to \(number(rate.upperBound))"
  return "\(text) for each watched kilometre-day; "
}

/// How much of each line was watched, by post, and its longest gaps with why.
public func coverageText(_ reports: [CoverageReport], zone: Zone, width: Int, colour: Bool, gaps most: Int = 12) -> String {
  var text = ""
  for report in reports {
    text += Ink.strong.paint(report.line.rawValue, colour: colour) + "  \(stamp(report.from, zone)) to \(stamp(report.until, zone))\n"
    text += "  \(report.words)\n"
    var posts = Table(headings: ["post", "watched km·h", "of", "share"], numeric: [1, 2, 3])
    for share in report.posts {
      let percent = share.chargedKmHours > 0 ? Int((share.watchedKmHours / share.chargedKmHours * 100).rounded(.down)) : 0
      posts.rows.append([
        Cell(share.post.rawValue), Cell("\(Int(share.watchedKmHours.rounded()))"), Cell("\(Int(share.chargedKmHours.rounded()))"),
        Cell("\(percent) %"),
      ])
    }
    if !posts.rows.isEmpty { text += posts.render(width: width, colour: colour) }
    var gaps = Table(headings: ["not watched", "since", "until", "why"])
    let largest = report.gaps.sorted { ($1.kmHours, $0.since, $0.fromKm) < ($0.kmHours, $1.since, $1.fromKm) }
    for gap in largest.prefix(most) {
      gaps.rows.append([
        Cell("km \(short(gap.fromKm))-\(short(gap.toKm))"), Cell(stamp(gap.since, zone)), Cell(stamp(gap.until, zone)),
        Cell(gap.word.rawValue, gap.word == .silent ? .bad : .plain),
      ])
    }
    if !gaps.rows.isEmpty { text += gaps.render(width: width, colour: colour) }
    if largest.count > most { text += "  and \(largest.count - most) smaller gaps; --json lists them all\n" }
  }
  return reports.isEmpty ? "No post is charged with a stretch of a line.\n" : text
}

/// What moved against zones, in the order of time.
public func zoneEventsText(_ events: [ZoneEvent], zones: [PlaceID], zone: Zone, width: Int, colour: Bool) -> String {
  guard !zones.isEmpty else { return "The case has no corridor and no zone.\n" }
  let names = zones.map(\.rawValue).joined(separator: ", ")
  guard !events.isEmpty else { return "Nothing that moved was reported against \(names).\n" }
  var table = Table(headings: ["when", "track", "what", "told by"])
  for event in events {
    let ink: Ink = event.word == .inside ? .bad : event.word == .tooClose ? .warning : .plain
    table.rows.append([
      Cell(stamp(event.at, zone)), Cell(event.track == event.fix.rawValue ? "" : event.track, .strong), Cell(event.words, ink),
      Cell(String(event.fix.rawValue.prefix(12)), .faint),
    ])
  }
  return Ink.strong.paint("Against zones", colour: colour) + "  \(names)\n" + table.render(width: width, colour: colour)
}

/// Alerts, the gravest first.
public func alertsText(_ alerts: [AlertState], now: Instant, zone: Zone, width: Int, colour: Bool, most: Int = 200) -> String {
  guard !alerts.isEmpty else { return "No alerts.\n" }
  var table = Table(headings: ["alert", "stands", "opened", "what", "who"])
  let sorted = alerts.sorted {
    ($1.opened.severity ?? .moderate, $1.opened.at, $0.id) < ($0.opened.severity ?? .moderate, $0.opened.at, $1.id)
  }
  for alert in sorted.prefix(most) {
    let word = alert.word(at: now)
    var who: [String] = []
    if let name = alert.acknowledgedBy { who.append("acknowledged by \(name)") }
    if let until = alert.silencedUntil, until > now { who.append("silent until \(clock(until, zone))") }
    if alert.level > 0 { who.append("level \(alert.level)") }
    if alert.opened.inhibitedBy != nil { who.append("told by its link's") }
    table.rows.append([
      Cell(String(alert.id.rawValue.prefix(8)), .faint), Cell(word.rawValue, word == .open ? .bad : word == .resolved ? .faint : .warning),
      Cell(stamp(alert.opened.at, zone)),
      Cell(local(alert.opened.message ?? "", zone), alert.opened.severity == .severe ? .strong : .plain),
      Cell(who.joined(separator: ", ")),
    ])
  }
  var text = table.render(width: width, colour: colour)
  if sorted.count > most { text += "  and \(sorted.count - most) more\n" }
  return text
}

/// A message with its instants, which are in UTC, as times of the zone.
private func local(_ message: String, _ zone: Zone) -> String {
  message.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
    let mark = word.last == "," || word.last == "." ? String(word.suffix(1)) : ""
    guard word.utf8.count >= 20, let moment = Instant(String(word.dropLast(mark.count))) else { return String(word) }
    return stamp(moment, zone) + mark
  }
  .joined(separator: " ")
}

private func words(_ stretch: LineStretch) -> String { "\(stretch.line) km \(short(stretch.fromKm))-\(short(stretch.toKm))" }
private func short(_ km: Double) -> String { String(decoding: JSON.number((km * 10).rounded() / 10).bytes, as: UTF8.self) }
private func stamp(_ moment: Instant, _ zone: Zone) -> String { String(zone.text(moment).prefix(16).map { $0 == "T" ? " " : $0 }) }
private func clock(_ moment: Instant, _ zone: Zone) -> String { String(zone.text(moment).dropFirst(11).prefix(5)) }

/// How long ago, in the largest unit that tells enough.
private func ago(_ moment: Instant, _ now: Instant) -> String {
  let seconds = (now.milliseconds - moment.milliseconds) / 1000
  return seconds < 0 ? ahead(moment, now) : "\(span(seconds)) ago"
}

private func ahead(_ moment: Instant, _ now: Instant) -> String {
  let seconds = (moment.milliseconds - now.milliseconds) / 1000
  return seconds < 0 ? ago(moment, now) : "in \(span(seconds))"
}

private func span(_ seconds: Int64) -> String {
  switch seconds {
  case ..<60: "\(seconds) s"
  case ..<3600: "\(seconds / 60) min"
  case ..<172_800: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  default: "\(seconds / 86_400) d"
  }
}
