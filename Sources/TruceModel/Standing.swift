// How well a fact stands: by whose word, and what that word is worth.

/// How well a fact stands, weakest to strongest.
public enum Standing: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Without a named speaker.
  case alleged
  /// By who gains by it.
  case claimed
  /// By a third party, of its own knowledge.
  case attested
  /// By who loses by it.
  case conceded
  /// By both who gains and who loses.
  case agreed
  /// By a registered post.
  case observed

  /// From 0 for the weakest.
  public var rank: Int {
    switch self {
    case .alleged: 0
    case .claimed: 1
    case .attested: 2
    case .conceded: 3
    case .agreed: 4
    case .observed: 5
    }
  }

  public static func < (left: Standing, right: Standing) -> Bool { left.rank < right.rank }
}
