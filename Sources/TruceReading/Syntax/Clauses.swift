// Clauses: the subject and the complements of a verb group, lists and their members.
internal import TruceModel

/// Looks up roles in a sentence's chunks.
final class Clauses {
  let lexicon: ReaderCore
  let units: [Unit]
  let chunks: [Chunk]
  let memo: ClauseMemo

  init(lexicon: ReaderCore, units: [Unit], chunks: [Chunk], memo: ClauseMemo) {
    self.lexicon = lexicon
    self.units = units
    self.chunks = chunks
    self.memo = memo
    memo.open(count: chunks.count)
  }

  static let of = Form("of")
  static let by = Form("by")
  static let with = Form("with")
  private static let to = Form("to")
  static let that = Form("that")

  // MARK: lists

  /// The noun phrase at a chunk with its complement.
  func element(_ at: Int) -> Element {
    if let known = memo.elements[at] { return known }
    let element = makeElement(at)
    memo.elements[at] = element
    return element
  }

  private func makeElement(_ at: Int) -> Element {
    var element = Element(noun: at, end: at + 1)
    // "a \"blatant violation\" of the truce": over the end of a quotation.
    let of = at + 1 < chunks.count && chunks[at + 1].kind == .closeQuote ? at + 2 : at + 1
    if of + 1 < chunks.count, chunks[of].kind == .preposition, chunks[of].form == Clauses.of, chunks[of + 1].kind == .noun,
      !isRid(at, of + 1)
    {
      element.inner = of + 1
      element.end = isOfSeveral(at) ? list(of + 1, isSubject: true).last!.end : self.element(of + 1).end
    }
    // "around 800 | to | 1,000 soldiers".
    if !element.hasInner, at + 2 < chunks.count, chunks[at + 1].form == Clauses.to, chunks[at + 2].kind == .noun,
      chunks[at].kinds == .number,
      chunks[at + 2].kinds.contains(.number), chunks[at + 2].head > chunks[at + 2].first
    {
      element.inner = at + 2
      element.end = self.element(at + 2).end
    }
    // "the border with Israel", "the line between A and B".
    if !element.hasInner, at + 2 < chunks.count, chunks[at + 1].kind == .preposition, chunks[at + 2].kind == .noun,
      chunks[at + 1].form == Clauses.with || chunks[at + 1].form == Clauses.between, Clauses.borders.contains(chunks[at].headForm)
    {
      element.end = chunks[at + 1].form == Clauses.between ? list(at + 2, isSubject: false).last!.end : at + 3
    }
    return element
  }

  /// "cleared Orlin | of militants": a name has no fighters, it is rid of them.
  private func isRid(_ name: Int, _ of: Int) -> Bool {
    let head = units[chunks[name].head]
    return head.isCapitalised && head.word.nounLemma < 0 && !chunks[name].kinds.isDisjoint(with: [.name, .place])
      && chunks[name].kinds.isDisjoint(with: [.force, .office]) && chunks[of].kinds.contains(.force) && units[chunks[of].head].word.isPlural
      && !units[chunks[of].head].isCapitalised && chunks[of].end - chunks[of].first == 1
  }

  /// Whether a list may follow the "of" after a noun: "the forces of A and B".
  private func isOfSeveral(_ at: Int) -> Bool {
    units[chunks[at].head].word.isPlural || !chunks[at].kinds.isDisjoint(with: [.office, .event, .date])
  }

  /// The nouns of an element's "of" complement.
  func inner(_ element: Element) -> [Int] {
    guard let first = element.firstInner else { return [] }
    return isOfSeveral(element.noun) ? list(first, isSubject: true).map(\.noun) : nouns(self.element(first))
  }

  /// The same as elements: of a list each without a complement, else with what it is of ("control of | a quarter of the land").
  func innerElements(_ element: Element) -> [Element] {
    guard let first = element.firstInner else { return [] }
    guard isOfSeveral(element.noun) else { return [self.element(first)] }
    // "control of Orlin and | most of Tarn".
    let members = list(first, isSubject: true)
    // "the control of | guerrillas of the Front".
    if members.count == 1, !chunks[first].kinds.isDisjoint(with: [.force, .office]) { return members }
    return members.map {
      lexicon.portions.contains(chunks[$0.noun].headForm) ? $0 : Element(noun: $0.noun, end: $0.noun + 1)
    }
  }

  /// An element's noun and those of its complement.
  func nouns(_ element: Element) -> [Int] { [element.noun] + inner(element) }

  static let between = Form("between")
  static let borders = FormSet(["border", "borders", "frontier", "boundary", "line", "road", "highway", "route"])

  /// The members of the list that starts at a noun chunk: "A", "A and B", "A, B and C".
  func list(_ start: Int, isSubject: Bool) -> [Element] {
    if let known = isSubject ? memo.subjectLists[start] : memo.lists[start] { return known }
    let members = makeList(start, isSubject: isSubject)
    if isSubject { memo.subjectLists[start] = members } else { memo.lists[start] = members }
    return members
  }

  private func makeList(_ start: Int, isSubject: Bool) -> [Element] {
    var elements = [element(start)]
    // A name with its district: "Owiny-Ki-Bul, one of the two points" is no list.
    while elements.count < 64 {
      var at = beyondPlace(elements.last!)
      var sawConjunction = false
      if at < chunks.count, chunks[at].kind == .comma { at += 1 }
      if at < chunks.count, chunks[at].kind == .conjunction {
        sawConjunction = true
        at += 1
        // "from Orlin and, last month, Tarn".
        if at + 3 < chunks.count, chunks[at].kind == .comma, [.time, .adverb].contains(chunks[at + 1].kind), chunks[at + 2].kind == .comma,
          chunks[at + 3].kind == .noun
        {
          at += 3
        }
      }
      guard at > beyondPlace(elements.last!), at < chunks.count, chunks[at].kind == .noun else { break }
      let next = element(at)
      if !sawConjunction, !reachesConjunction(beyondPlace(next)) { break }
      if !isSubject, isSubjectOfNext(next.end), !sawConjunction || elements.count >= 1 { break }
      if chunks[at].kinds.contains(.pronoun), !isSubject { break }
      // "four in Orlin and three near Tarn": a count of its own.
      if start > 0, chunks[start - 1].kind == .preposition, chunks[at].kinds == .number, next.end < chunks.count,
        chunks[next.end].kind == .preposition, ClaimBuilder.locative.contains(chunks[next.end].form),
        ClaimBuilder.locative.contains(chunks[start - 1].form)
      {
        break
      }
      // "a ban on X and a ban on Y": the second has a complement of its own.
      if start > 0, chunks[start - 1].kind == .preposition, next.end < chunks.count, chunks[next.end].kind == .preposition,
        chunks[next.end].form == chunks[start - 1].form, chunks[at].kinds.contains(.event) || chunks[start - 1].form != Clauses.of
      {
        break
      }
      elements.append(next)
      // "the Orlin and Tarn provinces and Vale": the first "and" joins what shares a noun.
      if sawConjunction, !units[chunks[at].head].word.isPlural || !chunks[at].kinds.contains(.area) || !isNamedPlace(at) { break }
    }
    // "air, artillery and missile attacks": kinds of attacks.
    if elements.count > 1, let last = elements.last, chunks[last.noun].kinds.contains(.event),
      isCompound(last.noun),
      elements.dropLast().allSatisfy({ isKind($0) })
    {
      return [last]
    }
    return elements
  }

  /// "missile attacks".
  private func isCompound(_ noun: Int) -> Bool {
    let head = units[chunks[noun].head]
    return chunks[noun].head > chunks[noun].first || head.end - head.first > 1
  }

  /// A bare singular before a noun that it says more of: "artillery".
  private func isKind(_ element: Element) -> Bool {
    let chunk = chunks[element.noun]
    return element.end == element.noun + 1 && chunk.head == chunk.first && !units[chunk.head].word.isPlural && !chunk.kinds.contains(.event)
      && chunk.kinds.isDisjoint(with: [.party, .place, .someone, .pronoun])
  }

  /// "Kinsibba in Latakia province, Jurin in Hama province": the chunk after a place with what it lies in, where a list goes on there; else
  /// after the element.
  private func beyondPlace(_ element: Element) -> Int {
    let at = element.end
    guard at + 2 < chunks.count, chunks[at].kind == .preposition, Clauses.inside.contains(chunks[at].form),
      isNamedPlace(element.noun) || chunks[element.noun].kinds.contains(.area), isNamedPlace(at + 1)
    else { return at }
    let end = self.element(at + 1).end
    guard end + 1 < chunks.count, chunks[end].kind == .comma || chunks[end].kind == .conjunction else { return at }
    var next = end + 1
    if chunks[next].kind == .conjunction { next += 1 }
    return next < chunks.count && chunks[next].kind == .noun && !chunks[next].kinds.isDisjoint(with: [.place, .name]) ? end : at
  }

  static let sites = FormSet(["in", "at", "near", "outside", "inside"])
  static let inside = FormSet(["in", "near", "outside"])

  private func isNamedPlace(_ at: Int) -> Bool {
    chunks[at].kind == .noun && !chunks[at].kinds.isDisjoint(with: [.place, .name])
      && chunks[at].kinds.isDisjoint(with: [.demonym, .force, .pronoun])
      && (chunks[at].first..<chunks[at].end).contains { units[$0].isCapitalised && units[$0].tag != .determiner }
  }

  /// Whether "and" comes before anything but commas and nouns.
  private func reachesConjunction(_ from: Int) -> Bool {
    var at = from
    while at < chunks.count {
      switch chunks[at].kind {
      case .comma: at += 1
      case .noun: at = beyondPlace(element(at))
      case .conjunction: return at + 1 < chunks.count && chunks[at + 1].kind == .noun
      default: return false
      }
    }
    return false
  }

  /// Whether a finite verb follows, so that the noun before it is its subject.
  func isSubjectOfNext(_ at: Int) -> Bool {
    guard at < chunks.count, chunks[at].kind == .verb else { return false }
    return chunks[at].isFinite && !isReduced(at)
  }

  // MARK: verbs

  /// Whether a bare participle belongs to the noun before it: "prisoners released by Russia".
  func isReduced(_ at: Int) -> Bool {
    let chunk = chunks[at]
    guard chunk.kind == .verb, chunk.isBare, at > 0,
      chunks[at - 1].kind == .noun || chunks[at - 1].kind == .comma || chunks[at - 1].kind == .time
    else { return false }
    let word = units[chunk.main].word
    guard word.shape.contains(.participle) else { return false }
    if chunks[at - 1].headForm == Chunker.those { return true }
    if !word.shape.contains(.past) { return true }
    // "by" before the next verb tells a participle; an object tells a past.
    var next = at + 1
    while next < chunks.count {
      switch chunks[next].kind {
      case .preposition where chunks[next].form == Clauses.by: return !(next + 1 < chunks.count && chunks[next + 1].kind == .time)
      case .preposition: next += 2
      case .time, .adverb: next += 1
      // "Under the deal, reached a week ago in the capital, the rebels ...".
      case .comma where chunks[at - 1].kind == .comma && at == 3 && chunks[0].kind == .preposition && chunks[1].kind == .noun: return true
      // "handed over Lt Hale, captured near the town, | to the mission".
      case .comma where chunks[at - 1].kind == .comma && next + 1 < chunks.count && chunks[next + 1].form == Clauses.to:
        return at > 1 && chunks[at - 2].kind == .noun && next > at + 1
      case .comma where chunks[at - 1].kind == .comma && next + 1 < chunks.count && chunks[next + 1].kind == .verb:
        // "The agreement, signed in the capital, ended the war."
        return chunks[next + 1].isFinite && (!chunks[next + 1].isBare || at > 1 && chunks[at - 2].kinds.contains(.agreement))
      // "The minister said there was ..." is no "prisoners released were ...".
      // "A truce brokered in December collapsed": two verbs in a row, a time between.
      // "Rockets fired from Orlin landed in Tarn": rockets fire nothing.
      case .verb:
        return chunks[next].isFinite && chunks[at - 1].kind == .noun && !chunks[next].isThere
          && (!chunks[next].isBare || chunks[next - 1].kind == .time
            || !chunks[at - 1].kinds.isDisjoint(with: [.weapon, .body, .captive, .agreement, .ceasefire]))
      default: return false
      }
    }
    return false
  }

  /// The arguments of the verb group at a chunk.
  func arguments(_ verb: Int) -> Arguments {
    if let known = memo.arguments[verb] { return known }
    let arguments = makeArguments(verb)
    memo.arguments[verb] = arguments
    return arguments
  }

  private func makeArguments(_ verb: Int) -> Arguments {
    var found = Arguments()
    found.subject = subject(of: verb)
    complements(after: verb + 1, &found)
    // "shelled and burned | two villages": what two verbs do to one thing.
    if found.object.isEmpty, found.after.isEmpty, !chunks[verb].isPassive, chunks[verb].isFinite, verb + 2 < chunks.count,
      chunks[verb + 1].kind == .conjunction, chunks[verb + 2].kind == .verb, chunks[verb + 2].isFinite, !chunks[verb + 2].isPassive
    {
      complements(after: verb + 3, &found)
    }
    // "were captured | and taken to Orlin | by the rebels": by whom both was done.
    if chunks[verb].isPassive, !found.has(Clauses.by), found.end + 1 < chunks.count, chunks[found.end].kind == .conjunction,
      chunks[found.end + 1].kind == .verb, chunks[found.end + 1].isBare, units[chunks[found.end + 1].main].word.shape.contains(.participle)
    {
      var second = Arguments()
      complements(after: found.end + 2, &second)
      if let agent = second.after.first(where: { $0.form == Clauses.by }) { found.after.append(agent) }
    }
    if found.object.isEmpty, !chunks[verb].isPassive, chunks[verb].isFinite, let first = found.subject.first, first.noun < verb,
      let antecedent = objectAntecedent(first.noun)
    {
      found.object = [element(antecedent)]
    }
    var at = verb
    // Since the last comma to the right: what a participle between would have instead.
    var ofPhrase = (after: found.after.count, times: found.times.count)
    while at > 0 {
      at -= 1
      // "The force, whose strength was capped last year, will ...", "At Orlin, where it was to start, the army ...": what stands between
      // commas is not the verb's.
      if chunks[at].kind == .comma, !isInside(at, found.subject), let noun = beyondParenthesis(at), isClause(noun + 2..<at) { at = noun }
      if chunks[at].kind == .subordinator, let place = relativePlace(at) { found.after.append(place) }
      // A fronted time or place: "On 23 October, ...", "In Sderot, ...".
      if chunks[at].kind == .verb && !isReduced(at) || chunks[at].kind == .subordinator || chunks[at].kind == .semicolon { break }
      if chunks[at].kind == .comma { ofPhrase = (found.after.count, found.times.count) }
      if chunks[at].kind == .verb {
        // "Under the deal signed in May by the ministers, the army will leave": when and by whom it was signed.
        found.after.removeLast(found.after.count - ofPhrase.after)
        found.times.removeLast(found.times.count - ofPhrase.times)
      }
      // "At Wednesday's meeting": the time stands between.
      let noun = at + 2 < verb && chunks[at + 1].kind == .time ? at + 2 : at + 1
      if chunks[at].kind == .preposition, noun < verb, chunks[noun].kind == .noun, !isInside(at, found.subject),
        // "By 21 June | the army had been driven out": no "by the army".
        noun == at + 1 || !found.subject.contains(where: { $0.noun == noun }),
        at == 0 || [.comma, .conjunction, .contrast, .adverb, .time].contains(chunks[at - 1].kind)
      {
        // "In Orlin, | the army and the police took ...": the place alone.
        let members = list(noun, isSubject: true)
        let subject = found.subject
        found.after.append((chunks[at].form, members.filter { member in !subject.contains { $0.noun == member.noun } }))
      }
      if chunks[at].kind == .time { found.times.append(at) }
    }
    return found
  }

  /// "Orlin, from which they had withdrawn", "the village where they clashed": the place that the clause tells more of.
  private func relativePlace(_ subordinator: Int) -> (form: Form, elements: [Element])? {
    var at = subordinator - 1
    var form = Clauses.`in`
    if chunks[subordinator].form == Clauses.which, at > 1, chunks[at].kind == .preposition {
      form = chunks[at].form
      at -= 1
    } else if chunks[subordinator].form != Clauses.where {
      return nil
    }
    while at > 0, [.comma, .time].contains(chunks[at].kind) || chunks[at].kind == .preposition && chunks[at + 1].kind == .time { at -= 1 }
    guard at >= 0, isNamedPlace(at) else { return nil }
    return (form, [element(at)])
  }

  static let `in` = Form("in")
  private static let which = Form("which")
  static let `where` = Form("where")

  func isClause(_ range: Range<Int>) -> Bool { chunks[range].contains { $0.kind == .verb && ($0.isFinite || $0.isInfinitive) } }

  private func isInside(_ at: Int, _ elements: [Element]) -> Bool {
    elements.contains { $0.noun <= at && at < $0.end }
  }

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
        guard at + 1 < chunks.count, [.preposition, .time, .adverb].contains(chunks[at + 1].kind) else { break scan }
        at += 1
      case .verb:
        // A reduced relative clause after the object; its words belong to it.
        break scan
      default: break scan
      }
    }
    found.end = at
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
    return isDated ? at + 1 : nil
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
