// Fighting that breaks a ceasefire of the text.
internal import TruceModel

extension ReadingWork {
  /// A ceasefire whose first day the text gives.
  private struct InForce {
    var from: When
    /// When somebody called it off, where the text says so.
    var until: When?
    /// After so long without a word of it, nobody can say that it is in force.
    static let longest: Int64 = 400 * 86_400_000

    /// Whether a time lies wholly within it.
    func covers(_ when: When) -> Bool {
      let day = when.rule == "up-to-publication" ? when.latest : when.earliest
      let distance = day.milliseconds - from.earliest.milliseconds
      return distance >= 0 && distance < InForce.longest && (until.map { day < $0.earliest } ?? true)
    }
  }

  /// Fighting while a ceasefire is in force is a violation of it.
  ///
  /// In force: from the claim that starts one or says that it was broken, to the end of that paragraph; and on the text's own day where the
  /// text says that the ceasefire has been violated.
  mutating func settleCeasefires() {
    var isBroken = false
    for index in claims.indices {
      let isWatched = claims[index].type == .deployment && claims[index].act == "monitor" && claims[index].object == "ceasefire"
      let isBreach =
        claims[index].type == .ceasefireViolation && claims[index].act == "violation"
        && (claims[index].object == "ceasefire" || namesCeasefire)
      // "The ceasefire is generally being observed", "it never held": there is one.
      let isKept = claims[index].type == .ceasefireViolation && claims[index].act == "observe" && claims[index].object == "ceasefire"
      guard isBreach || isWatched || isKept && namesCeasefire, claims[index].modality != .planned, isRecent(claims[index].when) else {
        continue
      }
      isBroken = true
      break
    }
    var ends: [When] = []
    for index in claims.indices where claims[index].type == .statement && claims[index].act == "ceasefire-ended" {
      if claims[index].modality == .happened, claims[index].polarity == .positive, let when = claims[index].when { ends.append(when) }
    }
    var starts: [InForce] = []
    // Fighting that came to its end is no ceasefire that more of it would break.
    for index in claims.indices where claims[index].type == .ceasefireStart && claims[index].act != "lull" {
      guard claims[index].modality == .happened, claims[index].polarity == .positive, let when = claims[index].when else { continue }
      starts.append(InForce(from: when, until: ends.filter { $0.earliest >= when.earliest }.min { $0.earliest < $1.earliest }))
    }
    var start: (paragraph: Int, at: Int, when: When?)?
    var broken: ByteSpan?
    for index in claims.indices {
      let modality = claims[index].modality
      switch claims[index].type {
      case .ceasefireStart where claims[index].act != "lull" && (modality == .planned || modality == .happened):
        start = (paragraph(of: claims[index].span), claims[index].span.start, claims[index].when)
      case .statement where claims[index].act == "ceasefire-ended": start = nil
      case .ceasefireViolation where claims[index].act == "observe" && !namesCeasefire:
        // "Both sides held their fire", of no ceasefire.
        (claims[index].type, claims[index].act) = (.hostilities, "fire")
      case .ceasefireViolation where claims[index].act == "violation" && claims[index].object == "ceasefire":
        broken = claims[index].span
      case .ceasefireViolation where claims[index].act == "collapse":
        start = (paragraph(of: claims[index].span), claims[index].span.start, claims[index].when)
      case .hostilities where modality != .planned && ReadingWork.breaches.contains(claims[index].act):
        let when = claims[index].when
        // "On Monday two died"; the truce began on Tuesday.
        let isEarlier = when.map { when in !starts.isEmpty && starts.allSatisfy { when.latest <= $0.from.earliest } } ?? false
        var isViolation = isBroken && isRecent(when) && !isEarlier
        if let start, start.at <= claims[index].span.start, start.paragraph == paragraph(of: claims[index].span),
          start.when == nil || when == nil || start.when!.earliest < when!.latest
        {
          isViolation = true
        }
        // "The truce was broken, with each accusing the other of having fired first."
        if broken == claims[index].span, claims[index].act != "clash" { isViolation = true }
        if let when, starts.contains(where: { $0.covers(when) }) { isViolation = true }
        let isBefore = claims[index].trigger.map { discourse.beforeTruce.contains($0.start) } ?? false
        guard isViolation, !isBefore, !isUnidentified(claims[index].who), when?.rule != ClaimBuilder.stretchRule else { continue }
        claims[index].type = .ceasefireViolation
        note(index, .init(what: "type", how: "fighting while the text has a ceasefire in force", span: nil))
      default: break
      }
    }
  }

  /// "unidentified gunmen": nobody can say that a truce binds them.
  private func isUnidentified(_ who: [Mention]) -> Bool {
    who.contains { mention in
      let words = mention.text.split(separator: " ")
      return mention.party == nil && words.contains { ReadingWork.unidentified.contains(Form(String($0))) }
        || words.count == 1 && Form(String(words[0])) == ReadingWork.gunmen
    }
  }

  private static let unidentified = FormSet(["unidentified", "unknown", "bandits", "looters", "mob", "mobs", "rioters"])
  private static let gunmen = Form("gunmen")

  /// Leaves out the attacks of which only a killing tells and that break no ceasefire: what it says of them the casualties say.
  mutating func leaveOutKillings() {
    var kept = claims.startIndex
    for index in claims.indices {
      if isKilling(index, after: kept) { continue }
      if kept < index {
        claims.swapAt(kept, index)
        if isExplained { derivations.swapAt(kept, index) }
      }
      kept += 1
    }
    claims.removeSubrange(kept...)
    if isExplained { derivations.removeSubrange(kept...) }
  }

  /// Whether a claim is the attack that goes with a killing by the same words: "shot dead a farmer".
  private func isKilling(_ index: Int, after end: Int) -> Bool {
    guard claims[index].type == .hostilities, claims[index].act == "attack" else { return false }
    var other = end - 1
    while other >= 0, claims[other].span == claims[index].span {
      if claims[other].type == .casualties, claims[other].act == "kill", claims[other].trigger == claims[index].trigger { return true }
      other -= 1
    }
    return false
  }

  /// The paragraph of the sentence that has a span, found by halving; -1 where none has.
  private func paragraph(of span: ByteSpan) -> Int {
    var low = 0
    var high = document.sentences.count
    while low < high {
      let middle = (low + high) / 2
      if document.sentences[middle].span.start < span.start { low = middle + 1 } else { high = middle }
    }
    return low < document.sentences.count && document.sentences[low].span == span ? document.sentences[low].paragraph : -1
  }

  static let breaches: Set<String> = ["attack", "shell", "fire", "clash", "shoot-down", "destroy", "explode"]

  /// Whether a time is the text's own day or so, not its history.
  private func isRecent(_ when: When?) -> Bool {
    guard let when, let published, published.grain == .day || published.grain == .time else { return false }
    let last = when.latest == .distantFuture ? when.earliest : when.latest
    return last.milliseconds > published.earliest.milliseconds - 7 * 86_400_000
  }
}
