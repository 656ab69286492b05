// Tables of observations, as monitoring missions publish them with their daily reports, to observations.
public import TruceModel

/// What a table of observations came to.
public struct ObservationImport: Sendable {
  public var observations: [Observation]
  /// What could not be read, with line and field; a row with an error gives no observation.
  public var findings: [Finding]

  public init(observations: [Observation], findings: [Finding]) {
    self.observations = observations
    self.findings = findings
  }
}

/// Reads a table of observations.
///
/// The columns are `report`, `observer_position`, `position_control`, `position_ref`, `event_bearing`, `distance_km`, `start`, `end`, `means`,
/// `count`, `observation`, `description`, `weapon`, and of what moves `track`, `latitude`, `longitude`, `accuracy_m`, in any order;
/// `observer_position`, `start`, `count` and `description` have to be there.
/// `~30` is about thirty. A day's part (`2018-10-04 night`) is a window in `zone`: from 20:00 where a night begins, to 06:00 where it ends.
/// A description of several things with numbers (`3 incoming; 4 outgoing`) is as many observations. Ids follow from the row, so that importing a
/// table again is harmless.
/// - Parameters:
///   - file: its name, for the findings.
///   - zone: where local times are local.
public func importObservations(csv: [UInt8], file: String, zone: Zone) -> ObservationImport {
  let table = CSVRows(csv)
  var result = ObservationImport(observations: [], findings: [])
  if let line = table.unclosed {
    result.findings.append(Finding(.error, "a quotation mark is never closed", file: file, line: line))
  }
  let header = table.header.map { $0.trimmed.lowercased() }
  for needed in ["observer_position", "start", "count", "description"] where !header.contains(needed) {
    result.findings.append(
      Finding(
        .error, "the header should have a column '\(needed)'; it has \(header.joined(separator: ", "))", file: file, line: 1, field: needed)
    )
  }
  guard result.findings.isEmpty else { return result }
  if table.rows.count > maximumRows {
    result.findings.append(Finding(.error, "the table has \(table.rows.count) rows; up to \(maximumRows) are read at once", file: file))
    return result
  }
  var seen: [String: Int] = [:]
  for row in table.rows {
    var reader = ObservationRow(file: file, line: row.line, zone: zone)
    if row.fields.count != header.count {
      reader.error("the row has \(row.fields.count) fields; the header has \(header.count)", nil)
    }
    for (name, value) in zip(header, row.fields) { reader.fields[name] = value.trimmed }
    // Two rows alike are two observations.
    let text = row.fields.joined(separator: "\u{1F}")
    seen[text, default: 0] += 1
    result.observations += reader.observations(key: "\(text)\u{1F}\(seen[text]!)")
    result.findings += reader.findings
  }
  return result
}

/// The most rows of one table.
let maximumRows = 1_000_000

extension String {
  /// Without white space at either end.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// The parts between a separator, trimmed, without empty ones.
  func parts(_ separator: Character) -> [String] { split(separator: separator).map { String($0).trimmed }.filter { !$0.isEmpty } }
}
