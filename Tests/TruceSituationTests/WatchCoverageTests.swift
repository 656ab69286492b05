// How much of a line was watched: by check-ins, restrictions and visibility, against a count of small squares.
import Testing
import TruceModel

@testable import TruceSituation

@Suite struct WatchCoverageTests {
  func report(_ entries: Entries, until: Double = 240, length: Double = 20) -> CoverageReport {
    entries.watch.coverage(of: contactLine, lengthKm: length, from: minute(0), until: minute(until), asOf: minute(100_000))
  }

  @Test("A check-in vouches for its stretch since the one before, and no further back than the interval")
  func vouches() {
    var entries = Entries()
    entries.open("p", km: 0...10)
    for at in [60.0, 120, 240] { entries.checkIn("p", at) }
    let coverage = report(entries)
    #expect(coverage.watchedKmHours == 30)
    #expect(coverage.totalKmHours == 80)
    #expect(coverage.kmHours == [.watched: 30, .silent: 10, .noPost: 40])
    let gap = coverage.gaps.first { $0.word == .silent }
    #expect(gap == CoverageRectangle(fromKm: 0, toKm: 10, since: minute(120), until: minute(180), word: .silent))
    #expect(coverage.words == "watched 30 of 80 km·h (37 %), silent 10, no post 40; 1 post watched")
  }

  @Test("Coverage goes by the time of observation, with the clock put right, not by arrival")
  func late() {
    var punctual = Entries()
    var late = Entries()
    punctual.open("p")
    late.open("p")
    // A clock that is 95 minutes and some seconds fast.
    let fast = { (at: Double) in minute(at + 95.2) }
    for at in [60.0, 120, 180, 240] {
      let checkIn = CheckIn(id: EntryID("c\(at)"), post: "p", at: fast(at), sending: Sending(sent: fast(at)))
      punctual.add(checkIn, at: minute(at))
      late.add(checkIn, at: minute(20_000 - at))
      late.add(checkIn, at: minute(20_500))
    }
    late.add(
      CheckIn(id: "contact", post: "p", at: fast(19_700), isContact: true, sending: Sending(sent: fast(19_700))), at: minute(19_700.05))
    #expect(late.watch.logs["p"]!.clockOffset(0) == -95 * 60_000)
    #expect(report(punctual) == report(late))
    #expect(report(late).watchedKmHours > 39)
  }

  @Test("Restrictions, visibility and stand-downs say why")
  func reasons() {
    var entries = Entries()
    entries.open("p", km: 0...10)
    entries.checkIn("p", 60)
    entries.add(
      CheckIn(
        id: "r", post: "p", at: minute(120), restrictions: [Restriction(.denied, stretch: LineStretch(contactLine, fromKm: 8, toKm: 30))]),
      at: minute(120))
    entries.add(CheckIn(id: "v", post: "p", at: minute(180), visibilityMetres: 2000), at: minute(180))
    entries.add(CheckIn(id: "j", post: "p", at: minute(240), restrictions: [Restriction(.jammed)]), at: minute(240))
    entries.add(PostChange(id: "d", post: "p", act: .stoodDown, at: minute(240), until: minute(300), source: "mission"), at: minute(0))
    #expect(
      report(entries, until: 300, length: 10).kmHours == [.watched: 10 + 8 + 4, .denied: 2, .visibility: 6, .jammed: 10, .stoodDown: 10])
  }

  @Test("What is not yet owed is pending")
  func pending() {
    var entries = Entries()
    entries.open("p", km: 0...10)
    entries.checkIn("p", 60)
    let coverage = entries.watch.coverage(of: contactLine, lengthKm: 10, from: minute(0), until: minute(90))
    #expect(coverage.kmHours == [.watched: 10, .pending: 5])
  }

  @Test("Posts that overlap are counted once for the line and each for itself; the strip has no hole and no overlap", arguments: 1...8)
  func overlaps(_ seed: Int) {
    var random = Seeded(state: UInt64(seed))
    var entries = Entries()
    for post in 0..<6 {
      let from = Double(Int.random(in: 0...15, using: &random))
      entries.open(PostID("p\(post)"), km: from...(from + Double(Int.random(in: 1...8, using: &random))), every: 30, at: Double(post * 7))
      for slot in 1..<12 where Bool.random(using: &random) {
        let denied = Restriction(.denied, stretch: LineStretch(contactLine, fromKm: from, toKm: from + 1))
        entries.add(
          CheckIn(
            id: EntryID("c\(post)-\(slot)"), post: PostID("p\(post)"),
            at: minute(Double(slot * 30 + Int.random(in: -9...0, using: &random))),
            restrictions: slot % 3 == 0 ? [denied] : []), at: minute(400))
      }
    }
    let coverage = report(entries)
    // The oracle asks each square of a kilometre and a minute by what the check-ins say themselves.
    let posts = entries.all.compactMap { $0.kind == .post ? try! PostChange(json: $0.content) : nil }
    let checkIns = entries.all.compactMap { $0.kind == .checkIn ? try! CheckIn(json: $0.content) : nil }
    var spans: [(km: Range<Double>, time: Range<Instant>)] = []
    for checkIn in checkIns {
      let post = posts.first { $0.post == checkIn.post }!
      let before = checkIns.filter { $0.post == checkIn.post && $0.at < checkIn.at }.map(\.at).max() ?? .distantPast
      let start = max(before, checkIn.at.adding(seconds: -1800), post.at)
      let from = post.stretches[0].fromKm + (checkIn.restrictions.isEmpty ? 0 : 1)
      if start < checkIn.at { spans.append((from..<post.stretches[0].toKm, start..<checkIn.at)) }
    }
    var watched = 0
    for km in 0..<20 {
      for square in 0..<240 {
        let middle = minute(Double(square) + 0.5)
        if spans.contains(where: { $0.km.contains(Double(km)) && $0.time.contains(middle) }) { watched += 1 }
      }
    }
    #expect(abs(coverage.watchedKmHours - Double(watched) / 60) < 1e-6)
    #expect(abs(coverage.rectangles.reduce(0) { $0 + $1.kmHours } - coverage.totalKmHours) < 1e-6)
    #expect(coverage.posts.allSatisfy { $0.watchedKmHours <= $0.chargedKmHours + 1e-9 })
    for (i, a) in coverage.rectangles.enumerated() {
      for b in coverage.rectangles[(i + 1)...] {
        #expect(a.toKm <= b.fromKm || b.toKm <= a.fromKm || a.until <= b.since || b.until <= a.since)
      }
    }
  }

  @Test("Order and repetition make no difference", arguments: 1...20)
  func order(_ seed: Int) {
    var random = Seeded(state: UInt64(seed))
    var entries = Entries()
    entries.open("p", km: 0...10)
    entries.add(
      PostChange(
        id: "m", post: "p", act: .moved, at: minute(130), source: "mission", stretches: [LineStretch(contactLine, fromKm: 5, toKm: 15)]),
      at: minute(131))
    for at in [60.0, 120, 190, 250] { entries.checkIn("p", at) }
    let straight = report(entries)
    var shuffled = Entries()
    shuffled.all = (entries.all + entries.all).shuffled(using: &random)
    #expect(report(shuffled) == straight)
    #expect(shuffled.watch.board(at: minute(300)) == entries.watch.board(at: minute(300)))
  }
}
