// Which words of the vocabulary speak of one matter: a point of an agreement and the claims about it seldom use the same one.
internal import TruceAtlas
internal import TruceModel

/// A family of acts.
enum ActFamily: Hashable, Sendable {
  case transfer, withdrawal, control, ceasefire, positions, deployment, posts, exchange, displaced, transport, passage, road
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
    case "open-transport": self = .transport
    case "open", "close", "block": self = .passage
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

  /// The families of the points that claims of this one can speak of.
  var spoken: [ActFamily] {
    switch self {
    case .withdrawal: [self, .transfer]
    case .posts: [self, .deployment]
    default: [self]
    }
  }
}
