// Terms that texts and events make hard: several datings, terms that renew themselves, points that wait for others or come again and again.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@Suite struct CommitmentTermsTests {
  private func load(_ name: String) throws -> Case {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Cases/" + name)
    return try Case.load(folder: folder.standardizedFileURL.path)
  }

  private func commitment(_ id: ProvisionID, _ file: Case, _ book: Book = Book(), on: String) throws -> Situation.Commitment {
    try #require(book.index(file).commitments(Query(on: instant(on))).first { $0.id == id })
  }

  /// A report in which somebody tells of something that was done.
  private func tell(
    _ book: inout Book, _ type: ClaimType, _ act: String, who: String, object: String? = nil, at where_: String? = nil, _ date: String,
    by speaker: Speaker = rusCommand, modality: Modality = .happened, becomes: String? = nil
  ) {
    book.report("\(act) \(date) \(speaker.text)", source: "wire", published: date, at: date + "T18:00:00+04:00") { id, said in
      [
        Claim(
          report: id, type: type, act: act, span: ByteSpan(0, 40), frame: "test", who: [party(who)],
          places: where_.map { [place($0)] } ?? [], when: day(date), becomes: becomes.map { day($0, .becomes) }, modality: modality,
          speakers: [outlet, speaker], object: object, said: said)
      ]
    }
  }

  @Test("Two days from which the sides count give two deadlines, and the word says what the other day would make of it")
  func contestedAnchor() throws {
    let found = try commitment("hodeidah/2", try load("hodeidah-2018"), on: "2019-01-05T12:00:00+03:00")
    #expect(found.deadlines.map(\.when?.edtf) == ["2019-01-03~", "2019-01-08"])
    #expect(found.deadlines.allSatisfy { $0.by == "agreement" })
    #expect(found.deadlines.compactMap(\.according) == ["the agreement, upon signature", "later accounts of how it was carried out"])
    #expect(found.word == "no information")
    #expect(
      found.because.contains("by 'within 2019-01-08' (text report, counted as by later accounts of how it was carried out) it is pending"))
  }

  @Test("A term that renews itself shows the one that runs, and the last day of notice")
  func renewal() throws {
    let file = try built()
    let first = try commitment("nk-2020/4b", file, on: "2024-01-01T00:00:00+04:00")
    #expect(first.deadlines.last?.when?.edtf == "2025-11-10")
    #expect(first.because.contains("from 2020-11-10 to 2025-11-10 and is renewed by 5 years, unless notice is given by 2025-05-10"))
    let second = try commitment("nk-2020/4b", file, on: "2027-01-01T00:00:00+04:00")
    #expect(second.because.contains("from 2025-11-10 to 2030-11-10"))
  }

  @Test("A term that counts from what has not been done says from what it counts, and is due once that is done")
  func relative() throws {
    let file = try load("donbas-2015")
    let waiting = try commitment("minsk-2/2c", file, on: "2015-03-01T00:00:00+02:00")
    #expect(waiting.word == "pending")
    #expect(waiting.because.contains("due within 14 days after 'Ukraine's troops begin to withdraw heavy weapons by the second day"))
    var book = Book()
    tell(&book, .deployment, "withdraw", who: "UKR", object: "heavy weapons, begun", "2015-02-26")
    let found = try commitment("minsk-2/2c", file, book, on: "2015-03-01T00:00:00+02:00")
    #expect(found.deadlines.map(\.word) == [.within])
  }

  @Test("What is owed every week is counted week by week, from when what it waits for was done")
  func recurring() throws {
    let file = try load("hodeidah-2018")
    var book = Book()
    #expect(try commitment("hodeidah/7", file, book, on: "2019-02-01T00:00:00+03:00").word == "pending")
    #expect(try commitment("hodeidah/7", file, book, on: "2019-02-01T00:00:00+03:00").because.contains("waits for point 5"))
    tell(&book, .postEstablished, "set-up", who: "UN", object: "committee", "2018-12-20")
    #expect(try commitment("hodeidah/7", file, book, on: "2019-01-05T00:00:00+03:00").word == "no information")
    tell(&book, .statement, "report", who: "UN", "2018-12-22")
    tell(&book, .statement, "report", who: "UN", "2019-01-04")
    let found = try commitment("hodeidah/7", file, book, on: "2019-01-11T00:00:00+03:00")
    #expect(found.word == "partly kept (2 of 3)")
    #expect(found.correspondence == "2 of 3 periods")
  }

  @Test("A ceasefire of three days is over after them: kept where somebody watched, and fire after it breaks nothing")
  func lapsed() throws {
    let file = try load("karabakh-1993")
    var book = Book()
    tell(&book, .ceasefireViolation, "fire", who: "AZE", at: "nagorno-karabakh", "1993-08-10")
    let third = try commitment("ceasefire-3/1", file, book, on: "1993-08-12T00:00:00+04:00")
    #expect(third.word == "unobserved")
    #expect(third.deadlines.map { "\($0.word.rawValue) \($0.when!.edtf)" } == ["from 1993-08-05", "until 1993-08-07"])
    let during = try commitment("ceasefire-4/1", file, book, on: "1993-08-18T00:00:00+04:00")
    #expect(during.word == "unobserved")
    tell(&book, .ceasefireViolation, "fire", who: "AZE", at: "nagorno-karabakh", "1993-08-19")
    #expect(try commitment("ceasefire-4/1", file, book, on: "1993-08-20T00:00:00+04:00").word == "broken according to RUS")
  }

  @Test("An agreement that another replaces binds no more, but what was done stays done")
  func superseded() throws {
    var file = try small(terms: [Provision.Term(.by, when: day("2020-11-20", .due))])
    var next = file.agreements[0]
    next.id = "deal-2"
    next.signed = day("2020-11-25")
    next.supersedes = "deal"
    next.provisions = []
    file.agreements.append(next)
    #expect(try commitment("deal/1", file, on: "2020-11-22T00:00:00+04:00").word == "no information")
    #expect(try commitment("deal/1", file, on: "2020-11-30T00:00:00+04:00").word == "void")
    var book = Book()
    book.tell("a", "entered", who: "AZE", at: "village", "2020-11-19", by: [rusCommand], said: "2020-11-19")
    #expect(try commitment("deal/1", file, book, on: "2020-11-30T00:00:00+04:00").word == "kept")
  }

  @Test("A party that leaves or suspends the agreement is named, and one that takes it up again binds itself")
  func force() throws {
    let file = try small(terms: [Provision.Term(.by, when: day("2020-12-20", .due))])
    var book = Book()
    tell(&book, .agreementSigned, "suspend", who: "ARM", "2020-11-20")
    #expect(try commitment("deal/1", file, book, on: "2020-12-01T00:00:00+04:00").word == "suspended")
    tell(&book, .agreementSigned, "resume", who: "ARM", "2020-11-25")
    #expect(try commitment("deal/1", file, book, on: "2020-12-01T00:00:00+04:00").word == "pending")
    tell(&book, .agreementSigned, "renounce", who: "AZE", "2020-12-05")
    #expect(try commitment("deal/1", file, book, on: "2020-12-10T00:00:00+04:00").word == "withdrawn by AZE")
  }

  @Test("A deadline that one side moves is its own word; with the other's it is agreed, against the other's contested")
  func revised() throws {
    let file = try small(terms: [Provision.Term(.by, when: day("2020-11-15", .due))])
    var book = Book()
    tell(&book, .deadlineRevised, "revise", who: "AZE", at: "village", "2020-11-16", by: azeMinistry, becomes: "2020-11-25")
    let alone = try #require(try commitment("deal/1", file, book, on: "2020-11-20T00:00:00+04:00").deadlines.last)
    #expect(alone.acceptance == .unilateral)
    #expect(alone.isAfterExpiry)
    #expect(alone.announced == instant("2020-11-16T00:00:00+04:00"))
    var agreed = book
    tell(&agreed, .deadlineRevised, "revise", who: "ARM", at: "village", "2020-11-17", by: armMinistry, becomes: "2020-11-25")
    #expect(try commitment("deal/1", file, agreed, on: "2020-11-20T00:00:00+04:00").deadlines.last?.acceptance == .agreed)
    tell(&book, .deadlineRevised, "revise", who: "ARM", at: "village", "2020-11-17", by: armMinistry, modality: .denied)
    let found = try commitment("deal/1", file, book, on: "2020-11-20T00:00:00+04:00")
    #expect(found.deadlines.last?.acceptance == .contested)
    #expect(found.because.contains("moved by Azerbaijan on 2020-11-16 to 2020-11-25 (contested, after it had run out)"))
  }

  @Test("A place that who owed it takes back is not kept: it is broken according to who says so")
  func undone() throws {
    let file = try small(terms: [Provision.Term(.by, when: day("2020-11-20", .due))])
    var book = Book()
    book.tell("a", "entered", who: "AZE", at: "village", "2020-11-19", by: [rusCommand], said: "2020-11-19")
    #expect(try commitment("deal/1", file, book, on: "2020-12-01T00:00:00+04:00").word == "kept")
    book.tell("b", "captured", who: "ARM", at: "village", "2020-11-28", by: [rusCommand], said: "2020-11-28")
    let found = try commitment("deal/1", file, book, on: "2020-12-01T00:00:00+04:00")
    #expect(found.word == "broken according to RUS")
    #expect(found.because.contains("taken back: attested by Russia"))
  }

  @Test("Points in parallel and against each other tell how the other one stands")
  func bonds() throws {
    let lebanon = try load("lebanon-2006")
    let found = try commitment("unscr-1701/2b", lebanon, on: "2006-09-01T00:00:00+03:00")
    #expect(found.because.contains("goes on in parallel with unscr-1701/2a"))
    #expect(try commitment("unscr-1701/1b", lebanon, on: "2006-09-01T00:00:00+03:00").because.contains("owed against unscr-1701/1a"))
    let karabakh = try commitment("nk-2020/4a", try built(), on: "2020-12-01T00:00:00+04:00")
    #expect(karabakh.because.contains("in parallel with"))
  }

  @Test("A closed road keeps nobody's word: it is an incident of who promised to keep it open")
  func closed() throws {
    let file = try built()
    var book = Book()
    tell(&book, .access, "close", who: "AZE", at: "lachin-corridor", "2022-12-12")
    #expect(try commitment("nk-2020/6e", file, book, on: "2023-01-01T00:00:00+04:00").word == "broken according to RUS")
    #expect(try commitment("nk-2020/9a", file, book, on: "2023-01-01T00:00:00+04:00").word == "pending")
  }
}
