// One situation out of the claims that count: control first, then what rests on it.
internal import TruceAtlas
internal import TruceModel

struct SituationFold {
  let index: CaseIndex
  let facts: [Fact]
  let query: Query
  let control: ControlFold

  init(index: CaseIndex, facts: [Fact], query: Query) {
    self.index = index
    self.facts = facts
    self.query = query
    control = ControlFold(index: index, rule: query.rule)
  }

  func situation(size: UInt64, malformed: [Finding], watch watchIndex: WatchIndex?) -> Situation {
    let places = PlaceFold(index: index, control: control, facts: facts, query: query)
    let events = EventFold(index: index, facts: facts, query: query)
    let all = events.events()
    let watch = events.watch(all, posts: watchIndex)
    let commitments = CommitmentFold(index: index, facts: facts, query: query, places: places, events: all, watch: watch)
    let list = commitments.commitments()
    return Situation(
      query: query, size: size, control: places.controls(), commitments: list, ceasefires: events.ceasefires(all, watch: watch),
      incidents: events.incidents(all), posts: events.posts(all), coverage: watch.coverage, exchanges: events.exchanges(all),
      agreements: events.agreements(all), history: events.history(all), events: events.others(all),
      findings: malformed + (watchIndex?.findings ?? []) + events.findings(all))
  }
}
