// Which words of the vocabulary speak of one matter: a point of an agreement and the claims about it seldom use the same one.
internal import TruceAtlas
internal import TruceModel

/// A family of acts.
enum ActFamily: Hashable, Sendable {
  case transfer, withdrawal, control, ceasefire, positions, deployment, posts, exchange, displaced, transport, road
  case other(String)

  init(_ act: String) {
    switch act {
    case "hand-over", "handed-over", "return", "entered", "captured", "regained", "lost", "fell", "withdrew": self = .transfer
    case "withdraw": self = .withdrawal
    case "control": self = .control
    case "ceasefire": self = .ceasefire
    case "hold-positions": self = .positions
    case "deploy", "headquarters", "monitor", "stay": self = .deployment
    case "set-up", "establish-post": self = .posts
    case "exchange", "receive": self = .exchange
    case "return-displaced": self = .displaced
    case "open-transport", "open", "close", "block": self = .transport
    case "build-road": self = .road
    default: self = .other(act)
    }
  }

  /// The family of a claim's matter.
  init(_ claim: Claim, in index: CaseIndex) {
    switch claim.type {
    case .controlChange: self = .transfer
    case .ceasefireStart: self = .ceasefire
    case .exchange: self = .exchange
    case .postEstablished: self = .posts
    case .deployment where claim.act == "withdraw": self = .withdrawal
    case .deployment: self = .deployment
    case .commitment where claim.act == "control" && !claim.places.contains { $0.place.map(index.isZone) ?? false }:
      // To assume control of a district is to have it handed over.
      self = claim.places.isEmpty ? .control : .transfer
    default: self = ActFamily(claim.act)
    }
  }

  /// Whether claims of one family can speak of a point of the other.
  func speaks(of other: ActFamily) -> Bool {
    if self == other { return true }
    switch (self, other) {
    case (.withdrawal, .transfer), (.posts, .deployment): return true
    default: return false
    }
  }
}

/// Whether a claim speaks of a point of an agreement, and how surely.
struct ProvisionMatch {
  let index: CaseIndex
  let provision: Provision

  /// 0 for not at all, else the more the surer.
  func score(_ claim: Claim) -> Int {
    let family = ActFamily(provision.act)
    guard ActFamily(claim, in: index).speaks(of: family) else { return 0 }
    var score = 1
    let places = claim.places.compactMap(\.place)
    if let place = provision.place {
      if places.contains(place) {
        score += 4
      } else if family == .transfer || family == .control || family == .withdrawal {
        return 0
      } else if !places.isEmpty, !places.contains(where: { isNear($0, place) }) {
        return 0
      }
    } else if family == .transfer {
      return 0
    }
    if claim.type != .postEstablished || family == .posts, let object = provision.object, let told = claim.object {
      guard ProvisionMatch.isSame(object, told) else { return 0 }
      score += 3
    }
    let bound = Set((provision.who + provision.whom).map(index.side))
    let named = Set((claim.who + claim.whom).compactMap(\.party).map(index.side))
    if !bound.isEmpty, !named.isEmpty {
      guard !bound.isDisjoint(with: named) else { return 0 }
      score += 2
    }
    return score
  }

  /// Whether one place lies in the other, or both in one: "the region" for the line that runs through it.
  private func isNear(_ a: PlaceID, _ b: PlaceID) -> Bool {
    let left = chain(a)
    let right = chain(b)
    if left.contains(b) || right.contains(a) || !Set(left).isDisjoint(with: right) { return true }
    let wide: Set<Place.Kind> = [.region, .country, .line]
    return [a, b].contains { index.places[$0].map { wide.contains($0.kind) } ?? false }
  }

  private func chain(_ place: PlaceID) -> [PlaceID] {
    var chain: [PlaceID] = [place]
    while let up = index.places[chain.last!]?.within, chain.count < 16, !chain.contains(up) { chain.append(up) }
    return chain
  }

  /// Objects are compared by their words' stems: `prisoners of war` is `prisoners`, `bodies` is not.
  static func isSame(_ left: String, _ right: String) -> Bool {
    func words(_ text: String) -> Set<String> {
      Set(
        text.lowercased().split { !$0.isLetter }.map { $0.hasSuffix("s") ? String($0.dropLast()) : String($0) }.filter {
          $0.count > 2 && $0 != "and"
        })
    }
    let a = words(left)
    let b = words(right)
    return a.isEmpty || b.isEmpty || !a.isDisjoint(with: b)
  }
}
