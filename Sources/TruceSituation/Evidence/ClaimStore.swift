// What the ledger's entries hold, in the order of the ledger, and over which prefixes of it each claim counts.
internal import TruceAtlas
internal import TruceModel

/// The entries of a ledger as far as the situation needs them.
///
/// Each claim becomes a fact when it begins to count, and ceases to be one when it does not: an entry costs by the claims that it speaks
/// of, not by how many there are.
struct ClaimStore: Sendable {
  /// Whose knowledge claims are, who published them, and where they stand.
  struct Context: Mixable {
    var origin: Origin
    var source: SourceID?
    var citation: Fact.Citation

    func mix(into mixer: inout Mixer) {
      mixer.add(origin.key)
      mixer.add(UInt64(truncatingIfNeeded: citation.day.daysSinceEpoch))
    }
  }

  /// What a claim comes to while it counts.
  struct Meaning {
    /// By number.
    var context: UInt32
    var said: Range<Instant>
    var window: Range<Instant>
  }

  /// Who speaks last in some claims: whose word they are follows from that alone.
  private struct KnownSpeaker: Sendable {
    var origin: Origin
    /// What the last one of these claims came to that a person entered: mostly the next is by the same person and of the same day.
    var entered: (by: String?, day: CivilDate, context: UInt32)?
  }

  /// A reading of a report, in one entry or, where it is long, in several parts.
  private struct Reading: Sendable {
    var id: Substring
    /// By number.
    var claims: Set<UInt32>
    /// The reports of which the report is a copy under another name.
    var copyOf: Set<ReportID>
  }

  private var entries = PrefixIndex()
  private(set) var pool = ClaimPool()
  /// What every claim ever came to, in the order in which it began to count.
  private(set) var spans = ClaimSpans()
  private(set) var contexts = ClaimPool.Shared<Context>()
  private var speakers: [KnownSpeaker] = []
  /// Their numbers plus one by those of the names in the pool; 0 for none.
  private var speakerNumbers: [UInt32] = []
  private var reports: [ReportID: Report] = [:]
  private var readings: [ReportID: [Reading]] = [:]
  private var claimsOf: [ReportID: [UInt32]] = [:]
  private var copiesOf: [ReportID: Set<ReportID>] = [:]
  private var rulings = Rulings()
  private var watchEntries: [(position: UInt32, entry: Entry)] = []
  private var watchNow = WatchIndex()
  private var malformed: [(position: UInt32, finding: Finding)] = []
  /// The facts' numbers by their claims' types, of those whose numbers are checked.
  private var spansOf: [ClaimType: [UInt32]] = [:]
  /// Facts by which an agreement puts a zone under someone's control, by zone.
  private var grants: [PlaceID: [Int]] = [:]
  /// The facts of control by place.
  private(set) var control: ControlTable

  init(_ index: CaseIndex) { control = ControlTable(index) }

  /// How many entries were taken in.
  var size: UInt64 { entries.size }

  /// How much of what was taken in a query counts.
  func prefix(for query: Query) -> Prefix {
    var prefix = entries.prefix(for: query)
    prefix.spans = spans.count(in: prefix.entries, of: entries.count)
    return prefix
  }

  mutating func add(_ entry: Entry, in index: CaseIndex) {
    let position = entries.add(entry.sequence, entry.recorded)
    do throws(FormError) {
      switch entry.kind {
      case .claim: add(try Claim(json: entry.content), in: index)
      case .report:
        let report = try Report(json: entry.content)
        guard reports[report.id] == nil else { break }
        reports[report.id] = report
        let affected = copiesOf[report.id, default: []].union([report.id]).flatMap { claimsOf[$0] ?? [] }
        for claim in affected { derive(Int(claim), in: index) }
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
    add(claim, in: index)
  }

  private mutating func add(_ claim: Claim, in index: CaseIndex) {
    let number = spans.register(claim.id)
    guard spans.place(of: number) == nil else { return }
    let (start, name) = pool.add(claim)
    let speaker = name.map { register(speaker: Int($0), of: claim, in: index) }
    precondition(start < Int(UInt32.max), "Claims of more than four thousand million bytes do not fit into one index")
    if let report = claim.report { claimsOf[report, default: []].append(UInt32(number)) }
    derive(number, claim, at: (start, entries.count - 1), speaker, in: index)
  }

  /// The number of a claim's last speaker.
  private mutating func register(speaker name: Int, of claim: Claim, in index: CaseIndex) -> Int {
    while speakerNumbers.count <= name { speakerNumbers.append(0) }
    if speakerNumbers[name] == 0 {
      speakers.append(KnownSpeaker(origin: index.origin(of: claim, outlet: nil)))
      speakerNumbers[name] = UInt32(speakers.count)
    }
    return Int(speakerNumbers[name]) - 1
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
    let named = Set(ids.map { UInt32(spans.register($0)) })
    if let at = readings[report]?.firstIndex(where: { $0.id == base }) {
      readings[report]![at].claims.formUnion(named)
    } else {
      readings[report, default: []].append(Reading(id: base, claims: named, copyOf: Set(originals)))
    }
    for original in originals { copiesOf[original, default: []].insert(report) }
    for claim in before.union(named).union(claimsOf[report] ?? []).sorted() { derive(Int(claim), in: index) }
  }

  private mutating func add(ruling entry: Entry, in index: CaseIndex) throws(FormError) {
    let form = try FormReader(entry.content)
    let ruling = try Rulings.Ruling(form)
    if let corrected = ruling.corrected { add(corrected, in: index) }
    rulings.add(ruling)
    var affected = Set((ruling.claims + [ruling.with].compactMap { $0 }).compactMap { spans.ids.number(of: $0) })
    if let report = ruling.report { affected.formUnion((claimsOf[report] ?? []).map { Int($0) }) }
    for claim in affected.sorted() { derive(claim, in: index) }
  }

  // MARK: - Facts

  /// Sets what a claim comes to from the newest entry on, where it was told.
  private mutating func derive(_ number: Int, in index: CaseIndex) {
    if let place = spans.place(of: number) { derive(number, claim(number, at: place.start), at: place, nil, in: index) }
  }

  /// - Parameters:
  ///   - place: where it begins in the pool, and by which entry it was told.
  ///   - speaker: its last speaker, where that is known already.
  private mutating func derive(_ number: Int, _ claim: Claim, at place: ClaimSpans.Place, _ speaker: Int?, in index: CaseIndex) {
    let new = meaning(of: claim, number, told: place.entry, speaker, in: index)
    let position = entries.count - 1
    if let open = spans.open(of: number) {
      let span = spans[open]
      let said = Instant(milliseconds: span.saidFrom)..<Instant(milliseconds: span.saidUntil)
      if let new, new.said == said, new.context == span.context { return }
      spans.close(open, until: position)
      control.close(claim, window(of: claim, said: said), span: open, context: span.context, until: position, in: index)
    }
    guard let new else { return spans.wait(number, at: place) }
    let span = spans.open(number, at: place, context: new.context, from: position, said: new.said)
    if EventFold.counts(claim.type) { spansOf[claim.type, default: []].append(UInt32(span)) }
    for zone in index.zonesGranted(by: claim) { grants[zone, default: []].append(span) }
    control.open(claim, new, contexts.values, span: span, from: position, in: index, &spans)
  }

  /// What a claim comes to by the entries so far; nil where it does not count.
  private mutating func meaning(of claim: Claim, _ number: Int, told: UInt32, _ speaker: Int?, in index: CaseIndex) -> Meaning? {
    if rulings.retracted.contains(claim.id) { return nil }
    var outlet: Report?
    if let id = claim.report {
      guard readings[id]?.last?.claims.contains(UInt32(number)) == true || rulings.corrections.contains(claim.id) else { return nil }
      if rulings.retractedReports.contains(id) { return nil }
      outlet = reports[id]
    }
    let said = said(claim, outlet, entries.recorded(told))
    let window = window(of: claim, said: said)
    let day = index.file.zone.day(at: outlet?.published?.earliest ?? said.lowerBound)
    let merged = rulings.merged[claim.id]
    let isEntered = claim.report == nil && merged == nil
    if isEntered, let speaker, let last = speakers[speaker].entered, last.day == day, last.by == claim.enteredBy {
      return Meaning(context: last.context, said: said, window: window)
    }
    var origin = speaker.map { speakers[$0].origin } ?? index.origin(of: claim, outlet: outlet)
    // What a copy tells in its own name it has from the original.
    if origin.isOutlet, let id = claim.report, let first = readings[id]?.last?.copyOf.filter({ reports[$0] != nil }).min() {
      origin.key = index.key(ofOutlet: reports[first]!)
    }
    if let merged { origin.key = merged }
    let citation = Fact.Citation(publisher: publisher(of: claim, outlet, index), day: day)
    let context = contexts.number(of: Context(origin: origin, source: outlet?.source, citation: citation))
    if isEntered, let speaker { speakers[speaker].entered = (claim.enteredBy, day, context) }
    return Meaning(context: context, said: said, window: window)
  }

  private func fact(_ claim: Claim, _ number: Int) -> Fact {
    let span = spans[number]
    let context = contexts.values[Int(span.context)]
    let said = Instant(milliseconds: span.saidFrom)..<Instant(milliseconds: span.saidUntil)
    return Fact(
      claim: claim, origin: context.origin, recorded: entries.recorded(spans.place(of: Int(span.claim))!.entry), said: said,
      window: window(of: claim, said: said), source: context.source, citation: context.citation)
  }

  private func said(_ claim: Claim, _ outlet: Report?, _ recorded: Instant) -> Range<Instant> {
    // Its parts by themselves: to unwrap it would be to copy it.
    func window(_ begin: Range<Instant>, _ end: Range<Instant>?) -> Range<Instant> {
      begin.lowerBound..<max((end ?? begin).upperBound, begin.lowerBound.adding(milliseconds: 1))
    }
    if let begin = claim.said?.begin { return window(begin, claim.said?.end) }
    if let published = outlet?.published { return window(published.begin, published.end) }
    let captured = outlet?.captured ?? recorded
    return captured..<captured.adding(milliseconds: 1)
  }

  private func publisher(of claim: Claim, _ outlet: Report?, _ index: CaseIndex) -> String {
    guard let id = claim.report else { return "entered by " + (claim.enteredBy ?? "nobody") }
    let name = outlet?.source.map { index.file.source($0)?.name ?? $0.rawValue } ?? outlet?.sourceName
    return name ?? "report \(id.rawValue.prefix(8))"
  }

  // MARK: - Questions

  func claim(_ id: ClaimID) -> Claim? {
    guard let number = spans.ids.number(of: id), let place = spans.place(of: number) else { return nil }
    return claim(number, at: place.start)
  }

  private func claim(_ number: Int, at start: Int) -> Claim { pool.reader.claim(at: start, id: spans.ids.id(number)) }

  /// A claim with what it comes to, put together again.
  func fact(_ span: Int) -> Fact { fact(claim(spans.claim(of: span), at: spans.start(of: span)), span) }

  /// The claims that count: in the prefix, in their report's latest reading, said in time, not retracted.
  func facts(in prefix: Prefix) -> [Fact] { (0..<prefix.spans).lazy.filter { spans.counts($0, in: prefix) }.map { fact($0) } }

  /// The same, of some of the types whose numbers are checked.
  func facts(in prefix: Prefix, of types: Set<ClaimType>) -> [Fact] {
    types.flatMap { spansOf[$0] ?? [] }.sorted().lazy.map { Int($0) }.filter { spans.counts($0, in: prefix) }.map { fact($0) }
  }

  /// The facts by which an agreement puts a zone under someone's control.
  func grants(of zone: PlaceID, in prefix: Prefix) -> [Fact] {
    (grants[zone] ?? []).lazy.filter { spans.counts($0, in: prefix) }.map { fact($0) }
  }

  /// The zones of which entries from one position on up to another say that an agreement puts them under someone's control.
  func zonesGranted(from first: UInt32, until last: UInt32) -> Set<PlaceID> {
    Set(grants.filter { $0.value.contains { spans.isTouched($0, by: first..<last) } }.keys)
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

  /// The bytes that grow with the claims, with what is kept free to grow: the claims themselves, their ids, when each counts, and the entries'
  /// moments. What claims share (names, words, days, publishers) is not among them.
  var storageBytes: Int {
    pool.storageBytes + spans.storageBytes + spansOf.values.reduce(0) { $0 + $1.capacity * 4 } + entries.storageBytes
  }
}
