// The rules by which observations are counted as incidents, as a case declares them.

/// How observations are counted. Counts are comparable only under the same rules, so the name stands beside each.
public struct CountingRules: Sendable, Hashable {
  /// Names these very values.
  public var name = "truce-1"
  /// Two windows this near, in seconds, can be of one thing: clocks are right to half a minute and people write to the minute.
  public var timeToleranceSeconds = 120.0
  /// Two stretches this near can be of one thing.
  public var kmTolerance = 0.5
  /// Seconds from the start of one observation to that of another above which they are not of one thing, though their windows meet.
  public var startToleranceSeconds = 300.0
  /// A vaguer window than this is a summary: it is not fused, it is held against what lies in it.
  public var longestWindowSeconds = 6 * 3600.0
  /// How unlike two sightings may be, 0 to 1, and still be joined without doubt; above it, and up to 1, they are joined with doubt.
  public var certain = 0.45

  public init() {}
}
