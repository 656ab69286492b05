// How long a commit waits for callers that are on their way: what makes many callers share one fsync.

/// Decides after each commit whether to wait a little for the callers that it just answered.
///
/// Callers in a loop come back within the time that their next entry takes to make. Without a wait the first of them gets a commit of its
/// own, and the others wait for it. Where waiting brought nobody, the next commits do not wait.
struct Gathering: Sendable {
  /// The longest wait, in microseconds.
  static let maximumWait: Int64 = 2000
  /// Commits without a wait after a wait in vain.
  static let pause = 16

  /// A recent commit's length in microseconds, smoothed.
  private var commit: Int64 = 0
  private var pausing = 0

  /// What to do before the next commit.
  struct Wait: Sendable, Hashable {
    /// Go on as soon as so many wait.
    var callers: Int
    /// Or after so many microseconds.
    var microseconds: Int64
  }

  /// Takes what a commit was like; says what to wait for, nil for nothing.
  ///
  /// - Parameters:
  ///   - answered: Callers that the commit served.
  ///   - waiting: Callers that came while it ran.
  ///   - microseconds: How long it took.
  mutating func committed(answered: Int, waiting: Int, microseconds: Int64) -> Wait? {
    commit = commit == 0 ? microseconds : (commit * 7 + microseconds) / 8
    // A caller alone never waits for itself.
    guard answered + waiting > 1 else { return nil }
    if pausing > 0 {
      pausing -= 1
      return nil
    }
    return Wait(callers: answered + waiting, microseconds: min(commit, Gathering.maximumWait))
  }

  /// Takes how many were there when the wait ended.
  mutating func waited(_ wait: Wait, found: Int, waitingBefore: Int) {
    if found - waitingBefore < (wait.callers - waitingBefore + 1) / 2 { pausing = Gathering.pause }
  }
}
