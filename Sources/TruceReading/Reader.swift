// TruceReading: a report's text to claims. The reader: a document's sentences one after the other, each to the claims that it makes.
public import TruceAtlas
public import TruceModel

/// Reads documents into claims: deterministic, without I/O, linear in the text.
///
/// A value may be shared by threads; reading one document knows nothing of another.
public struct Reader: Sendable {
  let core: ReaderCore
  private let times: TimeReader
  private let context: TimeReader.Context

  /// A reader with a language's lexicon and the names of some cases, none for the world's alone.
  public init(lexicon: Lexicon, cases: [Case]) {
    core = ReaderCore(lexicon: lexicon, cases: cases)
    times = TimeReader(lexicon: lexicon.times)
    var anchors: [String: CivilDate] = [:]
    if let known = cases.first, let agreement = known.agreements.first {
      anchors["signing"] = agreement.zone.day(at: agreement.signed.earliest)
    }
    context = TimeReader.Context(anchors: anchors, zone: cases.first?.zone)
  }

  /// The claims of a document.
  ///
  /// - Parameter report: the id that its claims carry; nil where it is not stored.
  public func read(_ document: Document, report: ReportID? = nil) -> Reading {
    var reading = readPart(document, report: report)
    var part = document.next(published: reading.published)
    while let next = part {
      let more = readPart(next, report: report)
      reading.claims += more.claims
      reading.derivations += more.derivations
      reading.findings += more.findings
      part = next.next(published: more.published)
    }
    return reading
  }

  /// The claims of one part: a report of several, or a stretch of a very long one.
  private func readPart(_ document: Document, report: ReportID?) -> Reading {
    let times = times.read(document, context).refined(in: document)
    let published = times.published ?? document.published
    var work = ReadingWork(core: core, document: document, times: times, report: report, published: published)
    work.run()
    return Reading(
      claims: work.claims, findings: document.findings, published: published, sourceName: document.sourceName, title: document.title,
      text: document.bytes, derivations: work.derivations)
  }
}

/// The work of reading one document.
struct ReadingWork {
  let core: ReaderCore
  let document: Document
  let times: Times
  let report: ReportID?
  let published: When?
  var claims: [Claim] = []
  var derivations: [Derivation] = []
  private let discourse = Discourse()
  private var nextTime = 0

  init(core: ReaderCore, document: Document, times: Times, report: ReportID?, published: When?) {
    self.core = core
    self.document = document
    self.times = times
    self.report = report
    self.published = published
  }

  mutating func run() {
    let outlet = document.sourceName.map { name -> Speaker in
      let known = core.cases.lazy.flatMap(\.sources).first { source in
        source.id.rawValue == name || source.names.contains { $0.text == name }
      }
      return Speaker(known?.name ?? name, party: known?.party, source: known?.id)
    }
    var said: Set<UInt64> = []
    for sentence in document.sentences {
      switch sentence.kind {
      case .headline, .byline, .caption, .boilerplate: continue
      default: break
      }
      guard said.insert(fingerprint(sentence)).inserted else { continue }
      read(sentence, outlet)
    }
    finish()
  }

  /// Two sentences of the same words have the same.
  private func fingerprint(_ sentence: Sentence) -> UInt64 {
    var hash: UInt64 = 0x51
    let tokens = document.tokens.span
    for index in sentence.tokens { hash = PhraseTable.step(hash, tokens[index].form) }
    return hash
  }

  private mutating func read(_ sentence: Sentence, _ outlet: Speaker?) {
    let range = sentence.bodyTokens
    while nextTime < times.mentions.count, times.mentions[nextTime].tokens.lowerBound < range.lowerBound { nextTime += 1 }
    var units: [Unit] = []
    var chunks: [Chunk] = []
    core.builder.units(document.tokens.span, range, times: times.mentions, from: nextTime, into: &units)
    core.chunker.chunks(units, document.tokens.span, into: &chunks)
    let scene = Scene(reader: core, document: document, sentence: sentence, units: units, chunks: chunks, times: times.mentions)
    let isTelling = chunks.contains { $0.kind == .verb && $0.verb >= 0 && core.isTelling(verb: $0.verb) }
    let hasEvents = isTelling || units.contains { $0.word.nounLemma >= 0 && !core.nouns[Int($0.word.nounLemma)].triggers.isEmpty }
    if hasEvents {
      for at in chunks.indices where chunks[at].kind == .verb { scene.subjects[at] = scene.clauses.subject(at, depth: 0) }
    }
    let local = scene.remember(discourse)
    defer { for item in local { discourse.note(item.referent) } }
    setDay(scene)
    guard hasEvents else { return }
    let speeches = scene.speeches(discourse, local)
    let mentions = Mentions(scene: scene, discourse: discourse, local: local, speeches: speeches)
    for at in chunks.indices where chunks[at].kind == .noun && chunks[at].kinds.contains(.pronoun) {
      scene.pronouns[at] = mentions.referent(Filler(units: chunks[at].first..<chunks[at].end, kinds: .pronoun, chunk: at, referent: nil))
    }
    let builder = ClaimBuilder(
      scene: scene, discourse: discourse, local: local, speeches: speeches, report: report, outlet: outlet, published: published)
    var found: [(claim: Claim, why: Derivation)] = []
    for event in FrameMatcher(scene).events() { found += builder.claims(event) }
    found += denials(scene, speeches, found.map(\.claim), outlet)
    // "They signed a statement on a ceasefire from 10 November": it binds who signed.
    if let signed = found.first(where: { $0.claim.type == .agreementSigned && !$0.claim.who.isEmpty })?.claim {
      for index in found.indices where found[index].claim.type == .ceasefireStart && found[index].claim.who.isEmpty {
        found[index].claim.who = signed.who
        found[index].claim.id = Claim.id(of: found[index].claim)
        found[index].why.steps.append(.init(what: "who", how: "who signs the agreement in the same sentence", span: nil))
      }
    }
    if sentence.paragraph != discourse.paragraph {
      discourse.paragraph = sentence.paragraph
      discourse.place = nil
    }
    if let place = found.last(where: { $0.claim.places.count == 1 })?.claim.places.first { discourse.place = place }
    takeResponsibility(scene, mentions)
    for item in found where !isRepeated(item.claim, sentence) {
      claims.append(item.claim)
      derivations.append(item.why)
    }
    if let last = speeches.last(where: { $0.cues.contains(.speech) }) { discourse.speaker = last.speaker }
  }

  /// The text's own day: a day that a sentence of narration names, near the publication where that is known.
  private mutating func setDay(_ scene: Scene) {
    for chunk in scene.chunks where chunk.kind == .time {
      let mention = times.mentions[Int(chunk.time)]
      guard !mention.isDateline, !mention.isVague, let when = mention.when, let grain = when.grain, grain >= .day,
        when.edtf.utf8.count >= 10,
        !when.edtf.contains("/"), mention.word == nil || mention.word == .on
      else { continue }
      if let published, let grain = published.grain, grain >= .day {
        let distance = published.earliest.milliseconds - when.earliest.milliseconds
        guard distance > -2 * 86_400_000, distance < 4 * 86_400_000 else { continue }
        if distance < 0 { continue }
      }
      let day = String(when.edtf.prefix(10))
      discourse.day = When(day, zone: when.zone, rule: "text-day")
      return
    }
  }

  /// "Armenia issued a denial", "the ministry rejected that claim": the claim denied once more, by who denies it.
  private func denials(_ scene: Scene, _ speeches: [Speech], _ found: [Claim], _ outlet: Speaker?) -> [(claim: Claim, why: Derivation)] {
    guard let denied = found.last(where: { $0.modality == .alleged }) else { return [] }
    for at in scene.chunks.indices where scene.chunks[at].kind == .verb {
      guard let verb = scene.verb(at), let subject = scene.subjects[at]?.first else { continue }
      let object = scene.clauses.arguments(at).object.first
      let isDenial =
        verb.cues.contains(.denial)
        || object.map {
          ["denial", "refutation"].contains(document.text(token: Int(scene.units[scene.chunks[$0.noun].head].first)).lowercased())
        } ?? false
      guard isDenial, let speaker = mentions(scene).speaker(scene.filler(subject)),
        speaker.party == nil || speaker.party != denied.speaker?.party
      else { continue }
      var chain = outlet.map { [$0] } ?? []
      chain.append(speaker)
      var copy = denied
      copy.modality = .denied
      copy.speakers = chain
      copy.id = Claim.id(of: copy)
      let step = Derivation.Step(
        what: "denied", how: "who denies says so of the claim before", span: scene.span(scene.chunks[at].first..<scene.chunks[at].end))
      return [(copy, Derivation(frame: copy.frame, origin: "denial", steps: [step]))]
    }
    return []
  }

  /// "X and Y claimed responsibility": the attacks before it in the paragraph, whose doer the text left out, are theirs.
  private mutating func takeResponsibility(_ scene: Scene, _ mentions: Mentions) {
    for at in scene.chunks.indices where scene.chunks[at].kind == .verb && scene.chunks[at].verb >= 0 {
      guard scene.verb(at)?.cues.contains(.allegation) ?? false, let object = scene.clauses.arguments(at).object.first,
        scene.chunks[object.noun].headForm == ReadingWork.responsibility, let subject = scene.subjects[at], !subject.isEmpty
      else { continue }
      let who = subject.flatMap { mentions.parties(scene.filler($0)) }
      let paragraph = document.bytes[..<scene.sentence.span.start].count
      for index in claims.indices.reversed() {
        guard paragraph - claims[index].span.end < 600 else { return }
        guard claims[index].who.isEmpty, claims[index].type == .hostilities || claims[index].type == .ceasefireViolation else { continue }
        claims[index].who = who
        claims[index].id = Claim.id(of: claims[index])
        derivations[index].steps.append(.init(what: "who", how: "claimed responsibility afterwards", span: scene.sentence.span))
      }
    }
  }

  static let responsibility = Form("responsibility")

  private func mentions(_ scene: Scene) -> Mentions { Mentions(scene: scene, discourse: discourse) }

  /// One sentence tells one thing once.
  private func isRepeated(_ claim: Claim, _ sentence: Sentence) -> Bool {
    for known in claims.reversed() {
      guard known.span == claim.span else { return false }
      if known.id == claim.id { return true }
      if known.type == claim.type, known.modality == claim.modality,
        known.object == claim.object || claim.type == .hostilities || claim.type == .casualties,
        known.places.map(\.text) == claim.places.map(\.text) || claim.places.isEmpty,
        known.speakers == claim.speakers, Set(known.who.map(\.text)) == Set(claim.who.map(\.text)) || claim.who.isEmpty || known.who.isEmpty
      {
        return true
      }
    }
    return false
  }

  /// What the whole text tells of its claims.
  private mutating func finish() {
    shareDates()
    settleCeasefires()
  }

  /// An event told twice, once with its day and once by "has" or "earlier", has that day in both.
  private mutating func shareDates() {
    func key(_ claim: Claim) -> String? {
      guard let place = claim.places.first else { return nil }
      let who = claim.who.compactMap { $0.party?.rawValue }.sorted().joined(separator: " ")
      return "\(claim.type.rawValue) \(claim.act) \(place.place?.rawValue ?? place.text) \(who)"
    }
    var days: [String: (when: When, span: ByteSpan)] = [:]
    for claim in claims {
      guard let day = claim.when, day.grain == .day || day.grain == .time, day.end == nil, let key = key(claim), days[key] == nil else {
        continue
      }
      days[key] = (day, claim.span)
    }
    for index in claims.indices where claims[index].when?.rule == "up-to-publication" {
      guard let key = key(claims[index]), let twin = days[key] else { continue }
      claims[index].when = twin.when
      claims[index].id = Claim.id(of: claims[index])
      derivations[index].steps.append(.init(what: "when", how: "the day that the text gives for the same event", span: twin.span))
    }
  }

  /// Fighting while a ceasefire is in force is a violation of it.
  ///
  /// In force: from the claim that starts one or says that it was broken, to the end of that paragraph; and on the text's own day where the
  /// text says that the ceasefire has been violated.
  private mutating func settleCeasefires() {
    let paragraphs = Dictionary(document.sentences.map { ($0.span, $0.paragraph) }, uniquingKeysWith: { first, _ in first })
    let broken = claims.filter {
      $0.type == .ceasefireViolation && $0.act == "violation" && $0.polarity == .positive && $0.modality != .planned && isRecent($0.when)
    }
    var start: (paragraph: Int, at: Int, when: When?)?
    for index in claims.indices {
      let claim = claims[index]
      let paragraph = paragraphs[claim.span] ?? -1
      switch claim.type {
      case .ceasefireStart where claim.modality == .planned || claim.modality == .happened:
        start = (paragraph, claim.span.start, claim.when)
      case .ceasefireViolation where claim.act == "collapse": start = (paragraph, claim.span.start, claim.when)
      case .hostilities where claim.modality != .planned && ReadingWork.breaches.contains(claim.act):
        var isViolation = false
        if let start, start.paragraph == paragraph, start.at <= claim.span.start,
          start.when == nil || claim.when == nil || start.when!.earliest <= claim.when!.latest
        {
          isViolation = true
        }
        if !broken.isEmpty, isRecent(claim.when) { isViolation = true }
        guard isViolation else { continue }
        claims[index].type = .ceasefireViolation
        claims[index].id = Claim.id(of: claims[index])
        derivations[index].steps.append(.init(what: "type", how: "fighting while the text has a ceasefire in force", span: nil))
      default: break
      }
    }
  }

  static let breaches: Set<String> = ["attack", "shell", "fire", "clash", "shoot-down", "destroy", "explode"]

  /// Whether a time is the text's own day or so, not its history.
  private func isRecent(_ when: When?) -> Bool {
    guard let when, let published, published.grain == .day || published.grain == .time else { return false }
    return when.latest.milliseconds > published.earliest.milliseconds - 7 * 86_400_000 && when.latest != .distantFuture
  }
}
