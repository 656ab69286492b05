// The posts' board: how each post stands at a moment, judged by what had arrived by then.
public import TruceModel

/// How a post stands.
public enum PostWord: String, Sendable, Hashable, CaseIterable {
  /// Its last check-in came in time.
  case onWatch = "on watch"
  /// The time has come and the grace is not over.
  case due
  /// The last check-in was missed.
  case overdue
  /// As many in a row were missed as the board calls silence.
  case silent
  /// Away as planned.
  case stoodDown = "stood down"
  case closed
  /// Open without a schedule: nothing is owed.
  case open
}

/// One line of the board.
public struct PostStatus: Sendable, Hashable {
  public var post: PostID
  public var name: String?
  public var word: PostWord
  /// Since when the word holds, where that can be told.
  public var since: Instant?
  public var place: PlaceID?
  public var stretches: [LineStretch]
  public var link: String?
  /// When anything last came from it.
  public var lastArrival: Instant?
  /// Its last check-in's own time, its clock put right.
  public var lastCheckIn: Instant?
  /// The next check-in that it owes, and until when it counts.
  public var nextDue: Instant?
  public var nextDeadline: Instant?
  /// Check-ins missed in a row up to now.
  public var missed: Int
  /// Whole minutes by which its clock is put right, for its latest setting.
  public var clockMinutes: Int
  /// Numbers of its own count that have not arrived.
  public var missingNumbers: [ClosedRange<Int>]
  /// What kept it from watching, by its last check-in.
  public var restrictions: [Restriction]
}

extension WatchIndex {
  /// The board at a moment, by post; posts that are not open yet are left out.
  ///
  /// - Parameters:
  ///   - now: the ledger's clock; only what was recorded by then counts.
  ///   - silentAfter: how many check-ins missed in a row are called silence, at least 1.
  public func board(at now: Instant, silentAfter: Int = 3) -> [PostStatus] {
    posts.compactMap { logs[$0]!.status(at: now, silentAfter: max(1, silentAfter)) }
  }
}

extension PostLog {
  func status(at now: Instant, silentAfter: Int) -> PostStatus? {
    let phases = phases(known: now)
    guard let phase = phases.last(where: { $0.from <= now }) else { return nil }
    var status = PostStatus(
      post: id, name: phase.post.name, word: .open, since: phase.from, place: phase.post.place, stretches: phase.post.stretches,
      link: phase.post.link, lastArrival: lastArrival(by: now), missed: 0, clockMinutes: 0, missingNumbers: missingNumbers, restrictions: []
    )
    let heard = checkIns.values.filter { $0.recorded <= now && accepts($0.record) && !$0.record.isContact }
    if let last = heard.max(by: { (corrected($0.record), $0.record.id) < (corrected($1.record), $1.record.id) })?.record {
      status.lastCheckIn = corrected(last)
      status.clockMinutes = Int(clockOffset(last.sending.clock) / 60_000)
      status.restrictions = last.restrictions
    }
    if phase.until <= now {
      status.word = .closed
      status.since = phase.until
      return status
    }
    let next = nextDuty(from: now)
    status.nextDue = next?.due
    status.nextDeadline = next?.deadline
    if let away = phase.stoodDown.first(where: { $0.contains(now) }) {
      status.word = .stoodDown
      status.since = away.lowerBound
      return status
    }
    guard phase.post.schedule != nil else { return status }
    let lastArrival = heard.map(\.recorded).max()
    // What was owed since the last arrival; an arrival after a duty opened met it, or ended the row.
    let owed = duties(after: max(phase.from, lastArrival ?? phase.from), through: now.adding(milliseconds: -1))
    let missed = owed.filter { duty in lastArrival.map { $0 <= duty.opens } ?? true }
    status.missed = missed.count
    if status.missed > 0 {
      status.word = status.missed >= silentAfter ? .silent : .overdue
      status.since = missed.first?.deadline
    } else if let next, next.due <= now, lastArrival.map({ $0 <= next.opens }) ?? true {
      status.word = .due
      status.since = next.due
    } else {
      status.word = .onWatch
      status.since = lastArrival ?? phase.from
    }
    return status
  }

  private func corrected(_ checkIn: CheckIn) -> Instant { checkIn.at.adding(milliseconds: clockOffset(checkIn.sending.clock)) }
}
