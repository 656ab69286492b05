// How the line was watched: by posts' check-ins where there are any, and else by what reports tell of posts.
internal import TruceAtlas
internal import TruceModel

extension EventFold {
  /// What is known of the watch since the agreement's ceasefire took effect.
  func watch(_ all: [Situation.Event], posts registered: WatchIndex?) -> Watch {
    let reported = posts(all).filter { $0.polarity == .positive }
    let places = Set(reported.flatMap(\.places)).sorted()
    let quiet = all.filter {
      $0.type == .ceasefireViolation && $0.polarity == .negative && ($0.when.map { $0.earliest < query.on } ?? true)
        && $0.standing >= .attested
    }
    let isTold = !reported.isEmpty || !quiet.isEmpty
    let ids = Set(places.map { PlaceID($0) })
    if let registered, !registered.posts.isEmpty {
      let reports = coverage(registered)
      if !reports.isEmpty {
        let coverage = Situation.Coverage(reports)
        let total = coverage.total ?? 0
        let share = total > 0 ? (coverage.watched ?? 0) / total : nil
        return Watch(coverage: coverage, share: share, isWatched: isTold || (coverage.watched ?? 0) > 0, places: ids)
      }
    }
    let count = reported.flatMap(\.quantities).filter(\.isOfPosts).map(\.maximum).max()
    var words = "no post is registered and no check-in recorded"
    if let registered, !registered.posts.isEmpty {
      words = "no stretch of a line is charged to any of \(registered.posts.count) registered posts"
    }
    if let count {
      words += "; \(Int(count)) posts reported"
    } else if !places.isEmpty {
      words += "; posts reported at " + places.map { index.name(PlaceID($0)) }.joined(separator: ", ")
    }
    words += isTold ? ": how much of the line was watched is not known" : ": nobody is known to have watched"
    return Watch(coverage: Situation.Coverage(watched: nil, total: nil, words: words), share: nil, isWatched: isTold, places: ids)
  }

  /// The coverage of the case's lines that a post is charged with.
  private func coverage(_ registered: WatchIndex) -> [CoverageReport] {
    let lines = Set(registered.logs.values.flatMap(\.lines)).sorted()
    let from = start(of: registered)
    guard from < query.on else { return [] }
    return lines.compactMap { line in
      guard let place = index.places[line] else { return nil }
      for definition in place.definitions {
        if case .line(let positions) = definition.geometry, let measured = try? MeasuredLine(positions) {
          return registered.coverage(of: line, lengthKm: measured.lengthKilometres, from: from, until: query.on)
        }
      }
      return nil
    }
  }

  /// From when the line is to be watched: the ceasefire's start, else the first post's opening.
  private func start(of registered: WatchIndex) -> Instant {
    for agreement in index.file.agreements {
      for provision in agreement.provisions where ActFamily(provision.act) == .ceasefire {
        if let from = Terms(provision, of: agreement, done: [:]).from { return from.earliest }
      }
    }
    return registered.logs.values.flatMap(\.openings).min() ?? query.on
  }
}

extension PostLog {
  /// The lines of which it was ever charged with a stretch.
  fileprivate var lines: Set<PlaceID> { Set(changes.values.flatMap(\.record.stretches).map(\.line)) }

  /// When it was opened.
  fileprivate var openings: [Instant] { changes.values.filter { $0.record.act == .opened }.map(\.record.at) }
}
