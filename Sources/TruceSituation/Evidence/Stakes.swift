// Who gains and who loses by a claim, and what its speaker's word is worth for that: standing, computed and never typed in.
internal import TruceAtlas
internal import TruceModel

/// The sides that gain and lose by a matter.
struct Stakes: Sendable, Hashable {
  var gain: Set<PartyID>
  var lose: Set<PartyID>

  /// What one origin's word is worth.
  func standing(_ origin: Origin, modality: Modality, in index: CaseIndex) -> Standing {
    if modality == .alleged || modality == .conditional { return .alleged }
    if origin.isPost { return .observed }
    if origin.parties.isEmpty { return .alleged }
    let sides = Set(origin.parties.map(index.side))
    let gains = !sides.isDisjoint(with: gain)
    let loses = !sides.isDisjoint(with: lose)
    if gains, loses { return .agreed }
    if gains { return .claimed }
    return loses ? .conceded : .attested
  }

  /// The standing of a fact from its evidence's: a claim and a concession make it agreed; nil for no evidence.
  static func combined(_ standings: some Sequence<Standing>) -> Standing? {
    let set = Set(standings)
    if set.contains(.observed) { return .observed }
    if set.contains(.agreed) || (set.contains(.claimed) && set.contains(.conceded)) { return .agreed }
    return set.max()
  }
}

extension Rule {
  /// Whether one piece of evidence counts under the rule, by its standing and its origin.
  func admits(_ standing: Standing, _ fact: Fact) -> Bool { admits(standing, fact.origin, fact.source) }

  func admits(_ standing: Standing, _ origin: Origin, _ source: SourceID?) -> Bool {
    switch self {
    case .anyone, .best: return true
    case .party(let party): return origin.parties.contains(party)
    case .againstInterest: return standing == .conceded || standing == .agreed
    case .thirdParty: return standing == .attested
    case .bothSides: return standing == .claimed || standing == .conceded || standing == .agreed
    case .observed: return standing == .observed
    case .own(let own):
      return (own.standings.isEmpty || own.standings.contains(standing))
        && (own.parties.isEmpty || origin.parties.contains { own.parties.contains($0) })
        && (own.sources.isEmpty || source.map(own.sources.contains) ?? false)
    }
  }

  /// Whether the admitted evidence together is enough.
  func isMet(by evidence: [(fact: Fact, standing: Standing)]) -> Bool {
    var needsBothSides = self == .bothSides
    if case .own(let own) = self {
      guard Set(evidence.map(\.fact.origin.key)).count >= own.origins else { return false }
      needsBothSides = own.needsBothSides
    }
    guard needsBothSides else { return !evidence.isEmpty }
    let set = Set(evidence.map(\.standing))
    return set.contains(.agreed) || (set.contains(.claimed) && set.contains(.conceded))
  }
}

/// The evidence in a sentence: "conceded by Armenia (TASS 2020-11-25), claimed by Azerbaijan (Azertag 2020-11-25, TASS 2020-11-26: one origin)".
func sentence(_ evidence: [(fact: Fact, standing: Standing)]) -> String {
  struct Group: Hashable {
    var standing: Standing
    var name: String
  }
  var told: [Group: (citations: Set<Fact.Citation>, origins: Set<String>)] = [:]
  for (fact, standing) in evidence {
    let group = Group(standing: standing, name: fact.origin.name)
    told[group, default: ([], [])].citations.insert(fact.citation)
    told[group]!.origins.insert(fact.origin.key)
  }
  let ordered = told.sorted { ($1.key.standing, $0.key.name) < ($0.key.standing, $1.key.name) }
  return ordered.map { group, value in
    let verb = group.standing == .alleged ? "told" : group.standing.rawValue
    let citations = value.citations.sorted()
    // An outlet that tells in its own name is named once.
    guard citations.contains(where: { $0.publisher != group.name }) else {
      return "\(verb) by \(group.name) (" + citations.map(\.day.description).joined(separator: ", ") + ")"
    }
    let origins = value.origins.count == 1 ? "one origin" : "\(value.origins.count) origins"
    let cited = citations.map { "\($0.publisher) \($0.day)" }.joined(separator: ", ")
    return "\(verb) by \(group.name) (\(cited)" + (citations.count == 1 ? ")" : ": \(origins))")
  }.joined(separator: ", ")
}
