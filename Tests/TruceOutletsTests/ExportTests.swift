// The formats that other programs read, checked by parsers of another hand and by the formats' own rules.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceSituation

@testable import TruceOutlets

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct ExportTests {
  static let produced = Instant("2020-12-02T09:00:00Z")!

  static var input: OutletInput {
    var situation = Fixture.situation()
    situation.incidents = [
      Situation.Event(
        type: .ceasefireViolation, act: "attack", who: ["AZE"], places: ["<script>alert(1)</script>"], when: Fixture.when("2020-11-26"),
        modality: .happened, polarity: .positive, quantities: [], standing: .claimed, isDisputed: true, origins: 1,
        evidence: [Fixture.entered.id], summary: "", whom: ["ARM"])
    ]
    situation.commitments[0].title = "=HYPERLINK(\"http://evil.example\"), \"quoted\"; and\nbroken"
    let claims = [Fixture.entered.id: Fixture.entered]
    return OutletInput(situation: situation, case: Fixture.file, claim: { claims[$0] }, produced: produced)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try #require(Outlet.named(name)).render(ExportTests.input), as: UTF8.self)
  }

  @Test("Outlets have different names, and each renders the same bytes twice", arguments: Outlet.all.map(\.name))
  func stable(name: String) throws {
    #expect(Outlet.all.filter { $0.name == name }.count == 1)
    #expect(try text(name) == text(name))
    #expect(try !text(name).isEmpty)
  }

  @Test("Each XML format is well formed, and what a report says stays text", arguments: ["atom", "cap", "kml", "svg"])
  func wellFormed(name: String) throws {
    let document = try XMLDocument(xmlString: try text(name))
    let scripts = try document.nodes(forXPath: "//*[local-name()='script']")
    #expect(scripts.isEmpty)
  }

  @Test("A place is a feature with its holder, its accuracy and a closed ring, longitude first")
  func features() throws {
    let json = try #require(try JSONSerialization.jsonObject(with: Data(try text("geojson").utf8)) as? [String: Any])
    #expect(json["type"] as? String == "FeatureCollection")
    let features = try #require(json["features"] as? [[String: Any]])
    let lachin = try #require(features.first { $0["id"] as? String == "lachin-district" })
    let properties = try #require(lachin["properties"] as? [String: Any])
    #expect(properties["holder"] as? String == "AZE")
    #expect(properties["standing"] as? String == "claimed")
    #expect(properties["accuracyMetres"] as? Double == 3000)
    let geometry = try #require(lachin["geometry"] as? [String: Any])
    #expect(geometry["type"] as? String == "Polygon")
    let ring = try #require((geometry["coordinates"] as? [[[Double]]])?.first)
    #expect(ring.first == ring.last)
    #expect(ring[0] == [46.2, 39.8])
  }

  @Test("No export gives away where a post stands", arguments: Outlet.all.map(\.name))
  func noPosts(name: String) throws {
    let text = try text(name)
    for digits in ["46.6137", "39.7219"] { #expect(!text.contains(digits)) }
  }

  @Test("Each row of the table has as many fields as its heading, whatever they hold")
  func rows() throws {
    let table = try text("csv")
    #expect(table.hasSuffix("\r\n"))
    var rows: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    var characters = Array(table.unicodeScalars)[...]
    while let scalar = characters.popFirst() {
      if isQuoted {
        if scalar == "\"", characters.first == "\"" {
          field += "\""
          characters.removeFirst()
        } else if scalar == "\"" {
          isQuoted = false
        } else {
          field.unicodeScalars.append(scalar)
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," || scalar == "\n" {
        rows[rows.count - 1].append(field)
        field = ""
        if scalar == "\n" { rows.append([]) }
      } else if scalar != "\r" {
        field.unicodeScalars.append(scalar)
      }
    }
    rows.removeLast()
    #expect(rows.allSatisfy { $0.count == 12 })
    let title = rows.first { $0[0] == "commitment" }?[2]
    #expect(title == "'=HYPERLINK(\"http://evil.example\"), \"quoted\"; and\nbroken")
  }

  @Test(
    "A spreadsheet's formulas are disarmed, numbers are left alone",
    arguments: [("=1+1", "'=1+1"), ("-5", "-5"), ("@x", "'@x"), ("+a", "'+a")])
  func formulas(text: String, field: String) { #expect(csvField(text) == field) }

  @Test("A calendar has a day for each deadline, folded lines and escaped text")
  func days() throws {
    let calendar = try text("ics")
    let lines = calendar.components(separatedBy: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(calendar.contains("DTSTART;VALUE=DATE:20201115\r\nDTEND;VALUE=DATE:20201116\r\n"))
    let unfolded = calendar.replacingOccurrences(of: "\r\n ", with: "")
    #expect(unfolded.contains("\"quoted\"\\; and\\nbroken"))
    #expect(calendar.components(separatedBy: "BEGIN:VEVENT").count == calendar.components(separatedBy: "END:VEVENT").count)
  }

  @Test("An alert has its elements in the order of the schema, and says how sure each matter is")
  func alert() throws {
    let document = try XMLDocument(xmlString: try text("cap"))
    let names = document.rootElement()?.children?.compactMap(\.name) ?? []
    #expect(names == ["identifier", "sender", "sent", "status", "msgType", "scope", "restriction", "info"])
    let info = try #require(document.rootElement()?.elements(forName: "info").first)
    #expect(
      info.children?.compactMap(\.name)
        == ["language", "category", "event", "urgency", "severity", "certainty", "onset", "headline", "description", "area"])
    #expect(info.elements(forName: "certainty").first?.stringValue == "Possible")
    #expect(document.rootElement()?.elements(forName: "sent").first?.stringValue == "2020-12-02T13:00:00+04:00")
    #expect(capTime(ExportTests.produced, zone: .utc) == "2020-12-02T09:00:00-00:00")
  }

  @Test("The ids of a feed's entries differ from each other and stay the same when it is made again")
  func entryIDs() throws {
    let document = try XMLDocument(xmlString: try text("atom"))
    let ids = (document.rootElement()?.elements(forName: "entry") ?? []).compactMap { $0.elements(forName: "id").first?.stringValue }
    #expect(ids.count == Set(ids).count)
    #expect(ids.count >= 4)
    var later = ExportTests.input
    later.produced = ExportTests.produced.adding(seconds: 3600)
    let again = try XMLDocument(xmlString: atomFeed(later))
    let later2 = (again.rootElement()?.elements(forName: "entry") ?? []).compactMap { $0.elements(forName: "id").first?.stringValue }
    #expect(Set(ids) == Set(later2))
  }

  @Test("KML turns a colour round and keeps its digits")
  func colour() {
    #expect(kmlColour("#1f77b4", opacity: "66") == "66b4771f")
    #expect(kmlColour("red", opacity: "66") == "668f8a8a")
  }
}
