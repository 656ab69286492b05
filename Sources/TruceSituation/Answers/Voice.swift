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
        voices.append(voice(place, store.spans[Int(row.claim)].fact))
      }
    } else {
      voices = lastHeard(of: place, query.on, prefix).map { voice(place, $0) }
    }
    return voices.sorted { ($1.said, $0.name) < ($0.said, $1.name) }
  }

  /// Each origin's last word of a place by a moment of saying: the chronicle is in the order said, but does not ask by when.
  private func lastHeard(of place: PlaceID, _ on: Instant, _ prefix: Prefix) -> [Fact] {
    var last: [String: Fact] = [:]
    for row in store.control.places[place]?.rows ?? [] {
      let span = store.spans[Int(row.span)]
      guard span.counts(in: prefix), VoiceBook.word(of: span.fact) != nil else { continue }
      let (from, until) = VoiceBook.validity(of: span.fact)
      guard from <= on, on < until else { continue }
      if let known = last[span.fact.origin.key], !Fact.bySaid(known, span.fact) { continue }
      last[span.fact.origin.key] = span.fact
    }
    return Array(last.values)
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
          place: place, before: before.map { voice(place, store.spans[Int($0.claim)].fact) },
          after: after.map { voice(place, store.spans[Int($0.claim)].fact) }))
    }
    return changes
  }

  /// The moment of the chronicle at which a prefix was known: its last entry's position.
  private func known(_ prefix: Prefix) -> Instant { Instant(milliseconds: Int64(prefix.entries) - 1) }

  private func voice(_ place: PlaceID, _ fact: Fact) -> Voice {
    Voice(
      place: place, name: fact.origin.name, parties: fact.origin.parties, word: Voice.Word(VoiceBook.word(of: fact)!),
      since: fact.claim.when, said: fact.said.lowerBound, evidence: fact.id)
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
