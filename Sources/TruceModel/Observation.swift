// An observation: what one observer at one place saw, heard or recorded, how many of what, in which sector and time window.

/// How many: exact, or about.
public struct Count: Sendable, Hashable, CustomStringConvertible {
  public var minimum: Int
  public var maximum: Int
  public var isAbout: Bool

  /// An exact number or an interval.
  public init(_ minimum: Int, _ maximum: Int? = nil, isAbout: Bool = false) {
    self.minimum = max(0, minimum)
    self.maximum = max(self.minimum, maximum ?? minimum)
    self.isAbout = isAbout
  }

  /// "About n": from four fifths of it to five quarters.
  public init(about number: Int) {
    self.init(number * 4 / 5, (number * 5 + 3) / 4, isAbout: true)
  }

  /// Whether only the least is known: "at least 30".
  public var isOpen: Bool { maximum >= Count.limit }

  public var description: String {
    if isOpen { return "at least \(minimum)" }
    return minimum == maximum ? "\(minimum)" : isAbout ? "about \(minimum) to \(maximum)" : "\(minimum) to \(maximum)"
  }
}

/// One observation.
public struct Observation: WatchRecord {
  /// What was observed.
  public enum What: String, Sendable, Hashable, CaseIterable {
    case explosion, burst, shot, projectile, flare, drone, movement, works, obstruction
    case muzzleFlash = "muzzle-flash"
  }

  /// What an explosion was taken for.
  public enum Assessment: String, Sendable, Hashable, CaseIterable {
    case impact, outgoing, incoming, airburst, undetermined
  }

  /// A direction of travel, degrees clockwise from north; where it came from and where it went, each where known.
  public struct Travel: Sendable, Hashable {
    public var from: Double?
    public var to: Double?

    public init(from: Double? = nil, to: Double? = nil) {
      self.from = from
      self.to = to
    }
  }

  public static var kind: EntryKind { .observation }

  public var id: EntryID
  /// The post whose observer it was; nil for a patrol that belongs to none.
  public var post: PostID?
  /// Who observed, in words: `patrol 3`, `camera north`.
  public var observer: String
  public var means: [Means]
  public var what: What
  public var assessment: Assessment?
  public var count: Count
  public var weapon: String?
  /// The time window by the sender's clock, half-open; equal for a moment.
  public var from: Instant
  public var until: Instant
  /// The window as a text gave it, where it is vaguer than two moments: `2018-10-04 night`.
  public var window: String?
  public var place: PlaceID?
  public var placeText: String?
  /// The kilometres of a line where it can have been.
  public var stretch: LineStretch?
  public var sector: ObservedSector?
  /// Where it was, where that was measured.
  public var position: MeasuredPosition?
  public var travel: Travel?
  public var restrictions: [Restriction]
  /// What moved, where several observations follow one thing.
  public var track: String?
  /// The report from which it was read or imported.
  public var report: ReportID?
  public var note: String?
  public var sending: Sending

  public init(
    id: EntryID, post: PostID? = nil, observer: String, means: [Means], what: What, assessment: Assessment? = nil, count: Count = Count(1),
    weapon: String? = nil, from: Instant, until: Instant? = nil, window: String? = nil, place: PlaceID? = nil, placeText: String? = nil,
    stretch: LineStretch? = nil, sector: ObservedSector? = nil, position: MeasuredPosition? = nil, travel: Travel? = nil,
    restrictions: [Restriction] = [],
    track: String? = nil,
    report: ReportID? = nil, note: String? = nil, sending: Sending = Sending()
  ) {
    self.id = id
    self.post = post
    self.observer = observer
    self.means = means
    self.what = what
    self.assessment = assessment
    self.count = count
    self.weapon = weapon
    self.from = from
    self.until = max(from, until ?? from)
    self.window = window
    self.place = place
    self.placeText = placeText
    self.stretch = stretch
    self.sector = sector
    self.position = position
    self.travel = travel
    self.restrictions = restrictions
    self.track = track
    self.report = report
    self.note = note
    self.sending = sending
  }

  /// The post, else the observer.
  public var key: String { post?.rawValue ?? observer }
}
