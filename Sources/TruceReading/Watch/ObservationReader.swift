// Daily reports of monitors, in prose, to observations: each with its quote, nothing in it that the sentence does not say.
internal import Foundation
public import TruceModel

/// An observation that was read from a text, and the sentence that tells it.
public struct ReadObservation: Sendable, Hashable {
  public var observation: Observation
  /// Bytes of the text.
  public var span: ByteSpan
}

/// What a text of monitors came to.
public struct ObservationReading: Sendable {
  public var observations: [ReadObservation]
  /// Sentences that tell of something observed and could not be taken, and why.
  public var findings: [Finding]
}

/// Reads what monitors saw and heard out of the prose of their daily reports. Deterministic, without I/O.
///
/// A sentence has to say who observed, from where (a camera keeps its place through a paragraph), and by which verb. A sentence without a time has
/// the one before it in its paragraph; where there is none it is left out, with a finding. What others told the monitors, what they compare
/// with, and sums over whole regions are no observations. Restrictions ("was denied passage at ...") belong to what was observed under them;
/// by themselves they are observations of an obstruction.
public struct ObservationReader: Sendable {
  let lexicon: WatchLexicon
  let times: TimeReader
  /// The longest quote that an observation carries, in bytes.
  static let longestQuote = 600

  public init(lexicon: WatchLexicon, times: TimeLexicon) {
    self.lexicon = lexicon
    self.times = TimeReader(lexicon: times)
  }

  /// The observations of a document, all its parts.
  ///
  /// - Parameters:
  ///   - file: its name, for findings.
  ///   - zone: where local times are local.
  public func read(_ document: Document, file: String, zone: Zone) -> ObservationReading {
    var result = ObservationReading(observations: [], findings: [])
    let digest = Digest(of: document.bytes).description
    var part: Document? = document
    while let next = part {
      let times = times.read(next, TimeReader.Context(zone: zone)).refined(in: next)
      var work = ReportWork(reader: self, document: next, times: times, file: file, digest: digest)
      work.run()
      result.observations += work.observations
      result.findings += work.findings
      part = next.next(published: times.published ?? next.published)
    }
    return result
  }
}

/// The work of reading one part of a report.
private struct ReportWork {
  let reader: ObservationReader
  let document: Document
  let times: Times
  let file: String
  let digest: String
  var observations: [ReadObservation] = []
  var findings: [Finding] = []
  private var window: (range: Range<Instant>, text: String)?
  private var observers: [String: ProseObserver] = [:]
  private var paragraph = -1

  init(reader: ObservationReader, document: Document, times: Times, file: String, digest: String) {
    self.reader = reader
    self.document = document
    self.times = times
    self.file = file
    self.digest = digest
  }

  mutating func run() {
    for sentence in document.sentences where sentence.kind != .byline && sentence.kind != .boilerplate && sentence.kind != .caption {
      if sentence.paragraph != paragraph {
        paragraph = sentence.paragraph
        window = nil
        observers = [:]
      }
      read(sentence)
    }
  }

  private mutating func read(_ sentence: Sentence) {
    let range = Int(document.tokens[sentence.body].start)..<sentence.span.range.upperBound
    let mentions = times.mentions(in: sentence.tokens).filter { mention in
      guard let when = mention.when, !mention.isDateline, !mention.isVague else { return false }
      return when.earliest > .distantPast && when.latest < .distantFuture
    }
    let pieces = ProsePiece.pieces(document.bytes, range)
    var beside = pieces.map { piece in mentions.firstIndex { $0.span.range.contains(piece.start) } }
    var hours: (from: Int, until: Int)?
    for at in pieces.indices {
      guard let (value, next) = reader.lexicon.match(.hours, pieces, at) else { continue }
      hours = WatchLexicon.hours(value)
      for inner in at..<next { beside[inner] = nil }
    }
    let scan = ProseScan(bytes: document.bytes, pieces: pieces, lexicon: reader.lexicon, times: beside)
    var prose = ProseSentence(scan)
    prose.run()
    let head = prose.head.map { mentions[$0] }
    if !head.isEmpty, let found = joined(head, spanAt: prose.spanAt) { window = found }
    if let hours, !head.isEmpty { window = window.map { part(hours, of: $0) } }
    for (number, group) in prose.groups.enumerated() { take(group, number, mentions, sentence) }
  }

  /// Several times of one sentence as one window: what all of them allow, two of them being the ends of one.
  private func joined(_ mentions: [TimeMention], spanAt: Int? = nil) -> (range: Range<Instant>, text: String)? {
    var whens = mentions.compactMap(\.when).map { $0.earliest..<$0.latest }
    var texts = mentions.map { String(decoding: document.bytes[$0.span.range], as: UTF8.self) }
    if let at = spanAt, at + 1 < mentions.count, let first = mentions[at].when, let last = mentions[at + 1].when {
      var range = whens[at]
      // "Between 08:40 and 09:15 on 12 March": the first is of the day that stands beside the last.
      if first.grain == .time, last.grain == .time, first.latest <= first.earliest.adding(seconds: 3600) { range = onDay(of: last, range) }
      whens[at] = min(range.lowerBound, whens[at + 1].lowerBound)..<max(range.upperBound, whens[at + 1].upperBound)
      texts[at] += " to " + texts[at + 1]
      whens.remove(at: at + 1)
      texts.remove(at: at + 1)
    }
    guard var range = whens.first else { return nil }
    for next in whens.dropFirst() {
      range =
        range.overlaps(next)
        ? range.clamped(to: next) : min(range.lowerBound, next.lowerBound)..<max(range.upperBound, next.upperBound)
    }
    return (range, texts.joined(separator: ", "))
  }

  /// Some hours of a window that is one day; any other stays.
  private func part(_ hours: (from: Int, until: Int), of window: (range: Range<Instant>, text: String)) -> (
    range: Range<Instant>, text: String
  ) {
    let zone = times.zone
    let day = zone.day(at: window.range.lowerBound)
    guard zone.bounds(of: day) == window.range else { return window }
    let end = hours.until < 24 ? zone.instant(day, hour: hours.until) : window.range.upperBound
    return (zone.instant(day, hour: hours.from)..<end, "\(window.text), \(hours.from) to \(hours.until) h")
  }

  /// A time of day moved to the day of another, at or before it.
  private func onDay(of last: When, _ clock: Range<Instant>) -> Range<Instant> {
    let zone = last.zone
    let since = clock.lowerBound.milliseconds - zone.bounds(of: zone.day(at: clock.lowerBound)).lowerBound.milliseconds
    let length = clock.upperBound.milliseconds - clock.lowerBound.milliseconds
    let day = zone.day(at: last.earliest)
    var start = zone.bounds(of: day).lowerBound.adding(milliseconds: since)
    if start > last.earliest { start = zone.bounds(of: day.adding(days: -1)).lowerBound.adding(milliseconds: since) }
    return start..<start.adding(milliseconds: length)
  }

  private mutating func take(_ group: ProseGroup, _ number: Int, _ mentions: [TimeMention], _ sentence: Sentence) {
    guard var observer = group.observer, !group.verbs.isEmpty || !group.restrictions.isEmpty else { return }
    if observer.place == nil, let known = observers[observer.kind] { (observer.place, observer.reference) = (known.place, known.reference) }
    let isElsewhere = !group.items.isEmpty && group.items.allSatisfy { $0.placeText != nil }
    guard let place = observer.place ?? group.restrictions.first?.place.map({ "at \($0)" }) ?? (isElsewhere ? "" : nil) else {
      // Sums over a region name none; a sentence of one observer does.
      return leave(sentence, "the sentence does not say from where it was observed; it is left out")
    }
    if observer.place != nil { observers[observer.kind] = observer }
    let who = place.isEmpty ? observer.noun : "\(observer.noun) \(place)"
    let restrictions = group.restrictions.map { Restriction($0.kind, note: $0.place) }
    var found: [(item: ProseItem, count: Count, assessment: Observation.Assessment?)] = []
    for item in group.items { found += ReportWork.split(item) }
    for (index, one) in found.enumerated() {
      guard let when = joined(one.item.times.map { mentions[$0] }).map({ own in narrowed(own) }) ?? window else {
        return leave(sentence, "the sentence does not say when it was observed, and none before it in its paragraph does; it is left out")
      }
      let verbs = one.item.verbs.isEmpty ? group.verbs : one.item.verbs
      var means: [Means] = []
      if verbs.contains("saw") || verbs.contains("recorded") { means = ReportWork.seeing(observer.kind, verbs) }
      if verbs.contains("heard") { means.append(.heard) }
      add(
        sentence, "\(number)/\(index)",
        Observation(
          id: "", observer: who, means: means, what: one.item.what, assessment: one.assessment, count: one.count, weapon: one.item.weapon,
          from: when.range.lowerBound, until: when.range.upperBound, window: when.text,
          placeText: one.item.placeText ?? observer.reference, sector: one.item.sector, travel: one.item.travel, restrictions: restrictions)
      )
    }
    guard found.isEmpty, !restrictions.isEmpty else { return }
    guard let window else {
      return leave(sentence, "the sentence does not say when it was so, and none before it in its paragraph does; it is left out")
    }
    add(
      sentence, "\(number)/restriction",
      Observation(
        id: "", observer: who, means: [], what: .obstruction, from: window.range.lowerBound, until: window.range.upperBound,
        window: window.text, placeText: group.restrictions.compactMap(\.place).first ?? observer.reference, restrictions: restrictions))
  }

  /// A time of day beside one thing lies in the sentence's own window, where the two meet.
  private func narrowed(_ own: (range: Range<Instant>, text: String)) -> (range: Range<Instant>, text: String) {
    guard let window, window.range.overlaps(own.range) else { return own }
    return (own.range.clamped(to: window.range), own.text)
  }

  private mutating func add(_ sentence: Sentence, _ place: String, _ observation: Observation) {
    var observation = observation
    let span = sentence.span
    observation.id = EntryID(Digest(of: "observation\n\(digest)\n\(span.range.lowerBound)\n\(place)").short)
    let quote = String(
      decoding: document.bytes[span.range].prefix(ObservationReader.longestQuote).map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
    observation.note = quote
    observations.append(ReadObservation(observation: observation, span: span))
  }

  private mutating func leave(_ sentence: Sentence, _ message: String) {
    let start = sentence.span.range.lowerBound
    let line = 1 + document.bytes[..<start].count { $0 == 0x0A }
    findings.append(Finding(.warning, message, file: file, line: line))
  }

  private static func seeing(_ kind: String, _ verbs: Set<String>) -> [Means] {
    switch kind {
    case "camera": [.camera]
    case "drone": [.drone]
    case "radar": [.radar]
    default: verbs.contains("saw") ? [.saw] : []
    }
  }

  /// An item by what its parts were taken for; what its parts leave over stays undetermined.
  private static func split(_ item: ProseItem) -> [(item: ProseItem, count: Count, assessment: Observation.Assessment?)] {
    let own = item.assessment ?? (item.what == .explosion ? .undetermined : nil)
    guard !item.parts.isEmpty else { return [(item, item.count, own)] }
    var result: [(item: ProseItem, count: Count, assessment: Observation.Assessment?)] = []
    for part in item.parts { result.append((item, part.count, part.assessment)) }
    let least = item.count.minimum - item.parts.reduce(0) { $0 + $1.count.maximum }
    let most = item.count.maximum - item.parts.reduce(0) { $0 + $1.count.minimum }
    if least > 0 { result.append((item, Count(least, most, isAbout: item.count.isAbout), own)) }
    return result
  }
}
