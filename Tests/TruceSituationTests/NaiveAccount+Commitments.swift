// The naive account of the agreement's points and of ceasefires: the built-in case's twenty points, each by what its text asks.
import TruceModel

extension NaiveAccount {
  private var sides: Set<String> { ["AZE", "ARM"] }

  private func millis(_ text: String) -> Int64 { instant(text).milliseconds }

  // MARK: - Points

  /// The word of every point by its number.
  func points() -> [String: String] {
    let effective = millis("2020-11-10T00:00:00+03:00")
    let violations = claims.filter { $0.type == "ceasefire_violation" }
    let captures = claims.filter { $0.type == "control_change" && $0.claim.act == "captured" }
    let closures = claims.filter { $0.type == "access" && $0.claim.act == "close" }
    let corridor = "lachin-corridor"
    func deployed(at place: String) -> [NaiveTold] {
      claims.filter { $0.type == "deployment" && $0.claim.act == "deploy" && $0.place == place }
    }
    var words = [
      "1a": keptUp(from: effective, against: violations, by: sides, isWatched: !postsReported().isEmpty),
      "1b": keptUp(from: effective, against: captures, by: sides, isWatched: !postsReported().isEmpty),
      "2": handOver(of: "agdam-district", by: "2020-11-20"), "6a": handOver(of: "kalbajar-district", by: "2020-11-15"),
      "6b": handOver(of: "lachin-district", by: "2020-12-01"),
      "3a": done(deployed(at: "contact-line"), by: ["RUS"]), "3b": done(deployed(at: corridor), by: ["RUS"]),
      "4a": done(claims.filter { $0.type == "deployment" && $0.claim.act == "withdraw" }, by: ["ARM"]),
      "4b": keptUp(
        from: millis("2020-11-10T00:00:00+04:00"), against: [], by: ["RUS"],
        isWatched: !told(deployed(at: "nagorno-karabakh"), by: ["RUS"]).isEmpty),
      "5": done(claims.filter { $0.type == "post_established" }, by: []),
      "6c": keptUp(from: effective, against: [], by: ["RUS"], isWatched: postsReported().contains(corridor)),
      "6e": keptUp(
        from: effective, against: closures, by: ["AZE"],
        isWatched: !told(claims.filter { $0.type == "access" && $0.claim.act == "open" }, by: ["AZE"]).isEmpty),
      "7": tally(claims.filter { $0.type == "displacement" }),
      "8a": tally(claims.filter { $0.type == "exchange" && $0.object == "prisoners" }),
      "8b": tally(claims.filter { $0.type == "exchange" && $0.object == "bodies" }),
      // Due in three years; without a day; waits for 9a.
      "6d": "pending", "9a": "pending", "9b": "pending",
    ]
    if let force = force() { words = words.mapValues { _ in force } }
    return words
  }

  /// The word for all points where a party left or suspended the agreement; nil where it binds.
  private func force() -> String? {
    var acts: [String: [NaiveTold]] = [:]
    for told in claims where told.type == "agreement_signed" && isAsserted(told) && told.claim.from < on && told.claim.until > signed {
      acts["\(told.claim.act) \(told.claim.who)", default: []].append(told)
    }
    let kept = acts.values.flatMap { group in
      admitted(group, gain: [side(group[0].claim.who)], lose: sides.subtracting([side(group[0].claim.who)]))
    }
    guard let last = kept.max(by: byTime)?.claim else { return nil }
    return ["suspend": "suspended", "renounce": "withdrawn by \(last.who)"][last.act]
  }

  /// The places at which posts are told of, by what the rule admits.
  private func postsReported() -> Set<String> {
    var groups: [String: [NaiveTold]] = [:]
    for told in claims where told.type == "post_established" && isAsserted(told) {
      groups["\(told.claim.who) \(told.place) \(told.claim.isAlleged) \(told.when)", default: []].append(told)
    }
    return Set(
      groups.values.compactMap { group in
        let actor = side(group[0].claim.who)
        let isPast = group[0].when.count != 10 || group[0].claim.from < on
        return isPast && !admitted(group, gain: [actor], lose: sides.subtracting([actor])).isEmpty ? group[0].place : nil
      })
  }

  /// What of some claims tells since the signing that something was done, by the rule.
  private func told(_ about: [NaiveTold], by debtors: Set<String>) -> [NaiveTold] {
    let since = about.filter { isAsserted($0) && $0.claim.from < on && ($0.when.isEmpty || $0.claim.until > signed) }
    return admitted(since, gain: debtors, lose: sides.subtracting(debtors)).sorted(by: bySaid)
  }

  /// Whether a party denies what some claims tell, not before it was done.
  private func isDenied(_ about: [NaiveTold], _ kept: [NaiveTold]) -> Bool {
    let first = kept.min { $0.claim.until < $1.claim.until }!.claim
    return about.contains { told in
      told.claim.denies && told.claim.party != nil && told.claim.from < on && told.claim.saidUntil > first.from
        && told.claim.saidUntil >= first.until
    }
  }

  /// The word for a point without a deadline.
  private func done(_ about: [NaiveTold], by debtors: Set<String>) -> String {
    let kept = told(about, by: debtors)
    if kept.isEmpty { return "pending" }
    if isDenied(about, kept) { return "disputed" }
    let parties = kept.compactMap(\.claim.party).map(side)
    return !debtors.isEmpty && !parties.isEmpty && parties.allSatisfy(debtors.contains) ? "reported kept" : "kept"
  }

  /// The word for an exchange or a return without a number promised: how many were told, at most.
  private func tally(_ about: [NaiveTold]) -> String {
    let kept = told(about, by: sides)
    if kept.isEmpty { return "pending" }
    return isDenied(about, kept) ? "disputed" : "partly kept (\(kept.flatMap(\.quantities).map(\.count).max()!))"
  }

  /// The word for what is kept up: broken according to so many, an incident, quiet while somebody watched, or nobody knows.
  private func keptUp(from start: Int64, against breaches: [NaiveTold], by debtors: Set<String>, isWatched: Bool) -> String {
    if on < start { return "pending" }
    let told = breaches.filter { isAsserted($0) && !$0.when.isEmpty && $0.claim.from >= start && $0.claim.from < on }
    let kept = admitted(told, gain: sides.subtracting(debtors), lose: debtors)
    if kept.isEmpty { return isWatched ? "holding" : "unobserved" }
    let named = Set(kept.compactMap(\.claim.party))
    return named.isEmpty ? "incident reported" : "broken according to " + named.sorted().joined(separator: ", ")
  }

  /// What is promised and stands in no point, as "id word [claims]", sorted.
  func unprovided() -> [String] {
    let acts = Dictionary(grouping: claims.filter { $0.type == "commitment" && $0.claim.act != "exchange" }, by: \.claim.act)
    return acts.values.map { group in
      let ids = group.map(\.claim.id).sorted()
      return "claim/\(ids[0].prefix(12)) pending \(ids)"
    }.sorted()
  }

  // MARK: - Ceasefires

  /// The ceasefires that were announced, as "first..last moment of the start, word, claims", sorted.
  func ceasefires() -> [String] {
    var groups: [String: [NaiveTold]] = [:]
    for told in claims where ["ceasefire_start", "ceasefire_violation"].contains(told.type) && isAsserted(told) && !told.when.isEmpty {
      groups["\(told.type) \(told.claim.who) \(told.place) \(told.claim.isAlleged) \(told.when)", default: []].append(told)
    }
    var starts: [String: (from: Int64, ids: [String])] = [:]
    var fire: [Int64] = []
    for group in groups.values {
      let actor = side(group[0].claim.who)
      let day = baku.instant(CivilDate(String(group[0].when.suffix(10)))!).milliseconds
      let isOpen = group[0].when.hasPrefix("..")
      let from = isOpen ? Instant.distantPast.milliseconds : day
      if group[0].type == "ceasefire_start" {
        let ids = admitted(group, gain: [actor], lose: sides.subtracting([actor])).map(\.claim.id)
        if !ids.isEmpty { starts["\(from)..\(day + 86_400_000)", default: (from, [])].ids += ids }
      } else if from < on, day + 86_400_000 > signed, !admitted(group, gain: sides.subtracting([actor]), lose: [actor]).isEmpty {
        fire.append(from)
      }
    }
    return starts.map { window, start in
      let word =
        on < start.from
        ? "pending" : fire.contains { $0 >= start.from } ? "incident reported" : postsReported().isEmpty ? "unobserved" : "holding"
      return "\(window) \(word) \(start.ids.sorted())"
    }.sorted()
  }

  // MARK: - Hand-over

  /// The word for a district that Armenia hands over by the end of a day.
  func handOver(of place: String, by due: String) -> String {
    let late = baku.instant(CivilDate(due)!.adding(days: 1)).milliseconds
    let moved = claims.filter { $0.type == "deadline_revised" && $0.place == place && $0.claim.from < on }.sorted(by: bySaid)
    var dates: [String] = []
    for told in moved where !dates.contains("\(told.becomes!) \(label(told))") { dates.append("\(told.becomes!) \(label(told))") }
    let revised = dates.last.map { baku.instant(CivilDate(String($0.prefix(10)))!.adding(days: 1)).milliseconds }
    let steps = model(place).history(
      claims.filter { $0.type == "control_change" && $0.place == place }.map(\.claim), known: .max, said: .max, rule: rule)
    func isEffective(_ window: (Int64, Int64)) -> Bool {
      window.1 - 1 <= on || (window.0 < on && window.1 - window.0 <= 25 * 3_600_000)
    }
    let passages = steps.filter { step in
      model(place).fits(step.who, ("ARM", "AZE")) && step.window.1 > signed && isEffective(step.window)
    }
    if let done = passages.first(where: { $0.who.1 != nil }) ?? passages.first {
      let back = steps.contains { $0.window.1 > done.window.1 && isEffective($0.window) && ["ARM", "NKR"].contains($0.holder) }
      if back { return done.isDisputed ? "disputed" : "broken" }
      if done.isDisputed { return "disputed" }
      let parties = done.evidence.compactMap(\.party)
      if !parties.isEmpty, parties.allSatisfy({ side($0) == "ARM" }) { return "reported kept" }
      let window = (max(done.window.0, signed), done.window.1)
      if window.1 <= late { return "kept" }
      if window.0 < late { return "kept, day unknown" }
      if let revised, window.1 <= revised { return "kept on the revised date" }
      return "kept late"
    }
    let end = revised ?? late
    if on >= end {
      let about = claims.contains { told in
        told.place == place && (told.type == "control_change" || told.type == "deadline_revised")
          && !(isAsserted(told) && told.type == "control_change" && !told.when.isEmpty && told.claim.until <= signed)
      }
      return about ? "overdue" : "no information"
    }
    return on >= end - 86_400_000 ? "due" : "pending"
  }
}
