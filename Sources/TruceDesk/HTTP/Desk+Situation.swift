// The routes that show the situation: as JSON, as a map, and the frame in which the pages ask for it.
internal import TruceAtlas
internal import TruceModel
internal import TruceOutlets
internal import TruceSituation

extension Desk {
  /// The situation with the sentence that says it, and each event in words.
  func situation(_ request: DeskRequest) async throws -> DeskReply {
    let situation = try await source.situation(query(request))
    let file = source.caseFile
    return try await offLoop {
      guard case .object(var members) = situation.json else { return .json(situation.json) }
      let events: KeyValuePairs = [
        "incidents": situation.incidents, "posts": situation.posts, "exchanges": situation.exchanges, "agreements": situation.agreements,
        "history": situation.history, "events": situation.events,
      ]
      for (key, list) in events {
        guard let index = members.firstIndex(where: { $0.key == key }) else { continue }
        members[index].value = .array(
          list.map { event in .object((event.json.members ?? []) + [JSON.Member("words", JSON(eventWords(event, case: file)))]) })
      }
      members.append(JSON.Member("sentence", JSON(situationSentence(situation, case: file))))
      return .json(.object(members))
    }
  }

  func map(_ request: DeskRequest) async throws -> DeskReply {
    var options = MapOptions()
    if let text = request.query["width"] {
      guard let width = Double(text), (320...4000).contains(width) else {
        throw Problem(400, "The parameter 'width' is '\(text)'; it should be a number of pixels from 320 to 4000.")
      }
      options.width = width
    }
    options.showsTitle = request.query["title"] != "no"
    options.showsLegend = request.query["legend"] != "no"
    let situation = try await source.situation(query(request))
    let file = source.caseFile
    let chosen = options
    return try await offLoop {
      DeskReply(
        type: "image/svg+xml; charset=utf-8", bytes: Array(mapSVG(situation: situation, case: file, options: chosen).utf8),
        headers: [(name: "cache-control", value: "no-store")])
    }
  }

  /// The situation through one of the outlets, as a file to keep.
  func export(_ name: String, _ request: DeskRequest) async throws -> DeskReply {
    guard let outlet = Outlet.named(name) else {
      throw Problem(404, "There is no format '\(name)'; there are \(Outlet.all.map(\.name).joined(separator: ", ")).")
    }
    let situation = try await source.situation(query(request))
    var claims: [ClaimID: Claim] = [:]
    for id in situation.evidence { claims[id] = try await source.claim(id)?.claim }
    let (found, file, produced) = (claims, source.caseFile, now())
    let day = file.zone.day(at: situation.query.on)
    return try await offLoop {
      DeskReply(
        type: outlet.mediaType.hasPrefix("text/") ? outlet.mediaType + "; charset=utf-8" : outlet.mediaType,
        bytes: outlet.render(OutletInput(situation: situation, case: file, claim: { found[$0] }, produced: produced)),
        headers: [
          (name: "cache-control", value: "no-store"),
          (name: "content-disposition", value: "inline; filename=\"\(file.id)-\(day).\(outlet.fileExtension)\""),
        ])
    }
  }

  /// What the pages need to know of the case: names, colours, and the days that its story covers.
  func caseFile(_ request: DeskRequest) async throws -> DeskReply {
    let file = source.caseFile
    let reports = try await source.reports(size: nil)
    let days = Desk.days(of: file, reports: reports.map(\.report))
    let parties = file.parties.map { party in
      JSON.compact([
        "id": JSON(party.id), "name": JSON(party.name), "role": JSON(party.role.rawValue), "colour": party.colour.map { JSON($0) },
      ])
    }
    let places = file.places.map { place in
      JSON.compact(["id": JSON(place.id), "name": JSON(place.name), "kind": JSON(place.kind.rawValue)])
    }
    return .json([
      "id": JSON(file.id), "title": JSON(file.title), "zone": JSON(file.zone.identifier), "parties": .array(parties),
      "places": .array(places),
      "days": ["first": JSON(days.lowerBound.description), "last": JSON(days.upperBound.description)],
    ])
  }

  /// The days for the slider: from a week before the first agreement to a week after the last of deadlines and reports.
  static func days(of file: Case, reports: [Report]) -> ClosedRange<CivilDate> {
    func day(_ instant: Instant) -> CivilDate? {
      instant > .distantPast && instant < .distantFuture ? file.zone.day(at: instant) : nil
    }
    let signings = file.agreements.compactMap { day($0.dated.earliest) }
    let published = reports.compactMap { report in report.published.flatMap { day($0.earliest) } }
    // Terms that are years away (a mandate of five years) do not belong to the story's days.
    let first = (signings.min() ?? published.min() ?? CivilDate(daysSinceEpoch: 18_575)).adding(days: -7)
    let limit = first.adding(days: 400)
    let terms = file.agreements.flatMap(\.provisions).flatMap(\.terms).compactMap { $0.when.flatMap { day($0.earliest) } }.filter {
      $0 < limit
    }
    let last = ((terms + published).max() ?? first).adding(days: 7)
    return first...max(first.adding(days: 1), last)
  }

  func extent(_ request: DeskRequest) async throws -> DeskReply {
    let extent = try await source.extent()
    let moments = try await source.moments().map { moment -> JSON in
      ["sequence": JSON(Int(moment.sequence)), "recorded": JSON(moment.recorded)]
    }
    return .json(
      .compact([
        "size": JSON(Int(extent.size)), "first": extent.first.map { JSON($0) }, "last": extent.last.map { JSON($0) },
        "moments": .array(moments),
      ]))
  }
}
