// Fusing: what is one and what is not, with reasons, rulings and intervals; and the simulator's share of seeds.
import Testing
import TruceModel
import TruceSituation

@Suite struct WatchFusionTests {
  func sighting(
    _ id: String, _ observer: String, _ what: Observation.What = .explosion, at: Double, lasting minutes: Double = 1,
    km: ClosedRange<Double> = 10...12,
    count: Count = Count(3), assessment: Observation.Assessment? = nil
  ) -> Sighting {
    Sighting(
      id: EntryID(id), observer: observer, means: [.heard], what: what, assessment: assessment, count: count,
      window: minute(at)..<minute(at + minutes),
      stretch: LineStretch(contactLine, fromKm: km.lowerBound, toKm: km.upperBound))
  }

  @Test("The same fire heard by a patrol and seen by a camera is one incident, with the reason")
  func one() throws {
    let report = fuse([
      sighting("a", "patrol", at: 0, count: Count(about: 6)),
      sighting("b", "camera", .muzzleFlash, at: 0.5, km: 11...11.5, count: Count(5)),
    ])
    let incident = try #require(report.incidents.first)
    #expect(report.incidents.count == 1)
    #expect(incident.members == ["a", "b"] && incident.what == .explosion && incident.count == Count(5))
    #expect(incident.stretch == LineStretch(contactLine, fromKm: 11, toKm: 11.5))
    #expect(
      incident.merges.map(\.reason) == [
        "windows overlap by 30 s, stretches overlap by 0.5 km, explosion and muzzle-flash, counts about 4 to 8 and 5"
      ])
    #expect(report.count().description == "1, counted by truce-1")
  }

  @Test("One observer's two records, other kinds, other times and other kilometres are other incidents")
  func apart() {
    let first = sighting("a", "p", at: 0)
    for other in [
      sighting("b", "p", at: 0.5), sighting("b", "q", .flare, at: 0), sighting("b", "q", at: 20), sighting("b", "q", at: 0, km: 20...22),
    ] {
      #expect(fuse([first, other]).incidents.count == 2)
    }
    #expect(fuse([sighting("a", "p", at: 0, assessment: .impact), sighting("b", "q", at: 0, assessment: .outgoing)]).incidents.count == 2)
  }

  @Test("What joins only in doubt widens the count")
  func doubt() {
    let count = fuse([sighting("a", "p", at: 0), sighting("b", "q", at: 2.6, count: Count(9))]).count()
    #expect(count.number == 1 && count.minimum == 1 && count.maximum == 2)
    let apart = fuse([sighting("a", "p", at: 0), sighting("b", "q", at: 3.2)]).count()
    #expect(apart.number == 2 && apart.minimum == 1 && apart.maximum == 2)
  }

  @Test("A person merges and splits, and takes a ruling back")
  func rulings() {
    var entries = Entries()
    func observe(_ id: String, _ post: PostID, _ at: Double) -> Observation {
      Observation(
        id: EntryID(id), post: post, observer: "patrol", means: [.heard], what: .explosion, from: minute(at),
        stretch: LineStretch(contactLine, fromKm: 1, toKm: 2))
    }
    entries.add(observe("a", "p", 0), at: minute(1))
    entries.add(observe("b", "q", 0.2), at: minute(1))
    entries.add(observe("c", "r", 90), at: minute(91))
    func clusters() -> [[EntryID]] { entries.watch.incidents().incidents.map(\.members) }
    #expect(clusters() == [["a", "b"], ["c"]])
    entries.add(Draft(id: "s", kind: .ruling, content: ["by": "Anna", "act": "split", "observations": ["a", "b"]]), at: minute(100))
    #expect(clusters() == [["a"], ["b"], ["c"]])
    entries.add(
      Draft(id: "m", kind: .ruling, content: ["by": "Anna", "act": "merge", "observations": ["b", "c"], "reason": "clock"]), at: minute(101)
    )
    #expect(Set(clusters()) == [["a"], ["b", "c"]])
    #expect(entries.watch.incidents().incidents.last?.merges.first?.reason == "Anna ruled that they are one: clock")
    entries.add(Draft(id: "t", kind: .ruling, content: ["by": "Boris", "act": "retract", "ruling": "s"]), at: minute(102))
    entries.add(Draft(id: "u", kind: .ruling, content: ["by": "Boris", "act": "retract", "ruling": "m"]), at: minute(103))
    #expect(clusters() == [["a", "b"], ["c"]])
    entries.add(Draft(id: "x", kind: .ruling, content: ["by": "Boris", "act": "retract", "observations": ["c"]]), at: minute(104))
    #expect(clusters() == [["a", "b"]])
  }

  @Test("A vague report over a night tells of the night's incidents and is no further one")
  func vague() {
    let night = sighting("v", "mission", at: -60, lasting: 600, count: Count(3))
    let report = fuse([sighting("a", "p", at: 0), sighting("b", "q", at: 40), night])
    let count = report.count()
    #expect(count.number == 2 && count.minimum == 2 && count.maximum == 3)
    #expect(report.incidents.first { $0.isSummary }?.tellsOf.count == 2)
    #expect(fuse([night]).count().number == 3)
  }

  @Test("Each kind has its own number with its interval, and what is said to be at least so many leaves the most open")
  func kinds() throws {
    var burst = sighting("b", "q", at: 40)
    burst.what = .burst
    burst.count = Count(3, Count.limit)
    // Ten minutes long and joined in doubt, so that there can be one or two.
    let report = fuse([sighting("a", "p", at: 0), sighting("c", "q", at: 3.5, count: Count(9)), burst])
    let kinds = report.kinds()
    #expect(kinds.map(\.what).contains(.burst) && kinds.reduce(0) { $0 + $1.count.number } == report.count().number)
    #expect(kinds.reduce(0) { $0 + $1.count.maximum } == report.count().maximum)
    #expect("\(try #require(kinds.first { $0.what == .burst }).things)" == "at least 3")
    #expect(kinds.allSatisfy { $0.count.rules == "truce-1" && $0.count.minimum <= $0.count.number && $0.count.number <= $0.count.maximum })
    let night = sighting("v", "mission", at: -60, lasting: 600, count: Count(3, Count.limit))
    #expect(fuse([night]).count().words == "3 (1 to 3 or more)")
  }

  @Test("A claim of hostilities is a sighting by its origin; denials and plans are none")
  func claims() {
    var claim = Claim(
      report: "r", type: .ceasefireViolation, act: "violation", span: ByteSpan(0, 10), frame: "f",
      places: [PlaceMention("Lachin", place: "lachin")],
      when: When("2020-11-20", zone: .utc))
    #expect(Sighting(claim, origin: "mod-az")?.place == "lachin")
    claim.modality = .denied
    #expect(Sighting(claim, origin: "mod-az") == nil)
  }

  @Test("The order of sightings makes no difference", arguments: 1...10)
  func order(_ seed: Int) {
    var random = Seeded(state: UInt64(seed))
    let sightings = (0..<60).map { i in
      sighting(
        "s\(i)", "o\(i % 7)", at: Double.random(in: 0...60, using: &random),
        km: { $0...($0 + 2) }(Double.random(in: 0...20, using: &random)))
    }
    #expect(fuse(sightings.shuffled(using: &random)) == fuse(sightings))
  }
}

@Suite struct WatchSimulatorTests {
  @Test(
    "Worlds behind a broken link come to the digest of punctual delivery, nothing lost and nothing doubled; counting keeps to the truth")
  func worlds() {
    let report = simulate(seed: 1, count: 1)
    #expect(report.diverged.isEmpty, "\(report.text)")
    #expect(report.lost == 0 && report.doubled == 0)
    #expect(report.rules.f1 >= 0.95 && abs(report.rules.totalError) <= 0.02)
    #expect(report.rules.f1 > report.window1.f1 && report.rules.f1 > report.window5.f1)
  }
}
