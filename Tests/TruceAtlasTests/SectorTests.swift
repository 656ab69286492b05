// The suite of sectors and of the phrases that name them.
import Testing
import TruceAtlas

/// A phrase and what it says.
struct Phrase: Sendable {
  let text: String
  let low: Double
  let high: Double
  let error: Double
  let directions: [CompassPoint]
  let place: String?

  init(_ text: String, _ low: Double, _ high: Double, _ error: Double, _ directions: [CompassPoint], _ place: String?) {
    self.text = text
    self.low = low
    self.high = high
    self.error = error
    self.directions = directions
    self.place = place
  }
}

private let phraseTable: [Phrase] = [
  Phrase("1.5 km NE of Hnutove", 1500.0, 1500.0, 50.0, [.northEast], "Hnutove"),
  Phrase("1.5km NE of Hnutove", 1500, 1500, 50, [.northEast], "Hnutove"),
  Phrase("20 km NE of Mariupol.", 20_000, 20_000, 5000, [.northEast], "Mariupol"),
  Phrase("2-4 km ENE and E", 2000, 4000, 500, [.eastNorthEast, .east], nil),
  Phrase("2–4km ENE and E", 2000, 4000, 500, [.eastNorthEast, .east], nil),
  Phrase("about 900 metres north-west of the bridge at Zolote", 900, 900, 50, [.northWest], "the bridge at Zolote"),
  Phrase("3 to 5 km S, SSW and SW of Dokuchaievsk", 3000, 5000, 500, [.south, .southSouthWest, .southWest], "Dokuchaievsk"),
  Phrase("12 km from Agdam", 12_000, 12_000, 500, [], "Agdam"),
  Phrase("7 km south-southeast of Popasna", 7000, 7000, 500, [.southSouthEast], "Popasna"),
  Phrase("5 km to the north of Lisagor", 5000, 5000, 500, [.north], "Lisagor"),
]

@Suite struct SectorTests {
  private let post = Position(longitude: 37.8, latitude: 47.2)

  @Test("A phrase of distance and direction is read with its rounding", arguments: phraseTable)
  func phrases(_ expected: Phrase) throws {
    let phrase = try #require(SectorPhrase(expected.text))
    #expect(phrase.rangeMetres == expected.low...expected.high)
    #expect(abs(phrase.rangeErrorMetres - expected.error) < 1e-9)
    #expect(phrase.directions == expected.directions)
    #expect(phrase.place == expected.place)
  }

  @Test(
    "What is no distance is no phrase",
    arguments: ["", "NE of Hnutove", "5 tanks", "km NE", "4-2 km E", "3 km", "99999 km N of X", "1e3 km N of X"])
  func noPhrases(_ text: String) { #expect(SectorPhrase(text) == nil) }

  @Test("Neighbouring directions make one sector as wide as both, over north too")
  func joined() throws {
    let two = try #require(SectorPhrase("2-4 km ENE and E")).sectors(from: post, accuracyMetres: 100)
    #expect(two.count == 1)
    #expect(two[0].startBearing == 56.25 && two[0].widthDegrees == 45)
    let overNorth = try #require(SectorPhrase("3 km NNW, N and NNE")).sectors(from: post, accuracyMetres: 0)
    #expect(overNorth.count == 1)
    #expect(overNorth[0].startBearing == 326.25 && overNorth[0].widthDegrees == 67.5)
    #expect(try #require(SectorPhrase("3 km N and S")).sectors(from: post, accuracyMetres: 0).count == 2)
  }

  @Test("What lies in a sector lies in its outline, and the errors make a band of doubt around it")
  func containment() throws {
    var random = Seeded(30)
    for (start, width) in [(30.0, 60.0), (340, 50), (0, 360), (100, 250)] {
      let sharp = try Sector(observer: post, startBearing: start, widthDegrees: width, rangeMetres: 1000...5000)
      let vague = try Sector(
        observer: post, observerAccuracyMetres: 100, startBearing: start, widthDegrees: width, bearingErrorDegrees: 2,
        rangeMetres: 1000...5000, rangeErrorMetres: 200)
      let area = try PreparedArea(sharp.outline(stepDegrees: 0.5), accuracyMetres: 0)
      for _ in 0..<1000 {
        let position = Karney.direct(post, Double.random(in: 0...7000, using: &random), Double.random(in: 0..<360, using: &random))
        let depth = area.signedDistanceMetres(to: position)
        if abs(depth) > 1 { #expect(sharp.contains(position) == (depth > 0 ? .inside : .outside)) }
        switch vague.contains(position) {
        case .inside: #expect(depth > -1)
        case .outside: #expect(depth < 1)
        case .tooCloseToTell: #expect(abs(depth) < vague.errorMetres + 101)
        }
      }
    }
  }

  @Test("Bearings that are no numbers and ranges below zero are refused")
  func refused() {
    #expect(throws: AtlasError.self) { try Sector(observer: post, startBearing: .nan, widthDegrees: 10, rangeMetres: 0...1) }
    #expect(throws: AtlasError.self) { try Sector(observer: post, startBearing: 0, widthDegrees: 10, rangeMetres: -5...1) }
    #expect(throws: AtlasError.self) {
      try Sector(observer: post, startBearing: 0, widthDegrees: 10, rangeMetres: 0...1, rangeErrorMetres: -1)
    }
  }
}
