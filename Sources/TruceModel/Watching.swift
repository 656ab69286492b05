// What posts, check-ins and observations share: stretches of a line, sectors, restrictions, and what the sender notes about a record.

/// A stretch of a line, in kilometres along it.
public struct LineStretch: Sendable, Hashable {
  public var line: PlaceID
  public var fromKm: Double
  public var toKm: Double

  /// A stretch; its ends are put in order.
  public init(_ line: PlaceID, fromKm: Double, toKm: Double) {
    self.line = line
    self.fromKm = min(fromKm, toKm)
    self.toKm = max(fromKm, toKm)
  }

  public var lengthKm: Double { toKm - fromKm }
}

/// What an observer sees or hears over: bearings and distances from where he stands.
public struct ObservedSector: Sendable, Hashable {
  /// Degrees clockwise from north, 0 up to 360, each from one bearing clockwise to another; none means all round.
  public var bearings: [Bearings]
  /// Metres from the observer; nil where nothing is said.
  public var distanceMetres: ClosedRange<Double>?

  public struct Bearings: Sendable, Hashable {
    public var from: Double
    public var to: Double

    public init(from: Double, to: Double) {
      self.from = from
      self.to = to
    }
  }

  public init(bearings: [Bearings] = [], distanceMetres: ClosedRange<Double>? = nil) {
    self.bearings = bearings
    self.distanceMetres = distanceMetres
  }
}

/// Where something was, as it was measured: by a receiver, a radar, a drone.
public struct MeasuredPosition: Sendable, Hashable {
  /// Degrees, WGS 84.
  public var longitude: Double
  public var latitude: Double
  /// How far it may be wrong.
  public var accuracyMetres: Double

  public init(longitude: Double, latitude: Double, accuracyMetres: Double) {
    self.longitude = longitude
    self.latitude = latitude
    self.accuracyMetres = accuracyMetres
  }
}

/// Something that kept an observer from watching all or part of his stretch.
public struct Restriction: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case denied, jammed, dark, weather, mines, other
  }

  public var kind: Kind
  /// The part of the line that it hid; nil for all of the observer's.
  public var stretch: LineStretch?
  /// By the sender's clock; nil for as long as the record speaks of.
  public var from: Instant?
  public var until: Instant?
  public var note: String?

  public init(_ kind: Kind, stretch: LineStretch? = nil, from: Instant? = nil, until: Instant? = nil, note: String? = nil) {
    self.kind = kind
    self.stretch = stretch
    self.from = from
    self.until = until
    self.note = note
  }
}

/// What the sender of a record notes about it, once, when the record is made; sent again it stays the same.
public struct Sending: Sendable, Hashable {
  /// The sender's clock when the record was first sent. With each attempt a sender makes a contact check-in anew, so that its clock can be told.
  public var sent: Instant?
  /// Raised by the sender each time that its clock was set.
  public var clock: Int
  /// The post's own running number of its records, from 1: gaps in it are shown.
  public var number: Int?
  /// The person who entered the record on the post's behalf, by radio or telephone.
  public var by: String?
  /// Ed25519 over the canonical JSON of the record without this field, in hexadecimal (RFC 8032).
  public var signature: String?

  public init(sent: Instant? = nil, clock: Int = 0, number: Int? = nil, by: String? = nil, signature: String? = nil) {
    self.sent = sent
    self.clock = clock
    self.number = number
    self.by = by
    self.signature = signature
  }
}

/// By what an observer knows.
public enum Means: String, Sendable, Hashable, CaseIterable {
  case saw, heard, camera, drone, radar
}

extension LineStretch {
  public var json: JSON { ["line": JSON(line), "fromKm": .number(fromKm), "toKm": .number(toKm)] }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let from = try form.number("fromKm")
    let to = try form.number("toKm")
    guard from.isFinite, to.isFinite, from >= 0, from <= to else {
      throw FormError(field: path, message: "should run forward along the line: 0 <= fromKm <= toKm")
    }
    self.init(PlaceID(try form.string("line")), fromKm: from, toKm: to)
  }
}

extension ObservedSector {
  public var json: JSON {
    .compact([
      "bearings": bearings.isEmpty ? JSON?.none : .array(bearings.map { [.number($0.from), .number($0.to)] }),
      "fromMetres": distanceMetres.map { .number($0.lowerBound) }, "toMetres": distanceMetres.map { .number($0.upperBound) },
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    let bearings = try form.list("bearings") { json, path throws(FormError) in
      guard let ends = json.array?.map(\.number), ends.count == 2, let from = ends[0], let to = ends[1], (0...360).contains(from),
        (0...360).contains(to)
      else {
        throw FormError(field: path, message: "should be two bearings in degrees from 0 to 360, clockwise from the first to the second")
      }
      return Bearings(from: from, to: to)
    }
    let from = try form.optionalNumber("fromMetres")
    let to = try form.optionalNumber("toMetres")
    guard (from ?? 0) >= 0, (from ?? 0) <= (to ?? .greatestFiniteMagnitude) else {
      throw FormError(field: path, message: "should have 0 <= fromMetres <= toMetres")
    }
    self.init(bearings: bearings, distanceMetres: to.map { (from ?? 0)...$0 } ?? from.map { $0...$0 })
  }
}

extension MeasuredPosition {
  public var json: JSON {
    ["latitude": .number(latitude), "longitude": .number(longitude), "accuracyMetres": .number(accuracyMetres)]
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    self.init(
      longitude: try form.number("longitude"), latitude: try form.number("latitude"), accuracyMetres: try form.number("accuracyMetres"))
    guard (-180...180).contains(longitude), (-90...90).contains(latitude), (0...1_000_000).contains(accuracyMetres) else {
      throw FormError(
        field: path,
        message:
          "should have latitude -90 to 90, longitude -180 to 180 and accuracyMetres 0 to 1000000: a position says how wrong it may be")
    }
  }
}

extension Restriction {
  public var json: JSON {
    .compact([
      "kind": JSON(kind.rawValue), "stretch": stretch?.json, "from": from.map { JSON($0) }, "until": until.map { JSON($0) },
      "note": note.map { JSON($0) },
    ])
  }

  public init(json: JSON, path: String = "") throws(FormError) {
    let form = try FormReader(json, path: path)
    self.init(
      try form.word("kind", Kind.self), stretch: try .optional(form, "stretch"), from: try form.instant("from"),
      until: try form.instant("until"), note: try form.optionalString("note"))
  }
}

extension LineStretch {
  static func optional(_ form: FormReader, _ key: String) throws(FormError) -> LineStretch? {
    try form.optional(key) { json, path throws(FormError) in try LineStretch(json: json, path: path) }
  }
}

extension ObservedSector {
  static func optional(_ form: FormReader, _ key: String) throws(FormError) -> ObservedSector? {
    try form.optional(key) { json, path throws(FormError) in try ObservedSector(json: json, path: path) }
  }
}

extension Sending {
  /// The members that a record's form ends with.
  var members: [JSON.Member] {
    var members: [JSON.Member] = []
    if let sent { members.append(JSON.Member("sent", JSON(sent))) }
    if clock != 0 { members.append(JSON.Member("clock", JSON(clock))) }
    if let number { members.append(JSON.Member("number", JSON(number))) }
    if let by { members.append(JSON.Member("by", JSON(by))) }
    if let signature { members.append(JSON.Member("signature", JSON(signature))) }
    return members
  }

  init(form: FormReader) throws(FormError) {
    self.init(
      sent: try form.instant("sent"), clock: try form.optionalInteger("clock") ?? 0, number: try form.optionalInteger("number"),
      by: try form.optionalString("by"), signature: try form.optionalString("signature"))
  }
}
