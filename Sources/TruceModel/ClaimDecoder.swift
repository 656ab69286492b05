// Claims straight from canonical bytes: what a fold over a whole ledger reads them with.

/// Reads claims in their canonical form, many in a row, many times faster than by way of `JSON`.
///
/// It reads what truce writes: members in canonical order, none that is unknown. Everything else it leaves to `Claim(json:)`, which decides
/// and says what is wrong; where it gives a claim, that is the one that `Claim(json:)` gives.
public struct ClaimDecoder: Sendable {
  private let names = Names()
  private var texts = TextCache()
  private var times = ObjectCache<When>()
  private var deadlines = ObjectCache<Deadline>()

  public init() {}

  /// The claim of an entry's content; nil where it has to be read by way of `JSON`.
  public mutating func claim(_ bytes: Span<UInt8>) -> Claim? {
    var parser = JSONParser()
    do { return try claim(bytes, &parser) } catch { return nil }
  }

  private mutating func claim(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Claim {
    try parser.open(bytes)
    guard parser.has(names.act, bytes) else { throw parser.fail("expected 'act'") }
    let act = try text(bytes, &parser)
    let becomes = parser.has(names.becomes, bytes) ? try time(bytes, &parser) : nil
    let due = parser.has(names.due, bytes) ? try deadline(bytes, &parser) : nil
    let enteredBy = try text(names.enteredBy, bytes, &parser)
    guard let frame = try text(names.frame, bytes, &parser) else { throw parser.fail("expected 'frame'") }
    let id = parser.has(names.id, bytes) ? try parser.string(checked: bytes) : nil
    let modality: Modality = try word(names.modality, bytes, &parser)
    let object = try text(names.object, bytes, &parser)
    let polarity: Polarity = try word(names.polarity, bytes, &parser)
    let quantities = try list(names.quantities, bytes, &parser) { decoder, bytes, parser throws(JSONError) in
      try decoder.quantity(bytes, &parser)
    }
    let reason = try text(names.reason, bytes, &parser)
    let report = try text(names.report, bytes, &parser)
    let said = parser.has(names.said, bytes) ? try time(bytes, &parser) : nil
    guard parser.has(names.span, bytes) else { throw parser.fail("expected 'span'") }
    let span = try spanHere(bytes, &parser)
    let speakers = try list(names.speakers, bytes, &parser) { decoder, bytes, parser throws(JSONError) in
      try decoder.speaker(bytes, &parser)
    }
    let trigger = parser.has(names.trigger, bytes) ? try spanHere(bytes, &parser) : nil
    let type: ClaimType = try word(names.type, bytes, &parser)
    let was = parser.has(names.was, bytes) ? try time(bytes, &parser) : nil
    let when = parser.has(names.when, bytes) ? try time(bytes, &parser) : nil
    let places = try list(names.where, bytes, &parser) { decoder, bytes, parser throws(JSONError) in try decoder.place(bytes, &parser) }
    let who = try list(names.who, bytes, &parser) { decoder, bytes, parser throws(JSONError) in try decoder.mention(bytes, &parser) }
    let whom = try list(names.whom, bytes, &parser) { decoder, bytes, parser throws(JSONError) in try decoder.mention(bytes, &parser) }
    try parser.close(bytes)
    guard parser.at == bytes.count else { throw parser.fail("the claim ends here") }
    return Claim(
      id: id.map { ClaimID($0) }, report: report.map { ReportID($0) }, enteredBy: enteredBy, type: type, act: act, span: span, frame: frame,
      trigger: trigger, who: who, whom: whom, places: places, when: when, due: due, was: was, becomes: becomes, modality: modality,
      polarity: polarity, speakers: speakers, quantities: quantities, object: object, reason: reason, said: said)
  }

  /// The elements of a list where there is one; most have one element, for which the array is made to measure.
  private mutating func list<Element>(
    _ name: MemberName, _ bytes: Span<UInt8>, _ parser: inout JSONParser,
    _ read: (inout ClaimDecoder, Span<UInt8>, inout JSONParser) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    guard parser.has(name, bytes) else { return [] }
    try parser.openList(bytes)
    guard try parser.hasElement(bytes) else { return [] }
    var list = [try read(&self, bytes, &parser)]
    while try parser.hasElement(bytes) { list.append(try read(&self, bytes, &parser)) }
    return list
  }

  private mutating func mention(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Mention {
    try parser.open(bytes)
    let isImplicit = parser.has(names.implicit, bytes) ? try parser.bool(bytes) : false
    let organ = try text(names.organ, bytes, &parser)
    let party = try text(names.party, bytes, &parser)
    let span = parser.has(names.span, bytes) ? try spanHere(bytes, &parser) : nil
    let standsFor = try text(names.standsFor, bytes, &parser)
    guard let words = try text(names.text, bytes, &parser) else { throw parser.fail("expected 'text'") }
    try parser.close(bytes)
    return Mention(
      words, span: span, party: party.map { PartyID($0) }, organ: organ, isImplicit: isImplicit, standsFor: standsFor)
  }

  private mutating func speaker(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Speaker {
    try parser.open(bytes)
    let organ = try text(names.organ, bytes, &parser)
    let party = try text(names.party, bytes, &parser)
    let source = try text(names.source, bytes, &parser)
    let span = parser.has(names.span, bytes) ? try spanHere(bytes, &parser) : nil
    guard let words = try text(names.text, bytes, &parser) else { throw parser.fail("expected 'text'") }
    try parser.close(bytes)
    return Speaker(words, span: span, party: party.map { PartyID($0) }, organ: organ, source: source.map { SourceID($0) })
  }

  private mutating func place(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> PlaceMention {
    try parser.open(bytes)
    let candidates = try list(names.candidates, bytes, &parser) { decoder, bytes, parser throws(JSONError) in
      PlaceID(try decoder.text(bytes, &parser))
    }
    let place = try text(names.place, bytes, &parser)
    let span = parser.has(names.span, bytes) ? try spanHere(bytes, &parser) : nil
    guard let words = try text(names.text, bytes, &parser) else { throw parser.fail("expected 'text'") }
    try parser.close(bytes)
    return PlaceMention(words, span: span, place: place.map { PlaceID($0) }, candidates: candidates)
  }

  private mutating func quantity(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Quantity {
    try parser.open(bytes)
    let isAbout = parser.has(names.about, bytes) ? try parser.bool(bytes) : false
    let maximum = parser.has(names.maximum, bytes) ? try parser.number(checked: bytes) : nil
    guard parser.has(names.minimum, bytes) else { throw parser.fail("expected 'minimum'") }
    let minimum = try parser.number(checked: bytes)
    let span = parser.has(names.span, bytes) ? try spanHere(bytes, &parser) : nil
    guard let what = try text(names.what, bytes, &parser) else { throw parser.fail("expected 'what'") }
    try parser.close(bytes)
    return Quantity(what, minimum, maximum, isAbout: isAbout, span: span)
  }

  private func spanHere(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> ByteSpan {
    try parser.open(bytes)
    guard parser.has(names.end, bytes) else { throw parser.fail("expected 'end'") }
    let end = try parser.integer(bytes)
    guard parser.has(names.start, bytes) else { throw parser.fail("expected 'start'") }
    let start = try parser.integer(bytes)
    try parser.close(bytes)
    guard start <= end else { throw parser.fail("a span runs forward") }
    return ByteSpan(start, end)
  }

  /// A time; most were read before.
  private mutating func time(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> When {
    if let known = times.found(bytes, from: parser.at) {
      parser.at += known.length
      return known.value
    }
    let start = parser.at
    let json = try parser.value(bytes, depth: 1)
    guard let when = try? When(json: json) else { throw parser.fail("no time") }
    times.keep(when, bytes, start, parser.at)
    return when
  }

  private mutating func deadline(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Deadline {
    if let known = deadlines.found(bytes, from: parser.at) {
      parser.at += known.length
      return known.value
    }
    let start = parser.at
    let json = try parser.value(bytes, depth: 1)
    guard let deadline = try? Deadline(json: json) else { throw parser.fail("no deadline") }
    deadlines.keep(deadline, bytes, start, parser.at)
    return deadline
  }

  private mutating func text(_ name: MemberName, _ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> String? {
    parser.has(name, bytes) ? try text(bytes, &parser) : nil
  }

  private mutating func text(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> String {
    let range = parser.plainString(bytes)
    guard let range else { return try parser.string(checked: bytes) }
    guard let text = texts.text(bytes.extracting(range)) else { throw parser.fail("the string is not UTF-8") }
    return text
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ name: MemberName, _ bytes: Span<UInt8>, _ parser: inout JSONParser
  ) throws(JSONError) -> Word where Word.RawValue == String {
    guard parser.has(name, bytes), let range = parser.plainString(bytes) else { throw parser.fail("expected a word") }
    for word in Word.allCases where word.rawValue.hasBytes(bytes.extracting(range)) { return word }
    throw parser.fail("no such word")
  }
}

extension ClaimDecoder {
  /// The names of all members of a claim and of what lies in it.
  fileprivate struct Names: Sendable {
    let about: MemberName = "about"
    let act: MemberName = "act"
    let becomes: MemberName = "becomes"
    let candidates: MemberName = "candidates"
    let due: MemberName = "due"
    let end: MemberName = "end"
    let enteredBy: MemberName = "enteredBy"
    let frame: MemberName = "frame"
    let id: MemberName = "id"
    let implicit: MemberName = "implicit"
    let maximum: MemberName = "maximum"
    let minimum: MemberName = "minimum"
    let modality: MemberName = "modality"
    let object: MemberName = "object"
    let organ: MemberName = "organ"
    let party: MemberName = "party"
    let place: MemberName = "place"
    let polarity: MemberName = "polarity"
    let quantities: MemberName = "quantities"
    let reason: MemberName = "reason"
    let report: MemberName = "report"
    let said: MemberName = "said"
    let source: MemberName = "source"
    let span: MemberName = "span"
    let speakers: MemberName = "speakers"
    let standsFor: MemberName = "standsFor"
    let start: MemberName = "start"
    let text: MemberName = "text"
    let trigger: MemberName = "trigger"
    let type: MemberName = "type"
    let was: MemberName = "was"
    let what: MemberName = "what"
    let when: MemberName = "when"
    let `where`: MemberName = "where"
    let who: MemberName = "who"
    let whom: MemberName = "whom"
  }
}
