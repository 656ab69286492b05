// A time's JSON form: {"edtf", "earliest", "latest", "zone", "role"} and, where they say more, the rest.

extension When {
  /// The form; an end without bound is left out.
  public var json: JSON {
    func bound(_ instant: Instant) -> JSON? {
      instant == .distantPast || instant == .distantFuture ? nil : JSON(zone.text(instant))
    }
    return .compact([
      "edtf": JSON(edtf), "earliest": bound(earliest), "latest": bound(latest),
      "beginLatest": end == nil ? nil : bound(begin.upperBound), "endEarliest": end.flatMap { bound($0.lowerBound) },
      "isInterval": end == nil ? nil : true,
      "grain": grain.map { JSON($0.rawValue) }, "qualifier": qualifier.map { JSON(String($0)) }, "zone": JSON(zone.identifier),
      "role": role == .happened ? nil : JSON(role.rawValue), "rule": rule.map { JSON($0) },
    ])
  }

  /// A time from its form. Where the form has no bounds they follow from the expression.
  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let edtf = try form.string("edtf")
    let zoneText = try form.optionalString("zone") ?? "Z"
    guard let zone = Zone(zoneText) else {
      throw FormError(field: path + ".zone", message: "'\(zoneText)' should be an offset such as +04:00 or an IANA name such as Asia/Baku")
    }
    let role: Role = form.value("role") == nil ? .happened : try form.word("role", Role.self)
    guard var when = When(edtf, zone: zone, role: role, rule: try form.optionalString("rule")) else {
      throw FormError(field: path + ".edtf", message: "'\(edtf)' should be an EDTF date or interval such as 2020-12-01 or 2020-11-10/..")
    }
    let earliest = try form.instant("earliest")
    let latest = try form.instant("latest")
    if when.end == nil, let from = earliest ?? (latest == nil ? nil : .distantPast),
      let until = latest ?? (earliest == nil ? nil : .distantFuture),
      from <= until
    {
      when.begin = from..<until
    }
    if form.value("grain") != nil { when.grain = try form.word("grain", EDTF.Grain.self) }
    self = when
  }
}

extension Deadline {
  /// The form: a time's, and its word.
  public var json: JSON {
    guard case .object(let members) = when.json else { return .null }
    return .object(members + [JSON.Member("word", JSON(word.rawValue))])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    self.init(try When(json: json, path: path), try FormReader(json, path: path).word("word", Word.self))
  }
}
