// Who judges: the rule, what was known, and what the numbers in a place's rows stand for.
internal import TruceAtlas
internal import TruceModel

/// What a judgement of any place needs beside its rows. A reference, because every answer hands it on and none changes it.
final class PlaceJudge {
  let claims: ClaimSights
  let rule: Rule
  /// The party of a rule that asks for one party's word, by number.
  let asked: UInt16
  /// The standings that the rule admits; nil where it asks more of a claim than its standing.
  let admitted: Standings?
  /// Whether the rule asks for the word of a gaining and of a losing side.
  let needsBothSides: Bool
  let prefix: Prefix
  /// Claims whose times lie this near tell of one passage.
  let tolerance: Int64
  /// When the first agreement was signed: what is told of earlier times does not unsay who held a place then.
  let signed: Int64
  /// Of the table, what each claim's weighing asks.
  let speakers: [ControlTable.Speaker]
  let tellings: [ControlTable.Telling]
  let weights: [ControlTable.Weight]
  let moments: Moments
  let sideOf: [UInt16]
  let isSide: [Bool]
  let isShared: [Bool]
  let parties: [PartyID]
  private let numbers: [PartyID: UInt16]
  private let placeNumbers: [PlaceID: UInt32]
  private let places: [ControlTable.Place]
  /// The sides that gain and lose, of the first 64 parties.
  let sides: UInt64

  init(_ store: borrowing ClaimStore, _ query: Query, _ prefix: Prefix, in index: CaseIndex) {
    claims = ClaimSights(store)
    rule = query.rule
    asked = if case .party(let party) = query.rule { store.control.number(party) } else { ControlRow.none }
    admitted =
      switch query.rule {
      case .anyone, .best: Standings(.alleged, .claimed, .attested, .conceded, .agreed, .observed)
      case .againstInterest: Standings(.conceded, .agreed)
      case .thirdParty: Standings(.attested)
      case .bothSides: Standings(.claimed, .conceded, .agreed)
      case .observed: Standings(.observed)
      case .party, .own: nil
      }
    needsBothSides = query.rule == .bothSides
    self.prefix = prefix
    tolerance = index.file.tolerance.milliseconds
    signed = index.signed.milliseconds
    (speakers, tellings, weights) = (store.control.speakers, store.control.tellings.values, store.control.weights)
    (moments, sideOf, isSide) = (store.control.moments, store.control.sideOf, store.control.isSide)
    (isShared, parties, numbers) = (store.control.isShared, store.control.parties, store.control.partyNumbers)
    (placeNumbers, places) = (store.control.placeNumbers, store.control.places)
    sides = isSide.prefix(64).enumerated().reduce(0) { $1.element ? $0 | 1 << UInt64($1.offset) : $0 }
  }

  /// The rows of a place; nil where no claim of control speaks of it.
  func rows(of place: PlaceID) -> ControlTable.Place? { placeNumbers[place].map { places[Int($0)] } }

  /// The places of which claims that count tell.
  var placesTold: [PlaceID] { placeNumbers.filter { places[Int($0.value)].rows.elements.contains(where: counts) }.map(\.key) }

  /// Judges a place by the claims that count.
  func judge(_ place: PlaceID, initial: PartyID?) -> Judgement {
    rows(of: place).map { judge($0, holding(initial)) } ?? Judgement()
  }

  func judge(_ place: ControlTable.Place, _ initial: Judgement.Holding) -> Judgement {
    var past = Past(losers: nil, bound: .max)
    read(.max, of: place, into: &past)
    weigh(before: initial, initial: initial, &past.judgement)
    return past.judgement
  }

  func holding(_ initial: PartyID?) -> Judgement.Holding {
    initial.flatMap { numbers[$0] }.map { .party($0) } ?? .unknown
  }

  /// Whether a claim counts at the query.
  @inline(__always)
  func counts(_ row: ControlRow) -> Bool {
    if row.span >= prefix.spans { return false }
    if !row.hasEnded, prefix.said == nil { return true }
    return claims.spans.counts(Int(row.span), in: prefix)
  }

  /// A claim as a judgement reads it.
  @inline(__always)
  func row(_ claim: ControlRow, of place: ControlTable.Place) -> Judgement.Row {
    let telling = tellings[Int(claim.telling)]
    let (lower, upper) = place.window(of: claim, moments)
    return Judgement.Row(
      lower: lower, upper: upper, saidFrom: moments[claim.said], change: telling.change, span: claim.span, telling: claim.telling,
      isAnchored: claim.isAnchored, isDenial: telling.isDenial)
  }

  @inline(__always)
  func side(_ party: UInt16) -> UInt16 { party == ControlRow.none ? party : sideOf[Int(party)] }

  func origin(_ row: Judgement.Row) -> UInt32 { weights[Int(row.telling)].origin }

  func speaker(_ row: Judgement.Row) -> ControlTable.Speaker { speakers[Int(tellings[Int(row.telling)].speaker)] }

  /// When a claim was said at the latest, milliseconds, the end exclusive.
  func saidUntil(_ row: Judgement.Row) -> Int64 { claims.spans.saidUntil(of: Int(row.span)) }

  /// Whether a claim was said before another, by their ids where they were said at once.
  func isSaidBefore(_ left: Judgement.Row, _ right: Judgement.Row) -> Bool {
    if left.saidFrom != right.saidFrom { return left.saidFrom < right.saidFrom }
    return claims.spans.isOrdered(Int(left.span), Int(right.span))
  }

  /// Claims as an answer names them.
  func testimonies(_ rows: [Judgement.Row]) -> [Testimony] {
    zip(rows, claims.sights(of: rows.lazy.map { Int($0.span) })).map { row, sight in
      Testimony(
        id: claims.id(sight), sight: sight, contexts: claims.contexts, originKey: origin(row),
        saidFrom: Instant(milliseconds: row.saidFrom), window: Instant(milliseconds: row.lower)..<Instant(milliseconds: row.upper))
    }
  }
}
