// A passage of a place from one holder to another, with every claim about it; and how claims form transitions.
internal import TruceAtlas
internal import TruceModel

/// A passage of control that claims tell of.
struct Transition: Sendable {
  var place: PlaceID
  /// Who lost the place, as a party; nil where nobody says.
  var from: PartyID?
  /// Who gained it; nil where nobody says.
  var to: PartyID?
  /// When it happened.
  var window: Range<Instant>
  /// The expression of the claim that says the time most finely.
  var since: When?
  /// Claims that tell of it, by time said and id.
  var assertions: [Fact]
  /// Claims that deny it.
  var denials: [Fact]
  /// Assertions whose origin took them back.
  var withdrawn: [Fact]
}

/// Who a claim says lost and gained a place.
struct Passage: Sendable, Hashable {
  var from: PartyID?
  var to: PartyID?

  /// Whether two claims can tell of one passage: no party of one contradicts the other's, and nobody both gains and loses.
  func isCompatible(with other: Passage, in index: CaseIndex) -> Bool {
    func agree(_ a: PartyID?, _ b: PartyID?) -> Bool { a == nil || b == nil || index.same(a!, b!) }
    func cross(_ a: PartyID?, _ b: PartyID?) -> Bool { a != nil && b != nil && index.same(a!, b!) }
    return agree(from, other.from) && agree(to, other.to) && !cross(from, other.to) && !cross(to, other.from)
  }

  func merged(with other: Passage) -> Passage { Passage(from: from ?? other.from, to: to ?? other.to) }
}

extension Range<Instant> {
  /// The milliseconds between two windows; 0 where they touch or overlap.
  func gap(to other: Range<Instant>) -> Int64 {
    Swift.max(
      0, Swift.max(other.lowerBound.milliseconds - upperBound.milliseconds, lowerBound.milliseconds - other.upperBound.milliseconds))
  }

  /// Whether the window is bounded and no longer than a month: fine enough to tell one passage from the next.
  var isAnchored: Bool {
    lowerBound > .distantPast && upperBound < .distantFuture
      && upperBound.milliseconds - lowerBound.milliseconds <= 31 * 86_400_000
  }

  func union(_ other: Range<Instant>) -> Range<Instant> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}

/// Puts the claims about one place together to transitions, in the order of time.
///
/// Claims with a bounded time are taken in order of that time; each joins the latest transition that it is compatible with and within
/// `tolerance` of, or opens one. A claim with a loose time ("earlier") joins the latest compatible one that its time allows. The result depends
/// on the set of claims only.
struct TransitionBuilder {
  let index: CaseIndex
  let tolerance: Int64

  func transitions(of place: PlaceID, _ facts: [Fact]) -> [Transition] {
    var groups: [Group] = []
    let asserted = facts.filter(\.isAsserted).sorted(by: TransitionBuilder.order)
    for fact in asserted where fact.window.isAnchored {
      let passage = fact.passage
      let found = groups.lastIndex {
        $0.passage.isCompatible(with: passage, in: index) && $0.window.gap(to: fact.window) <= tolerance
      }
      if let found { groups[found].join(fact) } else { groups.append(Group(fact)) }
    }
    groups.sort { TransitionBuilder.order($0.facts[0], $1.facts[0]) }
    for fact in asserted where !fact.window.isAnchored {
      let passage = fact.passage
      let found = groups.lastIndex { $0.passage.isCompatible(with: passage, in: index) && $0.window.overlaps(fact.window) }
      if let found { groups[found].joinLoosely(fact) } else { groups.append(Group(fact)) }
    }
    var denials: [[Fact]] = Array(repeating: [], count: groups.count)
    for fact in facts.sorted(by: TransitionBuilder.order) where fact.isDenial {
      let passage = fact.passage
      let found = groups.lastIndex {
        $0.passage.isCompatible(with: passage, in: index) && $0.window.gap(to: fact.window) <= tolerance
          && $0.window.lowerBound < fact.said.upperBound
      }
      if let found { denials[found].append(fact) }
    }
    return zip(groups, denials).map { transition(place, $0.0.facts, $0.1) }.sorted(by: TransitionBuilder.chronological)
  }

  /// A transition of some evidence: what its claims say together.
  func transition(_ place: PlaceID, _ assertions: [Fact], _ denials: [Fact], withdrawn: [Fact] = []) -> Transition {
    var live: [Fact] = []
    var taken = withdrawn
    for fact in assertions {
      let isTakenBack = denials.contains { $0.origin.key == fact.origin.key && $0.said.lowerBound > fact.said.lowerBound }
      if isTakenBack { taken.append(fact) } else { live.append(fact) }
    }
    let standing = denials.filter { denial in
      !assertions.contains { $0.origin.key == denial.origin.key && $0.said.lowerBound > denial.said.lowerBound }
    }
    let shown = live.isEmpty ? taken : live
    var passage = Passage()
    // Where one says the side and another its ally, the word of the earlier passage by time stands, and a dated one before an undated.
    for fact in shown.sorted(by: TransitionBuilder.datedFirst) { passage = passage.merged(with: fact.passage) }
    var (window, since) = TransitionBuilder.time(of: shown)
    if since == nil, window.upperBound < .distantFuture {
      // Told as past and without a date: not after it was said.
      since = When("../\(index.file.zone.day(at: window.upperBound.adding(milliseconds: -1)))", zone: index.file.zone)
    }
    return Transition(
      place: place, from: passage.from, to: passage.to, window: window, since: since, assertions: live.sorted(by: TransitionBuilder.bySaid),
      denials: standing.sorted(by: TransitionBuilder.bySaid), withdrawn: taken.sorted(by: TransitionBuilder.bySaid))
  }

  /// When it happened: what all claims allow; where they differ within the tolerance, from the first to the last.
  ///
  /// Of one origin's claims the last said counts.
  static func time(of facts: [Fact]) -> (Range<Instant>, When?) {
    var last: [String: (said: Instant, windows: [Range<Instant>])] = [:]
    for fact in facts where fact.window.isAnchored {
      let known = last[fact.origin.key]
      if known == nil || known!.said < fact.said.lowerBound {
        last[fact.origin.key] = (fact.said.lowerBound, [fact.window])
      } else if known!.said == fact.said.lowerBound {
        last[fact.origin.key]!.windows.append(fact.window)
      }
    }
    var windows = last.values.flatMap(\.windows)
    if windows.isEmpty { windows = facts.map(\.window) }
    guard let lower = windows.map(\.lowerBound).max(), let upper = windows.map(\.upperBound).min() else {
      return (.distantPast..<(.distantFuture), nil)
    }
    let window = lower < upper ? lower..<upper : windows.dropFirst().reduce(windows[0]) { $0.union($1) }
    let dated = facts.filter { $0.claim.when != nil && windows.contains($0.window) }
    let finest = dated.min { left, right in
      let a = left.window.upperBound.milliseconds - left.window.lowerBound.milliseconds
      let b = right.window.upperBound.milliseconds - right.window.lowerBound.milliseconds
      return a != b ? a < b : left.id < right.id
    }
    guard var since = finest?.claim.when else { return (window, nil) }
    if lower >= upper {
      let days = (since.zone.day(at: window.lowerBound), since.zone.day(at: window.upperBound.adding(milliseconds: -1)))
      since = When("[\(days.0)..\(days.1)]", zone: since.zone) ?? since
    } else if since.end == nil {
      since.begin = window
    }
    return (window, since)
  }

  private struct Group {
    var facts: [Fact]
    var passage: Passage
    var window: Range<Instant>

    init(_ fact: Fact) {
      facts = [fact]
      passage = fact.passage
      window = fact.window
    }

    mutating func join(_ fact: Fact) {
      facts.append(fact)
      passage = passage.merged(with: fact.passage)
      window = window.union(fact.window)
    }

    mutating func joinLoosely(_ fact: Fact) {
      facts.append(fact)
      passage = passage.merged(with: fact.passage)
      if !window.isAnchored { window = window.clamped(to: fact.window) }
    }
  }

  /// By when it ended at the latest, then by when it began, then by id.
  static func order(_ left: Fact, _ right: Fact) -> Bool {
    if left.window.upperBound != right.window.upperBound { return left.window.upperBound < right.window.upperBound }
    if left.window.lowerBound != right.window.lowerBound { return left.window.lowerBound < right.window.lowerBound }
    return left.id < right.id
  }

  static func datedFirst(_ left: Fact, _ right: Fact) -> Bool {
    if left.window.isAnchored != right.window.isAnchored { return left.window.isAnchored }
    return order(left, right)
  }

  static func bySaid(_ left: Fact, _ right: Fact) -> Bool {
    if left.said.lowerBound != right.said.lowerBound { return left.said.lowerBound < right.said.lowerBound }
    return left.id < right.id
  }

  static func chronological(_ left: Transition, _ right: Transition) -> Bool {
    if left.window.upperBound != right.window.upperBound { return left.window.upperBound < right.window.upperBound }
    if left.window.lowerBound != right.window.lowerBound { return left.window.lowerBound < right.window.lowerBound }
    return (left.assertions.first ?? left.withdrawn.first)?.id.rawValue ?? "" < (right.assertions.first ?? right.withdrawn.first)?.id
      .rawValue ?? ""
  }
}

extension Fact {
  /// Whether the claim says that control of a place passed or is so; coming near does not.
  var isOfControl: Bool { claim.type == .controlChange && claim.act != "reached" && claim.act != "advanced" && !isPlanned }

  var passage: Passage {
    let control = claim.control
    return Passage(from: control.from, to: control.to)
  }
}
