// What claims about one place come to: standing, disputes, corrections, rules.
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct ControlTests {
  let file: Case

  init() throws { file = try built() }

  func control(
    _ book: Book, on: String = "2020-12-31T00:00:00+04:00", known: String? = nil, said: String? = nil, _ rule: Rule = .best,
    at place: PlaceID = "kalbajar-district"
  ) -> Situation.Control {
    let query = Query(on: instant(on), known: known.map { instant($0) }, said: said.map { instant($0) }, rule: rule)
    return book.index(file).situation(query).control.first { $0.place == place }!
  }

  @Test("A claim of the side that gains is claimed, of the side that loses conceded, of a third attested, of nobody named alleged")
  func standings() {
    for (speaker, standing) in [
      (azeMinistry, Standing.claimed), (armMinistry, .conceded), (rusCommand, .attested), (outlet, .alleged),
    ] {
      var book = Book()
      book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, speaker], said: "2020-11-25")
      #expect(control(book).standing == standing)
      #expect(control(book).holder == .party("AZE"))
    }
  }

  @Test("Both sides' word is agreed, and the derivation names who conceded and who claimed")
  func agreed() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "withdrew", who: "ARM", "2020-11-25", by: [outlet, armMinistry], said: "2020-11-26")
    let both = control(book)
    #expect(both.standing == .agreed)
    #expect(both.origins == 2)
    #expect(both.because == "conceded by Armenia (Caucasus Wire 2020-11-26), claimed by Azerbaijan (Caucasus Wire 2020-11-25)")
  }

  @Test("Ten outlets with one ministry's words are one origin")
  func reprints() {
    var book = Book()
    for outlet in ["tass", "interfax", "ria", "azertac", "trend", "armenpress", "reuters", "afp", "ap", "bbc"] {
      let speakers = [Speaker(outlet, source: SourceID(outlet)), azeMinistry]
      book.tell(outlet, "entered", who: "AZE", "2020-11-25", by: speakers, source: outlet, said: "2020-11-25")
    }
    #expect(control(book).origins == 1)
    #expect(control(book).evidence.count == 10)
    #expect(control(book).because.hasSuffix(": one origin)"))
  }

  @Test("Claims within the tolerance are one passage, and where their days differ it lies between them")
  func tolerance() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "withdrew", who: "ARM", "2020-11-26", by: [outlet, armMinistry], said: "2020-11-26")
    let both = control(book)
    #expect(both.since?.edtf == "[2020-11-25..2020-11-26]")
    #expect(both.evidence.count == 2)
    var apart = Book()
    apart.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    apart.tell("b", "withdrew", who: "ARM", "2020-12-10", by: [outlet, armMinistry], said: "2020-12-10")
    #expect(apart.index(file).history(of: "kalbajar-district", Query(on: instant("2021-01-01T00:00:00Z"))).transitions.count == 2)
  }

  @Test("A denial by an affected side disputes the fact and hides nothing")
  func disputed() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    let denial = book.tell("b", "entered", who: "AZE", "2020-11-25", by: [outlet, armMinistry], said: "2020-11-25", modality: .denied)
    let view = control(book)
    #expect(view.holder == .party("AZE"))
    #expect(view.standing == .claimed)
    #expect(view.isDisputed)
    #expect(view.contradictedBy == [denial.id])
    #expect(view.because.contains("contradicted by Armenia"))
  }

  @Test("An outlet's own doubt disputes nothing")
  func outletsDoubt() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "entered", who: "AZE", "2020-11-25", by: [outlet], said: "2020-11-25", polarity: .negative)
    #expect(!control(book).isDisputed)
  }

  @Test("A source that takes its claim back makes it withdrawn, and the place stays with the holder before")
  func takenBack() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-27", modality: .denied)
    #expect(control(book).holder == .party("ARM"))
    #expect(control(book).isWithdrawn)
    let before = control(book, said: "2020-11-26T12:00:00+04:00")
    #expect(before.holder == .party("AZE"))
    #expect(!before.isWithdrawn)
    let history = book.index(file).history(of: "kalbajar-district", Query(on: instant("2021-01-01T00:00:00Z")))
    #expect(history.transitions.map(\.isWithdrawn) == [true])
  }

  @Test("A denial that the same source drops later disputes nothing any more")
  func denialDropped() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "entered", who: "AZE", "2020-11-25", by: [outlet, armMinistry], said: "2020-11-25", modality: .denied)
    book.tell("c", "withdrew", who: "ARM", "2020-11-25", by: [outlet, armMinistry], said: "2020-11-26")
    #expect(!control(book).isDisputed)
    #expect(control(book).standing == .agreed)
  }

  @Test("Two sides that claim the same place for the same day make it contested; a third party's word decides for best")
  func contested() {
    var book = Book()
    book.tell("a", "captured", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "captured", who: "ARM", "2020-11-25", by: [outlet, armMinistry], said: "2020-11-25")
    #expect(control(book).holder == .contested)
    #expect(control(book).isDisputed)
    book.tell("c", "captured", who: "AZE", "2020-11-25", by: [outlet, rusCommand], said: "2020-11-26")
    #expect(control(book).holder == .party("AZE"))
    #expect(control(book).isDisputed)
    #expect(control(book, .anyone).holder == .contested)
  }

  @Test("Taken on one day and retaken on the next are two passages, not a dispute")
  func sequence() {
    var book = Book()
    book.tell("a", "captured", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "captured", who: "ARM", "2020-11-26", by: [outlet, armMinistry], said: "2020-11-26")
    #expect(control(book).holder == .party("ARM"))
    #expect(!control(book).isDisputed)
    #expect(control(book, on: "2020-11-26T00:00:00+04:00").holder == .party("AZE"))
  }

  @Test("Each rule counts what it says it counts")
  func rules() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    let held: [(Rule, Holder)] = [
      (.anyone, .party("AZE")), (.best, .party("AZE")), (.party("AZE"), .party("AZE")), (.party("ARM"), .party("ARM")),
      (.againstInterest, .party("ARM")), (.thirdParty, .party("ARM")), (.bothSides, .party("ARM")), (.observed, .party("ARM")),
    ]
    for (rule, holder) in held { #expect(control(book, rule).holder == holder, "\(rule)") }
    book.tell("b", "withdrew", who: "ARM", "2020-11-25", by: [outlet, armMinistry], said: "2020-11-26")
    #expect(control(book, .bothSides).holder == .party("AZE"))
    #expect(control(book, .againstInterest).holder == .left("ARM"))
    #expect(control(book, .thirdParty).holder == .party("ARM"))
  }

  @Test("Where the sides disagree today: the places that each rule gives another holder")
  func disagreement() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    let query = Query(on: instant("2020-12-31T00:00:00+04:00"))
    let difference = book.index(file).disagreement(query, between: .party("AZE"), and: .party("ARM"))
    #expect(difference.control.map(\.place) == ["kalbajar", "kalbajar-district"])
    #expect(difference.commitments.map(\.id) == ["nk-2020/6a"])
    #expect(difference.json["control"]?.array?.count == 2)
  }

  @Test("What changed between two moments of knowledge is what the reports in between brought")
  func diff() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.tell("b", "withdrew", who: "ARM", at: "agdam-district", "2020-11-20", by: [outlet, armMinistry], said: "2020-11-27")
    let query = Query(on: instant("2020-12-31T00:00:00+04:00"))
    let difference = book.index(file).diff(query, knownAt: instant("2020-11-26T00:00:00+04:00"), and: nil)
    #expect(difference.control.map(\.place) == ["agdam", "agdam-district"])
    #expect(difference.control[1].first?.holder == .party("ARM"))
    #expect(difference.control[1].second?.holder == .left("ARM"))
    #expect(book.index(file).diff(query, knownAt: instant("2020-11-28T00:00:00+04:00"), and: nil).isEmpty)
  }

  @Test("A retracted claim does not count from the ruling on, and did before it")
  func retracted() {
    var book = Book()
    let claim = book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.rule(["by": "A. Analyst", "act": "retract", "claim": JSON(claim.id), "reason": "misread"], at: "2020-11-28T00:00:00+04:00")
    #expect(control(book).holder == .party("ARM"))
    #expect(control(book, known: "2020-11-27T00:00:00+04:00").holder == .party("AZE"))
  }

  @Test("A correction stands in the claim's place, entered by a named person")
  func corrected() {
    var book = Book()
    let claim = book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    let right = passage(
      nil, "entered", who: "AZE", at: "kalbajar-district", "2020-11-24", by: [azeMinistry], said: "2020-11-25", enteredBy: "A. Analyst")
    book.rule(
      ["by": "A. Analyst", "act": "correct", "claim": JSON(claim.id), "corrected": right.json, "reason": "wrong day"],
      at: "2020-11-28T00:00:00+04:00")
    #expect(control(book).since?.edtf == "2020-11-24")
    #expect(control(book).evidence == [right.id])
  }

  @Test("Two claims that a person merges are one origin")
  func merged() {
    var book = Book()
    let a = book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, rusCommand], said: "2020-11-25")
    let b = book.tell("b", "entered", who: "AZE", "2020-11-25", by: [outlet, Speaker("OSCE", party: "OSCE")], said: "2020-11-25")
    #expect(control(book).origins == 2)
    book.rule(
      ["by": "A. Analyst", "act": "merge", "claims": [JSON(a.id), JSON(b.id)], "reason": "one cable"], at: "2020-11-28T00:00:00+04:00")
    #expect(control(book).origins == 1)
    book.rule(
      ["by": "A. Analyst", "act": "split", "claims": [JSON(a.id), JSON(b.id)], "reason": "two cables"], at: "2020-11-29T00:00:00+04:00")
    #expect(control(book).origins == 2)
  }

  @Test("Only the latest reading of a report counts, and before it the reading before")
  func readAgain() {
    var book = Book()
    let claim = book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.clock = instant("2020-11-28T00:00:00+04:00")
    book.append(.reading, id: "again", key: claim.report!.rawValue, ["report": JSON(claim.report!), "reader": "test 2", "claims": []])
    #expect(control(book).holder == .party("ARM"))
    #expect(control(book, known: "2020-11-27T00:00:00+04:00").holder == .party("AZE"))
  }

  @Test("What a side loses that another held before it changes nothing")
  func lossOfOthers() {
    var book = Book()
    book.tell("a", "lost", who: "AZE", at: "nagorno-karabakh", "1992/1994", by: [outlet], said: "2020-12-01")
    #expect(control(book, at: "nagorno-karabakh").holder == .party("NKR"))
  }

  @Test("What is told of a war long past does not unsay who held the place when the agreement took effect")
  func longPast() {
    var book = Book()
    book.tell("a", "captured", who: "ARM", at: "fuzuli-district", "1993-08-23", by: [outlet], said: "2020-12-01")
    #expect(control(book, at: "fuzuli-district").holder == .party("AZE"))
  }

  @Test("An entry that has not its kind's form is a finding and changes nothing else")
  func malformed() {
    var book = Book()
    book.tell("a", "entered", who: "AZE", "2020-11-25", by: [outlet, azeMinistry], said: "2020-11-25")
    book.append(.claim, id: "x", ["type": "rumour"])
    let situation = book.index(file).situation(Query(on: instant("2020-12-31T00:00:00+04:00")))
    #expect(situation.findings.count == 1)
    #expect(situation.findings[0].evidence == ["x"])
    #expect(situation.size == 4)
  }
}

@Suite struct RuleTests {
  @Test("A case's own rule counts what its conditions say: two third parties, or one outlet's reports")
  func own() throws {
    let rules = [
      EvidenceRule(id: "two-outsiders", standings: [.attested], origins: 2), EvidenceRule(id: "wire-only", sources: ["wire"]),
      EvidenceRule(id: "both", needsBothSides: true),
    ]
    let file = try small(terms: [], rules: rules)
    var book = Book()
    book.tell("a", "entered", who: "AZE", at: "village", "2020-11-20", by: [rusCommand], source: "wire", said: "2020-11-20")
    func holder(_ name: String) throws -> Holder {
      let rule = try #require(Rule(name, in: file))
      #expect(rule.description == name)
      return book.index(file).situation(Query(on: instant("2020-12-01T00:00:00+04:00"), rule: rule)).control[0].holder
    }
    #expect(try holder("two-outsiders") == .party("ARM"))
    #expect(try holder("wire-only") == .party("AZE"))
    #expect(try holder("both") == .party("ARM"))
    book.tell(
      "b", "entered", who: "AZE", at: "village", "2020-11-20", by: [Speaker("OSCE", party: "OSCE")], source: "other", said: "2020-11-20")
    #expect(try holder("two-outsiders") == .party("AZE"))
    #expect(Rule("nobody", in: file) == nil)
  }
}
