// A small made-up case and situation that the outlets' tests draw and print.
import TruceAtlas
import TruceModel
import TruceOutlets
import TruceSituation

enum Fixture {
  static let zone = Zone("+04:00")!

  static func polygon(_ corners: [(Double, Double)]) -> Geometry {
    let ring = corners.map { Position(longitude: $0.0, latitude: $0.1) }
    return .polygon([ring + [ring[0]]])
  }

  static func place(
    _ id: String, _ kind: Place.Kind, _ name: String, _ geometry: Geometry, seat: PlaceID? = nil, halfWidthMetres: Double? = nil,
    along: PlaceID? = nil
  ) -> Place {
    Place(
      id: PlaceID(id), kind: kind, names: [Name(name)],
      definitions: [Place.Definition(geometry: geometry, accuracyMetres: 3000, source: "drawn", licence: "CC0", isSchematic: true)],
      seat: seat,
      halfWidthMetres: halfWidthMetres, along: along)
  }

  static func point(_ longitude: Double, _ latitude: Double) -> Geometry { .point(Position(longitude: longitude, latitude: latitude)) }

  static func line(_ points: [(Double, Double)]) -> Geometry { .line(points.map { Position(longitude: $0.0, latitude: $0.1) }) }

  static let file = Case(
    id: "valley", title: "The valley, 2020", zone: zone,
    parties: [
      Party(id: "AZE", role: .side, names: [Name("Azerbaijan")], colour: "#0072b2"),
      Party(id: "ARM", role: .side, names: [Name("Armenia")], colour: "#d55e00"),
      Party(id: "RUS", role: .third, names: [Name("Russia")], colour: "#009e73"),
    ],
    places: [
      place(
        "nagorno-karabakh", .region, "Nagorno-Karabakh",
        polygon([
          (46.45, 40.12), (46.75, 40.15), (46.88, 39.92), (47.05, 39.85), (47.1, 39.7), (46.95, 39.6), (46.7, 39.45), (46.68, 39.7),
          (46.6, 39.8),
          (46.45, 39.95),
        ])),
      place(
        "kalbajar-district", .district, "Kalbajar district",
        polygon([(45.75, 40.25), (46.1, 40.28), (46.45, 40.12), (46.45, 39.95), (46.2, 39.8), (45.95, 39.78), (45.8, 39.95)]),
        seat: "kalbajar"),
      place(
        "lachin-district", .district, "Lachin district",
        polygon([
          (46.2, 39.8), (46.45, 39.95), (46.6, 39.8), (46.68, 39.7), (46.7, 39.45), (46.6, 39.4), (46.5, 39.52), (46.35, 39.62),
        ]), seat: "lachin"),
      place(
        "agdam-district", .district, "Agdam district",
        polygon([(46.75, 40.15), (47.05, 40.2), (47.2, 40.02), (47.05, 39.85), (46.88, 39.92)]), seat: "agdam"),
      place(
        "lachin-road", .road, "Lachin road",
        line([(46.34, 39.51), (46.48, 39.56), (46.54, 39.59), (46.55, 39.64), (46.64, 39.69), (46.68, 39.72), (46.75, 39.82)])),
      place(
        "lachin-corridor", .corridor, "Lachin corridor",
        line([(46.48, 39.56), (46.54, 39.59), (46.55, 39.64), (46.64, 39.69), (46.68, 39.72)]),
        halfWidthMetres: 2500, along: "lachin-road"),
      place(
        "contact-line", .line, "Contact line",
        line([(46.75, 40.15), (46.88, 39.92), (47.05, 39.85), (47.1, 39.7), (46.95, 39.6), (46.7, 39.55)])),
      place("lachin", .settlement, "Lachin", point(46.55, 39.637)),
      place("kalbajar", .settlement, "Kalbajar", point(46.044, 40.11)),
      place("agdam", .settlement, "Agdam", point(46.927, 39.99)),
      place("shusha", .settlement, "Shusha", point(46.75, 39.76)),
      place("stepanakert", .settlement, "Stepanakert", point(46.753, 39.818)),
      place("post-7", .post, "Post 7", point(46.6137, 39.7219)),
    ],
    digest: Digest(of: "valley"))

  /// A claim as the reader would make it, of a sentence of its own.
  static func claim(_ act: String, _ place: String, speakers: [String]) -> Claim {
    Claim(
      report: "0123456789abcdef0123456789abcdef", type: .controlChange, act: act, span: ByteSpan(0, 20), frame: "test",
      places: [PlaceMention(place)],
      speakers: speakers.map { Speaker($0) })
  }

  static let entered = claim("entered", "Lachin", speakers: ["Wire agency", "Ministry's press service"])
  static let handedOver = claim("handed-over", "Kalbajar", speakers: ["Wire agency"])

  static func when(_ text: String) -> When { When(text, zone: zone)! }

  static func situation(
    on: String = "2020-12-01", control: [Situation.Control]? = nil, ceasefires: [Situation.Ceasefire]? = nil,
    commitments: [Situation.Commitment]? = nil, size: UInt64 = 20
  ) -> Situation {
    let end = zone.bounds(of: CivilDate(on)!).upperBound
    return Situation(
      query: Query(on: end), size: size,
      control: control ?? [
        Situation.Control(
          place: "kalbajar-district", holder: .party("AZE"), since: when("2020-11-25"), standing: .attested, origins: 1,
          evidence: [handedOver.id]),
        Situation.Control(
          place: "lachin-district", holder: .party("AZE"), since: when("2020-12-01"), standing: .claimed, origins: 1,
          evidence: [entered.id],
          zones: ["lachin-corridor"]),
        Situation.Control(
          place: "agdam-district", holder: .left("ARM"), since: when("[..2020-12-01]"), standing: .alleged, isDisputed: true),
        Situation.Control(place: "lachin-corridor", holder: .party("RUS"), since: when("2020-11-10"), standing: .agreed),
        Situation.Control(place: "nagorno-karabakh", holder: .party("ARM")),
      ],
      commitments: commitments ?? [
        Situation.Commitment(
          id: "valley/6a", article: "6", title: "Return of Kalbajar", kind: .achieve, who: ["ARM"], act: "hand-over",
          place: "kalbajar-district",
          deadlines: [
            .init(when: when("2020-11-15"), word: .by, by: "agreement"),
            .init(when: nil, word: .by, by: "Wire agency", reason: "one narrow road"),
          ], word: "kept late (+10 d)", days: 10, because: "Done on 25 November, ten days after the first date.", evidence: [handedOver.id]),
        Situation.Commitment(
          id: "valley/6b", article: "6", title: "Return of Lachin", kind: .achieve, who: ["ARM"], act: "hand-over",
          place: "lachin-district",
          deadlines: [.init(when: when("2020-12-01"), word: .by, by: "agreement")], word: "kept", days: 0, because: "Done on the day.",
          evidence: [entered.id]),
        Situation.Commitment(
          id: "valley/1", article: "1", title: "A complete ceasefire", kind: .maintain, who: ["ARM", "AZE"], act: "ceasefire", place: nil,
          deadlines: [.init(when: when("2020-11-10"), word: .from, by: "agreement")], word: "holding", because: "No incident was reported.",
          watched: 0),
      ],
      ceasefires: ceasefires ?? [Situation.Ceasefire(from: when("2020-11-10"), word: "holding", evidence: [])], incidents: [],
      posts: [
        Situation.Event(
          type: .postEstablished, act: "set-up", who: ["RUS"], places: ["contact-line"], when: nil, modality: .happened,
          polarity: .positive,
          quantities: [Quantity("posts", 23)], standing: .attested, isDisputed: false, origins: 1, evidence: [],
          summary: "23 posts along the contact line")
      ], coverage: .init(words: "no check-ins recorded"), exchanges: [], agreements: [], history: [], events: [], findings: [])
  }
}
