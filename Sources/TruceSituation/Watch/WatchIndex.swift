// The watch: what the ledger's entries say of posts, check-ins, observations and alerts, whatever order they came in.
public import TruceModel

/// A record with the moment at which it reached the ledger.
public struct Received<Record: Sendable & Hashable>: Sendable, Hashable {
  public var record: Record
  public var recorded: Instant
  public var sequence: UInt64

  public init(_ record: Record, recorded: Instant, sequence: UInt64) {
    self.record = record
    self.recorded = recorded
    self.sequence = sequence
  }
}

/// The fold over entries of kinds `post`, `check-in`, `observation`, `alert` and `ruling`; others are passed over.
///
/// All that it tells but the alerts' history is a function of the set of entries: order and repetition make no difference.
/// Whether a post is alive is judged by when its records arrived; what it watched, by when it says it watched, its clock put right.
public struct WatchIndex: Sendable {
  /// By post, everything that it sent and that is said of it.
  public private(set) var logs: [PostID: PostLog] = [:]
  /// By entry id.
  public private(set) var observations: [EntryID: Received<Observation>] = [:]
  /// Observations that say where something was, near enough to hold it against zones: measured, or at a distance from their observer.
  public private(set) var placed: Set<EntryID> = []
  /// What happened to alerts, in the ledger's order.
  public private(set) var alerts = AlertBook()
  /// Rulings by entry id: `merge`, `split` and `retract` of observations.
  public private(set) var rulings: [EntryID: Received<IncidentRuling>] = [:]
  /// What could not be read, by entry id.
  private var refused: [EntryID: Finding] = [:]

  public init() {}

  /// Takes in one entry. Order does not matter; an id counts once, as it was received first.
  public mutating func add(_ entry: Entry) {
    do throws(FormError) {
      switch entry.kind {
      case .post:
        let change = try PostChange(json: entry.content)
        logs[change.post, default: PostLog(id: change.post)].add(Received(change, entry))
      case .checkIn:
        let checkIn = try CheckIn(json: entry.content)
        logs[checkIn.post, default: PostLog(id: checkIn.post)].add(Received(checkIn, entry))
      case .observation:
        let observation = try Observation(json: entry.content)
        if let old = observations[entry.id], (old.recorded, old.sequence) <= (entry.recorded, entry.sequence) { return }
        observations[entry.id] = Received(observation, entry)
        if observation.position != nil || observation.sector?.distanceMetres != nil { placed.insert(entry.id) }
        if let post = observation.post { logs[post, default: PostLog(id: post)].add(Received(observation, entry)) }
      case .alert:
        alerts.add(Received(try AlertChange(json: entry.content), entry))
      case .ruling:
        guard let ruling = try IncidentRuling(json: entry.content, id: entry.id) else { return }
        if let old = rulings[entry.id], (old.recorded, old.sequence) <= (entry.recorded, entry.sequence) { return }
        rulings[entry.id] = Received(ruling, entry)
      default: return
      }
    } catch {
      refused[entry.id] = Finding(
        .error, error.message, file: "entry \(entry.id)", field: error.field.isEmpty ? nil : error.field, evidence: [entry.id.rawValue])
    }
  }

  /// The posts that were ever spoken of, by id.
  public var posts: [PostID] { logs.keys.sorted() }

  /// When each opening of a post was.
  public var openings: [Instant] { logs.values.flatMap { $0.changes.values.filter { $0.record.act == .opened }.map(\.record.at) } }

  /// What was found: records that could not be read, signatures that do not hold, posts that nobody opened.
  public var findings: [Finding] {
    refused.sorted { $0.key < $1.key }.map(\.value) + posts.flatMap { logs[$0]!.findings }
  }

  /// Observations that count: of posts with a key only the signed ones and those that a named person entered.
  public var accepted: [Received<Observation>] {
    observations.values.filter { observation in
      observation.record.post.map { logs[$0]?.accepts(observation.record) ?? true } ?? true
    }.sorted { $0.record.id < $1.record.id }
  }

  /// The milliseconds by which an observation's times are put right.
  public func clockOffset(of observation: Observation) -> Int64 {
    observation.post.flatMap { logs[$0]?.clockOffset(observation.sending.clock) } ?? 0
  }
}

extension Received {
  init(_ record: Record, _ entry: Entry) { self.init(record, recorded: entry.recorded, sequence: entry.sequence) }
}
