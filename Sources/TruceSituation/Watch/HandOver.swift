// The hand-over between shifts: what is open, who is overdue, what falls due in the next watch, signed by both.
public import TruceModel

/// What one shift hands to the next.
public struct HandOver: Sendable, Hashable {
  public var by: String
  public var to: String
  public var at: Instant
  public var alerts: [AlertState]
  /// Posts that are due, overdue or silent.
  public var posts: [PostStatus]
  /// Commitments whose deadline falls within the next watch.
  public var commitments: [Situation.Commitment]

  /// The entry to sign and append: first the one who hands over signs, then the one who takes over. It names the gravest alerts, as many as an
  /// entry holds, and tells how many there are.
  public var change: AlertChange {
    .made(
      .handedOver, gravest.prefix(AlertMachine.alertsOfChange).map(\.id), at: at, by: by, to: to,
      note: "\(alerts.count) alerts, \(posts.count) posts not on watch, \(commitments.count) commitments due",
      evidence: posts.map(\.post.rawValue) + commitments.map(\.id.rawValue))
  }

  private var gravest: [AlertState] {
    alerts.sorted { ($1.opened.severity ?? .moderate, $0.opened.at, $0.id) < ($0.opened.severity ?? .moderate, $1.opened.at, $1.id) }
  }
}

extension WatchIndex {
  /// The hand-over at a moment.
  ///
  /// - Parameter nextWatchEnds: commitments due up to then are listed.
  public func handOver(
    by: String, to: String, at now: Instant, nextWatchEnds: Instant, commitments: [Situation.Commitment] = []
  ) -> HandOver {
    HandOver(
      by: by, to: to, at: now, alerts: alerts.alerts(at: now),
      posts: board(at: now).filter { [.due, .overdue, .silent].contains($0.word) },
      commitments: commitments.filter { commitment in
        guard commitment.done == nil, let end = commitment.deadlines.last?.when?.latest else { return false }
        return end > now && end <= nextWatchEnds
      })
  }
}
