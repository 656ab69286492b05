// Posts, check-ins, observations and alerts: forms that read back, ids and signatures.
import Testing
import TruceModel

@Suite struct WatchVocabularyTests {
  static let at = Instant("2020-11-20T06:00:00+04:00")!
  static let stretch = LineStretch("contact-line", fromKm: 12, toKm: 20.5)

  @Test("A post's change reads back from its form") func post() throws {
    let schedule = try #require(Schedule(.times([TimeOfDay("06:00")!, TimeOfDay("18:30")!]), zone: Zone("Asia/Baku")!, graceSeconds: 300))
    let change = PostChange(
      id: "a1", post: "post-7", act: .opened, at: Self.at, until: Self.at.adding(seconds: 60), source: "peacekeepers", name: "Post 7",
      place: "lachin", stretches: [Self.stretch], sector: ObservedSector(bearings: [.init(from: 300, to: 20)], distanceMetres: 0...4000),
      standsAtKm: 16, means: [.saw, .camera], schedule: schedule, publicKey: PostKey().publicKey, link: "mast-2", note: "n",
      sending: Sending(sent: Self.at, clock: 2, number: 9, by: "duty officer"))
    #expect(try PostChange(json: JSON(parsing: change.json.canonical)) == change)
    #expect(change.draft.id == "a1" && change.draft.kind == .post && change.draft.key == "post-7")
  }

  @Test("A check-in and an observation read back from their forms") func records() throws {
    let restriction = Restriction(.denied, stretch: Self.stretch, from: Self.at, until: Self.at.adding(seconds: 5), note: "turned back")
    let checkIn = CheckIn(
      id: "c", post: "p", at: Self.at, watchedFrom: Self.at.adding(seconds: -60), visibilityMetres: 800.5, restrictions: [restriction],
      note: "fog")
    #expect(try CheckIn(json: JSON(parsing: checkIn.json.canonical)) == checkIn)
    let observation = Observation(
      id: "o", post: "p", observer: "camera north", means: [.camera, .heard], what: .muzzleFlash, assessment: .outgoing,
      count: Count(about: 30),
      weapon: "mortar", from: Self.at, until: Self.at.adding(seconds: 90), window: "2020-11-20 morning", place: "lachin",
      placeText: "n of it",
      stretch: Self.stretch, sector: ObservedSector(bearings: [.init(from: 10, to: 30)], distanceMetres: 3000...3000),
      travel: .init(from: 292.5, to: 112.5), restrictions: [restriction], track: "uav-1", report: "r", note: "x",
      sending: Sending(number: 1))
    #expect(try Observation(json: JSON(parsing: observation.json.canonical)) == observation)
  }

  @Test("What a record does not say is left out of its form") func leftOut() throws {
    let checkIn = CheckIn(id: "c", post: "p", at: Self.at)
    #expect(checkIn.json.text == #"{"id":"c","post":"p","at":"2020-11-20T02:00:00Z"}"#)
    let observation = Observation(id: "o", observer: "x", means: [], what: .shot, from: Self.at)
    #expect(
      observation.json.text == #"{"id":"o","observer":"x","what":"shot","count":{"minimum":1},"from":"2020-11-20T02:00:00Z"}"#)
    let change = PostChange(id: "a", post: "p", act: .closed, at: Self.at, source: "s", schedule: Schedule(.every(minutes: 5), zone: .utc))
    #expect(
      change.json.text
        == #"{"id":"a","post":"p","act":"closed","at":"2020-11-20T02:00:00Z","source":"s","schedule":{"every":5,"zone":"Z"}}"#)
    let acknowledged = AlertChange(id: "x", act: .acknowledged, alerts: ["a"], at: Self.at, by: "Anna")
    #expect(acknowledged.json.text == #"{"id":"x","act":"acknowledged","alerts":["a"],"at":"2020-11-20T02:00:00Z","by":"Anna"}"#)
  }

  @Test("About thirty is from 24 to 38") func about() { #expect(Count(about: 30) == Count(24, 38, isAbout: true)) }

  @Test("An alert's change reads back from its form") func alert() throws {
    let change = AlertChange(
      id: "x", act: .opened, alerts: ["a"], at: Self.at, by: "truce", rule: "missed-check-in", subject: "p", due: Self.at,
      severity: .severe,
      message: "m", group: "g", inhibitedBy: "b", until: Self.at, to: "Second", level: 2, note: "n", evidence: ["e"], signatures: ["00"])
    #expect(try AlertChange(json: JSON(parsing: change.json.canonical)) == change)
  }

  @Test("A signature holds for the record as signed and for no other") func signature() throws {
    let key = PostKey()
    var checkIn = CheckIn(id: "c", post: "p", at: Self.at)
    #expect(!checkIn.isSigned(by: key.publicKey))
    try checkIn.sign(privateKey: key.privateKey)
    #expect(try CheckIn(json: JSON(parsing: checkIn.json.bytes)).isSigned(by: key.publicKey))
    #expect(!checkIn.isSigned(by: PostKey().publicKey))
    checkIn.at = checkIn.at.adding(milliseconds: 1)
    #expect(!checkIn.isSigned(by: key.publicKey))
  }

  @Test("A form that is wrong names its field") func errors() {
    #expect(throws: FormError(field: "until", message: "should not be before from")) {
      try Observation(
        json: ["id": "o", "observer": "x", "what": "shot", "from": "2020-11-20T06:00:00Z", "until": "2020-11-20T05:00:00Z"])
    }
    #expect(throws: FormError.self) { try LineStretch(json: ["line": "l", "fromKm": 9, "toKm": 3]) }
    #expect(throws: FormError.self) { try Count(json: ["minimum": 4, "maximum": 2]) }
  }
}
