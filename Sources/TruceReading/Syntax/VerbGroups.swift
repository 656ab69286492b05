// Verb groups: auxiliaries, modals, negations and adverbs around one main verb.
internal import TruceModel

extension Chunker {
  static let not = Form("not")
  static let never = Form("never")
  private static let or = Form("or")
  static let without = Form("without")
  static let there = Form("there")

  func verb(_ units: [Unit], _ tokens: Span<Token>, _ start: Int, _ chunks: inout [Chunk]) -> Int {
    var chunk = Chunk(.verb, start, start)
    var at = start
    var last: Int32 = -1
    var auxiliaries = 0
    var within = -1
    loop: while at < units.count {
      let unit = units[at]
      switch unit.tag {
      case .planned:
        chunk.isPlanned = true
        chunk.isFinite = true
      case .possible:
        chunk.isPossible = true
        chunk.isFinite = true
      case .infinitive:
        if at > start, last >= 0 || chunk.isFinite { break loop }
        chunk.isInfinitive = true
      case .negation:
        // "agreed | not to attack": what they are not to do.
        // "controls | barely five percent".
        if last >= 0, at + 1 < units.count, units[at + 1].tag == .infinitive || units[at + 1].tag == .number { break loop }
        // "has not only signed": has signed.
        if at + 1 < units.count, tokens[Int(units[at + 1].first)].form == Chunker.only { break }
        chunk.isNegated = true
      case .adverb:
        let form = tokens[Int(unit.first)].form
        if form == Chunker.there { chunk.isThere = true }
        if unit.word.classes.contains(.hedge) { chunk.isHedged = true }
        if unit.word.classes.contains(.negation) { chunk.isNegated = true }
        // An adverb after the main verb belongs to what follows.
        if last >= 0, last != self.auxiliaries.be, last != self.auxiliaries.have, last != self.auxiliaries.do { break loop }
        if last >= 0, !continues(units, at) { break loop }
      case .time
      where unit.end - unit.first == 1 && at + 1 < units.count && units[at + 1].tag == .verb
        && (last >= 0 && follows(units[at + 1].word, last) || last < 0 && at > start && chunk.isFinite && !chunk.isInfinitive):
        // "were soon | encircled", "will now | leave".
        within = at
      case .pronoun:
        break loop
      case .verb:
        let word = unit.word
        if last >= 0 {
          guard follows(word, last) else { break loop }
          auxiliaries += 1
          if last == self.auxiliaries.have { chunk.isPerfect = true }
          if last == self.auxiliaries.be || last == self.auxiliaries.get {
            if word.shape.contains(.participle), !(word.shape.contains(.gerund)) { chunk.isPassive = true }
            if word.shape.contains(.gerund) { chunk.isProgressive = true }
          }
        } else {
          // "to quit", "to put": no past.
          let isPast = word.shape.contains(.past) && !chunk.isInfinitive
          if isPast { chunk.isPast = true }
          if word.shape.contains(.third) || isPast || (word.shape.contains(.base) && !chunk.isInfinitive) {
            chunk.isFinite = true
          }
          if word.shape.contains(.gerund), !word.shape.contains(.base) {
            chunk.isGerund = true
            chunk.isFinite = false
          }
          if word.shape.contains(.participle), !word.shape.contains(.base), at == start || units[at - 1].tag == .adverb {
            chunk.isBare = true
            if !word.shape.contains(.past) { chunk.isFinite = false }
          }
        }
        chunk.verb = word.verb
        chunk.main = at
        last = word.verb
      default: break loop
      }
      at += 1
      if at - start > 12 { break }
    }
    // Adverbs at the end belong to what follows.
    while at > start + 1, units[at - 1].tag == .adverb { at -= 1 }
    if auxiliaries > 0 || chunk.isPlanned || chunk.isPossible { chunk.isBare = false }
    if chunk.main < 0 { chunk.main = max(start, at - 1) }
    chunk.end = max(at, start + 1)
    chunks.append(chunk)
    if within >= 0 {
      var time = Chunk(.time, within, within + 1)
      time.time = units[within].time
      chunks.append(time)
    }
    return chunk.end
  }

  /// Whether a verb can follow an auxiliary within one group.
  private func follows(_ word: Word, _ last: Int32) -> Bool {
    if last == auxiliaries.have { return word.shape.contains(.participle) }
    if last == auxiliaries.be || last == auxiliaries.get {
      return word.shape.contains(.participle) || word.shape.contains(.gerund)
    }
    if last == auxiliaries.do { return word.shape.contains(.base) }
    return false
  }

  private func continues(_ units: [Unit], _ at: Int) -> Bool {
    var next = at + 1
    while next < units.count, units[next].tag == .adverb || units[next].tag == .negation { next += 1 }
    return next < units.count && units[next].tag == .verb
  }

  /// "after X lost control", "before they left": the preposition opens a clause where a finite verb follows its noun.
  private func openClauses(_ chunks: inout [Chunk]) {
    for at in chunks.indices where chunks[at].kind == .preposition && Clauses.temporal.contains(chunks[at].form) {
      var next = at + 1
      // "The first convoy since August reached the town."
      if next < chunks.count, chunks[next].kind == .time, chunks[at].form == UnitBuilder.since { continue }
      var hasComma = false
      scan: while next < chunks.count {
        switch chunks[next].kind {
        case .noun, .preposition, .adverb, .time, .openQuote: next += 1
        case .comma where !hasComma && opensPlace(chunks, next):
          hasComma = true
          next += 1
        case .comma where chunks[next - 1].kind == .noun && next + 1 < chunks.count && chunks[next + 1].kind == .verb && hasComma: next += 1
        case .conjunction where next + 1 < chunks.count && chunks[next + 1].kind == .noun: next += 1
        case .verb:
          if chunks[next].isFinite, chunks[next - 1].kind != .openQuote, next > at + 1 { chunks[at].kind = .subordinator }
          break scan
        default: break scan
        }
      }
    }
  }

  /// "a raid on a camp in Orlin, in the province of Tarn, killed five": a place between commas.
  private func opensPlace(_ chunks: [Chunk], _ at: Int) -> Bool {
    at + 2 < chunks.count && chunks[at + 1].kind == .preposition && Clauses.inside.contains(chunks[at + 1].form)
      && chunks[at + 2].kind == .noun && chunks[at - 1].kind == .noun
  }

  /// "must remove the mines and dismantle the posts", "agreed to confine them and to store their arms": the second verb shares what stands
  /// before the first.
  private func shares(_ chunks: inout [Chunk], _ units: [Unit], _ first: Int, _ at: Int) -> Bool {
    var before = at - 1
    while before > first, chunks[before].kind == .adverb { before -= 1 }
    // "to end the siege, | leave the town and hand over its guns".
    let isListed = before == at - 1 && chunks[before].kind == .comma
    guard before > first, isListed || chunks[before].kind == .conjunction else { return false }
    var first = first
    // "have to stop taking tolls and | open the road": beside the verb that governs the one in "-ing".
    if chunks[first].isGerund, chunks[first].governor >= 0, !chunks[at].isInfinitive,
      chunks[chunks[first].governor].isInfinitive || chunks[chunks[first].governor].isPlanned
    {
      first = chunks[first].governor
    }
    if !chunks[at].isInfinitive {
      // "to leave the town and | not attack it".
      let isOneWord = chunks[at].main == chunks[at].end - 1 && units[chunks[at].first..<chunks[at].main].allSatisfy { $0.tag == .negation }
      guard isOneWord, units[chunks[at].main].word.shape.contains(.base), !units[chunks[at].main].word.shape.contains(.past),
        units[chunks[first].main].word.shape.contains(.base)
      else { return false }
      if chunks[first].isPlanned || chunks[first].isPossible {
        chunks[at].isPlanned = chunks[first].isPlanned
        chunks[at].isPossible = chunks[first].isPossible
        return true
      }
    }
    // "not to move guns or to attack": neither of them.
    if chunks[first].isNegated, chunks[before].form == Chunker.or { chunks[at].isNegated = true }
    // "is to free 350 men and | to pull back".
    if chunks[at].isInfinitive, chunks[first].isPlanned, chunks[first].governor < 0, chunks[first].isFinite {
      chunks[at].isPlanned = true
      chunks[at].isFinite = true
      chunks[at].isInfinitive = false
      return true
    }
    // "to start leaving and to hand over": beside the infinitive that governs the verb before.
    while !chunks[first].isInfinitive, chunks[first].governor >= 0 { first = chunks[first].governor }
    guard chunks[first].isInfinitive, chunks[first].governor >= 0 else { return false }
    chunks[at].isInfinitive = true
    chunks[at].isFinite = false
    chunks[at].governor = chunks[first].governor
    return true
  }

  /// "obliges A to go back and B | to withdraw": a second doer with an infinitive of its own.
  private func isListed(_ chunks: [Chunk], _ at: Int, after last: Int) -> Bool {
    guard chunks[last].isInfinitive, chunks[last].governor >= 0, chunks[last].verb >= 0 else { return false }
    // "to allow | the army or rebels | to use": one list.
    guard lexicon.verbs[Int(chunks[last].verb)].cues.isDisjoint(with: [.grant, .calls, .attempt]) else { return false }
    var noun = at - 1
    while noun > last + 2, chunks[noun].kind == .noun, chunks[noun - 1].kind == .preposition { noun -= 2 }
    return noun > last && chunks[noun].kind == .noun && chunks[noun - 1].kind == .conjunction
  }

  /// Links each verb group to the one that governs it: "was expected | to assume", "started | withdrawing", "ordered X | to leave".
  func link(_ chunks: inout [Chunk], _ units: [Unit]) {
    openClauses(&chunks)
    var last = -1
    for at in chunks.indices {
      switch chunks[at].kind {
      case .verb:
        if last >= 0, shares(&chunks, units, last, at) {
          last = at
          continue
        }
        if last >= 0, chunks[at].isGerund, chunks[last].isGerund, chunks[last].governor >= 0, chunks[at - 1].kind == .conjunction {
          // "committed to reducing its forces and | withdrawing from five bases".
          chunks[at].governor = chunks[last].governor
          last = at
          continue
        }
        if last >= 0 {
          var between = last + 1
          var nouns = 0
          var isOpen = true
          while between < at {
            switch chunks[between].kind {
            case .noun: nouns += 1
            case .adverb, .time, .openQuote, .closeQuote: break
            case .preposition: if nouns > 1 { isOpen = false }
            case .conjunction where chunks[at].isInfinitive: break
            default: isOpen = false
            }
            between += 1
          }
          if isOpen {
            if chunks[at].isInfinitive { chunks[at].governor = isListed(chunks, at, after: last) ? chunks[last].governor : last }
            // "committed their countries to reopening the border".
            if chunks[at].isGerund, nouns == 0 || nouns == 1 && chunks[at - 1].kind == .preposition && chunks[at - 1].form == UnitBuilder.to
            {
              chunks[at].governor = last
            }
            if chunks[at].isBare, nouns == 0, chunks[last].verb == auxiliaries.have, units[chunks[at].main].word.shape.contains(.participle)
            {
              // "has, effective 13 November, withdrawn".
              chunks[at].governor = last
              chunks[at].isBare = false
              chunks[at].isPerfect = true
            }
          }
        }
        last = at
      case .semicolon, .colon, .terminal, .subordinator: last = -1
      default: break
      }
    }
  }
}
