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

  /// A claim that counts.
  struct Row {
    /// The moments at which it can have happened: milliseconds, the end exclusive.
    let lower: Int64
    let upper: Int64
    /// The first moment at which it can have been said.
    let saidFrom: Int64
    let change: Change
    let span: UInt32
    /// Who says what, by number in the table.
    let telling: UInt32
    let isAnchored: Bool
    let isDenial: Bool
    /// Claims with one number have no time between them of which nothing is told for longer than the tolerance.
    var stretch: Int32 = 0

    func gap(to lower: Int64, _ upper: Int64) -> Int64 { max(0, self.lower - upper, lower - self.upper) }
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
    /// What those that tell of it come to.
    var words = Standings.Sum()

    var isAnchored: Bool { Judgement.isAnchored(lower, upper) }

    /// Whether it counts at a moment: it is certain to have happened, or is dated to that day.
    func isEffective(on: Instant) -> Bool {
      // The last moment of a window is the one in front of its bound: a day's end is asked for as that day's last millisecond.
      if upper - 1 <= on.milliseconds { return true }
      return lower < on.milliseconds && upper - lower <= 25 * 3_600_000
    }
  }

  /// Who holds the place, by number.
  enum Holding: Hashable { case party(UInt16), left(UInt16), contested, unknown }

  /// The sides that lose and gain by a passage, by number.
  typealias Stakes = (losing: UInt16, gaining: UInt16)

  /// A passage that the rule admits.
  struct Step {
    /// Its change and time are those of the admitted claims.
    var passage: Passage
    /// The admitted claims.
    var evidence: Stretch
    /// The steps of the same time that say otherwise: a stretch of `rivals`.
    var against: Range<Int32>
    /// The sides that lose and gain by it, the holder before among them where the claims leave one out.
    var stakes: Stakes
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
  /// Claims that count, those of a later part in front.
  var rows: [Row] = []

  func rows(_ stretch: Stretch) -> some Collection<Row> {
    members[Int(stretch.lowerBound)..<Int(stretch.upperBound)].lazy.map { rows[Int($0)] }
  }

  /// The longest time, in milliseconds, that is fine enough to tell one passage from the next: a month.
  static let longestAnchored: Int64 = 31 * 86_400_000

  static func isAnchored(_ lower: Int64, _ upper: Int64) -> Bool {
    lower > distantPast && upper < distantFuture && upper - lower <= longestAnchored
  }

  static let distantPast = Instant.distantPast.milliseconds
  private static let distantFuture = Instant.distantFuture.milliseconds
}
