// The commitments: each point of the agreements with what was said of its terms and its performance, and those that no point knows.
internal import TruceAtlas
internal import TruceModel

struct CommitmentFold {
  let index: CaseIndex
  let facts: [Fact]
  let query: Query
  let places: PlaceFold
  let watch: Watch
  /// What is told of fire, and of positions taken, with a day: what breaks a ceasefire, and what positions.
  let fire: [Fact]
  let seizures: [Fact]

  init(index: CaseIndex, facts: [Fact], query: Query, places: PlaceFold, watch: Watch) {
    self.index = index
    self.facts = facts
    self.query = query
    self.places = places
    self.watch = watch
    func dated(_ isOfMatter: (Fact) -> Bool) -> [Fact] {
      facts.filter { isOfMatter($0) && $0.isAsserted && $0.claim.when != nil }.sorted(by: Fact.bySaid)
    }
    fire = dated { $0.claim.type == .ceasefireViolation || $0.claim.type == .hostilities }
    seizures = dated { $0.claim.type == .controlChange && ["captured", "advanced"].contains($0.claim.act) }
  }

  /// What is known of an agreement's points when one of them is looked at: the others that it hangs on.
  struct Standings: Equatable {
    /// When points were done.
    var done: [ProvisionID: When] = [:]
    /// The words shown for them.
    var words: [ProvisionID: String] = [:]

    /// Whether what hangs on a point need not wait for it: it was done, or is kept up.
    func isMet(_ id: ProvisionID) -> Bool {
      done[id] != nil || ["kept", "holding", "unobserved"].contains(words[id] ?? "")
    }
  }

  func commitments() -> [Situation.Commitment] {
    var result: [Situation.Commitment] = []
    var matched: Set<ObjectIdentifier> = []
    for agreement in index.file.agreements where agreement.dated.earliest < query.on {
      let assigned = assignment(of: facts, to: agreement)
      // Only promises can be without a point.
      for list in assigned { for fact in list where fact.claim.type == .commitment { matched.insert(ObjectIdentifier(fact)) } }
      result += points(of: agreement, assigned)
    }
    return result + unprovided(facts.filter { $0.claim.type == .commitment && !matched.contains(ObjectIdentifier($0)) })
  }

  /// The points of an agreement, each with the words of those that it hangs on.
  private func points(of agreement: Agreement, _ assigned: [[Fact]]) -> [Situation.Commitment] {
    let binding = force(of: agreement)
    var standings = Standings()
    var shown = zip(agreement.provisions, assigned).map { provision, about in
      let found = commitment(provision, agreement, binding, about: about, standings)
      standings.set(found)
      return found
    }
    // A point may hang on one that stands after it in the text; each round settles one more link of such a chain.
    let hanging = agreement.provisions.indices.filter { agreement.provisions[$0].hangsOnOthers }
    for _ in 0..<hanging.count {
      let before = standings
      for at in hanging {
        shown[at] = commitment(agreement.provisions[at], agreement, binding, about: assigned[at], standings)
        standings.set(shown[at])
      }
      if standings == before { break }
    }
    return shown
  }

  // MARK: - Which claims speak of which points

  /// Which claims speak of which points, by the points' order: each of those that it fits best.
  private func assignment(of facts: [Fact], to agreement: Agreement) -> [[Fact]] {
    let matcher = ProvisionMatcher(agreement, in: index)
    // Many claims are of one matter; each matter is compared once.
    var known: [ClaimMatter.Key: [Int]] = [:]
    var result = [[Fact]](repeating: [], count: agreement.provisions.count)
    // No claim is handed on as a value: it would be copied.
    for fact in facts {
      if fact.claim.type == .deadlineRevised {
        for (at, provision) in agreement.provisions.enumerated() where isRevision(fact, of: provision) {
          result[at].append(fact)
        }
        continue
      }
      if fact.isAsserted, fact.claim.when != nil, fact.window.upperBound <= agreement.dated.earliest { continue }
      let key = ClaimMatter.Key(fact: fact)
      var found = known[key]
      if found == nil {
        found = matcher.provisions(of: ClaimMatter(fact, in: index))
        known[key] = found
      }
      for at in found! { result[at].append(fact) }
      if found!.isEmpty, let at = excluding(fact, in: agreement) { result[at].append(fact) }
    }
    return result
  }

  /// A claim that a place is left out belongs to the point about the corridor that leaves it out.
  private func excluding(_ fact: Fact, in agreement: Agreement) -> Int? {
    guard fact.claim.type == .commitment, fact.claim.polarity == .negative else { return nil }
    return agreement.provisions.firstIndex { provision in
      let excluded = provision.place.flatMap { index.places[$0]?.excludes } ?? []
      return fact.claim.places.contains { $0.place.map(excluded.contains) ?? false }
    }
  }

  private func isRevision(_ fact: Fact, of provision: Provision) -> Bool {
    let limits = provision.terms.filter { $0.word != .from }
    guard !limits.isEmpty else { return false }
    let named = fact.claim.places.compactMap(\.place)
    if !named.isEmpty { return provision.place.map(named.contains) ?? false }
    guard let was = fact.claim.was else { return false }
    return limits.contains { $0.when.map { $0.edtf == was.edtf } ?? false }
  }
}

extension CommitmentFold.Standings {
  mutating func set(_ commitment: Situation.Commitment) {
    done[commitment.id] = commitment.done
    words[commitment.id] = commitment.word
  }
}
