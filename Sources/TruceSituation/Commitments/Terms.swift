// The terms of a point: its deadlines as instants, by their words, in the agreement's zone.
internal import TruceModel

extension Deadline.Word {
  /// The first moment that is late for a day, by the word: "by D" and "until D" are the whole day D, "before D" ends as D begins.
  func late(_ when: When) -> Instant { self == .before ? when.earliest : when.latest }

  /// The first moment of the last day that is in time.
  func dueFrom(_ when: When) -> Instant {
    if self == .before { return when.earliest.adding(seconds: -86_400) }
    let day = when.zone.day(at: when.latest.adding(milliseconds: -1))
    return when.zone.instant(day)
  }
}

/// A point's deadlines, the agreement's own first.
struct Terms {
  /// What a term comes to; nil where it hangs on an event that has not happened.
  var original: [(term: Provision.Term, when: When?)]
  /// The one that decides: the authentic text's, else the one for all texts, else the first.
  var deciding: (term: Provision.Term, when: When)?
  /// From when it binds.
  var from: When?

  /// - Parameter anchors: the times of events that terms count from, by name.
  init(_ provision: Provision, of agreement: Agreement?, anchors: [String: When]) {
    original = provision.terms.map { term in
      if let when = term.when { return (term, when) }
      guard let after = term.after ?? (term.span == nil ? nil : "signing"), let anchor = anchors[after] else { return (term, nil) }
      return (term, Terms.time(of: term.span ?? CivilSpan(), after: anchor, role: term.word == .from ? .from : .due))
    }
    let authentic = Set((agreement?.variants ?? []).filter(\.isAuthentic).map(\.id))
    let limits = original.filter { $0.term.word != .from && $0.when != nil }
    let chosen =
      limits.first { $0.term.variant.map(authentic.contains) ?? false } ?? limits.first { $0.term.variant == nil } ?? limits.first
    deciding = chosen.map { ($0.term, $0.when!) }
    from = original.first { $0.term.word == .from }?.when
  }

  /// So long after an event: a day for spans of whole days, else a moment.
  private static func time(of span: CivilSpan, after anchor: When, role: When.Role) -> When? {
    if span == CivilSpan() {
      var copy = anchor
      copy.role = role
      return copy
    }
    let last = anchor.latest.adding(milliseconds: -1)
    if span.isWholeDays { return When(span.added(to: anchor.zone.day(at: last)), zone: anchor.zone, role: role) }
    let moment = anchor.zone.instant(span.added(to: anchor.zone.day(at: anchor.earliest)))
      .adding(milliseconds: anchor.earliest.milliseconds - anchor.zone.instant(anchor.zone.day(at: anchor.earliest)).milliseconds)
      .adding(seconds: Int64(span.seconds))
    return When(anchor.zone.text(moment), zone: anchor.zone, role: role)
  }
}

extension Agreement {
  /// The times of the events that its terms count from; of a contested one, the first dating.
  var times: [String: When] {
    var times: [String: When] = [:]
    for anchor in anchors { times[anchor.id] = anchor.datings.first?.when }
    if times["signing"] == nil { times["signing"] = signed }
    if times["effective"] == nil {
      times["effective"] = effective ?? provisions.lazy.flatMap(\.terms).first { $0.word == .from && $0.when != nil }?.when ?? signed
    }
    return times
  }
}
