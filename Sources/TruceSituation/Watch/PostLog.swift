// All that one post sent and that was said of it, with its clock and its signatures judged.
public import TruceModel

/// One post's records.
public struct PostLog: Sendable {
  public let id: PostID
  /// By entry id.
  private(set) var changes: [EntryID: Received<PostChange>] = [:]
  private(set) var checkIns: [EntryID: Received<CheckIn>] = [:]
  /// Public keys that were ever registered for it.
  private(set) var keys: Set<String> = []
  /// Check-ins and observations that a key refuses.
  private(set) var unsigned: Set<EntryID> = []
  private var signedObservations: [EntryID: Observation] = [:]
  /// For each setting of its clock, the least of arrival less clock reading, in milliseconds.
  private var clocks: [Int: Int64] = [:]
  private var numbers: Set<Int> = []
  /// When anything came from it, by entry id.
  private var arrivals: [EntryID: Instant] = [:]
  /// When check-ins that count arrived, and when anything that counts did, ascending; kept so that a step of the alerts costs little.
  private(set) var arrivalsOfCheckIns: [Instant] = []
  private var arrivalsOfAll: [Instant] = []

  init(id: PostID) { self.id = id }

  mutating func add(_ received: Received<PostChange>) {
    guard isFirst(received, changes[received.record.id]) else { return }
    changes[received.record.id] = received
    guard let key = received.record.publicKey, keys.insert(key).inserted else { return }
    unsigned = Set(checkIns.values.filter { !isSigned($0.record) }.map(\.record.id))
    unsigned.formUnion(signedObservations.values.filter { !isSigned($0) }.map(\.id))
    sortArrivals()
  }

  mutating func add(_ received: Received<CheckIn>) {
    guard isFirst(received, checkIns[received.record.id]) else { return }
    let isNew = checkIns.updateValue(received, forKey: received.record.id) == nil
    note(received.record, received.recorded)
    guard isNew else { return sortArrivals() }
    if accepts(received.record), !received.record.isContact { arrivalsOfCheckIns.insertSorted(received.recorded) }
  }

  mutating func add(_ received: Received<Observation>) {
    signedObservations[received.record.id] = received.record
    note(received.record, received.recorded)
  }

  private func isFirst<Record>(_ new: Received<Record>, _ old: Received<Record>?) -> Bool {
    guard let old else { return true }
    return (new.recorded, new.sequence) < (old.recorded, old.sequence)
  }

  private mutating func note(_ record: some WatchRecord, _ recorded: Instant) {
    if isSigned(record) { unsigned.remove(record.id) } else { unsigned.insert(record.id) }
    if let old = arrivals[record.id] {
      if recorded < old {
        arrivals[record.id] = recorded
        sortArrivals()
      }
    } else {
      arrivals[record.id] = recorded
      if accepts(record) { arrivalsOfAll.insertSorted(recorded) }
    }
    if let number = record.sending.number { numbers.insert(number) }
    if let sent = record.sending.sent {
      let lag = recorded.milliseconds - sent.milliseconds
      clocks[record.sending.clock] = min(lag, clocks[record.sending.clock] ?? lag)
    }
  }

  private mutating func sortArrivals() {
    arrivalsOfCheckIns = checkIns.values.filter { accepts($0.record) && !$0.record.isContact }.map(\.recorded).sorted()
    arrivalsOfAll = arrivals.filter { !unsigned.contains($0.key) }.map(\.value).sorted()
  }

  private func isSigned(_ record: some WatchRecord) -> Bool {
    keys.isEmpty || record.sending.by != nil || keys.contains { record.isSigned(by: $0) }
  }

  func accepts(_ record: some WatchRecord) -> Bool { !unsigned.contains(record.id) }

  /// Whether a record of this post does not count, for want of the post's signature.
  public func refuses(_ record: EntryID) -> Bool { unsigned.contains(record) }

  /// The milliseconds to add to times by the post's clock, a whole number of minutes.
  ///
  /// The least of arrival less clock reading is how far the clock lags and the quickest delivery took. A delivery's seconds cannot be told
  /// from a clock's, so only whole minutes are put right; people write times to the minute.
  public func clockOffset(_ clock: Int) -> Int64 {
    guard let least = clocks[clock] else { return 0 }
    return Int64((Double(least) / 60_000).rounded()) * 60_000
  }

  /// By setting of its clock, what `clockOffset` gives.
  public var clockOffsets: [Int: Int64] { Dictionary(uniqueKeysWithValues: clocks.keys.map { ($0, clockOffset($0)) }) }

  /// The observations that it sent under a setting of its clock.
  public func observations(clock: Int) -> [EntryID] { signedObservations.values.filter { $0.sending.clock == clock }.map(\.id) }

  /// Check-ins that count with their times put right, in time's order.
  var timedCheckIns: [(at: Instant, checkIn: CheckIn)] {
    checkIns.values.filter { accepts($0.record) && !$0.record.isContact }.map {
      ($0.record.at.adding(milliseconds: clockOffset($0.record.sending.clock)), $0.record)
    }
    .sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }
  }

  /// The last arrival of anything that counts, at or before a moment.
  func lastArrival(by now: Instant) -> Instant? {
    let after = arrivalsOfAll.partition(where: { $0 > now })
    return after > 0 ? arrivalsOfAll[after - 1] : nil
  }

  /// Numbers of the post's own count that did not arrive, below the highest that did.
  public var missingNumbers: [ClosedRange<Int>] {
    var gaps: [ClosedRange<Int>] = []
    var expected = 1
    for number in numbers.sorted() where number >= expected {
      if number > expected { gaps.append(expected...number - 1) }
      expected = number + 1
    }
    return gaps
  }

  var findings: [Finding] {
    var findings: [Finding] = []
    if changes.isEmpty {
      findings.append(
        Finding(.warning, "post \(id) sent records, but no entry opened it; its check-ins are not judged", evidence: [id.rawValue]))
    }
    for entry in unsigned.sorted() {
      findings.append(
        Finding(
          .error, "record \(entry) of post \(id) is not signed by the post's key and does not count", field: "signature",
          evidence: [entry.rawValue]))
    }
    return findings
  }
}
