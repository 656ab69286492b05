// The suite of names: folding, look-up in layers, GeoNames tables.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@Suite struct GazetteerTests {
  private let table = """
    146970\tKhankendi\tKhankendi\tStepanakert,Xankəndi,Ստեփանակերտ,Степанакерт\t39.8177\t46.7528\tP\tPPLA\tAZ\t\t\t\t\t\t53000\t\t\t\t
    147105\tShusha\tShusha\tŞuşa,Shushi,Şuşa\t39.76006\t46.74989\tP\tPPLA\tAZ\t\t\t\t\t\t5000\t\t\t\t
    1\tBerlin\tBerlin\t\t52.52\t13.40\tP\tPPLC\tDE\t\t\t\t\t\t3400000\t\t\t\t
    2\tBerlin\tBerlin\t\t44.47\t-71.18\tP\tPPL\tUS\t\t\t\t\t\t9000\t\t\t\t

    """

  @Test("Names are compared by composed small letters, and diacritics count")
  func folding() {
    #expect(foldedName("  Nagorno \t Karabakh ") == Array("nagorno karabakh".utf8))
    #expect(foldedName("S\u{327}us\u{327}a") == foldedName("ŞUŞA"))
    #expect(foldedName("Şuşa") != foldedName("Susa"))
    #expect(foldedName("İmişli") == Array("imişli".utf8))
    #expect(foldedName("Ստեփանակերտ") == foldedName("ՍՏԵՓԱՆԱԿԵՐՏ"))
    #expect(foldedName("Mar’inka – Krasnohorivka") == Array("mar'inka - krasnohorivka".utf8))
    #expect(foldedName("") == [])
  }

  @Test("A place of a GeoNames table is found by every one of its names, and namesakes by population")
  func lookUp() throws {
    let (layer, findings) = try GazetteerLayer.geoNames(Array(table.utf8))
    #expect(findings.isEmpty)
    #expect(layer.placeCount == 4)
    for name in ["Khankendi", "stepanakert", "XANKƏNDI", "Степанакерт", "Ստեփանակերտ"] {
      #expect(layer.entries(named: name).map(\.number) == [146970])
    }
    let entry = try #require(layer.entries(named: "Şuşa").first)
    #expect(layer.entries(named: "Şuşa").count == 1)
    #expect(entry.name == "Shusha" && entry.feature == "P.PPLA" && entry.country == "AZ" && entry.population == 5000)
    #expect(abs(entry.position.longitude - 46.74989) < 1e-6 && abs(entry.position.latitude - 39.76006) < 1e-6)
    #expect(layer.entries(named: "Berlin").map(\.country) == ["DE", "US"])
    #expect(layer.entries(named: "Bonn").isEmpty)
    #expect(layer.entries(named: "").isEmpty)
  }

  @Test("Names from the alternates' table carry their language; links and post codes are no names")
  func alternates() throws {
    let alternates =
      "1\t147105\thy\tՇուշի\t\t\t\t\n2\t147105\tlink\thttps://example.org\t\n3\t147105\tpost\t5800\t\n4\t999\ten\tNowhere\t\n"
    let (layer, _) = try GazetteerLayer.geoNames(Array(table.utf8), alternates: Array(alternates.utf8))
    #expect(layer.entries(named: "Շուշի").first?.language == "hy")
    #expect(layer.entries(named: "5800").isEmpty)
    #expect(layer.entries(named: "Nowhere").isEmpty)
  }

  @Test("A prefix of a name is known as one, anything else not")
  func prefixes() throws {
    let (layer, _) = try GazetteerLayer.geoNames(Array(table.utf8))
    func has(_ text: String) -> Bool { Array(text.utf8).withUnsafeBufferPointer { layer.hasName(withPrefix: $0) } }
    #expect(has("step"))
    #expect(has("berlin"))
    #expect(has(""))
    #expect(!has("steps"))
    #expect(!has("zzz"))
  }

  @Test("A block comes back whole, and a damaged one is refused, never trusted")
  func blocks() throws {
    let (layer, _) = try GazetteerLayer.geoNames(Array(table.utf8))
    let block = layer.block
    #expect(try GazetteerLayer(block: block).entries(named: "Shushi").map(\.number) == [147105])
    var random = Seeded(11)
    for _ in 0..<3000 {
      var damaged = block
      switch Int.random(in: 0..<3, using: &random) {
      case 0: damaged.removeLast(Int.random(in: 1...block.count, using: &random))
      case 1: damaged[Int.random(in: 0..<block.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      default: for _ in 0..<8 { damaged[Int.random(in: 0..<400, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
      }
      // Whatever is taken must answer without trapping.
      guard let taken = try? GazetteerLayer(block: damaged) else { continue }
      for name in ["Berlin", "Shushi", "x"] { _ = taken.entries(named: name) }
    }
  }

  @Test("Wrong lines are told by number and left out; a table without a place is refused")
  func wrongLines() throws {
    let text = "not a table\n5\tX\tX\t\t95\t46\tP\tPPL\tAZ\t\t\t\t\t\t1\t\t\t\t\n" + table
    let (layer, findings) = try GazetteerLayer.geoNames(Array(text.utf8), origin: GazetteerLayer.Origin(file: "places.txt"))
    #expect(layer.placeCount == 4)
    #expect(findings.map(\.line) == [1, 2])
    #expect(throws: AtlasError.self) { try GazetteerLayer.geoNames(Array("nothing".utf8)) }
  }

  @Test("The case's own places come before an imported layer's")
  func layers() throws {
    let (layer, _) = try GazetteerLayer.geoNames(Array(table.utf8))
    let places = [
      Place(id: "shusha", kind: .settlement, names: [Name("Shusha"), Name("Shushi")]),
      Place(id: "shusha-district", kind: .district, names: [Name("Shusha")]),
    ]
    let gazetteer = Gazetteer(places, layers: [layer])
    let found = gazetteer.candidates(for: "shusha")
    #expect(found.count == 3)
    guard case .place("shusha", _) = found[0], case .place("shusha-district", _) = found[1], case .entry(let entry, 0) = found[2] else {
      Issue.record("\(found)")
      return
    }
    #expect(entry.number == 147105)
  }

  private func row(_ number: Int, _ name: String, _ latitude: Double, _ longitude: Double, _ feature: String, _ people: Int) -> String {
    "\(number)\t\(name)\t\t\t\(latitude)\t\(longitude)\t\(feature.replacing(".", with: "\t"))\tAZ\t\t\t\t\t\t\(people)\t\t\t\t\n"
  }

  @Test("A name is settled by the case first, then by the theatre; what stays ambiguous says so, however large one of them is")
  func meaning() throws {
    let table =
      row(1, "Lachin", 39.64, 46.55, "P.PPL", 10) + row(2, "Malibeyli", 39.85, 46.79, "P.PPL", 100)
      + row(3, "Malibeyli", 10.0, 10.0, "P.PPL", 900_000) + row(4, "Garabulag", 39.7, 46.7, "P.PPL", 5)
      + row(5, "Garabulag", 39.9, 46.9, "P.PPL", 500_000) + row(6, "Tartar", 39.9, 46.9, "P.PPL", 1)
      + row(7, "Tartar", 39.9, 46.95, "A.ADM1", 1) + row(8, "Tartar", 39.91, 46.91, "P.PPLA", 1)
      + row(9, "Berlin", 52.52, 13.4, "P.PPLC", 3_400_000) + row(10, "Springfield", 39.8, -89.6, "P.PPL", 100_000)
      + row(11, "Springfield", 42.1, -72.6, "P.PPL", 150_000)
    let (layer, _) = try GazetteerLayer.geoNames(Array(table.utf8))
    func at(_ longitude: Double, _ latitude: Double) -> [Place.Definition] {
      let point = Geometry.point(Position(longitude: longitude, latitude: latitude))
      return [Place.Definition(geometry: point, accuracyMetres: 500, source: "me", licence: "CC0-1.0")]
    }
    let places = [
      Place(id: "lachin-district", kind: .district, names: [Name("Lachin")], definitions: at(46.5, 39.6)),
      Place(id: "lachin", kind: .settlement, names: [Name("Lachin")], definitions: at(46.55, 39.64)),
      Place(id: "a", kind: .road, names: [Name("the road")], definitions: at(46.8, 39.8)),
      Place(id: "b", kind: .road, names: [Name("The Road")], definitions: at(46.8, 39.8)),
    ]
    let gazetteer = Gazetteer(places, layers: [layer])
    func settled(_ name: String) -> PlaceID? { if case .settled(let one, _) = gazetteer.meaning(of: name) { one.place } else { nil } }
    func ambiguous(_ name: String) -> [PlaceID]? {
      if case .ambiguous(let several) = gazetteer.meaning(of: name) { several.map(\.place) } else { nil }
    }
    #expect(settled("LACHIN") == "lachin")
    #expect(ambiguous("the road") == ["a", "b"])
    #expect(settled("Malibeyli") == "geonames-2")
    #expect(ambiguous("Garabulag") == ["geonames-5", "geonames-4"])
    #expect(settled("Tartar") == "geonames-6" || settled("Tartar") == "geonames-8")
    #expect(settled("Berlin") == "geonames-9")
    #expect(ambiguous("Springfield") == ["geonames-11", "geonames-10"])
    #expect(gazetteer.meaning(of: "Atlantis") == .unknown)
    guard case .settled(_, let reason) = gazetteer.meaning(of: "Berlin") else { return }
    #expect(reason.contains("far from"))
  }

  @Test("A layer written into a folder is loaded from it with its origin, and a damaged file is named")
  func folders() throws {
    let home = NSTemporaryDirectory() + "truce-gazetteers-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: home) }
    #expect(try GazetteerLayer.load(from: [home]).isEmpty)
    let folder = home + "/" + GazetteerLayer.folderName
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let origin = GazetteerLayer.Origin(source: "GeoNames\nand I", licence: "CC-BY-4.0", file: "AZ.txt")
    try GazetteerLayer.geoNames(Array(table.utf8), origin: origin).layer.write(to: folder + "/az.gazetteer")
    let layers = try GazetteerLayer.load(from: [home, home + "/nowhere"])
    #expect(layers.map(\.placeCount) == [4])
    #expect(layers.first?.origin == GazetteerLayer.Origin(source: "GeoNames and I", licence: "CC-BY-4.0", file: "AZ.txt"))
    try Data("no gazetteer".utf8).write(to: URL(fileURLWithPath: folder + "/b.gazetteer"))
    let error = #expect(throws: AtlasError.self) { try GazetteerLayer.load(from: [home]) }
    #expect(error?.file == folder + "/b.gazetteer")
  }
}
