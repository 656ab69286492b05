// The situation: who controls what, which promise was kept, what happened; at one (on, known, said, according to).
public import TruceAtlas
public import TruceModel

/// What is asked: the situation on a moment, as known at another, by what had been said by a third, under a rule of evidence.
public struct Query: Sendable, Hashable {
  /// The moment on the ground.
  public var on: Instant
  /// Only entries recorded up to this moment count; nil for all.
  public var known: Instant?
  /// Only entries with a lower sequence count; nil for all. The narrower of `known` and this holds.
  public var size: UInt64?
  /// Only what had been said by this moment counts; nil for all.
  public var said: Instant?
  public var rule: Rule

  public init(on: Instant, known: Instant? = nil, size: UInt64? = nil, said: Instant? = nil, rule: Rule = .best) {
    self.on = on
    self.known = known
    self.size = size
    self.said = said
    self.rule = rule
  }
}

/// A rule of evidence: which claims count.
public enum Rule: Sendable, Hashable, CustomStringConvertible {
  case anyone
  case party(PartyID)
  case againstInterest
  case thirdParty
  case bothSides
  case observed
  case best
  /// A rule of the case's own.
  case own(EvidenceRule)

  /// A rule by its name: `anyone`, `party:AZE`, `against-interest`, `third-party`, `both-sides`, `observed`, `best`; else nil.
  public init?(_ name: String) {
    switch name {
    case "anyone": self = .anyone
    case "against-interest": self = .againstInterest
    case "third-party": self = .thirdParty
    case "both-sides": self = .bothSides
    case "observed": self = .observed
    case "best": self = .best
    default:
      guard name.hasPrefix("party:"), name.utf8.count > 6 else { return nil }
      self = .party(PartyID(String(name.dropFirst(6))))
    }
  }

  /// A rule by its name, the case's own among them; else nil.
  public init?(_ name: String, in file: Case) {
    if let own = file.rules.first(where: { $0.id == name }) {
      self = .own(own)
    } else {
      self.init(name)
    }
  }

  public var description: String {
    switch self {
    case .anyone: "anyone"
    case .party(let id): "party:\(id)"
    case .againstInterest: "against-interest"
    case .thirdParty: "third-party"
    case .bothSides: "both-sides"
    case .observed: "observed"
    case .best: "best"
    case .own(let rule): rule.id
    }
  }
}

/// Who holds a place.
public enum Holder: Sendable, Hashable, CustomStringConvertible {
  case party(PartyID)
  /// Out of this party's hands; into whose, nobody said.
  case left(PartyID)
  case contested
  case unknown

  public var description: String {
    switch self {
    case .party(let id): id.rawValue
    case .left(let id): "not-\(id)"
    case .contested: "contested"
    case .unknown: "unknown"
    }
  }
}

/// The situation that a query asked for.
public struct Situation: Sendable {
  public var query: Query
  /// How many entries were counted.
  public var size: UInt64
  public var control: [Control]
  public var commitments: [Commitment]
  public var ceasefires: [Ceasefire]
  /// Ceasefire violations and hostilities, in time's order.
  public var incidents: [Event]
  public var posts: [Event]
  public var coverage: Coverage
  public var exchanges: [Event]
  public var agreements: [Event]
  /// Hostilities and political acts before the agreement, and everything else that is told as past.
  public var history: [Event]
  /// Deployments, access, displacement, casualties and cooperation.
  public var events: [Event]
  public var findings: [Finding]

  public init(
    query: Query, size: UInt64, control: [Control], commitments: [Commitment], ceasefires: [Ceasefire], incidents: [Event], posts: [Event],
    coverage: Coverage, exchanges: [Event], agreements: [Event], history: [Event], events: [Event], findings: [Finding]
  ) {
    self.query = query
    self.size = size
    self.control = control
    self.commitments = commitments
    self.ceasefires = ceasefires
    self.incidents = incidents
    self.posts = posts
    self.coverage = coverage
    self.exchanges = exchanges
    self.agreements = agreements
    self.history = history
    self.events = events
    self.findings = findings
  }

  /// Who holds one place, since when, and on what evidence.
  public struct Control: Sendable, Hashable {
    public var place: PlaceID
    public var holder: Holder
    public var since: When?
    /// Nil for the case's initial holder.
    public var standing: Standing?
    public var isDisputed: Bool
    public var isWithdrawn: Bool
    /// Independent origins of the evidence.
    public var origins: Int
    public var evidence: [ClaimID]
    public var contradictedBy: [ClaimID]
    /// The derivation, in a sentence.
    public var because: String
    /// Zones with another holder that lie in the place: a corridor in a district.
    public var zones: [PlaceID]

    public init(
      place: PlaceID, holder: Holder, since: When? = nil, standing: Standing? = nil, isDisputed: Bool = false, isWithdrawn: Bool = false,
      origins: Int = 0, evidence: [ClaimID] = [], contradictedBy: [ClaimID] = [], because: String = "", zones: [PlaceID] = []
    ) {
      self.place = place
      self.holder = holder
      self.since = since
      self.standing = standing
      self.isDisputed = isDisputed
      self.isWithdrawn = isWithdrawn
      self.origins = origins
      self.evidence = evidence
      self.contradictedBy = contradictedBy
      self.because = because
      self.zones = zones
    }
  }

  /// One commitment and the word that says how it stands.
  public struct Commitment: Sendable, Hashable {
    /// A deadline: the original, or a revision.
    public struct Deadline: Sendable, Hashable {
      /// Nil where it was moved and nobody said to when.
      public var when: When?
      public var word: TruceModel.Deadline.Word
      /// Who announced it: `agreement`, or a speaker.
      public var by: String
      /// Who dates the event from which it counts so, where sources differ; nil for the text's own dates.
      public var according: String?
      /// The agreement's published texts that have it so; empty for all of them, and for a revision.
      public var variants: [String]
      public var reason: String?
      /// When it became known: nil for the agreement's own.
      public var known: Instant?
      public var evidence: [ClaimID]
      /// Of a revision: when it was announced, by what document where one is named, and whether the old date had run out by then.
      public var announced: Instant?
      public var document: String?
      public var isAfterExpiry = false
      /// Of a revision: who stands behind it.
      public var acceptance: Acceptance?

      /// Who stands behind a revision.
      public enum Acceptance: String, Sendable, Hashable, CaseIterable {
        /// More than one of those whom the point binds announced it.
        case agreed
        /// One of them did.
        case unilateral
        /// One of them denies it.
        case contested
        /// Only others tell of it.
        case reported
      }

      public init(
        when: When?, word: TruceModel.Deadline.Word, by: String, according: String? = nil, variants: [String] = [], reason: String? = nil,
        known: Instant? = nil,
        evidence: [ClaimID] = []
      ) {
        self.variants = variants
        self.when = when
        self.word = word
        self.by = by
        self.according = according
        self.reason = reason
        self.known = known
        self.evidence = evidence
      }
    }

    public var id: ProvisionID
    public var article: String
    public var title: String
    public var kind: Provision.Kind
    public var who: [PartyID]
    public var act: String
    public var place: PlaceID?
    public var deadlines: [Deadline]
    /// The word shown: `pending`, `due`, `kept`, `kept late`, `holding`, `unobserved` ... (docs/vocabulary.md).
    public var word: String
    /// Days late against the original deadline, where it has one and it was done or is overdue.
    public var days: Int?
    /// The word explained, in a sentence.
    public var because: String
    /// The share of the line's kilometre-hours that was watched, 0 to 1, for maintain; nil where nothing says so.
    public var watched: Double?
    public var done: When?
    /// The standing of what was done, or of the breach; nil where nothing was told of either.
    public var standing: Standing?
    public var isDisputed: Bool
    public var evidence: [ClaimID]
    /// How what was done differs from what was promised, in place, extent or party; nil where it does not, or nothing can be told.
    public var correspondence: String?

    public init(
      id: ProvisionID, article: String, title: String, kind: Provision.Kind, who: [PartyID], act: String, place: PlaceID?,
      deadlines: [Deadline], word: String, days: Int? = nil, because: String, watched: Double? = nil, done: When? = nil,
      standing: Standing? = nil, isDisputed: Bool = false, evidence: [ClaimID] = [], correspondence: String? = nil
    ) {
      self.correspondence = correspondence
      self.id = id
      self.article = article
      self.title = title
      self.kind = kind
      self.who = who
      self.act = act
      self.place = place
      self.deadlines = deadlines
      self.word = word
      self.days = days
      self.because = because
      self.watched = watched
      self.done = done
      self.standing = standing
      self.isDisputed = isDisputed
      self.evidence = evidence
    }
  }

  /// A ceasefire: from when, how it stands.
  public struct Ceasefire: Sendable, Hashable {
    public var from: When
    public var until: When?
    public var word: String
    public var evidence: [ClaimID]

    public init(from: When, until: When? = nil, word: String, evidence: [ClaimID]) {
      self.from = from
      self.until = until
      self.word = word
      self.evidence = evidence
    }
  }

  /// Something that happened or is so: claims of one matter, put together.
  public struct Event: Sendable, Hashable {
    public var type: ClaimType
    public var act: String
    public var who: [String]
    public var places: [String]
    public var when: When?
    public var modality: Modality
    public var polarity: Polarity
    public var quantities: [Quantity]
    public var standing: Standing
    public var isDisputed: Bool
    public var origins: Int
    public var evidence: [ClaimID]
    /// One line that says it.
    public var summary: String
    /// To whom it was done, as ids where they are known.
    public var whom: [String]
    /// With what: `prisoners`, `bodies`, `statement`.
    public var object: String?

    public init(
      type: ClaimType, act: String, who: [String], places: [String], when: When?, modality: Modality, polarity: Polarity,
      quantities: [Quantity], standing: Standing, isDisputed: Bool, origins: Int, evidence: [ClaimID], summary: String,
      whom: [String] = [], object: String? = nil
    ) {
      self.whom = whom
      self.object = object
      self.type = type
      self.act = act
      self.who = who
      self.places = places
      self.when = when
      self.modality = modality
      self.polarity = polarity
      self.quantities = quantities
      self.standing = standing
      self.isDisputed = isDisputed
      self.origins = origins
      self.evidence = evidence
      self.summary = summary
    }
  }

  /// How much of the line was watched.
  public struct Coverage: Sendable, Hashable {
    /// Kilometre-hours watched by posts that checked in, and in all; nil where no post's check-ins are in the ledger.
    public var watched: Double?
    public var total: Double?
    /// In words: "no check-ins recorded: 0 of 4,512 km·h watched by a registered post; 23 posts reported".
    public var words: String

    public init(watched: Double? = nil, total: Double? = nil, words: String) {
      self.watched = watched
      self.total = total
      self.words = words
    }
  }
}
