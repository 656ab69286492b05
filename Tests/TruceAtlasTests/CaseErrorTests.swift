// What is wrong with a case's files is said with file, line, column and field, and everything at once.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@Suite struct CaseErrorTests {
  static let caseText = """
    id: small
    title: A small case
    zone: "+04:00"
    sources:
      - id: wire
        names: [Wire]
        zone: Europe/Moscow
    """
  static let partiesText = """
    parties:
      - id: AAA
        role: side
        names: [Aland]
      - id: BBB
        role: side
        names: [Bland]
    """
  static let placesText = """
    places:
      - id: hill
        kind: settlement
        names: [Hill]
        initialHolder: AAA
        definitions:
          - point: [46.5, 39.5]
            accuracyMetres: 500
            source: survey
            licence: CC0-1.0
      - id: mill
        kind: settlement
        names: [Mill]
    """
  static let agreementText = """
    agreements:
      - id: deal
        title: The deal
        signed: 2020-11-09
        effective: 2020-11-10
        parties: [AAA, BBB]
        variants:
          - {id: one, source: first text}
        provisions:
          - id: deal/1
            article: "1"
            title: Hill goes to Bland
            kind: achieve
            who: [AAA]
            whom: [BBB]
            act: hand-over
            place: hill
            terms:
              - {word: by, date: 2020-11-20, variants: [one]}
          - id: deal/2
            article: "2"
            title: A road is built
            kind: achieve
            who: [BBB]
            act: build-road
            terms:
              - {word: within, after: deal/1, span: P21D}
    """
  static let roadsText = """
    roads:
      - id: hill-mill
        from: hill
        to: mill
        lengthKilometres: 3
        lanes: 2
        flow: [40, 1700]
        transitMinutes: 10
    """

  static let files = [
    "case.yaml": caseText, "parties.yaml": partiesText, "places.yaml": placesText, "agreement.yaml": agreementText, "roads.yaml": roadsText,
  ]

  static func findings(_ files: [String: String]) -> [Finding] {
    do {
      _ = try Case(files: files.mapValues { Array($0.utf8) })
      return []
    } catch {
      return error.findings
    }
  }

  /// A mistake: in which file which text becomes which, and the finding that it must give.
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var was: String
    var becomes: String
    var line: Int
    var column: Int
    var field: String?
    var says: String

    var testDescription: String { name }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      name: "an unknown key", file: "places.yaml", was: "kind: settlement\n    names: [Mill]",
      becomes: "kinds: settlement\n    names: [Mill]",
      line: 12, column: 5, field: "places[1].kinds", says: "did you mean `kind`?"),
    Mistake(
      name: "two commitments of one id", file: "agreement.yaml", was: "id: deal/2", becomes: "id: deal/1", line: 20, column: 13,
      field: "agreements[0].provisions[1].id", says: "there are two of the id `deal/1`: the other provision stands at agreement.yaml:10"),
    Mistake(
      name: "two parties of one id", file: "parties.yaml", was: "id: BBB", becomes: "id: AAA", line: 5, column: 9, field: "parties[1].id",
      says: "there are two of the id `AAA`"),
    Mistake(
      name: "an unknown place", file: "agreement.yaml", was: "place: hill", becomes: "place: hil", line: 17, column: 16,
      field: "agreements[0].provisions[0].place",
      says: "`hil` is no place of this case; name a place of `places.yaml`; did you mean `hill`?"),
    Mistake(
      name: "an unknown party", file: "places.yaml", was: "initialHolder: AAA", becomes: "initialHolder: AAB", line: 5, column: 20,
      field: "places[0].initialHolder", says: "`AAB` is no party of this case"),
    Mistake(
      name: "an unknown place of a road", file: "roads.yaml", was: "to: mill", becomes: "to: valley", line: 4, column: 9,
      field: "roads[0].to",
      says: "`valley` is no place of this case"),
    Mistake(
      name: "a day that is not", file: "agreement.yaml", was: "date: 2020-11-20", becomes: "date: 2020-11-31", line: 19, column: 30,
      field: "agreements[0].provisions[0].terms[0].date", says: "`2020-11-31` is no EDTF date"),
    Mistake(
      name: "a date in words", file: "agreement.yaml", was: "signed: 2020-11-09", becomes: "signed: 9 November 2020", line: 4, column: 13,
      field: "agreements[0].signed", says: "`9 November 2020` is no EDTF date"),
    Mistake(
      name: "an agreement without a day", file: "agreement.yaml", was: "    signed: 2020-11-09\n    effective: 2020-11-10\n", becomes: "",
      line: 2, column: 5, field: "agreements[0]",
      says: "an agreement needs `signed`, the day on which it was signed or adopted, or `effective`"),
    Mistake(
      name: "a text where a number is wanted", file: "places.yaml", was: "accuracyMetres: 500", becomes: "accuracyMetres: 500 m", line: 8,
      column: 25, field: "places[0].definitions[0].accuracyMetres", says: "must be a number of metres, not the text `500 m`"),
    Mistake(
      name: "a latitude out of range", file: "places.yaml", was: "[46.5, 39.5]", becomes: "[46.5, 139.5]", line: 7, column: 23,
      field: "places[0].definitions[0].point[1]", says: "139.5 is out of range; degrees north here run from -90 to 90"),
    Mistake(
      name: "a word that the field does not take", file: "parties.yaml", was: "role: side\n    names: [Bland]",
      becomes: "role: sides\n    names: [Bland]", line: 6, column: 11, field: "parties[1].role", says: "it takes `side`, `third`, `other`"),
    Mistake(
      name: "a list where a text is wanted", file: "case.yaml", was: "title: A small case", becomes: "title: [A, small]", line: 2,
      column: 8,
      field: "title", says: "this must be a text, not a list"),
    Mistake(
      name: "other counting rules under the standard name", file: "case.yaml", was: "title: A small case",
      becomes: "title: A small case\ncounting: {kmTolerance: 1}", line: 3, column: 11, field: "counting",
      says: "`truce-1` names other values; give these a `name` of their own"),
    Mistake(
      name: "no such zone", file: "case.yaml", was: "zone: \"+04:00\"", becomes: "zone: Asia/Bakku", line: 3, column: 7, field: "zone",
      says: "`Asia/Bakku` is no time zone"),
    Mistake(
      name: "a missing field", file: "parties.yaml", was: "  - id: BBB\n    role: side", becomes: "  - id: BBB", line: 5, column: 5,
      field: "parties[1]", says: "the field `role` is missing"),
    Mistake(
      name: "a field without a value", file: "agreement.yaml", was: "title: The deal", becomes: "title:", line: 3, column: 11,
      field: "agreements[0].title", says: "has no value"),
    Mistake(
      name: "YAML that does not parse", file: "roads.yaml", was: "flow: [40, 1700]", becomes: "flow: [40, 1700", line: 8, column: 19,
      field: nil, says: "this is not YAML"),
    Mistake(
      name: "a key that stands twice", file: "roads.yaml", was: "lanes: 2", becomes: "lanes: 2\n    lanes: 3", line: 6, column: 5,
      field: nil,
      says: "the key `lanes` stands twice"),
    Mistake(
      name: "a range that runs backwards", file: "roads.yaml", was: "[40, 1700]", becomes: "[1700, 40]", line: 7, column: 11,
      field: "roads[0].flow", says: "the range runs backwards"),
    Mistake(
      name: "a term without a time", file: "agreement.yaml", was: "{word: within, after: deal/1, span: P21D}", becomes: "{word: within}",
      line: 27, column: 13, field: "agreements[0].provisions[1].terms[0]", says: "a term needs a `date`, or `after`"),
    Mistake(
      name: "a point that waits for itself", file: "agreement.yaml", was: "after: deal/1", becomes: "after: deal/2", line: 20, column: 13,
      field: "agreements[0].provisions[1].id", says: "`deal/2` waits for itself"),
    Mistake(
      name: "an unknown event", file: "agreement.yaml", was: "after: deal/1", becomes: "after: singing", line: 27, column: 35,
      field: "agreements[0].provisions[1].terms[0].after", says: "did you mean `signing`?"),
    Mistake(
      name: "an unknown variant", file: "agreement.yaml", was: "variants: [one]", becomes: "variants: [two]", line: 19, column: 53,
      field: "agreements[0].provisions[0].terms[0].variants[0]", says: "`two` is no variant of this agreement"),
    Mistake(
      name: "a comma in a text between braces", file: "agreement.yaml", was: "source: first text}",
      becomes: "source: first text, so to say}", line: 8,
      column: 39, field: "agreements[0].variants[0].so to say", says: "a text that holds a comma stands in quotes"),
    Mistake(
      name: "a length of time that is none", file: "agreement.yaml", was: "span: P21D", becomes: "span: 21 days", line: 27, column: 49,
      field: "agreements[0].provisions[1].terms[0].span", says: "write `P21D`"),
  ]

  @Test("The small case loads without a finding")
  func small() {
    #expect(Self.findings(Self.files) == [])
  }

  @Test("A mistake gives one finding, with its place and what would be right", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    var files = Self.files
    let text = try #require(files[mistake.file])
    #expect(text.components(separatedBy: mistake.was).count == 2, "the text to change must stand once")
    files[mistake.file] = text.replacingOccurrences(of: mistake.was, with: mistake.becomes)
    let findings = Self.findings(files)
    let found = findings.first { $0.message.contains(mistake.says) }
    let finding = try #require(found, "got \(findings)")
    #expect(finding.file == mistake.file)
    #expect(finding.line == mistake.line)
    #expect(finding.column == mistake.column)
    #expect(finding.field == mistake.field)
    #expect(finding.severity == .error)
  }

  @Test("An agreement is known by the day from which it holds alone, and then nothing counts from its signing")
  func effectiveAlone() throws {
    var files = Self.files
    files["agreement.yaml"] = Self.agreementText.replacingOccurrences(of: "    signed: 2020-11-09\n", with: "")
    let agreement = try #require(try Case(files: files.mapValues { Array($0.utf8) }).agreements.first)
    #expect(agreement.signed == nil && agreement.dated.edtf == "2020-11-10" && agreement.starts.edtf == "2020-11-10")
    #expect(agreement.datings(of: "signing").isEmpty)
    files["agreement.yaml"]! = files["agreement.yaml"]!.replacingOccurrences(of: "after: deal/1", with: "after: signing")
    let findings = Self.findings(files)
    #expect(findings.map(\.message) == ["the agreement has no `signed`; give it one, or count from `effective`"])
    #expect(findings.first?.field == "agreements[0].provisions[1].terms[0].after")
  }

  @Test("Several mistakes are found together, in the order of files and lines")
  func together() {
    var files = Self.files
    files["case.yaml"]! += "\ncolor: red"
    files["places.yaml"]! = Self.placesText.replacingOccurrences(of: "AAA", with: "CCC")
    files["agreement.yaml"]! = Self.agreementText.replacingOccurrences(of: "deal/2", with: "deal/1")
    let findings = Self.findings(files)
    #expect(findings.map(\.file) == ["agreement.yaml", "case.yaml", "places.yaml"])
  }

  @Test("What a broken file would have declared is not held against the others")
  func brokenFile() {
    var files = Self.files
    files["places.yaml"] = "places: ["
    #expect(Self.findings(files).map(\.file) == ["places.yaml"])
  }

  @Test("A file that is not UTF-8 is found with its byte; column counts bytes, not letters")
  func encoding() throws {
    var files = Self.files.mapValues { Array($0.utf8) }
    files["case.yaml"] = Array("id: small\ntitle: Ş".utf8) + [0xFE, 0x0A]
    let error = #expect(throws: CaseError.self) { try Case(files: files) }
    #expect(error?.findings.map(\.description) == ["case.yaml:2:10: error: the file is not UTF-8; save it as UTF-8"])

    files["case.yaml"] = Array(Self.caseText.replacingOccurrences(of: "names: [Wire]", with: "names: [Şuşa, {text: x, bad: y}]").utf8)
    let other = #expect(throws: CaseError.self) { try Case(files: files) }
    #expect(other?.findings.first?.column == 31)
  }

  @Test("A missing file, an empty file, a zero byte and a folder that is none are said plainly")
  func files() throws {
    var files = Self.files
    files["parties.yaml"] = nil
    #expect(Self.findings(files).map(\.description).first?.hasPrefix("parties.yaml: error: the file is missing") == true)
    files["parties.yaml"] = ""
    #expect(Self.findings(files).first?.message.contains("the file is empty") == true)
    files["parties.yaml"] = "parties:\n  \u{0}"
    #expect(Self.findings(files).first?.message.contains("zero byte") == true)
    let error = #expect(throws: CaseError.self) { try Case.load(folder: "/nonexistent/case") }
    #expect(error?.findings.first?.message.contains("there is no such folder") == true)
  }

  @Test(
    "A hostile file is refused and not followed",
    arguments: [
      "parties:\n  - " + String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000), "parties: &a [*a]",
      "a: &a [x, x]\nb: &b [*a, *a]\nparties: *b", "- 1\n- 2", "just a text", "parties: {a: b}", "? [1]\n: 2", "--- a\n--- b",
      "parties: !!binary x",
    ])
  func hostile(text: String) {
    var files = Self.files
    files["parties.yaml"] = text
    #expect(!Self.findings(files).isEmpty)
  }
}
