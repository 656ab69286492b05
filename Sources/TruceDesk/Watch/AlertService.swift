// The alerts' service: takes the machine's steps when something came in and when something is due, and carries its messages out.
internal import Logging
internal import ServiceLifecycle
internal import Synchronization
internal import TruceModel
internal import TruceSituation
internal import TruceWire

/// Runs the alerts of a watch room until the server stops.
struct AlertService: Service {
  let room: WatchRoom
  /// The situation now, for rules that look at commitments and claims.
  let situation: @Sendable () async throws -> Situation
  let log: Logger
  let caller = Caller(largest: 1 << 20, timeoutSeconds: 15)

  /// The least time between two steps, so that records that pour in share steps.
  static let stepMilliseconds = 100
  /// How often the clock is looked at: a step is late by no more.
  static let tickMilliseconds = 200
  /// How often the rules look at commitments, claims and coverage.
  static let conditionSeconds = 30
  /// The shortest and the longest time between attempts to send a message.
  static let retrySeconds = 1...300

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        let alarm = Alarm()
        group.addTask { await steps(alarm) }
        group.addTask { await ticks(alarm) }
        if room.settings.asksRules { group.addTask { await conditions() } }
        for hook in room.settings.webhooks { group.addTask { await deliveries(hook) } }
        if let deadMan = room.settings.deadMan { group.addTask { await callDeadMan(deadMan, alarm) } }
        await group.waitForAll()
      }
    }
  }

  /// When to look again though nothing comes in, and when the last step went well.
  final class Alarm: Sendable {
    let state = Mutex<(next: Instant?, lastStep: Instant?)>((nil, nil))
  }

  private func steps(_ alarm: Alarm) async {
    room.growth.raise()
    for await _ in room.growth.stream {
      do {
        let (messages, next) = try await room.step()
        let now = room.clock()
        alarm.state.withLock { $0 = (next, now) }
        if !messages.isEmpty { room.outbox.raise() }
        let size = try await room.catchUp()
        room.hub.announce(size)
      } catch is CancellationError {
        return
      } catch {
        log.error("alerts: \(error)")
        alarm.state.withLock { $0.next = room.clock().adding(seconds: 1) }
      }
      try? await Task.sleep(for: .milliseconds(AlertService.stepMilliseconds))
    }
  }

  private func ticks(_ alarm: Alarm) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(AlertService.tickMilliseconds))
      let now = room.clock()
      if alarm.state.withLock({ $0.next.map { $0 <= now } ?? false }) { room.growth.raise() }
    }
  }

  private func conditions() async {
    while !Task.isCancelled {
      do {
        try await room.refreshConditions(room.settings.asksSituation ? situation() : nil)
      } catch is CancellationError {
        return
      } catch {
        log.error("alerts: the rules could not be asked: \(error)")
      }
      try? await Task.sleep(for: .seconds(AlertService.conditionSeconds))
    }
  }

  /// Sends an address what it has not got, oldest first, until it has; that it has is an entry of the ledger, so that a restart goes on there.
  private func deliveries(_ hook: Webhook) async {
    var wait = AlertService.retrySeconds.lowerBound
    while !Task.isCancelled {
      let rings = room.outbox.count
      do {
        for message in try await room.undelivered(to: hook) {
          let body = message.json.bytes
          let answer = try await caller.call(
            "POST", hook.address, headers: hook.headers(message.id, body: body, at: room.clock()), body: body)
          guard (200..<300).contains(answer.status) else {
            throw WorkspaceError("answered \(answer.status)")
          }
          try await room.record(delivered: message.id, to: hook.name)
          wait = AlertService.retrySeconds.lowerBound
        }
        await room.outbox.wait(beyond: rings, upTo: .seconds(AlertService.retrySeconds.upperBound))
      } catch {
        if Task.isCancelled { return }
        log.warning("webhook \(hook.name): \(error); again in \(wait) s")
        try? await Task.sleep(for: .seconds(wait))
        wait = min(wait * 2, AlertService.retrySeconds.upperBound)
      }
    }
  }

  /// Calls the dead man's address as long as steps go well: with one due and not taken it falls silent.
  private func callDeadMan(_ deadMan: DeadMan, _ alarm: Alarm) async {
    while !Task.isCancelled {
      let now = room.clock()
      let isWell = alarm.state.withLock { state in
        state.lastStep != nil && (state.next.map { now < $0.adding(seconds: 10) } ?? true)
      }
      if isWell {
        do {
          let answer = try await caller.call("GET", deadMan.address)
          if !(200..<400).contains(answer.status) { log.warning("dead man's address: answered \(answer.status)") }
        } catch {
          if Task.isCancelled { return }
          log.warning("dead man's address: \(error)")
        }
      }
      try? await Task.sleep(for: isWell ? .seconds(deadMan.everySeconds) : .seconds(1))
    }
  }
}
