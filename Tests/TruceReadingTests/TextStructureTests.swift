// Tests of sentences and their kinds, datelines, quotations, asides and front matter.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct TextStructureTests {
  private func sentences(_ text: String) -> [String] {
    let document = Document(plain: Array(text.utf8))
    return document.sentences.map { document.text($0.span) }
  }

  @Test(
    "A full stop ends a sentence or does not as its neighbours tell",
    arguments: [
      ("They must leave by December 1. Later the date was moved.", 2),
      ("BAKU, December 1. /TASS/. Units have entered the town.", 1),
      ("On Nov. 9 they met in St. Petersburg.", 1),
      ("Col. Ahmad Sharif spoke. He was brief.", 2),
      ("George W. Bush met Gen. T. E. Lake of the U.S. Army.", 1),
      ("It left the U.N. The vote was close.", 2),
      ("A rise of 40.5 per cent. Nobody knows why.", 2),
      ("\"Stop!\" Mayor Lind said. They did not.", 2),
      ("\"It holds.\" \"For now.\"", 2),
      ("He asked why? Nobody answered… Then it was quiet.", 3),
      ("No. 12 was set up at 6:40 p.m. Monday by Acme Ltd. of Oslo.", 1),
    ])
  func stops(text: String, count: Int) { #expect(sentences(text).count == count, "\(sentences(text))") }

  @Test("A line without a full stop stands for itself; a line wrapped by hand goes on")
  func lines() {
    let text = """
      Troops leave the valley

      By Jane Roe

      The last units left the valley on Monday, a spokesman of
      the mission said, and the road was open again by the
      evening.
      • First point
      • Second point
      """
    let document = Document(plain: Array(text.utf8))
    #expect(document.sentences.map(\.kind) == [.headline, .byline, .body, .listItem, .listItem])
    #expect(document.title == "Troops leave the valley")
  }

  @Test(
    "A dateline gives places and date apart from the agency",
    arguments: [
      ("BAKU, December 1. /TASS/. Units entered the town.", "BAKU, December 1.", "TASS", "Units"),
      ("GAZA, Nov. 26 (Xinhua) -- A truce began.", "GAZA, Nov. 26", "Xinhua", "A"),
      ("GENEVA/NEW YORK (Reuters) - Talks opened.", "GENEVA/NEW YORK", "Reuters", "Talks"),
      ("KABUL, Afghanistan — Shells fell.", "KABUL, Afghanistan", "", "Shells"),
      ("Moscow, 3 March (Interfax). Talks opened.", "Moscow, 3 March", "Interfax", "Talks"),
    ])
  func datelines(text: String, head: String, agency: String, first: String) throws {
    let document = Document(plain: Array(text.utf8))
    let line = try #require(document.datelines.first)
    #expect(document.text(tokens: line.head) == head)
    #expect((line.agency.map { document.text(tokens: $0) } ?? "") == agency)
    #expect(document.sentences.count == 1)
    #expect(document.text(token: document.sentences[0].body) == first)
  }

  @Test(
    "A sentence that merely opens with a capital has no dateline",
    arguments: ["UN troops left on Monday.", "The AP said (on Monday) - it left."])
  func noDateline(text: String) { #expect(Document(plain: Array(text.utf8)).datelines.isEmpty) }

  @Test("An outlet's aside within a quotation is marked as its own words")
  func asides() throws {
    let document = Document(plain: Array("\"Units left on May 3 (the night of May 3 - ABCD),\" he said.".utf8))
    let inside = document.tokens.indices.filter { document.tokens[$0].flags.contains(.aside) }
    #expect(document.text(tokens: inside[0]..<inside[inside.count - 1] + 1) == "(the night of May 3 - ABCD)")
    #expect(document.quotations.count == 1)
    #expect(document.text(tokens: document.quotations[0].tokens).hasPrefix("Units left"))
  }

  @Test("Quotations nest, and one that is not closed ends with its paragraph")
  func quotations() {
    let document = Document(plain: Array("He said: “She told us ‘go away’ twice.”\n\n“It goes on.\n\nAnd here it is over.".utf8))
    #expect(document.quotations.map { [$0.depth, $0.isClosed ? 1 : 0] } == [[1, 1], [2, 1], [1, 0]])
    #expect(document.tokens.last?.quoteDepth == 0)
  }

  @Test("Front matter is read, and spans count in the whole text")
  func frontMatter() {
    let text = "---\nsource: Example Agency\npublished: 2020-12-01\nlanguage: en\nfoo: bar\n---\nUnits left."
    let document = Document(plain: Array(text.utf8), zone: Zone("+04:00"))
    #expect(document.sourceName == "Example Agency")
    #expect(document.published?.edtf == "2020-12-01")
    #expect(document.published?.zone == Zone("+04:00"))
    #expect(document.text(document.sentences[0].span) == "Units left.")
    #expect(document.sentences[0].span.end == text.utf8.count)
    #expect(document.findings.map(\.field) == ["foo"])
  }

  @Test("A rule of hyphens without fields is prose")
  func noFrontMatter() {
    let document = Document(plain: Array("---\nUnits left.\n---\nMore.".utf8))
    #expect(document.sentences.contains { document.text($0.span) == "Units left." })
  }
}

@Suite struct TextPartsTests {
  @Test("Reports joined by form feeds are read each by itself, with the offsets of the whole")
  func formFeeds() throws {
    let one = "---\npublished: 2021-03-02\n---\nThey left on Monday.\n“It is"
    let two = "---\npublished: 2021-03-17\nsource: Example\n---\nThey left on Monday."
    let whole = Array((one + "\u{0C}" + two).utf8)
    let first = Document(plain: whole)
    let second = try #require(first.next())
    #expect(second.next() == nil)
    for (part, alone, offset) in [(first, one, 0), (second, two, one.utf8.count + 1)] {
      let single = Document(plain: Array(alone.utf8))
      #expect(part.published == single.published)
      #expect(part.sourceName == single.sourceName)
      #expect(part.tokens.map(\.form) == single.tokens.map(\.form))
      #expect(part.tokens.map { Int($0.start) - offset } == single.tokens.map { Int($0.start) })
      #expect(part.sentences.map(\.kind) == single.sentences.map(\.kind))
    }
  }

  @Test("A very long text is cut into parts that cover it, between paragraphs where there are any")
  func longTexts() {
    let paragraph = "Units left the town on Monday, the mission said in a statement.\n\n"
    let long = Array(String(repeating: paragraph, count: 18_000).utf8)
    for text in [long, [UInt8](repeating: 0x61, count: 1_200_000), Array(String(repeating: "é", count: 600_000).utf8)] {
      var part: Document? = Document(plain: text)
      var at = 0
      while let document = part {
        #expect(document.range.lowerBound == at)
        #expect(document.range.count <= Document.longestPart && !document.range.isEmpty)
        #expect(document.findings.isEmpty)
        if text.count == long.count { #expect(document.sentences.allSatisfy { $0.span.end - $0.span.start == paragraph.utf8.count - 2 }) }
        at = document.range.upperBound
        part = document.next()
      }
      #expect(at == text.count)
    }
  }
}
