// Reads `agreement.yaml`: agreements, the texts of them that were published, and their points.
internal import TruceModel
internal import Yams

extension CaseReader {
  func agreements(_ fields: Fields) -> [Agreement] {
    defer { fields.finish() }
    return fields.mappings("agreements", required: true).compactMap(agreement)
  }

  private func agreement(_ fields: Fields) -> Agreement? {
    defer { fields.finish() }
    let id = declare(.agreement, in: fields)
    let title = fields.string("title", required: true)
    let zone = zone("zone", in: fields) ?? self.zone
    let signed = when("signed", in: fields, zone: zone, role: .happened)
    let effective = when("effective", in: fields, zone: zone, role: .from)
    if !fields.has("signed"), !fields.has("effective") {
      fields.error("an agreement needs `signed`, the day on which it was signed or adopted, or `effective`, from when it holds")
    }
    let signatories = fields.strings("signatories").map(\.text)
    let parties = referAll(.party, "parties", in: fields).map { PartyID($0) }
    let extends = refer(.agreement, "extends", in: fields).map { AgreementID($0) }
    let resumes = refer(.agreement, "resumes", in: fields).map { AgreementID($0) }
    let supersedes = refer(.agreement, "supersedes", in: fields).map { AgreementID($0) }
    let variants = variants(fields)
    let anchors = anchors(fields, zone: zone)
    let context = AgreementContext(
      id: id ?? "", zone: zone, variants: Set(variants.map(\.id)), anchors: Set(anchors.map(\.id) + ["signing", "effective"]),
      hasSigned: fields.has("signed"), hasEffective: fields.has("effective"))
    let provisions = fields.mappings("provisions", required: true).compactMap { provision($0, context) }
    guard let id, let title, signed != nil || effective != nil else { return nil }
    checkOrder(provisions, anchors)
    return Agreement(
      id: AgreementID(id), title: title, signed: signed, signatories: signatories, parties: parties, zone: zone, variants: variants,
      provisions: provisions, effective: effective, anchors: anchors, extends: extends, resumes: resumes, supersedes: supersedes)
  }

  private func variants(_ fields: Fields) -> [Agreement.Variant] {
    var seen: Set<String> = []
    return fields.mappings("variants").compactMap { item in
      defer { item.finish() }
      let id = item.string("id", required: true)
      let source = item.string("source", required: true)
      let language = item.string("language") ?? self.language
      let isAuthentic = item.bool("authentic") ?? false
      guard let id, let source else { return nil }
      guard seen.insert(id).inserted else {
        item.error("there are two variants of the id `\(id)`; give each its own", "id")
        return nil
      }
      return Agreement.Variant(id: id, source: source, language: language, isAuthentic: isAuthentic)
    }
  }

  private func anchors(_ fields: Fields, zone: Zone) -> [Agreement.Anchor] {
    var seen: Set<String> = []
    return fields.mappings("anchors").compactMap { item in
      defer { item.finish() }
      let id = item.string("id", required: true)
      let title = item.string("title", required: true)
      let datings = item.mappings("datings").compactMap { dating -> Agreement.Anchor.Dating? in
        defer { dating.finish() }
        let when = when("date", in: dating, zone: zone, role: .happened, required: true)
        let according = dating.string("according", required: true)
        guard let when, let according else { return nil }
        return Agreement.Anchor.Dating(when: when, according: according)
      }
      let parts = referAll(.provision, "of", in: item).map { ProvisionID($0) }
      guard let id, let title else { return nil }
      if ["signing", "effective"].contains(id) {
        item.error("`\(id)` is known without being listed: its date is the agreement's own; give this event another id", "id")
      } else if !seen.insert(id).inserted {
        item.error("there are two events of the id `\(id)`; give each its own", "id")
      }
      if !datings.isEmpty, !parts.isEmpty { item.error("an event has `datings` or is made `of` points, not both", "of") }
      return Agreement.Anchor(id: id, title: title, datings: datings, of: parts)
    }
  }
}

/// What the points of an agreement may speak of.
struct AgreementContext {
  var id: String
  var zone: Zone
  var variants: Set<String>
  var anchors: Set<String>
  var hasSigned: Bool
  var hasEffective: Bool
}
