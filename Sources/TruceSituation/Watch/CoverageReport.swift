// How much of a line was watched: kilometre-hours by post, what kept the rest from being watched, and the gaps.
public import TruceModel

/// Whether a piece of a line was watched for a while, or why not.
public enum CoverageWord: String, Sendable, Hashable, CaseIterable {
  case watched
  /// An observer was there and kept from watching.
  case denied, jammed, mines, dark, weather, restricted
  /// Less was seen than the post's stretch: visibility.
  case visibility
  /// The last check-in was not long ago and the next not yet owed: it will tell.
  case pending
  case stoodDown = "stood down"
  /// A post was charged with it and no check-in vouches for it.
  case silent
  /// No post was charged with it.
  case noPost = "no post"

  init(_ kind: Restriction.Kind) {
    switch kind {
    case .denied: self = .denied
    case .jammed: self = .jammed
    case .mines: self = .mines
    case .dark: self = .dark
    case .weather: self = .weather
    case .other: self = .restricted
    }
  }

  /// Lower speaks first where several hold of one gap.
  var rank: Int { CoverageWord.allCases.firstIndex(of: self)! }
}

/// A rectangle of a line's strip chart: some kilometres for some time.
public struct CoverageRectangle: Sendable, Hashable {
  public var fromKm: Double
  public var toKm: Double
  public var since: Instant
  public var until: Instant
  public var word: CoverageWord

  public var kmHours: Double { (toKm - fromKm) * Double(until.milliseconds - since.milliseconds) / 3_600_000 }
}

/// The coverage of one line over a time.
public struct CoverageReport: Sendable, Hashable {
  /// What one post watched by itself; posts whose stretches overlap each count theirs.
  public struct Share: Sendable, Hashable {
    public var post: PostID
    public var watchedKmHours: Double
    /// What it was charged with.
    public var chargedKmHours: Double
  }

  public var line: PlaceID
  public var lengthKm: Double
  public var from: Instant
  public var until: Instant
  public var posts: [Share]
  /// The whole strip without overlap, by kilometre and then by time.
  public var rectangles: [CoverageRectangle]

  public var totalKmHours: Double { lengthKm * Double(until.milliseconds - from.milliseconds) / 3_600_000 }

  /// Kilometre-hours by word; what does not occur is left out.
  public var kmHours: [CoverageWord: Double] {
    rectangles.reduce(into: [:]) { $0[$1.word, default: 0] += $1.kmHours }
  }

  public var watchedKmHours: Double { rectangles.reduce(0) { $1.word == .watched ? $0 + $1.kmHours : $0 } }

  /// 0 to 1; 0 for nothing at all.
  public var share: Double { totalKmHours > 0 ? watchedKmHours / totalKmHours : 0 }

  /// What was not watched, and why.
  public var gaps: [CoverageRectangle] { rectangles.filter { $0.word != .watched } }

  /// So many for each watched kilometre-day; nil where nothing was watched.
  public func rate(_ count: Count) -> ClosedRange<Double>? {
    let days = watchedKmHours / 24
    return days > 0 ? Double(count.minimum) / days...Double(count.maximum) / days : nil
  }

  /// In words: `watched 3120 of 4512 km·h (69 %), silent 1200, denied 192; 23 posts`.
  public var words: String { CoverageReport.words([self]) }

  /// Several lines in one sentence.
  public static func words(_ reports: [CoverageReport]) -> String {
    var sums: [CoverageWord: Double] = [:]
    var total = 0.0
    for report in reports {
      total += report.totalKmHours
      sums.merge(report.kmHours, uniquingKeysWith: +)
    }
    guard total > 0 else { return "no post is charged with a stretch of a line: nobody is known to have watched" }
    let watched = sums[.watched] ?? 0
    let percent = total > 0 ? Int((watched / total * 100).rounded(.down)) : 0
    var text = "watched \(Int(watched.rounded())) of \(Int(total.rounded())) km·h (\(percent) %)"
    for word in CoverageWord.allCases where word != .watched {
      if let sum = sums[word], sum >= 0.5 { text += ", \(word.rawValue) \(Int(sum.rounded()))" }
    }
    let posts = Set(reports.flatMap(\.posts).filter { $0.watchedKmHours > 0 }.map(\.post)).count
    return text + "; \(posts) post\(posts == 1 ? "" : "s") watched"
  }
}

extension CoverageReport {
  /// `{"line", "lengthKm", "from", "until", "total", "watched", "share", "words", "kmHours", "posts", "gaps"}`, kilometre-hours.
  public var json: JSON {
    let byWord = kmHours
    return [
      "line": JSON(line), "lengthKm": .number(lengthKm), "from": JSON(from), "until": JSON(until), "total": .number(totalKmHours),
      "watched": .number(watchedKmHours), "share": .number(share), "words": JSON(words),
      "kmHours": .object(CoverageWord.allCases.compactMap { word in byWord[word].map { JSON.Member(word.rawValue, .number($0)) } }),
      "posts": .array(
        posts.map { ["post": JSON($0.post), "watched": .number($0.watchedKmHours), "charged": .number($0.chargedKmHours)] }),
      "gaps": .array(
        gaps.map {
          [
            "fromKm": .number($0.fromKm), "toKm": .number($0.toKm), "since": JSON($0.since), "until": JSON($0.until),
            "why": JSON($0.word.rawValue),
          ]
        }),
    ]
  }
}

extension Situation.Coverage {
  /// The coverage of one or more lines as a situation states it.
  public init(_ reports: [CoverageReport]) {
    self.init(
      watched: reports.reduce(0) { $0 + $1.watchedKmHours }, total: reports.reduce(0) { $0 + $1.totalKmHours },
      words: CoverageReport.words(reports))
  }
}
