// The routes of the watch: records in; the board, the line's strip, incidents and coverage out, all of it coarse.
internal import TruceAtlas
internal import TruceModel
internal import TruceOutlets
internal import TruceSituation

extension Desk {
  /// The longest time that one answer covers, in days.
  static let maximumDays = 92

  func room() throws -> WatchRoom {
    guard let room = source.watch else { throw Problem(404, "This desk keeps no watch.") }
    return room
  }

  func takeRecords(_ request: DeskRequest) async throws -> DeskReply {
    let room = try room()
    guard request.body.count <= Desk.maximumReportBytes else {
      throw Problem(413, "The body is larger than \(Desk.maximumReportBytes >> 20) MiB; send the records in several requests.")
    }
    let records: [Result<JSON, FormError>]
    do throws(FormError) { records = try watchRecords(body: request.body) } catch { throw Problem(400, error.message) }
    let answers = try await room.take(records)
    let size = answers.compactMap(\.receipt?.sequence).max().map { Int($0) + 1 }
    return .json(
      .compact([
        "size": size.map { JSON($0) }, "accepted": JSON(answers.count { $0.receipt != nil }),
        "refused": JSON(answers.count { $0.receipt == nil }), "records": .array(answers.map(\.json)),
      ]))
  }

  func posts() async throws -> DeskReply {
    let room = try room()
    let now = now()
    let board = try await room.board(at: now)
    let coverage = try await room.coverage(in: now.adding(seconds: -86_400)..<now)
    let counts = PostWord.allCases.compactMap { word -> JSON.Member? in
      let count = board.count { $0.word == word }
      return count > 0 ? JSON.Member(word.rawValue, JSON(count)) : nil
    }
    return .json([
      "at": JSON(now), "counts": .object(counts), "posts": .array(board.map(\.coarse.json)), "coverage": coverageJSON(coverage),
    ])
  }

  func lines() async throws -> DeskReply {
    let room = try room()
    let now = now()
    let day = now.adding(seconds: -86_400)..<now
    let coverage = Dictionary(try await room.coverage(in: day).map { ($0.line, $0) }) { first, _ in first }
    let lines = try await room.lines().map { line -> JSON in
      .compact([
        "id": JSON(line.id), "name": JSON(line.name), "lengthKm": .number(line.lengthKm), "isMeasured": .bool(line.isMeasured),
        "posts": JSON(line.posts.count), "coverage": coverage[line.id]?.summaryJSON,
      ])
    }
    return .json(["at": JSON(now), "lines": .array(lines)])
  }

  func strip(_ id: String, _ request: DeskRequest) async throws -> DeskReply {
    let room = try room()
    let now = now()
    let window = try window(request, now: now)
    guard let line = try await room.lines().first(where: { $0.id.rawValue == id }) else {
      throw Problem(404, "No post watches a line '\(id)'.")
    }
    let watched = try await room.incidents(of: line.id, in: window, claims: claims(window))
    let board = try await room.board(at: min(now, window.upperBound))
    guard let report = watched.coverage.first else { throw Problem(404, "No post watches a line '\(id)'.") }
    let posts = board.flatMap { status in
      status.coarse.stretches.filter { $0.line == line.id }.map { stretch -> JSON in
        .compact([
          "post": JSON(status.post), "name": status.name.map { JSON($0) }, "word": JSON(status.word.rawValue),
          "fromKm": .number(stretch.fromKm), "toKm": .number(min(stretch.toKm, line.lengthKm)),
        ])
      }
    }
    let rectangles = report.coarse.rectangles.map { rectangle -> JSON in
      [
        "fromKm": .number(rectangle.fromKm), "toKm": .number(rectangle.toKm), "since": JSON(rectangle.since),
        "until": JSON(rectangle.until),
        "word": JSON(rectangle.word.rawValue),
      ]
    }
    return .json(
      .compact([
        "line": JSON(line.id), "name": JSON(line.name), "lengthKm": .number(line.lengthKm), "isMeasured": .bool(line.isMeasured),
        "from": JSON(window.lowerBound), "until": JSON(window.upperBound), "now": JSON(now),
        "zone": JSON(source.caseFile.zone.identifier), "grainKm": .number(grainKm), "rules": JSON(watched.report.rules.name),
        "count": watched.count.json, "kinds": .array(watched.kinds.map(\.json)), "rate": watched.rateJSON, "coverage": report.summaryJSON,
        "rectangles": .array(rectangles),
        "incidents": .array(watched.incidents.map(\.coarse.json)), "posts": .array(posts),
      ]))
  }

  func incidents(_ request: DeskRequest) async throws -> DeskReply {
    let room = try room()
    let window = try window(request, now: now())
    let line = request.query["line"].flatMap { $0.isEmpty ? nil : PlaceID($0) }
    let watched = try await room.incidents(of: line, in: window, claims: claims(window))
    return .json(
      .compact([
        "from": JSON(window.lowerBound), "until": JSON(window.upperBound), "rules": JSON(watched.report.rules.name),
        "count": watched.count.json, "kinds": .array(watched.kinds.map(\.json)), "rate": watched.rateJSON,
        "coverage": coverageJSON(watched.coverage),
        "incidents": .array(watched.incidents.map(\.coarse.json)),
      ]))
  }

  func coverage(_ request: DeskRequest) async throws -> DeskReply {
    let room = try room()
    let window = try window(request, now: now())
    let reports = try await room.coverage(in: window)
    let lines = reports.map { report -> JSON in
      .object((report.summaryJSON.members ?? []) + [JSON.Member("gaps", report.coarse.json["gaps"] ?? .array([]))])
    }
    return .json([
      "from": JSON(window.lowerBound), "until": JSON(window.upperBound), "words": JSON(CoverageReport.words(reports)),
      "lines": .array(lines),
    ])
  }

  func tracks(_ request: DeskRequest) async throws -> DeskReply {
    let room = try room()
    let window = try window(request, now: now())
    let zone = request.query["zone"].flatMap { $0.isEmpty ? nil : PlaceID($0) }
    let zones = await room.zonesOfTracks()
    if let zone, !zones.contains(zone) {
      throw Problem(404, "The case has no zone '\(zone)'; it has \(zones.map(\.rawValue).joined(separator: ", ")).")
    }
    let events = try await room.zoneEvents(in: window, zone: zone)
    let coverage = try await room.coverage(in: window)
    return .json([
      "from": JSON(window.lowerBound), "until": JSON(window.upperBound), "zones": .array(zones.map { JSON($0) }),
      "marginMetres": .number(room.settings.zoneMarginMetres), "events": .array(events.map(\.coarse.json)),
      "coverage": coverageJSON(coverage),
    ])
  }

  func observation(_ id: String) async throws -> DeskReply {
    let room = try room()
    guard let found = try await room.observation(EntryID(id)) else { throw Problem(404, "The ledger has no observation '\(id)'.") }
    return .json(
      .compact([
        "observation": found.received.record.coarse.json, "sequence": JSON(Int(found.received.sequence)),
        "recorded": JSON(found.received.recorded), "counts": .bool(found.counts),
        "clockMinutes": found.clockMinutes == 0 ? nil : JSON(found.clockMinutes),
      ]))
  }

  /// The time that a request asks for.
  func window(_ request: DeskRequest, now: Instant) throws -> Range<Instant> {
    func moment(_ name: String, isEnd: Bool) throws -> Instant? {
      guard let text = request.query[name], !text.isEmpty else { return nil }
      if let day = CivilDate(text) {
        let bounds = source.caseFile.zone.bounds(of: day)
        return isEnd ? bounds.upperBound : bounds.lowerBound
      }
      if let moment = Instant(text) { return moment }
      throw Problem(
        400, "The parameter '\(name)' is '\(text)'; it should be a date such as 2020-12-01 or an instant such as 2020-12-01T06:30:00+04:00."
      )
    }
    let until = try moment("until", isEnd: true) ?? now
    let from = try moment("from", isEnd: false) ?? until.adding(seconds: -86_400)
    guard from < until else { throw Problem(400, "The time asked for is empty: 'from' should be before 'until'.") }
    guard until.milliseconds - from.milliseconds <= Int64(Desk.maximumDays) * 86_400_000 else {
      throw Problem(400, "The time asked for is longer than \(Desk.maximumDays) days; ask for less at once.")
    }
    return from..<until
  }

  /// What reports tell of incidents in a time, as sightings.
  private func claims(_ window: Range<Instant>) async throws -> [Sighting] { try await source.sightings(in: window) }

  func coverageJSON(_ reports: [CoverageReport]) -> JSON {
    let total = reports.reduce(0) { $0 + $1.totalKmHours }
    let watched = reports.reduce(0) { $0 + $1.watchedKmHours }
    return [
      "total": .number(total), "watched": .number(watched), "share": .number(total > 0 ? watched / total : 0),
      "words": JSON(CoverageReport.words(reports)),
    ]
  }
}

extension CoverageReport {
  /// Without the gaps, which lie on exact kilometres.
  var summaryJSON: JSON { .object((json.members ?? []).filter { $0.key != "gaps" }) }
}
