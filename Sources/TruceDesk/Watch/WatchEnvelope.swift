// A record of the watch as it is sent: its kind beside its own members, checked before anything is stored.
public import TruceModel

/// One record on its way in or out.
public struct WatchEnvelope: Sendable {
  public var draft: Draft
  /// The post that it is of.
  public var post: PostID?

  /// The most records of one request.
  public static let maximumRecords = 10_000
  /// The most bytes of an id: it stands in addresses.
  public static let maximumIDBytes = 200

  private static let shared: Set<String> = ["kind", "id", "post", "note", "sent", "clock", "number", "by", "signature"]
  private static let members: [EntryKind: Set<String>] = [
    .post: shared.union([
      "act", "at", "until", "source", "name", "place", "stretches", "sector", "standsAtKm", "means", "schedule", "publicKey", "link",
    ]),
    .checkIn: shared.union(["at", "watchedFrom", "visibilityMetres", "restrictions", "contact"]),
    .observation: shared.union([
      "observer", "means", "what", "assessment", "count", "weapon", "from", "until", "window", "place", "placeText", "stretch", "sector",
      "position", "travel", "restrictions", "track", "report",
    ]),
  ]

  /// Reads a record.
  ///
  /// - Throws: `FormError`, what is wrong with which member and what would be right.
  public init(json: JSON) throws(FormError) {
    let form = try FormReader(json)
    let word = try form.string("kind")
    guard let kind = EntryKind(rawValue: word), let allowed = WatchEnvelope.members[kind] else {
      throw FormError(field: "kind", message: "'\(word)' should be post, check-in or observation")
    }
    for member in json.members ?? [] where !allowed.contains(member.key) {
      throw FormError(
        field: member.key, message: "is no member of a record of kind \(word); it has \(allowed.sorted().joined(separator: ", "))")
    }
    switch kind {
    case .post: self.init(try PostChange(json: json))
    case .checkIn: self.init(try CheckIn(json: json))
    default: self.init(try Observation(json: json))
    }
    let id = draft.id.rawValue.utf8
    guard !id.isEmpty, id.count <= WatchEnvelope.maximumIDBytes, id.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw FormError(field: "id", message: "should be 1 to \(WatchEnvelope.maximumIDBytes) bytes without spaces and control characters")
    }
    guard draft.key.utf8.count <= WatchEnvelope.maximumIDBytes, !draft.key.isEmpty else {
      throw FormError(field: kind == .observation ? "observer" : "post", message: "should be 1 to \(WatchEnvelope.maximumIDBytes) bytes")
    }
    guard draft.content.canonical.count <= WatchEnvelope.maximumBytes else {
      throw FormError(field: "", message: "the record is larger than \(WatchEnvelope.maximumBytes) bytes")
    }
  }

  /// The most bytes of one record.
  public static let maximumBytes = 50_000

  public init(_ change: PostChange) { self.init(draft: change.draft, post: change.post) }
  public init(_ checkIn: CheckIn) { self.init(draft: checkIn.draft, post: checkIn.post) }
  public init(_ observation: Observation) { self.init(draft: observation.draft, post: observation.post) }

  private init(draft: Draft, post: PostID?) {
    self.draft = draft
    self.post = post
  }

  /// As it is sent: `kind` and the record's members.
  public var json: JSON { .object([JSON.Member("kind", JSON(draft.kind.rawValue))] + (draft.content.members ?? [])) }
}

/// What came of one record.
public struct RecordAnswer: Sendable {
  /// Its place in the request, from 0.
  public var index: Int
  public var id: EntryID?
  /// There once it is on disk.
  public var receipt: Receipt?
  /// Why it was not taken, and by which member.
  public var problem: FormError?
  /// Why it is kept and does not count.
  public var warning: String?

  public var json: JSON {
    guard let receipt else {
      return .compact([
        "index": JSON(index), "id": id.map { JSON($0) }, "field": problem.flatMap { $0.field.isEmpty ? nil : JSON($0.field) },
        "problem": JSON(problem?.message ?? "was not taken"),
      ])
    }
    return .compact([
      "id": id.map { JSON($0) }, "sequence": JSON(Int(receipt.sequence)), "recorded": JSON(receipt.recorded), "new": .bool(receipt.isNew),
      "warning": warning.map { JSON($0) },
    ])
  }
}

/// The records of a request's body: a JSON array, or NDJSON whose broken lines are problems of their own.
///
/// - Throws: `FormError` where the body is neither, or holds too many.
public func watchRecords(body: [UInt8]) throws(FormError) -> [Result<JSON, FormError>] {
  guard let first = body.first(where: { $0 > 0x20 }) else {
    throw FormError(field: "", message: "The body is empty; it should be a JSON array of records, or one record a line.")
  }
  var records: [Result<JSON, FormError>] = []
  if first == UInt8(ascii: "[") {
    do throws(JSONError) {
      records = (try JSON(parsing: body).array ?? []).map { .success($0) }
    } catch {
      throw FormError(field: "", message: "The body is no JSON: \(error).")
    }
  } else if first == UInt8(ascii: "{") {
    for line in body.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
      do throws(JSONError) {
        records.append(.success(try JSON(parsing: line)))
      } catch {
        records.append(.failure(FormError(field: "", message: "the line is no JSON: \(error)")))
      }
    }
  } else {
    throw FormError(field: "", message: "The body should be a JSON array of records, or one record a line.")
  }
  guard records.count <= WatchEnvelope.maximumRecords else {
    throw FormError(
      field: "", message: "The body holds \(records.count) records; one request takes at most \(WatchEnvelope.maximumRecords).")
  }
  return records
}
