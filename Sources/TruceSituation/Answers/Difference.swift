// What differs between two answers: of what was known at two moments, or of two rules.
internal import TruceAtlas
public import TruceModel

/// The differences of two situations.
public struct Difference: Sendable {
  /// A place that has another holder, standing or dispute.
  public struct Place: Sendable, Hashable {
    public var place: PlaceID
    /// Nil where the first situation does not have the place.
    public var first: Situation.Control?
    public var second: Situation.Control?

    /// The difference of two answers of a place; nil where they are the same but for their evidence.
    init?(_ place: PlaceID, _ first: Situation.Control?, _ second: Situation.Control?) {
      // A place of which no word says anything is as one that was never spoken of.
      let first = first.flatMap { $0.isSilent ? nil : $0 }
      let second = second.flatMap { $0.isSilent ? nil : $0 }
      let isSame =
        first?.holder == second?.holder && first?.standing == second?.standing && first?.isDisputed == second?.isDisputed
        && first?.since?.edtf == second?.since?.edtf && first?.isWithdrawn == second?.isWithdrawn
      if isSame { return nil }
      self.place = place
      self.first = first
      self.second = second
    }
  }

  /// A commitment that has another word, or new deadlines.
  public struct Commitment: Sendable, Hashable {
    public var id: ProvisionID
    public var first: Situation.Commitment?
    public var second: Situation.Commitment?
  }

  /// What was asked, twice.
  public var queries: (first: Query, second: Query)
  public var control: [Place]
  public var commitments: [Commitment]
  /// Events of the second situation whose evidence the first one does not have, and the other way round.
  public var appeared: [Situation.Event]
  public var vanished: [Situation.Event]

  /// Whether nothing differs.
  public var isEmpty: Bool { control.isEmpty && commitments.isEmpty && appeared.isEmpty && vanished.isEmpty }

  /// The differences of two situations of one case.
  public init(_ first: Situation, _ second: Situation) {
    queries = (first.query, second.query)
    let holders = Dictionary(first.control.map { ($0.place, $0) }, uniquingKeysWith: { $1 })
    let later = Dictionary(second.control.map { ($0.place, $0) }, uniquingKeysWith: { $1 })
    control = Set(holders.keys).union(later.keys).sorted().compactMap { Place($0, holders[$0], later[$0]) }
    let words = Dictionary(first.commitments.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let laterWords = Dictionary(second.commitments.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    commitments = Set(words.keys).union(laterWords.keys).sorted().compactMap { id in
      let (a, b) = (words[id], laterWords[id])
      let isSame = a?.word == b?.word && a?.days == b?.days && a?.deadlines.map(\.when?.edtf) == b?.deadlines.map(\.when?.edtf)
      return isSame ? nil : Commitment(id: id, first: a, second: b)
    }
    let before = Set(first.everyEvent.map(\.evidence))
    let after = Set(second.everyEvent.map(\.evidence))
    appeared = second.everyEvent.filter { !before.contains($0.evidence) }
    vanished = first.everyEvent.filter { !after.contains($0.evidence) }
  }
}

extension Situation.Control {
  /// Whether neither a claim nor the case says who holds the place.
  fileprivate var isSilent: Bool { standing == nil && holder == .unknown && !isWithdrawn }
}

extension Situation {
  fileprivate var everyEvent: [Event] { incidents + posts + exchanges + agreements + history + events }
}

extension SituationIndex {
  /// What changed in the answer between what was known at one moment and at another.
  ///
  /// - Parameters:
  ///   - query: the moment on the ground, `said` and the rule; its own `known` and `size` do not count.
  ///   - first: the earlier moment of knowledge.
  ///   - second: the later one; nil for everything.
  public func diff(_ query: Query, knownAt first: Instant, and second: Instant?) -> Difference {
    var before = query
    before.size = nil
    before.known = first
    var after = before
    after.known = second
    return Difference(situation(before), situation(after))
  }

  /// Which places have another holder, standing or dispute by what was known at one moment and at another.
  ///
  /// Costs by the places that entries in between speak of, not by the ledger's length.
  public func controlChanges(_ query: Query, knownAt first: Instant, and second: Instant?) -> [Difference.Place] {
    var (before, after) = (query, query)
    (before.known, before.size) = (first, nil)
    (after.known, after.size) = (second, nil)
    let (one, other) = (store.prefix(for: before).entries, store.prefix(for: after).entries)
    guard one < other else { return [] }
    var touched = store.control.places(touchedFrom: one, until: other).union(store.zonesGranted(from: one, until: other))
    // What goes with a district, and what lies across it.
    for place in index.file.places where place.within.map(touched.contains) ?? false { touched.insert(place.id) }
    // A country as a whole does not change hands in a case unless the case says who holds it.
    let shown = touched.filter { index.places[$0]?.kind != .country || index.places[$0]?.initialHolder != nil }
    return shown.sorted().compactMap { Difference.Place($0, control(of: $0, before), control(of: $0, after)) }
  }

  /// Where two rules give different answers: `disagreement(query, between: .party("AZE"), and: .party("ARM"))` is where the sides disagree.
  public func disagreement(_ query: Query, between first: Rule, and second: Rule) -> Difference {
    var (one, other) = (query, query)
    one.rule = first
    other.rule = second
    return Difference(situation(one), situation(other))
  }
}

extension Difference {
  /// The form: the two queries, then control, commitments, appeared and vanished events.
  public var json: JSON {
    .compact([
      "on": JSON(queries.first.on), "first": Difference.form(queries.first), "second": Difference.form(queries.second),
      "control": .array(
        control.map { .compact(["place": JSON($0.place), "first": $0.first?.json, "second": $0.second?.json]) }),
      "commitments": .array(
        commitments.map { .compact(["id": JSON($0.id), "first": $0.first?.json, "second": $0.second?.json]) }),
      "appeared": .array(appeared.map(\.json)), "vanished": .array(vanished.map(\.json)),
    ])
  }

  private static func form(_ query: Query) -> JSON {
    .compact([
      "on": JSON(query.on), "known": query.known.map { JSON($0) }, "said": query.said.map { JSON($0) },
      "accordingTo": JSON(query.rule.description),
    ])
  }
}
