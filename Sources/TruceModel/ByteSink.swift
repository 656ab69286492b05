// Bytes that grow while a form is written.
internal import Foundation

/// A buffer that is filled from the front, emptied, and filled again without a new allocation.
struct ByteSink: ~Copyable {
  private var storage: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init() { storage = .allocate(byteCount: 1024, alignment: 8) }

  deinit { storage.deallocate() }

  /// Makes room for so many bytes more.
  @inline(__always) mutating func reserve(_ more: Int) {
    if storage.count - count < more { grow(more) }
  }

  @inline(never) private mutating func grow(_ more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(storage.count * 2, count + more), alignment: 8)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
    storage.deallocate()
    storage = larger
  }

  @inline(__always) mutating func append(_ byte: UInt8) {
    reserve(1)
    storage[count] = byte
    count += 1
  }

  @inline(__always) mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    reserve(bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: storage[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  @inline(__always) mutating func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a text's UTF-8 bytes.
  @inline(__always) mutating func append(_ text: String) { text.withBytes { append(UnsafeRawBufferPointer($0)) } }

  /// Appends what is written into room for so many bytes, as many as `write` says.
  @inline(__always) mutating func append(upTo most: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
    reserve(most)
    count += write(UnsafeMutableRawBufferPointer(rebasing: storage[count..<count + most]).assumingMemoryBound(to: UInt8.self))
  }

  /// Appends a whole number in decimal digits.
  mutating func append(decimal value: Int64) {
    reserve(20)
    if value < 0 { append(0x2D) }
    var rest = value.magnitude
    var length = 1
    var limit: UInt64 = 10
    while length < 19, rest >= limit {
      limit *= 10
      length += 1
    }
    var at = count + length
    count = at
    repeat {
      at -= 1
      storage[at] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
  }

  mutating func removeAll() { count = 0 }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(rebasing: storage[..<count]))
  }
}

/// The first place of some bytes that holds one; the C library's search looks at many bytes at once.
package func firstPlace(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
  bytes.withUnsafeBytes { raw in
    guard let start = raw.baseAddress, let found = memchr(start, Int32(byte), raw.count) else { return nil }
    return bytes.startIndex + (UnsafeRawPointer(found) - start)
  }
}

/// The first place from `start` on whose byte cannot stand in a JSON string as it is: a quote, a backslash, a control character.
///
/// Eight bytes at a time; of the marked bytes the lowest is right, which is the one that counts.
@inline(__always) func endOfPlain(_ bytes: RawSpan, from start: Int) -> Int {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  var at = start
  while at + 8 <= bytes.byteCount {
    let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- ones &* 0x20) & ~word
    let marked = (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & highs
    if marked != 0 { return at + marked.trailingZeroBitCount / 8 }
    at += 8
  }
  while at < bytes.byteCount {
    let byte = bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    if byte < 0x20 || byte == 0x22 || byte == 0x5C { return at }
    at += 1
  }
  return at
}

extension String {
  /// Hands out the string's UTF-8 bytes where they lie: the string is not even counted, as `withUTF8` of a copy would.
  @inline(__always) func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = self
    return copy.withUTF8(body)
  }
}
