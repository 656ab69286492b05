// The three answers to "is it in there?".

/// Whether a position lies in a place, as far as the accuracies of both can tell.
public enum Containment: String, Sendable, Hashable, CaseIterable {
  case inside, outside
  /// The boundary is nearer than the accuracies allow to tell.
  case tooCloseToTell = "too-close-to-tell"
}
