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
    guard let number = store.voices.number(of: place) else { return [] }
    let prefix = store.prefix(for: query)
    var voices: [Voice] = []
    if query.said == nil {
      store.voices.chronicle.forEachView(of: number, on: query.on, known: known(prefix)) { _, row in
        voices.append(voice(place, Int(row.claim), row.value))
      }
    } else {
      voices = lastHeard(of: place, query.on, prefix).map { voice(place, $0.span, store.voices.value($0.word)) }
    }
    return voices.sorted { ($1.said, $0.name) < ($0.said, $1.name) }
  }

  /// Each origin's last word of a place by a moment of saying: the chronicle is in the order said, but does not ask by when.
  private func lastHeard(of place: PlaceID, _ on: Instant, _ prefix: Prefix) -> [(span: Int, word: VoiceBook.Word)] {
    var last: [String: (fact: Fact, span: Int, word: VoiceBook.Word)] = [:]
    for row in store.control.place(place)?.rows ?? [] where store.spans[Int(row.span)].counts(in: prefix) {
      let fact = store.fact(Int(row.span))
      guard let word = VoiceBook.word(of: fact) else { continue }
      let (from, until) = VoiceBook.validity(of: fact)
      guard from <= on, on < until else { continue }
      if let known = last[fact.origin.key], !Fact.bySaid(known.fact, fact) { continue }
      last[fact.origin.key] = (fact, Int(row.span), word)
    }
    return last.values.map { ($0.span, $0.word) }
  }

  /// The whole map: what every origin says of every place, by place.
  ///
  /// - Parameter query: what had been said is not asked for here: all that is known counts.
  public func forEachVoice(_ query: Query, _ body: (_ place: PlaceID, _ name: String, _ word: Voice.Word) -> Void) {
    let book = store.voices
    book.chronicle.forEachView(on: query.on, known: known(store.prefix(for: query))) { place, origin, value, _ in
      body(book.places[place], book.names[origin], Voice.Word(book.word(value)))
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
    var (earlier, later) = (query, query)
    (earlier.known, earlier.size) = (first, nil)
    (later.known, later.size) = (second, nil)
    var changes: [VoiceChange] = []
    store.voices.chronicle.forEachChange(
      on: query.on, knownAt: known(store.prefix(for: earlier)), and: known(store.prefix(for: later))
    ) { place, _, before, after in
      let place = store.voices.places[place]
      changes.append(
        VoiceChange(
          place: place, before: before.map { voice(place, Int($0.claim), $0.value) },
          after: after.map { voice(place, Int($0.claim), $0.value) }))
    }
    return changes
  }

  /// The moment of the chronicle at which a prefix was known: its last entry's position.
  private func known(_ prefix: Prefix) -> Instant { Instant(milliseconds: Int64(prefix.entries) - 1) }

  private func voice(_ place: PlaceID, _ span: Int, _ word: Int32) -> Voice {
    let origin = store.context(span).origin
    return Voice(
      place: place, name: origin.name, parties: origin.parties, word: Voice.Word(store.voices.word(word)), since: store.when(span),
      said: Instant(milliseconds: store.spans[span].saidFrom), evidence: store.id(span))
  }
}

extension Voice.Word {
  init(_ word: VoiceBook.Word) {
    switch word {
    case .holds(let party): self = .holds(.party(party))
    case .left(let party): self = .holds(.left(party))
    case .deniesHolding(let party): self = .denies(.party(party))
    case .deniesLeaving(let party): self = .denies(.left(party))
    }
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
