// --source, --published and --language: what the sender knows of a report.
import ArgumentParser
import TruceDesk
import TruceModel

struct ReportOptions: ParsableArguments {
  @Option(help: "Who published it, by name or by the case's id (default: what the report itself says).")
  var source: String?

  @Option(help: "When it was published: an EDTF date or an instant (default: what the report or its file's name says).")
  var published: String?

  @Option(help: "Its language, BCP 47.")
  var language: String = "en"

  func published(_ zone: Zone) throws -> When? {
    guard let published else { return nil }
    guard let when = Incoming.published(published, zone: zone) else {
      throw Failure("--published \(published): should be a date such as 2020-12-01 or an instant such as 2020-12-01T06:00:00+04:00", .usage)
    }
    return when
  }
}
