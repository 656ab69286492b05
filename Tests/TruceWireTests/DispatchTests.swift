// Copies of one dispatch.
import Testing

@testable import TruceWire

@Suite struct DispatchTests {
  let body =
    "Sappers cleared another two kilometres of the road on Friday and handed the stretch to the local council, the mission's press office said in its evening note."

  @Test("The same dispatch under another headline and dateline is a copy")
  func copy() {
    let a = Dispatch(text: Array(("AGENCY ONE, Friday - " + body).utf8))
    let b = Dispatch(text: Array(("Road reopened\n\n" + body.uppercased() + " More soon.").utf8))
    #expect(a.isCopy(of: b) && b.isCopy(of: a))
  }

  @Test("Another text on the same matter is none")
  func other() {
    let a = Dispatch(text: Array(body.utf8))
    let b = Dispatch(
      text: Array("On Friday the mission said that sappers had cleared two more kilometres of the road; the council now runs it.".utf8))
    #expect(a.overlap(with: b) < 0.3)
    #expect(!a.isCopy(of: b))
  }

  @Test("A text of fewer than five words is a copy of nothing, not even of itself")
  func short() { #expect(Dispatch(text: Array("All quiet today".utf8)).overlap(with: Dispatch(text: Array("All quiet today".utf8))) == 0) }
}
