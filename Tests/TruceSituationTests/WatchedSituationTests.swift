// How much of the line was watched stands beside the words that rest on it.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct WatchedSituationTests {
  func book() -> Book {
    var book = Book()
    book.clock = instant("2020-11-10T08:00:00+03:00")
    let opened = PostChange(
      id: "open-1", post: "post-1", act: .opened, at: instant("2020-11-10T00:00:00+03:00"), source: "mission",
      stretches: [LineStretch("contact-line", fromKm: 0, toKm: 10)], schedule: Schedule(.every(minutes: 60), zone: .utc, graceSeconds: 600))
    book.append(.post, id: "open-1", key: "post-1", opened.json)
    for hour in 1...12 {
      let at = instant("2020-11-10T00:00:00+03:00").adding(seconds: Int64(hour) * 3600)
      book.clock = max(book.clock, at.adding(seconds: 10))
      let checkIn = CheckIn(id: EntryID("in-\(hour)"), post: "post-1", at: at)
      book.append(.checkIn, id: "in-\(hour)", key: "post-1", checkIn.json)
    }
    return book
  }

  @Test("Check-ins give kilometre-hours, and a ceasefire that somebody watched holds")
  func covered() throws {
    let index = book().index(try built())
    let situation = index.situation(Query(on: instant("2020-11-10T12:00:00+03:00")))
    let watched = try #require(situation.coverage.watched)
    #expect(abs(watched - 120) < 1)
    #expect((situation.coverage.total ?? 0) > 120)
    let ceasefire = try #require(situation.commitments.first { $0.id == "nk-2020/1a" })
    #expect(ceasefire.word == "holding")
    #expect(ceasefire.because.contains("watched 120 of"))
    #expect(try #require(ceasefire.watched) < 0.5)
  }

  @Test("Before the first check-in reached the ledger the same hours were unobserved")
  func before() throws {
    let index = book().index(try built())
    let query = Query(on: instant("2020-11-10T12:00:00+03:00"), size: 1)
    let situation = index.situation(query)
    #expect(situation.coverage.watched == 0)
    #expect(situation.commitments.first { $0.id == "nk-2020/1a" }?.word == "unobserved")
  }

  @Test("A ruling on observations is no finding of the claims'")
  func rulings() throws {
    var book = book()
    book.rule(["by": "A. Analyst", "act": "split", "observations": ["a", "b"], "reason": "two places"], at: "2020-11-11T00:00:00+03:00")
    #expect(book.index(try built()).situation(Query(on: instant("2020-11-12T00:00:00+03:00"))).findings.isEmpty)
  }
}
