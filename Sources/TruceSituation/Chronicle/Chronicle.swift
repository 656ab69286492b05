// Who says what of a place, from when until when, and since when we know it: a bitemporal store of states by place and source.
public import TruceModel

/// The states that sources assert of places, each over a stretch of valid time, in the order in which they were said.
///
/// A source's later word supersedes its earlier one where the two overlap, and nowhere else. What was known at a moment is
/// what had been recorded by then. Places, sources and values are small whole numbers that the caller gives meaning to; value 0
/// is "says nothing", and setting it takes back what was said for the stretch. A word takes 16 bytes, and mostly 8 or fewer in the log.
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

  /// A word by itself; value 0 stands for saying nothing.
  struct Word {
    var value: Int32 = 0
    var claim: Int32 = 0
    var said: Int64 = 0
  }

  /// A word, in the order said: its times as numbers of `moments`.
  private struct Cell {
    var from: UInt32
    var until: UInt32
    var said: UInt32
    /// When it was recorded, as its place in the log, where the rest of it lies.
    var tick: UInt32
  }

  /// What one source says of one place, in the order said.
  private struct Column {
    var place: Int32
    var source: Int32
    /// Whether the words are in the order recorded too, so that a prefix is found by halving.
    var isInOrder = true
    var cells = Stretches<Cell>()
    /// From which place in the log on a claim's word counts no more; mostly none.
    var ended: [Int32: UInt32] = [:]

    var isPlain: Bool { isInOrder && ended.isEmpty }
  }

  /// What was taken in or withdrawn, in the order recorded: when, in which column, and of a word its value and claim.
  private var log = PackedRows(columns: 4)
  private enum Part {
    static let recorded = 0
    static let column = 1
    static let value = 2
    static let claim = 3
  }
  private var latest = Int64.min
  private var moments = Moments()
  private var columns: [Column] = []
  /// The columns of each place, by source.
  private var columnsOf: [[(source: Int32, column: Int32)]] = []

  public init() {}

  /// How many words were taken in or withdrawn.
  public var count: Int { log.count }

  /// How many places have been spoken of: they are numbered from 0.
  public var places: Int { columnsOf.count }

  // MARK: - Taking in

  /// Takes in a source's word; `recorded` never goes back.
  ///
  /// - Parameters:
  ///   - value: what it says; 0 for nothing any more.
  ///   - from: from when it is so; `until`: until when, exclusive.
  ///   - said: when the source said it.
  ///   - recorded: when it came to be known.
  ///   - precedes: of words that were said at one moment, whether this one stands in front of that of a claim; if not, and where it is left
  ///     out, the last recorded counts as the later.
  public mutating func add(
    place: Int, source: Int, value: Int32, from: Instant, until: Instant, said: Instant, recorded: Instant, claim: Int32 = 0,
    precedes: (_ claim: Int32) -> Bool = { _ in false }
  ) {
    precondition(place >= 0 && source >= 0, "A place and a source have numbers from 0")
    let key = column(Int32(place), Int32(source))
    let tick = note(recorded, key, value, claim)
    let cell = Cell(
      from: moments.number(of: from.milliseconds), until: moments.number(of: until.milliseconds),
      said: moments.number(of: said.milliseconds), tick: tick)
    guard let last = columns[key].cells.newest.last, Chronicle.isAfter(last, said, moments, log, precedes) else {
      return columns[key].cells.append(cell)
    }
    columns[key].isInOrder = false
    let (moments, log) = (moments, log)
    columns[key].cells.insert(cell) { Chronicle.isAfter($0, said, moments, log, precedes) }
  }

  /// Whether a word stands behind one of a moment.
  @inline(__always)
  private static func isAfter(_ cell: Cell, _ said: Instant, _ moments: Moments, _ log: PackedRows, _ precedes: (Int32) -> Bool) -> Bool {
    let theirs = moments[cell.said]
    return theirs != said.milliseconds ? theirs > said.milliseconds : precedes(Int32(log[Int(cell.tick), Part.claim]))
  }

  /// Notes that a claim's word counts no more from a recorded moment on, as if it had not been said.
  public mutating func withdraw(place: Int, source: Int, claim: Int32, recorded: Instant) {
    guard place >= 0, place < places, let key = existing(place, Int32(source)) else { return }
    columns[key].ended[claim] = note(recorded, key, 0, claim)
  }

  /// Adds to the log.
  private mutating func note(_ recorded: Instant, _ key: Int, _ value: Int32, _ claim: Int32) -> UInt32 {
    precondition(latest <= recorded.milliseconds, "Words come in the order in which they are recorded")
    precondition(log.count < Int(UInt32.max), "A chronicle of more than four thousand million words does not fit into memory")
    latest = recorded.milliseconds
    log.append([latest, Int64(key), Int64(value), Int64(claim)])
    return UInt32(log.count - 1)
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
    let own =
      log.storageBytes + moments.storageBytes + columns.capacity * MemoryLayout<Column>.stride
      + columnsOf.reduce(0) { $0 + 40 + $1.capacity * 8 }
    return columns.reduce(own) { $0 + $1.cells.storageBytes }
  }

  // MARK: - Questions

  /// What a source says of a place at a moment, as known at another; nil where it says nothing.
  public func row(place: Int, source: Int, on: Instant, known: Instant) -> Row? {
    guard place >= 0, place < places, let key = existing(place, Int32(source)) else { return nil }
    let last = tick(known)
    return found(columns[key], on.milliseconds, last, start(columns[key], last)).map(row).flatMap { $0.value == 0 ? nil : $0 }
  }

  /// What every source says of a place, by source; sources that say nothing are left out.
  public func forEachView(of place: Int, on: Instant, known: Instant, _ body: (_ source: Int, _ row: Row) -> Void) {
    guard place >= 0, place < places else { return }
    forEachFound(columnsOf[place].count, { Int(columnsOf[place][$0].column) }, on.milliseconds, tick(known)) { key, cell in
      if let cell, value(cell) != 0 { body(Int(columns[key].source), row(cell)) }
    }
  }

  /// What every source says of a place, without when it is so and was recorded.
  @inline(__always)
  func forEachWord(of place: Int, on: Instant, known: Instant, _ body: (_ source: Int, _ word: Word) -> Void) {
    guard place < places else { return }
    let keys = columnsOf[place]
    forEachFound(keys.count, { Int(keys[$0].column) }, on.milliseconds, tick(known)) { key, cell in
      let word = word(cell)
      if word.value != 0 { body(Int(columns[key].source), word) }
    }
  }

  /// The whole map: what every source says of every place.
  public func forEachView(on: Instant, known: Instant, _ body: (_ place: Int, _ source: Int, _ value: Int32, _ claim: Int32) -> Void) {
    forEachFound(columns.count, { $0 }, on.milliseconds, tick(known)) { key, cell in
      guard let cell, case let value = value(cell), value != 0 else { return }
      body(Int(columns[key].place), Int(columns[key].source), value, claim(cell))
    }
  }

  /// What changed in the answers for a moment between what was known at `first` and at `second`; nil stands for saying nothing.
  ///
  /// Costs by what was recorded in between, not by what there is.
  public func forEachChange(
    on: Instant, knownAt first: Instant, and second: Instant, _ body: (_ place: Int, _ source: Int, _ before: Row?, _ after: Row?) -> Void
  ) {
    func said(_ cell: Cell?) -> Row? { cell.map(row).flatMap { $0.value == 0 ? nil : $0 } }
    forEachChangedCell(on, first, second) { body($0, $1, said($2), said($3)) }
  }

  /// The same, as words.
  @inline(__always)
  func forEachChangedWord(
    on: Instant, knownAt first: Instant, and second: Instant,
    _ body: (_ place: Int, _ source: Int, _ before: Word, _ after: Word) -> Void
  ) {
    forEachChangedCell(on, first, second) { place, source, before, after in
      body(place, source, word(before), word(after))
    }
  }

  /// The places of which words were recorded from one moment on up to another, some of them more than once.
  func places(changedFrom first: Instant, until last: Instant) -> [Int] {
    let (one, other) = (Int(tick(first.adding(milliseconds: -1))), Int(tick(last.adding(milliseconds: -1))))
    return one < other ? (one..<other).map { Int(columns[column(of: $0)].place) } : []
  }

  @inline(__always)
  private func forEachChangedCell(
    _ on: Instant, _ first: Instant, _ second: Instant, _ body: (_ place: Int, _ source: Int, _ before: Cell?, _ after: Cell?) -> Void
  ) {
    let (t, one, other) = (on.milliseconds, tick(first), tick(second))
    guard one < other else { return }
    var seen = [Bool](repeating: false, count: columns.count)
    var keys: [Int] = []
    for tick in Int(one)..<Int(other) {
      let key = column(of: tick)
      if seen[key] { continue }
      seen[key] = true
      keys.append(key)
    }
    forEachFound(keys.count, { keys[$0] }, t, other) { key, after in
      // Where nothing new covers the moment, nothing changed.
      if columns[key].isPlain, let after, after.tick < one { return }
      let before = found(columns[key], t, one, start(columns[key], one))
      if word(before).value == word(after).value { return }
      body(Int(columns[key].place), Int(columns[key].source), before, after)
    }
  }

  // MARK: - The log

  private func row(_ cell: Cell) -> Row {
    Row(
      from: moments[cell.from], until: moments[cell.until], said: moments[cell.said], recorded: log[Int(cell.tick), Part.recorded],
      value: value(cell), claim: claim(cell))
  }

  @inline(__always)
  private func value(_ cell: Cell) -> Int32 { Int32(log[Int(cell.tick), Part.value]) }

  @inline(__always)
  private func claim(_ cell: Cell) -> Int32 { Int32(log[Int(cell.tick), Part.claim]) }

  @inline(__always)
  private func word(_ cell: Cell?) -> Word { cell.map { Word(value: value($0), claim: claim($0), said: moments[$0.said]) } ?? Word() }

  @inline(__always)
  private func column(of tick: Int) -> Int { Int(log[tick, Part.column]) }

  /// How many changes had been recorded by a moment; mostly they come about evenly.
  private func tick(_ known: Instant) -> UInt32 {
    guard log.count > 0, known.milliseconds < latest else { return UInt32(log.count) }
    let first = log[0, Part.recorded]
    let share = max(0, Double(known.milliseconds - first) / Double(latest - first))
    return UInt32(log.first(from: known.milliseconds + 1, in: Part.recorded, near: Int(share * Double(log.count))))
  }

  // MARK: - Searching

  /// Where a search in a stretch begins, and whether the word there was recorded in front of the tick.
  private typealias Start = (middle: Int, isInFront: Bool)

  /// So many columns are looked into before the first of them is searched.
  private static let batch = 64

  /// Calls with the last said of the words of each of some columns that were known and cover a moment.
  ///
  /// The first look into a column mostly waits for memory: one into each of a batch, and they wait together.
  @inline(__always)
  private func forEachFound(
    _ count: Int, _ key: (Int) -> Int, _ t: Int64, _ tick: UInt32, _ body: (_ key: Int, _ cell: Cell?) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Start.self, capacity: Chronicle.batch) { starts in
      for first in stride(from: 0, to: count, by: Chronicle.batch) {
        let last = min(count, first + Chronicle.batch)
        for at in first..<last { starts.initializeElement(at: at - first, to: start(columns[key(at)], tick)) }
        for at in first..<last { body(key(at), found(columns[key(at)], t, tick, starts[at - first])) }
      }
    }
  }

  /// A first look into a column's newest words. Words come about evenly: near where the end would lie then.
  @inline(__always)
  private func start(_ column: Column, _ tick: UInt32) -> Start { start(column.cells.newest, tick) }

  @inline(__always)
  private func start(_ cells: [Cell], _ tick: UInt32) -> Start {
    let middle = min(cells.count - 1, cells.count * Int(tick) / log.count)
    return (middle, cells[middle].tick < tick)
  }

  @inline(__always)
  private func found(_ column: Column, _ t: Int64, _ tick: UInt32, _ start: Start) -> Cell? {
    if let cell = found(column.cells.newest, column, t, tick, start) { return cell }
    for cells in column.cells.older.reversed() {
      if let cell = found(cells, column, t, tick, self.start(cells, tick)) { return cell }
    }
    return nil
  }

  @inline(__always)
  private func found(_ cells: [Cell], _ column: Column, _ t: Int64, _ tick: UInt32, _ start: Start) -> Cell? {
    cells.withUnsafeBufferPointer { cells in
      var at = column.isInOrder ? end(of: cells, tick, start) : cells.count
      let isPlain = column.isPlain
      while at > 0 {
        at -= 1
        if moments[cells[at].from] <= t, t < moments[cells[at].until], isPlain || counts(cells[at], column, tick) { return cells[at] }
      }
      return nil
    }
  }

  /// How many of a stretch's words were recorded in front of a tick, where they are in that order.
  @inline(__always)
  private func end(of cells: UnsafeBufferPointer<Cell>, _ tick: UInt32, _ start: Start) -> Int {
    var (low, high) = (0, cells.count)
    var (middle, isInFront) = start
    // In steps that grow, so that few lines of memory are read.
    var reach = 2
    while true {
      if isInFront { low = middle + 1 } else { high = middle }
      if low >= high { return low }
      let half = (high - low) / 2
      middle = half <= reach ? low + half : isInFront ? low + reach : high - 1 - reach
      reach *= 2
      isInFront = cells[middle].tick < tick
    }
  }

  /// Whether a word was known by then, and not withdrawn.
  private func counts(_ cell: Cell, _ column: Column, _ tick: UInt32) -> Bool {
    cell.tick < tick && (column.ended[claim(cell)].map { tick <= $0 } ?? true)
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
    let rows = columns[key].cells.elements.map(row).enumerated().sorted {
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
