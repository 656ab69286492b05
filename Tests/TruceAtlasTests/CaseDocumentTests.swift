// The documents keep up with the code: every field that the loader takes and every word of the vocabulary stands in docs/.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@Suite struct CaseDocumentTests {
  private static func document(_ name: String) throws -> String {
    let folder = URL(filePath: casesFolder).deletingLastPathComponent().appending(path: "docs")
    return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// Where a wrong key goes in: the file, a text in it, and what stands there instead.
  static let places: [(String, String, String)] = [
    ("case.yaml", "title: A small case", "title: A small case\nzzz: 1"),
    ("case.yaml", "title: A small case", "title: A small case\ncounting: {zzz: 1}"),
    ("case.yaml", "names: [Wire]", "names: [Wire, {zzz: 1}]"),
    ("case.yaml", "zone: Europe/Moscow", "zone: Europe/Moscow\n    zzz: 1"), ("parties.yaml", "  - id: BBB", "  - zzz: 1\n    id: BBB"),
    ("parties.yaml", "names: [Bland]", "names: [Bland]\n    organs: [{zzz: 1}]"),
    ("places.yaml", "kind: settlement\n    names: [Mill]", "kind: settlement\n    zzz: 1\n    names: [Mill]"),
    ("places.yaml", "accuracyMetres: 500", "accuracyMetres: 500\n        zzz: 1"),
    ("agreement.yaml", "title: The deal", "title: The deal\n    zzz: 1"),
    ("agreement.yaml", "parties: [AAA, BBB]", "parties: [AAA, BBB]\n    anchors: [{zzz: 1, datings: [{zzz: 1}]}]"),
    ("agreement.yaml", "source: first text", "source: first text, zzz: 1"),
    ("agreement.yaml", "title: A road is built", "title: A road is built\n        zzz: 1"),
    (
      "agreement.yaml", "act: build-road",
      "act: build-road\n        renewal: {zzz: 1}\n        wordings: [{zzz: 1}]\n        quantities: [{zzz: 1}]"
    ),
    ("agreement.yaml", "after: deal/1", "after: deal/1, zzz: 1"), ("roads.yaml", "lanes: 2", "lanes: 2\n    zzz: 1"),
    ("roads.yaml", "transitMinutes: 10", "transitMinutes: 10\ndepartures: [{zzz: 1}]"),
  ]

  @Test("Every field that the loader takes stands in the format's document")
  func fields() throws {
    let document = try Self.document("case-format.md")
    var fields: Set<String> = []
    var mappings = 0
    for (file, was, becomes) in Self.places {
      var files = CaseErrorTests.files
      try #require(files[file]!.contains(was))
      files[file] = files[file]!.replacingOccurrences(of: was, with: becomes)
      for finding in CaseErrorTests.findings(files) {
        guard let list = finding.message.components(separatedBy: "the fields are ").dropFirst().first else { continue }
        mappings += 1
        fields.formUnion(list.components(separatedBy: ";")[0].components(separatedBy: ", ").map { $0.trimmingCharacters(in: ["`"]) })
      }
    }
    #expect(mappings >= 17)
    #expect(fields.count > 60)
    for field in fields.sorted() { #expect(document.contains("`\(field)`"), "docs/case-format.md does not tell of `\(field)`") }
  }

  @Test("Every word of the model's enumerations and every act of the built-in cases stands in the vocabulary")
  func words() throws {
    let document = try Self.document("vocabulary.md")
    var words = ClaimType.allCases.map(\.rawValue) + Modality.allCases.map(\.rawValue) + Polarity.allCases.map(\.rawValue)
    words += Provision.Kind.allCases.map(\.rawValue) + Deadline.Word.allCases.map(\.rawValue) + When.Role.allCases.map(\.rawValue)
    for name in try FileManager.default.contentsOfDirectory(atPath: casesFolder) where !name.hasPrefix(".") {
      let found = try Case.load(folder: casesFolder + "/" + name)
      words += found.agreements.flatMap { $0.provisions.map(\.act) }
    }
    for word in Set(words).sorted() { #expect(document.contains("`\(word)`"), "docs/vocabulary.md does not tell of `\(word)`") }
    let format = try Self.document("case-format.md")
    for word in Place.Kind.allCases.map(\.rawValue) + Party.Role.allCases.map(\.rawValue) {
      #expect(format.contains("`\(word)`"), "docs/case-format.md does not tell of `\(word)`")
    }
  }
}
