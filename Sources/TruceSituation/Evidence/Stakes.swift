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

/// Those who say a thing with one name and one standing.
private struct Group: Hashable {
  var standing: Standing
  var name: String
}

/// So many groups are looked through one by one.
private let fewGroups = 8

/// The evidence in a sentence: "conceded by Armenia (TASS 2020-11-25), claimed by Azerbaijan (Azertag 2020-11-25, TASS 2020-11-26: one origin)".
func sentence<Told: Attributed>(_ evidence: [(fact: Told, standing: Standing)]) -> String {
  var told: [(group: Group, citations: [Fact.Citation], origins: [Told.Key])] = []
  var numbers: [Group: Int] = [:]
  var last = 0
  for (fact, standing) in evidence {
    let group = Group(standing: standing, name: fact.origin.name)
    // Mostly that of the one before, else one of few: neither needs a hash.
    var number = last
    if last == told.count || told[last].group != group {
      number = (told.count > fewGroups ? numbers[group] : told.firstIndex { $0.group == group }) ?? told.count
    }
    last = number
    if number == told.count {
      told.append((group, [], []))
      if told.count > fewGroups { for at in numbers.count..<told.count { numbers[told[at].group] = at } }
    }
    if told[number].citations.last != fact.citation { told[number].citations.append(fact.citation) }
    if !told[number].origins.contains(fact.originKey) { told[number].origins.append(fact.originKey) }
  }
  told.sort { ($1.group.standing, $0.group.name) < ($0.group.standing, $1.group.name) }
  var text = ""
  text.reserveCapacity(64 * told.count)
  for (group, all, origins) in told {
    if !text.isEmpty { text += ", " }
    text += group.standing == .alleged ? "told" : group.standing.rawValue
    text += " by "
    text += group.name
    let citations = all.sorted().reduce(into: [Fact.Citation]()) { if $0.last != $1 { $0.append($1) } }
    // An outlet that tells in its own name is named once.
    let isNamed = citations.contains { $0.publisher != group.name }
    for (at, citation) in citations.enumerated() {
      text += at == 0 ? " (" : ", "
      if isNamed {
        text += citation.publisher
        text += " "
      }
      text += citation.day.description
    }
    if isNamed, citations.count > 1 { text += origins.count == 1 ? ": one origin" : ": \(origins.count) origins" }
    text += ")"
  }
  return text
}
