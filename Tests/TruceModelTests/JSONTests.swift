// JSON's strict reading and its canonical form.
import Foundation
import Testing

@testable import TruceModel

@Suite struct JSONTests {
  @Test("Members are sorted by UTF-16 code units (the example of RFC 8785 section 3.2.3)")
  func sorted() throws {
    let json = try JSON(
      parsing: Array(
        #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"o"}"#
          .utf8))
    let keys = try JSON(parsing: json.canonical).members!.map(\.key)
    #expect(keys == ["\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"])
  }

  @Test(
    "Numbers print as ECMAScript prints them (RFC 8785 appendix B)",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (5e-324, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
      (9007199254740992, "9007199254740992"),
      (295147905179352830000, "295147905179352830000"), (9.999999999999997e22, "9.999999999999997e+22"), (1e23, "1e+23"), (1e21, "1e+21"),
      (0.000001, "0.000001"), (1e-7, "1e-7"), (333333333.33333329, "333333333.3333333"), (-1.5, "-1.5"), (123.456, "123.456"),
      (0.001, "0.001"),
    ])
  func numbers(value: Double, text: String) { #expect(JSON.number(value).text == text) }

  @Test("Random doubles read back to the same bits, and read as Foundation reads them")
  func randomNumbers() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let bytes = JSON.number(value).bytes
      #expect(try JSON(parsing: bytes).number == value)
      #expect(Double(String(decoding: bytes, as: UTF8.self)) == value)
    }
  }

  @Test(
    "What is not JSON is refused with its byte",
    arguments: [
      ("", 0), ("{", 1), (#"{"a":1,"a":2}"#, 7), ("[1,]", 3), ("01", 0), ("1.", 2), (#""\ud800""#, 7), ("[1] 2", 4), ("\"a\u{1}\"", 2),
      ("nul", 0), (#"{"a" 1}"#, 5),
    ])
  func refused(text: String, byte: Int) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8)) }
    #expect(error?.byte == byte)
  }

  @Test("Nesting is bounded, and broken UTF-8 is refused")
  func hostile() {
    #expect(throws: JSONError.self) { try JSON(parsing: Array(repeating: 0x5B, count: 1_000_000)) }
    #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
  }
}

@Suite struct ClaimFormTests {
  @Test("A claim survives its JSON form with every field filled")
  func roundTrip() throws {
    let zone = Zone("+04:00")!
    let when = try #require(When("2020-12-01", zone: zone))
    let claim = Claim(
      report: "r", type: .controlChange, act: "entered", span: ByteSpan(3, 90), frame: "enter.active", trigger: ByteSpan(9, 16),
      who: [Mention("the army", span: ByteSpan(3, 8), party: "AZE", organ: "army", isImplicit: true)], whom: [Mention("them")],
      places: [PlaceMention("the district", place: "lachin-district", candidates: ["lachin"])], when: when,
      due: Deadline(When("[..2020-12-01]", zone: zone, role: .due)!, .by), was: when, becomes: when, modality: .alleged,
      polarity: .negative,
      speakers: [Speaker("TASS", source: "tass"), Speaker("the ministry", party: "AZE")],
      quantities: [Quantity("posts", 10, 12, isAbout: true)],
      object: "district", reason: "weather", said: when)
    let back = try Claim(json: JSON(parsing: claim.json.canonical))
    #expect(back == claim)
    #expect(back.hasItsOwnID)
    var other = claim
    other.polarity = .positive
    #expect(!other.hasItsOwnID)
  }

  @Test("A wrong field is named, with what would be right")
  func wrongField() {
    let json = try! JSON(
      parsing: Array(
        #"{"type":"control_change","act":"entered","span":{"start":1,"end":2},"frame":"f","modality":"maybe","polarity":"positive"}"#.utf8))
    let error = #expect(throws: FormError.self) { try Claim(json: json) }
    #expect(error?.field == "modality")
    #expect(error?.message.contains("happened, planned, alleged, denied, conditional") == true)
  }

  @Test("The same text from the same source of the same day is the same report")
  func reportIdentity() throws {
    let a = Report(body: Array("x".utf8), sourceName: "TASS", captured: Instant(seconds: 0))
    let b = Report(body: Array("x".utf8), sourceName: "TASS", captured: Instant(seconds: 9))
    let c = Report(body: Array("x".utf8), sourceName: "Interfax", captured: Instant(seconds: 9))
    #expect(a.id == b.id && a.id != c.id)
    #expect(try Report(json: a.json) == a)
  }
}
