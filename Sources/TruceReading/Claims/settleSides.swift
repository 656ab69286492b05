// Whom fighting, captures and exchanges were with, where a text leaves it out and tells of two sides only.
internal import TruceModel

/// The sides of a text's fighting, by party or, for those without one, as "rebels" and "army".
struct Sides {
  private enum Side: Hashable {
    case party(PartyID)
    case rebels, army
  }

  /// In the order in which the text names them, with the mention that says it best.
  private var found: [(side: Side, mention: Mention, count: Int)] = []
  private let core: ReaderCore

  init(_ core: ReaderCore) { self.core = core }

  /// Whether the text tells of two, and of others hardly ever; puts the two first.
  mutating func areTwo() -> Bool {
    found.sort { $0.count > $1.count }
    return found.count == 2 || found.count > 2 && found[2].count * Sides.rarely <= found[1].count
  }

  /// A third side counts where it is named more often than once in so many times of the second.
  private static let rarely = 3

  mutating func note(_ mentions: [Mention]) {
    // No mission, no mediator.
    for mention in mentions where mention.party.map(core.isBelligerent) ?? true {
      guard let side = side(mention) else { continue }
      if let index = found.firstIndex(where: { isSame($0.side, side) }) {
        found[index].count += 1
        // "The militants", and the movement that they are.
        guard case .party = side, found[index].mention.party == nil else { continue }
        found[index].side = side
        found[index].mention.party = mention.party
        found[index].mention.standsFor = mention.standsFor ?? mention.text
      } else {
        found.append((side, mention, 1))
      }
    }
  }

  /// The other side of two; nil where the mentions are of none of them, or of both.
  func other(than mentions: [Mention]) -> Mention? {
    let own = Set(mentions.compactMap { mention in side(mention).flatMap { side in found.firstIndex { isSame($0.side, side) } } })
    guard own.count == 1, let index = own.first, index < 2 else { return nil }
    let mention = found[1 - index].mention
    // A state by its name, whatever of it the text names; a movement in the text's own words.
    let state = mention.party.flatMap { core.states.contains($0) ? core.name(of: $0) : nil }
    return Mention(mention.text, party: mention.party, isImplicit: true, standsFor: state ?? mention.standsFor)
  }

  /// "The rebels" are the only armed group that the text names, "the army" is the only state's.
  private func isSame(_ one: Side, _ other: Side) -> Bool {
    if one == other { return true }
    switch (one, other) {
    case (.party(let party), .rebels), (.rebels, .party(let party)): return core.rebels.contains(party)
    case (.party(let party), .army), (.army, .party(let party)): return !core.rebels.contains(party)
    default: return false
    }
  }

  private func side(_ mention: Mention) -> Side? {
    if let party = mention.party { return .party(party) }
    for word in mention.text.split(separator: " ").reversed() {
      let form = Form(String(word))
      if Mentions.rebelWords.contains(form) { return .rebels }
      if Mentions.armyWords.contains(form) { return .army }
    }
    return nil
  }
}

extension ReadingWork {
  /// Names the other of two sides, marked as left out by the text, where a claim of fighting, of a place taken or of an exchange names one.
  mutating func settleSides() {
    var sides = Sides(core)
    for index in claims.indices where ClaimBuilder.adversarial.contains(claims[index].type) {
      sides.note(claims[index].who)
      if claims[index].type != .exchange { sides.note(claims[index].whom) }
    }
    guard sides.areTwo() else { return }
    for index in claims.indices where claims[index].type == .exchange && claims[index].who.isEmpty {
      guard let other = sides.other(than: claims[index].whom) else { continue }
      claims[index].who = [other]
      note(index, .init(what: "who", how: "the other of the text's two sides: \(other.text)", span: nil))
    }
    for index in claims.indices where claims[index].whom.isEmpty && ClaimBuilder.adversarial.contains(claims[index].type) {
      guard claims[index].act != "observe", claims[index].act != "withdrew", let other = sides.other(than: claims[index].who) else {
        continue
      }
      claims[index].whom = [other]
      note(index, .init(what: "whom", how: "the other of the text's two sides: \(other.text)", span: nil))
    }
  }

  /// "The army", "government troops" of a first sentence: of the state that the whole text is about.
  mutating func settleStates() {
    guard let state = discourse.theatre else { return }
    let owner = Mention(state.text, party: state.party)
    func isOpen(_ mention: Mention) -> Bool { mention.party == nil && Mentions.isOfState(mention.text) }
    for index in claims.indices where claims[index].who.contains(where: isOpen) || claims[index].whom.contains(where: isOpen) {
      claims[index].who.belong(to: owner, where: isOpen)
      claims[index].whom.belong(to: owner, where: isOpen)
      note(index, .init(what: "party", how: "the state that the text is about: \(state.text)", span: nil))
    }
  }
}
