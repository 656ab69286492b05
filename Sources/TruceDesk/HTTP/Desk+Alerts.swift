// The routes of the alerts: what is open, what people do with it, CAP and Atom, hand-overs.
internal import TruceAtlas
internal import TruceModel
internal import TruceOutlets
internal import TruceSituation

extension Desk {
  /// The most alerts that one request acts on, and that one feed lists.
  static let maximumAlerts = 10_000

  func alerts(_ request: DeskRequest) async throws -> DeskReply {
    let room = try room()
    var words: Set<AlertWord> = [.open, .acknowledged, .silenced]
    if let text = request.query["word"], !text.isEmpty {
      words = []
      for part in text.split(separator: ",") {
        guard let word = AlertWord(rawValue: String(part)) else {
          throw Problem(400, "'\(part)' is no word of an alert; there are \(AlertWord.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        words.insert(word)
      }
    }
    let (now, states, counts) = try await room.alerts(words)
    let coverage = try await room.coverage(in: now.adding(seconds: -86_400)..<now)
    let handOver = try await room.lastHandOver().map { change, isSigned -> JSON in
      .compact([
        "by": JSON(change.by), "to": change.to.map { JSON($0) }, "at": JSON(change.at), "note": change.note.map { JSON($0) },
        "signed": .bool(isSigned), "words": JSON(change.handOverWords(isSigned: isSigned)),
      ])
    }
    return .json(
      .compact([
        "at": JSON(now),
        "counts": .object(AlertWord.allCases.compactMap { word in counts[word].map { JSON.Member(word.rawValue, JSON($0)) } }),
        "alerts": .array(states.prefix(Desk.maximumAlerts).map { $0.json(at: now) }), "coverage": coverageJSON(coverage),
        "handOver": handOver,
      ]))
  }

  func alert(_ id: String) async throws -> DeskReply {
    let state = try await state(id)
    let history = state.history.map { change -> JSON in
      .compact([
        "act": JSON(change.act.rawValue), "at": JSON(change.at), "by": JSON(change.by), "to": change.to.map { JSON($0) },
        "level": change.level.map { JSON($0) }, "until": change.until.map { JSON($0) }, "note": change.note.map { JSON($0) },
      ])
    }
    return .json(.object((state.json(at: now()).members ?? []) + [JSON.Member("history", .array(history))]))
  }

  private func state(_ id: String) async throws -> AlertState {
    guard let state = try await room().alert(AlertID(id)) else { throw Problem(404, "There is no alert '\(id)'.") }
    return state
  }

  func actOnAlert(_ id: String, _ request: DeskRequest) async throws -> DeskReply {
    _ = try await state(id)
    let states = try await act(on: [AlertID(id)], FormReader(body(request)))
    return .json(states[0].json(at: now()))
  }

  func actOnAlerts(_ request: DeskRequest) async throws -> DeskReply {
    do {
      let form = try FormReader(body(request))
      let ids = try form.strings("alerts").map { AlertID($0) }
      guard !ids.isEmpty, ids.count <= Desk.maximumAlerts else {
        throw FormError(field: "alerts", message: "should be 1 to \(Desk.maximumAlerts) ids of alerts")
      }
      let states = try await act(on: ids, form)
      return .json(["alerts": .array(states.map { $0.json(at: now()) })])
    } catch let error as FormError {
      throw Problem(422, "\(error).")
    }
  }

  private func body(_ request: DeskRequest) throws -> JSON {
    do throws(JSONError) { return try JSON(parsing: request.body) } catch { throw Problem(400, "The body is no JSON: \(error).") }
  }

  private func act(on ids: [AlertID], _ form: FormReader) async throws -> [AlertState] {
    let act: WatchRoom.Act
    let by: String
    let note: String?
    do {
      switch try form.string("act") {
      case "acknowledge": act = .acknowledge
      case "resolve": act = .resolve
      case "silence": act = .silence(until: try form.requiredInstant("until"))
      case let other: throw FormError(field: "act", message: "'\(other)' should be acknowledge, silence or resolve")
      }
      by = try form.string("by")
      note = try form.optionalString("note")
    } catch let error as FormError {
      throw Problem(422, "\(error).")
    }
    return try await room().act(act, on: ids, by: by, note: note)
  }

  func alertCAP(_ id: String) async throws -> DeskReply {
    let state = try await state(id)
    let text = TruceOutlets.alertCAP(
      state, sender: try room().settings.sender, area: source.caseFile.title, zone: source.caseFile.zone, now: now())
    return DeskReply(
      type: "application/cap+xml; charset=utf-8", bytes: Array(text.utf8), headers: [(name: "cache-control", value: "no-store")])
  }

  func alertFeed() async throws -> DeskReply {
    let (now, states, _) = try await room().alerts(Set(AlertWord.allCases))
    let text = alertAtom(
      Array(states.prefix(Desk.feedAlerts)), id: "urn:truce:alerts:\(source.caseFile.id)", title: "Alerts: \(source.caseFile.title)",
      now: now)
    return DeskReply(
      type: "application/atom+xml; charset=utf-8", bytes: Array(text.utf8), headers: [(name: "cache-control", value: "no-store")])
  }

  /// The most alerts that the feed lists, the latest.
  static let feedAlerts = 500

  func handOver(_ request: DeskRequest) async throws -> DeskReply {
    func name(_ key: String) throws -> String {
      guard let text = request.query[key], !text.isEmpty else {
        throw Problem(400, "The parameter '\(key)' is missing; it should be a name.")
      }
      return text
    }
    let hours = request.query["hours"].flatMap { $0.isEmpty ? nil : Int($0) ?? 0 } ?? 12
    guard (1...168).contains(hours) else { throw Problem(400, "The parameter 'hours' should be 1 to 168.") }
    let (by, to) = (try name("by"), try name("to"))
    let situation = try await source.situation(Query(on: now()))
    let handOver = try await room().handOver(by: by, to: to, hours: hours, commitments: situation.commitments)
    var members = handOver.json.members ?? []
    if let at = members.firstIndex(where: { $0.key == "posts" }) { members[at].value = .array(handOver.posts.map(\.coarse.json)) }
    members.append(JSON.Member("change", handOver.change.json))
    return .json(.object(members))
  }

  func takeHandOver(_ request: DeskRequest) async throws -> DeskReply {
    let change: AlertChange
    do throws(FormError) {
      let json: JSON
      do throws(JSONError) { json = try JSON(parsing: request.body) } catch {
        throw FormError(field: "", message: "the body is no JSON: \(error)")
      }
      change = try AlertChange(json: json)
    } catch { throw Problem(422, "\(error).") }
    let receipt = try await room().record(handOver: change)
    return .json(
      ["id": JSON(change.id), "sequence": JSON(Int(receipt.sequence)), "recorded": JSON(receipt.recorded), "new": .bool(receipt.isNew)])
  }
}
