// What incidents are fused from: an observation or a claim, as one observer's word on one thing in a time window on a stretch or at a place.
public import TruceModel

/// One observer's word on one thing that happened.
public struct Sighting: Sendable, Hashable {
  /// The observation's or the claim's id.
  public var id: EntryID
  /// Two sightings by one observer are two things.
  public var observer: String
  public var means: [Means]
  public var what: Observation.What?
  public var assessment: Observation.Assessment?
  public var count: Count
  /// When it was, the clock put right; half-open, a moment is one millisecond long.
  public var window: Range<Instant>
  public var stretch: LineStretch?
  public var place: PlaceID?

  public init(
    id: EntryID, observer: String, means: [Means] = [], what: Observation.What? = nil, assessment: Observation.Assessment? = nil,
    count: Count = Count(1), window: Range<Instant>, stretch: LineStretch? = nil, place: PlaceID? = nil
  ) {
    self.id = id
    self.observer = observer
    self.means = means
    self.what = what
    self.assessment = assessment
    self.count = count
    self.window = window
    self.stretch = stretch
    self.place = place
  }

  /// A claim of hostilities or a violation that was asserted to have happened, with a time; else nil.
  ///
  /// - Parameter origin: who it goes back to: reprints of one statement are one observer.
  public init?(_ claim: Claim, origin: String) {
    guard claim.type == .hostilities || claim.type == .ceasefireViolation, claim.polarity == .positive,
      claim.modality == .happened || claim.modality == .alleged, let when = claim.when, when.begin.lowerBound > .distantPast,
      when.latest < .distantFuture
    else { return nil }
    let number = claim.quantities.first { ["violations", "incidents", "attacks", "times", "explosions", "shots"].contains($0.what) }
    self.init(
      id: EntryID(claim.id.rawValue), observer: origin,
      count: number.map { Count(Int($0.minimum), Int($0.maximum), isAbout: $0.isAbout) } ?? Count(1), window: when.earliest..<when.latest,
      place: claim.places.compactMap(\.place).first)
  }
}

extension WatchIndex {
  /// The observations that count, as sightings; movements, works and obstructions are no incidents and are left out.
  ///
  /// - Parameters:
  ///   - window: only those that can have been in it, their clocks put right.
  ///   - locate: where on a line an observation without a stretch was, from its sector; by default what its post watched then.
  public func sightings(
    in window: Range<Instant> = .distantPast..<Instant.distantFuture, locate: (Observation) -> LineStretch? = { _ in nil }
  ) -> [Sighting] {
    let phases = logs.mapValues { $0.phases() }
    let retracted = retractedObservations
    return observations.values.compactMap { sighting($0.record, in: window, phases: phases, retracted: retracted, locate: locate) }.sorted {
      $0.id < $1.id
    }
  }

  /// Some observations as sightings: those of them that count.
  public func sightings(of ids: some Sequence<EntryID>, locate: (Observation) -> LineStretch? = { _ in nil }) -> [Sighting] {
    let retracted = retractedObservations
    var phases: [PostID: [PostPhase]] = [:]
    return ids.compactMap { id in
      guard let observation = observations[id]?.record else { return nil }
      if let post = observation.post, phases[post] == nil { phases[post] = logs[post]?.phases() ?? [] }
      return sighting(
        observation, in: .distantPast..<Instant.distantFuture, phases: phases, retracted: retracted, locate: locate)
    }
  }

  private func sighting(
    _ observation: Observation, in window: Range<Instant>, phases: [PostID: [PostPhase]], retracted: Set<EntryID>,
    locate: (Observation) -> LineStretch?
  ) -> Sighting? {
    if [.movement, .works, .obstruction].contains(observation.what) { return nil }
    let offset = clockOffset(of: observation)
    let from = observation.from.adding(milliseconds: offset)
    let until = max(observation.until.adding(milliseconds: offset), from.adding(milliseconds: 1))
    guard from < window.upperBound, until > window.lowerBound, !retracted.contains(observation.id) else { return nil }
    if let post = observation.post, let log = logs[post], !log.accepts(observation) { return nil }
    let phase = observation.post.flatMap { phases[$0] }?.last { $0.from <= from }
    return Sighting(
      id: observation.id, observer: observation.post.map { "\($0)/\(observation.observer)" } ?? observation.observer,
      means: observation.means, what: observation.what,
      assessment: observation.assessment, count: observation.count, window: from..<until,
      stretch: observation.stretch ?? locate(observation) ?? phase?.post.stretches.first, place: observation.place ?? phase?.post.place)
  }

  /// Rulings that no later ruling took back, by id.
  public var standingRulings: [IncidentRuling] {
    // A ruling may take back one that took back another: the chain is followed from its end.
    var takenBy: [EntryID: [EntryID]] = [:]
    for ruling in rulings.values.map(\.record) where ruling.act == .retract {
      if let target = ruling.ruling { takenBy[target, default: []].append(ruling.id) }
    }
    var stands: [EntryID: Bool] = [:]
    for id in rulings.keys.sorted(by: { (rulings[$1]!.sequence, $1) < (rulings[$0]!.sequence, $0) }) {
      // Only a later ruling takes an earlier one back, so that those are settled already.
      stands[id] = !(takenBy[id] ?? []).contains { rulings[$0]!.sequence > rulings[id]!.sequence && stands[$0] == true }
    }
    return rulings.values.map(\.record).filter { stands[$0.id] == true }.sorted { $0.id < $1.id }
  }

  var retractedObservations: Set<EntryID> { Set(standingRulings.filter { $0.act == .retract }.flatMap(\.observations)) }

  /// The incidents that the watch's observations, and any further sightings, are fused into.
  public func incidents(
    rules: CountingRules = CountingRules(), claims: [Sighting] = [], locate: (Observation) -> LineStretch? = { _ in nil }
  ) -> IncidentReport {
    fuse(sightings(locate: locate) + claims, rules: rules, rulings: standingRulings)
  }
}
