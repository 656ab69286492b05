// An imported gazetteer in one block of bytes: hundreds of thousands of places found by any of their names in a microsecond.
internal import Foundation

/// A read-only layer of places and names, compact enough to be mapped from a file.
///
/// The block holds a header, the places (28 bytes each), the distinct folded names in byte order with their postings, a hash table
/// over the names, and where all of it comes from. Everything is little-endian and is checked once when the block is opened.
public struct GazetteerLayer: Sendable {
  /// A place of the layer.
  public struct Entry: Sendable, Hashable {
    /// GeoNames's id, or the row's number in a source without ids.
    public var number: UInt32
    public var name: String
    public var position: Position
    public var population: UInt32
    /// Feature class and code as GeoNames has them, `P.PPL`.
    public var feature: String
    /// ISO 3166 alpha-2; empty where unknown.
    public var country: String
    /// BCP 47 language of the name by which it was found; nil where the source has none.
    public var language: String?
  }

  /// Where a layer's places come from: shown wherever one of them is.
  public struct Origin: Sendable, Hashable {
    public var source: String
    /// As SPDX names it.
    public var licence: String
    /// The file's name and, where it was told, its day: what to ask for to get the same again.
    public var file: String

    public init(source: String = "GeoNames", licence: String = "CC-BY-4.0", file: String = "") {
      self.source = source
      self.licence = licence
      self.file = file
    }

    fileprivate init?(lines: [String]) {
      guard lines.count == 3 else { return nil }
      self.init(source: lines[0], licence: lines[1], file: lines[2])
    }

    /// As the block holds it; a line break in a value becomes a space.
    var lines: String {
      [source, licence, file].map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }.joined(separator: "\n")
    }
  }

  static let magic = Array("TRUCEGZ2".utf8)
  static let headerWords = 13
  static let placeBytes = 28

  /// Where the block's parts begin, in bytes, and how many of each there are.
  struct Layout: Sendable {
    var places = 0
    var nameOffsets = 0
    var postingOffsets = 0
    var postings = 0
    var table = 0
    var strings = 0
    var origin = 0
    var pool = 0
    var end = 0
    var placeCount = 0
    var nameCount = 0
    var postingCount = 0
    var tableBits = 0
  }

  private let bytes: FileBytes
  let layout: Layout
  /// Languages and features by number.
  private let strings: [String]
  /// Where its places come from.
  public let origin: Origin

  /// How many places it has.
  public var placeCount: Int { layout.placeCount }
  /// How many different folded names.
  public var nameCount: Int { layout.nameCount }
  /// How many names, counting one of two places twice.
  public var postingCount: Int { layout.postingCount }
  /// Bytes of the block.
  public var byteCount: Int { bytes.count }

  /// A layer from its block.
  ///
  /// - Throws: where the block is not of this form or was damaged.
  public init(block: [UInt8]) throws(AtlasError) { try self.init(FileBytes(block)) }

  /// A layer from a file that `block` was written to; the file stays mapped.
  public init(path: String) throws(AtlasError) {
    do { try self.init(FileBytes(mapping: path)) } catch let error as AtlasError {
      throw AtlasError(error.message, file: path)
    } catch { throw AtlasError("the gazetteer cannot be read: \(error)", file: path) }
  }

  init(_ bytes: FileBytes) throws(AtlasError) {
    self.bytes = bytes
    let damaged = AtlasError("this is no gazetteer that truce wrote, or it was damaged; import it again")
    (layout, strings, origin) = try bytes.withBytes { raw throws(AtlasError) -> (Layout, [String], Origin) in
      guard raw.count >= 8 + 8 * Self.headerWords, raw.prefix(8).elementsEqual(Self.magic) else { throw damaged }
      let words = (0..<Self.headerWords).map { Int(truncatingIfNeeded: raw.loadUnaligned(fromByteOffset: 8 + 8 * $0, as: UInt64.self)) }
      let layout = Layout(
        places: words[0], nameOffsets: words[1], postingOffsets: words[2], postings: words[3], table: words[4], strings: words[5],
        origin: words[6], pool: words[7], end: words[8], placeCount: words[9], nameCount: words[10], postingCount: words[11],
        tableBits: words[12])
      guard Self.isSound(layout, raw) else { throw damaged }
      func lines(_ range: Range<Int>) -> [String] {
        String(decoding: raw[range], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      }
      guard let origin = Origin(lines: lines(layout.origin..<layout.pool)) else { throw damaged }
      return (layout, lines(layout.strings..<layout.origin), origin)
    }
  }

  /// Whether every number in the block stays within it.
  private static func isSound(_ l: Layout, _ raw: UnsafeRawBufferPointer) -> Bool {
    let counts = [l.placeCount, l.nameCount, l.postingCount]
    guard counts.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }), (1...31).contains(l.tableBits), l.nameCount < 1 << l.tableBits,
      l.places == 8 + 8 * headerWords, l.nameOffsets == l.places + l.placeCount * placeBytes,
      l.postingOffsets == l.nameOffsets + 4 * (l.nameCount + 1), l.postings == l.postingOffsets + 4 * (l.nameCount + 1),
      l.table == l.postings + 6 * l.postingCount, l.strings == l.table + (4 << l.tableBits),
      l.origin >= l.strings, l.pool >= l.origin, l.end >= l.pool, l.end == raw.count
    else { return false }
    let poolCount = UInt32(truncatingIfNeeded: l.end - l.pool)
    var lastName: UInt32 = 0
    var lastPosting: UInt32 = 0
    for i in 0...l.nameCount {
      let name = raw.loadUnaligned(fromByteOffset: l.nameOffsets + 4 * i, as: UInt32.self)
      let posting = raw.loadUnaligned(fromByteOffset: l.postingOffsets + 4 * i, as: UInt32.self)
      guard name >= lastName, name <= poolCount, posting >= lastPosting, posting <= UInt32(l.postingCount) else { return false }
      (lastName, lastPosting) = (name, posting)
    }
    for i in 0..<l.postingCount where raw.loadUnaligned(fromByteOffset: l.postings + 6 * i, as: UInt32.self) >= UInt32(l.placeCount) {
      return false
    }
    for i in 0..<1 << l.tableBits where raw.loadUnaligned(fromByteOffset: l.table + 4 * i, as: UInt32.self) > UInt32(l.nameCount) {
      return false
    }
    for i in 0..<l.placeCount {
      let at = l.places + placeBytes * i
      let start = raw.loadUnaligned(fromByteOffset: at + 16, as: UInt32.self)
      let count = raw.loadUnaligned(fromByteOffset: at + 20, as: UInt16.self)
      guard UInt64(start) + UInt64(count) <= UInt64(poolCount) else { return false }
    }
    return true
  }

  /// The places that bear a name, the largest population first.
  public func entries(named name: String) -> [Entry] {
    foldedName(name).withUnsafeBufferPointer { entries(folded: $0) }
  }

  /// The places that bear a name already folded as `foldedName` does.
  public func entries(folded name: UnsafeBufferPointer<UInt8>) -> [Entry] {
    bytes.withBytes { raw in
      guard let number = find(name, raw) else { return [] }
      let first = Int(raw.loadUnaligned(fromByteOffset: layout.postingOffsets + 4 * number, as: UInt32.self))
      let last = Int(raw.loadUnaligned(fromByteOffset: layout.postingOffsets + 4 * number + 4, as: UInt32.self))
      return (first..<last).map { entry(posting: $0, raw) }
    }
  }

  /// Whether some place bears the folded name, without making anything of it.
  public func contains(folded name: UnsafeBufferPointer<UInt8>) -> Bool { bytes.withBytes { find(name, $0) != nil } }

  /// Whether some folded name begins with these bytes: a reader that joins tokens stops where none does.
  public func hasName(withPrefix prefix: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.withBytes { raw in
      var low = 0
      var high = layout.nameCount
      while low < high {
        let middle = (low + high) / 2
        if precedes(nameBytes(middle, raw), prefix) { low = middle + 1 } else { high = middle }
      }
      guard low < layout.nameCount else { return false }
      return nameBytes(low, raw).prefix(prefix.count).elementsEqual(prefix)
    }
  }

  private func precedes(_ name: UnsafeRawBufferPointer.SubSequence, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    name.lexicographicallyPrecedes(other)
  }

  private func nameBytes(_ number: Int, _ raw: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer.SubSequence {
    let start = Int(raw.loadUnaligned(fromByteOffset: layout.nameOffsets + 4 * number, as: UInt32.self))
    let end = Int(raw.loadUnaligned(fromByteOffset: layout.nameOffsets + 4 * number + 4, as: UInt32.self))
    return raw[layout.pool + start..<layout.pool + end]
  }

  private func find(_ name: UnsafeBufferPointer<UInt8>, _ raw: UnsafeRawBufferPointer) -> Int? {
    let mask = 1 << layout.tableBits - 1
    var slot = Int(truncatingIfNeeded: Self.hash(name)) & mask
    for _ in 0...mask {
      let found = raw.loadUnaligned(fromByteOffset: layout.table + 4 * slot, as: UInt32.self)
      if found == 0 { return nil }
      if nameBytes(Int(found) - 1, raw).elementsEqual(name) { return Int(found) - 1 }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func entry(posting: Int, _ raw: UnsafeRawBufferPointer) -> Entry {
    let place = Int(raw.loadUnaligned(fromByteOffset: layout.postings + 6 * posting, as: UInt32.self))
    let language = Int(raw.loadUnaligned(fromByteOffset: layout.postings + 6 * posting + 4, as: UInt16.self))
    let at = layout.places + Self.placeBytes * place
    func word(_ offset: Int) -> UInt32 { raw.loadUnaligned(fromByteOffset: at + offset, as: UInt32.self) }
    func half(_ offset: Int) -> Int { Int(raw.loadUnaligned(fromByteOffset: at + offset, as: UInt16.self)) }
    let start = layout.pool + Int(word(16))
    let country = half(24)
    let letters = [UInt8(truncatingIfNeeded: country), UInt8(truncatingIfNeeded: country >> 8)].filter { $0 != 0 }
    return Entry(
      number: word(0), name: String(decoding: raw[start..<start + half(20)], as: UTF8.self),
      position: Position(longitude: Double(Int32(bitPattern: word(4))) / 1e6, latitude: Double(Int32(bitPattern: word(8))) / 1e6),
      population: word(12), feature: string(half(22)) ?? "", country: String(decoding: letters, as: UTF8.self), language: string(language))
  }

  private func string(_ number: Int) -> String? { number == 0 || number >= strings.count ? nil : strings[number] }

  /// FNV-1a with a final mix, 64 bits.
  static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 32
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    return hash ^ hash >> 29
  }

  /// The block, to be written to a file.
  public var block: [UInt8] { bytes.withBytes { Array($0) } }

  /// Writes the block to a file, which is whole or not there at all.
  ///
  /// - Throws: Foundation's error where it cannot be written.
  public func write(to path: String) throws { try bytes.write(to: path) }
}
