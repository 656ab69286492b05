// How claims of one place form transitions, and what each comes to under a rule: the judgement of a place, on numbers.
internal import TruceAtlas
internal import TruceModel

/// The passages of one place and the steps that a rule makes of them.
///
/// Claims with a bounded time are taken in order of that time; each joins the latest passage that it is compatible with and within the
/// tolerance of, or opens one. A claim with a loose time ("earlier") joins the latest compatible one that its time allows. The result
/// depends on the set of claims only. Costs by the place's claims, not by the ledger's.
struct Judgement {
  /// Who lost and who gained, as parties and as the sides with which they count.
  struct Change: Sendable, Hashable {
    var loser = ControlRow.none
    var gainer = ControlRow.none
    var losingSide = ControlRow.none
    var gainingSide = ControlRow.none

    /// Whether two claims can tell of one passage: no party of one contradicts the other's, and nobody both gains and loses.
    func isCompatible(with other: Change) -> Bool {
      func agree(_ a: UInt16, _ b: UInt16) -> Bool { a == ControlRow.none || b == ControlRow.none || a == b }
      func cross(_ a: UInt16, _ b: UInt16) -> Bool { a != ControlRow.none && a == b }
      return agree(gainingSide, other.gainingSide) && agree(losingSide, other.losingSide) && !cross(losingSide, other.gainingSide)
        && !cross(gainingSide, other.losingSide)
    }

    mutating func merge(_ other: Change) {
      if loser == ControlRow.none { (loser, losingSide) = (other.loser, other.losingSide) }
      if gainer == ControlRow.none { (gainer, gainingSide) = (other.gainer, other.gainingSide) }
    }
  }

  /// Claims, as a stretch of `members`.
  typealias Stretch = Range<Int32>

  /// A passage of control that claims tell of.
  struct Passage {
    var change: Change
    var lower: Int64
    var upper: Int64
    /// The claims that tell of it, that their origin took back, and that deny it.
    var live: Stretch
    var taken: Stretch
    var denials: Stretch

    var isAnchored: Bool { Judgement.isAnchored(lower, upper) }
  }

  /// Who holds the place, by number.
  enum Holding: Hashable { case party(UInt16), left(UInt16), contested, unknown }

  /// A passage that the rule admits.
  struct Step {
    /// Its change and time are those of the admitted claims.
    var passage: Passage
    /// The admitted claims.
    var evidence: Stretch
    /// The steps of the same time that say otherwise: a stretch of `rivals`.
    var against: Range<Int32>
    /// The sides that lose and gain by it, the holder before among them where the claims leave one out.
    var stakes: (losing: UInt16, gaining: UInt16)
    var before: Holding
    var holder: Holding
    var standing: Standing
    var isDisputed: Bool
  }

  /// In the order of time.
  var passages: [Passage] = []
  var steps: [Step] = []
  /// Claims as numbers of rows; passages and steps hold stretches of them.
  var members: [Int32] = []
  /// Steps that lost against another one of the same time, with their claims in `members`.
  var rivals: [Step] = []
  /// The place's claims that count.
  var rows: [ControlRow] = []

  func rows(_ stretch: Stretch) -> some Collection<ControlRow> {
    members[Int(stretch.lowerBound)..<Int(stretch.upperBound)].lazy.map { rows[Int($0)] }
  }

  /// The longest time, in milliseconds, that is fine enough to tell one passage from the next: a month.
  static let longestAnchored: Int64 = 31 * 86_400_000

  static func isAnchored(_ lower: Int64, _ upper: Int64) -> Bool {
    lower > distantPast && upper < distantFuture && upper - lower <= longestAnchored
  }

  private static let distantPast = Instant.distantPast.milliseconds
  private static let distantFuture = Instant.distantFuture.milliseconds
}

/// What a judgement of any place needs beside its rows.
struct PlaceJudge {
  let store: ClaimStore
  let rule: Rule
  /// The party of a rule that asks for one party's word, by number.
  let asked: UInt16
  let prefix: Prefix
  /// Claims whose times lie this near tell of one passage.
  let tolerance: Int64
  /// When the first agreement was signed: what is told of earlier times does not unsay who held a place then.
  let signed: Int64
  /// Of the table, what each claim's weighing asks.
  let speakers: [ControlTable.Speaker]
  let sideOf: [UInt16]
  let isSide: [Bool]
  /// Whether the rule takes every word.
  let admitsAll: Bool

  init(_ store: ClaimStore, _ query: Query, in index: CaseIndex) {
    self.store = store
    rule = query.rule
    asked = if case .party(let party) = query.rule { store.control.number(party) } else { ControlRow.none }
    prefix = store.prefix(for: query)
    tolerance = index.file.tolerance.milliseconds
    signed = index.signed.milliseconds
    speakers = store.control.speakers
    sideOf = store.control.sideOf
    isSide = store.control.isSide
    admitsAll = query.rule == .best || query.rule == .anyone
  }

  /// Judges a place by the claims that count.
  func judge(_ place: PlaceID, initial: PartyID?) -> Judgement {
    var judgement = Judgement()
    guard let known = store.control.place(place) else { return judgement }
    gather(known, into: &judgement)
    let first = store.control.number(initial)
    weigh(first == ControlRow.none ? .unknown : .party(first), &judgement)
    return judgement
  }

  /// Whether a claim counts at the query.
  func counts(_ row: ControlRow) -> Bool {
    row.from < prefix.entries && prefix.entries <= row.until && (prefix.said == nil || prefix.hears(saidUntil(row)))
  }

  /// When a claim was said at the latest, milliseconds, the end exclusive.
  func saidUntil(_ row: ControlRow) -> Int64 { store.spans[Int(row.span)].saidUntil }

  func fact(_ row: ControlRow) -> Fact { store.fact(Int(row.span)) }
}
