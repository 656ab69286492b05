// Control of every place: claims by place, corridors that an agreement puts under someone's control, zones over districts.
internal import TruceAtlas
internal import TruceModel

struct PlaceFold {
  let index: CaseIndex
  let fold: ControlFold
  let query: Query
  /// Claims that an agreement puts a zone under someone's control, by zone.
  private let grants: [PlaceID: [Fact]]

  init(index: CaseIndex, control: ControlFold, facts: [Fact], query: Query) {
    self.index = index
    fold = control
    self.query = query
    var grants: [PlaceID: [Fact]] = [:]
    // To hand a claim on is to copy it: only those that can grant one.
    for fact in facts where fact.claim.act == "control" {
      for zone in index.zonesGranted(by: fact.claim) { grants[zone, default: []].append(fact) }
    }
    self.grants = grants
  }

  /// All places that a claim or the case gives a holder, by id.
  func controls() -> [Situation.Control] {
    // A country as a whole does not change hands in a case unless the case says who holds it.
    let told = fold.judge.placesTold
    var ids = Set(told).union(grants.keys).filter { index.places[$0]?.kind != .country }
    for place in index.file.places where place.initialHolder != nil { ids.insert(place.id) }
    var judgements: Judgements = [:]
    var controls = ids.sorted().map { control($0, &judgements) }
    let holders = Dictionary(controls.map { ($0.place, $0.holder) }, uniquingKeysWith: { first, _ in first })
    for i in controls.indices {
      let own = controls[i].holder
      controls[i].zones = (index.zones[controls[i].place] ?? []).filter { holders[$0].map { $0 != own && $0 != .unknown } ?? false }
    }
    return controls
  }

  /// Who holds one place at the query's moment, with the zones in it that somebody else holds.
  func control(_ place: PlaceID) -> Situation.Control {
    var judgements: Judgements = [:]
    var own = control(place, &judgements)
    own.zones = (index.zones[place] ?? []).filter { zone in
      let holder = control(zone, &judgements).holder
      return holder != own.holder && holder != .unknown
    }
    return own
  }

  /// Judgements of the places that were asked for, each made once.
  private typealias Judgements = [PlaceID: Judgement]

  private func judgement(_ place: PlaceID, _ known: inout Judgements) -> Judgement {
    if let judgement = known[place] { return judgement }
    let judgement = fold.judgement(of: place, on: query.on)
    known[place] = judgement
    return judgement
  }

  private func control(_ place: PlaceID, _ judgements: inout Judgements) -> Situation.Control {
    let own = fold.control(place, judgement(place, &judgements), on: query.on)
    guard own.since == nil, own.standing == nil else { return inherited(own, &judgements) }
    return granted(place) ?? inherited(own, &judgements)
  }

  /// A settlement goes with its district, as of the later passage of the two.
  private func inherited(_ own: Situation.Control, _ judgements: inout Judgements) -> Situation.Control {
    guard index.places[own.place]?.kind == .settlement, let district = index.places[own.place]?.within,
      index.places[district]?.kind != .country,
      let last = fold.last(judgement(district, &judgements), on: query.on), fold.holder(last.holder) != own.holder
    else { return own }
    if let ownLast = fold.last(judgement(own.place, &judgements), on: query.on), last.passage.upper <= ownLast.passage.upper { return own }
    // What the district's passage does not change for the district, it does not change for its parts.
    if last.holder == last.before { return own }
    var control = control(district, &judgements)
    control.place = own.place
    control.zones = []
    control.because = "as part of \(index.name(district)): " + control.because
    return control
  }

  /// Control that an agreement gives, from claims that say so: "is to remain under control of".
  private func granted(_ place: PlaceID) -> Situation.Control? {
    guard let facts = grants[place] else { return nil }
    let agreement = index.file.agreements.first { $0.provisions.contains { $0.place == place && $0.act == "control" } }
    let provision = agreement?.provisions.first { $0.place == place && $0.act == "control" }
    var from = agreement?.dated
    if let provision, let agreement { from = Terms(provision, of: agreement, done: [:]).from ?? from }
    if let from, from.earliest >= query.on { return nil }
    guard let party = facts.flatMap(\.claim.who).compactMap(\.party).min() else { return nil }
    let stakes = Stakes(gain: [index.side(party)], lose: index.sideParties.subtracting([index.side(party)]))
    var evidence: [(fact: Fact, standing: Standing)] = []
    for fact in facts.sorted(by: Fact.bySaid) {
      let standing = stakes.standing(fact.origin, modality: fact.claim.modality, in: index)
      if query.rule.admits(standing, fact) { evidence.append((fact, standing)) }
    }
    guard query.rule.isMet(by: evidence), let standing = Stakes.combined(evidence.map(\.standing)) else { return nil }
    var because = sentence(evidence)
    if let provision { because = "by point \(provision.article) of the agreement; " + because }
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
  @inline(__always)
  func forEachPlaceOfControl(_ claim: Claim, _ body: (PlaceID) -> Void) {
    guard claim.isOfControl else { return }
    if claim.places.count == 1, claim.act != "handed-over" {
      if let place = claim.places[0].place { body(place) }
      return
    }
    var places: [PlaceID] = []
    for case let place? in claim.places.lazy.map(\.place) {
      if !places.contains(place) { places.append(place) }
      if claim.act == "handed-over", let district = districtsOwed[place], !places.contains(district) { places.append(district) }
    }
    places.forEach(body)
  }

  /// The zones that a claim says an agreement puts under someone's control.
  func zonesGranted(by claim: Claim) -> Set<PlaceID> {
    // What is of control first: of most claims that say so.
    guard claim.act == "control", !claim.isOfControl, claim.polarity == .positive, claim.modality != .denied, claim.due == nil,
      claim.who.contains(where: { $0.party != nil })
    else { return [] }
    return Set(claim.places.compactMap(\.place).filter(isZone))
  }

  func isZone(_ place: PlaceID) -> Bool { places[place]?.kind == .corridor || places[place]?.kind == .zone }
}

extension Provision {
  /// Whether the point has a place change hands.
  var isTransfer: Bool { ActFamily(act) == .transfer }
}
