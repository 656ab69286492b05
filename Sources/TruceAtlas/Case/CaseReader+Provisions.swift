// Reads the points of an agreement: who owes what, from and by when, under which condition.
internal import TruceModel
internal import Yams

extension CaseReader {
  func provision(_ fields: Fields, _ context: AgreementContext) -> Provision? {
    defer { fields.finish() }
    let id = declare(.provision, in: fields)
    if let id, !context.id.isEmpty, !id.hasPrefix(context.id + "/") {
      fields.error("the id of a point begins with its agreement's: `\(context.id)/\(id.split(separator: "/").last ?? "")`", "id")
    }
    let article = fields.string("article", required: true)
    let title = fields.string("title", required: true)
    let kind = fields.word("kind", Provision.Kind.self, required: true)
    let act = fields.string("act", required: true)
    if let act, !CaseReader.isID(act, of: .place) {
      fields.error("`\(act)` is no act; write a word of docs/vocabulary.md, as in `hand-over`", "act")
    }
    var provision = Provision(
      id: ProvisionID(id ?? ""), article: article ?? "", title: title ?? "", kind: kind ?? .achieve,
      who: referAll(.party, "who", in: fields).map { PartyID($0) }, whom: referAll(.party, "whom", in: fields).map { PartyID($0) },
      act: act ?? "")
    provision.object = fields.string("object")
    provision.place = refer(.place, "place", in: fields).map { PlaceID($0) }
    provision.condition = fields.string("condition")
    provision.quantities = quantities(fields)
    provision.isOwedAfterwards = fields.bool("owedAfterwards") ?? true
    provision.isImplied = fields.bool("implied") ?? false
    provision.requires = referAll(.provision, "requires", in: fields).map { ProvisionID($0) }
    provision.inParallelWith = referAll(.provision, "inParallelWith", in: fields).map { ProvisionID($0) }
    provision.reciprocal = refer(.provision, "reciprocal", in: fields).map { ProvisionID($0) }
    provision.every = span("every", in: fields)
    provision.renewal = renewal(fields)
    provision.lasts = span("lasts", in: fields)
    provision.isPhased = fields.bool("phased") ?? false
    provision.verifiedBy = referAll(.party, "verifiedBy", in: fields).map { PartyID($0) }
    provision.variants = fields.strings("variants").compactMap { variant($0.text, $0.spot, context) }
    provision.wordings = fields.mappings("wordings").compactMap { item in
      defer { item.finish() }
      let name = item.string("variant", required: true)
      let text = item.string("text", required: true)
      guard let name, let text, let name = variant(name, item.spot("variant"), context) else { return nil }
      return Provision.Wording(variant: name, text: text)
    }
    provision.terms = fields.mappings("terms").flatMap { terms($0, context) }
    check(provision, fields)
    return id == nil || article == nil || title == nil || kind == nil || act == nil ? nil : provision
  }

  private func variant(_ id: String, _ spot: Spot, _ context: AgreementContext) -> String? {
    if context.variants.contains(id) { return id }
    let words = context.variants.sorted()
    findings.error(
      "`\(id)` is no variant of this agreement; its variants are \(Fields.list(words))" + Fields.suggestion(id, among: words), at: spot)
    return nil
  }

  private func renewal(_ fields: Fields) -> Provision.Renewal? {
    guard let node = fields.value("renewal"), let item = Fields(node, path: fields.at("renewal"), text: fields.text, findings: findings)
    else {
      return nil
    }
    defer { item.finish() }
    let term = span("term", in: item, required: true)
    let by = span("by", in: item)
    let notice = span("notice", in: item)
    return term.map { Provision.Renewal(term: $0, by: by ?? $0, notice: notice) }
  }

  /// A term; one for each variant that it is stated for.
  private func terms(_ fields: Fields, _ context: AgreementContext) -> [Provision.Term] {
    defer { fields.finish() }
    let word = fields.word("word", Deadline.Word.self, required: true)
    let role: When.Role = word == .from ? .from : word == .until ? .until : .due
    let when = when("date", in: fields, zone: context.zone, role: role)
    let after = fields.string("after")
    let span = span("span", in: fields)
    if let after {
      if after.contains("/") {
        _ = refer(.provision, "after", in: fields)
      } else if !context.anchors.contains(after) {
        let words = context.anchors.sorted()
        fields.error(
          "`\(after)` is no event of this agreement; count from \(Fields.list(words)) or from a point, `\(context.id)/2`"
            + Fields.suggestion(after, among: words), "after")
      } else if after == "effective", !context.hasEffective {
        fields.error("the agreement has no `effective`; give it one, or count from `signing`", "after")
      } else if after == "signing", !context.hasSigned {
        fields.error("the agreement has no `signed`; give it one, or count from `effective`", "after")
      }
      if when != nil { fields.error("a term has a `date` or counts `after` an event, not both", "after") }
    } else if span != nil {
      fields.error("a term with a `span` needs `after`: the event from which it counts", "span")
    } else if !fields.has("date") {
      fields.error("a term needs a `date`, or `after` with the event from which it counts")
    }
    let named = fields.strings("variants")
    let variants = named.compactMap { variant($0.text, $0.spot, context) }
    guard let word, when != nil || after != nil else { return [] }
    if named.isEmpty { return [Provision.Term(word, when: when, after: after, span: span)] }
    return variants.map { Provision.Term(word, when: when, after: after, variant: $0, span: span) }
  }

  /// What a kind of point must have.
  private func check(_ provision: Provision, _ fields: Fields) {
    switch provision.kind {
    case .recurring where provision.every == nil && !fields.has("every"):
      fields.error("a recurring point needs `every`: how often, as in `P1W`")
    case .conditional where provision.condition == nil && provision.requires.isEmpty:
      fields.error("a conditional point needs `condition`, in words, or `requires`, the points that come first")
    case .achieve where provision.lasts != nil:
      fields.error("`lasts` is of what is maintained; a point of kind `achieve` has `terms`", "lasts")
    default: break
    }
    if provision.isImplied, provision.who.isEmpty { fields.error("`implied` says that `who` is understood; name who it is", "implied") }
  }

  /// Reports points whose order comes back to themselves.
  func checkOrder(_ provisions: [Provision], _ anchors: [Agreement.Anchor]) {
    let parts = Dictionary(anchors.map { ($0.id, $0.of.map(\.rawValue)) }, uniquingKeysWith: { first, _ in first })
    var before: [String: [String]] = [:]
    for provision in provisions {
      let events = provision.terms.compactMap(\.after).flatMap { $0.contains("/") ? [$0] : parts[$0] ?? [] }
      before[provision.id.rawValue] = provision.requires.map(\.rawValue) + events
    }
    for provision in provisions {
      var reached: Set<String> = []
      var open = before[provision.id.rawValue] ?? []
      while let next = open.popLast() {
        if next == provision.id.rawValue {
          if let spot = spot(of: .provision, next) {
            findings.error("`\(next)` waits for itself; mend `after` or `requires` of one of the points on the way", at: spot)
          }
          break
        }
        if reached.insert(next).inserted { open += before[next] ?? [] }
      }
    }
  }
}
