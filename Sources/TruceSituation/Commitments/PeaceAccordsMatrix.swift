// The Peace Accords Matrix's score of a commitment: fewer words than truce has, so something is lost.
public import TruceModel

/// A score of the Peace Accords Matrix: 0 not initiated, 1 minimum, 2 intermediate, 3 full implementation.
///
/// Source: Joshi, Quinn and Regan, "Annualized implementation data on comprehensive intrastate peace accords, 1989-2012" (2015).
public struct PeaceAccordsMatrixScore: Sendable, Hashable {
  public var score: Int
  /// What the score does not tell and the word does.
  public var lost: String

  public var json: JSON { ["score": JSON(score), "lossy": true, "lost": JSON(lost)] }
}

extension Situation.Commitment {
  /// The score for the word; nil where nothing is known that could be scored.
  public var peaceAccordsMatrix: PeaceAccordsMatrixScore? {
    switch word {
    case "kept": PeaceAccordsMatrixScore(score: 3, lost: "who says so")
    case "kept late", "kept on the revised date", "kept, day unknown":
      PeaceAccordsMatrixScore(score: 3, lost: "that the deadline was not or may not have been met")
    case "holding": PeaceAccordsMatrixScore(score: 3, lost: "how much was watched")
    case "reported kept": PeaceAccordsMatrixScore(score: 2, lost: "that only the one who owes it says so")
    case "incident reported": PeaceAccordsMatrixScore(score: 2, lost: "how many incidents, and by whom")
    case "pending", "due": PeaceAccordsMatrixScore(score: 0, lost: "that it is not yet owed")
    case "overdue": PeaceAccordsMatrixScore(score: 0, lost: "by how many days")
    case _ where word.hasPrefix("partly kept"): PeaceAccordsMatrixScore(score: 1, lost: "how many of how many")
    case _ where word.hasPrefix("broken"): PeaceAccordsMatrixScore(score: 1, lost: "who says so")
    default: nil
    }
  }
}
