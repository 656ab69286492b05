// What each origin says of who holds a place, and since when: every voice by itself, before any rule weighs them.
internal import TruceAtlas
public import TruceModel

/// What one origin says of a place at a moment: its last word that covers it.
public struct Voice: Sendable, Hashable {
  /// What it says.
  public enum Word: Sendable, Hashable {
    case holds(Holder)
    /// That somebody holds it, or left it, is not so.
    case denies(Holder)
  }

  public var place: PlaceID
  /// Who speaks, as a sentence calls them.
  public var name: String
  /// The parties that speak; empty for an outlet of its own.
  public var parties: [PartyID]
  public var word: Word
  /// From when, it says, that is so; nil where the claim gives no time.
  public var since: When?
  /// When it was said.
  public var said: Instant
  public var evidence: ClaimID
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
    var words: [Heard] = []
    if query.said == nil {
      store.control.words.forEachWord(of: number, on: query.on, known: known(prefix)) { words.append(Heard(span: Int($2), word: $1)) }
    } else {
      words = lastHeard(of: place, query.on, prefix)
    }
    let sights = store.sights(of: words.lazy.map(\.span))
    var names: [String] = []
    for sight in sights { names.append(store.name(sight)) }
    let order = words.indices.sorted { left, right in
      let (one, other) = (sights[left].saidFrom, sights[right].saidFrom)
      return one != other ? one > other : names[left] < names[right]
    }
    // In loops: a closure would copy the index.
    var voices: [Voice] = []
    voices.reserveCapacity(words.count)
    for at in order { voices.append(voice(place, sights[at], words[at].word)) }
    return voices
  }

  /// An origin's word, by the number of what its claim comes to.
  private struct Heard {
    var span: Int
    var word: Int32
  }

  /// What every origin says of one place, by when each first spoke, without evidence.
  ///
  /// Costs by how many origins speak of the place.
  ///
  /// - Parameter query: what had been said is not asked for here: all that is known counts.
  public func forEachVoice(of place: PlaceID, _ query: Query, _ body: (_ name: String, _ word: Voice.Word) -> Void) {
    let book = store.control
    guard let number = book.number(of: place) else { return }
    book.words.forEachWord(of: number, on: query.on, known: known(store.prefix(for: query))) { origin, value, _ in
      body(book.names[origin], book.word(value))
    }
  }

  /// Each origin's last word of a place by a moment of saying: the chronicle is in the order said, but does not ask by when.
  private func lastHeard(of place: PlaceID, _ on: Instant, _ prefix: Prefix) -> [Heard] {
    guard let rows = store.control.place(place)?.rows else { return [] }
    var last: [String: (fact: Fact, span: Int, word: Int32)] = [:]
    for row in rows.elements where store.spans.counts(Int(row.span), in: prefix) {
      guard let word = ControlTable.value(of: store.control.tellings.values[Int(row.telling)]) else { continue }
      let fact = store.fact(Int(row.span))
      let (from, until) = ControlTable.validity(
        of: fact.claim, ClaimStore.Meaning(context: store.context(Int(row.span)), said: fact.said, window: fact.window))
      guard from <= on, on < until else { continue }
      if let known = last[fact.origin.key], !Fact.bySaid(known.fact, fact) { continue }
      last[fact.origin.key] = (fact, Int(row.span), word)
    }
    return last.values.map { Heard(span: $0.span, word: $0.word) }
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
    var places: [PlaceID] = []
    // Of each change the word before and the word after.
    var words: [Heard?] = []
    func heard(_ word: (value: Int32, claim: Int32)) -> Heard? { word.value == 0 ? nil : Heard(span: Int(word.claim), word: word.value) }
    forEachChange(query, first, second) { place, _, before, after in
      places.append(store.control.placeIDs[place])
      words.append(heard(before))
      words.append(heard(after))
    }
    var changes: [VoiceChange] = []
    changes.reserveCapacity(places.count)
    for start in stride(from: 0, to: places.count, by: 32) {
      let batch = start..<min(places.count, start + 32)
      let sights = store.sights(of: words[2 * batch.lowerBound..<2 * batch.upperBound].lazy.map { $0?.span ?? 0 })
      for at in batch {
        var change = VoiceChange(place: places[at], before: nil, after: nil)
        if let word = words[2 * at] { change.before = voice(places[at], sights[2 * (at - start)], word.word) }
        if let word = words[2 * at + 1] { change.after = voice(places[at], sights[2 * (at - start) + 1], word.word) }
        changes.append(change)
      }
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
    _ body: (_ place: Int, _ origin: Int, _ before: (value: Int32, claim: Int32), _ after: (value: Int32, claim: Int32)) -> Void
  ) {
    var (earlier, later) = (query, query)
    (earlier.known, earlier.size) = (first, nil)
    (later.known, later.size) = (second, nil)
    store.control.words.forEachChangedWord(
      on: query.on, knownAt: known(store.prefix(for: earlier)), and: known(store.prefix(for: later)), body)
  }

  /// The moment of the chronicle at which a prefix was known: its last entry's position.
  private func known(_ prefix: Prefix) -> Instant { Instant(milliseconds: Int64(prefix.entries) - 1) }

  private func voice(_ place: PlaceID, _ sight: ClaimStore.Sight, _ word: Int32) -> Voice {
    Voice(
      place: place, name: store.name(sight), parties: store.parties(sight), word: store.control.word(word), since: store.when(sight),
      said: Instant(milliseconds: sight.saidFrom), evidence: store.id(sight))
  }
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
