// The word that says how a commitment stands: a pure, total function of terms, kind, performance and force at a moment.
public import TruceModel

/// What is known of a commitment at one (on, known), apart from where the knowledge comes from.
public struct CommitmentState: Sendable, Hashable {
  /// What was done, by all that the rule admits.
  public enum Performance: Sendable, Hashable {
    /// No source speaks of the matter.
    case noInformation
    /// Sources speak of it, none of its being done.
    case none
    case begun
    /// So many done, of so many where the point says how many.
    case partly(Int, of: Int?)
    /// Done somewhere in this window.
    case done(Range<Instant>)
    /// Done and taken back again, according to these.
    case undone(by: [String])
    /// Refused by the one who owes it.
    case refused(by: [String])
  }

  /// Whether the commitment binds.
  public enum Force: Sendable, Hashable {
    case inForce, suspended, discharged, superseded, void
    case withdrawn(by: String)
  }

  /// What was heard of breaches of what is to be maintained.
  public enum Breach: Sendable, Hashable {
    case none
    /// Incidents, whose author nobody named.
    case incident
    /// Named sources say that the one who is bound broke it.
    case broken(by: [String])
  }

  public var kind: Provision.Kind
  /// The first moment from which it binds; nil for at once.
  public var from: Instant?
  /// The first moment of the last day on which it is on time.
  public var dueFrom: Instant?
  /// The first moment that is late by the original deadline; nil for no deadline.
  public var late: Instant?
  /// Whether the deadline was moved.
  public var isRevised: Bool
  /// The first moment that is late by the last revision; nil where nobody said to when it was moved.
  public var revisedLate: Instant?
  public var performance: Performance
  /// Whether only the one who owes it says that it was done.
  public var isPerformersWord: Bool
  public var isDisputed: Bool
  public var breach: Breach
  /// Whether anybody watched.
  public var isWatched: Bool
  public var force: Force

  public init(
    kind: Provision.Kind, from: Instant? = nil, dueFrom: Instant? = nil, late: Instant? = nil, isRevised: Bool = false,
    revisedLate: Instant? = nil, performance: Performance = .noInformation, isPerformersWord: Bool = false, isDisputed: Bool = false,
    breach: Breach = .none, isWatched: Bool = false, force: Force = .inForce
  ) {
    self.kind = kind
    self.from = from
    self.dueFrom = dueFrom
    self.late = late
    self.isRevised = isRevised
    self.revisedLate = revisedLate
    self.performance = performance
    self.isPerformersWord = isPerformersWord
    self.isDisputed = isDisputed
    self.breach = breach
    self.isWatched = isWatched
    self.force = force
  }
}

/// The word shown for a commitment.
public enum CommitmentWord: Sendable, Hashable, CustomStringConvertible {
  case pending, due, kept, keptLate, keptOnRevisedDate
  /// Done; the sources do not say whether in time.
  case keptDayUnknown
  case partlyKept(Int, of: Int?)
  case overdue, reportedKept, disputed, holding, unobserved, incidentReported
  case broken(accordingTo: [String])
  case suspended
  case withdrawn(by: String)
  case void, noInformation

  public var description: String {
    switch self {
    case .pending: "pending"
    case .due: "due"
    case .kept: "kept"
    case .keptLate: "kept late"
    case .keptOnRevisedDate: "kept on the revised date"
    case .keptDayUnknown: "kept, day unknown"
    case .partlyKept(let part, let whole): whole.map { "partly kept (\(part) of \($0))" } ?? "partly kept (\(part))"
    case .overdue: "overdue"
    case .reportedKept: "reported kept"
    case .disputed: "disputed"
    case .holding: "holding"
    case .unobserved: "unobserved"
    case .incidentReported: "incident reported"
    case .broken(let sources): "broken according to " + sources.joined(separator: ", ")
    case .suspended: "suspended"
    case .withdrawn(let party): "withdrawn by \(party)"
    case .void: "void"
    case .noInformation: "no information"
    }
  }

  /// The word for a state at a moment: exactly one for every state.
  public init(_ state: CommitmentState, at now: Instant) {
    switch state.force {
    case .void, .superseded: self = .void
    case .withdrawn(let party): self = .withdrawn(by: party)
    case .suspended: self = .suspended
    case .inForce, .discharged: self = state.kind == .maintain ? .maintained(state, now) : .achieved(state, now)
    }
  }

  private static func maintained(_ state: CommitmentState, _ now: Instant) -> CommitmentWord {
    if let from = state.from, now < from { return .pending }
    switch state.breach {
    case .broken(let sources) where !sources.isEmpty: return state.isDisputed ? .disputed : .broken(accordingTo: sources)
    case .broken, .incident: return .incidentReported
    case .none: break
    }
    switch state.performance {
    case .undone(let sources) where !sources.isEmpty, .refused(let sources) where !sources.isEmpty:
      return state.isDisputed ? .disputed : .broken(accordingTo: sources)
    default:
      if !state.isWatched { return .unobserved }
      // What was kept up until it ran out was kept.
      return state.force == .discharged ? .kept : .holding
    }
  }

  private static func achieved(_ state: CommitmentState, _ now: Instant) -> CommitmentWord {
    switch state.performance {
    case .done(let window):
      if state.isDisputed { return .disputed }
      if state.isPerformersWord { return .reportedKept }
      return timed(window, state)
    case .undone(let sources) where !sources.isEmpty: return state.isDisputed ? .disputed : .broken(accordingTo: sources)
    case .partly(let part, let whole): return state.isDisputed ? .disputed : .partlyKept(part, of: whole)
    case .undone, .refused, .none, .begun, .noInformation: break
    }
    if state.force == .discharged { return .void }
    let late = state.isRevised ? state.revisedLate : state.late
    guard let late else { return .pending }
    if now >= late { return state.performance == .noInformation ? .noInformation : .overdue }
    let dueFrom = state.isRevised ? late.adding(seconds: -86_400) : state.dueFrom ?? late.adding(seconds: -86_400)
    return now >= dueFrom ? .due : .pending
  }

  /// Done: in time, late, or at a time that leaves it open.
  private static func timed(_ window: Range<Instant>, _ state: CommitmentState) -> CommitmentWord {
    guard let late = state.late else { return .kept }
    if window.upperBound <= late { return .kept }
    guard window.lowerBound >= late else { return .keptDayUnknown }
    if let revised = state.revisedLate, state.isRevised, window.upperBound <= revised { return .keptOnRevisedDate }
    return .keptLate
  }
}
