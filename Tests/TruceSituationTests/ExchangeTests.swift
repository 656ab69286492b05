// Exchanges: both sides' lists, totals against parts, counters that fall.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct ExchangeTests {
  let query = Query(on: instant("2020-12-31T00:00:00+04:00"))

  func claim(_ id: ReportID, _ said: When, _ quantities: [Quantity], by speaker: Speaker, who: String = "AZE", whom: String = "ARM")
    -> Claim
  {
    Claim(
      report: id, type: .exchange, act: "exchange", span: ByteSpan(0, 40), frame: "test", who: [party(who)], whom: [party(whom)],
      when: day("2020-12-14"), speakers: [outlet, speaker], quantities: quantities, object: "prisoners", said: said)
  }

  func book(_ aze: [Quantity], _ arm: [Quantity]) -> Book {
    var book = Book()
    book.report("az", source: "mod-az", published: "2020-12-14", at: "2020-12-14T20:00:00+04:00") { id, said in
      [claim(id, said, aze, by: azeMinistry)]
    }
    book.report("am", source: "mod-am", published: "2020-12-14", at: "2020-12-14T21:00:00+04:00") { id, said in
      [claim(id, said, arm, by: armMinistry)]
    }
    return book
  }

  @Test("Two sides' lists of one exchange are matched figure by figure")
  func matched() throws {
    let parts = [Quantity("returned", 44), Quantity("prisoners", 30), Quantity("civilians", 14)]
    let account = book([Quantity("returned", 44)], parts).index(try built()).exchanges(query)
    #expect(account.exchanges.count == 1)
    let exchange = account.exchanges[0]
    #expect(exchange.givers == ["AZE"] && exchange.receivers == ["ARM"])
    #expect(exchange.standing == .agreed)
    #expect(
      exchange.counts.map { "\($0.what) \($0.verdict.rawValue)" } == [
        "civilians only one side", "prisoners only one side", "returned matched",
      ])
    #expect(account.findings.isEmpty)
  }

  @Test("44 are not 30 and 13: a total that does not equal its parts is a finding with its claim")
  func total() throws {
    let parts = [Quantity("returned", 44), Quantity("prisoners", 30), Quantity("civilians", 13)]
    let account = book([Quantity("returned", 44)], parts).index(try built()).exchanges(query)
    #expect(account.findings.count == 1)
    #expect(account.findings[0].message == "44 returned do not equal their parts, 30 prisoners + 13 civilians = 43.")
    #expect(account.findings[0].evidence.count == 1)
  }

  @Test("44 prisoners against 30 prisoners: the lists differ, and nobody is corrected")
  func differ() throws {
    let account = book([Quantity("prisoners", 44)], [Quantity("prisoners", 30)]).index(try built()).exchanges(query)
    #expect(account.exchanges[0].counts.map(\.verdict) == [.differs])
    #expect(account.exchanges[0].counts[0].figures.map(\.quantity.maximum) == [30, 44])
    #expect(account.findings.contains { $0.message.contains("says 44 prisoners") })
    #expect(account.totals.map { "\($0.according) \(Int($0.maximum))" } == ["ARM 30", "AZE 44"])
  }

  @Test("An exchange of prisoners is partly kept: how many are owed the agreement does not say")
  func commitment() throws {
    let situation = book([Quantity("prisoners", 44)], []).index(try built()).situation(query)
    let commitment = try #require(situation.commitments.first { $0.id == "nk-2020/8a" })
    #expect(commitment.word == "partly kept (44)")
    #expect(situation.commitments.first { $0.id == "nk-2020/8b" }?.word == "pending")
    #expect(situation.exchanges.map(\.origins) == [2])
  }

  @Test("A total until a later day that is lower, and days that come to more than their week, are findings; nothing is corrected")
  func counters() throws {
    var book = Book()
    func tell(_ when: String, _ count: Double, said: String) {
      book.report("\(when) \(count)", source: "peacekeepers", published: said, at: said + "T20:00:00+04:00") { id, time in
        [
          Claim(
            report: id, type: .exchange, act: "return", span: ByteSpan(0, 9), frame: "test", who: [party("ARM")], whom: [party("AZE")],
            when: day(when), speakers: [rusCommand], quantities: [Quantity("bodies", count)], object: "bodies", said: time)
        ]
      }
    }
    tell("../2020-11-20", 300, said: "2020-11-20")
    tell("../2020-11-27", 280, said: "2020-11-27")
    tell("2020-11-23/2020-11-29", 62, said: "2020-11-29")
    tell("2020-11-24", 40, said: "2020-11-24")
    tell("2020-11-25", 30, said: "2020-11-25")
    let findings = book.index(try built()).exchanges(query).findings
    #expect(findings.count == 2)
    #expect(findings.contains { $0.message.hasSuffix("a running total should not fall.") && $0.evidence.count == 2 })
    #expect(findings.contains { $0.message == "Russia counts 62 bodies for 2020-11-23/2020-11-29, and 70 on single days of that time." })
  }

  @Test("The parts that a total of victims includes are no totals that fall")
  func parts() throws {
    var book = Book()
    func tell(_ when: String, _ counts: [Double], said: String) {
      book.report(when, source: "peacekeepers", published: said, at: said + "T20:00:00+04:00") { id, time in
        counts.map { count in
          Claim(
            report: id, type: .casualties, act: "kill", span: ByteSpan(0, 9), frame: "test", whom: [Mention("\(count)")], when: day(when),
            speakers: [rusCommand], quantities: [Quantity("killed", count)], said: time)
        }
      }
    }
    tell("2020-11-13/2020-11-20", [100], said: "2020-11-20")
    tell("2020-11-13/2020-11-27", [150, 90, 20], said: "2020-11-27")
    #expect(book.index(try built()).exchanges(query).findings.isEmpty)
    tell("2020-11-13/2020-12-04", [140], said: "2020-12-04")
    #expect(book.index(try built()).exchanges(query).findings.count == 1)
  }

  @Test("Posts are counted up; a later lower number is a finding")
  func posts() throws {
    func posts(_ counts: [(String, Double)]) throws -> Situation {
      var book = Book()
      for (date, count) in counts {
        book.report(date, source: "peacekeepers", published: date, at: date + "T20:00:00+04:00") { id, said in
          [
            Claim(
              report: id, type: .postEstablished, act: "set-up", span: ByteSpan(0, 9), frame: "test", who: [party("RUS")],
              places: [place("contact-line")], when: day(date), speakers: [rusCommand], quantities: [Quantity("posts", count)], said: said)
          ]
        }
      }
      return book.index(try built()).situation(query)
    }
    let rising = try posts([("2020-11-13", 10), ("2020-11-15", 16), ("2020-11-19", 23), ("2020-12-03", 27)])
    #expect(rising.posts.map { $0.quantities[0].maximum } == [10, 16, 23, 27])
    #expect(rising.findings.isEmpty)
    #expect(rising.coverage.words.contains("27 posts"))
    #expect(try posts([("2020-11-13", 16), ("2020-11-15", 10)]).findings.count == 1)
  }
}
