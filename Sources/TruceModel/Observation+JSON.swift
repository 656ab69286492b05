// An observation's JSON form: what a post sends and an `observation` entry holds.

extension Count {
  public var json: JSON {
    .compact(["minimum": JSON(minimum), "maximum": maximum == minimum ? JSON?.none : JSON(maximum), "about": isAbout ? true : JSON?.none])
  }

  /// A count from its form, or from a bare whole number.
  public init(json: JSON, path: String = "") throws(FormError) {
    if let exact = json.integer, exact >= 0, exact <= Count.limit {
      self.init(exact)
      return
    }
    let form = try FormReader(json, path: path)
    let minimum = try form.integer("minimum")
    let maximum = try form.optionalInteger("maximum") ?? minimum
    guard minimum >= 0, minimum <= maximum, maximum <= Count.limit else {
      throw FormError(field: path, message: "should have 0 <= minimum <= maximum <= \(Count.limit)")
    }
    self.init(minimum, maximum, isAbout: try form.bool("about"))
  }

  /// No observer counts further.
  public static let limit = 1_000_000_000
}

extension Observation.Travel {
  public var json: JSON { .compact(["from": from.map { .number($0) }, "to": to.map { .number($0) }]) }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    self.init(from: try form.optionalNumber("from"), to: try form.optionalNumber("to"))
  }
}

extension Observation {
  public var json: JSON {
    guard
      case .object(let members) = JSON.compact([
        "id": JSON(id), "post": post.map { JSON($0) }, "observer": JSON(observer),
        "means": means.isEmpty ? JSON?.none : .array(means.map { JSON($0.rawValue) }), "what": JSON(what.rawValue),
        "assessment": assessment.map { JSON($0.rawValue) }, "count": count.json, "weapon": weapon.map { JSON($0) }, "from": JSON(from),
        "until": until == from ? JSON?.none : JSON(until), "window": window.map { JSON($0) }, "place": place.map { JSON($0) },
        "placeText": placeText.map { JSON($0) }, "stretch": stretch?.json, "sector": sector?.json, "position": position?.json,
        "travel": travel?.json,
        "restrictions": restrictions.isEmpty ? JSON?.none : .array(restrictions.map(\.json)), "track": track.map { JSON($0) },
        "report": report.map { JSON($0) }, "note": note.map { JSON($0) },
      ])
    else { return .null }
    return .object(members + sending.members)
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let from = try form.requiredInstant("from")
    let until = try form.instant("until") ?? from
    guard from <= until else { throw FormError(field: "until", message: "should not be before from") }
    self.init(
      id: EntryID(try form.string("id")), post: try form.optionalString("post").map { PostID($0) }, observer: try form.string("observer"),
      means: try form.words("means", Means.self), what: try form.word("what", What.self),
      assessment: try form.optionalWord("assessment", Assessment.self),
      count: try form.optional("count") { json, path throws(FormError) in try Count(json: json, path: path) } ?? Count(1),
      weapon: try form.optionalString("weapon"), from: from, until: until, window: try form.optionalString("window"),
      place: try form.optionalString("place").map { PlaceID($0) }, placeText: try form.optionalString("placeText"),
      stretch: try .optional(form, "stretch"), sector: try .optional(form, "sector"),
      position: try form.optional("position") { json, path throws(FormError) in try MeasuredPosition(json: json, path: path) },
      travel: try form.optional("travel") { json, path throws(FormError) in try Travel(json: json, path: path) },
      restrictions: try form.list("restrictions") { json, path throws(FormError) in try Restriction(json: json, path: path) },
      track: try form.optionalString("track"), report: try form.optionalString("report").map { ReportID($0) },
      note: try form.optionalString("note"), sending: try Sending(form: form))
  }
}
