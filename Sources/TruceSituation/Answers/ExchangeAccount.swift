// Exchanges and tallies: who gave whom how many, by whose count, and where the two sides' lists differ.
internal import TruceAtlas
public import TruceModel

/// The exchanges of a situation, each with every side's figures.
public struct ExchangeAccount: Sendable, Hashable {
  /// One thing that was counted, and who counted how many.
  public struct Count: Sendable, Hashable {
    public enum Verdict: String, Sendable, Hashable {
      /// Two parties that have a stake give the same figure.
      case matched
      /// One party gives a figure, the other none.
      case onlyOne = "only one side"
      /// Their figures exclude each other.
      case differs
    }

    /// One origin's figure.
    public struct Figure: Sendable, Hashable {
      public var according: String
      public var quantity: Quantity
      public var evidence: ClaimID
    }

    public var what: String
    public var figures: [Figure]
    public var verdict: Verdict
  }

  /// One exchange: a handing over by one party to another on one occasion.
  public struct Exchange: Sendable, Hashable {
    public var when: When?
    public var givers: [PartyID]
    public var receivers: [PartyID]
    public var places: [PlaceID]
    public var object: String?
    public var counts: [Count]
    public var standing: Standing
    public var origins: Int
    public var evidence: [ClaimID]
  }

  /// What all exchanges come to, by the figures of each party that counts.
  public struct Total: Sendable, Hashable {
    public var what: String
    public var according: String
    public var minimum: Double
    public var maximum: Double
    public var evidence: [ClaimID]
  }

  public var query: Query
  public var exchanges: [Exchange]
  public var totals: [Total]
  public var findings: [Finding]
}

extension SituationIndex {
  /// The exchanges up to the query's moment, reconciled between those who tell of them.
  public func exchanges(_ query: Query) -> ExchangeAccount {
    let facts = store.facts(in: store.prefix(for: query), of: EventFold.counted)
    let told = facts.filter { $0.claim.type == .exchange && $0.isAsserted && $0.window.lowerBound < query.on }
    var groups: [[Fact]] = []
    /// Groups before this one ended too early for any further claim: told by its end, of which a dated claim lies within a month.
    var reach = 0
    for fact in told.sorted(by: Fact.order) {
      let begin = fact.window.upperBound.adding(milliseconds: -Judgement.longestAnchored)
      while reach < groups.count, groups[reach].last!.window.upperBound <= begin { reach += 1 }
      if let at = groups[reach...].lastIndex(where: { $0.contains { ExchangeAccount.isOne($0, fact, in: index) } }) {
        groups[at].append(fact)
      } else {
        groups.append([fact])
      }
    }
    let exchanges = groups.compactMap { exchange($0, query.rule) }
    let events = EventFold(index: index, facts: facts, query: query)
    return ExchangeAccount(
      query: query, exchanges: exchanges, totals: ExchangeAccount.totals(exchanges), findings: events.findings(events.events()))
  }

  private func exchange(_ group: [Fact], _ rule: Rule) -> ExchangeAccount.Exchange? {
    let givers = Set(group.flatMap(\.givers).map(index.side))
    let receivers = Set(group.flatMap(\.receivers).map(index.side))
    let stakes = Stakes(gain: givers, lose: receivers.isEmpty ? index.sideParties.subtracting(givers) : receivers.subtracting(givers))
    let evidence = rule.evidence(group, stakes, in: index)
    guard let standing = Stakes.combined(evidence.map(\.standing)) else { return nil }
    var figures: [String: [String: ExchangeAccount.Count.Figure]] = [:]
    for (fact, _) in evidence.sorted(by: { Fact.bySaid($0.fact, $1.fact) }) {
      // What an origin says later stands in place of what it said before.
      for quantity in fact.claim.quantities {
        figures[quantity.what, default: [:]][fact.origin.key] = .init(according: fact.origin.label, quantity: quantity, evidence: fact.id)
      }
    }
    let counts = figures.keys.sorted().map { what in
      let list = figures[what]!.values.sorted { ($0.according, $0.evidence) < ($1.according, $1.evidence) }
      return ExchangeAccount.Count(what: what, figures: list, verdict: ExchangeAccount.verdict(list))
    }
    let facts = evidence.map(\.fact)
    return ExchangeAccount.Exchange(
      when: time(of: facts, when: \.claim.when).1, givers: givers.sorted(), receivers: receivers.sorted(),
      places: Set(facts.flatMap { $0.claim.places.compactMap(\.place) }).sorted(), object: facts.lazy.compactMap(\.claim.object).min(),
      counts: counts, standing: standing, origins: Set(facts.map(\.origin.key)).count, evidence: facts.map(\.id))
  }
}

extension Fact {
  /// Who gives in an exchange: who receives stands first in "received".
  var givers: [PartyID] { (claim.act == "receive" ? claim.whom : claim.who).compactMap(\.party) }
  var receivers: [PartyID] { (claim.act == "receive" ? claim.who : claim.whom).compactMap(\.party) }
}

extension ExchangeAccount {
  /// Whether two claims can tell of one exchange: times that overlap and are dated to a few days, givers and receivers that agree.
  static func isOne(_ left: Fact, _ right: Fact, in index: CaseIndex) -> Bool {
    func sides(_ parties: [PartyID]) -> Set<PartyID> { Set(parties.map(index.side)) }
    func agree(_ a: Set<PartyID>, _ b: Set<PartyID>) -> Bool { a.isEmpty || b.isEmpty || !a.isDisjoint(with: b) }
    if let a = left.claim.object, let b = right.claim.object, !ClaimMatter.isSame(ClaimMatter.stems(a), ClaimMatter.stems(b)) {
      return false
    }
    return left.window.isAnchored && right.window.isAnchored && left.window.overlaps(right.window)
      && agree(sides(left.givers), sides(right.givers)) && agree(sides(left.receivers), sides(right.receivers))
  }

  fileprivate static func verdict(_ figures: [Count.Figure]) -> Count.Verdict {
    guard Set(figures.map(\.according)).count > 1 else { return .onlyOne }
    for (i, left) in figures.enumerated() {
      for right in figures[(i + 1)...]
      where left.quantity.maximum < right.quantity.minimum || right.quantity.maximum < left.quantity.minimum {
        if !left.quantity.isAbout, !right.quantity.isAbout { return .differs }
      }
    }
    return .matched
  }

  fileprivate static func totals(_ exchanges: [Exchange]) -> [Total] {
    var totals: [String: Total] = [:]
    for count in exchanges.flatMap(\.counts) {
      for figure in count.figures {
        let key = count.what + "\n" + figure.according
        var total = totals[key] ?? Total(what: count.what, according: figure.according, minimum: 0, maximum: 0, evidence: [])
        total.minimum += figure.quantity.minimum
        total.maximum += figure.quantity.maximum
        total.evidence.append(figure.evidence)
        totals[key] = total
      }
    }
    return totals.keys.sorted().map { totals[$0]! }
  }

  /// The form: exchanges, totals, findings.
  public var json: JSON {
    .compact([
      "on": JSON(query.on), "known": query.known.map { JSON($0) }, "said": query.said.map { JSON($0) },
      "accordingTo": JSON(query.rule.description), "exchanges": .array(exchanges.map(\.json)),
      "totals": .array(
        totals.map {
          .compact([
            "what": JSON($0.what), "according": JSON($0.according), "minimum": .number($0.minimum), "maximum": .number($0.maximum),
            "evidence": .array($0.evidence.map { JSON($0) }),
          ])
        }), "findings": .array(findings.map(\.form)),
    ])
  }
}

extension ExchangeAccount.Exchange {
  public var json: JSON {
    .compact([
      "when": when?.json, "givers": .array(givers.map { JSON($0) }), "receivers": .array(receivers.map { JSON($0) }),
      "places": .array(places.map { JSON($0) }), "object": object.map { JSON($0) },
      "counts": .array(
        counts.map {
          [
            "what": JSON($0.what), "verdict": JSON($0.verdict.rawValue),
            "figures": .array(
              $0.figures.map { ["according": JSON($0.according), "quantity": $0.quantity.json, "evidence": JSON($0.evidence)] }),
          ]
        }), "standing": JSON(standing.rawValue), "origins": JSON(origins), "evidence": .array(evidence.map { JSON($0) }),
    ])
  }
}
