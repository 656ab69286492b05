// Tests of tokens: kinds, flags, forms, spans, and input that is no proper text.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct TextTokenizerTests {
  private func pieces(_ text: String) -> [String] {
    let document = Document(plain: Array(text.utf8))
    return document.tokens.indices.map { document.text(token: $0) }
  }

  @Test(
    "Words, numbers and marks are cut where a reader would cut them",
    arguments: [
      ("Armenia’s army won't leave Sana'a.", "Armenia|’s|army|wo|n't|leave|Sana'a|."),
      ("They’ve seen that it isn't Sa'd's, DON'T they?", "They|’ve|seen|that|it|is|n't|Sa'd|'s|,|DO|N'T|they|?"),
      ("the 5-km corridor", "the|5|-|km|corridor"),
      ("On Nov. 9, 2,000 men of the U.N. left.", "On|Nov|.|9|,|2,000|men|of|the|U.N.|left|."),
      ("on 14.11.2020 at 10:15", "on|14|.|11|.|2020|at|10|:|15"),
      ("a 40.5 per cent rise, the 15th, F-16s", "a|40.5|per|cent|rise|,|the|15th|,|F|-|16s"),
      ("Log 010430DDEC20: done", "Log|010430DDEC20|:|done"),
      ("BAKU, Dec. 1 (AP) -- Units", "BAKU|,|Dec|.|1|(|AP|)|--|Units"),
      ("the Houthis' camp", "the|Houthis|'|camp"),
      ("Şuşa və Kəlbəcər", "Şuşa|və|Kəlbəcər"),
    ])
  func cuts(text: String, expected: String) { #expect(pieces(text).joined(separator: "|") == expected) }

  @Test("A form is the same whatever the case and the kind of apostrophe")
  func forms() {
    let document = Document(plain: Array("ENTERED Entered entered Sana’a Sana'a ŞUŞA şuşa ВОЙСКА войска".utf8))
    let forms = document.tokens.map(\.form)
    #expect(Set(forms[0...2]).count == 1)
    #expect(forms[3] == forms[4])
    #expect(forms[5] == forms[6])
    #expect(forms[7] == forms[8])
    #expect(forms[0] == Form("entered"))
    #expect(Set(forms).count == 4)
  }

  @Test("A number's value leaves out its commas and keeps its fraction")
  func numbers() {
    let document = Document(plain: Array("1,960 and 40.5 and 15th and x".utf8))
    #expect(document.number(token: 0) == 1960)
    #expect(document.number(token: 2) == 40.5)
    #expect(document.number(token: 4) == 15)
    #expect(document.number(token: 6) == nil)
  }

  @Test("Bytes that are not UTF-8 separate words and are found, first position and count")
  func brokenBytes() {
    let document = Document(plain: Array("Units".utf8) + [0xFF, 0xC3] + Array("left\u{0}Lachin".utf8))
    #expect(document.tokens.indices.map { document.text(token: $0) } == ["Units", "left", "Lachin"])
    #expect(document.findings.count == 1)
    #expect(document.findings[0].message.contains("byte 5, and 1 more"))
  }

  @Test("Any bytes give tokens in order, inside the text, that hold all letters and digits of ASCII", arguments: 0..<40)
  func anyBytes(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func next() -> UInt8 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state >> 32)
    }
    let alphabet = Array("aZ9 .,-'’\"“”()\n/\u{0}é…".utf8) + [0xFF, 0xE2, 0x80, 0xF0]
    let text = (0..<600).map { _ in seed % 2 == 0 ? next() : alphabet[Int(next()) % alphabet.count] }.map { $0 == 0x0C ? 0x0A : $0 }
    let document = Document(plain: text)
    var last = 0
    var covered = [Bool](repeating: false, count: text.count)
    for token in document.tokens {
      #expect(Int(token.start) >= last && token.end > token.start && Int(token.end) <= text.count)
      last = Int(token.end)
      for index in Int(token.start)..<Int(token.end) { covered[index] = true }
    }
    for (index, byte) in text.enumerated() where (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) {
      #expect(covered[index], "byte \(index)")
    }
    for (index, sentence) in document.sentences.enumerated() {
      #expect(sentence.tokens.allSatisfy { Int(document.tokens[$0].sentence) == index })
      #expect(sentence.tokens.contains(sentence.body))
    }
    #expect(document.sentences.reduce(0) { $0 + $1.tokens.count } == document.tokens.count)
  }

  @Test("Deep quotes and brackets neither recurse nor nest without bound")
  func deepQuotes() {
    let document = Document(plain: Array(String(repeating: "“(", count: 50_000).utf8))
    #expect(document.tokens.allSatisfy { $0.quoteDepth <= Quotations.deepest })
  }
}
