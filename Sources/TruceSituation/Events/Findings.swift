// Checks of the numbers: totals that do not equal their parts, counters that fall, two sides' figures that differ.
internal import TruceModel

extension EventFold {
  /// The types of claims whose numbers are checked.
  static let counted = Set(ClaimType.allCases.filter(counts))

  static func counts(_ type: ClaimType) -> Bool {
    switch type {
    case .exchange, .casualties, .displacement, .access, .deployment, .cooperation, .postEstablished: true
    default: false
    }
  }

  /// What does not add up, each with its evidence; nothing is corrected.
  func findings(_ all: [Situation.Event]) -> [Finding] {
    totals() + falls(posts(all)) + counters() + differences()
  }

  /// A claim's total ("44 returned") against its parts ("30 prisoners, 14 civilians").
  private func totals() -> [Finding] {
    let whole: Set<String> = ["returned", "total", "people", "persons"]
    return facts.sorted(by: Fact.bySaid).compactMap { fact in
      let claim = fact.claim
      guard claim.type == .exchange, let total = claim.quantities.first(where: { whole.contains($0.what) }), !total.isAbout else {
        return nil
      }
      let parts = claim.quantities.filter { !whole.contains($0.what) && $0.what != "bodies" }
      guard parts.count > 1, !parts.contains(where: \.isAbout) else { return nil }
      let sum = parts.reduce(0) { $0 + $1.maximum }
      guard sum != total.maximum else { return nil }
      let listed = parts.map { "\($0.figure) \($0.what)" }.joined(separator: " + ")
      return Finding(
        .warning, "\(total.figure) \(total.what) do not equal their parts, \(listed) = \(Int(sum)).",
        evidence: [claim.id.rawValue])
    }
  }

  /// The number of posts is a running count: a later lower figure is a finding.
  private func falls(_ posts: [Situation.Event]) -> [Finding] {
    var highest: (count: Double, event: Situation.Event)?
    var findings: [Finding] = []
    for event in posts {
      guard let count = event.quantities.first(where: \.isOfPosts)?.maximum, event.when != nil else { continue }
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

  /// Of one origin's figures for one matter: running totals that fall, and days that come to more than the time that holds them.
  private func counters() -> [Finding] {
    struct Matter: Hashable {
      var origin: String
      var type: ClaimType
      var act: String
      var who: PartyID?
      var what: String
    }
    typealias Figure = (fact: Fact, when: When, quantity: Quantity)
    var figures: [Matter: [Figure]] = [:]
    for fact in facts where fact.isAsserted && EventFold.counts(fact.claim.type) && fact.claim.type != .postEstablished {
      guard let when = fact.claim.when else { continue }
      for quantity in fact.claim.quantities where !quantity.isAbout {
        let claim = fact.claim
        let matter = Matter(
          origin: fact.origin.key, type: claim.type, act: claim.act, who: claim.who.first?.party.map(index.side), what: quantity.what)
        figures[matter, default: []].append((fact, when, quantity))
      }
    }
    var findings: [Finding] = []
    for list in figures.values {
      // Of one time the figure that was said last.
      var latest: [Range<Instant>: Figure] = [:]
      for figure in list.sorted(by: { Fact.bySaid($0.fact, $1.fact) }) where figure.when.end != nil || figure.when.grain == .day {
        let time = figure.when.earliest..<figure.when.latest
        // "21 people, including 16 soldiers": of a sentence's counts of victims the largest is the total.
        if let known = latest[time], figure.fact.claim.type == .casualties, known.fact.claim.report == figure.fact.claim.report,
          known.fact.claim.span == figure.fact.claim.span, known.quantity.maximum > figure.quantity.maximum
        {
          continue
        }
        latest[time] = figure
      }
      let running = latest.values.filter { $0.when.end != nil }.sorted { $0.when.latest < $1.when.latest }
      let days = latest.values.filter { $0.when.end == nil }
      for start in Set(running.map(\.when.earliest)) {
        var highest: Figure?
        for figure in running where figure.when.earliest == start {
          if let known = highest, figure.quantity.maximum < known.quantity.minimum {
            let text = "\(figure.fact.origin.name) counts \(known.quantity.figure) \(known.quantity.what) until "
            findings.append(
              Finding(
                .warning,
                text + "\(known.when.edtf) and \(figure.quantity.figure) until \(figure.when.edtf); a running total should not fall.",
                evidence: [known.fact.id.rawValue, figure.fact.id.rawValue]))
          } else {
            highest = figure
          }
        }
      }
      for whole in running {
        let parts = days.filter { whole.when.earliest <= $0.when.earliest && $0.when.latest <= whole.when.latest }
          .sorted { $0.when.earliest < $1.when.earliest }
        let sum = parts.reduce(0) { $0 + $1.quantity.minimum }
        guard sum > whole.quantity.maximum else { continue }
        let text = "\(whole.fact.origin.name) counts \(whole.quantity.figure) \(whole.quantity.what) for \(whole.when.edtf), "
        findings.append(
          Finding(
            .warning, text + "and \(Quantity.figure(sum)) on single days of that time.",
            evidence: [whole.fact.id.rawValue] + parts.map(\.fact.id.rawValue)))
      }
    }
    return findings.sorted { $0.evidence.lexicographicallyPrecedes($1.evidence) }
  }

  /// Two accounts of one event with different figures for one thing.
  private func differences() -> [Finding] {
    struct Matter: Hashable {
      var type: ClaimType
      var act: String
    }
    let counted = facts.filter { fact in
      fact.isAsserted && (fact.claim.type == .exchange || fact.claim.type == .casualties) && fact.claim.when?.grain == .day
    }
    var pairs: [(left: Fact, right: Fact)] = []
    for list in Dictionary(grouping: counted, by: { Matter(type: $0.claim.type, act: $0.claim.act) }).values {
      // By when they can have begun: what begins after another ended is of another day.
      let told = list.sorted { $0.window.lowerBound < $1.window.lowerBound }
      for (i, one) in told.enumerated() {
        for other in told[(i + 1)...] {
          if other.window.lowerBound >= one.window.upperBound { break }
          guard one.origin.key != other.origin.key, one.window.overlaps(other.window) else { continue }
          pairs.append(Fact.bySaid(one, other) ? (one, other) : (other, one))
        }
      }
    }
    pairs.sort { $0.left === $1.left ? Fact.bySaid($0.right, $1.right) : Fact.bySaid($0.left, $1.left) }
    return pairs.flatMap { left, right in
      EventFold.isSameGiver(left.claim, right.claim) ? EventFold.differences(left, right) : []
    }
  }

  private static func differences(_ left: Fact, _ right: Fact) -> [Finding] {
    left.claim.quantities.compactMap { quantity in
      guard let other = right.claim.quantities.first(where: { $0.what == quantity.what }), !quantity.isAbout, !other.isAbout,
        quantity.maximum < other.minimum || other.maximum < quantity.minimum
      else { return nil }
      return Finding(
        .warning,
        "\(left.origin.name) says \(quantity.figure) \(quantity.what), \(right.origin.name) \(other.figure), of "
          + "the same day (\(left.claim.when!.edtf)).", evidence: [left.id.rawValue, right.id.rawValue])
    }
  }

  private static func isSameGiver(_ left: Claim, _ right: Claim) -> Bool {
    if let a = left.who.first?.party, let b = right.who.first?.party { return a == b }
    if let a = left.whom.first?.party, let b = right.whom.first?.party { return a == b }
    // Of two lists that do not say whose they are nothing can be told.
    return false
  }
}

extension Quantity {
  /// A number of posts: `posts`, `observation posts`.
  var isOfPosts: Bool { what == "posts" || what.hasSuffix(" posts") }
}
