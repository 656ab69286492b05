// Tables of observations, zones' events, and the kilometres of a sector.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct WatchImportTests {
  static let header =
    "report,observer_position,position_control,position_ref,event_bearing,distance_km,start,end,means,count,observation,description,weapon\n"

  func load(_ rows: String) -> ObservationImport {
    importObservations(csv: Array((WatchImportTests.header + rows).utf8), file: "rows.csv", zone: Zone("Europe/Kyiv")!)
  }

  @Test("A camera's night is a window from evening to morning with sector, about-count and direction of travel")
  func camera() throws {
    let result = load(
      "r1,camera at the mast,,12km N of town,SSE; S,1-4.5,2019-03-04 night,2019-03-05 night,camera,~30,recorded,projectile in flight (mostly E-W),n/k\n"
    )
    #expect(result.findings.isEmpty)
    let one = try #require(result.observations.first)
    #expect(one.from == Instant("2019-03-04T20:00:00+02:00") && one.until == Instant("2019-03-05T06:00:00+02:00"))
    #expect(one.count == Count(about: 30) && one.what == .projectile && one.means == [.camera] && one.weapon == nil)
    #expect(one.sector?.distanceMetres == 1000...4500)
    #expect(one.sector?.bearings == [.init(from: 146.25, to: 168.75), .init(from: 157.5, to: 202.5)])
    #expect(one.travel == Observation.Travel(from: 90, to: 270))
    #expect(one.window == "2019-03-04 night to 2019-03-05 night")
  }

  @Test("Several things in one row are several observations, and times of day are local")
  func several() {
    let result = load(
      "r1,station,,,N to NW,3,2019-07-07T08:40,2019-07-07T12:30,patrol,26,heard and in some cases saw,3 incoming; 4 outgoing; 19 undetermined,mortar\n"
    )
    #expect(result.findings.isEmpty)
    #expect(result.observations.map(\.assessment) == [.incoming, .outgoing, .undetermined])
    #expect(result.observations.map(\.count) == [Count(3), Count(4), Count(19)])
    #expect(result.observations[0].from == Instant("2019-07-07T08:40:00+03:00"))
    #expect(result.observations[0].means == [.saw, .heard])
    #expect(result.observations[0].sector?.bearings == [.init(from: 292.5, to: 22.5)])
  }

  @Test("Importing again gives the same ids, two rows alike two different ones")
  func ids() {
    let row = "r,\"a \"\"b\"\", c\",,,,,2019-03-04,2019-03-04,patrol,7,heard,burst,HMG\r\n"
    let (first, second) = (load(row + row), load(row + row))
    #expect(first.observations == second.observations)
    #expect(Set(first.observations.map(\.id)).count == 2)
    #expect(first.observations[0].observer == "a \"b\", c")
  }

  @Test("What is wrong is told with line and field, and the other rows are read")
  func findings() {
    let result = load(
      """
      r,here,,,,,2019-13-04,,patrol,7,heard,burst,
      r,here,,,,,2019-03-04,,patrol,many,heard,burst,
      r,here,,,,,2019-03-04,,patrol,7,heard,noise,
      r,here,,,up,far,2019-03-04,,patrol,7,heard,burst,
      r,here,,,,,2019-03-04,,patrol,9,heard,3 incoming; 4 outgoing,
      r,here

      """)
    #expect(
      result.findings.map { "\($0.line!) \($0.field ?? "-")" }.prefix(6) == [
        "2 start", "3 count", "4 description", "5 event_bearing", "5 distance_km", "6 description",
      ])
    #expect(result.findings.allSatisfy { $0.file == "rows.csv" })
    #expect(result.observations.count == 3)
    #expect(
      importObservations(csv: Array("a,b\n1,2\n".utf8), file: "x", zone: .utc).findings.map(\.field) == [
        "observer_position", "start", "count", "description",
      ])
  }

  @Test("A track's words change at one bound and back at another, and a late fix revises them")
  func zones() {
    func fix(_ at: Double, _ depth: Double) -> ZoneFix {
      ZoneFix(id: EntryID("f\(at)"), track: "t", zone: "z", at: minute(at), depthMetres: depth, accuracyMetres: 100)
    }
    let fixes = [fix(0, 500), fix(1, 80), fix(2, 130), fix(3, 90), fix(4, 160), fix(5, -400)]
    #expect(zoneEvents(fixes).map(\.word) == [.inside, .tooClose, .inside, .outside])
    #expect(zoneEvents(fixes).map(\.at) == [minute(0), minute(1), minute(4), minute(5)])
    #expect(zoneEvents(fixes.shuffled() + [fix(0.5, -200)]).map(\.word) == [.inside, .outside, .tooClose, .inside, .outside])
    #expect(zoneEvents(fixes + fixes) == zoneEvents(fixes))
  }

  @Test("A position's depth in a corridor says inside, outside or too close exactly where the corridor itself does")
  func depths() throws {
    var file = try Case.load(folder: URL(filePath: #filePath).deletingLastPathComponent().path + "/../../Cases/karabakh-2020")
    // The built-in road is drawn too roughly for anything to be surely inside.
    let place = try #require(file.places.firstIndex { $0.id == "lachin-corridor" })
    for index in file.places[place].definitions.indices { file.places[place].definitions[index].accuracyMetres = 300 }
    let zones = WatchZones(file)
    #expect(zones.ids.contains("lachin-corridor"))
    let corridor = try #require(try Atlas(file).corridor("lachin-corridor", on: minute(0)))
    var chance = Seeded(state: 7)
    let observations = (0..<1000).map { number in
      Observation(
        id: EntryID("\(number)"), observer: "radar", means: [.radar], what: .movement, from: minute(0),
        position: MeasuredPosition(
          longitude: .random(in: 46.3...46.8, using: &chance), latitude: .random(in: 39.5...39.9, using: &chance),
          accuracyMetres: .random(in: 0...800, using: &chance)))
    }
    var entries = Entries()
    for observation in observations { entries.add(observation, at: minute(0)) }
    let fixes = entries.watch.zoneFixes(of: observations.map(\.id), in: zones).filter { $0.zone == "lachin-corridor" }
    #expect(fixes.count == observations.count)
    var words: Set<Containment> = []
    for (observation, fix) in zip(observations, fixes) {
      let position = Position(longitude: observation.position!.longitude, latitude: observation.position!.latitude)
      let word = corridor.contains(position, accuracyMetres: observation.position!.accuracyMetres)
      words.insert(word)
      // Within a metre of a bound rounding decides.
      if abs(abs(fix.depthMetres) - fix.accuracyMetres) < 2 { continue }
      let said: Containment =
        fix.depthMetres > fix.accuracyMetres ? .inside : fix.depthMetres < -fix.accuracyMetres ? .outside : .tooCloseToTell
      #expect(said == word, "\(position) within \(observation.position!.accuracyMetres) m")
    }
    #expect(words.count == 3)
  }

  @Test("A track's positions come by table, each with how far it may be wrong")
  func trackTable() throws {
    let header = "observer_position,start,count,description,means,track,latitude,longitude,accuracy_m\n"
    let rows = "radar hill,2019-07-07T08:40,1,drone,radar,d-7,39.6,46.5,150\nradar hill,2019-07-07T08:41,1,drone,radar,d-7,39.6,46.6,\n"
    let result = importObservations(csv: Array((header + rows).utf8), file: "tracks.csv", zone: Zone("Europe/Kyiv")!)
    let one = try #require(result.observations.first)
    #expect(one.track == "d-7" && one.position == MeasuredPosition(longitude: 46.5, latitude: 39.6, accuracyMetres: 150))
    #expect(result.observations.count == 1 && result.findings.map(\.field) == ["latitude"])
    #expect(try Observation(json: one.json) == one)
  }

  @Test("A sector crosses the line between the kilometres that it looks at")
  func sector() throws {
    // A line due north along a meridian; the observer stands ten kilometres east of its fiftieth kilometre.
    let line = try MeasuredLine([Position(longitude: 46, latitude: 39), Position(longitude: 46, latitude: 40)])
    let degree = 111.0
    let observer = Position(longitude: 46 + 10 / (degree * 0.7716), latitude: 39 + 50 / degree)
    let west = ObservedSector(bearings: [.init(from: 258.75, to: 281.25)], distanceMetres: 8_000...12_000)
    let stretch = try #require(west.stretch(of: line, id: contactLine, from: observer))
    #expect(abs(stretch.fromKm - 48) < 0.7 && abs(stretch.toKm - 52) < 0.7)
    #expect(
      ObservedSector(bearings: [.init(from: 45, to: 135)], distanceMetres: 0...20_000).stretch(of: line, id: contactLine, from: observer)
        == nil)
  }
}
