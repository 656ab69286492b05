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
  /// Where names are looked up that neither the cases nor the lexicon know; nil for nowhere.
  public var gazetteer: Gazetteer?

  /// A reader with a language's lexicon and the names of some cases, none for the world's alone.
  public init(lexicon: Lexicon, cases: [Case]) {
    core = ReaderCore(lexicon: lexicon, cases: cases)
    times = TimeReader(lexicon: lexicon.times)
    var anchors: [String: CivilDate] = [:]
    if let known = cases.first, let agreement = known.agreements.first, let signed = agreement.signed {
      anchors["signing"] = agreement.zone.day(at: signed.earliest)
    }
    context = TimeReader.Context(anchors: anchors, zone: cases.first?.zone)
  }

  /// The claims of a document.
  ///
  /// - Parameters:
  ///   - report: the id that its claims carry; nil where it is not stored.
  ///   - explained: false where nobody asks how each claim was read: `derivations` stays empty, and the claims have no ids, which
  ///     `Claim.carried(by:)` gives them.
  public func read(_ document: Document, report: ReportID? = nil, explained: Bool = true) -> Reading {
    var reading = readPart(document, report: report, explained)
    var part = document.next(published: reading.published)
    while let next = part {
      let more = readPart(next, report: report, explained)
      reading.claims += more.claims
      reading.derivations += more.derivations
      reading.findings += more.findings
      part = next.next(published: more.published)
    }
    if let gazetteer { reading.settlePlaces(by: gazetteer) }
    return reading
  }

  /// The claims of one part: a report of several, or a stretch of a very long one.
  private func readPart(_ document: Document, report: ReportID?, _ explained: Bool) -> Reading {
    let times = times.read(document, context).refined(in: document)
    let published = times.published ?? document.published
    var work = ReadingWork(core: core, document: document, times: times, report: report, published: published, isExplained: explained)
    work.run()
    return Reading(
      claims: work.claims, findings: document.findings, published: published, sourceName: document.sourceName, title: document.title,
      text: document.bytes, derivations: work.derivations)
  }
}

/// The work of reading one document.
struct ReadingWork {
  let core: ReaderCore
  private let source: DocumentBox
  let tokens: [Token]
  let times: Times
  let publication: Publication
  var claims: [Claim] = []
  /// In the order of `claims`; empty where nobody wants them.
  var derivations: [Derivation] = []
  let discourse = Discourse()
  /// Whether the text names a ceasefire, so that a breach of an agreement can be one of it.
  private(set) var namesCeasefire = false
  private(set) var learner: NameLearner
  private var nextTime = 0
  /// The day of publication, where it is known to the day.
  let publishedDay: CivilDate?
  /// The day of each of the text's times that names one at which a text can stand.
  let ownDays: [CivilDate?]
  /// The first days that sentences give of what they tell.
  var told: [ToldDay] = []
  // What a sentence is worked out in, kept for the next one.
  var units: [Unit] = []
  var chunks: [Chunk] = []
  private let memo = ClauseMemo()

  var document: Document { _read { yield source.document } }
  var published: When? { publication.published }
  var isExplained: Bool { publication.isExplained }

  init(core: ReaderCore, document: Document, times: Times, report: ReportID?, published: When?, isExplained: Bool) {
    self.core = core
    source = DocumentBox(document)
    tokens = document.tokens
    self.times = times
    let outlet = document.sourceName.map { name -> Speaker in
      let known = core.source(named: name)
      return Speaker(known?.name ?? name, party: known?.party, source: known?.id)
    }
    publication = Publication(
      report: report, outlet: outlet, published: published, isHistory: times.isHistory, isExplained: isExplained)
    learner = NameLearner(core.builder)
    publishedDay = publication.published.flatMap { when in when.grain.flatMap { $0 >= .day ? CivilDate(when.firstDay) : nil } }
    ownDays = times.mentions.map { $0.isOwnDay ? $0.when.flatMap { CivilDate($0.firstDay) } : nil }
  }

  mutating func run() {
    learner.learn(document)
    discourse.here = hereOfDateline()
    var said: Set<Form> = []
    said.reserveCapacity(document.sentences.count)
    units.reserveCapacity(64)
    chunks.reserveCapacity(48)
    for sentence in document.sentences {
      switch sentence.kind {
      case .headline:
        noteStates(sentence)
        continue
      case .byline, .caption, .boilerplate: continue
      default: break
      }
      guard said.insert(Form(rawValue: fingerprint(sentence))).inserted else { continue }
      read(sentence)
    }
    finish()
  }

  /// Where the report was written, as its dateline says first.
  private mutating func hereOfDateline() -> PlaceMention? {
    guard let head = document.datelines.first?.head ?? document.datelineAlone else { return nil }
    let tokens = tokens
    core.builder.units(tokens.span, head, times: [], from: 0, into: &units)
    guard let first = units.first, first.tag == .nominal else { return nil }
    var end = Int(first.end)
    if first.meaning < 0 { while end < head.upperBound, tokens[end].kind == .word, tokens[end].isCapitalised { end += 1 } }
    let span = ByteSpan(Int(tokens[Int(first.first)].start), Int(tokens[end - 1].end))
    let places = first.meaning < 0 ? [] : core.meanings[Int(first.meaning)].places
    let place = places.count == 1 ? core.places[Int(places[0])].id : nil
    let text = String(decoding: document.bytes[span.start..<span.end], as: UTF8.self)
    guard tokens[Int(first.first)].isAllCaps else { return PlaceMention(text, span: span, place: place) }
    let words = text.split(separator: " ").map { $0.prefix(1) + $0.dropFirst().lowercased() }
    return PlaceMention(words.joined(separator: " "), span: span, place: place)
  }

  /// "Philippine troops battle rebels": a headline names the state that the text is about.
  private mutating func noteStates(_ sentence: Sentence) {
    let tokens = tokens
    core.builder.units(tokens.span, sentence.bodyTokens, times: [], from: 0, into: &units)
    for unit in units where unit.meaning >= 0 && core.isState(meaning: unit.meaning) {
      let meaning = core.meanings[Int(unit.meaning)]
      guard let party = meaning.party else { continue }
      discourse.noteState(party, isLand: meaning.isCountry, times: 2, core.name(of: party) ?? meaning.text)
    }
  }

  /// Two sentences of the same words have the same.
  private func fingerprint(_ sentence: Sentence) -> UInt64 {
    var hash: UInt64 = 0x51
    for index in sentence.tokens { hash = PhraseTable.step(hash, tokens[index].form) }
    return hash
  }

  /// Who in what somebody says is whoever says it.
  private static let speakingOn = FormSet(["i", "we"])

  private mutating func read(_ sentence: Sentence) {
    let range = sentence.bodyTokens
    while nextTime < times.mentions.count, times.mentions[nextTime].tokens.lowerBound < range.lowerBound { nextTime += 1 }
    let tokens = tokens
    core.builder.units(tokens.span, range, times: times.mentions, from: nextTime, into: &units)
    core.chunker.chunks(units, tokens.span, into: &chunks)
    tellNames()
    let scene = Scene(reader: core, source: source, sentence: sentence, units: units, chunks: chunks, times: times.mentions, memo: memo)
    let isTelling = chunks.contains { $0.kind == .verb && $0.verb >= 0 && core.isTelling(verb: $0.verb) }
    let isOwing = chunks.contains { $0.kind == .verb && ($0.isPlanned || core.cues(verb: $0.verb).contains(.planned)) }
    let hasEvents = isTelling || isOwing || units.contains { core.isTrigger(noun: $0.word.nounLemma) }
    let local = scene.remember(discourse)
    var again: [Referent] = []
    defer {
      for item in local { discourse.note(item.referent) }
      for referent in again { discourse.note(referent) }
    }
    scene.followsTruce = discourse.isAboutTruce
    discourse.isAboutTruce = chunks.indices.contains {
      chunks[$0].kind == .noun && chunks[$0].kinds.contains(.ceasefire) && ($0 == 0 || chunks[$0 - 1].kind != .preposition)
    }
    let hasTimes = chunks.contains { $0.kind == .time }
    if hasTimes { setDay(scene) }
    defer { if hasTimes { narrate(scene) } }
    if hasTimes, let past = pastDay(scene) { discourse.past = past }
    if hasTimes, discourse.warBegan == nil { noteWar(scene) }
    noteVenue(scene)
    guard hasEvents else { return }
    let speeches = scene.speeches(discourse, local)
    let mentions = Mentions(scene: scene, discourse: discourse, local: local, speeches: speeches)
    for at in chunks.indices where chunks[at].kind == .noun && chunks[at].kinds.contains(.pronoun) {
      scene.pronouns[at] = mentions.referent(Filler(units: chunks[at].first..<chunks[at].end, kinds: .pronoun, chunk: at))
    }
    let first = claims.count
    let agreement = discourse.agreement
    for chunk in chunks where chunk.kind == .noun && !chunk.kinds.isDisjoint(with: [.agreement, .ceasefire]) {
      discourse.agreement = sentence.paragraph
      if chunk.kinds.contains(.ceasefire) { namesCeasefire = true }
    }
    scene.isUnderAgreement = discourse.agreement == sentence.paragraph
    // "It counted nine breaches of the truce": one that the sentence names later is not what "it" stands for.
    let isNamedFirst = chunks.prefix(3).contains { $0.kind == .noun && !$0.kinds.isDisjoint(with: [.agreement, .ceasefire]) }
    scene.followsAgreement = isNamedFirst || agreement >= 0 && agreement >= sentence.paragraph - 1
    scene.followsTerms = discourse.terms >= 0 && discourse.terms >= sentence.paragraph - 1
    if isOwing || units.contains(where: { core.isTrigger($0.word) }) {
      let matcher = FrameMatcher(scene)
      let builder = ClaimBuilder(
        scene: scene, matcher: matcher, discourse: discourse, local: local, speeches: speeches, publication: publication)
      for event in matcher.events() { builder.claims(event, into: &claims, &derivations) }
    }
    if !claims.isEmpty { deny(scene, speeches, from: first) }
    if scene.isUnderAgreement || scene.followsTerms,
      claims[first...].contains(where: { $0.type == .commitment && $0.modality == .planned && $0.speakers.count < 2 })
    {
      discourse.terms = sentence.paragraph
    }
    // "They signed a statement on a ceasefire from 10 November": it binds who signed.
    let found = first..<claims.count
    if let signed = found.first(where: { claims[$0].type == .agreementSigned && !claims[$0].who.isEmpty }) {
      for index in found where claims[index].type == .ceasefireStart && claims[index].who.isEmpty {
        claims[index].who = claims[signed].who
        note(index, .init(what: "who", how: "who signs the agreement in the same sentence", span: nil))
      }
    }
    if !found.isEmpty { blame(found) }
    if sentence.paragraph != discourse.paragraph {
      discourse.paragraph = sentence.paragraph
      discourse.place = nil
    }
    if let last = found.last(where: { claims[$0].places.count == 1 && claims[$0].places[0].isNamed }) {
      let place = claims[last].places[0]
      discourse.place = place
      discourse.isOfSigning = claims[last].type == .agreementSigned
      if ClaimBuilder.fought.contains(claims[last].type) || claims[last].type == .controlChange { discourse.field = place }
      if claims[last].type == .controlChange, let span = place.span, sentence.span.overlaps(span), scene.text(span) == Mentions.capitalWord
      {
        // "the capital": named again.
        again.append(
          Referent(text: place.text, span: span, party: nil, organ: nil, kinds: .place, place: place.place, isPlural: false))
      }
    }
    // "The city fell": what it stands for is named again.
    if let last = found.last(where: { claims[$0].type == .controlChange && claims[$0].places.count == 1 }),
      let span = claims[last].places[0].span, !sentence.span.overlaps(span), claims[last].places[0].isNamed
    {
      let place = claims[last].places[0]
      again.append(Referent(text: place.text, span: span, party: nil, organ: nil, kinds: .place, place: place.place, isPlural: false))
    }
    // "bombed Orlin": what is bombed and taken is a place, whatever the name was before.
    for index in found where claims[index].type == .hostilities || claims[index].type == .controlChange {
      for place in claims[index].places {
        guard let named = local.first(where: { $0.referent.span == place.span })?.referent, named.kinds == .name else { continue }
        again.append(named.being(.place))
      }
    }
    for index in found where claims[index].modality != .planned && claims[index].modality != .denied {
      guard [.hostilities, .ceasefireViolation, .controlChange].contains(claims[index].type), let when = claims[index].when,
        when.grain == .day || when.grain == .time, let day = CivilDate(when.firstDay)
      else { continue }
      discourse.fought = (min(discourse.fought?.first ?? day, day), max(discourse.fought?.last ?? day, day))
    }
    // "until April, when rebels attacked a post": the month of which the paragraph goes on to tell.
    if let when = found.last.flatMap({ claims[$0].when }), when.isWholeMonth {
      discourse.narratedMonth = (when.edtf, when.zone, sentence.paragraph)
    }
    if first > 0 { takeResponsibility(scene, mentions, before: first) }
    if !claims.isEmpty { takeBlame(scene, mentions, from: first) }
    if !found.isEmpty { leaveOutRepeated(from: first) }
    // "I cannot say": whoever does.
    if let last = speeches.last(where: {
      !$0.cues.isDisjoint(with: [.speech, .denial, .allegation]) && !ReadingWork.speakingOn.contains(Form($0.speaker.text))
    }) {
      discourse.speaker = last.speaker
    }
  }

  /// "Ten died when a force overran their base": who attacked in the same sentence hurt whom it tells of.
  private mutating func blame(_ found: Range<Int>) {
    var who: [Mention]?
    for index in found where claims[index].harms {
      guard who == nil || who == claims[index].who else { return }
      who = claims[index].who
    }
    if who == nil { who = attackerBefore(found) }
    guard let who else { return }
    for index in found where claims[index].type == .casualties && claims[index].who.isEmpty {
      let isSelf = claims[index].whom.contains { victim in
        who.contains { $0.text == victim.text || $0.text == victim.standsFor || $0.party != nil && $0.party == victim.party }
      }
      guard claims[index].polarity == .positive, !isSelf, !isElsewhere(index, found) else { continue }
      claims[index].who = who
      note(index, .init(what: "who", how: "who attacks in the same sentence", span: nil))
    }
  }

  /// "After an ambush in Tarn which killed ten, jets bombed Orlin", "a farmer died as troops chased gunmen who had fired on them": hurt at another
  /// place, or of another side than those whom the sentence tells to be attacked.
  private func isElsewhere(_ hurt: Int, _ found: Range<Int>) -> Bool {
    // "The ambush | which killed ten": an attack of which nobody says whose it was.
    let isOfOther = found.contains { index in
      guard claims[index].type == .hostilities, claims[index].who.isEmpty, let attack = claims[index].trigger,
        let trigger = claims[hurt].trigger
      else { return false }
      return (1..<9).contains(trigger.start - attack.end)
    }
    let victims = claims[hurt].whom.compactMap(\.party)
    var isOther = false
    for index in found where claims[index].harms {
      let attacked = claims[index].whom.compactMap(\.party)
      let isUnlike = !victims.isEmpty && !attacked.isEmpty && !attacked.contains(where: victims.contains)
      guard isOfOther || isUnlike else { return false }
      isOther = true
    }
    return isOther
  }

  /// "Gunmen attacked a market. Ten people were killed.": who attacks in the sentence before, where this one tells of no other fighting and
  /// of nobody who fights.
  private func attackerBefore(_ found: Range<Int>) -> [Mention]? {
    guard
      found.allSatisfy({ claims[$0].type == .casualties && !claims[$0].whom.isEmpty && !claims[$0].whom.contains { Sides.fights($0.text) } }
      ),
      let last = found.first.map({ $0 - 1 }), last >= 0, claims[found.lowerBound].span.start - claims[last].span.end < 2
    else { return nil }
    var who: [Mention]?
    for index in claims[...last].indices.reversed().prefix(while: { claims[$0].span == claims[last].span }) where claims[index].harms {
      guard claims[index].type != .controlChange, who == nil || who == claims[index].who else { return nil }
      who = claims[index].who
    }
    return who
  }

  /// What the whole text tells of its claims.
  private mutating func finish() {
    if claims.isEmpty { return }
    shareDates()
    settleCeasefires()
    leaveOutKillings()
    settleStates()
    settleSides()
    settleTolls()
    settleLead()
    nameStates()
    settleDuties()
    settleSignings()
    // Ids follow from what the claims say in the end.
    if isExplained { for index in claims.indices { claims[index].id = Claim.id(of: claims[index]) } }
  }

  /// Adds a step to how a claim was read.
  mutating func note(_ claim: Int, _ step: @autoclosure () -> Derivation.Step) {
    if isExplained { derivations[claim].steps.append(step()) }
  }
}

extension Claim {
  /// Whether somebody attacks in it.
  @inline(__always) fileprivate var harms: Bool {
    guard polarity == .positive, modality == .happened || modality == .alleged, !who.isEmpty else { return false }
    switch type {
    case .hostilities, .ceasefireViolation: return act != "clash" && act != "observe"
    case .controlChange: return act == "captured"
    default: return false
    }
  }
}

extension When {
  /// The head of its expression, as long as a day is.
  var firstDay: Substring { Substring(edtf.utf8.prefix(10)) }

  /// Whether it is one month and no part of it: "2020-11".
  var isWholeMonth: Bool { grain == .month && end == nil && edtf.utf8.count == 7 }
}

extension PlaceMention {
  /// Whether it bears a name: "Orlin", "the village of Orlin", and not "a checkpoint".
  var isNamed: Bool { place != nil || text.contains { $0.isUppercase } }
}
