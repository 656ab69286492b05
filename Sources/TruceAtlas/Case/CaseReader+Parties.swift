// Reads `case.yaml` and `parties.yaml`: the conflict, its sources and who takes part.
internal import TruceModel
internal import Yams

/// What `case.yaml` says beside its sources.
struct CaseHead {
  var id: String
  var title: String
  var tolerance: Duration
  var sources: [Source]
  var rules: [EvidenceRule]
  var counting: CountingRules
}

extension CaseReader {
  func head(_ fields: Fields) -> CaseHead? {
    defer { fields.finish() }
    // The zone and the language first: everything after is read in them.
    if let zone = zone("zone", in: fields, required: true) { self.zone = zone }
    if let language = fields.string("language") { self.language = language }
    let id = fields.string("id", required: true)
    if let id, !CaseReader.isID(id, of: .place) {
      fields.error("`\(id)` is no case's id; write lower-case letters, digits and hyphens, as in `karabakh-2020`", "id")
    }
    let title = fields.string("title", required: true)
    let days = fields.number("toleranceDays", in: 0...366, unit: "days") ?? 3
    let sources = fields.mappings("sources").compactMap(source)
    let rules = fields.mappings("rules").compactMap(rule)
    let counting = counting(fields)
    guard let id, let title else { return nil }
    return CaseHead(
      id: id, title: title, tolerance: .milliseconds(Int64((days * 86_400_000).rounded())), sources: sources, rules: rules,
      counting: counting)
  }

  /// How observations are counted: the standard rules, or others under a name of their own.
  private func counting(_ head: Fields) -> CountingRules {
    let standard = CountingRules()
    guard let node = head.value("counting"),
      let fields = Fields(node, path: head.at("counting"), text: head.text, findings: findings)
    else { return standard }
    defer { fields.finish() }
    var rules = standard
    let seconds = 0.0...1_000_000
    rules.timeToleranceSeconds = fields.number("timeToleranceSeconds", in: seconds, unit: "seconds") ?? rules.timeToleranceSeconds
    rules.startToleranceSeconds = fields.number("startToleranceSeconds", in: seconds, unit: "seconds") ?? rules.startToleranceSeconds
    rules.longestWindowSeconds = fields.number("longestWindowSeconds", in: seconds, unit: "seconds") ?? rules.longestWindowSeconds
    rules.kmTolerance = fields.number("kmTolerance", in: 0...1000, unit: "kilometres") ?? rules.kmTolerance
    rules.certain = fields.number("certain", in: 0...1, unit: "parts of one") ?? rules.certain
    let name = fields.string("name")
    // A name stands for its values: other values need another name.
    if name ?? standard.name == standard.name, rules != standard {
      fields.error("`\(standard.name)` names other values; give these a `name` of their own", name == nil ? nil : "name")
    }
    rules.name = name ?? rules.name
    return rules
  }

  /// A rule of evidence of the case's own.
  private func rule(_ fields: Fields) -> EvidenceRule? {
    defer { fields.finish() }
    let id = fields.string("id", required: true)
    let taken = ["anyone", "against-interest", "third-party", "both-sides", "observed", "best"]
    if let id, taken.contains(id) || id.hasPrefix("party:") || !CaseReader.isID(id, of: .place) {
      fields.error("`\(id)` cannot be a rule's id; write lower-case letters, digits and hyphens, and none of \(Fields.list(taken))", "id")
    }
    let title = fields.string("title") ?? ""
    let standings = fields.strings("standings").compactMap { text, spot -> Standing? in
      let standing = Standing(rawValue: text)
      if standing == nil {
        findings.error("`\(text)` is no standing; write one of \(Fields.list(Standing.allCases.map(\.rawValue)))", at: spot)
      }
      return standing
    }
    let parties = referAll(.party, "parties", in: fields).map { PartyID($0) }
    let sources = referAll(.source, "sources", in: fields).map { SourceID($0) }
    let origins = fields.integer("origins", in: 1...100, unit: "origins") ?? 1
    let needsBothSides = fields.bool("bothSides") ?? false
    return id.map {
      EvidenceRule(
        id: $0, title: title, standings: standings, parties: parties, sources: sources, origins: origins, needsBothSides: needsBothSides)
    }
  }

  private func source(_ fields: Fields) -> Source? {
    defer { fields.finish() }
    let id = declare(.source, in: fields)
    let names = names(fields)
    let party = refer(.party, "party", in: fields)
    let zone = zone("zone", in: fields)
    let hosts = fields.strings("hosts")
    for host in hosts where host.text.contains("/") || !host.text.contains(".") || host.text != host.text.lowercased() {
      findings.error("`\(host.text)` is no host name; write it bare and in lower case, as in `tass.com`", at: host.spot)
    }
    guard let id else { return nil }
    return Source(id: SourceID(id), names: names, party: party.map { PartyID($0) }, zone: zone, hosts: hosts.map(\.text))
  }

  func parties(_ fields: Fields) -> [Party] {
    defer { fields.finish() }
    let parties = fields.mappings("parties", required: true).compactMap(party)
    for party in parties {
      guard let side = party.side, let other = parties.first(where: { $0.id == side }) else { continue }
      let spot = spot(of: .party, party.id.rawValue) ?? fields.spot("parties")
      if other.id == party.id || other.side != nil {
        findings.error(
          "`side` of \(party.id) must name a party that counts with no other; \(side) counts with \(other.side ?? side)", at: spot)
      }
    }
    return parties
  }

  private func party(_ fields: Fields) -> Party? {
    defer { fields.finish() }
    let id = declare(.party, in: fields)
    let role = fields.word("role", Party.Role.self, required: true)
    let names = names(fields)
    let demonyms = fields.strings("demonyms").map(\.text)
    let side = refer(.party, "side", in: fields)
    let colour = fields.string("colour")
    if let colour, !CaseReader.isColour(colour) {
      fields.error("`\(colour)` is no colour; write `\"#rrggbb\"` with hexadecimal digits, in quotes", "colour")
    }
    let organs = fields.mappings("organs").compactMap { organ -> Party.Organ? in
      defer { organ.finish() }
      let id = declare(.organ, in: organ)
      let kind = organ.string("kind")
      let names = self.names(organ)
      return id.map { Party.Organ(id: $0, names: names, kind: kind) }
    }
    guard let id, let role else { return nil }
    return Party(
      id: PartyID(id), role: role, names: names, demonyms: demonyms, organs: organs, side: side.map { PartyID($0) }, colour: colour)
  }

  private static func isColour(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 7 && bytes[0] == 0x23
      && bytes.dropFirst().allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) || ($0 >= 0x41 && $0 <= 0x46) }
  }
}
