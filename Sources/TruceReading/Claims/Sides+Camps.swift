// Which of a text's sides fight together: two at most, each with its allies.
internal import TruceModel

extension Sides {
  /// Whether the text tells of two, and of others hardly ever or only as their allies.
  mutating func areTwo() -> Bool {
    // A name that no layer knows, told of once, is no side beside others.
    func isPassing(_ side: Int) -> Bool { if case .named = found[side].side { found[side].count < 2 } else { false } }
    func isBound(_ side: Int) -> Int { bound.contains(side) ? 1 : 0 }
    let named = noteWords()
    let order = found.indices.sorted {
      (isPassing($1) ? 1 : 0, found[$0].count + isBound($0), $1) > (isPassing($0) ? 1 : 0, found[$1].count + isBound($1), $0)
    }
    (leaders, camps) = ([], Array(repeating: nil, count: found.count))
    guard order.count > 1 else { return false }
    foes.removeAll { isPassing($0.one) || isPassing($0.other) }
    foes += named
    (leaders, camps) = (Array(order.prefix(2)), Array(repeating: nil, count: found.count))
    for (camp, leader) in leaders.enumerated() { camps[leader] = camp }
    let first = (one: leaders[0], other: leaders[1])
    let areFoes =
      foes.isEmpty && !areAllies(first.one, first.other) || foes.contains { Sides.isSamePair($0, first) }
    if areFoes, isRare(order.dropFirst(2).first { !isPassing($0) }) { return true }
    guard let (one, other) = foremostFoes() else { return no() }
    (leaders, camps) = ([one, other], Array(repeating: nil, count: found.count))
    (camps[one], camps[other]) = (0, 1)
    gatherAllies()
    // The foremost of a camp is whom a truce binds, else whom the text names most.
    for camp in 0..<2 {
      leaders[camp] =
        found.indices.filter { camps[$0] == camp }
        .max { (isBound($0), found[$0].count, $1) < (isBound($1), found[$1].count, $0) } ?? leaders[camp]
    }
    return isRare(order.first { camps[$0] == nil && !isPassing($0) }) || no()
  }

  /// No two sides after all.
  private mutating func no() -> Bool {
    (leaders, camps) = ([], Array(repeating: nil, count: found.count))
    return false
  }

  /// "The army, alongside the militia", "anti-Taliban fighters", "pro-Tarnian forces": whose friends and foes sides are by the text's words.
  ///
  /// - Returns: who is a foe of whom by such words.
  private mutating func noteWords() -> [(one: Int, other: Int)] {
    var named: [(one: Int, other: Int)] = []
    func index(_ mention: Mention) -> Int? {
      side(mention).flatMap { side in found.firstIndex { isSame($0.side, side) } }
    }
    for pair in discourse.allies {
      if let one = index(pair.one), let other = index(pair.other), one != other { allies.append((one, other)) }
    }
    for at in found.indices where found[at].mention.party == nil {
      guard let (party, isFoe) = core.attitude(found[at].mention.text) else { continue }
      var other = found.firstIndex { isSame($0.side, .party(party)) }
      if other == nil, isFoe, let name = core.name(of: party) {
        // Whom they fight, if the text tells of him no more.
        other = found.count
        found.append((.party(party), Mention(name, party: party), 0))
      }
      guard let other, other != at else { continue }
      if isFoe { named.append((at, other)) } else { allies.append((at, other)) }
    }
    return named
  }

  /// Whether a third side is told of so rarely that it is none.
  private func isRare(_ third: Int?) -> Bool {
    guard let third else { return true }
    let counts = (0..<2).map { camp in found.indices.reduce(0) { camps[$1] == camp ? $0 + found[$1].count : $0 } }
    let (more, less) = (max(counts[0], counts[1]), min(counts[0], counts[1]))
    return found[third].count * Sides.rarely <= less || found[third].count * 5 <= more && found[third].count * 2 <= less
  }

  /// The two who fought each other most often.
  private func foremostFoes() -> (one: Int, other: Int)? {
    var best: (foes: (one: Int, other: Int), count: Int)?
    for (at, pair) in foes.enumerated() where !foes[..<at].contains(where: { Sides.isSamePair($0, pair) }) {
      let count = foes[at...].count { Sides.isSamePair($0, pair) }
      if count > best?.count ?? 0 { best = (pair, count) }
    }
    if let best { return best.foes }
    // "The army took the heights from which the rebels had fired": an armed group and the state that the text names most.
    let order = found.indices.sorted { (found[$0].count, $1) > (found[$1].count, $0) }
    guard let state = order.first(where: { !isRebel($0) }),
      let rebels = order.first(where: { isRebel($0) && !areAllies($0, state) })
    else { return nil }
    return (state, rebels)
  }

  private func isRebel(_ index: Int) -> Bool {
    switch found[index].side {
    case .party(let party): core.rebels.contains(party)
    case .rebels: true
    case .army, .named: false
    }
  }

  private func areAllies(_ one: Int, _ other: Int) -> Bool { allies.contains { Sides.isSamePair($0, (one, other)) } }

  private static func isSamePair(_ one: (one: Int, other: Int), _ other: (one: Int, other: Int)) -> Bool {
    one.one == other.one && one.other == other.other || one.one == other.other && one.other == other.one
  }

  /// Puts beside each of the two who fights with it or against the other, and neither beside the other nor against it.
  private mutating func gatherAllies() {
    var isNew = true
    while isNew {
      isNew = false
      for side in found.indices where camps[side] == nil {
        var votes = [0, 0]
        for pair in foes where pair.one == side || pair.other == side {
          if let camp = camps[pair.one == side ? pair.other : pair.one] { votes[1 - camp] += 1 }
        }
        for pair in allies where pair.one == side || pair.other == side {
          if let camp = camps[pair.one == side ? pair.other : pair.one] { votes[camp] += 1 }
        }
        // Of whom the text tells nothing else: whom a group is known to fight.
        if votes == [0, 0], case .party(let party) = found[side].side, let known = core.foes[party] {
          for (camp, leader) in leaders.enumerated() {
            if case .party(let state) = found[leader].side, known.contains(state) { votes[1 - camp] += 1 }
          }
        }
        guard (votes[0] > 0) != (votes[1] > 0) else { continue }
        camps[side] = votes[0] > 0 ? 0 : 1
        isNew = true
      }
    }
  }
}
