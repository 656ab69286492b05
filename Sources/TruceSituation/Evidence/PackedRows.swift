// Rows of whole numbers in few bytes: what numbers that lie near each other have in common is kept once.

/// Rows of a fixed number of columns, which are appended and never changed.
///
/// In each block of rows a column is kept as the distance from its least number, in as many bytes as the largest distance takes, whole
/// seconds as such: a column of equal numbers takes none. A row's columns lie side by side, so that a look-up reads one line of memory.
struct PackedRows: Sendable {
  /// How one column of one block is kept.
  private struct Head {
    var base: Int64 = 0
    /// Where the first of its numbers lies.
    var start = 0
    /// How far the next one lies behind it.
    var stride: UInt8 = 0
    /// The bytes of a number.
    var width: UInt8 = 0
    /// What a distance counts.
    var unit: UInt16 = 1

    /// Finds base, width and unit of a column of some rows.
    init(_ column: Int, of rows: [Int64], by columns: Int) {
      let places = Swift.stride(from: column, to: rows.count, by: columns)
      var last = rows[column]
      base = last
      for at in places { (base, last) = (min(base, rows[at]), max(last, rows[at])) }
      let base = base
      let most = UInt64(bitPattern: last &- base)
      if places.allSatisfy({ UInt64(bitPattern: rows[$0] &- base) % 1000 == 0 }) { unit = 1000 }
      width = UInt8((71 - (most / UInt64(unit)).leadingZeroBitCount) / 8)
    }
  }

  let columns: Int
  private(set) var count = 0
  /// By block, then by column.
  private var heads: [Head] = []
  /// The blocks, and eight bytes more, so that a number is read at once.
  private var bytes = [UInt8](repeating: 0, count: 8)
  /// The rows behind the last full block.
  private var open: [Int64] = []

  /// So many rows, as a power of two, make a block.
  private static let shift = 8

  init(columns: Int) {
    precondition((1...8).contains(columns), "A row has one to eight columns")
    self.columns = columns
    open.reserveCapacity(columns << PackedRows.shift)
  }

  /// How many rows lie in full blocks.
  @inline(__always)
  private var packed: Int { count & ~(1 << PackedRows.shift - 1) }

  @inline(__always)
  subscript(row: Int, column: Int) -> Int64 {
    if row >= packed { return open[(row - packed) * columns + column] }
    let head = heads[(row >> PackedRows.shift) * columns + column]
    if head.width == 0 { return head.base }
    let place = head.start + (row & (1 << PackedRows.shift - 1)) * Int(head.stride)
    let word = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt64.self)) }
    return head.base &+ Int64(bitPattern: (word & UInt64.max >> UInt64(64 - 8 * Int(head.width))) &* UInt64(head.unit))
  }

  mutating func append<let width: Int>(_ row: InlineArray<width, Int64>) {
    precondition(width == columns, "A row has a number for each column")
    for column in row.indices { open.append(row[column]) }
    count += 1
    if count == packed { pack() }
  }

  private mutating func pack() {
    var rows: [Int64] = []
    swap(&rows, &open)
    var own = (0..<columns).map { Head($0, of: rows, by: columns) }
    let width = own.reduce(0) { $0 + Int($1.width) }
    var start = bytes.count - 8
    bytes.makeRoom(for: width << PackedRows.shift)
    bytes.append(contentsOf: repeatElement(0, count: width << PackedRows.shift))
    for column in own.indices {
      (own[column].start, own[column].stride) = (start, UInt8(width))
      start += Int(own[column].width)
    }
    bytes.withUnsafeMutableBytes { bytes in
      var at = 0
      for row in 0..<1 << PackedRows.shift {
        // From the first place to the last: what a word takes beyond its own width the next ones overwrite.
        for head in own {
          if head.width > 0 {
            let distance = UInt64(bitPattern: rows[at] &- head.base)
            let number = head.unit > 1 ? distance / 1000 : distance
            bytes.storeBytes(of: number.littleEndian, toByteOffset: head.start + row * width, as: UInt64.self)
          }
          at += 1
        }
      }
    }
    heads.makeRoom(for: columns)
    heads += own
    rows.removeAll(keepingCapacity: true)
    swap(&rows, &open)
  }

  /// The first row whose number in a column that never falls reaches a bound, looked for near a guess.
  @inline(__always)
  func first(from bound: Int64, in column: Int, near guess: Int) -> Int {
    partitionPoint(of: count, near: guess) { self[$0, column] >= bound }
  }

  /// The bytes that the rows take, with what is kept free to grow.
  var storageBytes: Int { bytes.capacity + heads.capacity * MemoryLayout<Head>.stride + open.capacity * 8 }
}

extension Array {
  /// Makes room by an eighth where elements do not fit: to double would leave much of the memory empty.
  @inline(__always)
  mutating func makeRoom(for more: Int) {
    if count + more > capacity { reserveCapacity(count + Swift.max(more, 16, count / 8)) }
  }
}
