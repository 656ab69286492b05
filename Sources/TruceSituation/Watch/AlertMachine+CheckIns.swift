// Missed check-ins to alerts: one for each, and one more for a broken link that speaks for all of its posts.
import TruceModel

extension AlertMachine {
  /// What was missed from `judgedThrough` up to before `now`, in the deadlines' order, each with the link's alert that speaks for it.
  ///
  /// It goes by deadlines and arrivals only, so that it comes to the same after a restart.
  mutating func judge(_ watch: WatchIndex, now: Instant) -> [(condition: AlertCondition, inhibitor: AlertID?)] {
    let through = now.adding(milliseconds: -1)
    guard through > judgedThrough else { return [] }
    var missed: [Duty] = []
    var links: [String: [PostID]] = [:]
    var arrivals: [PostID: [Instant]] = [:]
    for (post, log) in watch.logs {
      missed += log.missed(after: judgedThrough, through: through)
      if let link = log.phases(known: through).last(where: { $0.from <= through && through < $0.until })?.post.link {
        links[link, default: []].append(post)
        arrivals[post] = log.arrivalsOfCheckIns
      }
    }
    missed.sort { ($0.deadline, $0.post) < ($1.deadline, $1.post) }
    var result: [(condition: AlertCondition, inhibitor: AlertID?)] = []
    var linkSince: [String: Instant] = [:]
    var at = 0
    while at < missed.count {
      let deadline = missed[at].deadline
      var batch: [Duty] = []
      while at < missed.count, missed[at].deadline == deadline {
        batch.append(missed[at])
        at += 1
      }
      for link in Set(batch.compactMap(\.link)).sorted() {
        let members = links[link] ?? []
        // Carried again since it was taken for broken?
        if brokenLinks[link] != nil, let since = linkSince[link] ?? watch.alerts.states[brokenLinks[link]!]?.opened.due,
          members.contains(where: { arrives(arrivals[$0], after: since, through: deadline) })
        {
          brokenLinks[link] = nil
        }
        guard brokenLinks[link] == nil else { continue }
        let down = members.filter { post in
          batch.contains { $0.post == post } || watch.logs[post]!.isMissing(at: deadline, arrivals[post] ?? [])
        }
        if down.count >= 2, Double(down.count) >= settings.linkShare * Double(members.count) {
          let condition = AlertCondition(
            rule: "link-down", subject: link, due: deadline, severity: .severe,
            message: "the link \(link) carries nothing: \(down.count) of \(members.count) posts on it missed their check-in",
            group: "link/\(link)", evidence: down.sorted().map(\.rawValue))
          result.append((condition, nil))
          brokenLinks[link] = condition.alert
          linkSince[link] = deadline
        }
      }
      for duty in batch {
        let condition = AlertCondition(
          rule: "missed-check-in", subject: duty.post.rawValue, due: duty.deadline, severity: .moderate,
          message: "post \(duty.post) missed its check-in due \(duty.due)", group: duty.link.map { "link/\($0)" } ?? "missed-check-in",
          evidence: [duty.post.rawValue])
        result.append((condition, duty.link.flatMap { brokenLinks[$0] }))
      }
    }
    judgedThrough = through
    return result
  }

  private func arrives(_ arrivals: [Instant]?, after: Instant, through: Instant) -> Bool {
    guard let arrivals else { return false }
    let at = arrivals.partition(where: { $0 > after })
    return at < arrivals.count && arrivals[at] <= through
  }
}

extension PostLog {
  /// Whether the last check-in owed by a moment was missed and nothing arrived since.
  fileprivate func isMissing(at moment: Instant, _ arrivals: [Instant]) -> Bool {
    let next = arrivals.partition(where: { $0 > moment })
    let last = next > 0 ? arrivals[next - 1] : .distantPast
    return duties(after: max(last, moment.adding(seconds: -8 * 86_400)), through: moment).contains { $0.opens >= last }
  }
}
