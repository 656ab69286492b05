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
      !isRid(at, of + 1), !isCharged(at, of + 1)
    {
      element.inner = of + 1
      element.end = isOfSeveral(at) && !isOwnSide(at, of + 1) ? list(of + 1, isSubject: true).last!.end : self.element(of + 1).end
    }
    // "around 800 | to | 1,000 soldiers".
    if !element.hasInner, at + 2 < chunks.count, chunks[at + 1].form == Clauses.to, chunks[at + 2].kind == .noun,
      chunks[at].kinds == .number,
      chunks[at + 2].kinds.contains(.number), chunks[at + 2].head > chunks[at + 2].first
    {
      element.inner = at + 2
      element.end = self.element(at + 2).end
    }
    // "forces loyal | to | the president".
    if !element.hasInner, at + 2 < chunks.count, chunks[at + 1].form == Clauses.to, chunks[at + 1].kind == .preposition,
      chunks[at + 2].kind == .noun, chunks[at].head < chunks[at].end - 1, units[chunks[at].end - 1].word.classes.contains(.postnominal)
    {
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

  /// "accused Tarn | of aggression": what it is accused of, and no part of its name.
  private func isCharged(_ at: Int, _ charge: Int) -> Bool {
    at > 0 && chunks[at - 1].verb >= 0 && lexicon.verbs[Int(chunks[at - 1].verb)].cues.contains(.allegation)
      && !chunks[at].kinds.isDisjoint(with: [.party, .force, .office, .name, .pronoun])
      && chunks[charge].kinds.isDisjoint(with: [.place, .party, .force, .office, .name])
  }

  /// Whether a list may follow the "of" after a noun: "the forces of A and B".
  private func isOfSeveral(_ at: Int) -> Bool {
    units[chunks[at].head].word.isPlural || !chunks[at].kinds.isDisjoint(with: [.office, .event, .date])
  }

  /// "the government of Tarn | and the Free Orlin Movement": a state's one government, and whom it deals with.
  private func isOwnSide(_ head: Int, _ of: Int) -> Bool {
    guard chunks[head].kinds.contains(.office), !units[chunks[head].head].word.isPlural, of + 2 < chunks.count,
      chunks[of + 1].kind == .conjunction, chunks[of + 2].kind == .noun
    else { return false }
    return chunks[of].kinds.contains(.place) && !chunks[of + 2].kinds.contains(.place)
      && units[chunks[of + 2].first].tag == .determiner
  }

  /// The nouns of an element's "of" complement.
  func inner(_ element: Element) -> [Int] {
    guard let first = element.firstInner else { return [] }
    return isOfSeveral(element.noun) && !isOwnSide(element.noun, first)
      ? list(first, isSubject: true).map(\.noun) : nouns(self.element(first))
  }

  /// The same as elements: of a list each without a complement, else with what it is of ("control of | a quarter of the land").
  func innerElements(_ element: Element) -> [Element] {
    guard let first = element.firstInner else { return [] }
    guard isOfSeveral(element.noun), !isOwnSide(element.noun, first) else { return [self.element(first)] }
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
      // "30 rebels, 11 soldiers and guards and four farmers": the next count.
      let isCount =
        chunks[start].kinds.contains(.number) && next.end + 1 < chunks.count && chunks[next.end].kind == .conjunction
        && chunks[next.end + 1].kinds.contains(.number)
      if sawConjunction, !isCount, !units[chunks[at].head].word.isPlural || !chunks[at].kinds.contains(.area) || !isNamedPlace(at) {
        break
      }
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
    guard next < chunks.count, chunks[next].kind == .noun, !chunks[next].kinds.isDisjoint(with: [.place, .name]) else { return at }
    // "posts in Orlin and Tarn": two names, and no posts and Tarn.
    if !isNamedPlace(element.noun), isNamedPlace(next), !(next + 1 < chunks.count && chunks[next + 1].kind == .preposition) { return at }
    return end
  }

  private static let carriage = FormSet([
    "sea", "air", "land", "road", "rail", "boat", "ship", "helicopter", "train", "plane", "bus", "truck", "river",
  ])
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
    if isContact(at) { return false }
    if !word.shape.contains(.past) { return true }
    // "breaking a truce agreed in May": truces are agreed, and agree on nothing.
    if !chunks[at - 1].kinds.isDisjoint(with: [.agreement, .ceasefire]), tells(.agreementSigned, chunk.verb) { return true }
    // "men accused of an attack": who accuses names whom before "of".
    if at + 1 < chunks.count, chunks[at + 1].form == Clauses.of, chunk.verb >= 0, lexicon.verbs[Int(chunk.verb)].cues.contains(.allegation)
    {
      return true
    }
    // "by" before the next verb tells a participle; an object tells a past.
    var next = at + 1
    while next < chunks.count {
      switch chunks[next].kind {
      case .preposition where chunks[next].form == Clauses.by:
        // "arrived by sea", "by Sunday".
        return !(next + 1 < chunks.count && (chunks[next + 1].kind == .time || Clauses.carriage.contains(chunks[next + 1].headForm)))
      case .preposition: next += 2
      case .time, .adverb: next += 1
      // "Under the deal, reached a week ago in the capital, the rebels ...".
      // "Under the deal signed on Saturday, guns are to be pulled back."
      case .comma
      where at > 1 && chunks[at - 2].kind == .preposition && next > at + 1
        && !chunks[at - 1].kinds.isDisjoint(with: [.agreement, .ceasefire]):
        return true
      case .comma where chunks[at - 1].kind == .comma && at == 3 && chunks[0].kind == .preposition && chunks[1].kind == .noun: return true
      // "handed over Lt Hale, captured near the town, | to the mission".
      case .comma where chunks[at - 1].kind == .comma && next + 1 < chunks.count && chunks[next + 1].form == Clauses.to:
        return at > 1 && chunks[at - 2].kind == .noun && next > at + 1
      case .comma where chunks[at - 1].kind == .comma && next + 1 < chunks.count && chunks[next + 1].kind == .verb:
        // "The agreement, signed in the capital, ended the war."
        // "The forces, sent on a patrol, clashed with them."
        return chunks[next + 1].isFinite
          && (!chunks[next + 1].isBare || at > 1 && chunks[at - 2].kinds.contains(.agreement)
            || next > at + 1 && !hasFiniteVerb(before: at))
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

  /// Whether a verb alone tells events of a type: "signed" agreements, "killed" casualties.
  func tells(_ type: ClaimType, _ verb: Int32) -> Bool {
    let words = lexicon.builder.lexicon
    return verb >= 0 && words.verbs[Int(verb)].triggers.contains { words.frames[Int($0.frame)].type == type && $0.words.isEmpty }
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
    // "freed ten men on Tuesday | and is to free ten more": no longer on Tuesday.
    if verb > 1, chunks[verb].isPlanned, chunks[verb - 1].kind == .conjunction,
      let other = chunks[..<verb].last(where: { $0.kind == .verb }),
      other.isPast, !other.isPlanned
    {
      return found
    }
    // "attacked a post in Orlin, near the border, | wounding two": the places before are of the verb before.
    let isTrailing = chunks[verb].isGerund && verb > 0 && chunks[verb - 1].kind == .comma
    // Since the last comma to the right: what a participle between would have instead.
    var ofPhrase = (after: found.after.count, times: found.times.count)
    var sawComma = false
    while at > 0 {
      at -= 1
      // "The force, whose strength was capped last year, will ...", "At Orlin, where it was to start, the army ...": what stands between
      // commas is not the verb's.
      if chunks[at].kind == .comma, !isTrailing, !isInside(at, found.subject), let noun = beyondParenthesis(at), isClause(noun + 2..<at) {
        at = noun
      }
      // "will go to the camps by May 3 | and the government will free its prisoners": not by May 3.
      if chunks[at].kind == .conjunction, chunks[verb].isPlanned, let first = found.subject.first, first.noun == at + 1,
        chunks[..<at].contains(where: { $0.kind == .verb && $0.isFinite })
      {
        break
      }
      if chunks[at].kind == .subordinator, let place = relativePlace(at) { found.after.append(place) }
      // A fronted time or place: "On 23 October, ...", "In Sderot, ...".
      if chunks[at].kind == .verb && !isReduced(at) || chunks[at].kind == .subordinator || chunks[at].kind == .semicolon {
        // "A truce which began in May | has been broken": not in May; "Under the deal, which took effect on Friday, the rebels are to leave".
        if chunks[at].kind == .verb, at > 1, isRelative(chunks[at - 1]), sawComma || isInside(at - 2, found.subject) {
          found.after.removeLast(found.after.count - ofPhrase.after)
          found.times.removeLast(found.times.count - ofPhrase.times)
        }
        break
      }
      if chunks[at].kind == .comma { (ofPhrase, sawComma) = ((found.after.count, found.times.count), true) }
      if chunks[at].kind == .verb {
        // "Under the deal signed in May by the ministers, the army will leave": when and by whom it was signed.
        found.after.removeLast(found.after.count - ofPhrase.after)
        found.times.removeLast(found.times.count - ofPhrase.times)
      }
      // "At Wednesday's meeting": the time stands between.
      let noun = at + 2 < verb && chunks[at + 1].kind == .time ? at + 2 : at + 1
      if chunks[at].kind == .preposition, !isTrailing, noun < verb, chunks[noun].kind == .noun, !isInside(at, found.subject),
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
    // "the ridge, where they dug in": a place without a name too.
    guard at >= 0, isNamedPlace(at) || chunks[at].kinds.contains(.place) && chunks[at].kinds.isDisjoint(with: [.demonym, .force, .office])
    else {
      return nil
    }
    return (form, [element(at)])
  }

  static let `in` = Form("in")
  static let which = Form("which")
  static let `where` = Form("where")

  func isClause(_ range: Range<Int>) -> Bool { chunks[range].contains { $0.kind == .verb && ($0.isFinite || $0.isInfinitive) } }

  private func isInside(_ at: Int, _ elements: [Element]) -> Bool {
    elements.contains { $0.noun <= at && at < $0.end }
  }
}
