// The map: well-formed, harmless, and true to the situation.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@testable import TruceOutlets

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct MapTests {
  /// Reads a document with a parser of another hand, and keeps what the tests ask about.
  final class Outline: NSObject, XMLParserDelegate {
    var places: [String: [String: String]] = [:]
    var elements: [String] = []
    var texts: [String] = []
    private var current = ""

    init?(_ svg: String) {
      super.init()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = self
      guard parser.parse() else { return nil }
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      elements.append(name)
      current = ""
      if let place = attributes["data-place"] { places[place] = attributes }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { current += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      if name == "text" || name == "title" { texts.append(current) }
    }
  }

  @Test("Every place with a shape and a holder can be clicked, and says who holds it")
  func placesAreMarked() throws {
    let outline = try #require(Outline(mapSVG(situation: Fixture.situation(), case: Fixture.file)))
    #expect(outline.places["kalbajar-district"]?["data-holder"] == "AZE")
    #expect(outline.places["lachin-district"]?["data-standing"] == "claimed")
    #expect(outline.places["agdam-district"]?["data-disputed"] == "true")
    #expect(outline.places["lachin-corridor"]?["data-holder"] == "RUS")
    #expect(outline.texts.contains("LACHIN"))
    #expect(outline.texts.contains("Kalbajar district: Azerbaijan since 25 November 2020 (attested)"))
    #expect(outline.texts.contains("Agdam district: left by Armenia, new holder not stated, by 1 December 2020 (alleged, disputed)"))
    #expect(outline.texts.contains { $0.contains("Schematic outlines, right to within 3 km") })
  }

  @Test("What only the gaining side claims is dashed, what is disputed is hatched, and what is attested is neither")
  func signsOfStanding() throws {
    let svg = mapSVG(situation: Fixture.situation(), case: Fixture.file)
    func part(_ place: String) throws -> Substring {
      let start = try #require(svg.range(of: "id=\"place-\(place)\"")).lowerBound
      let end = try #require(svg[start...].range(of: "</g>")).lowerBound
      return svg[start..<end]
    }
    #expect(try part("lachin-district").contains("stroke-dasharray"))
    #expect(try part("agdam-district").contains("url(#map-disputed)"))
    #expect(try !part("kalbajar-district").contains("stroke-dasharray"))
    #expect(try !part("kalbajar-district").contains("url(#"))
  }

  @Test("A town with an outline beside its point is drawn as a dot, and labelled")
  func townWithOutline() throws {
    var file = Fixture.file
    let index = try #require(file.places.firstIndex { $0.id == "shusha" })
    var outline = file.places[index].definitions[0]
    outline.geometry = Fixture.polygon([(46.74, 39.75), (46.77, 39.75), (46.77, 39.77)])
    file.places[index].definitions.append(outline)
    let outlineSVG = try #require(Outline(mapSVG(situation: Fixture.situation(), case: file)))
    #expect(outlineSVG.texts.contains("Shusha"))
  }

  @Test("A hostile name stays text: no element of the document comes from it")
  func hostileNames() throws {
    var file = Fixture.file
    file.title = "</title><script>alert(1)</script>"
    file.places[1].names = [Name("\"><script>alert(2)</script>\u{0}")]
    file.parties[0].colour = "red\" onload=\"alert(3)"
    let svg = mapSVG(situation: Fixture.situation(), case: file)
    let outline = try #require(Outline(svg))
    #expect(!outline.elements.contains("script"))
    #expect(!svg.contains("onload"))
  }

  @Test("No post is drawn where it stands: its position is the middle of a cell of 0.1 degrees")
  func postsAreCoarsened() throws {
    let marks = postMarks(Fixture.situation(), case: Fixture.file)
    let post = try #require(marks.first { $0.words == "post in this area" })
    #expect(abs(post.position.longitude - 46.65) < 1e-9)
    #expect(abs(post.position.latitude - 39.75) < 1e-9)
    let svg = mapSVG(situation: Fixture.situation(), case: Fixture.file)
    #expect(!svg.contains("Post 7"))
  }

  @Test("Labels do not overlap", arguments: [360.0, 640, 960, 1600])
  func labelsDoNotCollide(width: Double) throws {
    var drawing = MapDrawing(situation: Fixture.situation(), file: Fixture.file, options: MapOptions(width: width))
    _ = drawing
    drawing.legend = []
    let file = Fixture.file
    let frame = try #require(MapFrame(around: file.places.flatMap { $0.definitions[0].geometry.positions }, width: width))
    let labels = file.places.compactMap { place -> MapLabel? in
      guard case .point(let position) = place.definitions[0].geometry else { return nil }
      var label = MapLabel(lines: [.init(text: place.name, size: 11)], candidates: [], priority: 1)
      label.candidates = signCandidates(frame.pixel(position), width: label.width, height: label.height, gap: 4)
      return label
    }
    let placed = placeLabels(labels, in: frame.bounds, around: [])
    #expect(placed.count >= 4)
    for (index, one) in placed.enumerated() {
      for other in placed.dropFirst(index + 1) {
        #expect(!one.label.box(at: one.middle).overlaps(other.label.box(at: other.middle)))
      }
    }
  }

  @Test("Lengths on the map agree with the sphere to a percent")
  func scale() throws {
    let a = Position(longitude: 46, latitude: 39.5)
    let b = Position(longitude: 46.5, latitude: 40)
    let frame = try #require(MapFrame(around: [a, b, Position(longitude: 47, latitude: 40.3)], width: 1000))
    let (p, q) = (frame.pixel(a), frame.pixel(b))
    let onMap = ((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y)).squareRoot()
    // Haversine on a sphere of 6,371,008.8 m.
    let rad = Double.pi / 180
    let h =
      pow(sin(0.25 * rad), 2) + cos(39.5 * rad) * cos(40 * rad) * pow(sin(0.25 * rad), 2)
    let metres = 2 * 6_371_008.8 * asin(h.squareRoot())
    #expect(abs(onMap - frame.pixels(metres: metres)) < onMap * 0.01)
  }

  @Test("A case without shapes gives an image that says so")
  func nothingToDraw() {
    var file = Fixture.file
    file.places = []
    #expect(mapSVG(situation: Fixture.situation(), case: file).contains("No place of this case has a shape"))
  }

  @Test("The same situation gives the same bytes")
  func isStable() {
    #expect(mapSVG(situation: Fixture.situation(), case: Fixture.file) == mapSVG(situation: Fixture.situation(), case: Fixture.file))
  }
}
