// Which points of an agreement a claim speaks of, and how surely.
internal import TruceAtlas
internal import TruceModel

/// A claim's matter, as points are compared with it.
struct ClaimMatter {
  let fact: Fact
  let family: ActFamily
  let places: [PlaceID]
  /// The sides of the parties that it names.
  let named: Set<PartyID>
  let object: Set<String>

  /// All of a claim that decides which points it speaks of.
  struct Key: Hashable {
    let fact: Fact

    static func == (left: Key, right: Key) -> Bool {
      let (left, right) = (left.fact, right.fact)
      return left.claim.type == right.claim.type && left.claim.act == right.claim.act && left.claim.object == right.claim.object
        && left.claim.who.elementsEqual(right.claim.who) { $0.party == $1.party }
        && left.claim.whom.elementsEqual(right.claim.whom) { $0.party == $1.party }
        && left.claim.places.elementsEqual(right.claim.places) { $0.place == $1.place }
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(fact.claim.act)
      hasher.combine(fact.claim.object)
      hasher.combine(fact.claim.who.first?.party)
      hasher.combine(fact.claim.places.first?.place)
    }
  }

  init(_ fact: Fact, in index: CaseIndex) {
    self.fact = fact
    family = ActFamily(fact.claim, in: index)
    places = fact.claim.places.compactMap(\.place)
    named = Set((fact.claim.who + fact.claim.whom).compactMap(\.party).map(index.side))
    object = ClaimMatter.stems(fact.claim.object)
  }

  /// Objects are compared by their words' stems: `prisoners of war` is `prisoners`, `bodies` is not.
  static func stems(_ text: String?) -> Set<String> {
    guard let text else { return [] }
    return Set(
      text.lowercased().split { !$0.isLetter }.map { $0.hasSuffix("s") ? String($0.dropLast()) : String($0) }.filter {
        $0.count > 2 && $0 != "and"
      })
  }

  static func isSame(_ left: Set<String>, _ right: Set<String>) -> Bool { left.isEmpty || right.isEmpty || !left.isDisjoint(with: right) }
}

/// The points of an agreement by what can speak of them, so that a claim is compared with few.
struct ProvisionMatcher {
  private struct Point {
    let provision: Provision
    let family: ActFamily
    let bound: Set<PartyID>
    let object: Set<String>
  }

  let index: CaseIndex
  private let points: [Point]
  private var byFamily: [ActFamily: [Int]] = [:]

  init(_ agreement: Agreement, in index: CaseIndex) {
    self.index = index
    points = agreement.provisions.map { provision in
      Point(
        provision: provision, family: ActFamily(provision.act), bound: Set((provision.who + provision.whom).map(index.side)),
        object: ClaimMatter.stems(provision.object))
    }
    for (i, point) in points.enumerated() { byFamily[point.family, default: []].append(i) }
  }

  /// The points that a claim fits best, by their order in the agreement; where it names little, all that it fits.
  func provisions(of matter: ClaimMatter) -> [Int] {
    var scores: [(point: Int, score: Int)] = []
    for family in matter.family.spoken {
      for point in byFamily[family] ?? [] {
        let score = score(matter, points[point])
        if score > 0 { scores.append((point, score)) }
      }
    }
    guard let best = scores.map(\.score).max() else { return [] }
    return scores.filter { $0.score == best || best < 4 }.map(\.point)
  }

  /// 0 for not at all, else the more the surer.
  private func score(_ matter: ClaimMatter, _ point: Point) -> Int {
    var score = 1
    let family = point.family
    if let place = point.provision.place {
      if matter.places.contains(place) {
        score += 4
      } else if family == .transfer || family == .control || family == .withdrawal {
        return 0
      } else if !matter.places.isEmpty, !matter.places.contains(where: { isNear($0, place) }) {
        return 0
      }
    } else if family == .transfer {
      return 0
    }
    if matter.fact.claim.type != .postEstablished || family == .posts, !point.object.isEmpty, matter.fact.claim.object != nil {
      guard ClaimMatter.isSame(point.object, matter.object) else { return 0 }
      score += 3
    }
    if !point.bound.isEmpty, !matter.named.isEmpty {
      guard !point.bound.isDisjoint(with: matter.named) else { return 0 }
      score += 2
    }
    return score
  }

  /// Whether one place lies in the other, or both in one; a line or a country is near to what has no place of its own in the case.
  private func isNear(_ a: PlaceID, _ b: PlaceID) -> Bool {
    let left = chain(a)
    let right = chain(b)
    if left.contains(b) || right.contains(a) { return true }
    let shared = Set(left).intersection(right)
    if shared.contains(where: { index.places[$0]?.kind != .country }) { return true }
    // "Along the whole line", "in the region": the case does not say what they lie in.
    return [a, b].contains { place in
      guard let kind = index.places[place]?.kind else { return false }
      return kind == .line || kind == .country || kind == .region && index.places[place]?.within == nil
    }
  }

  private func chain(_ place: PlaceID) -> [PlaceID] {
    var chain: [PlaceID] = [place]
    while let up = index.places[chain.last!]?.within, chain.count < 16, !chain.contains(up) { chain.append(up) }
    return chain
  }
}
