// A passage of a place from one holder to another, with every claim about it.
internal import TruceAtlas
internal import TruceModel

/// A passage of control that claims tell of.
struct Transition {
  var place: PlaceID
  /// Who lost the place, as a party; nil where nobody says.
  var from: PartyID?
  /// Who gained it; nil where nobody says.
  var to: PartyID?
  /// When it happened.
  var window: Range<Instant>
  /// The expression of the claim that says the time most finely.
  var since: When?
  /// Claims that deny it, by time said and id.
  var denials: [Testimony]
  /// Claims that told of it, and that their origin took back.
  var withdrawn: [Testimony]
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
}

extension Range<Instant> {
  /// Whether the window is bounded and no longer than a month: fine enough to tell one passage from the next.
  var isAnchored: Bool { Judgement.isAnchored(lowerBound.milliseconds, upperBound.milliseconds) }

  func union(_ other: Range<Instant>) -> Range<Instant> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}

/// When several claims say that one thing happened: what all of them allow; where they differ, from the first to the last.
///
/// Of one origin's claims the last said counts.
///
/// - Parameter when: what a claim says of its time.
/// - Returns: the moments, and the expression of the claim that says the time most finely; nil where none says any.
func time<Told: Attributed>(of claims: [Told], when: (Told) -> When?) -> (Range<Instant>, When?) {
  var windows = lastDated(claims).map(\.window)
  if windows.isEmpty { windows = claims.map(\.window) }
  guard let lower = windows.map(\.lowerBound).max(), let upper = windows.map(\.upperBound).min() else {
    return (.distantPast..<(.distantFuture), nil)
  }
  let window = lower < upper ? lower..<upper : windows.dropFirst().reduce(windows[0]) { $0.union($1) }
  var finest: (claim: Told, since: When)?
  for claim in claims where finest.map({ isFiner(claim, $0.claim) }) ?? true {
    if windows.contains(claim.window), let since = when(claim) { finest = (claim, since) }
  }
  guard var since = finest?.since else { return (window, nil) }
  if lower >= upper {
    let days = since.zone.day(at: window.lowerBound)...since.zone.day(at: window.upperBound.adding(milliseconds: -1))
    since = When(oneOf: days, zone: since.zone)
  } else if since.end == nil {
    since.begin = window
  }
  return (window, since)
}

/// Whether a claim says its time more finely than another; of equals the first by id.
private func isFiner<Told: Attributed>(_ left: Told, _ right: Told) -> Bool {
  let a = left.window.upperBound.milliseconds - left.window.lowerBound.milliseconds
  let b = right.window.upperBound.milliseconds - right.window.lowerBound.milliseconds
  return a != b ? a < b : left.id < right.id
}

/// The dated ones of some claims, of one origin's those that were said last.
private func lastDated<Told: Attributed>(_ claims: [Told]) -> [Told] {
  let dated = claims.filter { $0.window.isAnchored }
  if dated.count < 2 { return dated }
  if dated.count <= 8 {
    return dated.filter { one in !dated.contains { $0.saidFrom > one.saidFrom && $0.originKey == one.originKey } }
  }
  let last = Dictionary(dated.map { ($0.originKey, $0.saidFrom) }, uniquingKeysWith: max)
  return dated.filter { last[$0.originKey] == $0.saidFrom }
}

extension Fact {
  /// By when it ended at the latest, then by when it began, then by id.
  static func order(_ left: Fact, _ right: Fact) -> Bool {
    if left.window.upperBound != right.window.upperBound { return left.window.upperBound < right.window.upperBound }
    if left.window.lowerBound != right.window.lowerBound { return left.window.lowerBound < right.window.lowerBound }
    return left.id < right.id
  }

  /// By when it was said, then by id.
  static func bySaid(_ left: Fact, _ right: Fact) -> Bool {
    if left.said.lowerBound != right.said.lowerBound { return left.said.lowerBound < right.said.lowerBound }
    return left.id < right.id
  }
}
