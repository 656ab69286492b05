// A post: opened, moved, stood down, closed, each dated and attributed.

/// One change of a post; what a later change does not say stays as it was.
public struct PostChange: WatchRecord {
  public enum Act: String, Sendable, Hashable, CaseIterable {
    case opened, moved, closed
    /// Planned: no check-ins are owed from `at` until `until`.
    case stoodDown = "stood-down"
  }

  public static var kind: EntryKind { .post }

  public var id: EntryID
  public var post: PostID
  public var act: Act
  /// From when it holds.
  public var at: Instant
  /// Of a stand-down: until when; nil until the post is moved or opened again.
  public var until: Instant?
  /// Who says so.
  public var source: String
  public var name: String?
  public var place: PlaceID?
  /// What it watches of a line.
  public var stretches: [LineStretch]
  public var sector: ObservedSector?
  /// Where on the line it stands itself, in kilometres, for how far it sees in bad weather.
  public var standsAtKm: Double?
  public var means: [Means]
  public var schedule: Schedule?
  /// The post's public key, 64 hexadecimal digits: from then on its records are signed.
  public var publicKey: String?
  /// The link by which its records come, shared with other posts: when it breaks there is one alert.
  public var link: String?
  public var note: String?
  public var sending: Sending

  public init(
    id: EntryID, post: PostID, act: Act, at: Instant, until: Instant? = nil, source: String, name: String? = nil, place: PlaceID? = nil,
    stretches: [LineStretch] = [], sector: ObservedSector? = nil, standsAtKm: Double? = nil, means: [Means] = [], schedule: Schedule? = nil,
    publicKey: String? = nil, link: String? = nil, note: String? = nil, sending: Sending = Sending()
  ) {
    self.id = id
    self.post = post
    self.act = act
    self.at = at
    self.until = until
    self.source = source
    self.name = name
    self.place = place
    self.stretches = stretches
    self.sector = sector
    self.standsAtKm = standsAtKm
    self.means = means
    self.schedule = schedule
    self.publicKey = publicKey
    self.link = link
    self.note = note
    self.sending = sending
  }

  public var key: String { post.rawValue }

  public var json: JSON {
    guard
      case .object(let members) = JSON.compact([
        "id": JSON(id), "post": JSON(post), "act": JSON(act.rawValue), "at": JSON(at), "until": until.map { JSON($0) },
        "source": JSON(source), "name": name.map { JSON($0) }, "place": place.map { JSON($0) },
        "stretches": stretches.isEmpty ? JSON?.none : .array(stretches.map(\.json)), "sector": sector?.json,
        "standsAtKm": standsAtKm.map { .number($0) }, "means": means.isEmpty ? JSON?.none : .array(means.map { JSON($0.rawValue) }),
        "schedule": schedule?.json, "publicKey": publicKey.map { JSON($0) }, "link": link.map { JSON($0) }, "note": note.map { JSON($0) },
      ])
    else { return .null }
    return .object(members + sending.members)
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let publicKey = try form.optionalString("publicKey")
    if let publicKey, Digest(hex: publicKey) == nil {
      throw FormError(field: "publicKey", message: "should be the 64 hexadecimal digits of an Ed25519 public key")
    }
    self.init(
      id: EntryID(try form.string("id")), post: PostID(try form.string("post")), act: try form.word("act", Act.self),
      at: try form.requiredInstant("at"), until: try form.instant("until"), source: try form.string("source"),
      name: try form.optionalString("name"), place: try form.optionalString("place").map { PlaceID($0) },
      stretches: try form.list("stretches") { json, path throws(FormError) in try LineStretch(json: json, path: path) },
      sector: try .optional(form, "sector"), standsAtKm: try form.optionalNumber("standsAtKm"), means: try form.words("means", Means.self),
      schedule: try form.optional("schedule") { json, path throws(FormError) in try Schedule(json: json, path: path) },
      publicKey: publicKey, link: try form.optionalString("link"), note: try form.optionalString("note"), sending: try Sending(form: form))
  }
}
