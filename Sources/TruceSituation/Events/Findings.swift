// Checks of the numbers: totals that do not equal their parts, counters that fall, two sides' figures that differ.
internal import TruceModel

extension EventFold {
  /// What does not add up, each with its evidence; nothing is corrected.
  func findings(_ all: [Situation.Event]) -> [Finding] {
    totals() + falls(posts(all)) + differences(all)
  }

  /// A claim's total ("44 returned") against its parts ("30 prisoners, 14 civilians").
  private func totals() -> [Finding] {
    let whole: Set<String> = ["returned", "total", "people", "persons"]
    return facts.compactMap { fact in
      let claim = fact.claim
      guard claim.type == .exchange, let total = claim.quantities.first(where: { whole.contains($0.what) }), !total.isAbout else {
        return nil
      }
      let parts = claim.quantities.filter { !whole.contains($0.what) && $0.what != "bodies" }
      guard parts.count > 1, !parts.contains(where: \.isAbout) else { return nil }
      let sum = parts.reduce(0) { $0 + $1.maximum }
      guard sum != total.maximum else { return nil }
      let listed = parts.map { "\(EventFold.number($0)) \($0.what)" }.joined(separator: " + ")
      return Finding(
        .warning, "\(EventFold.number(total)) \(total.what) do not equal their parts, \(listed) = \(Int(sum)).",
        evidence: [claim.id.rawValue])
    }
  }

  /// The number of posts is a running count: a later lower figure is a finding.
  private func falls(_ posts: [Situation.Event]) -> [Finding] {
    var highest: (count: Double, event: Situation.Event)?
    var findings: [Finding] = []
    for event in posts {
      guard let count = event.quantities.first(where: { $0.what == "posts" })?.maximum, event.when != nil else { continue }
      if let known = highest, count < known.count {
        findings.append(
          Finding(
            .warning, "The number of posts falls from \(Int(known.count)) to \(Int(count)); a running count should not.",
            evidence: (known.event.evidence + event.evidence).map(\.rawValue)))
      } else {
        highest = (count, event)
      }
    }
    return findings
  }

  /// Two accounts of one event with different figures for one thing.
  private func differences(_ all: [Situation.Event]) -> [Finding] {
    var findings: [Finding] = []
    let counted = facts.filter { $0.isAsserted && ($0.claim.type == .exchange || $0.claim.type == .casualties) && $0.claim.when != nil }
      .sorted(by: TransitionBuilder.bySaid)
    for (i, left) in counted.enumerated() {
      for right in counted[(i + 1)...] where left.claim.type == right.claim.type && left.origin.key != right.origin.key {
        guard left.claim.act == right.claim.act, left.window.overlaps(right.window), left.claim.when?.grain == .day,
          right.claim.when?.grain == .day,
          EventFold.isSameGiver(left.claim, right.claim)
        else { continue }
        for quantity in left.claim.quantities {
          guard let other = right.claim.quantities.first(where: { $0.what == quantity.what }), !quantity.isAbout, !other.isAbout,
            quantity.maximum < other.minimum || other.maximum < quantity.minimum
          else { continue }
          findings.append(
            Finding(
              .warning,
              "\(left.origin.label) says \(EventFold.number(quantity)) \(quantity.what), \(right.origin.label) \(EventFold.number(other)), of "
                + "the same day (\(left.claim.when!.edtf)).", evidence: [left.id.rawValue, right.id.rawValue]))
        }
      }
    }
    return findings
  }

  private static func isSameGiver(_ left: Claim, _ right: Claim) -> Bool {
    if let a = left.who.first?.party, let b = right.who.first?.party { return a == b }
    if let a = left.whom.first?.party, let b = right.whom.first?.party { return a == b }
    // Of two lists that do not say whose they are nothing can be told.
    return false
  }
}
