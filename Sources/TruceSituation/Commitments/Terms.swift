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
      guard let after = term.after ?? (term.days == nil ? nil : "signing"), let anchor = anchors[after] else { return (term, nil) }
      let day = anchor.zone.day(at: anchor.latest.adding(milliseconds: -1)).adding(days: term.days ?? 0)
      return (term, When(day, zone: agreement?.zone ?? anchor.zone, role: term.word == .from ? .from : .due))
    }
    let authentic = Set((agreement?.variants ?? []).filter(\.isAuthentic).map(\.id))
    let limits = original.filter { $0.term.word != .from && $0.when != nil }
    let chosen =
      limits.first { $0.term.variant.map(authentic.contains) ?? false } ?? limits.first { $0.term.variant == nil } ?? limits.first
    deciding = chosen.map { ($0.term, $0.when!) }
    from = original.first { $0.term.word == .from }?.when
  }
}
