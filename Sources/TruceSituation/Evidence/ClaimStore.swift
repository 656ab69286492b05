// What the ledger's entries hold, in the order of the ledger, and over which prefixes of it each claim counts.
internal import TruceAtlas
internal import TruceModel

/// The entries of a ledger as far as the situation needs them.
///
/// Each claim becomes a fact when it begins to count, and ceases to be one when it does not: an entry costs by the claims that it speaks
/// of, not by how many there are.
struct ClaimStore: Sendable {
  /// What a claim comes to over the prefixes in which it counts: those of more than `from` entries, and of at most `until`.
  struct Span: Sendable {
    /// The claim, and its context, by number.
    var claim: UInt32
    var context: UInt32
    var from: UInt32
    var until: UInt32
    /// When it was said, milliseconds, the end exclusive.
    var saidFrom: Int64
    var saidUntil: Int64

    func counts(in prefix: Prefix) -> Bool { from < prefix.entries && prefix.entries <= until && prefix.hears(saidUntil) }
  }

  /// Whose knowledge claims are, who published them, and where they stand.
  struct Context: Sendable, Hashable {
    var origin: Origin
    var source: SourceID?
    var citation: Fact.Citation

    func hash(into hasher: inout Hasher) {
      hasher.combine(origin.key)
      hasher.combine(citation.day)
    }
  }

  /// What a claim comes to while it counts.
  struct Meaning {
    var context: Context
    var said: Range<Instant>
    var window: Range<Instant>
  }

  /// A claim by number: many claims, so what it says lies in the pool.
  private struct Told: Sendable {
    /// The position of the entry that brought it.
    var entry: UInt32 = 0
    /// Where it begins in the pool, plus one; 0 as long as it is only spoken of.
    var start: UInt32 = 0
    /// Its span that counts now; -1 for none.
    var open: Int32 = -1
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
  private(set) var ids = ClaimNumbers()
  private var told: [Told] = []
  private(set) var contexts = ClaimPool.Shared<Context>()
  private var reports: [ReportID: Report] = [:]
  private var readings: [ReportID: [Reading]] = [:]
  private var claimsOf: [ReportID: [UInt32]] = [:]
  private var copiesOf: [ReportID: Set<ReportID>] = [:]
  private var rulings = Rulings()
  private var watchEntries: [(position: UInt32, entry: Entry)] = []
  private var watchNow = WatchIndex()
  private var malformed: [(position: UInt32, finding: Finding)] = []
  /// What every claim ever came to, in the order in which it began to count.
  private(set) var spans: [Span] = []
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
  func prefix(for query: Query) -> Prefix { entries.prefix(for: query) }

  /// How many of the spans began to count in a prefix: they are numbered in the order of the entries.
  func spans(in prefix: Prefix) -> Int {
    if prefix.entries == entries.count { return spans.count }
    return spans.partition(near: spans.count * Int(prefix.entries) / Int(entries.count)) { $0.from >= prefix.entries }
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
    let number = register(claim.id)
    guard told[number].start == 0 else { return }
    let start = pool.add(claim)
    precondition(start < Int(UInt32.max), "Claims of more than four thousand million bytes do not fit into one index")
    told[number].entry = entries.count - 1
    told[number].start = UInt32(start) + 1
    if let report = claim.report { claimsOf[report, default: []].append(UInt32(number)) }
    derive(number, claim, in: index)
  }

  private mutating func register(_ id: ClaimID) -> Int {
    let number = ids.register(id)
    if number == told.count { told.append(Told()) }
    return number
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
    let named = Set(ids.map { UInt32(register($0)) })
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
    var affected = Set((ruling.claims + [ruling.with].compactMap { $0 }).compactMap { ids.number(of: $0) })
    if let report = ruling.report { affected.formUnion((claimsOf[report] ?? []).map { Int($0) }) }
    for claim in affected.sorted() { derive(claim, in: index) }
  }

  // MARK: - Facts

  /// Sets what a claim comes to from the newest entry on, where it was told.
  private mutating func derive(_ number: Int, in index: CaseIndex) {
    if told[number].start > 0 { derive(number, claim(number), in: index) }
  }

  private mutating func derive(_ number: Int, _ claim: Claim, in index: CaseIndex) {
    let new = meaning(of: claim, number, in: index)
    let open = Int(told[number].open)
    if open >= 0 {
      let span = spans[open]
      if let new, new.said.lowerBound.milliseconds == span.saidFrom, new.said.upperBound.milliseconds == span.saidUntil,
        new.context == contexts.values[Int(span.context)]
      {
        return
      }
      spans[open].until = entries.count - 1
      let said = Instant(milliseconds: span.saidFrom)..<Instant(milliseconds: span.saidUntil)
      control.close(
        claim, window(of: claim, said: said), span: open, context: Int(span.context), until: entries.count - 1, in: index)
      told[number].open = -1
    }
    guard let new else { return }
    let count = spans.count
    told[number].open = Int32(count)
    let context = contexts.number(of: new.context)
    spans.append(
      Span(
        claim: UInt32(number), context: context, from: entries.count - 1, until: .max,
        saidFrom: new.said.lowerBound.milliseconds, saidUntil: new.said.upperBound.milliseconds))
    if EventFold.counted.contains(claim.type) { spansOf[claim.type, default: []].append(UInt32(count)) }
    for zone in index.zonesGranted(by: claim) { grants[zone, default: []].append(count) }
    let (spans, ids) = (spans, ids)
    control.open(claim, new, span: count, context: Int(context), from: entries.count - 1, in: index) { left, right in
      ids.isOrdered(Int(spans[Int(left)].claim), Int(spans[Int(right)].claim))
    }
  }

  /// What a claim comes to by the entries so far; nil where it does not count.
  private func meaning(of claim: Claim, _ number: Int, in index: CaseIndex) -> Meaning? {
    if rulings.retracted.contains(claim.id) { return nil }
    var outlet: Report?
    if let id = claim.report {
      guard readings[id]?.last?.claims.contains(UInt32(number)) == true || rulings.corrections.contains(claim.id) else { return nil }
      if rulings.retractedReports.contains(id) { return nil }
      outlet = reports[id]
    }
    let said = said(claim, outlet, entries.recorded(told[number].entry))
    var origin = index.origin(of: claim, outlet: outlet)
    // What a copy tells in its own name it has from the original.
    if origin.isOutlet, let id = claim.report, let first = readings[id]?.last?.copyOf.filter({ reports[$0] != nil }).min() {
      origin.key = index.key(ofOutlet: reports[first]!)
    }
    if let merged = rulings.merged[claim.id] { origin.key = merged }
    return Meaning(
      context: Context(origin: origin, source: outlet?.source, citation: citation(claim, outlet, said, index)), said: said,
      window: window(of: claim, said: said))
  }

  private func fact(_ claim: Claim, _ span: Int) -> Fact {
    let context = contexts.values[Int(spans[span].context)]
    let said = Instant(milliseconds: spans[span].saidFrom)..<Instant(milliseconds: spans[span].saidUntil)
    return Fact(
      claim: claim, origin: context.origin, recorded: entries.recorded(told[Int(spans[span].claim)].entry), said: said,
      window: window(of: claim, said: said), source: context.source, citation: context.citation)
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

  func claim(_ id: ClaimID) -> Claim? { ids.number(of: id).flatMap { told[$0].start > 0 ? claim($0) : nil } }

  private func claim(_ number: Int) -> Claim { pool.claim(at: start(of: number), id: ids.id(number)) }

  /// Where a claim that was told begins in the pool.
  func start(of claim: Int) -> Int { Int(told[claim].start) - 1 }

  /// A claim with what it comes to, put together again.
  func fact(_ span: Int) -> Fact { fact(claim(Int(spans[span].claim)), span) }

  /// Whether the id of one span's claim stands before another's.
  func isOrdered(_ left: Int, _ right: Int) -> Bool { ids.isOrdered(Int(spans[left].claim), Int(spans[right].claim)) }

  func context(_ span: Int) -> Context { contexts.values[Int(spans[span].context)] }

  /// The claims that count: in the prefix, in their report's latest reading, said in time, not retracted.
  func facts(in prefix: Prefix) -> [Fact] { spans.indices.lazy.filter { spans[$0].counts(in: prefix) }.map { fact($0) } }

  /// The same, of some of the types whose numbers are checked.
  func facts(in prefix: Prefix, of types: Set<ClaimType>) -> [Fact] {
    types.flatMap { spansOf[$0] ?? [] }.sorted().lazy.map { Int($0) }.filter { spans[$0].counts(in: prefix) }.map { fact($0) }
  }

  /// The facts by which an agreement puts a zone under someone's control.
  func grants(of zone: PlaceID, in prefix: Prefix) -> [Fact] {
    (grants[zone] ?? []).lazy.filter { spans[$0].counts(in: prefix) }.map { fact($0) }
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

  /// The bytes that grow with the claims, with what is kept free to grow: the claims themselves, their ids, when each counts, and the entries'
  /// moments. What claims share (names, words, days, publishers) is not among them.
  var storageBytes: Int {
    pool.storageBytes + ids.storageBytes + told.capacity * MemoryLayout<Told>.stride + spans.capacity * MemoryLayout<Span>.stride
      + spansOf.values.reduce(0) { $0 + $1.capacity * 4 } + entries.storageBytes
  }
}
