// What the ledger's entries hold, in the order of the ledger, and over which prefixes of it each claim counts.
internal import TruceAtlas
internal import TruceModel

/// The entries of a ledger as far as the situation needs them.
///
/// Each claim becomes a fact when it begins to count, and ceases to be one when it does not: an entry costs by the claims that it speaks
/// of, not by how many there are.
struct ClaimStore: Sendable {
  /// A claim's fact over the prefixes in which it counts: those of more than `from` entries, and of at most `until`.
  struct Span: Sendable {
    var fact: Fact
    var from: UInt32
    var until: UInt32

    func counts(in prefix: Prefix) -> Bool {
      from < prefix.entries && prefix.entries <= until && prefix.hears(fact.said.upperBound.milliseconds)
    }
  }

  private struct Told: Sendable {
    var claim: Claim
    var recorded: Instant
    /// Its span that counts now; -1 for none.
    var open: Int32 = -1
  }

  /// A reading of a report, in one entry or, where it is long, in several parts.
  private struct Reading: Sendable {
    var id: Substring
    var claims: Set<ClaimID>
    /// The reports of which the report is a copy under another name.
    var copyOf: Set<ReportID>
  }

  private var entries = PrefixIndex()
  private var claims: [Told] = []
  private var claimAt: [ClaimID: Int] = [:]
  private var reports: [ReportID: Report] = [:]
  private var readings: [ReportID: [Reading]] = [:]
  private var claimsOf: [ReportID: [Int]] = [:]
  private var copiesOf: [ReportID: Set<ReportID>] = [:]
  private var rulings = Rulings()
  private var watchEntries: [(position: UInt32, entry: Entry)] = []
  private var watchNow = WatchIndex()
  private var malformed: [(position: UInt32, finding: Finding)] = []
  /// Every fact that ever counted, in the order in which it began to.
  private(set) var spans: [Span] = []
  /// Facts by which an agreement puts a zone under someone's control, by zone.
  private var grants: [PlaceID: [Int]] = [:]
  /// What each origin says of each place.
  private(set) var voices = VoiceBook()
  /// The facts of control by place.
  private(set) var control: ControlTable

  init(_ index: CaseIndex) { control = ControlTable(index) }

  /// How many entries were taken in.
  var size: UInt64 { entries.size }

  /// How much of what was taken in a query counts.
  func prefix(for query: Query) -> Prefix { entries.prefix(for: query) }

  mutating func add(_ entry: Entry, in index: CaseIndex) {
    let position = entries.add(entry.sequence, entry.recorded)
    do throws(FormError) {
      switch entry.kind {
      case .claim: add(try Claim(json: entry.content), recorded: entry.recorded, in: index)
      case .report:
        let report = try Report(json: entry.content)
        guard reports[report.id] == nil else { break }
        reports[report.id] = report
        let affected = copiesOf[report.id, default: []].union([report.id]).flatMap { claimsOf[$0] ?? [] }
        for claim in affected { derive(claim, in: index) }
      case .reading: try add(reading: entry, in: index)
      case .ruling where entry.content["observations"] != nil || entry.content["ruling"] != nil:
        // Rulings on observations are the watch's.
        watchEntries.append((position, entry))
        watchNow.add(entry)
      case .ruling: try add(ruling: entry, in: index)
      case .post, .checkIn, .observation:
        watchEntries.append((position, entry))
        watchNow.add(entry)
      case .alert, .casefile, .conflict: break
      }
    } catch {
      let message = "Entry \(entry.sequence) (\(entry.kind.rawValue) \(entry.id)) does not count: \(error)."
      malformed.append((position, Finding(.warning, message, field: error.field, evidence: [entry.id.rawValue])))
    }
  }

  /// Takes in a claim without its entry's JSON form.
  mutating func add(_ claim: Claim, sequence: UInt64, recorded: Instant, in index: CaseIndex) {
    _ = entries.add(sequence, recorded)
    add(claim, recorded: recorded, in: index)
  }

  private mutating func add(_ claim: Claim, recorded: Instant, in index: CaseIndex) {
    guard claimAt[claim.id] == nil else { return }
    let number = claims.count
    claimAt[claim.id] = number
    claims.append(Told(claim: claim, recorded: recorded))
    if let report = claim.report { claimsOf[report, default: []].append(number) }
    derive(number, in: index)
  }

  /// A part of a reading has the reading's id with its number behind: `reading/REPORT/DIGEST/2`.
  private mutating func add(reading entry: Entry, in index: CaseIndex) throws(FormError) {
    let form = try FormReader(entry.content)
    let ids = try form.list("claims") { json, path throws(FormError) in
      guard let id = json.string else { throw FormError(field: path, message: "should be a claim's id") }
      return ClaimID(id)
    }
    let originals = try form.list("copyOf") { json, path throws(FormError) in
      guard let id = json.string else { throw FormError(field: path, message: "should be a report's id") }
      return ReportID(id)
    }
    let report = ReportID(try form.optionalString("report") ?? entry.key)
    let part = form.value("part")?.integer ?? 0
    var base = entry.id.rawValue[...]
    if part > 0, base.hasSuffix("/\(part)") { base = base.dropLast(String(part).count + 1) }
    let before = readings[report]?.last?.claims ?? []
    if let at = readings[report]?.firstIndex(where: { $0.id == base }) {
      readings[report]![at].claims.formUnion(ids)
    } else {
      readings[report, default: []].append(Reading(id: base, claims: Set(ids), copyOf: Set(originals)))
    }
    for original in originals { copiesOf[original, default: []].insert(report) }
    let affected = before.union(ids).compactMap { claimAt[$0] } + (claimsOf[report] ?? [])
    for claim in Set(affected).sorted() { derive(claim, in: index) }
  }

  private mutating func add(ruling entry: Entry, in index: CaseIndex) throws(FormError) {
    let form = try FormReader(entry.content)
    let ruling = try Rulings.Ruling(form)
    if let corrected = ruling.corrected { add(corrected, recorded: entry.recorded, in: index) }
    rulings.add(ruling)
    var affected = (ruling.claims + [ruling.with].compactMap { $0 }).compactMap { claimAt[$0] }
    if let report = ruling.report { affected += claimsOf[report] ?? [] }
    for claim in Set(affected).sorted() { derive(claim, in: index) }
  }

  // MARK: - Facts

  /// Sets what a claim comes to from the newest entry on.
  private mutating func derive(_ number: Int, in index: CaseIndex) {
    let new = fact(number, in: index)
    let open = Int(claims[number].open)
    if open >= 0 {
      if let new, new.isSame(as: spans[open].fact) { return }
      spans[open].until = entries.count - 1
      control.close(open, of: spans, until: entries.count - 1, in: index)
      voices.close(open, of: spans, at: entries.count - 1, in: index)
      claims[number].open = -1
    }
    guard let new else { return }
    claims[number].open = Int32(spans.count)
    spans.append(Span(fact: new, from: entries.count - 1, until: .max))
    for zone in index.zonesGranted(by: new) { grants[zone, default: []].append(spans.count - 1) }
    control.open(spans.count - 1, of: spans, from: entries.count - 1, in: index)
    voices.open(spans.count - 1, of: spans, from: entries.count - 1, in: index)
  }

  /// What a claim comes to by the entries so far; nil where it does not count.
  private func fact(_ number: Int, in index: CaseIndex) -> Fact? {
    let claim = claims[number].claim
    if rulings.retracted.contains(claim.id) { return nil }
    var outlet: Report?
    if let id = claim.report {
      guard readings[id]?.last?.claims.contains(claim.id) == true || rulings.corrections.contains(claim.id) else { return nil }
      if rulings.retractedReports.contains(id) { return nil }
      outlet = reports[id]
    }
    let said = said(claim, outlet, claims[number].recorded)
    var origin = index.origin(of: claim, outlet: outlet)
    // What a copy tells in its own name it has from the original.
    if origin.isOutlet, let id = claim.report, let first = readings[id]?.last?.copyOf.filter({ reports[$0] != nil }).min() {
      origin.key = index.key(ofOutlet: reports[first]!)
    }
    if let merged = rulings.merged[claim.id] { origin.key = merged }
    return Fact(
      claim: claim, origin: origin, recorded: claims[number].recorded, said: said, window: window(of: claim, said: said),
      source: outlet?.source, citation: citation(claim, outlet, said, index))
  }

  private func said(_ claim: Claim, _ outlet: Report?, _ recorded: Instant) -> Range<Instant> {
    if let said = claim.said ?? outlet?.published { return said.earliest..<max(said.latest, said.earliest.adding(milliseconds: 1)) }
    let captured = outlet?.captured ?? recorded
    return captured..<captured.adding(milliseconds: 1)
  }

  private func citation(_ claim: Claim, _ outlet: Report?, _ said: Range<Instant>, _ index: CaseIndex) -> Fact.Citation {
    let day = index.file.zone.day(at: outlet?.published?.earliest ?? said.lowerBound)
    guard let id = claim.report else { return Fact.Citation(publisher: "entered by \(claim.enteredBy ?? "nobody")", day: day) }
    let name = outlet?.source.map { index.file.source($0)?.name ?? $0.rawValue } ?? outlet?.sourceName
    return Fact.Citation(publisher: name ?? "report \(id.rawValue.prefix(8))", day: day)
  }

  // MARK: - Questions

  func claim(_ id: ClaimID) -> Claim? { claimAt[id].map { claims[$0].claim } }

  /// The claims that count: in the prefix, in their report's latest reading, said in time, not retracted.
  func facts(in prefix: Prefix) -> [Fact] { spans.lazy.filter { $0.counts(in: prefix) }.map(\.fact) }

  /// The facts by which an agreement puts a zone under someone's control.
  func grants(of zone: PlaceID, in prefix: Prefix) -> [Fact] {
    (grants[zone] ?? []).lazy.map { spans[$0] }.filter { $0.counts(in: prefix) }.map(\.fact)
  }

  /// The zones of which entries from one position on up to another say that an agreement puts them under someone's control.
  func zonesGranted(from first: UInt32, until last: UInt32) -> Set<PlaceID> {
    Set(grants.filter { $0.value.contains { first..<last ~= spans[$0].from || first..<last ~= spans[$0].until } }.keys)
  }

  func findings(in prefix: Prefix) -> [Finding] { malformed.filter { $0.position < prefix.entries }.map(\.finding) }

  /// The watch as a query knows it; nil where it knows of none.
  func watch(for query: Query) -> WatchIndex? { watch(in: prefix(for: query)) }

  /// The watch as the prefix tells it; nil where no post, check-in or observation is in it.
  func watch(in prefix: Prefix) -> WatchIndex? {
    if watchEntries.isEmpty { return nil }
    if prefix.entries == entries.count { return watchNow }
    let counted = watchEntries.prefix { $0.position < prefix.entries }
    return counted.isEmpty ? nil : counted.reduce(into: WatchIndex()) { $0.add($1.entry) }
  }
}
