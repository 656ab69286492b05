// Texts that tell of days long past, as encyclopedias do.
import Testing
import TruceModel

@testable import TruceReading

@Suite struct HistoryTests {
  private func days(_ text: String, source: String? = nil) -> [String?] {
    let document = Document(plain: Array(text.utf8), published: When("2016-08-04", zone: .utc), sourceName: source)
    return Snippets.reader.read(document).claims.filter { $0.type == .controlChange }.map { $0.when?.edtf }
  }

  @Test("A text whose first date is of a year long before its publication, and that knows no today, goes on in that year")
  func narrative() {
    let text = """
      On 14 October 2007 gunmen stormed Orlin and captured it.

      The army gave no figures.

      They left Orlin on 2 December and entered Tarn on 11 January.

      Tarn district fell on 9 March.
      """
    #expect(days(text) == ["2007-10-14", "2007-12-02", "2008-01-11", "2008-03-09"])
  }

  @Test("In an encyclopedia dates before the first year that it gives lead to that")
  func opening() {
    let text = """
      By nightfall on 2 June soldiers had entered Orlin. Rebels took Tarn on 4 June.

      An accord was signed on 20 September 1983.
      """
    #expect(days(text, source: "English Wikipedia (section)") == ["1983-06-02", "1983-06-04"])
    #expect(days(text, source: "Reuters").last != "1983-06-04")
  }

  @Test("A date of years before that only bounds something does not move the narrative")
  func passing() {
    let text = """
      On 3 April 2011 the army entered Orlin. It was to leave what it had held before 9 July 2008. Rebels took Tarn on 8 May.
      """
    #expect(days(text).last == "2011-05-08")
  }

  @Test("News that tells of a year long past first has its own days")
  func news() {
    let text = "A truce was signed in May 1994.\n\nRebels seized Orlin on 3 August, the army said. They left Tarn on Monday."
    #expect(days(text) == ["2016-08-03", "2016-08-01"])
  }

  @Test("What had happened the night before does not move the narrative")
  func flashback() {
    let text = """
      By nightfall on 2 June 1983 soldiers had entered Orlin, which the rebels had left the previous night. Tarn was taken on the same day.

      On the night of 6 June rebels left Tarn district.
      """
    #expect(days(text, source: "Wikipedia").suffix(2) == ["1983-06-02", "1983-06-06"])
  }

  @Test("A season has its sign, and a toll so far begins with the fighting")
  func stretches() {
    #expect(Snippets.claims("Orlin fell to the rebels in autumn 2010.").first?.when?.edtf == "2010-23")
    let toll = Snippets.claims(
      "Some 40 villagers have been killed in the fighting. Gunmen attacked Kins on 2 March. The army left Kins on 4 March.")
    #expect(toll.first?.when?.edtf == "2021-03-02/2021-03-10")
  }
}
