// One thing told twice: left out within a sentence, and given its day across the text.
internal import TruceModel

extension ReadingWork {
  /// One sentence tells one thing once: of the claims from `first` on, those that say something new stay.
  mutating func leaveOutRepeated(from first: Int) {
    var end = first
    for index in first..<claims.count where !isRepeated(index, among: end) && !isToldOtherwise(index, from: first) {
      if index > end {
        claims.swapAt(index, end)
        if isExplained { derivations.swapAt(index, end) }
      }
      end += 1
    }
    if isExplained { derivations.removeLast(claims.count - end) }
    claims.removeLast(claims.count - end)
  }

  /// Whether one of the last of so many claims of its sentence says the same.
  ///
  /// "Clashes began when the army fired on the post": who, and at whom, the later words say of the same.
  private mutating func isRepeated(_ claim: Int, among count: Int) -> Bool {
    for index in (0..<count).reversed() {
      guard claims[index].span == claims[claim].span else { return false }
      guard isRepeated(claims[claim], claims[index]) else { continue }
      if claims[index].who.isEmpty, claims[index].type == .hostilities, !claims[claim].who.isEmpty {
        claims[index].who = claims[claim].who
        if claims[index].whom.isEmpty { claims[index].whom = claims[claim].whom }
      }
      return true
    }
    return false
  }

  /// Whether a claim is the attack behind a killing of which the sentence tells in words of its own: "killed two soldiers in an ambush".
  private func isToldOtherwise(_ claim: Int, from first: Int) -> Bool {
    func isFighting(_ index: Int) -> Bool {
      (claims[index].type == .hostilities || claims[index].type == .ceasefireViolation) && claims[index].act != "observe"
    }
    func isKilling(_ index: Int) -> Bool {
      (first..<claims.count).contains { claims[$0].type == .casualties && claims[$0].trigger == claims[index].trigger }
    }
    return isFighting(claim) && isKilling(claim) && (first..<claims.count).contains { isFighting($0) && !isKilling($0) }
  }

  private func isRepeated(_ claim: Claim, _ known: Claim) -> Bool {
    guard known.type == claim.type, known.modality == claim.modality else { return false }
    if known.says(theSameAs: claim) { return true }
    // "was initialled on 31 October and signed on 20 November": on other days.
    if let one = known.when, let other = claim.when, one.grain == .day, other.grain == .day, one.end == nil, other.end == nil,
      one.edtf != other.edtf
    {
      return false
    }
    // "to move to camps and give up their arms": each of them is owed.
    if [.exchange, .controlChange, .commitment].contains(claim.type), known.act != claim.act { return false }
    guard known.object == claim.object || claim.type == .hostilities || claim.type == .casualties else { return false }
    guard known.places.map(\.text) == claim.places.map(\.text) || claim.places.isEmpty, known.speakers == claim.speakers else {
      return false
    }
    if claim.type == .casualties, isOther(claim.whom, than: known.whom) { return false }
    // "freed ten soldiers in exchange for six rebels": two that go home.
    if claim.type == .exchange || claim.act == "exchange", claim.trigger == known.trigger, claim.whom != known.whom { return false }
    return claim.who.isEmpty || known.who.isEmpty || Set(known.who.map(\.text)) == Set(claim.who.map(\.text))
  }

  /// "Five soldiers were killed and two civilians injured": others were hurt; "and 100 wounded" adds to the same.
  private func isOther(_ whom: [Mention], than known: [Mention]) -> Bool {
    guard let mine = whom.first?.text, let theirs = known.first?.text, mine != theirs else { return false }
    return !(mine.utf8.last.map { (0x30...0x39).contains($0) } ?? true)
  }

  /// What two claims have in common that tell one event.
  private struct Telling: Hashable {
    let type: ClaimType
    let act: String
    let place: String
    let who: [String]

    /// Nil for a claim without a place.
    init?(_ claim: Claim) {
      guard let place = claim.places.first else { return nil }
      type = claim.type
      act = claim.act
      self.place = place.place?.rawValue ?? place.text
      who = claim.who.compactMap { $0.party?.rawValue }.sorted()
    }
  }

  /// An event told twice, once with its day and once by "has" or "earlier", has that day in both.
  mutating func shareDates() {
    // Loops and no closures over `claims`: those would copy each claim to look at a field.
    var open: [Int] = []
    var types = ClaimTypes()
    for index in claims.indices where claims[index].isOpen {
      open.append(index)
      types.insert(claims[index].type)
    }
    guard !open.isEmpty else { return }
    // Only claims of the same type can be the other telling.
    var days: [Telling: Int] = [:]
    for index in claims.indices where types.contains(claims[index].type) {
      guard claims[index].isOfOneDay, let telling = Telling(claims[index]), days[telling] == nil else { continue }
      days[telling] = index
    }
    // A place is taken once: by whom, and whether it was entered or captured, another sentence may say in other words.
    var gains: [String: Int] = [:]
    for index in claims.indices where claims[index].isGain && claims[index].isOfOneDay {
      guard let place = claims[index].places.first else { continue }
      let name = place.place?.rawValue ?? place.text
      gains[name] = gains[name] == nil ? index : -1
    }
    guard !days.isEmpty || !gains.isEmpty else { return }
    for index in open {
      guard let telling = Telling(claims[index]) else { continue }
      let gain = claims[index].isGain ? gains[telling.place].flatMap { $0 < 0 ? nil : $0 } : nil
      guard let twin = days[telling] ?? gain else { continue }
      claims[index].when = claims[twin].when
      let span = claims[twin].span
      note(index, .init(what: "when", how: "the day that the text gives for the same event", span: span))
    }
  }
}

extension Claim {
  /// Whether it tells only that its event was by the publication, and where.
  @inline(__always) fileprivate var isOpen: Bool { when?.rule == "up-to-publication" && !places.isEmpty }

  /// Whether somebody gains a place in it.
  @inline(__always) fileprivate var isGain: Bool {
    type == .controlChange && (act == "captured" || act == "entered" || act == "regained") && modality != .denied && polarity == .positive
  }

  /// Whether its event has one day, or a time of one.
  @inline(__always) fileprivate var isOfOneDay: Bool {
    guard let grain = when?.grain, grain == .day || grain == .time else { return false }
    return when?.end == nil
  }
}
