// Whether a deadline that depends on a road can be met: a departure of the case against every date that its commitment has.
public import TruceAtlas
public import TruceModel

/// A departure's forecast, and what it means for the commitment that depends on it.
public struct Outlook: Sendable, Hashable {
  /// One deadline and whether it can be met.
  public struct Deadline: Sendable, Hashable {
    public var word: TruceModel.Deadline.Word
    /// Nil where it was moved and nobody said to when.
    public var when: When?
    /// Who set it: `agreement`, `agreement, text am`, or whoever announced a revision.
    public var by: String
    /// Hours from the start, or from now where that is later, to the deadline's end; nil for no date.
    public var hours: Double?
    /// Nil for no date.
    public var verdict: Clearance.Verdict?
  }

  public var departure: Departure
  public var clearance: Clearance
  /// Originals first, then revisions.
  public var deadlines: [Deadline]

  /// What holds at the moment: the verdict on the last dated deadline, and the strictest where texts differ on it.
  public var verdict: Clearance.Verdict? {
    guard let last = deadlines.last(where: { $0.verdict != nil }) else { return nil }
    let same = deadlines.filter { $0.when?.edtf == last.when?.edtf }.compactMap(\.verdict)
    let order: [Clearance.Verdict] = [.past, .infeasible, .atRisk, .feasible]
    return order.first(where: same.contains)
  }

  /// Two sentences: the clearance, and each deadline.
  public var sentence: String {
    var seen: Set<String> = []
    var parts: [String] = []
    for deadline in deadlines {
      guard let when = deadline.when, let verdict = deadline.verdict, let hours = deadline.hours else { continue }
      let day = "\(deadline.word.rawValue) \(when.edtf)"
      guard seen.insert(day + verdict.rawValue).inserted else { continue }
      switch verdict {
      case .feasible: parts.append("\(day) can be met, with \(Clearance.length(hours)) left")
      case .atRisk: parts.append("\(day) is at risk: \(Clearance.length(hours)) are left")
      case .infeasible: parts.append("\(day) cannot be met: \(Clearance.length(hours)) are left")
      case .past: parts.append("\(day) has run out")
      }
    }
    guard !parts.isEmpty else { return clearance.sentence }
    let text = parts.joined(separator: "; ")
    return clearance.sentence + " " + text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}

extension Forecast {
  /// The outlook of every departure of the case at a moment.
  ///
  /// Every vehicle counts as still to leave, because nobody counts those that left.
  ///
  /// - Parameters:
  ///   - on: the moment; before a departure begins, its time counts from its beginning.
  ///   - commitments: a situation's, for the deadlines as they were known with every revision; those that were done are left out. Where a
  ///     commitment is missing the agreement's own dates stand.
  /// - Returns: outlooks in the case's order, and a finding for each departure that no road serves.
  public func outlooks(on: Instant, commitments: [Situation.Commitment] = []) -> (outlooks: [Outlook], findings: [Finding]) {
    var outlooks: [Outlook] = []
    var findings: [Finding] = []
    for departure in file.departures {
      let known = departure.commitment.flatMap { id in commitments.first { $0.id == id } }
      if known?.done != nil { continue }
      do {
        let clearance = try clearance(from: departure.from, to: departure.to, vehicles: departure.vehicles, on: on)
        let start = max(on, departure.begins.earliest)
        let deadlines = dates(of: departure, known).map { word, when, by in
          let end = when.map { word.late($0) }
          // Whole minutes: `--on D` asks for the last millisecond of D.
          let hours = end.map { max(0, (Double($0.milliseconds - start.milliseconds) / 60_000).rounded() / 60) }
          return Outlook.Deadline(
            word: word, when: when, by: by, hours: hours, verdict: end.map { clearance.verdict(from: start, until: $0) })
        }
        outlooks.append(Outlook(departure: departure, clearance: clearance, deadlines: deadlines))
      } catch {
        var finding = error
        finding.field = "departures.\(departure.id)"
        findings.append(finding)
      }
    }
    return (outlooks, findings)
  }

  private func dates(of departure: Departure, _ known: Situation.Commitment?) -> [(TruceModel.Deadline.Word, When?, String)] {
    if let known { return known.deadlines.map { ($0.word, $0.when, $0.by) } }
    for agreement in file.agreements {
      guard let provision = agreement.provisions.first(where: { $0.id == departure.commitment }) else { continue }
      return agreement.schedule(of: provision).filter { $0.word != .from }.map { due in
        (due.word, due.when, due.variant.map { "agreement, text \($0)" } ?? "agreement")
      }
    }
    return []
  }
}

extension Outlook {
  /// The outlook as an object.
  public var json: JSON {
    .compact([
      "departure": JSON(departure.id), "commitment": departure.commitment.map { JSON($0) }, "begins": JSON(departure.begins.edtf),
      "source": departure.source.map { JSON($0) }, "verdict": verdict.map { JSON($0.rawValue) },
      "deadlines": .array(
        deadlines.map { deadline in
          .compact([
            "word": JSON(deadline.word.rawValue), "edtf": deadline.when.map { JSON($0.edtf) }, "by": JSON(deadline.by),
            "hours": deadline.hours.map { .number($0) }, "verdict": deadline.verdict.map { JSON($0.rawValue) },
          ])
        }), "clearance": clearance.json, "sentence": JSON(sentence),
    ])
  }
}
