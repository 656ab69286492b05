// Who says what of a place, from when until when, and since when we know it: a bitemporal store of states by place and source.
public import TruceModel

/// The states that sources assert of places, each over a stretch of valid time, in the order in which they were said.
///
/// A source's later word supersedes its earlier one where the two overlap, and nowhere else. What was known at a moment is
/// what had been recorded by then. Places, sources and values are small whole numbers that the caller gives meaning to; value 0
/// is "says nothing", and setting it takes back what was said for the stretch. A row takes 40 bytes, and 16 in the log.
public struct Chronicle: Sendable {
  /// One word of one source about one place.
  public struct Row: Sendable, Hashable {
    /// Valid from this moment on, milliseconds as `Instant`.
    public var from: Int64
    /// Valid until this moment, which is not in it.
    public var until: Int64
    public var said: Int64
    public var recorded: Int64
    public var value: Int32
    /// The caller's number of the claim.
    public var claim: Int32
  }

  /// One value over a stretch of valid time and a stretch of recorded time.
  public struct Rectangle: Sendable, Hashable {
    public var value: Int32
    public var from: Instant
    public var until: Instant
    public var knownFrom: Instant
    /// Nil where it is still believed.
    public var knownUntil: Instant?
    public var claim: Int32
  }

  private struct Logged {
    var recorded: Int64
    var key: Int32
  }

  private struct Span {
    var from: Int64
    var until: Int64
  }

  private struct Word {
    var said: Int64
    var value: Int32
    var claim: Int32
  }

  /// What one source says of one place, in the order said; what a search reads lies apart from what it finds.
  private struct Column {
    var recorded: [Int64] = []
    var spans: [Span] = []
    var words: [Word] = []
    /// Whether the rows are in the order recorded too, so that a prefix is found by halving.
    var isInOrder = true

    func row(_ at: Int) -> Row {
      Row(
        from: spans[at].from, until: spans[at].until, said: words[at].said, recorded: recorded[at], value: words[at].value,
        claim: words[at].claim)
    }
  }

  /// How many sources each place has room for.
  public let sources: Int
  private var columns: [Column] = []
  private var log: [Logged] = []

  /// An empty chronicle.
  ///
  /// - Parameter sources: how many sources there are at most; sources are numbered from 0.
  public init(sources: Int) {
    precondition(sources > 0, "A chronicle has room for at least one source")
    self.sources = sources
  }

  /// How many words were taken in.
  public var count: Int { log.count }

  /// How many places have been spoken of: they are numbered from 0.
  public var places: Int { columns.count / sources }

  /// Takes in a source's word; `recorded` never goes back.
  ///
  /// - Parameters:
  ///   - value: what it says; 0 for nothing any more.
  ///   - from: from when it is so; `until`: until when, exclusive.
  ///   - said: when the source said it.
  ///   - recorded: when it came to be known.
  public mutating func add(
    place: Int, source: Int, value: Int32, from: Instant, until: Instant, said: Instant, recorded: Instant, claim: Int32 = 0
  ) {
    precondition(place >= 0 && source >= 0 && source < sources, "A place and a source have numbers from 0")
    precondition(log.last.map { $0.recorded <= recorded.milliseconds } ?? true, "Words come in the order in which they are recorded")
    let key = place * sources + source
    while columns.count < (place + 1) * sources { columns.append(Column()) }
    let span = Span(from: from.milliseconds, until: until.milliseconds)
    let word = Word(said: said.milliseconds, value: value, claim: claim)
    log.append(Logged(recorded: recorded.milliseconds, key: Int32(key)))
    if let last = columns[key].words.last, last.said > word.said {
      let at = columns[key].words.lastIndex { $0.said <= word.said }.map { $0 + 1 } ?? 0
      columns[key].recorded.insert(recorded.milliseconds, at: at)
      columns[key].spans.insert(span, at: at)
      columns[key].words.insert(word, at: at)
      columns[key].isInOrder = false
    } else {
      columns[key].recorded.append(recorded.milliseconds)
      columns[key].spans.append(span)
      columns[key].words.append(word)
    }
  }

  /// The bytes that the rows and the log take, with what is kept free to grow.
  public var storageBytes: Int {
    columns.reduce(log.capacity * MemoryLayout<Logged>.stride + columns.capacity * MemoryLayout<Column>.stride) { sum, column in
      sum + column.recorded.capacity * 8 + column.spans.capacity * 16 + column.words.capacity * 16 + 96
    }
  }

  /// What a source says of a place at a moment, as known at another; nil where it says nothing.
  public func row(place: Int, source: Int, on: Instant, known: Instant) -> Row? {
    guard place >= 0, place < places, source >= 0, source < sources else { return nil }
    guard let at = find(place * sources + source, on.milliseconds, known.milliseconds) else { return nil }
    return columns[place * sources + source].row(at)
  }

  /// What every source says of a place, by source; sources that say nothing are left out.
  public func forEachView(of place: Int, on: Instant, known: Instant, _ body: (_ source: Int, _ row: Row) -> Void) {
    guard place >= 0, place < places else { return }
    let (t, k) = (on.milliseconds, known.milliseconds)
    for source in 0..<sources {
      let key = place * sources + source
      if let at = find(key, t, k) { body(source, columns[key].row(at)) }
    }
  }

  /// The whole map: what every source says of every place.
  public func forEachView(on: Instant, known: Instant, _ body: (_ place: Int, _ source: Int, _ value: Int32) -> Void) {
    let (t, k) = (on.milliseconds, known.milliseconds)
    for key in columns.indices {
      if let at = find(key, t, k) { body(key / sources, key % sources, columns[key].words[at].value) }
    }
  }

  /// What changed in the answers for a moment between what was known at `first` and at `second`; 0 stands for saying nothing.
  ///
  /// Costs by what was recorded in between, not by what there is.
  public func forEachChange(
    on: Instant, knownAt first: Instant, and second: Instant, _ body: (_ place: Int, _ source: Int, _ before: Int32, _ after: Int32) -> Void
  ) {
    let (t, k1, k2) = (on.milliseconds, first.milliseconds, second.milliseconds)
    guard k1 < k2 else { return }
    var low = 0
    var high = log.count
    while low < high {
      let middle = (low + high) / 2
      if log[middle].recorded <= k1 { low = middle + 1 } else { high = middle }
    }
    var seen = [Bool](repeating: false, count: columns.count)
    while low < log.count, log[low].recorded <= k2 {
      let key = Int(log[low].key)
      low += 1
      if seen[key] { continue }
      seen[key] = true
      let before = find(key, t, k1).map { columns[key].words[$0].value } ?? 0
      let after = find(key, t, k2).map { columns[key].words[$0].value } ?? 0
      if before != after { body(key / sources, key % sources, before, after) }
    }
  }

  /// The place of the row that holds: the last said of those that were known and cover the moment; nil where that says nothing.
  @inline(__always)
  private func find(_ key: Int, _ t: Int64, _ k: Int64) -> Int? {
    var end = columns[key].recorded.count
    let isInOrder = columns[key].isInOrder
    if isInOrder {
      end = columns[key].recorded.withUnsafeBufferPointer { recorded in
        var low = 0
        var high = recorded.count
        while low < high {
          let middle = (low + high) >> 1
          if recorded[middle] <= k { low = middle + 1 } else { high = middle }
        }
        return low
      }
    }
    let found = columns[key].spans.withUnsafeBufferPointer { spans in
      var at = end - 1
      while at >= 0 {
        if spans[at].from <= t, t < spans[at].until, isInOrder || columns[key].recorded[at] <= k { return at }
        at -= 1
      }
      return -1
    }
    return found < 0 || columns[key].words[found].value == 0 ? nil : found
  }

  /// All that was ever believed of what a source says of a place, as rectangles of valid and recorded time, by when believed, then by valid time.
  ///
  /// What was believed for no time at all, because it was superseded at the same recorded moment, is left out.
  public func rectangles(place: Int, source: Int) -> [Rectangle] {
    struct Piece {
      var row: Row
      var from: Int64
      var until: Int64
      var since: Int64
    }
    guard place >= 0, place < places, source >= 0, source < sources else { return [] }
    var believed: [Piece] = []
    var done: [Rectangle] = []
    func close(_ piece: Piece, _ at: Int64?) {
      guard piece.row.value != 0, at.map({ piece.since < $0 }) ?? true else { return }
      done.append(
        Rectangle(
          value: piece.row.value, from: Instant(milliseconds: piece.from), until: Instant(milliseconds: piece.until),
          knownFrom: Instant(milliseconds: piece.since), knownUntil: at.map { Instant(milliseconds: $0) }, claim: piece.row.claim))
    }
    let column = columns[place * sources + source]
    let rows = column.words.indices.map(column.row).enumerated().sorted {
      ($0.element.recorded, $0.offset) < ($1.element.recorded, $1.offset)
    }
    for (_, row) in rows where row.from < row.until {
      var next: [Piece] = []
      // Where a word that was said later is believed already, the new one does not show.
      var free = [(row.from, row.until)]
      for piece in believed {
        let from = max(piece.from, row.from)
        let until = min(piece.until, row.until)
        let isLater = piece.row.said > row.said
        guard from < until, !isLater else {
          next.append(piece)
          if from < until {
            free = free.flatMap { part -> [(Int64, Int64)] in
              [(part.0, min(part.1, from)), (max(part.0, until), part.1)].filter { $0.0 < $0.1 }
            }
          }
          continue
        }
        close(piece, row.recorded)
        if piece.from < from { next.append(Piece(row: piece.row, from: piece.from, until: from, since: row.recorded)) }
        if until < piece.until { next.append(Piece(row: piece.row, from: until, until: piece.until, since: row.recorded)) }
      }
      next += free.map { Piece(row: row, from: $0.0, until: $0.1, since: row.recorded) }
      believed = next
    }
    for piece in believed { close(piece, nil) }
    return done.sorted { left, right in
      (left.knownFrom, left.from, left.until, left.value) < (right.knownFrom, right.from, right.until, right.value)
    }
  }
}
