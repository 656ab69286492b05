// The routes behind the Agreement and Log pages: what was agreed, in which wordings; what the ledger holds, entry by entry.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

extension Desk {
  /// The agreements of the case, each point with its terms and with the wordings of the texts that differ.
  func agreements(_ request: DeskRequest) async throws -> DeskReply {
    .json(["agreements": .array(source.caseFile.agreements.map(Desk.agreementJSON))])
  }

  private static func agreementJSON(_ agreement: Agreement) -> JSON {
    let variants = agreement.variants.map { variant -> JSON in
      [
        "id": JSON(variant.id), "source": JSON(variant.source), "language": JSON(variant.language), "authentic": .bool(variant.isAuthentic),
      ]
    }
    return .compact([
      "id": JSON(agreement.id), "title": JSON(agreement.title), "signed": agreement.signed?.json, "effective": agreement.effective?.json,
      "signatories": .array(agreement.signatories.map { JSON($0) }), "variants": .array(variants),
      "provisions": .array(agreement.provisions.map(provisionJSON)),
    ])
  }

  private static func provisionJSON(_ provision: Provision) -> JSON {
    func list(_ values: [JSON]) -> JSON? { values.isEmpty ? nil : .array(values) }
    let terms = provision.terms.map { term in
      JSON.compact([
        "word": JSON(term.word.rawValue), "when": term.when?.json, "after": term.after.map { JSON($0) },
        "span": term.span.map { JSON($0.description) },
        "variant": term.variant.map { JSON($0) },
      ])
    }
    let wordings = provision.wordings.map { wording -> JSON in ["variant": JSON(wording.variant), "text": JSON(wording.text)] }
    return .compact([
      "id": JSON(provision.id), "article": JSON(provision.article), "title": JSON(provision.title), "kind": JSON(provision.kind.rawValue),
      "who": .array(provision.who.map { JSON($0) }), "whom": list(provision.whom.map { JSON($0) }),
      "implied": provision.isImplied ? .bool(true) : nil,
      "place": provision.place.map { JSON($0) }, "condition": provision.condition.map { JSON($0) }, "terms": .array(terms),
      "quantities": list(provision.quantities.map(\.json)), "wordings": list(wordings),
      "variants": list(provision.variants.map { JSON($0) }),
      "requires": list(provision.requires.map { JSON($0) }), "inParallelWith": list(provision.inParallelWith.map { JSON($0) }),
      "reciprocal": provision.reciprocal.map { JSON($0) },
    ])
  }

  /// The most entries in one answer.
  static let maximumEntries = 200

  /// Entries of the ledger, the newest first.
  func entries(_ request: DeskRequest) async throws -> DeskReply {
    let size = try await source.extent().size
    var until = size
    if let text = request.query["before"], !text.isEmpty {
      guard let before = UInt64(text) else { throw Problem(400, "The parameter 'before' is '\(text)'; it should be an entry's number.") }
      until = min(size, before)
    }
    let from = until > UInt64(Desk.maximumEntries) ? until - UInt64(Desk.maximumEntries) : 0
    let entries = try await source.entries(from: from, until: until).reversed().map(\.coarse).map { entry in
      JSON.compact([
        "sequence": JSON(Int(entry.sequence)), "recorded": JSON(entry.recorded), "kind": JSON(entry.kind.rawValue), "id": JSON(entry.id),
        "key": entry.key.isEmpty ? nil : JSON(entry.key), "content": entry.content,
      ])
    }
    return .json(["size": JSON(Int(size)), "entries": .array(entries)])
  }

  /// A file of the log as other people's tools ask for it (C2SP tlog-tiles); full tiles never change.
  func logFile(_ path: [String]) async throws -> DeskReply {
    let name = path.joined(separator: "/")
    if name.hasPrefix("tile/entries/"), !servesEntries {
      throw Problem(
        403,
        "Entries hold exact positions: this desk serves only the log's checkpoint and hashes. Who holds the ledger may serve them with --log-entries."
      )
    }
    guard name.utf8.count <= 200, let bytes = try await source.logFile(name) else {
      throw Problem(
        404,
        name == "checkpoint"
          ? "The log has no checkpoint yet; `truce verify` and the ledger's key make one." : "The log has no file '\(name)'.")
    }
    let isText = name == "checkpoint"
    return DeskReply(
      type: isText ? "text/plain; charset=utf-8" : "application/octet-stream", bytes: bytes,
      headers: [(name: "cache-control", value: isText || name.contains(".p/") ? "no-store" : "max-age=31536000, immutable")])
  }
}
