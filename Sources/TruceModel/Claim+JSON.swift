// A claim's JSON form: what `truce read --json` prints and a `claim` entry holds.

extension ByteSpan {
  public var json: JSON { .object([JSON.Member("start", JSON(start)), JSON.Member("end", JSON(end))]) }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let start = try form.integer("start")
    let end = try form.integer("end")
    guard start >= 0, start <= end else { throw FormError(field: path, message: "should run forward: 0 <= start <= end") }
    self.init(start, end)
  }

  static func optional(_ form: FormReader, _ key: String = "span") throws(FormError) -> ByteSpan? {
    try form.optional(key) { json, path throws(FormError) in try ByteSpan(json: json, path: path) }
  }
}

extension Mention {
  public var json: JSON {
    .compact([
      "text": JSON(text), "span": span?.json, "party": party.map { JSON($0) }, "organ": organ.map { JSON($0) },
      "implicit": isImplicit ? true : nil, "standsFor": standsFor.map { JSON($0) },
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    self.init(
      try form.string("text"), span: try .optional(form), party: try form.optionalString("party").map { PartyID($0) },
      organ: try form.optionalString("organ"), isImplicit: try form.bool("implicit"), standsFor: try form.optionalString("standsFor"))
  }
}

extension PlaceMention {
  public var json: JSON {
    .compact([
      "text": JSON(text), "span": span?.json, "place": place.map { JSON($0) },
      "candidates": candidates.isEmpty ? nil : .array(candidates.map { JSON($0) }),
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let candidates = try form.list("candidates") { json, path throws(FormError) in
      guard let id = json.string else { throw FormError(field: path, message: "should be a place's id") }
      return PlaceID(id)
    }
    self.init(
      try form.string("text"), span: try .optional(form), place: try form.optionalString("place").map { PlaceID($0) },
      candidates: candidates)
  }
}

extension Speaker {
  public var json: JSON {
    .compact([
      "text": JSON(text), "span": span?.json, "party": party.map { JSON($0) }, "organ": organ.map { JSON($0) },
      "source": source.map { JSON($0) },
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    self.init(
      try form.string("text"), span: try .optional(form), party: try form.optionalString("party").map { PartyID($0) },
      organ: try form.optionalString("organ"), source: try form.optionalString("source").map { SourceID($0) })
  }
}

extension Quantity {
  public var json: JSON {
    .compact([
      "what": JSON(what), "minimum": .number(minimum), "maximum": maximum == minimum ? nil : .number(maximum),
      "about": isAbout ? true : nil,
      "span": span?.json,
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let minimum = try form.number("minimum")
    let maximum = form.value("maximum") == nil ? minimum : try form.number("maximum")
    self.init(try form.string("what"), minimum, maximum, isAbout: try form.bool("about"), span: try .optional(form))
  }
}

extension Claim {
  /// The form; empty fields are left out.
  public var json: JSON {
    func list(_ values: [JSON]) -> JSON? { values.isEmpty ? nil : .array(values) }
    return .compact([
      "id": JSON(id), "report": report.map { JSON($0) }, "enteredBy": enteredBy.map { JSON($0) }, "type": JSON(type.rawValue),
      "act": JSON(act), "span": span.json, "frame": JSON(frame), "trigger": trigger?.json, "who": list(who.map(\.json)),
      "whom": list(whom.map(\.json)), "where": list(places.map(\.json)), "when": when?.json, "due": due?.json, "was": was?.json,
      "becomes": becomes?.json, "modality": JSON(modality.rawValue), "polarity": JSON(polarity.rawValue),
      "speakers": list(speakers.map(\.json)), "quantities": list(quantities.map(\.json)), "object": object.map { JSON($0) },
      "reason": reason.map { JSON($0) }, "said": said?.json,
    ])
  }

  /// A claim from its form. The id is taken as stated (`hasItsOwnID` checks it), or computed where it is left out.
  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    func when(_ key: String) throws(FormError) -> When? {
      try form.optional(key) { json, path throws(FormError) in try When(json: json, path: path) }
    }
    func mention(_ json: JSON, _ path: String) throws(FormError) -> Mention { try Mention(json: json, path: path) }
    self.init(
      id: try form.optionalString("id").map { ClaimID($0) },
      report: try form.optionalString("report").map { ReportID($0) }, enteredBy: try form.optionalString("enteredBy"),
      type: try form.word("type", ClaimType.self), act: try form.string("act"),
      span: try ByteSpan(json: form.value("span") ?? .null, path: "span"), frame: try form.string("frame"),
      trigger: try .optional(form, "trigger"), who: try form.list("who", mention), whom: try form.list("whom", mention),
      places: try form.list("where") { json, path throws(FormError) in try PlaceMention(json: json, path: path) }, when: try when("when"),
      due: try form.optional("due") { json, path throws(FormError) in try Deadline(json: json, path: path) }, was: try when("was"),
      becomes: try when("becomes"), modality: try form.word("modality", Modality.self), polarity: try form.word("polarity", Polarity.self),
      speakers: try form.list("speakers") { json, path throws(FormError) in try Speaker(json: json, path: path) },
      quantities: try form.list("quantities") { json, path throws(FormError) in try Quantity(json: json, path: path) },
      object: try form.optionalString("object"), reason: try form.optionalString("reason"), said: try when("said"))
  }

  /// Whether the id follows from the other fields.
  public var hasItsOwnID: Bool { id == Claim.id(of: self) }
}
