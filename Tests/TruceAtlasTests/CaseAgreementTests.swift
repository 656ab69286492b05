// Nine agreements as cases: each loads, and its points fall due on the days that were worked out by hand.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@Suite struct CaseAgreementTests {
  static let names = [
    "karabakh-2020", "karabakh-2023", "donbas-2015", "hodeidah-2018", "lebanon-2006", "tigray-2022", "afghanistan-2020", "idlib-2020",
    "aceh-2005",
  ]

  @Test("The built-in cases are the nine, and every folder of cases loads")
  func complete() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: casesFolder).filter { !$0.hasPrefix(".") }
    #expect(Set(folders).isSuperset(of: Self.names))
    for folder in folders { _ = try Case.load(folder: casesFolder + "/" + folder) }
  }

  @Test("A built-in case loads and has an agreement whose points name its own parties", arguments: names)
  func loads(name: String) throws {
    let found = try Case.load(folder: casesFolder + "/" + name)
    #expect(found.id == name)
    let agreement = try #require(found.agreements.first)
    #expect(!agreement.provisions.isEmpty)
    #expect(agreement.provisions.contains { $0.act == "ceasefire" } || ["afghanistan-2020", "aceh-2005"].contains(name))
  }

  @Test("Where a source gives no day of signing the case gives none")
  func unsigned() throws {
    for name in Self.names {
      let agreement = try #require(try Case.load(folder: casesFolder + "/" + name).agreements.first)
      #expect((agreement.signed == nil) == ["karabakh-2023", "idlib-2020"].contains(name), "\(name)")
    }
  }

  /// `word edtf` of each dated reading of a point, with whoever dates its event.
  static func schedule(_ name: String, _ point: String, done: [ProvisionID: When] = [:]) throws -> [String] {
    let agreement = try #require(try Case.load(folder: casesFolder + "/" + name).agreements.first)
    let provision = try #require(agreement.provisions.first { $0.id.rawValue == point })
    return agreement.schedule(of: provision, done: done).map {
      "\($0.word.rawValue) \($0.when.edtf)" + ($0.according.map { ", " + $0 } ?? "")
    }
  }

  @Test(
    "Relative terms fall on the days that a calendar gives",
    arguments: [
      ("donbas-2015", "minsk-2/2a", ["by 2015-02-16"]), ("donbas-2015", "minsk-2/4b", ["within 2015-03-14"]),
      (
        "hodeidah-2018", "hodeidah/2",
        ["within 2019-01-03~, the agreement, upon signature", "within 2019-01-08, later accounts of how it was carried out"]
      ), ("tigray-2022", "pretoria/6", ["within 2022-12-03~"]), ("tigray-2022", "pretoria/6a", ["within 2022-11-07"]),
      ("afghanistan-2020", "doha/1", ["within 2021-04-29"]), ("afghanistan-2020", "doha/2", ["within 2020-07-13"]),
      ("idlib-2020", "moscow-idlib/2a", ["within 2020-03-12"]), ("karabakh-2020", "nk-2020/6d", ["within 2023-11-10"]),
      ("karabakh-2023", "nk-2023/1", ["from 2023-09-20T13:00+04:00"]), ("lebanon-2006", "unscr-1701/2b", []),
      ("donbas-2015", "minsk-2/2c", []),
    ])
  func schedules(name: String, point: String, expected: [String]) throws {
    #expect(try Self.schedule(name, point) == expected)
  }

  @Test("A term that counts from another point is dated when that point is done, and one from two points by the later")
  func chained() throws {
    let kyiv = try #require(Zone("Europe/Kyiv"))
    let begun = try #require(When("2015-02-16", zone: kyiv))
    #expect(try Self.schedule("donbas-2015", "minsk-2/2c", done: ["minsk-2/2a": begun]) == ["within 2015-03-02"])
    let one = try #require(When("2015-03-07", zone: kyiv))
    let two = try #require(When("2015-03-10", zone: kyiv))
    #expect(try Self.schedule("donbas-2015", "minsk-2/4a", done: ["minsk-2/2c": one]).isEmpty)
    #expect(try Self.schedule("donbas-2015", "minsk-2/4a", done: ["minsk-2/2c": one, "minsk-2/2d": two]) == ["on 2015-03-11"])
  }

  @Test("The contingent's terms run five years, and notice is due six months before each end")
  func renewals() throws {
    let agreement = try #require(try Case.load(folder: casesFolder + "/karabakh-2020").agreements.first)
    let stay = try #require(agreement.provisions.first { $0.id == "nk-2020/4b" })
    let terms = agreement.renewals(of: stay, count: 2)
    #expect(terms.map(\.until.description) == ["2025-11-10", "2030-11-10"])
    #expect(terms.map { $0.notice?.description } == ["2025-05-10", "2030-05-10"])
  }

  @Test("One moment under three clocks: the ceasefires of 2020, 2023 and 2015")
  func moments() throws {
    func effective(_ name: String) throws -> Instant? {
      try Case.load(folder: casesFolder + "/" + name).agreements.first?.effective?.earliest
    }
    #expect(try effective("karabakh-2020") == Instant("2020-11-10T00:00:00+03:00"))
    #expect(try effective("karabakh-2023") == Instant("2023-09-20T09:00:00Z"))
    #expect(try effective("donbas-2015") == Instant("2015-02-14T22:00:00Z"))
  }

  @Test("Contested anchors are told apart from agreed ones, and reciprocal, parallel and phased points keep their bonds")
  func bonds() throws {
    let hodeidah = try #require(try Case.load(folder: casesFolder + "/hodeidah-2018").agreements.first)
    #expect(hodeidah.anchors.first?.isContested == true)
    #expect(hodeidah.provisions.first { $0.id == "hodeidah/7" }?.every == CivilSpan(days: 7))
    let lebanon = try #require(try Case.load(folder: casesFolder + "/lebanon-2006").agreements.first)
    #expect(lebanon.provisions.first { $0.id == "unscr-1701/2b" }?.inParallelWith == ["unscr-1701/2a"])
    #expect(lebanon.provisions.first { $0.id == "unscr-1701/1b" }?.reciprocal == "unscr-1701/1a")
    let aceh = try #require(try Case.load(folder: casesFolder + "/aceh-2005").agreements.first)
    #expect(aceh.provisions.allSatisfy { $0.isPhased })
  }
}
