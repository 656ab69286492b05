// Which way a day without a year or week lies: the tense of the verb that it belongs to.
internal import TruceModel

extension TimeResolver {
  /// Which way a day without a year or week lies.
  enum Tense { case past, future, unknown }

  /// The tense of the verb that an expression belongs to: the nearest one before it in its clause, else after it.
  func tense(_ draft: TimeDraft) -> Tense {
    // "Extended to November 25": what a deadline is moved to lies ahead.
    if draft.start > 0, scan.has(draft.start - 1, .to), scan.isRevised(draft.start) { return .future }
    let sentence = scan.tokens[draft.start].sentence
    var at = draft.start - 1
    var steps = 0
    while at >= 0, steps < 14, scan.tokens[at].sentence == sentence {
      let kind = scan.tokens[at].kind
      if kind == .comma && steps > 1 && !isInList(at) || kind == .semicolon || kind == .closeQuote || kind == .openQuote && steps > 0 {
        break
      }
      if steps > 1, scan.has(at, .clause) { return .unknown }
      if let tense = verb(at, sentence) { return tense }
      at -= 1
      steps += 1
    }
    // Else of one behind it, else, "freed them, handing them over on Friday", of the clause before.
    return tense(from: draft.end, by: 1, sentence) ?? tense(from: draft.start - 1, by: -1, sentence) ?? .unknown
  }

  /// The tense of the first verb from a token on, in steps of 1 or -1; nil where the sentence has none near it.
  private func tense(from start: Int, by step: Int, _ sentence: Int32) -> Tense? {
    var at = start
    for _ in 0..<22 {
      guard at >= 0, at < scan.count, scan.tokens[at].sentence == sentence else { return nil }
      if let tense = verb(at, sentence) { return tense }
      at += step
    }
    return nil
  }

  /// "left Orlin, Tarn and Vale on Friday": a comma between two names.
  private func isInList(_ comma: Int) -> Bool {
    comma > 0 && comma + 1 < scan.count && scan.tokens[comma - 1].isCapitalised && scan.tokens[comma + 1].isCapitalised
  }

  /// The tense that a word tells, with the auxiliaries around it; nil of what is no verb.
  private func verb(_ at: Int, _ sentence: Int32) -> Tense? {
    guard scan.tokens[at].kind == .word || scan.tokens[at].kind == .clitic else { return nil }
    if let end = scan.end(at, .future) {
      // "agreed to the truce on Friday": to a thing, and not to do it.
      return end > at + 1 && scan.has(end - 1, .to) && scan.has(end, .determiner) ? .past : .future
    }
    if scan.has(at, .perfect) {
      // "has to leave by October 10".
      if at + 1 < scan.count, scan.has(at + 1, .to) { return .future }
      // "has left", "has been scheduled", "has also left"; "has a deadline" tells nothing.
      for next in at + 1..<min(at + 4, scan.count) where scan.tokens[next].sentence == sentence {
        if scan.has(next, .future) { return .future }
        if scan.has(next, .past), scan.tokens[next].form != TimeScan.been { return .past }
        if isParticiple(next) { return .past }
      }
      return .unknown
    }
    if scan.has(at, .past) || isParticiple(at) {
      // "was expected", "were due": the next words tell; "shall be handed", "to be held": those before.
      if at + 1 < scan.count, scan.has(at + 1, .future) { return .future }
      var back = at - 1
      var isPassive = false
      while back >= max(0, at - 4), scan.tokens[back].sentence == sentence, scan.has(back, .passive) || scan.has(back, .negation) {
        isPassive = isPassive || scan.has(back, .passive)
        back -= 1
      }
      if isPassive, back >= 0, scan.has(back, .future) || scan.has(back, .to) { return .future }
      return .past
    }
    return nil
  }

  /// A word in lower case with an ending of the past.
  private func isParticiple(_ at: Int) -> Bool {
    let token = scan.tokens[at]
    // "so-called" tells no tense.
    let isCompound = at > 0 && token.isGlued && scan.tokens[at - 1].kind == .hyphen
    guard token.kind == .word, !token.isCapitalised, scan.length(at) > 3, !isCompound else { return false }
    for suffix in scan.lexicon.pastSuffixes where scan.length(at) > suffix.count + 1 {
      if scan.bytes[(Int(token.end) - suffix.count)..<Int(token.end)].elementsEqual(suffix) { return true }
    }
    return false
  }

  /// "By the end of May they had left", "had left by May": over by then.
  func isPerfect(_ draft: TimeDraft) -> Bool {
    let sentence = scan.tokens[draft.start].sentence
    return (max(0, draft.start - 16)..<min(scan.count - 3, draft.end + 16)).contains { at in
      scan.tokens[at].sentence == sentence && scan.tokens[at].form == TimeResolver.had
        && (at + 1...at + 3).contains { scan.has($0, .past) || isParticiple($0) }
    }
  }

  private static let had = Form("had")
}
