// Loads the built-in cases and checks what they say against facts stated here by hand.
import Foundation
import Testing
import TruceAtlas
import TruceModel

/// The repository's `Cases` folder, found from this file.
let casesFolder = URL(filePath: #filePath).resolvingSymlinksInPath()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases").path

@Suite struct CaseLoadTests {
  static let karabakh = Result { try Case.load(folder: casesFolder + "/karabakh-2020") }

  @Test("The built-in case of Karabakh loads")
  func loads() throws {
    let karabakh = try Self.karabakh.get()
    #expect(karabakh.id == "karabakh-2020")
    #expect(karabakh.zone.identifier == "Asia/Baku")
    #expect(karabakh.tolerance == .seconds(3 * 86_400))
    #expect(karabakh.party("NKR")?.side == "ARM")
    #expect(karabakh.party("RUS")?.role == .third)
    #expect(karabakh.source("mod-az")?.party == "AZE")
    #expect(karabakh.source("tass")?.party == nil)
  }

  @Test(
    "Who held what when the statement took effect",
    arguments: [
      ("kalbajar-district", "ARM"), ("lachin-district", "ARM"), ("agdam-district", "ARM"), ("fuzuli-district", "AZE"),
      ("jabrayil-district", "AZE"), ("zangilan-district", "AZE"), ("qubadli-district", "AZE"), ("shusha", "AZE"),
      ("nagorno-karabakh", "NKR"), ("stepanakert", "NKR"), ("lachin-corridor", "RUS"),
    ])
  func initialHolders(place: String, holder: String) throws {
    let found = try #require(try Self.karabakh.get().place(PlaceID(place)))
    #expect(found.initialHolder == PartyID(holder))
  }

  @Test("The statement's deadlines, in each published text")
  func deadlines() throws {
    let statement = try #require(try Self.karabakh.get().agreements.first)
    func terms(_ id: String) -> [String] {
      statement.provisions.first { $0.id.rawValue == "nk-2020/" + id }?.terms
        .map { "\($0.variant ?? "all") \($0.word.rawValue) \($0.when?.edtf ?? $0.after ?? "?")" }.sorted() ?? []
    }
    #expect(
      terms("2") == ["am by 2020-11-20", "az before 2020-11-20", "cs until 2020-11-20", "leak before 2020-11-20", "ru before 2020-11-20"])
    #expect(terms("6a") == ["am by 2020-11-15", "az before 2020-11-15", "cs by 2020-11-15", "ru before 2020-11-15"])
    #expect(terms("6b") == ["am by 2020-12-01", "az by 2020-12-01", "cs by 2020-12-01", "ru before 2020-12-01"])
    #expect(terms("8a").isEmpty)
    #expect(statement.effective?.earliest == Instant("2020-11-09T21:00:00Z"))
    #expect(statement.provisions.first { $0.id == "nk-2020/4b" }?.renewal?.notice == CivilSpan(months: 6))
  }

  @Test("A district and its seat are two places, and the corridor leaves Shusha out")
  func districtsAndSeats() throws {
    let karabakh = try Self.karabakh.get()
    let districts = karabakh.places.filter { $0.kind == .district }
    #expect(districts.count == 7)
    for district in districts {
      let seat = try #require(district.seat.flatMap(karabakh.place))
      #expect(district.id.rawValue == seat.id.rawValue + "-district")
      #expect(seat.within == district.id)
    }
    let corridor = try #require(karabakh.place("lachin-corridor"))
    #expect(corridor.halfWidthMetres == 2500)
    #expect(corridor.excludes == ["shusha"])
    #expect(corridor.along == "lachin-road")
  }

  @Test("Every outline and every sketched line says that it is schematic, and nothing is without accuracy, source and licence")
  func definitions() throws {
    for place in try Self.karabakh.get().places {
      for definition in place.definitions {
        #expect(!definition.source.isEmpty && !definition.licence.isEmpty && definition.accuracyMetres > 0, "\(place.id)")
        if case .point = definition.geometry { continue }
        #expect(definition.isSchematic, "\(place.id)")
      }
    }
  }
}
