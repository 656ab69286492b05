// The claims of snippets: what each rule of reading gives.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct ReaderTests {
  @Test(
    "A sentence gives the claims that a careful coder would write down",
    arguments: [
      (
        "Eastlandic troops entered the Orlin district on March 8.",
        [Expected(type: .controlChange, act: "entered", who: ["EST"], place: "orlin-district", when: "2021-03-08")]
      ),
      (
        "Westland was expected to hand over the Orlin district by March 15, the Tarn district by March 20.",
        [
          Expected(type: .commitment, act: "hand-over", place: "orlin-district", due: "2021-03-15", modality: .planned),
          Expected(type: .commitment, act: "hand-over", place: "tarn-district", due: "2021-03-20", modality: .planned),
        ]
      ),
      (
        "The Orlin district was handed over to Eastland on March 5.",
        [Expected(type: .controlChange, act: "handed-over", whom: ["EST"], place: "orlin-district", when: "2021-03-05")]
      ),
      (
        "Westland's army left the Orlin and Tarn districts on March 4.",
        [
          Expected(type: .controlChange, act: "withdrew", who: ["WST"], place: "orlin-district"),
          Expected(type: .controlChange, act: "withdrew", who: ["WST"], place: "tarn-district"),
        ]
      ),
      (
        "Eastland and Westland signed a peace agreement on March 1.",
        [Expected(type: .agreementSigned, act: "sign", who: ["EST", "WST"], when: "2021-03-01")]
      ),
      (
        "Eastland and Westland must exchange prisoners and the bodies of those killed.",
        [
          Expected(type: .exchange, act: "exchange", who: ["EST", "WST"], modality: .planned),
          Expected(type: .exchange, act: "exchange", who: ["EST", "WST"], modality: .planned),
        ]
      ),
    ])
  func sentence(_ text: String, _ expected: [Expected]) {
    let claims = Snippets.claims(text)
    #expect(claims.count == expected.count, "\(text): \(claims.map { "\($0.type.rawValue) \($0.act)" })")
    for (claim, wanted) in zip(claims, expected) {
      let difference = Snippets.difference(claim, wanted)
      #expect(difference == nil, "\(text): \(difference ?? "")")
    }
  }

  @Test("What is denied is no event: a denial, and a sentence that negates its subject")
  func denied() {
    let denial = Snippets.claims("The Eastlandic Defence Ministry denied that its troops had left the Orlin district.")
    #expect(denial.map(\.modality) == [.denied])
    #expect(denial.first?.speaker?.party == "EST")
    let none = Snippets.claims("Not a single Westlandic unit has entered the Orlin district.")
    #expect(none.map(\.polarity) == [.negative])
    let rumour = Snippets.claims("Some channels claimed that Westlandic troops had entered the Orlin district.")
    #expect(rumour.map(\.modality) == [.alleged])
  }

  @Test(
    "What is hoped, ordered, feared, conditional or a purpose is no claim of the event",
    arguments: [
      "Westland urged Eastland to leave the Orlin district.",
      "The mediators hope the ceasefire will take effect in Orlin.",
      "Westland will retaliate if Eastlandic troops enter Orlin.",
      "Eastland closed ranks to prevent rebels from entering Orlin.",
    ])
  func unreal(_ text: String) {
    #expect(Snippets.claims(text).filter { $0.type != .statement && $0.type != .access }.isEmpty, "\(text)")
  }

  @Test("Every claim's span lies in its report, its trigger in its span, and its derivation names a frame")
  func spans() {
    let text = "Eastlandic forces shelled Orlin on March 8. The village was shelled again, Westland said. Westland denied it."
    let reading = Snippets.reader.read(Document(plain: Array(text.utf8), published: When("2021-03-10", zone: .utc)))
    #expect(!reading.claims.isEmpty)
    #expect(reading.derivations.count == reading.claims.count)
    for (claim, derivation) in zip(reading.claims, reading.derivations) {
      #expect(claim.span.end <= text.utf8.count)
      #expect(claim.trigger.map { claim.span.contains($0) } ?? false)
      #expect(derivation.frame == claim.frame)
      #expect(derivation.origin.hasPrefix("frames.txt:") || derivation.origin == "denial")
    }
  }

  @Test("Reading is the same whatever was read before")
  func independent() {
    let first = Snippets.claims("Eastlandic troops entered Orlin on March 8.")
    _ = Snippets.claims("Westland captured Tarn. They left it on March 2. The army returned.")
    #expect(Snippets.claims("Eastlandic troops entered Orlin on March 8.") == first)
  }

  @Test(
    "Strange input gives no crash",
    arguments: [
      "", "\u{0}\u{0}", "\"\"\"\"\"\"((((", "and and and, , , of of of", "שלום \u{202E}abc", String(repeating: "a, ", count: 2000),
    ])
  func strange(_ text: String) { _ = Snippets.claims(text) }
}

@Suite struct LexiconTests {
  @Test("The lexicon of the repository loads, and every frame can be reached by a verb or noun")
  func loads() throws {
    let lexicon = try Lexicon.load(folder: Snippets.folder)
    var reached: Set<Int32> = []
    for verb in lexicon.verbs { for trigger in verb.triggers { reached.insert(trigger.frame) } }
    for noun in lexicon.nouns { for trigger in noun.triggers { reached.insert(trigger.frame) } }
    reached.formUnion(lexicon.obligations)
    #expect(reached.count == lexicon.frames.count)
  }

  @Test(
    "A line that says nothing sensible is refused with its file and line",
    arguments: [
      ("verb control_change entered | enter | who=subject", "four fields"),
      ("verb conquest x | enter | who=subject |", "type of claims"),
      ("verb control_change entered | frobnicate | who=subject |", "No verb 'frobnicate'"),
      ("verb control_change entered | enter | who=subject:elephant |", "No kind 'elephant'"),
      ("verb control_change entered | enter | who=subject | sideways", "No flag 'sideways'"),
    ])
  func refused(_ line: String, _ message: String) {
    var builder = LexiconBuilder()
    let error = #expect(throws: LexiconError.self) {
      try builder.read(LexiconLines(file: "verbs.txt", text: "regular enter"))
      try builder.read(LexiconLines(file: "frames.txt", text: "# frames\n\(line)"))
    }
    #expect(error?.line == 2)
    #expect(error?.message.contains(message) ?? false)
  }

  @Test(
    "Verbs take their regular forms",
    arguments: [
      ("enter", "enters", "entered", "entering"), ("stop", "stops", "stopped", "stopping"), ("carry", "carries", "carried", "carrying"),
      ("seize", "seizes", "seized", "seizing"), ("shell", "shells", "shelled", "shelling"), ("admit", "admits", "admitted", "admitting"),
      ("free", "frees", "freed", "freeing"), ("die", "dies", "died", "dying"), ("attack", "attacks", "attacked", "attacking"),
    ])
  func forms(_ lemma: String, _ third: String, _ past: String, _ gerund: String) {
    let forms = Morphology.verb(lemma)
    #expect(forms.third == third)
    #expect(forms.past == past)
    #expect(forms.gerund == gerund)
  }
}
