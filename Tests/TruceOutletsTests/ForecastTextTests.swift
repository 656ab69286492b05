// The forecast in a terminal: what stands in its table, within the width.
import Foundation
import Testing
import TruceAtlas
import TruceModel
import TruceOutlets
import TruceSituation

@Suite struct ForecastTextTests {
  private func outlooks(_ moment: String) throws -> [Outlook] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Cases/karabakh-2020")
    let file = try Case.load(folder: folder.standardizedFileURL.path)
    return Forecast(case: file).outlooks(on: try #require(Instant(moment))).outlooks
  }

  @Test("The road out of Kalbajar is at risk before 15 November, and has run out a week later")
  func verdicts() throws {
    let before = forecastText(try outlooks("2020-11-12T12:00:00+04:00"), width: 160)
    let row = try #require(before.split(separator: "\n").first { $0.contains("kalbajar-pass") })
    #expect(row.contains("2.6 hours to 8 days 12 hours") && row.contains("the only road"))
    #expect(row.contains("by 15 Nov 2020, 3 days 12 hours left") && row.contains("at risk"))
    let after = forecastText(try outlooks("2020-11-22T12:00:00+04:00"), width: 160)
    #expect(after.contains("past") && !after.contains("at risk"))
    #expect(forecastText([]).hasPrefix("Nothing to forecast"))
  }

  @Test("No line of the table is wider than the terminal", arguments: [80, 100, 120])
  func widths(width: Int) throws {
    for line in forecastText(try outlooks("2020-11-12T12:00:00+04:00"), width: width).split(separator: "\n") {
      #expect(terminalWidth(line) <= width)
    }
  }
}
