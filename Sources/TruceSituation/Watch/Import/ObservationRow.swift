// One row of a table of observations: its words to times, counts, bearings, means and things seen.
internal import TruceAtlas
internal import TruceModel

struct ObservationRow {
  let file: String
  let line: Int
  let zone: Zone
  var fields: [String: String] = [:]
  var findings: [Finding] = []

  init(file: String, line: Int, zone: Zone) {
    self.file = file
    self.line = line
    self.zone = zone
  }

  mutating func error(_ message: String, _ field: String?) {
    findings.append(Finding(.error, message, file: file, line: line, field: field))
  }
  mutating func warn(_ message: String, _ field: String) {
    findings.append(Finding(.warning, message, file: file, line: line, field: field))
  }

  private func field(_ name: String) -> String? {
    guard let value = fields[name], !value.isEmpty, value.lowercased() != "n/k" else { return nil }
    return value
  }

  /// The row's observations; none where it has an error.
  mutating func observations(key: String) -> [Observation] {
    let observer = field("observer_position")
    if observer == nil { error("should name the observer's position", "observer_position") }
    let window = readWindow()
    let count = readCount(field("count") ?? "", "count")
    let things = readThings()
    let sector = readSector()
    let means = readMeans()
    let position = readPosition()
    guard !findings.contains(where: { $0.severity == .error }), let observer, let window, let count else { return [] }
    return things.enumerated().map { index, thing in
      Observation(
        id: EntryID(Digest(of: "observation\n\(key)\n\(index)").short), observer: observer, means: means, what: thing.what,
        assessment: thing.assessment, count: thing.count ?? count, weapon: field("weapon"), from: window.lowerBound,
        until: window.upperBound,
        window: windowText, placeText: field("position_ref"), sector: sector, position: position, travel: readTravel(),
        track: field("track"),
        report: field("report").map { ReportID($0) },
        note: [field("description"), field("position_control").map { "\($0)-controlled" }].compactMap { $0 }.joined(separator: "; "))
    }
  }

  // MARK: - When

  private var windowText: String? {
    guard let start = field("start") else { return nil }
    guard let end = field("end"), end != start else { return start }
    return "\(start) to \(end)"
  }

  private mutating func readWindow() -> Range<Instant>? {
    guard let start = field("start") else {
      error("should be a date, a date and part of the day, or a local time", "start")
      return nil
    }
    let end = field("end") ?? start
    guard let first = moments(start), let last = moments(end) else {
      let wrong = moments(start) == nil ? ("start", start) : ("end", end)
      error("'\(wrong.1)' should be a date such as 2018-10-04, '2018-10-04 night' or 2018-10-04T08:40", wrong.0)
      return nil
    }
    // A night between two dates begins on the evening of the first and ends on the morning of the second.
    let isNight = start.lowercased().hasSuffix("night") && first.lowerBound < last.lowerBound
    let from = isNight ? nightfall(start) ?? first.lowerBound : first.lowerBound
    let until = end.lowercased().hasSuffix("night") && from < last.lowerBound ? daybreak(end) ?? last.upperBound : last.upperBound
    guard from <= until else {
      error("'\(end)' should not be before the start, '\(start)'", "end")
      return nil
    }
    return from..<until
  }

  private func day(_ text: String) -> CivilDate? { CivilDate(String(text.prefix(10))) }
  private func nightfall(_ text: String) -> Instant? { day(text).map { zone.instant($0, hour: 20) } }
  private func daybreak(_ text: String) -> Instant? { day(text).map { zone.instant($0, hour: 6) } }

  /// The moments of a date, of a part of its day, or of a minute.
  private func moments(_ text: String) -> Range<Instant>? {
    guard let day = day(text) else { return Instant(text).map { $0..<$0.adding(seconds: 60) } }
    let rest = String(text.dropFirst(10)).trimmed.lowercased()
    func hours(_ from: Int, _ until: Int) -> Range<Instant> {
      let end = until < 24 ? zone.instant(day, hour: until) : zone.bounds(of: day).upperBound
      return zone.instant(day, hour: from)..<max(end, zone.instant(day, hour: from))
    }
    switch rest {
    case "": return zone.bounds(of: day)
    // One night by itself: the date's own hours, for nothing says which night.
    case "night": return zone.bounds(of: day)
    case "early hours", "early morning": return hours(0, 6)
    case "morning": return hours(5, 12)
    case "daytime", "day": return hours(6, 18)
    case "afternoon": return hours(12, 18)
    case "evening": return hours(17, 24)
    default:
      if let instant = Instant(text) { return instant..<instant.adding(seconds: 60) }
      guard rest.hasPrefix("t"), let time = TimeOfDay(rest.dropFirst().prefix(5)), rest.utf8.count == 6 else { return nil }
      let from = zone.instant(day, hour: time.minutes / 60, minute: time.minutes % 60)
      return from..<from.adding(seconds: 60)
    }
  }

  // MARK: - How many of what

  private mutating func readCount(_ text: String, _ name: String) -> Count? {
    let isAbout = text.hasPrefix("~") || text.lowercased().hasPrefix("about ")
    let digits = isAbout ? text.drop { !$0.isNumber } : text[...]
    let ends = digits.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if ends.count <= 2, let low = ends.first ?? nil, let high = ends.last ?? nil, low >= 0, low <= high, high <= Count.limit {
      if isAbout && low == high { return Count(about: low) }
      return Count(low, high, isAbout: isAbout)
    }
    error("'\(text)' should be a whole number such as 7, an interval such as 5-7, or ~30 for about thirty", name)
    return nil
  }

  private struct Thing {
    var what: Observation.What
    var assessment: Observation.Assessment?
    var count: Count?
  }

  private mutating func readThings() -> [Thing] {
    guard let description = field("description") else {
      error("should say what was observed, such as 'undetermined explosion' or 'burst'", "description")
      return []
    }
    var things: [Thing] = []
    for part in description.parts(";") {
      let words = part.lowercased()
      let digits = String(words.prefix { $0.isNumber || $0 == "~" })
      let count = digits.isEmpty ? nil : readCount(digits, "description")
      guard let thing = thing(String(words.dropFirst(digits.count)).trimmed, count) else {
        let known = Observation.What.allCases.map(\.rawValue).joined(separator: ", ")
        error("'\(part)' should name something of \(known)", "description")
        continue
      }
      things.append(thing)
    }
    if things.count > 1, things.contains(where: { $0.count == nil }) {
      error("'\(description)' should give a number for each of the things that it names", "description")
    } else if things.count > 1, let total = Int(fields["count"] ?? ""), things.reduce(0, { $0 + $1.count!.minimum }) != total {
      warn("the numbers in '\(description)' do not add up to the count, \(total)", "description")
    }
    return things
  }

  private func thing(_ words: String, _ count: Count?) -> Thing? {
    let assessments: [(String, Observation.Assessment)] = [
      ("undetermined", .undetermined), ("incoming", .incoming), ("outgoing", .outgoing), ("impact", .impact), ("airburst", .airburst),
    ]
    let assessment = assessments.first { words.contains($0.0) }?.1
    let names: [(String, Observation.What)] = [
      ("projectile", .projectile), ("muzzle flash", .muzzleFlash), ("burst of fire", .burst), ("explosion", .explosion),
      ("airburst", .explosion),
      ("burst", .burst), ("shot", .shot), ("flare", .flare), ("drone", .drone), ("uav", .drone), ("movement", .movement), ("works", .works),
      ("obstruct", .obstruction),
    ]
    if let what = names.first(where: { words.contains($0.0) })?.1 {
      return Thing(what: what, assessment: what == .explosion ? assessment ?? .undetermined : nil, count: count)
    }
    // "26 heard: 3 incoming, 4 outgoing": explosions by what they were taken for.
    return assessment.map { Thing(what: .explosion, assessment: $0, count: count) }
  }

  // MARK: - Where and how

  private mutating func readSector() -> ObservedSector? {
    var bearings: [ObservedSector.Bearings] = []
    for part in (field("event_bearing") ?? "").parts(";") {
      let words = part.lowercased().replacing(" directions", with: "").replacing(" direction", with: "")
      let points = words.split(separator: " ").filter { $0 != "to" }.map { CompassPoint(String($0)) }
      guard let first = points.first ?? nil, let last = points.last ?? nil,
        points.count == 1 || (points.count == 2 && words.contains(" to "))
      else {
        warn(
          "'\(part)' should be a point of the compass such as SSE, or two with 'to' between them; the bearing is left open", "event_bearing"
        )
        continue
      }
      // "Easterly" is vaguer than "E": a quarter of the compass.
      let half = words.hasSuffix("erly") ? 45 : max(first.rose, last.rose) == 16 ? 11.25 : 22.5
      let isClockwise = wrap(last.bearing - first.bearing) <= 180
      let (from, to) = isClockwise ? (first, last) : (last, first)
      bearings.append(ObservedSector.Bearings(from: wrap(from.bearing - half), to: wrap(to.bearing + half)))
    }
    var distance: ClosedRange<Double>?
    if let text = field("distance_km") {
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
      if ends.count <= 2, let low = ends.first ?? nil, let high = ends.last ?? nil, low >= 0, low <= high, high <= 1000 {
        distance = low * 1000...high * 1000
      } else {
        warn("'\(text)' should be kilometres such as 3 or 1-4.5; the distance is left open", "distance_km")
      }
    }
    return bearings.isEmpty && distance == nil ? nil : ObservedSector(bearings: bearings, distanceMetres: distance)
  }

  private mutating func readPosition() -> MeasuredPosition? {
    let texts = ["latitude", "longitude", "accuracy_m"].map { field($0) }
    guard texts.contains(where: { $0 != nil }) else { return nil }
    guard let latitude = texts[0].flatMap({ Double($0) }), let longitude = texts[1].flatMap({ Double($0) }),
      let accuracy = texts[2].flatMap({ Double($0) }), (-90...90).contains(latitude), (-180...180).contains(longitude),
      (0...1_000_000).contains(accuracy)
    else {
      error("a position is degrees of latitude and longitude, and how far it may be wrong in accuracy_m", "latitude")
      return nil
    }
    return MeasuredPosition(longitude: longitude, latitude: latitude, accuracyMetres: accuracy)
  }

  private func wrap(_ bearing: Double) -> Double {
    let rest = bearing.truncatingRemainder(dividingBy: 360)
    return rest < 0 ? rest + 360 : rest
  }

  private mutating func readMeans() -> [Means] {
    let words = [fields["means"] ?? "", fields["observation"] ?? ""].joined(separator: " ").lowercased()
    var means: [Means] = []
    for (word, meaning) in [
      ("camera", Means.camera), ("drone", .drone), ("uav", .drone), ("radar", .radar), ("saw", .saw), ("heard", .heard),
    ]
    where words.contains(word) && !means.contains(meaning) {
      means.append(meaning)
    }
    if means.isEmpty { warn("should say by what it is known: saw, heard, camera, drone or radar", "means") }
    return means
  }

  /// "(mostly WNW-ESE)": the first direction of travel that is named.
  private func readTravel() -> Observation.Travel? {
    guard let text = field("description"), let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else {
      return nil
    }
    for word in text[text.index(after: open)..<close].split(separator: " ") {
      let ends = word.split(separator: "-")
      if ends.count == 2, let from = CompassPoint(String(ends[0])), let to = CompassPoint(String(ends[1])) {
        return Observation.Travel(from: from.bearing, to: to.bearing)
      }
    }
    return nil
  }
}
