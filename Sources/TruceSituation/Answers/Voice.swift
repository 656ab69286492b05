// What each origin says of who holds a place, and since when: every voice by itself, before any rule weighs them.
internal import TruceAtlas
public import TruceModel

/// What one origin says of a place at a moment: its last word that covers it.
///
/// A small reference: what it tells is read when it is asked for.
public struct Voice: Sendable, Hashable {
  /// What it says.
  public enum Word: Sendable, Hashable {
    case holds(Holder)
    /// That somebody holds it, or left it, is not so.
    case denies(Holder)
  }

  fileprivate let book: VoiceBook
  /// The place, the origin, its claim and what it says, by their numbers.
  fileprivate let number: UInt32
  fileprivate let origin: UInt32
  fileprivate let span: UInt32
  fileprivate let value: Int32
  /// When it was said.
  public let said: Instant

  fileprivate init(_ book: VoiceBook, _ place: Int, _ origin: Int, _ word: Chronicle.Word) {
    self.book = book
    (number, self.origin) = (UInt32(place), UInt32(origin))
    span = UInt32(word.claim)
    value = word.value
    said = Instant(milliseconds: word.said)
  }

  public var place: PlaceID { book.place(number) }
  /// Who speaks, as a sentence calls them.
  public var name: String { book.name(origin, by: span) }
  /// The parties that speak; empty for an outlet of its own.
  public var parties: [PartyID] { book.origin(of: span).parties }
  public var word: Word { book.word(value) }
  /// From when, it says, that is so; nil where the claim gives no time.
  public var since: When? { book.when(of: span) }
  public var evidence: ClaimID { book.id(of: span) }

  /// Whether two voices tell the same; they may be of two indexes.
  public static func == (left: Voice, right: Voice) -> Bool {
    left.place == right.place && left.name == right.name && left.parties == right.parties && left.word == right.word
      && left.since == right.since && left.said == right.said && left.evidence == right.evidence
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    hasher.combine(evidence)
  }
}

/// An origin that says something else of a place than it was known to say before.
public struct VoiceChange: Sendable, Hashable {
  public var place: PlaceID
  /// Nil where nothing had been known of it.
  public var before: Voice?
  /// Nil where it says nothing any more.
  public var after: Voice?
}

extension SituationIndex {
  /// What every origin says of a place, the last said first.
  ///
  /// Costs by how many origins speak of the place.
  public func voices(of place: PlaceID, _ query: Query) -> [Voice] {
    guard let number = store.control.number(of: place) else { return [] }
    let prefix = store.prefix(for: query)
    let book = VoiceBook(store)
    // As numbers first: to sort voices would be to count their book in and out.
    var told: [(origin: UInt32, word: Chronicle.Word)] = []
    if query.said == nil {
      told.reserveCapacity(16)
      store.control.words.forEachWord(of: number, on: query.on, known: known(prefix)) { told.append((UInt32($0), $1)) }
    } else {
      told = lastHeard(of: place, query.on, prefix)
    }
    func name(_ one: (origin: UInt32, word: Chronicle.Word)) -> String { book.name(one.origin, by: UInt32(one.word.claim)) }
    told.sort { $0.word.said != $1.word.said ? $0.word.said > $1.word.said : name($0) < name($1) }
    return told.map { Voice(book, number, Int($0.origin), $0.word) }
  }

  /// What every origin says of one place, by when each first spoke, without evidence.
  ///
  /// Costs by how many origins speak of the place.
  ///
  /// - Parameter query: what had been said is not asked for here: all that is known counts.
  public func forEachVoice(of place: PlaceID, _ query: Query, _ body: (_ name: String, _ word: Voice.Word) -> Void) {
    let book = store.control
    guard let number = book.number(of: place) else { return }
    book.words.forEachWord(of: number, on: query.on, known: known(store.prefix(for: query))) { origin, word in
      body(book.names[origin], book.word(word.value))
    }
  }

  /// Each origin's last word of a place by a moment of saying: the chronicle is in the order said, but does not ask by when.
  private func lastHeard(of place: PlaceID, _ on: Instant, _ prefix: Prefix) -> [(origin: UInt32, word: Chronicle.Word)] {
    guard let rows = store.control.place(place)?.rows else { return [] }
    var last: [UInt32: (fact: Fact, word: Chronicle.Word)] = [:]
    for row in rows.elements where store.spans.counts(Int(row.span), in: prefix) {
      let telling = store.control.tellings.values[Int(row.telling)]
      guard let value = ControlTable.value(of: telling) else { continue }
      let origin = store.control.speakers[Int(telling.speaker)].origin
      let fact = store.fact(Int(row.span))
      let (from, until) = ControlTable.validity(
        of: fact.claim, ClaimStore.Meaning(context: store.spans.context(of: Int(row.span)), said: fact.said, window: fact.window))
      guard from <= on, on < until else { continue }
      if let known = last[origin], !Fact.bySaid(known.fact, fact) { continue }
      last[origin] = (fact, Chronicle.Word(value: value, claim: Int32(row.span), said: fact.saidFrom.milliseconds))
    }
    return last.map { ($0.key, $0.value.word) }
  }

  /// The whole map: what every origin says of every place, by place.
  ///
  /// - Parameter query: what had been said is not asked for here: all that is known counts.
  public func forEachVoice(_ query: Query, _ body: (_ place: PlaceID, _ name: String, _ word: Voice.Word) -> Void) {
    let book = store.control
    book.words.forEachView(on: query.on, known: known(store.prefix(for: query))) { place, origin, value, _ in
      body(book.placeIDs[place], book.names[origin], book.word(value))
    }
  }

  /// Which origins say something else of a place at the query's moment than they were known to say before.
  ///
  /// Costs by what was recorded in between.
  ///
  /// - Parameters:
  ///   - first: the earlier moment of knowledge.
  ///   - second: the later one; nil for everything.
  public func voiceChanges(_ query: Query, knownAt first: Instant, and second: Instant?) -> [VoiceChange] {
    let book = VoiceBook(store)
    var changes: [VoiceChange] = []
    forEachChange(query, first, second) { place, origin, before, after in
      func voice(_ word: Chronicle.Word) -> Voice? { word.value == 0 ? nil : Voice(book, place, origin, word) }
      changes.append(VoiceChange(place: store.control.placeIDs[place], before: voice(before), after: voice(after)))
    }
    return changes
  }

  /// The same, without evidence; a word is nil where nothing had been known of the origin, or it says nothing any more.
  public func forEachVoiceChange(
    _ query: Query, knownAt first: Instant, and second: Instant?,
    _ body: (_ place: PlaceID, _ name: String, _ before: Voice.Word?, _ after: Voice.Word?) -> Void
  ) {
    let book = store.control
    func word(_ value: Int32) -> Voice.Word? { value == 0 ? nil : book.word(value) }
    forEachChange(query, first, second) { place, origin, before, after in
      body(book.placeIDs[place], book.names[origin], word(before.value), word(after.value))
    }
  }

  @inline(__always)
  private func forEachChange(
    _ query: Query, _ first: Instant, _ second: Instant?,
    _ body: (_ place: Int, _ origin: Int, _ before: Chronicle.Word, _ after: Chronicle.Word) -> Void
  ) {
    var (earlier, later) = (query, query)
    (earlier.known, earlier.size) = (first, nil)
    (later.known, later.size) = (second, nil)
    store.control.words.forEachChangedWord(
      on: query.on, knownAt: known(store.prefix(for: earlier)), and: known(store.prefix(for: later)), body)
  }

  /// The moment of the chronicle at which a prefix was known: its last entry's position.
  private func known(_ prefix: Prefix) -> Instant { Instant(milliseconds: Int64(prefix.entries) - 1) }
}

extension Voice {
  /// The form: place, speaker, what it says, since when.
  public var json: JSON {
    let (says, holder) =
      switch word {
      case .holds(let holder): ("holds", holder)
      case .denies(let holder): ("denies", holder)
      }
    return .compact([
      "place": JSON(place), "according": JSON(name), "parties": .array(parties.map { JSON($0) }), "says": JSON(says),
      "holder": JSON(holder.description), "since": since?.json, "said": JSON(said), "evidence": JSON(evidence),
    ])
  }
}
