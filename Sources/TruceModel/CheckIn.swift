// A check-in: a post says that it is there, what it could see, and what kept it from seeing.

/// One check-in of a post.
public struct CheckIn: WatchRecord {
  public static var kind: EntryKind { .checkIn }

  public var id: EntryID
  public var post: PostID
  /// When it was made, by the sender's clock.
  public var at: Instant
  /// Since when the post had been watching, by the sender's clock; nil for since the check-in before, as the schedule has it.
  public var watchedFrom: Instant?
  /// How far one saw; nil for as far as the post's stretch reaches.
  public var visibilityMetres: Double?
  public var restrictions: [Restriction]
  /// Made anew for each attempt to send, to tell that the link carries and what the clock reads: it meets no duty and vouches for nothing.
  public var isContact: Bool
  public var note: String?
  public var sending: Sending

  public init(
    id: EntryID, post: PostID, at: Instant, watchedFrom: Instant? = nil, visibilityMetres: Double? = nil, restrictions: [Restriction] = [],
    isContact: Bool = false, note: String? = nil, sending: Sending = Sending()
  ) {
    self.id = id
    self.post = post
    self.at = at
    self.watchedFrom = watchedFrom
    self.visibilityMetres = visibilityMetres
    self.restrictions = restrictions
    self.isContact = isContact
    self.note = note
    self.sending = sending
  }

  public var key: String { post.rawValue }

  public var json: JSON {
    guard
      case .object(let members) = JSON.compact([
        "id": JSON(id), "post": JSON(post), "at": JSON(at), "watchedFrom": watchedFrom.map { JSON($0) },
        "visibilityMetres": visibilityMetres.map { .number($0) },
        "restrictions": restrictions.isEmpty ? JSON?.none : .array(restrictions.map(\.json)), "contact": isContact ? true : JSON?.none,
        "note": note.map { JSON($0) },
      ])
    else { return .null }
    return .object(members + sending.members)
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    self.init(
      id: EntryID(try form.string("id")), post: PostID(try form.string("post")), at: try form.requiredInstant("at"),
      watchedFrom: try form.instant("watchedFrom"), visibilityMetres: try form.optionalNumber("visibilityMetres"),
      restrictions: try form.list("restrictions") { json, path throws(FormError) in try Restriction(json: json, path: path) },
      isContact: try form.bool("contact"), note: try form.optionalString("note"), sending: try Sending(form: form))
  }
}
