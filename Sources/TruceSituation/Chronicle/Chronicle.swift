// Who says what of a place, from when until when, and since when we know it: a bitemporal store of states by place and source.
public import TruceModel

/// The states that sources assert of places, each over a stretch of valid time, in the order in which they were said.
///
/// A source's later word supersedes its earlier one where the two overlap, and nowhere else. What was known at a moment is
/// what had been recorded by then. Places, sources and values are small whole numbers that the caller gives meaning to; value 0
/// is "says nothing", and setting it takes back what was said for the stretch. A row takes 44 bytes, and 12 in the log.
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

  /// A word as a search finds it.
  private struct Cell {
    var from: Int64
    var until: Int64
    var value: Int32
    var claim: Int32
  }

  /// When a word was said; of two of one moment the one with the higher tie counts as later.
  private struct Said: Comparable {
    var moment: Int64
    var tie: UInt64

    static func < (left: Said, right: Said) -> Bool { left.moment != right.moment ? left.moment < right.moment : left.tie < right.tie }
  }

  /// What one source says of one place, in the order said; what a search reads first lies apart.
  private struct Column {
    var place: Int32
    var source: Int32
    /// Whether the rows are in the order recorded too, so that a prefix is found by halving.
    var isInOrder = true
    /// When each row was recorded, as its place in the log.
    var ticks: [UInt32] = []
    var cells: [Cell] = []
    var said: [Said] = []
    /// From which place in the log on a row counts no more, by row; mostly none.
    var ended: [UInt32: UInt32] = [:]
  }

  /// The log: when each change came to be known, and which column it changed.
  private var recorded: [Int64] = []
  private var changed: [Int32] = []
  private var columns: [Column] = []
  /// The columns of each place, by source.
  private var columnsOf: [[(source: Int32, column: Int32)]] = []

  public init() {}

  /// How many words were taken in or withdrawn.
  public var count: Int { recorded.count }

  /// How many places have been spoken of: they are numbered from 0.
  public var places: Int { columnsOf.count }

  // MARK: - Taking in

  /// Takes in a source's word; `recorded` never goes back.
  ///
  /// - Parameters:
  ///   - value: what it says; 0 for nothing any more.
  ///   - from: from when it is so; `until`: until when, exclusive.
  ///   - said: when the source said it; of words of one moment that with the higher `tie` counts as the later, of equal ties the last recorded.
  ///   - recorded: when it came to be known.
  public mutating func add(
    place: Int, source: Int, value: Int32, from: Instant, until: Instant, said: Instant, tie: UInt64 = 0, recorded: Instant,
    claim: Int32 = 0
  ) {
    precondition(place >= 0 && source >= 0, "A place and a source have numbers from 0")
    let key = column(Int32(place), Int32(source))
    let tick = log(recorded, key)
    let cell = Cell(from: from.milliseconds, until: until.milliseconds, value: value, claim: claim)
    let order = Said(moment: said.milliseconds, tie: tie)
    var at = columns[key].said.count
    if let last = columns[key].said.last, last > order {
      at = columns[key].said.partition { $0 > order }
      columns[key].isInOrder = false
      if !columns[key].ended.isEmpty {
        columns[key].ended = Dictionary(uniqueKeysWithValues: columns[key].ended.map { ($0.key >= at ? $0.key + 1 : $0.key, $0.value) })
      }
    }
    columns[key].ticks.insert(tick, at: at)
    columns[key].cells.insert(cell, at: at)
    columns[key].said.insert(order, at: at)
  }

  /// Notes that a word counts no more from a recorded moment on, as if it had not been said.
  public mutating func withdraw(place: Int, source: Int, claim: Int32, recorded: Instant) {
    guard place >= 0, place < places, let key = existing(place, Int32(source)),
      let at = columns[key].cells.lastIndex(where: { $0.claim == claim })
    else { return }
    columns[key].ended[UInt32(at)] = log(recorded, key)
  }

  private mutating func log(_ moment: Instant, _ key: Int) -> UInt32 {
    precondition(recorded.last.map { $0 <= moment.milliseconds } ?? true, "Words come in the order in which they are recorded")
    recorded.append(moment.milliseconds)
    changed.append(Int32(key))
    return UInt32(recorded.count - 1)
  }

  /// The column of a source's words about a place, a new one where there is none.
  private mutating func column(_ place: Int32, _ source: Int32) -> Int {
    while columnsOf.count <= Int(place) { columnsOf.append([]) }
    let at = columnsOf[Int(place)].partition { $0.source >= source }
    if at < columnsOf[Int(place)].count, columnsOf[Int(place)][at].source == source { return Int(columnsOf[Int(place)][at].column) }
    columnsOf[Int(place)].insert((source, Int32(columns.count)), at: at)
    columns.append(Column(place: place, source: source))
    return columns.count - 1
  }

  private func existing(_ place: Int, _ source: Int32) -> Int? {
    let at = columnsOf[place].partition { $0.source >= source }
    guard at < columnsOf[place].count, columnsOf[place][at].source == source else { return nil }
    return Int(columnsOf[place][at].column)
  }

  /// The bytes that the rows and the log take, with what is kept free to grow.
  public var storageBytes: Int {
    let own = recorded.capacity * 8 + changed.capacity * 4 + columns.capacity * MemoryLayout<Column>.stride + columnsOf.capacity * 8
    return columns.reduce(own) { sum, column in
      sum + column.ticks.capacity * 4 + column.cells.capacity * MemoryLayout<Cell>.stride + column.said.capacity * 16 + 96
    }
  }

  // MARK: - Questions

  /// What a source says of a place at a moment, as known at another; nil where it says nothing.
  public func row(place: Int, source: Int, on: Instant, known: Instant) -> Row? {
    guard place >= 0, place < places, let key = existing(place, Int32(source)) else { return nil }
    let at = find(columns[key], on.milliseconds, end(columns[key], tick(known)))
    return at < 0 ? nil : row(columns[key], at)
  }

  /// What every source says of a place, by source; sources that say nothing are left out.
  public func forEachView(of place: Int, on: Instant, known: Instant, _ body: (_ source: Int, _ row: Row) -> Void) {
    guard place >= 0, place < places else { return }
    let last = tick(known)
    for (source, key) in columnsOf[place] {
      let at = find(columns[Int(key)], on.milliseconds, end(columns[Int(key)], last))
      if at >= 0 { body(Int(source), row(columns[Int(key)], at)) }
    }
  }

  /// The whole map: what every source says of every place.
  public func forEachView(on: Instant, known: Instant, _ body: (_ place: Int, _ source: Int, _ value: Int32, _ claim: Int32) -> Void) {
    let last = tick(known)
    columns.withUnsafeBufferPointer { columns in
      // By index: a column taken out by itself would be counted in and out again.
      for key in columns.indices {
        let at = find(columns[key], on.milliseconds, end(columns[key], last))
        if at >= 0 {
          body(Int(columns[key].place), Int(columns[key].source), columns[key].cells[at].value, columns[key].cells[at].claim)
        }
      }
    }
  }

  /// What changed in the answers for a moment between what was known at `first` and at `second`; nil stands for saying nothing.
  ///
  /// Costs by what was recorded in between, not by what there is.
  public func forEachChange(
    on: Instant, knownAt first: Instant, and second: Instant, _ body: (_ place: Int, _ source: Int, _ before: Row?, _ after: Row?) -> Void
  ) {
    let (t, one, other) = (on.milliseconds, tick(first), tick(second))
    guard one < other else { return }
    var seen = [Bool](repeating: false, count: columns.count)
    for at in Int(one)..<Int(other) {
      let key = Int(changed[at])
      if seen[key] { continue }
      seen[key] = true
      change(columns[key], t, one, other, body)
    }
  }

  private func change(
    _ column: Column, _ t: Int64, _ one: End.Tick, _ other: End.Tick,
    _ body: (_ place: Int, _ source: Int, _ before: Row?, _ after: Row?) -> Void
  ) {
    let later = end(column, other)
    let earlier = end(column, one)
    let after = find(column, t, later)
    // Where nothing new covers the moment, nothing changed.
    if column.isInOrder, column.ended.isEmpty, after >= 0, after < earlier.row { return }
    let before = find(column, t, earlier)
    let (old, new) = (before < 0 ? 0 : column.cells[before].value, after < 0 ? 0 : column.cells[after].value)
    guard old != new else { return }
    body(Int(column.place), Int(column.source), before < 0 ? nil : row(column, before), after < 0 ? nil : row(column, after))
  }

  private func row(_ column: Column, _ at: Int) -> Row {
    Row(
      from: column.cells[at].from, until: column.cells[at].until, said: column.said[at].moment, recorded: recorded[Int(column.ticks[at])],
      value: column.cells[at].value, claim: column.cells[at].claim)
  }

  /// How far into a column a search goes: its first `row` rows, of those the ones recorded in front of `tick`.
  private struct End {
    typealias Tick = UInt32
    var tick: Tick
    var row: Int
  }

  /// How many changes had been recorded by a moment.
  private func tick(_ known: Instant) -> UInt32 { UInt32(recorded.partition { $0 > known.milliseconds }) }

  @inline(__always)
  private func end(_ column: Column, _ tick: UInt32) -> End {
    guard column.isInOrder else { return End(tick: tick, row: column.ticks.count) }
    return column.ticks.withUnsafeBufferPointer { ticks in
      var low = 0
      var high = ticks.count
      while low < high {
        let middle = (low + high) >> 1
        if ticks[middle] < tick { low = middle + 1 } else { high = middle }
      }
      return End(tick: tick, row: low)
    }
  }

  /// The row that holds: the last said of those that were known and cover the moment; -1 where that says nothing.
  @inline(__always)
  private func find(_ column: Column, _ t: Int64, _ end: End) -> Int {
    let isPlain = column.isInOrder && column.ended.isEmpty
    return column.cells.withUnsafeBufferPointer { cells in
      var at = end.row - 1
      while at >= 0 {
        if cells[at].from <= t, t < cells[at].until, isPlain || counts(column, at, end.tick) { return cells[at].value == 0 ? -1 : at }
        at -= 1
      }
      return -1
    }
  }

  /// Whether a row was known by then, and not withdrawn.
  private func counts(_ column: Column, _ at: Int, _ tick: UInt32) -> Bool {
    column.ticks[at] < tick && (column.ended[UInt32(at)].map { tick <= $0 } ?? true)
  }

  /// All that was ever believed of what a source says of a place, as rectangles of valid and recorded time, by when believed, then by valid time.
  ///
  /// What was believed for no time at all, because it was superseded at the same recorded moment, is left out; so is that a word was withdrawn.
  public func rectangles(place: Int, source: Int) -> [Rectangle] {
    struct Piece {
      var row: Row
      var from: Int64
      var until: Int64
      var since: Int64
    }
    guard place >= 0, place < places, let key = existing(place, Int32(source)) else { return [] }
    var believed: [Piece] = []
    var done: [Rectangle] = []
    func close(_ piece: Piece, _ at: Int64?) {
      guard piece.row.value != 0, at.map({ piece.since < $0 }) ?? true else { return }
      done.append(
        Rectangle(
          value: piece.row.value, from: Instant(milliseconds: piece.from), until: Instant(milliseconds: piece.until),
          knownFrom: Instant(milliseconds: piece.since), knownUntil: at.map { Instant(milliseconds: $0) }, claim: piece.row.claim))
    }
    let column = columns[key]
    let rows = column.cells.indices.map { row(column, $0) }.enumerated().sorted {
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
