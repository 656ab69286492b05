// A post's life in phases: where it stood, what it watched and when it owed check-ins, from its dated changes.
public import TruceModel

/// A post from one opening or move to the next.
public struct PostPhase: Sendable, Hashable {
  public var from: Instant
  /// Exclusive; `distantFuture` while it lasts.
  public var until: Instant
  /// The change that began it, with what earlier ones said and it does not.
  public var post: PostChange
  /// When it was planned to be away.
  public var stoodDown: [Range<Instant>]
}

extension PostLog {
  /// The phases by the changes that were recorded at or before `known`.
  public func phases(known: Instant = .distantFuture) -> [PostPhase] {
    let sorted = changes.values.filter { $0.recorded <= known }.sorted {
      ($0.record.at, $0.recorded, $0.record.id) < ($1.record.at, $1.recorded, $1.record.id)
    }
    var phases: [PostPhase] = []
    var standing: PostChange?
    for change in sorted.map(\.record) {
      let isOpen = phases.last?.until == .distantFuture
      switch change.act {
      case .opened, .moved:
        if isOpen { phases[phases.count - 1].end(at: change.at) }
        let merged = standing.map { change.completed(by: $0) } ?? change
        standing = merged
        phases.append(PostPhase(from: change.at, until: .distantFuture, post: merged, stoodDown: []))
      case .closed:
        if isOpen { phases[phases.count - 1].end(at: change.at) }
      case .stoodDown:
        let until = change.until ?? .distantFuture
        if isOpen, change.at < until { phases[phases.count - 1].stoodDown.append(change.at..<until) }
      }
    }
    return phases
  }
}

extension PostPhase {
  mutating func end(at moment: Instant) {
    until = moment
    stoodDown = stoodDown.compactMap { away in
      let clamped = away.clamped(to: from..<max(from, moment))
      return clamped.isEmpty ? nil : clamped
    }
  }

  /// Whether the post was planned to be away at a moment.
  public func isStoodDown(at moment: Instant) -> Bool { stoodDown.contains { $0.contains(moment) } }
}

extension PostChange {
  /// This change with what it leaves open taken from an earlier one.
  fileprivate func completed(by earlier: PostChange) -> PostChange {
    var copy = self
    copy.name = name ?? earlier.name
    copy.place = place ?? earlier.place
    if stretches.isEmpty {
      copy.stretches = earlier.stretches
      copy.standsAtKm = standsAtKm ?? earlier.standsAtKm
    }
    copy.sector = sector ?? earlier.sector
    if means.isEmpty { copy.means = earlier.means }
    copy.schedule = schedule ?? earlier.schedule
    copy.publicKey = publicKey ?? earlier.publicKey
    copy.link = link ?? earlier.link
    return copy
  }
}
