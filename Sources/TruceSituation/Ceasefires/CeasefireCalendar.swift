// Ceasefires by their terms: when each of a case's held, was prolonged, lapsed and was taken up again.
public import TruceAtlas
public import TruceModel

/// The calendar of a case's ceasefires, by what was agreed; whether anybody kept to it is for the situation to say.
public struct CeasefireCalendar: Sendable, Hashable {
  /// A stretch of time in which a ceasefire holds by its terms.
  public struct Spell: Sendable, Hashable {
    public var agreement: AgreementID
    public var provision: ProvisionID
    public var title: String
    public var from: When
    /// The first moment at which it holds no more; nil for without an end.
    public var until: Instant?
    /// Who dates its start so, where sources differ.
    public var according: String?

    public var window: Range<Instant> { from.earliest..<max(from.earliest, until ?? .distantFuture) }
  }

  /// How it stands at a time.
  public enum State: Sendable, Hashable {
    /// None has been agreed yet.
    case none
    case inForce([Spell])
    /// In force by some datings of its start and not by others.
    case contested([Spell])
    /// The last one ran out, and none has taken its place.
    case lapsed(Spell)

    /// Whether one is in force by every dating.
    public var isInForce: Bool { if case .inForce = self { true } else { false } }

    /// Whether one is in force by some dating at least.
    public var mayBeInForce: Bool {
      switch self {
      case .inForce, .contested: true
      case .none, .lapsed: false
      }
    }
  }

  /// In the order of their starts.
  public let spells: [Spell]
  private let zone: Zone

  public init(case file: Case) {
    var spells: [Spell] = []
    for agreement in file.agreements {
      let replaced = file.agreements.filter { $0.supersedes == agreement.id }.map { $0.starts.earliest }.min()
      for provision in agreement.provisions where provision.act == "ceasefire" && provision.kind == .maintain {
        let schedule = agreement.schedule(of: provision)
        var starts = schedule.filter { $0.word == .from }.map { ($0.when, $0.according) }
        if starts.isEmpty, !provision.terms.contains(where: { $0.word == .from }) {
          starts = [(agreement.starts, nil)]
        }
        let limit = schedule.filter { $0.word != .from }.map { $0.word.late($0.when) }.min()
        for (from, according) in starts {
          let lapse = provision.lasts.map { CeasefireCalendar.end(of: from, after: $0, zone: agreement.zone) }
          let until = [lapse, limit, replaced].compactMap { $0 }.min()
          spells.append(
            Spell(
              agreement: agreement.id, provision: provision.id, title: provision.title, from: from, until: until,
              according: starts.count > 1 ? according : nil))
        }
      }
    }
    self.spells = spells.sorted { ($0.from.earliest, $0.provision) < ($1.from.earliest, $1.provision) }
    zone = file.zone
  }

  /// How it stands on a day: at any moment of it.
  public func state(on day: CivilDate) -> State { state(during: zone.bounds(of: day)) }

  /// How it stands at a moment.
  public func state(at moment: Instant) -> State { state(during: moment..<moment.adding(milliseconds: 1)) }

  private func state(during window: Range<Instant>) -> State {
    let holding = spells.filter { $0.window.overlaps(window) }
    if holding.isEmpty {
      let past = spells.filter { $0.window.lowerBound < window.lowerBound }
      return past.max { $0.window.upperBound < $1.window.upperBound }.map { .lapsed($0) } ?? .none
    }
    // A point whose every dating holds now, or one that is dated once.
    let sure = holding.filter { spell in spells.allSatisfy { $0.provision != spell.provision || holding.contains($0) } }
    return sure.isEmpty ? .contested(holding) : .inForce(sure)
  }

  /// The first moment after a length from a start; whole days count the start's own day as the first.
  static func end(of from: When, after length: CivilSpan, zone: Zone) -> Instant {
    let day = zone.day(at: from.earliest)
    if length.isWholeDays { return zone.instant(length.added(to: day)) }
    let rest = from.earliest.milliseconds - zone.instant(day).milliseconds
    return zone.instant(length.added(to: day)).adding(milliseconds: rest + Int64(length.seconds) * 1000)
  }

  /// The spells that have begun by a moment and have an end, as the situation shows them.
  ///
  /// A ceasefire without an end stands on what reports say of it.
  public func limited(by moment: Instant) -> [Situation.Ceasefire] {
    spells.filter { $0.until != nil && $0.from.earliest <= moment }.map { spell in
      let until = spell.until!
      let last = zone.day(at: until.adding(milliseconds: -1))
      let word = moment >= until ? "lapsed" : "in force by its terms"
      return Situation.Ceasefire(
        from: spell.from, until: When(last, zone: zone, role: .until), word: word + (spell.according.map { ", counted as in \($0)" } ?? ""),
        evidence: [])
    }
  }
}
