// A situation's JSON form: what `truce situation --json` prints and the desk reads.
public import TruceModel

extension Situation {
  /// One object: the query, then control, commitments, ceasefires, incidents, posts, coverage, exchanges, agreements, history, events, findings.
  public var json: JSON {
    .compact([
      "on": JSON(query.on), "known": query.known.map { JSON($0) }, "size": JSON(Int(size)), "said": query.said.map { JSON($0) },
      "accordingTo": JSON(query.rule.description), "control": .array(control.map(\.json)),
      "commitments": .array(commitments.map(\.json)), "ceasefires": .array(ceasefires.map(\.json)),
      "incidents": .array(incidents.map(\.json)), "posts": .array(posts.map(\.json)), "coverage": coverage.json,
      "exchanges": .array(exchanges.map(\.json)), "agreements": .array(agreements.map(\.json)), "history": .array(history.map(\.json)),
      "events": .array(events.map(\.json)), "findings": .array(findings.map(\.form)),
    ])
  }
}

private func ids(_ claims: [ClaimID]) -> JSON { .array(claims.map { JSON($0) }) }

extension Situation.Control {
  public var json: JSON {
    .compact([
      "place": JSON(place), "holder": JSON(holder.description), "since": since?.json, "standing": standing.map { JSON($0.rawValue) },
      "disputed": .bool(isDisputed), "withdrawn": isWithdrawn ? true : nil, "origins": JSON(origins), "evidence": ids(evidence),
      "contradictedBy": contradictedBy.isEmpty ? nil : ids(contradictedBy), "because": JSON(because),
      "zones": zones.isEmpty ? nil : .array(zones.map { JSON($0) }),
    ])
  }
}

extension Situation.Commitment.Deadline {
  public var json: JSON {
    .compact([
      "edtf": when.map { JSON($0.edtf) }, "earliest": when?.json["earliest"], "latest": when?.json["latest"], "word": JSON(word.rawValue),
      "by": JSON(by), "according": according.map { JSON($0) }, "variants": variants.isEmpty ? nil : .array(variants.map { JSON($0) }),
      "reason": reason.map { JSON($0) },
      "known": known.map { JSON($0) }, "announced": announced.map { JSON($0) }, "document": document.map { JSON($0) },
      "acceptance": acceptance.map { JSON($0.rawValue) }, "afterExpiry": isAfterExpiry ? true : nil,
      "evidence": evidence.isEmpty ? nil : ids(evidence),
    ])
  }
}

extension Situation.Commitment {
  public var json: JSON {
    .compact([
      "id": JSON(id), "article": JSON(article), "title": JSON(title), "kind": JSON(kind.rawValue), "who": .array(who.map { JSON($0) }),
      "act": JSON(act), "place": place.map { JSON($0) }, "deadlines": .array(deadlines.map(\.json)), "word": JSON(word),
      "days": days.map { JSON($0) }, "because": JSON(because), "watched": watched.map { .number($0) }, "done": done?.json,
      "standing": standing.map { JSON($0.rawValue) }, "disputed": .bool(isDisputed), "correspondence": correspondence.map { JSON($0) },
      "peaceAccordsMatrix": peaceAccordsMatrix?.json,
      "evidence": ids(evidence),
    ])
  }
}

extension Situation.Ceasefire {
  public var json: JSON {
    .compact(["from": from.json, "until": until?.json, "word": JSON(word), "evidence": ids(evidence)])
  }
}

extension Situation.Event {
  public var json: JSON {
    .compact([
      "type": JSON(type.rawValue), "act": JSON(act), "who": .array(who.map { JSON($0) }), "places": .array(places.map { JSON($0) }),
      "when": when?.json, "modality": JSON(modality.rawValue), "polarity": JSON(polarity.rawValue),
      "quantities": quantities.isEmpty ? nil : .array(quantities.map(\.json)), "standing": JSON(standing.rawValue),
      "disputed": .bool(isDisputed), "origins": JSON(origins), "evidence": ids(evidence), "summary": JSON(summary),
      "whom": whom.isEmpty ? nil : .array(whom.map { JSON($0) }), "object": object.map { JSON($0) },
    ])
  }
}

extension Situation.Coverage {
  public var json: JSON {
    .compact(["watched": watched.map { .number($0) }, "total": total.map { .number($0) }, "words": JSON(words)])
  }
}

extension Finding {
  /// The finding as an object.
  var form: JSON {
    .compact([
      "severity": JSON(severity.rawValue), "message": JSON(message), "field": field.map { JSON($0) },
      "evidence": evidence.isEmpty ? nil : .array(evidence.map { JSON($0) }),
    ])
  }
}
