// Tests of time expressions: a sentence, the expression between markers, and what it says.
import Foundation
import Testing
import TruceModel

@testable import TruceReading

/// The lexicon of the repository.
let englishTimes: TimeLexicon = {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Lexicons/en/time.txt")
  let text = try! Data(contentsOf: file)
  return try! TimeLexicon(Array(text), file: "time.txt")
}()

/// One sentence with `[...]` around the expression.
struct TimeCase: Sendable, CustomTestStringConvertible {
  var text: String
  var value: String
  var edtf: String?
  var published = "2021-03-17"

  init(_ text: String, _ value: String, _ edtf: String? = nil, published: String = "2021-03-17") {
    self.text = text
    self.value = value
    self.edtf = edtf
    self.published = published
  }

  var testDescription: String { text }
}

@Suite struct TimeReaderTests {
  static let zone = Zone("+04:00")!

  private func check(_ example: TimeCase) throws {
    let bytes = Array(example.text.utf8)
    let start = try #require(bytes.firstIndex(of: UInt8(ascii: "[")))
    let end = try #require(bytes.firstIndex(of: UInt8(ascii: "]"))) - 1
    let plain = bytes.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
    let document = Document(plain: plain, published: When(example.published, zone: Self.zone), zone: Self.zone)
    let times = TimeReader(lexicon: englishTimes).read(document)
    let found = times.mentions.first { $0.span == ByteSpan(start, end) }
    let all = times.mentions.map { "\(document.text($0.span)) = \($0.value)" }
    #expect(found?.value == example.value, "\(all)")
    if let edtf = example.edtf { #expect(found?.bounded?.edtf == edtf, "\(all)") }
  }

  @Test(
    "Dates written out take their year from the text or the publication",
    arguments: [
      TimeCase("They signed it on [May 3, 2019].", "2019-05-03", "2019-05-03"),
      TimeCase("They signed it on [3 May].", "2020-05-03", "2020-05-03"),
      TimeCase("Talks will open on [3 May].", "2021-05-03", "2021-05-03"),
      TimeCase("The [28 February] talks failed.", "2021-02-28"),
      TimeCase("They met in [April 1994].", "1994-04", "1994-04"),
      TimeCase("They met in [April].", "2020-04"),
      TimeCase("Shelling on [14.02.2021] hit a school.", "2021-02-14"),
      TimeCase("Shelling on [04/03/2021] hit a school.", "2021-03-04"),
      TimeCase("The log of [2021-03-02] is kept.", "2021-03-02"),
      TimeCase("It was built in [2008].", "2008", "2008"),
      TimeCase("Fighting in [the 1980s] left scars.", "198", "198X"),
      TimeCase("Fighting from [3 May to 9 June 2019] left scars.", "2019-05-03/2019-06-09", "2019-05-03/2019-06-09"),
      TimeCase("Talks on [March 3-5] failed.", "2021-03-03/2021-03-05"),
      TimeCase("In [1975-1990] the city was split.", "1975/1990", "1975/1990"),
      TimeCase("Fighting from [5 to 9 February] left scars.", "2021-02-05/2021-02-09"),
      TimeCase("Talks on [March 3 and 4], mostly calm, failed.", "2021-03-03/2021-03-04"),
    ])
  func dates(example: TimeCase) throws { try check(example) }

  @Test(
    "The word before a date says how it binds",
    arguments: [
      TimeCase("Units must leave by [April 2].", "2021-04-02", "[..2021-04-02]"),
      TimeCase("Units must leave no later than [April 2].", "2021-04-02", "[..2021-04-02]"),
      TimeCase("The truce holds since [March 2].", "2021-03-02", "2021-03-02/.."),
      TimeCase("A truce starting from [March 2] was agreed.", "2021-03-02", "2021-03-02/.."),
      TimeCase("The mandate ran until [March 2].", "2021-03-02", "../2021-03-02"),
      TimeCase("The bridge was not opened until [March 2].", "2021-03-02", "2021-03-02"),
      TimeCase("Around [March 2] the first families came back.", "2021-03-02", "2021-03-02~"),
    ])
  func governors(example: TimeCase) throws { try check(example) }

  @Test(
    "Weekdays and periods count from the publication, by tense",
    arguments: [
      TimeCase("The column left [Monday].", "2021-03-15"),
      TimeCase("The column will leave on [Friday].", "2021-03-19"),
      TimeCase("He said [Sunday] that the column will leave.", "2021-03-14"),
      TimeCase("They meet [next Monday].", "2021-03-22"),
      TimeCase("It began [last week].", "2021-W10"),
      TimeCase("It began [two weeks ago].", "2021-W09"),
      TimeCase("It began [three days ago].", "2021-03-14", "2021-03-14"),
      TimeCase("It began [last year].", "2020", "2020"),
      TimeCase("[Yesterday] was calm.", "2021-03-16"),
      TimeCase("It was calm in [the past 48 hours].", "PT48H", "2021-03-15/2021-03-17"),
      TimeCase("A convoy crossed [overnight].", "2021-03-17TNI", "2021-03-16/2021-03-17"),
      TimeCase("They return [later this year].", "2021"),
      TimeCase("Units must leave within [72 hours].", "PT72H", "[..2021-03-20]"),
      TimeCase("They meet on [Mondays].", "XXXX-WXX-1"),
      TimeCase("The mission left in 1994. [That year] the line moved.", "1994", "1994"),
    ])
  func relative(example: TimeCase) throws { try check(example) }

  @Test(
    "Times of day keep their zone",
    arguments: [
      TimeCase("As of [08:00 local time] it was calm.", "2021-03-17T08:00", "2021-03-17T08:00:00+04:00"),
      TimeCase("They called for a truce at [midnight on March 20].", "2021-03-20T00:00", "2021-03-20T00:00:00+04:00"),
      TimeCase("It begins at [00:00 Moscow time on March 18].", "2021-03-18T00:00", "2021-03-18T00:00:00+03:00"),
      TimeCase("They crossed at [5:45 p.m. on Friday].", "2021-03-12T17:45", "2021-03-12T17:45:00+04:00"),
      TimeCase("It began at [9 p.m. (1900 GMT) on Friday].", "2021-03-12T21:00", "2021-03-12T21:00:00+02:00"),
      TimeCase("It began at [21:00 local time (17:30 GMT) on Friday].", "2021-03-12T21:00", "2021-03-12T21:00:00+03:30"),
      TimeCase("At [0615 hours on 2 Mar] the post reported.", "2021-03-02T06:15", "2021-03-02T06:15:00+04:00"),
      TimeCase("Entry [020615ZMAR21] is signed.", "2021-03-02T06:15", "2021-03-02T06:15:00Z"),
    ])
  func clocks(example: TimeCase) throws { try check(example) }

  @Test(
    "A date may count from what the text said before",
    arguments: [
      TimeCase("They signed on March 2. [The next day] the guns fell silent.", "2021-03-03", "2021-03-03"),
      TimeCase("They signed on March 2. [Five days later] buses ran.", "2021-03-07", "2021-03-07"),
      TimeCase("In June 1994 both sides agreed. On [12 July] a line was drawn.", "1994-07-12", "1994-07-12"),
      TimeCase("The date moved from March 2 to [the 12th].", "2021-03-12"),
    ])
  func anchored(example: TimeCase) throws { try check(example) }

  @Test(
    "Lengths, recurrences and vague words have values and no day",
    arguments: [
      TimeCase("A [five-day] truce was agreed.", "P5D"), TimeCase("It lasted [two and a half years].", "P2.5Y"),
      TimeCase("They wait [several weeks].", "PXW"), TimeCase("The post reports [twice a day].", "P1D"),
      TimeCase("The line is watched [round the clock].", "P1D"), TimeCase("It is calm [now].", "PRESENT_REF"),
    ])
  func lengths(example: TimeCase) throws { try check(example) }

  @Test("The early hours narrow the day's bounds in the zone that the text names, and the expression stays the day")
  func earlyHours() throws {
    let document = Document(
      plain: Array("They crossed in the early hours of March 9 Azerbaijani time.".utf8), published: When("2021-03-10", zone: .utc))
    let when = try #require(TimeReader(lexicon: englishTimes).read(document).mentions.first?.when)
    #expect(when.edtf == "2021-03-09")
    #expect(when.begin == Instant("2021-03-09T00:00:00+04:00")!..<Instant("2021-03-09T06:00:00+04:00")!)
  }

  @Test("A dateline's place gives the zone of local times, and its date is the report's and no event's")
  func dateline() throws {
    let document = Document(plain: Array("MOSCOW, March 9, 2021. /ABC/. Shots fell at 10:00.".utf8))
    let times = TimeReader(lexicon: englishTimes).read(document)
    #expect(times.published?.edtf == "2021-03-09")
    #expect(times.mentions[0].isDateline)
    #expect(times.mentions[0].when?.role == .reported)
    #expect(times.mentions[1].bounded?.edtf == "2021-03-09T10:00:00+03:00")
  }

  @Test("Of a moved deadline the old and the new date carry their roles")
  func revision() {
    let document = Document(
      plain: Array("The deadline was moved from March 2 to March 12.".utf8), published: When("2021-03-17", zone: Self.zone))
    let times = TimeReader(lexicon: englishTimes).read(document)
    #expect(times.mentions.map(\.role) == [.was, .becomes])
    #expect(times.mentions.map(\.value) == ["2021-03-02", "2021-03-12"])
  }

  @Test("Terms of an agreement count from its signing where that is known")
  func agreementAnchor() throws {
    let document = Document(plain: Array("Prisoners go home within 14 days of signing.".utf8), published: When("2021-03-17", zone: .utc))
    let context = TimeReader.Context(anchors: ["signing": CivilDate("2021-03-10")!])
    let mention = try #require(TimeReader(lexicon: englishTimes).read(document, context).mentions.first)
    #expect(mention.bounded?.edtf == "[..2021-03-24]")
    #expect(mention.word == .within)
  }

  @Test("Without a publication's date nothing is guessed")
  func noPublication() {
    let times = TimeReader(lexicon: englishTimes).read(Document(plain: Array("They left on Monday, on 3 May and last week.".utf8)))
    #expect(times.mentions.allSatisfy { $0.when == nil })
    #expect(times.mentions.map(\.value).prefix(2) == ["XXXX-WXX-1", "XXXX-05-03"])
  }

  @Test(
    "Words that look like times and are none",
    arguments: [
      "Resolution 1701 binds both.", "The fall of the town was quick.", "They may march on.", "A second attack failed.",
      "Post no. 2014 is closed.",
      "He sat in the sun.", "2,000 men left.", "It cost $1990.",
    ])
  func nothing(text: String) {
    let document = Document(plain: Array(text.utf8), published: When("2021-03-17", zone: Self.zone))
    let times = TimeReader(lexicon: englishTimes).read(document)
    #expect(times.mentions.isEmpty, "\(times.mentions.map { document.text($0.span) })")
  }

  @Test("A line of the lexicon that cannot be read is named")
  func lexiconErrors() {
    #expect(throws: Finding.self) { try TimeLexicon(Array("month 13 = smarch".utf8), file: "time.txt") }
    do {
      _ = try TimeLexicon(Array("month 1 = january\nzone Nowhere/At = x time".utf8), file: "time.txt")
    } catch {
      #expect(error.description.hasPrefix("time.txt:2: error: 'Nowhere/At' is no zone"))
    }
  }

  @Test("Offsets of the worker's lines count scalars, not bytes")
  func worker() throws {
    let lines = try timex(Array(#"{"doc": "d", "dct": "2021-03-17", "text": "Şuşa’da, on Monday."}"#.utf8), lexicon: englishTimes)
    #expect(lines.count == 1)
    #expect(lines[0].hasPrefix(#"{"doc":"d","start":12,"end":18,"type":"DATE","value":"2021-03-15""#))
  }
}
