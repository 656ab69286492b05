// One situation out of the claims that count: control first, then what rests on it.
internal import TruceAtlas
internal import TruceModel

struct SituationFold {
  let index: CaseIndex
  let store: ClaimStore
  let query: Query
  let prefix: Prefix
  let facts: [Fact]

  init(_ store: ClaimStore, _ query: Query, in index: CaseIndex) {
    self.index = index
    self.store = store
    self.query = query
    prefix = store.prefix(for: query)
    facts = store.facts(in: prefix)
  }

  private var placeFold: PlaceFold {
    PlaceFold(index: index, control: ControlFold(store, query, prefix, in: index), facts: facts, query: query)
  }

  private var eventFold: EventFold { EventFold(index: index, facts: facts, query: query) }

  func commitments() -> [Situation.Commitment] {
    // Posts, and reports that it was quiet, are all that the watch is told by.
    let seen = facts.filter {
      $0.claim.type == .postEstablished || $0.claim.type == .ceasefireViolation && $0.claim.polarity == .negative
    }
    let events = EventFold(index: index, facts: seen, query: query)
    let watch = events.watch(events.events(), posts: store.watch(in: prefix))
    return CommitmentFold(index: index, facts: facts, query: query, places: placeFold, watch: watch).commitments()
  }

  func situation() -> Situation {
    let watchIndex = store.watch(in: prefix)
    let (places, events) = (placeFold, eventFold)
    let all = events.events()
    let watch = events.watch(all, posts: watchIndex)
    let commitments = CommitmentFold(index: index, facts: facts, query: query, places: places, watch: watch)
    return Situation(
      query: query, size: UInt64(prefix.entries), control: places.controls(), commitments: commitments.commitments(),
      ceasefires: events.ceasefires(all, watch: watch), incidents: events.incidents(all), posts: events.posts(all),
      coverage: watch.coverage, exchanges: events.exchanges(all), agreements: events.agreements(all), history: events.history(all),
      events: events.others(all),
      findings: store.findings(in: prefix) + (watchIndex?.findings ?? []) + events.findings(all))
  }
}
