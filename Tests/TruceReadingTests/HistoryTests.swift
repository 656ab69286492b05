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
      On 28 November 2002 rebels seized Orlin.

      The army gave no figures.

      They lost Orlin on 30 November and entered Tarn on 6 January.

      Tarn district fell on 18 May.
      """
    #expect(days(text) == ["2002-11-28", "2002-11-30", "2003-01-06", "2003-05-18"])
  }

  @Test("In an encyclopedia dates before the first year that it gives lead to that")
  func opening() {
    let text = """
      By the evening of 5 August soldiers had entered Orlin. Rebels took Tarn on 7 August.

      An accord was signed on 12 November 1995.
      """
    #expect(days(text, source: "English Wikipedia (section)") == ["1995-08-05", "1995-08-07"])
    #expect(days(text, source: "Reuters").last != "1995-08-07")
  }

  @Test("A date of years before that only bounds something does not move the narrative")
  func passing() {
    let text = """
      On 12 May 2000 the army entered Orlin. It was to leave all that it had held before 6 May 1998. Rebels took Tarn on 5 June.
      """
    #expect(days(text).last == "2000-06-05")
  }

  @Test("News that tells of a year long past first has its own days")
  func news() {
    let text = "A truce was signed in May 1994.\n\nRebels seized Orlin on 3 August, the army said. They left Tarn on Monday."
    #expect(days(text) == ["2016-08-03", "2016-08-01"])
  }

  @Test("What had happened the night before does not move the narrative")
  func flashback() {
    let text = """
      By the evening of 5 August 1995 soldiers had entered Orlin, which the rebels had left the previous night. Tarn was taken on the same day.

      On the night of 9 August rebels left Tarn district.
      """
    #expect(days(text, source: "Wikipedia").suffix(2) == ["1995-08-05", "1995-08-09"])
  }

  @Test("A season has its sign, and a toll so far begins with the fighting")
  func stretches() {
    #expect(Snippets.claims("Orlin fell to the rebels in autumn 2010.").first?.when?.edtf == "2010-23")
    let toll = Snippets.claims(
      "At least 86 rebels have been killed in the fighting. Gunmen attacked Kins on 2 March. The army left Kins on 4 March.")
    #expect(toll.first?.when?.edtf == "2021-03-02/2021-03-10")
  }
}
