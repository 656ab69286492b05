// The main job: one agency's report in an empty ledger gives the situation of its day.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct OneReportTests {
  let index: SituationIndex
  let claims: [Claim]

  init() throws {
    var book = Book()
    claims = lachinReport(&book)
    index = book.index(try built())
  }

  func situation(_ on: String, known: String? = nil, rule: Rule = .best) -> Situation {
    index.situation(Query(on: instant(on), known: known.map { instant($0) }, rule: rule))
  }

  var first: Situation { situation("2020-12-01T23:59:59.999+04:00") }

  @Test("Lachin is Azerbaijan's since the early hours of 1 December, claimed by its ministry")
  func lachin() throws {
    let control = try #require(first.control.first { $0.place == "lachin-district" })
    #expect(control.holder == .party("AZE"))
    #expect(control.since?.earliest == instant("2020-12-01T00:00:00+04:00"))
    #expect(control.since?.latest == instant("2020-12-01T06:00:00+04:00"))
    #expect(control.since?.edtf == "2020-12-01")
    #expect(control.standing == .claimed)
    #expect(control.origins == 1)
    #expect(control.because.contains("claimed by Azerbaijan"))
    #expect(control.zones == ["lachin-corridor"])
  }

  @Test("Kalbajar passed on 25 November; the day before it had not")
  func kalbajar() throws {
    let control = try #require(first.control.first { $0.place == "kalbajar-district" })
    #expect(control.holder == .party("AZE"))
    #expect(control.since?.edtf == "2020-11-25")
    #expect(control.standing == .attested)
    let before = try #require(situation("2020-11-25T00:00:00+04:00").control.first { $0.place == "kalbajar-district" })
    #expect(before.holder == .party("ARM"))
  }

  @Test("Agdam is out of Armenian hands, attested by the peacekeepers; into whose, nobody said")
  func agdam() throws {
    let control = try #require(first.control.first { $0.place == "agdam-district" })
    #expect(control.holder == .left("ARM"))
    #expect(control.standing == .attested)
    #expect(control.because.contains("attested by Russia"))
    let before = try #require(situation("2020-11-24T00:00:00+04:00").control.first { $0.place == "agdam-district" })
    #expect(before.holder == .unknown)
  }

  @Test("The corridor is under Russia's contingent by the agreement, Shusha outside it")
  func corridor() throws {
    let control = try #require(first.control.first { $0.place == "lachin-corridor" })
    #expect(control.holder == .party("RUS"))
    #expect(control.standing == .agreed)
    #expect(control.because.contains("Shusha is outside it"))
    #expect(first.control.first { $0.place == "shusha" }?.holder == .party("AZE"))
  }

  @Test("Kalbajar was ten days late against the original deadline; the revision has a reason and no date")
  func kalbajarLate() throws {
    let commitment = try #require(first.commitments.first { $0.id == "nk-2020/6a" })
    #expect(commitment.word == "kept late")
    #expect(commitment.days == 10)
    let revision = try #require(commitment.deadlines.last)
    #expect(revision.when == nil)
    #expect(revision.reason == "poor capacity of the only road")
    #expect(revision.known == instant("2020-12-01T12:00:00+04:00"))
  }

  @Test("Lachin was kept under 'by', and the text with 'before' is named")
  func lachinKept() throws {
    let commitment = try #require(first.commitments.first { $0.id == "nk-2020/6b" })
    #expect(commitment.word == "kept")
    #expect(commitment.because.contains("before 2020-12-01"))
    let agdam = try #require(first.commitments.first { $0.id == "nk-2020/2" })
    #expect(agdam.word == "kept, day unknown")
    #expect(agdam.deadlines.first?.when?.edtf == "2020-11-20")
  }

  @Test("The ceasefire and the positions hold, and the words say how much was watched")
  func holding() throws {
    for id in ["nk-2020/1a", "nk-2020/1b", "nk-2020/6c"] as [ProvisionID] {
      let commitment = try #require(first.commitments.first { $0.id == id })
      #expect(commitment.word == "holding", "\(id): \(commitment.because)")
      #expect(commitment.because.contains("watched"))
    }
    #expect(first.ceasefires.map(\.from.edtf) == ["2020-11-10"])
    #expect(first.ceasefires[0].word == "holding")
    #expect(first.coverage.words.contains("contact line"))
  }

  @Test("Peacekeepers are deployed; an exchange is owed without a deadline and none is reported")
  func exchange() throws {
    #expect(
      first.commitments.first { $0.id == "nk-2020/3a" }?.word == "reported kept"
        || first.commitments.first { $0.id == "nk-2020/3a" }?.word == "kept")
    for id in ["nk-2020/8a", "nk-2020/8b"] as [ProvisionID] {
      let commitment = try #require(first.commitments.first { $0.id == id })
      #expect(commitment.word == "pending")
      #expect(commitment.because.contains("no deadline"))
      #expect(commitment.evidence.count == 1)
    }
    #expect(first.exchanges.isEmpty)
  }

  @Test("What is planned confirms the agreement's points and adds none")
  func noDuplicates() {
    #expect(first.commitments.allSatisfy { $0.id.rawValue.hasPrefix("nk-2020/") })
  }

  @Test("History, agreements, posts and the command's seat are told")
  func lists() {
    #expect(Set(first.history.compactMap { $0.when?.edtf }) == ["1988-02", "1992/1994", "2020-09-27", "2020-11-10"])
    #expect(first.agreements.map { $0.when?.edtf } == ["2020-11-09"])
    #expect(first.agreements[0].who == ["ARM", "AZE", "RUS"])
    #expect(Set(first.posts.flatMap(\.places)) == ["contact-line", "lachin-corridor"])
    #expect(first.events.contains { $0.act == "headquarters" && $0.places == ["stepanakert"] })
    #expect(first.events.contains { $0.act == "monitor" })
    #expect(first.incidents.isEmpty)
  }

  @Test("Before the report was recorded nothing of it is known")
  func known() {
    let before = situation("2020-12-02T00:00:00+04:00", known: "2020-12-01T11:59:59+04:00")
    #expect(before.size == 0)
    #expect(before.control.allSatisfy { $0.evidence.isEmpty && $0.standing == nil })
    #expect(before.commitments.allSatisfy { $0.evidence.isEmpty })
    #expect(
      before.posts.isEmpty && before.history.isEmpty && before.agreements.isEmpty && before.events.isEmpty && before.ceasefires.isEmpty)
    #expect(before.control.first { $0.place == "lachin-district" }?.holder == .party("ARM"))
  }

  @Test("By what third parties say Agdam and Kalbajar were handed over, Lachin was not")
  func thirdParty() {
    let view = situation("2020-12-02T00:00:00+04:00", rule: .thirdParty)
    #expect(view.control.first { $0.place == "lachin-district" }?.holder == .party("ARM"))
    #expect(view.control.first { $0.place == "agdam-district" }?.holder == .left("ARM"))
  }

  @Test("The JSON form has every member of the design and nothing that is not finite")
  func form() throws {
    let json = first.json
    for key in [
      "on", "accordingTo", "control", "commitments", "ceasefires", "incidents", "posts", "coverage", "exchanges", "agreements", "history",
      "findings",
    ] {
      #expect(json[key] != nil, "\(key)")
    }
    #expect(try JSON(parsing: json.bytes) == json)
  }
}
