// Which check-ins a post owed by when, as it was known at the time, and which of them it missed.
public import TruceModel

/// One check-in that a post owes.
public struct Duty: Sendable, Hashable {
  public var post: PostID
  /// When the schedule wants it.
  public var due: Instant
  /// The last moment at which it counts: `due` and the schedule's grace.
  public var deadline: Instant
  /// Only what arrives after this counts: the deadline before, or the post's opening.
  public var opens: Instant
  public var link: String?
}

extension PostLog {
  /// The check-ins with deadlines in `after < deadline <= through`, ascending.
  ///
  /// Each is judged by what was recorded of the post by its deadline: a stand-down entered afterwards does not unsay an alert.
  public func duties(after: Instant, through: Instant) -> [Duty] {
    let knownFrom = Set(changes.values.map(\.recorded)).sorted()
    var result: [Duty] = []
    for (i, known) in knownFrom.enumerated() {
      let low = max(after, known)
      let high = min(through, i + 1 < knownFrom.count ? knownFrom[i + 1].adding(milliseconds: -1) : .distantFuture)
      guard low < high || (low == high && known > after) else { continue }
      for phase in phases(known: known) {
        result += duties(in: phase, after: known > after ? low.adding(milliseconds: -1) : low, through: high)
      }
    }
    return result.sorted { ($0.deadline, $0.due) < ($1.deadline, $1.due) }
  }

  private func duties(in phase: PostPhase, after: Instant, through: Instant) -> [Duty] {
    var result: [Duty] = []
    phase.walk(after: after) { due, deadline, opens in
      guard deadline <= through else { return nil }
      if !phase.isStoodDown(at: due) { result.append(Duty(post: id, due: due, deadline: deadline, opens: opens, link: phase.post.link)) }
      return due
    }
    return result
  }

  /// The next check-in whose deadline is not before a moment, by what is known then; nil where none is.
  public func nextDuty(from now: Instant) -> Duty? {
    let moment = now.adding(milliseconds: -1)
    return phases(known: now).compactMap { phase in
      var found: Duty?
      phase.walk(after: moment) { due, deadline, opens in
        if let away = phase.stoodDown.first(where: { $0.contains(due) }) { return away.upperBound.adding(milliseconds: -1) }
        found = Duty(post: id, due: due, deadline: deadline, opens: opens, link: phase.post.link)
        return nil
      }
      return found
    }.min { $0.deadline < $1.deadline }
  }

  /// The duties with deadlines in `after < deadline <= through` that nothing met, judged by arrival.
  public func missed(after: Instant, through: Instant) -> [Duty] {
    let arrivals = arrivalsOfCheckIns
    return duties(after: after, through: through).filter { duty in
      let at = arrivals.partition(where: { $0 > duty.opens })
      return at == arrivals.count || arrivals[at] > duty.deadline
    }
  }
}

extension PostPhase {
  /// Goes through the dues whose deadlines lie after a moment, ascending; `body` returns after which moment to go on, nil to stop.
  fileprivate func walk(after: Instant, _ body: (_ due: Instant, _ deadline: Instant, _ opens: Instant) -> Instant?) {
    guard let schedule = post.schedule else { return }
    let grace = Int64(schedule.graceSeconds) * 1000
    // One interval back, so that the deadline before the first is known; zones have moved by as much as a day.
    var back = schedule.longestGapMilliseconds + grace
    if case .times = schedule.rhythm { back += 25 * 3_600_000 }
    let start = max(after.adding(milliseconds: -back), from)
    var opens = start
    var due = schedule.next(after: start, anchor: from)
    while due < until {
      let deadline = due.adding(milliseconds: grace)
      if deadline > after {
        guard let next = body(due, deadline, opens) else { return }
        due = max(due, next)
      }
      opens = deadline
      due = schedule.next(after: due, anchor: from)
    }
  }
}

extension Array {
  /// The first index whose element satisfies a condition that, once true, stays true.
  func partition(where isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The same for an index that lies near a guess.
  func partition(near guess: Int, where isAfter: (Element) -> Bool) -> Int {
    partitionPoint(of: count, near: guess) { isAfter(self[$0]) }
  }
}

/// The first of some indices that satisfies a condition that, once true, stays true; near a guess in steps that grow, so that few lines of
/// memory are read.
@inline(__always)
func partitionPoint(of count: Int, near guess: Int, where isAfter: (Int) -> Bool) -> Int {
  guard count > 0 else { return 0 }
  var (low, high) = (0, count)
  var middle = min(max(guess, 0), count - 1)
  var reach = 1
  while low < high {
    let isBehind = isAfter(middle)
    if isBehind { high = middle } else { low = middle + 1 }
    let half = (high - low) / 2
    middle = half <= reach ? low + half : isBehind ? high - reach : low + reach
    reach *= 2
  }
  return low
}

extension [Instant] {
  /// Puts a moment into its place; mostly that is the end.
  mutating func insertSorted(_ moment: Instant) { insert(moment, at: partition(where: { $0 > moment })) }
}
