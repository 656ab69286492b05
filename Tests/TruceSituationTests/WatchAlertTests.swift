// Alerts: one for each missed check-in at its due second, through restarts; links, grouping, escalation, hand-over.
import Foundation
import Testing
import TruceModel
import TruceSituation

/// A server at its work: entries come in by time, it wakes when the machine says, and may be started anew at any moment.
struct Server {
  var watch = WatchIndex()
  var machine: AlertMachine
  var stored: [Entry] = []
  var messages: [AlertMessage] = []
  var now = minute(0)

  init(_ machine: AlertMachine = AlertMachine()) { self.machine = machine }

  mutating func receive(_ entry: Entry) {
    var entry = entry
    entry.sequence = UInt64(stored.count)
    stored.append(entry)
    watch.add(entry)
  }

  mutating func step(_ conditions: [AlertCondition] = []) {
    let step = machine.step(watch, conditions: conditions, now: now)
    for change in step.changes {
      // The ledger keeps one entry for an id.
      guard !stored.contains(where: { $0.id == change.id }) else { continue }
      let draft = change.draft
      receive(
        Entry(sequence: 0, recorded: now, id: draft.id, kind: .alert, key: draft.key, content: try! JSON(parsing: draft.content.canonical)))
    }
    messages += step.messages
  }

  mutating func restart() {
    machine = AlertMachine(settings: machine.settings, roster: machine.roster)
    watch = stored.reduce(into: WatchIndex()) { $0.add($1) }
  }

  /// Runs until a moment; entries are received at their own time.
  mutating func run(_ incoming: [Entry], until end: Instant, restarts: Set<Instant> = []) {
    var rest = incoming.sorted { $0.recorded < $1.recorded }[...]
    var restarts = restarts.sorted()[...]
    while true {
      let wake = min(
        machine.nextDeadline(watch, now: now) ?? .distantFuture, rest.first?.recorded ?? .distantFuture, restarts.first ?? .distantFuture)
      guard wake <= end else { break }
      now = max(now, wake)
      if let restart = restarts.first, restart <= now {
        restarts.removeFirst()
        self.restart()
      }
      while let entry = rest.first, entry.recorded <= now {
        receive(entry)
        rest.removeFirst()
      }
      step()
    }
    now = max(now, end)
  }

  func opened(_ rule: String) -> [AlertChange] {
    watch.alerts.states.values.map(\.opened).filter { $0.rule == rule }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }
}

@Suite struct WatchAlertTests {
  @Test(
    "Each missed check-in raises exactly one alert at its due second, in any zone, over changes of clock and restarts", arguments: 1...24)
  func missed(_ seed: Int) throws {
    var random = Seeded(state: UInt64(seed))
    let zoneName = ["Asia/Baku", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"][seed % 5]
    let zone = try #require(Zone(zoneName))
    let start = Instant(["2020-10-24T00:00:00Z", "2020-10-31T00:00:00Z", "2021-03-27T00:00:00Z", "2020-10-03T00:00:00Z"][seed % 4])!
    let grace = [0, 60, 300][Int.random(in: 0...2, using: &random)]
    let times = Set((0..<Int.random(in: 1...5, using: &random)).map { _ in Int.random(in: 0..<1440, using: &random) }).sorted()
    let every = Int.random(in: 31...400, using: &random)
    let isEvery = seed % 3 == 0
    let schedule = try #require(
      Schedule(
        isEvery ? .every(minutes: every) : .times(times.map { TimeOfDay(hour: $0 / 60, minute: $0 % 60)! }), zone: zone, graceSeconds: grace
      ))
    var entries = Entries()
    entries.add(PostChange(id: "o", post: "p", act: .opened, at: start, source: "mission", schedule: schedule), at: start)
    let end = start.adding(seconds: 4 * 86_400)
    // The dues by Foundation's calendar, minute by minute.
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zoneName))
    var dues: [Instant] = []
    var seen: Set<String> = []
    for step in 0..<(5 * 1440) {
      let at = start.adding(seconds: Int64(step - 1440) * 60)
      if isEvery {
        if step > 1440, (step - 1440) % every == 0 { dues.append(at) }
        continue
      }
      let parts = calendar.dateComponents(
        [.month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(at.milliseconds) / 1000))
      var isDue = false
      for time in times where parts.hour! * 60 + parts.minute! >= time {
        if seen.insert("\(parts.month!)-\(parts.day!) \(time)").inserted { isDue = true }
      }
      if isDue, at > start { dues.append(at) }
    }
    // About half of them are met, at the deadline's very millisecond or before it; the others are missed.
    var expected: [Instant] = []
    for due in dues {
      let deadline = due.adding(seconds: Int64(grace))
      guard deadline < end else { continue }
      if Bool.random(using: &random) {
        entries.add(CheckIn(id: EntryID("c\(due)"), post: "p", at: due), at: deadline)
      } else {
        expected.append(deadline)
      }
    }
    var server = Server()
    server.now = start
    let restarts = Set(
      (0..<6).map { _ in start.adding(milliseconds: Int64.random(in: 0..<345_600_000, using: &random)) } + expected.prefix(2))
    server.run(entries.all, until: end, restarts: restarts)
    let opened = server.opened("missed-check-in")
    #expect(opened.map { $0.due! } == expected, "seed \(seed)")
    #expect(opened.allSatisfy { $0.at > $0.due! && $0.at <= $0.due!.adding(seconds: 1) })
  }

  @Test("One broken link raises one alert that speaks for its twenty posts")
  func link() {
    var entries = Entries()
    for post in 0..<20 { entries.open(PostID("p\(post)"), every: 60, link: "mast") }
    entries.open("q", every: 60)
    for post in 0..<20 { entries.checkIn(PostID("p\(post)"), 50) }
    for at in [50.0, 110, 170] { entries.checkIn("q", at) }
    entries.checkIn("p3", 175)
    var server = Server()
    server.run(entries.all, until: minute(174), restarts: [minute(130)])
    #expect(server.opened("link-down").count == 1)
    #expect(server.opened("missed-check-in").count == 20)
    #expect(server.messages.filter { !$0.isRepeated }.flatMap(\.alerts).count == 1)
    server.run(Array(entries.all.suffix(1)), until: minute(176))
    #expect(server.watch.alerts.states.values.filter { $0.opened.rule == "link-down" }.allSatisfy { $0.word(at: server.now) == .resolved })
  }

  @Test("Ten thousand alerts at once leave in at most ten messages, and none is left out")
  func flood() {
    let conditions = (0..<10_000).map { i in
      AlertCondition(
        rule: "rule-\(i % 40)", subject: "s\(i)", due: minute(0), severity: i % 40 == 7 ? .severe : .minor, message: "m\(i)",
        isLasting: false)
    }
    let machine = AlertMachine()
    var copy = machine
    let step = copy.step(WatchIndex(), conditions: conditions, now: minute(1))
    #expect(step.messages.count == 10)
    #expect(step.messages.flatMap(\.alerts).sorted() == conditions.map(\.alert).sorted())
    #expect(step.messages[0].severity == .severe)
    #expect(step.messages.allSatisfy { $0.lines.count <= AlertMachine.linesOfMessage + 1 })
    // What comes within the same minute waits for the next.
    var server = Server()
    server.now = minute(1)
    server.step(Array(conditions.prefix(400)))
    server.now = server.now.adding(seconds: 5)
    server.step(Array(conditions.prefix(500)))
    #expect(server.messages.count == 10)
    let next = server.machine.nextDeadline(server.watch, now: server.now)
    #expect(next == minute(2))
    server.now = minute(2)
    server.step(Array(conditions.prefix(500)))
    #expect(Set(server.messages.flatMap(\.alerts)).count == 500)
  }

  @Test("An alert is repeated until it is acknowledged by name, goes up the roster, and sleeps while silenced")
  func escalation() {
    var settings = AlertMachine.Settings()
    settings.repeatSeconds = 600
    settings.escalateSeconds = 1500
    let roster = Roster([Roster.Shift(from: minute(-1000), until: minute(100_000), levels: [["Anna"], ["Boris"], ["Chief"]])])
    var entries = Entries()
    entries.open("p", every: 60)
    var server = Server(AlertMachine(settings: settings, roster: roster))
    server.run(entries.all, until: minute(86), restarts: [minute(75)])
    let first = server.opened("missed-check-in")[0].alerts[0]
    #expect(server.messages.map(\.to) == [["Anna"], ["Anna"], ["Anna"], ["Anna", "Boris"]])
    #expect(server.messages.map(\.isRepeated) == [false, true, true, true])
    let acknowledged = AlertChange.acknowledge(first, by: "Anna", at: minute(87)).draft
    server.now = minute(87)
    server.receive(Entry(sequence: 0, recorded: minute(87), id: acknowledged.id, kind: .alert, key: "", content: acknowledged.content))
    server.run([], until: minute(119))
    #expect(server.messages.count == 4)
    #expect(server.watch.alerts.states[first]!.word(at: server.now) == .acknowledged)
    server.run([], until: minute(120.5))
    #expect(server.messages.count == 5)
    let second = server.opened("missed-check-in")[1].alerts[0]
    let silenced = AlertChange.silence(second, until: minute(165), by: "Anna", at: minute(121)).draft
    server.receive(Entry(sequence: 0, recorded: minute(121), id: silenced.id, kind: .alert, key: "", content: silenced.content))
    server.run([], until: minute(164))
    #expect(server.messages.count == 5)
    server.run([], until: minute(166))
    #expect(server.messages.count == 6)
  }

  @Test("What is entered afterwards does not unsay an alert, and a check-in resolves it")
  func history() {
    var entries = Entries()
    entries.open("p", every: 60)
    entries.add(PostChange(id: "d", post: "p", act: .stoodDown, at: minute(30), until: minute(100), source: "mission"), at: minute(90))
    entries.checkIn("p", 62, received: 110)
    var server = Server()
    server.run(entries.all, until: minute(115), restarts: [minute(105)])
    let alerts = server.watch.alerts.alerts(Set(AlertWord.allCases), at: server.now)
    #expect(alerts.map { $0.opened.due } == [minute(60)])
    #expect(alerts[0].resolvedAt == minute(90) && alerts[0].history.last?.note == "the post is not on watch")
  }

  @Test("A shift that nobody covers warns a day ahead, once")
  func roster() {
    let roster = Roster([
      .init(from: minute(0), until: minute(3000), levels: [["Anna"]]), .init(from: minute(3600), until: minute(9000), levels: [["Boris"]]),
    ])
    var server = Server(AlertMachine(roster: roster))
    for at in stride(from: 0.0, through: 3700, by: 50) {
      server.now = minute(at)
      server.step()
    }
    let opened = server.opened("uncovered-shift")
    #expect(opened.map(\.due) == [minute(3000)])
    #expect(opened.map(\.at) == [minute(1600)])
    #expect(server.watch.alerts.unresolved.isEmpty)
  }

  @Test("A hand-over lists what is open, who is overdue and what falls due, and is signed by both")
  func handOver() throws {
    var entries = Entries()
    entries.open("p", every: 60)
    entries.open("q", every: 60)
    entries.checkIn("q", 55)
    var server = Server()
    server.run(entries.all, until: minute(70))
    let commitment = Situation.Commitment(
      id: "a/1", article: "1", title: "Hand over", kind: .achieve, who: ["ARM"], act: "hand-over", place: nil,
      deadlines: [.init(when: When("2020-11-20", zone: Zone("Asia/Baku")!), word: .by, by: "agreement")], word: "due", because: "")
    let handOver = server.watch.handOver(
      by: "Anna", to: "Boris", at: minute(70), nextWatchEnds: minute(70 + 24 * 60), commitments: [commitment])
    #expect(handOver.alerts.count == 1)
    #expect(handOver.posts.map(\.post) == ["p"])
    #expect(handOver.commitments.map(\.id) == ["a/1"])
    let (anna, boris) = (PostKey(), PostKey())
    var change = handOver.change
    try change.sign(privateKey: anna.privateKey)
    try change.sign(privateKey: boris.privateKey)
    let read = try AlertChange(json: JSON(parsing: change.json.canonical))
    #expect(read.isSigned(by: [anna.publicKey, boris.publicKey]))
    #expect(!read.isSigned(by: [boris.publicKey, anna.publicKey]))
  }

  @Test("Rules find deadlines, low coverage, counters that fell and contradictions")
  func conditions() {
    var commitment = Situation.Commitment(
      id: "a/1", article: "1", title: "Hand over", kind: .achieve, who: [], act: "hand-over", place: nil,
      deadlines: [.init(when: When("2020-11-22", zone: .utc), word: .by, by: "agreement")], word: "pending", because: "")
    #expect(AlertCondition.deadlines([commitment], now: minute(0)).map(\.rule) == ["deadline-near"])
    #expect(AlertCondition.deadlines([commitment], now: minute(-1440 * 2)).isEmpty)
    commitment.word = "overdue"
    #expect(AlertCondition.deadlines([commitment], now: minute(1440 * 9)).map(\.rule) == ["deadline-passed"])
    #expect(AlertCondition.counterFell("posts", from: 27, to: 23, at: minute(0))?.message == "posts fell from 27 to 23")
    #expect(AlertCondition.counterFell("posts", from: 23, to: 27, at: minute(0)) == nil)
    let report = WatchIndex().coverage(of: contactLine, lengthKm: 10, from: minute(0), until: minute(60))
    #expect(AlertCondition.coverage([report], below: 0.5).map(\.subject) == ["contact-line"])
    let control = Situation.Control(place: "lachin", holder: .unknown, isDisputed: true, evidence: ["c"])
    #expect(AlertCondition.contradictions([control]).map(\.subject) == ["lachin"])
  }
}
