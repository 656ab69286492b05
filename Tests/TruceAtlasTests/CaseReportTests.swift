// The sample reports of the built-in case: each opens with a head that names a source of the case and a moment.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@Suite struct CaseReportTests {
  static let folder = casesFolder + "/karabakh-2020/reports"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".txt") }.sorted()

  @Test("A sample report's head names its source, moment, language and title", arguments: names)
  func head(name: String) throws {
    let text = try String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.first == "---")
    let end = try #require(lines.dropFirst().firstIndex(of: "---"))
    var head: [String: String] = [:]
    for line in lines[1..<end] {
      let colon = try #require(line.range(of: ": "))
      head[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
    }
    #expect(Set(head.keys) == ["source", "published", "language", "title"])
    #expect(head["language"] == "en")
    let karabakh = try Case.load(folder: casesFolder + "/karabakh-2020")
    #expect(karabakh.source(SourceID(head["source"] ?? "")) != nil, "source \(head["source"] ?? "none")")
    let published = try #require(Instant(head["published"] ?? ""))
    // The file is named for the day on which it was published where it was published.
    let zone = try #require(Zone(String((head["published"] ?? "").suffix(6))))
    #expect(name.hasPrefix(zone.day(at: published).description))
    let words = lines[(end + 1)...].joined(separator: " ").split(separator: " ").count
    #expect((60...250).contains(words), "\(words) words")
  }

  @Test("The sample reports cover the handovers, a denial, a revision, the exchange, the posts and an incident")
  func covered() throws {
    let all = try Self.names.map { try String(contentsOfFile: Self.folder + "/" + $0, encoding: .utf8) }.joined(separator: "\n")
    for part in [
      "entered the Agdam district on November 20", "entered the Kalbajar district on November 25",
      "entered the Lachin district in the early hours",
      "Not a single Azerbaijani unit has entered", "extended by 10 days, from November 15 to November 25",
      "30 prisoners of war and 14 civilians",
      "44 of our prisoners", "10 observation posts", "16 observation posts", "23 observation posts", "27 observation posts",
      "violated the ceasefire and attacked",
    ] {
      #expect(all.contains(part), "\(part)")
    }
    #expect((12...24).contains(Self.names.count))
  }
}
