// The suite of places that only an imported gazetteer knows.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@testable import TruceReading

@Suite struct SettlePlacesTests {
  /// A case with one town at 46.5 E, 39.5 N, over a layer with three names, one of them borne twice nearby.
  private static let reader: Reader = {
    func row(_ number: Int, _ name: String, _ latitude: Double, _ longitude: Double) -> String {
      "\(number)\t\(name)\t\t\t\(latitude)\t\(longitude)\tP\tPPL\tAZ\t\t\t\t\t\t900\t\t\t\t\n"
    }
    let table =
      row(1, "Korvat", 39.6, 46.6) + row(2, "Korvat", 10, 10) + row(3, "Selin", 39.4, 46.4) + row(4, "Selin", 39.7, 46.7)
      + row(5, "Orlin", 39.5, 46.6)
    let layer = try! GazetteerLayer.geoNames(Array(table.utf8)).layer
    let point = Geometry.point(Position(longitude: 46.5, latitude: 39.5))
    let places = [
      Place(
        id: "orlin", kind: .settlement, names: [Name("Orlin")],
        definitions: [Place.Definition(geometry: point, accuracyMetres: 500, source: "me", licence: "CC0-1.0")])
    ]
    let sides = [Party(id: "EST", role: .side, names: [Name("Eastland")]), Party(id: "WST", role: .side, names: [Name("Westland")])]
    let known = Case(id: "nowhere", title: "Nowhere", zone: .utc, parties: sides, places: places, digest: Digest(of: "nowhere"))
    var reader = Reader(lexicon: try! Lexicon.load(folder: Snippets.folder), cases: [known])
    reader.gazetteer = Gazetteer(cases: [known], layers: [layer])
    return reader
  }()

  private func read(_ text: String) -> Reading {
    Self.reader.read(Document(plain: Array(text.utf8), published: When("2021-03-10", zone: .utc)))
  }

  @Test("A place that only the gazetteer knows is the one near the case's places, and the derivation says so")
  func settled() throws {
    let reading = read("Eastland captured Korvat on March 8.")
    let claim = try #require(reading.claims.first)
    #expect(claim.places.map(\.place) == ["geonames-1"])
    #expect(claim.id == Claim.id(of: claim))
    #expect(reading.why[0].contains { $0.hasPrefix("where: Korvat, AZ") && $0.contains("near the case's places") })
  }

  @Test("Of two places of a name near the case's none is chosen, and the derivation says so")
  func ambiguous() throws {
    let reading = read("Eastland captured Selin on March 8.")
    let place = try #require(reading.claims.first?.places.first)
    #expect(place.place == nil)
    #expect(Set(place.candidates) == ["geonames-3", "geonames-4"])
    #expect(reading.why[0].contains { $0.contains("may be any of 2") })
  }

  @Test("A place of the case stays what it is, and one that nobody knows keeps its words")
  func others() {
    #expect(read("Eastland captured Orlin on March 8.").claims.first?.places.map(\.place) == ["orlin"])
    #expect(read("Eastland captured Umbrava on March 8.").claims.first?.places.map(\.place) == [nil])
  }
}
