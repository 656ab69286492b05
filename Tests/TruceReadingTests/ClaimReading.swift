// Reads a snippet in which the words that a claim must find are marked, for the tests of reading rules.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@testable import TruceReading

/// What a snippet's claims are compared with.
struct Expected: Sendable, CustomStringConvertible {
  var type: ClaimType
  var act: String
  var who: [String] = []
  var whom: [String] = []
  var place: String?
  var when: String?
  var due: String?
  var modality: Modality = .happened
  var polarity: Polarity = .positive
  var speaker: String?

  var description: String { "\(type.rawValue) \(act) \(place ?? "")" }
}

/// A reader of the repository's own lexicon, with two sides and two places of nowhere.
enum Snippets {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Lexicons/en").path

  static let reader: Reader = {
    let lexicon = try! Lexicon.load(folder: folder)
    let zone = Zone(offsetSeconds: 3 * 3600)
    let east = Party(
      id: "EST", role: .side, names: [Name("Eastland")], demonyms: ["Eastlander", "Eastlandic"],
      organs: [.init(id: "est-mod", names: [Name("Eastlandic Defence Ministry")], kind: "ministry")])
    let west = Party(id: "WST", role: .side, names: [Name("Westland")], demonyms: ["Westlander", "Westlandic"])
    let places = [
      Place(id: "orlin", kind: .settlement, names: [Name("Orlin")]),
      Place(id: "orlin-district", kind: .district, names: [Name("Orlin district")]),
      Place(id: "tarn-district", kind: .district, names: [Name("Tarn district")]),
      Place(id: "vale-corridor", kind: .corridor, names: [Name("Vale corridor")]),
    ]
    let known = Case(
      id: "nowhere", title: "Nowhere", zone: zone, parties: [east, west], places: places, digest: Digest(of: "nowhere"))
    return Reader(lexicon: lexicon, cases: [known])
  }()

  /// A reader of the world layer alone.
  static let world = Reader(lexicon: try! Lexicon.load(folder: folder), cases: [])

  static func claims(_ text: String) -> [Claim] {
    reader.read(Document(plain: Array(text.utf8), published: When("2021-03-10", zone: .utc))).claims
  }

  /// Where a claim differs from what was expected, in words; nil where it does not.
  static func difference(_ claim: Claim, _ expected: Expected) -> String? {
    var found: [String] = []
    if claim.type != expected.type { found.append("type \(claim.type.rawValue)") }
    if claim.act != expected.act { found.append("act \(claim.act)") }
    if !expected.who.isEmpty, claim.who.compactMap({ $0.party?.rawValue }) != expected.who { found.append("who \(claim.who.map(\.text))") }
    if !expected.whom.isEmpty, claim.whom.compactMap({ $0.party?.rawValue }) != expected.whom {
      found.append("whom \(claim.whom.map(\.text))")
    }
    if let place = expected.place, claim.places.first.map({ $0.place?.rawValue ?? $0.text }) != place {
      found.append("where \(claim.places)")
    }
    if let when = expected.when, claim.when?.edtf != when { found.append("when \(claim.when?.edtf ?? "none")") }
    if let due = expected.due, claim.due?.when.edtf != due { found.append("due \(claim.due?.when.edtf ?? "none")") }
    if claim.modality != expected.modality { found.append("modality \(claim.modality.rawValue)") }
    if claim.polarity != expected.polarity { found.append("polarity \(claim.polarity.rawValue)") }
    if let speaker = expected.speaker, claim.speaker?.text != speaker { found.append("speaker \(claim.speaker?.text ?? "none")") }
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }
  /// Expects that a text gives these claims and no others, in this order.
  static func check(_ text: String, _ expected: [Expected], at location: SourceLocation = #_sourceLocation) {
    let claims = claims(text)
    let told = claims.map { "\($0.type.rawValue) \($0.act) \($0.places.map(\.text))" }
    #expect(claims.count == expected.count, "\(text): \(told)", sourceLocation: location)
    for (claim, wanted) in zip(claims, expected) {
      let difference = difference(claim, wanted)
      #expect(difference == nil, "\(text): \(difference ?? "")", sourceLocation: location)
    }
  }
}
