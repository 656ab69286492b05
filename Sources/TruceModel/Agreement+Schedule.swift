// When the points of an agreement are due: terms that count from an event, put on the calendar as far as the event is dated.

extension Agreement {
  /// One reading of when a point is due, or from when it holds.
  public struct Due: Sendable, Hashable {
    public var word: Deadline.Word
    public var when: When
    /// The variant text that has the term; nil for all.
    public var variant: String?
    /// Who dates the event from which it counts; nil for the text's own dates.
    public var according: String?

    public init(word: Deadline.Word, when: When, variant: String? = nil, according: String? = nil) {
      self.word = word
      self.when = when
      self.variant = variant
      self.according = according
    }
  }

  /// Every dated reading of a point's terms: one for each variant text, and one for each dating of the event from which it counts.
  ///
  /// Terms whose event nobody has dated give none. Counting follows the text's days: 21 days after an event of 18 December is the whole
  /// day 8 January; a span with hours counts from the event's moment.
  ///
  /// - Parameter done: when other points were done, for terms that count from them.
  public func schedule(of provision: Provision, done: [ProvisionID: When] = [:]) -> [Due] {
    var schedule: [Due] = []
    for term in provision.terms {
      let role: When.Role = term.word == .from ? .from : term.word == .until ? .until : .due
      if let when = term.when {
        schedule.append(Due(word: term.word, when: when, variant: term.variant))
      } else if let after = term.after {
        for dating in datings(of: after, done: done) {
          guard let when = Agreement.counted(term.span ?? CivilSpan(), after: dating.when, zone: zone, role: role) else { continue }
          schedule.append(Due(word: term.word, when: when, variant: term.variant, according: dating.according))
        }
      }
    }
    return schedule
  }

  /// When an event of the agreement happened: `signing`, `effective`, an anchor's id or a point's.
  public func datings(of event: String, done: [ProvisionID: When] = [:]) -> [(when: When, according: String?)] {
    switch event {
    case "signing": return signed.map { [($0, nil)] } ?? []
    case "effective": return effective.map { [($0, nil)] } ?? []
    default: break
    }
    guard let anchor = anchors.first(where: { $0.id == event }) else { return done[ProvisionID(event)].map { [($0, nil)] } ?? [] }
    if anchor.of.isEmpty { return anchor.datings.map { ($0.when, $0.according) } }
    let times = anchor.of.compactMap { done[$0] }
    guard times.count == anchor.of.count, let last = times.max(by: { $0.latest < $1.latest }) else { return [] }
    return [(last, nil)]
  }

  /// The terms of a point that renews itself: from its start, one after another.
  ///
  /// - Returns: of each term its first day, the first day after it, and the last day on which notice ends it; nil where no notice is set.
  public func renewals(of provision: Provision, count: Int) -> [(from: CivilDate, until: CivilDate, notice: CivilDate?)] {
    guard let renewal = provision.renewal, let start = schedule(of: provision).first(where: { $0.word == .from }) else { return [] }
    let first = zone.day(at: start.when.earliest)
    var terms: [(CivilDate, CivilDate, CivilDate?)] = []
    var length = renewal.term
    var from = first
    for _ in 0..<max(0, count) {
      // Counted from the first day each time, so that the end of a short month does not stick.
      let until = length.added(to: first)
      terms.append((from, until, renewal.notice?.subtracted(from: until)))
      from = until
      length = CivilSpan(months: length.months + renewal.by.months, days: length.days + renewal.by.days)
    }
    return terms
  }

  /// A span after a time: a day or, where the time is several days wide, one of the days that it can mean.
  private static func counted(_ span: CivilSpan, after when: When, zone: Zone, role: When.Role) -> When? {
    if span == CivilSpan() { return When(when.edtf, zone: when.zone, role: role) ?? when }
    let (first, last) = (when.begin.lowerBound, when.begin.upperBound.adding(milliseconds: -1))
    guard first > .distantPast, last < .distantFuture else { return nil }
    let qualifier = when.qualifier.map(String.init) ?? ""
    func text(_ instant: Instant) -> String {
      let day = zone.day(at: instant)
      let moved = span.added(to: day)
      if span.isWholeDays { return moved.description + qualifier }
      let rest = instant.milliseconds - zone.instant(day).milliseconds
      let moment = zone.instant(moved).adding(milliseconds: rest + Int64(span.seconds) * 1000)
      return zone.text(Instant(seconds: moment.milliseconds / 1000)) + qualifier
    }
    let (low, high) = (text(first), text(last))
    let isMoment = !span.isWholeDays && when.grain == .time
    return When(low == high || isMoment ? low : "[\(low)..\(high)]", zone: zone, role: role)
  }
}
