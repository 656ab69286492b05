// The alerts: one step of their machine at a time, what people do with them, and hand-overs.
internal import TruceAtlas
public import TruceLedger
public import TruceModel
public import TruceSituation

extension WatchRoom {
  /// The most alerts that one `alerts` event spells out.
  static let alertsOfEvent = 50

  /// What is due is done: alerts opened, resolved, escalated and told, all of it durable before anybody hears of it.
  ///
  /// - Returns: the messages to send, and when to ask again though nothing comes in; nil for never.
  func step() async throws -> (messages: [AlertMessage], next: Instant?) {
    guard let ledger else { return ([], nil) }
    return try await inTurn {
      let now = self.clock()
      // A check-in that was recorded before now can still be on its way to the disk: an empty batch is stored behind it.
      _ = try await ledger.append([])
      let size = try await self.catchUp()
      self.fresh += self.moved()
      let seen = self.fresh.count
      let found = (self.conditions ?? []) + self.zoneConditions() + self.trackConditions()
      let step = self.machine.step(self.index, conditions: found, wereAsked: self.conditions != nil, now: now)
      if !step.changes.isEmpty {
        try await self.append(step.changes, to: ledger)
        self.tell(step, now: now, size: size)
      }
      // What came in meanwhile is looked at next time.
      self.fresh.removeFirst(seen)
      return (step.messages, self.machine.nextDeadline(self.index, now: now))
    }
  }

  private func append(_ changes: [AlertChange], to ledger: Ledger) async throws {
    let drafts = changes.map(\.draft)
    fold(drafts, try await ledger.append(drafts))
  }

  private func tell(_ step: AlertStep, now: Instant, size: UInt64) {
    var ids: Set<AlertID> = []
    for change in step.changes where change.act != .notified && change.act != .delivered { ids.formUnion(change.alerts) }
    tell(ids, now: now, size: size + UInt64(step.changes.count))
    for message in step.messages { broadcast.send("message", message.pageJSON) }
  }

  private func tell(_ ids: Set<AlertID>, now: Instant, size: UInt64) {
    guard !ids.isEmpty else { return }
    let states = ids.compactMap { index.alerts.states[$0] }.sorted {
      ($1.opened.severity ?? .moderate, $1.opened.at, $0.id) < ($0.opened.severity ?? .moderate, $0.opened.at, $1.id)
    }
    broadcast.send(
      "alerts",
      [
        "size": JSON(Int(size)), "changed": JSON(ids.count),
        "alerts": .array(states.prefix(WatchRoom.alertsOfEvent).map { $0.json(at: now) }),
      ])
  }

  /// Runs work of which only one may run at a time, in the order in which it was asked for.
  private func inTurn<T: Sendable>(_ work: () async throws -> T) async throws -> T {
    await turn.enter()
    do {
      let result = try await work()
      await turn.leave()
      return result
    } catch {
      await turn.leave()
      throw error
    }
  }

  /// Something that a person does with alerts.
  public enum Act: Sendable {
    case acknowledge, resolve
    case silence(until: Instant)
  }

  /// A person acts on alerts; answers with them as they then stand.
  ///
  /// - Throws: `DeskRefusal` where there is no such alert; nothing is changed then.
  public func act(_ act: Act, on ids: [AlertID], by name: String, note: String?) async throws -> [AlertState] {
    guard let ledger else { throw WorkspaceError("there is no ledger") }
    let name = String(name.drop { $0.isWhitespace })
    guard !name.isEmpty, name.utf8.count <= 200 else {
      throw DeskRefusal("The name of who does it is missing: 'by' should be a person's name.")
    }
    // What the machine does bears this name.
    guard name.lowercased() != "truce" else { throw DeskRefusal("'truce' is the program's own name: 'by' should be a person's.") }
    return try await inTurn {
      try await self.catchUp()
      for id in ids where self.index.alerts.states[id] == nil { throw DeskRefusal("There is no alert '\(id)'.") }
      let now = self.clock()
      if case .silence(let until) = act, until <= now {
        throw DeskRefusal("An alert is silenced until a moment to come; '\(until)' has passed.")
      }
      let changes = ids.map { id in
        switch act {
        case .acknowledge: AlertChange.acknowledge(id, by: name, at: now, note: note)
        case .resolve: AlertChange.resolve(id, by: name, at: now, note: note)
        case .silence(let until): AlertChange.silence(id, until: until, by: name, at: now, note: note)
        }
      }
      try await self.append(changes, to: ledger)
      self.tell(Set(ids), now: now, size: self.folded)
      self.growth.raise()
      return ids.compactMap { self.index.alerts.states[$0] }
    }
  }

  /// What one shift hands to the next; nothing is recorded by asking.
  public func handOver(by: String, to: String, hours: Int, commitments: [Situation.Commitment]) async throws -> HandOver {
    try await catchUp()
    let now = clock()
    return index.handOver(by: by, to: to, at: now, nextWatchEnds: now.adding(seconds: Int64(hours) * 3600), commitments: commitments)
  }

  /// Records a hand-over that both have signed.
  ///
  /// - Throws: `DeskRefusal` where a key is not registered or a signature does not hold.
  public func record(handOver change: AlertChange) async throws -> Receipt {
    guard let ledger else { throw WorkspaceError("there is no ledger") }
    guard change.act == .handedOver, let to = change.to else {
      throw DeskRefusal("This is no hand-over: 'act' should be handed-over, with 'by' and 'to'.")
    }
    guard change.by != to else { throw DeskRefusal("A hand-over is from one person to another.") }
    let keys = try [change.by, to].map { name in
      guard let key = settings.people[name] else {
        throw DeskRefusal("No public key of '\(name)' is registered; watch.json should have it under people.")
      }
      return key
    }
    guard change.isSigned(by: keys) else {
      throw DeskRefusal("The signatures do not hold: first \(change.by) signs the change, then \(to), both over it without signatures.")
    }
    return try await inTurn {
      let receipts = try await ledger.append([change.draft])
      self.fold([change.draft], receipts)
      self.growth.raise()
      return receipts[0]
    }
  }

  /// The last hand-over in the ledger, and whether both signatures hold by the keys that are registered now.
  public func lastHandOver() async throws -> (change: AlertChange, isSigned: Bool)? {
    try await catchUp()
    guard let change = index.alerts.handOvers.max(by: { ($0.at, $0.id) < ($1.at, $1.id) }), let to = change.to else { return nil }
    let keys = [change.by, to].compactMap { settings.people[$0] }
    return (change, keys.count == 2 && change.isSigned(by: keys))
  }

  /// Records that a message reached an address.
  func record(delivered message: EntryID, to address: String) async throws {
    guard let ledger else { return }
    try await inTurn { try await self.append([.delivered(message, to: address, at: self.clock())], to: ledger) }
  }

  /// The alerts with some words, and how many there are of each word.
  public func alerts(_ words: Set<AlertWord>) async throws -> (now: Instant, states: [AlertState], counts: [AlertWord: Int]) {
    try await catchUp()
    let now = clock()
    let states = index.alerts.alerts(words, at: now)
    var counts: [AlertWord: Int] = [:]
    for id in index.alerts.unresolved { counts[index.alerts.states[id]!.word(at: now), default: 0] += 1 }
    let resolved = index.alerts.states.count - index.alerts.unresolved.count
    if resolved > 0 { counts[.resolved] = resolved }
    return (now, states, counts)
  }

  /// One alert.
  public func alert(_ id: AlertID) async throws -> AlertState? {
    try await catchUp()
    return index.alerts.states[id]
  }

  /// What an address has not got of the last day's messages.
  func undelivered(to hook: Webhook) async throws -> [AlertMessage] {
    try await catchUp()
    return index.alerts.undelivered(to: hook.name, since: clock().adding(seconds: -86_400)).filter { $0.severity >= hook.leastSeverity }
  }

  /// What the other rules find now, for the steps to come.
  func refreshConditions(_ situation: Situation?) async throws {
    try await catchUp()
    let now = clock()
    var found: [AlertCondition] = []
    if let situation {
      if let days = settings.deadlineDays { found += AlertCondition.deadlines(situation.commitments, now: now, withinDays: days) }
      if settings.tellsContradictions { found += AlertCondition.contradictions(situation.control) }
      if settings.tellsCounters { found += AlertCondition.fallenCounters(situation.posts) }
    }
    if let share = settings.coverageBelow {
      // From yesterday's beginning, so that one day's want of coverage is one alert.
      let from = caseFile.zone.bounds(of: caseFile.zone.day(at: now).adding(days: -1)).lowerBound
      found += AlertCondition.coverage(coverageNow(in: from..<now), below: share)
    }
    conditions = found
    growth.raise()
  }
}

extension AlertChange {
  /// Of a hand-over, who has the watch, in words.
  ///
  /// - Parameter isSigned: whether both signatures hold.
  public func handOverWords(isSigned: Bool) -> String {
    "\(to ?? "") has the watch, handed over by \(by), \(isSigned ? "signed by both" : "the signatures do not hold by the registered keys")"
      + (note.map { ": \($0)" } ?? "")
  }
}

extension AlertMessage {
  /// What an open page is told: how many alerts, not all their ids.
  var pageJSON: JSON {
    var members = json.members ?? []
    if let at = members.firstIndex(where: { $0.key == "alerts" }) { members[at].value = JSON(alerts.count) }
    return .object(members)
  }
}
