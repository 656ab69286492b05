// The coverage of a line: all posts' pieces laid over each other, cell by cell.
public import TruceModel

extension WatchIndex {
  /// How much of a line was watched between two moments.
  ///
  /// A post's check-in vouches for its stretch since the check-in before, and no further back than the schedule's interval and its grace
  /// (or since when it says that it watched), less what visibility and restrictions took. A check-in that came late or with a wrong
  /// clock counts for the time that it speaks of.
  /// - Parameters:
  ///   - lengthKm: the line's length.
  ///   - asOf: up to when a check-in that is not yet owed is waited for; `until` where nothing is given.
  public func coverage(of line: PlaceID, lengthKm: Double, from: Instant, until: Instant, asOf: Instant? = nil) -> CoverageReport {
    var report = CoverageReport(line: line, lengthKm: max(0, lengthKm), from: from, until: max(from, until), posts: [], rectangles: [])
    guard from < until, lengthKm > 0 else { return report }
    var pieces: [CoveragePiece] = []
    for post in posts {
      let own = logs[post]!.pieces(of: line, window: from..<until, asOf: asOf ?? until).compactMap { piece -> CoveragePiece? in
        var piece = piece
        piece.fromKm = max(0, piece.fromKm)
        piece.toKm = min(lengthKm, piece.toKm)
        return piece.fromKm < piece.toKm ? piece : nil
      }
      if own.isEmpty { continue }
      let cells = coverageCells(own, lengthKm: lengthKm, window: from..<until)
      report.posts.append(
        CoverageReport.Share(
          post: post, watchedKmHours: cells.reduce(0) { $1.word == .watched ? $0 + $1.kmHours : $0 },
          chargedKmHours: cells.reduce(0) { $1.word == .noPost ? $0 : $0 + $1.kmHours }))
      // What the post's own pieces came to stands for them: fewer, and without overlap.
      pieces += cells.filter { $0.word != .noPost }.map {
        CoveragePiece(fromKm: $0.fromKm, toKm: $0.toKm, since: $0.since, until: $0.until, word: $0.word)
      }
    }
    report.rectangles = coverageCells(pieces, lengthKm: lengthKm, window: from..<until)
    return report
  }
}

/// Lays pieces over each other: watched wins, then the reason of lowest rank; where there is none, no post.
func coverageCells(_ pieces: [CoveragePiece], lengthKm: Double, window: Range<Instant>) -> [CoverageRectangle] {
  let kms = Set(pieces.flatMap { [$0.fromKm, $0.toKm] } + [0, lengthKm]).sorted()
  var starting: [Double: [Int]] = [:]
  for (i, piece) in pieces.enumerated() { starting[piece.fromKm, default: []].append(i) }
  var active: [Int] = []
  var result: [CoverageRectangle] = []
  var open: [CoverageRectangle] = []
  for (low, high) in zip(kms, kms.dropFirst()) {
    active.removeAll { pieces[$0].toKm <= low }
    active += starting[low] ?? []
    let column = coverageColumn(active.map { pieces[$0] }, fromKm: low, toKm: high, window: window)
    // A column like its neighbour widens the neighbour's rectangles.
    if open.count == column.count, zip(open, column).allSatisfy({ $0.since == $1.since && $0.until == $1.until && $0.word == $1.word }) {
      for i in open.indices { open[i].toKm = high }
    } else {
      result += open
      open = column
    }
  }
  return result + open
}

/// One column: what holds of the kilometres at each time.
private func coverageColumn(_ pieces: [CoveragePiece], fromKm: Double, toKm: Double, window: Range<Instant>) -> [CoverageRectangle] {
  var events: [(at: Instant, rank: Int, change: Int)] = []
  events.reserveCapacity(pieces.count * 2)
  for piece in pieces {
    events.append((piece.since, piece.word.rank, 1))
    events.append((piece.until, piece.word.rank, -1))
  }
  events.sort { $0.at < $1.at }
  var counts = Array(repeating: 0, count: CoverageWord.allCases.count)
  var column: [CoverageRectangle] = []
  func emit(_ since: Instant, _ until: Instant) {
    guard since < until else { return }
    let word = counts.firstIndex { $0 > 0 }.map { CoverageWord.allCases[$0] } ?? .noPost
    if let last = column.last, last.word == word, last.until == since {
      column[column.count - 1].until = until
    } else {
      column.append(CoverageRectangle(fromKm: fromKm, toKm: toKm, since: since, until: until, word: word))
    }
  }
  var at = window.lowerBound
  var next = 0
  while next < events.count {
    let moment = events[next].at
    emit(at, min(moment, window.upperBound))
    at = max(at, moment)
    while next < events.count, events[next].at == moment {
      counts[events[next].rank] += events[next].change
      next += 1
    }
  }
  emit(at, window.upperBound)
  return column
}
