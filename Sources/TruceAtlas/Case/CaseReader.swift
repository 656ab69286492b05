// Reads the files of a case into its values: the state that the readers of the five files share.
internal import TruceModel
internal import Yams

/// The files of one case while they are read: what was found, which ids there are, and which ids are spoken of.
final class CaseReader {
  /// What an id of a case can name.
  enum Kind: String {
    case party, organ, source, place, agreement, provision, road, departure
  }

  static let fileNames = ["case.yaml", "parties.yaml", "places.yaml", "agreement.yaml", "roads.yaml"]
  static let required: Set<String> = ["case.yaml", "parties.yaml", "places.yaml"]

  let findings = CaseFindings()
  var zone = Zone.utc
  var language = "en"
  private var spots: [Kind: [String: Spot]] = [:]
  private var parsed: Set<String> = []
  private var references: [(kind: Kind, id: String, spot: Spot)] = []

  /// The root fields of a file, where it is there and parses.
  func root(_ name: String, in files: [String: [UInt8]]) -> Fields? {
    guard let bytes = files[name] else {
      if CaseReader.required.contains(name) {
        findings.error("the file is missing; a case has \(Fields.list(CaseReader.fileNames))", at: Spot(file: name))
      }
      return nil
    }
    let text = CaseText(name: name, bytes: bytes, findings: findings)
    guard let root = text.root, let fields = Fields(root, path: "", text: text, findings: findings) else { return nil }
    parsed.insert(name)
    return fields
  }

  /// Whether every file that is there, and every file that must be, was read.
  func hasAllRoots(in files: [String: [UInt8]]) -> Bool {
    CaseReader.fileNames.allSatisfy { parsed.contains($0) || (files[$0] == nil && !CaseReader.required.contains($0)) }
  }

  /// Reads the id of a thing of the case, and reports an id that is taken.
  func declare(_ kind: Kind, in fields: Fields, key: String = "id") -> String? {
    guard let id = fields.string(key, required: true) else { return nil }
    guard CaseReader.isID(id, of: kind) else {
      let form =
        kind == .provision ? "the agreement's id, a slash, the point: `nk-2020/6a`" : kind == .party ? "`AZE`, `NKR`" : "`lachin-district`"
      fields.error("`\(id)` is no id of a \(kind.rawValue); write letters, digits and hyphens, as in \(form)", key)
      return nil
    }
    let spot = fields.spot(key)
    if let first = spots[kind]?[id] {
      let place = first.file + ":" + (first.line.map(String.init) ?? "?")
      fields.error("there are two of the id `\(id)`: the other \(kind.rawValue) stands at \(place); give each its own", key)
      return nil
    }
    spots[kind, default: [:]][id] = spot
    return id
  }

  /// Letters, digits and hyphens; places and roads in lower case; a provision's after its agreement's and a slash.
  static func isID(_ id: String, of kind: Kind) -> Bool {
    func isPart(_ part: Substring) -> Bool {
      let bytes = Array(part.utf8)
      guard (1...64).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D else { return false }
      let upper = kind == .party || kind == .provision
      return bytes.allSatisfy { byte in
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D || (upper && byte >= 0x41 && byte <= 0x5A)
      }
    }
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == (kind == .provision ? 2 : 1) && parts.allSatisfy(isPart)
  }

  /// Notes that a field speaks of another thing of the case; whether there is such a thing is checked when all files are read.
  func refer(_ kind: Kind, _ key: String, in fields: Fields, required: Bool = false) -> String? {
    guard let id = fields.string(key, required: required) else { return nil }
    references.append((kind, id, fields.spot(key)))
    return id
  }

  /// The same for a list of ids, or a single one.
  func referAll(_ kind: Kind, _ key: String, in fields: Fields) -> [String] {
    fields.strings(key).map { text, spot in
      references.append((kind, text, spot))
      return text
    }
  }

  func has(_ kind: Kind, _ id: String) -> Bool { spots[kind]?[id] != nil }

  func spot(of kind: Kind, _ id: String) -> Spot? { spots[kind]?[id] }

  /// Reports every id spoken of that no file declares.
  func checkReferences() {
    for reference in references where !has(reference.kind, reference.id) {
      let ids = (spots[reference.kind] ?? [:]).keys.sorted()
      let hint = Fields.suggestion(reference.id, among: ids)
      let file = ["party": "parties.yaml", "source": "case.yaml", "place": "places.yaml", "road": "roads.yaml"][reference.kind.rawValue]
      let article = ["organ", "agreement"].contains(reference.kind.rawValue) ? "an" : "a"
      findings.error(
        "`\(reference.id)` is no \(reference.kind.rawValue) of this case; name \(article) \(reference.kind.rawValue) of `\(file ?? "agreement.yaml")`"
          + hint,
        at: reference.spot)
    }
  }

  /// A zone: an IANA name or an offset.
  func zone(_ key: String, in fields: Fields, required: Bool = false) -> Zone? {
    guard let text = fields.string(key, required: required) else { return nil }
    guard let zone = Zone(text) else {
      fields.error("`\(text)` is no time zone; write an IANA name, `Asia/Baku`, or an offset, `+04:00`", key)
      return nil
    }
    return zone
  }

  /// An EDTF expression, checked.
  func edtf(_ key: String, in fields: Fields) -> String? {
    guard let text = fields.string(key) else { return nil }
    return checked(text, spot: fields.spot(key)) ? text : nil
  }

  func checked(_ edtf: String, spot: Spot) -> Bool {
    if EDTF(edtf) != nil { return true }
    findings.error(
      "`\(edtf)` is no EDTF date; write `2020-11-20`, `2020-11`, `2020-11-10T00:00+03:00`, `2020-11-10/..` or `[2020-11-09..2020-11-10]`",
      at: spot)
    return false
  }

  /// A time from an EDTF expression in a zone.
  func when(_ key: String, in fields: Fields, zone: Zone, role: When.Role, required: Bool = false) -> When? {
    guard let text = fields.string(key, required: required), checked(text, spot: fields.spot(key)) else { return nil }
    guard let when = When(text, zone: zone, role: role) else {
      fields.error("`\(text)` ends before it begins", key)
      return nil
    }
    return when
  }

  /// A length of time, `P21D`, or a bare count of days.
  func span(_ key: String, in fields: Fields, required: Bool = false) -> CivilSpan? {
    guard let text = fields.string(key, required: required) else { return nil }
    guard let span = CivilSpan(text) else {
      fields.error("`\(text)` is no length of time; write `P21D`, `P14M`, `P5Y`, `P1W` or `PT72H`", key)
      return nil
    }
    return span
  }

  /// Names: texts, or fields `text`, `language`, `user`, `period`.
  func names(_ fields: Fields, required: Bool = true) -> [Name] {
    if let single = fields.value("names")?.scalar { return [Name(Fields.normalised(single.string), language: language)] }
    let names: [Name] = fields.list("names", required: required).compactMap { node, path in
      if let scalar = node.scalar, !scalar.string.isEmpty { return Name(Fields.normalised(scalar.string), language: language) }
      guard let name = Fields(node, path: path, text: fields.text, findings: findings) else { return nil }
      defer { name.finish() }
      let text = name.string("text", required: true)
      let language = name.string("language")
      let user = refer(.party, "user", in: name).map { PartyID($0) }
      let period = edtf("period", in: name)
      return text.map { Name($0, language: language ?? self.language, user: user, period: period) }
    }
    if required, fields.has("names"), names.isEmpty { fields.error("there must be at least one name", "names") }
    return names
  }

  /// How many of what: fields `what`, `count` (a number or `[least, most]`), `about`.
  func quantities(_ fields: Fields) -> [Quantity] {
    fields.mappings("quantities").compactMap { item in
      defer { item.finish() }
      let what = item.string("what", required: true)
      let count = item.range("count", in: 0...1e12, unit: "things", required: true)
      let isAbout = item.bool("about") ?? false
      guard let what, let count else { return nil }
      return Quantity(what, count.lowerBound, count.upperBound, isAbout: isAbout)
    }
  }
}
