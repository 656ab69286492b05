// Control of every place: claims by place, corridors that an agreement puts under someone's control, zones over districts.
internal import TruceAtlas
internal import TruceModel

struct PlaceFold {
  let index: CaseIndex
  let fold: ControlFold
  let query: Query
  private let transitions: [PlaceID: [Transition]]
  private let histories: [PlaceID: [ControlStep]]
  /// Claims that an agreement puts a zone under someone's control, by zone.
  private let grants: [PlaceID: [Fact]]

  init(index: CaseIndex, control: ControlFold, facts: [Fact], query: Query) {
    self.index = index
    fold = control
    self.query = query
    var byPlace: [PlaceID: [Fact]] = [:]
    var grants: [PlaceID: [Fact]] = [:]
    for fact in facts {
      for place in index.placesOfControl(fact) { byPlace[place, default: []].append(fact) }
      for place in Set(fact.claim.places.compactMap(\.place)) {
        if fact.isOfControl { continue }
        if fact.claim.act == "control", fact.claim.polarity == .positive, fact.claim.modality != .denied, fact.claim.due == nil,
          index.isZone(place), fact.claim.who.contains(where: { $0.party != nil })
        {
          grants[place, default: []].append(fact)
        }
      }
    }
    self.grants = grants
    let builder = TransitionBuilder(index: index, tolerance: index.file.tolerance.milliseconds)
    var transitions: [PlaceID: [Transition]] = [:]
    for (place, facts) in byPlace { transitions[place] = builder.transitions(of: place, facts) }
    self.transitions = transitions
    var histories: [PlaceID: [ControlStep]] = [:]
    for (place, list) in transitions { histories[place] = control.steps(of: place, transitions: list) }
    self.histories = histories
  }

  /// The steps of a place's history that the rule admits.
  func steps(_ place: PlaceID) -> [ControlStep] { histories[place] ?? [] }

  /// All places that a claim or the case gives a holder, by id.
  func controls() -> [Situation.Control] {
    // A country as a whole does not change hands in a case unless the case says who holds it.
    var ids = Set(transitions.keys).union(grants.keys).filter { index.places[$0]?.kind != .country }
    for place in index.file.places where place.initialHolder != nil { ids.insert(place.id) }
    var controls = ids.sorted().compactMap { control($0) }
    let holders = Dictionary(controls.map { ($0.place, $0.holder) }, uniquingKeysWith: { first, _ in first })
    for i in controls.indices {
      let own = controls[i].holder
      controls[i].zones = (index.zones[controls[i].place] ?? []).filter { holders[$0].map { $0 != own && $0 != .unknown } ?? false }
    }
    return controls
  }

  /// Who holds one place at the query's moment; nil where nothing is known of it and the case says nothing.
  func control(_ place: PlaceID) -> Situation.Control? {
    let own = fold.control(place, transitions: transitions[place] ?? [], steps: steps(place), on: query.on) { transition in
      signing(before: transition)
    }
    guard own.since == nil, own.standing == nil else { return inherited(own) }
    return granted(place) ?? inherited(own)
  }

  /// A settlement goes with its district, as of the later passage of the two.
  private func inherited(_ own: Situation.Control) -> Situation.Control {
    guard index.places[own.place]?.kind == .settlement, let district = index.places[own.place]?.within,
      index.places[district]?.kind != .country,
      let last = fold.last(steps(district), on: query.on), last.holder != own.holder
    else { return own }
    if let ownLast = fold.last(steps(own.place), on: query.on), last.transition.window.upperBound <= ownLast.transition.window.upperBound {
      return own
    }
    guard var control = control(district) else { return own }
    // What the district's passage does not change for the district, it does not change for its parts.
    if last.holder == last.before { return own }
    control.place = own.place
    control.zones = []
    control.because = "as part of \(index.name(district)): " + control.because
    return control
  }

  /// The signing before which a passage that an agreement promises cannot have happened.
  private func signing(before transition: Transition) -> Instant? {
    for agreement in index.file.agreements {
      for provision in agreement.provisions where provision.place == transition.place && provision.isTransfer {
        return agreement.signed.earliest
      }
    }
    return nil
  }

  /// Control that an agreement gives, from claims that say so: "is to remain under control of".
  private func granted(_ place: PlaceID) -> Situation.Control? {
    guard let facts = grants[place] else { return nil }
    let agreement = index.file.agreements.first { $0.provisions.contains { $0.place == place && $0.act == "control" } }
    let provision = agreement?.provisions.first { $0.place == place && $0.act == "control" }
    var from = agreement?.signed
    if let provision, let agreement { from = Terms(provision, of: agreement, done: [:]).from ?? from }
    if let from, from.earliest >= query.on { return nil }
    guard let party = facts.flatMap(\.claim.who).compactMap(\.party).min() else { return nil }
    let stakes = Stakes(gain: [index.side(party)], lose: index.sideParties.subtracting([index.side(party)]))
    var evidence: [(fact: Fact, standing: Standing)] = []
    for fact in facts.sorted(by: TransitionBuilder.bySaid) {
      let standing = stakes.standing(fact.origin, modality: fact.claim.modality, in: index)
      if query.rule.admits(standing, fact) { evidence.append((fact, standing)) }
    }
    guard query.rule.isMet(by: evidence), let standing = Stakes.combined(evidence.map(\.standing)) else { return nil }
    var because = sentence(evidence)
    if let provision { because = "by agreement (\(provision.id)); " + because }
    let excluded = index.places[place]?.excludes ?? []
    if !excluded.isEmpty {
      because += "; " + excluded.map(index.name).joined(separator: ", ") + (excluded.count == 1 ? " is" : " are") + " outside it"
    }
    return Situation.Control(
      place: place, holder: .party(party), since: from, standing: standing, origins: Set(evidence.map(\.fact.origin.key)).count,
      evidence: evidence.map(\.fact.id), because: because)
  }
}

extension CaseIndex {
  /// The places whose control a claim tells of: those that it names and, where the seat of a district that is owed is handed over, the district.
  func placesOfControl(_ fact: Fact) -> Set<PlaceID> {
    guard fact.isOfControl else { return [] }
    let named = Set(fact.claim.places.compactMap(\.place))
    return fact.claim.act == "handed-over" ? named.union(named.compactMap { districtsOwed[$0] }) : named
  }

  func isZone(_ place: PlaceID) -> Bool { places[place]?.kind == .corridor || places[place]?.kind == .zone }
}

extension Provision {
  /// Whether the point has a place change hands.
  var isTransfer: Bool { ActFamily(act) == .transfer }
}
