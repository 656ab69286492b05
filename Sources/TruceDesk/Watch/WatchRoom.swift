// The watch room: keeps the watch of one ledger folded as it grows, takes records in, and answers for posts, incidents, coverage and alerts.
internal import Synchronization
public import TruceAtlas
public import TruceLedger
public import TruceModel
public import TruceSituation

/// The watch at work.
///
/// While it may write, every entry of the watch goes through it; rulings and whatever else came another way are read from the ledger.
public actor WatchRoom {
  public nonisolated let caseFile: Case
  nonisolated let ledger: Ledger?
  nonisolated let clock: @Sendable () -> Instant
  /// Told of each entry that the room appends, so that the alerts' service looks again.
  nonisolated let growth = Signal()
  /// Told of each message, for those that carry them out.
  nonisolated let outbox = Bell()
  nonisolated let hub: Hub
  nonisolated let broadcast = Broadcast()
  public nonisolated let settings: WatchSettings

  var index: WatchIndex
  var machine: AlertMachine
  /// Every entry below was folded.
  var folded: UInt64 = 0
  /// Folded beyond it.
  var ahead: Set<UInt64> = []
  /// Observations that no step of the alerts has looked at.
  var fresh: [EntryID] = []
  /// One change of the alerts at a time, in the ledger's order.
  let turn = Turn()
  /// By zone, the observations of which an alert tells: one that joins its incident later raises no further one.
  var toldInZones: [String: Set<String>] = [:]
  /// Observations in zones.
  var zoned = ZoneSightings()
  /// By post and setting of its clock, the milliseconds by which its observations in zones were put right when they were looked at last.
  var judgedClocks: [PostID: [Int: Int64]] = [:]
  /// Where observations with a sector were, worked out once.
  var locations: [EntryID: LineStretch?] = [:]
  /// Where what moves was, against the case's zones.
  var tracks = TrackBook()
  /// The case's corridors and zones, made ready when something is first held against them.
  lazy var watchZones = WatchZones(caseFile, and: settings.tracks.keys)
  /// What the other rules found last, nil before they were asked; see `refreshConditions`.
  var conditions: [AlertCondition]?

  /// The kinds of entries that make the watch.
  static let kinds: Set<EntryKind> = [.post, .checkIn, .observation, .alert, .ruling]

  /// A room over a ledger.
  ///
  /// - Parameters:
  ///   - ledger: nil where there is none yet: nothing is watched, and nothing can be taken in.
  ///   - clock: the one by which the ledger records.
  public init(case caseFile: Case, ledger: Ledger?, settings: WatchSettings = WatchSettings(), clock: @escaping @Sendable () -> Instant) {
    self.init(case: caseFile, ledger: ledger, settings: settings, hub: Hub(), clock: clock)
  }

  /// A room that answers for a watch as it was known, and takes nothing in.
  public init(case caseFile: Case, watch: WatchIndex, settings: WatchSettings, clock: @escaping @Sendable () -> Instant) {
    self.init(case: caseFile, ledger: nil, settings: settings, hub: Hub(), index: watch, clock: clock)
  }

  init(
    case caseFile: Case, ledger: Ledger?, settings: WatchSettings, hub: Hub, index: WatchIndex = WatchIndex(),
    clock: @escaping @Sendable () -> Instant
  ) {
    self.index = index
    self.caseFile = caseFile
    self.ledger = ledger
    self.settings = settings
    self.hub = hub
    self.clock = clock
    conditions = settings.asksRules ? nil : []
    machine = AlertMachine(settings: settings.alerts, roster: settings.roster)
  }

  /// Folds what the ledger has gained by other ways than this room; returns how many entries there are.
  @discardableResult public func catchUp() async throws -> UInt64 {
    guard let ledger else { return 0 }
    let size = try await ledger.size()
    guard folded < size else { return size }
    let from = folded
    let collected = Collected<Entry>()
    try await ledger.read(from: from, until: size, kinds: WatchRoom.kinds) { collected.values.append($0) }
    for entry in collected.values where entry.sequence >= folded && !ahead.contains(entry.sequence) { fold(entry) }
    if folded < size {
      folded = size
      ahead = ahead.filter { $0 >= size }
      advance()
    }
    return size
  }

  /// Takes one entry in; twice is harmless.
  func fold(_ entry: Entry) {
    if entry.kind == .observation, index.observations[entry.id] == nil { fresh.append(entry.id) }
    index.add(entry)
    guard entry.kind == .alert, let opened = index.alerts.states[AlertID(entry.key)]?.opened, opened.id == entry.id,
      opened.rule == "incident-in-zone", let zone = opened.subject?.split(separator: "/").dropLast().joined(separator: "/")
    else { return }
    toldInZones[zone, default: []].formUnion(opened.evidence)
  }

  /// Folds what this room appended itself.
  func fold(_ drafts: [Draft], _ receipts: [Receipt]) {
    for (draft, receipt) in zip(drafts, receipts) where receipt.conflict == nil {
      fold(
        Entry(
          sequence: receipt.sequence, recorded: receipt.recorded, id: draft.id, kind: draft.kind, key: draft.key, content: draft.content))
    }
    for receipt in receipts where receipt.sequence >= folded { ahead.insert(receipt.sequence) }
    advance()
  }

  private func advance() {
    while ahead.remove(folded) != nil { folded += 1 }
  }

  /// The watch now, caught up.
  public func watch() async throws -> WatchIndex {
    try await catchUp()
    return index
  }

  /// Whether it can keep alerts: it may write.
  nonisolated var keepsAlerts: Bool { ledger?.mode == .readWrite }

  /// How the case counts incidents.
  nonisolated var rules: CountingRules { caseFile.counting }
}

/// Woken by any number of callers; one waits.
final class Signal: Sendable {
  let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  /// Wakes the one that waits, or the next that will.
  func raise() { continuation.yield() }
}

/// Rung for any number of waiters; each waits a bounded time.
final class Bell: Sendable {
  private let rings = Mutex(0)

  /// How often it was rung.
  var count: Int { rings.withLock { $0 } }

  func raise() { rings.withLock { $0 += 1 } }

  /// Returns when the bell has rung more often than `before`, or when the time is over.
  func wait(beyond before: Int, upTo limit: Duration) async {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end, !Task.isCancelled, count == before {
      try? await Task.sleep(for: .milliseconds(200))
    }
  }
}

/// Lets one task in at a time, in the order in which they came.
actor Turn {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Returns when it is the caller's turn; `leave` ends it.
  func enter() async {
    guard isTaken else {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
