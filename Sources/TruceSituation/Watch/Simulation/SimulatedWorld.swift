// A simulated contact line: posts, cameras and drones, what truly happened, and what each observer wrote down by his own clock.
internal import Foundation
internal import TruceModel

/// Something that truly happened on the simulated line.
struct SimulatedIncident {
  var start: Instant
  var seconds: Double
  var km: Double
  var what: Observation.What
  var assessment: Observation.Assessment?
  var rounds: Int
}

/// One who watches: where, how far, with which clock, and when he truly did not.
struct SimulatedObserver {
  var post: PostID?
  var name: String
  var means: Means
  var km: Double
  var reachKm: Double
  var stretch: LineStretch
  var schedule: Schedule?
  /// Milliseconds by which his clock is fast.
  var fast: Int64
  /// When nobody watched.
  var away: [Range<Instant>]
  /// When his link carried nothing.
  var dark: [Range<Instant>]
}

/// A world: the truth, and the records that were made of it.
struct SimulatedWorld {
  static let line: PlaceID = "contact-line"
  static let lengthKm = 180.0
  static let days = 16
  static let posts = 27
  static let cameras = 10
  static let drones = 5
  static let start = Instant(seconds: 1_605_830_400)  // 2020-11-20T00:00Z

  var observers: [SimulatedObserver] = []
  var incidents: [SimulatedIncident] = []
  var openings: [PostChange] = []
  var checkIns: [(observer: Int, at: Instant, record: CheckIn)] = []
  var observations: [(observer: Int, at: Instant, record: Observation)] = []
  /// The true incident of each observation.
  var truth: [EntryID: Int] = [:]

  var end: Instant { SimulatedWorld.start.adding(seconds: Int64(SimulatedWorld.days) * 86_400) }

  init(random: inout SimulationRandom) {
    for i in 0..<SimulatedWorld.posts { addPost(i, of: SimulatedWorld.posts, means: .heard, reach: 7, half: 5.5, random: &random) }
    for i in 0..<SimulatedWorld.cameras { addPost(i, of: SimulatedWorld.cameras, means: .camera, reach: 4, half: 3.5, random: &random) }
    for i in 0..<SimulatedWorld.drones { addDrone(i, random: &random) }
    addIncidents(random: &random)
    for i in observers.indices { addRecords(of: i, random: &random) }
  }

  private mutating func addPost(_ i: Int, of count: Int, means: Means, reach: Double, half: Double, random: inout SimulationRandom) {
    let km = (Double(i) + 0.5) * SimulatedWorld.lengthKm / Double(count)
    let post = PostID((means == .camera ? "camera-" : "post-") + String(i + 1))
    let zone = Zone(["Asia/Baku", "Europe/Moscow", "UTC"][i % 3]) ?? .utc
    let schedule: Schedule?
    if i.isMultiple(of: 4) {
      schedule = Schedule(.times([0, 6, 12, 18].compactMap { TimeOfDay(hour: $0, minute: 30) }), zone: zone, graceSeconds: 600)
    } else {
      schedule = Schedule(.every(minutes: [120, 180, 240][i % 3]), zone: zone, graceSeconds: 300)
    }
    // Clocks are wrong by minutes, by hours, one in twenty by a year; and by some seconds that nobody puts right.
    var fast = Int64(random.chance(0.3) ? random.whole(-12...12) * 60 : random.chance(0.3) ? random.whole(-40...40) : 0) * 60_000
    if random.chance(0.05) { fast -= 365 * 86_400_000 }
    fast += Int64(random.real(-20_000...20_000))
    var away: [Range<Instant>] = []
    for _ in 0..<random.whole(0...6) {
      let from = SimulatedWorld.start.adding(seconds: Int64(random.whole(0...SimulatedWorld.days * 86_400)))
      away.append(from..<from.adding(seconds: Int64(random.whole(4...30) * 3600)))
    }
    // Every fifth loses its link for fourteen days.
    let from = SimulatedWorld.start.adding(seconds: Int64(random.whole(3_600...86_400)))
    let dark = i % 5 == 2 ? [from..<from.adding(seconds: 14 * 86_400)] : []
    let stretch = LineStretch(SimulatedWorld.line, fromKm: max(0, km - half), toKm: min(SimulatedWorld.lengthKm, km + half))
    openings.append(
      PostChange(
        id: EntryID("open-\(post)"), post: post, act: .opened, at: SimulatedWorld.start, source: "mission", stretches: [stretch],
        standsAtKm: km, means: [means], schedule: schedule))
    observers.append(
      SimulatedObserver(
        post: post, name: means == .camera ? "camera" : "patrol", means: means, km: km, reachKm: reach, stretch: stretch,
        schedule: schedule,
        fast: fast, away: away, dark: dark))
  }

  private mutating func addDrone(_ i: Int, random: inout SimulationRandom) {
    let km = random.real(10...(SimulatedWorld.lengthKm - 10))
    // It flies two hours a night; the rest of the time it is away.
    var away: [Range<Instant>] = []
    var at = SimulatedWorld.start
    for day in 0..<SimulatedWorld.days {
      let from = SimulatedWorld.start.adding(seconds: Int64(day * 86_400 + random.whole(15 * 3600...22 * 3600)))
      away.append(at..<from)
      at = from.adding(seconds: 7200)
    }
    away.append(at..<Instant.distantFuture)
    observers.append(
      SimulatedObserver(
        post: nil, name: "drone \(i + 1)", means: .drone, km: km, reachKm: 10,
        stretch: LineStretch(SimulatedWorld.line, fromKm: max(0, km - 10), toKm: min(SimulatedWorld.lengthKm, km + 10)), schedule: nil,
        fast: Int64(random.real(-5_000...5_000)), away: away, dark: []))
  }

  private mutating func addIncidents(random: inout SimulationRandom) {
    let hot = (0..<6).map { _ in random.real(5...(SimulatedWorld.lengthKm - 5)) }
    for day in 0..<SimulatedWorld.days {
      let nights = random.whole(40...90)
      for i in 0..<(nights + random.whole(5...25)) {
        // Nights in the case's zone run from 14:00 to 02:00 UTC.
        let second = i < nights ? random.whole(14 * 3600...26 * 3600 - 1) : random.whole(2 * 3600...14 * 3600 - 1)
        let km = random.chance(0.6) ? hot[random.whole(0...5)] + random.normal(1) : random.real(0...SimulatedWorld.lengthKm)
        var incident = SimulatedIncident(
          start: SimulatedWorld.start.adding(milliseconds: Int64(day) * 86_400_000 + Int64(second) * 1000 + Int64(random.whole(0...999))),
          seconds: min(1200, -240 * log(random.real(0.001...1))), km: min(SimulatedWorld.lengthKm, max(0, km)),
          what: [.explosion, .explosion, .burst, .burst, .shot, .flare][random.whole(0...5)], assessment: nil,
          rounds: random.chance(0.7) ? random.whole(1...10) : random.whole(11...90))
        if incident.what == .explosion { incident.assessment = random.chance(0.5) ? .impact : .outgoing }
        incidents.append(incident)
        // Fire is answered: another soon after and near by.
        if random.chance(0.35) {
          incident.start = incident.start.adding(seconds: Int64(incident.seconds) + Int64(random.whole(120...1500)))
          incident.km = min(SimulatedWorld.lengthKm, max(0, incident.km + random.normal(1.5)))
          incident.rounds = random.whole(1...20)
          incidents.append(incident)
        }
      }
    }
    let end = end
    incidents.removeAll { $0.start >= end }
    incidents.sort { ($0.start, $0.km) < ($1.start, $1.km) }
  }

  private mutating func addRecords(of index: Int, random: inout SimulationRandom) {
    let observer = observers[index]
    let key = observer.post?.rawValue ?? observer.name
    func clock(_ moment: Instant) -> Instant { moment.adding(milliseconds: observer.fast) }
    func isAway(_ moment: Instant) -> Bool { observer.away.contains { $0.contains(moment) } }
    var made: [(at: Instant, checkIn: CheckIn?, observation: (Observation, Int)?)] = []
    if let post = observer.post, let schedule = observer.schedule {
      for due in schedule.dues(after: SimulatedWorld.start, through: end, anchor: SimulatedWorld.start) {
        let at = due.adding(seconds: -Int64(random.whole(0...240)))
        if isAway(at) { continue }
        var checkIn = CheckIn(id: EntryID("\(key)-in-\(due.milliseconds / 1000)"), post: post, at: clock(at))
        if random.chance(0.1) {
          let from = random.real(observer.stretch.fromKm...observer.stretch.toKm)
          checkIn.restrictions = [
            Restriction(
              [.denied, .jammed, .dark, .weather][random.whole(0...3)],
              stretch: LineStretch(SimulatedWorld.line, fromKm: from, toKm: observer.stretch.toKm))
          ]
        }
        made.append((at, checkIn, nil))
      }
    }
    for (i, incident) in incidents.enumerated() {
      let distance = abs(incident.km - observer.km)
      guard distance <= observer.reachKm, !isAway(incident.start), random.chance(0.9 - 0.4 * distance / observer.reachKm) else { continue }
      let observation = observe(incident, by: observer, id: EntryID("\(key)-saw-\(i)"), random: &random)
      made.append((incident.start.adding(seconds: Int64(incident.seconds) + 30), nil, (observation, i)))
    }
    made.sort { $0.at < $1.at }
    for (number, item) in made.enumerated() {
      let sending = Sending(sent: clock(item.at), number: observer.post == nil ? nil : number + 1)
      if var checkIn = item.checkIn {
        checkIn.sending = sending
        checkIns.append((index, item.at, checkIn))
      }
      if let (made, incident) = item.observation {
        var observation = made
        observation.sending = sending
        observations.append((index, item.at, observation))
        truth[observation.id] = incident
      }
    }
  }

  private func observe(
    _ incident: SimulatedIncident, by observer: SimulatedObserver, id: EntryID, random: inout SimulationRandom
  ) -> Observation {
    let isHuman = observer.means == .heard
    // People write to the minute and notice late; cameras and drones write to the second.
    let late = isHuman ? random.real(0...45) : random.real(0...3)
    func noted(_ second: Double) -> Instant {
      let exact = incident.start.milliseconds + Int64(second * 1000) + observer.fast
      let grain: Int64 = isHuman ? 60_000 : 1000
      return Instant(milliseconds: Int64((Double(exact) / Double(grain)).rounded()) * grain)
    }
    let from = noted(min(late, incident.seconds))
    let until = max(from, noted(incident.seconds))
    let error = random.normal(isHuman ? 0.4 : 0.15)
    let half = isHuman ? 1.0 : 0.4
    let stretch = LineStretch(
      SimulatedWorld.line, fromKm: max(0, incident.km + error - half),
      toKm: min(SimulatedWorld.lengthKm, max(0, incident.km + error + half)))
    var what = incident.what
    if !isHuman, what != .flare, random.chance(0.3) { what = what == .explosion && random.chance(0.5) ? .projectile : .muzzleFlash }
    var assessment: Observation.Assessment?
    if what == .explosion { assessment = random.chance(0.5) ? incident.assessment : .undetermined }
    var count = Count(incident.rounds)
    if incident.rounds > 10, isHuman || random.chance(0.3) {
      count = Count(about: max(5, Int((Double(incident.rounds) * random.real(0.9...1.1) / 5).rounded()) * 5))
    }
    return Observation(
      id: id, post: observer.post, observer: observer.name, means: [observer.means], what: what, assessment: assessment, count: count,
      from: from,
      until: until, stretch: stretch)
  }
}
