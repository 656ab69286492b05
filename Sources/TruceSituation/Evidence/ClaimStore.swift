// What the ledger's entries hold, in the order of the ledger, and which claims count in a prefix of it.
internal import TruceAtlas
internal import TruceModel

/// The entries of a ledger as far as the situation needs them.
struct ClaimStore: Sendable {
  /// An entry's place in the ledger.
  struct Mark: Sendable {
    var sequence: UInt64
    var recorded: Instant

    func isIn(_ query: Query) -> Bool {
      if let size = query.size, sequence >= size { return false }
      if let known = query.known, recorded > known { return false }
      return true
    }
  }

  /// A reading of a report, in one entry or, where it is long, in several parts.
  struct Reading: Sendable {
    var id: Substring
    var parts: [(mark: Mark, claims: [ClaimID])]
    /// The reports of which the report is a copy under another name.
    var copyOf: [ReportID]
  }

  enum Act: String, Sendable { case retract, correct, merge, split, remark }

  struct Ruling: Sendable {
    var mark: Mark
    var act: Act
    var claims: [ClaimID]
    var report: ReportID?
    var with: ClaimID?
  }

  private(set) var size: UInt64 = 0
  private var marks: [Mark] = []
  private var claims: [(mark: Mark, claim: Claim)] = []
  private var claimAt: [ClaimID: Int] = [:]
  private var reports: [ReportID: [(mark: Mark, report: Report)]] = [:]
  private var readings: [ReportID: [Reading]] = [:]
  private var rulings: [Ruling] = []
  private var watchEntries: [Entry] = []
  private var watchNow = WatchIndex()
  private var malformed: [(mark: Mark, finding: Finding)] = []

  mutating func add(_ entry: Entry) {
    let mark = Mark(sequence: entry.sequence, recorded: entry.recorded)
    marks.append(mark)
    size = max(size, entry.sequence + 1)
    do throws(FormError) {
      switch entry.kind {
      case .claim: add(try Claim(json: entry.content), mark)
      case .report:
        let report = try Report(json: entry.content)
        reports[report.id, default: []].append((mark, report))
      case .reading:
        let form = try FormReader(entry.content)
        let claims = try form.list("claims") { json, path throws(FormError) in
          guard let id = json.string else { throw FormError(field: path, message: "should be a claim's id") }
          return ClaimID(id)
        }
        let copyOf = try form.list("copyOf") { json, path throws(FormError) in
          guard let id = json.string else { throw FormError(field: path, message: "should be a report's id") }
          return ReportID(id)
        }
        let report = ReportID(try form.optionalString("report") ?? entry.key)
        let part = form.value("part")?.integer ?? 0
        add(reading: entry.id.rawValue, part: part, of: report, claims, copyOf: copyOf, mark)
      case .ruling where entry.content["observations"] != nil || entry.content["ruling"] != nil:
        // Rulings on observations are the watch's.
        watchEntries.append(entry)
        watchNow.add(entry)
      case .ruling: try add(ruling: entry.content, mark)
      case .post, .checkIn, .observation:
        watchEntries.append(entry)
        watchNow.add(entry)
      case .alert, .casefile, .conflict: break
      }
    } catch {
      let message = "Entry \(entry.sequence) (\(entry.kind.rawValue) \(entry.id)) does not count: \(error)."
      malformed.append((mark, Finding(.warning, message, field: error.field, evidence: [entry.id.rawValue])))
    }
  }

  private mutating func add(_ claim: Claim, _ mark: Mark) {
    guard claimAt[claim.id] == nil else { return }
    claimAt[claim.id] = claims.count
    claims.append((mark, claim))
  }

  /// A part of a reading has the reading's id with its number behind: `reading/REPORT/DIGEST/2`.
  private mutating func add(reading id: String, part: Int, of report: ReportID, _ claims: [ClaimID], copyOf: [ReportID], _ mark: Mark) {
    var base = id[...]
    if part > 0, id.hasSuffix("/\(part)") { base = id.dropLast(String(part).count + 1) }
    if let at = readings[report]?.firstIndex(where: { $0.id == base }) {
      readings[report]![at].parts.append((mark, claims))
    } else {
      readings[report, default: []].append(Reading(id: base, parts: [(mark, claims)], copyOf: copyOf))
    }
  }

  private mutating func add(ruling: JSON, _ mark: Mark) throws(FormError) {
    let form = try FormReader(ruling)
    let word = try form.string("act")
    guard let act = Act(rawValue: word) else {
      throw FormError(field: "act", message: "'\(word)' should be one of retract, correct, merge, split, remark")
    }
    var ids = try form.list("claims") { json, path throws(FormError) in
      guard let id = json.string else { throw FormError(field: path, message: "should be a claim's id") }
      return ClaimID(id)
    }
    if let claim = try form.optionalString("claim") { ids.append(ClaimID(claim)) }
    var with = try form.optionalString("with").map { ClaimID($0) }
    if act == .correct, let corrected = form.value("corrected") {
      let claim = try Claim(json: corrected, path: "corrected")
      add(claim, mark)
      with = claim.id
    }
    rulings.append(Ruling(mark: mark, act: act, claims: ids, report: try form.optionalString("report").map { ReportID($0) }, with: with))
  }

  func claim(_ id: ClaimID) -> Claim? { claimAt[id].map { claims[$0].claim } }

  /// How many entries a query counts.
  func size(for query: Query) -> UInt64 {
    if query.known == nil, query.size == nil { return UInt64(marks.count) }
    return UInt64(marks.count { $0.isIn(query) })
  }

  func findings(for query: Query) -> [Finding] { malformed.filter { $0.mark.isIn(query) }.map(\.finding) }

  /// The watch as the prefix tells it; nil where no post, check-in or observation is in it.
  func watch(for query: Query) -> WatchIndex? {
    if watchEntries.isEmpty { return nil }
    if query.known == nil, query.size == nil { return watchNow }
    let entries = watchEntries.filter { Mark(sequence: $0.sequence, recorded: $0.recorded).isIn(query) }
    return entries.isEmpty ? nil : entries.reduce(into: WatchIndex()) { $0.add($1) }
  }

  /// The claims that count at a query: in the prefix, in their report's latest reading, said in time, not retracted.
  func facts(for query: Query, in index: CaseIndex) -> [Fact] {
    var latest: [ReportID: Set<ClaimID>] = [:]
    var originals: [ReportID: ReportID] = [:]
    for (report, list) in readings {
      guard let reading = list.last(where: { $0.parts.contains { $0.mark.isIn(query) } }) else { continue }
      latest[report] = Set(reading.parts.lazy.filter { $0.mark.isIn(query) }.flatMap(\.claims))
      if let first = reading.copyOf.filter({ reports[$0]?.contains { $0.mark.isIn(query) } ?? false }).min() { originals[report] = first }
    }
    let judged = judgements(for: query)
    var facts: [Fact] = []
    facts.reserveCapacity(claims.count)
    for (mark, claim) in claims where mark.isIn(query) {
      if judged.retracted.contains(claim.id) { continue }
      var outlet: Report?
      if let id = claim.report {
        guard latest[id]?.contains(claim.id) == true || judged.corrections.contains(claim.id) else { continue }
        if judged.retractedReports.contains(id) { continue }
        outlet = reports[id]?.first { $0.mark.isIn(query) }?.report
      }
      let said = said(claim, outlet, mark)
      if let limit = query.said, said.upperBound.milliseconds - 1 > limit.milliseconds { continue }
      var origin = index.origin(of: claim, outlet: outlet)
      // What a copy tells in its own name it has from the original.
      if origin.isOutlet, let original = claim.report.flatMap({ originals[$0] }),
        let first = reports[original]?.first(where: { $0.mark.isIn(query) })?.report
      {
        origin.key = index.key(ofOutlet: first)
      }
      if let merged = judged.merged[claim.id] { origin.key = merged }
      facts.append(
        Fact(
          claim: claim, origin: origin, sequence: mark.sequence, recorded: mark.recorded, said: said, window: window(of: claim, said: said),
          source: outlet?.source, report: name(claim, outlet, index)))
    }
    return facts
  }

  private func said(_ claim: Claim, _ outlet: Report?, _ mark: Mark) -> Range<Instant> {
    if let said = claim.said ?? outlet?.published { return said.earliest..<max(said.latest, said.earliest.adding(milliseconds: 1)) }
    let captured = outlet?.captured ?? mark.recorded
    return captured..<captured.adding(milliseconds: 1)
  }

  private func name(_ claim: Claim, _ outlet: Report?, _ index: CaseIndex) -> String {
    guard let id = claim.report else { return "entered by \(claim.enteredBy ?? "nobody")" }
    let source = outlet?.source.map { index.file.source($0)?.name ?? $0.rawValue } ?? outlet?.sourceName
    return "report \(id.rawValue.prefix(8))" + (source.map { " of \($0)" } ?? "")
  }

  /// What the rulings of a prefix come to, the later over the earlier.
  private func judgements(for query: Query) -> (
    retracted: Set<ClaimID>, retractedReports: Set<ReportID>, corrections: Set<ClaimID>, merged: [ClaimID: String]
  ) {
    var retracted: Set<ClaimID> = []
    var retractedReports: Set<ReportID> = []
    var corrections: Set<ClaimID> = []
    var merged: [ClaimID: String] = [:]
    for ruling in rulings where ruling.mark.isIn(query) {
      switch ruling.act {
      case .retract:
        retracted.formUnion(ruling.claims)
        if let report = ruling.report { retractedReports.insert(report) }
      case .correct:
        retracted.formUnion(ruling.claims)
        if let with = ruling.with {
          retracted.remove(with)
          corrections.insert(with)
        }
      case .merge:
        if let key = ruling.claims.min() { for claim in ruling.claims { merged[claim] = "merged:\(key)" } }
      case .split: for claim in ruling.claims { merged[claim] = nil }
      case .remark: break
      }
    }
    return (retracted, retractedReports, corrections, merged)
  }
}
