// Makes a gazetteer layer: collects places and names, sorts the names once, lays the block out.
internal import Foundation

/// Collects places and their names, then lays them out as a layer's block.
struct GazetteerBuilder {
  /// Places and names that a layer holds at most.
  static let limit = 100_000_000

  private struct Posting {
    let start: UInt32
    let count: UInt16
    let language: UInt16
    let place: UInt32
    /// The name's first eight bytes, so that most comparisons touch nothing else.
    let prefix: UInt64
  }

  private struct Row {
    let number: UInt32
    let longitude: Int32
    let latitude: Int32
    let population: UInt32
    let nameStart: UInt32
    let nameCount: UInt16
    let feature: UInt16
    let country: UInt16
  }

  private var rows: [Row] = []
  private var postings: [Posting] = []
  /// Folded names one after the other, with repetitions.
  private var folded: [UInt8] = []
  /// The names to show.
  private var shown: [UInt8] = []
  private var strings = [""]
  private var stringNumbers: [String: UInt16] = [:]
  private let origin: GazetteerLayer.Origin
  private var placeOfNumber: [UInt32: UInt32] = [:]

  init(_ origin: GazetteerLayer.Origin) { self.origin = origin }

  var placeCount: Int { rows.count }
  var postingCount: Int { postings.count }

  /// Adds a place with the name to show.
  mutating func add(
    number: UInt32, name: UnsafeBufferPointer<UInt8>, position: Position, population: UInt32, feature: String, country: UInt16
  ) {
    placeOfNumber[number] = UInt32(rows.count)
    rows.append(
      Row(
        number: number, longitude: Int32((position.longitude * 1e6).rounded()), latitude: Int32((position.latitude * 1e6).rounded()),
        population: population, nameStart: UInt32(shown.count), nameCount: UInt16(min(name.count, 65_535)), feature: string(feature),
        country: country))
    shown.append(contentsOf: name.prefix(65_535))
    addName(name, of: UInt32(rows.count - 1))
  }

  /// Adds a further name of the last place.
  mutating func addName(_ name: UnsafeBufferPointer<UInt8>) { addName(name, of: UInt32(rows.count - 1)) }

  /// Adds a name of a place by its number; false where there is no such place.
  mutating func addName(_ name: UnsafeBufferPointer<UInt8>, language: String, number: UInt32) -> Bool {
    guard let place = placeOfNumber[number] else { return false }
    addName(name, of: place, language: string(language))
    return true
  }

  private mutating func addName(_ name: UnsafeBufferPointer<UInt8>, of place: UInt32, language: UInt16 = 0) {
    let bytes = foldedName(name)
    guard !bytes.isEmpty, bytes.count <= 65_535, folded.count + bytes.count < 1 << 32 else { return }
    var prefix: UInt64 = 0
    for i in 0..<8 { prefix = prefix << 8 | (i < bytes.count ? UInt64(bytes[i]) : 0) }
    postings.append(
      Posting(start: UInt32(folded.count), count: UInt16(bytes.count), language: language, place: place, prefix: prefix))
    folded += bytes
  }

  private mutating func string(_ text: String) -> UInt16 {
    if text.isEmpty { return 0 }
    if let known = stringNumbers[text] { return known }
    guard strings.count < 65_535, !text.contains("\n") else { return 0 }
    stringNumbers[text] = UInt16(strings.count)
    strings.append(text)
    return UInt16(strings.count - 1)
  }

  /// Sorts the names and lays out the block; the builder is used up.
  consuming func block() -> [UInt8] {
    var postings = self.postings
    self.postings = []
    let rows = self.rows
    let folded = self.folded
    let shown = self.shown
    folded.withUnsafeBufferPointer { folded in
      func bytes(_ posting: Posting) -> UnsafeBufferPointer<UInt8>.SubSequence {
        folded[Int(posting.start)..<Int(posting.start) + Int(posting.count)]
      }
      postings.sort { a, b in
        if a.prefix != b.prefix { return a.prefix < b.prefix }
        let (x, y) = (bytes(a), bytes(b))
        if x.lexicographicallyPrecedes(y) { return true }
        if y.lexicographicallyPrecedes(x) { return false }
        let (p, q) = (rows[Int(a.place)].population, rows[Int(b.place)].population)
        // Of one place's equal names the one with a language comes first, and is kept.
        return p != q ? p > q : a.place != b.place ? a.place < b.place : a.language > b.language
      }
    }
    // Distinct names and postings; the names' bytes follow the shown ones in the pool.
    var pool = shown
    var nameOffsets: [UInt32] = []
    var postingOffsets: [UInt32] = []
    var kept: [(place: UInt32, language: UInt16)] = []
    kept.reserveCapacity(postings.count)
    var last: ArraySlice<UInt8> = []
    for posting in postings {
      let name = folded[Int(posting.start)..<Int(posting.start) + Int(posting.count)]
      if nameOffsets.isEmpty || name != last {
        nameOffsets.append(UInt32(pool.count))
        postingOffsets.append(UInt32(kept.count))
        pool += name
        last = name
      } else if kept[kept.count - 1].place == posting.place {
        continue
      }
      kept.append((posting.place, posting.language))
    }
    let nameCount = nameOffsets.count
    nameOffsets.append(UInt32(pool.count))
    postingOffsets.append(UInt32(kept.count))
    postings = []

    var bits = 1
    while 1 << bits < nameCount * 2 + 2 { bits += 1 }
    var table = [UInt32](repeating: 0, count: 1 << bits)
    pool.withUnsafeBufferPointer { pool in
      for number in 0..<nameCount {
        let name = UnsafeBufferPointer(rebasing: pool[Int(nameOffsets[number])..<Int(nameOffsets[number + 1])])
        var slot = Int(truncatingIfNeeded: GazetteerLayer.hash(name)) & (1 << bits - 1)
        while table[slot] != 0 { slot = (slot + 1) & (1 << bits - 1) }
        table[slot] = UInt32(number + 1)
      }
    }
    return BlockWriter.write(
      rows.map { ($0.number, $0.longitude, $0.latitude, $0.population, $0.nameStart, $0.nameCount, $0.feature, $0.country) },
      nameOffsets: nameOffsets, postingOffsets: postingOffsets, postings: kept, table: table, tableBits: bits, strings: strings,
      origin: origin.lines, pool: pool)
  }
}

/// Lays the parts of a gazetteer block behind each other.
private enum BlockWriter {
  typealias Row = (UInt32, Int32, Int32, UInt32, UInt32, UInt16, UInt16, UInt16)

  static func write(
    _ rows: [Row], nameOffsets: [UInt32], postingOffsets: [UInt32], postings: [(place: UInt32, language: UInt16)], table: [UInt32],
    tableBits: Int, strings: [String], origin: String, pool: [UInt8]
  ) -> [UInt8] {
    let texts = Array(strings.joined(separator: "\n").utf8)
    var l = GazetteerLayer.Layout()
    l.places = 8 + 8 * GazetteerLayer.headerWords
    l.nameOffsets = l.places + rows.count * GazetteerLayer.placeBytes
    l.postingOffsets = l.nameOffsets + 4 * nameOffsets.count
    l.postings = l.postingOffsets + 4 * postingOffsets.count
    l.table = l.postings + 6 * postings.count
    l.strings = l.table + 4 * table.count
    l.origin = l.strings + texts.count
    l.pool = l.origin + origin.utf8.count
    l.end = l.pool + pool.count
    let words = [
      l.places, l.nameOffsets, l.postingOffsets, l.postings, l.table, l.strings, l.origin, l.pool, l.end, rows.count, nameOffsets.count - 1,
      postings.count, tableBits,
    ]
    var out = GazetteerLayer.magic
    out.reserveCapacity(l.end)
    func append(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) } }
    for word in words { append(UInt64(word)) }
    for row in rows {
      append(row.0)
      append(row.1)
      append(row.2)
      append(row.3)
      append(row.4)
      append(row.5)
      append(row.6)
      append(row.7)
      append(UInt16(0))
    }
    for offset in nameOffsets { append(offset) }
    for offset in postingOffsets { append(offset) }
    for posting in postings {
      append(posting.place)
      append(posting.language)
    }
    for slot in table { append(slot) }
    out += texts
    out += origin.utf8
    out += pool
    return out
  }
}
