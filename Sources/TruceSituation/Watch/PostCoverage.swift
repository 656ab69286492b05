// What one post's check-ins vouch for: pieces of a line for pieces of time, watched or kept from it.
import TruceModel

/// What holds of some kilometres for some time, by one post.
struct CoveragePiece {
  var fromKm: Double
  var toKm: Double
  var since: Instant
  var until: Instant
  var word: CoverageWord
}

extension PostLog {
  /// The pieces of a line that this post was charged with (`silent` underneath), watched, or was kept from watching.
  ///
  /// - Parameter asOf: up to when a check-in that is not yet owed is waited for.
  func pieces(of line: PlaceID, window: Range<Instant>, asOf: Instant) -> [CoveragePiece] {
    let all = timedCheckIns
    var pieces: [CoveragePiece] = []
    for phase in phases() {
      let span = (phase.from..<max(phase.from, phase.until)).clamped(to: window)
      let stretches = phase.post.stretches.filter { $0.line == line && $0.lengthKm > 0 }
      if span.isEmpty || stretches.isEmpty { continue }
      for stretch in stretches {
        func charge(_ time: Range<Instant>, _ word: CoverageWord) {
          let time = time.clamped(to: span)
          if time.isEmpty { return }
          pieces.append(
            CoveragePiece(fromKm: stretch.fromKm, toKm: stretch.toKm, since: time.lowerBound, until: time.upperBound, word: word))
        }
        charge(span, .silent)
        for away in phase.stoodDown { charge(away, .stoodDown) }
      }
      var previous = phase.from
      let low = all.partition(where: { $0.at >= phase.from })
      for (at, checkIn) in all[low...] {
        if at >= phase.until { break }
        if at <= window.lowerBound {
          previous = at
          continue
        }
        let offset = clockOffset(checkIn.sending.clock)
        let start: Instant
        if let told = checkIn.watchedFrom?.adding(milliseconds: offset) {
          start = max(told, phase.from)
        } else if let schedule = phase.post.schedule {
          start = max(previous, at.adding(milliseconds: -schedule.reach(at: at, anchor: phase.from)))
        } else {
          start = at
        }
        previous = at
        if start < at, start < window.upperBound, at > window.lowerBound {
          for stretch in stretches {
            pieces += vouched(checkIn, offset: offset, over: (start..<at).clamped(to: window), stretch, stands: phase.post.standsAtKm)
          }
        }
      }
      if let schedule = phase.post.schedule, phase.until > asOf, previous < asOf {
        let owed = schedule.next(after: previous, anchor: phase.from).adding(seconds: Int64(schedule.graceSeconds))
        let time = (previous..<asOf).clamped(to: span)
        if asOf <= owed, !time.isEmpty {
          for stretch in stretches {
            pieces.append(
              CoveragePiece(fromKm: stretch.fromKm, toKm: stretch.toKm, since: time.lowerBound, until: time.upperBound, word: .pending))
          }
        }
      }
    }
    return pieces
  }

  /// A check-in's word for a stretch: watched, but for what visibility and restrictions took.
  private func vouched(
    _ checkIn: CheckIn, offset: Int64, over time: Range<Instant>, _ stretch: LineStretch, stands: Double?
  ) -> [CoveragePiece] {
    var pieces: [CoveragePiece] = []
    var cuts: [CoveragePiece] = []
    func cut(_ fromKm: Double, _ toKm: Double, _ time: Range<Instant>, _ word: CoverageWord) {
      cuts.append(CoveragePiece(fromKm: fromKm, toKm: toKm, since: time.lowerBound, until: time.upperBound, word: word))
    }
    if let metres = checkIn.visibilityMetres {
      let centre = stands ?? (stretch.fromKm + stretch.toKm) / 2
      let (low, high) = (centre - metres / 1000, centre + metres / 1000)
      if low > stretch.fromKm { cut(stretch.fromKm, min(low, stretch.toKm), time, .visibility) }
      if high < stretch.toKm { cut(max(high, stretch.fromKm), stretch.toKm, time, .visibility) }
    }
    for restriction in checkIn.restrictions {
      if let part = restriction.stretch, part.line != stretch.line || part.toKm <= stretch.fromKm || part.fromKm >= stretch.toKm {
        continue
      }
      let from = restriction.from?.adding(milliseconds: offset) ?? .distantPast
      let until = restriction.until?.adding(milliseconds: offset) ?? .distantFuture
      let within = (from..<max(from, until)).clamped(to: time)
      if within.isEmpty { continue }
      let part = restriction.stretch ?? stretch
      cut(max(part.fromKm, stretch.fromKm), min(part.toKm, stretch.toKm), within, CoverageWord(restriction.kind))
    }
    // The stretch's own cells between the cuts' ends: few, so that every cell is asked.
    let kms = Set(cuts.map(\.fromKm) + cuts.map(\.toKm) + [stretch.fromKm, stretch.toKm]).sorted()
    let times = Set(cuts.map(\.since) + cuts.map(\.until) + [time.lowerBound, time.upperBound]).sorted()
    for (low, high) in zip(kms, kms.dropFirst()) {
      for (since, until) in zip(times, times.dropFirst()) {
        let holding = cuts.filter { $0.fromKm <= low && high <= $0.toKm && $0.since <= since && until <= $0.until }
        let word = holding.map(\.word).min { $0.rank < $1.rank } ?? .watched
        pieces.append(CoveragePiece(fromKm: low, toKm: high, since: since, until: until, word: word))
      }
    }
    return pieces
  }
}

extension Schedule {
  /// How long before it a check-in vouches for the watch: to the check-in due before, and the grace, in milliseconds.
  func reach(at moment: Instant, anchor: Instant) -> Int64 {
    var longest = longestGapMilliseconds
    // A change of clock may have made this interval longer; without one it is none of the day's.
    let before = moment.adding(milliseconds: -longest - 25 * 3_600_000)
    if case .times = rhythm, zone.offsetSeconds(at: before) != zone.offsetSeconds(at: moment.adding(milliseconds: longest)) {
      let next = next(after: moment.adding(milliseconds: -1), anchor: anchor)
      let back = next.adding(milliseconds: -longest - 25 * 3_600_000)
      if let last = dues(after: back, through: next.adding(milliseconds: -1), anchor: anchor).last {
        longest = max(longest, next.milliseconds - last.milliseconds)
      }
    }
    return longest + Int64(graceSeconds) * 1000
  }
}
