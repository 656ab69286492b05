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
    var (gains, loses) = (false, false)
    for party in origin.parties {
      let side = index.side(party)
      if gain.contains(side) { gains = true }
      if lose.contains(side) { loses = true }
    }
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

  /// Those of some claims that count under the rule, each with what it is worth; none where together they are not enough.
  func evidence(_ facts: [Fact], _ stakes: Stakes, in index: CaseIndex) -> [(fact: Fact, standing: Standing)] {
    var evidence: [(fact: Fact, standing: Standing)] = []
    // Mostly the same parties tell several things, and their word is worth the same each time.
    var last: (fact: Fact, standing: Standing)?
    for fact in facts {
      let standing: Standing
      if let last, last.fact.claim.modality == fact.claim.modality, last.fact.origin.isPost == fact.origin.isPost,
        last.fact.origin.parties == fact.origin.parties
      {
        standing = last.standing
      } else {
        standing = stakes.standing(fact.origin, modality: fact.claim.modality, in: index)
        last = (fact, standing)
      }
      if admits(standing, fact) { evidence.append((fact, standing)) }
    }
    return isMet(by: evidence) ? evidence : []
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

/// How many of some values differ.
func countDifferent<Value: Hashable>(_ values: some Collection<Value>) -> Int { values.count < 2 ? values.count : Set(values).count }

/// The evidence in a sentence: "conceded by Armenia (TASS 2020-11-25), claimed by Azerbaijan (Azertag 2020-11-25, TASS 2020-11-26: one origin)".
func sentence<Told: Attributed>(_ evidence: [(fact: Told, standing: Standing)]) -> String {
  // Those who say it with one standing and one name stand together, with their citations in order.
  let told = evidence.sorted { left, right in
    if left.standing != right.standing { return left.standing > right.standing }
    if left.fact.originName != right.fact.originName { return left.fact.originName < right.fact.originName }
    return left.fact.citation < right.fact.citation
  }
  var text = ""
  text.reserveCapacity(64 * told.count)
  var rest = told[...]
  while let (first, standing) = rest.first {
    let name = first.originName
    let group = rest.prefix { $0.standing == standing && $0.fact.originName == name }
    rest = rest[group.endIndex...]
    if !text.isEmpty { text += ", " }
    text += standing == .alleged ? "told" : standing.rawValue
    text += " by "
    text += name
    // An outlet that tells in its own name is named once.
    let isNamed = group.contains { $0.fact.citation.publisher != name }
    var citations = 0
    var last: Fact.Citation?
    for (fact, _) in group where fact.citation != last {
      let citation = fact.citation
      text += citations == 0 ? " (" : ", "
      if isNamed {
        text += citation.publisher
        text += " "
      }
      text += citation.day.description
      citations += 1
      last = citation
    }
    if isNamed, citations > 1 {
      let origins = countDifferent(group.map(\.fact.originKey))
      text += origins == 1 ? ": one origin" : ": \(origins) origins"
    }
    text += ")"
  }
  return text
}
