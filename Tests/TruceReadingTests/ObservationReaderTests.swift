// The prose of daily reports to observations: each sentence here was written for the test.
import Foundation
import Testing
import TruceModel

@testable import TruceReading

@Suite struct ObservationReaderTests {
  static let reader: ObservationReader = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Lexicons/en").path
    let times = try! TimeLexicon([UInt8](Data(contentsOf: URL(filePath: folder + "/time.txt"))), file: "time.txt")
    return ObservationReader(lexicon: try! WatchLexicon.load(folder: folder), times: times)
  }()
  static let zone = Zone("+02:00")!

  static func read(_ text: String) -> ObservationReading {
    let document = Document(plain: Array(text.utf8), published: When("2021-03-14", zone: zone), zone: zone)
    return reader.read(document, file: "report.txt", zone: zone)
  }

  /// An observation in one line: count, what, assessment, distance in km, bearings, course.
  static func line(_ observation: Observation) -> String {
    func number(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
    let count = observation.count
    var words = [
      (count.isAbout ? "~" : "")
        + (count.isOpen ? "\(count.minimum)+" : count.minimum == count.maximum ? "\(count.minimum)" : "\(count.minimum)-\(count.maximum)"),
      observation.what.rawValue,
    ]
    if let assessment = observation.assessment { words.append(assessment.rawValue) }
    if let weapon = observation.weapon { words.append("by \(weapon)") }
    if let range = observation.sector?.distanceMetres {
      words.append("\(number(range.lowerBound / 1000))-\(number(range.upperBound / 1000))km")
    }
    for arc in observation.sector?.bearings ?? [] { words.append("\(number(arc.from))..\(number(arc.to))") }
    if let travel = observation.travel { words.append("from \(travel.from.map(number) ?? "?") to \(travel.to.map(number) ?? "?")") }
    return words.joined(separator: " ")
  }

  @Test(
    "A sentence gives what a careful clerk would put into the table",
    arguments: [
      (
        "On the evening of 12 March, the SMM camera in Orlin recorded 3 undetermined explosions at an "
          + "assessed range of 2-4 km ENE and E, and 15 projectiles in flight from W to E.",
        "camera in Orlin", ["3 explosion undetermined 2-4km 56.25..78.75 67.5..112.5", "15 projectile from 270 to 90"]
      ),
      (
        "On the night of 12-13 March, the camera at the Tarn Filtration Station (15km N of Tarn) recorded "
          + "about 30 projectiles in flight (mostly from E to W), all 1-4.5km SSE, S and SSW.",
        "camera at the Tarn Filtration Station", ["~24-38 projectile 1-4.5km 146.25..168.75 157.5..202.5 191.25..213.75 from 90 to 270"]
      ),
      (
        "While in Orlin (government-controlled, 57km NE of Tarn) on 12 March, the SMM heard seven "
          + "undetermined explosions and at least 40 bursts of heavy-machine-gun fire, all 3-5 km SW, W and NW.",
        "SMM in Orlin",
        [
          "7 explosion undetermined 3-5km 202.5..247.5 247.5..292.5 292.5..337.5",
          "40+ burst by heavy machine gun 3-5km 202.5..247.5 247.5..292.5 292.5..337.5",
        ]
      ),
      (
        "On 12 March, the patrol near Orlin heard multiple shots of small-arms fire about 500 m to the north-east.", "patrol near Orlin",
        ["2+ shot by small arms 0.5-0.5km 22.5..67.5"]
      ),
      (
        "On 12 March, the camera 1.5km NE of Orlin captured twenty-five explosions (four assessed as impacts "
          + "and 9 as outgoing) 2 to 3 kilometres south.",
        "camera 1.5km NE of Orlin",
        [
          "4 explosion impact 2-3km 157.5..202.5", "9 explosion outgoing 2-3km 157.5..202.5",
          "12 explosion undetermined 2-3km 157.5..202.5",
        ]
      ),
      (
        "On 12 March, from its position in Orlin, the team saw two muzzle flashes and a flare, and heard "
          + "between 10 and 12 bursts in a north-westerly direction.",
        "team in Orlin", ["2 muzzle-flash", "1 flare", "10-12 burst 270..0"]
      ),
      (
        "On 12 March, the camera in Orlin recorded two explosions 2km NE of Tarn, compared with 45 "
          + "explosions in the previous reporting period.",
        "camera in Orlin", ["2 explosion undetermined"]
      ),
      (
        "On 12 March, the patrol in Orlin saw no flares but heard more than 100 shots and bursts of small "
          + "arms fire at distances of less than 3km in directions ranging from S to W.",
        "patrol in Orlin", ["101+ burst by small arms 0-3km 157.5..292.5"]
      ),
      (
        "On 12 March, the camera in Orlin recorded an airburst and two explosions, all 3-5km in easterly directions.", "camera in Orlin",
        ["1 explosion airburst 3-5km 45..135", "2 explosion undetermined 3-5km 45..135"]
      ),
      (
        "On 12 March, the patrol in Orlin heard a further eight explosions assessed as outgoing artillery rounds and five or six shots.",
        "patrol in Orlin",
        ["8 explosion outgoing by artillery", "5-6 shot"]
      ),
      (
        "On 12 March, an SMM mini-UAV spotted two convoys near Tarn.", "mini-UAV", ["2 movement"]
      ),
      (
        "On 12 March, three explosions 2km N of its position were recorded by the camera in Orlin.", "camera in Orlin",
        ["3 explosion undetermined 2-2km 337.5..22.5"]
      ),
    ])
  func sentence(text: String, observer: String, lines: [String]) {
    let reading = Self.read(text)
    #expect(reading.findings.isEmpty, "\(reading.findings)")
    #expect(reading.observations.map { Self.line($0.observation) } == lines)
    #expect(Set(reading.observations.map(\.observation.observer)) == [observer])
    #expect(reading.observations.allSatisfy { $0.observation.note == text })
  }

  @Test(
    "Means follow from who observed and by which verb",
    arguments: [
      ("On 12 March, the camera in Orlin recorded 3 explosions.", [Means.camera]),
      ("On 12 March, the patrol in Orlin heard 3 explosions.", [.heard]),
      ("On 12 March, the patrol in Orlin saw and heard 3 explosions.", [.saw, .heard]),
      ("On 12 March, an SMM mini-UAV over Orlin spotted a convoy.", [.drone]),
      ("On 12 March, the patrol in Orlin saw, and then heard, a flare.", [.saw, .heard]),
      ("On 12 March, the patrol in Orlin recorded 3 explosions.", []),
      ("On 12 March, the patrol in Orlin saw no flares but heard 3 shots.", [.heard]),
    ])
  func means(text: String, means: [Means]) {
    #expect(Self.read(text).observations.map(\.observation.means) == [means], "\(Self.read(text))")
  }

  @Test(
    "The window is what the words allow, in the report's zone",
    arguments: [
      ("On 12 March,", "2021-03-12T00:00:00+02:00", "2021-03-13T00:00:00+02:00"),
      ("During the day on 12 March,", "2021-03-12T06:00:00+02:00", "2021-03-12T18:00:00+02:00"),
      ("On the evening of 12 March,", "2021-03-12T17:00:00+02:00", "2021-03-12T22:00:00+02:00"),
      ("On the evening of 12 March, from 18:00 to 19:30,", "2021-03-12T18:00:00+02:00", "2021-03-12T19:31:00+02:00"),
      ("Between 08:40 and 09:15 on 12 March,", "2021-03-12T08:40:00+02:00", "2021-03-12T09:16:00+02:00"),
      ("On the night of 12-13 March,", "2021-03-12T18:00:00+02:00", "2021-03-13T09:00:00+02:00"),
      ("Between the evening of 11 March and the morning of 12 March,", "2021-03-11T17:00:00+02:00", "2021-03-12T12:00:00+02:00"),
    ])
  func window(head: String, from: String, until: String) throws {
    let one = try #require(Self.read("\(head) the camera in Orlin recorded 3 explosions.").observations.first?.observation)
    #expect(one.from == Instant(from), "\(one.from)")
    #expect(one.until == Instant(until), "\(one.until)")
  }

  @Test("A time beside one thing is of that thing, and a sentence without a time has its paragraph's")
  func times() {
    let text = """
      On 12 March, the camera in Orlin recorded 3 explosions at 08:40 and two bursts at 09:15; at 10:50 it recorded a flare. \
      It was quiet then. The camera also recorded a flare 2km S.

      The camera in Tarn recorded a flare.
      """
    let reading = Self.read(text)
    #expect(
      reading.observations.map(\.observation.from)
        == ["2021-03-12T08:40:00+02:00", "2021-03-12T09:15:00+02:00", "2021-03-12T10:50:00+02:00", "2021-03-12T00:00:00+02:00"]
        .map { Instant($0)! })
    #expect(reading.observations.map(\.observation.observer) == Array(repeating: "camera in Orlin", count: 4))
    #expect(reading.findings.map(\.line) == [3])
    #expect(reading.findings.first?.message.contains("when") == true)
  }

  @Test(
    "What kept a patrol from going on is an obstruction by itself, and a restriction beside what was observed",
    arguments: [
      (
        "On 12 March, the patrol was denied passage at a checkpoint near Orlin (12km S of Tarn).", Restriction.Kind.denied,
        "a checkpoint near Orlin"
      ),
      ("On 12 March, an SMM mini-UAV experienced GPS signal interference over areas near Orlin.", .jammed, "Orlin"),
    ])
  func restrictions(text: String, kind: Restriction.Kind, place: String) throws {
    let reading = Self.read(text)
    #expect(reading.observations.count == 1, "\(reading)")
    let one = try #require(reading.observations.first?.observation)
    #expect(one.what == .obstruction && one.restrictions.map(\.kind) == [kind])
    #expect(one.placeText == place)
    let met = Self.read("On 12 March, the patrol in Orlin was denied passage at a checkpoint and heard 3 explosions.").observations
    #expect(met.map(\.observation.what) == [.explosion] && met.first?.observation.restrictions.map(\.kind) == [.denied])
  }

  @Test(
    "What others said, what was not heard, sums over regions and what nobody is said to have observed are no observations",
    arguments: [
      "On 12 March, a resident of Orlin told the SMM that she had heard three explosions.",
      "On 12 March, the patrol in Orlin did not hear any explosions.",
      "On 12 March, three explosions shook Orlin.",
      "In Orlin region, the SMM recorded more ceasefire violations on 12 March, including about 90 explosions.",
      "On 12 March, the patrol in Orlin saw three houses 2 km N of its position.",
    ])
  func none(text: String) {
    #expect(Self.read(text).observations.isEmpty, "\(Self.read(text).observations.map { Self.line($0.observation) })")
  }

  @Test("Reading again gives the same ids; no two observations share one; random bytes do no harm")
  func again() {
    let text =
      "On 12 March, the camera in Orlin recorded 3 explosions and 2 bursts 2km N. The camera also recorded 3 explosions and 2 bursts 2km N."
    let first = Self.read(text)
    #expect(first.observations == Self.read(text).observations)
    #expect(Set(first.observations.map(\.observation.id)).count == 4)
    var state: UInt64 = 11
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33)
    }
    let words =
      text.split(separator: " ").map(String.init) + [
        "(", ")", "-", "and", "at least", "km", "ENE", "\u{2013}", "of", "from", "é", ";", "one hundred and",
      ]
    for _ in 0..<500 { _ = Self.read((0..<30).map { _ in words[next() % words.count] }.joined(separator: next() % 5 == 0 ? "" : " ")) }
  }
}
