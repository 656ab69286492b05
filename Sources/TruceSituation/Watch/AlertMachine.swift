// The alerts' state machine: given the watch and a moment, which alerts to open, resolve, repeat and escalate, and when to ask again.
public import TruceModel

/// A message to people: many alerts, one text.
public struct AlertMessage: Sendable, Hashable {
  /// The id of the `notified` change that records it.
  public var id: EntryID
  public var at: Instant
  /// Names; empty where the roster has nobody: then it goes to everyone.
  public var to: [String]
  public var severity: AlertChange.Severity
  /// One line.
  public var title: String
  /// The alerts' own sentences, at most `AlertMachine.linesOfMessage` of them and a last one that tells how many more there are.
  public var lines: [String]
  /// All of them, none left out.
  public var alerts: [AlertID]
  public var isRepeated: Bool
}

/// What came of one step: entries to append, and messages to send once they are durable.
public struct AlertStep: Sendable {
  public var changes: [AlertChange] = []
  public var messages: [AlertMessage] = []
}

/// Raises alerts. It holds no clock and no timer: the edge calls `step` after each entry and at `nextDeadline`.
///
/// What it raises follows from the entries alone, and the ids of what it opens follow from rule, subject and moment. So a machine that is
/// made anew after a restart raises nothing twice and misses nothing.
public struct AlertMachine: Sendable {
  public struct Settings: Sendable, Hashable {
    /// Seconds after which an alert that nobody acknowledged is told again.
    public var repeatSeconds: Int64 = 900
    /// Seconds without acknowledgement after which it goes one level up the roster, each time anew.
    public var escalateSeconds: Int64 = 1800
    /// The most messages within any minute; what does not fit is told together in the last of them.
    public var messagesPerMinute = 10
    /// Of the posts on one link, as many have to be missing for the link to be taken for broken; at least two.
    public var linkShare = 0.5
    public var silentAfter = 3

    public init() {}
  }

  public var settings: Settings
  public var roster: Roster
  /// Up to when check-ins are judged and what was raised of them is in the book.
  var judgedThrough: Instant = .distantPast
  /// Links taken for broken at `judgedThrough`, with the alert that speaks for each.
  var brokenLinks: [String: AlertID] = [:]

  /// The lines of a message that are told one by one.
  public static let linesOfMessage = 20

  public init(settings: Settings = Settings(), roster: Roster = Roster()) {
    self.settings = settings
    self.roster = roster
  }

  /// What is to be done at a moment.
  ///
  /// The caller appends the changes to the ledger, adds the entries to the watch, and sends the messages. A step whose changes were not
  /// appended is taken again by the next call.
  /// - Parameters:
  ///   - conditions: what the other rules find now; a lasting condition that is no longer among them is resolved.
  ///   - wereAsked: false where some rules were not asked yet, as after a restart: then none of theirs is resolved.
  ///   - now: not before the last entry of the watch.
  public mutating func step(_ watch: WatchIndex, conditions: [AlertCondition] = [], wereAsked: Bool = true, now: Instant) -> AlertStep {
    var book = watch.alerts
    var step = AlertStep()
    func apply(_ change: AlertChange) {
      step.changes.append(change)
      book.add(change)
    }
    var trial = self
    let missed = trial.judge(watch, now: now).filter { book.states[$0.condition.alert] == nil }
    for (condition, inhibitor) in missed { apply(condition.opened(at: now, inhibitedBy: inhibitor)) }
    if missed.isEmpty { self = trial }
    for condition in conditions + AlertCondition.uncoveredShifts(roster, now: now) where book.states[condition.alert] == nil {
      apply(condition.opened(at: now))
    }
    for change in resolutions(watch, book, conditions: conditions, wereAsked: wereAsked, now: now) { apply(change) }
    for change in escalations(book, now: now) { apply(change) }
    for (changes, message) in notifications(book, now: now) {
      for change in changes { apply(change) }
      step.messages.append(message)
    }
    return step
  }

  /// When `step` has something to do by time alone; nil where nothing is owed.
  public func nextDeadline(_ watch: WatchIndex, now: Instant) -> Instant? {
    var next: Instant?
    func offer(_ moment: Instant) { next = min(next ?? moment, moment) }
    for log in watch.logs.values {
      if let duty = log.nextDuty(from: now) { offer(duty.deadline.adding(milliseconds: 1)) }
    }
    let book = watch.alerts
    let recent = book.messages.filter { $0 > now.adding(seconds: -60) }
    let roomFrom = recent.count < settings.messagesPerMinute ? now : recent[recent.count - settings.messagesPerMinute].adding(seconds: 60)
    for id in book.unresolved {
      let state = book.states[id]!
      switch state.word(at: now) {
      case .open where state.opened.inhibitedBy == nil:
        offer(max(roomFrom, state.lastNotified.map { $0.adding(seconds: settings.repeatSeconds) } ?? now))
        if state.level < roster.highestLevel(at: now) {
          offer(state.opened.at.adding(seconds: settings.escalateSeconds * Int64(state.level + 1)))
        }
      case .silenced: offer(state.silencedUntil!)
      default: break
      }
    }
    return next.map { max($0, now.adding(milliseconds: 1)) }
  }

  /// Up the roster, where nobody acknowledged.
  private func escalations(_ book: AlertBook, now: Instant) -> [AlertChange] {
    let highest = roster.highestLevel(at: now)
    guard highest > 0 else { return [] }
    return book.alerts([.open], at: now).compactMap { state in
      guard state.opened.inhibitedBy == nil, state.level < highest,
        now >= state.opened.at.adding(seconds: settings.escalateSeconds * Int64(state.level + 1))
      else { return nil }
      return .made(
        .escalated, [state.id], at: now, by: "truce", to: roster.names(at: now, level: state.level + 1).joined(separator: ", "),
        level: state.level + 1)
    }
  }

  /// What the world has resolved: the post came back or closed, the link carries again, the condition is gone.
  private func resolutions(_ watch: WatchIndex, _ book: AlertBook, conditions: [AlertCondition], wereAsked: Bool, now: Instant)
    -> [AlertChange]
  {
    let present = Set((conditions + AlertCondition.uncoveredShifts(roster, now: now)).map(\.alert))
    var lasting: Set<String> = ["uncovered-shift", ZoneEvent.rule]
    if wereAsked { lasting.formUnion(["deadline-near", "deadline-passed", "coverage-low", "claim-contradicts"]) }
    var lastByPost: [PostID: Instant] = [:]
    var lastByLink: [String: Instant] = [:]
    var away: Set<PostID> = []
    let needed = book.unresolved.contains { ["missed-check-in", "link-down"].contains(book.states[$0]!.opened.rule) }
    for (post, log) in needed ? watch.logs : [:] {
      guard let phase = log.phases(known: now).last(where: { $0.from <= now }) else { continue }
      if phase.until <= now || phase.isStoodDown(at: now) { away.insert(post) }
      guard let last = log.arrivalsOfCheckIns.last(where: { $0 <= now }) else { continue }
      lastByPost[post] = last
      if let link = phase.post.link { lastByLink[link] = max(last, lastByLink[link] ?? last) }
    }
    return book.unresolved.sorted().compactMap { id in
      let opened = book.states[id]!.opened
      let subject = opened.subject ?? ""
      switch opened.rule {
      case "missed-check-in":
        if let last = lastByPost[PostID(subject)], let due = opened.due, last > due {
          return .made(.resolved, [id], at: now, by: "truce", note: "the post checked in at \(last)")
        }
        return away.contains(PostID(subject)) ? .made(.resolved, [id], at: now, by: "truce", note: "the post is not on watch") : nil
      case "link-down":
        guard let last = lastByLink[subject], let due = opened.due, last > due else { return nil }
        return .made(.resolved, [id], at: now, by: "truce", note: "a post on the link checked in at \(last)")
      case .some(let rule) where lasting.contains(rule) && !present.contains(id):
        let note = rule == ZoneEvent.rule ? "a later report of where it was revised it" : "the condition is over"
        return .made(.resolved, [id], at: now, by: "truce", note: note)
      default: return nil
      }
    }
  }
}
