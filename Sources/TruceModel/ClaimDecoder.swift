// Claims straight from canonical bytes: what a fold over a whole ledger reads them with.

/// Reads claims in their canonical form, many in a row, many times faster than by way of `JSON`.
///
/// It reads what truce writes: members in canonical order, none that is unknown. Everything else it leaves to `Claim(json:)`, which decides
/// and says what is wrong; where it gives a claim, that is the one that `Claim(json:)` gives.
public struct ClaimDecoder: Sendable {
  private var texts = TextCache()
  private var times = ObjectCache<When>()
  private var deadlines = ObjectCache<Deadline>()

  public init() {}

  /// The claim of an entry's content; nil where it has to be read by way of `JSON`.
  public mutating func claim(_ bytes: Span<UInt8>) -> Claim? {
    var parser = JSONParser()
    guard let claim = try? claim(bytes, &parser), parser.at == bytes.count else { return nil }
    return claim
  }

  private mutating func claim(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Claim {
    try parser.open(bytes)
    guard parser.has("act", bytes) else { throw parser.fail("expected 'act'") }
    let act = try text(bytes, &parser)
    let becomes = parser.has("becomes", bytes) ? try time(bytes, &parser) : nil
    let due = parser.has("due", bytes) ? try deadline(bytes, &parser) : nil
    let enteredBy = try text("enteredBy", bytes, &parser)
    guard let frame = try text("frame", bytes, &parser) else { throw parser.fail("expected 'frame'") }
    let id = parser.has("id", bytes) ? try parser.string(checked: bytes) : nil
    let modality: Modality = try word("modality", bytes, &parser)
    let object = try text("object", bytes, &parser)
    let polarity: Polarity = try word("polarity", bytes, &parser)
    var quantities: [Quantity] = []
    if parser.has("quantities", bytes) {
      try parser.openList(bytes)
      while try parser.hasElement(bytes) { quantities.append(try quantity(bytes, &parser)) }
    }
    let reason = try text("reason", bytes, &parser)
    let report = try text("report", bytes, &parser)
    let said = parser.has("said", bytes) ? try time(bytes, &parser) : nil
    guard parser.has("span", bytes) else { throw parser.fail("expected 'span'") }
    let span = try spanHere(bytes, &parser)
    var speakers: [Speaker] = []
    if parser.has("speakers", bytes) {
      try parser.openList(bytes)
      while try parser.hasElement(bytes) { speakers.append(try speaker(bytes, &parser)) }
    }
    let trigger = parser.has("trigger", bytes) ? try spanHere(bytes, &parser) : nil
    let type: ClaimType = try word("type", bytes, &parser)
    let was = parser.has("was", bytes) ? try time(bytes, &parser) : nil
    let when = parser.has("when", bytes) ? try time(bytes, &parser) : nil
    var places: [PlaceMention] = []
    if parser.has("where", bytes) {
      try parser.openList(bytes)
      while try parser.hasElement(bytes) { places.append(try place(bytes, &parser)) }
    }
    let who = try mentions("who", bytes, &parser)
    let whom = try mentions("whom", bytes, &parser)
    try parser.close(bytes)
    return Claim(
      id: id.map { ClaimID($0) }, report: report.map { ReportID($0) }, enteredBy: enteredBy, type: type, act: act, span: span, frame: frame,
      trigger: trigger, who: who, whom: whom, places: places, when: when, due: due, was: was, becomes: becomes, modality: modality,
      polarity: polarity, speakers: speakers, quantities: quantities, object: object, reason: reason, said: said)
  }

  private mutating func mentions(_ name: StaticString, _ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> [Mention] {
    guard parser.has(name, bytes) else { return [] }
    var mentions: [Mention] = []
    try parser.openList(bytes)
    while try parser.hasElement(bytes) {
      try parser.open(bytes)
      let isImplicit = parser.has("implicit", bytes) ? try parser.bool(bytes) : false
      let organ = try text("organ", bytes, &parser)
      let party = try text("party", bytes, &parser)
      let span = parser.has("span", bytes) ? try spanHere(bytes, &parser) : nil
      guard let words = try text("text", bytes, &parser) else { throw parser.fail("expected 'text'") }
      try parser.close(bytes)
      mentions.append(Mention(words, span: span, party: party.map { PartyID($0) }, organ: organ, isImplicit: isImplicit))
    }
    return mentions
  }

  private mutating func speaker(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Speaker {
    try parser.open(bytes)
    let organ = try text("organ", bytes, &parser)
    let party = try text("party", bytes, &parser)
    let source = try text("source", bytes, &parser)
    let span = parser.has("span", bytes) ? try spanHere(bytes, &parser) : nil
    guard let words = try text("text", bytes, &parser) else { throw parser.fail("expected 'text'") }
    try parser.close(bytes)
    return Speaker(words, span: span, party: party.map { PartyID($0) }, organ: organ, source: source.map { SourceID($0) })
  }

  private mutating func place(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> PlaceMention {
    try parser.open(bytes)
    var candidates: [PlaceID] = []
    if parser.has("candidates", bytes) {
      try parser.openList(bytes)
      while try parser.hasElement(bytes) { candidates.append(PlaceID(try text(bytes, &parser))) }
    }
    let place = try text("place", bytes, &parser)
    let span = parser.has("span", bytes) ? try spanHere(bytes, &parser) : nil
    guard let words = try text("text", bytes, &parser) else { throw parser.fail("expected 'text'") }
    try parser.close(bytes)
    return PlaceMention(words, span: span, place: place.map { PlaceID($0) }, candidates: candidates)
  }

  private mutating func quantity(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> Quantity {
    try parser.open(bytes)
    let isAbout = parser.has("about", bytes) ? try parser.bool(bytes) : false
    let maximum = parser.has("maximum", bytes) ? try parser.number(checked: bytes) : nil
    guard parser.has("minimum", bytes) else { throw parser.fail("expected 'minimum'") }
    let minimum = try parser.number(checked: bytes)
    let span = parser.has("span", bytes) ? try spanHere(bytes, &parser) : nil
    guard let what = try text("what", bytes, &parser) else { throw parser.fail("expected 'what'") }
    try parser.close(bytes)
    return Quantity(what, minimum, maximum, isAbout: isAbout, span: span)
  }

  private func spanHere(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> ByteSpan {
    try parser.open(bytes)
    guard parser.has("end", bytes) else { throw parser.fail("expected 'end'") }
    let end = try parser.integer(bytes)
    guard parser.has("start", bytes) else { throw parser.fail("expected 'start'") }
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

  private mutating func text(_ name: StaticString, _ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> String? {
    parser.has(name, bytes) ? try text(bytes, &parser) : nil
  }

  private mutating func text(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(JSONError) -> String {
    let range = parser.plainString(bytes)
    guard let range else { return try parser.string(checked: bytes) }
    guard let text = texts.text(bytes.extracting(range)) else { throw parser.fail("the string is not UTF-8") }
    return text
  }

  private func word<Word: RawRepresentable>(
    _ name: StaticString, _ bytes: Span<UInt8>, _ parser: inout JSONParser
  ) throws(JSONError) -> Word where Word.RawValue == String {
    guard parser.has(name, bytes), let word = Word(rawValue: try parser.string(checked: bytes)) else {
      throw parser.fail("expected a word")
    }
    return word
  }
}
