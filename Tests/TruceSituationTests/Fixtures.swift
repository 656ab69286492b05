// Ledgers for the tests: claims, reports and readings by hand, and the built-in case.
import Foundation
import TruceAtlas
import TruceModel
import TruceSituation

let baku = Zone("+04:00")!

func built() throws -> Case {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Cases/karabakh-2020")
  return try Case.load(folder: folder.standardizedFileURL.path)
}

func instant(_ text: String) -> Instant { Instant(text)! }

func day(_ text: String, _ role: When.Role = .happened) -> When { When(text, zone: baku, role: role)! }

func party(_ id: String, _ organ: String? = nil) -> Mention { Mention(id, party: PartyID(id), organ: organ) }

func place(_ id: String) -> PlaceMention { PlaceMention(id, place: PlaceID(id)) }

/// A ledger in memory: what the fold is given, entry by entry.
struct Book {
  var entries: [Entry] = []
  var clock = instant("2020-12-01T08:00:00+04:00")

  mutating func append(_ kind: EntryKind, id: String, key: String = "", _ content: JSON) {
    entries.append(Entry(sequence: UInt64(entries.count), recorded: clock, id: EntryID(id), kind: kind, key: key, content: content))
  }

  /// A report with its claims and the reading that found them.
  @discardableResult
  mutating func report(_ name: String, source: String?, published: String, at recorded: String, _ make: (ReportID, When) -> [Claim])
    -> [Claim]
  {
    clock = instant(recorded)
    let said = day(published, .reported)
    let report = Report(
      body: Array(name.utf8), source: source.map { SourceID($0) }, published: said, captured: clock, address: name)
    append(.report, id: report.id.rawValue, key: report.id.rawValue, report.json)
    let claims = make(report.id, said)
    for claim in claims { append(.claim, id: claim.id.rawValue, key: report.id.rawValue, claim.json) }
    append(
      .reading, id: "reading-\(name)", key: report.id.rawValue,
      ["report": JSON(report.id), "reader": "test", "claims": .array(claims.map { JSON($0.id) })])
    return claims
  }

  mutating func rule(_ content: JSON, at recorded: String) {
    clock = instant(recorded)
    append(.ruling, id: "ruling-\(entries.count)", content)
  }

  func index(_ file: Case) -> SituationIndex {
    var index = SituationIndex(case: file)
    for entry in entries { index.add(entry) }
    return index
  }
}

let tass = Speaker("TASS", source: "tass")
let azeMinistry = Speaker("press service of the ministry", party: "AZE", organ: "aze-mod-press")
let armMinistry = Speaker("the ministry in Yerevan", party: "ARM", organ: "arm-mod")
let rusCommand = Speaker("command of the contingent", party: "RUS", organ: "rus-peacekeepers-command")
let leaders = Speaker("the leaders of Russia, Azerbaijan and Armenia")

/// The claims of one agency's report on the day on which the last district passed, as a reader delivers them.
func lachinReport(_ book: inout Book) -> [Claim] {
  book.report("lachin", source: "tass", published: "2020-12-01", at: "2020-12-01T12:00:00+04:00") { id, said in
    var at = 0
    func claim(
      _ type: ClaimType, _ act: String, who: [Mention] = [], whom: [Mention] = [], places: [PlaceMention] = [], when: When? = nil,
      due: Deadline? = nil, modality: Modality = .happened, polarity: Polarity = .positive, speakers: [Speaker] = [tass],
      quantities: [Quantity] = [], object: String? = nil, reason: String? = nil
    ) -> Claim {
      at += 100
      return Claim(
        report: id, type: type, act: act, span: ByteSpan(at, at + 90), frame: "test", who: who, whom: whom, places: places, when: when,
        due: due,
        modality: modality, polarity: polarity, speakers: speakers, quantities: quantities, object: object, reason: reason, said: said)
    }
    let early = day("2020-12-01").narrowed(to: instant("2020-12-01T00:00:00+04:00")..<instant("2020-12-01T06:00:00+04:00"))
    let ministry = [tass, azeMinistry]
    let contingent = [tass, rusCommand]
    let statement = [tass, Speaker("the joint statement")]
    func owed(_ place: String, _ due: String) -> Claim {
      claim(
        .commitment, "control", who: [party("AZE")], places: [TruceSituationTests.place(place)], due: Deadline(day(due, .due), .by),
        modality: .planned,
        speakers: statement)
    }
    return [
      claim(
        .controlChange, "entered", who: [party("AZE", "aze-army")], places: [place("lachin-district")], when: day("2020-12-01"),
        speakers: ministry),
      claim(
        .controlChange, "entered", who: [party("AZE", "aze-army")], places: [place("lachin-district")], when: early, speakers: ministry),
      claim(.controlChange, "withdrew", who: [party("ARM")], places: [place("agdam-district")], when: day("../2020-12-01")),
      claim(.controlChange, "withdrew", who: [party("ARM")], places: [place("kalbajar-district")], when: day("../2020-12-01")),
      owed("kalbajar-district", "2020-11-15"), owed("agdam-district", "2020-11-20"), owed("lachin-district", "2020-12-01"),
      claim(
        .deadlineRevised, "revise", places: [place("kalbajar-district")], when: day("2020-11-10/2020-12-01"),
        reason: "poor capacity of the only road"),
      claim(.controlChange, "handed-over", whom: [party("AZE")], places: [place("kalbajar-district")], when: day("2020-11-25")),
      claim(
        .commitment, "control", who: [party("RUS", "rus-peacekeepers")], places: [place("lachin-corridor")], modality: .planned,
        speakers: [tass, leaders], quantities: [Quantity("km", 5)]),
      claim(
        .commitment, "control", who: [party("RUS", "rus-peacekeepers")], places: [place("shusha")], modality: .planned, polarity: .negative,
        speakers: [tass, leaders]),
      claim(.controlChange, "handed-over", places: [place("agdam-district")], when: day("../2020-12-01"), speakers: contingent),
      claim(.controlChange, "handed-over", places: [place("kalbajar-district")], when: day("../2020-12-01"), speakers: contingent),
      claim(
        .ceasefireViolation, "violation", places: [place("agdam-district"), place("kalbajar-district")], when: day("../2020-12-01"),
        polarity: .negative, speakers: contingent),
      claim(.hostilities, "clash", who: [party("AZE"), party("ARM")], places: [place("nagorno-karabakh")], when: day("2020-09-27")),
      claim(.hostilities, "attack", places: [place("nagorno-karabakh")], when: day("1988-02")),
      claim(.hostilities, "clash", places: [place("nagorno-karabakh")], when: day("1992/1994")),
      claim(.controlChange, "lost", who: [party("AZE")], places: [place("nagorno-karabakh")], when: day("1992/1994")),
      claim(
        .agreementSigned, "sign", who: [party("RUS"), party("AZE"), party("ARM")], when: day("2020-11-09"), object: "joint statement"),
      claim(
        .ceasefireStart, "ceasefire", places: [place("nagorno-karabakh")], when: day("2020-11-10", .from), modality: .planned),
      claim(
        .commitment, "hold-positions", who: [party("AZE"), party("ARM")], modality: .planned,
        speakers: [tass, Speaker("the Russian leader", party: "RUS")],
        object: "positions"),
      claim(
        .deployment, "deploy", who: [party("RUS", "rus-peacekeepers")], places: [place("nagorno-karabakh")], modality: .planned,
        speakers: [tass, Speaker("the Russian leader", party: "RUS")], object: "peacekeepers"),
      claim(.commitment, "exchange", who: [party("AZE"), party("ARM")], modality: .planned, object: "prisoners"),
      claim(.commitment, "exchange", who: [party("AZE"), party("ARM")], modality: .planned, object: "bodies"),
      claim(
        .postEstablished, "set-up", who: [party("RUS", "rus-peacekeepers")], places: [place("contact-line")], when: day("../2020-12-01"),
        object: "posts"),
      claim(
        .postEstablished, "set-up", who: [party("RUS", "rus-peacekeepers")], places: [place("lachin-corridor")], when: day("../2020-12-01"),
        object: "posts"),
      claim(.deployment, "headquarters", who: [party("RUS", "rus-peacekeepers-command")], places: [place("stepanakert")]),
      claim(.deployment, "monitor", places: [place("nagorno-karabakh")]),
    ]
  }
}

/// A claim of control in few words.
func passage(
  _ report: ReportID? = nil, _ act: String, who: String? = nil, whom: String? = nil, at where_: String, _ when: String?,
  by speakers: [Speaker],
  said: String, modality: Modality = .happened, polarity: Polarity = .positive, span: Int = 0, enteredBy: String? = nil
) -> Claim {
  Claim(
    report: report, enteredBy: enteredBy, type: .controlChange, act: act, span: ByteSpan(span, span + 50), frame: "test",
    who: who.map { [party($0)] } ?? [], whom: whom.map { [party($0)] } ?? [], places: [place(where_)], when: when.map { day($0) },
    modality: modality, polarity: polarity, speakers: speakers, said: day(said, .reported))
}

extension Book {
  /// A report of one day with one claim of control.
  @discardableResult
  mutating func tell(
    _ name: String, _ act: String, who: String? = nil, whom: String? = nil, at where_: String = "kalbajar-district", _ when: String?,
    by speakers: [Speaker], source: String = "caucasus-wire", said: String, modality: Modality = .happened, polarity: Polarity = .positive
  ) -> Claim {
    report(name, source: source, published: said, at: said + "T18:00:00+04:00") { id, _ in
      [passage(id, act, who: who, whom: whom, at: where_, when, by: speakers, said: said, modality: modality, polarity: polarity)]
    }[0]
  }
}

let outlet = Speaker("Caucasus Wire", source: "caucasus-wire")
