// Everything that happened or was told: claims of one matter put together to one event, and sorted to where it is shown.
internal import TruceAtlas
internal import TruceModel

/// How the line was watched.
struct Watch {
  var coverage: Situation.Coverage
  /// The watched share of the line's kilometre-hours; nil where no check-in says so.
  var share: Double?
  /// Whether any post or any third party's report says that somebody watched.
  var isWatched: Bool
  /// The places at which posts are reported.
  var places: Set<PlaceID>
}

struct EventFold {
  let index: CaseIndex
  let facts: [Fact]
  let query: Query

  // MARK: - Claims to events

  private struct Matter: Hashable {
    var type: ClaimType
    var act: String
    var who: [String]
    var places: [String]
    var object: String
    var modality: Modality
    var polarity: Polarity
    var when: String
  }

  /// What a party can deny.
  private struct Denied: Hashable {
    var type: ClaimType
    var act: String
  }

  /// All events of claims that count under the rule, in the order of time.
  func events() -> [Situation.Event] {
    var groups: [Matter: [Fact]] = [:]
    for fact in facts where fact.claim.type != .commitment && fact.claim.type != .deadlineRevised {
      groups[matter(fact.claim), default: []].append(fact)
    }
    let denials = Dictionary(grouping: facts.lazy.filter { $0.isDenial && !$0.origin.parties.isEmpty }) {
      Denied(type: $0.claim.type, act: $0.claim.act)
    }
    let events = groups.values.compactMap { event($0.sorted(by: Fact.bySaid), denials) }
    return events.sorted { left, right in
      let a = left.when.map { ($0.earliest, $0.latest) } ?? (.distantPast, .distantFuture)
      let b = right.when.map { ($0.earliest, $0.latest) } ?? (.distantPast, .distantFuture)
      if a.0 != b.0 { return a.0 < b.0 }
      if a.1 != b.1 { return a.1 < b.1 }
      return left.evidence[0] < right.evidence[0]
    }
  }

  private func matter(_ claim: Claim) -> Matter {
    Matter(
      type: claim.type, act: claim.act, who: EventFold.parties(claim.who), places: EventFold.places(claim), object: claim.object ?? "",
      modality: claim.modality, polarity: claim.polarity, when: claim.when?.edtf ?? "")
  }

  private static func parties(_ mentions: [Mention]) -> [String] {
    Set(mentions.filter { $0.party != nil || !$0.isImplicit }.map { $0.party?.rawValue ?? $0.text }).sorted()
  }

  private static func places(_ claim: Claim) -> [String] { Set(claim.places.map { $0.place?.rawValue ?? $0.text }).sorted() }

  private func event(_ group: [Fact], _ denials: [Denied: [Fact]]) -> Situation.Event? {
    let actors = Set(group.flatMap { $0.claim.who.compactMap(\.party) }.map(index.side))
    let stakes = stakes(group[0].claim, actors: actors)
    let evidence = query.rule.evidence(group, stakes, in: index)
    guard let standing = Stakes.combined(evidence.map(\.standing)) else { return nil }
    let claim = evidence.last!.fact.claim
    let quantities = EventFold.figures(evidence.map(\.fact))
    return Situation.Event(
      type: claim.type, act: claim.act, who: EventFold.parties(claim.who), places: EventFold.places(claim), when: claim.when,
      modality: claim.modality, polarity: claim.polarity, quantities: quantities, standing: standing,
      isDisputed: isDenied(group[0], denials),
      origins: Set(evidence.map(\.fact.origin.key)).count, evidence: evidence.map(\.fact.id),
      summary: EventFold.summary(claim, quantities), whom: EventFold.parties(claim.whom), object: claim.object)
  }

  /// Each origin's last figure for each thing; where origins differ, from the lowest to the highest.
  private static func figures(_ facts: [Fact]) -> [Quantity] {
    var order: [String] = []
    var latest: [String: [String: Quantity]] = [:]
    for fact in facts {
      for quantity in fact.claim.quantities {
        if latest[quantity.what] == nil { order.append(quantity.what) }
        latest[quantity.what, default: [:]][fact.origin.key] = quantity
      }
    }
    return order.map { what in
      let all = latest[what]!.values
      let isAbout = all.contains(where: \.isAbout)
      return Quantity(what, all.map(\.minimum).min()!, all.map(\.maximum).max()!, isAbout: isAbout)
    }
  }

  /// By what is done to someone its author loses; by what a party does for itself it gains.
  private func stakes(_ claim: Claim, actors: Set<PartyID>) -> Stakes {
    let others = index.sideParties.subtracting(actors)
    switch claim.type {
    case .ceasefireViolation, .hostilities, .casualties, .displacement: return Stakes(gain: others, lose: actors)
    default: return Stakes(gain: actors, lose: others)
    }
  }

  /// Whether a party denies the same matter.
  private func isDenied(_ fact: Fact, _ denials: [Denied: [Fact]]) -> Bool {
    guard fact.isAsserted, let denials = denials[Denied(type: fact.claim.type, act: fact.claim.act)] else { return false }
    let places = Set(fact.claim.places.compactMap(\.place))
    return denials.contains { other in
      other.origin.key != fact.origin.key && other.window.overlaps(fact.window) && fact.window.lowerBound < other.said.upperBound
        && (places.isEmpty || !places.isDisjoint(with: other.claim.places.compactMap(\.place)))
    }
  }

  static func summary(_ claim: Claim, _ quantities: [Quantity]) -> String {
    var words: [String] = []
    if claim.modality == .planned { words.append("planned:") }
    if claim.modality == .denied { words.append("denied:") }
    if claim.polarity == .negative { words.append("no") }
    let who = parties(claim.who).joined(separator: ", ")
    if !who.isEmpty { words.append(who) }
    words.append(claim.act.isEmpty ? claim.type.rawValue : claim.act)
    let whom = parties(claim.whom).joined(separator: ", ")
    if !whom.isEmpty { words.append("to \(whom)") }
    if let object = claim.object, object != claim.act { words.append(object) }
    for quantity in quantities { words.append("\(quantity.hedgedFigure) \(quantity.what)") }
    let place = claim.places.map(\.text).joined(separator: ", ")
    if !place.isEmpty { words.append("(\(place))") }
    if let when = claim.when { words.append(when.edtf) }
    return words.joined(separator: " ")
  }

  // MARK: - Events to lists

  private func isPast(_ event: Situation.Event) -> Bool { event.when.map { $0.earliest < query.on } ?? true }
  /// Told as having been so: neither planned nor denied.
  private func isTold(_ event: Situation.Event) -> Bool { event.modality == .happened || event.modality == .alleged }
  private func isBefore(_ event: Situation.Event) -> Bool { event.when.map { $0.latest <= index.signed } ?? false }

  func incidents(_ all: [Situation.Event]) -> [Situation.Event] {
    all.filter {
      ($0.type == .ceasefireViolation || $0.type == .hostilities) && $0.polarity == .positive && isTold($0) && isPast($0) && !isBefore($0)
    }
  }

  func posts(_ all: [Situation.Event]) -> [Situation.Event] { all.filter { $0.type == .postEstablished && isTold($0) && isPast($0) } }

  func exchanges(_ all: [Situation.Event]) -> [Situation.Event] { all.filter { $0.type == .exchange && isTold($0) && isPast($0) } }

  func agreements(_ all: [Situation.Event]) -> [Situation.Event] { all.filter { $0.type == .agreementSigned && isPast($0) } }

  func history(_ all: [Situation.Event]) -> [Situation.Event] {
    all.filter { event in
      switch event.type {
      case .hostilities, .controlChange, .statement, .displacement, .casualties:
        event.when != nil && isBefore(event) && event.polarity == .positive
      case .ceasefireStart: event.when != nil && isPast(event) && event.polarity == .positive
      default: false
      }
    }
  }

  func others(_ all: [Situation.Event]) -> [Situation.Event] {
    let taken = Set((incidents(all) + posts(all) + exchanges(all) + agreements(all) + history(all)).map(\.evidence))
    return all.filter { $0.type != .controlChange && !taken.contains($0.evidence) && isPast($0) }
  }

  /// The ceasefires that were announced, by the day from which they hold.
  func ceasefires(_ all: [Situation.Event], watch: Watch) -> [Situation.Ceasefire] {
    var result: [Situation.Ceasefire] = []
    var known: [Range<Instant>: Int] = [:]
    for event in all where event.type == .ceasefireStart && event.polarity == .positive && event.modality != .denied {
      guard let from = event.when else { continue }
      if let same = known[from.begin] {
        result[same].evidence += event.evidence
        continue
      }
      known[from.begin] = result.count
      result.append(Situation.Ceasefire(from: from, until: nil, word: "", evidence: event.evidence))
    }
    let lastFire = incidents(all).compactMap(\.when?.earliest).max()
    for i in result.indices {
      let start = result[i].from.earliest
      var state = CommitmentState(kind: .maintain, from: start, isWatched: watch.isWatched)
      if let lastFire, lastFire >= start { state.breach = .incident }
      result[i].word = CommitmentWord(state, at: query.on).description
    }
    // Those of a few days stand by their terms, whoever reports of them.
    return result + CeasefireCalendar(case: index.file).limited(by: query.on)
  }
}
