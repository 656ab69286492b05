// What follows a verb or a noun of an event: its object, its prepositions' nouns, its times.
internal import TruceModel

extension Clauses {
  /// The complements that follow a verb or a noun of an event.
  ///
  /// - Parameter isBeforeVerb: true where they belong to a subject, so that a verb may follow the last of a list.
  func complements(after start: Int, _ found: inout Arguments, isBeforeVerb: Bool = false) {
    var at = start
    var hasObject = false
    scan: while at < chunks.count {
      let chunk = chunks[at]
      switch chunk.kind {
      case .noun:
        if hasObject, chunks[at].kinds.contains(.pronoun), chunks[at - 1].kind == .noun, isSubjectOfNext(at + 1),
          let next = beyondContact(at + 1)
        {
          // "handed over a base they captured last year in the east | to the force".
          at = next
          continue
        }
        // "a convoy | 20 km | north of Orlin", "withdrew further | west".
        if isDirection(at) || hasObject && isLength(at) || at > start && isLength(at) {
          at += 1
          continue
        }
        if isSubjectOfNext(element(at).end), hasObject || at > start { break scan }
        let members = list(at, isSubject: false)
        if !hasObject, found.after.isEmpty || chunks[at - 1].kind != .comma {
          found.object += members
          hasObject = true
        } else if chunks[at - 1].kind == .conjunction || chunks[at - 1].kind == .comma {
          break scan
        }
        at = members.last!.end
      case .preposition:
        guard at + 1 < chunks.count else { break scan }
        if chunk.form == Clauses.of, at > start, chunks[at - 1].kind == .time, chunks[at + 1].kind == .noun {
          // "within 30 days | of the transfer of authority": what the time counts from.
          at = element(at + 1).end
          continue
        }
        if chunks[at + 1].kind == .noun {
          let isClause = isSubjectOfNext(element(at + 1).end) && Clauses.temporal.contains(chunk.form)
          if isClause { break scan }
          let members = list(at + 1, isSubject: isBeforeVerb)
          found.after.append((chunk.form, members))
          at = members.last!.end
        } else if chunks[at + 1].kind == .verb {
          break scan
        } else {
          at += 1
        }
      case .time:
        found.times.append(at)
        at += 1
      case .adverb, .openQuote, .closeQuote: at += 1
      case .openBracket:
        while at < chunks.count, chunks[at].kind != .closeBracket { at += 1 }
        at += 1
      case .comma:
        if let next = afterDistance(at) ?? (hasObject ? afterParticiple(at) : nil) {
          at = next
          continue
        }
        // "in Orlin, Tarnia | on Friday": the land after the town.
        if at > start, isLand(after: at) {
          at += at + 2 < chunks.count && chunks[at + 2].kind == .comma ? 3 : 2
          continue
        }
        // "on the post, as well as | on the village".
        if at + 2 < chunks.count, chunks[at + 1].kind == .conjunction, chunks[at + 2].kind == .preposition,
          units[chunks[at + 1].first].end - units[chunks[at + 1].first].first > 1
        {
          at += 2
          continue
        }
        guard at + 1 < chunks.count, [.preposition, .time, .adverb].contains(chunks[at + 1].kind) else { break scan }
        // "more than 200 towns, among them Orlin on 28 January": times of their own follow.
        if at + 2 < chunks.count, Mentions.including.contains(chunks[at + 1].form), chunks[at + 2].kinds.contains(.pronoun) { break scan }
        if opensClause(at + 1) { break scan }
        if chunks[at + 1].kind == .preposition, chunks[at + 1].form == Clauses.with || chunks[at + 1].form == Clauses.according {
          break scan
        }
        at += 1
      case .conjunction:
        // "... by the minister and, for the rebels, by their leader".
        if at + 2 < chunks.count, chunks[at + 1].kind == .comma, chunks[at + 2].kind == .preposition { at += 1 }
        // "signed by Hale for the army and | Reed for the rebels": by both.
        if at + 1 < chunks.count, chunks[at + 1].kind == .noun, found.after.count > 1,
          found.after[found.after.count - 2].form == Clauses.by,
          found.after[found.after.count - 1].form == UnitBuilder.`for`
        {
          let members = list(at + 1, isSubject: false)
          found.after[found.after.count - 2].elements += members
          at = members.last!.end
          continue
        }
        guard at + 1 < chunks.count, [.preposition, .time, .adverb].contains(chunks[at + 1].kind), !opensDatedClause(at + 1) else {
          break scan
        }
        at += 1
      case .verb:
        // A reduced relative clause after the object; its words belong to it.
        break scan
      default: break scan
      }
    }
    found.end = at
  }

  /// Whether a country stands between commas after a town that a preposition governs.
  private func isLand(after comma: Int) -> Bool {
    guard comma > 1, comma + 2 < chunks.count, chunks[comma - 2].kind == .preposition, chunks[comma - 1].kinds.contains(.place),
      !chunks[comma - 1].kinds.contains(.party), chunks[comma + 1].kind == .noun, chunks[comma + 1].kinds.isSuperset(of: [.place, .party]),
      chunks[comma + 1].end - chunks[comma + 1].first == 1, chunks[comma + 1].kinds.isDisjoint(with: [.demonym, .force])
    else { return false }
    return [.time, .comma, .preposition].contains(chunks[comma + 2].kind)
  }

  /// "..., in the west | the handover took place in June": a place that stands before a clause of its own.
  private func opensClause(_ at: Int) -> Bool {
    guard at + 2 < chunks.count, chunks[at].kind == .preposition, chunks[at + 1].kind == .noun else { return false }
    var next = element(at + 1).end
    guard next < chunks.count, chunks[next].kind == .noun, !chunks[next].kinds.contains(.pronoun) else { return false }
    next = element(next).end
    while next + 1 < chunks.count, chunks[next].kind == .preposition, chunks[next + 1].kind == .noun { next = element(next + 1).end }
    return isSubjectOfNext(next)
  }

  /// "and | on the 15th the army fled", "and | on Friday left": a time of the next clause.
  func opensDatedClause(_ start: Int) -> Bool {
    var at = start
    if chunks[at].kind == .preposition { at += 1 }
    guard at + 1 < chunks.count, chunks[at].kind == .time else { return false }
    at += 1
    if chunks[at].kind == .comma, at + 1 < chunks.count { at += 1 }
    if chunks[at].kind == .verb { return chunks[at].isFinite }
    return chunks[at].kind == .noun && isSubjectOfNext(element(at).end)
  }

  /// Where the words of the verb go on after a clause that hangs on its object without a pronoun; nil where they do not.
  private func beyondContact(_ verb: Int) -> Int? {
    var at = verb + 1
    while at < chunks.count, [.noun, .time, .adverb, .preposition].contains(chunks[at].kind) {
      if chunks[at].kind == .preposition, Clauses.goals.contains(chunks[at].form), at + 1 < chunks.count, chunks[at + 1].kind == .noun {
        return at
      }
      at += 1
    }
    return nil
  }

  private static let goals = FormSet(["to", "by", "from"])

  /// The chunk after ", 50 km north of the capital," or ", a stronghold overlooking the harbour," where a time or a preposition goes on there;
  /// nil elsewhere.
  private func afterDistance(_ comma: Int) -> Int? {
    guard comma + 2 < chunks.count, chunks[comma + 1].kind == .noun else { return nil }
    let first = units[chunks[comma + 1].first].tag
    guard first == .number || first == .determiner else { return nil }
    var at = comma + 2
    while at < chunks.count, at < comma + 10, [.noun, .preposition, .adverb].contains(chunks[at].kind) || chunks[at].isGerund { at += 1 }
    guard at + 1 < chunks.count, chunks[at].kind == .comma else { return nil }
    if first == .number { return [.preposition, .time].contains(chunks[at + 1].kind) ? at + 1 : nil }
    let isDated =
      chunks[at + 1].kind == .time || chunks[at + 1].kind == .preposition && at + 2 < chunks.count && chunks[at + 2].kind == .time
    // "retook Orlin, the capital of Tarn, | from the rebels".
    let isFrom = chunks[at + 1].kind == .preposition && Clauses.goals.contains(chunks[at + 1].form) && chunks[at + 1].form != Clauses.by
    return isDated || isFrom && at + 2 < chunks.count && chunks[at + 2].kind == .noun ? at + 1 : nil
  }

  /// "moved | further west": a point of the compass and no place.
  private func isDirection(_ at: Int) -> Bool {
    UnitBuilder.bearings.contains(chunks[at].headForm) && (chunks[at].first..<chunks[at].head).allSatisfy { units[$0].tag == .adverb }
      && !units[chunks[at].head].isCapitalised && at > 0 && chunks[at - 1].kind != .preposition
  }

  /// "20 km" before where it is counted from.
  func isLength(_ at: Int) -> Bool {
    at + 1 < chunks.count && chunks[at + 1].kind == .preposition && UnitBuilder.lengths.contains(chunks[at].headForm)
  }

  /// "handed over Lt Hale, captured near the town on Tuesday, | to the mission": the preposition after what a participle says of the object.
  private func afterParticiple(_ comma: Int) -> Int? {
    guard comma + 2 < chunks.count, chunks[comma + 1].kind == .verb, chunks[comma + 1].isBare,
      units[chunks[comma + 1].main].word.shape.contains(.participle)
    else { return nil }
    var at = comma + 2
    while at < chunks.count, [.noun, .preposition, .time, .adverb].contains(chunks[at].kind) { at += 1 }
    guard at + 1 < chunks.count, chunks[at].kind == .comma, chunks[at + 1].kind == .preposition, Clauses.goals.contains(chunks[at + 1].form)
    else { return nil }
    return at + 1
  }

  static let according = Form("according")
  static let temporal = FormSet(["after", "before", "since", "until", "till", "as"])
}
