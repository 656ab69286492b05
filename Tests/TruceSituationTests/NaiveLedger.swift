// Ledgers at random with everything that decides which claims count, and a naive account of it: slow, plain, on strings and numbers.
import TruceAtlas
import TruceModel
import TruceSituation

/// What an entry says, as the naive account sees it.
enum NaiveEntry {
  case report(id: String, outlet: String)
  case claim(NaiveTold)
  case reading(name: String, report: String, claims: [String], copyOf: [String])
  case ruling(act: String, claims: [String], with: String?, report: String?)
}

/// One claim with what the account asks of it.
struct NaiveTold {
  var claim: NaiveClaim
  var place: String
  var outlet: String
  /// Whether its speaker is its outlet, in its own name.
  var isOutlet: Bool
  var type: String
  var object: String
  var quantities: [(what: String, count: Int)] = []
  var whom = ""
  /// Of a deadline that was moved.
  var becomes: String?
  /// The day as the text gives it; empty for none.
  var when: String
}

/// A ledger at random, both as entries and as the account sees them.
struct RandomLedger {
  var entries: [Entry] = []
  var naive: [NaiveEntry] = []
  var recorded: [Int64] = []

  static let places = ["kalbajar-district", "agdam-district", "zangilan-district"]
  static let start = instant("2021-01-01T00:00:00Z")

  mutating func append(_ kind: EntryKind, id: String, key: String, _ content: JSON, _ naive: NaiveEntry) {
    let moment = RandomLedger.start.adding(seconds: Int64(entries.count) * 600)
    entries.append(
      Entry(sequence: UInt64(entries.count), recorded: moment, id: EntryID(id), kind: kind, key: key, content: content))
    self.naive.append(naive)
    recorded.append(moment.milliseconds)
  }

  /// - Parameter size: about how many entries.
  init(_ dice: inout OrderTests.Dice, size: Int) {
    var reports: [(id: String, claims: [String])] = []
    while entries.count < size {
      let roll = Int.random(in: 0..<20, using: &dice)
      if roll < 16 || reports.isEmpty {
        reports.append(report(&dice, number: reports.count, others: reports.map(\.id)))
      } else if roll < 18 {
        let (id, claims) = reports.randomElement(using: &dice)!
        let kept = claims.filter { _ in Bool.random(using: &dice) }
        read("again \(entries.count)", id, kept, [])
      } else {
        rule(&dice, reports)
      }
    }
  }

  private mutating func read(_ name: String, _ report: String, _ claims: [String], _ copyOf: [String]) {
    append(
      .reading, id: "reading/\(name)", key: report,
      ["report": JSON(report), "claims": .array(claims.map { JSON($0) }), "copyOf": .array(copyOf.map { JSON($0) })],
      .reading(name: name, report: report, claims: claims, copyOf: copyOf))
  }

  private mutating func rule(_ dice: inout OrderTests.Dice, _ reports: [(id: String, claims: [String])]) {
    let all = reports.flatMap(\.claims).shuffled(using: &dice)
    let act = ["retract", "correct", "merge", "split", "retract"].randomElement(using: &dice)!
    let claims = Array(all.prefix(Int.random(in: 1...3, using: &dice)))
    let with = act == "correct" ? all.last : nil
    let report = act == "retract" && Bool.random(using: &dice) ? reports.randomElement(using: &dice)!.id : nil
    append(
      .ruling, id: "ruling/\(entries.count)", key: "",
      .compact([
        "act": JSON(act), "claims": .array((report == nil ? claims : []).map { JSON($0) }), "with": with.map { JSON($0) },
        "report": report.map { JSON($0) },
      ]), .ruling(act: act, claims: report == nil ? claims : [], with: with, report: report))
  }

  private mutating func report(_ dice: inout OrderTests.Dice, number: Int, others: [String]) -> (id: String, claims: [String]) {
    let said = CivilDate("2020-11-01")!.adding(days: Int.random(in: 0..<40, using: &dice))
    let source = ["tass", "caucasus-wire"].randomElement(using: &dice)!
    let published = day(said.description, .reported)
    let report = Report(
      body: Array("report \(number)".utf8), source: SourceID(source), published: published, captured: RandomLedger.start,
      address: "\(number)")
    append(.report, id: report.id.rawValue, key: report.id.rawValue, report.json, .report(id: report.id.rawValue, outlet: source))
    let told = (0..<Int.random(in: 1...3, using: &dice)).map { claim($0, of: report.id, source, said, &dice) }
    for (claim, naive) in told {
      append(.claim, id: claim.id.rawValue, key: report.id.rawValue, claim.json, .claim(naive))
    }
    let copyOf = Int.random(in: 0..<5, using: &dice) == 0 ? others.randomElement(using: &dice).map { [$0] } ?? [] : []
    let ids = told.map(\.0.id.rawValue)
    read("first \(number)", report.id.rawValue, ids, copyOf)
    return (report.id.rawValue, ids)
  }

  private func claim(_ number: Int, of report: ReportID, _ source: String, _ said: CivilDate, _ dice: inout OrderTests.Dice) -> (
    Claim, NaiveTold
  ) {
    let outlet = source == "tass" ? tass : TruceSituationTests.outlet
    let speakers = [[outlet], [outlet, azeMinistry], [outlet, armMinistry], [outlet, rusCommand]].randomElement(using: &dice)!
    let speaker = speakers.last!
    var place = RandomLedger.places.randomElement(using: &dice)!
    let happened = said.adding(days: -[0, 0, 1, 1, 2, 4, 8, 20].randomElement(using: &dice)!)
    let when = [happened.description, happened.description, happened.description, "../\(happened)", ""].randomElement(using: &dice)!
    var modality: Modality = [.happened, .happened, .happened, .alleged, .denied].randomElement(using: &dice)!
    let control = (ClaimType.controlChange, ["entered", "captured", "withdrew", "lost", "handed-over"])
    let kinds: [(ClaimType, [String])] = [
      control, control, (.ceasefireViolation, ["violation"]), (.exchange, ["exchange"]), (.deadlineRevised, ["revise"]),
      (.postEstablished, ["set-up"]), (.ceasefireStart, ["ceasefire"]), (.deployment, ["deploy", "withdraw"]),
      (.access, ["open", "close"]),
      (.displacement, ["return-displaced"]), (.commitment, ["build-road", "exchange", "deploy"]),
      (.agreementSigned, ["suspend", "resume", "renounce"]),
    ]
    let (type, acts) = kinds.randomElement(using: &dice)!
    let act = acts.randomElement(using: &dice)!
    var who = ["AZE", "ARM", "NKR"].randomElement(using: &dice)!
    var whom = ""
    var object = ""
    var quantities: [(what: String, count: Int)] = []
    if type == .exchange {
      (who, whom) = [("AZE", "ARM"), ("ARM", "AZE")].randomElement(using: &dice)!
      object = ["prisoners", "prisoners", "bodies"].randomElement(using: &dice)!
      quantities = [("prisoners", Int.random(in: 1...4, using: &dice) * 10)]
      if Bool.random(using: &dice) { quantities += [("civilians", 14), ("returned", Int.random(in: 3...5, using: &dice) * 10 + 4)] }
    }
    if type == .postEstablished { quantities = [("posts", Int.random(in: 1...27, using: &dice))] }
    if type == .postEstablished, Int.random(in: 0..<4, using: &dice) == 0 { place = "lachin-corridor" }
    if type == .ceasefireStart || type == .deadlineRevised { modality = .happened }
    if type == .deployment {
      (who, object) = act == "deploy" ? ("RUS", "peacekeepers") : ("ARM", "troops")
      let stations = ["contact-line", "lachin-corridor", "nagorno-karabakh"]
      place = act == "deploy" ? stations.randomElement(using: &dice)! : "nagorno-karabakh"
    }
    if type == .access { (who, place) = ("AZE", "lachin-corridor") }
    if type == .displacement {
      (who, place, object) = (["AZE", "ARM"].randomElement(using: &dice)!, "nagorno-karabakh", "displaced")
      quantities = [("returnees", Int.random(in: 1...90, using: &dice))]
    }
    if type == .commitment {
      modality = .planned
      (who, place, object) = ("AZE", "zangilan-district", act == "exchange" ? "bodies" : "")
    }
    // Rare: where an agreement is suspended or left, all its points have one word.
    if type == .agreementSigned {
      if Int.random(in: 0..<4, using: &dice) > 0 { modality = .denied }
      who = act == "renounce" ? "RUS" : "ARM"
      object = "statement"
    }
    let becomes =
      type == .deadlineRevised
      ? CivilDate("2020-11-25")!.adding(days: Int.random(in: 0..<3, using: &dice) * 5).description : nil
    let claim = Claim(
      report: report, type: type, act: act, span: ByteSpan(number * 60, number * 60 + 50), frame: "test", who: [party(who)],
      whom: whom.isEmpty ? [] : [party(whom)], places: [TruceSituationTests.place(place)], when: when.isEmpty ? nil : day(when),
      becomes: becomes.map { day($0, .becomes) }, modality: modality, speakers: speakers,
      quantities: quantities.map { Quantity($0.what, Double($0.count)) }, object: object.isEmpty ? nil : object,
      said: day(said.description, .reported))
    let begin = baku.instant(said).milliseconds
    let end = begin + 86_400_000
    let start = baku.instant(happened).milliseconds
    let isPast = modality != .denied && modality != .planned
    let naive = NaiveTold(
      claim: NaiveClaim(
        id: claim.id.rawValue, report: report.rawValue, recorded: 0, act: act, who: who,
        speaker: speaker.party.map { "\($0)/\(speaker.organ!)" } ?? "outlet \(source)", party: speaker.party?.rawValue,
        from: when == happened.description ? start : Instant.distantPast.milliseconds,
        until: when.isEmpty ? (isPast ? end : Instant.distantFuture.milliseconds) : start + 86_400_000, saidFrom: begin, saidUntil: end,
        denies: modality == .denied, isAlleged: modality == .alleged),
      place: place, outlet: source, isOutlet: speaker.party == nil, type: type.rawValue, object: object, quantities: quantities, whom: whom,
      becomes: becomes, when: when)
    return (claim, naive)
  }
}

extension RandomLedger {
  /// The claims that count of what was recorded and said by two moments, by going through the entries again and again.
  func counted(known: Int64, said: Int64) -> [NaiveTold] {
    let told = zip(naive, recorded).filter { $0.1 <= known }.map(\.0)
    var outlets: [String: String] = [:]
    var latest: [String: (claims: [String], copyOf: [String])] = [:]
    var retracted: Set<String> = []
    var retractedReports: Set<String> = []
    var corrections: Set<String> = []
    var merged: [String: String] = [:]
    for entry in told {
      switch entry {
      case .report(let id, let outlet): outlets[id] = outlet
      case .reading(_, let report, let claims, let copyOf): latest[report] = (claims, copyOf)
      case .ruling(let act, let claims, let with, let report):
        if act == "retract" || act == "correct" { for id in claims { retracted.insert(id) } }
        if let report { retractedReports.insert(report) }
        if let with {
          retracted.remove(with)
          corrections.insert(with)
        }
        if act == "merge" { for id in claims { merged[id] = "merged " + claims.min()! } }
        if act == "split" { for id in claims { merged[id] = nil } }
      case .claim: break
      }
    }
    return told.compactMap { entry -> NaiveTold? in
      guard case .claim(var told) = entry else { return nil }
      let report = told.claim.report
      guard latest[report]?.claims.contains(told.claim.id) == true || corrections.contains(told.claim.id) else { return nil }
      if retracted.contains(told.claim.id) || retractedReports.contains(report) || told.claim.saidUntil - 1 > said { return nil }
      if told.isOutlet, let original = latest[report]?.copyOf.filter({ outlets[$0] != nil }).min() {
        told.claim.speaker = "outlet \(outlets[original]!)"
      }
      if let origin = merged[told.claim.id] { told.claim.speaker = origin }
      return told
    }
  }
}
