// The terms of a point: its deadlines as instants, by their words, in the agreement's zone.
internal import TruceModel

extension Deadline.Word {
  /// The first moment that is late for a day, by the word: "by D" and "until D" are the whole day D, "before D" ends as D begins.
  func late(_ when: When) -> Instant { self == .before ? when.earliest : when.latest }

  /// The first moment of the last day that is in time.
  func dueFrom(_ when: When) -> Instant {
    if self == .before { return when.earliest.adding(seconds: -86_400) }
    guard when.latest < .distantFuture else { return when.latest }
    let day = when.zone.day(at: when.latest.adding(milliseconds: -1))
    return when.zone.instant(day)
  }
}

/// A point's deadlines, the agreement's own.
struct Terms {
  /// Every dated reading of its terms: one for each text and each dating of the event from which it counts.
  var original: [Agreement.Due]
  /// The one that decides: the authentic text's, else the one for all texts, else the first.
  var deciding: Agreement.Due?
  /// From when it binds.
  var from: When?

  /// - Parameter done: when other points were done, for terms that count from them.
  init(_ provision: Provision, of agreement: Agreement?, done: [ProvisionID: When]) {
    original =
      agreement?.schedule(of: provision, done: done)
      ?? provision.terms.compactMap { term in term.when.map { Agreement.Due(word: term.word, when: $0, variant: term.variant) } }
    let authentic = Set((agreement?.variants ?? []).filter(\.isAuthentic).map(\.id))
    let limits = original.filter { $0.word != .from }
    deciding =
      limits.first { $0.variant.map(authentic.contains) ?? false } ?? limits.first { $0.variant == nil } ?? limits.first
    from = original.first { $0.word == .from }?.when
  }

  /// Which texts, and whose dating: " (text am)", " (texts az, ru)", " (counted as by later accounts)".
  static func note(_ dues: [Agreement.Due]) -> String {
    let texts = dues.compactMap(\.variant)
    var notes: [String] = []
    if !texts.isEmpty { notes.append((texts.count == 1 ? "text " : "texts ") + texts.joined(separator: ", ")) }
    if let according = dues.first?.according { notes.append("counted as by \(according)") }
    return notes.isEmpty ? "" : " (" + notes.joined(separator: ", ") + ")"
  }
}

extension Provision {
  /// Whether its time or its turn hangs on another point, or it is owed together with one.
  var hangsOnOthers: Bool {
    !requires.isEmpty || !inParallelWith.isEmpty || reciprocal != nil
      || terms.contains { $0.after != nil && $0.after != "signing" && $0.after != "effective" }
  }
}
